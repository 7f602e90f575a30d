//! Full-width and half-width forms of one sign count as one.

/// The half-width form of a sign that people type in either width.
pub(crate) fn fold(sign: char) -> char {
    match sign {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(sign).saturating_sub(0xFEE0)).unwrap_or(sign)
        }
        '“' | '”' | '„' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '￥' => '¥',
        '〔' => '[',
        '〕' => ']',
        _ => sign,
    }
}

/// A text without white space and with every sign folded, for comparing.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '\u{200B}' | '\u{FEFF}'))
        .map(fold)
        .collect()
}

/// The value of a number in Chinese or Arabic numerals: `7`, `七`, `十二`, `二十三`, `一百零五`, `两`.
pub(crate) fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let folded: String = text.chars().map(fold).collect();
    if folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return folded.parse().ok();
    }
    let mut total = 0_u32;
    let mut digit = None;
    for sign in folded.chars() {
        match (sign, digit) {
            ('十', _) => total += digit.take().unwrap_or(1) * 10,
            ('百', Some(hundreds)) => {
                total += hundreds * 100;
                digit = None;
            }
            ('零' | '〇', None) if total > 0 => {}
            (sign, None) => digit = Some(figure(sign)?),
            _ => return None,
        }
    }
    let total = total + digit.unwrap_or(0);
    (total > 0 && total < 1000).then_some(total)
}

/// A number from 1 to 999 in Chinese numerals.
pub(crate) fn chinese(number: u32) -> String {
    const FIGURES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let figure = |value: u32| FIGURES.get(value as usize).copied().unwrap_or('零');
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push(figure(hundreds));
        out.push('百');
    }
    match (hundreds, tens) {
        (0, 0) => {}
        (0, 1) => out.push('十'),
        (_, 0) => {
            if ones > 0 {
                out.push('零');
            }
        }
        _ => {
            out.push(figure(tens));
            out.push('十');
        }
    }
    if ones > 0 {
        out.push(figure(ones));
    }
    out
}

fn figure(sign: char) -> Option<u32> {
    Some(match sign {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_up_to_999_survives_a_round_trip() {
        for number in 1..1000 {
            assert_eq!(
                numeral(&chinese(number)),
                Some(number),
                "{}",
                chinese(number)
            );
        }
        assert_eq!(numeral("１２"), Some(12));
        assert_eq!(numeral("十"), Some(10));
        assert_eq!(numeral("两"), Some(2));
        assert_eq!(numeral("一二"), None);
        assert_eq!(numeral("条"), None);
    }

    #[test]
    fn width_and_white_space_do_not_count() {
        assert_eq!(squeeze("第 六 条（一）：５年"), squeeze("第六条(一):5年"));
    }
}
