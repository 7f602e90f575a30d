//! Citizen identity numbers (GB 11643) and the residence permits that share their form.
//!
//! The address code names the county that first issued the number. It proves neither where its
//! holder works or lives now nor their nationality.

use thiserror::Error;
use zige_core::date::Date;

use crate::lists::Sex;
use crate::{places, text};

/// A number that keeps the rules of its standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdNumber {
    number: String,
    document: Document,
    birth: Date,
    sex: Sex,
}

/// What a number was printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// An identity card with 18 characters (GB 11643-1999).
    Card,
    /// An identity card of the first generation with 15 digits (GB 11643-1989), out of use since
    /// 2013; the number that replaced it follows from it.
    FirstGenerationCard,
    /// A residence permit of somebody from Hong Kong (address code 810000).
    HongKongPermit,
    /// A residence permit of somebody from Macau (address code 820000).
    MacauPermit,
    /// A residence permit of somebody from Taiwan (address code 830000).
    TaiwanPermit,
}

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdNumberError {
    /// Nothing was typed.
    #[error("the ID number is empty; type its 18 characters")]
    Empty,
    /// Neither 18 nor 15 characters.
    #[error(
        "an ID number has `18` characters (an old one `15`), this has `{found}`; compare it with the card"
    )]
    Length {
        /// How many there are.
        found: usize,
    },
    /// Something other than a digit, or an X before the end.
    #[error(
        "character `{position}` of the ID number is not a digit; only the last of 18 may be `X`"
    )]
    Character {
        /// Counted from 1.
        position: usize,
    },
    /// No province and no residence permit begins like this.
    #[error("the first `2` digits of the ID number are no province; compare it with the card")]
    Province,
    /// The digits of the birth date name no day since 1800.
    #[error(
        "the digits of the birth date in the ID number (`{first}` to `{last}`) name no day; compare them with the card"
    )]
    BirthDate {
        /// The position of their first digit, counted from 1.
        first: usize,
        /// The position of their last digit.
        last: usize,
    },
    /// Born after the day that the number is read on.
    #[error("the birth date in the ID number lies after `{on}`; compare it with the card")]
    BornLater {
        /// The day that the number is read on.
        on: Date,
    },
    /// The last character does not follow from the others.
    #[error(
        "the last character of the ID number does not fit the others; at least one is mistyped"
    )]
    CheckDigit,
}

/// Reads a number of 18 or 15 characters on a day.
///
/// Blanks around it, full-width digits and a lower-case `x` are accepted.
///
/// # Errors
///
/// The first rule that the number breaks, from left to right; the check digit last.
pub fn parse(text: &str, on: Date) -> Result<IdNumber, IdNumberError> {
    let folded = text::fold(text).to_ascii_uppercase();
    let length = folded.chars().count();
    let old = match length {
        0 => return Err(IdNumberError::Empty),
        15 => true,
        18 => false,
        found => return Err(IdNumberError::Length { found }),
    };
    for (index, character) in folded.chars().enumerate() {
        let last_of_18 = index == 17 && character == 'X';
        if !character.is_ascii_digit() && !last_of_18 {
            return Err(IdNumberError::Character {
                position: index + 1,
            });
        }
    }
    let document = document(&folded, old).ok_or(IdNumberError::Province)?;
    let number = if old { upgrade(&folded) } else { folded };
    let birth = birth(&number).ok_or(IdNumberError::BirthDate {
        first: 7,
        last: if old { 12 } else { 14 },
    })?;
    if birth > on {
        return Err(IdNumberError::BornLater { on });
    }
    let body = number.get(..17).unwrap_or_default();
    if !number.ends_with(check_character(body)) {
        return Err(IdNumberError::CheckDigit);
    }
    let odd = body.bytes().next_back().is_some_and(|digit| digit % 2 == 1);
    Ok(IdNumber {
        document,
        birth,
        sex: if odd { Sex::Male } else { Sex::Female },
        number,
    })
}

impl IdNumber {
    /// All 18 characters, with a capital X; for a number of 15 digits the one that replaced it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// What the number was printed on.
    #[must_use]
    pub fn document(&self) -> Document {
        self.document
    }

    /// Six digits (GB/T 2260): the county when the number was given. Never proof of a workplace.
    #[must_use]
    pub fn address_code(&self) -> &str {
        self.number.get(..6).unwrap_or_default()
    }

    /// The day of birth as registered with the police. A personnel file may hold another one,
    /// which then counts: a difference is worth a warning, not an error.
    #[must_use]
    pub fn birth(&self) -> Date {
        self.birth
    }

    /// By the 17th digit. A difference to other papers is worth a warning, not an error.
    #[must_use]
    pub fn sex(&self) -> Sex {
        self.sex
    }
}

impl Document {
    /// Its Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Document::Card => "居民身份证",
            Document::FirstGenerationCard => "第一代居民身份证（15位）",
            Document::HongKongPermit => "港澳台居民居住证（香港）",
            Document::MacauPermit => "港澳台居民居住证（澳门）",
            Document::TaiwanPermit => "港澳台居民居住证（台湾）",
        }
    }
}

impl IdNumberError {
    /// What to do about it, in Chinese.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            IdNumberError::Empty => "请填写身份证号码，一共18位。".to_string(),
            IdNumberError::Length { found } => {
                format!("身份证号码应当是18位（老证是15位），现在填了{found}位。请对照身份证再核对一下。")
            }
            IdNumberError::Character { position } => format!(
                "第{position}位不是数字。身份证号码只有第18位可能是字母X，其他都是数字，中间不留空格。"
            ),
            IdNumberError::Province => {
                "号码开头两位不是省、自治区、直辖市的代码。请对照居民身份证或者港澳台居民居住证再核对一下。"
                    .to_string()
            }
            IdNumberError::BirthDate { first, last } => {
                format!("第{first}位到第{last}位应当是出生年月日，但是没有这一天。请对照身份证再核对一下。")
            }
            IdNumberError::BornLater { on } => {
                let (year, month, day) = on.ymd();
                format!(
                    "号码里的出生日期晚于{year}年{month}月{day}日。请对照身份证再核对一下其中的出生年月日。"
                )
            }
            IdNumberError::CheckDigit => {
                "号码没有通过校验，可能有一位填错了。请对照身份证逐位核对一下。".to_string()
            }
        }
    }
}

/// `None` where the address code cannot begin a number.
fn document(number: &str, old: bool) -> Option<Document> {
    let code = number.get(..6)?;
    match code {
        // Permits have existed since 2018, so they never had 15 digits.
        "810000" if !old => Some(Document::HongKongPermit),
        "820000" if !old => Some(Document::MacauPermit),
        "830000" if !old => Some(Document::TaiwanPermit),
        _ => {
            places::province(code)?;
            Some(if old {
                Document::FirstGenerationCard
            } else {
                Document::Card
            })
        }
    }
}

/// 18 characters from 15: the century is put in and the check digit added.
fn upgrade(old: &str) -> String {
    let (address, rest) = old.split_at_checked(6).unwrap_or_default();
    let mut number = format!("{address}19{rest}");
    number.push(check_character(&number));
    number
}

fn birth(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(part(6, 10)?).ok()?;
    if year < 1800 {
        return None;
    }
    Date::new(year, part(10, 12)?, part(12, 14)?)
}

/// ISO 7064 MOD 11-2 over 17 digits: position i weighs 2^(18 − i) mod 11.
fn check_character(body: &str) -> char {
    let sum = body
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .fold(0, |sum, digit| (sum + digit) * 2 % 11);
    match (12 - sum) % 11 {
        10 => 'X',
        value => char::from_digit(value, 10).unwrap_or('X'),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn today() -> Date {
        Date::parse("2026-11-21").unwrap()
    }

    fn check(text: &str, expected: Expect) {
        let actual = match parse(text, today()) {
            Ok(id) => format!(
                "{} {} {} {:?} {:?}",
                id.as_str(),
                id.address_code(),
                id.birth(),
                id.sex(),
                id.document()
            ),
            Err(error) => format!("{error}\n{}", error.advice()),
        };
        expected.assert_eq(&actual);
    }

    #[test]
    fn the_examples_of_the_standard_are_read() {
        check(
            "11010519491231002X",
            expect!["11010519491231002X 110105 1949-12-31 Female Card"],
        );
        check(
            "440524188001010014",
            expect!["440524188001010014 440524 1880-01-01 Male Card"],
        );
    }

    #[test]
    fn numbers_of_15_digits_are_brought_to_18() {
        check(
            "610104620927690",
            expect!["610104196209276908 610104 1962-09-27 Female FirstGenerationCard"],
        );
    }

    #[test]
    fn residence_permits_follow_the_same_rule() {
        check(
            "830000199201300022",
            expect!["830000199201300022 830000 1992-01-30 Female TaiwanPermit"],
        );
        check(
            "810000199408230021",
            expect!["810000199408230021 810000 1994-08-23 Female HongKongPermit"],
        );
        check(
            "810000940823002",
            expect![[r#"
            the first `2` digits of the ID number are no province; compare it with the card
            号码开头两位不是省、自治区、直辖市的代码。请对照居民身份证或者港澳台居民居住证再核对一下。"#]],
        );
        check(
            "810101199408230021",
            expect![[r#"
            the first `2` digits of the ID number are no province; compare it with the card
            号码开头两位不是省、自治区、直辖市的代码。请对照居民身份证或者港澳台居民居住证再核对一下。"#]],
        );
    }

    #[test]
    fn typing_is_forgiven_where_nothing_can_be_mistaken() {
        let plain = parse("11010519491231002X", today());
        for text in [
            "11010519491231002x",
            "  11010519491231002X\n",
            "１１０１０５１９４９１２３１００２ｘ",
            "\u{202d}11010519491231002X\u{202c}",
        ] {
            assert_eq!(parse(text, today()), plain, "{text}");
        }
    }

    #[test]
    fn each_mistake_is_told_precisely() {
        check(
            "　",
            expect![[r#"
            the ID number is empty; type its 18 characters
            请填写身份证号码，一共18位。"#]],
        );
        check(
            "1101051949123100",
            expect![[r#"
            an ID number has `18` characters (an old one `15`), this has `16`; compare it with the card
            身份证号码应当是18位（老证是15位），现在填了16位。请对照身份证再核对一下。"#]],
        );
        check(
            "110105 19491231002",
            expect![[r#"
            character `7` of the ID number is not a digit; only the last of 18 may be `X`
            第7位不是数字。身份证号码只有第18位可能是字母X，其他都是数字，中间不留空格。"#]],
        );
        check(
            "1101051949123100X2",
            expect![[r#"
            character `17` of the ID number is not a digit; only the last of 18 may be `X`
            第17位不是数字。身份证号码只有第18位可能是字母X，其他都是数字，中间不留空格。"#]],
        );
        check(
            "11010549123100X",
            expect![[r#"
            character `15` of the ID number is not a digit; only the last of 18 may be `X`
            第15位不是数字。身份证号码只有第18位可能是字母X，其他都是数字，中间不留空格。"#]],
        );
        check(
            "990105194912310021",
            expect![[r#"
            the first `2` digits of the ID number are no province; compare it with the card
            号码开头两位不是省、自治区、直辖市的代码。请对照居民身份证或者港澳台居民居住证再核对一下。"#]],
        );
        check(
            "110105199002300029",
            expect![[r#"
            the digits of the birth date in the ID number (`7` to `14`) name no day; compare them with the card
            第7位到第14位应当是出生年月日，但是没有这一天。请对照身份证再核对一下。"#]],
        );
        check(
            "110105900230002",
            expect![[r#"
            the digits of the birth date in the ID number (`7` to `12`) name no day; compare them with the card
            第7位到第12位应当是出生年月日，但是没有这一天。请对照身份证再核对一下。"#]],
        );
        check(
            "110105017001010020",
            expect![[r#"
            the digits of the birth date in the ID number (`7` to `14`) name no day; compare them with the card
            第7位到第14位应当是出生年月日，但是没有这一天。请对照身份证再核对一下。"#]],
        );
        check(
            "110105209901010013",
            expect![[r#"
                the birth date in the ID number lies after `2026-11-21`; compare it with the card
                号码里的出生日期晚于2026年11月21日。请对照身份证再核对一下其中的出生年月日。"#]],
        );
        check(
            "110105194912310021",
            expect![[r#"
            the last character of the ID number does not fit the others; at least one is mistyped
            号码没有通过校验，可能有一位填错了。请对照身份证逐位核对一下。"#]],
        );
        check(
            "身份证号码",
            expect![[r#"
            an ID number has `18` characters (an old one `15`), this has `5`; compare it with the card
            身份证号码应当是18位（老证是15位），现在填了5位。请对照身份证再核对一下。"#]],
        );
    }

    #[test]
    fn a_birth_on_the_day_itself_is_possible() {
        let number = |birth: &str| {
            let body = format!("210682{birth}001");
            format!("{body}{}", check_character(&body))
        };
        assert!(parse(&number("20261121"), today()).is_ok());
        assert_eq!(
            parse(&number("20261122"), today()),
            Err(IdNumberError::BornLater { on: today() })
        );
    }

    proptest! {
        /// The check digit finds each single mistyped digit and each swap of two neighbours.
        #[test]
        fn one_slip_never_goes_unnoticed(
            days in -36_500_i64..20_000,
            sequence in 0_u32..1000,
            place in 0_usize..17,
            digit in 0_u32..10,
        ) {
            let (year, month, day) = Date::from_days(days).ymd();
            let body = format!("210682{year:04}{month:02}{day:02}{sequence:03}");
            let number = format!("{body}{}", check_character(&body));
            prop_assert!(parse(&number, today()).is_ok());

            let mut slipped: Vec<char> = number.chars().collect();
            slipped[place] = char::from_digit(digit, 10).unwrap();
            let slipped: String = slipped.into_iter().collect();
            prop_assert_eq!(parse(&slipped, today()).is_ok(), slipped == number);

            let mut swapped: Vec<char> = number.chars().collect();
            swapped.swap(place, place + 1);
            let swapped: String = swapped.into_iter().collect();
            prop_assert_eq!(parse(&swapped, today()).is_ok(), swapped == number);
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,24}") {
            drop(parse(&text, today()));
        }
    }
}
