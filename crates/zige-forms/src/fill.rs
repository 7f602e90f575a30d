//! Puts answers into the cells of a form.

use std::collections::BTreeMap;

use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::evaluator::truth;
use zige_core::ids::FactId;
use zige_core::pack::{Cell, Fact, FactKind, FieldKind, Form, FormPart, FormRow, FormTable, Pack};
use zige_core::verdict::Class;

use crate::count::word_count;
use crate::data::FormData;
use crate::filled::{
    AttachmentLine, Content, FilledCell, FilledForm, FilledRow, FilledTable, Gap, Overlong,
    Provenance, Value, Why,
};
use crate::geometry::{ROW_MILLIMETRES, twips};
use crate::value::{self, Entry};
use crate::{checklist, exact, grid, paginate, xml};

/// The most lines that are printed of one list; what is beyond is reported, not printed.
const MOST_RECORDS: usize = 500;

/// A form and all that is put into it.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The pack that the form is of.
    pub pack: &'a Pack,
    /// The pack's SHA-256, in hexadecimal digits.
    pub pack_hash: &'a str,
    /// One of the pack's forms.
    pub form: &'a Form,
    /// The person's answers, for the same pack.
    pub answers: &'a Answers,
    /// What only this form asks, by field id; dates as `YYYY-MM-DD` or `YYYY-MM`.
    pub fields: &'a BTreeMap<String, String>,
    /// The day for which ages are counted.
    pub on: Date,
}

impl Filling<'_> {
    /// Fills the form. What is not answered stays empty and is listed; nothing is assumed.
    #[must_use]
    pub fn fill(&self) -> FilledForm {
        let mut cells = Cells {
            filling: self,
            gaps: Vec::new(),
            overlong: Vec::new(),
            by_hand: Vec::new(),
        };
        let tables = self
            .form
            .parts
            .iter()
            .map(|part| cells.table(part))
            .collect();
        let provenance = self.provenance();
        let pages = paginate::pages(tables, paginate::head(&self.form.name, &provenance.basis()));
        FilledForm {
            id: self.form.id.clone(),
            name: self.form.name.clone(),
            copies: self.form.copies,
            pages,
            gaps: cells.gaps,
            overlong: cells.overlong,
            by_hand: cells.by_hand,
            attachments: self.attachments(),
            chain: self.form.chain.clone(),
            due: self.form.due.clone(),
            remark: self.form.remark.clone(),
            provenance,
            exact: exact::of(self),
            complete_lists: exact::complete_lists(self),
            checklist: checklist::lines(self.pack, self.form, &[]),
            data: FormData::of(self),
            codes: Vec::new(),
            no_codes: String::new(),
        }
    }

    pub(crate) fn provenance(&self) -> Provenance {
        let article = self.pack.articles.get(self.form.article.index());
        Provenance {
            pack: self.pack.id.clone(),
            title: self.pack.title.clone(),
            article: article.map_or_else(String::new, |article| article.name.clone()),
            version: self.pack.version.clone(),
            hash: self.pack_hash.to_owned(),
            on: self.on,
        }
    }

    fn attachments(&self) -> Vec<AttachmentLine> {
        let line = |attachment: &zige_core::pack::Attachment| AttachmentLine {
            name: attachment.name.clone(),
            copies: attachment.copies,
            proves: attachment
                .proves
                .and_then(|fact| self.fact(fact))
                .map_or_else(String::new, |fact| fact.label.clone()),
        };
        self.form.attachments.iter().map(line).collect()
    }

    /// Whether a fact can apply to the person; for one that cannot, the person has said so.
    pub(crate) fn applies(&self, fact: &Fact) -> bool {
        match fact.guard.filter(|_| fact.record_of.is_none()) {
            Some(guard) => {
                let truth = truth(self.pack, guard, self.on, self.answers);
                truth.single() != Some(Class::Ineligible)
            }
            None => true,
        }
    }

    fn fact(&self, id: FactId) -> Option<&Fact> {
        self.pack.vocabulary.facts.get(id.index())
    }
}

struct Cells<'a> {
    filling: &'a Filling<'a>,
    gaps: Vec<Gap>,
    overlong: Vec<Overlong>,
    by_hand: Vec<String>,
}

impl Cells<'_> {
    fn table(&mut self, part: &FormPart) -> FilledTable {
        let mut rows: Vec<FilledRow> = part.rows.iter().flat_map(|row| self.rows(row)).collect();
        grid::widen(&mut rows);
        grid::join(&mut rows);
        set_texts(&mut rows);
        FilledTable {
            title: part.title.clone(),
            rows,
        }
    }

    /// One row of the layout: several on paper where it holds a list.
    fn rows(&mut self, row: &FormRow) -> Vec<FilledRow> {
        let mut label = String::new();
        let mut columns: Vec<Vec<FilledRow>> = Vec::new();
        for (width, cell) in &row.cells {
            let content = match cell {
                Cell::Table(table) => {
                    columns.push(self.records(table, *width));
                    continue;
                }
                Cell::Label(text) => {
                    label = xml::clean(text);
                    Content::Label(label.clone())
                }
                Cell::Fact(fact) => self.answer(*fact, &label),
                Cell::Field(field) => self.field(*field, &label),
                Cell::Ink(caption) => {
                    self.ink(caption, &label);
                    Content::Ink(xml::clean(caption))
                }
                Cell::Photo => {
                    self.by_hand("照片".to_owned());
                    Content::Photo
                }
                Cell::Continue => Content::Continued,
            };
            columns.push(vec![line(vec![single(*width, content)])]);
        }
        let count = columns.iter().map(Vec::len).max().unwrap_or(1);
        let height = match row.height {
            0 => ROW_MILLIMETRES,
            given => given,
        };
        let share = height.div_ceil(u16::try_from(count).unwrap_or(u16::MAX));
        let height = grid::height_class(if count > 1 {
            share.max(ROW_MILLIMETRES - 1)
        } else {
            share
        });
        (0..count)
            .map(|position| FilledRow {
                height,
                keep: position > 0,
                cells: columns
                    .iter()
                    .flat_map(|column| slice(column, position))
                    .collect(),
            })
            .collect()
    }

    fn answer(&mut self, id: FactId, label: &str) -> Content {
        let Some(fact) = self.filling.fact(id) else {
            return Content::Blank;
        };
        let answer = self.filling.answers.get(id);
        let name = fact.label.clone();
        self.value(
            fact,
            fact.id.clone(),
            name,
            answer,
            if label.is_empty() { &fact.label } else { label },
        )
    }

    fn value(
        &mut self,
        fact: &Fact,
        tag: String,
        name: String,
        answer: &Answer,
        label: &str,
    ) -> Content {
        let filling = self.filling;
        let entry = if filling.applies(fact) {
            value::entry(filling.pack, fact, answer, label, filling.on)
        } else {
            Entry::nothing()
        };
        if let FactKind::Text { limit, long } = fact.kind {
            self.measure(&tag, &name, &entry.text, limit, long);
        }
        self.content(tag, name, entry)
    }

    fn field(&mut self, position: u16, label: &str) -> Content {
        let Some(field) = self.filling.form.fields.get(usize::from(position)) else {
            return Content::Blank;
        };
        let text = self
            .filling
            .fields
            .get(&field.id)
            .map_or("", String::as_str);
        let label = if label.is_empty() {
            &field.label
        } else {
            label
        };
        let entry = match field.kind {
            FieldKind::Date => value::written_date(text, label, self.filling.on),
            FieldKind::Line(limit) | FieldKind::Lines(limit) => {
                let entry = value::written(text);
                let long = matches!(field.kind, FieldKind::Lines(_));
                self.measure(&field.id, &field.label, &entry.text, limit, long);
                entry
            }
        };
        self.content(field.id.clone(), field.label.clone(), entry)
    }

    fn content(&mut self, tag: String, label: String, entry: Entry) -> Content {
        if let Some(why) = entry.why {
            self.gap(&tag, &label, why);
        }
        shown(tag, label, entry.text)
    }

    /// The head of a list and its lines, at least as many as the layout asks for.
    fn records(&mut self, table: &FormTable, width: u8) -> Vec<FilledRow> {
        let Some(list) = self.filling.fact(table.records) else {
            return vec![line(vec![single(width, Content::Blank)])];
        };
        let facts: Vec<(FactId, &Fact)> = table
            .columns
            .iter()
            .filter_map(|(_, id)| Some((*id, self.filling.fact(*id)?)))
            .collect();
        let widths = grid::fit(table.columns.iter().map(|(width, _)| *width), width);
        let head = facts
            .iter()
            .map(|(_, fact)| Content::Label(fact.label.clone()));
        let mut lines = vec![line(cells(&widths, head))];

        let none = Records::default();
        let (records, why) = match self.filling.answers.get(table.records) {
            Answer::Records(given) if given.rows.is_empty() && !given.complete => {
                (given, Some(Why::NotAnswered))
            }
            Answer::Records(given) if !given.complete || given.rows.len() > MOST_RECORDS => {
                (given, Some(Why::MoreRecords))
            }
            Answer::Records(given) => (given, None),
            Answer::Unknown => (&none, Some(Why::NotKnown)),
            _ => (&none, Some(Why::NotAnswered)),
        };
        if let Some(why) = why {
            self.gap(&list.id, &list.label, why);
        }
        let printed = records.rows.len().min(MOST_RECORDS);
        for position in 0..printed.max(usize::from(table.least_rows)).max(1) {
            let number = position + 1;
            let contents: Vec<Content> = facts
                .iter()
                .map(|(id, fact)| {
                    let tag = format!("{}.{number}.{}", list.id, fact.id);
                    if position < printed {
                        let name = format!("{}第{number}条：{}", list.label, fact.label);
                        self.value(fact, tag, name, records.answer(position, *id), &fact.label)
                    } else {
                        shown(tag, fact.label.clone(), String::new())
                    }
                })
                .collect();
            lines.push(line(cells(&widths, contents)));
        }
        if let Some(first) = lines
            .get_mut(1)
            .filter(|_| records.rows.is_empty() && records.complete)
        {
            let nothing = shown(
                list.id.clone(),
                list.label.clone(),
                value::NOTHING.to_owned(),
            );
            *first = line(vec![single(width, nothing)]);
        }
        lines
    }

    fn ink(&mut self, caption: &str, label: &str) {
        let what = if label.is_empty() { caption } else { label };
        let what: String = what.split_whitespace().collect();
        self.by_hand(
            what.trim_end_matches([':', '：', '年', '月', '日'])
                .to_owned(),
        );
    }

    fn by_hand(&mut self, what: String) {
        if !what.is_empty() && !self.by_hand.contains(&what) {
            self.by_hand.push(what);
        }
    }

    fn gap(&mut self, tag: &str, label: &str, why: Why) {
        if self.gaps.iter().all(|gap| gap.tag != tag) {
            self.gaps.push(Gap {
                tag: tag.to_owned(),
                label: label.to_owned(),
                why,
            });
        }
    }

    fn measure(&mut self, tag: &str, label: &str, text: &str, limit: u16, long: bool) {
        let length = if long {
            word_count(text)
        } else {
            text.chars().count()
        };
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let known = self.overlong.iter().any(|overlong| overlong.tag == tag);
        if limit > 0 && length > u32::from(limit) && !known {
            self.overlong.push(Overlong {
                tag: tag.to_owned(),
                label: label.to_owned(),
                length,
                limit,
            });
        }
    }
}

fn shown(tag: String, label: String, text: String) -> Content {
    Content::Value(Value {
        tag,
        label,
        text,
        prose: false,
    })
}

fn line(cells: Vec<FilledCell>) -> FilledRow {
    FilledRow {
        height: 0,
        keep: false,
        cells,
    }
}

fn single(columns: u8, content: Content) -> FilledCell {
    FilledCell {
        columns,
        rows: 1,
        content,
    }
}

fn cells(widths: &[u8], contents: impl IntoIterator<Item = Content>) -> Vec<FilledCell> {
    let contents = contents
        .into_iter()
        .chain(std::iter::repeat(Content::Blank));
    widths
        .iter()
        .zip(contents)
        .map(|(width, content)| single(*width, content))
        .collect()
}

/// The cells that a column of a row has on its `position`th line: what is one line high goes on, a
/// list that has ended is blank.
fn slice(column: &[FilledRow], position: usize) -> Vec<FilledCell> {
    match (column.get(position), column) {
        (Some(row), _) => row.cells.clone(),
        (None, [row]) => {
            let go_on = |cell: &FilledCell| single(cell.columns, Content::Continued);
            row.cells.iter().map(go_on).collect()
        }
        (None, [row, ..]) => {
            let blank = |cell: &FilledCell| single(cell.columns, Content::Blank);
            row.cells.iter().map(blank).collect()
        }
        (None, []) => Vec::new(),
    }
}

/// Sets each text as its cell has room for it.
fn set_texts(rows: &mut [FilledRow]) {
    let heights: Vec<u32> = rows.iter().map(|row| twips(row.height)).collect();
    for (position, row) in rows.iter_mut().enumerate() {
        for cell in &mut row.cells {
            let covered = heights.iter().skip(position).take(usize::from(cell.rows));
            let height = covered.sum();
            match &mut cell.content {
                Content::Label(text) => *text = grid::set_label(text, cell.columns, height),
                Content::Ink(text) => *text = grid::set_caption(text, cell.columns, height),
                Content::Value(value) => set_value(value, cell.columns),
                Content::Text(_) | Content::Photo | Content::Continued | Content::Blank => {}
            }
        }
    }
}

/// Several lines in a wide cell read better from the left; a date is broken before its age.
fn set_value(value: &mut Value, columns: u8) {
    let wraps = grid::lines(&value.text, columns) > 1;
    value.prose = value.text.contains('\n') || wraps && columns >= 8;
    if let Some(broken) = grid::set_value(&value.text, columns).filter(|_| !value.prose) {
        value.text = broken;
    }
}
