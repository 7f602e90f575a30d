//! Rows on the grid: widths that add up, cells that cover several rows, the heights that follow.

use crate::count;
use crate::filled::{Content, FilledCell, FilledPiece, FilledRow, written};
use crate::geometry::{BORDER, CELL_EDGE, COLUMNS, LINE, Paper, twips};

/// Widths that add up to `columns`: the last takes what is left, what does not fit is cut.
pub(crate) fn fit(widths: impl IntoIterator<Item = u8>, columns: u8) -> Vec<u8> {
    let mut left = columns;
    let mut fitted = Vec::new();
    for width in widths {
        let width = width.min(left);
        if width > 0 {
            fitted.push(width);
        }
        left -= width;
    }
    match fitted.last_mut() {
        Some(last) => *last += left,
        None => fitted.push(columns),
    }
    fitted
}

/// A height that the style sheet of the print has a class for: 8 to 60 mm exact, above in steps
/// of 5.
pub(crate) fn height_class(millimetres: u16) -> u16 {
    match millimetres {
        0..=60 => millimetres.max(8),
        61..=245 => millimetres.div_ceil(5) * 5,
        _ => 245,
    }
}

/// Makes each row as wide as the grid.
pub(crate) fn widen(rows: &mut [FilledRow]) {
    for row in rows {
        let fitted = fit(row.cells.iter().map(|cell| cell.columns), COLUMNS);
        row.cells.truncate(fitted.len());
        for (cell, columns) in row.cells.iter_mut().zip(&fitted) {
            cell.columns = *columns;
        }
        if row.cells.is_empty() {
            row.cells.push(FilledCell {
                columns: COLUMNS,
                rows: 1,
                content: Content::Blank,
            });
        }
    }
}

/// Counts how many rows each cell covers. A cell that continues nothing becomes blank.
pub(crate) fn join(rows: &mut [FilledRow]) {
    for position in 0..rows.len() {
        let (above, from_here) = rows.split_at_mut(position);
        let Some((row, below)) = from_here.split_first_mut() else {
            continue;
        };
        let mut start = 0;
        for cell in &mut row.cells {
            let orphan = above
                .last()
                .is_none_or(|above| at(above, start, cell.columns).is_none());
            if cell.content == Content::Continued && orphan {
                cell.content = Content::Blank;
            }
            cell.rows = 1;
            if cell.content != Content::Continued {
                let covered = below
                    .iter()
                    .take_while(|row| at(row, start, cell.columns) == Some(&Content::Continued))
                    .count();
                cell.rows = u16::try_from(covered).unwrap_or(u16::MAX - 1) + 1;
            }
            start += u32::from(cell.columns);
        }
    }
}

/// What stands in the cell with this place and width.
fn at(row: &FilledRow, start: u32, columns: u8) -> Option<&Content> {
    let mut reached = 0;
    let cell = row.cells.iter().find(|cell| {
        let found = reached == start && cell.columns == columns;
        reached += u32::from(cell.columns);
        found
    });
    cell.map(|cell| &cell.content)
}

/// Whether a row stays with the one above: as part of a list, or tied by a cell that covers both.
pub(crate) fn is_tied(row: &FilledRow) -> bool {
    row.keep
        || row
            .cells
            .iter()
            .any(|cell| cell.content == Content::Continued)
}

/// The height that each row comes to on paper, in twips.
pub(crate) fn heights(rows: &[FilledRow], paper: Paper) -> Vec<u32> {
    let mut heights: Vec<u32> = rows
        .iter()
        .map(|row| {
            let single = row.cells.iter().filter(|cell| cell.rows == 1);
            let needs = single.map(|cell| need(cell, paper));
            needs.max().unwrap_or(0).max(twips(row.height)) + BORDER
        })
        .collect();
    for (position, row) in rows.iter().enumerate() {
        for cell in row.cells.iter().filter(|cell| cell.rows > 1) {
            let given: u32 = heights
                .iter()
                .skip(position)
                .take(usize::from(cell.rows))
                .sum();
            let last = position + usize::from(cell.rows) - 1;
            if let Some(last) = heights.get_mut(last) {
                *last += need(cell, paper).saturating_sub(given);
            }
        }
    }
    heights
}

fn need(cell: &FilledCell, paper: Paper) -> u32 {
    let lines = match &cell.content {
        Content::Label(text) | Content::Ink(text) => lines(text, cell.columns, paper),
        Content::Value(value) => lines(&value.text, cell.columns, paper),
        Content::Text(pieces) => lines(&written(pieces), cell.columns, paper),
        Content::Photo(_) | Content::Continued | Content::Blank => return 0,
    };
    lines * LINE + 2 * CELL_EDGE
}

/// How many lines a text takes in a cell of so many columns.
pub(crate) fn lines(text: &str, columns: u8, paper: Paper) -> u32 {
    count::lines(text, paper.text_room(columns))
}

/// Whether text with values in it takes several lines, which are then set from the left.
pub(crate) fn stands_left(pieces: &[FilledPiece], columns: u8, paper: Paper) -> bool {
    lines(&written(pieces), columns, paper) > 1
}

/// Sets a label as such forms do: one character a line in a narrow, high cell; two characters apart
/// in a wide one; otherwise on lines of like length, brackets on a line of their own.
pub(crate) fn set_label(text: &str, columns: u8, height: u32, paper: Paper) -> String {
    let characters: Vec<char> = text.chars().collect();
    let count = u32::try_from(characters.len()).unwrap_or(u32::MAX);
    let room = (paper.text_room(columns) / 1000).max(1);
    if !characters
        .iter()
        .all(|character| count::is_wide(*character) && !character.is_whitespace())
    {
        return text.to_owned();
    }
    if room <= 3 && count >= 3 && count.saturating_mul(LINE) + 2 * CELL_EDGE <= height {
        return broken(&characters, 1);
    }
    match characters.as_slice() {
        [first, second] if room >= 4 => format!("{first}　{second}"),
        _ if count <= room => text.to_owned(),
        _ => match text.rsplit_once('（') {
            Some((name, bracket)) if !name.is_empty() && text.ends_with('）') => {
                format!("{name}\n（{bracket}")
            }
            _ => broken(
                &characters,
                usize::try_from(count.div_ceil(count.div_ceil(room))).unwrap_or(1),
            ),
        },
    }
}

/// Puts the last line of a caption at the foot of its cell and the lines before it at the top.
pub(crate) fn set_caption(caption: &str, columns: u8, height: u32, paper: Paper) -> String {
    match caption.rsplit_once('\n') {
        Some((above, last)) => {
            let used = lines(caption, columns, paper) * LINE + 2 * CELL_EDGE;
            let free = usize::try_from(height.saturating_sub(used) / LINE).unwrap_or(0);
            format!("{above}{}\n{last}", "\n".repeat(free))
        }
        None => caption.to_owned(),
    }
}

/// Breaks before the brackets of what does not fit on a line, such as an age after a month.
pub(crate) fn set_value(text: &str, columns: u8, paper: Paper) -> Option<String> {
    let lines = |text| lines(text, columns, paper);
    let (value, bracket) = text
        .split_once('（')
        .filter(|(value, _)| !value.is_empty())?;
    let short = text.ends_with('）') && lines(bracket) == 1 && lines(value) == 1;
    (short && lines(text) > 1).then(|| format!("{value}\n（{bracket}"))
}

/// Lines of so many characters, none of which begins with a mark or ends with an opening bracket.
fn broken(characters: &[char], length: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = characters;
    while !rest.is_empty() {
        let splits_badly = |end: usize| {
            let (before, after) = (rest.get(end - 1), rest.get(end));
            before.is_some_and(|before| "（《“".contains(*before))
                || after.is_some_and(|after| "）》”、，：".contains(*after))
        };
        let longest = length.clamp(1, rest.len());
        let end = (1..=longest)
            .rev()
            .find(|end| !splits_badly(*end))
            .unwrap_or(longest);
        let (line, below) = rest.split_at(end);
        lines.push(line.iter().collect());
        rest = below;
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_always_add_up() {
        assert_eq!(fit([3, 5, 3], 24), [3, 5, 16]);
        assert_eq!(fit([20, 20], 24), [20, 4]);
        assert_eq!(fit([24, 3], 24), [24]);
        assert_eq!(fit([], 21), [21]);
    }

    #[test]
    fn labels_are_set_as_on_government_forms() {
        let set = |text, columns, height| set_label(text, columns, height, Paper::Portrait);
        assert_eq!(set("姓名", 3, 500), "姓　名");
        assert_eq!(set("工作经历", 2, 3000), "工\n作\n经\n历");
        assert_eq!(set("工作经历", 2, 500), "工作\n经历");
        assert_eq!(set("专业技术职务", 3, 500), "专业技\n术职务");
        assert_eq!(set("出生年月（岁）", 3, 500), "出生年月\n（岁）");
        assert_eq!(set("E-mail", 3, 500), "E-mail");
        assert_eq!(set_label("工作经历", 2, 3000, Paper::Landscape), "工作经历");
        assert_eq!(
            set("主管部门（行业归口部门）意见", 4, 900),
            "主管部门\n（行业归口\n部门）意见"
        );
        assert_eq!(set("所在县区、乡镇", 3, 900), "所在县\n区、乡镇");
    }

    #[test]
    fn heights_have_a_class_each() {
        assert_eq!(
            [5, 9, 60, 61, 65, 66, 240, 300].map(height_class),
            [8, 9, 60, 65, 65, 70, 240, 245]
        );
    }
}
