//! Small sets of cells.

/// A set of cells; those from the 128th on are always in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bits([u64; 2]);

impl Bits {
    /// How many cells can be told apart.
    pub(crate) const MOST: usize = 128;
    pub(crate) const NONE: Bits = Bits([0, 0]);
    pub(crate) const ALL: Bits = Bits([u64::MAX, u64::MAX]);

    /// The first 64 cells, as bits.
    pub(crate) fn first(bits: u64) -> Bits {
        Bits([bits, 0])
    }

    pub(crate) fn contains(self, cell: usize) -> bool {
        let [low, high] = self.0;
        match cell {
            0..64 => low & (1 << cell) != 0,
            64..Bits::MOST => high & (1 << (cell & 63)) != 0,
            _ => true,
        }
    }

    pub(crate) fn insert(&mut self, cell: usize) {
        let [low, high] = &mut self.0;
        match cell {
            0..64 => *low |= 1 << cell,
            64..Bits::MOST => *high |= 1 << (cell & 63),
            _ => {}
        }
    }

    pub(crate) fn union(self, other: Bits) -> Bits {
        let ([a, b], [c, d]) = (self.0, other.0);
        Bits([a | c, b | d])
    }

    /// How many of the first 128 cells are in it.
    pub(crate) fn count(self) -> u32 {
        let [low, high] = self.0;
        low.count_ones().saturating_add(high.count_ones())
    }
}
