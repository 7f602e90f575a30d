//! Changes to a text, each at its own place.

use std::ops::Range;

/// Replacements of stretches of a text, collected in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    changes: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// Replaces the bytes of a range; an empty range inserts. Insertions at one place keep the
    /// order in which they were given.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.changes.push((range, text.into()));
    }

    /// Inserts before the byte `at`.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The text with all changes; `None` when two of them overlap, or one cuts a character.
    #[must_use]
    pub fn apply(&self, source: &str) -> Option<String> {
        let mut changes: Vec<&(Range<usize>, String)> = self.changes.iter().collect();
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(source.len() + 1024);
        let mut reached = 0;
        for (range, text) in changes {
            out.push_str(source.get(reached..range.start)?);
            out.push_str(text);
            reached = source.get(range.clone()).map(|_| range.end)?;
        }
        out.push_str(source.get(reached..)?);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(changes: &[(Range<usize>, &str)]) -> Option<String> {
        let mut edits = Edits::default();
        for (range, text) in changes {
            edits.replace(range.clone(), *text);
        }
        edits.apply("姓名：无")
    }

    #[test]
    fn changes_keep_to_their_places() {
        assert_eq!(apply(&[]).unwrap(), "姓名：无");
        assert_eq!(
            apply(&[(9..12, "b"), (0..3, "a"), (9..9, "c"), (9..9, "d")]).unwrap(),
            "a名：cdb"
        );
        assert_eq!(apply(&[(0..6, ""), (3..9, "")]), None);
        assert_eq!(apply(&[(1..3, "")]), None);
        assert_eq!(apply(&[(12..13, "")]), None);
    }
}
