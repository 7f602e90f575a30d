//! Examples of the editor for lists.

use super::records_editor;
use crate::components::Example;
use crate::components::field::Surroundings;
use crate::sample;
use crate::session::{Draft, Edit};
use zige_core::answers::Answer;

/// With two records.
pub fn examples() -> Vec<Example> {
    let pack = sample::pack();
    let Some(list) = pack
        .vocabulary
        .facts
        .get(sample::fact(&pack, "jobs").index())
    else {
        return Vec::new();
    };
    let mut draft = Draft::of(&pack, list, &Answer::Absent);
    draft.apply(&pack, list, Edit::AddRow);
    draft.apply(&pack, list, Edit::AddRow);
    let around = Surroundings {
        id: "example-records".into(),
        label: "工作经历".into(),
        show_label: true,
        ..Surroundings::default()
    };
    match draft {
        Draft::Records(records) => vec![Example {
            name: "two records",
            html: records_editor(
                &pack,
                "工作经历",
                &around,
                &records,
                &[],
                &yew::Callback::noop(),
            ),
        }],
        _ => Vec::new(),
    }
}
