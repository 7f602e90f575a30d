//! Puts answers into the places of a form.

use std::collections::BTreeMap;

use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::truth;
use zige_core::ids::FactId;
use zige_core::pack::{Fact, Form, Pack, PartBody};
use zige_core::verdict::Class;

use crate::data::FormData;
use crate::entries::Entries;
use crate::filled::{AttachmentLine, FilledBlock, FilledForm, Provenance};
use crate::geometry::Paper;
use crate::paginate::{self, Laid};
use crate::{checklist, exact, paragraphs, tables};

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
        let mut entries = Entries::new(self);
        let paper = match self.form.landscape {
            true => Paper::Landscape,
            false => Paper::Portrait,
        };
        let mut laid = Vec::new();
        for part in &self.form.parts {
            let blocks = match &part.body {
                PartBody::Rows(rows) => {
                    let table = tables::table(&mut entries, &part.title, rows, paper);
                    vec![FilledBlock::Table(table)]
                }
                PartBody::Text(text) => paragraphs::paragraphs(&mut entries, &part.title, text),
            };
            let mut on_new_page = part.on_new_page;
            for block in blocks {
                laid.push(Laid { on_new_page, block });
                on_new_page = false;
            }
        }
        let provenance = self.provenance();
        let head = paginate::head(&self.form.title, &provenance.basis(), paper);
        FilledForm {
            id: self.form.id.clone(),
            name: self.form.name.clone(),
            title: self.form.title.clone(),
            paper,
            copies: self.form.copies,
            pages: paginate::pages(laid, head, paper),
            gaps: entries.gaps,
            overlong: entries.overlong,
            by_hand: entries.by_hand,
            attachments: self.attachments(),
            chain: self.form.chain.clone(),
            due: self.form.due.clone(),
            remark: self.form.remark.clone(),
            provenance,
            exact: exact::of(self),
            complete_lists: exact::complete_lists(self),
            checklist: checklist::lines(self.pack, self.form, &[]),
            checklist_page: None,
            data: FormData::of(self),
            codes: Vec::new(),
            no_codes: String::new(),
        }
    }

    pub(crate) fn provenance(&self) -> Provenance {
        let article = self.pack.articles.get(self.form.article.index());
        Provenance {
            short: self.pack.short.clone(),
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

    pub(crate) fn fact(&self, id: FactId) -> Option<&Fact> {
        self.pack.vocabulary.facts.get(id.index())
    }
}
