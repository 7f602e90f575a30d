//! Examples of the list of answers.

use super::{AnswerLine, answer_list};
use crate::components::Example;
use zige_core::ids::FactId;

/// With two answers.
pub fn examples() -> Vec<Example> {
    let line = |fact, id: &str, label: &str, answer: &str| AnswerLine {
        fact: FactId(fact),
        id: id.into(),
        label: label.into(),
        answer: answer.into(),
    };
    let lines = [
        line(0, "birth_date", "出生日期", "1985年3月7日"),
        line(1, "title_level", "职称等级", "不知道"),
    ];
    vec![Example {
        name: "two answers",
        html: answer_list(&lines, &yew::Callback::noop()),
    }]
}
