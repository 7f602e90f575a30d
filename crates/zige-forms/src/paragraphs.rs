//! The running text of a form, with answers in it.

use zige_core::pack::{FormParagraph, ParagraphStyle, Piece};

use crate::count;
use crate::entries::Entries;
use crate::filled::{FilledBlock, FilledParagraph, FilledPiece, Joint, written};
use crate::geometry::{LINE, NOTE_SPACE, PROSE_LINE, Paper, RIGHT_SPACE};
use crate::value::Setting;
use crate::xml;

/// What the first line of a paragraph is indented by.
const INDENT: &str = "　　";
/// The ends of sentences, after which a page may break.
const SENTENCE_ENDS: [char; 4] = ['。', '；', '！', '？'];

/// One part's paragraphs, filled; its title is their heading.
pub(crate) fn paragraphs(
    entries: &mut Entries<'_>,
    title: &str,
    text: &[FormParagraph],
) -> Vec<FilledBlock> {
    let mut blocks = Vec::new();
    if !title.is_empty() {
        blocks.push(FilledBlock::Paragraph(FilledParagraph {
            style: ParagraphStyle::Heading,
            pieces: vec![FilledPiece::Text(title.to_owned())],
            aside: Vec::new(),
            joint: None,
        }));
    }
    for paragraph in text {
        let filled = FilledParagraph {
            style: paragraph.style,
            pieces: pieces(entries, &paragraph.pieces),
            aside: pieces(entries, &paragraph.aside),
            joint: None,
        };
        if filled.style == ParagraphStyle::Ink {
            for half in [&filled.pieces, &filled.aside] {
                let caption = written(half);
                let what = caption.split(['：', ':']).next();
                entries.ink(what.unwrap_or_default());
            }
        }
        blocks.push(FilledBlock::Paragraph(filled));
    }
    blocks
}

/// Pieces with their values.
pub(crate) fn pieces(entries: &mut Entries<'_>, pieces: &[Piece]) -> Vec<FilledPiece> {
    let mut filled = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => filled.push(FilledPiece::Text(xml::clean(text))),
            Piece::Blank(room) => filled.push(FilledPiece::Blank(*room)),
            Piece::Value { slot, room } => {
                let value = entries.value(*slot, Setting::Text);
                filled.extend(value.map(|value| FilledPiece::Value { value, room: *room }));
            }
            Piece::Ticks(slot) => filled.extend(entries.ticks(*slot).map(FilledPiece::Ticks)),
        }
    }
    filled
}

/// The height of a paragraph, in twips.
pub(crate) fn height(paragraph: &FilledParagraph, paper: Paper) -> u32 {
    let lines = lines(paragraph, paper);
    match paragraph.style {
        ParagraphStyle::Note => lines.saturating_mul(LINE).saturating_add(NOTE_SPACE),
        _ => lines.saturating_mul(PROSE_LINE),
    }
}

fn lines(paragraph: &FilledParagraph, paper: Paper) -> u32 {
    let room = paper.prose_room();
    if let Some((value, least)) = paragraph.long_value() {
        return match value.text.as_str() {
            "" => u32::from(least.max(1)),
            text => lines_of(text, paragraph.joint, room),
        };
    }
    let text = written(&paragraph.pieces);
    if !paragraph.aside.is_empty() {
        let half = |text: &str| count::lines(text, room / 2);
        return half(&text).max(half(&written(&paragraph.aside)));
    }
    match paragraph.style {
        ParagraphStyle::Body => count::lines(&format!("{INDENT}{text}"), room),
        ParagraphStyle::Right | ParagraphStyle::Ink => {
            count::lines(&text, room.saturating_sub(RIGHT_SPACE * 1000))
        }
        ParagraphStyle::Flush | ParagraphStyle::Heading | ParagraphStyle::Centred => {
            count::lines(&text, room)
        }
        ParagraphStyle::Note => count::lines(&text, paper.note_room()),
    }
}

/// The lines of a long value, each of whose own lines is indented.
fn lines_of(text: &str, joint: Option<Joint>, room: u32) -> u32 {
    let own = text.split('\n').enumerate().map(|(position, line)| {
        let goes_on = position == 0 && joint == Some(Joint::Sentences);
        match goes_on {
            true => count::lines(line, room),
            false => count::lines(&format!("{INDENT}{line}"), room),
        }
    });
    own.sum()
}

/// Parts a long value so that what stays takes at most so many lines. `None` where it cannot be
/// parted well.
pub(crate) fn part(
    paragraph: &FilledParagraph,
    most_lines: u32,
    paper: Paper,
) -> Option<(FilledParagraph, FilledParagraph)> {
    let (value, _) = paragraph.long_value()?;
    let room = paper.prose_room();
    let fits = |end: usize| {
        let stays = value.text.get(..end)?;
        (lines_of(stays, paragraph.joint, room) <= most_lines).then_some(end)
    };
    let ends = value.text.char_indices().filter_map(|(start, character)| {
        let after = start.saturating_add(character.len_utf8());
        match character {
            '\n' => Some((start, after, Joint::Lines)),
            end if SENTENCE_ENDS.contains(&end) => {
                // A line that ends here as well is parted between the lines.
                let next = value.text.get(after..).and_then(|rest| rest.chars().next());
                (next.is_some_and(|next| next != '\n')).then_some((after, after, Joint::Sentences))
            }
            _ => None,
        }
    });
    let (end, start, joint) = ends
        .take_while(|(end, ..)| fits(*end).is_some())
        .last()
        .filter(|(end, ..)| *end > 0)?;
    let with = |text: &str, joint| {
        let mut part = paragraph.clone();
        for piece in &mut part.pieces {
            if let FilledPiece::Value { value, .. } = piece {
                text.clone_into(&mut value.text);
            }
        }
        part.joint = joint;
        part
    };
    let stays = with(value.text.get(..end)?, paragraph.joint);
    let goes = with(value.text.get(start..)?, Some(joint));
    Some((stays, goes))
}
