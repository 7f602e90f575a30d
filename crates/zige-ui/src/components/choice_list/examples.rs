//! Examples of the choice list.

use super::{Choice, choice_list};
use crate::components::Example;
use crate::components::field::Surroundings;

/// Its states.
pub fn examples() -> Vec<Example> {
    let around = |id: &str, error: &str| Surroundings {
        id: id.into(),
        label: "职称等级".into(),
        show_label: true,
        hint: String::new(),
        error: error.into(),
    };
    let noop = yew::Callback::noop();
    let short: Vec<Choice> = ["初级", "中级", "副高级"]
        .iter()
        .zip(0..)
        .map(|(label, value)| Choice {
            value,
            label: (*label).into(),
            hint: (if value == 1 {
                "如工程师、主治医师"
            } else {
                ""
            })
            .into(),
        })
        .collect();
    let long: Vec<Choice> = (0..20)
        .map(|value| Choice {
            value,
            label: format!("第{}镇", value + 1),
            hint: String::new(),
        })
        .collect();
    vec![
        Example {
            name: "one chosen",
            html: choice_list(&around("example-choice-1", ""), &short, Some(1), "", &noop),
        },
        Example {
            name: "nothing chosen",
            html: choice_list(
                &around("example-choice-2", "请先选一项"),
                &short,
                None,
                "",
                &noop,
            ),
        },
        Example {
            name: "long, narrowed",
            html: choice_list(&around("example-choice-3", ""), &long, None, "1", &noop),
        },
    ]
}
