//! TOML with places: what was asked for is taken out, what is left over is a mistake.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use zige_core::date::Date;

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::{Fence, File, Text};

/// A table of which keys are taken one after the other.
#[derive(Debug)]
pub(crate) struct Table {
    /// What it is called in messages: “`condition` block `title`”.
    pub(crate) name: String,
    /// Where to point when something is missing.
    pub(crate) place: Place,
    entries: Vec<Entry>,
    asked: Vec<&'static str>,
}

#[derive(Debug)]
struct Entry {
    key: Text,
    value: Value,
}

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) what: ValueWhat,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) enum ValueWhat {
    String(String),
    /// A whole number as written, or what does not fit.
    Integer(Option<i64>),
    /// Digits with a point, as written.
    Decimal(String),
    YesNo(bool),
    Date(String),
    List(Vec<Value>),
    Table(Vec<(Text, Value)>),
}

impl Value {
    fn kind(&self) -> &'static str {
        match self.what {
            ValueWhat::String(_) => "a text",
            ValueWhat::Integer(_) => "a whole number",
            ValueWhat::Decimal(_) => "a decimal number",
            ValueWhat::YesNo(_) => "`true` or `false`",
            ValueWhat::Date(_) => "a date",
            ValueWhat::List(_) => "a list",
            ValueWhat::Table(_) => "a table",
        }
    }
}

/// Reads the TOML inside a fence.
pub(crate) fn read(file: &File, fence: &Fence, problems: &mut Vec<Diagnostic>) -> Table {
    let name = match fence.id.text.is_empty() {
        true => format!("`{}` block", fence.kind.word()),
        false => format!("`{}` block `{}`", fence.kind.word(), fence.id.text),
    };
    let body = file.at(fence.body);
    let (table, errors) = DeTable::parse_recoverable(body);
    let base = Base {
        file: fence.body.file,
        start: fence.body.start as usize,
    };
    for error in &errors {
        let place = error.span().map_or(fence.place, |span| base.place(span));
        problems.push(
            Diagnostic::error(
                Kind::Toml,
                place,
                format!("this {name} is not valid TOML: {}", error.message().trim()),
            )
            .mend("write `key = \"text\"`, one to a line; quotation marks of TOML are the straight `\"` or `'`"),
        );
    }
    let entries = match errors.is_empty() {
        true => entries(table.into_inner(), base),
        // What was recovered would only lead to mistakes that are none.
        false => Vec::new(),
    };
    #[cfg(test)]
    for (key, _) in &entries {
        keys::given(&name, &key.text);
    }
    Table {
        name,
        place: fence.place,
        entries: entries
            .into_iter()
            .map(|(key, value)| Entry { key, value })
            .collect(),
        asked: match errors.is_empty() {
            true => Vec::new(),
            false => vec![BROKEN],
        },
    }
}

/// Marks a table that could not be read: nothing is missing in it.
const BROKEN: &str = "";

/// Which keys each kind of table had, and for which it was asked: so that a test can hold the
/// editors' snippets to the blocks.
#[cfg(test)]
pub(crate) mod keys {
    use std::cell::RefCell;
    use std::collections::{BTreeMap, BTreeSet};

    /// Keys by the kind of table: `route`, `route.case` …
    pub(crate) type Keys = BTreeMap<String, BTreeSet<String>>;

    thread_local! {
        static GIVEN: RefCell<Keys> = const { RefCell::new(BTreeMap::new()) };
        static ASKED: RefCell<Keys> = const { RefCell::new(BTreeMap::new()) };
    }

    pub(super) fn given(name: &str, key: &str) {
        GIVEN.with_borrow_mut(|keys| note(keys, name, key));
    }

    pub(super) fn asked(name: &str, key: &str) {
        ASKED.with_borrow_mut(|keys| note(keys, name, key));
    }

    /// What was noted in this thread.
    pub(crate) fn noted() -> (Keys, Keys) {
        (GIVEN.take(), ASKED.take())
    }

    /// “`case` of this `route` block `find_mentor`” is `route.case`.
    fn note(keys: &mut Keys, name: &str, key: &str) {
        let mut parts: Vec<&str> = name.split('`').skip(1).step_by(2).collect();
        if name.contains("block `") {
            parts.pop();
        }
        parts.reverse();
        keys.entry(parts.join("."))
            .or_default()
            .insert(key.to_owned());
    }
}

#[derive(Clone, Copy)]
struct Base {
    file: u16,
    start: usize,
}

impl Base {
    fn place(self, span: std::ops::Range<usize>) -> Place {
        Place::new(self.file, self.start + span.start, self.start + span.end)
    }
}

fn entries(table: DeTable<'_>, base: Base) -> Vec<(Text, Value)> {
    let mut entries: Vec<(Text, Value)> = table
        .into_iter()
        .map(|(key, value)| {
            let place = base.place(key.span());
            let key = Text {
                text: key.into_inner().into_owned(),
                place,
            };
            (key, convert(value, base))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.place);
    entries
}

fn convert(value: Spanned<DeValue<'_>>, base: Base) -> Value {
    let place = base.place(value.span());
    let what = match value.into_inner() {
        DeValue::String(text) => ValueWhat::String(text.into_owned()),
        DeValue::Integer(integer) => {
            ValueWhat::Integer(i64::from_str_radix(integer.as_str(), integer.radix()).ok())
        }
        DeValue::Float(float) => ValueWhat::Decimal(float.as_str().to_owned()),
        DeValue::Boolean(yes) => ValueWhat::YesNo(yes),
        DeValue::Datetime(date) => ValueWhat::Date(date.to_string()),
        DeValue::Array(array) => ValueWhat::List(list(array, base)),
        DeValue::Table(table) => ValueWhat::Table(entries(table, base)),
    };
    Value { what, place }
}

fn list(array: DeArray<'_>, base: Base) -> Vec<Value> {
    array
        .into_iter()
        .map(|value| convert(value, base))
        .collect()
}

impl Table {
    fn inner(name: String, place: Place, entries: Vec<(Text, Value)>) -> Table {
        #[cfg(test)]
        for (key, _) in &entries {
            keys::given(&name, &key.text);
        }
        Table {
            name,
            place,
            entries: entries
                .into_iter()
                .map(|(key, value)| Entry { key, value })
                .collect(),
            asked: Vec::new(),
        }
    }

    /// Whether its TOML could not be read, so that nothing about its keys is known.
    pub(crate) fn is_broken(&self) -> bool {
        self.asked.contains(&BROKEN)
    }

    /// Whether a key is there, without taking it.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key)
    }

    /// The place of a key's value, or of the table when it is not there.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.entries
            .iter()
            .find(|entry| entry.key.text == key)
            .map_or(self.place, |entry| entry.value.place)
    }

    /// Takes a value of any type.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<Value> {
        self.asked.push(key);
        let index = self
            .entries
            .iter()
            .position(|entry| entry.key.text == key)?;
        Some(self.entries.remove(index).value)
    }

    /// Everything that has not been taken: for tables whose keys are names.
    pub(crate) fn rest(mut self) -> Vec<(Text, Value)> {
        std::mem::take(&mut self.entries)
            .into_iter()
            .map(|entry| (entry.key, entry.value))
            .collect()
    }

    fn missing(&self, key: &str, mend: &str, problems: &mut Vec<Diagnostic>) {
        if self.is_broken() {
            return;
        }
        problems.push(
            Diagnostic::error(
                Kind::MissingKey,
                self.place,
                format!("this {} has no `{key}`", self.name),
            )
            .mend(mend.to_owned())
            .chinese(format!("块里少写了 `{key}`：加一行 {key} = …")),
        );
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Text {
        match self.optional_text(key, problems) {
            Some(text) => {
                if text.text.trim().is_empty() {
                    problems.push(
                        Diagnostic::error(
                            Kind::Value,
                            text.place,
                            format!("`{key}` of this {} is empty", self.name),
                        )
                        .mend("write the text")
                        .chinese(format!("`{key}` 还空着：在引号里写上内容")),
                    );
                }
                text
            }
            None => {
                if !self.has_been_wrong(key, problems) {
                    self.missing(key, &format!("add `{key} = \"…\"`"), problems);
                }
                Text {
                    text: String::new(),
                    place: self.place,
                }
            }
        }
    }

    /// Whether a value of the wrong type was just reported for the key.
    fn has_been_wrong(&self, key: &str, problems: &[Diagnostic]) -> bool {
        problems.last().is_some_and(|last| {
            last.kind == Kind::Value
                && last
                    .message
                    .contains(&format!("`{key}` of this {}", self.name))
        })
    }

    /// A text, if it is there.
    pub(crate) fn optional_text(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Text> {
        let value = self.value(key)?;
        self.to_text(key, value, problems)
    }

    /// A text, or an empty one.
    pub(crate) fn string(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> String {
        self.optional_text(key, problems)
            .map_or_else(String::new, |text| text.text.trim().to_owned())
    }

    fn to_text(&self, key: &str, value: Value, problems: &mut Vec<Diagnostic>) -> Option<Text> {
        match value.what {
            ValueWhat::String(text) => Some(Text {
                text,
                place: value.place,
            }),
            _ => {
                self.wrong(key, &value, "a text in quotation marks", problems);
                None
            }
        }
    }

    /// Reports a value of the wrong type.
    pub(crate) fn wrong(
        &self,
        key: &str,
        value: &Value,
        expected: &str,
        problems: &mut Vec<Diagnostic>,
    ) {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                value.place,
                format!(
                    "`{key}` of this {} is {}, but should be {expected}",
                    self.name,
                    value.kind()
                ),
            )
            .mend(format!("give {expected}"))
            .chinese(format!(
                "`{key}` 写得不对，要写{}",
                expected_in_chinese(expected)
            )),
        );
    }

    /// A whole number in a range, if it is there.
    pub(crate) fn integer(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<i64> {
        let value = self.value(key)?;
        match &value.what {
            ValueWhat::Integer(Some(number)) if range.contains(number) => Some(*number),
            ValueWhat::String(text) if key == "days" && text.contains("工作日") => {
                let (mend, chinese) = WORKING_DAYS;
                problems.push(
                    Diagnostic::error(
                        Kind::Value,
                        value.place,
                        format!("`{key}` of this {} cannot count working days", self.name),
                    )
                    .mend(mend)
                    .chinese(chinese),
                );
                None
            }
            _ => {
                let expected = format!("a whole number from {} to {}", range.start(), range.end());
                self.wrong(key, &value, &expected, problems);
                None
            }
        }
    }

    /// Like [`Table::integer`], but it must be there.
    pub(crate) fn required_integer(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
        problems: &mut Vec<Diagnostic>,
    ) -> i64 {
        let (present, least) = (self.has(key), *range.start());
        match self.integer(key, range, problems) {
            Some(number) => number,
            None => {
                if !present {
                    self.missing(
                        key,
                        &format!("add `{key} = {least}` with the right number"),
                        problems,
                    );
                }
                least
            }
        }
    }

    /// `true` or `false`; false when it is not there.
    pub(crate) fn flag(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> bool {
        match self.value(key) {
            None => false,
            Some(Value {
                what: ValueWhat::YesNo(yes),
                ..
            }) => yes,
            Some(value) => {
                self.wrong(key, &value, "`true` or `false`", problems);
                false
            }
        }
    }

    /// A date, if it is there.
    pub(crate) fn date(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<(Date, Place)> {
        let value = self.value(key)?;
        let date = match &value.what {
            ValueWhat::String(text) | ValueWhat::Date(text) => Date::parse(text.trim()),
            _ => None,
        };
        match date {
            Some(date) => Some((date, value.place)),
            None => {
                problems.push(
                    Diagnostic::error(
                        Kind::Value,
                        value.place,
                        format!("`{key}` of this {} is not a day of the calendar", self.name),
                    )
                    .mend(format!("write it like `{key} = \"2026-11-21\"`"))
                    .chinese(format!(
                        "`{key}` 不是日历上的日子：写成 \"2026-11-21\" 这样"
                    )),
                );
                None
            }
        }
    }

    /// One of some words, if it is there.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let text = self.optional_text(key, problems)?;
        match words.iter().find(|(word, _)| *word == text.text) {
            Some((_, meaning)) => Some(*meaning),
            None => {
                problems.push(
                    Diagnostic::error(
                        Kind::Value,
                        text.place,
                        format!("`{key}` of this {} cannot be `{}`", self.name, text.text),
                    )
                    .choose(&text.text, words.iter().map(|(word, _)| *word)),
                );
                None
            }
        }
    }

    /// A list of texts; empty when it is not there.
    pub(crate) fn texts(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Vec<Text> {
        match self.value(key) {
            None => Vec::new(),
            Some(Value {
                what: ValueWhat::List(values),
                ..
            }) => values
                .into_iter()
                .filter_map(|value| self.to_text(key, value, problems))
                .collect(),
            Some(value) => {
                self.wrong(key, &value, "a list of texts: `[\"…\", \"…\"]`", problems);
                Vec::new()
            }
        }
    }

    /// A list of tables; empty when it is not there.
    pub(crate) fn tables(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Table> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let expected = format!("a list of tables: `[{{ … }}, {{ … }}]` or `[[{key}]]`");
        let ValueWhat::List(values) = value.what else {
            self.wrong(key, &value, &expected, problems);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in values {
            match value.what {
                ValueWhat::Table(entries) => {
                    let name = format!("`{key}` of this {}", self.name);
                    let place = entries.first().map_or(value.place, |(key, _)| key.place);
                    tables.push(Table::inner(name, place, entries));
                }
                _ => self.wrong(key, &value, &expected, problems),
            }
        }
        tables
    }

    /// A table, if it is there.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Table> {
        let value = self.value(key)?;
        match value.what {
            ValueWhat::Table(entries) => Some(Table::inner(
                format!("`{key}` of this {}", self.name),
                value.place,
                entries,
            )),
            _ => {
                self.wrong(key, &value, "a table: `{ … }`", problems);
                None
            }
        }
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self, problems: &mut Vec<Diagnostic>) {
        #[cfg(test)]
        for key in self.asked.iter().filter(|key| **key != BROKEN) {
            keys::asked(&self.name, key);
        }
        for entry in &self.entries {
            let problem = Diagnostic::error(
                Kind::UnknownKey,
                entry.key.place,
                format!("a {} has no key `{}`", self.name, entry.key.text),
            );
            problems.push(match misplaced(&self.name, &entry.key.text) {
                Some((mend, chinese)) => problem.mend(mend).chinese(chinese),
                None => problem.choose(
                    &entry.key.text,
                    self.asked.iter().copied().filter(|key| *key != BROKEN),
                ),
            });
        }
    }
}

/// What to do with a key that is wrong in its block for a reason of its own.
fn misplaced(block: &str, key: &str) -> Option<(&'static str, &'static str)> {
    let is = |kind: &str| block.starts_with(&format!("`{kind}` block"));
    if is("deadline") && key.contains("work") {
        return Some(WORKING_DAYS);
    }
    if is("deadline") && key == "after" {
        return Some((
            "write `after` only with `months` or `days`",
            "after 只和 months、days 一起写",
        ));
    }
    if is("route") && matches!(key, "step" | "when") {
        return Some((
            "put a line `[[case]]` above it, even when there is only one case",
            "step 和 when 的上面要有一行 [[case]]，只有一种情形也要写",
        ));
    }
    if is("example") {
        return Some((
            "answers stand below a line `[answers]`",
            "例子里，答案都写在“[answers]”这一行的下面",
        ));
    }
    None
}

/// Holidays differ from year to year, so that nothing counts working days.
pub(crate) const WORKING_DAYS: (&str, &str) = (
    "days of the calendar only; write working days as words: `at = \"收到申报表之日起10个工作日内\"`",
    "days 是日历上的天数；工作日要看每年的放假安排，不推算日子，照原文写 at = \"收到申报表之日起10个工作日内\"",
);

/// What a value should be, for authors who read no English.
fn expected_in_chinese(expected: &str) -> String {
    let numbers: Vec<&str> = expected
        .strip_prefix("a whole number from ")
        .map(|range| range.split(" to ").collect())
        .unwrap_or_default();
    match numbers.as_slice() {
        [low, high] => format!("{low}到{high}的整数，不加引号，不写单位"),
        _ if expected.contains("`true`") => "true 或者 false，不加引号".to_owned(),
        _ if expected.contains("list of texts") => "[\"…\", \"…\"]".to_owned(),
        _ if expected.contains("`{") => "成 { … }".to_owned(),
        _ if expected.contains("text") => "在英文引号里".to_owned(),
        _ => format!("成 {expected}"),
    }
}

/// The place of each character of a text value, so that mistakes inside it can be pointed at.
pub(crate) fn character_places(file: &File, text: &Text) -> Vec<Place> {
    let raw = file.at(text.place);
    let (open, literal) = match raw {
        _ if raw.starts_with("'''") => (3, true),
        _ if raw.starts_with("\"\"\"") => (3, false),
        _ if raw.starts_with('\'') => (1, true),
        _ => (1, false),
    };
    let mut start = open;
    if open == 3 && raw.get(start..).is_some_and(|rest| rest.starts_with('\n')) {
        start += 1;
    }
    let inner = raw.get(start..).unwrap_or("");
    let mut places = Vec::new();
    let mut signs = inner.char_indices().peekable();
    for expected in text.text.chars() {
        let Some((at, sign)) = signs.next() else {
            break;
        };
        let mut length = sign.len_utf8();
        if sign != expected {
            if literal || sign != '\\' {
                return vec![text.place; text.text.chars().count()];
            }
            // An escape: `\"`, `\u4e2d`, `\U00004e2d`.
            let more = match signs.next() {
                Some((_, 'u')) => 4,
                Some((_, 'U')) => 8,
                _ => 0,
            };
            length += 1 + more;
            for _ in 0..more {
                signs.next();
            }
        } else if sign == '\\' && !literal {
            signs.next();
            length += 1;
        }
        let begin = text.place.start as usize + start + at;
        places.push(Place::new(text.place.file, begin, begin + length));
    }
    places
}
