//! Decisions that a generator takes, one after another, the same in every run.

/// Where decisions come from.
#[derive(Clone, Debug)]
pub enum Draws {
    /// A fixed list, such as proptest makes and shrinks; 0 when it is used up.
    Tape {
        /// The list.
        tape: Vec<u16>,
        /// How many have been taken.
        taken: usize,
    },
    /// As many as are needed, from a seed (SplitMix64).
    Seeded(u64),
}

impl Draws {
    /// Decisions from a list.
    #[must_use]
    pub fn from_tape(tape: Vec<u16>) -> Draws {
        Draws::Tape { tape, taken: 0 }
    }

    /// A number from 0 to `choices - 1`.
    pub fn below(&mut self, choices: usize) -> usize {
        let choices = u64::try_from(choices.max(1)).expect("few choices");
        let drawn = match self {
            Draws::Tape { tape, taken } => {
                *taken += 1;
                // Two entries where one could not reach every choice.
                let entry = |at: usize| u64::from(tape.get(at).copied().unwrap_or(0));
                if choices > 1 << 16 {
                    *taken += 1;
                    entry(*taken - 2) << 16 | entry(*taken - 1)
                } else {
                    entry(*taken - 1)
                }
            }
            Draws::Seeded(state) => {
                *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mut mixed = *state;
                mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                mixed ^ (mixed >> 31)
            }
        };
        usize::try_from(drawn % choices).expect("less than the choices")
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = usize::try_from(most - least + 1).expect("a range");
        least + i64::try_from(self.below(width)).expect("inside the range")
    }

    /// Yes in `percent` of a hundred cases; no when a tape is used up.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of some items.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
