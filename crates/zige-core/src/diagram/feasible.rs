//! Where constraints can be kept.

use crate::ids::{FactId, NodeId};
use crate::pack::Node;
use crate::sorting::{sort, sort_by};

use super::arena::{Operator, support};
use super::build::Builder;
use super::domain::{Domain, Domains};
use super::link::{Links, measured};
use super::variable::{Cells, Need, Subject, Variable, needs};
use super::{Arena, INFEASIBLE, Ref};

/// The constraints of a pack as diagrams: 1 where each can be kept.
#[derive(Clone, Debug)]
pub(crate) struct Constrained {
    parts: Vec<(Ref, Vec<u16>)>,
}

/// A diagram inside constraints; elsewhere [`INFEASIBLE`].
pub(crate) fn confine(arena: &mut Arena, feasible: Ref, node: Ref) -> Ref {
    let outside = arena.value(INFEASIBLE);
    arena.choose(feasible, node, outside)
}

impl Constrained {
    pub(crate) fn new(builder: &mut Builder<'_>, links: &Links) -> Constrained {
        let rules: Vec<NodeId> = builder
            .pack
            .constraints
            .iter()
            .map(|constraint| constraint.rule)
            .collect();
        let mut parts: Vec<Ref> = rules
            .into_iter()
            .map(|rule| builder.relaxed(rule, true))
            .collect();
        parts.extend(builder.linked(links));
        Constrained {
            parts: parts
                .into_iter()
                .map(|part| (part, support(&builder.arena, part)))
                .collect(),
        }
    }

    /// All constraints together.
    pub(crate) fn all(&self, arena: &mut Arena) -> Ref {
        conjunction(arena, self.parts.iter().map(|(part, _)| *part))
    }

    /// The diagram inside the constraints that share variables with it, directly or through
    /// each other; elsewhere [`INFEASIBLE`].
    pub(crate) fn within(&self, arena: &mut Arena, node: Ref) -> Ref {
        let (near, _) = self.split(support(arena, node));
        let feasible = conjunction(arena, near.into_iter());
        confine(arena, feasible, node)
    }

    /// The constraints that share variables with some others, directly or through each other, and
    /// the rest.
    pub(crate) fn split(&self, mut used: Vec<u16>) -> (Vec<Ref>, Vec<Ref>) {
        let mut open: Vec<&(Ref, Vec<u16>)> = self.parts.iter().collect();
        let mut near = Vec::new();
        loop {
            let (more, far): (Vec<_>, Vec<_>) = open
                .into_iter()
                .partition(|(_, own)| own.is_empty() || own.iter().any(|own| used.contains(own)));
            open = far;
            if more.is_empty() {
                return (near, open.into_iter().map(|(part, _)| *part).collect());
            }
            for (part, variables) in more {
                near.push(*part);
                used.extend(variables);
            }
        }
    }
}

pub(crate) fn conjunction(arena: &mut Arena, parts: impl Iterator<Item = Ref>) -> Ref {
    let mut all = arena.value(1);
    for part in parts {
        all = arena.join(all, part, &Operator::AND);
    }
    all
}

impl Builder<'_> {
    /// The variables of what some rules need, ascending.
    pub(crate) fn variables_of(&self, rules: &[NodeId]) -> Vec<u16> {
        let mut variables = Vec::new();
        for rule in rules {
            for position in self.positions(*rule) {
                let position = u16::try_from(position).unwrap_or(u16::MAX);
                if !variables.contains(&position) {
                    variables.push(position);
                }
            }
        }
        variables
    }

    /// The sets of links that bind together for some choices.
    pub(crate) fn active_links(&self, links: &Links) -> Vec<Vec<bool>> {
        let mut sets: Vec<Vec<bool>> = Vec::new();
        links.cases(self.pack, self.on, self.domains, &mut |_, binding| {
            if binding.contains(&true) && !sets.iter().any(|known| known == binding) {
                sets.push(binding.to_vec());
            }
        });
        sets
    }

    /// Begins cells of a linked fact where links begin to put something out of reach of others.
    /// Knowing the one can then tell something about the others, so that it is worth asking.
    pub(crate) fn cut_at_images(&mut self, links: &Links, active: &[Vec<bool>]) {
        let mut cuts: Vec<(FactId, Vec<i64>)> = Vec::new();
        for binding in active {
            let facts = linked_facts(links, binding);
            // What is known of all facts, and in addition of one that it lies before or after a cut.
            let mut known = vec![self.domains.clone()];
            for source in &facts {
                for part in self.halves(*source) {
                    let mut domains = self.domains.clone();
                    domains.set(*source, part);
                    known.push(domains);
                }
            }
            for mut domains in known {
                if self.narrow(&mut domains, links, binding).is_err() {
                    continue;
                }
                for fact in &facts {
                    if let Domain::Interval { low, high } = domains.get(*fact) {
                        cuts.push((*fact, vec![low, high.saturating_add(1)]));
                    }
                }
            }
        }
        for (fact, mut at) in cuts {
            if let Domain::Interval { low, high } = self.domains.get(fact) {
                at.retain(|cut| low < *cut && *cut <= high);
                self.cut(Need::Fact(fact), at);
            }
        }
    }

    /// What is left of an interval before and from the beginning of each of its cells.
    fn halves(&self, fact: FactId) -> Vec<Domain> {
        let Domain::Interval { low, high } = self.domains.get(fact) else {
            return Vec::new();
        };
        let starts = match self.cells_of(Subject::Fact(fact)) {
            Some(Cells::Stretches { starts, .. }) => starts.as_slice(),
            _ => &[],
        };
        starts
            .iter()
            .skip(1)
            .flat_map(|start| {
                [
                    Domain::Interval {
                        low,
                        high: start.saturating_sub(1),
                    },
                    Domain::Interval { low: *start, high },
                ]
            })
            .collect()
    }

    fn narrow(&self, domains: &mut Domains, links: &Links, binding: &[bool]) -> Result<(), usize> {
        domains.narrow(self.pack, self.on, links, &|index, _| {
            binding.get(index) == Some(&true)
        })
    }

    /// A constraint without its links: as if each comparison of two dates or numbers were kept.
    fn relaxed(&mut self, node: NodeId, positive: bool) -> Ref {
        let pack = self.pack;
        match pack.nodes.get(node.index()) {
            Some(Node::Not(inner)) => self.relaxed(*inner, !positive),
            Some(Node::All(parts)) => self.relaxed_parts(parts, positive, positive),
            Some(Node::Any(parts)) => self.relaxed_parts(parts, positive, !positive),
            Some(Node::If(condition, then, otherwise)) => {
                let condition = self.expression(*condition);
                let then = self.relaxed(*then, positive);
                let otherwise = self.relaxed(*otherwise, positive);
                self.arena.choose(condition, then, otherwise)
            }
            Some(Node::AtLeast(..)) if measured(pack, node) > 1 => self.arena.value(1),
            _ => {
                let built = self.expression(node);
                match positive {
                    true => built,
                    false => self.arena.map(built, &|value| i64::from(value == 0)),
                }
            }
        }
    }

    fn relaxed_parts(&mut self, parts: &[NodeId], positive: bool, conjunction: bool) -> Ref {
        let operator = match conjunction {
            true => &Operator::AND,
            false => &Operator::OR,
        };
        let mut all = self.arena.value(operator.neutral);
        for part in parts {
            let part = self.relaxed(*part, positive);
            all = self.arena.join(all, part, operator);
        }
        all
    }

    /// Where links can be kept, one diagram for each group of facts that they tie together.
    fn linked(&mut self, links: &Links) -> Vec<Ref> {
        let mut open: Vec<usize> = (0..links.all.len()).collect();
        let mut parts = Vec::new();
        while let Some(first) = open.first().copied() {
            let mut group = vec![first];
            let mut facts = touched(self, links, first);
            loop {
                let before = group.len();
                for index in &open {
                    let own = touched(self, links, *index);
                    if !group.contains(index) && own.iter().any(|fact| facts.contains(fact)) {
                        group.push(*index);
                        facts.extend(own);
                    }
                }
                if group.len() == before {
                    break;
                }
            }
            open.retain(|index| !group.contains(index));
            let choices: Vec<FactId> = facts
                .iter()
                .copied()
                .filter(|fact| links.choices.contains(fact))
                .collect();
            let mut positions: Vec<usize> = choices
                .into_iter()
                .filter_map(|fact| self.position(Subject::Fact(fact)))
                .collect();
            sort(&mut positions);
            positions.dedup();
            let mut known: Vec<(Vec<bool>, Ref)> = Vec::new();
            let domains = self.domains.clone();
            let part = self.excused(links, &group, &positions, domains, &mut known);
            parts.push(part);
        }
        parts
    }

    /// Branches on the choices that excuses look at.
    fn excused(
        &mut self,
        links: &Links,
        group: &[usize],
        positions: &[usize],
        domains: Domains,
        known: &mut Vec<(Vec<bool>, Ref)>,
    ) -> Ref {
        let Some((position, rest)) = positions.split_first() else {
            let binding: Vec<bool> = links
                .all
                .iter()
                .enumerate()
                .map(|(index, link)| {
                    group.contains(&index) && link.binds(self.pack, self.on, &domains) == Some(true)
                })
                .collect();
            if let Some((_, node)) = known.iter().find(|(own, _)| *own == binding) {
                return *node;
            }
            let node = self.kept(links, &binding);
            known.push((binding, node));
            return node;
        };
        let Some(Variable {
            subject: Subject::Fact(fact),
            cells,
        }) = self.variables.get(*position).cloned()
        else {
            return self.arena.value(1);
        };
        let mut children = Vec::new();
        for cell in 0..cells.len() {
            let (first, last) = cells.bounds(cell);
            let mut chosen = domains.clone();
            chosen.confine(fact, first, last);
            children.push(self.excused(links, group, rest, chosen, known));
        }
        self.arena
            .branch(u16::try_from(*position).unwrap_or(u16::MAX), children)
    }

    /// Where all of some links can be kept. Cells can be kept together when each two of them can:
    /// a bound reaches a fact from one other fact at a time.
    fn kept(&mut self, links: &Links, binding: &[bool]) -> Ref {
        if self
            .narrow(&mut self.domains.clone(), links, binding)
            .is_err()
        {
            return self.arena.value(0);
        }
        let mut variables: Vec<(u16, FactId, Cells)> = linked_facts(links, binding)
            .into_iter()
            .filter_map(|fact| {
                let position = self.position(Subject::Fact(fact))?;
                let cells = self.variables.get(position)?.cells.clone();
                Some((u16::try_from(position).ok()?, fact, cells))
            })
            .collect();
        sort_by(&mut variables, &|a, b| a.0 < b.0);
        let mut all = self.arena.value(1);
        for (index, (position, fact, cells)) in variables.iter().enumerate() {
            // What each cell leaves of all facts; nothing where it cannot be kept at all.
            let left: Vec<Option<Domains>> = (0..cells.len())
                .map(|cell| {
                    let (first, last) = cells.bounds(cell);
                    let mut domains = self.domains.clone();
                    domains.confine(*fact, first, last);
                    self.narrow(&mut domains, links, binding)
                        .is_ok()
                        .then_some(domains)
                })
                .collect();
            let alive = left
                .iter()
                .map(|left| self.arena.value(i64::from(left.is_some())))
                .collect();
            let mut parts = vec![self.arena.branch(*position, alive)];
            for (other_position, other, other_cells) in
                variables.iter().skip(index.saturating_add(1))
            {
                let children = left
                    .iter()
                    .map(|left| match left.as_ref().map(|left| left.get(*other)) {
                        Some(Domain::Interval { low, high }) => {
                            let reached = other_cells.of(low)..=other_cells.of(high);
                            let below = (0..other_cells.len())
                                .map(|cell| self.arena.value(i64::from(reached.contains(&cell))))
                                .collect();
                            self.arena.branch(*other_position, below)
                        }
                        _ => self.arena.value(0),
                    })
                    .collect();
                parts.push(self.arena.branch(*position, children));
            }
            parts.push(all);
            all = conjunction(&mut self.arena, parts.into_iter());
        }
        all
    }
}

/// The facts that some links compare, each once.
fn linked_facts(links: &Links, binding: &[bool]) -> Vec<FactId> {
    let mut facts = Vec::new();
    for (link, binds) in links.all.iter().zip(binding) {
        for fact in link.facts {
            if *binds && !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    facts
}

/// The facts that a link depends on, its excuses included, as far as they are variables.
fn touched(builder: &Builder<'_>, links: &Links, index: usize) -> Vec<FactId> {
    let Some(link) = links.all.get(index) else {
        return Vec::new();
    };
    let excuses = link
        .excuse_rules()
        .flat_map(|rule| needs(builder.pack, rule));
    let needed = excuses.filter_map(|need| match need {
        Need::Fact(fact) => Some(fact),
        _ => None,
    });
    link.facts
        .into_iter()
        .chain(needed)
        .filter(|fact| builder.domains.get(*fact).single().is_none())
        .collect()
}
