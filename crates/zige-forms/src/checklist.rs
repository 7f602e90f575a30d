//! What is handed in, in the order of stapling: the form, what it asks for, what the check relied on.

use serde::{Deserialize, Serialize};
use zige_core::ids::FactId;
use zige_core::pack::{Form, Pack};

use crate::filled::{
    Content, FilledBlock, FilledCell, FilledPage, FilledPiece, FilledRow, FilledTable,
};
use crate::geometry::ROW_MILLIMETRES;
use crate::{grid, xml};

/// One paper to hand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistLine {
    /// What.
    pub name: String,
    /// How many copies; `None` when the text does not say.
    pub copies: Option<u8>,
    /// The facts that it proves, by their Chinese names; empty for the form itself.
    pub proves: Vec<String>,
    /// Whether the policy asks for it by name; else it proves what the check relied on.
    pub named: bool,
}

/// The papers that go with a form. `proofs` are the facts whose proof the verdict used, in its order
/// ([`Evaluator::materials`](zige_core::evaluator::Evaluator::materials)).
#[must_use]
pub fn lines(pack: &Pack, form: &Form, proofs: &[FactId]) -> Vec<ChecklistLine> {
    let label = |id: FactId| {
        let fact = pack.vocabulary.facts.get(id.index());
        fact.map_or_else(String::new, |fact| fact.label.clone())
    };
    let mut lines = vec![ChecklistLine {
        name: form.name.clone(),
        copies: form.copies,
        proves: Vec::new(),
        named: true,
    }];
    lines.extend(form.attachments.iter().map(|attachment| ChecklistLine {
        name: attachment.name.clone(),
        copies: attachment.copies,
        proves: attachment.proves.into_iter().map(label).collect(),
        named: true,
    }));
    for id in proofs {
        let covered = form
            .attachments
            .iter()
            .any(|attachment| attachment.proves == Some(*id));
        let Some(fact) = pack.vocabulary.facts.get(id.index()) else {
            continue;
        };
        if covered || fact.proof.is_empty() {
            continue;
        }
        match lines.iter_mut().find(|line| line.name == fact.proof) {
            Some(line) if line.proves.contains(&fact.label) => {}
            Some(line) => line.proves.push(fact.label.clone()),
            None => lines.push(ChecklistLine {
                name: fact.proof.clone(),
                copies: None,
                proves: vec![fact.label.clone()],
                named: false,
            }),
        }
    }
    lines
}

/// The checklist as a page of its own.
pub(crate) fn page(lines: &[ChecklistLine]) -> FilledPage {
    let widths = [2, 11, 3, 6, 2];
    let row = |texts: [String; 5], label: bool| FilledRow {
        height: grid::height_class(ROW_MILLIMETRES),
        keep: false,
        spare: false,
        head: false,
        cells: widths
            .iter()
            .zip(texts)
            .map(|(columns, text)| FilledCell {
                columns: *columns,
                rows: 1,
                content: match label {
                    true => Content::Label(text),
                    false => Content::Text(vec![FilledPiece::Text(xml::clean(&text))]),
                },
            })
            .collect(),
    };
    let head = ["序号", "材料", "份数", "证明什么", "齐了"].map(str::to_owned);
    let mut rows = vec![row(head, true)];
    rows.extend((1..).zip(lines).map(|(number, line)| {
        let copies = match line.copies {
            Some(copies) => format!("{copies}份"),
            None => "看通知".to_owned(),
        };
        let texts = [
            number.to_string(),
            line.name.clone(),
            copies,
            line.proves.join("、"),
            "□".to_owned(),
        ];
        row(texts, false)
    }));
    FilledPage {
        blocks: vec![FilledBlock::Table(FilledTable {
            title: "材料清单（按这个顺序装订）".to_owned(),
            rows,
        })],
        sheets: 1,
    }
}
