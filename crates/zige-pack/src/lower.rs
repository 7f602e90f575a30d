//! Nodes in topological order, each kept once.

use std::collections::HashMap;

use zige_core::ids::{FactId, NodeId, PointId};
use zige_core::pack::Node;

use crate::diagnostics::Place;

/// A date or number that a comparison can depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Fact(FactId),
    /// A count of records: the `Count` node.
    Count(NodeId),
}

/// Which way a value moves when a date or number grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Direction {
    pub(crate) up: bool,
    pub(crate) down: bool,
}

impl Direction {
    const STILL: Direction = Direction {
        up: false,
        down: false,
    };
    const UP: Direction = Direction {
        up: true,
        down: false,
    };

    fn flipped(self) -> Direction {
        Direction {
            up: self.down,
            down: self.up,
        }
    }

    fn joined(self, other: Direction) -> Direction {
        Direction {
            up: self.up || other.up,
            down: self.down || other.down,
        }
    }
}

/// The dates and numbers that a node depends on, with their directions.
pub(crate) type Depends = Vec<(Subject, Direction)>;

/// The nodes of all rules.
#[derive(Debug)]
pub(crate) struct Arena {
    nodes: Vec<Node>,
    places: Vec<Place>,
    depends: Vec<Depends>,
    /// Which way each node moves as the days pass while all facts stay as they are.
    days: Vec<Direction>,
    /// How many steps walking each node takes, shared parts counted each time.
    steps: Vec<u32>,
    known: HashMap<Node, NodeId>,
    /// For each fact whether it is a date, number or amount.
    intervals: Vec<bool>,
    overflow: bool,
}

impl Arena {
    pub(crate) fn new(intervals: Vec<bool>) -> Arena {
        Arena {
            nodes: Vec::new(),
            places: Vec::new(),
            depends: Vec::new(),
            days: Vec::new(),
            steps: Vec::new(),
            known: HashMap::new(),
            intervals,
            overflow: false,
        }
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id.index()).unwrap_or(&Node::Constant(0))
    }

    pub(crate) fn place(&self, id: NodeId) -> Option<Place> {
        self.places.get(id.index()).copied()
    }

    pub(crate) fn depends(&self, id: NodeId) -> &[(Subject, Direction)] {
        self.depends.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether a node can grow and shrink again as the days pass.
    pub(crate) fn turns_often(&self, id: NodeId) -> bool {
        let day = self.day(id);
        day.up && day.down
    }

    fn day(&self, id: NodeId) -> Direction {
        self.days
            .get(id.index())
            .copied()
            .unwrap_or(Direction::STILL)
    }

    /// How many steps walking a node takes, shared parts counted each time.
    pub(crate) fn steps(&self, id: NodeId) -> u32 {
        self.steps.get(id.index()).copied().unwrap_or(1)
    }

    /// Whether there were more nodes than can be numbered.
    pub(crate) fn overflowed(&self) -> bool {
        self.overflow
    }

    /// The node with its number; the first place where it stands counts.
    pub(crate) fn add(&mut self, node: Node, place: Place) -> NodeId {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let Ok(number) = u16::try_from(self.nodes.len()) else {
            self.overflow = true;
            return NodeId(0);
        };
        let id = NodeId(number);
        let depends = self.depends_of(&node, id);
        let day = self.day_of(&node);
        let mut operands = node.operands();
        if let Node::Count { filter, .. } = &node {
            operands.push(*filter);
        }
        let steps = operands.into_iter().fold(1_u32, |steps, operand| {
            steps.saturating_add(self.steps(operand))
        });
        self.steps.push(steps);
        self.known.insert(node.clone(), id);
        self.nodes.push(node);
        self.places.push(place);
        self.depends.push(depends);
        self.days.push(day);
        id
    }

    pub(crate) fn constant(&mut self, value: i64, place: Place) -> NodeId {
        self.add(Node::Constant(value), place)
    }

    pub(crate) fn not(&mut self, inner: NodeId, place: Place) -> NodeId {
        match self.node(inner) {
            Node::Not(inside) => *inside,
            Node::Constant(value) => {
                let opposite = i64::from(*value == 0);
                self.constant(opposite, place)
            }
            _ => self.add(Node::Not(inner), place),
        }
    }

    pub(crate) fn all(&mut self, parts: Vec<NodeId>, place: Place) -> NodeId {
        self.combine(parts, place, true)
    }

    pub(crate) fn any(&mut self, parts: Vec<NodeId>, place: Place) -> NodeId {
        self.combine(parts, place, false)
    }

    fn combine(&mut self, parts: Vec<NodeId>, place: Place, conjunction: bool) -> NodeId {
        let mut flat: Vec<NodeId> = Vec::new();
        for part in parts {
            let inner = match (self.node(part), conjunction) {
                (Node::All(inner), true) | (Node::Any(inner), false) => inner.clone(),
                (Node::Constant(value), _) if (*value != 0) == conjunction => Vec::new(),
                (Node::Constant(_), _) => return self.constant(i64::from(!conjunction), place),
                _ => vec![part],
            };
            for part in inner {
                if !flat.contains(&part) {
                    flat.push(part);
                }
            }
        }
        match (flat.as_slice(), conjunction) {
            ([], _) => self.constant(i64::from(conjunction), place),
            ([only], _) => *only,
            (_, true) => self.add(Node::All(flat), place),
            (_, false) => self.add(Node::Any(flat), place),
        }
    }

    /// Calls `see` for every node that some nodes are made of, themselves included, operands
    /// first; a count's filter is among them when `filters` says so.
    pub(crate) fn visit(&self, roots: &[NodeId], filters: bool, see: &mut dyn FnMut(NodeId)) {
        let mut seen = vec![false; self.nodes.len()];
        let mut open: Vec<(NodeId, bool)> = roots.iter().rev().map(|root| (*root, false)).collect();
        while let Some((id, finished)) = open.pop() {
            if finished {
                see(id);
                continue;
            }
            match seen.get_mut(id.index()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            open.push((id, true));
            let node = self.node(id);
            let mut operands = node.operands();
            if let (Node::Count { filter, .. }, true) = (node, filters) {
                operands.push(*filter);
            }
            open.extend(operands.into_iter().rev().map(|operand| (operand, false)));
        }
    }

    /// The facts and points that some nodes use, in the order of use. Lists stand for their
    /// records' facts.
    pub(crate) fn used(&self, roots: &[NodeId]) -> (Vec<FactId>, Vec<PointId>) {
        let (mut facts, mut points) = (Vec::new(), Vec::new());
        self.visit(roots, false, &mut |id| match self.node(id) {
            Node::Fact(fact) | Node::Count { records: fact, .. } if !facts.contains(fact) => {
                facts.push(*fact);
            }
            Node::Point(point) if !points.contains(point) => points.push(*point),
            _ => {}
        });
        (facts, points)
    }

    fn depends_of(&self, node: &Node, id: NodeId) -> Depends {
        let of = |id: &NodeId| self.depends(*id).to_vec();
        match node {
            Node::Constant(_) | Node::Today | Node::Point(_) | Node::Option(..) => Vec::new(),
            Node::Fact(fact) => match self.intervals.get(fact.index()) {
                Some(true) => vec![(Subject::Fact(*fact), Direction::UP)],
                _ => Vec::new(),
            },
            Node::Count { .. } => vec![(Subject::Count(id), Direction::UP)],
            Node::Not(inner) | Node::YearsSince(inner) | Node::MonthsSince(inner) => {
                flip(of(inner))
            }
            Node::OneOf(inner, _)
            | Node::YearsUntil(inner)
            | Node::MonthsUntil(inner)
            | Node::AddMonths(inner, _)
            | Node::Schedule { born: inner, .. } => of(inner),
            Node::All(parts) | Node::Any(parts) => parts
                .iter()
                .fold(Vec::new(), |all, part| join(all, of(part))),
            Node::AtLeast(a, b) => join(of(a), flip(of(b))),
            Node::Add(a, b) => join(of(a), of(b)),
            Node::If(condition, then, otherwise) => {
                join(of(condition), join(of(then), of(otherwise)))
            }
        }
    }

    fn day_of(&self, node: &Node) -> Direction {
        let of = |id: &NodeId| self.day(*id);
        match node {
            Node::Today => Direction::UP,
            Node::Constant(_)
            | Node::Fact(_)
            | Node::Point(_)
            | Node::Option(..)
            | Node::Count { .. } => Direction::STILL,
            Node::Not(inner) => of(inner).flipped(),
            Node::YearsSince(inner) | Node::MonthsSince(inner) => {
                Direction::UP.joined(of(inner).flipped())
            }
            Node::YearsUntil(inner) | Node::MonthsUntil(inner) => {
                Direction::UP.flipped().joined(of(inner))
            }
            Node::OneOf(inner, _)
            | Node::AddMonths(inner, _)
            | Node::Schedule { born: inner, .. } => of(inner),
            Node::All(parts) | Node::Any(parts) => parts
                .iter()
                .fold(Direction::STILL, |all, part| all.joined(of(part))),
            Node::AtLeast(a, b) => of(a).joined(of(b).flipped()),
            Node::Add(a, b) => of(a).joined(of(b)),
            Node::If(_, then, otherwise) => of(then).joined(of(otherwise)),
        }
    }
}

/// Whether adding or comparing two values can go up and down with one of their dates or numbers.
pub(crate) fn wavers(
    a: &[(Subject, Direction)],
    b: &[(Subject, Direction)],
    compare: bool,
) -> bool {
    a.iter().any(|(subject, direction)| {
        b.iter().any(|(other, others)| {
            let others = if compare { others.flipped() } else { *others };
            let both = direction.joined(others);
            subject == other && both.up && both.down
        })
    })
}

fn flip(depends: Depends) -> Depends {
    depends
        .into_iter()
        .map(|(subject, direction)| (subject, direction.flipped()))
        .collect()
}

fn join(mut a: Depends, b: Depends) -> Depends {
    for (subject, direction) in b {
        match a.iter_mut().find(|(own, _)| *own == subject) {
            Some((_, own)) => *own = own.joined(direction),
            None => a.push((subject, direction)),
        }
    }
    a
}
