//! Telephone numbers.
//!
//! Only the lenient shape may stop anybody: new ranges appear, and numbers move between carriers.

use thiserror::Error;

use crate::text;

/// A telephone number, without blanks and prefixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// As it is dialled inside the country; a landline keeps its hyphens.
    pub number: String,
    /// What it is.
    pub kind: PhoneKind,
}

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// A mobile number in a range that is known to be in use.
    Mobile,
    /// A mobile number in a range that is not known: worth a second look, never a refusal.
    MobileInUnknownRange,
    /// A landline with its area code.
    Landline,
    /// A landline of seven or eight digits without area code, of use only in its own city.
    LandlineWithoutAreaCode,
}

/// The text looks like no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "this is no telephone number; a mobile number has `11` digits and begins with `1`, a landline is written like `0412-1234567`"
)]
pub struct PhoneError;

/// Reads a mobile number or a landline.
///
/// Blanks, full-width digits, hyphens in a mobile number and the prefixes `0`, `86`, `+86` and
/// `17951` before one are accepted.
///
/// # Errors
///
/// [`PhoneError`] where it looks like neither.
pub fn parse(text: &str) -> Result<Phone, PhoneError> {
    let squeezed = text::squeeze(text);
    let digits: String = squeezed.chars().filter(|&sign| sign != '-').collect();
    let bare = ["+86", "86", "17951", "0", ""]
        .iter()
        .filter_map(|prefix| digits.strip_prefix(prefix))
        .find(|rest| is_mobile(rest));
    match bare {
        Some(mobile) => Ok(Phone {
            kind: if is_known_mobile(mobile) {
                PhoneKind::Mobile
            } else {
                PhoneKind::MobileInUnknownRange
            },
            number: mobile.to_string(),
        }),
        None => landline(&squeezed)
            .map(|kind| Phone {
                number: squeezed,
                kind,
            })
            .ok_or(PhoneError),
    }
}

impl PhoneError {
    /// What to do about it, in Chinese.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        "这不像一个电话号码。手机号码是1开头的11位数字；座机请写上区号，例如0412-1234567。"
    }
}

/// `1[3-9]\d{9}`.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && is_digits(digits) && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// The ranges of Google's libphonenumber for CN:
/// `1(610\d|740[0-5])\d{6}|1([38]\d|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])\d{8}`.
fn is_known_mobile(digits: &str) -> bool {
    let head = digits.get(1..5).unwrap_or_default();
    match head.as_bytes() {
        [b'6', b'1', b'0', _] | [b'7', b'4', b'0', b'0'..=b'5'] => true,
        [b'3' | b'8', ..] => true,
        [b'4', second, ..] => matches!(second, b'5' | b'7'),
        [b'5' | b'9', second, ..] => *second != b'4',
        [b'6', second, ..] => matches!(second, b'2' | b'5'..=b'7'),
        [b'7', second, ..] => matches!(second, b'0'..=b'3' | b'5'..=b'8'),
        _ => false,
    }
}

/// `(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?`; an area code may stand in brackets.
fn landline(text: &str) -> Option<PhoneKind> {
    let text = text.replacen('(', "", 1).replacen(')', "-", 1);
    let local = |number: &str| matches!(number.len(), 7 | 8) && is_digits(number);
    let area = |code: &str| matches!(code.len(), 3 | 4) && code.starts_with('0') && is_digits(code);
    let extension = |digits: &str| matches!(digits.len(), 1..=6) && is_digits(digits);
    // An area code written together with its number.
    let joined = |number: &str| {
        [3, 4].iter().any(|&length| {
            number
                .split_at_checked(length)
                .is_some_and(|(code, rest)| area(code) && local(rest))
        })
    };
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [number] if local(number) => Some(PhoneKind::LandlineWithoutAreaCode),
        [number] if joined(number) => Some(PhoneKind::Landline),
        [code, number] if area(code) && local(number) => Some(PhoneKind::Landline),
        [number, rest] if local(number) && extension(rest) => {
            Some(PhoneKind::LandlineWithoutAreaCode)
        }
        [number, rest] if joined(number) && extension(rest) => Some(PhoneKind::Landline),
        [code, number, rest] if area(code) && local(number) && extension(rest) => {
            Some(PhoneKind::Landline)
        }
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(texts: &[&str], expected: Expect) {
        let lines: Vec<String> = texts
            .iter()
            .map(|text| match parse(text) {
                Ok(phone) => format!("{text} -> {} {:?}", phone.number, phone.kind),
                Err(_) => format!("{text} -> no"),
            })
            .collect();
        expected.assert_eq(&(lines.join("\n") + "\n"));
    }

    #[test]
    fn mobile_numbers() {
        check(
            &[
                "13800138000",
                " 138 0013 8000 ",
                "138-0013-8000",
                "１３８００１３８０００",
                "+8613800138000",
                "8613800138000",
                "013800138000",
                "1795113800138000",
                "16100000000",
                "17400000000",
                "17406000000",
                "15400000000",
                "14600000000",
                "12800138000",
                "1380013800",
                "138001380001",
            ],
            expect![[r#"
                13800138000 -> 13800138000 Mobile
                 138 0013 8000  -> 13800138000 Mobile
                138-0013-8000 -> 13800138000 Mobile
                １３８００１３８０００ -> 13800138000 Mobile
                +8613800138000 -> 13800138000 Mobile
                8613800138000 -> 13800138000 Mobile
                013800138000 -> 13800138000 Mobile
                1795113800138000 -> 13800138000 Mobile
                16100000000 -> 16100000000 Mobile
                17400000000 -> 17400000000 Mobile
                17406000000 -> 17406000000 MobileInUnknownRange
                15400000000 -> 15400000000 MobileInUnknownRange
                14600000000 -> 14600000000 MobileInUnknownRange
                12800138000 -> no
                1380013800 -> no
                138001380001 -> no
            "#]],
        );
    }

    #[test]
    fn landlines() {
        check(
            &[
                "8838010",
                "0476-8838010",
                "04768838010",
                "(0476)8838010",
                "（０１０）12345678-801",
                "010-12345678",
                "8838010-12",
                "883801",
                "0476-8838010-1234567",
                "电话",
                "",
            ],
            expect![[r#"
                8838010 -> 8838010 LandlineWithoutAreaCode
                0476-8838010 -> 0476-8838010 Landline
                04768838010 -> 04768838010 Landline
                (0476)8838010 -> (0476)8838010 Landline
                （０１０）12345678-801 -> (010)12345678-801 Landline
                010-12345678 -> 010-12345678 Landline
                8838010-12 -> 8838010-12 LandlineWithoutAreaCode
                883801 -> no
                0476-8838010-1234567 -> no
                电话 -> no
                 -> no
            "#]],
        );
    }
}
