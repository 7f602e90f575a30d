//! Puts a policy's forms together: names become facts and fields.

use zige_core::ids::{ChoiceId, FactId};
use zige_core::pack::{
    Attachment, Cell, ChoiceSet, ColumnWhat, FieldKind, Form, FormColumn, FormField, FormParagraph,
    FormPart, FormRow, FormTable, PartBody, Piece, Slot,
};

use crate::assemble::Assembler;
use crate::blocks::{
    BodySource, CellSource, ColumnSource, ColumnWhatSource, FieldKindSource, FieldSource,
    FormSource, KindSource, PartSource, PieceSource,
};
use crate::diagnostics::{Diagnostic, Kind};
use crate::scope::Named;
use crate::slice::Slice;
use crate::source::Text;
use crate::suggest::labelled;

impl Assembler<'_> {
    /// The facts that forms use, by their number in the vocabulary.
    pub(crate) fn form_facts(&self) -> Vec<FactId> {
        let mut names: Vec<&str> = Vec::new();
        for form in &self.source.forms {
            let proofs = form.attachments.iter();
            names.extend(
                proofs.filter_map(|attachment| Some(attachment.proves.as_ref()?.text.as_str())),
            );
            for part in &form.parts {
                names_in(part, &mut names);
            }
        }
        let words = names.iter().flat_map(|name| name.split('.'));
        words.filter_map(|name| self.known(name)).collect()
    }

    /// The forms, and the lists of options that only they have, which follow those of the slice.
    pub(crate) fn forms(&mut self, slice: &Slice) -> (Vec<Form>, Vec<ChoiceSet>) {
        let source = self.source;
        let mut own = Vec::new();
        let forms = source
            .forms
            .iter()
            .map(|form| {
                let fields = form
                    .fields
                    .iter()
                    .map(|field| self.field(form, field, slice, &mut own))
                    .collect();
                self.form(form, fields, slice)
            })
            .collect();
        (forms, own)
    }

    fn field(
        &self,
        form: &FormSource,
        field: &FieldSource,
        slice: &Slice,
        own: &mut Vec<ChoiceSet>,
    ) -> FormField {
        let kind = match &field.kind {
            FieldKindSource::Plain(kind) => kind.clone(),
            FieldKindSource::Choice(options) => {
                let position = slice.vocabulary.choices.len() + own.len();
                own.push(ChoiceSet {
                    id: format!("{}_{}", form.id.text, field.id),
                    label: field.label.clone(),
                    ordered: false,
                    options: options.clone(),
                    hints: vec![String::new(); options.len()],
                });
                FieldKind::Choice(ChoiceId(u16::try_from(position).unwrap_or(u16::MAX)))
            }
        };
        FormField {
            id: field.id.clone(),
            label: field.label.clone(),
            help: field.help.clone(),
            kind,
            aliases: field.aliases.clone(),
        }
    }

    fn form(&mut self, form: &FormSource, fields: Vec<FormField>, slice: &Slice) -> Form {
        let parts = form
            .parts
            .iter()
            .map(|part| FormPart {
                title: part.title.clone(),
                on_new_page: part.on_new_page,
                body: self.body(form, &part.body, slice),
            })
            .collect();
        Form {
            id: form.id.text.clone(),
            article: form.article,
            name: form.name.clone(),
            named: form.named,
            check: self.check_named(form.check.as_ref()),
            filled_by: form.filled_by.clone(),
            copies: form.copies,
            electronic: form.electronic,
            attachments: form
                .attachments
                .iter()
                .map(|attachment| Attachment {
                    name: attachment.name.clone(),
                    copies: attachment.copies,
                    proves: attachment
                        .proves
                        .as_ref()
                        .and_then(|fact| self.fact(fact, &fact.text, slice)),
                })
                .collect(),
            chain: form.chain.clone(),
            due: form.due.clone(),
            remark: form.remark.clone(),
            title: match form.title.as_str() {
                "" => form.name.clone(),
                title => title.to_owned(),
            },
            landscape: form.landscape,
            parts,
            fields,
        }
    }

    fn body(&mut self, form: &FormSource, body: &BodySource, slice: &Slice) -> PartBody {
        match body {
            BodySource::Rows(rows) => PartBody::Rows(
                rows.iter()
                    .map(|row| FormRow {
                        height: row.height,
                        cells: row
                            .cells
                            .iter()
                            .map(|(width, cell)| (*width, self.cell(form, cell, slice)))
                            .collect(),
                    })
                    .collect(),
            ),
            BodySource::Text(paragraphs) => PartBody::Text(
                paragraphs
                    .iter()
                    .map(|paragraph| FormParagraph {
                        style: paragraph.style,
                        pieces: self.pieces(form, &paragraph.pieces, slice),
                        aside: self.pieces(form, &paragraph.aside, slice),
                    })
                    .collect(),
            ),
        }
    }

    fn cell(&mut self, form: &FormSource, cell: &CellSource, slice: &Slice) -> Cell {
        match cell {
            CellSource::Label(text) => Cell::Label(text.clone()),
            CellSource::Ink(text) => Cell::Ink(text.clone()),
            CellSource::Photo => Cell::Photo,
            CellSource::Continue => Cell::Continue,
            CellSource::Text(pieces) => Cell::Text(self.pieces(form, pieces, slice)),
            CellSource::Value(name) => match self.slot(form, name, slice) {
                Some(slot) => Cell::Value(slot),
                None => Cell::Continue,
            },
            CellSource::Table {
                list,
                least_rows,
                columns,
            } => Cell::Table(FormTable {
                records: self.list(list, &list.text, slice).unwrap_or(FactId(0)),
                columns: columns
                    .iter()
                    .map(|column| self.column(list, column, slice))
                    .collect(),
                least_rows: *least_rows,
            }),
        }
    }

    fn column(&mut self, list: &Text, column: &ColumnSource, slice: &Slice) -> FormColumn {
        let what = match &column.what {
            ColumnWhatSource::Number => ColumnWhat::Number,
            ColumnWhatSource::Blank => ColumnWhat::Blank,
            ColumnWhatSource::Fact(fact) => {
                match self.fact_of(fact, &fact.text, &list.text, slice) {
                    Some(fact) => ColumnWhat::Fact(fact),
                    None => ColumnWhat::Blank,
                }
            }
        };
        let head = match (&what, column.head.as_str()) {
            (ColumnWhat::Number, "") => "序号",
            (_, head) => head,
        };
        FormColumn {
            width: column.width,
            head: head.to_owned(),
            what,
        }
    }

    fn pieces(&mut self, form: &FormSource, pieces: &[PieceSource], slice: &Slice) -> Vec<Piece> {
        let piece = |piece: &PieceSource| match piece {
            PieceSource::Text(text) => Some(Piece::Text(text.clone())),
            PieceSource::Blank(room) => Some(Piece::Blank(*room)),
            PieceSource::Value { name, room } => Some(Piece::Value {
                slot: self.slot(form, name, slice)?,
                room: *room,
            }),
            PieceSource::Ticks(name) => {
                let slot = self.slot(form, name, slice)?;
                self.has_options(form, name, slot)
                    .then_some(Piece::Ticks(slot))
            }
        };
        pieces.iter().filter_map(piece).collect()
    }

    /// `study_wish`, `full_name` or `trainees.2.trainee_name`.
    fn slot(&mut self, form: &FormSource, name: &Text, slice: &Slice) -> Option<Slot> {
        let field = form.fields.iter().position(|field| field.id == name.text);
        if let Some(field) = field.and_then(|field| u16::try_from(field).ok()) {
            return Some(Slot::Field(field));
        }
        let mut words = name.text.split('.');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some(list), Some(row), Some(fact), None) => match row.parse() {
                Ok(row @ 1..) => Some(Slot::Record {
                    list: self.list(name, list, slice)?,
                    row,
                    fact: self.fact_of(name, fact, list, slice)?,
                }),
                _ => self.bad_name(
                    name,
                    "name the list, the record from 1 and its fact: `trainees.2.trainee_name`",
                ),
            },
            (Some(fact), None, ..) => {
                let id = self.fact(name, fact, slice)?;
                let source = self
                    .known(fact)
                    .and_then(|fact| self.vocabulary.facts.get(fact.index()));
                match source.map(|fact| (&fact.record, &fact.kind)) {
                    Some((Some(list), _)) => {
                        let like = format!(
                            "it belongs to the records of `{0}`, write `{0}.1.{fact}` or a table of `{0}`",
                            list.text
                        );
                        self.bad_name(name, &like)
                    }
                    Some((None, KindSource::Records { .. })) => {
                        let like = format!(
                            "it is a list, write `@table {fact} …` or a fact of one record, `{fact}.1.…`"
                        );
                        self.bad_name(name, &like)
                    }
                    _ => Some(Slot::Fact(id)),
                }
            }
            _ => self.bad_name(
                name,
                "name a field of the form, a fact, or a record's fact: `trainees.2.trainee_name`",
            ),
        }
    }

    /// Only what has options can be ticked.
    fn has_options(&mut self, form: &FormSource, name: &Text, slot: Slot) -> bool {
        let has = match slot {
            Slot::Field(field) => matches!(
                form.fields.get(usize::from(field)).map(|field| &field.kind),
                Some(FieldKindSource::Choice(_))
            ),
            Slot::Fact(_) | Slot::Record { .. } => {
                let last = name.text.rsplit('.').next().unwrap_or_default();
                let fact = self
                    .known(last)
                    .and_then(|fact| self.vocabulary.facts.get(fact.index()));
                matches!(
                    fact.map(|fact| &fact.kind),
                    Some(KindSource::YesNo | KindSource::Choice(_))
                )
            }
        };
        if !has {
            self.bad_name::<()>(
                name,
                "only a choice and a yes/no have boxes to tick, write it without `□`",
            );
        }
        has
    }

    fn list(&mut self, place: &Text, name: &str, slice: &Slice) -> Option<FactId> {
        let id = self.fact(place, name, slice)?;
        let source = self
            .known(name)
            .and_then(|fact| self.vocabulary.facts.get(fact.index()));
        match source.map(|fact| &fact.kind) {
            Some(KindSource::Records { .. }) => Some(id),
            _ => {
                let like = format!("`{name}` is not a list of records");
                self.bad_name(place, &like)
            }
        }
    }

    fn fact_of(&mut self, place: &Text, name: &str, list: &str, slice: &Slice) -> Option<FactId> {
        let id = self.fact(place, name, slice)?;
        let source = self
            .known(name)
            .and_then(|fact| self.vocabulary.facts.get(fact.index()));
        match source.and_then(|fact| fact.record.as_ref()) {
            Some(record) if record.text == list => Some(id),
            _ => {
                let like = format!("`{name}` does not belong to the records of `{list}`");
                self.bad_name(place, &like)
            }
        }
    }

    fn known(&self, name: &str) -> Option<FactId> {
        match self.scope.get(name) {
            Some(Named::Fact(fact)) => Some(fact),
            _ => None,
        }
    }

    fn bad_name<T>(&mut self, name: &Text, mend: &str) -> Option<T> {
        self.problems.push(
            Diagnostic::error(
                Kind::FormPlace,
                name.place,
                format!("`{}` cannot stand here", name.text),
            )
            .mend(mend),
        );
        None
    }

    pub(crate) fn fact(&mut self, place: &Text, name: &str, slice: &Slice) -> Option<FactId> {
        match self.known(name) {
            Some(fact) => slice.facts_of(&[fact]).first().copied(),
            None => {
                let names: Vec<&str> = self
                    .vocabulary
                    .facts
                    .iter()
                    .map(|fact| fact.id.text.as_str())
                    .collect();
                let problem = Diagnostic::error(
                    Kind::UnknownName,
                    place.place,
                    format!("there is no fact or field `{name}`"),
                );
                let labels = self.vocabulary.facts.iter();
                let labels = labels.map(|fact| (fact.id.text.as_str(), fact.label.as_str()));
                self.problems.push(match labelled(name, labels) {
                    Some(id) => problem
                        .mend(format!("did you mean `{id}`?"))
                        .chinese(format!("这里要写问题的代号，不写它的名称：是不是 `{id}`？")),
                    None => {
                        let mut problem = problem.choose(name, names);
                        problem.chinese.push_str(
                            "；只有这张表才问的，要有自己的 [[field]]，代号写得和这里一样",
                        );
                        problem
                    }
                });
                None
            }
        }
    }
}

fn names_in<'a>(part: &'a PartSource, names: &mut Vec<&'a str>) {
    let in_pieces = |pieces: &'a [PieceSource], names: &mut Vec<&'a str>| {
        names.extend(pieces.iter().filter_map(|piece| match piece {
            PieceSource::Value { name, .. } | PieceSource::Ticks(name) => Some(name.text.as_str()),
            PieceSource::Text(_) | PieceSource::Blank(_) => None,
        }));
    };
    match &part.body {
        BodySource::Rows(rows) => {
            for (_, cell) in rows.iter().flat_map(|row| &row.cells) {
                match cell {
                    CellSource::Value(name) => names.push(&name.text),
                    CellSource::Text(pieces) => in_pieces(pieces, names),
                    CellSource::Table { list, columns, .. } => {
                        names.push(&list.text);
                        names.extend(columns.iter().filter_map(|column| match &column.what {
                            ColumnWhatSource::Fact(fact) => Some(fact.text.as_str()),
                            ColumnWhatSource::Number | ColumnWhatSource::Blank => None,
                        }));
                    }
                    _ => {}
                }
            }
        }
        BodySource::Text(paragraphs) => {
            for paragraph in paragraphs {
                in_pieces(&paragraph.pieces, names);
                in_pieces(&paragraph.aside, names);
            }
        }
    }
}
