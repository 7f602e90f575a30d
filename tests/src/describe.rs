//! Packs and answers in a few lines, for the message of a failed comparison.

use std::fmt::Write;

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::ids::{FactId, NodeId, PointId};
use zige_core::pack::{FactKind, Node, Pack};

/// The rules of a pack, the answers and the day.
#[must_use]
pub fn describe(pack: &Pack, on: Date, answers: &Answers) -> String {
    let mut text = format!("on {on}\n");
    for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
        let id = FactId(u16::try_from(position).expect("few facts"));
        let kind = match &fact.kind {
            FactKind::Date { min, max } => format!(
                "date {} to {}",
                Date::from_days(*min),
                Date::from_days(*max)
            ),
            kind => format!("{kind:?}"),
        };
        let answer = match answers.get(id) {
            Answer::Value(day) if matches!(fact.kind, FactKind::Date { .. }) => {
                Date::from_days(*day).to_string()
            }
            Answer::Month { first, last } => format!("{first} to {last}"),
            answer => format!("{answer:?}"),
        };
        let _ = writeln!(text, "  {}: {kind} = {answer}", fact.id);
    }
    for (position, point) in pack.points.iter().enumerate() {
        let id = PointId(u16::try_from(position).expect("few points"));
        let _ = writeln!(
            text,
            "  {}: {} outcomes = {:?}",
            point.id,
            point.outcomes.len(),
            answers.outcome(id)
        );
    }
    for constraint in &pack.constraints {
        let _ = writeln!(text, "  constraint {}", rule(pack, constraint.rule));
    }
    for (position, condition) in pack.conditions.iter().enumerate() {
        let _ = writeln!(
            text,
            "  condition {position}: {}",
            rule(pack, condition.rule)
        );
    }
    for check in &pack.checks {
        let _ = writeln!(text, "  {} requires {:?}", check.id, check.require);
    }
    text
}

fn rule(pack: &Pack, node: NodeId) -> String {
    let inner = |node: &NodeId| rule(pack, *node);
    let all = |nodes: &[NodeId], word: &str| {
        format!(
            "({})",
            nodes.iter().map(inner).collect::<Vec<_>>().join(word)
        )
    };
    match &pack.nodes[node.index()] {
        Node::Constant(value) => value.to_string(),
        Node::Today => "today".to_owned(),
        Node::Option(_, position) => format!("option {position}"),
        Node::Fact(fact) => pack.vocabulary.facts[fact.index()].id.clone(),
        Node::Point(point) => pack.points[point.index()].id.clone(),
        Node::Not(a) => format!("not {}", inner(a)),
        Node::All(parts) => all(parts, " and "),
        Node::Any(parts) => all(parts, " or "),
        Node::AtLeast(a, b) => format!("{} >= {}", inner(a), inner(b)),
        Node::OneOf(a, set) => format!("{} in {set:#b}", inner(a)),
        Node::If(a, b, c) => format!("(if {} then {} else {})", inner(a), inner(b), inner(c)),
        Node::Add(a, b) => format!("({} + {})", inner(a), inner(b)),
        Node::YearsSince(a) => format!("years_since({})", inner(a)),
        Node::MonthsSince(a) => format!("months_since({})", inner(a)),
        Node::YearsUntil(a) => format!("years_until({})", inner(a)),
        Node::MonthsUntil(a) => format!("months_until({})", inner(a)),
        Node::AddMonths(a, months) => format!("add_months({}, {months})", inner(a)),
        Node::Schedule { row, born, .. } => format!("schedule({row}, {})", inner(born)),
        Node::Count { records, filter } => {
            format!(
                "count({}, {})",
                pack.vocabulary.facts[records.index()].id,
                inner(filter)
            )
        }
    }
}
