//! Two completions that come to different classes.

use crate::answers::{Answer, Answers, Records};
use crate::diagram::{Domain, Domains, Key, Ref, Subject};
use crate::pack::{Node, Pack};
use crate::verdict::{Class, Possible};

use super::Evaluator;
use super::restriction::Restriction;

impl Evaluator {
    /// The worst and the best completion. Lists whose rule looks into their records stay as they are.
    pub(super) fn find_witnesses(
        &self,
        pack: &Pack,
        answers: &Answers,
        domains: &Domains,
        restriction: &Restriction,
        masks: &[u8],
        possible: Possible,
    ) -> Option<Box<[Answers; 2]>> {
        let worst = possible.classes().next()?;
        let best = possible.classes().last()?;
        let complete = |class| self.completion(pack, answers, domains, restriction, masks, class);
        Some(Box::new([complete(worst), complete(best)]))
    }

    fn completion(
        &self,
        pack: &Pack,
        answers: &Answers,
        domains: &Domains,
        restriction: &Restriction,
        masks: &[u8],
        class: Class,
    ) -> Answers {
        let path = self.path_to(class, restriction, masks);
        let mut completion = answers.clone();
        let mut domains = domains.clone();
        for (index, variable) in self.diagram.variables.iter().enumerate() {
            let allowed = restriction.allowed(u16::try_from(index).unwrap_or(u16::MAX));
            let cell = path
                .iter()
                .find(|(on_path, _)| usize::from(*on_path) == index)
                .map(|(_, cell)| *cell)
                .or_else(|| allowed.cells().next())
                .unwrap_or(0);
            let (low, high) = variable.cells.bounds(cell);
            match variable.subject {
                Subject::Fact(fact) => domains.set(
                    fact,
                    match domains.get(fact) {
                        Domain::Options(_) => Domain::Options(
                            u32::try_from(low)
                                .ok()
                                .and_then(|option| 1_u64.checked_shl(option))
                                .unwrap_or(0),
                        ),
                        Domain::Interval { low: l, high: h } => Domain::Interval {
                            low: l.max(low),
                            high: h.min(high),
                        },
                        Domain::Untracked => Domain::Untracked,
                    },
                ),
                Subject::Count(node) => {
                    self.complete_list(pack, &mut completion, node, low);
                }
                Subject::Point(_) => {}
            }
        }
        for index in 0..self.diagram.variables.len() {
            let Some(Subject::Fact(fact)) = self.subject(u16::try_from(index).unwrap_or(u16::MAX))
            else {
                continue;
            };
            let value = match domains.get(fact) {
                Domain::Options(bits) => i64::from(bits.trailing_zeros()),
                Domain::Interval { .. } => {
                    // The path was feasible, so narrowing always leaves a value.
                    let _ = domains.narrow(pack, self.on, &self.links);
                    match domains.get(fact) {
                        Domain::Interval { low, .. } => low,
                        _ => continue,
                    }
                }
                Domain::Untracked => continue,
            };
            domains.restrict_one(fact, &Answer::Value(value));
            if !matches!(answers.get(fact), Answer::Value(_)) {
                let _ = completion.set(pack, fact, Answer::Value(value));
            }
        }
        completion
    }

    fn complete_list(
        &self,
        pack: &Pack,
        completion: &mut Answers,
        node: crate::ids::NodeId,
        count: i64,
    ) {
        let Some(Node::Count { records, filter }) = pack.nodes.get(node.index()) else {
            return;
        };
        let counts_all =
            matches!(pack.nodes.get(filter.index()), Some(Node::Constant(value)) if *value != 0);
        let rows = usize::try_from(count).unwrap_or(0);
        if counts_all && !matches!(completion.get(*records), Answer::Records(list) if list.complete)
        {
            let mut list = match completion.get(*records) {
                Answer::Records(list) => list.clone(),
                _ => Records::default(),
            };
            if list.rows.len() < rows {
                list.rows.resize(rows, Vec::new());
            }
            list.complete = true;
            let _ = completion.set(pack, *records, Answer::Records(list));
        }
    }

    /// A cell for each fact on a path to a class.
    fn path_to(&self, class: Class, restriction: &Restriction, masks: &[u8]) -> Vec<(u16, usize)> {
        let reaches = |node: Ref| {
            masks.get(node as usize).is_some_and(|mask| {
                *mask != super::UNSEEN && Possible::from_bits(*mask).contains(class)
            })
        };
        let mut path = Vec::new();
        let mut node = self.diagram.root;
        while let Key::Branch { variable, children } = self.diagram.arena.key(node) {
            let allowed = restriction.allowed(*variable);
            let next = allowed.cells().find_map(|cell| {
                let child = children.get(cell).copied()?;
                reaches(child).then_some((cell, child))
            });
            match next {
                Some((cell, child)) => {
                    path.push((*variable, cell));
                    node = child;
                }
                None => break,
            }
        }
        path
    }
}
