//! Single blocks and articles: what `zige show` shows.

use serde::Serialize;
use zige_core::ids::{ArticleId, CheckId, FactId, NodeId, PointId};
use zige_core::pack::{
    Block, BlockKind, Deadline, DeadlineWhen, FieldKind, Form, Pack, Recurrence, Requirement, Slot,
    Step, Strength, Who,
};

use crate::facts::fact_id;
use crate::list::article_name;
use crate::report::{PointJson, check_id, point_json};
use crate::rule::rule_text;

/// An article with its blocks, or one block with the article it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownJson {
    /// The pack's id.
    pub pack: String,
    /// The article's name; null for a block of the shared vocabulary.
    pub article: Option<String>,
    /// The chapter; may be empty.
    pub chapter: String,
    /// What the article says, in plain Chinese.
    pub gist: String,
    /// Its operative words.
    pub quotes: Vec<String>,
    /// All blocks of the article, or the one that was asked for.
    pub blocks: Vec<BlockJson>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockJson {
    /// Its kind.
    pub kind: BlockKind,
    /// Its id; empty for an example, which only the source keeps.
    pub id: String,
    /// A short Chinese name; empty for kinds without one.
    pub label: String,
    /// What it says; null for an example.
    pub detail: Option<BlockDetail>,
}

/// What a block says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum BlockDetail {
    /// A requirement of a check.
    Condition {
        /// `hard`, `in_principle` or `relaxable`.
        strength: Strength,
        /// The rule, in the pack language.
        rule: String,
        /// The facts that it can use.
        facts: Vec<NamedJson>,
        /// The open decisions that it can use.
        points: Vec<NamedJson>,
        /// What to say when it is met; may be empty.
        met: String,
        /// What to say when it is not; may be empty.
        unmet: String,
        /// What to say when an authority has to decide; may be empty.
        open: String,
        /// Other articles that bear on it.
        see: Vec<String>,
        /// The checks that use it.
        checks: Vec<String>,
    },
    /// Who is checked for what.
    Check {
        /// The question to the applicant.
        question: String,
        /// `person` or `unit`.
        who: Who,
        /// The conditions, in author order.
        conditions: Vec<NamedJson>,
        /// How they combine.
        require: RequirementJson,
    },
    /// An amount or a benefit.
    Entitlement {
        /// The benefit.
        benefit: String,
        /// The amount in 分; null when the text fixes none.
        amount: Option<i64>,
        /// For what or how often; may be empty.
        per: String,
        /// Who pays; may be empty.
        payer: String,
        /// The check it belongs to; may be null.
        check: Option<String>,
        /// The rule that earns it; null for everyone in the programme.
        when: Option<String>,
        /// What limits it; may be empty.
        limit: String,
    },
    /// Which office does what.
    Route {
        /// The check whose result shows it; may be null.
        check: Option<String>,
        /// Alternatives; the first whose `when` holds applies.
        cases: Vec<CaseJson>,
    },
    /// A grading table.
    Grade {
        /// Rows; the first whose `when` holds applies.
        rows: Vec<GradeRowJson>,
    },
    /// A continuing duty.
    Obligation {
        /// Who must do it.
        who: String,
        /// What must be done.
        what: String,
        /// How often, in the words of the pack language.
        every: &'static str,
        /// To whom; may be empty.
        to: String,
        /// Until when; may be empty.
        until: String,
    },
    /// A date or period.
    Deadline {
        /// Whom it binds; may be empty.
        who: String,
        /// When.
        when: DeadlineWhenJson,
    },
    /// A form or paper.
    Form {
        /// Whether the policy itself gives the name.
        named: bool,
        /// The check whose result offers it; may be null.
        check: Option<String>,
        /// Who fills it in.
        filled_by: String,
        /// Paper copies; null when the text does not say.
        copies: Option<u8>,
        /// Whether an electronic copy is asked for as well.
        electronic: bool,
        /// What is attached.
        attachments: Vec<AttachmentJson>,
        /// The offices it passes through, in order.
        chain: Vec<String>,
        /// By when; may be empty.
        due: String,
        /// Remarks; may be empty.
        remark: String,
        /// The facts that its layout holds, in order.
        facts: Vec<NamedJson>,
        /// What only this form asks.
        fields: Vec<FieldJson>,
    },
    /// An open decision.
    Point(PointJson),
    /// Facts that must fit together.
    Constraint {
        /// The rule, in the pack language.
        rule: String,
        /// What to tell somebody whose answers break it.
        message: String,
        /// The facts that it links.
        facts: Vec<NamedJson>,
    },
    /// Read, and nothing to compute.
    Note {
        /// Why.
        reason: String,
    },
}

/// An id with its Chinese name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedJson {
    /// The id.
    pub id: String,
    /// A short Chinese name.
    pub label: String,
}

/// How conditions combine: the id of one, or a list under `all` or `any`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementJson {
    /// A condition's id.
    Condition(String),
    /// All of them.
    All(Vec<RequirementJson>),
    /// At least one of them.
    Any(Vec<RequirementJson>),
}

/// One alternative of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseJson {
    /// For whom; may be empty.
    pub label: String,
    /// The rule under which it applies; null for always.
    pub when: Option<String>,
    /// What happens, in order.
    pub steps: Vec<StepJson>,
}

/// One step of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepJson {
    /// The office or person that acts.
    pub office: String,
    /// What it does.
    pub action: String,
    /// By when; may be empty.
    pub due: String,
}

/// One row of a grading table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GradeRowJson {
    /// The grade.
    pub grade: String,
    /// The rule under which it is given; null for otherwise.
    pub when: Option<String>,
    /// The rule in words.
    pub text: String,
}

/// When a deadline falls; keys that say nothing are null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineWhenJson {
    /// The same day of each year: `MM-DD`.
    pub yearly: Option<String>,
    /// One day: `YYYY-MM-DD`.
    pub on: Option<String>,
    /// So many months after the event.
    pub months: Option<u16>,
    /// So many days after the event.
    pub days: Option<u16>,
    /// The event that is counted from.
    pub after: Option<String>,
    /// At an event, without a number.
    pub at: Option<String>,
}

/// Something attached to a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachmentJson {
    /// What.
    pub name: String,
    /// How many copies; null when the text does not say.
    pub copies: Option<u8>,
    /// The id of the fact that it proves; may be null.
    pub proves: Option<String>,
}

/// Something that only one form asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldJson {
    /// English snake_case.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// What is to be entered; may be empty.
    pub help: String,
    /// `line`, `lines`, `date`, `choice` or `number`.
    pub kind: &'static str,
    /// The most characters, or the largest number; null without limit.
    pub limit: Option<u32>,
    /// The options of a `choice`.
    pub options: Vec<String>,
}

/// An article by its name, or a block by its id; `None` when the pack has neither.
#[must_use]
pub fn show(pack: &Pack, name: &str) -> Option<ShownJson> {
    let named = (0..)
        .map(ArticleId)
        .zip(&pack.articles)
        .find(|(_, article)| article.name == name);
    if let Some((_, article)) = named {
        return Some(ShownJson {
            pack: pack.id.clone(),
            article: Some(article.name.clone()),
            chapter: article.chapter.clone(),
            gist: article.gist.clone(),
            quotes: article.quotes.clone(),
            blocks: article
                .blocks
                .iter()
                .filter_map(|reference| block_json(pack, *reference))
                .collect(),
        });
    }
    let (article, found) = every_block(pack).find(|(_, block)| block.id == name)?;
    let article = article.and_then(|article| pack.articles.get(article.index()));
    Some(ShownJson {
        pack: pack.id.clone(),
        article: article.map(|article| article.name.clone()),
        chapter: article
            .map(|article| article.chapter.clone())
            .unwrap_or_default(),
        gist: article
            .map(|article| article.gist.clone())
            .unwrap_or_default(),
        quotes: article
            .map(|article| article.quotes.clone())
            .unwrap_or_default(),
        blocks: vec![found],
    })
}

pub(crate) fn step(step: &Step) -> StepJson {
    StepJson {
        office: step.office.clone(),
        action: step.action.clone(),
        due: step.due.clone(),
    }
}

/// Every block with the article it stands in, then the points and constraints of the shared
/// vocabulary.
fn every_block(pack: &Pack) -> impl Iterator<Item = (Option<ArticleId>, BlockJson)> + '_ {
    let written = (0..)
        .map(ArticleId)
        .zip(&pack.articles)
        .flat_map(move |(id, article)| {
            article
                .blocks
                .iter()
                .filter(|reference| reference.kind != BlockKind::Example)
                .filter_map(move |reference| Some((Some(id), block_json(pack, *reference)?)))
        });
    let shared = [
        (BlockKind::Point, pack.points.len()),
        (BlockKind::Constraint, pack.constraints.len()),
    ];
    let shared = shared.into_iter().flat_map(move |(kind, count)| {
        (0..)
            .take(count)
            .filter_map(move |index| Some((None, block_json(pack, Block { kind, index })?)))
    });
    written.chain(shared)
}

fn block_json(pack: &Pack, reference: Block) -> Option<BlockJson> {
    let index = usize::from(reference.index);
    let rule = |id: Option<NodeId>| id.map(|id| rule_text(pack, id));
    let (id, label, detail) = match reference.kind {
        BlockKind::Condition => {
            let own = pack.conditions.get(index)?;
            let detail = BlockDetail::Condition {
                strength: own.strength,
                rule: rule_text(pack, own.rule),
                facts: named_facts(pack, &own.facts),
                points: named_points(pack, &own.points),
                met: own.met.clone(),
                unmet: own.unmet.clone(),
                open: own.open.clone(),
                see: own
                    .see
                    .iter()
                    .map(|article| article_name(pack, *article))
                    .collect(),
                checks: pack
                    .checks
                    .iter()
                    .filter(|check| check.conditions.iter().any(|id| id.index() == index))
                    .map(|check| check.id.clone())
                    .collect(),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Check => {
            let own = pack.checks.get(index)?;
            let conditions = own
                .conditions
                .iter()
                .filter_map(|id| pack.conditions.get(id.index()));
            let detail = BlockDetail::Check {
                question: own.question.clone(),
                who: own.who,
                conditions: conditions.map(|own| named(&own.id, &own.label)).collect(),
                require: requirement(pack, &own.require),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Entitlement => {
            let own = pack.entitlements.get(index)?;
            let detail = BlockDetail::Entitlement {
                benefit: own.benefit.clone(),
                amount: own.amount,
                per: own.per.clone(),
                payer: own.payer.clone(),
                check: check_of(pack, own.check),
                when: rule(own.when),
                limit: own.limit.clone(),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Route => {
            let own = pack.routes.get(index)?;
            let cases = own.cases.iter().map(|case| CaseJson {
                label: case.label.clone(),
                when: rule(case.when),
                steps: case.steps.iter().map(step).collect(),
            });
            let detail = BlockDetail::Route {
                check: check_of(pack, own.check),
                cases: cases.collect(),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Grade => {
            let own = pack.grades.get(index)?;
            let rows = own.rows.iter().map(|row| GradeRowJson {
                grade: row.grade.clone(),
                when: rule(row.when),
                text: row.text.clone(),
            });
            let detail = BlockDetail::Grade {
                rows: rows.collect(),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Obligation => {
            let own = pack.obligations.get(index)?;
            let detail = BlockDetail::Obligation {
                who: own.who.clone(),
                what: own.what.clone(),
                every: recurrence(own.every),
                to: own.to.clone(),
                until: own.until.clone(),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Deadline => {
            let own = pack.deadlines.get(index)?;
            let detail = BlockDetail::Deadline {
                who: own.who.clone(),
                when: deadline(own),
            };
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Form => {
            let own = pack.forms.get(index)?;
            (&own.id, own.name.as_str(), form(pack, own))
        }
        BlockKind::Point => {
            let own = pack.points.get(index)?;
            let detail = BlockDetail::Point(point_json(pack, PointId(reference.index))?);
            (&own.id, own.label.as_str(), detail)
        }
        BlockKind::Constraint => {
            let own = pack.constraints.get(index)?;
            let detail = BlockDetail::Constraint {
                rule: rule_text(pack, own.rule),
                message: own.message.clone(),
                facts: named_facts(pack, &own.facts),
            };
            (&own.id, "", detail)
        }
        BlockKind::Note => {
            let own = pack.notes.get(index)?;
            let detail = BlockDetail::Note {
                reason: own.reason.clone(),
            };
            (&own.id, "", detail)
        }
        BlockKind::Example => {
            return Some(BlockJson {
                kind: reference.kind,
                id: String::new(),
                label: String::new(),
                detail: None,
            });
        }
    };
    Some(BlockJson {
        kind: reference.kind,
        id: id.clone(),
        label: label.to_owned(),
        detail: Some(detail),
    })
}

fn form(pack: &Pack, form: &Form) -> BlockDetail {
    BlockDetail::Form {
        named: form.named,
        check: check_of(pack, form.check),
        filled_by: form.filled_by.clone(),
        copies: form.copies,
        electronic: form.electronic,
        attachments: form
            .attachments
            .iter()
            .map(|attachment| AttachmentJson {
                name: attachment.name.clone(),
                copies: attachment.copies,
                proves: attachment.proves.map(|fact| fact_id(pack, fact)),
            })
            .collect(),
        chain: form.chain.clone(),
        due: form.due.clone(),
        remark: form.remark.clone(),
        facts: named_facts(pack, &layout_facts(form)),
        fields: form
            .fields
            .iter()
            .map(|field| {
                let (kind, limit, options) = match &field.kind {
                    FieldKind::Line(limit) => ("line", u32::from(*limit), Vec::new()),
                    FieldKind::Lines(limit) => ("lines", u32::from(*limit), Vec::new()),
                    FieldKind::Date => ("date", 0, Vec::new()),
                    FieldKind::Choice(choice) => {
                        let set = pack.vocabulary.choices.get(choice.index());
                        let options = set.map_or_else(Vec::new, |set| set.options.clone());
                        ("choice", 0, options)
                    }
                    FieldKind::Number { max, .. } => ("number", *max, Vec::new()),
                };
                FieldJson {
                    id: field.id.clone(),
                    label: field.label.clone(),
                    help: field.help.clone(),
                    kind,
                    limit: (limit > 0).then_some(limit),
                    options,
                }
            })
            .collect(),
    }
}

/// The facts that a form holds, each where it stands first; those of a record as their list.
fn layout_facts(form: &Form) -> Vec<FactId> {
    let mut facts = Vec::new();
    for slot in form.slots() {
        let fact = match slot {
            Slot::Fact(fact) | Slot::Record { list: fact, .. } => fact,
            Slot::Field(_) => continue,
        };
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    facts
}

fn deadline(deadline: &Deadline) -> DeadlineWhenJson {
    let nothing = DeadlineWhenJson {
        yearly: None,
        on: None,
        months: None,
        days: None,
        after: None,
        at: None,
    };
    match &deadline.when {
        DeadlineWhen::Yearly { month, day } => DeadlineWhenJson {
            yearly: Some(format!("{month:02}-{day:02}")),
            ..nothing
        },
        DeadlineWhen::On(date) => DeadlineWhenJson {
            on: Some(date.to_string()),
            ..nothing
        },
        DeadlineWhen::Months { months, after } => DeadlineWhenJson {
            months: Some(*months),
            after: Some(after.clone()),
            ..nothing
        },
        DeadlineWhen::Days { days, after } => DeadlineWhenJson {
            days: Some(*days),
            after: Some(after.clone()),
            ..nothing
        },
        DeadlineWhen::Event { at } => DeadlineWhenJson {
            at: Some(at.clone()),
            ..nothing
        },
    }
}

fn recurrence(every: Recurrence) -> &'static str {
    match every {
        Recurrence::Once => "once",
        Recurrence::Always => "always",
        Recurrence::Monthly => "month",
        Recurrence::Quarterly => "quarter",
        Recurrence::Yearly => "year",
        Recurrence::EveryTwoYears => "two_years",
        Recurrence::EveryThreeYears => "three_years",
        Recurrence::OnEvent => "event",
        Recurrence::HalfYearly => "half_year",
    }
}

fn requirement(pack: &Pack, require: &Requirement) -> RequirementJson {
    let all = |parts: &[Requirement]| parts.iter().map(|part| requirement(pack, part)).collect();
    match require {
        Requirement::Condition(id) => {
            let condition = pack.conditions.get(id.index());
            RequirementJson::Condition(condition.map(|own| own.id.clone()).unwrap_or_default())
        }
        Requirement::All(parts) => RequirementJson::All(all(parts)),
        Requirement::Any(parts) => RequirementJson::Any(all(parts)),
    }
}

fn check_of(pack: &Pack, check: Option<CheckId>) -> Option<String> {
    check.and_then(|check| check_id(pack.checks.get(check.index())))
}

fn named(id: &str, label: &str) -> NamedJson {
    NamedJson {
        id: id.to_owned(),
        label: label.to_owned(),
    }
}

fn named_facts(pack: &Pack, facts: &[FactId]) -> Vec<NamedJson> {
    facts
        .iter()
        .filter_map(|id| pack.vocabulary.facts.get(id.index()))
        .map(|fact| named(&fact.id, &fact.label))
        .collect()
}

fn named_points(pack: &Pack, points: &[PointId]) -> Vec<NamedJson> {
    points
        .iter()
        .filter_map(|id| pack.points.get(id.index()))
        .map(|point| named(&point.id, &point.label))
        .collect()
}
