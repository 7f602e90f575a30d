//! Whatever a person may say, and what a form then shows.

use proptest::prelude::*;
use zige_core::answers::{Answer, Answers, Records};
use zige_core::ids::FactId;
use zige_forms::FilledForm;

use crate::sample::{self, pack};

/// The values of a form, by tag, in order.
pub fn values(form: &FilledForm) -> Vec<(String, String)> {
    let values = form.values().into_iter();
    values.map(|value| (value.tag, value.text)).collect()
}

/// Texts as people paste them: Chinese, Latin, markup, control characters, all kinds of line end.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[一-龥，。a-zA-Z0-9 <>&\"'\n]{0,80}",
        1 => "\\PC{0,40}",
        1 => proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        1 => (1usize..6000).prop_map(|length| "很长的业绩".repeat(length / 5 + 1)),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Absent),
        Just(Answer::Unknown),
        (-40_000i64..60_000).prop_map(Answer::Value),
        text().prop_map(Answer::Text),
    ]
}

pub fn answers() -> impl Strategy<Value = Answers> {
    let row = proptest::collection::vec((8u16..11, answer()), 0..4);
    let records = (proptest::collection::vec(row, 0..40), any::<bool>());
    (
        proptest::collection::vec((0u16..14, answer()), 0..20),
        records,
    )
        .prop_map(|(said, (rows, complete))| {
            let pack = pack();
            let mut answers = Answers::new(&pack);
            for (fact, answer) in said {
                // What does not fit the fact is refused; the rest is a person's possible answer.
                let _refused = answers.set(&pack, FactId(fact), answer);
            }
            let rows = rows
                .into_iter()
                .map(|row| {
                    row.into_iter()
                        .map(|(fact, answer)| (FactId(fact), answer))
                        .collect()
                })
                .collect();
            let _refused = answers.set(
                &pack,
                sample::JOBS,
                Answer::Records(Records { rows, complete }),
            );
            answers
        })
}
