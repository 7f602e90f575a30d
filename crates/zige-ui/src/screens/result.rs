//! The result: the verdict, why, and what to do next.

use std::rc::Rc;

use yew::{Html, SubmitEvent};
use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::{ConditionId, FactId, PointId};
use zige_core::pack::{Condition, FactKind, Form};
use zige_core::report::{Change, ConditionReport, Window};
use zige_core::verdict::{Class, Possible};

use super::blocks::{join, steps};
use super::check::{answers_section, lines};
use super::{Context, folded, jumps, papers, section_if, text_if, unsaved};
use crate::app::Message;
use crate::components::citation::citation;
use crate::components::date_input::date_input;
use crate::components::field::Surroundings;
use crate::components::state_notice::state_notice;
use crate::components::verdict_tag::verdict_tag;
use crate::route::Route;
use crate::session::{Explanation, Session};
use crate::view::{classes, view};
use crate::words::{self, Tone};

/// Up to this many reasons show their quotes at once.
const FEW_REASONS: usize = 4;

pub(super) fn result(context: Context<'_>, session: &Session) -> Html {
    let pack = session.pack();
    let report = session.report();
    let headline = words::headline(report.possible, &report.programme);
    let explanation = session.explanation();
    let check = Route::Check {
        pack: pack.id.clone(),
        check: session
            .check()
            .map(|check| check.id.clone())
            .unwrap_or_default(),
    };
    let programme = Route::Programme {
        pack: pack.id.clone(),
    };
    let label = session
        .check()
        .map(|check| check.label.clone())
        .unwrap_or_default();
    let state = match report.programme {
        zige_core::programme::ProgrammeState::InForce => Html::default(),
        _ => state_notice(pack, session.on(), Html::default()),
    };
    view! {
        <div class="result">
            <p class="back">{ context.to(&programme, pack.short.clone()) }</p>
            <div class={classes!("verdict", headline.tone.class())}>
                <p class="region">{ format!("{} · {label} · 自查结果", pack.short) }</p>
                <p class="under">{ headline.under }</p>
                <h1 id="title" tabindex="-1">
                    <span class="sr-only">{ headline.under }</span>
                    <span>{ headline.word }</span>
                    <span class="phrase">{ headline.phrase }</span>
                </h1>
                <p class="sentence">{ headline.sentence }</p>
                <p class="stamp">{ "自查结果，不代表主管机关认定" }</p>
            </div>
            <div class="slot">{ go_on(context, session, &check) }</div>
            <div class="slot">{ contents(context, session, &explanation) }</div>
            { unsaved(context) }
            { state }
            { reasons(context, session, &explanation) }
            { open_points(context, session) }
            { too_little(context, session) }
            { whom_to_ask(context, session) }
            { better(session, &explanation) }
            { declared(context, session) }
            { windows(&explanation) }
            { to_do(context, session, &explanation) }
            { benefits(session, &explanation) }
            { conditions(context, session) }
            { answers_section(context, session) }
            { other_day(context, session) }
            { identification(context, session) }
        </div>
    }
}

fn go_on(context: Context<'_>, session: &Session, check: &Route) -> Html {
    if session.question().is_some() && !session.settled() {
        let remaining = session.remaining();
        return view! {
            <p class="buttons">{ context.button_to(check, "button", format!("继续回答，还有大约{remaining}题")) }</p>
        };
    }
    view! {
        if session.has_rest() {
            <div class="rest">
                <p>{ "结论已经确定，其余的题可以不答；想看看其他条件是否满足，可以接着答。" }</p>
                <p><button type="button" class="button secondary" id="rest" onclick={context.link.callback(|_| Message::AskTheRest)}>{ "接着答其余的题" }</button></p>
            </div>
        }
    }
}

/// Leads down to what there is to do, which stands below all the reasons.
fn contents(context: Context<'_>, session: &Session, explanation: &Explanation) -> Html {
    if is_lost(session) || own_forms(session).next().is_none() {
        return Html::default();
    }
    let places = [
        (!explanation.materials.is_empty(), "materials", "要准备什么"),
        (true, "forms", "填表"),
        (!explanation.steps.is_empty(), "routes", "去哪里办"),
        (!context.app.in_wechat, "print", "打印结果"),
    ];
    jumps(context, "直接去看：", places)
}

/// Whether the answers are certain not to do.
fn is_lost(session: &Session) -> bool {
    session.report().possible.single() == Some(Class::Ineligible)
}

/// What to bring, to fill in and to do; out of the way of a person who cannot apply as things are.
fn to_do(context: Context<'_>, session: &Session, explanation: &Explanation) -> Html {
    let body = view! {
        <>
            { materials(context, session, explanation) }
            <div class="no-print">{ forms(context, session) }</div>
            { routes(context, session, explanation) }
        </>
    };
    if is_lost(session) {
        folded("anyway", "还是想看看材料、表格和去哪里办", body)
    } else {
        view! { <div id="to-do">{ body }</div> }
    }
}

fn reasons(context: Context<'_>, session: &Session, explanation: &Rc<Explanation>) -> Html {
    let because = &explanation.because;
    let title = match session.report().possible.single() {
        Some(Class::Eligible) => "为什么符合",
        Some(Class::Ineligible) => "为什么不符合",
        Some(Class::Discretionary) => "为什么要由主管部门认定",
        None => "理由",
    };
    // What was said already needs no second card.
    let conditions = session
        .report()
        .conditions
        .iter()
        .map(|report| report.condition);
    let in_sets = |sets: &[Vec<ConditionId>], id| sets.iter().flatten().any(|one| *one == id);
    let still: Vec<ConditionId> = conditions
        .filter(|id| in_sets(&because.still, *id) && !in_sets(&because.sets, *id))
        .collect();
    let alternatives = if because.sets.len() > 1
        && session.report().possible.single() == Some(Class::Ineligible)
    {
        "下面每一条单独就能决定这个结果。"
    } else {
        ""
    };
    let body = view! {
        <>
            { reason_sets(context, session, &because.sets) }
            <div class="slot">
                if !still.is_empty() {
                    { folded("still", "为什么还有机会", reason_sets(context, session, &[still])) }
                }
            </div>
        </>
    };
    section_if(
        !because.sets.is_empty(),
        "because",
        title,
        alternatives,
        body,
    )
}

fn reason_sets(context: Context<'_>, session: &Session, sets: &[Vec<ConditionId>]) -> Html {
    // With many reasons the quotes would bury them; one touch opens each.
    let brief = sets.iter().map(Vec::len).sum::<usize>() > FEW_REASONS;
    let set = |(place, set): (usize, &Vec<ConditionId>)| {
        let reasons = set
            .iter()
            .filter_map(|id| reason(context, session, *id, brief));
        view! { <li key={place}><ul class="reasons">{ for reasons }</ul></li> }
    };
    view! { <ul class="plain">{ for sets.iter().enumerate().map(set) }</ul> }
}

fn reason(context: Context<'_>, session: &Session, id: ConditionId, brief: bool) -> Option<Html> {
    let pack = session.pack();
    let condition = pack.conditions.get(id.index())?;
    let reports = &session.report().conditions;
    let report = reports.iter().find(|report| report.condition == id)?;
    if is_confirmed(report) {
        return None;
    }
    let article = pack.articles.get(condition.article.index())?;
    let see = condition
        .see
        .iter()
        .filter_map(|id| pack.articles.get(id.index()));
    Some(view! {
        <li key={condition.id} class="reason" data-condition={&condition.id}>
            <h3>{ &condition.label }{ verdict_tag(report.possible) }</h3>
            <p>{ sentence(condition, report.possible) }</p>
            { used(session, report) }
            <details class="source" open={!brief}>
                <summary>{ format!("依据：{}", article.name) }</summary>
                { citation(article, view! {
                    <>
                        { context.to_article(&pack.id, &article.name) }
                        <span>{ for see.map(|article| view! { <span key={article.name} class="see">{ "，并见" }{ context.to_article(&pack.id, &article.name) }</span> }) }</span>
                    </>
                }) }
            </details>
        </li>
    })
}

/// Declared and met: these have a section of their own.
fn is_confirmed(report: &ConditionReport) -> bool {
    report.declared && report.possible.single() == Some(Class::Eligible)
}

fn sentence(condition: &Condition, possible: Possible) -> String {
    let (written, otherwise) = match possible.single() {
        Some(Class::Eligible) => (&condition.met, "这一条满足。"),
        Some(Class::Ineligible) => (&condition.unmet, "这一条没有满足。"),
        Some(Class::Discretionary) => (&condition.open, "这一条要由主管部门来定。"),
        None => return "这一条还缺信息，暂时不能判断。".into(),
    };
    if written.is_empty() {
        otherwise.into()
    } else {
        written.clone()
    }
}

/// The answers that a condition used.
fn used(session: &Session, report: &ConditionReport) -> Html {
    let lines = lines(session.pack(), session.answers(), &report.facts);
    view! {
        <div class="slot">
            if !lines.is_empty() {
                <dl class="used">{ for lines.into_iter().map(|line| view! {
                    <div key={line.id}><dt>{ line.label }</dt><dd>{ line.answer }</dd></div>
                }) }</dl>
            }
        </div>
    }
}

fn open_points(context: Context<'_>, session: &Session) -> Html {
    let pack = session.pack();
    // A point is worth asking about only where nothing else stands in the way.
    let verdict = session.report().possible.single();
    let finished = session.question().is_none();
    let hinges = |report: &&ConditionReport| match report.possible.single() {
        Some(class) => class == Class::Discretionary,
        None => finished && verdict.is_none() && report.possible.contains(Class::Discretionary),
    };
    let is_open = |point: PointId| {
        let mut conditions = session.report().conditions.iter().filter(hinges);
        verdict != Some(Class::Ineligible) && conditions.any(|one| one.points.contains(&point))
    };
    let is_decided =
        |point| session.answers().outcome(point).is_some() && is_of_check(session, point);
    let points: Vec<PointId> = (0..pack.points.len())
        .map(|place| PointId(u16::try_from(place).unwrap_or(u16::MAX)))
        .filter(|point| is_open(*point) || is_decided(*point))
        .collect();
    let point = |id: &PointId| {
        let point = pack.points.get(id.index())?;
        let article = point.article.and_then(|id| pack.articles.get(id.index()));
        let outcome = session.answers().outcome(*id);
        let id = *id;
        let option = |value: Option<u16>, label: String| {
            let chosen = outcome == value;
            let onchange = context.link.callback(move |_| Message::Decide(id, value));
            view! {
                <label key={label} class={classes!("option", chosen.then_some("chosen"))}>
                    <input type="radio" name={format!("point-{}", point.id)} checked={chosen} {onchange} />
                    <span class="option-text">{ label }</span>
                </label>
            }
        };
        let options = std::iter::once((None, "还没有结论".to_owned())).chain(
            (0..)
                .zip(&point.outcomes)
                .map(|(value, label)| (Some(value), label.clone())),
        );
        Some(view! {
            <li key={point.id} class="reason point" data-point={&point.id}>
                <h3>{ &point.label }</h3>
                <p>{ &point.reason }</p>
                <p><strong>{ "问谁：" }</strong>{ &point.owner }</p>
                <p><strong>{ "这样问：" }</strong>{ &point.question }</p>
                <div class="slot">{ article.map(|article| view! { <p>{ context.to_article(&pack.id, &article.name) }</p> }) }</div>
                <fieldset>
                    <legend>{ "对方答复了吗？" }</legend>
                    <div class="options inline">{ for options.map(|(value, label)| option(value, label)) }</div>
                </fieldset>
            </li>
        })
    };
    let body = view! { <ul class="reasons">{ for points.iter().filter_map(point) }</ul> };
    section_if(
        !points.is_empty(),
        "points",
        "要由主管部门来定的事",
        "我们不替主管部门作决定。问清以后，在这里选上答复，结果会跟着变。",
        body,
    )
}

fn is_of_check(session: &Session, point: PointId) -> bool {
    let conditions = session.report().conditions.iter();
    conditions
        .filter_map(|report| session.pack().conditions.get(report.condition.index()))
        .any(|condition| condition.points.contains(&point))
}

fn too_little(context: Context<'_>, session: &Session) -> Html {
    let facts = session.too_little();
    let line = |id: &FactId| {
        let fact = session.fact(*id)?;
        let id = *id;
        let what = match fact.kind {
            FactKind::Date { .. } => "只填了年月，还要知道是哪一天",
            _ => "还没有填全",
        };
        Some(view! {
            <li key={fact.id}>
                <strong>{ &fact.label }</strong>
                <span>{ what }</span>
                <button type="button" class="link" onclick={context.link.callback(move |_| Message::Change(id))}>
                    { "补上" }<span class="sr-only">{ &fact.label }</span>
                </button>
            </li>
        })
    };
    let body = view! { <ul class="asks">{ for facts.iter().filter_map(line) }</ul> };
    section_if(
        !facts.is_empty(),
        "too-little",
        "还要再具体一点",
        "补上以后才能得出结果。",
        body,
    )
}

fn whom_to_ask(context: Context<'_>, session: &Session) -> Html {
    let line = |id: &FactId| {
        let fact = session.fact(*id)?;
        let id = *id;
        let attest = if fact.attest.is_empty() {
            "所在单位"
        } else {
            &fact.attest
        };
        Some(view! {
            <li key={fact.id}>
                <strong>{ &fact.label }</strong>
                <span>{ format!("问{attest}：{}", fact.question) }</span>
                { text_if(&fact.find, "hint") }
                <button type="button" class="link no-print" onclick={context.link.callback(move |_| Message::Change(id))}>
                    { "问到了，补上" }<span class="sr-only">{ &fact.label }</span>
                </button>
            </li>
        })
    };
    let blocked = &session.report().blocked_by;
    let body = view! { <ul class="asks">{ for blocked.iter().filter_map(line) }</ul> };
    section_if(
        !blocked.is_empty(),
        "blocked",
        "您选了“不知道”的事，去问谁",
        "问到以后补上，就能得出结果。",
        body,
    )
}

/// The first day on which the verdict is better although nothing but time has passed.
fn better_by_time(windows: &[Window]) -> Option<&Window> {
    let now = windows.first()?.possible.single()?;
    let is_better = |window: &&Window| window.possible.single().is_some_and(|then| then > now);
    windows.iter().find(is_better)
}

fn better(session: &Session, explanation: &Explanation) -> Html {
    let changes = &explanation.changes;
    let pack = session.pack();
    let time = better_by_time(&explanation.windows);
    let one = |(place, change): (usize, &Change)| {
        let class = Possible::only(change.class);
        let parts = change.facts.iter().filter_map(|(id, value)| {
            let fact = session.fact(*id)?;
            let now = words::answer(pack, fact, session.answers().get(*id));
            let then = words::value(pack, fact, *value);
            Some(view! {
                <span key={fact.id} class="change-part">{ format!("{}：由“{now}”变为“{then}”", fact.label) }</span>
            })
        });
        view! { <li key={place}><span class="change-parts">{ for parts }</span>{ "→ " }{ verdict_tag(class) }</li> }
    };
    let body = view! {
        <>
            <div class="slot">
                if let Some(window) = time {
                    <p id="by-time">{ "什么都不变，到了" }<strong>{ words::date(window.from) }</strong>{ "：" }{ verdict_tag(window.possible) }</p>
                }
            </div>
            <ul class="changes">{ for changes.sets.iter().enumerate().map(one) }</ul>
            <div class="slot">
                if changes.truncated {
                    <p class="hint">{ "还有其他办法，这里只列出最接近的几种。" }</p>
                }
            </div>
        </>
    };
    section_if(
        time.is_some() || !changes.sets.is_empty(),
        "changes",
        "怎样结果会更好",
        "每一条都可以单独让结果变好，其他回答不变。",
        body,
    )
}

fn declared(context: Context<'_>, session: &Session) -> Html {
    let pack = session.pack();
    let declared: Vec<&Condition> = session
        .report()
        .conditions
        .iter()
        .filter(|report| is_confirmed(report))
        .filter_map(|report| pack.conditions.get(report.condition.index()))
        .collect();
    let line = |condition: &&Condition| {
        let article = pack.articles.get(condition.article.index())?;
        Some(view! {
            <li key={condition.id} class="declared-line"><span>{ &condition.label }</span>{ context.to_article(&pack.id, &article.name) }</li>
        })
    };
    let body = view! { <ul class="plain">{ for declared.iter().filter_map(line) }</ul> };
    section_if(
        !declared.is_empty(),
        "declared",
        "您声明的事项，由单位核实",
        "这些没有证件可查，推荐时由单位核实确认。",
        body,
    )
}

fn conditions(context: Context<'_>, session: &Session) -> Html {
    let pack = session.pack();
    let row = |report: &ConditionReport| {
        let condition = pack.conditions.get(report.condition.index())?;
        let article = pack.articles.get(condition.article.index())?;
        Some(view! {
            <tr key={condition.id} data-condition={&condition.id}>
                <th scope="row">{ &condition.label }<span class="hint">{ words::strength(condition.strength) }</span></th>
                <td>{ context.to_article(&pack.id, &article.name) }</td>
                <td>{ verdict_tag(report.possible) }</td>
            </tr>
        })
    };
    let body = view! {
        <table>
            <thead><tr><th scope="col">{ "条件" }</th><th scope="col">{ "出处" }</th><th scope="col">{ "结果" }</th></tr></thead>
            <tbody>{ for session.report().conditions.iter().filter_map(row) }</tbody>
        </table>
    };
    folded("conditions", "逐项条件的结果", body)
}

fn windows(explanation: &Explanation) -> Html {
    let windows = &told(&explanation.windows);
    let last = windows.len().saturating_sub(1);
    let one = |(place, window): (usize, &Window)| {
        let [from, to] = words::window(window, place == last);
        view! {
            <li key={place}><span class="days"><span>{ from }</span><span>{ to }</span></span>{ verdict_tag(window.possible) }</li>
        }
    };
    let list = view! { <ul class="windows">{ for windows.iter().enumerate().map(one) }</ul> };
    let body = view! { <>{ band(windows) }{ list }</> };
    let is_open = |window: &Window| Tone::of(window.possible) == Tone::Incomplete;
    let text = if windows.iter().any(is_open) {
        "其他情况不变，只看日期往后推。标着“待补充”的时间，要看到那时才用得着、现在没有问的题。"
    } else {
        "其他情况不变，只看日期往后推。"
    };
    section_if(windows.len() > 1, "windows", "什么时候会变", text, body)
}

/// The windows as they are told: what follows with the same word is one.
fn told(windows: &[Window]) -> Vec<Window> {
    let mut told: Vec<Window> = Vec::new();
    for window in windows {
        match told.last_mut() {
            Some(last) if Tone::of(last.possible) == Tone::of(window.possible) => {
                last.to = window.to;
            }
            _ => told.push(*window),
        }
    }
    told
}

/// The windows on an axis from today to some time after the last change: the better the verdict,
/// the higher. The list below it says the same in words.
fn band(windows: &[Window]) -> Html {
    const WIDTH: i64 = 1_000;
    let first = windows.first().map_or(0, |window| window.from.days());
    let turn = windows.last().map_or(0, |window| window.from.days());
    let end = turn + (turn - first) / 5 + 1;
    let at = |day: i64| (day.min(end) - first) * WIDTH / (end - first).max(1);
    let piece = |window: &Window| {
        let (from, to) = (at(window.from.days()), at(window.to.days() + 1));
        let tone = Tone::of(window.possible);
        let height = match tone {
            Tone::Eligible => 40,
            Tone::Discretionary => 28,
            Tone::Incomplete => 16,
            Tone::Ineligible => 8,
        };
        view! {
            <rect key={from} class={tone.class()} x={from.to_string()} width={(to - from).to_string()}
                y={(40 - height).to_string()} height={height.to_string()} />
        }
    };
    view! {
        <div class="band" aria-hidden="true">
            <svg viewBox="0 0 1000 40" preserveAspectRatio="none">{ for windows.iter().map(piece) }</svg>
            <p><span>{ year(first) }</span><span>{ year(end) }</span></p>
        </div>
    }
}

fn year(day: i64) -> String {
    let (year, ..) = Date::from_days(day).ymd();
    [year.to_string().as_str(), "年"].concat()
}

fn materials(context: Context<'_>, session: &Session, explanation: &Explanation) -> Html {
    // One paper can prove several facts.
    let mut papers: Vec<(String, Vec<String>, Option<u8>)> = Vec::new();
    for material in &explanation.materials {
        let Some(fact) = session
            .fact(material.fact)
            .filter(|fact| !fact.proof.is_empty())
        else {
            continue;
        };
        match papers.iter_mut().find(|(proof, ..)| *proof == fact.proof) {
            Some((_, labels, copies)) => {
                labels.push(fact.label.clone());
                *copies = (*copies).max(material.copies);
            }
            None => papers.push((
                fact.proof.clone(),
                vec![fact.label.clone()],
                material.copies,
            )),
        }
    }
    let pack = &session.pack().id;
    let one = |(proof, labels, copies): &(String, Vec<String>, Option<u8>)| {
        let copies = copies
            .map(|copies| [copies.to_string().as_str(), "份"].concat())
            .unwrap_or_default();
        let paper = proof.clone();
        let onchange = context
            .link
            .callback(move |_| Message::TickPaper(paper.clone()));
        view! {
            <li key={proof}>
                <label class="option">
                    <input type="checkbox" checked={context.app.book.has_paper(pack, proof)} {onchange} />
                    <span class="option-text">
                        <strong>{ proof }{ " " }{ copies }</strong>
                        <span class="hint">{ "证明：" }{ labels.join("、") }</span>
                    </span>
                </label>
            </li>
        }
    };
    let body = view! { <ul class="options">{ for papers.iter().map(one) }</ul> };
    section_if(
        !papers.is_empty(),
        "materials",
        "要准备什么",
        "备齐一样，勾一样。",
        body,
    )
}

fn routes(context: Context<'_>, session: &Session, explanation: &Explanation) -> Html {
    let pack = session.pack();
    let one = |(place, step): (usize, &zige_core::report::NextStep)| {
        let route = pack.routes.get(step.route)?;
        let article = pack.articles.get(route.article.index())?;
        let cases = step.cases.iter().filter_map(|(place, certain)| {
            let case = route.cases.get(*place)?;
            let label = match (case.label.is_empty(), *certain) {
                (true, _) => String::new(),
                (false, true) => case.label.clone(),
                (false, false) => format!("{}（看情况）", case.label),
            };
            Some(view! { <div key={*place}>{ text_if(&label, "case-label") }{ steps(&case.steps) }</div> })
        });
        Some(view! {
            <li key={route.id}>
                <details open={place == 0}>
                    <summary><h3>{ &route.label }</h3></summary>
                    <div>{ for cases }</div>
                    <p class="hint">{ context.to_article(&pack.id, &article.name) }</p>
                </details>
            </li>
        })
    };
    let body = view! { <ul class="plain routes">{ for explanation.steps.iter().enumerate().filter_map(one) }</ul> };
    section_if(
        !explanation.steps.is_empty(),
        "routes",
        "去哪里办、什么时候办",
        "",
        body,
    )
}

fn benefits(session: &Session, explanation: &Explanation) -> Html {
    let pack = session.pack();
    let one = |(place, certain): &(usize, bool)| {
        let benefit = pack.entitlements.get(*place)?;
        let amount = benefit
            .amount
            .map(|amount| format!("{}元", words::decimal(amount, 2)));
        let money = join(&[amount.as_deref().unwrap_or_default(), &benefit.per], "，");
        let when = if *certain {
            ""
        } else {
            "符合条件时才有"
        };
        Some(view! {
            <li key={benefit.id}>
                <strong>{ &benefit.label }</strong>
                <span>{ &benefit.benefit }</span>
                <span class="hint">{ join(&[&money, benefit.limit.trim_end_matches('。'), when], "；") }</span>
            </li>
        })
    };
    let any = !explanation.entitlements.is_empty()
        && session.report().possible.single() != Some(Class::Ineligible);
    let body =
        view! { <ul class="asks">{ for explanation.entitlements.iter().filter_map(one) }</ul> };
    view! {
        <div class="slot">
            if any {
                { folded("benefits", "入选后有什么待遇", body) }
            }
        </div>
    }
}

/// The forms of the check that can be filled here, in the order of the text.
fn own_forms(session: &Session) -> impl Iterator<Item = &Form> {
    let forms = session.pack().forms.iter();
    forms.filter(|form| form.check == Some(session.check_id()) && !form.parts.is_empty())
}

fn forms(context: Context<'_>, session: &Session) -> Html {
    let pack = session.pack();
    let check = session
        .check()
        .map(|check| check.id.clone())
        .unwrap_or_default();
    // The paper to begin with is the first that the text names; the others come up later.
    let mut links = own_forms(session).map(|form| {
        let route = Route::Form {
            pack: pack.id.clone(),
            check: check.clone(),
            form: form.id.clone(),
        };
        (form.id.clone(), route, format!("填写{}", form.name))
    });
    let first = links.next();
    let any = first.is_some();
    let first = first.map(|(_, route, label)| context.button_to(&route, "button", label));
    let later: Vec<Html> = links
        .map(|(id, route, label)| view! { <li key={id}>{ context.to(&route, label) }</li> })
        .collect();
    let later_title = format!("以后用得到的表（{}种）", later.len());
    section_if(
        any,
        "forms",
        "填表",
        "前面答过的已经填好，其余的接着填，也可以打印出来用笔写。表格是样表（非官方）。",
        view! {
            <div class="no-print">
                <p>{ first }</p>
                <div class="slot">
                    if !later.is_empty() {
                        <details class="more"><summary>{ later_title }</summary><ul class="plain">{ for later.into_iter() }</ul></details>
                    }
                </div>
            </div>
        },
    )
}

fn other_day(context: Context<'_>, session: &Session) -> Html {
    let app = context.app;
    let link = context.link;
    let around = Surroundings {
        id: "on".into(),
        label: "自查日期".into(),
        show_label: false,
        hint: "例如填计划申报的那一天。".into(),
        error: app
            .day_errors
            .first()
            .map(|error| error.message.clone())
            .unwrap_or_default(),
    };
    let wrong: Vec<String> = app
        .day_errors
        .iter()
        .map(|error| error.at.clone())
        .collect();
    let edit = link.callback(|(part, text)| Message::TypeDay(part, text));
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Message::UseDay
    });
    let now = format!("现在按{}计算。", words::date(session.on()));
    let body = view! {
        <form novalidate="" {onsubmit} class="no-print">
            { date_input(&around, &app.day, &wrong, &edit) }
            <p class="buttons">
                <button type="submit" class="button secondary" id="use-day">{ "按这一天再算一次" }</button>
                <span class="slot">
                    if session.on() != app.today {
                        <button type="button" class="link" onclick={link.callback(|_| Message::UseToday)}>{ "换回今天" }</button>
                    }
                </span>
            </p>
        </form>
    };
    folded(
        "day",
        "换一个日期看看",
        view! { <><p class="hint">{ now }</p>{ body }</> },
    )
}

fn identification(context: Context<'_>, session: &Session) -> Html {
    let pack = session.pack();
    let unknown = session.answered();
    let unknown = unknown
        .iter()
        .filter(|fact| *session.answers().get(**fact) == Answer::Unknown);
    let unknown = unknown.count();
    view! {
        <section aria-labelledby="identification" class="identification">
            <h2 id="identification">{ "这份结果是怎么来的" }</h2>
            <dl class="facts-line">
                <div><dt>{ "政策" }</dt><dd>{ &pack.title }</dd></div>
                <div><dt>{ "文本" }</dt><dd>{ &pack.version }</dd></div>
                <div><dt>{ "按哪一天算" }</dt><dd>{ words::date(session.on()) }</dd></div>
                <div><dt>{ "校验码" }</dt><dd><code>{ session.loaded().short_hash().to_owned() }</code><span class="hint">{ "单位凭它核对用的是哪一版政策" }</span></dd></div>
                <div><dt>{ "不知道的" }</dt><dd>{ format!("{unknown}题") }</dd></div>
            </dl>
            <p class="stamp">{ "自查结果，不代表主管机关认定" }</p>
            <div class="slot no-print">
                if context.app.in_wechat {
                    { papers::wechat(context, "微信里不能打印。", "再点“自查结果”，就可以打印了") }
                } else {
                    <p><button type="button" class="button secondary" id="print" onclick={context.link.callback(|_| Message::Print)}>{ "打印结果" }</button></p>
                }
            </div>
        </section>
    }
}
