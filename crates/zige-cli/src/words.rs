//! Chinese words for what the core tells.

use zige_core::pack::{BlockKind, Fact, FactKind, Pack, Strength};
use zige_core::verdict::{Class, Verdict};
use zige_json::{ProgrammeStateJson, ValueJson};

/// A verdict in a word.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "符合",
        Verdict::Discretionary => "待认定",
        Verdict::Ineligible => "不符合",
        Verdict::Incomplete => "待补充",
    }
}

/// What is already certain, in a sentence.
pub fn sentence(possible: &[Class]) -> &'static str {
    match possible {
        [Class::Eligible] => "按所给的答案，各项条件都满足。",
        [Class::Discretionary] => "按所给的答案，还有事项要由主管部门来定。",
        [Class::Ineligible] => "按所给的答案，有条件没有满足。",
        [Class::Discretionary, Class::Eligible] => "还缺信息；已经能确定的是：不会直接不符合。",
        [Class::Ineligible, Class::Discretionary] => "还缺信息；已经能确定的是：至多待认定。",
        _ => "还缺信息，补上后才能得出结果。",
    }
}

/// Under which assumption a verdict holds; empty for a text in force.
pub fn under(programme: &ProgrammeStateJson) -> &'static str {
    match programme.state {
        "in_force" => "",
        "draft" => "若按本征求意见稿：",
        "not_yet" => "若按这份尚未施行的文件：",
        "lapsed" => "若按这份已经到期的文件：",
        "replaced" => "若按这份已被替代的文件：",
        _ => "若这份文件现在有效：",
    }
}

/// The state of a programme in a sentence.
pub fn programme(programme: &ProgrammeStateJson) -> String {
    let on = programme.date.as_deref().map(day).unwrap_or_default();
    let mut text = match programme.state {
        "in_force" => "现行有效。".to_owned(),
        "draft" => "征求意见稿，还没有施行。".to_owned(),
        "not_yet" => format!("尚未施行，自{on}起施行。"),
        "lapsed" => format!("已经到期，最后一天是{on}。"),
        "replaced" => format!(
            "已被替代，自{on}起适用{}。",
            programme.replaced_by.as_deref().unwrap_or_default()
        ),
        _ => "原文没有写明有效期。".to_owned(),
    };
    let on = programme
        .applications_date
        .as_deref()
        .map(day)
        .unwrap_or_default();
    match programme.applications {
        "open" => text.push_str("正在受理申报。"),
        "not_yet" => text.push_str(&format!("自{on}起受理申报。")),
        "closed" => text.push_str(&format!("申报已经截止，最后一天是{on}。")),
        _ => {}
    }
    text.push_str(&programme.remark);
    text
}

/// The kind of a block.
pub fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Condition => "条件",
        BlockKind::Check => "自查",
        BlockKind::Entitlement => "待遇",
        BlockKind::Route => "程序",
        BlockKind::Grade => "等次",
        BlockKind::Obligation => "义务",
        BlockKind::Deadline => "期限",
        BlockKind::Form => "表格材料",
        BlockKind::Point => "待认定事项",
        BlockKind::Constraint => "答案核对",
        BlockKind::Example => "示例",
        BlockKind::Note => "说明",
    }
}

/// How firm a requirement is.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Hard => "必须满足",
        Strength::InPrinciple => "原则上，可有例外",
        Strength::Relaxable => "有条件地放宽",
    }
}

/// How often a duty recurs, by its word in the pack language.
pub fn recurrence(every: &str) -> &'static str {
    match every {
        "once" => "一次",
        "always" => "始终",
        "month" => "每月",
        "quarter" => "每季度",
        "half_year" => "每半年",
        "year" => "每年",
        "two_years" => "每两年",
        "three_years" => "每三年",
        _ => "遇有此事时",
    }
}

/// A date in words: `2026-11-21` is 2026年11月21日, `2026-11` is 2026年11月.
pub fn day(iso: &str) -> String {
    let mut parts = iso.split('-');
    let year = parts.next().unwrap_or_default();
    let mut number = |unit: &str| {
        parts
            .next()
            .map(|part| format!("{}{unit}", part.trim_start_matches('0')))
            .unwrap_or_default()
    };
    let month = number("月");
    format!("{year}年{month}{}", number("日"))
}

/// An amount in 元.
pub fn money(fen: i64) -> String {
    match fen % 100 {
        0 => format!("{}元", fen / 100),
        rest => format!("{}.{:02}元", fen / 100, rest.abs()),
    }
}

/// A fact's value in words.
pub fn value(pack: &Pack, fact: &str, value: &ValueJson) -> String {
    let fact = pack.vocabulary.facts.iter().find(|known| known.id == fact);
    match (value, fact.map(|fact| &fact.kind)) {
        (ValueJson::Null, _) => "不知道".to_owned(),
        (ValueJson::Bool(true), _) => "是".to_owned(),
        (ValueJson::Bool(false), _) => "否".to_owned(),
        (ValueJson::Text(text), Some(FactKind::Date { .. })) => day(text),
        (ValueJson::Text(text), Some(FactKind::Number { unit, .. })) => format!("{text}{unit}"),
        (ValueJson::Text(text), _) => text.clone(),
        (ValueJson::Number(fen), Some(FactKind::Money { .. })) => money(*fen),
        (ValueJson::Number(number), Some(FactKind::Number { unit, .. })) => {
            format!("{number}{unit}")
        }
        (ValueJson::Number(number), _) => number.to_string(),
        (ValueJson::Records(rows), _) => format!("{}条", rows.len()),
        (ValueJson::Incomplete { records, .. }, _) => {
            format!("{}条，可能还有", records.len())
        }
    }
}

/// How a fact's answer is written in JSON.
pub fn how_to_write(pack: &Pack, fact: &Fact) -> String {
    match &fact.kind {
        FactKind::YesNo => "true 或 false".to_owned(),
        FactKind::Choice(choice) => pack
            .vocabulary
            .choices
            .get(choice.index())
            .map(|set| match set.options.len() {
                0..=12 => set.options.join(" | "),
                all => format!(
                    "{} | …（共{all}项，见 --json）",
                    set.options
                        .iter()
                        .take(6)
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" | ")
                ),
            })
            .unwrap_or_default(),
        FactKind::Number { scale: 0, unit, .. } => format!("整数（{unit}），如 3"),
        FactKind::Number { unit, .. } => format!("数（{unit}），如 2.5"),
        FactKind::Money { .. } => "以分为单位的整数，如 100000 表示1000元".to_owned(),
        FactKind::Date { .. } => "\"1980-03-07\"，只知道年月的写 \"1980-03\"".to_owned(),
        FactKind::Text { .. } => "文字".to_owned(),
        FactKind::Records { fields, .. } => {
            let fields: Vec<&str> = fields
                .iter()
                .filter_map(|field| pack.vocabulary.facts.get(field.index()))
                .map(|field| field.id.as_str())
                .collect();
            format!(
                "[{{…}}, …]，每条可以有 {}；没有列全的写 {{\"records\": […], \"complete\": false}}",
                fields.join("、")
            )
        }
    }
}
