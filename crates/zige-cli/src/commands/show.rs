//! `zige show`.

use zige_core::pack::{BlockKind, Pack};
use zige_json::{
    AttachmentJson, BlockDetail, BlockJson, CaseJson, DeadlineWhenJson, NamedJson, RequirementJson,
    did_you_mean, show as shown,
};

use super::json;
use crate::Output;
use crate::command::Options;
use crate::failure::Failure;
use crate::layout::Page;
use crate::{packs, words};

/// A block, or an article with all its blocks.
pub fn show(pack: &str, block: &str, options: &Options) -> Result<Output, Failure> {
    let packed = packs::find(pack, options)?;
    let pack = &packed.pack;
    let found = shown(pack, block).ok_or_else(|| {
        let known = names(pack);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        Failure::Input(format!(
            "`{}` has no block or article `{block}`{}; `zige articles {}` lists its articles",
            pack.id,
            did_you_mean(block, &known),
            pack.id
        ))
    })?;
    if options.json {
        return Ok(Output::of(json(&found)));
    }
    let mut page = Page::default();
    if let Some(article) = &found.article {
        page.line(&format!("{} {}", pack.short, article));
        page.item("  ", &found.gist);
        for quote in &found.quotes {
            page.item("  原文：", &format!("“{quote}”"));
        }
    }
    let (examples, others): (Vec<_>, Vec<_>) = found
        .blocks
        .iter()
        .partition(|block| block.kind == BlockKind::Example);
    for block in others {
        let id = match block.id.as_str() {
            "" => String::new(),
            id => format!("  [{id}]"),
        };
        let label = match block.label.as_str() {
            "" => String::new(),
            label => format!("：{label}"),
        };
        page.heading(&format!("{}{label}{id}", words::block(block.kind)));
        detail(&mut page, pack, block);
    }
    if !examples.is_empty() {
        page.heading(&format!(
            "{}×{}",
            words::block(BlockKind::Example),
            examples.len()
        ));
        page.line("  写在政策文档里，编译时已经核对过。");
    }
    Ok(Output::of(page.finish()))
}

fn names(pack: &Pack) -> Vec<String> {
    let articles = pack.articles.iter().map(|article| article.name.clone());
    let blocks = pack.articles.iter().flat_map(|article| {
        shown(pack, &article.name)
            .into_iter()
            .flat_map(|shown| shown.blocks)
            .map(|block| block.id)
    });
    articles
        .chain(blocks)
        .filter(|name| !name.is_empty())
        .collect()
}

fn detail(page: &mut Page, pack: &Pack, block: &BlockJson) {
    match &block.detail {
        None => {}
        Some(BlockDetail::Condition {
            strength,
            rule,
            facts,
            points,
            met,
            unmet,
            open,
            see,
            checks,
        }) => {
            page.item("  要求：", words::strength(*strength));
            page.item("  规则：", rule);
            page.item("  用到：", &named(facts));
            page.item("  待认定：", &named(points));
            page.item("  符合时：", met);
            page.item("  不符合时：", unmet);
            page.item("  待认定时：", open);
            page.item("  另见：", &see.join("、"));
            page.item("  用于：", &checks.join("、"));
        }
        Some(BlockDetail::Check {
            question,
            conditions,
            require,
            ..
        }) => {
            page.item("  问题：", question);
            page.item("  条件：", &named(conditions));
            page.item("  怎样才算符合：", &requirement(require, conditions, false));
        }
        Some(BlockDetail::Entitlement {
            benefit,
            amount,
            per,
            payer,
            when,
            limit,
            ..
        }) => {
            page.item("  内容：", benefit);
            let amount = amount.map(words::money).unwrap_or_default();
            page.item("  金额：", &amount);
            page.item("  标准：", per);
            page.item("  由谁给：", payer);
            page.item("  限制：", limit);
            page.item("  条件：", when.as_deref().unwrap_or_default());
        }
        Some(BlockDetail::Route { cases, .. }) => route(page, cases),
        Some(BlockDetail::Grade { rows }) => {
            let rows: Vec<Vec<String>> = rows
                .iter()
                .map(|row| {
                    let when = row.when.as_ref().map(|rule| format!("（{rule}）"));
                    vec![
                        row.grade.clone(),
                        format!("{}{}", row.text, when.unwrap_or_default()),
                    ]
                })
                .collect();
            page.table(2, &rows);
        }
        Some(BlockDetail::Obligation {
            who,
            what,
            every,
            to,
            until,
        }) => {
            page.item("  谁：", who);
            page.item("  做什么：", what);
            page.item("  多久一次：", words::recurrence(every));
            page.item("  交给：", to);
            page.item("  到什么时候：", until);
        }
        Some(BlockDetail::Deadline { who, when }) => {
            page.item("  谁：", who);
            page.item("  期限：", &deadline(when));
        }
        Some(BlockDetail::Form {
            named: of_policy,
            filled_by,
            copies,
            electronic,
            attachments,
            chain,
            due,
            remark,
            facts,
            fields,
            ..
        }) => {
            page.item(
                "  名称：",
                match of_policy {
                    true => "文件原有的名称",
                    false => "文件没有给出名称，这是我们的叫法",
                },
            );
            page.item("  填写：", filled_by);
            let copies = match (copies, electronic) {
                (Some(copies), true) => format!("纸质{copies}份，另交电子版"),
                (Some(copies), false) => format!("纸质{copies}份"),
                (None, true) => "文件没有写份数，另交电子版".to_owned(),
                (None, false) => "文件没有写份数".to_owned(),
            };
            page.item("  份数：", &copies);
            page.item("  期限：", due);
            for (number, attachment) in (1..).zip(attachments) {
                page.item(&format!("  附件{number}："), &attached(attachment));
            }
            for (number, office) in (1..).zip(chain) {
                page.item(&format!("  {number}. "), office);
            }
            page.item("  说明：", remark);
            page.item("  表中各项：", &labels(facts));
            let fields: Vec<&str> = fields.iter().map(|field| field.label.as_str()).collect();
            page.item("  表格另问：", &fields.join("、"));
        }
        Some(BlockDetail::Point(point)) => {
            page.item("  问题：", &point.question);
            page.item("  由谁定：", &point.owner);
            page.item("  为什么没有定：", &point.reason);
            page.item("  可能的结果：", &point.outcomes.join("；"));
        }
        Some(BlockDetail::Constraint {
            rule,
            message,
            facts,
        }) => {
            page.item("  规则：", rule);
            page.item("  用到：", &named(facts));
            page.item("  对不上时：", message);
        }
        Some(BlockDetail::Note { reason }) => page.item("  ", reason),
    }
    if block.id.is_empty() {
        return;
    }
    if let Some(point) = pack.points.iter().find(|point| point.id == block.id)
        && point.article.is_none()
    {
        page.line("  （几项政策共用）");
    }
}

fn route(page: &mut Page, cases: &[CaseJson]) {
    for case in cases {
        let when = case.when.as_ref().map(|rule| format!("（{rule}）"));
        page.item("  ", &format!("{}{}", case.label, when.unwrap_or_default()));
        for (number, step) in (1..).zip(&case.steps) {
            let due = match step.due.as_str() {
                "" => String::new(),
                due => format!("（{due}）"),
            };
            page.item(
                &format!("  {number}. "),
                &format!("{}：{}{due}", step.office, step.action),
            );
        }
    }
}

fn requirement(require: &RequirementJson, conditions: &[NamedJson], inside: bool) -> String {
    let joined = |parts: &[RequirementJson], word: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| requirement(part, conditions, true))
            .collect();
        match inside && parts.len() > 1 {
            true => format!("（{}）", parts.join(word)),
            false => parts.join(word),
        }
    };
    match require {
        RequirementJson::Condition(id) => conditions
            .iter()
            .find(|condition| condition.id == *id)
            .map_or(id, |condition| &condition.label)
            .clone(),
        RequirementJson::All(parts) => joined(parts, "、"),
        RequirementJson::Any(parts) => joined(parts, "或者"),
    }
}

fn deadline(when: &DeadlineWhenJson) -> String {
    let after = when.after.as_deref().unwrap_or_default();
    let yearly = when.yearly.as_ref().map(|day| {
        let day = words::day(&format!("0-{day}"));
        format!("每年{}", day.trim_start_matches("0年"))
    });
    let on = when.on.as_deref().map(words::day);
    let months = when.months.map(|months| format!("{after}后{months}个月内"));
    let days = when.days.map(|days| format!("{after}后{days}天内"));
    let at = when.at.clone();
    yearly.or(on).or(months).or(days).or(at).unwrap_or_default()
}

fn attached(attachment: &AttachmentJson) -> String {
    match attachment.copies {
        Some(copies) => format!("{}，{copies}份", attachment.name),
        None => attachment.name.clone(),
    }
}

fn named(all: &[NamedJson]) -> String {
    let named: Vec<String> = all
        .iter()
        .map(|named| format!("{} {}", named.label, named.id))
        .collect();
    named.join("；")
}

fn labels(all: &[NamedJson]) -> String {
    let labels: Vec<&str> = all.iter().map(|named| named.label.as_str()).collect();
    labels.join("、")
}
