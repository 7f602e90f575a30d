use super::*;
use crate::sample;

fn session() -> Session {
    let pack = sample::pack();
    let answers = Answers::new(&pack);
    let loaded = LoadedPack {
        pack,
        hash: "0".repeat(64),
    };
    Session::new(Rc::new(loaded), sample::CHECK, sample::today(), answers).unwrap()
}

fn asked(session: &Session) -> String {
    match session.question() {
        None => "-".into(),
        Some(Question::Declarations(facts)) => format!("declarations ({})", facts.len()),
        Some(Question::Fact(fact)) => session.fact(*fact).unwrap().id.clone(),
    }
}

fn choose(session: &mut Session, option: i64) {
    session.edit(Edit::Choose(option));
    assert!(session.submit(), "{:?}", session.errors());
}

fn day(session: &mut Session, year: &str) {
    for (part, text) in [
        (DatePart::Year, year),
        (DatePart::Month, "5"),
        (DatePart::Day, "6"),
    ] {
        session.edit(Edit::Part(part, text.into()));
    }
    session.submit();
}

/// Answers whatever is asked like somebody who qualifies, until `stop` is asked.
fn answer_until(session: &mut Session, stop: &str) {
    for _ in 0..20 {
        let question = asked(session);
        if question == stop {
            return;
        }
        match question.as_str() {
            "birth_date" => day(session, "1990"),
            "work_start" => day(session, "2012"),
            "title_level" => choose(session, 2),
            "has_papers" => choose(session, 0),
            "-" => panic!("`{stop}` was never asked"),
            _ => assert!(session.submit()),
        }
    }
}

#[test]
fn a_check_is_answered_to_its_verdict() {
    let mut session = session();
    answer_until(&mut session, "-");
    assert!(session.settled());
    assert_eq!(session.report().possible.single(), Some(Class::Eligible));
    assert_eq!(session.remaining(), 0);
    assert!(!session.has_rest());
}

#[test]
fn the_question_on_the_page_stays_until_it_is_handed_in() {
    let mut session = session();
    answer_until(&mut session, "title_level");
    session.edit(Edit::Choose(1));
    assert_eq!(asked(&session), "title_level");
    session.submit();
    assert_ne!(asked(&session), "title_level");
}

#[test]
fn nothing_entered_is_an_error_and_loses_nothing() {
    let mut session = session();
    answer_until(&mut session, "birth_date");
    assert!(!session.submit());
    assert_eq!(session.errors()[0].at, "-year");
    session.edit(Edit::Part(DatePart::Year, "1990".into()));
    assert!(!session.submit());
    let Draft::Date(typed) = session.draft() else {
        panic!("a date is typed in three parts")
    };
    assert_eq!(typed.year, "1990");
}

#[test]
fn answers_that_contradict_each_other_are_refused_with_the_reason() {
    let mut session = session();
    answer_until(&mut session, "work_start");
    day(&mut session, "2000");
    answer_until(&mut session, "birth_date");
    day(&mut session, "2001");
    assert_eq!(asked(&session), "birth_date");
    assert_eq!(
        session.errors()[0].message,
        "参加工作时间应当晚于出生日期，请核对。"
    );
    day(&mut session, "1985");
    assert!(session.errors().is_empty());
}

#[test]
fn going_back_shows_the_answer_and_going_on_returns() {
    let mut session = session();
    let first = asked(&session);
    assert_eq!(first, "work_start");
    answer_until(&mut session, "title_level");
    let here = asked(&session);
    while session.back() {}
    assert_eq!(asked(&session), first);
    assert!(matches!(session.draft(), Draft::Date(date) if date.year == "2012"));
    assert!(session.submit());
    assert_eq!(asked(&session), here);
}

#[test]
fn a_question_that_no_longer_matters_comes_back_with_its_answer() {
    let mut session = session();
    let (has, papers) = (
        sample::fact(session.pack(), "has_papers"),
        sample::fact(session.pack(), "papers"),
    );
    answer_until(&mut session, "has_papers");
    choose(&mut session, 1);
    answer_until(&mut session, "papers");
    session.edit(Edit::Type("7".into()));
    assert!(session.submit());
    assert!(session.answered().contains(&papers));
    session.reopen(has);
    choose(&mut session, 0);
    assert!(!session.answered().contains(&papers));
    session.reopen(has);
    choose(&mut session, 1);
    assert!(session.answered().contains(&papers));
    assert_eq!(session.answers().get(papers), &Answer::Value(7));
}

#[test]
fn after_the_verdict_the_rest_can_be_asked() {
    let mut session = session();
    answer_until(&mut session, "title_level");
    choose(&mut session, 0);
    assert_eq!(asked(&session), "-");
    assert_eq!(session.report().possible.single(), Some(Class::Ineligible));
    assert!(session.has_rest());
    session.ask_the_rest();
    assert_ne!(asked(&session), "-");
    answer_until(&mut session, "-");
    assert!(!session.has_rest());
    assert_eq!(session.report().possible.single(), Some(Class::Ineligible));
}

#[test]
fn what_nobody_knows_is_not_asked_twice() {
    let mut session = session();
    for _ in 0..20 {
        if session.question().is_none() {
            break;
        }
        assert!(session.submit_unknown());
    }
    assert_eq!(asked(&session), "-");
    assert!(!session.settled());
    assert!(!session.report().blocked_by.is_empty());
}

#[test]
fn a_declaration_can_be_denied() {
    let mut session = session();
    answer_until(&mut session, "declarations (2)");
    let healthy = sample::fact(session.pack(), "healthy");
    assert_eq!(session.declared(healthy), &Answer::yes_no(true));
    session.declare(healthy, Answer::yes_no(false));
    assert!(session.submit());
    assert_eq!(session.report().possible.single(), Some(Class::Ineligible));
}

#[test]
fn a_decision_of_the_office_settles_its_point() {
    let mut session = session();
    answer_until(&mut session, "birth_date");
    day(&mut session, "1970");
    answer_until(&mut session, "-");
    assert_eq!(
        session.report().possible.single(),
        Some(Class::Discretionary)
    );
    session.decide(PointId(0), Some(1));
    assert_eq!(session.report().possible.single(), Some(Class::Eligible));
    session.decide(PointId(0), Some(0));
    assert_eq!(session.report().possible.single(), Some(Class::Ineligible));
    session.decide(PointId(0), None);
    assert_eq!(
        session.report().possible.single(),
        Some(Class::Discretionary)
    );
}

#[test]
fn another_day_gives_another_verdict() {
    let mut session = session();
    answer_until(&mut session, "-");
    session.set_date(Date::new(2040, 1, 1).unwrap()).unwrap();
    assert_eq!(
        session.report().possible.single(),
        Some(Class::Discretionary)
    );
    assert!(
        session
            .explanation()
            .windows
            .iter()
            .all(|window| { window.possible.single() == Some(Class::Discretionary) })
    );
}

#[test]
fn answers_from_elsewhere_do_not_disturb_what_is_being_typed() {
    let mut session = session();
    answer_until(&mut session, "birth_date");
    session.edit(Edit::Part(DatePart::Year, "19".into()));
    let mut answers = session.answers().clone();
    let healthy = sample::fact(session.pack(), "healthy");
    let pack = sample::pack();
    answers.set(&pack, healthy, Answer::yes_no(true)).unwrap();
    session.revive(answers);
    assert!(matches!(session.draft(), Draft::Date(date) if date.year == "19"));
}

#[test]
fn a_month_is_taken_and_the_day_asked_for_only_at_the_end() {
    let mut session = session();
    let birth = sample::fact(session.pack(), "birth_date");
    answer_until(&mut session, "birth_date");
    for (part, text) in [(DatePart::Year, "1980"), (DatePart::Month, "11")] {
        session.edit(Edit::Part(part, text.into()));
    }
    assert!(session.submit());
    assert_ne!(asked(&session), "birth_date");
    answer_until(&mut session, "-");
    assert!(!session.settled());
    assert_eq!(session.too_little(), [birth]);
    session.reopen(birth);
    day(&mut session, "1990");
    assert!(session.settled());
    assert!(session.too_little().is_empty());
}

#[test]
fn a_bookmark_leads_back_to_what_was_being_typed() {
    let mut before = session();
    answer_until(&mut before, "birth_date");
    before.edit(Edit::Part(DatePart::Year, "19".into()));
    let bookmark = before.bookmark();
    let mut after = session();
    assert!(after.has(&bookmark));
    after.revive(before.answers().clone());
    after.resume(bookmark);
    assert_eq!(asked(&after), "birth_date");
    assert_eq!(after.draft(), before.draft());
    assert_eq!(after.trail, before.trail);
}

#[test]
fn a_bookmark_keeps_a_list_as_typed() {
    let pack = sample::pack();
    let jobs = sample::fact(&pack, "jobs");
    let unit = sample::fact(&pack, "job_unit");
    let mut before = session();
    before.reopen(jobs);
    before.edit(Edit::AddRow);
    before.edit(Edit::AddRow);
    let Draft::Records(records) = before.draft() else {
        panic!("a list is asked");
    };
    let key = records.rows[1].key;
    before.edit(Edit::Cell(key, unit, Box::new(Edit::Type("某中".into()))));
    let mut after = session();
    after.resume(before.bookmark());
    let Draft::Records(records) = after.draft() else {
        panic!("a list is asked");
    };
    assert_eq!(records.rows.len(), 2);
    assert!(
        records.rows[1]
            .cells
            .contains(&(unit, Draft::Line("某中".into())))
    );
}

#[test]
fn a_bookmark_of_something_else_changes_nothing() {
    let mut session = session();
    let question = asked(&session);
    assert!(!session.has(&["another".into(), "trainee".into()]));
    for bookmark in [vec![], vec!["a".into(), "b".into(), "x".into()]] {
        session.resume(bookmark);
        assert_eq!(asked(&session), question);
    }
}
