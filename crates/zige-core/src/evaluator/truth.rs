//! The truth of a single rule that is not part of a check: route cases, grade rows, benefits.

use crate::answers::Answers;
use crate::date::Date;
use crate::diagram::{Domains, build_rule};
use crate::ids::NodeId;
use crate::pack::Pack;
use crate::verdict::Possible;

use super::links;
use super::scope::Scope;

/// What a yes/no rule can come to for some answers: eligible where it holds, ineligible where it
/// does not, discretionary where it depends on an open point. Everything for a rule that cannot be
/// judged exactly, which the compiler refuses.
#[must_use]
pub fn truth(pack: &Pack, rule: NodeId, on: Date, answers: &Answers) -> Possible {
    let domains = Domains::of(pack, answers);
    let Ok(links) = links(pack, on) else {
        return Possible::ANY;
    };
    let Ok(diagram) = build_rule(pack, rule, on, &domains, &links) else {
        return Possible::ANY;
    };
    let mut scope = Scope::new(&diagram, &domains);
    scope.fill(pack, answers, &diagram, &links, &domains);
    scope.reach(&diagram, diagram.root)
}
