//! What a pack must keep beyond grammar and types.

mod answers;
mod exact;
mod examples;
mod gist;
mod headings;
mod reach;
mod thresholds;

use zige_core::ids::{NodeId, PointId};
use zige_core::pack::{Pack, Strength};

use crate::blocks::{PolicySource, Rule, VocabularySource};
use crate::compile::Lowered;
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::lower::Arena;
use crate::scope::Scope;
use crate::slice::Slice;
use crate::source::{File, Text};

/// A policy in all its stages.
pub(crate) struct Policy<'a> {
    pub(crate) file: &'a File,
    pub(crate) source: &'a PolicySource,
    pub(crate) vocabulary: &'a VocabularySource,
    pub(crate) scope: &'a Scope,
    pub(crate) arena: &'a Arena,
    pub(crate) lowered: &'a Lowered,
    pub(crate) derived_used: &'a [bool],
    pub(crate) slice: &'a Slice,
    pub(crate) pack: &'a Pack,
}

/// A rule with the id of its block.
struct OwnedRule {
    owner: String,
    place: Place,
    node: NodeId,
}

impl Policy<'_> {
    /// The id of a point; the policy's own come first.
    fn point_name(&self, point: PointId) -> Option<&str> {
        let points = self.source.points.iter().chain(&self.vocabulary.points);
        points
            .map(|known| known.id.text.as_str())
            .nth(point.index())
    }

    /// The rules of conditions, entitlements, routes and grades.
    fn rules(&self) -> Vec<OwnedRule> {
        let (source, lowered) = (self.source, self.lowered);
        let mut rules = Vec::new();
        let mut add = |id: &Text, rule: &Option<Rule>, node: &Option<NodeId>| {
            if let (Some(rule), Some(node)) = (rule, node) {
                rules.push(OwnedRule {
                    owner: id.text.clone(),
                    place: rule.place,
                    node: *node,
                });
            }
        };
        for (block, node) in source.conditions.iter().zip(&lowered.conditions) {
            add(&block.id, &block.rule, node);
        }
        for (block, node) in source.entitlements.iter().zip(&lowered.entitlements) {
            add(&block.id, &block.when, node);
        }
        for (block, nodes) in source.routes.iter().zip(&lowered.routes) {
            for (case, node) in block.cases.iter().zip(nodes) {
                add(&block.id, &case.when, node);
            }
        }
        for (block, nodes) in source.grades.iter().zip(&lowered.grades) {
            for ((_, when, _), node) in block.rows.iter().zip(nodes) {
                add(&block.id, when, node);
            }
        }
        rules
    }
}

/// Checks what can be checked even when some rules have mistakes.
pub(crate) fn lint_source(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    headings::lint(policy, problems);
    gist::lint(policy, problems);
    strengths(policy, problems);
}

/// Checks what needs rules without mistakes: reach, thresholds and examples.
pub(crate) fn lint_pack(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    reach::lint(policy, problems);
    // What follows would only repeat it.
    if !exact::lint(policy, problems) {
        return;
    }
    let before = problems.len();
    let examples = examples::lint(policy, problems);
    // An example with a mistake may be the one that is missing.
    let examples = (problems.len() == before).then_some(examples);
    thresholds::lint(policy, examples.as_deref(), problems);
}

/// A strength promises something about the rule's points.
fn strengths(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    for (condition, node) in policy
        .source
        .conditions
        .iter()
        .zip(&policy.lowered.conditions)
    {
        let Some(node) = node else { continue };
        let (_, points) = policy.arena.used(&[*node]);
        let place = condition.strength_place;
        match condition.strength {
            Strength::Hard if condition.strength_is_written && !points.is_empty() => {
                let names: Vec<String> = points
                    .iter()
                    .filter_map(|point| policy.point_name(*point))
                    .map(|name| format!("`{name}`"))
                    .collect();
                problems.push(
                    Diagnostic::error(
                        Kind::Strength,
                        place,
                        format!(
                            "condition `{}` is called `hard`, but its rule leaves something to an authority: {}",
                            condition.id.text,
                            names.join(", ")
                        ),
                    )
                    .mend("write `strength = \"in_principle\"` (原则上、一般) or `\"relaxable\"` (可适当放宽), or leave `strength` out when the text is merely unclear")
                    .chinese(format!(
                        "写了 hard，可是规则里有待认定的事项 {}（也可能是用到的 derived 里有的，如法定退休日期）：原文写了可以例外的，写 in_principle 或者 relaxable；原文没有写例外的，把 strength 这一行删掉",
                        names.join("、")
                    )),
                );
            }
            Strength::InPrinciple | Strength::Relaxable if points.is_empty() => problems.push(
                Diagnostic::error(
                    Kind::Strength,
                    place,
                    format!(
                        "condition `{}` has exceptions, but its rule uses no point",
                        condition.id.text
                    ),
                )
                .mend("add a `point` block for who decides the exception, and use it in the rule: `age(birth_date) <= 45 or special_case`")
                .chinese("写了可以例外，可是规则里没有用到 point：加一个 point，写谁说了算，再用到规则里；没有人要认定的，写 hard"),
            ),
            _ => {}
        }
    }
}
