//! GB/T 4658-2006.

use super::{CodeList, Entry, entry};

/// All codes of schooling (学历).
pub static SCHOOLING: CodeList = CodeList {
    standard: "GB/T 4658-2006",
    suffix: "",
    entries: &ENTRIES,
};

static ENTRIES: [Entry; 40] = [
    entry("10", "研究生教育", "", "研究生"),
    entry("11", "博士研究生毕业", "博士研究生", "博士毕业"),
    entry("12", "博士结业", "", "博士研究生结业"),
    entry("13", "博士肄业", "", "博士研究生肄业"),
    entry("14", "硕士研究生毕业", "硕士研究生", "硕士毕业"),
    entry("15", "硕士结业", "", "硕士研究生结业"),
    entry("16", "硕士肄业", "", "硕士研究生肄业"),
    entry("17", "研究生班毕业", "", "研究生班"),
    entry("18", "研究生班结业", "", ""),
    entry("19", "研究生班肄业", "", ""),
    entry("20", "大学本科教育", "", ""),
    entry(
        "21",
        "大学本科毕业",
        "大学本科",
        "大学 本科 本科毕业 大学毕业",
    ),
    entry("22", "本科结业", "", "大学本科结业 大学结业"),
    entry("23", "本科肄业", "", "大学本科肄业 大学肄业"),
    entry("28", "大学普通班毕业", "", "大学普通班 大普 大普班"),
    entry("30", "大学专科教育", "", ""),
    entry(
        "31",
        "大学专科毕业",
        "大学专科",
        "大专 专科 大专毕业 专科毕业",
    ),
    entry("32", "专科结业", "", "大专结业 大学专科结业"),
    entry("33", "专科肄业", "", "大专肄业 大学专科肄业"),
    entry("40", "中等职业教育", "", ""),
    entry("41", "中等专科毕业", "中专", "中专毕业 中等专科 中师"),
    entry("42", "中等专科结业", "", "中专结业"),
    entry("43", "中等专科肄业", "", "中专肄业"),
    entry("44", "职业高中毕业", "职业高中", "职高 职高毕业"),
    entry("45", "职业高中结业", "", "职高结业"),
    entry("46", "职业高中肄业", "", "职高肄业"),
    entry("47", "技工学校毕业", "技工学校", "技校 技校毕业"),
    entry("48", "技工学校结业", "", "技校结业"),
    entry("49", "技工学校肄业", "", "技校肄业"),
    entry("60", "普通高级中学教育", "", ""),
    entry("61", "普通高中毕业", "高中", "高中毕业 普通高中"),
    entry("62", "普通高中结业", "", "高中结业"),
    entry("63", "普通高中肄业", "", "高中肄业"),
    entry("70", "初级中学教育", "", ""),
    entry("71", "初中毕业", "初中", ""),
    entry("73", "初中肄业", "", ""),
    entry("80", "小学教育", "", ""),
    entry("81", "小学毕业", "小学", ""),
    entry("83", "小学肄业", "", ""),
    entry("90", "其他", "", "其他学历"),
];

/// Stages of education, from low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 小学.
    Primary,
    /// 初中.
    JuniorMiddle,
    /// 高中, 中专, 职高, 技校.
    SeniorMiddle,
    /// 大学专科.
    JuniorCollege,
    /// 大学本科; also 大学普通班.
    Bachelor,
    /// 硕士研究生.
    Master,
    /// 博士研究生.
    Doctor,
}

/// How a stage of education ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 毕业.
    Graduated,
    /// 结业: the course was finished without graduation.
    Completed,
    /// 肄业: left before the end.
    Left,
    /// The code does not say (such as 20 大学本科教育).
    Unstated,
}

/// What a code of schooling means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schooling {
    /// The stage; `None` where the code leaves it open (研究生, 研究生班, 其他): ask.
    pub stage: Option<Stage>,
    /// How it ended.
    pub outcome: Outcome,
}

/// Reads an entry of [`SCHOOLING`].
#[must_use]
pub fn schooling(entry: &Entry) -> Schooling {
    let stage = match entry.code {
        "11" | "12" | "13" => Some(Stage::Doctor),
        "14" | "15" | "16" => Some(Stage::Master),
        code if code < "20" => None,
        code if code < "30" => Some(Stage::Bachelor),
        code if code < "40" => Some(Stage::JuniorCollege),
        code if code < "70" => Some(Stage::SeniorMiddle),
        code if code < "80" => Some(Stage::JuniorMiddle),
        code if code < "90" => Some(Stage::Primary),
        _ => None,
    };
    let outcome = if entry.name.ends_with("毕业") {
        Outcome::Graduated
    } else if entry.name.ends_with("结业") {
        Outcome::Completed
    } else if entry.name.ends_with("肄业") {
        Outcome::Left
    } else {
        Outcome::Unstated
    };
    Schooling { stage, outcome }
}

impl Schooling {
    /// The stage, if it counts as reached: 结业 and 肄业 do not.
    #[must_use]
    pub fn attained(&self) -> Option<Stage> {
        match self.outcome {
            Outcome::Graduated | Outcome::Unstated => self.stage,
            Outcome::Completed | Outcome::Left => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attained(text: &str) -> Option<Stage> {
        schooling(SCHOOLING.find(text).unwrap()).attained()
    }

    #[test]
    fn everyday_names_lead_to_codes() {
        for (text, code) in [
            ("大学", "21"),
            ("大学本科", "21"),
            ("大 专", "31"),
            ("中专", "41"),
            ("技校", "47"),
            ("高中", "61"),
            ("硕士研究生", "14"),
            ("研究生", "10"),
        ] {
            assert_eq!(SCHOOLING.find(text).unwrap().code, code, "{text}");
        }
    }

    #[test]
    fn an_unfinished_course_is_no_schooling_of_that_stage() {
        assert_eq!(attained("本科"), Some(Stage::Bachelor));
        assert_eq!(attained("大学普通班毕业"), Some(Stage::Bachelor));
        assert_eq!(attained("本科结业"), None);
        assert_eq!(attained("专科肄业"), None);
        assert_eq!(attained("研究生班毕业"), None);
    }

    /// 大学专科以上 is {10..23, 28, 30, 31} without 结业 and 肄业, and the postgraduate codes whose
    /// stage must be asked.
    #[test]
    fn the_codes_of_a_junior_college_and_above() {
        let codes: Vec<&str> = ENTRIES
            .iter()
            .filter(|entry| schooling(entry).attained() >= Some(Stage::JuniorCollege))
            .map(|entry| entry.code)
            .collect();
        assert_eq!(codes, ["11", "14", "20", "21", "28", "30", "31"]);
    }
}
