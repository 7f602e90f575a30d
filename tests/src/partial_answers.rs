//! What somebody may have said so far.

use zige_core::answers::{Answer, Answers, Records, range};
use zige_core::date::Date;
use zige_core::ids::{FactId, PointId};
use zige_core::pack::{FactKind, Pack};

use crate::draws::Draws;

/// How much of the facts is known, in a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knowledge {
    /// Answered; dates sometimes only to the month.
    pub known: usize,
    /// Asked, but the person does not know.
    pub unknown: usize,
    /// Points that have been decided.
    pub decided: usize,
}

/// Answers to the facts of a pack, drawn by some decisions. `values` are those to prefer for a fact:
/// both sides of its thresholds.
#[must_use]
pub fn draw_answers(
    pack: &Pack,
    values: &dyn Fn(FactId) -> Vec<i64>,
    knowledge: Knowledge,
    draws: &mut Draws,
) -> Answers {
    let mut answers = Answers::new(pack);
    for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
        let id = FactId(u16::try_from(position).expect("few facts"));
        if fact.record_of.is_some() {
            continue;
        }
        let answer = draw_answer(pack, id, values, knowledge, draws);
        answers
            .set(pack, id, answer)
            .expect("the answer fits the fact");
    }
    for (position, point) in pack.points.iter().enumerate() {
        if draws.chance(knowledge.decided) {
            let outcome = u16::try_from(draws.below(point.outcomes.len())).expect("few outcomes");
            let id = PointId(u16::try_from(position).expect("few points"));
            answers
                .set_outcome(pack, id, Some(outcome))
                .expect("one of its outcomes");
        }
    }
    answers
}

/// Answers of somebody who may well qualify: an answer after which nothing but `dashed` verdicts
/// remain is mostly drawn again.
#[must_use]
pub fn draw_promising_answers(
    pack: &Pack,
    values: &dyn Fn(FactId) -> Vec<i64>,
    knowledge: Knowledge,
    dashed: &dyn Fn(&Answers) -> bool,
    draws: &mut Draws,
) -> Answers {
    let drawn = draw_answers(pack, values, knowledge, draws);
    let mut answers = Answers::new(pack);
    for position in 0..pack.points.len() {
        let id = PointId(u16::try_from(position).expect("few points"));
        answers
            .set_outcome(pack, id, drawn.outcome(id))
            .expect("one of its outcomes");
    }
    for (position, fact) in pack.vocabulary.facts.iter().enumerate() {
        let id = FactId(u16::try_from(position).expect("few facts"));
        let mut answer = drawn.get(id).clone();
        for _ in 0..12 {
            if fact.record_of.is_some()
                || matches!(answer, Answer::Absent | Answer::Unknown | Answer::Text(_))
            {
                break;
            }
            let mut tried = answers.clone();
            tried
                .set(pack, id, answer.clone())
                .expect("the answer fits the fact");
            if !dashed(&tried) || draws.chance(1) {
                break;
            }
            let all_known = Knowledge {
                known: 100,
                ..knowledge
            };
            answer = draw_answer(pack, id, values, all_known, draws);
        }
        if fact.record_of.is_none() {
            answers
                .set(pack, id, answer)
                .expect("the answer fits the fact");
        }
    }
    answers
}

fn draw_answer(
    pack: &Pack,
    fact: FactId,
    values: &dyn Fn(FactId) -> Vec<i64>,
    knowledge: Knowledge,
    draws: &mut Draws,
) -> Answer {
    let drawn = draws.below(100);
    if drawn >= knowledge.known + knowledge.unknown {
        return Answer::Absent;
    }
    if drawn >= knowledge.known {
        return Answer::Unknown;
    }
    match &pack.vocabulary.facts[fact.index()].kind {
        FactKind::Text { .. } => Answer::Text("文字".to_owned()),
        FactKind::Records { fields, .. } => {
            let rows = (0..draws.below(3))
                .map(|_| {
                    let field = |field: &FactId| {
                        (*field, draw_answer(pack, *field, values, knowledge, draws))
                    };
                    fields.iter().map(field).collect()
                })
                .collect();
            Answer::Records(Records {
                rows,
                complete: draws.chance(60),
            })
        }
        FactKind::Date { .. } if draws.chance(20) => {
            let (year, month, _) = Date::from_days(draw_value(pack, fact, values, draws)).ymd();
            let (first, last) = Date::month(year, month).expect("the month of a day");
            Answer::Month { first, last }
        }
        _ => Answer::Value(draw_value(pack, fact, values, draws)),
    }
}

fn draw_value(
    pack: &Pack,
    fact: FactId,
    values: &dyn Fn(FactId) -> Vec<i64>,
    draws: &mut Draws,
) -> i64 {
    let near = values(fact);
    if near.is_empty() || draws.chance(30) {
        let (least, most) =
            range(pack, &pack.vocabulary.facts[fact.index()].kind).expect("a fact with values");
        draws.between(least, most)
    } else {
        *draws.one_of(&near)
    }
}
