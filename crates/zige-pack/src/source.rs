//! Markdown as far as a pack needs it: headings, gists, quotes and fences, each with its place.

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::fold;
use crate::suggest::nearest;

/// A source file: `\n` line ends, no byte order mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn new(name: &str, text: &str) -> File {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        File {
            name: name.to_owned(),
            text: text.replace("\r\n", "\n").replace('\r', "\n"),
        }
    }

    /// Line and column in characters, both from 1.
    pub(crate) fn position(&self, offset: u32) -> (usize, usize) {
        let before = self.text.get(..self.boundary(offset)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// The bytes of a place, on character boundaries inside the file.
    pub(crate) fn clamp(&self, place: Place) -> std::ops::Range<usize> {
        let start = self.boundary(place.start);
        start..self.boundary(place.end).max(start)
    }

    /// What stands at a place.
    pub(crate) fn at(&self, place: Place) -> &str {
        self.text.get(self.clamp(place)).unwrap_or("")
    }

    fn boundary(&self, offset: u32) -> usize {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A document, cut at its headings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) file: u16,
    /// What stands before the first heading of level 2 or more, then one part a heading.
    pub(crate) parts: Vec<Part>,
}

/// A heading and what stands under it, up to the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) heading: Option<Heading>,
    pub(crate) gist: Vec<Text>,
    pub(crate) quotes: Vec<Text>,
    pub(crate) comments: Vec<Text>,
    pub(crate) fences: Vec<Fence>,
}

#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) level: usize,
    pub(crate) text: Text,
}

/// A fenced block for the machine.
#[derive(Clone, Debug)]
pub(crate) struct Fence {
    pub(crate) kind: BlockName,
    pub(crate) id: Text,
    pub(crate) body: Place,
    /// The opening line.
    pub(crate) place: Place,
}

macro_rules! block_names {
    ($($name:ident $word:literal),* $(,)?) => {
        /// The kinds of block that a fence can open.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum BlockName { $($name),* }

        impl BlockName {
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),*];

            fn of(word: &str) -> Option<BlockName> {
                match word { $($word => Some(BlockName::$name),)* _ => None }
            }

            pub(crate) fn word(self) -> &'static str {
                match self { $(BlockName::$name => $word),* }
            }
        }
    };
}

block_names! {
    Scale "scale", List "list", Section "section", Fact "fact", Schedule "schedule",
    Derived "derived", Constraint "constraint", Point "point",
    Policy "policy", Condition "condition", Check "check", Entitlement "entitlement",
    Route "route", Grade "grade", Obligation "obligation", Deadline "deadline", Form "form",
    Note "note", Example "example",
}

/// Reads a document. Total: whatever the text, there is a document and a list of mistakes.
pub(crate) fn read(number: u16, file: &File, problems: &mut Vec<Diagnostic>) -> Document {
    let mut reader = Reader {
        number,
        problems,
        document: Document {
            file: number,
            parts: vec![Part::default()],
        },
        paragraph: Vec::new(),
        quoted: false,
    };
    let mut lines = Lines {
        text: &file.text,
        next: 0,
    };
    while let Some((start, line)) = lines.next() {
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        match opening(trimmed) {
            Some((mark, length)) => reader.fence(&mut lines, start + indent, trimmed, mark, length),
            None if trimmed.starts_with("<!--") => reader.comment(&mut lines, start + indent),
            None => reader.line(start + indent, trimmed.trim_end()),
        }
    }
    reader.end_paragraph();
    reader.document
}

struct Lines<'a> {
    text: &'a str,
    next: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
        let start = self.next;
        let line = rest.split('\n').next().unwrap_or(rest);
        self.next = start + line.len() + 1;
        Some((start, line))
    }
}

/// The sign and length of a fence that opens or closes here.
fn opening(line: &str) -> Option<(char, usize)> {
    let mark = line
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.chars().take_while(|sign| *sign == mark).count();
    (length >= 3).then_some((mark, length))
}

struct Reader<'a> {
    number: u16,
    problems: &'a mut Vec<Diagnostic>,
    document: Document,
    paragraph: Vec<(usize, String)>,
    quoted: bool,
}

impl Reader<'_> {
    fn part(&mut self) -> &mut Part {
        if self.document.parts.is_empty() {
            self.document.parts.push(Part::default());
        }
        let last = self.document.parts.len() - 1;
        &mut self.document.parts[last]
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::new(self.number, start, end)
    }

    fn line(&mut self, start: usize, line: &str) {
        let level = line.chars().take_while(|sign| *sign == '#').count();
        let after = line.get(level..).unwrap_or("");
        if (1..=6).contains(&level) && (after.is_empty() || after.starts_with([' ', '\u{3000}'])) {
            self.end_paragraph();
            let text = after.trim();
            let begin = start + level + (after.len() - after.trim_start().len());
            let place = self.place(begin, begin + text.len());
            self.document.parts.push(Part {
                heading: Some(Heading {
                    level,
                    text: Text {
                        text: text.trim_end_matches('#').trim_end().to_owned(),
                        place,
                    },
                }),
                ..Part::default()
            });
            return;
        }
        let (quoted, text) = match line.strip_prefix(['>', '＞']) {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        if text.is_empty() || quoted != self.quoted {
            self.end_paragraph();
        }
        self.quoted = quoted;
        if !text.is_empty() {
            let begin =
                start + (line.len() - line.trim_start_matches(['>', '＞', ' ', '\u{3000}']).len());
            self.paragraph
                .push((if quoted { begin } else { start }, text.to_owned()));
        }
    }

    /// Joins the lines of a paragraph; between Chinese characters no space is needed.
    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        let (Some((start, _)), Some((last, line))) = (lines.first(), lines.last()) else {
            return;
        };
        let place = self.place(*start, *last + line.len());
        let mut text = String::new();
        for (_, line) in &lines {
            let spaced = text.chars().next_back().is_some_and(|sign| sign.is_ascii())
                && line.starts_with(|sign: char| sign.is_ascii());
            if spaced {
                text.push(' ');
            }
            text.push_str(line);
        }
        let paragraph = Text { text, place };
        let quoted = self.quoted;
        let part = self.part();
        match quoted {
            true => part.quotes.push(paragraph),
            false => part.gist.push(paragraph),
        }
    }

    fn comment(&mut self, lines: &mut Lines<'_>, start: usize) {
        self.end_paragraph();
        let rest = lines.text.get(start..).unwrap_or("");
        match rest.find("-->") {
            Some(length) => {
                let end = start + length + 3;
                let text = rest.get(4..length).unwrap_or("").trim().to_owned();
                let place = self.place(start, end);
                self.part().comments.push(Text { text, place });
                while lines.next < end {
                    if lines.next().is_none() {
                        break;
                    }
                }
            }
            None => {
                let place = self.place(start, start + 4);
                self.problems.push(
                    Diagnostic::error(Kind::Fence, place, "a comment has no end")
                        .label("everything from here on is comment")
                        .mend("close it with `-->`"),
                );
                lines.next = lines.text.len();
            }
        }
    }

    fn fence(
        &mut self,
        lines: &mut Lines<'_>,
        start: usize,
        line: &str,
        mark: char,
        length: usize,
    ) {
        self.end_paragraph();
        let line = line.trim_end();
        let place = self.place(start, start + line.len());
        let body_start = lines.next.min(lines.text.len());
        let mut body_end = None;
        let before = lines.next;
        let word = line.get(length..).unwrap_or("").split_whitespace().next();
        let is_ours = mark == '`' && length == 3 && word.and_then(BlockName::of).is_some();
        let mut swallowed = false;
        for (begin, line) in lines.by_ref() {
            let closes = opening(line.trim_start())
                .is_some_and(|(sign, count)| sign == mark && count >= length)
                && line.trim().chars().all(|sign| sign == mark);
            if closes {
                body_end = Some(begin);
                break;
            }
            if is_ours && begins_a_block(line) {
                swallowed = true;
                break;
            }
        }
        let info = line.get(length..).unwrap_or("");
        let info_start = start + length + (info.len() - info.trim_start().len());
        let Some(end) = body_end else {
            let mark = mark.to_string().repeat(length);
            self.problems.push(
                Diagnostic::error(Kind::Fence, place, "a block has no end")
                    .label("this fence is never closed")
                    .mend(format!("close it with a line of `{mark}`"))
                    .chinese(format!("这个块没有收尾：在块的最后一行下面加一行“{mark}”")),
            );
            if swallowed {
                // The rest is read as if the block had ended where its text stops.
                lines.next = before;
                let next = lines
                    .by_ref()
                    .find(|(_, line)| ends_a_block(line))
                    .map_or(before, |(begin, _)| begin);
                lines.next = next;
                let body = self.place(body_start, next);
                self.block(info.trim(), info_start, place, body);
            }
            return;
        };
        let body = self.place(body_start, end);
        self.block(info.trim(), info_start, place, body);
    }

    fn block(&mut self, info: &str, start: usize, place: Place, body: Place) {
        let word: String = info
            .chars()
            .take_while(|sign| !sign.is_whitespace())
            .collect();
        let rest = info.get(word.len()..).unwrap_or("");
        let id = rest.trim();
        let id_start = start + word.len() + (rest.len() - rest.trim_start().len());
        let id_place = match id.is_empty() {
            true => place,
            false => self.place(id_start, id_start + id.len()),
        };
        let Some(kind) = BlockName::of(&word) else {
            let meant = nearest(&word, BlockName::WORDS.iter().copied());
            let is_id = !id.is_empty() && is_id(&id.chars().map(fold).collect::<String>());
            if is_id || (meant.is_some() && !READER_LANGUAGES.contains(&word.as_str())) {
                let word_place = self.place(start, start + word.len());
                let problem = Diagnostic::error(
                    Kind::Fence,
                    word_place,
                    format!("`{word}` is not a kind of block"),
                );
                self.problems.push(match meant {
                    Some(meant) => problem
                        .mend(format!("did you mean `{meant}`?"))
                        .chinese(format!("没有 {word} 这种块，是不是要写 `{meant}`？")),
                    None => problem.mend(format!("choose one of {}", BlockName::WORDS.join(", "))),
                });
            }
            return;
        };
        let id: String = id.chars().map(fold).collect();
        if !is_id(&id) && kind != BlockName::Policy {
            let what = match id.is_empty() {
                true => format!("this `{word}` block has no id"),
                false => format!("`{id}` cannot be an id"),
            };
            self.problems.push(
                Diagnostic::error(Kind::Fence, id_place, what).mend(format!(
                    "write ```` ```{word} some_name ````: lower-case English letters, digits and `_`, a letter first"
                ))
                .chinese(format!("块的代号要用英文小写字母、数字和下划线，字母开头，写成“```{word} some_name”")),
            );
            return;
        }
        self.part().fences.push(Fence {
            kind,
            id: Text {
                text: id,
                place: id_place,
            },
            body,
            place,
        });
    }
}

/// Whether a line opens a block for the machine; no line of a block's body does.
fn begins_a_block(line: &str) -> bool {
    let line = line.trim();
    let word = line.trim_start_matches('`');
    line.len() - word.len() == 3
        && BlockName::of(word.split_whitespace().next().unwrap_or("")).is_some()
}

/// Whether a line cannot belong to a block that was left open: an empty one, a heading, a quote or
/// the start of another block.
fn ends_a_block(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with("##") || line.starts_with('>') || begins_a_block(line)
}

/// Languages of fences that are plainly for the reader.
const READER_LANGUAGES: [&str; 8] = ["", "text", "toml", "json", "sh", "bash", "rust", "mermaid"];

/// Whether a text can be an id: English snake_case.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_lowercase())
        && text
            .chars()
            .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
        && text.len() <= 64
}
