//! Two applicants for every form: one who has said everything, one who has said little.
//!
//! What they say follows from a form alone, so each policy's forms are covered as soon as they are
//! laid out. No name is anybody's.

use std::collections::BTreeMap;

use zige_core::answers::{Answer, Answers, Records, range};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{ColumnWhat, Fact, FactKind, FieldKind, Form, Pack, Slot};

/// What somebody said: answers, and what only the form asks.
pub type Said = (Answers, BTreeMap<String, String>);

/// How many records somebody has of each list.
const RECORDS: usize = 3;

/// Somebody who has said everything.
///
/// # Panics
/// When a fact does not take an answer of its own type.
#[must_use]
pub fn complete(pack: &Pack, form: &Form) -> Said {
    let mut answers = Answers::new(pack);
    for (id, columns) in asked(form) {
        let fact = &pack.vocabulary.facts[id.index()];
        let answer = match &fact.kind {
            FactKind::Records { .. } => Answer::Records(Records {
                rows: (0..RECORDS)
                    .map(|row| record(pack, &columns, row))
                    .collect(),
                complete: true,
            }),
            _ => answer(pack, fact, 0),
        };
        answers.set(pack, id, answer).expect("an answer that fits");
    }
    let fields = form.fields.iter().enumerate().map(|(position, field)| {
        let text = match &field.kind {
            FieldKind::Line(limit) => words(&field.label, *limit, false, 0),
            FieldKind::Lines(limit) => words(&field.label, *limit, true, 0),
            FieldKind::Date if field.label.contains("出生") => "1983-03-07".to_owned(),
            FieldKind::Date => {
                let day = Date::parse("2026-11-21").expect("a day");
                let later = i64::try_from(position).expect("few fields");
                Date::from_days(day.days() + later).to_string()
            }
            FieldKind::Choice(choice) => pack.vocabulary.choices[choice.index()].options[0].clone(),
            FieldKind::Number { max, .. } => (max * 3 / 20).max(1).to_string(),
        };
        (field.id.clone(), text)
    });
    (answers, fields.collect())
}

/// Somebody who has said every third thing, does not know another third, knows the month of a birth
/// only, and has not said whether the one record of a list is all there is.
///
/// # Panics
/// When a fact does not take an answer of its own type.
#[must_use]
pub fn sparse(pack: &Pack, form: &Form) -> Said {
    let mut answers = Answers::new(pack);
    for (position, (id, columns)) in asked(form).into_iter().enumerate() {
        let fact = &pack.vocabulary.facts[id.index()];
        let answer = match (&fact.kind, position % 3) {
            (FactKind::Records { .. }, 0) => Answer::Records(Records {
                rows: Vec::new(),
                complete: true,
            }),
            (FactKind::Records { .. }, 1) => Answer::Records(Records {
                rows: vec![record(pack, &columns[..columns.len().div_ceil(2)], 0)],
                complete: false,
            }),
            (FactKind::Date { .. }, 0) => {
                let (first, last) = Date::parse_month("1988-02").expect("a month");
                Answer::Month { first, last }
            }
            (_, 0) => answer(pack, fact, 0),
            (_, 1) => Answer::Unknown,
            _ => continue,
        };
        answers.set(pack, id, answer).expect("an answer that fits");
    }
    (answers, BTreeMap::new())
}

/// The facts on a form, each once; of a list those of its records.
fn asked(form: &Form) -> Vec<(FactId, Vec<FactId>)> {
    let mut asked: Vec<(FactId, Vec<FactId>)> = Vec::new();
    let mut add =
        |id: FactId, columns: Vec<FactId>| match asked.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) => known.extend(columns),
            None => asked.push((id, columns)),
        };
    for slot in form.slots() {
        match slot {
            Slot::Fact(id) => add(id, Vec::new()),
            Slot::Record { list, fact, .. } => add(list, vec![fact]),
            Slot::Field(_) => {}
        }
    }
    for table in form.tables() {
        let facts = table.columns.iter().filter_map(|column| match column.what {
            ColumnWhat::Fact(fact) => Some(fact),
            ColumnWhat::Number | ColumnWhat::Blank => None,
        });
        add(table.records, facts.collect());
    }
    for (_, columns) in &mut asked {
        columns.sort();
        columns.dedup();
    }
    asked
}

fn record(pack: &Pack, columns: &[FactId], row: usize) -> Vec<(FactId, Answer)> {
    let columns = columns.iter();
    let cell = |id: &FactId| (*id, answer(pack, &pack.vocabulary.facts[id.index()], row));
    columns.map(cell).collect()
}

fn answer(pack: &Pack, fact: &Fact, row: usize) -> Answer {
    let day = |text| Date::parse(text).expect("a day");
    match &fact.kind {
        FactKind::Text { limit, long } => Answer::Text(words(&fact.label, *limit, *long, row)),
        FactKind::Date { min, max } => {
            let start = match fact.label.as_str() {
                label if label.contains("出生") => day("1983-03-07"),
                label if label.contains("工作") => day("2006-08-01"),
                label if label.contains("结束") || label.contains("期满") => day("2027-02-28"),
                label if label.contains("取得") || label.contains("确定") => day("2014-11-20"),
                _ => day("2026-03-02"),
            };
            let moved = start.days() + 400 * i64::try_from(row).expect("few records");
            Answer::Value(moved.clamp(*min, *max))
        }
        FactKind::YesNo => Answer::yes_no(true),
        FactKind::Choice(_) => {
            let preferred = [
                "满族",
                "女",
                "中共党员",
                "大学本科",
                "学士",
                "中级",
                "合格",
                "凤城市",
            ];
            let FactKind::Choice(choice) = fact.kind else {
                return Answer::Absent;
            };
            let options = &pack.vocabulary.choices[choice.index()].options;
            let position = options
                .iter()
                .position(|option| preferred.contains(&option.as_str()))
                .unwrap_or(options.len() / 2);
            Answer::Value(i64::try_from(position).expect("few options"))
        }
        kind => {
            let (min, max) = range(pack, kind).expect("a range");
            let whole = match kind {
                FactKind::Number { scale, .. } => 10_i64.pow(u32::from(*scale)),
                FactKind::Money { .. } => 10_000,
                _ => 1,
            };
            let value = match max <= 100 * whole {
                true => min + (max - min) * 7 / 8,
                false => 15 * whole,
            };
            Answer::Value(value.clamp(min, max))
        }
    }
}

/// Words that belong to a label, as long as such words are.
fn words(label: &str, limit: u16, long: bool, row: usize) -> String {
    let name = ["示例甲", "示例乙", "示例丙"][row % RECORDS];
    let number = row + 1;
    let said = [
        ("身份证", "210682198303070026".to_owned()),
        ("电话", format!("1390000000{number}")),
        ("手机", format!("1390000000{number}")),
        ("信用代码", "12210682MB0000000X".to_owned()),
        ("籍贯", "辽宁凤城".to_owned()),
        ("健康", "健康".to_owned()),
        ("季度", "2026年第二季度".to_owned()),
        ("年度", "2026年度".to_owned()),
        ("起止", format!("201{number}.01—201{number}.12")),
        ("期号", "3".to_owned()),
        ("金额", "10000元".to_owned()),
        ("分值", "20".to_owned()),
        ("得分", "18".to_owned()),
        ("成绩", "92分".to_owned()),
        ("名额", format!("{number}")),
        ("职称", "主治医师".to_owned()),
        ("职务", "心血管内科副主任".to_owned()),
        ("岗位", "心血管内科副主任".to_owned()),
        ("学历", "本科、学士".to_owned()),
        ("院校", "某某医科大学临床医学专业".to_owned()),
        ("学校", "某某医科大学临床医学专业".to_owned()),
        ("姓名", name.to_owned()),
        ("负责人", name.to_owned()),
        ("导师", name.to_owned()),
        ("填表人", name.to_owned()),
        ("联系人", name.to_owned()),
        ("对象", name.to_owned()),
        ("学员", name.to_owned()),
        ("小组", "沈阳片区第一小组".to_owned()),
        ("单位", "某某中心医院".to_owned()),
        ("部门", "人力资源部".to_owned()),
        ("所在市", "丹东市".to_owned()),
        ("县", "凤城市".to_owned()),
        ("地点", "沈阳市".to_owned()),
        ("专业", "心血管内科".to_owned()),
        ("时间", format!("202{number}.05")),
        ("时限", format!("202{number}年底前")),
        ("类", "论文".to_owned()),
        ("作用", "第一作者".to_owned()),
        ("备注", "无".to_owned()),
    ];
    let fits = |text: &String| limit == 0 || text.chars().count() <= usize::from(limit);
    if !long {
        let about = label.rsplit('：').next().unwrap_or(label);
        let known = said.iter().find(|(word, _)| about.contains(word));
        if let Some((_, text)) = known.filter(|(_, text)| fits(text)) {
            return text.clone();
        }
    }
    prose(label, if limit == 0 { 60 } else { limit }, long)
}

/// Sentences that fill seven tenths of the room, in paragraphs where there may be several.
fn prose(label: &str, limit: u16, long: bool) -> String {
    let sentences = [
        "完成了规定的任务。",
        "参加心血管介入诊疗培训和病例讨论36次，独立完成常规操作20例。",
        "在省级期刊发表论文2篇，带教住院医师6人。",
        "回到单位以后推广新技术2项，让县里的病人少跑路。",
        "主持县级课题1项：“基层高血压分级诊疗”。",
    ];
    let most = usize::from(limit) * 7 / 10;
    let mut text = String::new();
    for (count, sentence) in sentences.iter().cycle().enumerate() {
        if text.chars().count() + sentence.chars().count() > most {
            break;
        }
        if long && count > 0 && count % 5 == 0 {
            text.push('\n');
        }
        text.push_str(sentence);
    }
    match text.as_str() {
        "" => label.chars().take(usize::from(limit).min(12)).collect(),
        _ if long => text,
        text => text.trim_end_matches('。').to_owned(),
    }
}
