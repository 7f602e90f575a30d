//! Examples of the input for a fact.

use super::answer_input;
use crate::components::Example;
use crate::components::field::Surroundings;
use crate::sample;
use crate::session::Draft;
use zige_core::answers::Answer;

/// One for each type.
pub fn examples() -> Vec<Example> {
    let pack = sample::pack();
    [
        ("yes or no", "has_papers"),
        ("one of many places", "place"),
        ("an amount", "tuition"),
    ]
    .into_iter()
    .filter_map(|(name, id)| {
        let fact = pack.vocabulary.facts.get(sample::fact(&pack, id).index())?;
        let around = Surroundings {
            id: format!("example-answer-{id}"),
            label: fact.label.clone(),
            show_label: true,
            hint: fact.find.clone(),
            error: String::new(),
        };
        let draft = Draft::of(&pack, fact, &Answer::Absent);
        let noop = yew::Callback::noop();
        let html = answer_input(&pack, fact, &around, &draft, &[], &noop);
        Some(Example { name, html })
    })
    .collect()
}
