//! What to bring and where to go.

use crate::answers::{Answer, Answers};
use crate::pack::{FactRole, Pack};
use crate::report::{Material, NextStep};
use crate::verdict::{Class, Possible};

use super::{Evaluator, truth};

pub(super) fn materials(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Vec<Material> {
    let mut materials: Vec<Material> = Vec::new();
    for (id, _) in &evaluator.diagram.conditions {
        let Some(condition) = pack.conditions.get(id.index()) else {
            continue;
        };
        for fact in &condition.facts {
            let proves = pack
                .vocabulary
                .facts
                .get(fact.index())
                .is_some_and(|known| {
                    !known.proof.is_empty() && known.role != FactRole::Declaration
                });
            if !proves || matches!(answers.get(*fact), Answer::Absent) {
                continue;
            }
            match materials.iter_mut().find(|material| material.fact == *fact) {
                Some(material) => material.conditions.push(*id),
                None => materials.push(Material {
                    fact: *fact,
                    conditions: vec![*id],
                    copies: copies(evaluator, pack, *fact),
                }),
            }
        }
    }
    materials
}

fn copies(evaluator: &Evaluator, pack: &Pack, fact: crate::ids::FactId) -> Option<u8> {
    pack.forms
        .iter()
        .filter(|form| form.check == Some(evaluator.check))
        .flat_map(|form| &form.attachments)
        .find(|attachment| attachment.proves == Some(fact))
        .and_then(|attachment| attachment.copies)
}

pub(super) fn steps(evaluator: &Evaluator, pack: &Pack, answers: &Answers) -> Vec<NextStep> {
    let mut steps = Vec::new();
    for (index, route) in pack.routes.iter().enumerate() {
        if route.check != Some(evaluator.check) {
            continue;
        }
        let mut cases = Vec::new();
        for (case_index, case) in route.cases.iter().enumerate() {
            let possible = case.when.map_or(Possible::only(Class::Eligible), |rule| {
                truth(pack, rule, evaluator.on, answers)
            });
            if possible == Possible::only(Class::Ineligible) || possible.is_empty() {
                continue;
            }
            let certain = possible == Possible::only(Class::Eligible);
            cases.push((case_index, certain));
        }
        if !cases.is_empty() {
            steps.push(NextStep {
                route: index,
                cases,
            });
        }
    }
    steps
}
