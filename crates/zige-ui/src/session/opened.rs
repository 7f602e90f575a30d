//! A file that was saved before, read again: what it would add and change, to be confirmed.

use std::rc::Rc;

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, Form};
use zige_forms::reading::Reading;

use super::{Book, FormDesk, Item};
use crate::library::LoadedPack;
use crate::words;

/// What was read from a file, against what is known.
#[derive(Clone, Debug)]
pub struct Opened {
    loaded: Rc<LoadedPack>,
    form: Option<Form>,
    lines: Vec<OpenedLine>,
    same: usize,
    events: Vec<(String, Date)>,
    remarks: Vec<String>,
}

/// Something that the file says and that is not known, or known differently.
#[derive(Clone, Debug)]
pub struct OpenedLine {
    /// Its Chinese name.
    pub label: String,
    /// What is known now; empty when nothing is.
    pub now: String,
    /// What the file says.
    pub read: String,
    /// Whether the file's word is taken.
    pub taken: bool,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Fact(FactId, Answer),
    Field(String, String),
}

impl Opened {
    /// Holds what was read against what is known. The reading must be of this pack.
    #[must_use]
    pub fn new(loaded: Rc<LoadedPack>, reading: Reading, book: &Book) -> Opened {
        let pack = &loaded.pack;
        let form = loaded.form(&reading.form).cloned();
        let known = book.answers(pack);
        let mut opened = Opened {
            loaded: Rc::clone(&loaded),
            lines: Vec::new(),
            same: 0,
            events: reading.events,
            remarks: reading.remarks.iter().map(ToString::to_string).collect(),
            form: form.clone(),
        };
        for (id, fact) in (0..).map(FactId).zip(&pack.vocabulary.facts) {
            let (now, read) = (known.get(id), reading.answers.get(id));
            if fact.record_of.is_none() && *read != Answer::Absent {
                let said = |answer: &Answer| match answer {
                    Answer::Absent => String::new(),
                    answer => words::details(pack, fact, answer),
                };
                let what = What::Fact(id, read.clone());
                opened.line(fact, said(now), said(read), now == read, what);
            }
        }
        if let Some(form) = form {
            let fields = book.fields(&pack.id, &form.id);
            let desk =
                |fields| FormDesk::new(Rc::clone(&loaded), form.clone(), known.clone(), fields);
            let (now, read) = (desk(fields), desk(reading.fields.clone()));
            for item in read.items() {
                let (Item::Field(_), Some(fact)) = (item, read.fact(*item)) else {
                    continue;
                };
                let said = reading.fields.iter().find(|(id, _)| *id == fact.id);
                if let (Some((id, text)), false) = (said, read.is_empty(*item)) {
                    let was = match now.is_empty(*item) {
                        true => String::new(),
                        false => now.line(*item).2,
                    };
                    let same = now.answer(*item) == read.answer(*item);
                    let what = What::Field(id.clone(), text.clone());
                    opened.line(&fact, was, read.line(*item).2, same, what);
                }
            }
        }
        opened
    }

    fn line(&mut self, fact: &Fact, now: String, read: String, same: bool, what: What) {
        if same {
            self.same += 1;
        } else {
            self.lines.push(OpenedLine {
                label: fact.label.clone(),
                now,
                read,
                taken: true,
                what,
            });
        }
    }

    /// The pack that it is of.
    #[must_use]
    pub fn loaded(&self) -> &Rc<LoadedPack> {
        &self.loaded
    }

    /// The form that it is of, if it says so and there is one.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// What it would add or change.
    #[must_use]
    pub fn lines(&self) -> &[OpenedLine] {
        &self.lines
    }

    /// How much of it is known already.
    #[must_use]
    pub fn same(&self) -> usize {
        self.same
    }

    /// What was not understood, in Chinese.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Takes the file's word for a line, or not.
    pub fn toggle(&mut self, place: usize) {
        if let Some(line) = self.lines.get_mut(place) {
            line.taken = !line.taken;
        }
    }

    /// Writes what is taken into the book; what the file does not say stays as it is. How many lines
    /// were taken.
    pub fn put_into(&self, book: &mut Book) -> usize {
        let pack = &self.loaded.pack;
        let mut answers = book.answers(pack);
        let form = self.form.as_ref().map_or("", |form| &form.id);
        let mut fields = book.fields(&pack.id, form);
        let taken = self.lines.iter().filter(|line| line.taken);
        let mut count = 0;
        for line in taken {
            match &line.what {
                // The reader held it to the pack.
                What::Fact(id, answer) => drop(answers.set(pack, *id, answer.clone())),
                What::Field(id, text) => {
                    super::book::note(&mut fields, id.clone(), Some(text.clone()));
                }
            }
            count += 1;
        }
        book.note(pack, &answers);
        if !form.is_empty() {
            book.note_fields(&pack.id, form, fields);
        }
        for (event, day) in &self.events {
            book.note_event(&pack.id, event, Some(*day));
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use zige_core::answers::Answers;

    use super::*;
    use crate::sample;

    fn reading(pack: &zige_core::pack::Pack, name: &str, wish: &str) -> Reading {
        let mut answers = Answers::new(pack);
        let fact = sample::fact(pack, "full_name");
        answers.set(pack, fact, Answer::Text(name.into())).unwrap();
        Reading {
            pack: pack.id.clone(),
            form: pack.forms[0].id.clone(),
            hash: String::new(),
            on: None,
            answers,
            fields: vec![("wish".into(), wish.into())],
            events: vec![("开始".into(), sample::today())],
            remarks: Vec::new(),
        }
    }

    #[test]
    fn nothing_is_replaced_that_was_not_confirmed() {
        let loaded = Rc::new(LoadedPack {
            pack: sample::pack(),
            hash: String::new(),
        });
        let pack = &loaded.pack;
        let mut book = Book::default();
        let open = |name, wish, book: &Book| {
            Opened::new(Rc::clone(&loaded), reading(pack, name, wish), book)
        };
        let first = open("王某", "教学", &book);
        assert_eq!((first.lines().len(), first.same()), (2, 0));
        assert_eq!(first.put_into(&mut book), 2);
        assert_eq!(book.events(&pack.id).len(), 1);

        let mut second = open("李某", "教学", &book);
        let lines: Vec<String> = second
            .lines()
            .iter()
            .map(|line| format!("{}：{} → {}", line.label, line.now, line.read))
            .collect();
        expect!["姓名：王某 → 李某"].assert_eq(&lines.join("\n"));
        assert_eq!(second.same(), 1);
        second.toggle(0);
        let before = book.clone();
        assert_eq!(second.put_into(&mut book), 0);
        assert_eq!(book, before);
    }
}
