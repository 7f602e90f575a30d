//! Reads a cell's text as the answer to a fact: the way back from `value.rs`, and what people type.

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::pack::{Fact, FactKind, FieldKind, Pack};

use crate::reading::Misfit;
use crate::value::NOTHING;

/// The answer to a fact that is not a list. Empty text is no answer; so is 无, where the fact is not
/// a text: it says that nothing applies, which the other answers decide.
pub(crate) fn answer(pack: &Pack, fact: &Fact, text: &str) -> Result<Answer, Misfit> {
    let plain = folded(text);
    if plain.is_empty() {
        return Ok(Answer::Absent);
    }
    if plain == NOTHING && !matches!(fact.kind, FactKind::Text { .. } | FactKind::Choice(_)) {
        return Ok(Answer::Absent);
    }
    match &fact.kind {
        FactKind::YesNo => match plain.as_str() {
            "是" | "☑" | "√" | "✓" => Ok(Answer::yes_no(true)),
            "否" | "不是" | "☐" | "□" | "×" => Ok(Answer::yes_no(false)),
            _ => Err(Misfit::NoYesNo),
        },
        FactKind::Choice(choice) => {
            let options = pack.vocabulary.choices.get(choice.index());
            let options = options.map_or(&[][..], |set| &set.options);
            let place = options.iter().position(|option| folded(option) == plain);
            match place.and_then(|place| i64::try_from(place).ok()) {
                Some(place) => Ok(Answer::Value(place)),
                None if plain == NOTHING => Ok(Answer::Absent),
                None => Err(Misfit::NoSuchOption),
            }
        }
        FactKind::Number { scale, unit, .. } => {
            let number = plain.strip_suffix(&folded(unit)).unwrap_or(&plain);
            let value = fixed(number, *scale).ok_or(Misfit::NoNumber)?;
            Ok(Answer::Value(value))
        }
        FactKind::Money { .. } => {
            let (number, scale) = match (plain.strip_suffix("万元"), plain.strip_suffix('元')) {
                (Some(number), _) => (number, 6),
                (None, Some(number)) => (number, 2),
                (None, None) => (plain.as_str(), 2),
            };
            let value = fixed(number.trim_start_matches('¥'), scale).ok_or(Misfit::NoNumber)?;
            Ok(Answer::Value(value))
        }
        FactKind::Date { .. } => date(&plain).map(|(first, last)| match first == last {
            true => Answer::day(first),
            false => Answer::Month { first, last },
        }),
        FactKind::Text { long, .. } => Ok(Answer::Text(match long {
            true => text.trim().to_owned(),
            false => on_one_line(text),
        })),
        FactKind::Records { .. } => Err(Misfit::OtherType),
    }
}

/// What one of a form's own fields says, as it is kept: a date as `YYYY-MM-DD` or `YYYY-MM`, any other
/// text as it stands. `exact` is the day that the file holds beside the cell.
pub(crate) fn field(kind: &FieldKind, text: &str, exact: Option<&str>) -> String {
    match kind {
        FieldKind::Line(_) | FieldKind::Choice(_) => on_one_line(text),
        FieldKind::Number { unit, .. } => {
            let plain = on_one_line(text);
            let number = plain.strip_suffix(unit.as_str()).unwrap_or(&plain);
            number.trim_end().to_owned()
        }
        FieldKind::Lines(_) => text.trim().to_owned(),
        FieldKind::Date => {
            let exact = exact.and_then(Date::parse);
            match date(text) {
                Ok((first, last)) if exact.is_some_and(|day| (first..=last).contains(&day)) => {
                    exact.map_or_else(String::new, |day| day.to_string())
                }
                Ok((first, last)) if first == last => first.to_string(),
                Ok((first, _)) => {
                    let (year, month, _) = first.ymd();
                    format!("{year:04}-{month:02}")
                }
                Err(_) => on_one_line(text),
            }
        }
    }
}

/// A text without the breaks that a narrow cell gave it: between Chinese characters nothing stands
/// for a break, elsewhere a space.
pub(crate) fn on_one_line(text: &str) -> String {
    let mut joined = String::new();
    for line in text.trim().split('\n') {
        let wide = |character: Option<char>| character.is_none_or(crate::count::is_wide);
        if !(joined.is_empty() || wide(joined.chars().last()) || wide(line.chars().next())) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// The days that a date names, first and last: a day, or the days of a month.
///
/// Understood are the shapes of `value.rs` and those seen in offices: `1983.03（43岁）`, `1983年3月7日`,
/// `1983-03-07`, `1983/3/7`, `198303`, `19830307`. `1985.1` may be January, or October cut short by a
/// spreadsheet; it is asked about.
pub(crate) fn date(text: &str) -> Result<(Date, Date), Misfit> {
    let plain = folded(text);
    let plain = match plain.split_once('(') {
        Some((date, age)) if !date.is_empty() && age.ends_with("岁)") => date.to_owned(),
        _ => plain,
    };
    if matches!(plain.len(), 6 | 8)
        && plain.bytes().all(|byte| byte.is_ascii_digit())
        && let Some((year, rest)) = plain.split_at_checked(4)
    {
        let (month, day) = rest.split_at_checked(2).unwrap_or((rest, ""));
        return days(year, month, day);
    }
    let dotted: String = plain
        .trim_end_matches(['日', '号', '月'])
        .chars()
        .map(|character| match character {
            '年' | '月' | '-' | '/' | '—' => '.',
            other => other,
        })
        .collect();
    let mut parts = dotted.split('.');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some(year), Some(month), None) = (year, month, parts.next()) else {
        return Err(Misfit::NoDate);
    };
    if day.is_none() && month == "1" && plain.contains('.') {
        return Err(Misfit::TwoDates {
            one: format!("{year}.01"),
            other: format!("{year}.10"),
        });
    }
    days(year, month, day.unwrap_or_default())
}

fn days(year: &str, month: &str, day: &str) -> Result<(Date, Date), Misfit> {
    let number = |digits: &str, most: usize| {
        let fits = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month)) = (
        number(year, 4).filter(|_| year.len() == 4),
        number(month, 2),
    ) else {
        return Err(Misfit::NoDate);
    };
    let year = i32::try_from(year).map_err(|_| Misfit::NoDate)?;
    let found = match day {
        "" => Date::month(year, month),
        day => {
            let day = number(day, 2).and_then(|day| Date::new(year, month, day));
            day.map(|day| (day, day))
        }
    };
    found.ok_or(Misfit::NoDate)
}

/// Without white space, and with full-width digits, letters and marks as half-width ones.
pub(crate) fn folded(text: &str) -> String {
    let narrow = |character: char| match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '￥' => '¥',
        other => other,
    };
    text.chars()
        .filter(|character| !character.is_whitespace() && !is_invisible(*character))
        .map(narrow)
        .collect()
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A number from its digits, times 10^scale; `None` when it is none, or finer than the scale.
fn fixed(text: &str, scale: u8) -> Option<i64> {
    let grouped = text.replace(',', "");
    let (negative, digits) = match grouped.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, grouped.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(scale) {
        return None;
    }
    let digits = format!("{whole}{fraction:0<width$}", width = usize::from(scale));
    let value = digits.parse::<i64>().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match date(text) {
            Ok((first, last)) if first == last => first.to_string(),
            Ok((first, last)) => format!("{first}..{last}"),
            Err(misfit) => format!("{misfit:?}"),
        }
    }

    #[test]
    fn dates_are_read_in_every_shape_that_offices_write() {
        for text in [
            "1983.03（43岁）",
            "1983.03\n（43岁）",
            "1983.03（ 岁）",
            "1983年3月",
            "1983-03",
            "1983/3",
            "198303",
            "１９８３．０３",
            " 1983 年 3 月 ",
        ] {
            assert_eq!(read(text), "1983-03-01..1983-03-31", "{text}");
        }
        for text in [
            "1983年3月7日",
            "1983年3月7号",
            "1983-03-07",
            "1983/3/7",
            "1983.3.7",
            "19830307",
        ] {
            assert_eq!(read(text), "1983-03-07", "{text}");
        }
    }

    #[test]
    fn a_date_that_may_be_two_is_asked_about() {
        assert_eq!(
            read("1985.1"),
            r#"TwoDates { one: "1985.01", other: "1985.10" }"#
        );
        assert_eq!(read("1985年1月"), "1985-01-01..1985-01-31");
        assert_eq!(read("1985.2"), "1985-02-01..1985-02-28");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "今年",
            "83.03",
            "6405",
            "1983",
            "1983.13",
            "1983-02-30",
            "1983.1.2.3",
            "1983-x-1",
            "-1983-1",
            "1983..3",
            "00000000",
            "1983.03（满）",
        ] {
            assert_eq!(read(text), "NoDate", "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_scale() {
        assert_eq!(fixed("2.5", 1), Some(25));
        assert_eq!(fixed("1,234.50", 2), Some(123_450));
        assert_eq!(fixed("1.2", 6), Some(1_200_000));
        assert_eq!(fixed("-3", 0), Some(-3));
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1e3",
            "2.55",
            "--1",
            "99999999999999999999",
        ] {
            assert_eq!(fixed(text, 1), None, "{text}");
        }
    }

    #[test]
    fn breaks_that_a_cell_gave_are_taken_back() {
        assert_eq!(on_one_line("心血管内科\n（主任）"), "心血管内科（主任）");
        assert_eq!(on_one_line("Senior\nengineer"), "Senior engineer");
        assert_eq!(on_one_line("  一行 \n"), "一行");
    }
}
