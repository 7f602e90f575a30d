//! What a cell's text leaves open: nothing printed at all, a date to complete, boxes to tick,
//! brackets for an age, a unit after the value.

use std::ops::Range;

use crate::document::{is_box, is_marked_box};
use crate::label::folded;
use crate::value::DateShape;

/// What a text leaves open; ranges are positions of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nothing is printed.
    Blank,
    /// `年  月  日`, with room before each.
    Date {
        year: Range<usize>,
        month: Range<usize>,
        day: Option<Range<usize>>,
    },
    /// `（    岁）` after room for a date of birth.
    Age {
        before: Range<usize>,
        inside: Range<usize>,
    },
    /// `□男  □女`: where each box is, and what it stands for.
    Boxes {
        /// A label before them: `性别：□男 □女`.
        label: String,
        options: Vec<(usize, String)>,
    },
    /// Room before a unit: `    元`.
    Unit { room: Range<usize>, unit: String },
    /// A small cell for each character, by their positions in the table.
    Squares(Vec<usize>),
    /// A printed box for each character: where each is.
    Digits(Vec<usize>),
    /// How a date is to be written, in place of one: `如：1990.01`.
    Hint(DateShape),
    /// Anything else.
    Text,
}

/// Units that may be printed in a cell.
const UNITS: [&str; 22] = [
    "元", "万元", "岁", "周岁", "年", "个月", "月", "天", "日", "分", "篇", "项", "人", "次", "部",
    "族", "级", "名", "件", "%", "亩", "公里",
];

/// Room to write: white space and printed lines.
pub(crate) fn is_room(character: char) -> bool {
    character.is_whitespace() || matches!(character, '_' | '＿' | '\u{FE4D}'..='\u{FE4F}')
}

/// Looks at a cell's text.
pub(crate) fn look(text: &[char]) -> Slot {
    if text.iter().all(|c| is_room(*c)) {
        return Slot::Blank;
    }
    if let Some(boxes) = boxes(text) {
        return boxes;
    }
    if let Some(date) = date(text, 0..text.len()) {
        return date;
    }
    if let Some(age) = age(text) {
        return age;
    }
    if let Some(unit) = unit(text) {
        return unit;
    }
    let whole: String = text.iter().collect();
    match DateShape::of_hint(&whole) {
        Some(shape) if whole.chars().count() <= 24 => Slot::Hint(shape),
        _ => Slot::Text,
    }
}

/// A date to complete that fills the whole range.
pub(crate) fn date(text: &[char], within: Range<usize>) -> Option<Slot> {
    let mut at = within.start;
    let mut part = |mark: char| {
        let start = at;
        while text
            .get(at)
            .filter(|_| at < within.end)
            .is_some_and(|c| is_room(*c))
        {
            at += 1;
        }
        let found = text.get(at).filter(|_| at < within.end) == Some(&mark);
        let room = start..at;
        at += usize::from(found);
        found.then_some(room)
    };
    let year = part('年')?;
    let month = part('月')?;
    let day = part('日');
    let rest = text.get(at..within.end)?;
    rest.iter()
        .all(|c| is_room(*c))
        .then_some(Slot::Date { year, month, day })
}

/// `（  岁）`, alone or after room.
fn age(text: &[char]) -> Option<Slot> {
    let open = text.iter().position(|c| matches!(c, '(' | '（'))?;
    let close = text.iter().position(|c| matches!(c, ')' | '）'))?;
    let before = 0..open;
    let words: String = text
        .get(open + 1..close)?
        .iter()
        .filter(|c| !is_room(**c))
        .collect();
    let inside = open + 1
        ..open
            + 1
            + text
                .get(open + 1..close)?
                .iter()
                .take_while(|c| is_room(**c))
                .count();
    let is_room = |range: Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.iter().all(|c| is_room(*c)))
    };
    let fits = matches!(words.as_str(), "岁" | "周岁")
        && is_room(before.clone())
        && is_room(close + 1..text.len());
    fits.then_some(Slot::Age { before, inside })
}

fn unit(text: &[char]) -> Option<Slot> {
    let start = text.iter().position(|c| !is_room(*c))?;
    let end = text.iter().rposition(|c| !is_room(*c))? + 1;
    let unit: String = folded(&text.get(start..end)?.iter().collect::<String>()).collect();
    let bare = unit.trim_start_matches('(').trim_end_matches(')');
    UNITS.contains(&bare).then(|| Slot::Unit {
        room: 0..start,
        unit: bare.to_owned(),
    })
}

/// Boxes with what each stands for: before its words, or after them. One that is marked already
/// is somebody's answer.
fn boxes(text: &[char]) -> Option<Slot> {
    let is_any_box = |c: &char| is_box(*c) || is_marked_box(*c);
    // （请在□内打√）
    let note = text.iter().rposition(|c| matches!(c, '(' | '（'));
    let note = note.filter(|open| {
        let rest = text.get(*open..).unwrap_or_default();
        rest.iter().any(is_any_box) && rest.iter().any(|c| *c == '内' || *c == '打')
    });
    let text = text.get(..note.unwrap_or(text.len())).unwrap_or_default();
    let places: Vec<usize> = text
        .iter()
        .enumerate()
        .filter(|(_, c)| is_any_box(c))
        .map(|(at, _)| at)
        .collect();
    let first = *places.first()?;
    let last = *places.last()?;
    if places.len() < 2 || text.iter().any(|c| is_marked_box(*c)) {
        return None;
    }
    let words = |range: Range<usize>| -> String {
        folded(
            &text
                .get(range)
                .unwrap_or_default()
                .iter()
                .collect::<String>(),
        )
        .filter(|c| !matches!(c, '_' | ';' | ',' | '、' | '。'))
        .collect()
    };
    let before = words(0..first);
    let label = before.strip_suffix(':').unwrap_or_default().to_owned();
    let box_first = before.is_empty() || !label.is_empty();
    if !box_first && !words(last + 1..text.len()).is_empty() {
        return None;
    }
    let options: Vec<(usize, String)> = places
        .iter()
        .enumerate()
        .map(|(position, at)| {
            let range = match box_first {
                true => at + 1..places.get(position + 1).copied().unwrap_or(text.len()),
                false => {
                    let before = position
                        .checked_sub(1)
                        .and_then(|before| places.get(before));
                    before.map_or(0, |before| before + 1)..*at
                }
            };
            (*at, words(range))
        })
        .collect();
    let is_whole = options.iter().all(|(_, words)| !words.is_empty());
    is_whole.then_some(Slot::Boxes { label, options })
}

/// The box that stands for an answer: its words are the answer's, or the only ones that are a part
/// of it or the other way round.
pub(crate) fn choose(options: &[(usize, String)], term: &str) -> Option<usize> {
    let term: String = folded(term).filter(|c| !matches!(c, '、' | ',')).collect();
    let same: &[&str] = match term.as_str() {
        "是" => &["是", "有"],
        "否" => &["否", "无", "没有", "不是"],
        _ => &[],
    };
    let fitting = |fits: &dyn Fn(&str) -> bool| -> Vec<(usize, usize)> {
        let options = options.iter().filter(|(_, words)| fits(words));
        options
            .map(|(at, words)| (*at, words.chars().count()))
            .collect()
    };
    let exact = fitting(&|words| words == term || same.contains(&words));
    match exact.as_slice() {
        [(at, _)] => return Some(*at),
        [] => {}
        _ => return None,
    }
    let mut near = fitting(&|words| {
        let long_enough = words.chars().count() >= 2 || term.starts_with(words);
        long_enough && (term.contains(words) || words.contains(term.as_str()))
    });
    near.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    match near.as_slice() {
        [(at, _)] => Some(*at),
        // 中共预备党员 holds 预备党员 and 党员: the longer words are meant.
        [(at, longest), (_, second), ..] if longest > second => Some(*at),
        _ => None,
    }
}

/// A label with room behind it, in running text: `姓名：______`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inline {
    pub(crate) label: String,
    pub(crate) room: Range<usize>,
    /// A date to complete stands in the room.
    pub(crate) date: Option<Slot>,
    /// A box for each digit stands in the room.
    pub(crate) boxes: Vec<usize>,
    /// A unit stands behind the room; empty where none does.
    pub(crate) unit: String,
    /// Words stand between several rooms: `____省____市`.
    pub(crate) is_template: bool,
    /// Where what belongs to the label ends.
    pub(crate) end: usize,
}

/// Fewer boxes are something to choose from.
const FEWEST_DIGITS: usize = 6;

/// Boxes for a digit each, from here on.
fn digits(text: &[char], start: usize) -> Vec<usize> {
    let boxes = (start..text.len()).take_while(|at| {
        text.get(*at)
            .is_some_and(|c| is_box(*c) || c.is_whitespace() && *c != '\n')
    });
    let boxes: Vec<usize> = boxes
        .filter(|at| text.get(*at).is_some_and(|c| is_box(*c)))
        .collect();
    match boxes.len() {
        0..FEWEST_DIGITS => Vec::new(),
        _ => boxes,
    }
}

/// What stands behind a room up to the next one, to the next label, or to the end of the sentence.
#[derive(Debug)]
enum Behind {
    /// A unit, or a word that is part of what is to be written: it ends here.
    Words(String, usize),
    /// Words that belong to the next label, or none.
    Nothing,
}

fn behind(text: &[char], room: &Range<usize>) -> Behind {
    let mut words = String::new();
    for at in room.end..text.len() {
        match text.get(at) {
            Some('(' | '（') if words.is_empty() => return bracket(text, at),
            Some(':' | '：' | '(' | '（') | None => return Behind::Nothing,
            Some(c) if is_room(*c) || "，。；,;、\n".contains(*c) => {
                return Behind::Words(words, at);
            }
            Some(c) => words.push(*c),
        }
    }
    Behind::Words(words, text.len())
}

/// A word in brackets between two printed lines: `____（区号）____`.
fn bracket(text: &[char], open: usize) -> Behind {
    let inside = text.get(open + 1..).unwrap_or_default();
    let words: String = inside
        .iter()
        .take_while(|c| !matches!(c, ')' | '）' | ':' | '：'))
        .collect();
    let close = open + 1 + words.chars().count();
    let is_closed = matches!(text.get(close), Some(')' | '）'));
    let goes_on = matches!(text.get(close + 1), Some('_' | '＿'));
    match is_closed && goes_on {
        true => Behind::Words(words, close + 1),
        false => Behind::Nothing,
    }
}

/// Where the last room of a stretch ends.
fn last_room(text: &[char], within: Range<usize>) -> usize {
    let end = within.end;
    let mut places = within.rev();
    let last = places.find(|at| text.get(*at).is_some_and(|c| is_room(*c)));
    last.map_or(end, |at| at + 1)
}

/// Whether there is room to write in this stretch: a printed line, or several spaces.
fn has_room(text: &[char], within: Range<usize>) -> bool {
    let mut spaces = 0;
    for c in text.get(within).unwrap_or_default() {
        spaces = match is_room(*c) {
            true => spaces + if c.is_whitespace() { 1 } else { 2 },
            false => 0,
        };
        if spaces >= 4 {
            return true;
        }
    }
    false
}

/// Labels with a colon and room behind them.
pub(crate) fn inline(text: &[char]) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut label_start = 0;
    let mut at = 0;
    while let Some(character) = text.get(at) {
        match character {
            ':' | '：' => {
                let start = at + 1;
                let mut end = start;
                while text.get(end).is_some_and(|c| is_room(*c) && *c != '\n') {
                    end += 1;
                }
                let date_end = (end..text.len())
                    .find(|at| {
                        text.get(*at)
                            .is_some_and(|c| !matches!(c, '年' | '月' | '日') && !is_room(*c))
                    })
                    .unwrap_or(text.len());
                let date = date(text, start..date_end);
                let label: String = text
                    .get(label_start..at)
                    .unwrap_or_default()
                    .iter()
                    .collect();
                let boxes = digits(text, end);
                let is_open = end > start || end == text.len() || text.get(end) == Some(&'\n');
                let is_label = (1..=16).contains(&label.trim().chars().count());
                let line = (start..text.len())
                    .find(|at| matches!(text.get(*at), Some('\n' | ':' | '：')))
                    .unwrap_or(text.len());
                let mut inline = Inline {
                    label: label.trim().trim_start_matches(['（', '(']).to_owned(),
                    room: start..end,
                    end,
                    unit: String::new(),
                    is_template: false,
                    boxes: Vec::new(),
                    date: None,
                };
                if date.is_some() {
                    inline.end = date_end;
                    inline.date = date;
                } else if let Some(last) = boxes.last() {
                    inline.end = last + 1;
                    inline.boxes = boxes;
                } else if end > start {
                    if let Behind::Words(words, until) = behind(text, &inline.room)
                        && !words.is_empty()
                    {
                        let goes_on = text.get(until).is_some_and(|c| is_room(*c))
                            && has_room(text, until..line);
                        match UNITS.contains(&words.as_str()) && !goes_on {
                            true => inline.unit = words,
                            false => inline.is_template = goes_on && words.chars().count() <= 6,
                        }
                        if inline.is_template {
                            inline.end = last_room(text, start..line);
                        }
                    }
                } else if !is_open && has_room(text, start..line) {
                    inline.is_template = true;
                    inline.end = last_room(text, start..line);
                }
                at = inline.end.max(start);
                label_start = at;
                let is_any = is_open || inline.is_template || !inline.boxes.is_empty();
                if is_any && is_label {
                    found.push(inline);
                }
                continue;
            }
            '，' | '。' | '；' | ';' | '\n' | '！' => label_start = at + 1,
            c if is_room(*c) => {
                // Two spaces or a tab part a label from what stands before it.
                let wide = *c == '\t' || text.get(at + 1).is_some_and(|c| is_room(*c));
                if wide && !label_goes_on(text, at) {
                    label_start = at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether the spaces here stand between the two characters of a label such as `姓  名：`.
fn label_goes_on(text: &[char], at: usize) -> bool {
    let next = text
        .iter()
        .enumerate()
        .skip(at)
        .find(|(_, c)| !is_room(**c));
    let before = text.get(..at).unwrap_or_default();
    let before = before
        .iter()
        .rev()
        .skip_while(|c| is_room(**c))
        .take_while(|c| !is_room(**c))
        .count();
    let is_single = next.is_some_and(|(place, _)| {
        text.get(place + 1)
            .is_some_and(|c| matches!(c, ':' | '：') || is_room(*c))
    });
    before == 1 && is_single
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expect: Expect) {
        let text: Vec<char> = text.chars().collect();
        expect.assert_eq(&format!("{:?}", look(&text)));
    }

    #[test]
    fn what_a_cell_leaves_open_is_seen() {
        check("  \u{3000}", expect!["Blank"]);
        check(
            "    年  月  日",
            expect!["Date { year: 0..4, month: 5..7, day: Some(8..10) }"],
        );
        check(
            "年月",
            expect!["Date { year: 0..0, month: 1..1, day: None }"],
        );
        check("年 月 日至 年 月", expect!["Text"]);
        check(
            "   （    岁）",
            expect!["Age { before: 0..3, inside: 4..8 }"],
        );
        check(
            "□男  □女",
            expect![[r#"Boxes { label: "", options: [(0, "男"), (4, "女")] }"#]],
        );
        check(
            "男□女□",
            expect![[r#"Boxes { label: "", options: [(1, "男"), (3, "女")] }"#]],
        );
        check(
            "☐ 中共党员　☐ 群众",
            expect![[r#"Boxes { label: "", options: [(0, "中共党员"), (7, "群众")] }"#]],
        );
        check(
            "□甲 □乙（请在□内打“√”）",
            expect![[r#"Boxes { label: "", options: [(0, "甲"), (3, "乙")] }"#]],
        );
        check("     元", expect![[r#"Unit { room: 0..5, unit: "元" }"#]]);
        check(
            "  （万元）",
            expect![[r#"Unit { room: 0..2, unit: "万元" }"#]],
        );
        check("如：1990.01", expect!["Hint(MonthDot)"]);
        check("（盖章）", expect!["Text"]);
    }

    fn check_inline(text: &str, expect: Expect) {
        let text: Vec<char> = text.chars().collect();
        let found: Vec<String> = inline(&text)
            .iter()
            .map(|one| {
                let what = match one {
                    Inline { date: Some(_), .. } => " date",
                    Inline {
                        is_template: true, ..
                    } => " template",
                    Inline { boxes, .. } if !boxes.is_empty() => " boxes",
                    Inline { unit, .. } if !unit.is_empty() => " 年",
                    _ => "",
                };
                format!("{} {:?}{what}", one.label, one.room)
            })
            .collect();
        expect.assert_eq(&found.join("; "));
    }

    #[test]
    fn labels_stand_in_running_text() {
        check_inline(
            "姓名：________  性别：____",
            expect!["姓名 3..13; 性别 16..20"],
        );
        check_inline("姓  名：", expect!["姓  名 5..5"]);
        check_inline(
            "单位：    填表日期：   年  月  日",
            expect!["单位 3..7; 填表日期 12..15 date"],
        );
        check_inline("填表说明：请用钢笔填写。", expect![""]);
        check_inline("一、姓名：张三", expect![""]);
        check_inline(
            "通讯地址：____省____市____县（区）  邮编：□□□□□□",
            expect!["通讯地址 5..9 template; 邮编 28..28 boxes"],
        );
        check_inline(
            "联系电话：（办）____（手机）____",
            expect!["联系电话 5..5 template"],
        );
        check_inline("工作年限：____年", expect!["工作年限 5..9 年"]);
    }
}
