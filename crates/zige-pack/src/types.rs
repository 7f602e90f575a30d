//! Type checking, and from expressions to nodes.

use std::collections::BTreeMap;

use zige_core::ids::{ChoiceId, FactId, NodeId, PointId, ScheduleId};
use zige_core::pack::{FactRole, Node, Point};

use crate::blocks::{ChoiceSource, DerivedSource, FactSource, KindSource, Rule, ScheduleSource};
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::expression::{Comparison, Expression, What};
use crate::known::Known;
use crate::lower::{Arena, wavers};
use crate::scope::{Named, Scope};
use crate::source::Text;
use crate::suggest::{choose, labelled, nearest};

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    YesNo,
    /// Decimal places.
    Number(u8),
    Money,
    Date,
    Choice(ChoiceId),
    Outcome(PointId),
    /// A mistake has been reported.
    Wrong,
}

/// A checked expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) kind: Type,
    pub(crate) node: NodeId,
}

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A condition, a case, a benefit, a grade.
    Rule,
    /// Facts that fit together: two dates may be compared, points have no say.
    Constraint,
    /// When a fact applies: points have no say.
    Guard,
}

/// Everything that a rule can refer to.
#[derive(Debug)]
pub(crate) struct World<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) choices: &'a [ChoiceSource],
    pub(crate) facts: &'a [FactSource],
    /// The type of each fact in rules; none for texts and lists.
    pub(crate) fact_types: Vec<Option<Type>>,
    /// The list that each fact is a part of.
    pub(crate) record_of: Vec<Option<FactId>>,
    pub(crate) schedules: &'a [ScheduleSource],
    pub(crate) points: Vec<&'a Point>,
    pub(crate) derived: Vec<&'a DerivedSource>,
}

/// How deep expressions may be nested once derived ones are put in their place.
const DEEPEST: usize = 120;
/// How many expressions one rule may be made of, derived ones included.
const MOST_STEPS: u32 = 20_000;

/// Checks rules and lowers them into an arena.
pub(crate) struct Checker<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) arena: &'a mut Arena,
    pub(crate) problems: &'a mut Vec<Diagnostic>,
    /// Derived expressions that need no guard, once lowered.
    derived: BTreeMap<usize, Typed>,
    /// How often each derived expression was used.
    pub(crate) derived_used: Vec<bool>,
    purpose: Purpose,
    known: Known,
    /// The derived expressions that are being put in place.
    within: Vec<usize>,
    /// Where the outermost derived expression is used.
    outermost: Option<Place>,
    /// The list whose records a filter is about.
    list: Option<FactId>,
    depth: usize,
    steps: u32,
    /// Whether a guard was looked at since this was last cleared.
    guarded: bool,
    /// Whether this is about a fact's guard.
    in_guard: bool,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(
        world: &'a World<'a>,
        arena: &'a mut Arena,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Checker<'a> {
        Checker {
            derived_used: vec![false; world.derived.len()],
            world,
            arena,
            problems,
            derived: BTreeMap::new(),
            purpose: Purpose::Rule,
            known: Known::default(),
            within: Vec::new(),
            outermost: None,
            list: None,
            depth: 0,
            steps: 0,
            guarded: false,
            in_guard: false,
        }
    }

    /// Lowers a rule that must be yes/no; `None` when it has a mistake.
    pub(crate) fn rule(&mut self, rule: &Rule, purpose: Purpose) -> Option<NodeId> {
        self.start(purpose, None);
        let before = self.problems.len();
        let typed = self.yes_no(&rule.expression);
        self.small_enough(typed, rule.place);
        (self.problems.len() == before && typed.kind != Type::Wrong).then_some(typed.node)
    }

    fn small_enough(&mut self, typed: Typed, place: Place) {
        if self.arena.steps(typed.node) > MOST_STEPS {
            self.problems.push(
                Diagnostic::error(
                    Kind::TooLarge,
                    place,
                    "this rule is too large once its derived parts are put in place",
                )
                .mend("simplify it"),
            );
        }
    }

    /// Lowers the guard of a fact.
    pub(crate) fn guard(&mut self, guard: &Rule, fact: &FactSource) -> Option<NodeId> {
        let list =
            fact.record
                .as_ref()
                .and_then(|record| match self.world.scope.get(&record.text) {
                    Some(Named::Fact(list)) => Some(list),
                    _ => None,
                });
        self.start(Purpose::Guard, list);
        let before = self.problems.len();
        let typed = self.yes_no(&guard.expression);
        self.small_enough(typed, guard.place);
        (self.problems.len() == before && typed.kind != Type::Wrong).then_some(typed.node)
    }

    /// Does something whose mistakes have been reported already.
    pub(crate) fn quietly<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.problems.len();
        let done = act(self);
        self.problems.truncate(before);
        done
    }

    fn start(&mut self, purpose: Purpose, list: Option<FactId>) {
        self.purpose = purpose;
        self.known = Known::default();
        self.within.clear();
        self.outermost = None;
        self.list = list;
        self.depth = 0;
        self.steps = 0;
    }

    /// Checks a derived expression that nothing uses, for its mistakes alone.
    pub(crate) fn derived(&mut self, index: usize) {
        let Some(derived) = self.world.derived.get(index) else {
            return;
        };
        self.start(Purpose::Rule, None);
        self.within.push(index);
        self.expression(&derived.rule.expression, None);
    }

    fn wrong(&mut self, place: Place) -> Typed {
        Typed {
            kind: Type::Wrong,
            node: self.arena.constant(0, place),
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        let problem = match self.outermost {
            Some(place) if place != problem.place => problem.also(place, "used from here"),
            _ => problem,
        };
        self.problems.push(problem);
    }

    fn yes_no(&mut self, expression: &Expression) -> Typed {
        let typed = self.expression(expression, Some(Type::YesNo));
        let typed = self.as_yes_no(typed, expression.place);
        match typed.kind {
            Type::YesNo | Type::Wrong => typed,
            Type::Outcome(point) => {
                let outcomes = self.outcomes(point);
                self.report(
                    Diagnostic::error(
                        Kind::Outcomes,
                        expression.place,
                        format!(
                            "point `{}` has {} outcomes, so it is neither yes nor no",
                            self.point_id(point),
                            outcomes.len()
                        ),
                    )
                    .mend(format!(
                        "compare it with an outcome, such as `{} == \"{}\"`",
                        self.point_id(point),
                        outcomes.last().map_or("", String::as_str)
                    )),
                );
                self.wrong(expression.place)
            }
            kind => {
                let what = self.describe(kind);
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        expression.place,
                        format!("expected yes or no, found {what}"),
                    )
                    .label(format!("this is {what}"))
                    .mend("compare it with something, such as `>= 5`"),
                );
                self.wrong(expression.place)
            }
        }
    }

    /// A point with two outcomes stands for yes/no.
    fn as_yes_no(&mut self, typed: Typed, place: Place) -> Typed {
        match typed.kind {
            Type::Outcome(point) if self.outcomes(point).len() == 2 => Typed {
                kind: Type::YesNo,
                node: self.one_of(typed, 0b10, place),
            },
            _ => typed,
        }
    }

    fn expression(&mut self, expression: &Expression, expected: Option<Type>) -> Typed {
        self.depth += 1;
        self.steps += 1;
        let place = expression.place;
        let typed = if self.depth > DEEPEST || self.steps > MOST_STEPS {
            if self.depth <= DEEPEST + 1 && self.steps <= MOST_STEPS + 1 {
                self.report(
                    Diagnostic::error(
                        Kind::TooLarge,
                        place,
                        "this rule is too large once its derived parts are put in place",
                    )
                    .mend("simplify it"),
                );
            }
            self.wrong(place)
        } else {
            self.what(expression, expected)
        };
        self.depth -= 1;
        typed
    }

    fn what(&mut self, expression: &Expression, expected: Option<Type>) -> Typed {
        let place = expression.place;
        let typed = |kind, node| Typed { kind, node };
        match &expression.what {
            What::Wrong => {
                // Its mistake has been reported; the count of problems tells the rule's owner.
                self.wrong(place)
            }
            What::Number { value, places } => self.number(*value, *places, expected, place),
            What::Money(value) => typed(Type::Money, self.arena.constant(*value, place)),
            What::Date(date) => typed(Type::Date, self.arena.constant(date.days(), place)),
            What::YesNo(yes) => typed(Type::YesNo, self.arena.constant(i64::from(*yes), place)),
            What::Today => typed(Type::Date, self.arena.add(Node::Today, place)),
            What::Option(text) => self.option(text, expected, place),
            What::Name(name) => self.name(name, place),
            What::Not(inner) => {
                let inner = self.yes_no(inner);
                match inner.kind {
                    Type::Wrong => inner,
                    _ => typed(Type::YesNo, self.arena.not(inner.node, place)),
                }
            }
            What::All(parts) => self.chain(parts, true, place),
            What::Any(parts) => self.chain(parts, false, place),
            What::Compare(comparison, left, right) => self.compare(*comparison, left, right, place),
            What::In(inner, options, positive) => self.membership(inner, options, *positive, place),
            What::If(condition, then, otherwise) => {
                self.choice(condition, then, otherwise, expected, place)
            }
            What::Add(left, right) => self.sum(left, right, false, place),
            What::Subtract(left, right) => self.sum(left, right, true, place),
            What::Call(function, arguments) => self.call(function, arguments, place),
        }
    }

    /// `and` and `or`: what stands further left is known further right.
    fn chain(&mut self, parts: &[Expression], conjunction: bool, place: Place) -> Typed {
        let outside = self.known.clone();
        let mut nodes = Vec::new();
        let mut sound = true;
        for part in parts {
            let typed = self.yes_no(part);
            sound &= typed.kind != Type::Wrong;
            self.known = self.known.and(self.arena, typed.node, conjunction);
            nodes.push(typed.node);
        }
        self.known = outside;
        if !sound {
            return self.wrong(place);
        }
        Typed {
            kind: Type::YesNo,
            node: match conjunction {
                true => self.arena.all(nodes, place),
                false => self.arena.any(nodes, place),
            },
        }
    }

    fn choice(
        &mut self,
        condition: &Expression,
        then: &Expression,
        otherwise: &Expression,
        expected: Option<Type>,
        place: Place,
    ) -> Typed {
        let outside = self.known.clone();
        let test = self.yes_no(condition);
        self.known = outside.and(self.arena, test.node, true);
        let mut yes = self.expression(then, expected);
        self.known = outside.and(self.arena, test.node, false);
        let expected = match yes.kind {
            Type::Wrong => expected,
            kind => Some(kind),
        };
        let mut no = self.expression(otherwise, expected);
        self.known = outside;
        if yes.kind != no.kind {
            yes = self.as_yes_no(yes, then.place);
            no = self.as_yes_no(no, otherwise.place);
        }
        if [test.kind, yes.kind, no.kind].contains(&Type::Wrong) {
            return self.wrong(place);
        }
        let Some((kind, yes, no)) = self.alike(yes, no) else {
            let (a, b) = (self.describe(yes.kind), self.describe(no.kind));
            self.report(
                Diagnostic::error(
                    Kind::Types,
                    otherwise.place,
                    format!("`then` gives {a}, but `else` gives {b}"),
                )
                .label(format!("this is {b}"))
                .also(then.place, format!("this is {a}"))
                .mend("let both give the same kind of value"),
            );
            return self.wrong(place);
        };
        if kind == Type::YesNo {
            let otherwise = self.arena.not(test.node, place);
            let first = self.arena.all(vec![test.node, yes], place);
            let second = self.arena.all(vec![otherwise, no], place);
            return Typed {
                kind,
                node: self.arena.any(vec![first, second], place),
            };
        }
        if !self.arena.depends(test.node).is_empty() {
            self.report(
                Diagnostic::error(
                    Kind::Comparison,
                    condition.place,
                    "what stands after `if` depends on a date or number",
                )
                .label("this does")
                .mend("let it depend on choices and points only, or write the rule with `and` and `or`")
                .chinese("if 后面的条件只能看选择题、是非题和待认定，不能看日期和数：改问“在哪一档”（scale），或者分几种情形用 and、or 写；积分怎样写，见 CONTRIBUTING.zh-CN.md 第7步"),
            );
            return self.wrong(place);
        }
        Typed {
            kind,
            node: self.arena.add(Node::If(test.node, yes, no), place),
        }
    }

    fn sum(&mut self, left: &Expression, right: &Expression, minus: bool, place: Place) -> Typed {
        let a = self.expression(left, None);
        let b = self.expression(right, Some(a.kind));
        if a.kind == Type::Wrong || b.kind == Type::Wrong {
            return self.wrong(place);
        }
        let alike = match (a.kind, b.kind) {
            (Type::Number(_) | Type::Money, _) => self.alike(a, b),
            _ => None,
        };
        let Some((kind, a_node, b_node)) = alike else {
            let (first, second) = (self.describe(a.kind), self.describe(b.kind));
            let sign = if minus { "-" } else { "+" };
            let mend = match a.kind {
                Type::Date => {
                    "use `add_years(date, n)`, `add_months(date, n)`, `years_since(date)` or `months_since(date)`"
                }
                _ => "add numbers to numbers and amounts to amounts",
            };
            self.report(
                Diagnostic::error(
                    Kind::Types,
                    place,
                    format!("`{sign}` cannot join {first} and {second}"),
                )
                .mend(mend),
            );
            return self.wrong(place);
        };
        let b_node = match (minus, self.arena.node(b_node).clone()) {
            (false, _) => b_node,
            (true, Node::Constant(value)) => {
                self.arena.constant(value.saturating_neg(), right.place)
            }
            (true, _) => {
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        right.place,
                        "only a number written out can be subtracted",
                    )
                    .mend("move it to the other side of the comparison and add it there"),
                );
                return self.wrong(place);
            }
        };
        if wavers(
            self.arena.depends(a_node),
            self.arena.depends(b_node),
            false,
        ) {
            return self.wavering(place);
        }
        Typed {
            kind,
            node: self.arena.add(Node::Add(a_node, b_node), place),
        }
    }

    fn wavering(&mut self, place: Place) -> Typed {
        self.report(
            Diagnostic::error(
                Kind::Comparison,
                place,
                "both sides move with the same date or number, so that this could change more than once",
            )
            .mend("compare the date or number with something that does not depend on it")
                .chinese("比较的两边用了同一个日期或者同一个数：一边改成写出来的日期或者数"),
        );
        self.wrong(place)
    }

    /// Two values of one type, the literal one adapted to the other's decimal places.
    fn alike(&mut self, a: Typed, b: Typed) -> Option<(Type, NodeId, NodeId)> {
        match (a.kind, b.kind) {
            (Type::Number(x), Type::Number(y)) if x != y => {
                let (a_literal, b_literal) = (self.literal(a.node), self.literal(b.node));
                if let (Some(value), true) = (b_literal, x > y) {
                    let node = self.rescaled(value, y, x, b.node)?;
                    return Some((a.kind, a.node, node));
                }
                if let (Some(value), true) = (a_literal, y > x) {
                    let node = self.rescaled(value, x, y, a.node)?;
                    return Some((b.kind, node, b.node));
                }
                None
            }
            (x, y) if x == y => Some((x, a.node, b.node)),
            _ => None,
        }
    }

    fn literal(&self, node: NodeId) -> Option<i64> {
        match self.arena.node(node) {
            Node::Constant(value) => Some(*value),
            _ => None,
        }
    }

    fn rescaled(&mut self, value: i64, from: u8, to: u8, node: NodeId) -> Option<NodeId> {
        let factor = 10_i64.checked_pow(u32::from(to.checked_sub(from)?))?;
        let place = self.arena.place(node)?;
        Some(self.arena.constant(value.checked_mul(factor)?, place))
    }

    fn number(&mut self, value: i64, places: u8, expected: Option<Type>, place: Place) -> Typed {
        let (value, places) = match expected {
            // `2.50` is `2.5`.
            Some(Type::Number(wanted)) if wanted < places => {
                let spare = 10_i64.pow(u32::from(places - wanted).min(15));
                match value % spare {
                    0 => (value / spare, wanted),
                    _ => {
                        let what = self.describe(Type::Number(wanted));
                        self.report(
                            Diagnostic::error(
                                Kind::Types,
                                place,
                                format!("this number has {places} decimal places, but is compared with {what}"),
                            )
                            .mend("write it with fewer decimal places"),
                        );
                        return self.wrong(place);
                    }
                }
            }
            _ => (value, places),
        };
        Typed {
            kind: Type::Number(places),
            node: self.arena.constant(value, place),
        }
    }

    fn option(&mut self, text: &str, expected: Option<Type>, place: Place) -> Typed {
        match expected {
            Some(kind @ (Type::Choice(_) | Type::Outcome(_))) => {
                match self.position(kind, text, place) {
                    Some(position) => Typed {
                        kind,
                        node: match kind {
                            Type::Choice(choice) => {
                                self.arena.add(Node::Option(choice, position), place)
                            }
                            _ => self.arena.constant(i64::from(position), place),
                        },
                    },
                    None => self.wrong(place),
                }
            }
            Some(Type::Wrong) => self.wrong(place),
            Some(Type::Date) => {
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        place,
                        "a date in a rule stands without quotation marks",
                    )
                    .mend(format!("write `{text}`")),
                );
                self.wrong(place)
            }
            Some(kind) => {
                let what = self.describe(kind);
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        place,
                        format!("the option `\"{text}\"` stands where {what} is expected"),
                    )
                    .mend(
                        "options can be compared with facts of type `choice` and with points only",
                    ),
                );
                self.wrong(place)
            }
            None => {
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        place,
                        format!("it is not clear of which scale or list `\"{text}\"` is an option"),
                    )
                    .mend("compare it with a fact: `title_level >= \"中级\"`"),
                );
                self.wrong(place)
            }
        }
    }

    /// The position of an option or outcome.
    fn position(&mut self, kind: Type, text: &str, place: Place) -> Option<u16> {
        let (owner, options): (String, Vec<String>) = match kind {
            Type::Choice(choice) => {
                let choice = self.world.choices.get(choice.index())?;
                let what = if choice.ordered { "scale" } else { "list" };
                (
                    format!("{what} `{}`", choice.id.text),
                    choice.options.clone(),
                )
            }
            Type::Outcome(point) => (
                format!("point `{}`", self.point_id(point)),
                self.outcomes(point).to_vec(),
            ),
            _ => return None,
        };
        let squeezed = crate::fold::squeeze(text);
        let position = options
            .iter()
            .position(|option| crate::fold::squeeze(option) == squeezed);
        if position.is_none() {
            let word = match kind {
                Type::Outcome(_) => "outcome",
                _ => "option",
            };
            self.report(
                Diagnostic::error(
                    Kind::UnknownOption,
                    place,
                    format!("{owner} has no {word} `{text}`"),
                )
                .choose(text, options.iter().map(String::as_str)),
            );
        }
        u16::try_from(position?).ok()
    }

    fn name(&mut self, name: &str, place: Place) -> Typed {
        match self.world.scope.get(name) {
            Some(Named::Fact(fact)) => self.fact(fact, name, place),
            Some(Named::Point(point)) => self.point(point, name, place),
            Some(Named::Derived(index)) => self.put_in_place(index, name, place),
            Some(other) => {
                let what = other.word();
                let mend = match other {
                    Named::Condition => {
                        "conditions are combined in the `require` of a check; to share a rule, give it a name with a `derived` block"
                    }
                    Named::Schedule(_) => "write `schedule(name, row, date_of_birth)`",
                    _ => "use a fact, a point or a derived expression",
                };
                self.report(
                    Diagnostic::error(
                        Kind::UnknownName,
                        place,
                        format!("`{name}` is a {what}, which cannot stand in a rule"),
                    )
                    .mend(mend),
                );
                self.wrong(place)
            }
            None => self.unknown(name, place),
        }
    }

    /// The fact whose label was written in the place of its id.
    fn labelled(&self, label: &str) -> Option<&str> {
        let facts = self.world.facts.iter();
        labelled(
            label,
            facts.map(|fact| (fact.id.text.as_str(), fact.label.as_str())),
        )
    }

    fn unknown(&mut self, name: &str, place: Place) -> Typed {
        let problem = Diagnostic::error(
            Kind::UnknownName,
            place,
            format!("there is no fact, point or derived expression `{name}`"),
        );
        let is_option = self
            .world
            .choices
            .iter()
            .any(|choice| choice.options.iter().any(|option| option == name));
        let (mend, chinese) = if is_option {
            (
                format!("an option stands in quotation marks: `\"{name}\"`"),
                format!("选项要放在引号里：\"{name}\""),
            )
        } else {
            let instead = |word: &str| (format!("write `{word}`"), format!("改成 {word}"));
            let near = nearest(name, self.world.scope.usable()).or_else(|| self.labelled(name));
            match (near, name) {
                (_, "年龄" | "周岁" | "年纪") => instead("age(birth_date)"),
                (_, "工龄" | "工作年限") => instead("years_since(work_start)"),
                (_, "true") => instead("yes"),
                (_, "false") => instead("no"),
                (_, "AND" | "OR" | "NOT" | "IN" | "IF" | "THEN" | "ELSE") => {
                    let word = name.to_lowercase();
                    (
                        format!("write it in lower case: `{word}`"),
                        format!("要写小写：{word}"),
                    )
                }
                (Some(near), _) => (
                    format!("did you mean `{near}`?"),
                    format!("没有这个名称，是不是要写 `{near}`？"),
                ),
                (None, _) => (
                    "correct the name, or add a `fact` to `vocabulary.md`, or a `point` or `derived` block to the policy".to_owned(),
                    "没有这个名称：拼错了的，照 vocabulary.md 里的代号改；要问申请人的，在 vocabulary.md 里加 fact；主管部门说了算的，在这份文档里加 point；给一段规则起的名字，加 derived".to_owned(),
                ),
            }
        };
        self.report(problem.mend(mend).chinese(chinese));
        self.wrong(place)
    }

    fn fact(&mut self, id: FactId, name: &str, place: Place) -> Typed {
        let Some(fact) = self.world.facts.get(id.index()) else {
            return self.wrong(place);
        };
        let record_of = self.world.record_of.get(id.index()).copied().flatten();
        let problem = |message: String| Diagnostic::error(Kind::Types, place, message);
        let Some(kind) = self.world.fact_types.get(id.index()).copied().flatten() else {
            let problem = match fact.kind {
                KindSource::Records { .. } => problem(format!("`{name}` is a list of records")).mend(
                    format!("count its records: `count({name}) >= 1`, `any({name}, …)`, `all({name}, …)`"),
                ),
                _ => problem(format!("`{name}` is a text, which no rule can judge"))
                    .mend("ask a yes/no or choice question instead"),
            };
            self.report(problem);
            return self.wrong(place);
        };
        if fact.role == FactRole::Form {
            self.report(
                problem(format!("`{name}` is only asked for forms"))
                    .also(fact.place, "declared with `role = \"form\"`")
                    .mend("remove `role = \"form\"` from the fact, or use another fact"),
            );
            return self.wrong(place);
        }
        if record_of != self.list {
            let list = |id: FactId| {
                self.world
                    .facts
                    .get(id.index())
                    .map_or("", |fact| fact.id.text.as_str())
            };
            let problem = match (record_of, self.list) {
                (Some(own), _) => problem(format!(
                    "`{name}` belongs to each record of `{}`, not to the person",
                    list(own)
                ))
                .mend(format!("write `any({0}, …{name}…)`, `all({0}, …)` or `count({0}, …)`", list(own))),
                (None, Some(of)) => problem(format!(
                    "`{name}` belongs to the person, but this rule is about the records of `{}`",
                    list(of)
                ))
                .mend("use only facts of the record inside `count`, `any` and `all`; put the rest outside with `and`"),
                (None, None) => problem(format!("`{name}` cannot stand here"))
                    .mend("use a fact of the person"),
            };
            self.report(problem);
            return self.wrong(place);
        }
        let node = self.arena.add(Node::Fact(id), place);
        if let Some(guard) = &fact.guard
            && !self.guard_holds(id, guard)
        {
            self.report(
                Diagnostic::error(
                    Kind::Guard,
                    place,
                    format!("`{name}` does not apply to everybody"),
                )
                .label("used without its guard")
                .also(guard.place, "it applies only when this holds")
                .mend(format!(
                    "require the guard first, further left: `{} and {name} …`",
                    self.text_of(guard)
                )),
            );
            return self.wrong(place);
        }
        Typed { kind, node }
    }

    fn text_of(&self, rule: &Rule) -> String {
        rule.text.trim().to_owned()
    }

    /// Whether a fact's guard is known to hold here.
    fn guard_holds(&mut self, fact: FactId, guard: &Rule) -> bool {
        self.guarded = true;
        // The guard of a fact in a guard is the business of that guard.
        if self.in_guard {
            return true;
        }
        // A guard is checked on its own elsewhere; here only its meaning counts.
        let mut ignored = Vec::new();
        let mut inner = Checker::new(self.world, self.arena, &mut ignored);
        inner.list = self.world.record_of.get(fact.index()).copied().flatten();
        inner.purpose = Purpose::Guard;
        inner.steps = self.steps;
        inner.depth = self.depth + 1;
        inner.in_guard = true;
        let typed = inner.yes_no(&guard.expression);
        self.steps = inner.steps;
        typed.kind == Type::Wrong || self.known.implies(self.arena, typed.node)
    }

    fn point(&mut self, point: PointId, name: &str, place: Place) -> Typed {
        let problem = match (self.purpose, self.list) {
            (Purpose::Constraint, _) => Some("a constraint cannot depend on"),
            (Purpose::Guard, _) => Some("a guard cannot depend on"),
            (Purpose::Rule, Some(_)) => Some("a rule about records cannot depend on"),
            (Purpose::Rule, None) => None,
        };
        if let Some(what) = problem {
            self.report(
                Diagnostic::error(
                    Kind::Types,
                    place,
                    format!("{what} `{name}`, which only an authority can settle"),
                )
                .mend("use facts only"),
            );
            return self.wrong(place);
        }
        Typed {
            kind: Type::Outcome(point),
            node: self.arena.add(Node::Point(point), place),
        }
    }

    /// A derived expression in place of its name.
    fn put_in_place(&mut self, index: usize, name: &str, place: Place) -> Typed {
        if let Some(used) = self.derived_used.get_mut(index) {
            *used = true;
        }
        if self.within.contains(&index) {
            let derived = self.world.derived.get(index);
            let mut problem = Diagnostic::error(
                Kind::Circle,
                place,
                format!("`{name}` is made of itself"),
            )
            .mend("let derived expressions refer to facts and to other derived expressions only, never in a circle");
            if let Some(derived) = derived {
                problem = problem.also(derived.id.place, "it is defined here");
            }
            self.problems.push(problem);
            return self.wrong(place);
        }
        if let (Some(known), None, Purpose::Rule) =
            (self.derived.get(&index), self.list, self.purpose)
        {
            return *known;
        }
        let Some(derived) = self.world.derived.get(index) else {
            return self.wrong(place);
        };
        let outer = (self.outermost, self.guarded);
        self.outermost = Some(self.outermost.unwrap_or(place));
        self.guarded = false;
        self.within.push(index);
        let typed = self.expression(&derived.rule.expression, None);
        self.within.pop();
        if !self.guarded && self.list.is_none() && self.purpose == Purpose::Rule {
            self.derived.insert(index, typed);
        }
        self.outermost = outer.0;
        self.guarded |= outer.1;
        typed
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: &Expression,
        right: &Expression,
        place: Place,
    ) -> Typed {
        // A literal takes its type from the other side.
        let left_is_literal = matches!(left.what, What::Option(_) | What::Number { .. });
        let right_is_literal = matches!(right.what, What::Option(_) | What::Number { .. });
        if left_is_literal && !right_is_literal {
            return self.compare(comparison.mirrored(), right, left, place);
        }
        let a = self.expression(left, None);
        let b = self.expression(right, Some(a.kind));
        if a.kind == Type::Wrong || b.kind == Type::Wrong {
            return self.wrong(place);
        }
        let (mut a, mut b) = (a, b);
        if a.kind != b.kind {
            a = self.as_yes_no(a, left.place);
            b = self.as_yes_no(b, right.place);
        }
        let Some((kind, a_node, b_node)) = self.alike(a, b) else {
            return self.unlike(comparison, (a.kind, left), (b.kind, right), place);
        };
        let ordered = match kind {
            Type::Choice(choice) => self
                .world
                .choices
                .get(choice.index())
                .is_some_and(|choice| choice.ordered),
            Type::YesNo => false,
            _ => true,
        };
        if !ordered && !matches!(comparison, Comparison::Equal | Comparison::Unequal) {
            let what = self.describe(kind);
            self.report(
                Diagnostic::error(
                    Kind::Types,
                    place,
                    format!(
                        "`{}` needs an order, and {what} has none",
                        comparison.sign()
                    ),
                )
                .mend(
                    "use `==`, `!=` or `in […]`; a list whose options have an order is a `scale`",
                ),
            );
            return self.wrong(place);
        }
        let a = Typed { kind, node: a_node };
        let b = Typed { kind, node: b_node };
        let node = match kind {
            Type::YesNo => self.same_answer(comparison, a.node, b.node, place),
            Type::Choice(_) | Type::Outcome(_) => match self.option_position(b.node) {
                Some(position) => {
                    let bits = bits(comparison, position) & self.every_option(kind);
                    self.one_of(a, bits, place)
                }
                None => self.ordered(comparison, a.node, b.node, place),
            },
            _ => {
                if wavers(self.arena.depends(a.node), self.arena.depends(b.node), true) {
                    return self.wavering(place);
                }
                let node = self.ordered(comparison, a.node, b.node, place);
                return self.leaf(node, place);
            }
        };
        Typed {
            kind: Type::YesNo,
            node,
        }
    }

    /// Refuses comparisons of several dates or numbers.
    fn leaf(&mut self, node: NodeId, place: Place) -> Typed {
        let most = match self.purpose {
            Purpose::Constraint if self.list.is_none() => 2,
            _ => 1,
        };
        let mut often = false;
        self.arena.visit(&[node], false, &mut |inner| {
            let compares = matches!(self.arena.node(inner), Node::AtLeast(..));
            often |= compares && self.arena.turns_often(inner);
        });
        if often {
            self.report(
                Diagnostic::error(
                    Kind::Comparison,
                    place,
                    "both sides move as the days pass, so that this could change more than once",
                )
                .mend("compare the dates themselves, or one side with a written date or number")
                .chinese("比较的两边都随着日子变：直接比两个日期，或者一边写成写出来的日期、数"),
            );
            return self.wrong(place);
        }
        let count = self.arena.depends(node).len();
        if count > most {
            self.report(
                Diagnostic::error(
                    Kind::Comparison,
                    place,
                    format!("this comparison depends on {count} dates or numbers"),
                )
                .label(format!("at most {most} can be compared at once"))
                .mend("compare each with `today` or with a written date or number, or ask for the difference itself")
                .chinese("一个比较里只能有一个日期或者一个数：拆成几个比较，用 and、or 连起来；要把几个数加起来的，见 CONTRIBUTING.zh-CN.md 第7步"),
            );
            return self.wrong(place);
        }
        Typed {
            kind: Type::YesNo,
            node,
        }
    }

    fn unlike(
        &mut self,
        comparison: Comparison,
        a: (Type, &Expression),
        b: (Type, &Expression),
        place: Place,
    ) -> Typed {
        let (first, second) = (self.describe(a.0), self.describe(b.0));
        let (mend, chinese) = match (a.0, b.0) {
            (Type::Money, Type::Number(_)) | (Type::Number(_), Type::Money) => (
                "write amounts in 元 with `¥`: `¥1000`",
                "金额前面要写 ¥，以元为单位，如 ¥1000",
            ),
            (Type::Date, Type::Number(_)) | (Type::Number(_), Type::Date) => (
                "turn the date into a number with `age(…)`, `years_since(…)` or `years_until(…)`, or write a date like `2025-01-01`",
                "日期不能直接和数比：几周岁写 age(…)，满几年写 years_since(…)，还有几年写 years_until(…)",
            ),
            (Type::YesNo, _) | (_, Type::YesNo) => (
                "compare a yes/no fact with `yes` or `no`",
                "是非题只能和 yes、no 比；“是”直接写问题的代号，“否”前面加 not",
            ),
            _ => (
                "compare values of one type",
                "两边不是一类东西，不能比：数和数比，日期和日期比，选项和自己的选项比",
            ),
        };
        self.report(
            Diagnostic::error(
                Kind::Types,
                place,
                format!("`{}` compares {first} with {second}", comparison.sign()),
            )
            .also(a.1.place, format!("this is {first}"))
            .also(b.1.place, format!("this is {second}"))
            .mend(mend)
            .chinese(chinese),
        );
        self.wrong(place)
    }

    /// `a == b` of yes/no values.
    fn same_answer(
        &mut self,
        comparison: Comparison,
        a: NodeId,
        b: NodeId,
        place: Place,
    ) -> NodeId {
        let same = match (self.literal(a), self.literal(b)) {
            (_, Some(0)) => self.arena.not(a, place),
            (_, Some(_)) => a,
            (Some(0), _) => self.arena.not(b, place),
            (Some(_), _) => b,
            _ => {
                let (not_a, not_b) = (self.arena.not(a, place), self.arena.not(b, place));
                let both = self.arena.all(vec![a, b], place);
                let neither = self.arena.all(vec![not_a, not_b], place);
                self.arena.any(vec![both, neither], place)
            }
        };
        match comparison {
            Comparison::Unequal => self.arena.not(same, place),
            _ => same,
        }
    }

    /// A comparison in terms of “at least”.
    fn ordered(&mut self, comparison: Comparison, a: NodeId, b: NodeId, place: Place) -> NodeId {
        let mut at_least = |a, b| self.arena.add(Node::AtLeast(a, b), place);
        match comparison {
            Comparison::AtLeast => at_least(a, b),
            Comparison::AtMost => at_least(b, a),
            Comparison::MoreThan => {
                let opposite = at_least(b, a);
                self.arena.not(opposite, place)
            }
            Comparison::LessThan => {
                let opposite = at_least(a, b);
                self.arena.not(opposite, place)
            }
            Comparison::Equal | Comparison::Unequal => {
                let (one, other) = (at_least(a, b), at_least(b, a));
                let equal = self.arena.all(vec![one, other], place);
                match comparison {
                    Comparison::Equal => equal,
                    _ => self.arena.not(equal, place),
                }
            }
        }
    }

    fn option_position(&self, node: NodeId) -> Option<u16> {
        match self.arena.node(node) {
            Node::Option(_, position) => Some(*position),
            Node::Constant(position) => u16::try_from(*position).ok(),
            _ => None,
        }
    }

    fn every_option(&self, kind: Type) -> u64 {
        let options = match kind {
            Type::Choice(choice) => self
                .world
                .choices
                .get(choice.index())
                .map_or(0, |choice| choice.options.len()),
            Type::Outcome(point) => self.outcomes(point).len(),
            _ => 0,
        };
        match options {
            0 => 0,
            64.. => u64::MAX,
            some => (1_u64 << some) - 1,
        }
    }

    /// Whether an option or outcome is among some, given as bits.
    fn one_of(&mut self, value: Typed, bits: u64, place: Place) -> NodeId {
        let every = self.every_option(value.kind);
        if bits & every == every {
            return self.arena.constant(1, place);
        }
        if bits & every == 0 {
            return self.arena.constant(0, place);
        }
        match value.kind {
            // Yes/no in one form only, so that it is shared.
            Type::Outcome(point) if self.outcomes(point).len() == 2 => {
                let one = self.arena.constant(1, place);
                let yes = self.arena.add(Node::AtLeast(value.node, one), place);
                match bits {
                    0b10 => yes,
                    _ => self.arena.not(yes, place),
                }
            }
            _ => self.arena.add(Node::OneOf(value.node, bits), place),
        }
    }

    fn membership(
        &mut self,
        inner: &Expression,
        options: &[Text],
        positive: bool,
        place: Place,
    ) -> Typed {
        let value = self.expression(inner, None);
        match value.kind {
            Type::Choice(_) | Type::Outcome(_) => {}
            Type::Wrong => return self.wrong(place),
            kind => {
                let what = self.describe(kind);
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        inner.place,
                        format!("`in` needs an option of a scale or list, this is {what}"),
                    )
                    .mend("compare it with `==`, `>=` or `<=`"),
                );
                return self.wrong(place);
            }
        }
        let mut bits = 0_u64;
        let mut sound = true;
        for option in options {
            match self.position(value.kind, &option.text, option.place) {
                Some(position) => bits |= 1_u64.checked_shl(u32::from(position)).unwrap_or(0),
                None => sound = false,
            }
        }
        if !sound {
            return self.wrong(place);
        }
        let among = self.one_of(value, bits, place);
        Typed {
            kind: Type::YesNo,
            node: match positive {
                true => among,
                false => self.arena.not(among, place),
            },
        }
    }

    fn call(&mut self, function: &Text, arguments: &[Expression], place: Place) -> Typed {
        const FUNCTIONS: [&str; 12] = [
            "age",
            "years_since",
            "months_since",
            "years_until",
            "months_until",
            "add_years",
            "add_months",
            "schedule",
            "count",
            "any",
            "all",
            "not",
        ];
        let number = Type::Number(0);
        match (function.text.as_str(), arguments) {
            ("age" | "years_since", [date]) => self.of_date(date, number, Node::YearsSince, place),
            ("months_since", [date]) => self.of_date(date, number, Node::MonthsSince, place),
            ("years_until", [date]) => self.of_date(date, number, Node::YearsUntil, place),
            ("months_until", [date]) => self.of_date(date, number, Node::MonthsUntil, place),
            ("add_years", [date, years]) => self.add_months(date, years, 12, place),
            ("add_months", [date, months]) => self.add_months(date, months, 1, place),
            ("schedule", [schedule, row, born]) => self.schedule(schedule, row, born, place),
            ("count", [list]) => self.count(list, None, place),
            ("count", [list, filter]) => self.count(list, Some((filter, true)), place),
            ("any", [list, filter]) => {
                let count = self.count(list, Some((filter, true)), place);
                self.at_least_one(count, true, place)
            }
            ("all", [list, filter]) => {
                let count = self.count(list, Some((filter, false)), place);
                self.at_least_one(count, false, place)
            }
            ("not", [inner]) => {
                let inner = self.yes_no(inner);
                match inner.kind {
                    Type::Wrong => inner,
                    kind => Typed {
                        kind,
                        node: self.arena.not(inner.node, place),
                    },
                }
            }
            (name, _) => {
                let usage = match name {
                    "age" | "years_since" | "months_since" | "years_until" | "months_until" => {
                        format!("write `{name}(date)`")
                    }
                    "add_years" => "write `add_years(date, 3)`".to_owned(),
                    "add_months" => "write `add_months(date, -6)`".to_owned(),
                    "schedule" => "write `schedule(retirement, male, birth_date)`".to_owned(),
                    "count" => "write `count(list)` or `count(list, rule)`".to_owned(),
                    "any" | "all" => format!("write `{name}(list, rule)`"),
                    _ => choose(name, FUNCTIONS.iter().copied().take(11)).0,
                };
                let what = match FUNCTIONS.contains(&name) {
                    true => format!("`{name}` cannot be used like this"),
                    false => format!("there is no function `{name}`"),
                };
                self.report(Diagnostic::error(Kind::Function, function.place, what).mend(usage));
                self.wrong(place)
            }
        }
    }

    fn date(&mut self, expression: &Expression) -> Option<NodeId> {
        let typed = self.expression(expression, Some(Type::Date));
        match typed.kind {
            Type::Date => Some(typed.node),
            Type::Wrong => None,
            kind => {
                let what = self.describe(kind);
                self.report(
                    Diagnostic::error(
                        Kind::Types,
                        expression.place,
                        format!("expected a date, found {what}"),
                    )
                    .mend("give a fact of type `date`, a date like `2025-01-01`, or `today`"),
                );
                None
            }
        }
    }

    fn of_date(
        &mut self,
        date: &Expression,
        kind: Type,
        make: fn(NodeId) -> Node,
        place: Place,
    ) -> Typed {
        match self.date(date) {
            Some(date) => Typed {
                kind,
                node: self.arena.add(make(date), place),
            },
            None => self.wrong(place),
        }
    }

    fn add_months(
        &mut self,
        date: &Expression,
        count: &Expression,
        factor: i64,
        place: Place,
    ) -> Typed {
        let date = self.date(date);
        let months = match count.what {
            What::Number { value, places: 0 } => value
                .checked_mul(factor)
                .filter(|months| months.abs() <= 2400)
                .and_then(|months| i32::try_from(months).ok()),
            _ => None,
        };
        let Some(months) = months else {
            self.report(
                Diagnostic::error(
                    Kind::Function,
                    count.place,
                    "this must be a whole number written out, at most 200 years",
                )
                .mend("write a number, such as `add_years(date, 3)` or `add_months(date, -6)`"),
            );
            return self.wrong(place);
        };
        match date {
            Some(date) => Typed {
                kind: Type::Date,
                node: self.arena.add(Node::AddMonths(date, months), place),
            },
            None => self.wrong(place),
        }
    }

    fn schedule(
        &mut self,
        schedule: &Expression,
        row: &Expression,
        born: &Expression,
        place: Place,
    ) -> Typed {
        let named = |expression: &Expression| match &expression.what {
            What::Name(name) | What::Option(name) => name.clone(),
            _ => String::new(),
        };
        let born = self.date(born);
        let name = named(schedule);
        let Some(Named::Schedule(id)) = self.world.scope.get(&name) else {
            let names: Vec<&str> = self
                .world
                .schedules
                .iter()
                .map(|schedule| schedule.id.text.as_str())
                .collect();
            self.report(
                Diagnostic::error(
                    Kind::UnknownName,
                    schedule.place,
                    format!("there is no schedule `{name}`"),
                )
                .choose(&name, names),
            );
            return self.wrong(place);
        };
        let rows: Vec<String> =
            self.world
                .schedules
                .get(id.index())
                .map_or_else(Vec::new, |schedule| {
                    schedule
                        .schedule
                        .rows
                        .iter()
                        .map(|row| row.id.clone())
                        .collect()
                });
        let row_name = named(row);
        let Some(position) = rows.iter().position(|own| *own == row_name) else {
            self.report(
                Diagnostic::error(
                    Kind::UnknownName,
                    row.place,
                    format!("schedule `{name}` has no row `{row_name}`"),
                )
                .choose(&row_name, rows.iter().map(String::as_str)),
            );
            return self.wrong(place);
        };
        match born {
            Some(born) => Typed {
                kind: Type::Date,
                node: self.arena.add(
                    Node::Schedule {
                        schedule: ScheduleId(id.0),
                        row: u16::try_from(position).unwrap_or(0),
                        born,
                    },
                    place,
                ),
            },
            None => self.wrong(place),
        }
    }

    /// How many records of a list satisfy (or, if the flag is false, do not satisfy) a rule.
    fn count(
        &mut self,
        list: &Expression,
        filter: Option<(&Expression, bool)>,
        place: Place,
    ) -> Typed {
        let fact = match &list.what {
            What::Name(name) => match self.world.scope.get(name) {
                Some(Named::Fact(fact)) => Some(fact),
                _ => None,
            },
            _ => None,
        };
        let is_list = |fact: &FactId| {
            self.world
                .facts
                .get(fact.index())
                .is_some_and(|fact| matches!(fact.kind, KindSource::Records { .. }))
        };
        let Some(records) = fact.filter(is_list) else {
            let lists: Vec<&str> = self
                .world
                .facts
                .iter()
                .filter(|fact| matches!(fact.kind, KindSource::Records { .. }))
                .map(|fact| fact.id.text.as_str())
                .collect();
            let written = match &list.what {
                What::Name(name) => name.clone(),
                _ => String::new(),
            };
            self.report(
                Diagnostic::error(Kind::Types, list.place, "this is not a list of records")
                    .choose(&written, lists),
            );
            return self.wrong(place);
        };
        if self.list.is_some() {
            self.report(
                Diagnostic::error(
                    Kind::Types,
                    place,
                    "records cannot be counted inside a record",
                )
                .mend("count them outside, with `and`"),
            );
            return self.wrong(place);
        }
        let guard = self
            .world
            .facts
            .get(records.index())
            .and_then(|fact| fact.guard.as_ref());
        if let Some(guard) = guard
            && !self.guard_holds(records, guard)
        {
            self.report(
                Diagnostic::error(
                    Kind::Guard,
                    list.place,
                    "this list does not apply to everybody",
                )
                .also(guard.place, "it applies only when this holds")
                .mend(format!(
                    "require the guard first, further left: `{} and …`",
                    self.text_of(guard)
                )),
            );
            return self.wrong(place);
        }
        let filter = match filter {
            None => self.arena.constant(1, place),
            Some((rule, positive)) => {
                let outside = std::mem::take(&mut self.known);
                self.list = Some(records);
                let typed = self.yes_no(rule);
                self.list = None;
                self.known = outside;
                match (typed.kind, positive) {
                    (Type::Wrong, _) => return self.wrong(place),
                    (_, true) => typed.node,
                    (_, false) => self.arena.not(typed.node, rule.place),
                }
            }
        };
        Typed {
            kind: Type::Number(0),
            node: self.arena.add(Node::Count { records, filter }, place),
        }
    }

    fn at_least_one(&mut self, count: Typed, positive: bool, place: Place) -> Typed {
        if count.kind == Type::Wrong {
            return count;
        }
        let one = self.arena.constant(1, place);
        let some = self.arena.add(Node::AtLeast(count.node, one), place);
        Typed {
            kind: Type::YesNo,
            node: match positive {
                true => some,
                false => self.arena.not(some, place),
            },
        }
    }

    fn outcomes(&self, point: PointId) -> &'a [String] {
        self.world
            .points
            .get(point.index())
            .map_or(&[], |point| point.outcomes.as_slice())
    }

    fn point_id(&self, point: PointId) -> &'a str {
        self.world
            .points
            .get(point.index())
            .map_or("", |point| point.id.as_str())
    }

    fn describe(&self, kind: Type) -> String {
        match kind {
            Type::YesNo => "yes or no".to_owned(),
            Type::Number(0) => "a whole number".to_owned(),
            Type::Number(1) => "a number with one decimal place".to_owned(),
            Type::Number(places) => format!("a number with {places} decimal places"),
            Type::Money => "an amount of money".to_owned(),
            Type::Date => "a date".to_owned(),
            Type::Choice(choice) => match self.world.choices.get(choice.index()) {
                Some(choice) => format!("an option of `{}`", choice.id.text),
                None => "an option".to_owned(),
            },
            Type::Outcome(point) => format!("an outcome of point `{}`", self.point_id(point)),
            Type::Wrong => "a mistake".to_owned(),
        }
    }
}

/// The options that a comparison with one option lets through, as bits.
fn bits(comparison: Comparison, position: u16) -> u64 {
    let one = 1_u64.checked_shl(u32::from(position)).unwrap_or(0);
    let below = one.wrapping_sub(1);
    match comparison {
        Comparison::AtLeast => !below,
        Comparison::MoreThan => !(below | one),
        Comparison::AtMost => below | one,
        Comparison::LessThan => below,
        Comparison::Equal => one,
        Comparison::Unequal => !one,
    }
}
