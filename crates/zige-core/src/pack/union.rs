//! All that several packs ask, as one.

use super::{ChoiceSet, Fact, FactKind, Interval, Pack, Programme, Vocabulary};
use crate::ids::{ChoiceId, FactId};

/// A pack with the facts, points and names of all packs, each once, and nothing else: what answers
/// that span packs are read by. Facts have no guards there, and lists the fields that any pack
/// gives them.
#[must_use]
pub fn union(packs: &[&Pack]) -> Pack {
    let mut all = empty();
    for pack in packs {
        let vocabulary = &pack.vocabulary;
        let places: Vec<FactId> = vocabulary
            .facts
            .iter()
            .map(|fact| place(&mut all, pack, fact))
            .collect();
        let of = |id: &FactId| places.get(id.index()).copied();
        for (fact, at) in vocabulary.facts.iter().zip(&places) {
            let Some(known) = all.vocabulary.facts.get_mut(at.index()) else {
                continue;
            };
            known.record_of = known.record_of.or(fact.record_of.as_ref().and_then(of));
            if let (FactKind::Records { fields, .. }, FactKind::Records { fields: own, .. }) =
                (&mut known.kind, &fact.kind)
            {
                for field in own.iter().filter_map(of) {
                    if !fields.contains(&field) {
                        fields.push(field);
                    }
                }
            }
        }
        for (fact, names) in &pack.aliases {
            let fact = of(fact).filter(|fact| all.aliases.iter().all(|(known, _)| known != fact));
            all.aliases.extend(fact.map(|fact| (fact, names.clone())));
        }
        for point in &pack.points {
            if all.points.iter().all(|known| known.id != point.id) {
                let mut point = point.clone();
                point.article = None;
                all.points.push(point);
            }
        }
    }
    all
}

/// Where the fact is; a new one is added with empty fields.
fn place(all: &mut Pack, pack: &Pack, fact: &Fact) -> FactId {
    let facts = &all.vocabulary.facts;
    if let Some(at) = facts.iter().position(|known| known.id == fact.id) {
        return FactId(number(at));
    }
    let mut fact = fact.clone();
    fact.guard = None;
    fact.record_of = None;
    fact.section = 0;
    match &mut fact.kind {
        FactKind::Records { fields, .. } => fields.clear(),
        FactKind::Choice(choice) => {
            if let Some(set) = pack.vocabulary.choices.get(choice.index()) {
                *choice = choice_place(&mut all.vocabulary.choices, set);
            }
        }
        FactKind::YesNo
        | FactKind::Number { .. }
        | FactKind::Money { .. }
        | FactKind::Date { .. }
        | FactKind::Text { .. } => {}
    }
    all.vocabulary.facts.push(fact);
    FactId(number(all.vocabulary.facts.len() - 1))
}

fn choice_place(choices: &mut Vec<ChoiceSet>, set: &ChoiceSet) -> ChoiceId {
    let known = choices.iter().position(|known| known == set);
    let at = known.unwrap_or_else(|| {
        choices.push(set.clone());
        choices.len() - 1
    });
    ChoiceId(number(at))
}

fn number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn empty() -> Pack {
    let unknown = Interval {
        from: None,
        to: None,
    };
    Pack {
        id: String::new(),
        title: String::new(),
        short: String::new(),
        summary: String::new(),
        issuer: String::new(),
        region: String::new(),
        version: String::new(),
        programme: Programme {
            draft: false,
            force: unknown,
            applications: unknown,
            replaced: None,
            article: None,
            remark: String::new(),
        },
        vocabulary: Vocabulary {
            choices: Vec::new(),
            sections: Vec::new(),
            facts: Vec::new(),
            schedules: Vec::new(),
        },
        nodes: Vec::new(),
        spans: Vec::new(),
        constraints: Vec::new(),
        points: Vec::new(),
        conditions: Vec::new(),
        checks: Vec::new(),
        entitlements: Vec::new(),
        routes: Vec::new(),
        grades: Vec::new(),
        obligations: Vec::new(),
        deadlines: Vec::new(),
        forms: Vec::new(),
        notes: Vec::new(),
        articles: Vec::new(),
        aliases: Vec::new(),
    }
}
