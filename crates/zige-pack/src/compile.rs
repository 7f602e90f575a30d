//! From documents to packs.

use zige_core::ids::{ChoiceId, FactId, NodeId, PointId, ScheduleId};
use zige_core::pack::Pack;

use crate::assemble::Assembler;
use crate::blocks::{
    KindSource, PolicySource, Rule, VocabularySource, read_policy, read_vocabulary,
};
use crate::diagnostics::{Diagnostic, Diagnostics, Kind, Place, Severity};
use crate::lint::{Policy, lint_pack, lint_source};
use crate::lock::{self, SourceLock};
use crate::lower::Arena;
use crate::scope::{Named, Scope};
use crate::skeleton::is_unwritten;
use crate::slice::slice;
use crate::source::{File, Text, read};
use crate::types::{Checker, Purpose, Type, World};
use crate::vocabulary::check_vocabulary;

/// Everything that a compilation reads.
#[derive(Debug, Default)]
pub(crate) struct Input {
    /// The vocabulary, then the policies, then the lock files.
    pub(crate) files: Vec<File>,
    /// How many of the files are vocabulary and policies.
    pub(crate) documents: usize,
    /// What is wrong with the files themselves.
    pub(crate) problems: Vec<Diagnostic>,
    /// For each document its lock; empty when locks do not matter.
    pub(crate) locks: Vec<Lock>,
}

/// The lock of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// It has none.
    Missing,
    /// The lock's position among the files.
    File(u16),
}

/// Compiles documents; the packs are those without errors.
pub(crate) fn compile(input: Input) -> (Vec<Pack>, Diagnostics) {
    let Input {
        files,
        documents,
        mut problems,
        locks,
    } = input;
    let mut packs = Vec::new();
    let vocabulary = match files.first() {
        Some(file) => {
            let document = read(0, file, &mut problems);
            read_vocabulary(file, &document, &mut problems)
        }
        None => VocabularySource::default(),
    };
    check_vocabulary(&vocabulary, &mut problems);
    let vocabulary_is_sound = problems.is_empty();
    for (index, file) in files.iter().enumerate().take(documents).skip(1) {
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        let mut own = Vec::new();
        let document = read(number, file, &mut own);
        if own.is_empty() && document.parts.iter().all(|part| part.fences.is_empty()) {
            // A page for readers, such as a README.
            continue;
        }
        let source = read_policy(file, &document, &mut own);
        let pack = compile_policy(file, &vocabulary, &source, vocabulary_is_sound, &mut own);
        hold_to_lock(&files, locks.get(index), &source, &mut own);
        let is_sound = own
            .iter()
            .all(|problem| problem.severity == Severity::Warning);
        if is_sound && vocabulary_is_sound {
            packs.push(pack);
        }
        problems.append(&mut own);
    }
    (packs, Diagnostics::new(files, problems))
}

/// Holds a policy to the record of its comparison with the official text.
fn hold_to_lock(
    files: &[File],
    lock: Option<&Lock>,
    source: &PolicySource,
    problems: &mut Vec<Diagnostic>,
) {
    let start = Place::new(source.file, 0, 0);
    match lock {
        None => {}
        // There is nothing to compare yet.
        Some(Lock::Missing) if source.articles.iter().any(is_unwritten) => {}
        Some(Lock::Missing) => problems.push(
            Diagnostic::warning(
                Kind::Lock,
                start,
                "the quotes of this document were never compared with the official text",
            )
            .mend("compare them: `zige lint DIR --source FILE`"),
        ),
        Some(Lock::File(number)) => {
            let parsed = files
                .get(usize::from(*number))
                .and_then(|file| SourceLock::parse(&file.text));
            match parsed {
                Some(parsed) => lock::check(source, &parsed, problems),
                None => problems.push(
                    Diagnostic::error(
                        Kind::Lock,
                        Place::new(*number, 0, 0),
                        "this lock file cannot be read",
                    )
                    .mend("let `zige lint DIR --source FILE` write it again"),
                ),
            }
        }
    }
}

pub(crate) fn name_vocabulary(
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

pub(crate) fn world<'a>(
    scope: &'a Scope,
    vocabulary: &'a VocabularySource,
    source: &'a PolicySource,
) -> World<'a> {
    let choice = |name: &str| {
        let position = vocabulary
            .choices
            .iter()
            .position(|choice| choice.id.text == name)?;
        Some(Type::Choice(ChoiceId(u16::try_from(position).ok()?)))
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

pub(crate) fn arena(world: &World<'_>) -> Arena {
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
    file: &File,
    vocabulary: &VocabularySource,
    source: &PolicySource,
    vocabulary_is_sound: bool,
    problems: &mut Vec<Diagnostic>,
) -> Pack {
    let mut scope = Scope::default();
    let mut ignored = Vec::new();
    name_vocabulary(
        &mut scope,
        vocabulary,
        source.derived.len(),
        source.points.len(),
        &mut ignored,
    );
    name_policy(&mut scope, source, problems);
    let world = world(&scope, vocabulary, source);
    let mut arena = arena(&world);
    let mut checker = Checker::new(&world, &mut arena, problems);
    let lowered = lower(&mut checker, vocabulary, source);
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
                Place::new(source.file, 0, 0),
                "this policy has more rules than the compiler takes",
            )
            .mend("split it into several packs"),
        );
    }
    let mut assembler = Assembler {
        scope: &scope,
        source,
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
    let pack = assembler.pack(file, &arena, &lowered, &slice);
    let policy = Policy {
        file,
        source,
        vocabulary,
        scope: &scope,
        arena: &arena,
        lowered: &lowered,
        derived_used: &derived_used,
        slice: &slice,
        pack: &pack,
    };
    let rules_are_sound = vocabulary_is_sound && problems.is_empty();
    lint_source(&policy, problems);
    // Examples of rules with mistakes would only disagree.
    if rules_are_sound {
        lint_pack(&policy, problems);
    }
    pack
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
