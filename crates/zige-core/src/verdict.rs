//! The verdict lattice.

use serde::{Deserialize, Serialize};

/// What one completion of the answers comes to, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Fails under every outcome of the open points: 不符合.
    Ineligible,
    /// Holds under some outcome and fails under another: 待认定.
    Discretionary,
    /// Holds under every outcome: 符合.
    Eligible,
}

impl Class {
    /// From worst to best.
    pub const ALL: [Class; 3] = [Class::Ineligible, Class::Discretionary, Class::Eligible];

    fn bit(self) -> u8 {
        match self {
            Class::Ineligible => 1,
            Class::Discretionary => 2,
            Class::Eligible => 4,
        }
    }
}

/// What all completions share, or that they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 符合.
    Eligible,
    /// 待认定: an authority decides.
    Discretionary,
    /// 不符合.
    Ineligible,
    /// 待补充: answers are missing that can still decide it.
    Incomplete,
}

impl From<Class> for Verdict {
    fn from(class: Class) -> Verdict {
        match class {
            Class::Ineligible => Verdict::Ineligible,
            Class::Discretionary => Verdict::Discretionary,
            Class::Eligible => Verdict::Eligible,
        }
    }
}

/// The set of classes that the completions of some answers reach.
///
/// It is empty only for answers that no real person can give (they break a constraint).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Possible(u8);

impl Possible {
    /// No class: the answers contradict each other.
    pub const NONE: Possible = Possible(0);
    /// Any class.
    pub const ANY: Possible = Possible(7);

    /// Exactly one class.
    #[must_use]
    pub fn only(class: Class) -> Possible {
        Possible(class.bit())
    }

    /// The set with these bits: 1 ineligible, 2 discretionary, 4 eligible; others are dropped.
    #[must_use]
    pub fn from_bits(bits: u8) -> Possible {
        Possible(bits & 7)
    }

    /// 1 for ineligible, plus 2 for discretionary, plus 4 for eligible.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether some completion is of this class.
    #[must_use]
    pub fn contains(self, class: Class) -> bool {
        self.0 & class.bit() != 0
    }

    /// Whether no completion exists.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many classes are possible.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The classes in either set.
    #[must_use]
    pub fn union(self, other: Possible) -> Possible {
        Possible(self.0 | other.0)
    }

    /// The classes from worst to best.
    pub fn classes(self) -> impl Iterator<Item = Class> {
        Class::ALL
            .into_iter()
            .filter(move |class| self.contains(*class))
    }

    /// The class that all completions share, if they do.
    #[must_use]
    pub fn single(self) -> Option<Class> {
        match self.0 {
            1 => Some(Class::Ineligible),
            2 => Some(Class::Discretionary),
            4 => Some(Class::Eligible),
            _ => None,
        }
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        self.single().map_or(Verdict::Incomplete, Verdict::from)
    }

    /// What "all of both" can come to, when the two share nothing unknown.
    #[must_use]
    pub fn and(self, other: Possible) -> Possible {
        self.combine(other, core::cmp::min)
    }

    /// What "one of both" can come to, when the two share nothing unknown.
    #[must_use]
    pub fn or(self, other: Possible) -> Possible {
        self.combine(other, core::cmp::max)
    }

    fn combine(self, other: Possible, pick: fn(Class, Class) -> Class) -> Possible {
        self.classes()
            .flat_map(|mine| other.classes().map(move |theirs| pick(mine, theirs)))
            .fold(Possible::NONE, |set, class| {
                set.union(Possible::only(class))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combining_takes_the_worse_or_the_better_of_each_pair() {
        let either = Possible::only(Class::Ineligible).union(Possible::only(Class::Eligible));
        let open = Possible::only(Class::Discretionary);
        assert_eq!(
            either.and(open).classes().collect::<Vec<_>>(),
            [Class::Ineligible, Class::Discretionary]
        );
        assert_eq!(
            either.or(open).classes().collect::<Vec<_>>(),
            [Class::Discretionary, Class::Eligible]
        );
        assert_eq!(either.verdict(), Verdict::Incomplete);
        assert_eq!(open.verdict(), Verdict::Discretionary);
    }
}
