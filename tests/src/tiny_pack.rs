//! Packs put together by hand, as small as an example needs.

use std::collections::BTreeSet;

use zige_core::ids::{ArticleId, CheckId, ConditionId, FactId, NodeId, PointId};
use zige_core::pack::{
    Article, Check, ChoiceSet, Condition, Constraint, Direction, Fact, FactKind, FactRole,
    Interval, Node, Pack, Point, Programme, Requirement, Schedule, ScheduleRow, Section, Span,
    Strength, Vocabulary, Who,
};

use crate::mentions::mentions;

/// A pack in the making, with one check.
#[derive(Clone, Debug)]
pub struct TinyPack(Pack);

impl Default for TinyPack {
    fn default() -> TinyPack {
        TinyPack::new()
    }
}

impl TinyPack {
    /// A pack that asks nothing.
    #[must_use]
    pub fn new() -> TinyPack {
        TinyPack(empty_pack())
    }

    /// Adds a fact.
    pub fn fact(&mut self, kind: FactKind) -> FactId {
        add_fact(&mut self.0, kind, None)
    }

    /// Adds a point with so many outcomes.
    pub fn point(&mut self, outcomes: usize) -> PointId {
        add_point(&mut self.0, outcomes)
    }

    /// Adds a node.
    pub fn node(&mut self, node: Node) -> NodeId {
        add_node(&mut self.0, node)
    }

    /// Adds a constraint.
    pub fn constraint(&mut self, rule: NodeId) {
        add_constraint(&mut self.0, rule);
    }

    /// The pack, with a check that requires all or any of these rules.
    #[must_use]
    pub fn check(mut self, rules: &[NodeId], combine: fn(Vec<Requirement>) -> Requirement) -> Pack {
        let conditions: Vec<ConditionId> = rules
            .iter()
            .map(|rule| add_condition(&mut self.0, *rule))
            .collect();
        let parts = conditions
            .iter()
            .map(|condition| Requirement::Condition(*condition))
            .collect();
        add_check(&mut self.0, conditions, combine(parts));
        self.0
    }
}

/// Adds a fact, which belongs to the records of a list or to the person.
pub fn add_fact(pack: &mut Pack, kind: FactKind, record_of: Option<FactId>) -> FactId {
    let id = FactId(number(pack.vocabulary.facts.len()));
    pack.vocabulary.facts.push(Fact {
        id: format!("fact_{}", id.0),
        label: format!("事项{}", id.0),
        kind,
        question: String::new(),
        help: String::new(),
        find: String::new(),
        attest: String::new(),
        proof: String::new(),
        section: 0,
        role: FactRole::Answer,
        changeable: Direction::Free,
        weights: Vec::new(),
        guard: None,
        record_of,
        meaning: u64::from(id.0),
    });
    id
}

/// Adds a point with so many outcomes.
pub fn add_point(pack: &mut Pack, outcomes: usize) -> PointId {
    let id = PointId(number(pack.points.len()));
    pack.points.push(Point {
        id: format!("point_{}", id.0),
        article: None,
        label: format!("裁量{}", id.0),
        owner: "主管部门".to_owned(),
        question: String::new(),
        reason: String::new(),
        outcomes: (0..outcomes)
            .map(|outcome| format!("结果{outcome}"))
            .collect(),
    });
    id
}

/// Adds a node.
pub fn add_node(pack: &mut Pack, node: Node) -> NodeId {
    let id = NodeId(number(pack.nodes.len()));
    pack.nodes.push(node);
    pack.spans.push(Span { line: 1, column: 1 });
    id
}

/// Adds a constraint.
pub fn add_constraint(pack: &mut Pack, rule: NodeId) {
    let (facts, _) = mentions(pack, rule);
    pack.constraints.push(Constraint {
        id: format!("constraint_{}", pack.constraints.len()),
        rule,
        message: "请核对。".to_owned(),
        facts: facts.into_iter().collect(),
    });
}

/// Adds a condition.
pub fn add_condition(pack: &mut Pack, rule: NodeId) -> ConditionId {
    let id = ConditionId(number(pack.conditions.len()));
    let (facts, points) = mentions(pack, rule);
    pack.conditions.push(Condition {
        id: format!("condition_{}", id.0),
        article: ArticleId(0),
        see: Vec::new(),
        label: format!("条件{}", id.0),
        strength: Strength::Hard,
        rule,
        met: String::new(),
        unmet: String::new(),
        open: String::new(),
        facts: facts.into_iter().collect(),
        points: points.into_iter().collect(),
    });
    id
}

/// Adds a check; it can ask the facts of its conditions and, as the compiler has it, those that
/// constraints link to them.
pub fn add_check(pack: &mut Pack, conditions: Vec<ConditionId>, require: Requirement) -> CheckId {
    let mut facts: BTreeSet<FactId> = BTreeSet::new();
    for condition in &conditions {
        facts.extend(&pack.conditions[condition.index()].facts);
    }
    loop {
        let before = facts.len();
        for constraint in &pack.constraints {
            if constraint.facts.iter().any(|fact| facts.contains(fact)) {
                facts.extend(&constraint.facts);
            }
        }
        if facts.len() == before {
            break;
        }
    }
    facts.retain(|fact| pack.vocabulary.facts[fact.index()].record_of.is_none());
    let id = CheckId(number(pack.checks.len()));
    pack.checks.push(Check {
        id: format!("check_{}", id.0),
        article: ArticleId(0),
        label: "申请人".to_owned(),
        question: String::new(),
        who: Who::Person,
        conditions,
        require,
        facts: facts.into_iter().collect(),
    });
    id
}

fn number(position: usize) -> u16 {
    u16::try_from(position).expect("a small pack")
}

/// A pack with two choices and a schedule, and nothing that uses them.
#[must_use]
pub fn empty_pack() -> Pack {
    let options = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let choice = |id: &str, ordered, names: &[&str]| ChoiceSet {
        id: id.to_owned(),
        label: id.to_owned(),
        ordered,
        options: options(names),
        hints: vec![String::new(); names.len()],
    };
    let row = |id: &str, base_months, first_month, step, cap| ScheduleRow {
        id: id.to_owned(),
        label: id.to_owned(),
        base_months,
        first_month,
        step,
        cap,
    };
    Pack {
        id: "small".to_owned(),
        title: "小样".to_owned(),
        short: "小样".to_owned(),
        summary: String::new(),
        issuer: String::new(),
        region: String::new(),
        version: "1".to_owned(),
        programme: Programme {
            draft: false,
            force: Interval {
                from: None,
                to: None,
            },
            applications: Interval {
                from: None,
                to: None,
            },
            replaced: None,
            article: None,
            remark: String::new(),
        },
        vocabulary: Vocabulary {
            choices: vec![
                choice("level", true, &["初级", "中级", "副高级", "正高级"]),
                choice("place", false, &["甲", "乙", "丙"]),
            ],
            sections: vec![Section {
                id: "all".to_owned(),
                label: "全部".to_owned(),
            }],
            facts: Vec::new(),
            schedules: vec![Schedule {
                id: "retirement".to_owned(),
                source: String::new(),
                rows: vec![
                    row("sixty", 720, 1965 * 12, 4, 36),
                    row("fifty", 600, 1975 * 12, 2, 60),
                ],
            }],
        },
        nodes: Vec::new(),
        spans: Vec::new(),
        constraints: Vec::new(),
        points: Vec::new(),
        conditions: Vec::new(),
        checks: Vec::new(),
        entitlements: Vec::new(),
        routes: Vec::new(),
        grades: Vec::new(),
        obligations: Vec::new(),
        deadlines: Vec::new(),
        forms: Vec::new(),
        notes: Vec::new(),
        aliases: Vec::new(),
        articles: vec![Article {
            name: "第一条".to_owned(),
            chapter: String::new(),
            gist: String::new(),
            quotes: Vec::new(),
            blocks: Vec::new(),
        }],
    }
}
