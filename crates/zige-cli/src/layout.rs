//! Plain text for a terminal, measured in columns: a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest line that is written, in columns.
const WIDTH: usize = 80;

/// A page of text that grows line by line.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An empty line and a heading.
    pub fn heading(&mut self, heading: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line(heading);
    }

    /// Text behind a lead, wrapped so that all its lines begin in one column. Empty text is left
    /// out with its lead.
    pub fn item(&mut self, lead: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let indent = lead.width();
        for (number, line) in wrap(text, WIDTH.saturating_sub(indent)).iter().enumerate() {
            match number {
                0 => self.line(&format!("{lead}{line}")),
                _ => self.line(&format!("{}{line}", " ".repeat(indent))),
            }
        }
    }

    /// Rows whose cells stand below each other; the last cell is wrapped.
    pub fn table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        for row in rows {
            let Some((last, cells)) = row.split_last() else {
                continue;
            };
            let mut lead = " ".repeat(indent);
            for (cell, width) in cells.iter().zip(&widths) {
                lead.push_str(cell);
                lead.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
            }
            match last.is_empty() {
                true => self.line(&lead),
                false => self.item(&lead, last),
            }
        }
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Breaks text into lines of at most `width` columns: between Chinese characters, or at spaces,
/// and never before a closing mark.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(20);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            if !line.is_empty() && line.width() + piece.trim_end().width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !(line.is_empty() && piece.trim().is_empty()) {
                line.push_str(&piece);
            }
        }
        lines.push(line);
    }
    lines
}

/// The parts of a text that stay together.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in text.chars() {
        let joins =
            closes(letter) || opens(before) || (before != ' ' && !wide(before) && !wide(letter));
        match pieces.last_mut() {
            Some(piece) if joins => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        before = letter;
    }
    pieces
}

fn wide(letter: char) -> bool {
    letter.width().unwrap_or(0) > 1
}

fn closes(letter: char) -> bool {
    "，。；：、！？）》”’」』】…—".contains(letter)
}

fn opens(letter: char) -> bool {
    "（《“‘「『【".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn columns_stand_below_each_other_and_marks_do_not_begin_a_line() {
        let mut page = Page::default();
        page.line("问题");
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        page.table(
            2,
            &[
                row([
                    "birth_date",
                    "出生日期",
                    "您的出生日期是哪一天？只记得年月的，可以只填年月，不要猜，拿不准就选不知道。",
                ]),
                row(["sex", "性别", ""]),
            ],
        );
        expect![[r#"
            问题
              birth_date  出生日期  您的出生日期是哪一天？只记得年月的，可以只填年月，不要
                                    猜，拿不准就选不知道。
              sex         性别
        "#]]
        .assert_eq(&page.finish());
    }
}
