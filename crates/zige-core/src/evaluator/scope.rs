//! What the answers leave of a diagram.
//!
//! Usually that is one restriction. Where a constraint between two dates or numbers depends on a
//! choice that is open, and something is known of the dates, it is one for each case of the choices.

use crate::answers::Answers;
use crate::diagram::{Diagram, Domains, Key, Links, Ref, classes};
use crate::ids::FactId;
use crate::pack::Pack;
use crate::verdict::{Class, Possible};

use super::restriction::Restriction;

/// No mask has been worked out yet.
const UNSEEN: u8 = u8::MAX;

/// A restriction, with what nodes reach under it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) domains: Domains,
    pub(super) restriction: Restriction,
    masks: Vec<u8>,
    /// Which links bind.
    binding: Vec<bool>,
}

/// All cases that the answers leave.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    cases: Vec<Case>,
    /// How many of them are in use; at least one.
    used: usize,
    /// What holds all cases, where there are several.
    hull: Restriction,
}

impl Case {
    fn new(diagram: &Diagram, full: &Domains) -> Case {
        Case {
            domains: full.clone(),
            restriction: Restriction::new(diagram),
            masks: vec![UNSEEN; diagram.arena.len()],
            binding: Vec::new(),
        }
    }

    /// Takes from the domains what binding links exclude, and finds the cells that are left.
    fn fill(&mut self, pack: &Pack, answers: &Answers, diagram: &Diagram, links: &Links) {
        let (on, binding) = (diagram.on, &mut self.binding);
        binding.clear();
        binding.extend(
            links
                .all
                .iter()
                .map(|link| link.binds(pack, on, &self.domains) == Some(true)),
        );
        let kept = self
            .domains
            .narrow(pack, on, links, &|index, _| {
                binding.get(index) == Some(&true)
            })
            .is_ok();
        self.restriction.fill(answers, &self.domains, diagram);
        self.masks.fill(UNSEEN);
        self.restriction.broken |= !kept;
        if !self.restriction.broken {
            // In that diagram 1 stands for "kept".
            let kept = Possible::only(Class::Discretionary);
            let reached = reach(
                diagram,
                diagram.feasible,
                &self.restriction,
                &mut self.masks,
            );
            self.restriction.broken = reached.union(kept) != reached;
        }
    }

    /// The classes that a node reaches.
    pub(super) fn reach(&mut self, diagram: &Diagram, node: Ref) -> Possible {
        match self.restriction.broken {
            true => Possible::NONE,
            false => reach(diagram, node, &self.restriction, &mut self.masks),
        }
    }

    /// The classes that a node reaches, as far as it was looked at.
    pub(super) fn reached(&self, node: Ref) -> Possible {
        match self.masks.get(node as usize) {
            Some(mask) if *mask != UNSEEN => Possible::from_bits(*mask),
            _ => Possible::NONE,
        }
    }
}

impl Scope {
    pub(super) fn new(diagram: &Diagram, full: &Domains) -> Scope {
        Scope {
            cases: vec![Case::new(diagram, full)],
            used: 1,
            hull: Restriction::new(diagram),
        }
    }

    pub(super) fn fill(
        &mut self,
        pack: &Pack,
        answers: &Answers,
        diagram: &Diagram,
        links: &Links,
        full: &Domains,
    ) {
        self.used = 1;
        let Some(first) = self.cases.first_mut() else {
            return;
        };
        first.domains.refill(full, answers);
        let narrow = links
            .facts
            .iter()
            .any(|fact| first.domains.get(*fact) != full.get(*fact));
        // While nothing is known of what links compare, the diagram alone is exact.
        if !narrow {
            first.fill(pack, answers, diagram, &Links::default());
            return;
        }
        if !links.are_open(pack, diagram.on, &first.domains) {
            first.fill(pack, answers, diagram, links);
            return;
        }
        let domains = first.domains.clone();
        let mut choices: Vec<Vec<(FactId, i64)>> = Vec::new();
        links.cases(pack, diagram.on, &domains, &mut |chosen, _| {
            choices.push(chosen.to_vec());
        });
        self.used = choices.len().max(1);
        while self.cases.len() < self.used {
            self.cases.push(Case::new(diagram, full));
        }
        self.hull.broken = true;
        for (case, chosen) in self.cases.iter_mut().zip(choices) {
            case.domains.copy_from(&domains);
            for (fact, option) in chosen {
                case.domains.confine(fact, option, option);
            }
            case.fill(pack, answers, diagram, links);
            self.hull.join(&case.restriction);
        }
    }

    pub(super) fn cases(&self) -> &[Case] {
        self.cases.get(..self.used).unwrap_or(&self.cases)
    }

    pub(super) fn cases_mut(&mut self) -> impl Iterator<Item = &mut Case> {
        self.cases.iter_mut().take(self.used)
    }

    /// The smallest restriction that holds all cases.
    pub(super) fn hull(&self) -> &Restriction {
        match self.cases() {
            [only] => &only.restriction,
            _ => &self.hull,
        }
    }

    /// The classes that a node reaches in some case.
    pub(super) fn reach(&mut self, diagram: &Diagram, node: Ref) -> Possible {
        self.cases_mut().fold(Possible::NONE, |union, case| {
            union.union(case.reach(diagram, node))
        })
    }
}

/// The classes that a node reaches under a restriction.
pub(super) fn reach(
    diagram: &Diagram,
    node: Ref,
    restriction: &Restriction,
    masks: &mut [u8],
) -> Possible {
    if let Some(seen) = masks.get(node as usize)
        && *seen != UNSEEN
    {
        return Possible::from_bits(*seen);
    }
    let possible = match diagram.arena.key(node) {
        Key::Value(value) => classes(*value),
        Key::Branch { variable, children } => restriction
            .allowed(*variable)
            .cells()
            .filter_map(|cell| children.get(cell))
            .fold(Possible::NONE, |union, child| {
                union.union(reach(diagram, *child, restriction, masks))
            }),
    };
    if let Some(place) = masks.get_mut(node as usize) {
        *place = possible.bits();
    }
    possible
}
