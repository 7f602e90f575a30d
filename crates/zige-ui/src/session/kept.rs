//! What is kept outside the module, for the module that takes over or the page after a panic.

use super::book::{Book, from_text, to_text};

/// Stands before the rest when everything is shown large.
const LARGE: char = '+';
/// Stands between the book and the bookmarks.
const BOOKMARKS: char = '.';

/// What was said, where the person is in each check, and how large everything is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Kept {
    /// Whether everything is shown large.
    pub large: bool,
    /// What was said.
    pub book: Book,
    /// From [`super::Session::bookmark`], one for each check begun.
    pub bookmarks: Vec<Vec<String>>,
}

impl Kept {
    /// All of it as a line of text; empty when there is nothing to keep.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = self.book.encode();
        if !self.bookmarks.is_empty() {
            text.push(BOOKMARKS);
            text += &to_text(&postcard::to_allocvec(&self.bookmarks).unwrap_or_default());
        }
        if self.large {
            text.insert(0, LARGE);
        }
        text
    }

    /// Reads what [`Kept::encode`] wrote; what is damaged is left out.
    #[must_use]
    pub fn decode(text: &str) -> Kept {
        let (large, text) = match text.strip_prefix(LARGE) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (book, bookmarks) = text.split_once(BOOKMARKS).unwrap_or((text, ""));
        Kept {
            large,
            book: Book::decode(book),
            bookmarks: postcard::from_bytes(&from_text(bookmarks)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let kept = Kept {
            large: true,
            book: Book::default(),
            bookmarks: vec![vec!["pack".into(), "check".into()], Vec::new()],
        };
        assert_eq!(Kept::decode(&kept.encode()), kept);
        assert_eq!(Kept::default().encode(), "");
        assert_eq!(Kept::decode(""), Kept::default());
    }

    #[test]
    fn what_is_damaged_is_left_out() {
        for text in ["zz", ".zz", "..", "+.00ff", "零.零"] {
            assert!(Kept::decode(text).book.is_empty(), "{text}");
        }
    }
}
