//! GB/T 3304-1991.

use super::{CodeList, Entry, entry};

/// The 56 nationalities, and four further codes in common use (81, 97, 98, 99). Names are found
/// with and without 族.
pub static NATIONALITIES: CodeList = CodeList {
    standard: "GB/T 3304-1991",
    suffix: "族",
    entries: &ENTRIES,
};

static ENTRIES: [Entry; 60] = [
    entry("01", "汉族", "", ""),
    entry("02", "蒙古族", "", ""),
    entry("03", "回族", "", ""),
    entry("04", "藏族", "", ""),
    entry("05", "维吾尔族", "", ""),
    entry("06", "苗族", "", ""),
    entry("07", "彝族", "", ""),
    entry("08", "壮族", "", ""),
    entry("09", "布依族", "", ""),
    entry("10", "朝鲜族", "", ""),
    entry("11", "满族", "", ""),
    entry("12", "侗族", "", ""),
    entry("13", "瑶族", "", ""),
    entry("14", "白族", "", ""),
    entry("15", "土家族", "", ""),
    entry("16", "哈尼族", "", ""),
    entry("17", "哈萨克族", "", ""),
    entry("18", "傣族", "", ""),
    entry("19", "黎族", "", ""),
    entry("20", "傈僳族", "", "傈傈族"),
    entry("21", "佤族", "", ""),
    entry("22", "畲族", "", ""),
    entry("23", "高山族", "", ""),
    entry("24", "拉祜族", "", ""),
    entry("25", "水族", "", ""),
    entry("26", "东乡族", "", ""),
    entry("27", "纳西族", "", ""),
    entry("28", "景颇族", "", ""),
    entry("29", "柯尔克孜族", "", ""),
    entry("30", "土族", "", ""),
    entry("31", "达斡尔族", "", ""),
    entry("32", "仫佬族", "", ""),
    entry("33", "羌族", "", ""),
    entry("34", "布朗族", "", ""),
    entry("35", "撒拉族", "", ""),
    entry("36", "毛南族", "", "毛难族"),
    entry("37", "仡佬族", "", ""),
    entry("38", "锡伯族", "", ""),
    entry("39", "阿昌族", "", ""),
    entry("40", "普米族", "", ""),
    entry("41", "塔吉克族", "", ""),
    entry("42", "怒族", "", ""),
    entry("43", "乌孜别克族", "", ""),
    entry("44", "俄罗斯族", "", ""),
    entry("45", "鄂温克族", "", ""),
    entry("46", "德昂族", "", "崩龙族"),
    entry("47", "保安族", "", ""),
    entry("48", "裕固族", "", ""),
    entry("49", "京族", "", ""),
    entry("50", "塔塔尔族", "", ""),
    entry("51", "独龙族", "", ""),
    entry("52", "鄂伦春族", "", ""),
    entry("53", "赫哲族", "", ""),
    entry("54", "门巴族", "", ""),
    entry("55", "珞巴族", "", ""),
    entry("56", "基诺族", "", "基洛族"),
    entry("81", "穿青人", "", "穿青人族 穿青族"),
    entry("97", "其他", "", "其他(未识别民族) 未识别民族"),
    entry(
        "98",
        "外国血统中国籍人士",
        "",
        "外国系统中国籍人士 外国血统",
    ),
    entry("99", "未说明民族", "", "未说明"),
];

/// Whether an entry is one of the 55 minorities. `None` for codes outside the 56: ask.
#[must_use]
pub fn is_minority(nationality: &Entry) -> Option<bool> {
    match nationality.code {
        "01" => Some(false),
        code if code < "57" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nationalities_are_found_in_each_spelling() {
        for (text, name) in [
            ("满", "满族"),
            ("满族", "满族"),
            (" 满　族 ", "满族"),
            ("11", "满族"),
            ("1", "汉族"),
            ("０２", "蒙古族"),
            ("毛难族", "毛南族"),
            ("崩龙", "德昂族"),
            ("傈傈族", "傈僳族"),
            ("基洛族", "基诺族"),
            ("其他（未识别民族）", "其他"),
        ] {
            assert_eq!(NATIONALITIES.find(text).unwrap().name, name, "{text}");
        }
        assert_eq!(NATIONALITIES.find("族"), None);
        assert_eq!(NATIONALITIES.find("57"), None);
    }

    #[test]
    fn codes_outside_the_56_are_asked() {
        let minority = |text| is_minority(NATIONALITIES.find(text).unwrap());
        assert_eq!(minority("汉"), Some(false));
        assert_eq!(minority("基诺"), Some(true));
        assert_eq!(minority("穿青人"), None);
        assert_eq!(minority("98"), None);
        let minorities = ENTRIES
            .iter()
            .filter(|entry| is_minority(entry) == Some(true));
        assert_eq!(minorities.count(), 55);
    }
}
