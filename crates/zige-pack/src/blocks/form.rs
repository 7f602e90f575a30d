//! Forms: their papers, their layout and what only they ask.

use zige_core::ids::ArticleId;
use zige_core::pack::{FieldKind, ParagraphStyle};

use crate::diagnostics::{Diagnostic, Kind};
use crate::source::{Fence, Text, is_id};
use crate::table::{Table, Value, ValueWhat};

use super::Context;

/// `form`.
#[derive(Debug)]
pub(crate) struct FormSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) name: String,
    pub(crate) named: bool,
    pub(crate) check: Option<Text>,
    pub(crate) filled_by: String,
    pub(crate) copies: Option<u8>,
    pub(crate) electronic: bool,
    pub(crate) attachments: Vec<AttachmentSource>,
    pub(crate) chain: Vec<String>,
    pub(crate) due: String,
    pub(crate) remark: String,
    pub(crate) title: String,
    pub(crate) landscape: bool,
    pub(crate) parts: Vec<PartSource>,
    pub(crate) fields: Vec<FieldSource>,
}

/// Something attached to a form.
#[derive(Debug)]
pub(crate) struct AttachmentSource {
    pub(crate) name: String,
    pub(crate) copies: Option<u8>,
    pub(crate) proves: Option<Text>,
}

/// Something that only one form asks.
#[derive(Debug)]
pub(crate) struct FieldSource {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) help: String,
    pub(crate) kind: FieldKindSource,
    pub(crate) aliases: Vec<String>,
}

/// The type of a field.
#[derive(Debug)]
pub(crate) enum FieldKindSource {
    Plain(FieldKind),
    /// One of these options.
    Choice(Vec<String>),
}

/// A table of a form, or running text.
#[derive(Debug)]
pub(crate) struct PartSource {
    pub(crate) title: String,
    pub(crate) on_new_page: bool,
    pub(crate) body: BodySource,
}

/// What a part holds.
#[derive(Debug)]
pub(crate) enum BodySource {
    Rows(Vec<RowSource>),
    Text(Vec<ParagraphSource>),
}

/// A row of cells.
#[derive(Debug)]
pub(crate) struct RowSource {
    pub(crate) height: u16,
    pub(crate) cells: Vec<(u8, CellSource)>,
}

/// What stands in a cell.
#[derive(Debug)]
pub(crate) enum CellSource {
    Label(String),
    Value(Text),
    Text(Vec<PieceSource>),
    Ink(String),
    Photo,
    Continue,
    Table {
        list: Text,
        least_rows: u8,
        columns: Vec<ColumnSource>,
    },
}

/// A column of records.
#[derive(Debug)]
pub(crate) struct ColumnSource {
    pub(crate) width: u8,
    pub(crate) head: String,
    pub(crate) what: ColumnWhatSource,
}

/// What stands in a column.
#[derive(Debug)]
pub(crate) enum ColumnWhatSource {
    Number,
    Fact(Text),
    Blank,
}

/// A paragraph.
#[derive(Debug)]
pub(crate) struct ParagraphSource {
    pub(crate) style: ParagraphStyle,
    pub(crate) pieces: Vec<PieceSource>,
    pub(crate) aside: Vec<PieceSource>,
}

/// A piece of a paragraph.
#[derive(Debug)]
pub(crate) enum PieceSource {
    Text(String),
    Value { name: Text, room: u8 },
    Ticks(Text),
    Blank(u8),
}

impl Context<'_> {
    pub(super) fn form(&mut self, fence: &Fence, article: ArticleId) -> FormSource {
        let mut table = self.table(fence);
        let parts = table.tables("part", self.problems);
        let parts = parts.into_iter().map(|part| self.part(part)).collect();
        let problems = &mut *self.problems;
        let copies = copies(&mut table, problems);
        let form = FormSource {
            id: fence.id.clone(),
            article,
            name: table.text("name", problems).text,
            named: table.flag("named", problems),
            check: table.optional_text("check", problems),
            filled_by: table.text("filled_by", problems).text,
            copies,
            electronic: table.flag("electronic", problems),
            attachments: table
                .tables("attachments", problems)
                .into_iter()
                .map(|mut attachment| {
                    let read = AttachmentSource {
                        name: attachment.text("name", problems).text,
                        copies: self::copies(&mut attachment, problems),
                        proves: attachment.optional_text("proves", problems),
                    };
                    attachment.finish(problems);
                    read
                })
                .collect(),
            title: table.string("title", problems),
            landscape: table.flag("landscape", problems),
            chain: table
                .texts("chain", problems)
                .into_iter()
                .map(|step| step.text)
                .collect(),
            due: table.string("due", problems),
            remark: table.string("remark", problems),
            parts,
            fields: table
                .tables("field", problems)
                .into_iter()
                .map(|field| read_field(field, problems))
                .collect(),
        };
        table.finish(problems);
        form
    }

    fn part(&mut self, mut part: Table) -> PartSource {
        let title = part.string("title", self.problems);
        let on_new_page = part.flag("new_page", self.problems);
        let both = part.has("rows") && part.has("text");
        let rows = self.list_of(&mut part, "rows", "a list of rows", Context::row);
        let text = self.list_of(
            &mut part,
            "text",
            "a list of paragraphs",
            Context::paragraph,
        );
        if both {
            self.problems.push(
                Diagnostic::error(
                    Kind::FormLayout,
                    part.place,
                    "this part has both `rows` and `text`",
                )
                .mend("make it two parts, one under the other"),
            );
        }
        part.finish(self.problems);
        PartSource {
            title,
            on_new_page,
            body: match text {
                Some(paragraphs) => BodySource::Text(paragraphs),
                None => BodySource::Rows(rows.unwrap_or_default()),
            },
        }
    }

    fn list_of<T>(
        &mut self,
        part: &mut Table,
        key: &'static str,
        expected: &str,
        read: impl Fn(&mut Self, &Table, Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        match part.value(key)? {
            Value {
                what: ValueWhat::List(items),
                ..
            } => Some(
                items
                    .into_iter()
                    .filter_map(|item| read(self, part, item))
                    .collect(),
            ),
            value => {
                part.wrong(key, &value, expected, self.problems);
                None
            }
        }
    }
}

fn copies(table: &mut Table, problems: &mut Vec<Diagnostic>) -> Option<u8> {
    table
        .integer("copies", 1..=99, problems)
        .and_then(|copies| u8::try_from(copies).ok())
}

#[derive(Clone, Copy)]
enum FieldWord {
    Line,
    Lines,
    Date,
    Choice,
    Number,
}

fn read_field(mut field: Table, problems: &mut Vec<Diagnostic>) -> FieldSource {
    let id = field.text("id", problems);
    if !is_id(&id.text) && !id.text.is_empty() {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                id.place,
                format!("`{}` cannot be an id", id.text),
            )
            .mend("use lower-case English letters, digits and `_`, a letter first"),
        );
    }
    let label = field.text("label", problems).text;
    let help = field.string("help", problems);
    let words = [
        ("line", FieldWord::Line),
        ("lines", FieldWord::Lines),
        ("date", FieldWord::Date),
        ("choice", FieldWord::Choice),
        ("number", FieldWord::Number),
    ];
    let word = field.one_of("kind", &words, problems);
    let kind = match word {
        Some(FieldWord::Choice) => FieldKindSource::Choice(options(&mut field, problems)),
        word => FieldKindSource::Plain(plain(word, &mut field, problems)),
    };
    let aliases = field.texts("aliases", problems);
    field.finish(problems);
    FieldSource {
        id: id.text,
        label,
        help,
        kind,
        aliases: aliases.into_iter().map(|alias| alias.text).collect(),
    }
}

fn plain(word: Option<FieldWord>, field: &mut Table, problems: &mut Vec<Diagnostic>) -> FieldKind {
    match word {
        None | Some(FieldWord::Line | FieldWord::Choice) => FieldKind::Line(limit(field, problems)),
        Some(FieldWord::Lines) => FieldKind::Lines(limit(field, problems)),
        Some(FieldWord::Date) => FieldKind::Date,
        Some(FieldWord::Number) => FieldKind::Number {
            max: u32::try_from(field.required_integer("max", 1..=1_000_000_000, problems))
                .unwrap_or(1),
            scale: field
                .integer("places", 0..=4, problems)
                .and_then(|places| u8::try_from(places).ok())
                .unwrap_or(0),
            unit: field.string("unit", problems),
        },
    }
}

fn limit(field: &mut Table, problems: &mut Vec<Diagnostic>) -> u16 {
    field
        .integer("limit", 0..=10_000, problems)
        .and_then(|limit| u16::try_from(limit).ok())
        .unwrap_or(0)
}

fn options(field: &mut Table, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let options = field.texts("options", problems);
    if options.len() < 2 {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                field.place_of("options"),
                "a field of kind `choice` needs at least two options",
            )
            .mend("list them: `options = [\"同意\", \"不同意\"]`"),
        );
    }
    options.into_iter().map(|option| option.text).collect()
}
