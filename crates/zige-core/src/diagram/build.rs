//! From rules to diagrams.

use thiserror::Error;

use crate::answers::range;
use crate::date::Date;
use crate::ids::{CheckId, ConditionId, FactId, NodeId, PointId};
use crate::pack::{Check, Node, Pack};
use crate::sorting::sort;

use super::arena::{Operator, compact};
use super::domain::{Domain, Domains};
use super::feasible::{Constrained, confine, conjunction};
use super::link::{ConstraintProblem, Links, measured};
use super::list::ListCells;
use super::points::{combine, settle_all};
use super::variable::{
    Branches, Cells, Environment, Need, Subject, Variable, forms, needs, open_branch, resolved,
    value, visit,
};
use super::{Arena, ELIGIBLE, INELIGIBLE, Key, Ref};

/// The most nodes that the diagram of a check may have.
const MOST_NODES: usize = 4096;
/// The most nodes that may come up on the way there.
const MOST_NODES_BETWEEN: usize = 1_000_000;
/// The largest number of records that a rule can count to.
const MOST_RECORDS: i64 = 999;

/// Conditions and their nodes; a list, because a check has tens of them.
pub(crate) type Nodes = Vec<(ConditionId, Ref)>;

/// A check that cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EvaluatorError {
    /// There is no such check in the pack.
    #[error("check {0:?} is not in this pack, take one that it lists")]
    NoSuchCheck(CheckId),
    /// The check's rules are too entangled.
    #[error(
        "check `{check}` needs a decision diagram of more than {MOST_NODES} nodes, \
         let its conditions share fewer facts"
    )]
    TooLarge {
        /// The check.
        check: String,
    },
    /// Rules count a list in more ways than can be told apart.
    #[error(
        "the records of `{list}` are counted by too many filters or up to too large numbers, \
         use fewer of them"
    )]
    Counts {
        /// The list.
        list: String,
    },
    /// A rule compares two dates or numbers with each other.
    #[error(
        "a rule compares two dates or numbers with each other, compare each with `today` or a written value"
    )]
    Comparison,
    /// A constraint is of a kind that cannot be judged exactly.
    #[error("constraint `{constraint}` cannot be judged exactly: {problem}")]
    Constraint {
        /// The constraint.
        constraint: String,
        /// Why.
        problem: ConstraintProblem,
    },
}

/// The diagram of one check at one date, over facts that are not fixed. Its values are
/// [`INELIGIBLE`], [`DISCRETIONARY`](super::DISCRETIONARY), [`ELIGIBLE`] and
/// [`INFEASIBLE`](super::INFEASIBLE).
#[derive(Clone, Debug)]
pub(crate) struct Diagram {
    pub(crate) on: Date,
    pub(crate) arena: Arena,
    pub(crate) variables: Vec<Variable>,
    pub(crate) lists: Vec<ListCells>,
    /// The whole check.
    pub(crate) root: Ref,
    /// Each condition by itself, in the check's order.
    pub(crate) conditions: Nodes,
    /// The same while its points are not settled: only for combining conditions anew.
    pub(crate) raw: Nodes,
    /// 1 where all constraints of the pack can be kept.
    pub(crate) feasible: Ref,
    /// The same for those constraints alone that the check does not depend on.
    pub(crate) elsewhere: Ref,
}

impl Diagram {
    /// The counts of a list.
    pub(crate) fn list(&self, list: FactId) -> Option<&ListCells> {
        self.lists.iter().find(|own| own.list == list)
    }
}

/// Builds the diagram of a check; facts whose domain holds one value are constants in it.
pub(crate) fn build(
    pack: &Pack,
    check: CheckId,
    on: Date,
    domains: &Domains,
    links: &Links,
) -> Result<Diagram, EvaluatorError> {
    let known = pack
        .checks
        .get(check.index())
        .ok_or(EvaluatorError::NoSuchCheck(check))?;
    let conditions: Vec<(ConditionId, NodeId)> = known
        .conditions
        .iter()
        .filter_map(|id| Some((*id, pack.conditions.get(id.index())?.rule)))
        .collect();
    let rules: Vec<NodeId> = conditions.iter().map(|(_, rule)| *rule).collect();
    let mut builder = Builder::new(pack, on, domains);
    let constrained = builder.prepare(&known.facts, &rules, links)?;

    let too_large = || EvaluatorError::TooLarge {
        check: known.id.clone(),
    };
    let feasible = constrained.all(&mut builder.arena);
    let (near, far) = constrained.split(builder.variables_of(&rules));
    let near = conjunction(&mut builder.arena, near.into_iter());
    let elsewhere = conjunction(&mut builder.arena, far.into_iter());
    let mut raw: Nodes = Vec::new();
    let mut roots = vec![feasible, elsewhere];
    for (id, rule) in &conditions {
        let node = builder.expression(*rule);
        let node = builder.arena.map(node, &classify);
        raw.push((*id, node));
        let own = settle_all(&mut builder.arena, &builder.variables, node);
        let own = constrained.within(&mut builder.arena, own);
        roots.push(own);
        if builder.arena.len() > MOST_NODES_BETWEEN {
            return Err(too_large());
        }
    }
    let required = combine(
        &mut builder.arena,
        &builder.variables,
        &known.require,
        &|id| node_of(&raw, id),
    );
    let root = confine(&mut builder.arena, near, required);
    roots.push(root);
    if builder.arena.len() > MOST_NODES_BETWEEN {
        return Err(too_large());
    }
    roots.extend(raw.iter().map(|(_, node)| node));
    let Builder {
        arena,
        variables,
        lists,
        ..
    } = builder;
    let (arena, roots) = compact(&arena, &roots);
    if arena.len() > MOST_NODES {
        return Err(too_large());
    }
    let mut roots = roots.into_iter();
    let feasible = roots.next().unwrap_or(0);
    let elsewhere = roots.next().unwrap_or(0);
    let own: Vec<Ref> = roots.by_ref().take(conditions.len()).collect();
    Ok(Diagram {
        on,
        arena,
        variables,
        lists,
        root: roots.next().unwrap_or(0),
        conditions: conditions.iter().map(|(id, _)| *id).zip(own).collect(),
        raw: raw.iter().map(|(id, _)| *id).zip(roots).collect(),
        feasible,
        elsewhere,
    })
}

/// Builds the diagram of a single rule, for what is not part of a check.
pub(crate) fn build_rule(
    pack: &Pack,
    rule: NodeId,
    on: Date,
    domains: &Domains,
    links: &Links,
) -> Result<Diagram, EvaluatorError> {
    let mut builder = Builder::new(pack, on, domains);
    let constrained = builder.prepare(&[], &[rule], links)?;
    let feasible = constrained.all(&mut builder.arena);
    let root = builder.expression(rule);
    let root = builder.arena.map(root, &classify);
    let root = settle_all(&mut builder.arena, &builder.variables, root);
    let root = constrained.within(&mut builder.arena, root);
    Ok(Diagram {
        on,
        arena: builder.arena,
        variables: builder.variables,
        lists: builder.lists,
        root,
        conditions: Vec::new(),
        raw: Vec::new(),
        feasible,
        elsewhere: feasible,
    })
}

/// A check as a diagram over variables whose cells were given, without its links.
#[derive(Clone, Debug)]
pub(crate) struct Relaxed {
    pub(crate) arena: Arena,
    pub(crate) variables: Vec<Variable>,
    /// The whole check, inside the constraints that it depends on.
    pub(crate) root: Ref,
    /// 1 where all constraints can be kept.
    pub(crate) feasible: Ref,
}

/// Builds the diagram of a check from a builder that has variables and cells.
pub(crate) fn build_relaxed(
    mut builder: Builder<'_>,
    check: &Check,
) -> Result<Relaxed, EvaluatorError> {
    let constrained = Constrained::new(&mut builder, &Links::default());
    let feasible = constrained.all(&mut builder.arena);
    let mut raw: Nodes = Vec::new();
    for id in &check.conditions {
        if let Some(condition) = builder.pack.conditions.get(id.index()) {
            let node = builder.expression(condition.rule);
            let node = builder.arena.map(node, &classify);
            raw.push((*id, node));
        }
    }
    let required = combine(
        &mut builder.arena,
        &builder.variables,
        &check.require,
        &|id| node_of(&raw, id),
    );
    let root = constrained.within(&mut builder.arena, required);
    if builder.arena.len() > MOST_NODES_BETWEEN {
        return Err(EvaluatorError::TooLarge {
            check: check.id.clone(),
        });
    }
    Ok(Relaxed {
        arena: builder.arena,
        variables: builder.variables,
        root,
        feasible,
    })
}

/// The node of a condition.
pub(crate) fn node_of(nodes: &Nodes, condition: ConditionId) -> Option<Ref> {
    let found = nodes.iter().find(|(id, _)| *id == condition);
    found.map(|(_, node)| *node)
}

/// From yes/no to a class.
pub(crate) fn classify(value: i64) -> i64 {
    if value == 0 { INELIGIBLE } else { ELIGIBLE }
}

/// The comparisons in some rules, each once.
pub(crate) fn comparisons(pack: &Pack, rules: &[NodeId]) -> Vec<NodeId> {
    let mut comparisons = Vec::new();
    for rule in rules {
        visit(pack, *rule, &mut |node| {
            if matches!(pack.nodes.get(node.index()), Some(Node::AtLeast(..)))
                && !comparisons.contains(&node)
            {
                comparisons.push(node);
            }
        });
    }
    comparisons
}

/// Values chosen for some variables, branches taken, and the day.
#[derive(Clone, Debug)]
struct Trial {
    day: Date,
    chosen: Vec<(Need, i64)>,
    branches: Branches,
}

impl Trial {
    fn on(day: Date, branches: Branches) -> Trial {
        Trial {
            day,
            chosen: Vec::new(),
            branches,
        }
    }

    fn get(&self, need: Need) -> Option<i64> {
        self.chosen
            .iter()
            .rev()
            .find(|(own, _)| *own == need)
            .map(|(_, value)| *value)
    }
}

struct TrialEnvironment<'a> {
    domains: &'a Domains,
    trial: &'a Trial,
}

impl Environment for TrialEnvironment<'_> {
    fn fact(&self, fact: FactId) -> Option<i64> {
        self.domains
            .get(fact)
            .single()
            .or_else(|| self.trial.get(Need::Fact(fact)))
    }

    fn point(&self, point: PointId) -> Option<i64> {
        self.trial.get(Need::Point(point))
    }

    fn count(&self, node: NodeId) -> Option<i64> {
        self.trial.get(Need::Count(node))
    }

    fn branch(&self, node: NodeId) -> Option<bool> {
        let known = self.trial.branches.iter().find(|(own, _)| *own == node);
        known.map(|(_, taken)| *taken)
    }
}

/// Turns rules into diagrams over common variables.
pub(crate) struct Builder<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) on: Date,
    pub(crate) domains: &'a Domains,
    pub(crate) variables: Vec<Variable>,
    pub(crate) lists: Vec<ListCells>,
    pub(crate) arena: Arena,
    /// Counts of records, with their lists and the numbers at which their cells begin.
    counts: Vec<(NodeId, FactId, Vec<i64>)>,
    memo: Vec<Option<Ref>>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(pack: &'a Pack, on: Date, domains: &'a Domains) -> Builder<'a> {
        Builder {
            pack,
            on,
            domains,
            variables: Vec::new(),
            lists: Vec::new(),
            arena: Arena::default(),
            counts: Vec::new(),
            memo: vec![None; pack.nodes.len()],
        }
    }

    /// Finds variables and cells for some rules and all constraints of the pack, and what is
    /// feasible. `facts` come first.
    fn prepare(
        &mut self,
        facts: &[FactId],
        rules: &[NodeId],
        links: &Links,
    ) -> Result<Constrained, EvaluatorError> {
        let constraints = self.pack.constraints.iter().map(|own| own.rule);
        let all: Vec<NodeId> = rules.iter().copied().chain(constraints).collect();
        self.find_variables(facts, &all);
        self.find_cells(&all)?;
        self.order_variables(&all);
        let active = self.active_links(links);
        self.cut_at_images(links, &active);
        Ok(Constrained::new(self, links))
    }

    /// Makes variables of the facts that rules use, in the order of `facts` as far as it goes,
    /// and of points.
    pub(crate) fn find_variables(&mut self, facts: &[FactId], rules: &[NodeId]) {
        let pack = self.pack;
        let mut used = Vec::new();
        let mut points = Vec::new();
        for need in rules.iter().flat_map(|rule| needs(pack, *rule)) {
            match need {
                Need::Fact(fact) if !used.contains(&fact) => used.push(fact),
                Need::Point(point) if !points.contains(&point) => points.push(point),
                Need::Count(node) => {
                    let Some(Node::Count { records, .. }) = pack.nodes.get(node.index()) else {
                        continue;
                    };
                    if !self.counts.iter().any(|(known, ..)| *known == node) {
                        self.counts.push((node, *records, vec![0]));
                    }
                    if !used.contains(records) {
                        used.push(*records);
                    }
                }
                _ => {}
            }
        }
        for fact in self.in_order(facts, &used) {
            let domain = self.domains.get(fact);
            let counted = self.counts.iter().any(|(_, list, _)| *list == fact);
            let (subject, cells) = match domain {
                _ if counted => (Subject::List(fact), Cells::Options(1)),
                _ if domain.single().is_some() => continue,
                Domain::Options(_) => (Subject::Fact(fact), Cells::Options(self.options(fact))),
                Domain::Interval { low, high } => (
                    Subject::Fact(fact),
                    Cells::Stretches {
                        starts: vec![low],
                        last: high,
                    },
                ),
                Domain::Untracked => continue,
            };
            self.variables.push(Variable { subject, cells });
        }
        for point in points {
            let outcomes = pack
                .points
                .get(point.index())
                .map_or(1, |p| p.outcomes.len());
            self.variables.push(Variable {
                subject: Subject::Point(point),
                cells: Cells::Outcomes(u16::try_from(outcomes).unwrap_or(1)),
            });
        }
    }

    /// Used facts in a given order as far as it goes; a fact that only a constraint brings in
    /// stands behind one that it is constrained with, where it costs least.
    fn in_order(&self, order: &[FactId], used: &[FactId]) -> Vec<FactId> {
        let mut ordered: Vec<FactId> = order
            .iter()
            .copied()
            .filter(|fact| used.contains(fact))
            .collect();
        for fact in used {
            if ordered.contains(fact) {
                continue;
            }
            let constraints = self.pack.constraints.iter();
            let tied = constraints.filter_map(|constraint| {
                let own = needs(self.pack, constraint.rule);
                let tied = own.contains(&Need::Fact(*fact));
                tied.then(|| {
                    ordered
                        .iter()
                        .position(|own_fact| own.contains(&Need::Fact(*own_fact)))
                })
            });
            let place = tied.flatten().min().map(|place| place.saturating_add(1));
            ordered.insert(place.unwrap_or(ordered.len()), *fact);
        }
        ordered
    }

    fn options(&self, fact: FactId) -> u16 {
        let kind = self.pack.vocabulary.facts.get(fact.index());
        let last = kind
            .and_then(|fact| range(self.pack, &fact.kind))
            .map_or(1, |(_, last)| last);
        u16::try_from(last).unwrap_or(63).saturating_add(1)
    }

    /// Cuts every interval and every count where some comparison changes, and gives lists their
    /// cells.
    pub(crate) fn find_cells(&mut self, rules: &[NodeId]) -> Result<(), EvaluatorError> {
        let pack = self.pack;
        for comparison in comparisons(pack, rules) {
            let measured_needs: Vec<Need> = needs(pack, comparison)
                .into_iter()
                .filter(|need| self.range_of(*need).is_some())
                .collect();
            match measured_needs.as_slice() {
                [] => {}
                [need] if measured(pack, comparison) == 1 => {
                    let mut cuts = Vec::new();
                    for form in forms(pack, comparison, self.domains, self.on) {
                        let mut trial = Trial::on(self.on, form);
                        self.find_cuts(comparison, *need, &mut trial, &mut cuts);
                    }
                    self.cut(*need, cuts);
                }
                // Links between two dates or numbers are looked at by themselves.
                _ if self.in_constraint(comparison) => {}
                _ => return Err(EvaluatorError::Comparison),
            }
        }
        let mut lists: Vec<FactId> = Vec::new();
        for (_, list, _) in &self.counts {
            if !lists.contains(list) {
                lists.push(*list);
            }
        }
        for list in lists {
            let counts: Vec<(NodeId, Vec<i64>)> = self
                .counts
                .iter()
                .filter(|(_, own, _)| *own == list)
                .map(|(node, _, starts)| (*node, starts.clone()))
                .collect();
            let cells = ListCells::new(self, list, &counts)?;
            let options = u16::try_from(cells.len()).unwrap_or(u16::MAX);
            self.set_cells(Subject::List(list), Cells::Options(options));
            self.lists.push(cells);
        }
        Ok(())
    }

    fn in_constraint(&self, comparison: NodeId) -> bool {
        self.pack
            .constraints
            .iter()
            .any(|constraint| comparisons(self.pack, &[constraint.rule]).contains(&comparison))
    }

    pub(crate) fn set_cells(&mut self, subject: Subject, cells: Cells) {
        if let Some(variable) = self
            .variables
            .iter_mut()
            .find(|variable| variable.subject == subject)
        {
            variable.cells = cells;
        }
    }

    /// The ends of an interval that is cut into cells.
    fn range_of(&self, need: Need) -> Option<(i64, i64)> {
        match need {
            Need::Count(_) => Some((0, MOST_RECORDS)),
            Need::Fact(fact) => match self.cells_of(Subject::Fact(fact)) {
                Some(Cells::Stretches { starts, last }) => Some((*starts.first()?, *last)),
                _ => None,
            },
            Need::Point(_) => None,
        }
    }

    pub(crate) fn cells_of(&self, subject: Subject) -> Option<&Cells> {
        self.variables
            .iter()
            .find(|variable| variable.subject == subject)
            .map(|variable| &variable.cells)
    }

    /// Begins cells at some values.
    pub(crate) fn cut(&mut self, need: Need, cuts: Vec<i64>) {
        let starts = match need {
            Need::Count(node) => self
                .counts
                .iter_mut()
                .find(|(own, ..)| *own == node)
                .map(|(.., starts)| starts),
            Need::Fact(fact) => self
                .variables
                .iter_mut()
                .find(|variable| variable.subject == Subject::Fact(fact))
                .and_then(|variable| match &mut variable.cells {
                    Cells::Stretches { starts, .. } => Some(starts),
                    _ => None,
                }),
            Need::Point(_) => None,
        };
        if let Some(starts) = starts {
            starts.extend(cuts);
            sort(starts);
            starts.dedup();
        }
    }

    /// Finds where a comparison changes as one date, number or count grows, whatever the choices
    /// and points that it depends on are.
    fn find_cuts(&self, node: NodeId, need: Need, trial: &mut Trial, cuts: &mut Vec<i64>) {
        let Some((low, high)) = self.range_of(need) else {
            return;
        };
        let at = |trial: &mut Trial, point: i64| {
            trial.chosen.push((need, point));
            let result = self.value(node, trial);
            trial.chosen.pop();
            result
        };
        match (at(trial, low), at(trial, high)) {
            (Ok(first), Ok(last)) if first != last => {
                let (mut no, mut yes) = (low, high);
                while yes.saturating_sub(no) > 1 {
                    let middle = no.saturating_add(yes.saturating_sub(no) / 2);
                    match at(trial, middle) == Ok(last) {
                        true => yes = middle,
                        false => no = middle,
                    }
                }
                cuts.push(yes);
            }
            (Ok(_), Ok(_)) => {}
            (Err(needed), _) | (_, Err(needed)) => {
                for value in self.choices(needed) {
                    trial.chosen.push((needed, value));
                    self.find_cuts(node, need, trial, cuts);
                    trial.chosen.pop();
                }
            }
        }
    }

    /// Every option that is left, or every outcome.
    fn choices(&self, need: Need) -> Vec<i64> {
        match need {
            Need::Fact(fact) => match self.domains.get(fact) {
                Domain::Options(bits) => {
                    (0..64).filter(|option| bits & (1 << option) != 0).collect()
                }
                _ => vec![0],
            },
            Need::Point(point) => {
                let point = self.pack.points.get(point.index());
                let outcomes = point.map_or(1, |point| point.outcomes.len());
                (0..i64::try_from(outcomes).unwrap_or(1)).collect()
            }
            Need::Count(_) => vec![0],
        }
    }

    fn value(&self, node: NodeId, trial: &Trial) -> Result<i64, Need> {
        let environment = TrialEnvironment {
            domains: self.domains,
            trial,
        };
        value(self.pack, node, trial.day, &environment)
    }

    /// Puts what meets in a rule next to each other, options above intervals above points: rules
    /// that share nothing then add up to a small diagram instead of multiplying.
    pub(crate) fn order_variables(&mut self, rules: &[NodeId]) {
        let count = self.variables.len();
        let mut group: Vec<usize> = (0..count).collect();
        for rule in rules {
            let met: Vec<usize> = self
                .positions(*rule)
                .into_iter()
                .filter_map(|position| group.get(position).copied())
                .collect();
            if let Some(first) = met.iter().copied().min() {
                for own in &mut group {
                    if met.contains(own) {
                        *own = first;
                    }
                }
            }
        }
        let is_interval = |variable: &Variable| {
            matches!(variable.cells, Cells::Stretches { .. } | Cells::Moments(_))
        };
        let mut order: Vec<(usize, bool, bool, usize)> = self
            .variables
            .iter()
            .enumerate()
            .map(|(position, variable)| {
                let group = group.get(position).copied().unwrap_or(position);
                let is_point = matches!(variable.subject, Subject::Point(_));
                (group, is_point, is_interval(variable), position)
            })
            .collect();
        sort(&mut order);
        self.variables = order
            .into_iter()
            .filter_map(|(.., position)| self.variables.get(position).cloned())
            .collect();
    }

    /// The variables that an expression depends on, ascending.
    pub(crate) fn positions(&self, node: NodeId) -> Vec<usize> {
        self.positions_of(needs(self.pack, node).into_iter())
    }

    fn positions_of(&self, needs: impl Iterator<Item = Need>) -> Vec<usize> {
        let mut positions: Vec<usize> = needs
            .filter_map(|need| self.position(self.subject(need)?))
            .collect();
        sort(&mut positions);
        positions.dedup();
        positions
    }

    fn need(&self, node: NodeId) -> Option<Need> {
        match self.pack.nodes.get(node.index())? {
            Node::Fact(fact) => Some(Need::Fact(*fact)),
            Node::Point(point) => Some(Need::Point(*point)),
            Node::Count { .. } => Some(Need::Count(node)),
            _ => None,
        }
    }

    fn subject(&self, need: Need) -> Option<Subject> {
        Some(match need {
            Need::Fact(fact) => Subject::Fact(fact),
            Need::Point(point) => Subject::Point(point),
            Need::Count(node) => match self.pack.nodes.get(node.index()) {
                Some(Node::Count { records, .. }) => Subject::List(*records),
                _ => return None,
            },
        })
    }

    pub(crate) fn position(&self, subject: Subject) -> Option<usize> {
        self.variables
            .iter()
            .position(|variable| variable.subject == subject)
    }

    /// The diagram of a yes/no rule.
    pub(crate) fn expression(&mut self, node: NodeId) -> Ref {
        if let Some(Some(known)) = self.memo.get(node.index()) {
            return *known;
        }
        let pack = self.pack;
        let built = match pack.nodes.get(node.index()) {
            Some(Node::Not(inner)) => {
                let inner = self.expression(*inner);
                self.arena.map(inner, &|value| i64::from(value == 0))
            }
            Some(Node::All(parts)) => self.fold(parts, &Operator::AND),
            Some(Node::Any(parts)) => self.fold(parts, &Operator::OR),
            Some(Node::If(condition, then, otherwise)) => {
                let condition = self.expression(*condition);
                let then = self.expression(*then);
                let otherwise = self.expression(*otherwise);
                self.arena.choose(condition, then, otherwise)
            }
            _ => self.compared(node, &mut Vec::new(), &mut Vec::new()),
        };
        if let Some(place) = self.memo.get_mut(node.index()) {
            *place = Some(built);
        }
        built
    }

    /// The diagram of a comparison: that of its conditions, and for each way in which they turn out
    /// that of what is left to compare.
    fn compared(
        &mut self,
        node: NodeId,
        branches: &mut Branches,
        known: &mut Vec<(Vec<NodeId>, Ref)>,
    ) -> Ref {
        let Some((open, condition)) = open_branch(self.pack, node, branches) else {
            let form = resolved(self.pack, node, branches);
            if let Some((_, built)) = known.iter().find(|(own, _)| *own == form) {
                return *built;
            }
            let positions = self.positions_of(form.iter().filter_map(|node| self.need(*node)));
            let mut trial = Trial::on(self.on, branches.clone());
            let built = self.atom(node, &positions, &mut trial);
            known.push((form, built));
            return built;
        };
        let condition = self.expression(condition);
        let settled = match self.arena.key(condition) {
            Key::Value(value) => Some(*value != 0),
            Key::Branch { .. } => None,
        };
        let [then, otherwise] = [true, false].map(|taken| {
            if settled.is_some_and(|settled| settled != taken) {
                return self.arena.value(0);
            }
            branches.push((open, taken));
            let built = self.compared(node, branches, known);
            branches.pop();
            built
        });
        self.arena.choose(condition, then, otherwise)
    }

    /// The diagram of an expression, found by trying the first value of each cell.
    fn atom(&mut self, node: NodeId, positions: &[usize], trial: &mut Trial) -> Ref {
        if let Ok(value) = self.value(node, trial) {
            // A day that was not chosen yet can still make a difference.
            let moves = positions.iter().any(|position| self.is_moment(*position));
            if !moves {
                return self.arena.value(value);
            }
        }
        let Some((position, rest)) = positions.split_first() else {
            return self.arena.value(0);
        };
        let Some(variable) = self.variables.get(*position) else {
            return self.arena.value(0);
        };
        let (subject, cells) = (variable.subject, variable.cells.len());
        let mut children = Vec::with_capacity(cells);
        for cell in 0..cells {
            let (chosen, day) = (trial.chosen.len(), trial.day);
            self.choose_cell(*position, subject, cell, trial);
            children.push(self.atom(node, rest, trial));
            trial.chosen.truncate(chosen);
            trial.day = day;
        }
        let position = u16::try_from(*position).unwrap_or(u16::MAX);
        self.arena.branch(position, children)
    }

    fn is_moment(&self, position: usize) -> bool {
        self.variables
            .get(position)
            .is_some_and(|variable| matches!(variable.cells, Cells::Moments(_)))
    }

    fn choose_cell(&self, position: usize, subject: Subject, cell: usize, trial: &mut Trial) {
        let Some(variable) = self.variables.get(position) else {
            return;
        };
        let (first, _) = variable.cells.bounds(cell);
        if let Cells::Moments(moments) = &variable.cells
            && let Some((_, day)) = moments.get(cell)
        {
            trial.day = *day;
        }
        match subject {
            Subject::Fact(fact) => trial.chosen.push((Need::Fact(fact), first)),
            Subject::Point(point) => trial.chosen.push((Need::Point(point), first)),
            Subject::List(list) => {
                if let Some(list) = self.lists.iter().find(|own| own.list == list) {
                    trial.chosen.extend(list.numbers(cell));
                }
            }
        }
    }

    fn fold(&mut self, parts: &[NodeId], operator: &Operator) -> Ref {
        let mut all = self.arena.value(operator.neutral);
        for part in parts {
            let part = self.expression(*part);
            all = self.arena.join(all, part, operator);
        }
        all
    }
}
