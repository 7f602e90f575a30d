//! What is left of a check once the known answers are in: which facts still matter, and in which
//! order to ask them.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::answers::{Answer, Answers};
use crate::diagram::{Arena, Diagram, FixedHasher, Key, Operator, Ref, Subject, classes};
use crate::ids::{CheckId, FactId};
use crate::pack::Pack;
use crate::report::Missing;
use crate::sorting::{sort, sort_by};

use super::outlook::Outlook;
use super::restriction::{Restriction, Status};
use super::scope::Scope;

/// What two sets of classes share.
const INTERSECTION: Operator = Operator {
    neutral: 7,
    absorbing: Some(0),
    of: |a, b| a & b,
};

/// The diagram under a restriction. Its values are sets of classes ([`Possible::bits`], 0 where
/// no completion exists), and it branches only on facts that can still be settled.
pub(super) struct Residual {
    arena: Arena,
    root: Ref,
}

type Pairs = HashMap<(Ref, Ref), bool, BuildHasherDefault<FixedHasher>>;

impl Residual {
    pub(super) fn new(diagram: &Diagram, scope: &Scope) -> Residual {
        let mut residual = Residual {
            arena: Arena::default(),
            root: 0,
        };
        residual.root = residual.arena.value(0);
        for case in scope.cases() {
            if case.restriction.broken {
                continue;
            }
            let mut copies = vec![None; diagram.arena.len()];
            let (hull, own) = (scope.hull(), &case.restriction);
            let copy = residual.copy(diagram, diagram.root, hull, own, &mut copies);
            let copy = residual.inside(diagram, hull, own, copy);
            residual.root = residual.arena.join(residual.root, copy, &Operator::UNION);
        }
        residual
    }

    fn copy(
        &mut self,
        diagram: &Diagram,
        node: Ref,
        hull: &Restriction,
        own: &Restriction,
        copies: &mut [Option<Ref>],
    ) -> Ref {
        if let Some(Some(known)) = copies.get(node as usize) {
            return *known;
        }
        let copied = match diagram.arena.key(node) {
            Key::Value(value) => self.arena.value(i64::from(classes(*value).bits())),
            Key::Branch { variable, children } => {
                let allowed = own.allowed(*variable);
                let children = hull
                    .allowed(*variable)
                    .cells()
                    .filter_map(|cell| Some((cell, children.get(cell).copied()?)))
                    .map(|(cell, child)| match allowed.contains(cell) {
                        true => self.copy(diagram, child, hull, own, copies),
                        false => self.arena.value(0),
                    })
                    .collect();
                self.arena.branch(*variable, children)
            }
        };
        if let Some(place) = copies.get_mut(node as usize) {
            *place = Some(copied);
        }
        copied
    }

    /// The part of a diagram in which every variable is inside one case.
    fn inside(
        &mut self,
        diagram: &Diagram,
        hull: &Restriction,
        own: &Restriction,
        node: Ref,
    ) -> Ref {
        let mut inside = node;
        for (position, _) in diagram.variables.iter().enumerate() {
            let variable = u16::try_from(position).unwrap_or(u16::MAX);
            let (all, left) = (hull.allowed(variable), own.allowed(variable));
            if all.cells().all(|cell| left.contains(cell)) {
                continue;
            }
            let selected = all
                .cells()
                .map(|cell| self.arena.value(if left.contains(cell) { 7 } else { 0 }))
                .collect();
            let selected = self.arena.branch(variable, selected);
            inside = self.arena.join(inside, selected, &INTERSECTION);
        }
        inside
    }

    /// The same with the facts that the person does not know left open for good.
    pub(super) fn without_unknown(mut self, diagram: &Diagram, scope: &Scope) -> Residual {
        for (index, _) in diagram.variables.iter().enumerate().rev() {
            let variable = u16::try_from(index).unwrap_or(u16::MAX);
            if scope.hull().allowed(variable).status() == Status::Null {
                let mut memo = vec![None; self.arena.len()];
                self.root = self.forget(self.root, variable, &mut memo);
            }
        }
        self
    }

    fn forget(&mut self, node: Ref, variable: u16, memo: &mut Vec<Option<Ref>>) -> Ref {
        if let Some(Some(known)) = memo.get(node as usize) {
            return *known;
        }
        let forgotten = match self.arena.key(node).clone() {
            Key::Value(_) => node,
            Key::Branch { variable: own, .. } if own > variable => node,
            Key::Branch {
                variable: own,
                children,
            } if own == variable => {
                let mut union = self.arena.value(0);
                for child in children {
                    union = self.arena.join(union, child, &Operator::UNION);
                }
                union
            }
            Key::Branch {
                variable: own,
                children,
            } => {
                let children = children
                    .iter()
                    .map(|child| self.forget(*child, variable, memo))
                    .collect();
                self.arena.branch(own, children)
            }
        };
        if let Some(place) = memo.get_mut(node as usize) {
            *place = Some(forgotten);
        }
        forgotten
    }

    /// The variables for which two completions exist that differ in nothing else and come to
    /// different sets, ascending. Where constraints leave no such pair, all that are left.
    pub(super) fn essential(&self) -> Vec<u16> {
        let mut pairs = Pairs::default();
        let mut essential = Vec::new();
        let mut left = Vec::new();
        let mut seen = vec![false; self.arena.len()];
        let mut open = vec![self.root];
        while let Some(node) = open.pop() {
            match seen.get_mut(node as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let Key::Branch { variable, children } = self.arena.key(node) else {
                continue;
            };
            open.extend(children.iter().copied());
            if !left.contains(variable) {
                left.push(*variable);
            }
            if !essential.contains(variable) && self.some_pair_differs(children, &mut pairs) {
                essential.push(*variable);
            }
        }
        if essential.is_empty() {
            essential = left;
        }
        sort(&mut essential);
        essential
    }

    fn some_pair_differs(&self, children: &[Ref], pairs: &mut Pairs) -> bool {
        let mut distinct: Vec<Ref> = Vec::new();
        for child in children {
            if !distinct.contains(child) {
                distinct.push(*child);
            }
        }
        distinct.iter().enumerate().any(|(index, a)| {
            distinct
                .iter()
                .skip(index.saturating_add(1))
                .any(|b| self.differ(*a, *b, pairs))
        })
    }

    /// Whether some completion that both allow comes to different sets.
    fn differ(&self, a: Ref, b: Ref, pairs: &mut Pairs) -> bool {
        if a == b {
            return false;
        }
        if let (Key::Value(a), Key::Value(b)) = (self.arena.key(a), self.arena.key(b)) {
            return *a != 0 && *b != 0 && a != b;
        }
        let pair = (a.min(b), a.max(b));
        if let Some(known) = pairs.get(&pair) {
            return *known;
        }
        let top = [a, b]
            .into_iter()
            .filter_map(|node| self.arena.top(node))
            .min();
        let differ = match top {
            Some((variable, cells)) => (0..cells).any(|cell| {
                self.differ(
                    self.arena.child(a, variable, cell),
                    self.arena.child(b, variable, cell),
                    pairs,
                )
            }),
            None => false,
        };
        pairs.insert(pair, differ);
        differ
    }

    /// The facts to ask for some variables. The first section comes first that has a question which
    /// tells at least half as much as any other; inside it, the question that tells most. So a person
    /// is not led back and forth between subjects, and yet not through a section that settles little.
    pub(super) fn missing(
        &self,
        pack: &Pack,
        check: CheckId,
        answers: &Answers,
        essential: &[u16],
        diagram: &Diagram,
        scope: &Scope,
    ) -> Vec<Missing> {
        let restriction = scope.hull();
        let outlook = Outlook::new(pack, diagram, scope);
        let mut open: Vec<Open> = Vec::new();
        for variable in essential.iter().copied() {
            let allowed = restriction.allowed(variable);
            if allowed.status() == Status::Ask {
                let asked = asked_fact(diagram, variable);
                open.push(Open {
                    variable,
                    section: section_of(pack, asked),
                    order: author_order(pack, check, asked),
                    gain: outlook.gain(variable, allowed),
                });
            }
        }
        let most = open.iter().map(|one| one.gain).max().unwrap_or(0);
        let worth = open.iter().filter(|one| one.gain.saturating_mul(2) >= most);
        let first = worth.map(|one| one.section).min();
        let later = |one: &Open| Some(one.section) != first;
        sort_by(&mut open, &|a, b| match (later(a), later(b)) {
            (false, false) => (b.gain, a.order) < (a.gain, b.order),
            (true, true) => (a.section, a.order) < (b.section, b.order),
            (a, b) => !a & b,
        });
        let mut missing = Vec::new();
        for Open { variable, .. } in open {
            let subject = diagram
                .variables
                .get(usize::from(variable))
                .map(|variable| variable.subject);
            match subject {
                Some(Subject::Fact(fact)) => add(&mut missing, Missing { fact, record: None }),
                Some(Subject::List(list)) => {
                    let cells: Vec<usize> = restriction.allowed(variable).cells().collect();
                    self.list_missing(answers, diagram, variable, &cells, list, &mut missing);
                }
                _ => {}
            }
        }
        missing
    }

    /// The open facts of the records that are there, then the list itself while it is not complete.
    fn list_missing(
        &self,
        answers: &Answers,
        diagram: &Diagram,
        variable: u16,
        cells: &[usize],
        list: FactId,
        missing: &mut Vec<Missing>,
    ) {
        let whole = Missing {
            fact: list,
            record: None,
        };
        let (Some(counts), Answer::Records(records)) = (diagram.list(list), answers.get(list))
        else {
            add(missing, whole);
            return;
        };
        let children = self.children_of(variable);
        let mut pairs = Pairs::default();
        let mut differ = |a: usize, b: usize| {
            let place = |cell| cells.iter().position(|own| *own == cell);
            let (Some(a), Some(b)) = (place(a), place(b)) else {
                return false;
            };
            children.iter().any(|children| {
                matches!((children.get(a), children.get(b)), (Some(a), Some(b)) if self.differ(*a, *b, &mut pairs))
            })
        };
        for row in 0..records.rows.len() {
            for fact in counts.essential(records, row, &mut differ) {
                let record = u16::try_from(row).ok();
                add(missing, Missing { fact, record });
            }
        }
        if !records.complete && counts.further_matters(records, &mut differ) {
            add(missing, whole);
        }
    }

    /// The children of each node that branches on a variable.
    fn children_of(&self, variable: u16) -> Vec<&[Ref]> {
        let mut seen = vec![false; self.arena.len()];
        let mut open = vec![self.root];
        let mut found = Vec::new();
        while let Some(node) = open.pop() {
            match seen.get_mut(node as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            if let Key::Branch {
                variable: own,
                children,
            } = self.arena.key(node)
            {
                if *own == variable {
                    found.push(&**children);
                }
                open.extend(children.iter().copied());
            }
        }
        found
    }
}

fn add(missing: &mut Vec<Missing>, item: Missing) {
    if !missing.contains(&item) {
        missing.push(item);
    }
}

/// A question that is open.
struct Open {
    variable: u16,
    section: u16,
    /// Where the author asks for it.
    order: usize,
    /// How much its answer is expected to tell.
    gain: u64,
}

fn section_of(pack: &Pack, asked: Option<FactId>) -> u16 {
    asked
        .and_then(|fact| pack.vocabulary.facts.get(fact.index()))
        .map_or(u16::MAX, |fact| fact.section)
}

/// Where the author asks for it.
fn author_order(pack: &Pack, check: CheckId, asked: Option<FactId>) -> usize {
    pack.checks
        .get(check.index())
        .and_then(|check| check.facts.iter().position(|fact| Some(*fact) == asked))
        .unwrap_or(usize::MAX)
}

/// The fact that settles a variable: itself, or the list that is counted.
pub(super) fn asked_fact(diagram: &Diagram, variable: u16) -> Option<FactId> {
    match diagram.variables.get(usize::from(variable))?.subject {
        Subject::Fact(fact) | Subject::List(fact) => Some(fact),
        Subject::Point(_) => None,
    }
}
