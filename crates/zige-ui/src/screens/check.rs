//! The questions of a check, one at a time.

use yew::{Callback, Html, SubmitEvent};
use zige_core::answers::Answers;
use zige_core::ids::FactId;
use zige_core::pack::{ChoiceSet, Fact, FactKind, FactRole, Pack};

use super::shell::waiting;
use super::{Context, folded, text_if};
use crate::WHOLE;
use crate::app::{App, Message};
use crate::components::answer_input::answer_input;
use crate::components::answer_list::{AnswerLine, answer_list};
use crate::components::citation::quotes;
use crate::components::declaration_list::{Declaration, declaration_list};
use crate::components::error_summary::error_summary;
use crate::components::field::Surroundings;
use crate::components::identity_card::identity_card;
use crate::components::state_notice::state_notice;
use crate::components::title_finder::{Found, title_finder};
use crate::route::Route;
use crate::session::{Question, Session, identity};
use crate::view::view;
use crate::words;

/// The id of the entry on the question page.
const ENTRY: &str = "answer";

pub(super) fn check(context: Context<'_>, session: &Session) -> Html {
    let id = current_id(session);
    view! {
        <div class="check">
            <div class="question-place">
                <div class="question" key={id} data-question={id}>
                    { question(context, session) }
                </div>
            </div>
            <div class="answers-place">{ answers(context, session) }</div>
        </div>
    }
}

/// What is asked: a fact's id, `declarations`, or nothing.
pub(super) fn current_id(session: &Session) -> String {
    match session.question() {
        Some(Question::Fact(fact)) => session.fact(*fact).map(|fact| fact.id.clone()),
        Some(Question::Declarations(_)) => Some("declarations".into()),
        None => None,
    }
    .unwrap_or_default()
}

pub(super) fn question(context: Context<'_>, session: &Session) -> Html {
    match session.question() {
        Some(Question::Fact(fact)) => match session.fact(*fact) {
            Some(known) if !WHOLE && matches!(known.kind, FactKind::Records { .. }) => waiting(),
            Some(known) => one_fact(context, session, *fact, known),
            None => finished(context, session),
        },
        Some(Question::Declarations(_)) if !WHOLE => waiting(),
        Some(Question::Declarations(facts)) => declarations(context, session, facts),
        None => finished(context, session),
    }
}

fn one_fact(context: Context<'_>, session: &Session, id: FactId, fact: &Fact) -> Html {
    let link = context.link;
    let section = session
        .pack()
        .vocabulary
        .sections
        .get(usize::from(fact.section));
    let section = section
        .map(|section| section.label.clone())
        .unwrap_or_default();
    let date_hint = match fact.kind {
        FactKind::Date { .. } => "只记得年月的，“日”可以空着。",
        _ => "",
    };
    let hint = super::blocks::join(&[&find_hint(fact), date_hint], " ");
    let first_error = session.errors().first();
    let around = Surroundings {
        id: ENTRY.into(),
        label: fact.question.clone(),
        show_label: false,
        hint,
        error: first_error
            .map(|error| error.message.clone())
            .unwrap_or_default(),
    };
    let edit = link.callback(Message::Edit);
    let jump = link.callback(Message::Jump);
    let attest = match fact.attest.as_str() {
        "" => String::new(),
        attest => format!("不清楚的话，可以先问{attest}。"),
    };
    view! {
        <>
            { top(context, session, &section) }
            <div class="errors-place">{ error_summary(ENTRY, session.errors(), &jump) }</div>
            <h1 id="title" tabindex="-1">{ &fact.question }</h1>
            { text_if(&fact.help, "help") }
            <form novalidate="" onsubmit={submit(context)}>
                { answer_input(session.pack(), fact, &around, session.draft(), session.errors(), &edit) }
                <div class="actions">
                    <button type="submit" class="button" id="continue">{ "继续" }</button>
                    <button type="button" class="button secondary" id="unknown" onclick={link.callback(|_| Message::Unknown)}>{ "我不知道" }</button>
                </div>
                { text_if(&attest, "hint attest") }
            </form>
            <div class="shortcut-place">{ shortcut(context, session, id, fact) }</div>
            { why(context, session, id) }
        </>
    }
}

fn find_hint(fact: &Fact) -> String {
    match fact.find.as_str() {
        "" => String::new(),
        find => format!("在哪里找：{find}。"),
    }
}

fn submit(context: Context<'_>) -> Callback<SubmitEvent> {
    context.link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Message::Submit
    })
}

fn top(context: Context<'_>, session: &Session, section: &str) -> Html {
    let everything = context.app.route == Route::All;
    let has_earlier = match everything {
        true => !context.app.trail.is_empty(),
        false => session.has_earlier(),
    };
    let back = match (has_earlier, everything) {
        (true, _) => "上一题",
        (false, true) => "返回首页",
        (false, false) => "返回项目",
    };
    let place = match (everything, session.check()) {
        (false, Some(check)) => [&session.pack().short, " · ", &check.label].concat(),
        _ => "全部项目".into(),
    };
    view! {
        <div class="question-top">
            <button type="button" class="link back-button" id="back" onclick={context.link.callback(|_| Message::Back)}>{ back }</button>
            <p class="region">{ place }{ " · " }{ section.to_owned() }</p>
        </div>
    }
}

fn why(context: Context<'_>, session: &Session, fact: FactId) -> Html {
    let pack = session.pack();
    if let (Route::All, Some(panel), Some(known)) =
        (&context.app.route, &context.app.panel, session.fact(fact))
    {
        return view! {
            <details class="why">
                <summary>{ "为什么问这个？" }</summary>
                <p>{ "下面这几项都要看它：" }</p>
                { super::all::askers(panel, known) }
            </details>
        };
    }
    let uses = session.uses(fact);
    let reason = |condition: &&zige_core::pack::Condition| {
        let article = pack.articles.get(condition.article.index())?;
        Some(view! {
            <li key={condition.id}>
                <p><strong>{ &condition.label }</strong>{ "：" }{ context.to_article(&pack.id, &article.name) }</p>
                { quotes(article) }
            </li>
        })
    };
    view! {
        <details class="why">
            <summary>{ "为什么问这个？" }</summary>
            <p>{ format!("它关系到{}个条件：", uses.len()) }</p>
            <ul class="plain">{ for uses.iter().filter_map(reason) }</ul>
        </details>
    }
}

fn shortcut(context: Context<'_>, session: &Session, id: FactId, fact: &Fact) -> Html {
    if !WHOLE {
        return Html::default();
    }
    let (app, link) = (context.app, context.link);
    if identity::fills(session.pack(), id) {
        return identity_card(
            &app.number,
            &app.number_error,
            &link.callback(Message::TypeNumber),
            &link.callback(|()| Message::UseNumber),
        );
    }
    match title_set(session, fact) {
        Some(levels) => title_finder(
            &app.title_name,
            &titles(app, levels),
            &link.callback(Message::TypeTitle),
            &link.callback(Message::UseTitle),
        ),
        None => Html::default(),
    }
}

/// The scale of title levels, where the question is about one.
fn title_set<'a>(session: &'a Session, fact: &Fact) -> Option<&'a ChoiceSet> {
    match fact.kind {
        FactKind::Choice(choice) => {
            let set = session.pack().vocabulary.choices.get(choice.index());
            set.filter(|set| set.id == "title_levels")
        }
        _ => None,
    }
}

fn titles(app: &App, levels: &ChoiceSet) -> Vec<Found> {
    let finding = zige_china::titles::find(&app.title_name);
    let readings = finding.into_iter().flat_map(|finding| finding.readings);
    readings
        .filter_map(|reading| {
            let level = reading.level()?.label();
            let position = levels.options.iter().position(|option| option == level)?;
            Some(Found {
                value: i64::try_from(position).ok()?,
                words: reading.describe(),
            })
        })
        .collect()
}

fn declarations(context: Context<'_>, session: &Session, facts: &[FactId]) -> Html {
    let link = context.link;
    let list: Vec<Declaration<'_>> = facts
        .iter()
        .filter_map(|id| {
            Some(Declaration {
                id: *id,
                fact: session.fact(*id)?,
                answer: session.declared(*id),
            })
        })
        .collect();
    let whose = match context.app.route {
        Route::All => ["这些是", &session.pack().short, "的要求。"].concat(),
        _ => String::new(),
    };
    let declare = link.callback(|(fact, answer)| Message::Declare(fact, answer));
    let jump = link.callback(Message::Jump);
    view! {
        <>
            { top(context, session, "声明") }
            <div class="errors-place">{ error_summary("continue", session.errors(), &jump) }</div>
            <h1 id="title" tabindex="-1">{ "下面各项，是否都符合您的情况？" }</h1>
            { text_if(&whose, "region") }
            <p class="help">{ "这些没有证件可查，由您自己声明，推荐时再由单位核实。有哪一项不符合，点开改一下；都属实，就直接确认。" }</p>
            <form novalidate="" onsubmit={submit(context)}>
                { declaration_list(&list, &declare) }
                <div class="actions">
                    <button type="submit" class="button" id="continue">{ "确认以上声明，继续" }</button>
                    <button type="button" class="button secondary" id="unknown" onclick={link.callback(|_| Message::Unknown)}>{ "都不确定" }</button>
                </div>
            </form>
        </>
    }
}

fn finished(context: Context<'_>, session: &Session) -> Html {
    let route = result_route(session);
    let text = if session.settled() {
        "结论已经确定，可以看结果了；想改哪个回答，点“修改”。"
    } else {
        "能问的都问过了。还差的，要等您向有关单位问清后再补上。"
    };
    view! {
        <>
            <p class="region">{ session.pack().short.clone() }</p>
            <h1 id="title" tabindex="-1">{ "问题都答完了" }</h1>
            <p class="lead">{ text }</p>
            <p class="buttons">{ context.button_to(&route, "button", "看结果") }</p>
        </>
    }
}

pub(super) fn result_route(session: &Session) -> Route {
    Route::Result {
        pack: session.pack().id.clone(),
        check: session
            .check()
            .map(|check| check.id.clone())
            .unwrap_or_default(),
    }
}

fn answers(context: Context<'_>, session: &Session) -> Html {
    let answered = session.answered();
    let open = context.app.answers_open;
    let warning = match WHOLE {
        true => identity::warning(session.pack(), session.answers(), context.app.today),
        false => None,
    };
    let state = match session.report().programme {
        zige_core::programme::ProgrammeState::InForce => Html::default(),
        _ if answered.is_empty() => state_notice(session.pack(), session.on(), Html::default()),
        _ => Html::default(),
    };
    view! {
        <div class="answers">
            <div class="slot">{ warning.map(|warning| view! { <p class="warning" role="status">{ warning }</p> }) }</div>
            <div class="slot">{ state }</div>
            <div class="slot">
                if !answered.is_empty() {
                    <section aria-labelledby="answers-title" class="answers-box">
                        <h2 id="answers-title">
                            <button type="button" class="toggle" aria-expanded={open.to_string()} aria-controls="answers-list"
                                onclick={context.link.callback(|_| Message::ToggleAnswers)}>
                                { format!("已填答案（{}）", answered.len()) }
                            </button>
                        </h2>
                        <div id="answers-list" class={if open { "open" } else { "closed" }}>
                            { answer_list(&lines(session.pack(), session.answers(), &answered), &context.link.callback(Message::Change)) }
                        </div>
                    </section>
                }
            </div>
            <div class="slot">
                if session.settled() && session.question().is_some() {
                    <p>{ context.button_to(&result_route(session), "button secondary", "先看结果") }</p>
                }
            </div>
        </div>
    }
}

/// The answers in words; what was only declared says so.
pub(super) fn lines(pack: &Pack, answers: &Answers, facts: &[FactId]) -> Vec<AnswerLine> {
    facts
        .iter()
        .filter_map(|id| {
            let fact = pack.vocabulary.facts.get(id.index())?;
            let answer = words::answer(pack, fact, answers.get(*id));
            let answer = match (fact.role, answer.as_str()) {
                (FactRole::Declaration, "是") => "已声明属实".into(),
                (FactRole::Declaration, "否") => "不符合".into(),
                _ => answer,
            };
            Some(AnswerLine {
                fact: *id,
                id: fact.id.clone(),
                label: fact.label.clone(),
                answer,
            })
        })
        .collect()
}

/// The list of answers on a page of its own section.
pub(super) fn answers_section(context: Context<'_>, session: &Session) -> Html {
    let lines = lines(session.pack(), session.answers(), &session.answered());
    let list = answer_list(&lines, &context.link.callback(Message::Change));
    let body = view! { <><p class="hint">{ "随时可以修改，结果会跟着变。" }</p>{ list }</> };
    folded("answers", "您的回答", body)
}
