//! Puts the pack together from the source's blocks and the sliced rules.

use zige_core::ids::{ArticleId, CheckId, ConditionId, FactId};
use zige_core::pack::{
    Article, Block, Case, Check, Condition, Constraint, Deadline, Entitlement, Grade, GradeRow,
    Interval, Note, Obligation, Pack, Programme, Requirement, Route,
};

use crate::article::ArticleName;
use crate::blocks::{HeadSource, PolicySource, VocabularySource};
use crate::compile::Lowered;
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::expression::{Expression, What};
use crate::lower::Arena;
use crate::scope::{Named, Scope};
use crate::slice::Slice;
use crate::source::{File, Text};

/// Puts the pack together.
pub(crate) struct Assembler<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) source: &'a PolicySource,
    pub(crate) vocabulary: &'a VocabularySource,
    pub(crate) problems: &'a mut Vec<Diagnostic>,
}

impl Assembler<'_> {
    pub(crate) fn pack(
        &mut self,
        file: &File,
        arena: &Arena,
        lowered: &Lowered,
        slice: &Slice,
    ) -> Pack {
        let id = file.name.rsplit(['/', '\\']).next().unwrap_or("");
        let id = id.strip_suffix(".md").unwrap_or(id).to_owned();
        let conditions = self.conditions(arena, lowered, slice);
        let checks = self.checks(&conditions, slice);
        let articles = self.articles();
        let head = self.source.head.as_ref();
        if head.is_none() {
            self.problems.push(
                Diagnostic::error(
                    Kind::PolicyBlock,
                    Place::new(self.source.file, 0, 0),
                    "this document has no `policy` block",
                )
                .mend(format!("add ```` ```policy {id} ```` right under the title, with title, short, summary, issuer, region and version")),
            );
        }
        let (forms, own_choices) = self.forms(slice);
        let mut vocabulary = slice.vocabulary.clone();
        vocabulary.choices.extend(own_choices);
        let text =
            |of: fn(&HeadSource) -> &String| head.map_or_else(String::new, |head| of(head).clone());
        let unknown = Interval {
            from: None,
            to: None,
        };
        Pack {
            id,
            title: text(|head| &head.title),
            short: text(|head| &head.short),
            summary: text(|head| &head.summary),
            issuer: text(|head| &head.issuer),
            region: text(|head| &head.region),
            version: text(|head| &head.version),
            programme: Programme {
                draft: head.is_some_and(|head| head.draft),
                force: head.map_or(unknown, |head| head.force),
                applications: head.map_or(unknown, |head| head.applications),
                replaced: head.and_then(|head| head.replaced.clone()),
                article: head
                    .and_then(|head| head.article.clone())
                    .and_then(|article| self.article(&article)),
                remark: text(|head| &head.remark),
            },
            vocabulary,
            nodes: slice.nodes.clone(),
            spans: slice.spans(file, self.source.file),
            constraints: self.constraints(arena, lowered, slice),
            points: slice.points.clone(),
            conditions,
            checks,
            entitlements: self.entitlements(lowered, slice),
            routes: self.routes(lowered, slice),
            grades: self.grades(lowered, slice),
            obligations: self
                .source
                .obligations
                .iter()
                .map(|(_, block)| block.clone())
                .collect::<Vec<Obligation>>(),
            deadlines: self
                .source
                .deadlines
                .iter()
                .map(|(_, block)| block.clone())
                .collect::<Vec<Deadline>>(),
            forms,
            notes: self
                .source
                .notes
                .iter()
                .map(|(_, block)| block.clone())
                .collect::<Vec<Note>>(),
            articles,
            aliases: slice.aliases.clone(),
        }
    }

    fn conditions(&mut self, arena: &Arena, lowered: &Lowered, slice: &Slice) -> Vec<Condition> {
        let source = self.source;
        source
            .conditions
            .iter()
            .zip(&lowered.conditions)
            .map(|(condition, node)| {
                let (facts, points) =
                    node.map_or_else(Default::default, |node| arena.used(&[node]));
                Condition {
                    id: condition.id.text.clone(),
                    article: condition.article,
                    see: condition
                        .see
                        .iter()
                        .filter_map(|name| self.article(name))
                        .collect(),
                    label: condition.label.clone(),
                    strength: condition.strength,
                    rule: slice.node(*node),
                    met: condition.met.clone(),
                    unmet: condition.unmet.clone(),
                    open: condition.open.clone(),
                    facts: slice.facts_of(&facts),
                    points: slice.points_of(&points),
                }
            })
            .collect()
    }

    fn checks(&mut self, conditions: &[Condition], slice: &Slice) -> Vec<Check> {
        let source = self.source;
        source
            .checks
            .iter()
            .map(|check| {
                let mut used = Vec::new();
                let require = match &check.require {
                    Some(rule) => self.requirement(&rule.expression, &mut used),
                    None => Requirement::All(Vec::new()),
                };
                let asked: Vec<FactId> = check
                    .ask
                    .iter()
                    .filter_map(|name| self.fact(name, &name.text, slice))
                    .collect();
                let needed: Vec<FactId> = used
                    .iter()
                    .filter_map(|id: &ConditionId| conditions.get(id.index()))
                    .flat_map(|condition| condition.facts.iter().copied())
                    .collect();
                let mut facts: Vec<FactId> = Vec::new();
                let asked = asked.iter().filter(|fact| needed.contains(fact));
                for fact in asked.chain(&needed) {
                    if !facts.contains(fact) {
                        facts.push(*fact);
                    }
                }
                Check {
                    id: check.id.text.clone(),
                    article: check.article,
                    label: check.label.clone(),
                    question: check.question.clone(),
                    who: check.who,
                    conditions: used,
                    require,
                    facts,
                }
            })
            .collect()
    }

    fn requirement(&mut self, expression: &Expression, used: &mut Vec<ConditionId>) -> Requirement {
        match &expression.what {
            What::All(parts) => Requirement::All(
                parts
                    .iter()
                    .map(|part| self.requirement(part, used))
                    .collect(),
            ),
            What::Any(parts) => Requirement::Any(
                parts
                    .iter()
                    .map(|part| self.requirement(part, used))
                    .collect(),
            ),
            What::Name(name) => {
                let position = self
                    .source
                    .conditions
                    .iter()
                    .position(|condition| condition.id.text == *name);
                let Some(position) = position.and_then(|position| u16::try_from(position).ok())
                else {
                    let problem = Diagnostic::error(
                        Kind::UnknownName,
                        expression.place,
                        format!("there is no condition `{name}`"),
                    );
                    let names = self.scope.of_kind(Named::Condition);
                    self.problems.push(match self.scope.get(name) {
                        Some(named) => problem.label(format!("this is a {}", named.word())).mend(
                            "put it into a `condition` block under its article and name that here",
                        ),
                        None => problem.choose(name, names),
                    });
                    return Requirement::All(Vec::new());
                };
                let id = ConditionId(position);
                if !used.contains(&id) {
                    used.push(id);
                }
                Requirement::Condition(id)
            }
            What::Wrong => Requirement::All(Vec::new()),
            _ => {
                self.problems.push(
                    Diagnostic::error(
                        Kind::Syntax,
                        expression.place,
                        "a check only combines conditions with `and`, `or` and `( )`",
                    )
                    .mend("put this rule into a `condition` block under its article and name that here"),
                );
                Requirement::All(Vec::new())
            }
        }
    }

    fn article(&mut self, name: &Text) -> Option<ArticleId> {
        let parsed = ArticleName::parse(&name.text);
        let position = parsed.as_ref().and_then(|parsed| {
            self.source
                .articles
                .iter()
                .position(|article| article.name == *parsed)
        });
        if position.is_none() {
            let names: Vec<String> = self
                .source
                .articles
                .iter()
                .map(|article| article.name.to_string())
                .collect();
            let written = parsed.map_or_else(|| name.text.clone(), |parsed| parsed.to_string());
            self.problems.push(
                Diagnostic::error(
                    Kind::UnknownArticle,
                    name.place,
                    format!("this document has no article `{written}`"),
                )
                .mend(match (names.first(), names.last()) {
                    (Some(first), Some(last)) => format!(
                        "write the name as in its heading; the headings go from `{first}` to `{last}`"
                    ),
                    _ => "add a heading for it".to_owned(),
                }),
            );
        }
        position
            .and_then(|position| u16::try_from(position).ok())
            .map(ArticleId)
    }

    fn articles(&self) -> Vec<Article> {
        self.source
            .articles
            .iter()
            .map(|article| Article {
                name: article.name.to_string(),
                chapter: article.chapter.clone(),
                gist: article
                    .gist
                    .iter()
                    .map(|paragraph| paragraph.text.as_str())
                    .collect::<Vec<_>>()
                    .join("\n"),
                quotes: article
                    .quotes
                    .iter()
                    .map(|quote| quote.text.clone())
                    .collect(),
                blocks: article
                    .blocks
                    .iter()
                    .map(|(kind, index)| Block {
                        kind: *kind,
                        index: u16::try_from(*index).unwrap_or(u16::MAX),
                    })
                    .collect(),
            })
            .collect()
    }

    fn constraints(&self, arena: &Arena, lowered: &Lowered, slice: &Slice) -> Vec<Constraint> {
        let own = self.source.constraints.iter().zip(&lowered.constraints);
        let shared = self
            .vocabulary
            .constraints
            .iter()
            .zip(&lowered.vocabulary_constraints)
            .zip(&slice.constraints)
            .filter(|(_, used)| **used)
            .map(|(constraint, _)| constraint);
        own.chain(shared)
            .map(|(constraint, node)| Constraint {
                id: constraint.id.text.clone(),
                rule: slice.node(*node),
                message: constraint.message.clone(),
                facts: slice.facts_of(&node.map_or_else(Vec::new, |node| arena.used(&[node]).0)),
            })
            .collect()
    }

    pub(crate) fn check_named(&mut self, name: Option<&Text>) -> Option<CheckId> {
        let name = name?;
        let position = self
            .source
            .checks
            .iter()
            .position(|check| check.id.text == name.text);
        if position.is_none() {
            self.problems.push(
                Diagnostic::error(
                    Kind::UnknownName,
                    name.place,
                    format!("there is no check `{}`", name.text),
                )
                .choose(&name.text, self.scope.of_kind(Named::Check)),
            );
        }
        position
            .and_then(|position| u16::try_from(position).ok())
            .map(CheckId)
    }

    fn entitlements(&mut self, lowered: &Lowered, slice: &Slice) -> Vec<Entitlement> {
        let source = self.source;
        source
            .entitlements
            .iter()
            .zip(&lowered.entitlements)
            .map(|(block, when)| Entitlement {
                id: block.id.text.clone(),
                article: block.article,
                label: block.label.clone(),
                benefit: block.benefit.clone(),
                amount: block.amount,
                per: block.per.clone(),
                payer: block.payer.clone(),
                check: self.check_named(block.check.as_ref()),
                when: when.map(|when| slice.node(Some(when))),
                limit: block.limit.clone(),
            })
            .collect()
    }

    fn routes(&mut self, lowered: &Lowered, slice: &Slice) -> Vec<Route> {
        let source = self.source;
        source
            .routes
            .iter()
            .zip(&lowered.routes)
            .map(|(block, whens)| Route {
                id: block.id.text.clone(),
                article: block.article,
                label: block.label.clone(),
                check: self.check_named(block.check.as_ref()),
                cases: block
                    .cases
                    .iter()
                    .zip(whens)
                    .map(|(case, when)| Case {
                        label: case.label.clone(),
                        when: when.map(|when| slice.node(Some(when))),
                        steps: case.steps.clone(),
                    })
                    .collect(),
            })
            .collect()
    }

    fn grades(&self, lowered: &Lowered, slice: &Slice) -> Vec<Grade> {
        self.source
            .grades
            .iter()
            .zip(&lowered.grades)
            .map(|(block, whens)| Grade {
                id: block.id.text.clone(),
                article: block.article,
                label: block.label.clone(),
                rows: block
                    .rows
                    .iter()
                    .zip(whens)
                    .map(|((grade, _, text), when)| GradeRow {
                        grade: grade.clone(),
                        when: when.map(|when| slice.node(Some(when))),
                        text: text.clone(),
                    })
                    .collect(),
            })
            .collect()
    }
}
