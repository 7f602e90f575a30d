//! A small pack with a form that uses every kind of cell.

use std::collections::BTreeMap;

use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::ids::{ArticleId, ChoiceId, FactId, NodeId};
use zige_core::pack::{
    Article, Attachment, Cell, ChoiceSet, ColumnWhat, Direction, Fact, FactKind, FactRole,
    FieldKind, Form, FormColumn, FormField, FormParagraph, FormPart, FormRow, FormTable, Interval,
    Node, Pack, ParagraphStyle, PartBody, Piece, Programme, Section, Slot, Span, Vocabulary,
};
use zige_forms::{FilledForm, Filling};

pub const NAME: FactId = FactId(0);
pub const SEX: FactId = FactId(1);
pub const BIRTH: FactId = FactId(2);
pub const TITLE: FactId = FactId(3);
pub const WORK_START: FactId = FactId(4);
pub const FORMER: FactId = FactId(5);
pub const ACHIEVEMENTS: FactId = FactId(6);
pub const JOBS: FactId = FactId(7);
pub const JOB_FROM: FactId = FactId(8);
pub const JOB_TO: FactId = FactId(9);
pub const JOB_UNIT: FactId = FactId(10);
pub const AWARDS: FactId = FactId(11);
pub const AWARD_NAME: FactId = FactId(12);
pub const DAYS: FactId = FactId(13);
/// Applies to former trainees only.
pub const FORMER_YEAR: FactId = FactId(14);
pub const HASH: &str = "3f9a0c5e7b1d2846a0b1c2d3e4f5061728394a5b6c7d8e9f0011223344556677";

fn text(limit: u16, long: bool) -> FactKind {
    FactKind::Text { limit, long }
}

fn date() -> FactKind {
    FactKind::Date {
        min: -30_000,
        max: 50_000,
    }
}

fn records(noun: &str, fields: &[FactId]) -> FactKind {
    FactKind::Records {
        noun: noun.to_owned(),
        fields: fields.to_vec(),
    }
}

fn fact(id: &str, label: &str, kind: FactKind, record_of: Option<FactId>) -> Fact {
    Fact {
        id: id.to_owned(),
        label: label.to_owned(),
        kind,
        question: String::new(),
        help: String::new(),
        find: String::new(),
        attest: String::new(),
        proof: String::new(),
        section: 0,
        role: FactRole::Form,
        changeable: Direction::Fixed,
        weights: Vec::new(),
        guard: None,
        record_of,
        meaning: 0,
    }
}

fn choice(id: &str, options: &[&str]) -> ChoiceSet {
    ChoiceSet {
        id: id.to_owned(),
        label: id.to_owned(),
        ordered: false,
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        hints: vec![String::new(); options.len()],
    }
}

fn label(text: &str) -> Cell {
    Cell::Label(text.to_owned())
}

fn row(height: u16, cells: &[(u8, Cell)]) -> FormRow {
    FormRow {
        height,
        cells: cells.to_vec(),
    }
}

fn fact_cell(fact: FactId) -> Cell {
    Cell::Value(Slot::Fact(fact))
}

fn column(width: u8, fact: FactId) -> FormColumn {
    FormColumn {
        width,
        head: String::new(),
        what: ColumnWhat::Fact(fact),
    }
}

fn ink() -> Cell {
    Cell::Ink("（盖章）    年    月    日".to_owned())
}

fn form() -> Form {
    let jobs = FormTable {
        records: JOBS,
        columns: vec![column(4, JOB_FROM), column(4, JOB_TO), column(14, JOB_UNIT)],
        least_rows: 4,
    };
    let awards = FormTable {
        records: AWARDS,
        columns: vec![column(22, AWARD_NAME)],
        least_rows: 2,
    };
    let first = FormPart {
        title: "一、基本情况".to_owned(),
        on_new_page: false,
        body: PartBody::Rows(vec![
            row(
                10,
                &[
                    (3, label("姓名")),
                    (4, fact_cell(NAME)),
                    (2, label("性别")),
                    (2, fact_cell(SEX)),
                    (4, label("出生年月（岁）")),
                    (5, fact_cell(BIRTH)),
                    (4, Cell::Photo),
                ],
            ),
            row(
                10,
                &[
                    (3, label("专业技术职务")),
                    (4, fact_cell(TITLE)),
                    (4, label("参加工作时间")),
                    (9, fact_cell(WORK_START)),
                    (4, Cell::Continue),
                ],
            ),
            row(
                10,
                &[
                    (4, label("是否往届学员")),
                    (2, fact_cell(FORMER)),
                    (4, label("哪一期")),
                    (3, fact_cell(FORMER_YEAR)),
                    (3, label("累计请假")),
                    (4, fact_cell(DAYS)),
                    (4, Cell::Continue),
                ],
            ),
            row(0, &[(2, label("工作经历")), (22, Cell::Table(jobs))]),
            row(0, &[(2, label("获奖情况")), (22, Cell::Table(awards))]),
            row(60, &[(2, label("业绩成果")), (22, fact_cell(ACHIEVEMENTS))]),
            row(
                12,
                &[
                    (4, label("研修方向")),
                    (8, Cell::Value(Slot::Field(0))),
                    (4, label("填表日期")),
                    (8, Cell::Value(Slot::Field(1))),
                ],
            ),
        ]),
    };
    let second = FormPart {
        title: "二、推荐和审核意见".to_owned(),
        on_new_page: false,
        body: PartBody::Rows(vec![
            row(
                15,
                &[(
                    24,
                    Cell::Ink(
                        "本人承诺以上内容属实。  本人签名：        年    月    日".to_owned(),
                    ),
                )],
            ),
            row(50, &[(3, label("所在单位推荐意见")), (21, ink())]),
            row(
                50,
                &[
                    (3, label("县（市）人社局初审意见")),
                    (9, ink()),
                    (3, label("市人社局审核意见")),
                    (9, ink()),
                ],
            ),
        ]),
    };
    Form {
        id: "recommendation".to_owned(),
        article: ArticleId(0),
        name: "人选推荐表".to_owned(),
        named: false,
        check: None,
        filled_by: "学员".to_owned(),
        copies: None,
        electronic: false,
        attachments: vec![Attachment {
            name: "职称证书复印件".to_owned(),
            copies: Some(1),
            proves: Some(TITLE),
        }],
        chain: vec!["所在单位：公示推荐".to_owned(), "市人社局：审核".to_owned()],
        due: String::new(),
        remark: String::new(),
        title: "人选推荐表".to_owned(),
        landscape: false,
        parts: vec![first, second],
        fields: vec![
            FormField {
                id: "study_wish".to_owned(),
                label: "研修方向".to_owned(),
                help: String::new(),
                kind: FieldKind::Line(10),
                aliases: Vec::new(),
            },
            FormField {
                id: "filled_on".to_owned(),
                label: "填表日期".to_owned(),
                help: String::new(),
                kind: FieldKind::Date,
                aliases: Vec::new(),
            },
        ],
    }
}

fn words(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

fn slot(slot: Slot, room: u8) -> Piece {
    Piece::Value { slot, room }
}

fn paragraph(style: ParagraphStyle, pieces: &[Piece], aside: &[Piece]) -> FormParagraph {
    FormParagraph {
        style,
        pieces: pieces.to_vec(),
        aside: aside.to_vec(),
    }
}

/// Running text with a list on its side, and every kind of piece.
fn agreement() -> Form {
    use ParagraphStyle::{Body, Centred, Flush, Heading, Ink, Note, Right};
    let field = |id: &str, label: &str, kind| FormField {
        id: id.to_owned(),
        label: label.to_owned(),
        help: String::new(),
        kind,
        aliases: Vec::new(),
    };
    let first_award = Slot::Record {
        list: AWARDS,
        row: 1,
        fact: AWARD_NAME,
    };
    let text = vec![
        paragraph(Centred, &[words("（样稿）")], &[]),
        paragraph(Flush, &[words("乙方："), slot(Slot::Fact(NAME), 6)], &[]),
        paragraph(
            Body,
            &[
                words("甲、乙双方于"),
                slot(Slot::Field(1), 10),
                words("商定培养"),
                slot(Slot::Field(3), 3),
                words("，性别："),
                Piece::Ticks(Slot::Fact(SEX)),
                words("，往届学员："),
                Piece::Ticks(Slot::Fact(FORMER)),
                words("，方式："),
                Piece::Ticks(Slot::Field(2)),
                words("，编号"),
                Piece::Blank(4),
                words("，获奖："),
                slot(first_award, 8),
                words("。"),
            ],
            &[],
        ),
        paragraph(Heading, &[words("一、培养任务")], &[]),
        paragraph(Body, &[slot(Slot::Field(0), 3)], &[]),
        paragraph(Body, &[], &[]),
        paragraph(Right, &[slot(Slot::Field(1), 6)], &[]),
        paragraph(Note, &[words("说明：本协议一式三份。")], &[]),
        paragraph(Ink, &[words("甲方（盖章）：")], &[words("乙方（签名）：")]),
    ];
    let numbered = FormTable {
        records: JOBS,
        columns: vec![
            FormColumn {
                width: 2,
                head: "序号".to_owned(),
                what: ColumnWhat::Number,
            },
            FormColumn {
                width: 16,
                head: "单位".to_owned(),
                what: ColumnWhat::Fact(JOB_UNIT),
            },
            FormColumn {
                width: 6,
                head: "备注".to_owned(),
                what: ColumnWhat::Blank,
            },
        ],
        least_rows: 2,
    };
    Form {
        id: "agreement".to_owned(),
        name: "培养协议".to_owned(),
        title: "特殊培养协议".to_owned(),
        landscape: true,
        parts: vec![
            FormPart {
                title: String::new(),
                on_new_page: false,
                body: PartBody::Text(text),
            },
            FormPart {
                title: "附件".to_owned(),
                on_new_page: true,
                body: PartBody::Rows(vec![
                    row(
                        10,
                        &[(
                            24,
                            Cell::Text(vec![words("性别 "), Piece::Ticks(Slot::Fact(SEX))]),
                        )],
                    ),
                    row(0, &[(24, Cell::Table(numbered))]),
                ]),
            },
        ],
        fields: vec![
            field("task", "培养任务", FieldKind::Lines(500)),
            field("agreed_on", "签订日期", FieldKind::Date),
            field("manner", "方式", FieldKind::Choice(ChoiceId(2))),
            field(
                "months",
                "期限",
                FieldKind::Number {
                    max: 24,
                    scale: 0,
                    unit: "个月".to_owned(),
                },
            ),
        ],
        ..form()
    }
}

pub fn pack() -> Pack {
    let number = FactKind::Number {
        min: 0,
        max: 1000,
        scale: 1,
        unit: "天".to_owned(),
    };
    let facts = vec![
        fact("name", "姓名", text(20, false), None),
        fact("sex", "性别", FactKind::Choice(ChoiceId(0)), None),
        fact("birth_date", "出生日期", date(), None),
        fact(
            "title_level",
            "职称等级",
            FactKind::Choice(ChoiceId(1)),
            None,
        ),
        fact("work_start", "参加工作时间", date(), None),
        fact("former_trainee", "往届学员", FactKind::YesNo, None),
        fact("achievements", "业绩成果", text(300, true), None),
        fact(
            "jobs",
            "工作经历",
            records("经历", &[JOB_FROM, JOB_TO, JOB_UNIT]),
            None,
        ),
        fact("job_from", "起", date(), Some(JOBS)),
        fact("job_to", "止", date(), Some(JOBS)),
        fact("job_unit", "单位和职务", text(40, false), Some(JOBS)),
        fact("awards", "获奖情况", records("奖项", &[AWARD_NAME]), None),
        fact(
            "award_name",
            "奖项、等级和时间",
            text(60, false),
            Some(AWARDS),
        ),
        fact("leave_days", "请假天数", number, None),
        Fact {
            guard: Some(NodeId(0)),
            ..fact("former_year", "往届期次", text(10, false), None)
        },
    ];
    Pack {
        id: "sample-programme".to_owned(),
        title: "少数民族专业技术人才特殊培养工作实施细则".to_owned(),
        short: "特培".to_owned(),
        summary: String::new(),
        issuer: String::new(),
        region: String::new(),
        version: "征求意见稿".to_owned(),
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
            article: None,
            remark: String::new(),
        },
        vocabulary: Vocabulary {
            choices: vec![
                choice("sex", &["男", "女"]),
                choice("title", &["初级", "中级", "副高级", "正高级"]),
                choice("agreement_manner", &["进修", "挂职"]),
            ],
            sections: vec![Section {
                id: "person".to_owned(),
                label: "基本情况".to_owned(),
            }],
            facts,
            schedules: Vec::new(),
        },
        nodes: vec![Node::Fact(FORMER)],
        spans: vec![Span { line: 0, column: 1 }],
        constraints: Vec::new(),
        points: Vec::new(),
        conditions: Vec::new(),
        checks: Vec::new(),
        entitlements: Vec::new(),
        routes: Vec::new(),
        grades: Vec::new(),
        obligations: Vec::new(),
        deadlines: Vec::new(),
        forms: vec![form(), agreement()],
        notes: Vec::new(),
        aliases: Vec::new(),
        articles: vec![Article {
            name: "第八条（二）".to_owned(),
            chapter: String::new(),
            gist: String::new(),
            quotes: Vec::new(),
            blocks: Vec::new(),
        }],
    }
}

fn day(text: &str) -> Answer {
    Answer::day(Date::parse(text).unwrap())
}

fn job(from: &str, to: Option<&str>, unit: &str) -> Vec<(FactId, Answer)> {
    let mut row = vec![
        (JOB_FROM, day(from)),
        (JOB_UNIT, Answer::Text(unit.to_owned())),
    ];
    row.extend(to.map(|to| (JOB_TO, day(to))));
    row
}

/// Everything said; 无 for the awards.
pub fn complete(pack: &Pack) -> (Answers, BTreeMap<String, String>) {
    let mut answers = Answers::new(pack);
    let jobs = Records {
        rows: vec![
            job(
                "2006-08-01",
                Some("2012-06-30"),
                "某县人民医院 内科 住院医师",
            ),
            job(
                "2012-07-01",
                Some("2026-11-21"),
                "某县人民医院 心血管内科 主治医师、科室副主任",
            ),
        ],
        complete: true,
    };
    let none = Records {
        rows: Vec::new(),
        complete: true,
    };
    let said = [
        (NAME, Answer::Text("示例甲".to_owned())),
        (SEX, Answer::Value(1)),
        (BIRTH, day("1983-03-07")),
        (TITLE, Answer::Value(1)),
        (WORK_START, day("2006-08-01")),
        (FORMER, Answer::yes_no(false)),
        (DAYS, Answer::Value(25)),
        (JOBS, Answer::Records(jobs)),
        (AWARDS, Answer::Records(none)),
        (
            ACHIEVEMENTS,
            Answer::Text(
                "主持县级课题1项：“基层高血压分级诊疗”。\n在省级期刊发表论文2篇；带教住院医师6人。"
                    .to_owned(),
            ),
        ),
    ];
    for (fact, answer) in said {
        answers.set(pack, fact, answer).unwrap();
    }
    let fields = [
        ("study_wish", "心血管病介入诊疗"),
        ("filled_on", "2026-11-21"),
        ("task", "掌握介入诊疗技术。\n带教住院医师6人。"),
        ("agreed_on", "2026-12-01"),
        ("manner", "进修"),
        ("months", "12"),
    ];
    (
        answers,
        fields
            .map(|(id, text)| (id.to_owned(), text.to_owned()))
            .into(),
    )
}

/// A few answers, some of them unknown; the month of birth only.
pub fn sparse(pack: &Pack) -> (Answers, BTreeMap<String, String>) {
    let mut answers = Answers::new(pack);
    let (first, last) = Date::parse_month("1983-11").unwrap();
    let job = Records {
        rows: vec![vec![(
            JOB_UNIT,
            Answer::Text("某县 <农技站> & 分站".to_owned()),
        )]],
        complete: false,
    };
    for (fact, answer) in [
        (BIRTH, Answer::Month { first, last }),
        (TITLE, Answer::Unknown),
        (JOBS, Answer::Records(job)),
    ] {
        answers.set(pack, fact, answer).unwrap();
    }
    (answers, BTreeMap::new())
}

pub fn fill(pack: &Pack, said: &(Answers, BTreeMap<String, String>)) -> FilledForm {
    fill_form(pack, 0, said)
}

/// The agreement, in the same way.
pub fn fill_agreement(pack: &Pack, said: &(Answers, BTreeMap<String, String>)) -> FilledForm {
    fill_form(pack, 1, said)
}

fn fill_form(
    pack: &Pack,
    form: usize,
    (answers, fields): &(Answers, BTreeMap<String, String>),
) -> FilledForm {
    let filling = Filling {
        pack,
        pack_hash: HASH,
        form: &pack.forms[form],
        answers,
        fields,
        on: Date::parse("2026-11-21").unwrap(),
    };
    filling.fill()
}
