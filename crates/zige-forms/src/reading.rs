//! What a form that comes back says: answers, its own fields, and what could not be understood.

use serde::{Deserialize, Serialize};
use zige_core::answers::{Answer, AnswerError, Answers, Records};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FactKind, FieldKind, Form, Pack};

use crate::exact;
use crate::value::YES_NO;

/// The most records of one list that are read.
pub const MOST_RECORDS: usize = 1_000;
/// The most remarks that are kept; a hostile file could cause millions.
const MOST_REMARKS: usize = 200;
/// How much of a text that was not understood is repeated, in characters.
const MOST_REPEATED: usize = 40;

/// What a file says that it was made with; empty where it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The pack's id.
    pub pack: String,
    /// The form's id.
    pub form: String,
    /// The first twelve hexadecimal digits of the pack's SHA-256.
    pub hash: String,
    /// The day for which it was filled.
    pub on: Option<Date>,
}

/// A form that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The id of the pack that the form says it is of; empty when it does not say.
    pub pack: String,
    /// The form's id; empty when it is not known.
    pub form: String,
    /// The first twelve hexadecimal digits of the pack's SHA-256, as the form says; may be empty.
    pub hash: String,
    /// The day for which it was filled, if it says so.
    pub on: Option<Date>,
    /// The answers, for the pack it was read with.
    pub answers: Answers,
    /// What only this form asks, by field id, in the form's order.
    pub fields: Vec<(String, String)>,
    /// When something happened that periods are counted from, in the policy's words.
    pub events: Vec<(String, Date)>,
    /// What was not taken over, each with its place and the reason.
    pub remarks: Vec<Remark>,
}

/// The pack and the form that tags belong to: the form with the most of them, among forms that have
/// more than half of them. For files that do not say themselves.
#[must_use]
pub fn recognised<'a>(
    packs: impl Iterator<Item = &'a Pack>,
    tags: &[&str],
) -> Option<(&'a Pack, &'a Form)> {
    let known = |pack: &Pack, form: &Form| {
        let own: Vec<&str> = crate::data::facts(form)
            .iter()
            .filter_map(|(id, _)| Some(pack.vocabulary.facts.get(id.index())?.id.as_str()))
            .chain(form.fields.iter().map(|field| field.id.as_str()))
            .collect();
        let found = tags.iter().filter(|tag| {
            let first = tag.split('.').next().unwrap_or_default();
            own.contains(&first)
        });
        found.count()
    };
    let forms = packs.flat_map(|pack| pack.forms.iter().map(move |form| (pack, form)));
    let counted = forms.map(|(pack, form)| (known(pack, form), pack, form));
    let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 * 2 > tags.len()).then_some((best.1, best.2))
}

/// Something that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Where it stands: a cell such as `C5`, a record such as `第2条`; may be empty.
    pub place: String,
    /// What it is about: a fact's Chinese name, or an id that is not known.
    pub label: String,
    /// What stands there, shortened; may be empty.
    pub found: String,
    /// What is wrong.
    pub misfit: Misfit,
}

/// Why something was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Misfit {
    /// The pack has no such fact, and the form no such field.
    UnknownFact,
    /// The value is of another type than the fact.
    OtherType,
    /// Not one of the options.
    NoSuchOption,
    /// Neither yes nor no.
    NoYesNo,
    /// Not a number, or finer than the fact's decimal places.
    NoNumber,
    /// No date, or none that exists.
    NoDate,
    /// A date that can be read in two ways.
    TwoDates {
        /// One way to write it clearly.
        one: String,
        /// The other.
        other: String,
    },
    /// Outside of the fact's range.
    OutOfRange {
        /// The smallest value.
        least: String,
        /// The largest value.
        most: String,
    },
    /// The same thing is said twice, differently; the first counts.
    SaidTwice,
    /// More records than are read.
    TooMany,
    /// A spreadsheet kept only fifteen digits of a longer number.
    DigitsLost,
    /// A spreadsheet's formula came to an error.
    FormulaError,
    /// Text where no column belongs to it.
    NoColumn,
    /// The program that saved the file writes some texts twice and leaves out others.
    SavedWrongly,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place)?;
        if self.place.is_empty() {
            write!(f, "“{}”", self.label)?;
        } else if !self.label.is_empty() {
            write!(f, "（{}）", self.label)?;
        }
        if !self.found.is_empty() {
            write!(f, "写的是“{}”", self.found)?;
        }
        write!(f, "：{}", self.misfit)
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Misfit::UnknownFact => f.write_str("这项政策的表里没有这一项，没有读入"),
            Misfit::OtherType => f.write_str("与这一项要填的内容不是一类，没有读入"),
            Misfit::NoSuchOption => f.write_str("不是可以选的内容，请从选项里选一个"),
            Misfit::NoYesNo => f.write_str("请写“是”或者“否”"),
            Misfit::NoNumber => f.write_str("不是数字，或者小数位太多，请写数字"),
            Misfit::NoDate => f.write_str("不是日期，请写成1980.03，或者1980年3月7日"),
            Misfit::TwoDates { one, other } => {
                write!(f, "分不清是哪一天，请写成{one}或者{other}")
            }
            Misfit::OutOfRange { least, most } => {
                write!(f, "超出了范围，应当在{least}到{most}之间")
            }
            Misfit::SaidTwice => f.write_str("同一项写了两遍，内容不同，取前面的，请核对"),
            Misfit::TooMany => write!(f, "一次最多读入{MOST_RECORDS}条，后面的没有读入"),
            Misfit::DigitsLost => f.write_str(
                "表格软件把它当成数字，后面几位已经变成0，请把单元格设为文本格式，再重新填写",
            ),
            Misfit::FormulaError => f.write_str("公式算出来是错误，请改成具体内容"),
            Misfit::NoColumn => f.write_str("认不出这一列是什么内容，没有读入"),
            Misfit::SavedWrongly => {
                f.write_str("这个软件保存文件时会写重、写丢内容，请逐项核对，最好用WPS或者Word改")
            }
        }
    }
}

/// Collects what is read, and holds it to the pack.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pack: &'a Pack,
    form: Option<&'a Form>,
    reading: Reading,
    lists: Vec<(FactId, Records)>,
    /// Lists of which a whole record could not be understood: nobody may take them for complete.
    lost: Vec<FactId>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(pack: &'a Pack, form: &str) -> Reader<'a> {
        Reader {
            pack,
            form: pack.forms.iter().find(|known| known.id == form),
            reading: Reading {
                pack: String::new(),
                form: form.to_owned(),
                hash: String::new(),
                on: None,
                answers: Answers::new(pack),
                fields: Vec::new(),
                events: Vec::new(),
                remarks: Vec::new(),
            },
            lists: Vec::new(),
            lost: Vec::new(),
        }
    }

    pub(crate) fn pack(&self) -> &'a Pack {
        self.pack
    }

    /// What the file says it was made with.
    pub(crate) fn made_with(&mut self, source: &Source) {
        self.reading.pack.clone_from(&source.pack);
        self.reading.hash.clone_from(&source.hash);
        self.reading.on = source.on;
    }

    /// The kind of one of the form's own fields.
    pub(crate) fn field_kind(&self, id: &str) -> Option<&'a FieldKind> {
        let mut fields = self.form?.fields.iter();
        fields.find(|field| field.id == id).map(|field| &field.kind)
    }

    /// Whether a list stands in one table of the form, so that a row that is there twice is one more
    /// record.
    pub(crate) fn rows_are_records(&self, list: FactId) -> bool {
        let form = self.form;
        form.is_none_or(|form| exact::only_table(form, list).is_some())
    }

    /// What the option with this number, from 1, is called: of a choice, or of yes and no. The id is
    /// that of a field, or of a fact of a list or none.
    pub(crate) fn option(&self, id: &str, number: usize) -> Option<&'a str> {
        let choice = match self.field_kind(id) {
            Some(FieldKind::Choice(choice)) => *choice,
            Some(_) => return None,
            None => {
                let mut facts = self.pack.vocabulary.facts.iter();
                match facts.find(|fact| fact.id == id)?.kind {
                    FactKind::Choice(choice) => choice,
                    FactKind::YesNo => return YES_NO.get(number.checked_sub(1)?).copied(),
                    _ => return None,
                }
            }
        };
        let options = &self.pack.vocabulary.choices.get(choice.index())?.options;
        options.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// A fact that is not part of a record, by its id.
    pub(crate) fn fact(&self, id: &str) -> Option<(FactId, &'a Fact)> {
        let facts = (0..).map(FactId).zip(&self.pack.vocabulary.facts);
        let mut own = facts.filter(|(_, fact)| fact.record_of.is_none());
        own.find(|(_, fact)| fact.id == id)
    }

    /// A fact of a list's records, by its id.
    pub(crate) fn column(&self, list: FactId, id: &str) -> Option<(FactId, &'a Fact)> {
        let facts = (0..).map(FactId).zip(&self.pack.vocabulary.facts);
        let mut own = facts.filter(|(_, fact)| fact.record_of == Some(list));
        own.find(|(_, fact)| fact.id == id)
    }

    /// Takes an answer; the first of two that differ counts.
    pub(crate) fn answer(&mut self, place: &str, id: FactId, answer: Answer) {
        let Some(fact) = self.pack.vocabulary.facts.get(id.index()) else {
            return;
        };
        if answer == Answer::Absent {
            return;
        }
        let known = self.reading.answers.get(id);
        if *known != Answer::Absent {
            if *known != answer {
                self.misfit(place, &fact.label, "", Misfit::SaidTwice);
            }
            return;
        }
        if let Err(error) = self.reading.answers.set(self.pack, id, answer.clone()) {
            let misfit = refused(fact, &error);
            let found = shown(fact, &answer);
            self.misfit(place, &fact.label, &found, misfit);
        }
    }

    /// Takes a record of a list, less what does not fit. One of which nothing is left is left out, and
    /// its list is no longer complete.
    pub(crate) fn record(&mut self, list: FactId, mut record: Vec<(FactId, Answer)>) {
        record.retain(|(_, answer)| *answer != Answer::Absent);
        if record.is_empty() {
            return self.lost.push(list);
        }
        record.sort_by_key(|(id, _)| *id);
        let records = self.records(list);
        records.rows.push(record);
    }

    /// Marks a list as read; whether what was read is all there is.
    pub(crate) fn list(&mut self, list: FactId, complete: bool) {
        self.records(list).complete = complete;
    }

    fn records(&mut self, list: FactId) -> &mut Records {
        let place = match self.lists.iter().position(|(id, _)| *id == list) {
            Some(place) => place,
            None => {
                self.lists.push((list, Records::default()));
                self.lists.len() - 1
            }
        };
        #[expect(
            clippy::indexing_slicing,
            reason = "the place was found or made just above"
        )]
        &mut self.lists[place].1
    }

    /// Takes what one of the form's own fields says.
    pub(crate) fn field(&mut self, place: &str, id: &str, text: &str) {
        let field = self
            .form
            .and_then(|form| form.fields.iter().find(|field| field.id == id));
        let Some(field) = field else {
            return self.misfit(place, id, text, Misfit::UnknownFact);
        };
        if text.trim().is_empty() {
            return;
        }
        match self.reading.fields.iter().find(|(known, _)| known == id) {
            Some((_, known)) if known == text => {}
            Some(_) => self.misfit(place, &field.label, text, Misfit::SaidTwice),
            None => self.reading.fields.push((id.to_owned(), text.to_owned())),
        }
    }

    pub(crate) fn misfit(&mut self, place: &str, label: &str, found: &str, misfit: Misfit) {
        if self.reading.remarks.len() < MOST_REMARKS {
            self.reading.remarks.push(Remark {
                place: place.to_owned(),
                label: shortened(label),
                found: shortened(found),
                misfit,
            });
        }
    }

    pub(crate) fn finish(mut self) -> Reading {
        for (list, mut records) in std::mem::take(&mut self.lists) {
            let Some(fact) = self.pack.vocabulary.facts.get(list.index()) else {
                continue;
            };
            if records.rows.len() > MOST_RECORDS {
                records.rows.truncate(MOST_RECORDS);
                records.complete = false;
                self.misfit("", &fact.label, "", Misfit::TooMany);
            }
            records.complete &= !self.lost.contains(&list);
            self.hold_to_ranges(fact, &mut records);
            self.answer("", list, Answer::Records(records));
        }
        if let Some(form) = self.form {
            let place = |id: &String| form.fields.iter().position(|field| field.id == *id);
            self.reading.fields.sort_by_key(|(id, _)| place(id));
        }
        self.reading
    }

    /// Takes out of records what their facts cannot hold; one such value must not cost the list.
    fn hold_to_ranges(&mut self, list: &Fact, records: &mut Records) {
        let FactKind::Records { .. } = list.kind else {
            return;
        };
        for (position, row) in records.rows.iter_mut().enumerate() {
            row.retain(|(id, answer)| {
                let Some(fact) = self.pack.vocabulary.facts.get(id.index()) else {
                    return false;
                };
                match zige_core::answers::fits(self.pack, fact, answer) {
                    Ok(()) => true,
                    Err(error) => {
                        let found = shown(fact, answer);
                        let place = format!("第{}条", position + 1);
                        let misfit = refused(fact, &error);
                        if self.reading.remarks.len() < MOST_REMARKS {
                            self.reading.remarks.push(Remark {
                                place,
                                label: fact.label.clone(),
                                found,
                                misfit,
                            });
                        }
                        false
                    }
                }
            });
        }
    }
}

fn refused(fact: &Fact, error: &AnswerError) -> Misfit {
    match error {
        AnswerError::OutOfRange { least, most, .. } => Misfit::OutOfRange {
            least: number(fact, *least),
            most: number(fact, *most),
        },
        _ => Misfit::OtherType,
    }
}

fn number(fact: &Fact, value: i64) -> String {
    match &fact.kind {
        FactKind::Number { scale, .. } => crate::value::decimal(value, *scale),
        FactKind::Money { .. } => format!("{}元", crate::value::money(value)),
        FactKind::Date { .. } => crate::value::full_date(Date::from_days(value)),
        _ => value.to_string(),
    }
}

fn shown(fact: &Fact, answer: &Answer) -> String {
    match answer {
        Answer::Value(value) => number(fact, *value),
        Answer::Month { first, .. } => crate::value::full_date(*first),
        Answer::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.chars().count() > MOST_REPEATED {
        true => format!("{}…", text.chars().take(MOST_REPEATED).collect::<String>()),
        false => text,
    }
}
