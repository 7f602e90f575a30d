//! One form being filled: what it needs, what is still empty, one item open at a time.

use std::rc::Rc;

use zige_core::answers::{Answer, Answers, fits};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{
    Cell, Direction, Fact, FactKind, FactRole, FieldKind, Form, Pack, PartBody, Slot,
};
use zige_forms::request::Request;

use super::book::note;
use super::{Draft, Edit, EntryError, Fields};
use crate::library::LoadedPack;
use crate::words;

/// Something that a form needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A fact that other forms can use too.
    Fact(FactId),
    /// One of the form's own fields, by position.
    Field(u16),
}

/// A form being filled.
#[derive(Clone, Debug)]
pub struct FormDesk {
    loaded: Rc<LoadedPack>,
    form: Form,
    items: Vec<Item>,
    answers: Answers,
    fields: Fields,
    open: Option<(Item, Fact, Draft)>,
    errors: Vec<EntryError>,
}

impl FormDesk {
    /// Starts with what is known already.
    #[must_use]
    pub fn new(loaded: Rc<LoadedPack>, form: Form, answers: Answers, fields: Fields) -> FormDesk {
        let mut items = Vec::new();
        for slot in form.slots() {
            let item = match slot {
                Slot::Fact(fact) | Slot::Record { list: fact, .. } => Item::Fact(fact),
                Slot::Field(field) => Item::Field(field),
            };
            if !items.contains(&item) {
                items.push(item);
            }
        }
        FormDesk {
            loaded,
            form,
            items,
            answers,
            fields,
            open: None,
            errors: Vec::new(),
        }
    }

    /// The pack and its hash.
    #[must_use]
    pub fn loaded(&self) -> &Rc<LoadedPack> {
        &self.loaded
    }

    /// The form.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// What it needs, in its own order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The answers, changed here or not.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What only this form asks, by field id.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The item that is open, as a fact, with what is being typed.
    #[must_use]
    pub fn open_item(&self) -> Option<(Item, &Fact, &Draft)> {
        self.open
            .as_ref()
            .map(|(item, fact, draft)| (*item, fact, draft))
    }

    /// What is wrong with what is being typed.
    #[must_use]
    pub fn errors(&self) -> &[EntryError] {
        &self.errors
    }

    /// How many items are still empty.
    #[must_use]
    pub fn empty(&self) -> usize {
        self.items
            .iter()
            .filter(|item| self.is_empty(**item))
            .count()
    }

    /// Whether nothing is entered for an item.
    #[must_use]
    pub fn is_empty(&self, item: Item) -> bool {
        matches!(self.answer(item), Answer::Absent | Answer::Unknown)
    }

    /// An item's name, id and content in words.
    #[must_use]
    pub fn line(&self, item: Item) -> (String, String, String) {
        match self.fact(item) {
            Some(fact) => {
                let words = words::answer(&self.loaded.pack, &fact, &self.answer(item));
                (fact.label, fact.id, words)
            }
            None => Default::default(),
        }
    }

    /// The next item that is empty, after the one that is open; from the top when none is.
    #[must_use]
    pub fn next_empty(&self) -> Option<Item> {
        let open = self.open.as_ref().map(|(item, ..)| *item);
        let place = self.items.iter().position(|item| Some(*item) == open);
        let (before, after) = self
            .items
            .split_at(place.map_or(0, |place| place.saturating_add(1)));
        let mut order = after
            .iter()
            .chain(before)
            .filter(|item| Some(**item) != open);
        order.find(|item| self.is_empty(**item)).copied()
    }

    /// Opens an item; what was typed in another and not saved is dropped.
    pub fn open(&mut self, item: Item) {
        self.errors.clear();
        self.open = self.fact(item).map(|fact| {
            let draft = Draft::of(&self.loaded.pack, &fact, &self.answer(item));
            (item, fact, draft)
        });
    }

    /// Closes the open item without saving.
    pub fn close(&mut self) {
        self.errors.clear();
        self.open = None;
    }

    /// Changes what is being typed.
    pub fn edit(&mut self, edit: Edit) {
        if let Some((_, fact, draft)) = &mut self.open {
            draft.apply(&self.loaded.pack, fact, edit);
        }
    }

    /// Saves the open item and closes it. Whether it was taken; otherwise the errors say what to
    /// mend.
    pub fn save(&mut self) -> bool {
        let Some((item, fact, draft)) = &self.open else {
            return true;
        };
        let answer = match draft.read(&self.loaded.pack, fact) {
            Ok(answer) => answer,
            Err(errors) => {
                self.errors = errors;
                return false;
            }
        };
        let taken = match item {
            Item::Fact(fact) => self.answers.set(&self.loaded.pack, *fact, answer),
            Item::Field(_) => fits(&self.loaded.pack, fact, &answer).map(|()| {
                let text = stored(&self.loaded.pack, fact, &answer);
                note(&mut self.fields, fact.id.clone(), text);
            }),
        };
        if taken.is_err() {
            self.errors = vec![EntryError {
                at: String::new(),
                message: "这个内容超出了可以填写的范围，请核对".into(),
            }];
            return false;
        }
        self.close();
        true
    }

    /// Whether it has lists, which a workbook can hold.
    #[must_use]
    pub fn has_lists(&self) -> bool {
        let facts = &self.loaded.pack.vocabulary.facts;
        self.items.iter().any(|item| match item {
            Item::Fact(id) => facts
                .get(id.index())
                .is_some_and(|fact| matches!(fact.kind, FactKind::Records { .. })),
            Item::Field(_) => false,
        })
    }

    /// Whose form it is; empty while nobody has said so.
    #[must_use]
    pub fn person(&self) -> &str {
        let facts = (0..).map(FactId).zip(&self.loaded.pack.vocabulary.facts);
        let mut names = facts.filter(|(_, fact)| fact.id == "full_name");
        match names.next().map(|(id, _)| self.answers.get(id)) {
            Some(Answer::Text(name)) => name,
            _ => "",
        }
    }

    /// Whether it has a place for a photograph.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        let rows = self.form.parts.iter().flat_map(|part| match &part.body {
            PartBody::Rows(rows) => rows.as_slice(),
            PartBody::Text(_) => &[],
        });
        let mut cells = rows.flat_map(|row| &row.cells);
        cells.any(|(_, cell)| *cell == Cell::Photo)
    }

    /// What an item says, in full, and its name.
    #[must_use]
    pub fn details(&self, item: Item) -> (String, String) {
        match self.fact(item) {
            Some(fact) => {
                let words = words::details(&self.loaded.pack, &fact, &self.answer(item));
                (fact.label, words)
            }
            None => Default::default(),
        }
    }

    /// What the module that writes forms is asked for. What only the page knows (its address, the
    /// proofs of the verdict, the days of events) is still to be added.
    #[must_use]
    pub fn request(&self, on: Date) -> Request {
        Request {
            pack: self.loaded.pack.id.clone(),
            form: self.form.id.clone(),
            on,
            answers: self.answers.clone(),
            fields: self.fields.clone(),
            copies: self.form.copies.unwrap_or(1).clamp(1, 20),
            codes: true,
            address: String::new(),
            checklist: false,
            proofs: Vec::new(),
            events: Vec::new(),
            photo: None,
        }
    }

    pub(super) fn answer(&self, item: Item) -> Answer {
        match item {
            Item::Fact(fact) => self.answers.get(fact).clone(),
            Item::Field(_) => {
                let fact = self.fact(item);
                let text = fact.and_then(|fact| Some((self.entered(&fact.id)?, fact)));
                text.map_or(Answer::Absent, |(text, fact)| {
                    restored(&self.loaded.pack, &fact, text)
                })
            }
        }
    }

    fn entered(&self, field: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(id, _)| id == field);
        found.map(|(_, text)| text.as_str())
    }

    /// A field of the form is edited like a fact of its type.
    pub(super) fn fact(&self, item: Item) -> Option<Fact> {
        match item {
            Item::Fact(fact) => self.loaded.pack.vocabulary.facts.get(fact.index()).cloned(),
            Item::Field(position) => {
                let field = self.form.fields.get(usize::from(position))?;
                Some(Fact {
                    id: field.id.clone(),
                    label: field.label.clone(),
                    kind: match field.kind.clone() {
                        FieldKind::Line(limit) => FactKind::Text { limit, long: false },
                        FieldKind::Lines(limit) => FactKind::Text { limit, long: true },
                        FieldKind::Choice(choice) => FactKind::Choice(choice),
                        FieldKind::Number { max, scale, unit } => FactKind::Number {
                            min: 0,
                            max: i64::from(max) * 10_i64.pow(u32::from(scale)),
                            scale,
                            unit,
                        },
                        FieldKind::Date => FactKind::Date {
                            min: Date::MIN.days(),
                            max: Date::MAX.days(),
                        },
                    },
                    question: String::new(),
                    help: field.help.clone(),
                    find: String::new(),
                    attest: String::new(),
                    proof: String::new(),
                    section: 0,
                    role: FactRole::Form,
                    changeable: Direction::Free,
                    weights: Vec::new(),
                    guard: None,
                    record_of: None,
                    meaning: 0,
                })
            }
        }
    }
}

/// Fields are kept as text: dates as `YYYY-MM-DD` or `YYYY-MM`, options and numbers as written.
fn stored(pack: &Pack, field: &Fact, answer: &Answer) -> Option<String> {
    match (answer, &field.kind) {
        (Answer::Text(text), _) => Some(text.clone()),
        (Answer::Value(value), FactKind::Date { .. }) => Some(Date::from_days(*value).to_string()),
        (Answer::Value(value), FactKind::Number { scale, .. }) => {
            Some(words::decimal(*value, *scale))
        }
        (Answer::Value(value), FactKind::Choice(choice)) => {
            let set = pack.vocabulary.choices.get(choice.index())?;
            set.options.get(usize::try_from(*value).ok()?).cloned()
        }
        (Answer::Month { first, .. }, _) => {
            let (year, month, _) = first.ymd();
            Some(format!("{year:04}-{month:02}"))
        }
        _ => None,
    }
}

fn restored(pack: &Pack, field: &Fact, text: &str) -> Answer {
    match &field.kind {
        FactKind::Date { .. } => match (Date::parse(text), Date::parse_month(text)) {
            (Some(day), _) => Answer::day(day),
            (None, Some((first, last))) => Answer::Month { first, last },
            (None, None) => Answer::Absent,
        },
        FactKind::Choice(choice) => {
            let set = pack.vocabulary.choices.get(choice.index());
            let position = set.and_then(|set| set.options.iter().position(|option| option == text));
            let position = position.and_then(|position| i64::try_from(position).ok());
            position.map_or(Answer::Absent, Answer::Value)
        }
        FactKind::Number { .. } => match Draft::Line(text.to_owned()).read(pack, field) {
            Ok(answer) => answer,
            Err(_) => Answer::Absent,
        },
        _ => Answer::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use zige_core::ids::ChoiceId;

    use super::*;
    use crate::sample;
    use crate::session::DatePart;

    fn desk() -> FormDesk {
        let pack = sample::pack();
        let form = pack.forms[0].clone();
        let answers = Answers::new(&pack);
        let hash = String::new();
        FormDesk::new(
            Rc::new(LoadedPack { pack, hash }),
            form,
            answers,
            Vec::new(),
        )
    }

    #[test]
    fn what_is_empty_is_counted_and_shrinks() {
        let mut desk = desk();
        assert_eq!((desk.items().len(), desk.empty()), (4, 4));
        let name = desk.items()[0];
        desk.open(name);
        desk.edit(Edit::Type(" 王某 ".into()));
        assert!(desk.save());
        assert_eq!(desk.line(name).2, "王某");
        assert_eq!(desk.empty(), 3);
    }

    #[test]
    fn a_field_of_the_form_alone_is_kept_beside_the_answers() {
        let mut desk = desk();
        let (wish, ready) = (desk.items()[2], desk.items()[3]);
        desk.open(wish);
        desk.edit(Edit::Type("教学".into()));
        assert!(desk.save());
        desk.open(ready);
        desk.edit(Edit::Part(DatePart::Year, "2027".into()));
        assert!(!desk.save());
        desk.edit(Edit::Part(DatePart::Month, "3".into()));
        assert!(desk.save());
        assert_eq!(desk.line(ready).2, "2027年3月");
        let request = desk.request(sample::today());
        let field = |id: &str, text: &str| (id.to_owned(), text.to_owned());
        assert_eq!(
            request.fields,
            [field("wish", "教学"), field("ready", "2027-03")]
        );
    }

    #[test]
    fn options_and_numbers_of_the_form_alone_are_kept_as_they_are_written() {
        let mut form = sample::pack().forms.remove(0);
        let kinds = [
            FieldKind::Choice(ChoiceId(0)),
            FieldKind::Number {
                max: 100,
                scale: 1,
                unit: "分".into(),
            },
        ];
        for (field, kind) in form.fields.iter_mut().zip(kinds) {
            field.kind = kind;
        }
        let mut desk = FormDesk { form, ..desk() };
        let (choice, number) = (desk.items()[2], desk.items()[3]);
        desk.open(choice);
        desk.edit(Edit::Choose(1));
        assert!(desk.save());
        desk.open(number);
        desk.edit(Edit::Type("100.5".into()));
        assert!(!desk.save(), "too large");
        desk.edit(Edit::Type(" 92.5 ".into()));
        assert!(desk.save());
        expect![[r#"
            [
                (
                    "wish",
                    "中级",
                ),
                (
                    "ready",
                    "92.5",
                ),
            ]
        "#]]
        .assert_debug_eq(&desk.request(sample::today()).fields);
        assert_eq!(desk.line(choice).2, "中级");
        assert_eq!(desk.line(number).2, "92.5分");
    }

    #[test]
    fn the_next_empty_item_comes_after_the_open_one_and_round_again() {
        let mut desk = desk();
        assert_eq!(desk.next_empty(), Some(desk.items()[0]));
        desk.open(desk.items()[0]);
        assert_eq!(desk.next_empty(), Some(desk.items()[1]));
        desk.open(desk.items()[3]);
        assert_eq!(desk.next_empty(), Some(desk.items()[0]));
    }

    #[test]
    fn closing_drops_what_was_not_saved() {
        let mut desk = desk();
        let name = desk.items()[0];
        desk.open(name);
        desk.edit(Edit::Type("王".into()));
        desk.close();
        assert!(desk.is_empty(name));
    }
}
