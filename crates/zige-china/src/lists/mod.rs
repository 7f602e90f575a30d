//! Code lists of the national standards: look-up by code or by any name in use.

mod degrees;
mod nationalities;
mod political_statuses;
mod schooling;
mod sexes;

pub use degrees::{DEGREES, Degree};
pub use nationalities::{NATIONALITIES, is_minority};
pub use political_statuses::POLITICAL_STATUSES;
pub use schooling::{Outcome, SCHOOLING, Schooling, Stage, schooling};
pub use sexes::{SEXES, Sex};

use crate::text;

/// A code list.
#[derive(Clone, Copy, Debug)]
pub struct CodeList {
    /// The standard's number.
    pub standard: &'static str,
    /// Its entries by code.
    pub entries: &'static [Entry],
    /// A last character that may be left out (族).
    suffix: &'static str,
}

/// One line of a code list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code, with leading zeros.
    pub code: &'static str,
    /// The standard's name.
    pub name: &'static str,
    /// The name that forms use where it differs, or an empty string.
    pub short: &'static str,
    /// Other spellings, old names and known typos, separated by blanks.
    other: &'static str,
}

impl CodeList {
    /// The entry with this code or any of its names. Blanks, full-width digits and missing
    /// leading zeros are accepted. `None` for anything else: ask.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&'static Entry> {
        let text = text::squeeze(text);
        if text.is_empty() {
            return None;
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            let bare = text.trim_start_matches('0');
            return self
                .entries
                .iter()
                .find(|entry| entry.code.trim_start_matches('0') == bare);
        }
        self.entries.iter().find(|entry| {
            [entry.name, entry.short]
                .into_iter()
                .chain(entry.other.split(' '))
                .any(|name| !name.is_empty() && self.same(name, &text))
        })
    }

    fn same(&self, name: &str, text: &str) -> bool {
        name == text || (!self.suffix.is_empty() && name.strip_suffix(self.suffix) == Some(text))
    }
}

impl Entry {
    /// The name that forms use.
    #[must_use]
    pub fn usual(&self) -> &'static str {
        if self.short.is_empty() {
            self.name
        } else {
            self.short
        }
    }
}

const fn entry(
    code: &'static str,
    name: &'static str,
    short: &'static str,
    other: &'static str,
) -> Entry {
    Entry {
        code,
        name,
        short,
        other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn codes_are_sorted_and_no_name_means_two_things() {
        for list in [
            &SEXES,
            &NATIONALITIES,
            &POLITICAL_STATUSES,
            &SCHOOLING,
            &DEGREES,
        ] {
            assert!(
                list.entries
                    .is_sorted_by(|left, right| left.code < right.code),
                "{}",
                list.standard
            );
            let mut names = BTreeMap::new();
            for entry in list.entries {
                assert_eq!(list.find(entry.code), Some(entry));
                for name in [entry.name, entry.short]
                    .into_iter()
                    .chain(entry.other.split(' '))
                {
                    if !name.is_empty() {
                        assert_eq!(list.find(name), Some(entry), "{name}");
                        assert_eq!(names.insert(name, entry.code), None, "{name}");
                    }
                }
            }
            assert_eq!(list.find(""), None);
            assert_eq!(list.find("不知道"), None);
        }
    }
}
