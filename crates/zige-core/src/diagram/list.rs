//! Lists of records: how their counts can come out together.
//!
//! Rules count the records of a list by filters, and compare each count with a few numbers. A record
//! satisfies some of the filters (its *pattern*), so the counts of one list depend on each other; the
//! list is one variable, with a cell for each way in which all its counts can fall between their numbers.

use crate::answers::{Answer, Records};
use crate::ids::{FactId, NodeId};
use crate::pack::Node;
use crate::sorting::sort;

use super::arena::Operator;
use super::build::{Builder, EvaluatorError};
use super::domain::{Domain, Domains};
use super::variable::{Need, Subject, Variable, needs};
use super::{Arena, Bits, Key, Ref};

/// The most ways in which the counts of a list can stand before they are as large as any number that
/// they are compared with.
const MOST_STATES: usize = 1_024;
/// The most filters that a list can be counted by.
const MOST_COUNTS: usize = 20;

/// The counts of one list.
#[derive(Clone, Debug)]
pub(crate) struct ListCells {
    pub(crate) list: FactId,
    counts: Vec<Count>,
    /// For each cell of the list, the cell of each count.
    cells: Vec<Vec<usize>>,
    records: RecordDiagram,
    /// The patterns of a record of which nothing is known.
    any_record: Vec<i64>,
}

/// One filter, and the numbers at which a cell of its count begins, from 0 on.
#[derive(Clone, Debug)]
struct Count {
    node: NodeId,
    starts: Vec<i64>,
    /// How many counts from 0 up to the last number.
    states: usize,
}

/// Which patterns a record can have: the sum of 2 to the power of each filter's position.
#[derive(Clone, Debug)]
struct RecordDiagram {
    arena: Arena,
    root: Ref,
    variables: Vec<Variable>,
    full: Domains,
}

/// How the counts stand: a set with a bit for each state.
type States = Vec<bool>;

impl ListCells {
    /// The cells of a list that rules count by some `Count` nodes, each with the numbers at which its
    /// cells begin.
    pub(crate) fn new(
        builder: &Builder<'_>,
        list: FactId,
        counts: &[(NodeId, Vec<i64>)],
    ) -> Result<ListCells, EvaluatorError> {
        let pack = builder.pack;
        let id = || {
            let fact = pack.vocabulary.facts.get(list.index());
            fact.map_or_else(String::new, |fact| fact.id.clone())
        };
        let mut counted: Vec<Count> = Vec::new();
        let mut states = 1_usize;
        for (node, starts) in counts {
            let last = starts.last().copied().unwrap_or(0);
            let own = usize::try_from(last).unwrap_or(0).saturating_add(1);
            states = states.saturating_mul(own);
            counted.push(Count {
                node: *node,
                starts: starts.clone(),
                states: own,
            });
        }
        if states > MOST_STATES || counted.len() > MOST_COUNTS {
            return Err(EvaluatorError::Counts { list: id() });
        }
        let records = RecordDiagram::new(builder, list, &counted)
            .ok_or_else(|| EvaluatorError::Counts { list: id() })?;
        let any_record = records.patterns(&records.full);
        let mut list = ListCells {
            list,
            counts: counted,
            cells: Vec::new(),
            records,
            any_record,
        };
        let mut all = list.nobody();
        list.add_any(&mut all);
        for (state, _) in all.iter().enumerate().filter(|(_, reached)| **reached) {
            let cell = list.cell_of_counts(state);
            if !list.cells.contains(&cell) {
                list.cells.push(cell);
            }
        }
        sort(&mut list.cells);
        match list.cells.len() <= Bits::MOST {
            true => Ok(list),
            false => Err(EvaluatorError::Counts { list: id() }),
        }
    }

    /// The patterns of a record of which nothing is known.
    pub(crate) fn any_record(&self) -> &[i64] {
        &self.any_record
    }

    /// Whether records can be added, or facts of theirs asked that filters use.
    pub(crate) fn is_open(&self, records: &Records) -> bool {
        let open = |answer: &Answer| matches!(answer, Answer::Absent | Answer::Month { .. });
        !records.complete
            || (0..records.rows.len()).any(|row| {
                self.records
                    .facts()
                    .any(|fact| open(records.answer(row, fact)))
            })
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// What each count is like in a cell: its smallest number.
    pub(crate) fn numbers(&self, cell: usize) -> impl Iterator<Item = (Need, i64)> {
        let cells = self.cells.get(cell).map_or(&[][..], Vec::as_slice);
        self.counts.iter().zip(cells).map(|(count, cell)| {
            (
                Need::Count(count.node),
                count.starts.get(*cell).copied().unwrap_or(0),
            )
        })
    }

    /// The cells that are left when something is known of the records.
    pub(crate) fn left(&self, answer: &Answer) -> Bits {
        let mut states = self.nobody();
        if let Answer::Records(records) = answer {
            for row in &records.rows {
                states = self.with_one_of(&states, &self.records.patterns_of(row));
            }
            if !records.complete {
                self.add_any(&mut states);
            }
        } else {
            self.add_any(&mut states);
        }
        self.cells_of(&states)
    }

    /// Records that fit what is known and come out in a cell; all their facts that filters use are
    /// known then. `None` when there are none.
    pub(crate) fn realise(&self, answer: &Answer, cell: usize) -> Option<Records> {
        let nothing = Records::default();
        let known = match answer {
            Answer::Records(records) => records,
            _ => &nothing,
        };
        // How the counts can stand before each record.
        let mut before = vec![self.nobody()];
        let mut choices: Vec<Vec<i64>> = Vec::new();
        for row in &known.rows {
            let patterns = self.records.patterns_of(row);
            let next = self.with_one_of(before.last()?, &patterns);
            before.push(next);
            choices.push(patterns);
        }
        let wanted = |states: &States| {
            let mut reached = (0..states.len()).filter(|state| states.get(*state) == Some(&true));
            reached.find(|state| {
                self.cells.get(cell).map(Vec::as_slice) == Some(&self.cell_of_counts(*state))
            })
        };
        let mut end = wanted(before.last()?);
        while end.is_none() && !known.complete {
            let next = self.with_one_of(before.last()?, &self.any_record);
            if before.len() > MOST_STATES.saturating_add(known.rows.len()) {
                return None;
            }
            before.push(next);
            choices.push(self.any_record.clone());
            end = wanted(before.last()?);
        }
        let mut state = end?;
        let mut rows: Vec<Vec<(FactId, Answer)>> = Vec::new();
        for (position, patterns) in choices.iter().enumerate().rev() {
            let earlier = before.get(position)?;
            let (from, pattern) = (0..earlier.len())
                .filter(|from| earlier.get(*from) == Some(&true))
                .find_map(|from| {
                    let pattern = patterns
                        .iter()
                        .find(|pattern| self.add(from, **pattern) == state)?;
                    Some((from, *pattern))
                })?;
            let row = known.rows.get(position).map_or(&[][..], Vec::as_slice);
            rows.push(self.records.row_with(row, pattern)?);
            state = from;
        }
        rows.reverse();
        Some(Records {
            rows,
            complete: true,
        })
    }

    /// Of the facts of a known record that are not known, those that make a difference between two
    /// cells for which `differ` says so, everything else being the same.
    pub(crate) fn essential(
        &self,
        records: &Records,
        row: usize,
        differ: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Vec<FactId> {
        let mut others = self.nobody();
        for (index, other) in records.rows.iter().enumerate() {
            if index != row {
                others = self.with_one_of(&others, &self.records.patterns_of(other));
            }
        }
        if !records.complete {
            self.add_any(&mut others);
        }
        let known = records.rows.get(row).map_or(&[][..], Vec::as_slice);
        let cell = |state: usize| {
            let cells = self.cell_of_counts(state);
            self.cells.iter().position(|own| *own == cells)
        };
        let mut essential = Vec::new();
        for (fact, pairs) in self.records.changes(known) {
            let matters = pairs.iter().any(|(a, b)| {
                (0..others.len())
                    .filter(|state| others.get(*state) == Some(&true))
                    .any(|state| {
                        let pair = (cell(self.add(state, *a)), cell(self.add(state, *b)));
                        matches!(pair, (Some(a), Some(b)) if a != b && differ(a, b))
                    })
            });
            if matters {
                essential.push(fact);
            }
        }
        essential
    }

    /// Whether a further record, of which nothing is known, can make a difference.
    pub(crate) fn further_matters(
        &self,
        records: &Records,
        differ: &mut dyn FnMut(usize, usize) -> bool,
    ) -> bool {
        let mut states = self.nobody();
        for row in &records.rows {
            states = self.with_one_of(&states, &self.records.patterns_of(row));
        }
        let mut all = states.clone();
        self.add_any(&mut all);
        let cells = |states: &States| self.cells_of(states);
        let (now, then) = (cells(&states), cells(&all));
        let count = self.len();
        (0..count).filter(|cell| now.contains(*cell)).any(|a| {
            (0..count)
                .filter(|cell| then.contains(*cell))
                .any(|b| a != b && differ(a, b))
        })
    }

    fn nobody(&self) -> States {
        let states = self
            .counts
            .iter()
            .fold(1_usize, |all, count| all.saturating_mul(count.states));
        let mut nobody = vec![false; states];
        if let Some(first) = nobody.first_mut() {
            *first = true;
        }
        nobody
    }

    /// The state with one more record.
    fn add(&self, state: usize, pattern: i64) -> usize {
        let (mut rest, mut place, mut sum) = (state, 1_usize, 0_usize);
        for (position, count) in self.counts.iter().enumerate() {
            let own = rest.checked_rem(count.states).unwrap_or(0);
            rest = rest.checked_div(count.states).unwrap_or(0);
            let more = usize::from(
                pattern
                    .checked_shr(u32::try_from(position).unwrap_or(63))
                    .unwrap_or(0)
                    & 1
                    == 1,
            );
            let next = own.saturating_add(more).min(count.states.saturating_sub(1));
            sum = sum.saturating_add(next.saturating_mul(place));
            place = place.saturating_mul(count.states);
        }
        sum
    }

    fn with_one_of(&self, states: &States, patterns: &[i64]) -> States {
        let mut next = vec![false; states.len()];
        for state in (0..states.len()).filter(|state| states.get(*state) == Some(&true)) {
            for pattern in patterns {
                if let Some(place) = next.get_mut(self.add(state, *pattern)) {
                    *place = true;
                }
            }
        }
        next
    }

    /// Adds what any number of further records leads to.
    fn add_any(&self, states: &mut States) {
        let mut open: Vec<usize> = (0..states.len())
            .filter(|state| states.get(*state) == Some(&true))
            .collect();
        while let Some(state) = open.pop() {
            for pattern in &self.any_record {
                let next = self.add(state, *pattern);
                if let Some(place) = states.get_mut(next)
                    && !*place
                {
                    *place = true;
                    open.push(next);
                }
            }
        }
    }

    fn cell_of_counts(&self, state: usize) -> Vec<usize> {
        let mut rest = state;
        self.counts
            .iter()
            .map(|count| {
                let own = rest.checked_rem(count.states).unwrap_or(0);
                rest = rest.checked_div(count.states).unwrap_or(0);
                let own = i64::try_from(own).unwrap_or(i64::MAX);
                count
                    .starts
                    .partition_point(|start| *start <= own)
                    .saturating_sub(1)
            })
            .collect()
    }

    fn cells_of(&self, states: &States) -> Bits {
        let mut left = Bits::NONE;
        for state in (0..states.len()).filter(|state| states.get(*state) == Some(&true)) {
            let cells = self.cell_of_counts(state);
            if let Some(cell) = self.cells.iter().position(|own| *own == cells) {
                left.insert(cell);
            }
        }
        left
    }
}

impl RecordDiagram {
    /// `None` when a filter looks at anything but its record.
    fn new(outer: &Builder<'_>, list: FactId, counts: &[Count]) -> Option<RecordDiagram> {
        let pack = outer.pack;
        let filters: Vec<NodeId> = counts
            .iter()
            .filter_map(|count| match pack.nodes.get(count.node.index()) {
                Some(Node::Count { filter, .. }) => Some(*filter),
                _ => None,
            })
            .collect();
        let mut facts = Vec::new();
        for need in filters.iter().flat_map(|filter| needs(pack, *filter)) {
            match need {
                Need::Fact(fact)
                    if pack
                        .vocabulary
                        .facts
                        .get(fact.index())
                        .is_some_and(|fact| fact.record_of == Some(list)) =>
                {
                    if !facts.contains(&fact) {
                        facts.push(fact);
                    }
                }
                _ => return None,
            }
        }
        let full = Domains::full(pack);
        let mut builder = Builder::new(pack, outer.on, &full);
        builder.find_variables(&facts, &filters);
        builder.find_cells(&filters).ok()?;
        builder.order_variables(&filters);
        let mut root = builder.arena.value(0);
        for (position, filter) in filters.iter().enumerate() {
            let bit = 1_i64.checked_shl(u32::try_from(position).ok()?)?;
            let node = builder.expression(*filter);
            let own = builder
                .arena
                .map(node, &|satisfied| if satisfied == 0 { 0 } else { bit });
            root = builder.arena.join(root, own, &Operator::UNION);
        }
        let (arena, variables) = (builder.arena, builder.variables);
        Some(RecordDiagram {
            arena,
            root,
            variables,
            full,
        })
    }

    /// The facts that filters use.
    fn facts(&self) -> impl Iterator<Item = FactId> {
        self.variables
            .iter()
            .filter_map(|variable| match variable.subject {
                Subject::Fact(fact) => Some(fact),
                _ => None,
            })
    }

    /// The patterns of a record of which some facts are known.
    fn patterns_of(&self, row: &[(FactId, Answer)]) -> Vec<i64> {
        self.patterns(&self.known(row))
    }

    fn known(&self, row: &[(FactId, Answer)]) -> Domains {
        let mut domains = self.full.clone();
        for (fact, answer) in row {
            domains.restrict_one(*fact, answer);
        }
        domains
    }

    /// The cells of a variable that are left.
    fn left(&self, domains: &Domains, variable: u16) -> Vec<usize> {
        let Some(Variable {
            subject: Subject::Fact(fact),
            cells,
        }) = self.variables.get(usize::from(variable))
        else {
            return Vec::new();
        };
        cells.within(domains.get(*fact)).collect()
    }

    /// Which patterns are left, ascending.
    fn patterns(&self, domains: &Domains) -> Vec<i64> {
        let mut patterns = Vec::new();
        let mut seen = vec![false; self.arena.len()];
        let mut open = vec![self.root];
        while let Some(node) = open.pop() {
            match seen.get_mut(node as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            match self.arena.key(node) {
                Key::Value(pattern) => patterns.push(*pattern),
                Key::Branch { variable, children } => open.extend(
                    self.left(domains, *variable)
                        .into_iter()
                        .filter_map(|cell| children.get(cell).copied()),
                ),
            }
        }
        sort(&mut patterns);
        patterns.dedup();
        patterns
    }

    /// The row with values for all facts that filters use, so that it has a pattern.
    fn row_with(&self, row: &[(FactId, Answer)], pattern: i64) -> Option<Vec<(FactId, Answer)>> {
        let mut domains = self.known(row);
        let mut node = self.root;
        while let Key::Branch { variable, children } = self.arena.key(node) {
            let (cell, child) = self
                .left(&domains, *variable)
                .into_iter()
                .find_map(|cell| {
                    let child = *children.get(cell)?;
                    let mut below = domains.clone();
                    self.confine(&mut below, *variable, cell);
                    let leads = self.patterns_below(child, &below).contains(&pattern);
                    leads.then_some((cell, child))
                })?;
            self.confine(&mut domains, *variable, cell);
            node = child;
        }
        let mut complete = row.to_vec();
        for variable in &self.variables {
            let Subject::Fact(fact) = variable.subject else {
                continue;
            };
            let value = match domains.get(fact) {
                Domain::Options(bits) => i64::from(bits.trailing_zeros()),
                Domain::Interval { low, .. } => low,
                Domain::Untracked => continue,
            };
            match complete.iter_mut().find(|(own, _)| *own == fact) {
                Some((_, answer)) => *answer = Answer::Value(value),
                None => complete.push((fact, Answer::Value(value))),
            }
        }
        Some(complete)
    }

    fn confine(&self, domains: &mut Domains, variable: u16, cell: usize) {
        if let Some(Variable {
            subject: Subject::Fact(fact),
            cells,
        }) = self.variables.get(usize::from(variable))
        {
            let (first, last) = cells.bounds(cell);
            domains.confine(*fact, first, last);
        }
    }

    fn patterns_below(&self, node: Ref, domains: &Domains) -> Vec<i64> {
        let mut patterns = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.arena.key(node) {
                Key::Value(pattern) if !patterns.contains(pattern) => patterns.push(*pattern),
                Key::Value(_) => {}
                Key::Branch { variable, children } => open.extend(
                    self.left(domains, *variable)
                        .into_iter()
                        .filter_map(|cell| children.get(cell).copied()),
                ),
            }
        }
        patterns
    }

    /// For each fact that is not known, the pairs of patterns between which it alone decides.
    fn changes(&self, row: &[(FactId, Answer)]) -> Vec<(FactId, Vec<(i64, i64)>)> {
        let domains = self.known(row);
        let mut changes = Vec::new();
        for (index, variable) in self.variables.iter().enumerate() {
            let Subject::Fact(fact) = variable.subject else {
                continue;
            };
            let open = row
                .iter()
                .find(|(own, _)| *own == fact)
                .is_none_or(|(_, answer)| matches!(answer, Answer::Absent | Answer::Month { .. }));
            let mut pairs = Vec::new();
            if open {
                let index = u16::try_from(index).unwrap_or(u16::MAX);
                self.pairs(self.root, self.root, index, &domains, &mut pairs);
            }
            if !pairs.is_empty() {
                changes.push((fact, pairs));
            }
        }
        changes
    }

    /// Walks two records that are the same but for one fact.
    fn pairs(&self, a: Ref, b: Ref, changed: u16, domains: &Domains, pairs: &mut Vec<(i64, i64)>) {
        let top = [a, b]
            .into_iter()
            .filter_map(|node| self.arena.top(node))
            .min();
        let Some((variable, _)) = top else {
            if let (Key::Value(a), Key::Value(b)) = (self.arena.key(a), self.arena.key(b))
                && a != b
                && !pairs.contains(&(*a, *b))
            {
                pairs.push((*a, *b));
            }
            return;
        };
        let left = self.left(domains, variable);
        for cell in &left {
            let own = self.arena.child(a, variable, *cell);
            if variable != changed {
                let other = self.arena.child(b, variable, *cell);
                self.pairs(own, other, changed, domains, pairs);
                continue;
            }
            for other in left.iter().filter(|other| *other != cell) {
                let other = self.arena.child(b, variable, *other);
                self.pairs(own, other, changed, domains, pairs);
            }
        }
    }
}
