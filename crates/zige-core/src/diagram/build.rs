//! From expressions to diagrams.

use thiserror::Error;

use crate::answers::range;
use crate::date::Date;
use crate::ids::{CheckId, ConditionId, FactId, NodeId, PointId};
use crate::pack::{Node, Pack, Requirement};
use crate::sorting::sort;

use super::domain::{Domain, Domains, first_where};
use super::variable::{Cells, Environment, Subject, Variable, one_of, scheduled, value, visit};
use super::{Arena, DISCRETIONARY, ELIGIBLE, INELIGIBLE, INFEASIBLE, Key, Ref};

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
}

/// The diagram of one check at one date, over facts that are not fixed. Its values are
/// [`INELIGIBLE`], [`DISCRETIONARY`], [`ELIGIBLE`] and [`INFEASIBLE`].
#[derive(Clone, Debug)]
pub(crate) struct Diagram {
    pub(crate) on: Date,
    pub(crate) arena: Arena,
    pub(crate) variables: Vec<Variable>,
    /// The whole check.
    pub(crate) root: Ref,
    /// Each condition by itself, in the check's order.
    pub(crate) conditions: Vec<(ConditionId, Ref)>,
    /// The same while its points are not settled: only for combining conditions anew.
    pub(crate) raw: Nodes,
    /// 1 where the constraints can be kept.
    pub(crate) feasible: Ref,
}

/// Builds the diagram of a check; facts whose domain holds one value are constants in it.
pub(crate) fn build(
    pack: &Pack,
    check: CheckId,
    on: Date,
    domains: &Domains,
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
    let constraints: Vec<NodeId> = pack
        .constraints
        .iter()
        .filter(|constraint| {
            constraint
                .facts
                .iter()
                .all(|fact| known.facts.contains(fact) || domains.get(*fact).single().is_some())
        })
        .map(|constraint| constraint.rule)
        .collect();
    let rules: Vec<NodeId> = conditions
        .iter()
        .map(|(_, rule)| *rule)
        .chain(constraints.iter().copied())
        .collect();

    let mut builder = Builder {
        pack,
        on,
        domains,
        variables: Vec::new(),
        arena: Arena::default(),
        memo: vec![None; pack.nodes.len()],
    };
    builder.find_variables(&known.facts, &rules);
    builder.order_variables(&rules);
    builder.find_cells(&rules, &constraints);

    let too_large = || EvaluatorError::TooLarge {
        check: known.id.clone(),
    };
    let mut links = Vec::new();
    for rule in constraints {
        let node = builder.feasible(rule, true);
        links.push(node);
    }
    let feasible = builder.conjunction(&links);
    let mut raw: Nodes = Vec::new();
    let mut roots = vec![feasible];
    for (id, rule) in &conditions {
        let node = builder.expression(*rule);
        let node = builder.arena.map(node, &classify);
        raw.push((*id, node));
        let own = settle_all(&mut builder.arena, &builder.variables, node);
        let own = builder.within(&links, own);
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
    let root = confine(&mut builder.arena, feasible, required);
    roots.push(root);
    if builder.arena.len() > MOST_NODES_BETWEEN {
        return Err(too_large());
    }
    roots.extend(raw.iter().map(|(_, node)| node));
    let Builder {
        arena, variables, ..
    } = builder;
    let (arena, roots) = compact(&arena, &roots);
    if arena.len() > MOST_NODES {
        return Err(too_large());
    }
    let mut roots = roots.into_iter();
    let feasible = roots.next().unwrap_or(0);
    let own: Vec<Ref> = roots.by_ref().take(conditions.len()).collect();
    Ok(Diagram {
        on,
        arena,
        variables,
        root: roots.next().unwrap_or(0),
        conditions: conditions.iter().map(|(id, _)| *id).zip(own).collect(),
        raw: raw.iter().map(|(id, _)| *id).zip(roots).collect(),
        feasible,
    })
}

/// The node of a condition.
pub(crate) fn node_of(nodes: &Nodes, condition: ConditionId) -> Option<Ref> {
    let found = nodes.iter().find(|(id, _)| *id == condition);
    found.map(|(_, node)| *node)
}

/// From yes/no to a class.
fn classify(value: i64) -> i64 {
    if value == 0 { INELIGIBLE } else { ELIGIBLE }
}

/// A diagram inside constraints; elsewhere [`INFEASIBLE`].
pub(crate) fn confine(arena: &mut Arena, feasible: Ref, node: Ref) -> Ref {
    let outside = arena.value(INFEASIBLE);
    arena.choose(feasible, node, outside)
}

/// Conditions combined as a check requires, all their points settled.
///
/// Both "all" and "any" work on classes (the worst, the best of them) where the parts share no
/// open point. A point is therefore settled in the smallest part that holds all its uses; until
/// then the parts are combined for each of its outcomes.
pub(crate) fn combine(
    arena: &mut Arena,
    variables: &[Variable],
    requirement: &Requirement,
    condition: &dyn Fn(ConditionId) -> Option<Ref>,
) -> Ref {
    let mut uses = vec![0; variables.len()];
    count_uses(arena, variables, requirement, condition, &mut uses);
    let mut combination = Combination {
        arena,
        variables,
        condition,
        uses,
    };
    let (node, _) = combination.part(requirement);
    node
}

struct Combination<'a> {
    arena: &'a mut Arena,
    variables: &'a [Variable],
    condition: &'a dyn Fn(ConditionId) -> Option<Ref>,
    /// In how many places each variable is used, where it is a point.
    uses: Vec<usize>,
}

impl Combination<'_> {
    /// A part, with its uses of points that are not settled in it.
    fn part(&mut self, requirement: &Requirement) -> (Ref, Vec<usize>) {
        let mut inside = vec![0; self.variables.len()];
        let node = match requirement {
            Requirement::Condition(id) => {
                let node = (self.condition)(*id).unwrap_or_else(|| self.arena.value(INELIGIBLE));
                for point in points(self.arena, self.variables, node) {
                    count(&mut inside, point, 1);
                }
                node
            }
            Requirement::All(parts) => self.parts(parts, ELIGIBLE, &i64::min, &mut inside),
            Requirement::Any(parts) => self.parts(parts, INELIGIBLE, &i64::max, &mut inside),
        };
        let mut settled = node;
        for (point, (inside, all)) in (0..).zip(inside.iter_mut().zip(&self.uses)) {
            if *inside > 0 && inside == all {
                settled = settle(self.arena, self.variables, settled, point);
                *inside = 0;
            }
        }
        (settled, inside)
    }

    fn parts(
        &mut self,
        parts: &[Requirement],
        start: i64,
        pick: &dyn Fn(i64, i64) -> i64,
        inside: &mut [usize],
    ) -> Ref {
        let mut all = self.arena.value(start);
        for part in parts {
            let (node, uses) = self.part(part);
            all = self.arena.zip(all, node, pick);
            for (point, uses) in (0..).zip(uses) {
                count(inside, point, uses);
            }
        }
        all
    }
}

fn count(uses: &mut [usize], point: u16, more: usize) {
    if let Some(total) = uses.get_mut(usize::from(point)) {
        *total = total.saturating_add(more);
    }
}

fn count_uses(
    arena: &Arena,
    variables: &[Variable],
    requirement: &Requirement,
    condition: &dyn Fn(ConditionId) -> Option<Ref>,
    uses: &mut [usize],
) {
    match requirement {
        Requirement::Condition(id) => {
            for point in condition(*id)
                .map(|node| points(arena, variables, node))
                .unwrap_or_default()
            {
                count(uses, point, 1);
            }
        }
        Requirement::All(parts) | Requirement::Any(parts) => {
            for part in parts {
                count_uses(arena, variables, part, condition, uses);
            }
        }
    }
}

/// The points among the variables of a diagram, ascending.
fn points(arena: &Arena, variables: &[Variable], node: Ref) -> Vec<u16> {
    let mut points: Vec<u16> = support(arena, node)
        .into_iter()
        .filter(|variable| {
            variables
                .get(usize::from(*variable))
                .is_some_and(|variable| matches!(variable.cells, Cells::Outcomes(_)))
        })
        .collect();
    sort(&mut points);
    points
}

fn settle_all(arena: &mut Arena, variables: &[Variable], node: Ref) -> Ref {
    points(arena, variables, node)
        .into_iter()
        .fold(node, |node, point| settle(arena, variables, node, point))
}

/// Says what a diagram comes to while a point is open: eligible if it is under all outcomes,
/// ineligible if it is under all, else discretionary.
fn settle(arena: &mut Arena, variables: &[Variable], node: Ref, point: u16) -> Ref {
    let cells = variables
        .get(usize::from(point))
        .map_or(0, |variable| variable.cells.len());
    let decided: Vec<Ref> = (1..cells)
        .map(|cell| cofactor(arena, node, point, cell))
        .collect();
    let open = arena.apply(&decided, &|classes| {
        let least = classes.iter().copied().min().unwrap_or(INELIGIBLE);
        let most = classes.iter().copied().max().unwrap_or(INELIGIBLE);
        if least == most { least } else { DISCRETIONARY }
    });
    let selector: Vec<Ref> = (0..cells)
        .map(|cell| arena.value(i64::try_from(cell).unwrap_or(0)))
        .collect();
    let selector = arena.branch(point, selector);
    let mut operands = vec![selector, open];
    operands.extend(decided);
    arena.apply(&operands, &|values| match values.split_first() {
        Some((cell, classes)) => usize::try_from(*cell)
            .ok()
            .and_then(|cell| classes.get(cell))
            .copied()
            .unwrap_or(INELIGIBLE),
        None => INELIGIBLE,
    })
}

/// The diagram with one variable fixed to a cell.
fn cofactor(arena: &mut Arena, node: Ref, variable: u16, cell: usize) -> Ref {
    let mut memo = vec![None; arena.len()];
    cofactor_memo(arena, node, variable, cell, &mut memo)
}

fn cofactor_memo(
    arena: &mut Arena,
    node: Ref,
    variable: u16,
    cell: usize,
    memo: &mut Vec<Option<Ref>>,
) -> Ref {
    if let Some(Some(known)) = memo.get(node as usize) {
        return *known;
    }
    let fixed = match arena.key(node).clone() {
        Key::Branch {
            variable: own,
            children,
        } if own < variable => {
            let children = children
                .iter()
                .map(|child| cofactor_memo(arena, *child, variable, cell, memo))
                .collect();
            arena.branch(own, children)
        }
        Key::Branch { variable: own, .. } if own == variable => arena.child(node, variable, cell),
        _ => node,
    };
    if let Some(place) = memo.get_mut(node as usize) {
        *place = Some(fixed);
    }
    fixed
}

/// Builds the diagram of a single rule, for what is not part of a check.
pub(crate) fn build_rule(pack: &Pack, rule: NodeId, on: Date, domains: &Domains) -> Diagram {
    let mut builder = Builder {
        pack,
        on,
        domains,
        variables: Vec::new(),
        arena: Arena::default(),
        memo: vec![None; pack.nodes.len()],
    };
    let mut facts = Vec::new();
    for subject in builder.subjects(rule) {
        match subject {
            Subject::Fact(fact) => facts.push(fact),
            Subject::Count(node) => {
                if let Some(Node::Count { records, .. }) = pack.nodes.get(node.index()) {
                    facts.push(*records);
                }
            }
            Subject::Point(_) => {}
        }
    }
    sort(&mut facts);
    facts.dedup();
    builder.find_variables(&facts, &[rule]);
    builder.find_cells(&[rule], &[]);
    let root = builder.expression(rule);
    let root = builder.arena.map(root, &classify);
    let root = settle_all(&mut builder.arena, &builder.variables, root);
    Diagram {
        on,
        arena: builder.arena,
        variables: builder.variables,
        root,
        conditions: Vec::new(),
        raw: Vec::new(),
        feasible: root,
    }
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

struct Builder<'a> {
    pack: &'a Pack,
    on: Date,
    domains: &'a Domains,
    variables: Vec<Variable>,
    arena: Arena,
    memo: Vec<Option<Ref>>,
}

/// Values chosen for some variables while cells are being found.
#[derive(Clone, Debug, Default)]
struct Trial(Vec<(Subject, i64)>);

impl Trial {
    fn get(&self, subject: Subject) -> Option<i64> {
        self.0
            .iter()
            .rev()
            .find(|(own, _)| *own == subject)
            .map(|(_, value)| *value)
    }

    fn with(&self, subject: Subject, value: i64) -> Trial {
        let mut trial = self.clone();
        trial.0.push((subject, value));
        trial
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
            .or_else(|| self.trial.get(Subject::Fact(fact)))
    }

    fn point(&self, point: PointId) -> Option<i64> {
        self.trial.get(Subject::Point(point))
    }

    fn count(&self, node: NodeId) -> Option<i64> {
        self.trial.get(Subject::Count(node))
    }
}

impl Builder<'_> {
    /// Facts in author order, counts where their lists stand, points last.
    fn find_variables(&mut self, facts: &[FactId], rules: &[NodeId]) {
        let pack = self.pack;
        let mut points = Vec::new();
        let mut counts: Vec<(NodeId, FactId)> = Vec::new();
        for rule in rules {
            visit(
                pack,
                *rule,
                &mut |node| match pack.nodes.get(node.index()) {
                    Some(Node::Point(point)) if !points.contains(point) => points.push(*point),
                    Some(Node::Count { records, .. })
                        if !counts.iter().any(|(known, _)| *known == node) =>
                    {
                        counts.push((node, *records));
                    }
                    _ => {}
                },
            );
        }
        for fact in facts {
            let fact = *fact;
            let domain = self.domains.get(fact);
            match domain {
                Domain::Options(_) if domain.single().is_none() => {
                    let last = pack
                        .vocabulary
                        .facts
                        .get(fact.index())
                        .and_then(|fact| range(pack, &fact.kind))
                        .map_or(1, |(_, last)| last);
                    let options = u16::try_from(last).unwrap_or(63).saturating_add(1);
                    self.variables.push(Variable {
                        subject: Subject::Fact(fact),
                        cells: Cells::Options(options),
                    });
                }
                Domain::Interval { low, high } if low < high => self.variables.push(Variable {
                    subject: Subject::Fact(fact),
                    cells: Cells::Stretches {
                        starts: vec![low],
                        last: high,
                    },
                }),
                _ => {}
            }
            for (node, records) in &counts {
                if *records == fact {
                    self.variables.push(Variable {
                        subject: Subject::Count(*node),
                        cells: Cells::Stretches {
                            starts: vec![0],
                            last: MOST_RECORDS,
                        },
                    });
                }
            }
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

    /// Puts what meets in a rule next to each other, options above intervals above points: rules
    /// that share nothing then add up to a small diagram instead of multiplying.
    fn order_variables(&mut self, rules: &[NodeId]) {
        let count = self.variables.len();
        let mut group: Vec<usize> = (0..count).collect();
        for rule in rules {
            let met: Vec<usize> = self
                .subjects(*rule)
                .into_iter()
                .filter_map(|subject| self.position(subject))
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
        let mut order: Vec<(usize, bool, bool, usize)> = (0..count)
            .map(|position| {
                let group = group.get(position).copied().unwrap_or(position);
                (
                    group,
                    self.is_point(position),
                    self.is_interval(position),
                    position,
                )
            })
            .collect();
        sort(&mut order);
        self.variables = order
            .into_iter()
            .filter_map(|(.., position)| self.variables.get(position).cloned())
            .collect();
    }

    fn is_point(&self, position: usize) -> bool {
        matches!(
            self.variables.get(position),
            Some(Variable {
                subject: Subject::Point(_),
                ..
            })
        )
    }

    /// Cuts every interval where some comparison changes.
    ///
    /// A constraint that compares two intervals cuts the one that is asked first where it meets
    /// the cells of the other: knowing it can then tell how far it narrows the other. Where such
    /// constraints form a chain, the other is cut at the cells of the first as well, so that
    /// what is feasible pair by pair is feasible together.
    fn find_cells(&mut self, rules: &[NodeId], constraints: &[NodeId]) {
        let all: Vec<(NodeId, Vec<Subject>)> = comparisons(self.pack, rules)
            .into_iter()
            .map(|node| (node, self.subjects(node)))
            .collect();
        let (links, single): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|(node, _)| self.intervals(*node) > 1);
        let in_constraints = comparisons(self.pack, constraints);
        let (links, compared): (Vec<_>, Vec<_>) = links
            .into_iter()
            .partition(|(node, _)| in_constraints.contains(node));
        self.cut_all(0..self.variables.len(), &single, &|_, _| true);
        self.cut_all(0..self.variables.len(), &compared, &|own, other| {
            other <= own
        });
        let chained = (0..self.variables.len()).any(|index| {
            let subject = self.variables.get(index).map(|variable| variable.subject);
            self.is_interval(index)
                && links
                    .iter()
                    .filter(|(_, subjects)| subject.is_some_and(|own| subjects.contains(&own)))
                    .count()
                    > 1
        });
        if chained {
            self.cut_all(0..self.variables.len(), &links, &|own, other| other <= own);
            self.cut_all((0..self.variables.len()).rev(), &links, &|_, _| true);
        } else {
            self.cut_all((0..self.variables.len()).rev(), &links, &|own, other| {
                other >= own
            });
        }
    }

    /// Cuts some intervals where comparisons change, given the cells of the other intervals in
    /// them; only by comparisons whose other intervals stand where `given` allows.
    fn cut_all(
        &mut self,
        indices: impl Iterator<Item = usize>,
        comparisons: &[(NodeId, Vec<Subject>)],
        given: &dyn Fn(usize, usize) -> bool,
    ) {
        for index in indices {
            let Some(subject) = self.variables.get(index).map(|variable| variable.subject) else {
                continue;
            };
            if !self.is_interval(index) {
                continue;
            }
            let mut cuts = Vec::new();
            for (comparison, subjects) in comparisons {
                let allowed = subjects.iter().all(|other| {
                    self.position(*other)
                        .is_none_or(|other| !self.is_interval(other) || given(index, other))
                });
                if allowed && subjects.contains(&subject) {
                    self.find_cuts(*comparison, subject, &Trial::default(), &mut cuts);
                }
            }
            self.cut(index, cuts);
        }
    }

    fn cut(&mut self, index: usize, cuts: Vec<i64>) {
        if let Some(Variable {
            cells: Cells::Stretches { starts, .. },
            ..
        }) = self.variables.get_mut(index)
        {
            starts.extend(cuts);
            sort(starts);
            starts.dedup();
        }
    }

    fn find_cuts(&self, node: NodeId, subject: Subject, trial: &Trial, cuts: &mut Vec<i64>) {
        let Some((low, high)) = self
            .position(subject)
            .and_then(|position| self.variables.get(position))
            .map(|variable| match &variable.cells {
                Cells::Options(_) | Cells::Outcomes(_) => (0, 0),
                Cells::Stretches { starts, last } => (starts.first().copied().unwrap_or(0), *last),
            })
        else {
            return;
        };
        let at = |point: i64| {
            let trial = trial.with(subject, point);
            let environment = TrialEnvironment {
                domains: self.domains,
                trial: &trial,
            };
            value(self.pack, node, self.on, &environment)
        };
        match (at(low), at(high)) {
            (Ok(first), Ok(last)) if first != last => {
                cuts.push(first_where(low, high, &|point| at(point) == Ok(last)));
            }
            (Ok(_), Ok(_)) => {}
            (Err(needed), _) | (_, Err(needed)) => {
                for value in self.trial_values(needed) {
                    self.find_cuts(node, subject, &trial.with(needed, value), cuts);
                }
            }
        }
    }

    /// Every option, or both ends of every stretch.
    fn trial_values(&self, subject: Subject) -> Vec<i64> {
        let variable = self
            .position(subject)
            .and_then(|position| self.variables.get(position));
        let mut values = Vec::new();
        if let Some(variable) = variable {
            for cell in 0..variable.cells.len() {
                let (low, high) = variable.cells.bounds(cell);
                values.push(low);
                values.push(high);
            }
        }
        values.dedup();
        values
    }

    fn subjects(&self, node: NodeId) -> Vec<Subject> {
        let mut subjects = Vec::new();
        visit(self.pack, node, &mut |node| {
            let subject = match self.pack.nodes.get(node.index()) {
                Some(Node::Fact(fact)) => Subject::Fact(*fact),
                Some(Node::Point(point)) => Subject::Point(*point),
                Some(Node::Count { .. }) => Subject::Count(node),
                _ => return,
            };
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        });
        subjects
    }

    fn position(&self, subject: Subject) -> Option<usize> {
        self.variables
            .iter()
            .position(|variable| variable.subject == subject)
    }

    fn is_interval(&self, position: usize) -> bool {
        matches!(
            self.variables.get(position),
            Some(Variable {
                cells: Cells::Stretches { .. },
                ..
            })
        )
    }

    /// The diagram of an expression, with the first value of each cell standing for the cell.
    fn expression(&mut self, node: NodeId) -> Ref {
        if let Some(Some(known)) = self.memo.get(node.index()) {
            return *known;
        }
        let pack = self.pack;
        let on = self.on;
        let Some(expression) = pack.nodes.get(node.index()) else {
            return self.arena.value(0);
        };
        let built = match expression {
            Node::Constant(value) => self.arena.value(*value),
            Node::Option(_, position) => self.arena.value(i64::from(*position)),
            Node::Today => self.arena.value(on.days()),
            Node::Fact(fact) => match self.domains.get(*fact).single() {
                Some(value) => self.arena.value(value),
                None => self.subject(Subject::Fact(*fact)),
            },
            Node::Point(point) => self.subject(Subject::Point(*point)),
            Node::Count { .. } => self.subject(Subject::Count(node)),
            Node::Not(inner) => self.unary(*inner, &|value| i64::from(value == 0)),
            Node::All(parts) => self.fold(parts, 1, &|a, b| i64::from(a != 0 && b != 0)),
            Node::Any(parts) => self.fold(parts, 0, &|a, b| i64::from(a != 0 || b != 0)),
            Node::AtLeast(a, b) => self.binary(*a, *b, &|a, b| i64::from(a >= b)),
            Node::OneOf(inner, options) => self.unary(*inner, &|value| one_of(value, *options)),
            Node::If(condition, then, otherwise) => {
                let condition = self.expression(*condition);
                let then = self.expression(*then);
                let otherwise = self.expression(*otherwise);
                self.arena.choose(condition, then, otherwise)
            }
            Node::Add(a, b) => self.binary(*a, *b, &i64::saturating_add),
            Node::YearsSince(inner) => {
                self.unary(*inner, &|day| Date::from_days(day).full_years_until(on))
            }
            Node::MonthsSince(inner) => {
                self.unary(*inner, &|day| Date::from_days(day).full_months_until(on))
            }
            Node::YearsUntil(inner) => {
                self.unary(*inner, &|day| on.years_left_before(Date::from_days(day)))
            }
            Node::MonthsUntil(inner) => {
                self.unary(*inner, &|day| on.months_left_before(Date::from_days(day)))
            }
            Node::AddMonths(inner, months) => {
                let months = i64::from(*months);
                self.unary(*inner, &|day| {
                    Date::from_days(day).add_months(months).days()
                })
            }
            Node::Schedule {
                schedule,
                row,
                born,
            } => self.unary(*born, &|day| {
                scheduled(pack, *schedule, *row, Date::from_days(day)).days()
            }),
        };
        if let Some(place) = self.memo.get_mut(node.index()) {
            *place = Some(built);
        }
        built
    }

    fn subject(&mut self, subject: Subject) -> Ref {
        let Some(position) = self.position(subject) else {
            return self.arena.value(0);
        };
        let firsts: Vec<i64> = self
            .variables
            .get(position)
            .map_or_else(Vec::new, |variable| {
                (0..variable.cells.len())
                    .map(|cell| variable.cells.bounds(cell).0)
                    .collect()
            });
        let children = firsts
            .into_iter()
            .map(|value| self.arena.value(value))
            .collect();
        self.arena
            .branch(u16::try_from(position).unwrap_or(u16::MAX), children)
    }

    fn unary(&mut self, inner: NodeId, function: &dyn Fn(i64) -> i64) -> Ref {
        let inner = self.expression(inner);
        self.arena.map(inner, function)
    }

    fn binary(&mut self, a: NodeId, b: NodeId, function: &dyn Fn(i64, i64) -> i64) -> Ref {
        let a = self.expression(a);
        let b = self.expression(b);
        self.arena.zip(a, b, function)
    }

    fn fold(&mut self, parts: &[NodeId], start: i64, function: &dyn Fn(i64, i64) -> i64) -> Ref {
        let mut all = self.arena.value(start);
        for part in parts {
            let part = self.expression(*part);
            all = self.arena.zip(all, part, function);
        }
        all
    }

    /// Where a constraint can be kept inside each box of cells.
    ///
    /// A comparison of two intervals is monotone in both, so it can be kept inside a box if and
    /// only if it is kept at one of the box's corners.
    fn feasible(&mut self, node: NodeId, positive: bool) -> Ref {
        match self.pack.nodes.get(node.index()) {
            Some(Node::Not(inner)) => self.feasible(*inner, !positive),
            Some(Node::All(parts)) => self.feasible_parts(parts, positive, positive),
            Some(Node::Any(parts)) => self.feasible_parts(parts, positive, !positive),
            Some(Node::AtLeast(..)) if self.intervals(node) > 1 => {
                let mut subjects: Vec<usize> = self
                    .subjects(node)
                    .into_iter()
                    .filter_map(|subject| self.position(subject))
                    .collect();
                sort(&mut subjects);
                self.corners(node, positive, &subjects, &[Trial::default()])
            }
            _ => {
                let built = self.expression(node);
                if positive {
                    built
                } else {
                    self.arena.map(built, &|value| i64::from(value == 0))
                }
            }
        }
    }

    fn feasible_parts(&mut self, parts: &[NodeId], positive: bool, conjunction: bool) -> Ref {
        let mut all = self.arena.value(i64::from(conjunction));
        for part in parts {
            let part = self.feasible(*part, positive);
            all = if conjunction {
                self.arena
                    .zip(all, part, &|a, b| i64::from(a != 0 && b != 0))
            } else {
                self.arena
                    .zip(all, part, &|a, b| i64::from(a != 0 || b != 0))
            };
        }
        all
    }

    fn intervals(&self, node: NodeId) -> usize {
        self.subjects(node)
            .into_iter()
            .filter_map(|subject| self.position(subject))
            .filter(|position| self.is_interval(*position))
            .count()
    }

    fn corners(
        &mut self,
        node: NodeId,
        positive: bool,
        variables: &[usize],
        trials: &[Trial],
    ) -> Ref {
        let Some((position, rest)) = variables.split_first() else {
            let kept = trials.iter().any(|trial| {
                let environment = TrialEnvironment {
                    domains: self.domains,
                    trial,
                };
                match value(self.pack, node, self.on, &environment) {
                    Ok(value) => (value != 0) == positive,
                    Err(_) => true,
                }
            });
            return self.arena.value(i64::from(kept));
        };
        let Some(variable) = self.variables.get(*position).cloned() else {
            return self.arena.value(1);
        };
        let mut children = Vec::new();
        for cell in 0..variable.cells.len() {
            let (low, high) = variable.cells.bounds(cell);
            let mut ends = vec![low, high];
            ends.dedup();
            let below: Vec<Trial> = trials
                .iter()
                .flat_map(|trial| ends.iter().map(|end| trial.with(variable.subject, *end)))
                .collect();
            let child = self.corners(node, positive, rest, &below);
            children.push(child);
        }
        self.arena
            .branch(u16::try_from(*position).unwrap_or(u16::MAX), children)
    }

    fn conjunction(&mut self, links: &[Ref]) -> Ref {
        let mut all = self.arena.value(1);
        for link in links {
            all = self
                .arena
                .zip(all, *link, &|a, b| i64::from(a != 0 && b != 0));
        }
        all
    }

    /// The diagram inside the constraints that share variables with it, directly or through
    /// each other; elsewhere [`INFEASIBLE`].
    fn within(&mut self, links: &[Ref], node: Ref) -> Ref {
        let mut used = support(&self.arena, node);
        let mut open: Vec<(Ref, Vec<u16>)> = links
            .iter()
            .map(|link| (*link, support(&self.arena, *link)))
            .collect();
        let mut connected = Vec::new();
        loop {
            let (near, far): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, variables)| {
                variables.is_empty() || variables.iter().any(|own| used.contains(own))
            });
            open = far;
            if near.is_empty() {
                break;
            }
            for (link, variables) in near {
                connected.push(link);
                used.extend(variables);
            }
        }
        let feasible = self.conjunction(&connected);
        confine(&mut self.arena, feasible, node)
    }
}

/// The variables that a diagram branches on.
fn support(arena: &Arena, node: Ref) -> Vec<u16> {
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
fn compact(arena: &Arena, roots: &[Ref]) -> (Arena, Vec<Ref>) {
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
