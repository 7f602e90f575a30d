//! Skill levels of workers, and the practical titles of farmers. Neither is a professional title.

use crate::text;

/// The eight levels of skill (新八级工), from low to high. The five old ones have numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkillLevel {
    /// 学徒工.
    Apprentice,
    /// 初级工, 五级.
    Junior,
    /// 中级工, 四级.
    Middle,
    /// 高级工, 三级.
    Senior,
    /// 技师, 二级.
    Technician,
    /// 高级技师, 一级.
    SeniorTechnician,
    /// 特级技师.
    SpecialTechnician,
    /// 首席技师.
    ChiefTechnician,
}

/// A practical title of a farmer (农业实用技术职称).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FarmerTitle {
    /// The name.
    pub name: &'static str,
    /// What it counts as.
    pub level: FarmerLevel,
    /// Where the ladder is known from. Ladders differ between provinces, so the certificate
    /// decides.
    pub ladder: &'static str,
}

/// Levels of [`FarmerTitle`], from low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FarmerLevel {
    /// 初级.
    Junior,
    /// 中级.
    Middle,
    /// 高级.
    Senior,
}

/// All levels of skill, from low to high.
pub const SKILL_LEVELS: [SkillLevel; 8] = [
    SkillLevel::Apprentice,
    SkillLevel::Junior,
    SkillLevel::Middle,
    SkillLevel::Senior,
    SkillLevel::Technician,
    SkillLevel::SeniorTechnician,
    SkillLevel::SpecialTechnician,
    SkillLevel::ChiefTechnician,
];

/// The practical titles that are known, from low to high within each ladder.
pub static FARMER_TITLES: [FarmerTitle; 13] = [
    farmer("农民技术员", FarmerLevel::Junior, OLD_LADDER),
    farmer("农民助理技师", FarmerLevel::Junior, OLD_LADDER),
    farmer("农民技师", FarmerLevel::Middle, OLD_LADDER),
    farmer("农民高级技师", FarmerLevel::Senior, OLD_LADDER),
    farmer("助理农艺师", FarmerLevel::Junior, HUBEI_LADDER),
    farmer("助理畜牧师", FarmerLevel::Junior, HUBEI_LADDER),
    farmer("助理兽医师", FarmerLevel::Junior, HUBEI_LADDER),
    farmer("农艺师", FarmerLevel::Middle, HUBEI_LADDER),
    farmer("畜牧师", FarmerLevel::Middle, HUBEI_LADDER),
    farmer("兽医师", FarmerLevel::Middle, HUBEI_LADDER),
    farmer("高级农艺师", FarmerLevel::Senior, HUBEI_LADDER),
    farmer("高级畜牧师", FarmerLevel::Senior, HUBEI_LADDER),
    farmer("高级兽医师", FarmerLevel::Senior, HUBEI_LADDER),
];

/// The level of skill with this name or number: `高级工`, `三级`, `3级`, `三级/高级工`,
/// `国家职业资格二级（技师）`. `None` for anything else, and where name and number disagree: ask.
#[must_use]
pub fn find(text: &str) -> Option<SkillLevel> {
    let mut rest = text::squeeze(text);
    for frame in [
        "国家",
        "职业资格",
        "职业技能等级",
        "职业技能",
        "技能等级",
        "技能人才",
        "证书",
        "工种",
    ] {
        rest = rest.replace(frame, "");
    }
    let mut found = None;
    let parts = rest
        .split(['/', '(', ')', '、', ',', '，'])
        .filter(|part| !part.is_empty());
    for part in parts {
        let level = SKILL_LEVELS
            .into_iter()
            .find(|level| level.label() == part || level.is_number(part))?;
        if found.is_some_and(|found| found != level) {
            return None;
        }
        found = Some(level);
    }
    found
}

/// The practical title of a farmer with this name. The app shows what it counts as, and asks for
/// the certificate.
#[must_use]
pub fn find_farmer_title(text: &str) -> Option<&'static FarmerTitle> {
    let text = text::squeeze(text);
    let bare = text.strip_prefix("农民").unwrap_or(&text);
    FARMER_TITLES
        .iter()
        .find(|title| title.name == text)
        .or_else(|| FARMER_TITLES.iter().find(|title| title.name == bare))
}

impl SkillLevel {
    /// Its Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            SkillLevel::Apprentice => "学徒工",
            SkillLevel::Junior => "初级工",
            SkillLevel::Middle => "中级工",
            SkillLevel::Senior => "高级工",
            SkillLevel::Technician => "技师",
            SkillLevel::SeniorTechnician => "高级技师",
            SkillLevel::SpecialTechnician => "特级技师",
            SkillLevel::ChiefTechnician => "首席技师",
        }
    }

    /// 5 (lowest) to 1; the three levels that came with the eight have none.
    #[must_use]
    pub fn number(self) -> Option<u8> {
        match self {
            SkillLevel::Junior => Some(5),
            SkillLevel::Middle => Some(4),
            SkillLevel::Senior => Some(3),
            SkillLevel::Technician => Some(2),
            SkillLevel::SeniorTechnician => Some(1),
            SkillLevel::Apprentice
            | SkillLevel::SpecialTechnician
            | SkillLevel::ChiefTechnician => None,
        }
    }

    fn is_number(self, text: &str) -> bool {
        let digit = match text.strip_suffix('级') {
            Some("一" | "1") => 1,
            Some("二" | "2") => 2,
            Some("三" | "3") => 3,
            Some("四" | "4") => 4,
            Some("五" | "5") => 5,
            _ => return false,
        };
        self.number() == Some(digit)
    }
}

impl FarmerLevel {
    /// 初级, 中级 or 高级.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            FarmerLevel::Junior => "初级",
            FarmerLevel::Middle => "中级",
            FarmerLevel::Senior => "高级",
        }
    }
}

const OLD_LADDER: &str = "农民技术职称（较早的通行做法）";
const HUBEI_LADDER: &str = "农村实用人才职称（湖北省的做法）";

const fn farmer(name: &'static str, level: FarmerLevel, ladder: &'static str) -> FarmerTitle {
    FarmerTitle {
        name,
        level,
        ladder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skill_levels_are_found_by_name_and_number() {
        for (text, level) in [
            ("初级工", SkillLevel::Junior),
            ("四级", SkillLevel::Middle),
            ("３级", SkillLevel::Senior),
            ("三级/高级工", SkillLevel::Senior),
            ("高级工（三级）", SkillLevel::Senior),
            ("国家二级职业资格", SkillLevel::Technician),
            ("国家职业资格一级（高级技师）", SkillLevel::SeniorTechnician),
            ("职业技能等级证书 五级", SkillLevel::Junior),
            ("首席技师", SkillLevel::ChiefTechnician),
        ] {
            assert_eq!(find(text), Some(level), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_not_guessed() {
        for text in ["", "六级", "八级工", "三级/技师", "工程师", "证书"] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    /// 中级及以上 (自流井): fourth level or better, and the levels above the first.
    #[test]
    fn levels_compare_from_low_to_high() {
        assert!(SKILL_LEVELS.is_sorted());
        let names: Vec<&str> = SKILL_LEVELS
            .into_iter()
            .filter(|level| *level >= SkillLevel::Middle)
            .map(SkillLevel::label)
            .collect();
        assert_eq!(
            names,
            [
                "中级工",
                "高级工",
                "技师",
                "高级技师",
                "特级技师",
                "首席技师"
            ]
        );
    }

    #[test]
    fn titles_of_farmers_are_found() {
        for (text, level) in [
            ("农民技师", FarmerLevel::Middle),
            ("农民高级技师", FarmerLevel::Senior),
            ("农民技术员", FarmerLevel::Junior),
            ("农民农艺师", FarmerLevel::Middle),
            ("高级 兽医师", FarmerLevel::Senior),
        ] {
            assert_eq!(find_farmer_title(text).unwrap().level, level, "{text}");
        }
        assert_eq!(find_farmer_title("工程师"), None);
    }
}
