//! Small packs of every shape: facts of each kind, thresholds, ages, schedules, points that several
//! conditions share in both polarities, constraints between dates, nested rules, lists of records.

use zige_core::date::Date;
use zige_core::ids::{CheckId, ChoiceId, ConditionId, FactId, NodeId, PointId, ScheduleId};
use zige_core::pack::{Direction, FactKind, Node, Pack, Requirement};

use crate::draws::Draws;
use crate::tiny_pack::{
    add_check, add_condition, add_constraint, add_fact, add_node, add_point, empty_pack,
};

/// What a small pack may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Ranges so small that every value can be tried; otherwise dates span decades.
    pub narrow: bool,
    /// A list of records.
    pub records: bool,
}

/// The only check of a small pack.
pub const CHECK: CheckId = CheckId(0);

/// Days on which small packs are checked: an ordinary day, month ends, a leap day.
#[must_use]
pub fn draw_day(draws: &mut Draws) -> Date {
    let (year, month, day) = *draws.one_of(&[
        (2026, 11, 21),
        (2024, 2, 29),
        (2025, 3, 31),
        (2025, 2, 28),
        (2026, 1, 1),
    ]);
    Date::new(year, month, day).expect("a day")
}

/// A pack with one check, drawn by some decisions.
#[must_use]
pub fn draw_pack(draws: &mut Draws, shape: Shape) -> Pack {
    let mut maker = Maker {
        draws,
        shape,
        pack: empty_pack(),
        own: Vec::new(),
        field_of: None,
        depth: 0,
    };
    maker.facts();
    maker.points();
    maker.constraints();
    maker.conditions();
    maker.check();
    maker.pack
}

struct Maker<'a> {
    draws: &'a mut Draws,
    shape: Shape,
    pack: Pack,
    /// The facts that rules outside a record may use.
    own: Vec<FactId>,
    /// The list and its facts, inside the filter of a count.
    field_of: Option<Vec<FactId>>,
    depth: usize,
}

impl Maker<'_> {
    fn facts(&mut self) {
        let count = 2 + self.draws.below(4);
        for _ in 0..count {
            let kind = self.kind();
            let fact = self.add_fact(kind, None);
            self.own.push(fact);
        }
        if self.shape.records {
            let list = self.add_fact(
                FactKind::Records {
                    noun: "记录".to_owned(),
                    fields: Vec::new(),
                },
                None,
            );
            let wanted = 1 + self.draws.below(2);
            let mut fields = Vec::new();
            for _ in 0..wanted {
                let kind = match self.draws.below(3) {
                    0 => FactKind::YesNo,
                    1 => FactKind::Choice(ChoiceId(0)),
                    _ => number(3),
                };
                fields.push(self.add_fact(kind, Some(list)));
            }
            if let FactKind::Records { fields: known, .. } =
                &mut self.pack.vocabulary.facts[list.index()].kind
            {
                *known = fields;
            }
        }
    }

    fn kind(&mut self) -> FactKind {
        match self.draws.below(6) {
            0 => FactKind::YesNo,
            1 => FactKind::Choice(ChoiceId(0)),
            2 => FactKind::Choice(ChoiceId(1)),
            3 if self.shape.narrow => number(6),
            3 => FactKind::Money {
                min: 0,
                max: 40_000,
            },
            _ => self.date(),
        }
    }

    fn date(&mut self) -> FactKind {
        let day = |year, month, day| Date::new(year, month, day).expect("a day").days();
        if self.shape.narrow {
            // Some weeks around a month's end and a leap day.
            let first = *self
                .draws
                .one_of(&[day(2024, 1, 20), day(2025, 1, 25), day(2026, 10, 5)]);
            FactKind::Date {
                min: first,
                max: first + 45,
            }
        } else {
            FactKind::Date {
                min: day(1962, 5, 1),
                max: day(2010, 3, 15),
            }
        }
    }

    fn add_fact(&mut self, kind: FactKind, record_of: Option<FactId>) -> FactId {
        let direction = *self.draws.one_of(&[
            Direction::Free,
            Direction::Fixed,
            Direction::Up,
            Direction::Down,
        ]);
        let id = add_fact(&mut self.pack, kind, record_of);
        self.pack.vocabulary.facts[id.index()].changeable = direction;
        id
    }

    fn points(&mut self) {
        let count = self.draws.below(3);
        for _ in 0..count {
            let outcomes = 2 + self.draws.below(2);
            add_point(&mut self.pack, outcomes);
        }
    }

    fn constraints(&mut self) {
        let count = self.draws.below(4).saturating_sub(1);
        for _ in 0..count {
            if let Some(rule) = self.constraint() {
                add_constraint(&mut self.pack, rule);
            }
        }
    }

    fn constraint(&mut self) -> Option<NodeId> {
        let dates: Vec<FactId> = self
            .own
            .iter()
            .copied()
            .filter(|fact| self.is_date(*fact))
            .collect();
        let numbers: Vec<FactId> = self
            .own
            .iter()
            .copied()
            .filter(|fact| self.is_number(*fact))
            .collect();
        let rule = match self.draws.below(7) {
            5 if numbers.len() > 1 => {
                // Two numbers that are small together.
                let (one, other) = self.two_of(&numbers);
                let sum = self.push(Node::Add(one, other));
                let limit = self.draws.between(1, 9);
                let limit = self.push(Node::Constant(limit));
                self.at_least(limit, sum)
            }
            6 if dates.len() > 1 => {
                // Which of two days comes first depends on a choice.
                let (early, late) = self.two_of(&dates);
                let condition = self.choice_atom()?;
                let then = self.at_least(late, early);
                let otherwise = self.at_least(early, late);
                self.push(Node::If(condition, then, otherwise))
            }
            0 if dates.len() > 1 => {
                // One day strictly after another.
                let (early, late) = self.two_of(&dates);
                let compared = self.at_least(early, late);
                self.push(Node::Not(compared))
            }
            1 if dates.len() > 1 => {
                // One day some months after another, or later.
                let (early, late) = self.two_of(&dates);
                let months = if self.shape.narrow {
                    self.draws.between(-1, 1)
                } else {
                    self.draws.between(-20, 240)
                };
                let moved = self.push(Node::AddMonths(
                    early,
                    i32::try_from(months).expect("few months"),
                ));
                self.at_least(late, moved)
            }
            2 if !dates.is_empty() => {
                let date = *self.draws.one_of(&dates);
                let date = self.push(Node::Fact(date));
                let today = self.push(Node::Today);
                self.at_least(today, date)
            }
            3 if dates.len() > 1 => {
                let (early, late) = self.two_of(&dates);
                let compared = self.at_least(late, early);
                let excused = self.choice_atom()?;
                self.push(Node::Any(vec![excused, compared]))
            }
            _ => {
                let one = self.choice_atom()?;
                let other = self.choice_atom()?;
                let not = self.push(Node::Not(one));
                self.push(Node::Any(vec![not, other]))
            }
        };
        Some(rule)
    }

    fn two_of(&mut self, facts: &[FactId]) -> (NodeId, NodeId) {
        let first = self.draws.below(facts.len());
        let second = (first + 1 + self.draws.below(facts.len() - 1)) % facts.len();
        (
            self.push(Node::Fact(facts[first])),
            self.push(Node::Fact(facts[second])),
        )
    }

    fn is_number(&self, fact: FactId) -> bool {
        matches!(
            self.pack.vocabulary.facts[fact.index()].kind,
            FactKind::Number { .. }
        )
    }

    fn is_date(&self, fact: FactId) -> bool {
        matches!(
            self.pack.vocabulary.facts[fact.index()].kind,
            FactKind::Date { .. }
        )
    }

    fn conditions(&mut self) {
        let count = 1 + self.draws.below(4);
        for _ in 0..count {
            let rule = self.rule();
            add_condition(&mut self.pack, rule);
        }
    }

    fn rule(&mut self) -> NodeId {
        self.depth += 1;
        let rule = match if self.depth > 3 {
            0
        } else {
            self.draws.below(10)
        } {
            0..=3 => self.atom(),
            4 => {
                let inner = self.rule();
                self.push(Node::Not(inner))
            }
            5 | 6 => {
                let parts = self.rules();
                self.push(Node::All(parts))
            }
            7 | 8 => {
                let parts = self.rules();
                self.push(Node::Any(parts))
            }
            _ => match self.choice_atom() {
                Some(condition) => {
                    let (then, otherwise) = (self.rule(), self.rule());
                    self.push(Node::If(condition, then, otherwise))
                }
                None => self.atom(),
            },
        };
        self.depth -= 1;
        rule
    }

    fn rules(&mut self) -> Vec<NodeId> {
        let count = 1 + self.draws.below(3);
        (0..count).map(|_| self.rule()).collect()
    }

    fn atom(&mut self) -> NodeId {
        let count_records = self.shape.records && self.field_of.is_none() && self.draws.chance(30);
        if count_records {
            return self.count();
        }
        // A point is decided for the person, never for one record.
        if self.field_of.is_none()
            && self.draws.chance(25)
            && let Some(point) = self.point_atom()
        {
            return point;
        }
        let facts = self.field_of.clone().unwrap_or_else(|| self.own.clone());
        let fact = *self.draws.one_of(&facts);
        match self.pack.vocabulary.facts[fact.index()].kind.clone() {
            FactKind::YesNo | FactKind::Choice(_) => self.option_atom(fact),
            FactKind::Number { min, max, .. } | FactKind::Money { min, max } => {
                let amount = self.push(Node::Fact(fact));
                let amount = if self.draws.chance(20) {
                    let more = self.push(Node::Constant(1));
                    self.push(Node::Add(amount, more))
                } else {
                    amount
                };
                let limit = self.limit(min, max);
                if self.draws.chance(50) {
                    self.at_least(amount, limit)
                } else {
                    self.at_least(limit, amount)
                }
            }
            FactKind::Date { .. } => self.date_atom(fact),
            FactKind::Text { .. } | FactKind::Records { .. } => self.push(Node::Constant(1)),
        }
    }

    /// A number, which may depend on a choice or a point.
    fn limit(&mut self, min: i64, max: i64) -> NodeId {
        let first = self.draws.between(min, max);
        let first = self.push(Node::Constant(first));
        if self.draws.chance(30)
            && let Some(condition) = self.condition_of_if()
        {
            let other = self.draws.between(min, max);
            let other = self.push(Node::Constant(other));
            return self.push(Node::If(condition, first, other));
        }
        first
    }

    fn condition_of_if(&mut self) -> Option<NodeId> {
        if self.field_of.is_none()
            && self.draws.chance(40)
            && let Some(point) = self.point_atom()
        {
            return Some(point);
        }
        self.choice_atom()
    }

    fn date_atom(&mut self, fact: FactId) -> NodeId {
        let date = self.push(Node::Fact(fact));
        let today = self.push(Node::Today);
        match self.draws.below(6) {
            0 => {
                let age = self.push(Node::YearsSince(date));
                let limit = if self.shape.narrow {
                    self.limit(0, 3)
                } else {
                    self.limit(18, 60)
                };
                self.either_way(age, limit)
            }
            1 => {
                let months = self.push(Node::MonthsSince(date));
                let limit = if self.shape.narrow {
                    self.limit(-2, 26)
                } else {
                    self.limit(200, 700)
                };
                self.either_way(months, limit)
            }
            2 => {
                let moved = if self.shape.narrow {
                    self.draws.between(0, 30)
                } else {
                    self.draws.between(180, 760)
                };
                let end = self.push(Node::AddMonths(
                    date,
                    i32::try_from(moved).expect("few months"),
                ));
                if self.draws.chance(50) {
                    self.either_way(end, today)
                } else {
                    let left = self.push(Node::MonthsUntil(end));
                    let limit = self.limit(-3, 12);
                    self.either_way(left, limit)
                }
            }
            3 => {
                let row = u16::try_from(self.draws.below(2)).expect("two rows");
                let first = self.push(Node::Schedule {
                    schedule: ScheduleId(0),
                    row,
                    born: date,
                });
                let end = match self.condition_of_if() {
                    Some(condition) => {
                        let other = self.push(Node::Schedule {
                            schedule: ScheduleId(0),
                            row: 1 - row,
                            born: date,
                        });
                        self.push(Node::If(condition, first, other))
                    }
                    None => first,
                };
                let left = self.push(Node::YearsUntil(end));
                let limit = if self.shape.narrow {
                    self.limit(58, 63)
                } else {
                    self.limit(-2, 30)
                };
                self.either_way(left, limit)
            }
            4 => {
                let left = self.push(Node::YearsUntil(date));
                let limit = if self.shape.narrow {
                    self.limit(-2, 1)
                } else {
                    self.limit(-60, -20)
                };
                self.either_way(left, limit)
            }
            _ => {
                let (min, max) = match self.pack.vocabulary.facts[fact.index()].kind {
                    FactKind::Date { min, max } => (min, max),
                    _ => (0, 0),
                };
                let limit = self.limit(min, max);
                self.either_way(date, limit)
            }
        }
    }

    fn either_way(&mut self, left: NodeId, right: NodeId) -> NodeId {
        if self.draws.chance(50) {
            self.at_least(right, left)
        } else {
            self.at_least(left, right)
        }
    }

    fn choice_atom(&mut self) -> Option<NodeId> {
        let choices: Vec<FactId> = self
            .own
            .iter()
            .copied()
            .filter(|fact| {
                matches!(
                    self.pack.vocabulary.facts[fact.index()].kind,
                    FactKind::YesNo | FactKind::Choice(_)
                )
            })
            .collect();
        if choices.is_empty() {
            return None;
        }
        let fact = *self.draws.one_of(&choices);
        Some(self.option_atom(fact))
    }

    fn option_atom(&mut self, fact: FactId) -> NodeId {
        let node = self.push(Node::Fact(fact));
        match self.pack.vocabulary.facts[fact.index()].kind {
            FactKind::Choice(choice) => {
                let set = &self.pack.vocabulary.choices[choice.index()];
                let (options, ordered) = (set.options.len(), set.ordered);
                if ordered && self.draws.chance(60) {
                    let level = u16::try_from(self.draws.below(options)).expect("few options");
                    let level = self.push(Node::Option(choice, level));
                    self.at_least(node, level)
                } else {
                    let mask = 1 + self.draws.below((1 << options) - 2);
                    self.push(Node::OneOf(node, u64::try_from(mask).expect("few options")))
                }
            }
            _ if self.draws.chance(20) => self.push(Node::OneOf(node, 1)),
            _ => node,
        }
    }

    fn point_atom(&mut self) -> Option<NodeId> {
        if self.pack.points.is_empty() {
            return None;
        }
        let position = self.draws.below(self.pack.points.len());
        let outcomes = self.pack.points[position].outcomes.len();
        let point = self.push(Node::Point(PointId(
            u16::try_from(position).expect("few points"),
        )));
        let holds = if outcomes == 2 && self.draws.chance(70) {
            point
        } else if self.draws.chance(50) {
            let least = self
                .draws
                .between(0, i64::try_from(outcomes).expect("few outcomes") - 1);
            let least = self.push(Node::Constant(least));
            self.at_least(point, least)
        } else {
            let mask = 1 + self.draws.below((1 << outcomes) - 2);
            self.push(Node::OneOf(
                point,
                u64::try_from(mask).expect("few outcomes"),
            ))
        };
        Some(if self.draws.chance(25) {
            self.push(Node::Not(holds))
        } else {
            holds
        })
    }

    fn count(&mut self) -> NodeId {
        let list = self
            .pack
            .vocabulary
            .facts
            .iter()
            .position(|fact| matches!(fact.kind, FactKind::Records { .. }))
            .expect("a pack with records has a list");
        let FactKind::Records { fields, .. } = self.pack.vocabulary.facts[list].kind.clone() else {
            return self.push(Node::Constant(1));
        };
        self.field_of = Some(fields);
        self.depth += 2;
        let filter = if self.draws.chance(20) {
            self.push(Node::Constant(1))
        } else {
            self.rule()
        };
        self.depth -= 2;
        self.field_of = None;
        let records = FactId(u16::try_from(list).expect("few facts"));
        let count = self.push(Node::Count { records, filter });
        let limit = self.draws.between(1, 2);
        let limit = self.push(Node::Constant(limit));
        if self.draws.chance(30) {
            self.at_least(limit, count)
        } else {
            self.at_least(count, limit)
        }
    }

    fn at_least(&mut self, left: NodeId, right: NodeId) -> NodeId {
        self.push(Node::AtLeast(left, right))
    }

    fn push(&mut self, node: Node) -> NodeId {
        add_node(&mut self.pack, node)
    }

    fn check(&mut self) {
        let conditions: Vec<ConditionId> = (0..self.pack.conditions.len())
            .map(|position| ConditionId(u16::try_from(position).expect("few conditions")))
            .collect();
        let require = self.requirement(&conditions);
        add_check(&mut self.pack, conditions, require);
    }

    fn requirement(&mut self, conditions: &[ConditionId]) -> Requirement {
        match conditions {
            [only] => Requirement::Condition(*only),
            _ if self.draws.chance(20) => {
                // A condition may serve two alternatives.
                let shared = Requirement::Condition(conditions[0]);
                let rest = self.requirement(&conditions[1..]);
                let other = Requirement::Condition(conditions[conditions.len() - 1]);
                Requirement::Any(vec![Requirement::All(vec![shared, rest]), other])
            }
            _ => {
                let split = 1 + self.draws.below(conditions.len() - 1);
                let parts = vec![
                    self.requirement(&conditions[..split]),
                    self.requirement(&conditions[split..]),
                ];
                if self.draws.chance(40) {
                    Requirement::Any(parts)
                } else {
                    Requirement::All(parts)
                }
            }
        }
    }
}

fn number(max: i64) -> FactKind {
    FactKind::Number {
        min: 0,
        max,
        scale: 0,
        unit: "篇".to_owned(),
    }
}
