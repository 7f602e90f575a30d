//! Which cells of each variable the answers leave.

use crate::answers::{Answer, Answers};
use crate::diagram::{Bits, Cells, Diagram, Domain, Domains, Subject};
use crate::ids::FactId;

/// How much is known of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Not asked, or known only in part: it can be asked.
    Ask,
    /// The person does not know.
    Null,
    /// Settled as far as any rule can tell; points always are, even as open.
    Known,
}

/// The cells that are left: those from `low` to `high` that are in `bits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) low: u16,
    pub(super) high: u16,
    pub(super) bits: Bits,
    /// What the answer says, whatever constraints leave.
    asked: Status,
}

impl Allowed {
    pub(super) fn only(cell: u16) -> Allowed {
        Allowed {
            low: cell,
            high: cell,
            bits: Bits::ALL,
            asked: Status::Known,
        }
    }

    /// How much is known: everything when a single cell is left.
    pub(super) fn status(self) -> Status {
        let one = self.low == self.high
            || (usize::from(self.high) < Bits::MOST && self.bits.count() == 1);
        match one {
            true => Status::Known,
            false => self.asked,
        }
    }

    /// The cells, ascending.
    pub(super) fn cells(self) -> impl Iterator<Item = usize> {
        (usize::from(self.low)..=usize::from(self.high))
            .filter(move |cell| self.bits.contains(*cell))
    }

    pub(super) fn contains(self, cell: usize) -> bool {
        (usize::from(self.low)..=usize::from(self.high)).contains(&cell) && self.bits.contains(cell)
    }

    /// The smallest range and set that holds both.
    fn union(self, other: Allowed) -> Allowed {
        Allowed {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            bits: self.bits.union(other.bits),
            asked: self.asked,
        }
    }
}

/// What is left of all variables of a diagram.
#[derive(Clone, Debug)]
pub(super) struct Restriction {
    allowed: Vec<Allowed>,
    /// Whether nothing is left.
    pub(super) broken: bool,
}

impl Restriction {
    pub(super) fn new(diagram: &Diagram) -> Restriction {
        Restriction {
            allowed: diagram
                .variables
                .iter()
                .map(|variable| all(&variable.cells))
                .collect(),
            broken: false,
        }
    }

    pub(super) fn allowed(&self, variable: u16) -> Allowed {
        self.allowed
            .get(usize::from(variable))
            .copied()
            .unwrap_or(Allowed::only(0))
    }

    pub(super) fn fill(&mut self, answers: &Answers, domains: &Domains, diagram: &Diagram) {
        self.broken = false;
        for (allowed, variable) in self.allowed.iter_mut().zip(&diagram.variables) {
            *allowed = match variable.subject {
                Subject::Point(point) => Allowed::only(
                    answers
                        .outcome(point)
                        .map_or(0, |outcome| outcome.saturating_add(1)),
                ),
                Subject::List(list) => counted(answers.get(list), diagram, list, &variable.cells),
                Subject::Fact(fact) => {
                    let domain = domains.get(fact);
                    self.broken |= domain.is_empty();
                    let left = within(domain, &variable.cells);
                    let asked = match answers.get(fact) {
                        Answer::Unknown => Status::Null,
                        Answer::Absent | Answer::Month { .. } => Status::Ask,
                        _ => Status::Known,
                    };
                    Allowed { asked, ..left }
                }
            };
        }
    }

    /// Becomes the smallest restriction that holds both.
    pub(super) fn join(&mut self, other: &Restriction) {
        if self.broken {
            self.clone_from(other);
        } else if !other.broken {
            for (own, other) in self.allowed.iter_mut().zip(&other.allowed) {
                *own = own.union(*other);
            }
        }
    }
}

fn all(cells: &Cells) -> Allowed {
    Allowed {
        low: 0,
        high: u16::try_from(cells.len().saturating_sub(1)).unwrap_or(u16::MAX),
        bits: Bits::ALL,
        asked: Status::Ask,
    }
}

fn within(domain: Domain, cells: &Cells) -> Allowed {
    let everything = all(cells);
    match domain {
        Domain::Options(bits) => Allowed {
            bits: Bits::first(bits),
            ..everything
        },
        Domain::Interval { low, high } => Allowed {
            low: u16::try_from(cells.of(low)).unwrap_or(0),
            high: u16::try_from(cells.of(high)).unwrap_or(0),
            ..everything
        },
        Domain::Untracked => everything,
    }
}

/// How the counts of a list can come out.
fn counted(answer: &Answer, diagram: &Diagram, list: FactId, cells: &Cells) -> Allowed {
    let everything = all(cells);
    let Some(counts) = diagram.list(list) else {
        return everything;
    };
    match answer {
        Answer::Records(records) => Allowed {
            bits: counts.left(answer),
            asked: match counts.is_open(records) {
                true => Status::Ask,
                false => Status::Null,
            },
            ..everything
        },
        Answer::Unknown => Allowed {
            asked: Status::Null,
            ..everything
        },
        _ => everything,
    }
}
