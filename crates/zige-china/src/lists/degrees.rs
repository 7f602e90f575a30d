//! GB/T 6864-2003.

use super::{CodeList, Entry, entry};

/// All codes of degrees (学位): those of one digit name the level, those of three the field.
pub static DEGREES: CodeList = CodeList {
    standard: "GB/T 6864-2003",
    suffix: "",
    entries: &ENTRIES,
};

static ENTRIES: [Entry; 56] = [
    entry("1", "名誉博士", "", ""),
    entry("2", "博士", "", "博士学位"),
    entry("201", "哲学博士", "", "哲学博士学位"),
    entry("202", "经济学博士", "", "经济学博士学位"),
    entry("203", "法学博士", "", "法学博士学位"),
    entry("204", "教育学博士", "", "教育学博士学位"),
    entry("205", "文学博士", "", "文学博士学位"),
    entry("206", "历史学博士", "", "历史学博士学位"),
    entry("207", "理学博士", "", "理学博士学位"),
    entry("208", "工学博士", "", "工学博士学位"),
    entry("209", "农学博士", "", "农学博士学位"),
    entry("210", "医学博士", "", "医学博士学位"),
    entry("211", "军事学博士", "", "军事学博士学位"),
    entry("212", "管理学博士", "", "管理学博士学位"),
    entry("245", "临床医学博士", "", "临床医学博士专业学位"),
    entry("248", "兽医博士", "", "兽医博士专业学位"),
    entry("250", "口腔医学博士", "", "口腔医学博士专业学位"),
    entry("3", "硕士", "", "硕士学位"),
    entry("301", "哲学硕士", "", "哲学硕士学位"),
    entry("302", "经济学硕士", "", "经济学硕士学位"),
    entry("303", "法学硕士", "", "法学硕士学位"),
    entry("304", "教育学硕士", "", "教育学硕士学位"),
    entry("305", "文学硕士", "", "文学硕士学位"),
    entry("306", "历史学硕士", "", "历史学硕士学位"),
    entry("307", "理学硕士", "", "理学硕士学位"),
    entry("308", "工学硕士", "", "工学硕士学位"),
    entry("309", "农学硕士", "", "农学硕士学位"),
    entry("310", "医学硕士", "", "医学硕士学位"),
    entry("311", "军事学硕士", "", "军事学硕士学位"),
    entry("312", "管理学硕士", "", "管理学硕士学位"),
    entry("341", "法律硕士", "", "法律硕士专业学位"),
    entry("342", "教育硕士", "", "教育硕士专业学位"),
    entry("343", "工程硕士", "", "工程硕士专业学位"),
    entry("344", "建筑学硕士", "", "建筑学硕士专业学位"),
    entry("345", "临床医学硕士", "", "临床医学硕士专业学位"),
    entry("346", "工商管理硕士", "", "工商管理硕士专业学位 MBA"),
    entry("347", "农业推广硕士", "", "农业推广硕士专业学位"),
    entry("348", "兽医硕士", "", "兽医硕士专业学位"),
    entry("349", "公共管理硕士", "", "公共管理硕士专业学位 MPA"),
    entry("350", "口腔医学硕士", "", "口腔医学硕士专业学位"),
    entry("351", "公共卫生硕士", "", "公共卫生硕士专业学位 MPH"),
    entry("352", "军事硕士", "", "军事硕士专业学位"),
    entry("4", "学士", "", "学士学位"),
    entry("401", "哲学学士", "", "哲学学士学位"),
    entry("402", "经济学学士", "", "经济学学士学位"),
    entry("403", "法学学士", "", "法学学士学位"),
    entry("404", "教育学学士", "", "教育学学士学位"),
    entry("405", "文学学士", "", "文学学士学位"),
    entry("406", "历史学学士", "", "历史学学士学位"),
    entry("407", "理学学士", "", "理学学士学位"),
    entry("408", "工学学士", "", "工学学士学位"),
    entry("409", "农学学士", "", "农学学士学位"),
    entry("410", "医学学士", "", "医学学士学位"),
    entry("411", "军事学学士", "", "军事学学士学位"),
    entry("412", "管理学学士", "", "管理学学士学位"),
    entry("444", "建筑学学士", "", "建筑学学士专业学位"),
];

/// Levels of degrees, from low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// 学士.
    Bachelor,
    /// 硕士.
    Master,
    /// 博士.
    Doctor,
}

impl Degree {
    /// The level of an entry of [`DEGREES`]; `None` for 名誉博士, which is an honour.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Degree> {
        match entry.code.bytes().next() {
            Some(b'2') => Some(Degree::Doctor),
            Some(b'3') => Some(Degree::Master),
            Some(b'4') => Some(Degree::Bachelor),
            _ => None,
        }
    }

    /// 学士, 硕士 or 博士.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Degree::Bachelor => "学士",
            Degree::Master => "硕士",
            Degree::Doctor => "博士",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_found_by_level_and_field() {
        for (text, code, degree) in [
            ("硕士", "3", Some(Degree::Master)),
            ("工学硕士学位", "308", Some(Degree::Master)),
            ("工程硕士", "343", Some(Degree::Master)),
            ("ＭＢＡ", "346", Some(Degree::Master)),
            ("理学学士", "407", Some(Degree::Bachelor)),
            ("临床医学博士", "245", Some(Degree::Doctor)),
            ("名誉博士", "1", None),
        ] {
            let entry = DEGREES.find(text).unwrap();
            assert_eq!((entry.code, Degree::of(entry)), (code, degree), "{text}");
        }
    }
}
