//! The part of the vocabulary and of the nodes that one pack uses, with new numbers.

use sha2::{Digest, Sha256};
use zige_core::ids::{ChoiceId, FactId, NodeId, PointId, ScheduleId};
use zige_core::pack::{
    ChoiceSet, Fact, FactKind, FactRole, Node, Point, Schedule, Section, Span, Vocabulary,
};

use crate::blocks::{FactSource, KindSource, VocabularySource};
use crate::compile::Lowered;
use crate::diagnostics::Place;
use crate::lower::Arena;
use crate::scope::Named;
use crate::source::File;
use crate::types::{Type, World};

/// What one pack uses.
#[derive(Debug)]
pub(crate) struct Slice {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) aliases: Vec<(FactId, Vec<String>)>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) points: Vec<Point>,
    /// For each constraint of the vocabulary whether the pack has all its facts.
    pub(crate) constraints: Vec<bool>,
    places: Vec<Option<Place>>,
    node_numbers: Vec<Option<u16>>,
    fact_numbers: Vec<Option<u16>>,
    point_numbers: Vec<Option<u16>>,
}

impl Slice {
    /// A node's new number; of one that could not be read, 0.
    pub(crate) fn node(&self, node: Option<NodeId>) -> NodeId {
        NodeId(
            node.and_then(|node| self.node_numbers.get(node.index()).copied().flatten())
                .unwrap_or(0),
        )
    }

    pub(crate) fn facts_of(&self, facts: &[FactId]) -> Vec<FactId> {
        facts
            .iter()
            .filter_map(|fact| self.fact_numbers.get(fact.index()).copied().flatten())
            .map(FactId)
            .collect()
    }

    pub(crate) fn points_of(&self, points: &[PointId]) -> Vec<PointId> {
        points
            .iter()
            .filter_map(|point| self.point_numbers.get(point.index()).copied().flatten())
            .map(PointId)
            .collect()
    }

    /// Where each node stands in the policy's document; line 0 for the vocabulary.
    pub(crate) fn spans(&self, file: &File, number: u16) -> Vec<Span> {
        let clamp = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        self.places
            .iter()
            .map(|place| match place {
                Some(place) if place.file == number => {
                    let (line, column) = file.position(place.start);
                    Span {
                        line: clamp(line),
                        column: clamp(column),
                    }
                }
                _ => Span { line: 0, column: 1 },
            })
            .collect()
    }
}

/// Cuts out what a policy uses: through its rules, its forms, and what those need.
pub(crate) fn slice(
    world: &World<'_>,
    arena: &Arena,
    lowered: &Lowered,
    form_facts: &[FactId],
    vocabulary: &VocabularySource,
    own_points: usize,
) -> Slice {
    let mut roots = lowered.roots();
    let mut used = vec![false; world.facts.len()];
    let mut open: Vec<FactId> = form_facts.to_vec();
    for (id, fact) in (0..).map(FactId).zip(world.facts) {
        if fact.common {
            open.push(id);
            if let KindSource::Records { fields, .. } = &fact.kind {
                let fields = fields.iter().map(|field| field.text.as_str());
                open.extend(fields.filter_map(|field| named_fact(world, field)));
            }
        }
    }
    open.extend(facts_below(arena, &roots));
    while let Some(fact) = open.pop() {
        match used.get_mut(fact.index()) {
            Some(used) if !*used => *used = true,
            _ => continue,
        }
        if let Some(guard) = lowered.guards.get(fact.index()).copied().flatten() {
            open.extend(facts_below(arena, &[guard]));
        }
        open.extend(world.record_of.get(fact.index()).copied().flatten());
        if let Some(FactSource {
            kind: KindSource::Records { fields, .. },
            ..
        }) = world.facts.get(fact.index())
        {
            open.extend(
                fields
                    .iter()
                    .filter_map(|field| named_fact(world, &field.text))
                    .filter(|field| !is_for_forms(world, *field)),
            );
        }
    }
    let is_used = |fact: FactId| used.get(fact.index()).copied().unwrap_or(false);
    let constraints: Vec<bool> = lowered
        .vocabulary_constraints
        .iter()
        .map(|node| match node {
            Some(node) => {
                let facts = facts_below(arena, &[*node]);
                !facts.is_empty() && facts.into_iter().all(is_used)
            }
            None => false,
        })
        .collect();
    roots.extend(
        lowered
            .vocabulary_constraints
            .iter()
            .zip(&constraints)
            .filter(|(_, used)| **used)
            .filter_map(|(node, _)| *node),
    );
    roots.extend(
        lowered
            .guards
            .iter()
            .zip(&used)
            .filter(|(_, used)| **used)
            .filter_map(|(guard, _)| *guard),
    );
    build(
        world,
        arena,
        lowered,
        vocabulary,
        own_points,
        &roots,
        &used,
        constraints,
    )
}

/// Several packs may share a list of which each shows other columns: what only forms ask is asked
/// where a form shows it.
fn is_for_forms(world: &World<'_>, fact: FactId) -> bool {
    world
        .facts
        .get(fact.index())
        .is_some_and(|fact| fact.role == FactRole::Form)
}

#[expect(clippy::too_many_arguments, reason = "the second half of one function")]
fn build(
    world: &World<'_>,
    arena: &Arena,
    lowered: &Lowered,
    vocabulary: &VocabularySource,
    own_points: usize,
    roots: &[NodeId],
    used: &[bool],
    constraints: Vec<bool>,
) -> Slice {
    let mut order: Vec<NodeId> = Vec::new();
    let mut schedule_used = vec![false; world.schedules.len()];
    let mut choice_used = vec![false; world.choices.len()];
    let mut point_used: Vec<bool> = (0..world.points.len())
        .map(|index| index < own_points)
        .collect();
    let mark = |list: &mut Vec<bool>, index: usize| {
        if let Some(place) = list.get_mut(index) {
            *place = true;
        }
    };
    arena.visit(roots, true, &mut |id| {
        order.push(id);
        match arena.node(id) {
            Node::Schedule { schedule, .. } => mark(&mut schedule_used, schedule.index()),
            Node::Option(choice, _) => mark(&mut choice_used, choice.index()),
            Node::Point(point) => mark(&mut point_used, point.index()),
            _ => {}
        }
    });
    for (kind, used) in world.fact_types.iter().zip(used) {
        if let (Some(Type::Choice(choice)), true) = (kind, used) {
            mark(&mut choice_used, choice.index());
        }
    }
    let section_used: Vec<bool> = vocabulary
        .sections
        .iter()
        .map(|(section, _)| {
            world
                .facts
                .iter()
                .zip(used)
                .any(|(fact, used)| *used && fact.section.text == section.text)
        })
        .collect();
    let facts = numbers(used);
    let choices = numbers(&choice_used);
    let schedules = numbers(&schedule_used);
    let points = numbers(&point_used);
    let sections = numbers(&section_used);
    let mut node_numbers: Vec<Option<u16>> = Vec::new();
    for (index, node) in order.iter().enumerate() {
        if node_numbers.len() <= node.index() {
            node_numbers.resize(node.index() + 1, None);
        }
        if let Some(place) = node_numbers.get_mut(node.index()) {
            *place = u16::try_from(index).ok();
        }
    }
    let renumber = Renumber {
        nodes: &node_numbers,
        facts: &facts,
        choices: &choices,
        schedules: &schedules,
        points: &points,
    };
    Slice {
        nodes: order
            .iter()
            .map(|id| renumber.node(arena.node(*id)))
            .collect(),
        places: order.iter().map(|id| arena.place(*id)).collect(),
        points: kept(&world.points, &point_used)
            .map(|point| (*point).clone())
            .collect(),
        vocabulary: Vocabulary {
            choices: kept(world.choices, &choice_used)
                .map(|choice| ChoiceSet {
                    id: choice.id.text.clone(),
                    label: choice.label.clone(),
                    ordered: choice.ordered,
                    options: choice.options.clone(),
                    hints: choice.hints.clone(),
                })
                .collect(),
            sections: kept(&vocabulary.sections, &section_used)
                .map(|(section, label)| Section {
                    id: section.text.clone(),
                    label: label.clone(),
                })
                .collect(),
            facts: world
                .facts
                .iter()
                .enumerate()
                .filter(|(index, _)| used.get(*index).copied().unwrap_or(false))
                .map(|(index, fact)| {
                    let section = vocabulary
                        .sections
                        .iter()
                        .position(|(section, _)| section.text == fact.section.text);
                    renumber.fact(
                        world,
                        fact,
                        section.map_or(0, |section| get(&sections, section)),
                        lowered.guards.get(index).copied().flatten(),
                        world.record_of.get(index).copied().flatten(),
                    )
                })
                .collect(),
            schedules: kept(world.schedules, &schedule_used)
                .map(|schedule| schedule.schedule.clone())
                .collect::<Vec<Schedule>>(),
        },
        aliases: world
            .facts
            .iter()
            .zip(&facts)
            .filter(|(fact, _)| !fact.aliases.is_empty())
            .filter_map(|(fact, number)| {
                let aliases = fact.aliases.iter().map(|alias| alias.text.clone());
                Some((FactId((*number)?), aliases.collect()))
            })
            .collect(),
        constraints,
        node_numbers,
        fact_numbers: facts,
        point_numbers: points,
    }
}

/// The facts below some nodes, those of records included.
fn facts_below(arena: &Arena, roots: &[NodeId]) -> Vec<FactId> {
    let mut facts = Vec::new();
    arena.visit(roots, true, &mut |id| match arena.node(id) {
        Node::Fact(fact) | Node::Count { records: fact, .. } => facts.push(*fact),
        _ => {}
    });
    facts
}

fn named_fact(world: &World<'_>, name: &str) -> Option<FactId> {
    match world.scope.get(name) {
        Some(Named::Fact(fact)) => Some(fact),
        _ => None,
    }
}

/// New numbers for what is used, in the old order.
pub(crate) fn numbers(used: &[bool]) -> Vec<Option<u16>> {
    let mut next = 0_u16;
    used.iter()
        .map(|used| {
            used.then(|| {
                let number = next;
                next = next.saturating_add(1);
                number
            })
        })
        .collect()
}

pub(crate) fn kept<'a, T>(list: &'a [T], used: &'a [bool]) -> impl Iterator<Item = &'a T> {
    list.iter()
        .zip(used)
        .filter(|(_, used)| **used)
        .map(|(item, _)| item)
}

pub(crate) fn get(numbers: &[Option<u16>], index: usize) -> u16 {
    numbers.get(index).copied().flatten().unwrap_or(0)
}

pub(crate) struct Renumber<'a> {
    pub(crate) nodes: &'a [Option<u16>],
    pub(crate) facts: &'a [Option<u16>],
    pub(crate) choices: &'a [Option<u16>],
    pub(crate) schedules: &'a [Option<u16>],
    pub(crate) points: &'a [Option<u16>],
}

impl Renumber<'_> {
    pub(crate) fn node(&self, node: &Node) -> Node {
        let of = |id: &NodeId| NodeId(get(self.nodes, id.index()));
        let all = |ids: &[NodeId]| ids.iter().map(of).collect();
        match node {
            Node::Constant(value) => Node::Constant(*value),
            Node::Today => Node::Today,
            Node::Fact(fact) => Node::Fact(self.fact_id(*fact)),
            Node::Point(point) => Node::Point(PointId(get(self.points, point.index()))),
            Node::Not(inner) => Node::Not(of(inner)),
            Node::All(parts) => Node::All(all(parts)),
            Node::Any(parts) => Node::Any(all(parts)),
            Node::AtLeast(a, b) => Node::AtLeast(of(a), of(b)),
            Node::OneOf(inner, bits) => Node::OneOf(of(inner), *bits),
            Node::If(condition, then, otherwise) => {
                Node::If(of(condition), of(then), of(otherwise))
            }
            Node::Add(a, b) => Node::Add(of(a), of(b)),
            Node::YearsSince(inner) => Node::YearsSince(of(inner)),
            Node::MonthsSince(inner) => Node::MonthsSince(of(inner)),
            Node::YearsUntil(inner) => Node::YearsUntil(of(inner)),
            Node::MonthsUntil(inner) => Node::MonthsUntil(of(inner)),
            Node::AddMonths(inner, months) => Node::AddMonths(of(inner), *months),
            Node::Schedule {
                schedule,
                row,
                born,
            } => Node::Schedule {
                schedule: ScheduleId(get(self.schedules, schedule.index())),
                row: *row,
                born: of(born),
            },
            Node::Count { records, filter } => Node::Count {
                records: self.fact_id(*records),
                filter: of(filter),
            },
            Node::Option(choice, position) => Node::Option(self.choice_id(*choice), *position),
        }
    }

    fn fact_id(&self, fact: FactId) -> FactId {
        FactId(get(self.facts, fact.index()))
    }

    fn choice_id(&self, choice: ChoiceId) -> ChoiceId {
        ChoiceId(get(self.choices, choice.index()))
    }

    fn fact(
        &self,
        world: &World<'_>,
        fact: &FactSource,
        section: u16,
        guard: Option<NodeId>,
        record_of: Option<FactId>,
    ) -> Fact {
        let choice = |name: &str| {
            let position = world
                .choices
                .iter()
                .position(|choice| choice.id.text == name);
            position.and_then(|position| u16::try_from(position).ok())
        };
        let kind = match &fact.kind {
            KindSource::YesNo => FactKind::YesNo,
            KindSource::Choice(of) => {
                FactKind::Choice(self.choice_id(ChoiceId(choice(&of.text).unwrap_or(0))))
            }
            KindSource::Number {
                min,
                max,
                scale,
                unit,
            } => FactKind::Number {
                min: *min,
                max: *max,
                scale: *scale,
                unit: unit.clone(),
            },
            KindSource::Money { min, max } => FactKind::Money {
                min: *min,
                max: *max,
            },
            KindSource::Date { min, max } => FactKind::Date {
                min: *min,
                max: *max,
            },
            KindSource::Text { limit, long } => FactKind::Text {
                limit: *limit,
                long: *long,
            },
            KindSource::Records { noun, fields } => FactKind::Records {
                noun: noun.clone(),
                fields: fields
                    .iter()
                    .filter_map(|field| named_fact(world, &field.text))
                    .filter_map(|field| self.facts.get(field.index()).copied().flatten())
                    .map(FactId)
                    .collect(),
            },
        };
        Fact {
            id: fact.id.text.clone(),
            label: fact.label.clone(),
            kind,
            question: fact.question.clone(),
            help: fact.help.clone(),
            find: fact.find.clone(),
            attest: fact.attest.clone(),
            proof: fact.proof.clone(),
            section,
            role: fact.role,
            changeable: fact.changeable,
            weights: fact.weights.clone(),
            guard: guard.map(|guard| NodeId(get(self.nodes, guard.index()))),
            record_of: record_of.map(|list| self.fact_id(list)),
            meaning: meaning(world, fact),
        }
    }
}

/// A hash of what an answer to the fact means: its type, range, options and question.
fn meaning(world: &World<'_>, fact: &FactSource) -> u64 {
    let mut words: Vec<String> = match &fact.kind {
        KindSource::YesNo => vec!["yes_no".to_owned()],
        KindSource::Choice(of) => {
            let options = world
                .choices
                .iter()
                .find(|choice| choice.id.text == of.text)
                .map_or(&[][..], |choice| choice.options.as_slice());
            std::iter::once("choice".to_owned())
                .chain(options.iter().cloned())
                .collect()
        }
        KindSource::Number {
            min,
            max,
            scale,
            unit,
        } => vec![
            "number".to_owned(),
            min.to_string(),
            max.to_string(),
            scale.to_string(),
            unit.clone(),
        ],
        KindSource::Money { min, max } => {
            vec!["money".to_owned(), min.to_string(), max.to_string()]
        }
        KindSource::Date { min, max } => vec!["date".to_owned(), min.to_string(), max.to_string()],
        KindSource::Text { limit, long } => {
            vec!["text".to_owned(), limit.to_string(), long.to_string()]
        }
        KindSource::Records { noun, fields } => ["records".to_owned(), noun.clone()]
            .into_iter()
            .chain(fields.iter().map(|field| field.text.clone()))
            .collect(),
    };
    words.push(fact.question.clone());
    let mut hasher = Sha256::new();
    for word in words {
        hasher.update(word.as_bytes());
        hasher.update([0]);
    }
    hasher
        .finalize()
        .iter()
        .take(8)
        .fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}
