//! GB/T 2261.1-2003.

use super::{CodeList, Entry, entry};

/// The sex that a number or form records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// 男 (code 1).
    Male,
    /// 女 (code 2).
    Female,
}

/// All four codes.
pub static SEXES: CodeList = CodeList {
    standard: "GB/T 2261.1-2003",
    suffix: "",
    entries: &ENTRIES,
};

static ENTRIES: [Entry; 4] = [
    entry("0", "未知的性别", "", "未知"),
    entry("1", "男", "", "男性"),
    entry("2", "女", "", "女性"),
    entry("9", "未说明的性别", "", "未说明"),
];

impl Sex {
    /// 男 or 女.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }

    /// By code or name; `None` also for 未知 and 未说明.
    #[must_use]
    pub fn find(text: &str) -> Option<Sex> {
        match SEXES.find(text)?.code {
            "1" => Some(Sex::Male),
            "2" => Some(Sex::Female),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sex_is_found_by_code_and_name() {
        for (text, sex) in [
            (" 男 ", Some(Sex::Male)),
            ("女性", Some(Sex::Female)),
            ("２", Some(Sex::Female)),
            ("0", None),
            ("未说明的性别", None),
        ] {
            assert_eq!(Sex::find(text), sex, "{text}");
        }
    }
}
