//! Runs the examples.

use std::collections::BTreeMap;

use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::{Evaluator, truth};
use zige_core::ids::{CheckId, NodeId};
use zige_core::pack::Pack;
use zige_core::verdict::{Class, Possible, Verdict};

use crate::blocks::{ExampleSource, SubjectKind};
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::Text;
use crate::table::{Value, ValueWhat};

use super::Policy;
use super::answers::answer;
use super::exact::explained;
use super::thresholds::Tried;

/// Runs every example; returns the answers of those that could be read.
pub(super) fn lint(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Tried> {
    let mut evaluators = Evaluators {
        policy,
        built: BTreeMap::new(),
    };
    for (index, check) in policy.source.checks.iter().enumerate() {
        // A check without examples must fit into a diagram, too.
        evaluators.get(index, SOME_DAY, check.id.place, problems);
    }
    let mut tried = Vec::new();
    for example in &policy.source.examples {
        let Some(answers) = answers_of(policy, example, problems) else {
            continue;
        };
        let (Some(on), Some((kind, name))) = (example.on, &example.subject) else {
            continue;
        };
        match kind {
            SubjectKind::Check => {
                check(
                    policy,
                    example,
                    name,
                    on,
                    &answers,
                    &mut evaluators,
                    problems,
                );
            }
            SubjectKind::Route => route(policy, example, name, on, &answers, problems),
            SubjectKind::Grade => grade(policy, example, name, on, &answers, problems),
            SubjectKind::Entitlement => entitlement(policy, example, name, on, &answers, problems),
        }
        tried.push(Tried {
            subject: name.text.clone(),
            on,
            answers,
        });
    }
    tried
}

/// For checks without examples: any day will do.
const SOME_DAY: Date = Date::MAX;

struct Evaluators<'a> {
    policy: &'a Policy<'a>,
    built: BTreeMap<(usize, Date), Option<Evaluator>>,
}

impl Evaluators<'_> {
    fn get(
        &mut self,
        check: usize,
        on: Date,
        place: Place,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<&Evaluator> {
        let policy = self.policy;
        self.built
            .entry((check, on))
            .or_insert_with(|| {
                let id = CheckId(u16::try_from(check).unwrap_or(u16::MAX));
                match Evaluator::new(policy.pack, id, on) {
                    Ok(evaluator) => Some(evaluator),
                    Err(error) => {
                        problems.push(explained(policy, &error, place));
                        None
                    }
                }
            })
            .as_ref()
    }
}

/// An example's answers over those of the example that it is like.
fn answers_of(
    policy: &Policy<'_>,
    example: &ExampleSource,
    problems: &mut Vec<Diagnostic>,
) -> Option<Answers> {
    let mut chain = vec![example];
    let mut last = example;
    while let Some(like) = &last.like {
        let next = policy
            .source
            .examples
            .iter()
            .find(|other| other.id.text == like.text);
        let Some(next) = next else {
            if chain.len() == 1 {
                let names = policy
                    .source
                    .examples
                    .iter()
                    .map(|other| other.id.text.as_str());
                problems.push(
                    Diagnostic::error(
                        Kind::UnknownName,
                        like.place,
                        format!("there is no example `{}`", like.text),
                    )
                    .choose(&like.text, names.collect::<Vec<_>>()),
                );
            }
            return None;
        };
        if chain.iter().any(|known| known.id.text == next.id.text) {
            problems.push(
                Diagnostic::error(
                    Kind::Circle,
                    like.place,
                    format!("example `{}` starts from itself", example.id.text),
                )
                .mend("let `like` name an example that does not lead back here"),
            );
            return None;
        }
        chain.push(next);
        last = next;
    }
    let mut answers = Answers::new(policy.pack);
    let mut sound = true;
    for (index, part) in chain.iter().enumerate().rev() {
        // The mistakes of the others are reported with them.
        let mut theirs = Vec::new();
        sound &= answer(policy.pack, &part.answers, &mut answers, &mut theirs);
        if index == 0 {
            problems.append(&mut theirs);
        }
    }
    sound.then_some(answers)
}

fn check(
    policy: &Policy<'_>,
    example: &ExampleSource,
    name: &Text,
    on: Date,
    answers: &Answers,
    evaluators: &mut Evaluators<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let pack = policy.pack;
    let Some(position) = pack.checks.iter().position(|check| check.id == name.text) else {
        let names = pack.checks.iter().map(|check| check.id.as_str());
        problems.push(unknown("check", name, names.collect()));
        return;
    };
    let place = policy
        .source
        .checks
        .get(position)
        .map_or(name.place, |check| check.id.place);
    let Some(evaluator) = evaluators.get(position, on, place, problems) else {
        return;
    };
    if let Err(error) = evaluator.check(pack, answers) {
        problems.push(
            Diagnostic::error(Kind::ExampleAnswers, example.id.place, error.to_string())
                .mend("give answers that a real person could give"),
        );
        return;
    }
    let report = evaluator.report(pack, answers);
    let found = report.possible.verdict();
    let expected = verdict(&example.expect, problems);
    let mut agrees = expected.is_none_or(|expected| expected == found);
    if let (true, Some(Verdict::Incomplete)) = (agrees, expected)
        && let Some(possible) = classes(&example.possible, problems)
    {
        agrees = possible == report.possible;
    }
    if !agrees {
        let conditions: Vec<String> = report
            .conditions
            .iter()
            .filter(|condition| condition.possible != Possible::only(Class::Eligible))
            .filter_map(|condition| {
                let known = pack.conditions.get(condition.condition.index())?;
                Some(format!(
                    "`{}` is {}",
                    known.id,
                    describe(condition.possible)
                ))
            })
            .collect();
        let in_chinese: Vec<String> = report
            .conditions
            .iter()
            .filter(|condition| condition.possible != Possible::only(Class::Eligible))
            .filter_map(|condition| {
                let known = pack.conditions.get(condition.condition.index())?;
                let verdict = verdict_in_chinese(condition.possible.verdict());
                Some(format!("`{}`（{verdict}）", known.id))
            })
            .collect();
        let because = match conditions.is_empty() {
            true => "every condition is met".to_owned(),
            false => conditions.join(", "),
        };
        let mut problem =
            disagrees(example, report.possible).mend(format!("the conditions say: {because}"));
        problem.chinese.push_str(&match conditions.is_empty() {
            true => "。现在每一项条件都符合".to_owned(),
            false => format!("。要看的条件：{}", in_chinese.join("、")),
        });
        if found == Verdict::Incomplete {
            let missing: Vec<String> = report
                .missing
                .iter()
                .map(|missing| missing.fact)
                .chain(report.blocked_by.iter().copied())
                .filter_map(|fact| pack.vocabulary.facts.get(fact.index()))
                .map(|fact| format!("`{}`", fact.id))
                .take(6)
                .collect();
            if !missing.is_empty() {
                problem = problem.mend(format!("not answered: {}", missing.join(", ")));
                problem
                    .chinese
                    .push_str(&format!("。还没有答的问题：{}", missing.join("、")));
            }
        }
        problems.push(problem.mend("correct the answers, the expectation, or the rule"));
    }
    for (condition, value) in &example.conditions {
        let Some(position) = pack
            .conditions
            .iter()
            .position(|known| known.id == condition.text)
        else {
            let names = pack.conditions.iter().map(|known| known.id.as_str());
            problems.push(unknown("condition", condition, names.collect()));
            continue;
        };
        let text = match value_text(value) {
            Some(text) => text,
            None => {
                problems.push(
                    Diagnostic::error(Kind::Value, value.place, "this is not a verdict")
                        .choose("", VERDICTS.iter().map(|(word, _)| *word)),
                );
                continue;
            }
        };
        let own = report
            .conditions
            .iter()
            .find(|own| own.condition.index() == position);
        let Some(own) = own else {
            problems.push(
                Diagnostic::error(
                    Kind::UnknownName,
                    condition.place,
                    format!(
                        "check `{}` does not require `{}`",
                        name.text, condition.text
                    ),
                )
                .mend("name a condition of this check"),
            );
            continue;
        };
        let expected = verdict(&text, problems);
        if expected.is_some_and(|expected| expected != own.possible.verdict()) {
            problems.push(
                Diagnostic::error(
                    Kind::ExampleDisagrees,
                    text.place,
                    format!(
                        "example `{}` expects condition `{}` to be `{}`, but it is {}",
                        example.id.text,
                        condition.text,
                        text.text,
                        describe(own.possible)
                    ),
                )
                .mend("correct the answers, the expectation, or the rule"),
            );
        }
    }
}

fn route(
    policy: &Policy<'_>,
    example: &ExampleSource,
    name: &Text,
    on: Date,
    answers: &Answers,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(route) = policy
        .pack
        .routes
        .iter()
        .find(|route| route.id == name.text)
    else {
        let names = policy.pack.routes.iter().map(|route| route.id.as_str());
        problems.push(unknown("route", name, names.collect()));
        return;
    };
    let rows: Vec<(&str, Option<NodeId>)> = route
        .cases
        .iter()
        .map(|case| (case.label.as_str(), case.when))
        .collect();
    first_that_applies(policy.pack, example, &rows, on, answers, problems);
}

fn grade(
    policy: &Policy<'_>,
    example: &ExampleSource,
    name: &Text,
    on: Date,
    answers: &Answers,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(grade) = policy
        .pack
        .grades
        .iter()
        .find(|grade| grade.id == name.text)
    else {
        let names = policy.pack.grades.iter().map(|grade| grade.id.as_str());
        problems.push(unknown("grade", name, names.collect()));
        return;
    };
    let rows: Vec<(&str, Option<NodeId>)> = grade
        .rows
        .iter()
        .map(|row| (row.grade.as_str(), row.when))
        .collect();
    first_that_applies(policy.pack, example, &rows, on, answers, problems);
}

/// Compares the first row that applies with the expectation: its name, `none`, `discretionary`
/// or `incomplete`.
fn first_that_applies(
    pack: &Pack,
    example: &ExampleSource,
    rows: &[(&str, Option<NodeId>)],
    on: Date,
    answers: &Answers,
    problems: &mut Vec<Diagnostic>,
) {
    let mut found = "none";
    for (label, when) in rows {
        let possible = match when {
            Some(when) => truth(pack, *when, on, answers),
            None => Possible::only(Class::Eligible),
        };
        match possible.single() {
            Some(Class::Ineligible) => continue,
            Some(Class::Eligible) => found = label,
            Some(Class::Discretionary) => found = "discretionary",
            None => found = "incomplete",
        }
        break;
    }
    let expected = example.expect.text.trim();
    let known = ["none", "discretionary", "incomplete"];
    let mut words: Vec<&str> = rows.iter().map(|(label, _)| *label).collect();
    words.extend(known);
    if !words.contains(&expected) {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                example.expect.place,
                format!("`{expected}` cannot be expected here"),
            )
            .choose(expected, words),
        );
    } else if expected != found {
        problems.push(
            disagrees_with(example, &format!("`{found}`"), found)
                .mend("correct the answers, the expectation, or the rule"),
        );
    }
}

fn entitlement(
    policy: &Policy<'_>,
    example: &ExampleSource,
    name: &Text,
    on: Date,
    answers: &Answers,
    problems: &mut Vec<Diagnostic>,
) {
    let entitlements = &policy.pack.entitlements;
    let Some(known) = entitlements.iter().find(|known| known.id == name.text) else {
        let names = entitlements.iter().map(|known| known.id.as_str());
        problems.push(unknown("entitlement", name, names.collect()));
        return;
    };
    let possible = match known.when {
        Some(when) => truth(policy.pack, when, on, answers),
        None => Possible::only(Class::Eligible),
    };
    if verdict(&example.expect, problems).is_some_and(|expected| expected != possible.verdict()) {
        problems.push(
            disagrees(example, possible).mend("correct the answers, the expectation, or the rule"),
        );
    }
}

fn disagrees(example: &ExampleSource, found: Possible) -> Diagnostic {
    disagrees_with(
        example,
        &describe(found),
        &format!(
            "{}（{}）",
            word(found.verdict()),
            verdict_in_chinese(found.verdict())
        ),
    )
}

fn verdict_in_chinese(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "符合",
        Verdict::Discretionary => "待认定",
        Verdict::Ineligible => "不符合",
        Verdict::Incomplete => "还缺答案",
    }
}

fn disagrees_with(example: &ExampleSource, found: &str, in_chinese: &str) -> Diagnostic {
    Diagnostic::error(
        Kind::ExampleDisagrees,
        example.expect.place,
        format!(
            "example `{}` expects `{}`, but the rules say {found}",
            example.id.text, example.expect.text
        ),
    )
    .chinese(format!(
        "例子写的是 {}，规则算出来是 {in_chinese}：对照原文，看是规则错了，还是例子错了",
        example.expect.text
    ))
}

fn unknown(word: &str, name: &Text, names: Vec<&str>) -> Diagnostic {
    Diagnostic::error(
        Kind::UnknownName,
        name.place,
        format!("there is no {word} `{}`", name.text),
    )
    .choose(&name.text, names)
}

const VERDICTS: [(&str, Verdict); 4] = [
    ("eligible", Verdict::Eligible),
    ("discretionary", Verdict::Discretionary),
    ("ineligible", Verdict::Ineligible),
    ("incomplete", Verdict::Incomplete),
];

fn word(verdict: Verdict) -> &'static str {
    VERDICTS
        .iter()
        .find(|(_, known)| *known == verdict)
        .map_or("", |(word, _)| word)
}

fn verdict(text: &Text, problems: &mut Vec<Diagnostic>) -> Option<Verdict> {
    let found = VERDICTS.iter().find(|(word, _)| *word == text.text);
    if found.is_none() && !text.text.is_empty() {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                text.place,
                format!("`{}` is not a verdict", text.text),
            )
            .choose(&text.text, VERDICTS.iter().map(|(word, _)| *word)),
        );
    }
    found.map(|(_, verdict)| *verdict)
}

/// The classes of `possible`; none when it was not given or has a mistake.
fn classes(texts: &[Text], problems: &mut Vec<Diagnostic>) -> Option<Possible> {
    let mut possible = Possible::NONE;
    for text in texts {
        possible = possible.union(Possible::only(match verdict(text, problems)? {
            Verdict::Eligible => Class::Eligible,
            Verdict::Discretionary => Class::Discretionary,
            Verdict::Ineligible => Class::Ineligible,
            Verdict::Incomplete => {
                problems.push(
                    Diagnostic::error(Kind::Value, text.place, "`incomplete` cannot be possible")
                        .mend("list what the missing answers can still lead to"),
                );
                return None;
            }
        }));
    }
    (!possible.is_empty()).then_some(possible)
}

fn describe(possible: Possible) -> String {
    match possible.single() {
        Some(class) => format!("`{}`", word(Verdict::from(class))),
        None => {
            let words: Vec<String> = possible
                .classes()
                .map(|class| format!("`{}`", word(Verdict::from(class))))
                .collect();
            format!("`incomplete` (possible: {})", words.join(", "))
        }
    }
}

fn value_text(value: &Value) -> Option<Text> {
    match &value.what {
        ValueWhat::String(text) => Some(Text {
            text: text.clone(),
            place: value.place,
        }),
        _ => None,
    }
}
