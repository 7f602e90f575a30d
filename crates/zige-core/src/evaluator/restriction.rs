//! Which cells of each variable the answers leave.

use crate::answers::{Answer, Answers, Records};
use crate::date::Date;
use crate::diagram::{Cells, Domain, Domains, Subject, Variable};
use crate::ids::NodeId;
use crate::pack::{Node, Pack};
use crate::verdict::{Class, Possible};

use super::truth::truth_of_record;

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

/// The cells that are left: those from `low` to `high` whose bit is set (all from the 64th on).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) low: u16,
    pub(super) high: u16,
    pub(super) bits: u64,
    pub(super) status: Status,
}

impl Allowed {
    pub(super) fn only(cell: u16) -> Allowed {
        Allowed {
            low: cell,
            high: cell,
            bits: u64::MAX,
            status: Status::Known,
        }
    }
}

/// What is left of all variables of a diagram.
#[derive(Clone, Debug)]
pub(super) struct Restriction {
    allowed: Vec<Allowed>,
    /// Whether the answers break a constraint.
    pub(super) broken: bool,
}

impl Restriction {
    pub(super) fn new(variables: &[Variable]) -> Restriction {
        Restriction {
            allowed: variables
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

    pub(super) fn fill(
        &mut self,
        pack: &Pack,
        on: Date,
        answers: &Answers,
        domains: &Domains,
        variables: &[Variable],
    ) {
        self.broken = false;
        for (allowed, variable) in self.allowed.iter_mut().zip(variables) {
            *allowed = match variable.subject {
                Subject::Point(point) => Allowed::only(
                    answers
                        .outcome(point)
                        .map_or(0, |outcome| outcome.saturating_add(1)),
                ),
                Subject::Count(node) => counted(pack, on, answers, node, &variable.cells),
                Subject::Fact(fact) => {
                    let domain = domains.get(fact);
                    self.broken |= domain.is_empty();
                    let left = within(domain, &variable.cells);
                    let status = match answers.get(fact) {
                        Answer::Unknown => Status::Null,
                        Answer::Absent | Answer::Month { .. } => Status::Ask,
                        _ => Status::Known,
                    };
                    Allowed {
                        status: if one_cell(left) {
                            Status::Known
                        } else {
                            status
                        },
                        ..left
                    }
                }
            };
        }
    }
}

fn one_cell(allowed: Allowed) -> bool {
    allowed.low == allowed.high || (allowed.high < 64 && allowed.bits.count_ones() == 1)
}

fn all(cells: &Cells) -> Allowed {
    Allowed {
        low: 0,
        high: u16::try_from(cells.len().saturating_sub(1)).unwrap_or(u16::MAX),
        bits: u64::MAX,
        status: Status::Ask,
    }
}

fn within(domain: Domain, cells: &Cells) -> Allowed {
    let everything = all(cells);
    match domain {
        Domain::Options(bits) => Allowed { bits, ..everything },
        Domain::Interval { low, high } => Allowed {
            low: u16::try_from(cells.of(low)).unwrap_or(0),
            high: u16::try_from(cells.of(high)).unwrap_or(0),
            ..everything
        },
        Domain::Untracked => everything,
    }
}

/// How many records satisfy a filter: between those that surely do and those that may.
fn counted(pack: &Pack, on: Date, answers: &Answers, node: NodeId, cells: &Cells) -> Allowed {
    let everything = all(cells);
    let Some(Node::Count { records, filter }) = pack.nodes.get(node.index()) else {
        return everything;
    };
    let nothing = Records::default();
    let (list, status) = match answers.get(*records) {
        Answer::Records(list) => (list, Status::Ask),
        Answer::Unknown => (&nothing, Status::Null),
        _ => (&nothing, Status::Ask),
    };
    let (sure, may) = count(pack, on, answers, *filter, list);
    let low = cells.of(sure);
    // A further record can count only if one that nothing is known of can.
    let closed = list.complete
        || truth_of_record(pack, *filter, on, answers, list, usize::MAX)
            == Possible::only(Class::Ineligible);
    let high = if closed {
        cells.of(may)
    } else {
        usize::from(everything.high)
    };
    Allowed {
        low: u16::try_from(low).unwrap_or(0),
        high: u16::try_from(high).unwrap_or(0),
        status: if low == high { Status::Known } else { status },
        ..everything
    }
}

fn count(pack: &Pack, on: Date, answers: &Answers, filter: NodeId, list: &Records) -> (i64, i64) {
    let mut sure = 0_i64;
    let mut may = 0_i64;
    for row in 0..list.rows.len() {
        let possible = truth_of_record(pack, filter, on, answers, list, row);
        if possible == Possible::only(Class::Eligible) {
            sure = sure.saturating_add(1);
        }
        if possible != Possible::only(Class::Ineligible) {
            may = may.saturating_add(1);
        }
    }
    (sure, may)
}
