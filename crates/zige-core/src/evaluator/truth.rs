//! The truth of a single rule that is not part of a check: route cases, grade rows, benefits,
//! and the filter of a count on one record.

use crate::answers::{Answer, Answers, Records};
use crate::date::Date;
use crate::diagram::{Arena, Diagram, Domains, Key, Ref, Subject, build_rule, classes};
use crate::ids::NodeId;
use crate::pack::Pack;
use crate::verdict::Possible;

use super::restriction::Restriction;

/// What a yes/no rule can come to for some answers: eligible where it holds, ineligible where it
/// does not, discretionary where it depends on an open point.
#[must_use]
pub fn truth(pack: &Pack, rule: NodeId, on: Date, answers: &Answers) -> Possible {
    let domains = Domains::of(pack, answers);
    let diagram = build_rule(pack, rule, on, &domains);
    let mut restriction = Restriction::new(&diagram.variables);
    restriction.fill(pack, on, answers, &domains, &diagram.variables);
    let mut masks = vec![super::UNSEEN; diagram.arena.len()];
    super::mask(&diagram, diagram.root, &restriction, &mut masks)
}

/// The same for one record of a list.
pub(super) fn truth_of_record(
    pack: &Pack,
    filter: NodeId,
    on: Date,
    answers: &Answers,
    list: &Records,
    row: usize,
) -> Possible {
    let mut domains = Domains::of(pack, answers);
    if let Some(row) = list.rows.get(row) {
        for (fact, answer) in row {
            domains.restrict_one(*fact, answer);
        }
    }
    let diagram = build_rule(pack, filter, on, &domains);
    reach(&diagram, diagram.root, answers)
}

/// Whether each fact of a record still matters to a filter: the facts that its diagram branches on.
pub(super) fn open_record_facts(
    pack: &Pack,
    filter: NodeId,
    on: Date,
    answers: &Answers,
    list: &Records,
    row: usize,
) -> Vec<crate::ids::FactId> {
    let mut domains = Domains::of(pack, answers);
    if let Some(row) = list.rows.get(row) {
        for (fact, answer) in row {
            domains.restrict_one(*fact, answer);
        }
    }
    let diagram = build_rule(pack, filter, on, &domains);
    diagram
        .variables
        .iter()
        .enumerate()
        .filter(|(index, _)| branches_on(&diagram.arena, diagram.root, *index))
        .filter_map(|(_, variable)| match variable.subject {
            Subject::Fact(fact) if *list.answer(row, fact) != Answer::Unknown => Some(fact),
            _ => None,
        })
        .collect()
}

fn branches_on(arena: &Arena, node: Ref, wanted: usize) -> bool {
    match arena.key(node) {
        Key::Value(_) => false,
        Key::Branch { variable, children } => {
            usize::from(*variable) == wanted
                || children
                    .iter()
                    .any(|child| branches_on(arena, *child, wanted))
        }
    }
}

fn reach(diagram: &Diagram, node: Ref, answers: &Answers) -> Possible {
    match diagram.arena.key(node) {
        Key::Value(value) => classes(*value),
        Key::Branch { variable, children } => {
            let subject = diagram
                .variables
                .get(usize::from(*variable))
                .map(|variable| variable.subject);
            let left = match subject {
                Some(Subject::Point(point)) => {
                    let cell = answers
                        .outcome(point)
                        .map_or(0, |outcome| usize::from(outcome).saturating_add(1));
                    children.get(cell..=cell).unwrap_or(&[])
                }
                _ => children,
            };
            left.iter().fold(Possible::NONE, |union, child| {
                union.union(reach(diagram, *child, answers))
            })
        }
    }
}
