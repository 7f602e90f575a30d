//! Unified social credit codes (GB 32100-2015 with its first amendment of 2016).
//!
//! 18 characters: registering authority, kind of body, six digits of the place, nine characters
//! of the body (GB 11714, with a check character of its own), check character.

use thiserror::Error;

use crate::text;

/// A code that keeps the rules of its standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditCode {
    code: String,
    category: &'static Category,
}

/// The meaning of the first two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// The two characters.
    pub prefix: &'static str,
    /// Who registers such bodies.
    pub authority: &'static str,
    /// What they are.
    pub body: &'static str,
    /// What they count as when a policy speaks of units.
    pub unit: UnitKind,
}

/// Kinds of units that policies tell apart, as far as a code can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// 机关.
    StateOrgan,
    /// 事业单位; whether it is run under the civil service law must be asked.
    PublicInstitution,
    /// 群团组织, 工会.
    MassOrganisation,
    /// 企业; whether the state owns it must be asked.
    Enterprise,
    /// 个体工商户.
    SoleTrader,
    /// 农民专业合作社.
    FarmersCooperative,
    /// 农村集体经济组织.
    CollectiveEconomy,
    /// 社会团体, 民办非企业单位, 基金会.
    SocialOrganisation,
    /// 律师、公证、基层法律服务、司法鉴定、仲裁 bodies.
    LegalService,
    /// 宗教活动场所, 宗教院校.
    ReligiousBody,
    /// Offices of bodies from abroad.
    ForeignOffice,
    /// 军队事业单位.
    MilitaryInstitution,
    /// Any other: ask.
    Other,
}

/// Why a text is no credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CreditCodeError {
    /// Nothing was typed.
    #[error("the credit code is empty; type its 18 characters")]
    Empty,
    /// Not 18 characters.
    #[error(
        "a credit code has `18` characters, this has `{found}`; compare it with the certificate"
    )]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that the standard does not use.
    #[error(
        "character `{position}` of the credit code is not allowed; codes use digits and capitals without `I`, `O`, `S`, `V`, `Z`"
    )]
    Character {
        /// Counted from 1.
        position: usize,
    },
    /// The first two characters stand for no kind of body.
    #[error(
        "the first `2` characters of the credit code stand for no kind of body; compare them with the certificate"
    )]
    Category,
    /// The place is not six digits.
    #[error("character `{position}` of the credit code belongs to the place and must be a digit")]
    Place {
        /// Counted from 1, in 3..=8.
        position: usize,
    },
    /// The last character does not follow from the others.
    #[error(
        "the last character of the credit code does not fit the others; at least one is mistyped"
    )]
    CheckCharacter,
}

/// All pairs of first characters, in the order of the standard.
pub static CATEGORIES: [Category; 36] = [
    category("11", "机构编制", "机关", UnitKind::StateOrgan),
    category("12", "机构编制", "事业单位", UnitKind::PublicInstitution),
    category(
        "13",
        "机构编制",
        "机构编制部门直接管理机构编制的群众团体",
        UnitKind::MassOrganisation,
    ),
    category("19", "机构编制", "其他", UnitKind::Other),
    category("21", "外交", "外国常驻新闻机构", UnitKind::ForeignOffice),
    category("29", "外交", "其他", UnitKind::Other),
    category("31", "司法行政", "律师执业机构", UnitKind::LegalService),
    category("32", "司法行政", "公证处", UnitKind::LegalService),
    category("33", "司法行政", "基层法律服务所", UnitKind::LegalService),
    category("34", "司法行政", "司法鉴定机构", UnitKind::LegalService),
    category("35", "司法行政", "仲裁委员会", UnitKind::LegalService),
    category("39", "司法行政", "其他", UnitKind::Other),
    category("41", "文化", "外国在华文化中心", UnitKind::ForeignOffice),
    category("49", "文化", "其他", UnitKind::Other),
    category("51", "民政", "社会团体", UnitKind::SocialOrganisation),
    category("52", "民政", "民办非企业单位", UnitKind::SocialOrganisation),
    category("53", "民政", "基金会", UnitKind::SocialOrganisation),
    category("59", "民政", "其他", UnitKind::Other),
    category(
        "61",
        "旅游",
        "外国旅游部门常驻代表机构",
        UnitKind::ForeignOffice,
    ),
    category(
        "62",
        "旅游",
        "港澳台地区旅游部门常驻内地（大陆）代表机构",
        UnitKind::ForeignOffice,
    ),
    category("69", "旅游", "其他", UnitKind::Other),
    category("71", "宗教", "宗教活动场所", UnitKind::ReligiousBody),
    category("72", "宗教", "宗教院校", UnitKind::ReligiousBody),
    category("79", "宗教", "其他", UnitKind::Other),
    category("81", "工会", "基层工会", UnitKind::MassOrganisation),
    category("89", "工会", "其他", UnitKind::Other),
    category("91", "工商", "企业", UnitKind::Enterprise),
    category("92", "工商", "个体工商户", UnitKind::SoleTrader),
    category("93", "工商", "农民专业合作社", UnitKind::FarmersCooperative),
    category(
        "A1",
        "中央军委改革和编制办公室",
        "军队事业单位",
        UnitKind::MilitaryInstitution,
    ),
    category("A9", "中央军委改革和编制办公室", "其他", UnitKind::Other),
    category(
        "N1",
        "农业",
        "组级集体经济组织",
        UnitKind::CollectiveEconomy,
    ),
    category(
        "N2",
        "农业",
        "村级集体经济组织",
        UnitKind::CollectiveEconomy,
    ),
    category(
        "N3",
        "农业",
        "乡镇级集体经济组织",
        UnitKind::CollectiveEconomy,
    ),
    category("N9", "农业", "其他", UnitKind::Other),
    category("Y1", "其他", "其他", UnitKind::Other),
];

/// Reads a code. Blanks around it, full-width and lower-case letters are accepted.
///
/// # Errors
///
/// The first rule that the code breaks, from left to right; the check character last.
pub fn parse(text: &str) -> Result<CreditCode, CreditCodeError> {
    let code = text::fold(text).to_ascii_uppercase();
    match code.chars().count() {
        0 => return Err(CreditCodeError::Empty),
        18 => {}
        found => return Err(CreditCodeError::Length { found }),
    }
    for (index, character) in code.chars().enumerate() {
        let position = index + 1;
        if value(character).is_none() {
            return Err(CreditCodeError::Character { position });
        }
        if (3..=8).contains(&position) && !character.is_ascii_digit() {
            return Err(CreditCodeError::Place { position });
        }
    }
    let category = CATEGORIES
        .iter()
        .find(|category| code.starts_with(category.prefix))
        .ok_or(CreditCodeError::Category)?;
    let body = code.get(..17).unwrap_or_default();
    if check_character(body).is_none_or(|expected| !code.ends_with(expected)) {
        return Err(CreditCodeError::CheckCharacter);
    }
    Ok(CreditCode { code, category })
}

impl CreditCode {
    /// All 18 characters, in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// What the first two characters say.
    #[must_use]
    pub fn category(&self) -> &'static Category {
        self.category
    }

    /// Six digits (GB/T 2260) of the registering authority's place. Never proof of a workplace.
    #[must_use]
    pub fn place_code(&self) -> &str {
        self.code.get(2..8).unwrap_or_default()
    }

    /// The nine characters of the body (GB 11714).
    #[must_use]
    pub fn organisation_code(&self) -> &str {
        self.code.get(8..17).unwrap_or_default()
    }

    /// Whether the 17th character follows from the eight before it, as GB 11714 has it. Codes
    /// that do not are in use, so this is worth a warning at most.
    #[must_use]
    pub fn organisation_check_fits(&self) -> bool {
        let code = self.organisation_code();
        organisation_check(code.get(..8).unwrap_or_default())
            .is_some_and(|expected| code.ends_with(expected))
    }
}

impl CreditCodeError {
    /// What to do about it, in Chinese.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            CreditCodeError::Empty => "请填写统一社会信用代码，一共18位。".to_string(),
            CreditCodeError::Length { found } => format!(
                "统一社会信用代码应当是18位，现在填了{found}位。请对照法人证书或者营业执照再核对一下。"
            ),
            CreditCodeError::Character { position } => format!(
                "第{position}位不能用这个字符。代码只用数字和大写字母，不用I、O、S、V、Z；像字母O的一般是数字0，像字母I的一般是数字1。"
            ),
            CreditCodeError::Category => {
                "代码开头两位不对，没有这一类单位。请对照法人证书或者营业执照再核对一下。"
                    .to_string()
            }
            CreditCodeError::Place { position } => {
                format!(
                    "第{position}位应当是数字（第3位到第8位是地区代码）。请对照证书再核对一下。"
                )
            }
            CreditCodeError::CheckCharacter => {
                "代码没有通过校验，可能有一位填错了。请对照法人证书或者营业执照逐位核对一下。"
                    .to_string()
            }
        }
    }
}

impl UnitKind {
    /// Its Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            UnitKind::StateOrgan => "机关",
            UnitKind::PublicInstitution => "事业单位",
            UnitKind::MassOrganisation => "群团组织",
            UnitKind::Enterprise => "企业",
            UnitKind::SoleTrader => "个体工商户",
            UnitKind::FarmersCooperative => "农民专业合作社",
            UnitKind::CollectiveEconomy => "农村集体经济组织",
            UnitKind::SocialOrganisation => "社会组织",
            UnitKind::LegalService => "法律服务机构",
            UnitKind::ReligiousBody => "宗教机构",
            UnitKind::ForeignOffice => "境外机构的驻华机构",
            UnitKind::MilitaryInstitution => "军队事业单位",
            UnitKind::Other => "其他",
        }
    }
}

const fn category(
    prefix: &'static str,
    authority: &'static str,
    body: &'static str,
    unit: UnitKind,
) -> Category {
    Category {
        prefix,
        authority,
        body,
        unit,
    }
}

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

fn value(character: char) -> Option<usize> {
    ALPHABET.chars().position(|letter| letter == character)
}

/// GB 32100: position i weighs 3^(i − 1) mod 31; the check makes the sum a multiple of 31.
fn check_character(body: &str) -> Option<char> {
    let mut sum = 0;
    let mut weight = 1;
    for character in body.chars() {
        sum += value(character)? * weight;
        weight = weight * 3 % 31;
    }
    // The outer remainder matters: without it a sum of 0 would ask for a 32nd letter.
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// GB 11714: letters count from 10, with all 26 of them.
fn organisation_check(body: &str) -> Option<char> {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (character, weight) in body.chars().zip(weights) {
        sum += character.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        let actual = match parse(text) {
            Ok(code) => format!(
                "{} {}·{} {} {} {}",
                code.as_str(),
                code.category().authority,
                code.category().body,
                code.category().unit.label(),
                code.place_code(),
                code.organisation_check_fits(),
            ),
            Err(error) => format!("{error}\n{}", error.advice()),
        };
        expected.assert_eq(&actual);
    }

    /// A code with the right last character.
    fn complete(body: &str) -> String {
        format!("{body}{}", check_character(body).unwrap())
    }

    #[test]
    fn codes_of_public_bodies_and_enterprises_are_read() {
        check(
            "91110000600037341L",
            expect!["91110000600037341L 工商·企业 企业 110000 true"],
        );
        check(
            " 12440300mb2c92173e ",
            expect!["12440300MB2C92173E 机构编制·事业单位 事业单位 440300 true"],
        );
    }

    #[test]
    fn codes_of_the_classes_a_n_and_y_are_read() {
        for (body, unit) in [
            ("A1110000MF1234567", UnitKind::MilitaryInstitution),
            ("N2510302MF1234567", UnitKind::CollectiveEconomy),
            ("Y1210682MF1234567", UnitKind::Other),
        ] {
            assert_eq!(parse(&complete(body)).unwrap().category().unit, unit);
        }
    }

    #[test]
    fn each_mistake_is_told_precisely() {
        check(
            "",
            expect![[r#"
            the credit code is empty; type its 18 characters
            请填写统一社会信用代码，一共18位。"#]],
        );
        check(
            "9111000060003734",
            expect![[r#"
            a credit code has `18` characters, this has `16`; compare it with the certificate
            统一社会信用代码应当是18位，现在填了16位。请对照法人证书或者营业执照再核对一下。"#]],
        );
        check(
            "9111000060003734OL",
            expect![[r#"
            character `17` of the credit code is not allowed; codes use digits and capitals without `I`, `O`, `S`, `V`, `Z`
            第17位不能用这个字符。代码只用数字和大写字母，不用I、O、S、V、Z；像字母O的一般是数字0，像字母I的一般是数字1。"#]],
        );
        check(
            "99110000600037341L",
            expect![[r#"
            the first `2` characters of the credit code stand for no kind of body; compare them with the certificate
            代码开头两位不对，没有这一类单位。请对照法人证书或者营业执照再核对一下。"#]],
        );
        check(
            "9111A000600037341L",
            expect![[r#"
            character `5` of the credit code belongs to the place and must be a digit
            第5位应当是数字（第3位到第8位是地区代码）。请对照证书再核对一下。"#]],
        );
        check(
            "12440300MB2C92173A",
            expect![[r#"
            the last character of the credit code does not fit the others; at least one is mistyped
            代码没有通过校验，可能有一位填错了。请对照法人证书或者营业执照逐位核对一下。"#]],
        );
        check(
            "统一社会信用代码一共有十八位字母和数字",
            expect![[r#"
            a credit code has `18` characters, this has `19`; compare it with the certificate
            统一社会信用代码应当是18位，现在填了19位。请对照法人证书或者营业执照再核对一下。"#]],
        );
    }

    #[test]
    fn a_sum_without_remainder_ends_in_zero() {
        let body = (0..31_u32)
            .map(|last| {
                format!(
                    "9111000060003734{}",
                    ALPHABET.chars().nth(last as usize).unwrap()
                )
            })
            .find(|body| check_character(body) == Some('0'))
            .unwrap();
        assert!(parse(&complete(&body)).is_ok());
    }

    #[test]
    fn prefixes_are_sorted_and_unlike() {
        assert!(CATEGORIES.is_sorted_by(|left, right| left.prefix < right.prefix));
    }

    proptest! {
        #[test]
        fn one_slip_never_goes_unnoticed(
            organisation in "[0-9A-HJ-NPQRTUWXY]{9}",
            place in 0_usize..18,
            letter in 0_usize..31,
        ) {
            let code = complete(&format!("91210682{organisation}"));
            prop_assert!(parse(&code).is_ok());
            let mut slipped: Vec<char> = code.chars().collect();
            slipped[place] = ALPHABET.chars().nth(letter).unwrap();
            let slipped: String = slipped.into_iter().collect();
            prop_assert_eq!(parse(&slipped).is_ok(), slipped == code);
        }
    }
}
