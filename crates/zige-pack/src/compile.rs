//! From documents to packs.

use std::fs;
use std::path::Path;

use zige_core::ids::{ArticleId, CheckId, ConditionId, FactId, NodeId, PointId, ScheduleId};
use zige_core::pack::{
    Article, Attachment, Block, Case, Cell, Check, Condition, Constraint, Deadline, Entitlement,
    Form, FormPart, FormRow, FormTable, Grade, GradeRow, Interval, Note, Obligation, Pack,
    Programme, Requirement, Route,
};

use crate::article::ArticleName;
use crate::blocks::{
    CellSource, FormSource, KindSource, PolicySource, Rule, VocabularySource, read_policy,
    read_vocabulary,
};
use crate::diagnostics::{Diagnostic, Diagnostics, Kind, Place, Severity};
use crate::expression::{Expression, What};
use crate::lint::{Policy, lint_pack, lint_source};
use crate::lower::Arena;
use crate::scope::{Named, Scope};
use crate::slice::{Slice, slice};
use crate::source::{File, Text, read};
use crate::suggest::choose;
use crate::types::{Checker, Purpose, Type, World};

/// The file that holds the shared vocabulary.
pub const VOCABULARY: &str = "vocabulary.md";
/// The file that describes the language; it is no policy.
const LANGUAGE: &str = "LANGUAGE.md";

/// What a compilation gives.
#[derive(Debug)]
pub struct Compiled {
    /// The packs, by file name.
    pub packs: Vec<Pack>,
    /// What is doubtful, though it compiles.
    pub warnings: Diagnostics,
}

/// Compiles every policy of a folder.
///
/// # Errors
/// All mistakes, each with file, line, column and how to mend it.
pub fn compile_dir(dir: &Path) -> Result<Compiled, Diagnostics> {
    let (packs, diagnostics) = lint_dir(dir);
    match diagnostics.errors() {
        0 => Ok(Compiled {
            packs,
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// Compiles documents that are in memory: the vocabulary's text, then id and text of each policy.
///
/// # Errors
/// As [`compile_dir`].
pub fn compile_str(vocabulary: &str, policies: &[(&str, &str)]) -> Result<Compiled, Diagnostics> {
    let mut files = vec![File::new(VOCABULARY, vocabulary)];
    files.extend(
        policies
            .iter()
            .map(|(id, text)| File::new(&format!("{id}.md"), text)),
    );
    let (packs, diagnostics) = compile(files, Vec::new());
    match diagnostics.errors() {
        0 => Ok(Compiled {
            packs,
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// Everything there is to say about the policies of a folder, and the packs that compile.
#[must_use]
pub fn lint_dir(dir: &Path) -> (Vec<Pack>, Diagnostics) {
    let mut problems = Vec::new();
    let names = match markdown_files(dir) {
        Ok(names) => names,
        Err(error) => {
            let file = File::new(&dir.display().to_string(), "");
            problems.push(
                Diagnostic::error(
                    Kind::File,
                    Place::new(0, 0, 0),
                    format!("the folder `{}` cannot be read: {error}", dir.display()),
                )
                .mend("give the folder that holds `vocabulary.md` and the policies"),
            );
            return (Vec::new(), Diagnostics::new(vec![file], problems));
        }
    };
    let mut files = Vec::new();
    for name in std::iter::once(VOCABULARY.to_owned()).chain(names) {
        let path = dir.join(&name);
        let shown = path.display().to_string();
        let number = u16::try_from(files.len()).unwrap_or(u16::MAX);
        let text = fs::read(&path)
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
            });
        match text {
            Ok(text) => files.push(File::new(&shown, &text)),
            Err(error) => {
                files.push(File::new(&shown, ""));
                problems.push(
                    Diagnostic::error(
                        Kind::File,
                        Place::new(number, 0, 0),
                        format!("`{shown}` cannot be read: {error}"),
                    )
                    .mend("save it as UTF-8; every folder of policies needs a `vocabulary.md`"),
                );
            }
        }
    }
    compile(files, problems)
}

/// The Markdown files of a folder, sorted, without the vocabulary and the language.
fn markdown_files(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && name != VOCABULARY && name != LANGUAGE {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Compiles files, the first of which is the vocabulary.
pub(crate) fn compile(files: Vec<File>, mut problems: Vec<Diagnostic>) -> (Vec<Pack>, Diagnostics) {
    let mut packs = Vec::new();
    let vocabulary = match files.first() {
        Some(file) => {
            let document = read(0, file, &mut problems);
            read_vocabulary(file, &document, &mut problems)
        }
        None => VocabularySource::default(),
    };
    check_vocabulary(&vocabulary, &mut problems);
    let vocabulary_errors = problems.len();
    for (index, file) in files.iter().enumerate().skip(1) {
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        let before = problems.len();
        let document = read(number, file, &mut problems);
        let source = read_policy(file, &document, &mut problems);
        let sound = problems.len() == before && vocabulary_errors == 0;
        let pack = compile_policy(number, file, &vocabulary, source, sound, &mut problems);
        let sound = problems
            .iter()
            .skip(before)
            .all(|problem| problem.severity == Severity::Warning);
        if sound && vocabulary_errors == 0 {
            packs.extend(pack);
        }
    }
    (packs, Diagnostics::new(files, problems))
}

/// Checks what concerns the vocabulary alone.
fn check_vocabulary(vocabulary: &VocabularySource, problems: &mut Vec<Diagnostic>) {
    let mut scope = Scope::default();
    name_vocabulary(&mut scope, vocabulary, 0, 0, problems);
    let nothing = PolicySource::default();
    let world = world(&scope, vocabulary, &nothing);
    for (fact, kind) in vocabulary.facts.iter().zip(&world.fact_types) {
        check_fact(vocabulary, fact, *kind, &world, problems);
    }
    let mut arena = arena(&world);
    let mut checker = Checker::new(&world, &mut arena, problems);
    for fact in &vocabulary.facts {
        if let Some(guard) = &fact.guard {
            checker.guard(guard, fact);
        }
    }
    for constraint in &vocabulary.constraints {
        checker.rule(&constraint.rule, Purpose::Constraint);
    }
    for index in 0..vocabulary.derived.len() {
        checker.derived(index);
    }
}

fn check_fact(
    vocabulary: &VocabularySource,
    fact: &crate::blocks::FactSource,
    kind: Option<Type>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let id = &fact.id.text;
    let sections = || {
        vocabulary
            .sections
            .iter()
            .map(|(section, _)| section.text.as_str())
    };
    if !fact.section.text.is_empty() && !sections().any(|section| section == fact.section.text) {
        problems.push(
            Diagnostic::error(
                Kind::UnknownName,
                fact.section.place,
                format!("there is no section `{}`", fact.section.text),
            )
            .mend(choose(&fact.section.text, sections().collect::<Vec<_>>())),
        );
    }
    if let KindSource::Choice(of) = &fact.kind
        && kind.is_none()
        && !of.text.is_empty()
    {
        let names: Vec<&str> = vocabulary
            .choices
            .iter()
            .map(|choice| choice.id.text.as_str())
            .collect();
        problems.push(
            Diagnostic::error(
                Kind::UnknownName,
                of.place,
                format!("there is no scale or list `{}`", of.text),
            )
            .mend(choose(&of.text, names)),
        );
    }
    let options = match kind {
        Some(Type::YesNo) => Some(2),
        Some(Type::Choice(choice)) => vocabulary
            .choices
            .get(choice.index())
            .map(|choice| choice.options.len()),
        _ => None,
    };
    if !fact.weights.is_empty() && options != Some(fact.weights.len()) {
        problems.push(
            Diagnostic::error(
                Kind::Value,
                fact.weights_place,
                match options {
                    Some(options) => format!(
                        "`{id}` has {options} answers and {} weights",
                        fact.weights.len()
                    ),
                    None => format!("`{id}` has weights, but its answers cannot be listed"),
                },
            )
            .mend("give one weight for each option, for yes/no `[no, yes]`, or remove `weights`"),
        );
    }
    let fact_of = |name: &str| match world.scope.get(name) {
        Some(Named::Fact(fact)) => vocabulary.facts.get(fact.index()),
        _ => None,
    };
    if let KindSource::Records { fields, .. } = &fact.kind {
        for field in fields {
            let belongs = fact_of(&field.text)
                .and_then(|field| field.record.as_ref())
                .is_some_and(|record| record.text == *id);
            if !belongs {
                problems.push(
                    Diagnostic::error(
                        Kind::UnknownName,
                        field.place,
                        format!("`{}` is not a fact of the records of `{id}`", field.text),
                    )
                    .mend(format!(
                        "give the fact `{}` the key `record = \"{id}\"`",
                        field.text
                    )),
                );
            }
        }
        if fields.is_empty() {
            problems.push(
                Diagnostic::error(
                    Kind::MissingKey,
                    fact.place,
                    format!("the records of `{id}` have no fields"),
                )
                .mend("add `fields = [\"…\"]` with the facts of one record"),
            );
        }
    }
    if let Some(record) = &fact.record {
        let listed = fact_of(&record.text).is_some_and(|list| match &list.kind {
            KindSource::Records { fields, .. } => fields.iter().any(|field| field.text == *id),
            _ => false,
        });
        if !listed {
            problems.push(
                Diagnostic::error(
                    Kind::UnknownName,
                    record.place,
                    format!("`{}` is not a list of records with the field `{id}`", record.text),
                )
                .mend(format!(
                    "add `{id}` to the `fields` of a fact with `type = \"records\"`, and name that fact here"
                )),
            );
        }
        if matches!(fact.kind, KindSource::Records { .. }) {
            problems.push(
                Diagnostic::error(
                    Kind::Value,
                    record.place,
                    "a list of records cannot be a field of a record",
                )
                .mend("make it a fact of its own"),
            );
        }
    }
}

fn name_vocabulary(
    scope: &mut Scope,
    vocabulary: &VocabularySource,
    first_derived: usize,
    first_point: usize,
    problems: &mut Vec<Diagnostic>,
) {
    let number = |index: usize| u16::try_from(index).unwrap_or(u16::MAX);
    for choice in &vocabulary.choices {
        let word = if choice.ordered { "scale" } else { "list" };
        scope.add(&choice.id, Named::Other(word), problems);
    }
    for (section, _) in &vocabulary.sections {
        scope.add(section, Named::Other("section"), problems);
    }
    for (index, fact) in vocabulary.facts.iter().enumerate() {
        scope.add(&fact.id, Named::Fact(FactId(number(index))), problems);
    }
    for (index, schedule) in vocabulary.schedules.iter().enumerate() {
        scope.add(
            &schedule.id,
            Named::Schedule(ScheduleId(number(index))),
            problems,
        );
    }
    for (index, derived) in vocabulary.derived.iter().enumerate() {
        scope.add(&derived.id, Named::Derived(first_derived + index), problems);
    }
    for constraint in &vocabulary.constraints {
        scope.add(&constraint.id, Named::Other("constraint"), problems);
    }
    for (index, point) in vocabulary.points.iter().enumerate() {
        scope.add(
            &point.id,
            Named::Point(PointId(number(first_point + index))),
            problems,
        );
    }
}

fn name_policy(scope: &mut Scope, source: &PolicySource, problems: &mut Vec<Diagnostic>) {
    let number = |index: usize| u16::try_from(index).unwrap_or(u16::MAX);
    for (index, derived) in source.derived.iter().enumerate() {
        scope.add(&derived.id, Named::Derived(index), problems);
    }
    for (index, point) in source.points.iter().enumerate() {
        scope.add(&point.id, Named::Point(PointId(number(index))), problems);
    }
    let mut others: Vec<(&Text, Named)> = Vec::new();
    others.extend(
        source
            .conditions
            .iter()
            .map(|block| (&block.id, Named::Condition)),
    );
    others.extend(source.checks.iter().map(|block| (&block.id, Named::Check)));
    others.extend(
        source
            .entitlements
            .iter()
            .map(|block| (&block.id, Named::Other("entitlement"))),
    );
    others.extend(
        source
            .routes
            .iter()
            .map(|block| (&block.id, Named::Other("route"))),
    );
    others.extend(
        source
            .grades
            .iter()
            .map(|block| (&block.id, Named::Other("grade"))),
    );
    others.extend(
        source
            .obligations
            .iter()
            .map(|(id, _)| (id, Named::Other("obligation"))),
    );
    others.extend(
        source
            .deadlines
            .iter()
            .map(|(id, _)| (id, Named::Other("deadline"))),
    );
    others.extend(
        source
            .forms
            .iter()
            .map(|block| (&block.id, Named::Other("form"))),
    );
    others.extend(
        source
            .constraints
            .iter()
            .map(|block| (&block.id, Named::Other("constraint"))),
    );
    others.extend(
        source
            .notes
            .iter()
            .map(|(id, _)| (id, Named::Other("note"))),
    );
    others.extend(
        source
            .examples
            .iter()
            .map(|block| (&block.id, Named::Other("example"))),
    );
    others.sort_by_key(|(id, _)| id.place);
    for (id, named) in others {
        scope.add(id, named, problems);
    }
}

fn world<'a>(
    scope: &'a Scope,
    vocabulary: &'a VocabularySource,
    source: &'a PolicySource,
) -> World<'a> {
    let choice = |name: &str| {
        let position = vocabulary
            .choices
            .iter()
            .position(|choice| choice.id.text == name)?;
        Some(Type::Choice(zige_core::ids::ChoiceId(
            u16::try_from(position).ok()?,
        )))
    };
    World {
        scope,
        choices: &vocabulary.choices,
        facts: &vocabulary.facts,
        fact_types: vocabulary
            .facts
            .iter()
            .map(|fact| match &fact.kind {
                KindSource::YesNo => Some(Type::YesNo),
                KindSource::Choice(of) => choice(&of.text),
                KindSource::Number { scale, .. } => Some(Type::Number(*scale)),
                KindSource::Money { .. } => Some(Type::Money),
                KindSource::Date { .. } => Some(Type::Date),
                KindSource::Text { .. } | KindSource::Records { .. } => None,
            })
            .collect(),
        record_of: vocabulary
            .facts
            .iter()
            .map(|fact| match scope.get(&fact.record.as_ref()?.text) {
                Some(Named::Fact(list)) => Some(list),
                _ => None,
            })
            .collect(),
        schedules: &vocabulary.schedules,
        points: source
            .points
            .iter()
            .chain(&vocabulary.points)
            .map(|point| &point.point)
            .collect(),
        derived: source.derived.iter().chain(&vocabulary.derived).collect(),
    }
}

fn arena(world: &World<'_>) -> Arena {
    Arena::new(
        world
            .fact_types
            .iter()
            .map(|kind| matches!(kind, Some(Type::Number(_) | Type::Money | Type::Date)))
            .collect(),
    )
}

/// The rules of a policy, lowered; in the order of the source's blocks.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    pub(crate) conditions: Vec<Option<NodeId>>,
    pub(crate) entitlements: Vec<Option<NodeId>>,
    pub(crate) routes: Vec<Vec<Option<NodeId>>>,
    pub(crate) grades: Vec<Vec<Option<NodeId>>>,
    pub(crate) constraints: Vec<Option<NodeId>>,
    pub(crate) vocabulary_constraints: Vec<Option<NodeId>>,
    /// For each fact of the vocabulary.
    pub(crate) guards: Vec<Option<NodeId>>,
}

impl Lowered {
    /// The roots of everything that stands in the policy itself.
    pub(crate) fn roots(&self) -> Vec<NodeId> {
        self.conditions
            .iter()
            .chain(&self.entitlements)
            .chain(self.routes.iter().flatten())
            .chain(self.grades.iter().flatten())
            .chain(&self.constraints)
            .filter_map(|node| *node)
            .collect()
    }
}

fn compile_policy(
    number: u16,
    file: &File,
    vocabulary: &VocabularySource,
    source: PolicySource,
    sound: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<Pack> {
    let before = problems.len();
    let mut scope = Scope::default();
    let mut ignored = Vec::new();
    name_vocabulary(
        &mut scope,
        vocabulary,
        source.derived.len(),
        source.points.len(),
        &mut ignored,
    );
    name_policy(&mut scope, &source, problems);
    let world = world(&scope, vocabulary, &source);
    let mut arena = arena(&world);
    let mut checker = Checker::new(&world, &mut arena, problems);
    let lowered = lower(&mut checker, vocabulary, &source);
    let derived_used = checker.derived_used.clone();
    for (index, used) in derived_used.iter().enumerate().take(source.derived.len()) {
        if !used {
            checker.derived(index);
        }
    }
    if arena.overflowed() {
        problems.push(
            Diagnostic::error(
                Kind::TooLarge,
                Place::new(number, 0, 0),
                "this policy has more rules than the compiler takes",
            )
            .mend("split it into several packs"),
        );
    }
    let mut assembler = Assembler {
        scope: &scope,
        source: &source,
        vocabulary,
        problems,
    };
    let slice = slice(
        &world,
        &arena,
        &lowered,
        &assembler.form_facts(),
        vocabulary,
        source.points.len(),
    );
    let pack = assembler.pack(number, file, &arena, &lowered, &slice);
    let policy = Policy {
        file,
        source: &source,
        vocabulary,
        scope: &scope,
        arena: &arena,
        lowered: &lowered,
        derived_used: &derived_used,
        slice: &slice,
        pack: &pack,
    };
    let in_rules = problems.len();
    lint_source(&policy, problems);
    // Examples of rules with mistakes would only disagree.
    if sound && in_rules == before {
        lint_pack(&policy, problems);
    }
    Some(pack)
}

fn lower(
    checker: &mut Checker<'_>,
    vocabulary: &VocabularySource,
    source: &PolicySource,
) -> Lowered {
    let mut rule =
        |rule: &Option<Rule>, purpose| rule.as_ref().and_then(|rule| checker.rule(rule, purpose));
    let lowered = Lowered {
        conditions: source
            .conditions
            .iter()
            .map(|condition| rule(&condition.rule, Purpose::Rule))
            .collect(),
        entitlements: source
            .entitlements
            .iter()
            .map(|entitlement| rule(&entitlement.when, Purpose::Rule))
            .collect(),
        routes: source
            .routes
            .iter()
            .map(|route| {
                route
                    .cases
                    .iter()
                    .map(|case| rule(&case.when, Purpose::Rule))
                    .collect()
            })
            .collect(),
        grades: source
            .grades
            .iter()
            .map(|grade| {
                grade
                    .rows
                    .iter()
                    .map(|(_, when, _)| rule(when, Purpose::Rule))
                    .collect()
            })
            .collect(),
        ..Lowered::default()
    };
    Lowered {
        constraints: source
            .constraints
            .iter()
            .map(|constraint| checker.rule(&constraint.rule, Purpose::Constraint))
            .collect(),
        // The vocabulary's own mistakes have been reported.
        vocabulary_constraints: vocabulary
            .constraints
            .iter()
            .map(|constraint| {
                checker.quietly(|checker| checker.rule(&constraint.rule, Purpose::Constraint))
            })
            .collect(),
        guards: vocabulary
            .facts
            .iter()
            .map(|fact| {
                let guard = fact.guard.as_ref()?;
                checker.quietly(|checker| checker.guard(guard, fact))
            })
            .collect(),
        ..lowered
    }
}

/// Puts the pack together.
struct Assembler<'a> {
    scope: &'a Scope,
    source: &'a PolicySource,
    vocabulary: &'a VocabularySource,
    problems: &'a mut Vec<Diagnostic>,
}

impl Assembler<'_> {
    fn pack(
        &mut self,
        number: u16,
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
                    Place::new(number, 0, 0),
                    "this document has no `policy` block",
                )
                .mend(format!("add ```` ```policy {id} ```` right under the title, with title, short, summary, issuer, region and version")),
            );
        }
        let text = |of: fn(&crate::blocks::HeadSource) -> &String| {
            head.map_or_else(String::new, |head| of(head).clone())
        };
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
            vocabulary: slice.vocabulary.clone(),
            nodes: slice.nodes.clone(),
            spans: slice.spans(file, number),
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
            forms: self.forms(slice),
            notes: self
                .source
                .notes
                .iter()
                .map(|(_, block)| block.clone())
                .collect::<Vec<Note>>(),
            articles,
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
                    .filter_map(|name| self.fact(name, slice))
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
                        None => problem.mend(choose(name, names)),
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
                .mend(
                    match crate::suggest::nearest(&written, names.iter().map(String::as_str)) {
                        Some(near) => {
                            format!("did you mean `{near}`? a name is written as in its heading")
                        }
                        None => {
                            "write the name as in its heading, such as `第七条（三）`".to_owned()
                        }
                    },
                ),
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

    fn check_named(&mut self, name: Option<&Text>) -> Option<CheckId> {
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
                .mend(choose(&name.text, self.scope.of_kind(Named::Check))),
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

    /// The facts that forms use.
    fn form_facts(&self) -> Vec<FactId> {
        let fact = |name: &Text| match self.scope.get(&name.text) {
            Some(Named::Fact(fact)) => Some(fact),
            _ => None,
        };
        let mut facts = Vec::new();
        for form in &self.source.forms {
            facts.extend(
                form.attachments
                    .iter()
                    .filter_map(|attachment| fact(attachment.proves.as_ref()?)),
            );
            for (_, cell) in form
                .parts
                .iter()
                .flat_map(|part| &part.rows)
                .flat_map(|row| &row.cells)
            {
                match cell {
                    CellSource::Value(name) => facts.extend(fact(name)),
                    CellSource::Table { list, columns, .. } => {
                        facts.extend(fact(list));
                        facts.extend(columns.iter().filter_map(|(_, column)| fact(column)));
                    }
                    _ => {}
                }
            }
        }
        facts
    }

    fn forms(&mut self, slice: &Slice) -> Vec<Form> {
        let source = self.source;
        source
            .forms
            .iter()
            .map(|form| self.form(form, slice))
            .collect()
    }

    fn form(&mut self, form: &FormSource, slice: &Slice) -> Form {
        let mut parts = Vec::new();
        for part in &form.parts {
            let mut rows: Vec<FormRow> = Vec::new();
            for row in &part.rows {
                let cells = row
                    .cells
                    .iter()
                    .map(|(width, cell)| (*width, self.cell(form, cell, slice)))
                    .collect();
                rows.push(FormRow {
                    height: row.height,
                    cells,
                });
            }
            parts.push(FormPart {
                title: part.title.clone(),
                rows,
            });
        }
        Form {
            id: form.id.text.clone(),
            article: form.article,
            name: form.name.clone(),
            named: form.named,
            check: self.check_named(form.check.as_ref()),
            filled_by: form.filled_by.clone(),
            copies: form.copies,
            electronic: form.electronic,
            attachments: form
                .attachments
                .iter()
                .map(|attachment| Attachment {
                    name: attachment.name.clone(),
                    copies: attachment.copies,
                    proves: attachment
                        .proves
                        .as_ref()
                        .and_then(|fact| self.fact(fact, slice)),
                })
                .collect(),
            chain: form.chain.clone(),
            due: form.due.clone(),
            remark: form.remark.clone(),
            parts,
            fields: form.fields.clone(),
        }
    }

    fn cell(&mut self, form: &FormSource, cell: &CellSource, slice: &Slice) -> Cell {
        match cell {
            CellSource::Label(text) => Cell::Label(text.clone()),
            CellSource::Ink(text) => Cell::Ink(text.clone()),
            CellSource::Photo => Cell::Photo,
            CellSource::Continue => Cell::Continue,
            CellSource::Value(name) => {
                let field = form.fields.iter().position(|field| field.id == name.text);
                match field.and_then(|field| u16::try_from(field).ok()) {
                    Some(field) => Cell::Field(field),
                    None => match self.fact(name, slice) {
                        Some(fact) => Cell::Fact(fact),
                        None => Cell::Continue,
                    },
                }
            }
            CellSource::Table {
                list,
                least_rows,
                columns,
            } => Cell::Table(FormTable {
                records: self.fact(list, slice).unwrap_or(FactId(0)),
                columns: columns
                    .iter()
                    .map(|(width, column)| (*width, self.fact(column, slice).unwrap_or(FactId(0))))
                    .collect(),
                least_rows: *least_rows,
            }),
        }
    }

    fn fact(&mut self, name: &Text, slice: &Slice) -> Option<FactId> {
        match self.scope.get(&name.text) {
            Some(Named::Fact(fact)) => slice.facts_of(&[fact]).first().copied(),
            _ => {
                let names: Vec<&str> = self
                    .vocabulary
                    .facts
                    .iter()
                    .map(|fact| fact.id.text.as_str())
                    .collect();
                self.problems.push(
                    Diagnostic::error(
                        Kind::UnknownName,
                        name.place,
                        format!("there is no fact or field `{}`", name.text),
                    )
                    .mend(choose(&name.text, names)),
                );
                None
            }
        }
    }
}
