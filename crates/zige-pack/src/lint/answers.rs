//! The answers of an example.

use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::ids::{FactId, PointId};
use zige_core::pack::{Fact, FactKind, Pack};

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::squeeze;
use crate::source::Text;
use crate::suggest::choose;
use crate::table::{Value, ValueWhat};

/// Puts an example's answers over those that it starts from.
pub(super) fn answer(
    pack: &Pack,
    given: &[(Text, Value)],
    answers: &mut Answers,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let before = problems.len();
    for (name, value) in given {
        let fact = pack
            .vocabulary
            .facts
            .iter()
            .position(|fact| fact.id == name.text);
        let point = pack.points.iter().position(|point| point.id == name.text);
        match (fact, point) {
            (Some(fact), _) => set_fact(pack, fact, name, value, answers, problems),
            (None, Some(point)) => set_point(pack, point, name, value, answers, problems),
            (None, None) => {
                let names = pack.vocabulary.facts.iter().map(|fact| fact.id.as_str());
                let names = names.chain(pack.points.iter().map(|point| point.id.as_str()));
                problems.push(
                    Diagnostic::error(
                        Kind::ExampleAnswers,
                        name.place,
                        format!("this policy uses no fact and has no point `{}`", name.text),
                    )
                    .chinese("这份文档的规则没有用到这个问题，例子里不用答")
                    .choose(&name.text, names.collect::<Vec<_>>()),
                );
            }
        }
    }
    problems.len() == before
}

fn set_fact(
    pack: &Pack,
    index: usize,
    name: &Text,
    value: &Value,
    answers: &mut Answers,
    problems: &mut Vec<Diagnostic>,
) {
    let (Some(fact), Ok(number)) = (pack.vocabulary.facts.get(index), u16::try_from(index)) else {
        return;
    };
    let Some(answer) = read(pack, fact, value, problems) else {
        return;
    };
    if let Err(error) = answers.set(pack, FactId(number), answer) {
        problems.push(
            Diagnostic::error(
                Kind::ExampleAnswers,
                value.place,
                format!("`{}` cannot be answered like this: {error}", name.text),
            )
            .mend("give an answer that the fact's type and range allow"),
        );
    }
}

fn set_point(
    pack: &Pack,
    index: usize,
    name: &Text,
    value: &Value,
    answers: &mut Answers,
    problems: &mut Vec<Diagnostic>,
) {
    let (Some(point), Ok(number)) = (pack.points.get(index), u16::try_from(index)) else {
        return;
    };
    let outcome = match &value.what {
        ValueWhat::String(text) if text == "-" || text == "?" => Some(None),
        ValueWhat::String(text) => position(&point.outcomes, text).map(Some),
        _ => None,
    };
    match outcome {
        Some(outcome) => {
            let known = answers.set_outcome(pack, PointId(number), outcome);
            debug_assert!(known.is_ok());
        }
        None => {
            let written = match &value.what {
                ValueWhat::String(text) => text.as_str(),
                _ => "",
            };
            problems.push(
                Diagnostic::error(
                    Kind::ExampleAnswers,
                    value.place,
                    format!("this is no outcome of point `{}`", name.text),
                )
                .choose(written, point.outcomes.iter().map(String::as_str)),
            );
        }
    }
}

fn position(options: &[String], text: &str) -> Option<u16> {
    let squeezed = squeeze(text);
    let position = options
        .iter()
        .position(|option| squeeze(option) == squeezed);
    u16::try_from(position?).ok()
}

fn read(pack: &Pack, fact: &Fact, value: &Value, problems: &mut Vec<Diagnostic>) -> Option<Answer> {
    let mut wrong = |place: Place, expected: String| {
        problems.push(
            Diagnostic::error(
                Kind::ExampleAnswers,
                place,
                format!("this does not answer `{}`", fact.id),
            )
            .mend(format!(
                "{expected}; `\"?\"` for does not know, `\"-\"` for not answered"
            ))
            .chinese(match &fact.kind {
                FactKind::YesNo => "这是是非题：写 true（是）或者 false（否），不加引号".to_owned(),
                FactKind::Choice(choice) => {
                    let options = pack.vocabulary.choices.get(choice.index());
                    let options = options.map_or(&[][..], |choice| choice.options.as_slice());
                    let written = match &value.what {
                        ValueWhat::String(text) => text.as_str(),
                        _ => "",
                    };
                    let (_, chinese) = choose(written, options.iter().map(String::as_str));
                    format!("这是选择题：在英文引号里照抄选项。{chinese}")
                }
                FactKind::Number { .. } => "这里要写数，不加引号，不写单位".to_owned(),
                FactKind::Money { .. } => {
                    "这里要写钱数，以分为单位，不加引号：100元写 10000".to_owned()
                }
                FactKind::Date { .. } => {
                    "这里要写日期，如 \"1985-03-07\"，或者只写年月 \"1985-03\"".to_owned()
                }
                FactKind::Text { .. } => "这里要写文字，放在英文引号里".to_owned(),
                FactKind::Records { .. } => "这里要写名单：[{ … }, { … }]".to_owned(),
            }),
        );
        None
    };
    match &value.what {
        ValueWhat::String(text) if text == "?" => return Some(Answer::Unknown),
        ValueWhat::String(text) if text == "-" => return Some(Answer::Absent),
        _ => {}
    }
    match (&fact.kind, &value.what) {
        (FactKind::YesNo, ValueWhat::YesNo(yes)) => Some(Answer::yes_no(*yes)),
        (FactKind::YesNo, _) => wrong(value.place, "write `true` or `false`".to_owned()),
        (FactKind::Choice(choice), what) => {
            let options = pack
                .vocabulary
                .choices
                .get(choice.index())
                .map_or(&[][..], |choice| choice.options.as_slice());
            let written = match what {
                ValueWhat::String(text) => text.as_str(),
                _ => "",
            };
            match position(options, written) {
                Some(position) => Some(Answer::Value(i64::from(position))),
                None => wrong(
                    value.place,
                    choose(written, options.iter().map(String::as_str)).0,
                ),
            }
        }
        (FactKind::Number { scale, .. }, _) => match crate::blocks::scaled(value, *scale) {
            Some(number) => Some(Answer::Value(number)),
            None => wrong(
                value.place,
                match scale {
                    0 => "write a whole number".to_owned(),
                    places => format!("write a number with at most {places} decimal places"),
                },
            ),
        },
        (FactKind::Money { .. }, ValueWhat::Integer(Some(amount))) => Some(Answer::Value(*amount)),
        (FactKind::Money { .. }, _) => wrong(value.place, "write the amount in 分".to_owned()),
        (FactKind::Date { .. }, ValueWhat::String(text) | ValueWhat::Date(text)) => {
            match (Date::parse(text), Date::parse_month(text)) {
                (Some(date), _) => Some(Answer::day(date)),
                (None, Some((first, last))) => Some(Answer::Month { first, last }),
                (None, None) => wrong(
                    value.place,
                    "write a day like `\"1985-03-07\"` or a month like `\"1985-03\"`".to_owned(),
                ),
            }
        }
        (FactKind::Date { .. }, _) => wrong(
            value.place,
            "write a day like `\"1985-03-07\"` or a month like `\"1985-03\"`".to_owned(),
        ),
        (FactKind::Text { .. }, ValueWhat::String(text)) => Some(Answer::Text(text.clone())),
        (FactKind::Text { .. }, _) => wrong(value.place, "write a text".to_owned()),
        (FactKind::Records { fields, .. }, ValueWhat::List(rows)) => {
            records(pack, fields, rows, problems)
        }
        (FactKind::Records { .. }, _) => wrong(
            value.place,
            "write a list of tables: `[{ … }, { … }]`".to_owned(),
        ),
    }
}

/// A complete list of records.
fn records(
    pack: &Pack,
    fields: &[FactId],
    rows: &[Value],
    problems: &mut Vec<Diagnostic>,
) -> Option<Answer> {
    let mut read_rows = Vec::new();
    for row in rows {
        let ValueWhat::Table(entries) = &row.what else {
            problems.push(
                Diagnostic::error(Kind::ExampleAnswers, row.place, "this is not a record")
                    .mend("write each record as a table: `{ name = \"…\" }`"),
            );
            return None;
        };
        let mut read_row = Vec::new();
        for (name, value) in entries {
            let field = fields.iter().find_map(|id| {
                let fact = pack.vocabulary.facts.get(id.index())?;
                (fact.id == name.text).then_some((*id, fact))
            });
            let Some((id, fact)) = field else {
                let names: Vec<&str> = fields
                    .iter()
                    .filter_map(|id| pack.vocabulary.facts.get(id.index()))
                    .map(|fact| fact.id.as_str())
                    .collect();
                problems.push(
                    Diagnostic::error(
                        Kind::ExampleAnswers,
                        name.place,
                        format!("these records have no `{}`", name.text),
                    )
                    .choose(&name.text, names),
                );
                return None;
            };
            read_row.push((id, read(pack, fact, value, problems)?));
        }
        read_rows.push(read_row);
    }
    Some(Answer::Records(Records {
        rows: read_rows,
        complete: true,
    }))
}
