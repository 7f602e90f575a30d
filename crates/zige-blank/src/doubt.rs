//! What was found twice.

use std::collections::BTreeMap;

use crate::label::Label;
use crate::lexicon::Asked;
use crate::model::{Doubt, State};
use crate::plan::{Ask, Plan};
use crate::profile::{Kind, Profile};
use crate::words;

/// Doubts what was found twice: under a less fitting label, or again where nothing says that it is
/// asked of the same person.
pub(crate) fn doubt(plans: &mut [Plan], profile: &Profile) {
    let single = |plan: &Plan| match &plan.ask {
        Ask::Facts(asked, None) if asked.len() == 1 && !plan.text.is_empty() => {
            asked.first().copied()
        }
        _ => None,
    };
    let key = |plan: &Plan| Label::new(&plan.printed).key;
    // By table: what stands on a cover is asked again inside.
    let mut best: BTreeMap<(u16, usize), usize> = BTreeMap::new();
    for plan in plans.iter().filter(|plan| plan.state == State::Ready) {
        if let Some(asked) = single(plan) {
            let is_text = profile
                .facts
                .get(asked.fact)
                .is_some_and(|fact| fact.kind == Kind::Text);
            if is_text {
                let rank = best
                    .entry((plan.place.table, asked.fact))
                    .or_insert(asked.rank);
                *rank = (*rank).min(asked.rank);
            }
        }
    }
    let mut seen: Vec<(u16, Asked, String)> = Vec::new();
    let mut second_person: Option<u16> = None;
    // The row that asks again for a name, of a person whom it names.
    let mut second_row: Option<(u16, u16)> = None;
    for plan in plans.iter_mut() {
        let Some(asked) = single(plan) else {
            if second_person == Some(plan.place.table) && plan.neutral && plan.state == State::Ready
            {
                plan.state = State::Doubtful(Doubt::Repeated);
            }
            continue;
        };
        // 学员手机 names the person, which no other label does better.
        let names = words::of_whom(&key(plan)).is_some();
        let better = !names
            && best
                .get(&(plan.place.table, asked.fact))
                .is_some_and(|rank| *rank < asked.rank);
        let repeated = plan.place.table > 0
            && plan.neutral
            && seen.iter().any(|(table, known, name)| {
                *table == plan.place.table
                    && (known.fact, known.part) == (asked.fact, asked.part)
                    && *name == key(plan)
            });
        if repeated && key(plan) == "姓名" {
            second_person = Some(plan.place.table);
        }
        let is_name_again = plan.place.table > 0
            && key(plan) == "姓名"
            && seen
                .iter()
                .any(|(table, known, _)| *table == plan.place.table && known.fact == asked.fact);
        if is_name_again && !plan.neutral {
            second_row = Some((plan.place.table, plan.place.row));
        }
        let after = second_person == Some(plan.place.table) && plan.neutral
            || second_row == Some((plan.place.table, plan.place.row));
        if plan.state == State::Ready {
            plan.state = match (repeated || after, better) {
                (true, _) => State::Doubtful(Doubt::Repeated),
                (false, true) => State::Doubtful(Doubt::BetterLabel),
                (false, false) => State::Ready,
            };
        }
        seen.push((plan.place.table, asked, key(plan)));
    }
}
