//! Examples of the list of declarations.

use super::{Declaration, declaration_list};
use crate::components::Example;
use crate::sample;
use zige_core::answers::Answer;

/// One confirmed, one denied.
pub fn examples() -> Vec<Example> {
    let pack = sample::pack();
    let answers = [Answer::yes_no(true), Answer::yes_no(false)];
    let declarations: Vec<Declaration<'_>> = ["healthy", "honest"]
        .iter()
        .zip(&answers)
        .filter_map(|(id, answer)| {
            let id = sample::fact(&pack, id);
            let fact = pack.vocabulary.facts.get(id.index())?;
            Some(Declaration { id, fact, answer })
        })
        .collect();
    vec![Example {
        name: "one denied",
        html: declaration_list(&declarations, &yew::Callback::noop()),
    }]
}
