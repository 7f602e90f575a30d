//! Every threshold lies inside its range and has an example on each side.

use zige_core::answers::{Answers, range};
use zige_core::date::Date;
use zige_core::evaluator::truth;
use zige_core::ids::{FactId, NodeId};
use zige_core::pack::{FactKind, Node};
use zige_core::verdict::{Class, Possible};

use crate::diagnostics::{Diagnostic, Kind, Place};

use super::{OwnedRule, Policy};

/// An example's answers.
#[derive(Debug)]
pub(super) struct Tried {
    /// The block that it is about.
    pub(super) subject: String,
    pub(super) on: Date,
    pub(super) answers: Answers,
}

pub(super) fn lint(policy: &Policy<'_>, tried: Option<&[Tried]>, problems: &mut Vec<Diagnostic>) {
    let rules: Vec<(OwnedRule, Vec<NodeId>)> = policy
        .rules()
        .into_iter()
        .map(|rule| {
            let leaves = leaves(policy, rule.node);
            (rule, leaves)
        })
        .collect();
    let mut seen: Vec<(&str, NodeId)> = Vec::new();
    for (rule, leaves) in &rules {
        for leaf in leaves {
            let Some(place) = policy.arena.place(*leaf) else {
                continue;
            };
            // What has a name is tried once for all rules that use it.
            let (owner, owners) = match has_a_name(policy, place) {
                true => ("", users(&rules, *leaf)),
                false => (rule.owner.as_str(), vec![rule.owner.as_str()]),
            };
            if seen.contains(&(owner, *leaf)) {
                continue;
            }
            seen.push((owner, *leaf));
            if let (false, Some(tried)) = (outside(policy, *leaf, place, problems), tried) {
                sides(policy, rule, &owners, *leaf, place, tried, problems);
            }
        }
    }
}

/// Whether a comparison is written in a `derived` expression.
fn has_a_name(policy: &Policy<'_>, place: Place) -> bool {
    let own = policy.source.derived.iter();
    own.chain(&policy.vocabulary.derived).any(|derived| {
        let named = derived.rule.place;
        named.file == place.file && named.start <= place.start && place.end <= named.end
    })
}

/// The blocks whose rules use a comparison.
fn users(rules: &[(OwnedRule, Vec<NodeId>)], leaf: NodeId) -> Vec<&str> {
    rules
        .iter()
        .filter(|(_, leaves)| leaves.contains(&leaf))
        .map(|(rule, _)| rule.owner.as_str())
        .collect()
}

/// Comparisons with a date or number, and with an option of a scale.
fn leaves(policy: &Policy<'_>, rule: NodeId) -> Vec<NodeId> {
    let mut leaves = Vec::new();
    policy
        .arena
        .visit(&[rule], false, &mut |id| match policy.arena.node(id) {
            Node::AtLeast(..) if !policy.arena.depends(id).is_empty() => leaves.push(id),
            Node::OneOf(inner, bits) if is_step(policy, *inner, *bits) => leaves.push(id),
            _ => {}
        });
    leaves
}

/// Whether some options of a scale are all those from one on, or up to one.
fn is_step(policy: &Policy<'_>, value: NodeId, bits: u64) -> bool {
    let Node::Fact(fact) = policy.arena.node(value) else {
        return false;
    };
    let Some(choice) = policy
        .vocabulary
        .facts
        .get(fact.index())
        .and_then(|fact| match &fact.kind {
            crate::blocks::KindSource::Choice(of) => Some(&of.text),
            _ => None,
        })
        .and_then(|name| {
            policy
                .vocabulary
                .choices
                .iter()
                .find(|choice| choice.id.text == *name)
        })
    else {
        return false;
    };
    let every = 1_u64
        .checked_shl(u32::try_from(choice.options.len()).unwrap_or(64))
        .map_or(u64::MAX, |bit| bit.wrapping_sub(1));
    let from_below = bits & bits.wrapping_add(1) == 0;
    let others = every & !bits;
    let from_above = others & others.wrapping_add(1) == 0;
    choice.ordered && (from_below || from_above)
}

/// Reports a comparison that is always true or always false.
fn outside(
    policy: &Policy<'_>,
    leaf: NodeId,
    place: Place,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let Node::AtLeast(a, b) = *policy.arena.node(leaf) else {
        return false;
    };
    let (Some((a_low, a_high)), Some((b_low, b_high))) = (span(policy, a), span(policy, b)) else {
        return false;
    };
    let outcome = if a_low >= b_high {
        "always true"
    } else if a_high < b_low {
        "always false"
    } else {
        return false;
    };
    let value = match policy.arena.node(a) {
        Node::Constant(_) => b,
        _ => a,
    };
    let mut problem = Diagnostic::error(
        Kind::ThresholdRange,
        place,
        format!("this comparison is {outcome}"),
    );
    if let Node::Fact(fact) = policy.arena.node(value)
        && let Some(source) = policy.vocabulary.facts.get(fact.index())
        && let Some(text) = range_text(policy, *fact)
    {
        problem = problem.also(
            source.place,
            format!("`{}` ranges from {text}", source.id.text),
        );
    }
    problems.push(problem.mend("correct the threshold, or the `range` of the fact"));
    true
}

/// The smallest and the largest value that an expression can have, as far as it is plain.
fn span(policy: &Policy<'_>, node: NodeId) -> Option<(i64, i64)> {
    match policy.arena.node(node) {
        Node::Constant(value) => Some((*value, *value)),
        Node::Fact(fact) => {
            let fact = policy.slice.facts_of(&[*fact]).first().copied()?;
            let fact = policy.pack.vocabulary.facts.get(fact.index())?;
            range(policy.pack, &fact.kind)
        }
        // Nobody lives longer; nothing lasts longer.
        Node::YearsSince(_) | Node::YearsUntil(_) => Some((-150, 150)),
        Node::MonthsSince(_) | Node::MonthsUntil(_) => Some((-1800, 1800)),
        Node::Count { .. } => Some((0, 999)),
        Node::Add(a, b) => {
            let ((a_low, a_high), (b_low, b_high)) = (span(policy, *a)?, span(policy, *b)?);
            Some((a_low.checked_add(b_low)?, a_high.checked_add(b_high)?))
        }
        _ => None,
    }
}

fn range_text(policy: &Policy<'_>, fact: FactId) -> Option<String> {
    let fact = policy.slice.facts_of(&[fact]).first().copied()?;
    let fact = policy.pack.vocabulary.facts.get(fact.index())?;
    let (low, high) = range(policy.pack, &fact.kind)?;
    Some(match fact.kind {
        FactKind::Date { .. } => format!("{} to {}", Date::from_days(low), Date::from_days(high)),
        FactKind::Money { .. } => format!("¥{} to ¥{}", decimal(low, 2), decimal(high, 2)),
        FactKind::Number { scale, .. } => {
            format!("{} to {}", decimal(low, scale), decimal(high, scale))
        }
        _ => return None,
    })
}

/// A scaled number as people write it.
fn decimal(value: i64, places: u8) -> String {
    let factor = 10_i64.checked_pow(u32::from(places)).unwrap_or(1);
    match value % factor {
        0 => (value / factor).to_string(),
        part => format!(
            "{}.{:0width$}",
            value / factor,
            part.abs(),
            width = usize::from(places)
        ),
    }
}

/// Reports a threshold that no example tries from both sides.
fn sides(
    policy: &Policy<'_>,
    rule: &OwnedRule,
    owners: &[&str],
    leaf: NodeId,
    place: Place,
    tried: &[Tried],
    problems: &mut Vec<Diagnostic>,
) {
    let owner = rule.owner.as_str();
    let (mut yes, mut no) = (false, false);
    let node = policy.slice.node(Some(leaf));
    for example in tried
        .iter()
        .filter(|example| owners.iter().any(|owner| concerns(policy, example, owner)))
    {
        let possible = truth(policy.pack, node, example.on, &example.answers);
        yes |= possible == Possible::only(Class::Eligible);
        no |= possible == Possible::only(Class::Ineligible);
    }
    let (missing, chinese) = match (yes, no) {
        (true, true) => return,
        (false, false) => (
            "on either side of it",
            "这个界限的两边都还没有例子：要一个刚好够的，一个刚好不够的",
        ),
        (true, false) => (
            "on the side where it does not hold",
            "这个界限还缺一个例子：刚好不够的那一边",
        ),
        (false, true) => (
            "on the side where it holds",
            "这个界限还缺一个例子：刚好够的那一边",
        ),
    };
    let mut problem = Diagnostic::error(
        Kind::ThresholdExample,
        place,
        format!("no example of `{owner}` tries this threshold {missing}"),
    );
    // A comparison that stands in several rules has the place of the first.
    if place.file != rule.place.file || place.start < rule.place.start || place.end > rule.place.end
    {
        problem = problem.also(rule.place, "it is a part of this rule");
    }
    let subject = match policy.scope.get(owner).map(crate::scope::Named::word) {
        Some(word @ ("route" | "grade" | "entitlement")) => format!("{word} = \"{owner}\""),
        _ => "check = \"…\"".to_owned(),
    };
    let mut chinese = chinese.to_owned();
    chinese.push_str(
        &match policy.scope.get(owner).map(crate::scope::Named::word) {
            Some(word @ ("route" | "grade" | "entitlement")) => {
                format!("（例子里写 {word} = \"{owner}\"）")
            }
            _ => format!("（算的是 `{owner}`）"),
        },
    );
    problems.push(problem.mend(format!(
        "add an `example` block with `{subject}`, `on`, `expect` and `[answers]`, with a value right at the threshold and one just beyond it"
    )).chinese(chinese));
}

/// Whether an example is about the block, or about a check that requires it.
fn concerns(policy: &Policy<'_>, example: &Tried, owner: &str) -> bool {
    let condition = policy
        .pack
        .conditions
        .iter()
        .position(|condition| condition.id == owner);
    example.subject == owner
        || policy.pack.checks.iter().any(|check| {
            check.id == example.subject
                && check
                    .conditions
                    .iter()
                    .any(|id| Some(id.index()) == condition)
        })
}
