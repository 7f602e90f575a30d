//! Labels in running text: `姓名：______`, and lines to write on without a label.

use std::ops::Range;

use crate::label::Label;
use crate::model::Place;
use crate::plan::{Holder, Spot};
use crate::recognise::Reader;
use crate::resolve::{Around, Meaning};
use crate::slots::{self, Slot};
use crate::words::{self, Whose};

/// A printed line that is shorter is no line to write on.
const SHORTEST_LINE: usize = 3;

impl Reader<'_, '_, '_> {
    /// Labels with a colon and room behind them; whether there was one.
    pub(crate) fn running(&mut self, holder: Holder, text: &[char], around: &Around) -> bool {
        let mut part = 0;
        let mut any = false;
        let mut spoken: Option<(Whose, String)> = None;
        let inlines = slots::inline(text);
        let mut before = String::new();
        for inline in &inlines {
            part += 1;
            let label = Label::new(&inline.label);
            let here = around.of(spoken.as_ref());
            let mut meaning = self.after_label(&before, &label, &here);
            before = match &meaning {
                Meaning::Facts(..) => label.key.clone(),
                _ => String::new(),
            };
            if let Some(whose) = self.speaks(&label) {
                spoken = Some(whose);
            }
            let is_certain = inline.room.len() >= 2 || inline.date.is_some();
            let is_known = !matches!(meaning, Meaning::Unknown | Meaning::Several);
            let is_note = matches!(
                label.key.as_str(),
                "说明" | "填表说明" | "注" | "备注" | "附件" | "要求"
            );
            if is_note || !(is_certain || is_known || inline.is_template) {
                continue;
            }
            any = true;
            if inline.is_template && matches!(meaning, Meaning::Facts(..)) {
                meaning = Meaning::Unfit;
            }
            let slot = match &inline.date {
                Some(date) => date.clone(),
                None if inline.is_template => Slot::Text,
                None if !inline.boxes.is_empty() => Slot::Digits(inline.boxes.clone()),
                None => Slot::Unit {
                    room: inline.room.clone(),
                    unit: inline.unit.clone(),
                },
            };
            let place = self.place_of(holder, part);
            let spot = Spot { holder, slot };
            let neutral = here.whose.is_none();
            self.push(place, &inline.label, meaning, spot, neutral, None);
        }
        for (label, room) in self.lines(holder, text, &inlines) {
            part += 1;
            any = true;
            let spot = Spot {
                holder,
                slot: Slot::Unit {
                    room,
                    unit: String::new(),
                },
            };
            self.push(
                self.place_of(holder, part),
                &label,
                Meaning::Unknown,
                spot,
                true,
                None,
            );
        }
        any
    }

    /// Whom a label in running text names, for those behind it: 填表人, and then 联系电话.
    pub(crate) fn speaks(&self, label: &Label) -> Option<(Whose, String)> {
        let key = label.key.as_str();
        if self.resolver.lexicon.find(None, key, None).is_some() {
            return None;
        }
        let whole = words::heading(key).map(|whose| (whose, key.to_owned()));
        whole.or_else(|| {
            let (whose, rest) = words::of_whom(key)?;
            Some((whose, key.strip_suffix(rest)?.to_owned()))
        })
    }

    fn place_of(&self, holder: Holder, part: usize) -> Place {
        match holder {
            Holder::Cell(table, cell) => {
                let known = self.form.tables.get(table);
                let cell = known.and_then(|table| table.cell(cell));
                let (row, column) = cell.map_or((0, 0), |cell| (cell.row, cell.column));
                Place::new(table + 1, row + 1, column + 1, part)
            }
            Holder::Paragraph(at) => Place::new(0, at + 1, 0, part),
        }
    }

    /// Printed lines to write on that belong to no label, with the words before each: what is asked there
    /// is not known, but it must not be forgotten.
    fn lines(
        &self,
        holder: Holder,
        text: &[char],
        inlines: &[slots::Inline],
    ) -> Vec<(String, Range<usize>)> {
        let underlined = self.form.underlined(holder);
        let is_line = |at: usize| {
            let under = underlined.get(at).copied().unwrap_or(false);
            text.get(at)
                .is_some_and(|c| matches!(c, '_' | '＿') || under && c.is_whitespace())
        };
        let mut lines = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let start = at;
            while at < text.len() && is_line(at) {
                at += 1;
            }
            if at - start < SHORTEST_LINE {
                at = at.max(start + 1);
                continue;
            }
            let is_of_label = inlines.iter().any(|inline| {
                let taken = inline.room.start..inline.end;
                taken.contains(&start) || inline.room.contains(&start)
            });
            let before = text.get(..start).unwrap_or_default();
            let words: Vec<char> = before
                .iter()
                .rev()
                .take_while(|c| !slots::is_room(**c) && !"，。；,;、：:".contains(**c))
                .take(8)
                .copied()
                .collect();
            let is_date = matches!(text.get(at), Some('年' | '月' | '日'));
            if !is_of_label && !is_date && !words.is_empty() {
                lines.push((words.into_iter().rev().collect(), start..at));
            }
        }
        lines
    }
}
