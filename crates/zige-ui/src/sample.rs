//! A small pack for tests and for the gallery.

use zige_core::date::Date;
use zige_core::ids::{ArticleId, CheckId, ChoiceId, ConditionId, FactId, NodeId, PointId};
use zige_core::pack::{
    Article, Block, BlockKind, Cell, Check, ChoiceSet, ColumnWhat, Condition, Constraint,
    Direction, Fact, FactKind, FactRole, FieldKind, Form, FormColumn, FormField, FormPart, FormRow,
    FormTable, Interval, Node, Pack, PartBody, Point, Programme, Requirement, Section, Slot, Span,
    Strength, Vocabulary, Who,
};

/// A day on which all examples are made.
pub fn today() -> Date {
    Date::new(2026, 11, 21).unwrap_or(Date::MIN)
}

/// The fact with this id.
pub fn fact(pack: &Pack, id: &str) -> FactId {
    let position = pack.vocabulary.facts.iter().position(|fact| fact.id == id);
    crate::session::fact_id(position.unwrap_or(usize::MAX))
}

/// 中级以上职称 and five years of work, age up to 45 unless recognised as outstanding, two
/// declarations, and how many papers where there are any.
pub fn pack() -> Pack {
    let facts = facts();
    let nodes = nodes();
    Pack {
        id: "sample".into(),
        title: "示范县专业技术人才培养办法".into(),
        short: "示范培养".into(),
        summary: "面向在县里工作、有中级以上职称的专业技术人员。".into(),
        issuer: "示范县人力资源社会保障局".into(),
        region: "示范县".into(),
        version: "示范文本".into(),
        programme: Programme {
            draft: true,
            force: Interval {
                from: None,
                to: None,
            },
            applications: Interval {
                from: None,
                to: None,
            },
            replaced: None,
            article: Some(ArticleId(0)),
            remark: String::new(),
        },
        vocabulary: Vocabulary {
            choices: choices(),
            sections: ["个人情况", "声明", "表格资料"]
                .map(|label| Section {
                    id: label.into(),
                    label: label.into(),
                })
                .into(),
            facts,
            schedules: Vec::new(),
        },
        spans: vec![Span { line: 1, column: 1 }; nodes.len()],
        nodes,
        constraints: vec![Constraint {
            id: "work_after_birth".into(),
            rule: NodeId(17),
            message: "参加工作时间应当晚于出生日期，请核对。".into(),
            facts: vec![FactId(0), FactId(1)],
        }],
        points: vec![Point {
            id: "outstanding".into(),
            article: Some(ArticleId(1)),
            label: "特别优秀".into(),
            owner: "示范县人力资源社会保障局".into(),
            question: "您是否被认定为特别优秀？".into(),
            reason: "原文写“特别优秀的不受年龄限制”，没有写标准。".into(),
            outcomes: vec!["不予认定".into(), "已认定".into()],
        }],
        conditions: conditions(),
        checks: vec![Check {
            id: "trainee".into(),
            article: ArticleId(0),
            label: "学员".into(),
            question: "我能报名当学员吗？".into(),
            who: Who::Person,
            conditions: (0..6).map(ConditionId).collect(),
            require: Requirement::All(
                (0..6)
                    .map(|id| Requirement::Condition(ConditionId(id)))
                    .collect(),
            ),
            facts: [2, 0, 1, 3, 4, 5, 6].map(FactId).into(),
        }],
        entitlements: Vec::new(),
        routes: Vec::new(),
        grades: Vec::new(),
        obligations: Vec::new(),
        deadlines: Vec::new(),
        forms: vec![form()],
        notes: Vec::new(),
        aliases: Vec::new(),
        articles: ["第一条", "第二条"]
            .map(|name| Article {
                name: name.into(),
                chapter: String::new(),
                gist: "说的是谁能参加。".into(),
                quotes: vec![
                    "具有中级以上职称，参加工作满5年，45周岁以下，特别优秀的不受年龄限制。".into(),
                ],
                blocks: vec![Block {
                    kind: BlockKind::Condition,
                    index: 0,
                }],
            })
            .into(),
    }
}

/// The pack's only check.
pub const CHECK: CheckId = CheckId(0);

fn choices() -> Vec<ChoiceSet> {
    let set = |id: &str, label: &str, ordered, options: &[&str]| ChoiceSet {
        id: id.into(),
        label: label.into(),
        ordered,
        options: options.iter().map(|&option| option.into()).collect(),
        hints: vec![String::new(); options.len()],
    };
    let places: Vec<String> = (1..=20).map(|n| format!("示范{n}镇")).collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    vec![
        set(
            "title_levels",
            "职称等级",
            true,
            &["初级", "中级", "副高级", "正高级"],
        ),
        set("places", "乡镇", false, &places),
        set("sexes", "性别", false, &["男", "女"]),
    ]
}

fn facts() -> Vec<Fact> {
    let date = FactKind::Date {
        min: -25_567,
        max: 47_846,
    };
    let text = FactKind::Text {
        limit: 20,
        long: false,
    };
    let papers = FactKind::Number {
        min: 0,
        max: 99,
        scale: 0,
        unit: "篇".into(),
    };
    let jobs = FactKind::Records {
        noun: "工作经历".into(),
        fields: vec![FactId(9), FactId(10)],
    };
    let mut facts = Vec::new();
    let mut add = |id: &str, label: &str, kind: FactKind, section: u16, role: FactRole| {
        facts.push(Fact {
            id: id.into(),
            label: label.into(),
            kind,
            question: format!("您的{label}是？"),
            help: "这是对问题的说明。".into(),
            find: "看有关的证件".into(),
            attest: "单位人事部门".into(),
            proof: "有关证件".into(),
            section,
            role,
            changeable: Direction::Fixed,
            weights: Vec::new(),
            guard: None,
            record_of: None,
            meaning: 1,
        });
    };
    add("birth_date", "出生日期", date.clone(), 0, FactRole::Answer);
    add(
        "work_start",
        "参加工作时间",
        date.clone(),
        0,
        FactRole::Answer,
    );
    add(
        "title_level",
        "职称等级",
        FactKind::Choice(ChoiceId(0)),
        0,
        FactRole::Answer,
    );
    add(
        "has_papers",
        "发表过论文",
        FactKind::YesNo,
        0,
        FactRole::Answer,
    );
    add("papers", "论文数量", papers, 0, FactRole::Answer);
    add(
        "healthy",
        "身体健康",
        FactKind::YesNo,
        1,
        FactRole::Declaration,
    );
    add(
        "honest",
        "作风正派",
        FactKind::YesNo,
        1,
        FactRole::Declaration,
    );
    add(
        "tuition",
        "学费",
        FactKind::Money {
            min: 0,
            max: 100_000_000,
        },
        2,
        FactRole::Form,
    );
    add("jobs", "工作经历", jobs, 2, FactRole::Form);
    add("job_from", "开始日期", date, 2, FactRole::Form);
    add("job_unit", "单位", text.clone(), 2, FactRole::Form);
    add(
        "place",
        "所在乡镇",
        FactKind::Choice(ChoiceId(1)),
        2,
        FactRole::Form,
    );
    add(
        "sex",
        "性别",
        FactKind::Choice(ChoiceId(2)),
        2,
        FactRole::Form,
    );
    add("full_name", "姓名", text.clone(), 2, FactRole::Form);
    add("id_number", "身份证号", text, 2, FactRole::Form);
    for (id, fact) in facts.iter_mut().enumerate() {
        match id {
            2 => fact.changeable = Direction::Up,
            4 => fact.guard = Some(NodeId(12)),
            9 | 10 => fact.record_of = Some(FactId(8)),
            _ => {}
        }
    }
    facts
}

fn form() -> Form {
    let field = |id: &str, label: &str, kind| FormField {
        id: id.into(),
        label: label.into(),
        help: String::new(),
        kind,
        aliases: Vec::new(),
    };
    let row = |cells| FormRow { height: 10, cells };
    let jobs = FormTable {
        records: FactId(8),
        columns: [9, 10]
            .map(|fact| FormColumn {
                width: 12,
                head: String::new(),
                what: ColumnWhat::Fact(FactId(fact)),
            })
            .to_vec(),
        least_rows: 2,
    };
    Form {
        id: "recommendation".into(),
        article: ArticleId(0),
        name: "推荐表".into(),
        named: false,
        check: Some(CHECK),
        filled_by: "本人".into(),
        copies: None,
        electronic: false,
        attachments: Vec::new(),
        chain: Vec::new(),
        due: String::new(),
        remark: String::new(),
        title: "推荐表".into(),
        landscape: false,
        parts: vec![FormPart {
            title: String::new(),
            on_new_page: false,
            body: PartBody::Rows(vec![
                row(vec![
                    (6, Cell::Label("姓名".into())),
                    (18, Cell::Value(Slot::Fact(FactId(13)))),
                ]),
                row(vec![(24, Cell::Table(jobs))]),
                row(vec![
                    (6, Cell::Label("研修方向".into())),
                    (18, Cell::Value(Slot::Field(0))),
                ]),
                row(vec![
                    (6, Cell::Label("可报到日期".into())),
                    (18, Cell::Value(Slot::Field(1))),
                ]),
            ]),
        }],
        fields: vec![
            field("wish", "研修方向", FieldKind::Line(40)),
            field("ready", "可报到日期", FieldKind::Date),
        ],
    }
}

fn nodes() -> Vec<Node> {
    vec![
        // 0–2: title
        Node::Fact(FactId(2)),
        Node::Option(ChoiceId(0), 1),
        Node::AtLeast(NodeId(0), NodeId(1)),
        // 3–6: service
        Node::Fact(FactId(1)),
        Node::YearsSince(NodeId(3)),
        Node::Constant(5),
        Node::AtLeast(NodeId(4), NodeId(5)),
        // 7–11: age
        Node::Fact(FactId(0)),
        Node::YearsSince(NodeId(7)),
        Node::Constant(45),
        Node::AtLeast(NodeId(9), NodeId(8)),
        Node::Point(PointId(0)),
        // 12–14: papers
        Node::Fact(FactId(3)),
        Node::Fact(FactId(4)),
        Node::AtLeast(NodeId(13), NodeId(5)),
        // 15, 16: declarations; 17: work starts after birth
        Node::Fact(FactId(5)),
        Node::AtLeast(NodeId(7), NodeId(3)),
        Node::Not(NodeId(16)),
        Node::Fact(FactId(6)),
        // 19: age or outstanding; 20–22: no papers, or five
        Node::Any(vec![NodeId(10), NodeId(11)]),
        Node::Not(NodeId(12)),
        Node::All(vec![NodeId(12), NodeId(14)]),
        Node::Any(vec![NodeId(20), NodeId(21)]),
    ]
}

fn conditions() -> Vec<Condition> {
    let condition = |id: &str, label: &str, rule, facts: &[u16], points: &[u16]| Condition {
        id: id.into(),
        article: ArticleId(1),
        see: Vec::new(),
        label: label.into(),
        strength: Strength::Hard,
        rule: NodeId(rule),
        met: String::new(),
        unmet: String::new(),
        open: String::new(),
        facts: facts.iter().copied().map(FactId).collect(),
        points: points.iter().copied().map(PointId).collect(),
    };
    vec![
        condition("title", "职称", 2, &[2], &[]),
        condition("service", "工作年限", 6, &[1], &[]),
        condition("age", "年龄", 19, &[0], &[0]),
        condition("papers", "论文", 22, &[3, 4], &[]),
        condition("health", "健康", 15, &[5], &[]),
        condition("conduct", "品行", 18, &[6], &[]),
    ]
}
