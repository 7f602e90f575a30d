//! The cells of a sheet, whatever a program has made of them: shared or inline strings, numbers, dates
//! as days since 1900, results of formulas.

use std::collections::BTreeMap;

use zige_core::date::Date;
use zige_office::xml::{self, Node};
use zige_office::{OfficeError, Package};

/// Columns and rows of Excel; a name beyond is no cell.
const MOST_COLUMNS: usize = 16_384;
const MOST_SHEET_ROWS: usize = 1_048_576;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Text, or a number's digits.
    Text(String),
    /// A date: its day, or only its month where the format shows no day.
    Date {
        /// The day that the number names.
        day: Date,
        /// Whether the format shows it.
        to_the_day: bool,
    },
    /// A number with more digits than a spreadsheet keeps.
    DigitsLost(String),
    /// A formula's error.
    Error(String),
}

/// Cells by row and column, from 0; empty ones are not there.
pub(super) type Cells = BTreeMap<usize, BTreeMap<usize, Held>>;

/// What the cells of all sheets share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    strings: Vec<String>,
    /// For each style, whether it shows a date, and to the day.
    dates: Vec<Option<bool>>,
    /// Whether days count from 1904.
    from_1904: bool,
}

impl Shared {
    pub(super) fn read(package: &Package<'_>, from_1904: bool) -> Result<Shared, OfficeError> {
        let mut shared = Shared {
            from_1904,
            ..Shared::default()
        };
        for relation in package.relations(package.main())? {
            if relation.external || !package.has(&relation.target) {
                continue;
            }
            match relation.kind.as_str() {
                "sharedStrings" => {
                    let text = package.text(&relation.target)?;
                    let tree = xml::parse(&relation.target, &text)?;
                    let items = tree.root_element().children().filter(|node| is(node, "si"));
                    shared.strings = items.map(|item| string(&item)).collect();
                }
                "styles" => {
                    let text = package.text(&relation.target)?;
                    let tree = xml::parse(&relation.target, &text)?;
                    shared.dates = date_styles(&tree.root_element());
                }
                _ => {}
            }
        }
        Ok(shared)
    }

    /// The cells of a sheet's part.
    pub(super) fn cells(&self, package: &Package<'_>, part: &str) -> Result<Cells, OfficeError> {
        let text = package.text(part)?;
        let tree = xml::parse(part, &text)?;
        let data = tree
            .root_element()
            .children()
            .find(|node| is(node, "sheetData"));
        let mut cells = Cells::new();
        let rows = data
            .into_iter()
            .flat_map(|data| data.children())
            .filter(|node| is(node, "row"));
        let mut next_row = 0;
        for row in rows {
            let given = row
                .attribute("r")
                .and_then(|number| number.parse::<usize>().ok());
            let number = given
                .and_then(|number| number.checked_sub(1))
                .unwrap_or(next_row);
            if number >= MOST_SHEET_ROWS {
                continue;
            }
            next_row = number + 1;
            let mut next_column = 0;
            for cell in row.children().filter(|node| is(node, "c")) {
                let place = cell.attribute("r").and_then(position);
                let column = place.map_or(next_column, |(column, _)| column);
                next_column = column + 1;
                if let Some(held) = self.held(&cell).filter(|_| column < MOST_COLUMNS) {
                    cells.entry(number).or_default().insert(column, held);
                }
            }
        }
        Ok(cells)
    }

    fn held(&self, cell: &Node<'_, '_>) -> Option<Held> {
        let child = |name: &str| cell.children().find(|node| is(node, name));
        let value = child("v")
            .and_then(|value| value.text())
            .unwrap_or_default();
        let text = match cell.attribute("t").unwrap_or("n") {
            "s" => {
                let place = value.trim().parse::<usize>().ok()?;
                self.strings.get(place)?.clone()
            }
            "inlineStr" => child("is")
                .map(|inside| string(&inside))
                .unwrap_or_default(),
            "str" => unescaped(value),
            "b" => match value.trim() {
                "1" | "true" => "是".to_owned(),
                _ => "否".to_owned(),
            },
            "e" => return Some(Held::Error(value.to_owned())),
            "d" => {
                let day = value.get(..10).and_then(Date::parse)?;
                return Some(Held::Date {
                    day,
                    to_the_day: true,
                });
            }
            _ => return self.number(cell, value.trim()),
        };
        let kept = text.trim();
        (!kept.is_empty()).then(|| Held::Text(kept.to_owned()))
    }

    fn number(&self, cell: &Node<'_, '_>, value: &str) -> Option<Held> {
        if value.is_empty() {
            return None;
        }
        let style = cell
            .attribute("s")
            .and_then(|style| style.parse::<usize>().ok());
        let date = style.and_then(|style| self.dates.get(style).copied().flatten());
        let Some(digits) = digits(value) else {
            return Some(Held::Text(value.to_owned()));
        };
        if let Some(to_the_day) = date
            && let Some(day) = self.day(&digits)
        {
            return Some(Held::Date { day, to_the_day });
        }
        let whole = digits.split('.').next().unwrap_or_default();
        match whole.trim_start_matches('-').len() > 15 {
            true => Some(Held::DigitsLost(digits)),
            false => Some(Held::Text(digits)),
        }
    }

    /// The day that a number of days names, its time of day left out.
    pub(super) fn day(&self, digits: &str) -> Option<Date> {
        let days: i64 = digits.split('.').next()?.parse().ok()?;
        let since_1970 = match (self.from_1904, days) {
            (true, 0..=2_957_003) => days - 24_107,
            // Excel counts a 29 February 1900, which was none.
            (false, 61..=2_958_465) => days - 25_569,
            (false, 1..=59) => days - 25_568,
            _ => return None,
        };
        Some(Date::from_days(since_1970))
    }
}

/// Text of a shared or inline string: its runs, without the readings that stand over characters.
fn string(node: &Node<'_, '_>) -> String {
    let mut text = String::new();
    for child in node.children().filter(Node::is_element) {
        match child.tag_name().name() {
            "t" => text.push_str(child.text().unwrap_or_default()),
            "r" => {
                let inside = child.children().find(|node| is(node, "t"));
                text.push_str(inside.and_then(|inside| inside.text()).unwrap_or_default());
            }
            _ => {}
        }
    }
    unescaped(&text)
}

/// `_x0041_` is how a spreadsheet writes a character that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let letter = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match letter {
            Some(letter) => {
                out.push(letter);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// A number as it is shown: without exponent, rounded to the fifteen digits that a spreadsheet keeps.
fn digits(value: &str) -> Option<String> {
    let (sign, value) = match value.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", value),
    };
    let (mantissa, exponent) = match value.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (value, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) || mantissa.len() > 40 {
        return None;
    }
    let mut all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let mut point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let zeros = all.iter().take_while(|digit| **digit == b'0').count();
    all.drain(..zeros);
    point = point.checked_sub(i32::try_from(zeros).ok()?)?;
    if all.is_empty() {
        return Some("0".to_owned());
    }
    if all.len() > 15 {
        let up = all.get(15).is_some_and(|digit| *digit >= b'5');
        all.truncate(15);
        if up && round_up(&mut all) {
            point = point.checked_add(1)?;
        }
    }
    while all.last() == Some(&b'0') {
        all.pop();
    }
    if !(-20..=40).contains(&point) {
        return None;
    }
    let text = String::from_utf8(all).ok()?;
    let length = i32::try_from(text.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let shown = match point {
        point if point <= 0 => format!("0.{}{text}", zeros(-point)),
        point if point >= length => format!("{text}{}", zeros(point - length)),
        point => {
            let (whole, fraction) = text.split_at_checked(usize::try_from(point).ok()?)?;
            format!("{whole}.{fraction}")
        }
    };
    Some(format!("{sign}{shown}"))
}

/// Adds one to the last digit; whether there is one digit more for it, which is then left out again.
fn round_up(digits: &mut Vec<u8>) -> bool {
    for digit in digits.iter_mut().rev() {
        match *digit {
            b'9' => *digit = b'0',
            _ => {
                *digit += 1;
                return false;
            }
        }
    }
    digits.insert(0, b'1');
    digits.pop();
    true
}

/// For each cell style, whether it shows a date, and to the day.
fn date_styles(styles: &Node<'_, '_>) -> Vec<Option<bool>> {
    let part = |name: &str| styles.children().find(|node| is(node, name));
    let mut own: BTreeMap<u32, Option<bool>> = BTreeMap::new();
    let formats = part("numFmts");
    for format in formats.into_iter().flat_map(|formats| formats.children()) {
        let id = format.attribute("numFmtId").and_then(|id| id.parse().ok());
        if let (Some(id), Some(code)) = (id, format.attribute("formatCode")) {
            own.insert(id, date_format(code));
        }
    }
    let cells = part("cellXfs");
    let cells = cells
        .into_iter()
        .flat_map(|cells| cells.children())
        .filter(|node| is(node, "xf"));
    cells
        .map(|cell| {
            let id: u32 = cell.attribute("numFmtId")?.parse().ok()?;
            own.get(&id).copied().unwrap_or_else(|| built_in(id))
        })
        .collect()
}

/// The formats that a Chinese Excel has built in (ECMA-376 part 1, 18.8.30).
fn built_in(id: u32) -> Option<bool> {
    match id {
        14..=16 | 22 | 28..=31 | 51 | 53 | 54 | 58 => Some(true),
        17 | 27 | 36 | 50 | 52 | 57 => Some(false),
        _ => None,
    }
}

/// Whether a format's code shows a date, and to the day.
fn date_format(code: &str) -> Option<bool> {
    let first = code.split(';').next().unwrap_or_default();
    let mut letters = String::new();
    let mut inside = None;
    let mut escape = false;
    for letter in first.chars() {
        match (inside, letter) {
            _ if escape => escape = false,
            (None, '\\' | '_' | '*') => escape = true,
            (Some(end), letter) if letter == end => inside = None,
            (Some(_), _) => {}
            (None, '"') => inside = Some('"'),
            (None, '[') => inside = Some(']'),
            (None, letter) => letters.push(letter.to_ascii_lowercase()),
        }
    }
    let day = letters.contains('d');
    (letters.contains('y') || day).then_some(day)
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// Column and row, from 0, of `C5` or `$C$5`.
pub(super) fn position(name: &str) -> Option<(usize, usize)> {
    let name = name.replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = name.split_at_checked(letters)?;
    if !(1..=3).contains(&letters) || row.len() > 7 {
        return None;
    }
    let column = column.bytes().fold(0, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: usize = row.parse().ok()?;
    Some((column.checked_sub(1)?, row.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        for (value, shown) in [
            ("0", "0"),
            ("13900000000", "13900000000"),
            ("1.39E10", "13900000000"),
            ("2.1068219830307E17", "210682198303070000"),
            ("1983.0999999999999", "1983.1"),
            ("0.30000000000000004", "0.3"),
            ("1E-3", "0.001"),
            ("-2.50", "-2.5"),
            ("999999999999999.9", "1000000000000000"),
        ] {
            assert_eq!(digits(value).as_deref(), Some(shown), "{value}");
        }
        for value in ["", "1e", "x", "1E999", "NaN", "1.2.3"] {
            assert_eq!(digits(value), None, "{value}");
        }
    }

    #[test]
    fn days_count_from_1900_or_1904() {
        let shared = Shared::default();
        assert_eq!(shared.day("30382").unwrap().to_string(), "1983-03-07");
        assert_eq!(shared.day("30382.75").unwrap().to_string(), "1983-03-07");
        assert_eq!(shared.day("61").unwrap().to_string(), "1900-03-01");
        assert_eq!(shared.day("59").unwrap().to_string(), "1900-02-28");
        assert_eq!(shared.day("60"), None);
        let shared = Shared {
            from_1904: true,
            ..Shared::default()
        };
        assert_eq!(shared.day("28920").unwrap().to_string(), "1983-03-07");
    }

    #[test]
    fn a_format_shows_a_day_a_month_or_no_date() {
        for (code, shows) in [
            ("yyyy/m/d", Some(true)),
            ("yyyy\"年\"m\"月\"", Some(false)),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", Some(true)),
            ("yyyy\\.mm", Some(false)),
            ("0.00", None),
            ("h:mm:ss", None),
            ("[Red]0", None),
            ("\"day\"0", None),
            ("@", None),
        ] {
            assert_eq!(date_format(code), shows, "{code}");
        }
    }

    #[test]
    fn escapes_of_a_spreadsheet_are_undone() {
        assert_eq!(unescaped("a_x000D_b_x005F_x0041_c_x"), "a\nb_x0041_c_x");
    }

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!(position("C5"), Some((2, 4)));
        assert_eq!(position("$AA$10"), Some((26, 9)));
        for name in ["", "5", "C", "C0", "ABCD1", "R1C1x", "#REF!"] {
            assert_eq!(position(name), None, "{name}");
        }
    }
}
