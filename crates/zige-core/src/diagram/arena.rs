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

    /// Applies a function to the values of two diagrams, cell by cell.
    pub(crate) fn zip(&mut self, a: Ref, b: Ref, function: &dyn Fn(i64, i64) -> i64) -> Ref {
        self.apply(&[a, b], &|values| match values {
            [a, b] => function(*a, *b),
            _ => 0,
        })
    }

    /// The second diagram where the first is not 0, else the third.
    pub(crate) fn choose(&mut self, condition: Ref, then: Ref, otherwise: Ref) -> Ref {
        self.apply(&[condition, then, otherwise], &|values| match values {
            [0, _, otherwise] => *otherwise,
            [_, then, _] => *then,
            _ => 0,
        })
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

type Memo = HashMap<Box<[Ref]>, Ref, BuildHasherDefault<FixedHasher>>;

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
        let ab = arena.zip(a, b, &|a, b| a & b);
        let ba = arena.zip(b, a, &|a, b| a & b);
        assert_eq!(ab, ba);
        let either = arena.zip(a, b, &|a, b| a | b);
        let not_either = arena.map(either, &|value| 1 - value);
        let neither = {
            let (a, b) = (arena.map(a, &|v| 1 - v), arena.map(b, &|v| 1 - v));
            arena.zip(a, b, &|a, b| a & b)
        };
        assert_eq!(not_either, neither);
        assert_eq!(arena.choose(a, yes, yes), yes);
    }
}
