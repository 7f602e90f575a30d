//! Places that the five policies name, by code (GB/T 2260) and name, with the codes they had.
//!
//! For reading addresses and numbers only. A code in an identity number tells where the number
//! was first issued, and never where its holder works.

use crate::text;

/// A province, city, county or district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Six digits.
    pub code: &'static str,
    /// The full name.
    pub name: &'static str,
    /// A shorter name that is in use, or an empty string.
    pub short: &'static str,
    /// The code of the province or city that it belongs to; for a province an empty string.
    pub parent: &'static str,
    /// Earlier codes and names.
    pub former: &'static [Former],
}

/// A code and name that a place had for some years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// Six digits; may equal the present code.
    pub code: &'static str,
    /// The name at that time.
    pub name: &'static str,
    /// The first year, where it is known.
    pub from: Option<u16>,
    /// The last year.
    pub to: u16,
}

/// All places, by code.
pub static PLACES: [Place; 52] = [
    place("150000", "内蒙古自治区", "内蒙古", ""),
    place("150400", "赤峰市", "", "150000"),
    place("150402", "红山区", "", "150400"),
    place("150403", "元宝山区", "", "150400"),
    place("150404", "松山区", "", "150400"),
    place("150421", "阿鲁科尔沁旗", "阿旗", "150400"),
    place("150422", "巴林左旗", "", "150400"),
    place("150423", "巴林右旗", "", "150400"),
    place("150424", "林西县", "", "150400"),
    place("150425", "克什克腾旗", "克旗", "150400"),
    place("150426", "翁牛特旗", "翁旗", "150400"),
    place("150428", "喀喇沁旗", "喀旗", "150400"),
    place("150429", "宁城县", "", "150400"),
    place("150430", "敖汉旗", "", "150400"),
    place("210000", "辽宁省", "", ""),
    place("210300", "鞍山市", "", "210000"),
    Place {
        former: &[
            former("210622", "岫岩县", None, 1984),
            former("210622", "岫岩满族自治县", Some(1985), 1992),
        ],
        ..place("210323", "岫岩满族自治县", "岫岩县", "210300")
    },
    place("210400", "抚顺市", "", "210000"),
    Place {
        former: &[former("210422", "新宾县", None, 1984)],
        ..place("210422", "新宾满族自治县", "新宾县", "210400")
    },
    Place {
        former: &[former("210423", "清原县", None, 1988)],
        ..place("210423", "清原满族自治县", "清原县", "210400")
    },
    place("210500", "本溪市", "", "210000"),
    Place {
        former: &[former("210521", "本溪县", None, 1988)],
        ..place("210521", "本溪满族自治县", "本溪县", "210500")
    },
    Place {
        former: &[former("210522", "桓仁县", None, 1988)],
        ..place("210522", "桓仁满族自治县", "桓仁县", "210500")
    },
    place("210600", "丹东市", "", "210000"),
    Place {
        former: &[former("210624", "宽甸县", None, 1988)],
        ..place("210624", "宽甸满族自治县", "宽甸县", "210600")
    },
    Place {
        former: &[
            former("210621", "凤城县", None, 1984),
            former("210621", "凤城满族自治县", Some(1985), 1993),
        ],
        ..place("210682", "凤城市", "", "210600")
    },
    place("210700", "锦州市", "", "210000"),
    Place {
        former: &[
            former("210725", "北镇县", None, 1988),
            former("210725", "北镇满族自治县", Some(1989), 1994),
            former("210782", "北宁市", Some(1995), 2005),
        ],
        ..place("210782", "北镇市", "", "210700")
    },
    place("210900", "阜新市", "", "210000"),
    place("210921", "阜新蒙古族自治县", "阜蒙县", "210900"),
    place("211300", "朝阳市", "", "210000"),
    Place {
        former: &[former("212224", "喀喇沁左翼蒙古族自治县", None, 1983)],
        ..place(
            "211324",
            "喀喇沁左翼蒙古族自治县",
            "喀左蒙古族自治县",
            "211300",
        )
    },
    place("510000", "四川省", "", ""),
    place("510300", "自贡市", "", "510000"),
    place("510302", "自流井区", "", "510300"),
    place("510400", "攀枝花市", "", "510000"),
    place("510402", "东区", "", "510400"),
    place("510403", "西区", "", "510400"),
    place("510411", "仁和区", "", "510400"),
    place("510421", "米易县", "", "510400"),
    place("510422", "盐边县", "", "510400"),
    place("530000", "云南省", "", ""),
    place("530400", "玉溪市", "", "530000"),
    place("530402", "红塔区", "", "530400"),
    place("530403", "江川区", "", "530400"),
    place("530423", "通海县", "", "530400"),
    place("530424", "华宁县", "", "530400"),
    place("530425", "易门县", "", "530400"),
    place("530426", "峨山彝族自治县", "峨山县", "530400"),
    place("530427", "新平彝族傣族自治县", "新平县", "530400"),
    place("530428", "元江哈尼族彝族傣族自治县", "元江县", "530400"),
    place("530481", "澄江市", "", "530400"),
];

/// The ten counties and cities that 辽宁 第二条 lists, in its order and by the codes they have
/// now. The article says 主要包括, so the list is not closed.
pub const LIAONING_LISTED: [&str; 10] = [
    "210323", "210422", "210423", "210521", "210522", "210624", "210921", "211324", "210682",
    "210782",
];

/// The place that has this code, or had it in the past.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Place> {
    let code = text::fold(code);
    PLACES.iter().find(|place| place.code == code).or_else(|| {
        PLACES
            .iter()
            .find(|place| place.former.iter().any(|former| former.code == code))
    })
}

/// All places of this name, full, short or former; with or without the names of the city and
/// province before it.
#[must_use]
pub fn by_name(name: &str) -> Vec<&'static Place> {
    let name = text::squeeze(name);
    PLACES
        .iter()
        .filter(|place| place.is_called(&name))
        .collect()
}

/// The province, autonomous region or city under the central government whose two digits a code
/// begins with. `None` for anything else, residence permits (81, 82, 83) included.
#[must_use]
pub fn province(code: &str) -> Option<&'static str> {
    let prefix: u8 = code.get(..2)?.parse().ok()?;
    PROVINCES
        .iter()
        .find(|(code, _)| *code == prefix)
        .map(|(_, name)| *name)
}

impl Place {
    /// The place that it belongs to.
    #[must_use]
    pub fn parent(&self) -> Option<&'static Place> {
        PLACES.iter().find(|place| place.code == self.parent)
    }

    /// The name after the names of the city and the province.
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.parent() {
            Some(parent) => parent.full_name() + self.name,
            None => self.name.to_string(),
        }
    }

    fn is_called(&self, text: &str) -> bool {
        let names = [self.name, self.short]
            .into_iter()
            .chain(self.former.iter().map(|former| former.name));
        names
            .filter(|name| !name.is_empty())
            .filter_map(|name| text.strip_suffix(name))
            .any(|above| above.is_empty() || self.lies_in(above))
    }

    /// Whether `text` names the city or province above it.
    fn lies_in(&self, text: &str) -> bool {
        let mut above = self.parent();
        while let Some(place) = above {
            if place.is_called(text) {
                return true;
            }
            above = place.parent();
        }
        false
    }
}

const fn place(
    code: &'static str,
    name: &'static str,
    short: &'static str,
    parent: &'static str,
) -> Place {
    Place {
        code,
        name,
        short,
        parent,
        former: &[],
    }
}

const fn former(code: &'static str, name: &'static str, from: Option<u16>, to: u16) -> Former {
    Former {
        code,
        name,
        from,
        to,
    }
}

const PROVINCES: [(u8, &str); 32] = [
    (11, "北京市"),
    (12, "天津市"),
    (13, "河北省"),
    (14, "山西省"),
    (15, "内蒙古自治区"),
    (21, "辽宁省"),
    (22, "吉林省"),
    (23, "黑龙江省"),
    (31, "上海市"),
    (32, "江苏省"),
    (33, "浙江省"),
    (34, "安徽省"),
    (35, "福建省"),
    (36, "江西省"),
    (37, "山东省"),
    (41, "河南省"),
    (42, "湖北省"),
    (43, "湖南省"),
    (44, "广东省"),
    (45, "广西壮族自治区"),
    (46, "海南省"),
    (50, "重庆市"),
    (51, "四川省"),
    (52, "贵州省"),
    (53, "云南省"),
    (54, "西藏自治区"),
    (61, "陕西省"),
    (62, "甘肃省"),
    (63, "青海省"),
    (64, "宁夏回族自治区"),
    (65, "新疆维吾尔自治区"),
    (71, "台湾省"),
];

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(places: &[&Place], expected: Expect) {
        let lines: Vec<String> = places
            .iter()
            .map(|place| format!("{} {}", place.code, place.full_name()))
            .collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_code_of_the_past_leads_to_the_place_of_today() {
        for (code, name) in [
            ("210622", "岫岩满族自治县"),
            ("212224", "喀喇沁左翼蒙古族自治县"),
            ("210621", "凤城市"),
            ("210725", "北镇市"),
            ("210782", "北镇市"),
        ] {
            assert_eq!(by_code(code).unwrap().name, name);
        }
        assert_eq!(by_code("210681"), None);
    }

    #[test]
    fn places_are_found_by_full_short_and_former_names() {
        check(
            &by_name("喀左蒙古族自治县"),
            expect!["211324 辽宁省朝阳市喀喇沁左翼蒙古族自治县"],
        );
        check(
            &by_name(" 辽宁省 丹东市 凤城市 "),
            expect!["210682 辽宁省丹东市凤城市"],
        );
        check(
            &by_name("辽宁省凤城满族自治县"),
            expect!["210682 辽宁省丹东市凤城市"],
        );
        check(&by_name("北宁市"), expect!["210782 辽宁省锦州市北镇市"]);
        check(
            &by_name("攀枝花市东区"),
            expect!["510402 四川省攀枝花市东区"],
        );
        assert_eq!(by_name("四川省丹东市"), Vec::<&Place>::new());
    }

    #[test]
    fn codes_are_sorted_and_each_place_lies_in_one_of_the_table() {
        assert!(PLACES.is_sorted_by(|left, right| left.code < right.code));
        for place in &PLACES {
            assert_eq!(
                place.parent().is_none(),
                place.code.ends_with("0000"),
                "{}",
                place.name
            );
            assert!(province(place.code).is_some());
            let root = place.full_name();
            assert!(root.starts_with(province(place.code).unwrap()), "{root}");
        }
    }

    #[test]
    fn the_ten_places_of_liaoning_stand_in_the_order_of_the_article() {
        let names: Vec<&str> = LIAONING_LISTED
            .iter()
            .map(|code| {
                let place = by_code(code).unwrap();
                if place.short.ends_with("自治县") {
                    place.short
                } else {
                    place.name
                }
            })
            .collect();
        assert_eq!(
            names.join("、"),
            "岫岩满族自治县、新宾满族自治县、清原满族自治县、本溪满族自治县、桓仁满族自治县、宽甸满族自治县、阜新蒙古族自治县、喀左蒙古族自治县、凤城市、北镇市"
        );
    }
}
