//! The report of a check: SEMANTICS.md, section 5.

use serde::Serialize;
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::{Evaluator, EvaluatorError};
use zige_core::ids::{ConditionId, FactId, PointId};
use zige_core::pack::{Check, Condition, Pack, Strength};
use zige_core::programme::{ApplicationState, ProgrammeState};
use zige_core::report::{ConditionReport, Missing};
use zige_core::verdict::{Class, Possible, Verdict};
use zige_core::windows::windows as windows_of;

use crate::answers::answers_value;
use crate::blocks::{StepJson, step};
use crate::list::article_name;
use crate::value::{ObjectJson, ValueJson, answer_value, plain_value};

/// What is reported on: answers to one check of one pack on one day.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// Its SHA-256, in hexadecimal digits.
    pub pack_hash: &'a str,
    /// The check and the day.
    pub evaluator: &'a Evaluator,
    /// The answers.
    pub answers: &'a Answers,
}

/// The report. The keys from `because` on are there only in a whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportJson {
    /// The pack's id.
    pub pack: String,
    /// The policy's title.
    pub title: String,
    /// The version of the text.
    pub version: String,
    /// The pack's SHA-256, in hexadecimal digits.
    pub pack_hash: String,
    /// The check's id.
    pub check: String,
    /// The role, in Chinese.
    pub check_label: String,
    /// The day for which the check is made.
    pub on: String,
    /// The state of the text on that day.
    pub programme: ProgrammeStateJson,
    /// `eligible`, `discretionary`, `ineligible` or `incomplete`.
    pub verdict: Verdict,
    /// The verdict in a Chinese word.
    pub verdict_label: &'static str,
    /// What the completions of the answers reach, from worst to best.
    pub possible: Vec<Class>,
    /// Each condition of the check, in author order.
    pub conditions: Vec<ConditionJson>,
    /// What to ask, in the order to ask it.
    pub missing: Vec<MissingJson>,
    /// The first of `missing`, or null.
    pub next: Option<MissingJson>,
    /// What the person does not know and still matters.
    pub blocked_by: Vec<MissingJson>,
    /// For an incomplete verdict: two completions that come to different classes; otherwise null.
    pub witnesses: Option<Vec<WitnessJson>>,
    /// Why the verdict is what it is: minimal sets of conditions that fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<Vec<BecauseJson>>,
    /// What would make it better: minimal sets of new values, smallest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<ChangeJson>>,
    /// Whether there are more changes than are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
    /// The verdict on each day from `on` to 40 years later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub windows: Option<Vec<WindowJson>>,
    /// What proof to bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub materials: Option<Vec<MaterialJson>>,
    /// What comes next, where, and by when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<NextStepJson>>,
}

/// The state of a text on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeStateJson {
    /// `draft`, `in_force`, `not_yet`, `lapsed`, `replaced` or `unknown`.
    pub state: &'static str,
    /// `not_yet`: its first day; `lapsed`: its last day; `replaced`: from when on; otherwise null.
    pub date: Option<String>,
    /// The text that replaces it; otherwise null.
    pub replaced_by: Option<String>,
    /// `open`, `not_yet`, `closed` or `unknown`: whether applications are taken.
    pub applications: &'static str,
    /// `not_yet`: the first day of applications; `closed`: their last day; otherwise null.
    pub applications_date: Option<String>,
    /// The article that sets the periods; null when none does.
    pub article: Option<String>,
    /// What to tell people about it; may be empty.
    pub remark: String,
}

/// One condition's own result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionJson {
    /// The condition's id.
    pub id: String,
    /// A short Chinese name.
    pub label: String,
    /// Where it stands.
    pub article: String,
    /// Other articles that bear on it.
    pub see: Vec<String>,
    /// What the article says, in plain Chinese.
    pub gist: String,
    /// The article's operative words.
    pub quotes: Vec<String>,
    /// `hard`, `in_principle` or `relaxable`.
    pub strength: Strength,
    /// Its own verdict.
    pub verdict: Verdict,
    /// What it can come to.
    pub possible: Vec<Class>,
    /// What the author says about this verdict; may be empty.
    pub remark: String,
    /// The values it used.
    pub facts: Vec<FactValueJson>,
    /// The open decisions that still matter to it.
    pub points: Vec<PointJson>,
    /// Whether the person only declares it and the unit confirms.
    pub declared: bool,
}

/// A fact with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactValueJson {
    /// The fact's id.
    pub id: String,
    /// A short Chinese name.
    pub label: String,
    /// The value, as answers are written.
    pub value: ValueJson,
}

/// A decision that only an authority can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointJson {
    /// The point's id.
    pub id: String,
    /// A short Chinese name.
    pub label: String,
    /// The office that decides.
    pub owner: String,
    /// What is to be decided.
    pub question: String,
    /// Why the text leaves it open.
    pub reason: String,
    /// Where it stands; null for a point that several policies share.
    pub article: Option<String>,
    /// Its outcomes, from the sternest to the most lenient.
    pub outcomes: Vec<String>,
}

/// A fact to ask, or to find out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingJson {
    /// The fact's id.
    pub id: String,
    /// A short Chinese name.
    pub label: String,
    /// The question.
    pub question: String,
    /// Where to find the answer; may be empty.
    pub find: String,
    /// Who can tell; may be empty.
    pub attest: String,
    /// For a fact of a record: the list's id; otherwise null.
    pub list: Option<String>,
    /// For a fact of a record: the record, from 1; otherwise null.
    pub record: Option<u32>,
}

/// A completion of the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WitnessJson {
    /// What it comes to.
    pub verdict: Verdict,
    /// The answers that show it.
    pub answers: ObjectJson,
}

/// A set of conditions that fixes the verdict whatever the others are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BecauseJson {
    /// What they fix: `eligible`, `ineligible`; for a discretionary verdict `not_eligible` or
    /// `not_ineligible`.
    pub fixes: &'static str,
    /// Their ids, in author order.
    pub conditions: Vec<String>,
}

/// One way to a better verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeJson {
    /// What the verdict is then.
    pub verdict: Verdict,
    /// The facts to change, each with the nearest value that will do.
    pub facts: Vec<FactValueJson>,
}

/// A closed interval of days with one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WindowJson {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The verdict on each of these days.
    pub verdict: Verdict,
    /// What the completions reach on each of these days.
    pub possible: Vec<Class>,
}

/// A proof to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MaterialJson {
    /// The id of the fact that it proves.
    pub id: String,
    /// The fact's Chinese name.
    pub label: String,
    /// The document.
    pub proof: String,
    /// How many copies; null when the text does not say.
    pub copies: Option<u8>,
    /// The ids of the conditions that used the fact.
    pub conditions: Vec<String>,
}

/// A route, with the cases of it that can apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextStepJson {
    /// The route's id.
    pub route: String,
    /// A short Chinese name.
    pub label: String,
    /// Where it stands.
    pub article: String,
    /// The cases that can apply.
    pub cases: Vec<NextCaseJson>,
}

/// One case of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextCaseJson {
    /// For whom; may be empty.
    pub label: String,
    /// Whether it certainly applies to these answers.
    pub certain: bool,
    /// What happens, in order.
    pub steps: Vec<StepJson>,
}

/// From `pack` to `witnesses`: what is always worked out.
#[must_use]
pub fn report(subject: &Subject<'_>) -> ReportJson {
    let Subject {
        pack,
        pack_hash,
        evaluator,
        answers,
    } = *subject;
    let report = evaluator.report(pack, answers);
    let check = pack.checks.get(evaluator.check_id().index());
    let missing: Vec<MissingJson> = report
        .missing
        .iter()
        .filter_map(|missing| to_ask(pack, *missing))
        .collect();
    ReportJson {
        pack: pack.id.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        pack_hash: pack_hash.to_owned(),
        check: check.map(|check| check.id.clone()).unwrap_or_default(),
        check_label: check.map(|check| check.label.clone()).unwrap_or_default(),
        on: report.on.to_string(),
        programme: programme_state(pack, &report.programme, report.applications),
        verdict: report.possible.verdict(),
        verdict_label: verdict_label(report.possible.verdict()),
        possible: report.possible.classes().collect(),
        conditions: report
            .conditions
            .iter()
            .filter_map(|own| {
                let condition = pack.conditions.get(own.condition.index())?;
                Some(condition_json(pack, answers, condition, own))
            })
            .collect(),
        next: missing.first().cloned(),
        missing,
        blocked_by: report
            .blocked_by
            .iter()
            .filter_map(|fact| {
                to_ask(
                    pack,
                    Missing {
                        fact: *fact,
                        record: None,
                    },
                )
            })
            .collect(),
        witnesses: report.witnesses.map(|witnesses| {
            witnesses
                .iter()
                .map(|witness| WitnessJson {
                    verdict: evaluator.verdict(pack, witness),
                    answers: answers_value(pack, witness),
                })
                .collect()
        }),
        because: None,
        changes: None,
        truncated: None,
        windows: None,
        materials: None,
        steps: None,
    }
}

/// The report with reasons, changes, windows, materials and next steps.
///
/// # Errors
/// When the check cannot be evaluated on some later day.
pub fn whole_report(subject: &Subject<'_>) -> Result<ReportJson, EvaluatorError> {
    let (changes, truncated) = changes(subject);
    Ok(ReportJson {
        because: Some(because(subject)),
        changes: Some(changes),
        truncated: Some(truncated),
        windows: Some(windows(subject)?),
        materials: Some(materials(subject)),
        steps: Some(next_steps(subject)),
        ..report(subject)
    })
}

/// What would make the verdict better, and whether there is more than is listed.
#[must_use]
pub fn changes(subject: &Subject<'_>) -> (Vec<ChangeJson>, bool) {
    let pack = subject.pack;
    let changes = subject.evaluator.changes(pack, subject.answers);
    let listed = changes
        .sets
        .iter()
        .map(|change| ChangeJson {
            verdict: Verdict::from(change.class),
            facts: change
                .facts
                .iter()
                .filter_map(|(id, value)| {
                    let fact = pack.vocabulary.facts.get(id.index())?;
                    Some(FactValueJson {
                        id: fact.id.clone(),
                        label: fact.label.clone(),
                        value: plain_value(pack, &fact.kind, *value),
                    })
                })
                .collect(),
        })
        .collect();
    (listed, changes.truncated)
}

/// The verdict on each day of the next 40 years.
///
/// # Errors
/// When the check cannot be evaluated on some later day.
pub fn windows(subject: &Subject<'_>) -> Result<Vec<WindowJson>, EvaluatorError> {
    let Subject {
        pack,
        evaluator,
        answers,
        ..
    } = *subject;
    let windows = windows_of(pack, evaluator.check_id(), answers, evaluator.on())?;
    Ok(windows
        .iter()
        .map(|window| WindowJson {
            from: window.from.to_string(),
            to: window.to.to_string(),
            verdict: window.possible.verdict(),
            possible: window.possible.classes().collect(),
        })
        .collect())
}

/// A verdict in a Chinese word.
#[must_use]
pub(crate) fn verdict_label(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "符合",
        Verdict::Discretionary => "待认定",
        Verdict::Ineligible => "不符合",
        Verdict::Incomplete => "待补充",
    }
}

/// The minimal sets of conditions that fix the verdict; empty while it is incomplete.
#[must_use]
pub fn because(subject: &Subject<'_>) -> Vec<BecauseJson> {
    let Subject {
        pack,
        evaluator,
        answers,
        ..
    } = *subject;
    let because = evaluator.because(pack, answers);
    let (fixed, still) = match evaluator.verdict(pack, answers) {
        Verdict::Eligible => ("eligible", "eligible"),
        Verdict::Ineligible => ("ineligible", "ineligible"),
        Verdict::Discretionary | Verdict::Incomplete => ("not_eligible", "not_ineligible"),
    };
    let named = |fixes: &'static str, sets: &[Vec<ConditionId>]| -> Vec<BecauseJson> {
        sets.iter()
            .map(|set| BecauseJson {
                fixes,
                conditions: condition_ids(pack, set),
            })
            .collect()
    };
    let mut all = named(fixed, &because.sets);
    all.extend(named(still, &because.still));
    all
}

fn materials(subject: &Subject<'_>) -> Vec<MaterialJson> {
    let pack = subject.pack;
    subject
        .evaluator
        .materials(pack, subject.answers)
        .iter()
        .filter_map(|material| {
            let fact = pack.vocabulary.facts.get(material.fact.index())?;
            Some(MaterialJson {
                id: fact.id.clone(),
                label: fact.label.clone(),
                proof: fact.proof.clone(),
                copies: material.copies,
                conditions: condition_ids(pack, &material.conditions),
            })
        })
        .collect()
}

fn next_steps(subject: &Subject<'_>) -> Vec<NextStepJson> {
    let pack = subject.pack;
    subject
        .evaluator
        .steps(pack, subject.answers)
        .iter()
        .filter_map(|next| {
            let route = pack.routes.get(next.route)?;
            Some(NextStepJson {
                route: route.id.clone(),
                label: route.label.clone(),
                article: article_name(pack, route.article),
                cases: next
                    .cases
                    .iter()
                    .filter_map(|(case, certain)| {
                        let case = route.cases.get(*case)?;
                        Some(NextCaseJson {
                            label: case.label.clone(),
                            certain: *certain,
                            steps: case.steps.iter().map(step).collect(),
                        })
                    })
                    .collect(),
            })
        })
        .collect()
}

fn condition_ids(pack: &Pack, conditions: &[ConditionId]) -> Vec<String> {
    conditions
        .iter()
        .filter_map(|id| pack.conditions.get(id.index()))
        .map(|condition| condition.id.clone())
        .collect()
}

fn condition_json(
    pack: &Pack,
    answers: &Answers,
    condition: &Condition,
    own: &ConditionReport,
) -> ConditionJson {
    let article = pack.articles.get(condition.article.index());
    ConditionJson {
        id: condition.id.clone(),
        label: condition.label.clone(),
        article: article_name(pack, condition.article),
        see: condition
            .see
            .iter()
            .map(|article| article_name(pack, *article))
            .collect(),
        gist: article
            .map(|article| article.gist.clone())
            .unwrap_or_default(),
        quotes: article
            .map(|article| article.quotes.clone())
            .unwrap_or_default(),
        strength: condition.strength,
        verdict: own.possible.verdict(),
        possible: own.possible.classes().collect(),
        remark: remark(condition, own.possible).to_owned(),
        facts: own
            .facts
            .iter()
            .filter_map(|id| fact_value(pack, *id, answers.get(*id)))
            .collect(),
        points: own
            .points
            .iter()
            .filter_map(|point| point_json(pack, *point))
            .collect(),
        declared: own.declared,
    }
}

fn remark(condition: &Condition, possible: Possible) -> &str {
    match possible.verdict() {
        Verdict::Eligible => &condition.met,
        Verdict::Ineligible => &condition.unmet,
        Verdict::Discretionary => &condition.open,
        Verdict::Incomplete => "",
    }
}

fn fact_value(pack: &Pack, id: FactId, answer: &Answer) -> Option<FactValueJson> {
    let fact = pack.vocabulary.facts.get(id.index())?;
    Some(FactValueJson {
        id: fact.id.clone(),
        label: fact.label.clone(),
        value: answer_value(pack, fact, answer)?,
    })
}

pub(crate) fn point_json(pack: &Pack, id: PointId) -> Option<PointJson> {
    let point = pack.points.get(id.index())?;
    Some(PointJson {
        id: point.id.clone(),
        label: point.label.clone(),
        owner: point.owner.clone(),
        question: point.question.clone(),
        reason: point.reason.clone(),
        article: point.article.map(|article| article_name(pack, article)),
        outcomes: point.outcomes.clone(),
    })
}

fn to_ask(pack: &Pack, missing: Missing) -> Option<MissingJson> {
    let fact = pack.vocabulary.facts.get(missing.fact.index())?;
    let list = match missing.record {
        Some(_) => fact.record_of,
        None => None,
    };
    let list = list.and_then(|list| pack.vocabulary.facts.get(list.index()));
    Some(MissingJson {
        id: fact.id.clone(),
        label: fact.label.clone(),
        question: fact.question.clone(),
        find: fact.find.clone(),
        attest: fact.attest.clone(),
        list: list.map(|list| list.id.clone()),
        record: missing
            .record
            .map(|record| u32::from(record).saturating_add(1)),
    })
}

fn programme_state(
    pack: &Pack,
    state: &ProgrammeState,
    applications: ApplicationState,
) -> ProgrammeStateJson {
    let day = |date: &Date| Some(date.to_string());
    let (state, date, replaced_by) = match state {
        ProgrammeState::Draft => ("draft", None, None),
        ProgrammeState::InForce => ("in_force", None, None),
        ProgrammeState::NotYet(from) => ("not_yet", day(from), None),
        ProgrammeState::Lapsed(last) => ("lapsed", day(last), None),
        ProgrammeState::Replaced(by) => {
            let on = pack
                .programme
                .replaced
                .as_ref()
                .map(|(on, _)| on.to_string());
            ("replaced", on, Some(by.clone()))
        }
        ProgrammeState::Unknown => ("unknown", None, None),
    };
    let (applications, applications_date) = match &applications {
        ApplicationState::Open => ("open", None),
        ApplicationState::NotYet(from) => ("not_yet", day(from)),
        ApplicationState::Closed(last) => ("closed", day(last)),
        ApplicationState::Unknown => ("unknown", None),
    };
    ProgrammeStateJson {
        state,
        date,
        replaced_by,
        applications,
        applications_date,
        article: pack
            .programme
            .article
            .map(|article| article_name(pack, article)),
        remark: pack.programme.remark.clone(),
    }
}

/// A check's id; empty when there is none.
pub(crate) fn check_id(check: Option<&Check>) -> Option<String> {
    check.map(|check| check.id.clone())
}
