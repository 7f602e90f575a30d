//! Hash-consed nodes: equal functions are the same node.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A node of an [`Arena`].
pub(crate) type Ref = u32;

/// What a node is: a value, or a branch on a variable with one child for each of its cells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Value(i64),
    Branch { variable: u16, children: Box<[Ref]> },
}

/// A store of nodes without duplicates; a node comes after its children.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    nodes: Vec<Key>,
    index: HashMap<Key, Ref, BuildHasherDefault<FixedHasher>>,
}

impl Arena {
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn key(&self, node: Ref) -> &Key {
        const NOTHING: &Key = &Key::Value(0);
        self.nodes.get(node as usize).unwrap_or(NOTHING)
    }

    pub(crate) fn value(&mut self, value: i64) -> Ref {
        self.intern(Key::Value(value))
    }

    /// A branch; its only child when all children are the same.
    pub(crate) fn branch(&mut self, variable: u16, children: Vec<Ref>) -> Ref {
        match children.first() {
            Some(first) if children.iter().any(|child| child != first) => {
                self.intern(Key::Branch {
                    variable,
                    children: children.into_boxed_slice(),
                })
            }
            Some(first) => *first,
            None => self.value(0),
        }
    }

    /// The child for a cell of a variable: the node itself where it does not branch on it.
    pub(crate) fn child(&self, node: Ref, variable: u16, cell: usize) -> Ref {
        match self.key(node) {
            Key::Branch {
                variable: own,
                children,
            } if *own == variable => children.get(cell).copied().unwrap_or(node),
            _ => node,
        }
    }

    /// The variable that a node branches on and how many cells it has.
    pub(crate) fn top(&self, node: Ref) -> Option<(u16, usize)> {
        match self.key(node) {
            Key::Branch { variable, children } => Some((*variable, children.len())),
            Key::Value(_) => None,
        }
    }

    /// The first variable among the nodes, and how many cells it has.
    fn first_variable(&self, nodes: &[Ref]) -> Option<(u16, usize)> {
        nodes.iter().filter_map(|node| self.top(*node)).min()
    }

    /// Applies a function to every value.
    pub(crate) fn map(&mut self, node: Ref, function: &dyn Fn(i64) -> i64) -> Ref {
        self.apply(&[node], &|values| match values {
            [value] => function(*value),
            _ => 0,
        })
    }

    /// Joins two diagrams, cell by cell.
    pub(crate) fn join(&mut self, a: Ref, b: Ref, operator: &Operator) -> Ref {
        self.join_memo(a, b, operator, &mut Pairs::default())
    }

    fn join_memo(&mut self, a: Ref, b: Ref, operator: &Operator, memo: &mut Pairs) -> Ref {
        if a == b {
            return a;
        }
        for (one, other) in [(a, b), (b, a)] {
            if let Key::Value(value) = self.key(one) {
                if *value == operator.neutral {
                    return other;
                }
                if operator.absorbing == Some(*value) {
                    return one;
                }
            }
        }
        if let (Key::Value(a), Key::Value(b)) = (self.key(a), self.key(b)) {
            let value = (operator.of)(*a, *b);
            return self.value(value);
        }
        let pair = (a.min(b), a.max(b));
        if let Some(known) = memo.get(&pair) {
            return *known;
        }
        let Some((variable, cells)) = self.first_variable(&[a, b]) else {
            return a;
        };
        let mut children = Vec::with_capacity(cells);
        for cell in 0..cells {
            let below = (self.child(a, variable, cell), self.child(b, variable, cell));
            children.push(self.join_memo(below.0, below.1, operator, memo));
        }
        let node = self.branch(variable, children);
        memo.insert(pair, node);
        node
    }

    /// The second diagram where the first is not 0, else the third.
    pub(crate) fn choose(&mut self, condition: Ref, then: Ref, otherwise: Ref) -> Ref {
        self.choose_memo([condition, then, otherwise], &mut HashMap::default())
    }

    fn choose_memo(
        &mut self,
        operands: [Ref; 3],
        memo: &mut HashMap<[Ref; 3], Ref, BuildHasherDefault<FixedHasher>>,
    ) -> Ref {
        let [condition, then, otherwise] = operands;
        if then == otherwise {
            return then;
        }
        if let Key::Value(value) = self.key(condition) {
            return if *value == 0 { otherwise } else { then };
        }
        if let Some(known) = memo.get(&operands) {
            return *known;
        }
        let Some((variable, cells)) = self.first_variable(&operands) else {
            return then;
        };
        let mut children = Vec::with_capacity(cells);
        for cell in 0..cells {
            let below = operands.map(|node| self.child(node, variable, cell));
            children.push(self.choose_memo(below, memo));
        }
        let node = self.branch(variable, children);
        memo.insert(operands, node);
        node
    }

    /// Applies a function to the values of several diagrams, cell by cell.
    pub(crate) fn apply(&mut self, operands: &[Ref], function: &dyn Fn(&[i64]) -> i64) -> Ref {
        let mut memo = Memo::default();
        self.apply_memo(operands, function, &mut memo)
    }

    fn apply_memo(
        &mut self,
        operands: &[Ref],
        function: &dyn Fn(&[i64]) -> i64,
        memo: &mut Memo,
    ) -> Ref {
        let Some((variable, cells)) = self.first_variable(operands) else {
            let values: Vec<i64> = operands
                .iter()
                .map(|node| match self.key(*node) {
                    Key::Value(value) => *value,
                    Key::Branch { .. } => 0,
                })
                .collect();
            return self.value(function(&values));
        };
        if let Some(known) = memo.get(operands) {
            return *known;
        }
        let children = (0..cells)
            .map(|cell| {
                let below: Vec<Ref> = operands
                    .iter()
                    .map(|node| self.child(*node, variable, cell))
                    .collect();
                self.apply_memo(&below, function, memo)
            })
            .collect();
        let node = self.branch(variable, children);
        memo.insert(operands.into(), node);
        node
    }

    fn intern(&mut self, key: Key) -> Ref {
        if let Some(node) = self.index.get(&key) {
            return *node;
        }
        let node = Ref::try_from(self.nodes.len()).unwrap_or(Ref::MAX);
        self.nodes.push(key.clone());
        self.index.insert(key, node);
        node
    }
}

/// How two values are joined: the order does not matter, and a value joined with itself is itself.
#[derive(Debug)]
pub(crate) struct Operator {
    /// What leaves the other value as it is.
    pub(crate) neutral: i64,
    /// What is the result whatever the other value is.
    pub(crate) absorbing: Option<i64>,
    pub(crate) of: fn(i64, i64) -> i64,
}

impl Operator {
    /// "And" of yes/no values.
    pub(crate) const AND: Operator = Operator {
        neutral: 1,
        absorbing: Some(0),
        of: i64::min,
    };
    /// "Or" of yes/no values.
    pub(crate) const OR: Operator = Operator {
        neutral: 0,
        absorbing: Some(1),
        of: i64::max,
    };
    /// The union of sets of bits.
    pub(crate) const UNION: Operator = Operator {
        neutral: 0,
        absorbing: None,
        of: |a, b| a | b,
    };
}

type Pairs = HashMap<(Ref, Ref), Ref, BuildHasherDefault<FixedHasher>>;

type Memo = HashMap<Box<[Ref]>, Ref, BuildHasherDefault<FixedHasher>>;

/// The variables that a diagram branches on, in no particular order.
pub(crate) fn support(arena: &Arena, node: Ref) -> Vec<u16> {
    let mut seen = vec![false; arena.len()];
    let mut variables = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match seen.get_mut(node as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        if let Key::Branch { variable, children } = arena.key(node) {
            if !variables.contains(variable) {
                variables.push(*variable);
            }
            open.extend(children.iter().copied());
        }
    }
    variables
}

/// A copy of what the roots reach, and the roots in it.
pub(crate) fn compact(arena: &Arena, roots: &[Ref]) -> (Arena, Vec<Ref>) {
    fn copy(from: &Arena, into: &mut Arena, node: Ref, moved: &mut [Option<Ref>]) -> Ref {
        if let Some(Some(known)) = moved.get(node as usize) {
            return *known;
        }
        let copied = match from.key(node) {
            Key::Value(value) => into.value(*value),
            Key::Branch { variable, children } => {
                let children = children
                    .iter()
                    .map(|child| copy(from, into, *child, moved))
                    .collect();
                into.branch(*variable, children)
            }
        };
        if let Some(place) = moved.get_mut(node as usize) {
            *place = Some(copied);
        }
        copied
    }
    let mut compacted = Arena::default();
    let mut moved = vec![None; arena.len()];
    let roots = roots
        .iter()
        .map(|root| copy(arena, &mut compacted, *root, &mut moved))
        .collect();
    (compacted, roots)
}

/// A small multiplicative hash without a random seed, so that runs repeat exactly.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FixedHasher(u64);

impl FixedHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl Hasher for FixedHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .rev()
                .fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
            self.add(word);
        }
    }

    fn write_u32(&mut self, word: u32) {
        self.add(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.add(word as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_functions_are_the_same_node() {
        let mut arena = Arena::default();
        let no = arena.value(0);
        let yes = arena.value(1);
        let a = arena.branch(0, vec![no, yes]);
        let b = arena.branch(1, vec![no, yes]);
        let ab = arena.join(a, b, &Operator::AND);
        let ba = arena.join(b, a, &Operator::AND);
        assert_eq!(ab, ba);
        let either = arena.join(a, b, &Operator::OR);
        let not_either = arena.map(either, &|value| 1 - value);
        let neither = {
            let (a, b) = (arena.map(a, &|v| 1 - v), arena.map(b, &|v| 1 - v));
            arena.join(a, b, &Operator::AND)
        };
        assert_eq!(not_either, neither);
        assert_eq!(arena.choose(a, yes, yes), yes);
    }
}
