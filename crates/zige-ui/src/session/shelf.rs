//! The people whose answers are kept on this device, once somebody asked for that.

use serde::{Deserialize, Serialize};

use super::book::{Book, from_text, to_text};
use super::corrections::Corrections;

/// People with their names and books, and whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shelf {
    people: Vec<(String, Book)>,
    /// Whose answers are on the page; `None` for somebody who is not kept.
    current: Option<usize>,
    /// Whether everything is shown large.
    pub large: bool,
    /// What was decided about offices' own forms; stands behind the rest.
    #[serde(skip)]
    pub corrections: Corrections,
}

impl Shelf {
    /// Whether nobody is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The names, in the order in which they were first kept.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.people.iter().map(|(name, _)| name.as_str())
    }

    /// Whose answers are on the page, if they are kept.
    #[must_use]
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The name of the person whose answers are on the page; empty when they are not kept.
    #[must_use]
    pub fn name(&self) -> &str {
        let current = self.current.and_then(|place| self.people.get(place));
        current.map_or("", |(name, _)| name.as_str())
    }

    /// Keeps the person on the page under a name, or gives them another one. Blanks around it
    /// are dropped; whether there was a name.
    pub fn keep(&mut self, name: &str, book: &Book) -> bool {
        let name = name.trim();
        if name.is_empty() {
            return false;
        }
        match self.current.and_then(|place| self.people.get_mut(place)) {
            Some(person) => person.0 = name.to_owned(),
            None => {
                self.current = Some(self.people.len());
                self.people.push((name.to_owned(), book.clone()));
            }
        }
        true
    }

    /// Notes what the person on the page has said, if they are kept. Whether they are.
    pub fn note(&mut self, book: &Book) -> bool {
        match self.current.and_then(|place| self.people.get_mut(place)) {
            Some((_, own)) => {
                own.clone_from(book);
                true
            }
            None => false,
        }
    }

    /// Turns to somebody who is kept, or to somebody new; gives what they have said.
    pub fn turn_to(&mut self, person: Option<usize>) -> Book {
        let found = person.and_then(|place| self.people.get(place));
        self.current = found.and(person);
        found.map(|(_, book)| book.clone()).unwrap_or_default()
    }

    /// Forgets somebody. Whether it was the person on the page.
    pub fn forget(&mut self, person: usize) -> bool {
        if person >= self.people.len() {
            return false;
        }
        self.people.remove(person);
        let was_current = self.current == Some(person);
        self.current = match self.current {
            Some(current) if current > person => Some(current - 1),
            current => current.filter(|_| !was_current),
        };
        was_current
    }

    /// The shelf as a line of text; empty when nothing is kept.
    #[must_use]
    pub fn encode(&self) -> String {
        if self.is_empty() && self.corrections.is_empty() {
            return String::new();
        }
        let mut bytes = postcard::to_allocvec(self).unwrap_or_default();
        if !self.corrections.is_empty() {
            bytes.extend(postcard::to_allocvec(&self.corrections).unwrap_or_default());
        }
        to_text(&bytes)
    }

    /// Reads what [`Shelf::encode`] wrote; anything else is an empty shelf.
    #[must_use]
    pub fn decode(text: &str) -> Shelf {
        let bytes = from_text(text);
        let (mut shelf, rest) =
            postcard::take_from_bytes::<Shelf>(&bytes).unwrap_or((Shelf::default(), &[]));
        shelf.corrections = postcard::from_bytes(rest).unwrap_or_default();
        let people = shelf.people.len();
        shelf.current = shelf.current.filter(|place| *place < people);
        shelf
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(paper: &str) -> Book {
        let mut book = Book::default();
        book.tick_paper("p", paper);
        book
    }

    #[test]
    fn people_are_kept_apart() {
        let mut shelf = Shelf::default();
        assert!(!shelf.note(&book("甲的证书")), "nobody is kept yet");
        assert!(shelf.keep(" 我 ", &book("甲的证书")));
        assert_eq!(shelf.turn_to(None), Book::default());
        assert_eq!(shelf.name(), "");
        assert!(shelf.keep("妈妈", &Book::default()));
        assert!(shelf.note(&book("乙的证书")));
        assert_eq!(shelf.turn_to(Some(0)), book("甲的证书"));
        assert_eq!(shelf.turn_to(Some(1)), book("乙的证书"));
        assert_eq!(shelf.names().collect::<Vec<_>>(), ["我", "妈妈"]);
        assert_eq!(Shelf::decode(&shelf.encode()), shelf);
    }

    #[test]
    fn a_new_name_is_not_a_new_person() {
        let mut shelf = Shelf::default();
        shelf.keep("我", &book("证书"));
        assert!(!shelf.keep("  ", &Book::default()));
        assert!(shelf.keep("爸爸", &Book::default()));
        assert_eq!(shelf.names().collect::<Vec<_>>(), ["爸爸"]);
        assert_eq!(shelf.turn_to(Some(0)), book("证书"));
    }

    #[test]
    fn who_is_forgotten_is_gone_and_the_others_stay() {
        let mut shelf = Shelf::default();
        for name in ["一", "二", "三"] {
            shelf.turn_to(None);
            shelf.keep(name, &book(name));
        }
        assert!(!shelf.forget(0));
        assert_eq!((shelf.name(), shelf.current()), ("三", Some(1)));
        assert!(shelf.forget(1));
        assert_eq!((shelf.name(), shelf.current()), ("", None));
        assert!(!shelf.forget(7));
        assert!(!shelf.forget(0));
        assert_eq!(shelf.encode(), "", "an empty shelf leaves nothing behind");
    }

    #[test]
    fn corrections_stand_beside_people() {
        let mut shelf = Shelf::default();
        shelf.corrections.keep("f", &[]);
        assert_eq!(Shelf::decode(&shelf.encode()), shelf);
        shelf.keep("我", &book("证书"));
        assert_eq!(Shelf::decode(&shelf.encode()), shelf);
        shelf.corrections.forget("f");
        assert_eq!(Shelf::decode(&shelf.encode()), shelf);
    }

    #[test]
    fn a_damaged_text_is_an_empty_shelf() {
        for text in ["", "f", "零", "ffff"] {
            assert_eq!(Shelf::decode(text), Shelf::default(), "{text}");
        }
    }
}
