//! Rules as text, in the pack language.

use zige_core::date::Date;
use zige_core::ids::{ChoiceId, NodeId, PointId};
use zige_core::pack::{FactKind, Node, Pack};

use crate::value::decimal;

/// A rule in the pack language. Derived facts are written out.
#[must_use]
pub fn rule_text(pack: &Pack, rule: NodeId) -> String {
    let mut text = String::new();
    Writer {
        pack,
        text: &mut text,
    }
    .write(rule, Binding::Or, Type::Truth);
    text
}

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Sum,
}

/// What a literal stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Truth,
    Choice(ChoiceId),
    Outcome(PointId),
    Number(u8),
    Money,
    Date,
}

/// How a set of options is written.
struct Words {
    many: &'static str,
    one: &'static str,
    from: &'static str,
    up_to: &'static str,
}

const IS: Words = Words {
    many: "in",
    one: "==",
    from: ">=",
    up_to: "<=",
};

const IS_NOT: Words = Words {
    many: "not in",
    one: "!=",
    from: "<",
    up_to: ">",
};

/// Whether positions follow each other without a gap.
fn together(positions: &[i64]) -> bool {
    positions
        .iter()
        .zip(positions.iter().skip(1))
        .all(|(left, right)| left.saturating_add(1) == *right)
}

struct Writer<'a> {
    pack: &'a Pack,
    text: &'a mut String,
}

impl Writer<'_> {
    fn write(&mut self, id: NodeId, within: Binding, expected: Type) {
        let pack = self.pack;
        let Some(node) = pack.nodes.get(id.index()) else {
            return;
        };
        match node {
            Node::Constant(value) => self.constant(*value, expected),
            Node::Option(choice, option) => {
                self.constant(i64::from(*option), Type::Choice(*choice));
            }
            Node::Today => self.text.push_str("today"),
            Node::Fact(fact) => {
                let fact = pack.vocabulary.facts.get(fact.index());
                self.text.push_str(fact.map_or("", |fact| &fact.id));
            }
            Node::Point(point) => {
                let point = pack.points.get(point.index());
                self.text.push_str(point.map_or("", |point| &point.id));
            }
            Node::Not(inner) => self.not(*inner, within),
            Node::All(parts) => match self.equality(parts) {
                Some((left, right)) => self.comparison(left, "==", right, within),
                None => self.chain(parts, " and ", "yes", Binding::And, within),
            },
            Node::Any(parts) => self.chain(parts, " or ", "no", Binding::Or, within),
            Node::AtLeast(left, right) => self.at_least(*left, *right, within),
            Node::OneOf(inner, options) => self.one_of(*inner, *options, &IS, within),
            Node::If(condition, then, otherwise) => {
                let open = self.open(within > Binding::Or);
                self.text.push_str("if ");
                self.write(*condition, Binding::Or, Type::Truth);
                self.text.push_str(" then ");
                self.write(*then, Binding::Or, expected);
                self.text.push_str(" else ");
                self.write(*otherwise, Binding::Or, expected);
                self.close(open);
            }
            Node::Add(left, right) => {
                let open = self.open(within > Binding::Sum);
                self.write(*left, Binding::Sum, expected);
                match pack.nodes.get(right.index()) {
                    Some(Node::Constant(value)) if *value < 0 => {
                        self.text.push_str(" - ");
                        self.constant(value.saturating_neg(), expected);
                    }
                    _ => {
                        self.text.push_str(" + ");
                        self.write(*right, Binding::Sum, expected);
                    }
                }
                self.close(open);
            }
            Node::YearsSince(inner) => self.call("years_since", *inner, ""),
            Node::MonthsSince(inner) => self.call("months_since", *inner, ""),
            Node::YearsUntil(inner) => self.call("years_until", *inner, ""),
            Node::MonthsUntil(inner) => self.call("months_until", *inner, ""),
            Node::AddMonths(inner, months) if months % 12 == 0 => {
                self.call("add_years", *inner, &format!(", {}", months / 12));
            }
            Node::AddMonths(inner, months) => {
                self.call("add_months", *inner, &format!(", {months}"));
            }
            Node::Schedule {
                schedule,
                row,
                born,
            } => {
                if let Some(schedule) = pack.vocabulary.schedules.get(schedule.index()) {
                    let row = schedule.rows.get(usize::from(*row));
                    self.text.push_str("schedule(");
                    self.text.push_str(&schedule.id);
                    self.text.push_str(", ");
                    self.text.push_str(row.map_or("", |row| &row.id));
                    self.text.push_str(", ");
                    self.write(*born, Binding::Or, Type::Date);
                    self.text.push(')');
                }
            }
            Node::Count { records, filter } => {
                let list = pack.vocabulary.facts.get(records.index());
                self.text.push_str("count(");
                self.text.push_str(list.map_or("", |list| &list.id));
                if !matches!(pack.nodes.get(filter.index()), Some(Node::Constant(1)))
                    && !matches!(pack.nodes.get(filter.index()), Some(Node::All(parts)) if parts.is_empty())
                {
                    self.text.push_str(", ");
                    self.write(*filter, Binding::Or, Type::Truth);
                }
                self.text.push(')');
            }
        }
    }

    fn not(&mut self, inner: NodeId, within: Binding) {
        let pack = self.pack;
        match pack.nodes.get(inner.index()) {
            Some(Node::AtLeast(left, right)) => {
                // `a >= b` compiles as it stands, `a <= b` with its sides exchanged.
                if self.is_literal(*left) {
                    self.comparison(*right, ">", *left, within);
                } else {
                    self.comparison(*left, "<", *right, within);
                }
            }
            Some(Node::OneOf(inner, options)) => {
                self.one_of(*inner, *options, &IS_NOT, within);
            }
            Some(Node::All(parts)) if self.equality(parts).is_some() => {
                if let Some((left, right)) = self.equality(parts) {
                    self.comparison(left, "!=", right, within);
                }
            }
            _ => {
                let open = self.open(within > Binding::Not);
                self.text.push_str("not ");
                self.write(inner, Binding::Not, Type::Truth);
                self.close(open);
            }
        }
    }

    fn at_least(&mut self, left: NodeId, right: NodeId, within: Binding) {
        if let (Some(Node::Point(point)), Some(Node::Constant(1))) = (
            self.pack.nodes.get(left.index()),
            self.pack.nodes.get(right.index()),
        ) && let Some(point) = self.pack.points.get(point.index())
            && point.outcomes.len() == 2
        {
            // A point with two outcomes stands as yes/no.
            self.text.push_str(&point.id);
        } else if self.is_literal(left) {
            self.comparison(right, "<=", left, within);
        } else {
            self.comparison(left, ">=", right, within);
        }
    }

    fn comparison(&mut self, left: NodeId, sign: &str, right: NodeId, within: Binding) {
        let shared = self.type_of(left).or_else(|| self.type_of(right));
        let shared = shared.unwrap_or(Type::Number(0));
        let open = self.open(within > Binding::Not);
        self.write(left, Binding::Sum, shared);
        self.text.push(' ');
        self.text.push_str(sign);
        self.text.push(' ');
        self.write(right, Binding::Sum, shared);
        self.close(open);
    }

    fn one_of(&mut self, inner: NodeId, options: u64, words: &Words, within: Binding) {
        let shared = self.type_of(inner).unwrap_or(Type::Number(0));
        let listed: Vec<i64> = (0..64_u32)
            .filter(|option| options & (1_u64 << option) != 0)
            .map(i64::from)
            .collect();
        let last = self.last_of_scale(shared);
        let open = self.open(within > Binding::Not);
        self.write(inner, Binding::Sum, shared);
        let mut sign = |sign: &str| {
            self.text.push(' ');
            self.text.push_str(sign);
            self.text.push(' ');
        };
        match listed.as_slice() {
            [only] => {
                sign(words.one);
                self.constant(*only, shared);
            }
            [first, .., end] if Some(*end) == last && together(&listed) => {
                sign(words.from);
                self.constant(*first, shared);
            }
            [0, .., end] if last.is_some() && together(&listed) => {
                sign(words.up_to);
                self.constant(*end, shared);
            }
            _ => {
                sign(words.many);
                self.text.push('[');
                for (position, option) in listed.iter().enumerate() {
                    if position > 0 {
                        self.text.push_str(", ");
                    }
                    self.constant(*option, shared);
                }
                self.text.push(']');
            }
        }
        self.close(open);
    }

    /// The highest position of a scale; `None` for what has no order.
    fn last_of_scale(&self, as_type: Type) -> Option<i64> {
        let Type::Choice(choice) = as_type else {
            return None;
        };
        let set = self.pack.vocabulary.choices.get(choice.index())?;
        let last = set.options.len().checked_sub(1)?;
        set.ordered.then(|| i64::try_from(last).ok()).flatten()
    }

    fn chain(
        &mut self,
        parts: &[NodeId],
        word: &str,
        empty: &str,
        binding: Binding,
        within: Binding,
    ) {
        if parts.is_empty() {
            self.text.push_str(empty);
            return;
        }
        let open = self.open(parts.len() > 1 && within > binding);
        for (position, part) in parts.iter().enumerate() {
            if position > 0 {
                self.text.push_str(word);
            }
            let within = if parts.len() > 1 {
                Binding::Not
            } else {
                within
            };
            let within = if binding == Binding::Or && parts.len() > 1 {
                Binding::And
            } else {
                within
            };
            self.write(*part, within, Type::Truth);
        }
        self.close(open);
    }

    fn call(&mut self, function: &str, inner: NodeId, rest: &str) {
        self.text.push_str(function);
        self.text.push('(');
        self.write(inner, Binding::Or, Type::Date);
        self.text.push_str(rest);
        self.text.push(')');
    }

    fn constant(&mut self, value: i64, as_type: Type) {
        let position = usize::try_from(value).ok();
        let text = match as_type {
            Type::Truth => if value == 0 { "no" } else { "yes" }.to_owned(),
            Type::Choice(choice) => {
                let set = self.pack.vocabulary.choices.get(choice.index());
                let term = set.and_then(|set| set.options.get(position?));
                format!("\"{}\"", term.map_or("", String::as_str))
            }
            Type::Outcome(point) => {
                let point = self.pack.points.get(point.index());
                let term = point.and_then(|point| point.outcomes.get(position?));
                format!("\"{}\"", term.map_or("", String::as_str))
            }
            Type::Number(scale) => decimal(value, scale),
            Type::Money => format!("¥{}", decimal(value, 2).trim_end_matches(".00")),
            Type::Date => Date::from_days(value).to_string(),
        };
        self.text.push_str(&text);
    }

    /// The two sides of `a >= b and b >= a`.
    fn equality(&self, parts: &[NodeId]) -> Option<(NodeId, NodeId)> {
        let [first, second] = parts else { return None };
        let node = |id: &NodeId| self.pack.nodes.get(id.index());
        match (node(first)?, node(second)?) {
            (Node::AtLeast(a, b), Node::AtLeast(c, d)) if a == d && b == c => {
                Some(if self.is_literal(*a) {
                    (*b, *a)
                } else {
                    (*a, *b)
                })
            }
            _ => None,
        }
    }

    fn is_literal(&self, id: NodeId) -> bool {
        matches!(
            self.pack.nodes.get(id.index()),
            Some(Node::Constant(_) | Node::Option(..))
        )
    }

    /// The type of an expression; `None` for a literal, which takes the type of the other side.
    fn type_of(&self, id: NodeId) -> Option<Type> {
        match self.pack.nodes.get(id.index())? {
            Node::Constant(_) => None,
            Node::Today | Node::AddMonths(..) | Node::Schedule { .. } => Some(Type::Date),
            Node::Fact(fact) => {
                let fact = self.pack.vocabulary.facts.get(fact.index())?;
                Some(match &fact.kind {
                    FactKind::YesNo => Type::Truth,
                    FactKind::Choice(choice) => Type::Choice(*choice),
                    FactKind::Number { scale, .. } => Type::Number(*scale),
                    FactKind::Money { .. } => Type::Money,
                    FactKind::Date { .. } => Type::Date,
                    FactKind::Text { .. } | FactKind::Records { .. } => Type::Number(0),
                })
            }
            Node::Point(point) => Some(Type::Outcome(*point)),
            Node::Option(choice, _) => Some(Type::Choice(*choice)),
            Node::Not(_) | Node::All(_) | Node::Any(_) | Node::AtLeast(..) | Node::OneOf(..) => {
                Some(Type::Truth)
            }
            Node::If(_, then, otherwise) => {
                self.type_of(*then).or_else(|| self.type_of(*otherwise))
            }
            Node::Add(left, right) => self.type_of(*left).or_else(|| self.type_of(*right)),
            Node::YearsSince(_)
            | Node::MonthsSince(_)
            | Node::YearsUntil(_)
            | Node::MonthsUntil(_)
            | Node::Count { .. } => Some(Type::Number(0)),
        }
    }

    fn open(&mut self, needed: bool) -> bool {
        if needed {
            self.text.push('(');
        }
        needed
    }

    fn close(&mut self, needed: bool) {
        if needed {
            self.text.push(')');
        }
    }
}
