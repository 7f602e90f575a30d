//! Answers out, so that they can be read again.

use zige_core::answers::Answers;
use zige_core::ids::{FactId, PointId};
use zige_core::pack::Pack;

use crate::to_json;
use crate::value::{ObjectJson, ValueJson, answer_value};

/// Answers as JSON, in the vocabulary's order: what
/// [`answers_from_json`](crate::answers_from_json) reads.
#[must_use]
pub fn answers_to_json(pack: &Pack, answers: &Answers) -> String {
    to_json(&answers_value(pack, answers))
}

pub(crate) fn answers_value(pack: &Pack, answers: &Answers) -> ObjectJson {
    let facts = (0..).map(FactId).zip(&pack.vocabulary.facts);
    let said = facts.filter_map(|(id, fact)| {
        Some((fact.id.clone(), answer_value(pack, fact, answers.get(id))?))
    });
    let points = (0..).map(PointId).zip(&pack.points);
    let decided = points.filter_map(|(id, point)| {
        let outcome = point.outcomes.get(usize::from(answers.outcome(id)?))?;
        Some((point.id.clone(), ValueJson::Text(outcome.clone())))
    });
    ObjectJson(said.chain(decided).collect())
}
