//! GB/T 4762-1984.

use super::{CodeList, Entry, entry};

/// The 13 codes, each with its full and its usual name.
pub static POLITICAL_STATUSES: CodeList = CodeList {
    standard: "GB/T 4762-1984",
    suffix: "",
    entries: &ENTRIES,
};

static ENTRIES: [Entry; 13] = [
    entry("01", "中国共产党党员", "中共党员", "党员 共产党员"),
    entry("02", "中国共产党预备党员", "中共预备党员", "预备党员"),
    entry("03", "中国共产主义青年团团员", "共青团员", "团员"),
    entry(
        "04",
        "中国国民党革命委员会会员",
        "民革党员",
        "民革会员 民革",
    ),
    entry("05", "中国民主同盟盟员", "民盟盟员", "民盟"),
    entry("06", "中国民主建国会会员", "民建会员", "民建"),
    entry("07", "中国民主促进会会员", "民进会员", "民进"),
    entry("08", "中国农工民主党党员", "农工党党员", "农工党 农工党员"),
    entry("09", "中国致公党党员", "致公党党员", "致公党 致公党员"),
    entry("10", "九三学社社员", "", "九三学社 九三社员"),
    entry("11", "台湾民主自治同盟盟员", "台盟盟员", "台盟"),
    entry("12", "无党派民主人士", "无党派人士", "无党派"),
    entry("13", "群众", "", "普通公民"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_found_by_full_and_usual_names() {
        for (text, usual) in [
            ("中国共产党党员", "中共党员"),
            ("党员", "中共党员"),
            ("民革会员", "民革党员"),
            ("无党派民主人士", "无党派人士"),
            ("13", "群众"),
        ] {
            assert_eq!(POLITICAL_STATUSES.find(text).unwrap().usual(), usual);
        }
    }
}
