//! What a person has said, for all programmes: one answer serves every pack that asks the same.

use serde::{Deserialize, Serialize};
use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::ids::{CheckId, FactId, PointId};
use zige_core::pack::{Fact, Pack};

/// Answers by fact, outcomes by point, and what only one form asks.
///
/// An answer belongs to a fact's id and to the hash of its meaning: once the question has changed,
/// the old answer is not used any more.
///
/// Plain lists: they are short, and each kind of map would add 8 KB to what a phone has to load.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Book {
    /// By the fact's id and the hash of its meaning.
    answers: Notes<(String, u64), Noted>,
    /// By the pack's and the point's id.
    outcomes: Notes<(String, String), u16>,
    /// By the pack's and the form's id.
    fields: Notes<(String, String), Fields>,
    /// Papers that are at hand: the pack's id and the paper.
    papers: Vec<(String, String)>,
}

/// The form's id under which stands what a whole programme asks: the days of events.
const NO_FORM: &str = "";

/// What was entered in the fields that only one form has, by field id.
pub type Fields = Vec<(String, String)>;

type Notes<K, V> = Vec<(K, V)>;

/// Notes a value under a key, or forgets it.
pub(super) fn note<K: PartialEq, V>(notes: &mut Notes<K, V>, key: K, value: Option<V>) {
    let place = notes.iter().position(|(known, _)| *known == key);
    match (place, value) {
        (Some(place), Some(value)) => notes[place].1 = value,
        (Some(place), None) => drop(notes.remove(place)),
        (None, Some(value)) => notes.push((key, value)),
        (None, None) => {}
    }
}

/// An [`Answer`] without positions in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Noted {
    Unknown,
    Value(i64),
    Month(Date, Date),
    Text(String),
    Records(Vec<Vec<(String, u64, Noted)>>, bool),
}

impl Book {
    /// Whether nothing has been said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
            && self.outcomes.is_empty()
            && self.fields.is_empty()
            && self.papers.is_empty()
    }

    /// Notes what the answers to a pack say; what they do not mention of its facts is forgotten.
    pub fn note(&mut self, pack: &Pack, answers: &Answers) {
        for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
            let key = (fact.id.clone(), fact.meaning);
            let answer = noted(pack, answers.get(fact_id(position)));
            note(&mut self.answers, key, answer);
        }
        for (position, point) in pack.points.iter().enumerate() {
            let key = (pack.id.clone(), point.id.clone());
            note(&mut self.outcomes, key, answers.outcome(point_id(position)));
        }
    }

    /// What is known for a pack. An answer that does not fit it any more is left out.
    #[must_use]
    pub fn answers(&self, pack: &Pack) -> Answers {
        let mut answers = Answers::new(pack);
        for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
            let known = |((id, meaning), _): &&((String, u64), Noted)| {
                // Numbers first: most facts differ there.
                *meaning == fact.meaning && *id == fact.id
            };
            if let Some((_, noted)) = self.answers.iter().find(known) {
                drop(answers.set(pack, fact_id(position), answer(pack, noted)));
            }
        }
        for (position, point) in pack.points.iter().enumerate() {
            let known =
                |((of, id), _): &&((String, String), u16)| *of == pack.id && *id == point.id;
            if let Some((_, outcome)) = self.outcomes.iter().find(known) {
                drop(answers.set_outcome(pack, point_id(position), Some(*outcome)));
            }
        }
        answers
    }

    /// To how many of a pack's questions an answer is known.
    #[must_use]
    pub fn known(&self, pack: &Pack) -> usize {
        let answers = self.answers(pack);
        let facts = 0..pack.vocabulary.facts.len();
        facts
            .filter(|position| *answers.get(fact_id(*position)) != Answer::Absent)
            .count()
    }

    /// What was entered in the fields of a form.
    #[must_use]
    pub fn fields(&self, pack: &str, form: &str) -> Fields {
        let known = |((of, id), _): &&((String, String), Fields)| of == pack && id == form;
        let found = self.fields.iter().find(known);
        found.map(|(_, fields)| fields.clone()).unwrap_or_default()
    }

    /// Notes what was entered in the fields of a form.
    pub fn note_fields(&mut self, pack: &str, form: &str, fields: Fields) {
        let key = (pack.to_owned(), form.to_owned());
        note(
            &mut self.fields,
            key,
            Some(fields).filter(|fields| !fields.is_empty()),
        );
    }

    /// When something happened that a programme counts periods from, in the policy's words.
    #[must_use]
    pub fn events(&self, pack: &str) -> Vec<(String, Date)> {
        let known = self.fields(pack, NO_FORM).into_iter();
        known
            .filter_map(|(event, day)| Some((event, Date::parse(&day)?)))
            .collect()
    }

    /// Notes when it happened, or that it is not known after all.
    pub fn note_event(&mut self, pack: &str, event: &str, day: Option<Date>) {
        let mut known = self.fields(pack, NO_FORM);
        note(&mut known, event.to_owned(), day.map(|day| day.to_string()));
        self.note_fields(pack, NO_FORM, known);
    }

    /// Whether a paper is at hand.
    #[must_use]
    pub fn has_paper(&self, pack: &str, paper: &str) -> bool {
        self.papers
            .iter()
            .any(|(of, name)| of == pack && name == paper)
    }

    /// Notes that a paper is at hand, or that it is not after all.
    pub fn tick_paper(&mut self, pack: &str, paper: &str) {
        let before = self.papers.len();
        self.papers.retain(|(of, name)| of != pack || name != paper);
        if self.papers.len() == before {
            self.papers.push((pack.to_owned(), paper.to_owned()));
        }
    }

    /// The book as a line of text; empty when nothing has been said.
    #[must_use]
    pub fn encode(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        // Strings, integers and lists always encode; an empty text is read as an empty book.
        to_text(&postcard::to_allocvec(self).unwrap_or_default())
    }

    /// Reads what [`Book::encode`] wrote; anything else is an empty book.
    #[must_use]
    pub fn decode(text: &str) -> Book {
        postcard::from_bytes(&from_text(text)).unwrap_or_default()
    }
}

/// Bytes as a text of hexadecimal digits.
pub(super) fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    text
}

/// What [`to_text`] was given; nothing where the text is damaged.
pub(super) fn from_text(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for character in text.chars() {
        let digit = character
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok());
        let Some(digit) = digit else {
            return Vec::new();
        };
        match high.take() {
            None => high = Some(digit),
            Some(high) => bytes.push(high * 16 + digit),
        }
    }
    bytes
}

fn noted(pack: &Pack, answer: &Answer) -> Option<Noted> {
    match answer {
        Answer::Absent => None,
        Answer::Unknown => Some(Noted::Unknown),
        Answer::Value(value) => Some(Noted::Value(*value)),
        Answer::Month { first, last } => Some(Noted::Month(*first, *last)),
        Answer::Text(text) => Some(Noted::Text(text.clone())),
        Answer::Records(records) => {
            let rows = records.rows.iter().map(|row| {
                row.iter()
                    .filter_map(|(id, answer)| {
                        let fact = pack.vocabulary.facts.get(id.index())?;
                        Some((fact.id.clone(), fact.meaning, noted(pack, answer)?))
                    })
                    .collect()
            });
            Some(Noted::Records(rows.collect(), records.complete))
        }
    }
}

fn answer(pack: &Pack, noted: &Noted) -> Answer {
    match noted {
        Noted::Unknown => Answer::Unknown,
        Noted::Value(value) => Answer::Value(*value),
        Noted::Month(first, last) => Answer::Month {
            first: *first,
            last: *last,
        },
        Noted::Text(text) => Answer::Text(text.clone()),
        Noted::Records(rows, complete) => Answer::Records(Records {
            rows: rows
                .iter()
                .map(|row| {
                    row.iter()
                        .filter_map(|(id, meaning, noted)| {
                            let same = |fact: &Fact| fact.id == *id && fact.meaning == *meaning;
                            let position = pack.vocabulary.facts.iter().position(same)?;
                            Some((fact_id(position), answer(pack, noted)))
                        })
                        .collect()
                })
                .collect(),
            complete: *complete,
        }),
    }
}

/// The compiler keeps every table shorter than 65,536.
pub(crate) fn fact_id(position: usize) -> FactId {
    FactId(u16::try_from(position).unwrap_or(u16::MAX))
}

pub(super) fn check_id(position: usize) -> CheckId {
    CheckId(u16::try_from(position).unwrap_or(u16::MAX))
}

pub(crate) fn point_id(position: usize) -> PointId {
    PointId(u16::try_from(position).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn one_answer_serves_every_pack_that_asks_the_same() {
        let first = sample::pack();
        let mut second = sample::pack();
        second.id = "another".into();
        second.vocabulary.facts.reverse();
        let mut answers = Answers::new(&first);
        answers
            .set(
                &first,
                sample::fact(&first, "work_start"),
                Answer::Value(12_345),
            )
            .unwrap();
        answers.set_outcome(&first, PointId(0), Some(1)).unwrap();
        let mut book = Book::default();
        book.note(&first, &answers);
        assert_eq!(book.answers(&first), answers);
        let other = book.answers(&second);
        let moved = second
            .vocabulary
            .facts
            .iter()
            .position(|fact| fact.id == "work_start");
        assert_eq!(other.get(fact_id(moved.unwrap())), &Answer::Value(12_345));
        assert_eq!(
            other.outcome(PointId(0)),
            None,
            "an outcome is one programme's own"
        );
    }

    #[test]
    fn an_answer_is_asked_again_when_its_question_changed() {
        let old = sample::pack();
        let fact = sample::fact(&old, "title_level");
        let mut answers = Answers::new(&old);
        answers.set(&old, fact, Answer::Value(2)).unwrap();
        let mut book = Book::default();
        book.note(&old, &answers);
        let mut new = sample::pack();
        new.vocabulary.facts[fact.index()].meaning += 1;
        assert_eq!(book.answers(&new).get(fact), &Answer::Absent);
        assert_eq!(book.answers(&old).get(fact), &Answer::Value(2));
    }

    #[test]
    fn a_book_survives_a_reload_as_text() {
        let pack = sample::pack();
        let mut answers = Answers::new(&pack);
        let list = sample::fact(&pack, "jobs");
        let unit = sample::fact(&pack, "job_unit");
        let rows = vec![vec![(unit, Answer::Text("某中学".into()))]];
        let jobs = Answer::Records(Records {
            rows,
            complete: true,
        });
        answers.set(&pack, list, jobs.clone()).unwrap();
        let mut book = Book::default();
        book.note(&pack, &answers);
        book.note_fields("p", "f", vec![("wish".into(), "教学".into())]);
        book.tick_paper("p", "学历证书");
        let again = Book::decode(&book.encode());
        assert_eq!(again, book);
        assert_eq!(again.answers(&pack).get(list), &jobs);
        assert_eq!(Book::default().encode(), "");
    }

    #[test]
    fn days_of_events_belong_to_a_programme() {
        let mut book = Book::default();
        let day = sample::today();
        book.note_event("p", "结对开始", Some(day));
        book.note_fields("p", "f", vec![("wish".into(), "教学".into())]);
        let again = Book::decode(&book.encode());
        assert_eq!(again.events("p"), [("结对开始".to_owned(), day)]);
        assert!(again.events("q").is_empty());
        book.note_event("p", "结对开始", None);
        assert!(book.events("p").is_empty());
    }

    #[test]
    fn a_damaged_text_is_an_empty_book() {
        for text in ["", "0", "zz", "00z", "ffffffffffff", "零"] {
            assert!(Book::decode(text).is_empty(), "{text}");
        }
    }
}
