//! Every form of every pack, filled.

use zige_core::date::Date;
use zige_core::pack::{FactKind, Form, Pack, Slot};
use zige_forms::{FilledForm, Filling, xlsx};

use crate::applicants::{Said, complete, sparse};

/// The hash that stands on papers made for tests.
pub const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// One filled form.
#[derive(Debug)]
pub struct Paper<'a> {
    /// Its pack.
    pub pack: &'a Pack,
    /// The form.
    pub form: &'a Form,
    /// `complete` or `sparse`.
    pub who: &'static str,
    /// The form with what that applicant has said.
    pub filled: FilledForm,
    said: Said,
}

impl Paper<'_> {
    /// A name for files: pack, form and applicant.
    #[must_use]
    pub fn name(&self) -> String {
        let programme = self.pack.id.split('-').next().unwrap_or_default();
        format!("{programme}.{}.{}", self.form.id, self.who)
    }

    /// Its lists as a workbook, if it has any.
    #[must_use]
    pub fn workbook(&self) -> Option<Vec<u8>> {
        let facts = &self.pack.vocabulary.facts;
        let has_lists = self.form.slots().into_iter().any(|slot| {
            let fact = match slot {
                Slot::Fact(fact) | Slot::Record { list: fact, .. } => facts.get(fact.index()),
                Slot::Field(_) => None,
            };
            fact.is_some_and(|fact| matches!(fact.kind, FactKind::Records { .. }))
        });
        has_lists.then(|| xlsx::write(&filling(self.pack, self.form, &self.said)))
    }
}

/// Every form that is laid out, from both applicants, in the order of the packs.
///
/// # Panics
/// When an applicant's answers do not fit.
#[must_use]
pub fn papers(packs: &[Pack]) -> Vec<Paper<'_>> {
    let mut papers = Vec::new();
    for pack in packs {
        for form in pack.forms.iter().filter(|form| !form.parts.is_empty()) {
            for (who, said) in [
                ("complete", complete(pack, form)),
                ("sparse", sparse(pack, form)),
            ] {
                papers.push(Paper {
                    pack,
                    form,
                    who,
                    filled: filling(pack, form, &said).fill(),
                    said,
                });
            }
        }
    }
    papers
}

fn filling<'a>(pack: &'a Pack, form: &'a Form, (answers, fields): &'a Said) -> Filling<'a> {
    Filling {
        pack,
        pack_hash: HASH,
        form,
        answers,
        fields,
        on: Date::parse("2026-11-21").expect("a day"),
    }
}
