//! `zige check`.

use zige_core::evaluator::Evaluator;
use zige_core::pack::Pack;
use zige_core::verdict::Verdict;
use zige_json::{
    BecauseJson, ChangeJson, ConditionJson, ReportJson, Subject, contradiction, whole_report,
};

use super::{answers, json};
use crate::Output;
use crate::command::Check;
use crate::failure::Failure;
use crate::layout::Page;
use crate::{packs, words};

/// Judges answers.
pub fn check(asked: &Check) -> Result<Output, Failure> {
    let packed = packs::find(&asked.pack, &asked.options)?;
    let pack = &packed.pack;
    let check = packs::find_check(pack, &asked.check)?;
    let data = answers::whole(pack, &asked.answers)?;
    let answers = data.answers;
    let evaluator = Evaluator::new(pack, check, asked.on).map_err(Failure::input)?;
    evaluator
        .check(pack, &answers)
        .map_err(|error| Failure::Input(contradiction(pack, &answers, &error)))?;
    let report = whole_report(&Subject {
        pack,
        pack_hash: &packed.hash.to_string(),
        evaluator: &evaluator,
        answers: &answers,
    })
    .map_err(Failure::input)?;
    if asked.options.json {
        return Ok(Output::of(json(&report)));
    }
    Ok(Output::of(told(pack, &report)))
}

fn told(pack: &Pack, report: &ReportJson) -> String {
    let mut page = Page::default();
    page.line(&format!("{} · {}", pack.short, report.check_label));
    page.line(&format!(
        "结论：{}{}",
        words::under(&report.programme),
        report.verdict_label
    ));
    page.item("  ", words::sentence(&report.possible));
    page.item("  这份文件：", &words::programme(&report.programme));

    questions(&mut page, report);
    page.heading("各项条件");
    for condition in report
        .conditions
        .iter()
        .filter(|condition| !condition.declared)
    {
        one_condition(&mut page, pack, condition);
    }
    declared(&mut page, report);
    reasons(&mut page, report);
    changes(&mut page, pack, report);
    windows(&mut page, report);
    materials(&mut page, report);
    steps(&mut page, report);

    page.heading("自查结果，不代表主管机关认定。");
    page.line(&format!(
        "{}  {}  {}  按{}自查",
        report.pack,
        report.version,
        report.pack_hash.get(..12).unwrap_or(&report.pack_hash),
        words::day(&report.on)
    ));
    page.finish()
}

fn questions(page: &mut Page, report: &ReportJson) {
    if let Some(next) = &report.next {
        page.heading("下一个问题");
        page.item("  ", &next.question);
        page.item("  答案的名称：", &next.id);
        page.item("  在哪里找：", &next.find);
        page.item("  可以问谁：", &next.attest);
    }
    if report.missing.len() > 1 {
        page.heading("还可能要问（按顺序）");
        let rows: Vec<Vec<String>> = report
            .missing
            .iter()
            .map(|missing| {
                let id = match (&missing.list, missing.record) {
                    (Some(list), Some(record)) => format!("{list}[{record}].{}", missing.id),
                    _ => missing.id.clone(),
                };
                vec![id, missing.label.clone()]
            })
            .collect();
        page.table(2, &rows);
    }
    if !report.blocked_by.is_empty() {
        page.heading("您不知道、但会影响结果的");
        let rows: Vec<Vec<String>> = report
            .blocked_by
            .iter()
            .map(|blocked| {
                let who = match blocked.attest.as_str() {
                    "" => String::new(),
                    who => format!("可以问{who}"),
                };
                vec![blocked.id.clone(), blocked.label.clone(), who]
            })
            .collect();
        page.table(2, &rows);
    }
}

fn one_condition(page: &mut Page, pack: &Pack, condition: &ConditionJson) {
    let mut articles = vec![condition.article.clone()];
    articles.extend(condition.see.iter().cloned());
    page.table(
        2,
        &[vec![
            format!("【{}】", words::verdict(condition.verdict)),
            condition.label.clone(),
            articles.join("、"),
        ]],
    );
    page.item("      ", &condition.remark);
    for quote in &condition.quotes {
        page.item("      原文：", &format!("“{quote}”"));
    }
    let values: Vec<String> = condition
        .facts
        .iter()
        .map(|fact| {
            format!(
                "{} {}",
                fact.label,
                words::value(pack, &fact.id, &fact.value)
            )
        })
        .collect();
    page.item("      答案：", &values.join("；"));
    for point in &condition.points {
        page.item(
            "      由谁定：",
            &format!("{}：{}{}", point.owner, point.question, point.reason),
        );
    }
}

fn declared(page: &mut Page, report: &ReportJson) {
    let own = report
        .conditions
        .iter()
        .filter(|condition| condition.declared);
    let rows: Vec<Vec<String>> = own
        .map(|condition| {
            vec![
                format!("【{}】", words::verdict(condition.verdict)),
                condition.label.clone(),
                condition.article.clone(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.heading("本人声明、由单位核实的");
        page.table(2, &rows);
    }
}

fn reasons(page: &mut Page, report: &ReportJson) {
    let Some(because) = report
        .because
        .as_deref()
        .filter(|because| !because.is_empty())
    else {
        return;
    };
    page.heading("为什么");
    let labels = |because: &BecauseJson| {
        let named = because.conditions.iter().filter_map(|id| {
            report
                .conditions
                .iter()
                .find(|condition| condition.id == *id)
                .map(|condition| format!("{}（{}）", condition.label, condition.article))
        });
        named.collect::<Vec<_>>().join("、")
    };
    for reason in because {
        let lead = match reason.fixes {
            "ineligible" => "  不符合，是因为：",
            "eligible" => "  符合，是因为满足：",
            "not_eligible" => "  还不能算符合，是因为：",
            _ => "  也不能算不符合，因为：",
        };
        page.item(lead, &labels(reason));
    }
}

fn changes(page: &mut Page, pack: &Pack, report: &ReportJson) {
    let Some(changes) = report
        .changes
        .as_deref()
        .filter(|changes| !changes.is_empty())
    else {
        return;
    };
    page.heading("怎样会改变结果");
    let told = |change: &ChangeJson| {
        let facts = change.facts.iter().map(|fact| {
            format!(
                "{}为{}",
                fact.label,
                words::value(pack, &fact.id, &fact.value)
            )
        });
        facts.collect::<Vec<_>>().join("，并且")
    };
    for change in changes {
        page.item(
            "  - ",
            &format!("{}，就是{}", told(change), words::verdict(change.verdict)),
        );
    }
    if report.truncated == Some(true) {
        page.line("  还有别的办法，没有全部列出。");
    }
}

fn windows(page: &mut Page, report: &ReportJson) {
    let Some(windows) = report
        .windows
        .as_deref()
        .filter(|windows| windows.len() > 1)
    else {
        return;
    };
    page.heading("答案不变，以后的结果");
    let rows: Vec<Vec<String>> = windows
        .iter()
        .map(|window| {
            vec![
                format!("{} 至 {}", window.from, window.to),
                match window.verdict {
                    Verdict::Incomplete => {
                        format!("待补充（{}）", words::sentence(&window.possible))
                    }
                    verdict => words::verdict(verdict).to_owned(),
                },
            ]
        })
        .collect();
    page.table(2, &rows);
}

fn materials(page: &mut Page, report: &ReportJson) {
    let Some(materials) = report.materials.as_deref().filter(|all| !all.is_empty()) else {
        return;
    };
    page.heading("要准备的证明材料");
    let rows: Vec<Vec<String>> = materials
        .iter()
        .map(|material| {
            let copies = material.copies.map(|copies| format!("{copies}份"));
            vec![
                material.label.clone(),
                format!("{}{}", material.proof, copies.unwrap_or_default()),
            ]
        })
        .collect();
    page.table(2, &rows);
}

fn steps(page: &mut Page, report: &ReportJson) {
    let Some(steps) = report.steps.as_deref().filter(|all| !all.is_empty()) else {
        return;
    };
    page.heading("办理程序");
    for route in steps {
        page.line(&format!("  {}（{}）", route.label, route.article));
        for case in &route.cases {
            let certain = match (case.certain, route.cases.len()) {
                (true, _) | (_, 1) => "",
                _ => "（是不是这种情形，还要看没有回答的问题）",
            };
            page.item("    ", &format!("{}{certain}", case.label));
            for (number, step) in (1..).zip(&case.steps) {
                let due = match step.due.as_str() {
                    "" => String::new(),
                    due => format!("（{due}）"),
                };
                page.item(
                    &format!("    {number}. "),
                    &format!("{}：{}{due}", step.office, step.action),
                );
            }
        }
    }
}
