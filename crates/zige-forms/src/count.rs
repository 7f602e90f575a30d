//! How long a text is: as Word counts, and on paper.

/// How many 字 a text has as Word counts them: each East Asian character or mark is one, each run of
/// other characters without a space is one.
///
/// ```
/// assert_eq!(zige_forms::count::word_count("发表SCI论文 12 篇。"), 8);
/// ```
#[must_use]
pub fn word_count(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for character in text.chars() {
        let run = !is_wide(character) && !character.is_whitespace();
        if is_wide(character) && !character.is_whitespace() || run && !inside {
            count += 1;
        }
        inside = run;
    }
    count
}

/// Whether a character is set in a full em square in Chinese text.
///
/// Dashes, quotation marks and the ellipsis are shared with European text; forms are Chinese, so
/// they count as wide.
pub(crate) fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115F}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{203E}'
        | '\u{2103}'
        | '\u{2160}'..='\u{217F}'
        | '\u{2190}'..='\u{21FF}'
        | '\u{2460}'..='\u{24FF}'
        | '\u{2500}'..='\u{27BF}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// A character of a blank that is left for ink: as wide as a Chinese one, and never parted.
pub(crate) const BLANK: char = '\u{2007}';

/// The width of a character in thousandths of an em, rather too wide than too narrow.
fn width(character: char) -> u32 {
    match character {
        BLANK => 1000,
        _ if is_wide(character) => 1000,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 't' | 'I' => 400,
        'A'..='Z' | 'm' | 'w' | '%' | '@' | '&' => 850,
        _ => 620,
    }
}

/// The width of each character with the space before it: LibreOffice keeps Chinese and other letters
/// and digits a fifth of an em apart, whatever the file says.
fn spaced(paragraph: &str) -> impl Iterator<Item = u32> {
    let mut before: Option<char> = None;
    paragraph.chars().map(move |character| {
        let apart = before.replace(character).is_some_and(|before| {
            before.is_alphanumeric()
                && character.is_alphanumeric()
                && is_wide(before) != is_wide(character)
        });
        width(character) + if apart { 200 } else { 0 }
    })
}

/// How many lines a text takes in a column `em_thousandths` wide, at least one.
#[must_use]
pub fn lines(text: &str, em_thousandths: u32) -> u32 {
    let room = em_thousandths.max(1000);
    text.split('\n')
        .map(|paragraph| paragraph_lines(paragraph, room))
        .sum()
}

/// A mark may not begin a line and takes the character before it along, so that lines after the
/// first are rather shorter than the column. What is no Chinese is not parted: a number, a blank.
fn paragraph_lines(paragraph: &str, room: u32) -> u32 {
    let all: u32 = spaced(paragraph).fold(0, u32::saturating_add);
    if all <= room {
        return 1;
    }
    let room = room.saturating_sub(500).max(1000);
    let (mut lines, mut used, mut unit): (u32, u32, u32) = (1, 0, 0);
    let mut place = |unit: u32| {
        if used > 0 && used.saturating_add(unit) > room {
            lines = lines.saturating_add(1);
            used = 0;
        }
        lines = lines.saturating_add(unit.saturating_sub(1) / room);
        used = match unit > room {
            true => unit % room,
            false => used.saturating_add(unit),
        };
    };
    let mut before: Option<char> = None;
    for (character, width) in paragraph.chars().zip(spaced(paragraph)) {
        let parts = |character: char| is_wide(character) || character == ' ';
        let may_break = before.replace(character).is_none_or(parts) || is_wide(character);
        if may_break {
            place(std::mem::take(&mut unit));
        }
        unit = unit.saturating_add(width);
    }
    place(unit);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_word_does() {
        let counts = [
            ("", 0),
            ("   \n", 0),
            ("你好，世界。", 6),
            ("COVID-19疫情", 3),
            ("two words", 2),
            ("完成 A、B 两项", 7),
            ("“十四五”规划——", 9),
            ("　　首行缩进", 4),
        ];
        for (text, count) in counts {
            assert_eq!(word_count(text), count, "{text}");
        }
    }

    #[test]
    fn lines_follow_the_width_and_the_line_breaks() {
        assert_eq!(lines("", 10_000), 1);
        assert_eq!(lines("一二三四五六七八九十", 10_000), 1);
        assert_eq!(lines("一二三四五六七八九十一", 10_000), 2);
        assert_eq!(lines("一\n二\n", 10_000), 3);
        assert_eq!(lines("一二三", 0), 3);
        // Three characters, eight digits, and five places where they meet.
        assert_eq!(lines("2026年10月20日", 8_960), 1);
        assert_eq!(lines("2026年10月20日", 8_950), 2);
        // A number goes to the next line as a whole, and so does a blank.
        assert_eq!(lines("电话：13900000000，联系人：某", 10_000), 3);
        let blank = BLANK.to_string().repeat(6);
        assert_eq!(lines(&format!("乙方（学员）：{blank}"), 10_000), 2);
    }
}
