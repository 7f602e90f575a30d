//! The blocks of an article, in words.

use yew::Html;
use zige_core::pack::{
    Article, Block, BlockKind, Condition, Entitlement, Form, Grade, Obligation, Point, Route, Step,
};

use super::{Context, text_if};
use crate::components::verdict_tag::verdict_tag;
use crate::library::LoadedPack;
use crate::session::Session;
use crate::view::view;
use crate::words;

pub(super) fn blocks(
    context: Context<'_>,
    loaded: &LoadedPack,
    article: &Article,
    session: Option<&Session>,
) -> Html {
    let block = |(place, block): (usize, &Block)| {
        let body = body(context, loaded, *block, session)?;
        Some(view! { <li key={place} class="block">{ body }</li> })
    };
    view! {
        <ul class="blocks">{ for article.blocks.iter().enumerate().filter_map(block) }</ul>
    }
}

fn body(
    context: Context<'_>,
    loaded: &LoadedPack,
    block: Block,
    session: Option<&Session>,
) -> Option<Html> {
    let pack = &loaded.pack;
    let index = usize::from(block.index);
    Some(match block.kind {
        BlockKind::Condition => condition(pack.conditions.get(index)?, index, session),
        BlockKind::Check => {
            let check = pack.checks.get(index)?;
            let route = crate::route::Route::Check {
                pack: pack.id.clone(),
                check: check.id.clone(),
            };
            view! { <><h3>{ &check.label }</h3><p>{ context.to(&route, check.question.clone()) }</p></> }
        }
        BlockKind::Entitlement => entitlement(pack.entitlements.get(index)?),
        BlockKind::Route => route(pack.routes.get(index)?),
        BlockKind::Grade => grade(pack.grades.get(index)?),
        BlockKind::Obligation => obligation(pack.obligations.get(index)?),
        BlockKind::Deadline => {
            let deadline = pack.deadlines.get(index)?;
            let when = words::deadline(&deadline.when);
            view! { <><h3><span class="kind">{ "时间" }</span>{ &deadline.label }</h3><p>{ join(&[&when, &deadline.who], "，") }</p></> }
        }
        BlockKind::Form => form(pack.forms.get(index)?),
        BlockKind::Point => point(pack.points.get(index)?),
        BlockKind::Constraint => {
            let constraint = pack.constraints.get(index)?;
            view! { <><h3><span class="kind">{ "核对" }</span>{ "前后要一致" }</h3><p>{ &constraint.message }</p></> }
        }
        BlockKind::Note => {
            let note = pack.notes.get(index)?;
            view! { <><h3><span class="kind">{ "说明" }</span>{ "不涉及条件" }</h3><p>{ &note.reason }</p></> }
        }
        BlockKind::Example => return None,
    })
}

fn condition(condition: &Condition, index: usize, session: Option<&Session>) -> Html {
    let own = session.and_then(|session| {
        let reports = &session.report().conditions;
        reports
            .iter()
            .find(|report| report.condition.index() == index)
    });
    view! {
        <>
            <h3><span class="kind">{ "条件" }</span>{ &condition.label }</h3>
            { text_if(words::strength(condition.strength), "hint") }
            <div class="slot">
                if let Some(own) = own {
                    <p>{ "按您的回答：" }{ verdict_tag(own.possible) }</p>
                }
            </div>
            { text_if(&condition.open, "hint") }
        </>
    }
}

fn entitlement(entitlement: &Entitlement) -> Html {
    let amount = entitlement
        .amount
        .map(|amount| format!("{}元", words::decimal(amount, 2)));
    let money = join(
        &[amount.as_deref().unwrap_or_default(), &entitlement.per],
        "，",
    );
    view! {
        <>
            <h3><span class="kind">{ "待遇" }</span>{ &entitlement.label }</h3>
            <p>{ &entitlement.benefit }</p>
            { text_if(&money, "") }
            { text_if(&entitlement.limit, "hint") }
            { text_if(&prefixed("由谁给：", &entitlement.payer), "hint") }
        </>
    }
}

fn route(route: &Route) -> Html {
    view! {
        <>
            <h3><span class="kind">{ "程序" }</span>{ &route.label }</h3>
            <div>{ for route.cases.iter().enumerate().map(|(place, case)| view! {
                <div key={place}>{ text_if(&case.label, "case-label") }{ steps(&case.steps) }</div>
            }) }</div>
        </>
    }
}

/// Who does what, in order.
pub(super) fn steps(steps: &[Step]) -> Html {
    view! {
        <ol class="steps">{ for steps.iter().enumerate().map(|(place, step)| view! {
            <li key={place}><strong>{ &step.office }</strong><span>{ &step.action }</span>{ text_if(&step.due, "due") }</li>
        }) }</ol>
    }
}

fn grade(grade: &Grade) -> Html {
    view! {
        <>
            <h3><span class="kind">{ "等次" }</span>{ &grade.label }</h3>
            <dl class="grades">{ for grade.rows.iter().enumerate().map(|(place, row)| view! {
                <div key={place}><dt>{ &row.grade }</dt><dd>{ &row.text }</dd></div>
            }) }</dl>
        </>
    }
}

fn obligation(obligation: &Obligation) -> Html {
    let when = join(
        &[words::recurrence(obligation.every), &obligation.until],
        "，",
    );
    view! {
        <>
            <h3><span class="kind">{ "要求" }</span>{ &obligation.label }</h3>
            <p>{ format!("{}：{}", obligation.who, obligation.what) }</p>
            { text_if(&when, "hint") }
            { text_if(&prefixed("报给：", &obligation.to), "hint") }
        </>
    }
}

fn form(form: &Form) -> Html {
    let copies = form
        .copies
        .map(|copies| format!("一式{copies}份"))
        .unwrap_or_default();
    let electronic = if form.electronic {
        "另交电子版"
    } else {
        ""
    };
    let filled_by = format!("{}填写", form.filled_by);
    view! {
        <>
            <h3><span class="kind">{ "表格" }</span>{ &form.name }</h3>
            <p>{ join(&[&filled_by, &copies, electronic, &form.due], "，") }</p>
            { text_if(&form.remark, "hint") }
        </>
    }
}

fn point(point: &Point) -> Html {
    view! {
        <>
            <h3><span class="kind">{ "由主管部门定" }</span>{ &point.label }</h3>
            <p>{ &point.reason }</p>
            <p class="hint">{ format!("由{}决定：{}", point.owner, point.outcomes.join("，或者")) }</p>
        </>
    }
}

fn prefixed(prefix: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{prefix}{text}")
    }
}

/// The texts that are not empty.
pub(super) fn join(texts: &[&str], between: &str) -> String {
    let texts: Vec<&str> = texts
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(between)
}
