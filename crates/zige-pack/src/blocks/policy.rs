//! The blocks of a policy.

use zige_core::date::Date;
use zige_core::ids::ArticleId;
use zige_core::pack::{
    BlockKind, Deadline, DeadlineWhen, Interval, Note, Obligation, Recurrence, Step, Strength, Who,
};

use crate::article::ArticleName;
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::{BlockName, Document, Fence, File, Part, Text};
use crate::table::{Table, Value};

use super::{ConstraintSource, Context, DerivedSource, FormSource, PointSource, Rule};

/// Everything in the document of a policy.
#[derive(Debug, Default)]
pub(crate) struct PolicySource {
    /// The document's position among the files.
    pub(crate) file: u16,
    pub(crate) head: Option<HeadSource>,
    pub(crate) articles: Vec<ArticleSource>,
    pub(crate) conditions: Vec<ConditionSource>,
    pub(crate) checks: Vec<CheckSource>,
    pub(crate) points: Vec<PointSource>,
    pub(crate) entitlements: Vec<EntitlementSource>,
    pub(crate) routes: Vec<RouteSource>,
    pub(crate) grades: Vec<GradeSource>,
    pub(crate) obligations: Vec<(Text, Obligation)>,
    pub(crate) deadlines: Vec<(Text, Deadline)>,
    pub(crate) forms: Vec<FormSource>,
    pub(crate) constraints: Vec<ConstraintSource>,
    pub(crate) derived: Vec<DerivedSource>,
    pub(crate) notes: Vec<(Text, Note)>,
    pub(crate) examples: Vec<ExampleSource>,
}

/// `policy`.
#[derive(Debug)]
pub(crate) struct HeadSource {
    pub(crate) title: String,
    pub(crate) short: String,
    pub(crate) summary: String,
    pub(crate) issuer: String,
    pub(crate) region: String,
    pub(crate) version: String,
    pub(crate) draft: bool,
    pub(crate) force: Interval,
    pub(crate) applications: Interval,
    pub(crate) replaced: Option<(Date, String)>,
    pub(crate) article: Option<Text>,
    pub(crate) remark: String,
}

/// An article or item.
#[derive(Debug)]
pub(crate) struct ArticleSource {
    pub(crate) name: ArticleName,
    pub(crate) place: Place,
    pub(crate) chapter: String,
    pub(crate) gist: Vec<Text>,
    pub(crate) quotes: Vec<Text>,
    pub(crate) comments: Vec<Text>,
    /// Kind, position among the blocks of its kind, and the bytes of the block.
    pub(crate) blocks: Vec<(BlockKind, usize)>,
    /// The bodies of all its blocks.
    pub(crate) bodies: Vec<Place>,
}

/// `condition`.
#[derive(Debug)]
pub(crate) struct ConditionSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) label: String,
    pub(crate) rule: Option<Rule>,
    pub(crate) strength: Strength,
    pub(crate) strength_place: Place,
    /// Whether the author wrote the strength down.
    pub(crate) strength_is_written: bool,
    pub(crate) met: String,
    pub(crate) unmet: String,
    pub(crate) open: String,
    pub(crate) see: Vec<Text>,
}

/// `check`.
#[derive(Debug)]
pub(crate) struct CheckSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) label: String,
    pub(crate) question: String,
    pub(crate) who: Who,
    pub(crate) require: Option<Rule>,
    pub(crate) ask: Vec<Text>,
}

/// `entitlement`.
#[derive(Debug)]
pub(crate) struct EntitlementSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) label: String,
    pub(crate) benefit: String,
    pub(crate) amount: Option<i64>,
    pub(crate) per: String,
    pub(crate) payer: String,
    pub(crate) check: Option<Text>,
    pub(crate) when: Option<Rule>,
    pub(crate) limit: String,
}

/// `route`.
#[derive(Debug)]
pub(crate) struct RouteSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) label: String,
    pub(crate) check: Option<Text>,
    pub(crate) cases: Vec<CaseSource>,
}

/// A case of a route.
#[derive(Debug)]
pub(crate) struct CaseSource {
    pub(crate) label: String,
    pub(crate) when: Option<Rule>,
    pub(crate) steps: Vec<Step>,
}

/// `grade`.
#[derive(Debug)]
pub(crate) struct GradeSource {
    pub(crate) id: Text,
    pub(crate) article: ArticleId,
    pub(crate) label: String,
    pub(crate) rows: Vec<(String, Option<Rule>, String)>,
}

/// `example`.
#[derive(Debug)]
pub(crate) struct ExampleSource {
    pub(crate) id: Text,
    pub(crate) subject: Option<(SubjectKind, Text)>,
    pub(crate) on: Option<Date>,
    pub(crate) like: Option<Text>,
    pub(crate) expect: Text,
    pub(crate) possible: Vec<Text>,
    pub(crate) conditions: Vec<(Text, Value)>,
    pub(crate) answers: Vec<(Text, Value)>,
}

/// What an example tries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubjectKind {
    Check,
    Route,
    Grade,
    Entitlement,
}

impl SubjectKind {
    const WORDS: [(&'static str, SubjectKind); 4] = [
        ("check", SubjectKind::Check),
        ("route", SubjectKind::Route),
        ("grade", SubjectKind::Grade),
        ("entitlement", SubjectKind::Entitlement),
    ];
}

/// Reads a policy's headings and blocks.
pub(crate) fn read_policy(
    file: &File,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> PolicySource {
    let mut source = PolicySource {
        file: document.file,
        ..PolicySource::default()
    };
    let mut context = Context { file, problems };
    let mut chapter = String::new();
    let mut titles: Vec<Place> = Vec::new();
    for part in &document.parts {
        let level = part.heading.as_ref().map_or(1, |heading| heading.level);
        let article = match &part.heading {
            None => None,
            Some(heading) if heading.level == 1 => {
                titles.push(heading.text.place);
                None
            }
            Some(heading) if heading.level == 2 => {
                chapter.clone_from(&heading.text.text);
                None
            }
            Some(heading) => match context.article(&heading.text, part, &chapter) {
                Some(article) => Some(article),
                // What stands under a heading that names no article has no place.
                None => continue,
            },
        };
        let number = match article {
            Some(article) => {
                source.articles.push(article);
                ArticleId(u16::try_from(source.articles.len() - 1).unwrap_or(u16::MAX)).into()
            }
            None => None,
        };
        for fence in &part.fences {
            let block = context.block(&mut source, fence, number, level);
            if let Some(article) =
                number.and_then(|id: ArticleId| source.articles.get_mut(id.index()))
            {
                article.bodies.push(fence.body);
                article.blocks.extend(block);
            }
        }
    }
    context.titles(document, &titles);
    source
}

impl Context<'_> {
    fn titles(&mut self, document: &Document, titles: &[Place]) {
        match titles {
            [_] => {}
            [] => self.problems.push(
                Diagnostic::error(
                    Kind::Heading,
                    Place::new(document.file, 0, 0),
                    "this document has no title",
                )
                .mend("begin it with a line `# ` and the policy's title"),
            ),
            [first, second, ..] => self.problems.push(
                Diagnostic::error(Kind::Heading, *second, "this document has two titles")
                    .also(*first, "the title")
                    .mend("write chapters with `##`, articles with `###` and items with `####`"),
            ),
        }
    }

    fn article(&mut self, heading: &Text, part: &Part, chapter: &str) -> Option<ArticleSource> {
        let Some(name) = ArticleName::parse(&heading.text) else {
            self.problems.push(
                Diagnostic::error(
                    Kind::Heading,
                    heading.place,
                    format!("`{}` names no article", heading.text),
                )
                .mend(
                    "write `### 第六条`, `#### 第六条（一）`, `#### 第二十九条末段`, or `### 一`, `### 一（一）`, `#### 一（一）1` for a notice; \
                     a chapter is `## …`, and words about the article go under its heading",
                ),
            );
            return None;
        };
        Some(ArticleSource {
            name,
            place: heading.place,
            chapter: chapter.to_owned(),
            gist: part.gist.clone(),
            quotes: part.quotes.clone(),
            comments: part.comments.clone(),
            blocks: Vec::new(),
            bodies: Vec::new(),
        })
    }

    /// Reads one block; what it is among its article's blocks, if it counts as one.
    fn block(
        &mut self,
        source: &mut PolicySource,
        fence: &Fence,
        article: Option<ArticleId>,
        level: usize,
    ) -> Option<(BlockKind, usize)> {
        match fence.kind {
            BlockName::Policy => {
                if article.is_some() || level > 1 {
                    self.misplaced(fence, "move it up, right under the title");
                } else if source.head.is_some() {
                    self.problems.push(
                        Diagnostic::error(
                            Kind::PolicyBlock,
                            fence.place,
                            "there is a second `policy` block",
                        )
                        .mend("keep one, right under the title"),
                    );
                } else {
                    source.head = Some(self.head(fence));
                }
                return None;
            }
            BlockName::Scale
            | BlockName::List
            | BlockName::Section
            | BlockName::Fact
            | BlockName::Schedule => {
                self.misplaced(
                    fence,
                    "move it to `vocabulary.md`, where all policies share it",
                );
                return None;
            }
            BlockName::Derived => {
                source.derived.extend(self.derived(fence));
                return None;
            }
            BlockName::Example => {
                let example = self.example(fence);
                source.examples.push(example);
                return Some((BlockKind::Example, source.examples.len() - 1));
            }
            BlockName::Constraint => {
                let constraint = self.constraint(fence)?;
                source.constraints.push(constraint);
                return Some((BlockKind::Constraint, source.constraints.len() - 1));
            }
            _ => {}
        }
        let Some(article) = article else {
            self.misplaced(
                fence,
                "move it under the heading of its article, such as `### 第六条`",
            );
            return None;
        };
        let id = fence.id.clone();
        Some(match fence.kind {
            BlockName::Condition => {
                let condition = self.condition(fence, article);
                push(BlockKind::Condition, &mut source.conditions, condition)
            }
            BlockName::Check => {
                let check = self.check(fence, article);
                push(BlockKind::Check, &mut source.checks, check)
            }
            BlockName::Point => {
                let mut point = self.point(fence);
                point.point.article = Some(article);
                push(BlockKind::Point, &mut source.points, point)
            }
            BlockName::Entitlement => {
                let entitlement = self.entitlement(fence, article);
                push(
                    BlockKind::Entitlement,
                    &mut source.entitlements,
                    entitlement,
                )
            }
            BlockName::Route => {
                let route = self.route(fence, article);
                push(BlockKind::Route, &mut source.routes, route)
            }
            BlockName::Grade => {
                let grade = self.grade(fence, article);
                push(BlockKind::Grade, &mut source.grades, grade)
            }
            BlockName::Obligation => {
                let obligation = self.obligation(fence, article);
                push(
                    BlockKind::Obligation,
                    &mut source.obligations,
                    (id, obligation),
                )
            }
            BlockName::Deadline => {
                let deadline = self.deadline(fence, article);
                push(BlockKind::Deadline, &mut source.deadlines, (id, deadline))
            }
            BlockName::Form => {
                let form = self.form(fence, article);
                push(BlockKind::Form, &mut source.forms, form)
            }
            _ => {
                let mut table = self.table(fence);
                let note = Note {
                    id: id.text.clone(),
                    article,
                    reason: table.text("reason", self.problems).text,
                };
                table.finish(self.problems);
                push(BlockKind::Note, &mut source.notes, (id, note))
            }
        })
    }

    fn head(&mut self, fence: &Fence) -> HeadSource {
        let mut table = self.table(fence);
        let id = &fence.id;
        let expected = self.file.name.rsplit(['/', '\\']).next().unwrap_or("");
        let expected = expected.strip_suffix(".md").unwrap_or(expected).to_owned();
        if id.text != expected {
            let what = match id.text.is_empty() {
                true => "the `policy` block has no id".to_owned(),
                false => format!(
                    "the `policy` block calls the pack `{}`, the file calls it `{expected}`",
                    id.text
                ),
            };
            self.problems.push(
                Diagnostic::error(Kind::PolicyBlock, id.place, what).mend(format!(
                    "write ```` ```policy {expected} ````, or rename the file"
                )),
            );
        }
        let problems = &mut *self.problems;
        let head = HeadSource {
            title: table.text("title", problems).text,
            short: table.text("short", problems).text,
            summary: table.text("summary", problems).text,
            issuer: table.text("issuer", problems).text,
            region: table.text("region", problems).text,
            version: table.text("version", problems).text,
            draft: table.flag("draft", problems),
            force: interval(&mut table, "force", problems),
            applications: interval(&mut table, "applications", problems),
            replaced: replaced(&mut table, problems),
            article: table.optional_text("article", problems),
            remark: table.string("remark", problems),
        };
        table.finish(problems);
        head
    }

    fn condition(&mut self, fence: &Fence, article: ArticleId) -> ConditionSource {
        let mut table = self.table(fence);
        let rule = self.rule(&mut table, "rule");
        let problems = &mut *self.problems;
        let strength_place = table.place_of("strength");
        let mut strength_is_written = table.has("strength");
        let strength = table.one_of(
            "strength",
            &[
                ("hard", Strength::Hard),
                ("in_principle", Strength::InPrinciple),
                ("relaxable", Strength::Relaxable),
            ],
            problems,
        );
        // What was written wrong promises nothing.
        strength_is_written &= strength.is_some();
        let condition = ConditionSource {
            id: fence.id.clone(),
            article,
            label: table.text("label", problems).text,
            rule,
            strength: strength.unwrap_or(Strength::Hard),
            strength_place,
            strength_is_written,
            met: table.string("met", problems),
            unmet: table.string("unmet", problems),
            open: table.string("open", problems),
            see: table.texts("see", problems),
        };
        table.finish(problems);
        condition
    }

    fn check(&mut self, fence: &Fence, article: ArticleId) -> CheckSource {
        let mut table = self.table(fence);
        let require = self.rule(&mut table, "require");
        let problems = &mut *self.problems;
        let check = CheckSource {
            id: fence.id.clone(),
            article,
            label: table.text("label", problems).text,
            question: table.text("question", problems).text,
            who: table
                .one_of(
                    "who",
                    &[("person", Who::Person), ("unit", Who::Unit)],
                    problems,
                )
                .unwrap_or(Who::Person),
            require,
            ask: table.texts("ask", problems),
        };
        table.finish(problems);
        check
    }

    fn entitlement(&mut self, fence: &Fence, article: ArticleId) -> EntitlementSource {
        let mut table = self.table(fence);
        let when = self.optional_rule(&mut table, "when");
        let amount = table.optional_text("amount", self.problems);
        let amount = amount.and_then(|text| {
            let yuan = text.text.trim().trim_start_matches(['¥', '￥']).replace([',', '，'], "");
            let amount = super::vocabulary::scaled_text(&yuan, 2).filter(|amount| *amount >= 0);
            if amount.is_none() {
                self.problems.push(
                    Diagnostic::error(
                        Kind::Value,
                        text.place,
                        format!("`amount` of this {} cannot be `{}`", table.name, text.text),
                    )
                    .mend("write an amount in 元 like `amount = \"¥10000\"`; leave it out when the text fixes none")
                    .chinese("金额以元为单位，写成 \"¥10000\" 这样；原文没有写多少钱的，不写这一行"),
                );
            }
            amount
        });
        let problems = &mut *self.problems;
        let entitlement = EntitlementSource {
            id: fence.id.clone(),
            article,
            label: table.text("label", problems).text,
            benefit: table.text("benefit", problems).text,
            amount,
            per: table.string("per", problems),
            payer: table.string("payer", problems),
            check: table.optional_text("check", problems),
            when,
            limit: table.string("limit", problems),
        };
        table.finish(problems);
        entitlement
    }

    fn route(&mut self, fence: &Fence, article: ArticleId) -> RouteSource {
        let mut table = self.table(fence);
        let label = table.text("label", self.problems).text;
        let check = table.optional_text("check", self.problems);
        let place = table.place;
        let cases = table.tables("case", self.problems);
        let broken = table.is_broken();
        table.finish(self.problems);
        if cases.is_empty() && !broken {
            self.problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    place,
                    format!("route `{}` has no `case`", fence.id.text),
                )
                .mend("add `[[case]]` with `step = [{ office = \"…\", action = \"…\" }]`"),
            );
        }
        let several = cases.len() > 1;
        let mut read = Vec::new();
        for mut case in cases {
            let when = self.optional_rule(&mut case, "when");
            let problems = &mut *self.problems;
            let label = match several {
                true => case.text("label", problems).text,
                false => case.string("label", problems),
            };
            let steps = case
                .tables("step", problems)
                .into_iter()
                .map(|mut step| {
                    let read = Step {
                        office: step.text("office", problems).text,
                        action: step.text("action", problems).text,
                        due: step.string("due", problems),
                    };
                    step.finish(problems);
                    read
                })
                .collect();
            case.finish(problems);
            read.push(CaseSource { label, when, steps });
        }
        RouteSource {
            id: fence.id.clone(),
            article,
            label,
            check,
            cases: read,
        }
    }

    fn grade(&mut self, fence: &Fence, article: ArticleId) -> GradeSource {
        let mut table = self.table(fence);
        let label = table.text("label", self.problems).text;
        let place = table.place;
        let rows = table.tables("row", self.problems);
        let broken = table.is_broken();
        table.finish(self.problems);
        if rows.is_empty() && !broken {
            self.problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    place,
                    format!("grade `{}` has no `row`", fence.id.text),
                )
                .mend("add `row = [{ grade = \"…\", when = \"…\", text = \"…\" }]`"),
            );
        }
        let mut read = Vec::new();
        for mut row in rows {
            let when = self.optional_rule(&mut row, "when");
            let grade = row.text("grade", self.problems).text;
            let text = row.text("text", self.problems).text;
            row.finish(self.problems);
            read.push((grade, when, text));
        }
        GradeSource {
            id: fence.id.clone(),
            article,
            label,
            rows: read,
        }
    }

    fn obligation(&mut self, fence: &Fence, article: ArticleId) -> Obligation {
        let mut table = self.table(fence);
        let problems = &mut *self.problems;
        let obligation = Obligation {
            id: fence.id.text.clone(),
            article,
            label: table.text("label", problems).text,
            who: table.text("who", problems).text,
            what: table.text("what", problems).text,
            every: table
                .one_of(
                    "every",
                    &[
                        ("once", Recurrence::Once),
                        ("always", Recurrence::Always),
                        ("month", Recurrence::Monthly),
                        ("quarter", Recurrence::Quarterly),
                        ("half_year", Recurrence::HalfYearly),
                        ("year", Recurrence::Yearly),
                        ("two_years", Recurrence::EveryTwoYears),
                        ("three_years", Recurrence::EveryThreeYears),
                        ("event", Recurrence::OnEvent),
                    ],
                    problems,
                )
                .unwrap_or(Recurrence::Always),
            to: table.string("to", problems),
            until: table.string("until", problems),
        };
        table.finish(problems);
        obligation
    }

    fn deadline(&mut self, fence: &Fence, article: ArticleId) -> Deadline {
        let mut table = self.table(fence);
        let label = table.text("label", self.problems).text;
        let who = table.string("who", self.problems);
        let given: Vec<&str> = ["yearly", "on", "months", "days", "at"]
            .into_iter()
            .filter(|key| table.has(key))
            .collect();
        if given.len() != 1 && !table.is_broken() {
            self.problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    table.place,
                    match given.is_empty() {
                        true => format!("this {} does not say when", table.name),
                        false => format!("this {} says when in {} ways", table.name, given.len()),
                    },
                )
                .mend("give exactly one of `yearly = \"08-30\"`, `on = \"2026-06-30\"`, `months = 6` with `after = \"…\"`, `days = 7` with `after = \"…\"`, `at = \"…\"`")
                .chinese("期限要写清什么时候，只写一种：每年几月几日写 yearly，某一天写 on，几个月、几天以内写 months、days 和 after，工作日和别的写 at"),
            );
        }
        let has_span = table.has("months") || table.has("days");
        let problems = &mut *self.problems;
        let yearly = table.optional_text("yearly", problems);
        let on = table.date("on", problems);
        let months = table.integer("months", 1..=1200, problems);
        let days = table.integer("days", 1..=36_500, problems);
        let at = table.optional_text("at", problems);
        let after = match has_span {
            true => table.text("after", problems).text,
            false => String::new(),
        };
        table.finish(problems);
        let when = if let Some(text) = yearly {
            match Date::parse(&format!("2024-{}", text.text.trim())).map(Date::ymd) {
                Some((_, month, day)) => DeadlineWhen::Yearly {
                    month: u8::try_from(month).unwrap_or(1),
                    day: u8::try_from(day).unwrap_or(1),
                },
                None => {
                    problems.push(
                        Diagnostic::error(
                            Kind::Value,
                            text.place,
                            format!("`{}` is not a day of the year", text.text),
                        )
                        .mend("write month and day like `yearly = \"08-30\"`")
                        .chinese("每年的哪一天，写成 \"08-30\" 这样"),
                    );
                    DeadlineWhen::Yearly { month: 1, day: 1 }
                }
            }
        } else if let Some((date, _)) = on {
            DeadlineWhen::On(date)
        } else if let Some(months) = months {
            DeadlineWhen::Months {
                months: u16::try_from(months).unwrap_or(u16::MAX),
                after,
            }
        } else if let Some(days) = days {
            DeadlineWhen::Days {
                days: u16::try_from(days).unwrap_or(u16::MAX),
                after,
            }
        } else {
            DeadlineWhen::Event {
                at: at.map_or_else(String::new, |text| text.text),
            }
        };
        Deadline {
            id: fence.id.text.clone(),
            article,
            label,
            who,
            when,
        }
    }

    fn example(&mut self, fence: &Fence) -> ExampleSource {
        let mut table = self.table(fence);
        let problems = &mut *self.problems;
        let mut subjects: Vec<(SubjectKind, Text)> = SubjectKind::WORDS
            .into_iter()
            .filter_map(|(key, kind)| Some((kind, table.optional_text(key, problems)?)))
            .collect();
        if subjects.len() != 1 && !table.is_broken() {
            problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    table.place,
                    format!("this {} does not say what it tries out, or says it twice", table.name),
                )
                .mend("give exactly one of `check = \"…\"`, `route = \"…\"`, `grade = \"…\"`, `entitlement = \"…\"`"),
            );
        }
        let on_given = table.has("on");
        if !on_given {
            table.text("on", problems);
        }
        let example = ExampleSource {
            id: fence.id.clone(),
            subject: match subjects.len() {
                1 => subjects.pop(),
                _ => None,
            },
            on: match on_given {
                true => table.date("on", problems).map(|(date, _)| date),
                false => None,
            },
            like: table.optional_text("like", problems),
            expect: table.text("expect", problems),
            possible: table.texts("possible", problems),
            conditions: table
                .table("conditions", problems)
                .map_or_else(Vec::new, Table::rest),
            answers: table
                .table("answers", problems)
                .map_or_else(Vec::new, Table::rest),
        };
        table.finish(problems);
        example
    }
}

fn push<T>(kind: BlockKind, list: &mut Vec<T>, item: T) -> (BlockKind, usize) {
    list.push(item);
    (kind, list.len() - 1)
}

fn interval(table: &mut Table, key: &'static str, problems: &mut Vec<Diagnostic>) -> Interval {
    let Some(mut inner) = table.table(key, problems) else {
        return Interval {
            from: None,
            to: None,
        };
    };
    let from = inner.date("from", problems);
    let to = inner.date("to", problems);
    inner.finish(problems);
    if let (Some((first, _)), Some((last, place))) = (from, to)
        && last < first
    {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                place,
                format!("`{key}` ends on {last}, before it begins on {first}"),
            )
            .mend("swap the two dates, or correct one of them"),
        );
    }
    Interval {
        from: from.map(|(date, _)| date),
        to: to.map(|(date, _)| date),
    }
}

fn replaced(table: &mut Table, problems: &mut Vec<Diagnostic>) -> Option<(Date, String)> {
    let mut inner = table.table("replaced", problems)?;
    let on = inner.date("on", problems);
    let by = inner.text("by", problems).text;
    inner.finish(problems);
    Some((on?.0, by))
}
