//! Two completions that come to different classes.

use crate::answers::{Answer, Answers};
use crate::diagram::{Domain, Key, Ref, Subject};
use crate::pack::Pack;
use crate::verdict::{Class, Possible};

use super::Evaluator;
use super::scope::{Case, Scope};

impl Evaluator {
    /// The worst and the best completion: every fact that the check depends on is known in them.
    pub(super) fn find_witnesses(
        &self,
        pack: &Pack,
        answers: &Answers,
        scope: &mut Scope,
        possible: Possible,
    ) -> Option<Box<[Answers; 2]>> {
        let worst = possible.classes().next()?;
        let best = possible.classes().last()?;
        let mut complete = |class| {
            let case = scope
                .cases_mut()
                .find(|case| case.reached(self.diagram.root).contains(class))?;
            case.reach(&self.diagram, self.diagram.elsewhere);
            self.completion(pack, answers, case, class)
        };
        Some(Box::new([complete(worst)?, complete(best)?]))
    }

    fn completion(
        &self,
        pack: &Pack,
        answers: &Answers,
        case: &Case,
        class: Class,
    ) -> Option<Answers> {
        let mut path = self.path_to(self.diagram.root, case, &|node| {
            case.reached(node).contains(class)
        });
        // The other constraints of the pack hold as well: their facts are not on the path.
        path.extend(self.path_to(self.diagram.elsewhere, case, &|node| {
            case.reached(node).contains(Class::Discretionary)
        }));
        let mut completion = answers.clone();
        let mut domains = case.domains.clone();
        for (index, variable) in self.diagram.variables.iter().enumerate() {
            let allowed = case
                .restriction
                .allowed(u16::try_from(index).unwrap_or(u16::MAX));
            let cell = path
                .iter()
                .find(|(on_path, _)| usize::from(*on_path) == index)
                .map(|(_, cell)| *cell)
                .or_else(|| allowed.cells().next())
                .unwrap_or(0);
            match variable.subject {
                Subject::Fact(fact) => {
                    let (first, last) = variable.cells.bounds(cell);
                    domains.confine(fact, first, last);
                }
                Subject::List(list) => {
                    let records = self.diagram.list(list)?.realise(answers.get(list), cell)?;
                    completion.set(pack, list, Answer::Records(records)).ok()?;
                }
                Subject::Point(_) => {}
            }
        }
        // With all choices made, it is known which links bind; each value may narrow the others.
        let choices = domains.clone();
        for variable in &self.diagram.variables {
            let Subject::Fact(fact) = variable.subject else {
                continue;
            };
            let value = match domains.get(fact) {
                Domain::Options(bits) => i64::from(bits.trailing_zeros()),
                Domain::Interval { .. } => {
                    let binds = |_, link: &crate::diagram::Link| {
                        link.binds(pack, self.on, &choices) == Some(true)
                    };
                    domains.narrow(pack, self.on, &self.links, &binds).ok()?;
                    match domains.get(fact) {
                        Domain::Interval { low, .. } => low,
                        _ => continue,
                    }
                }
                Domain::Untracked => continue,
            };
            domains.restrict_one(fact, &Answer::Value(value));
            completion.set(pack, fact, Answer::Value(value)).ok()?;
        }
        Some(completion)
    }

    /// A cell for each variable on a path that stays among some nodes.
    fn path_to(&self, start: Ref, case: &Case, stays: &dyn Fn(Ref) -> bool) -> Vec<(u16, usize)> {
        let mut path = Vec::new();
        let mut node = start;
        while let Key::Branch { variable, children } = self.diagram.arena.key(node) {
            let next = case
                .restriction
                .allowed(*variable)
                .cells()
                .find_map(|cell| {
                    let child = children.get(cell).copied()?;
                    stays(child).then_some((cell, child))
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
