//! The sentences of SEMANTICS.md that an evaluator could most easily get wrong, each by its smallest
//! example. Every expectation is also what the reference says.

use expect_test::{Expect, expect};
use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, ConditionId, FactId, NodeId, PointId};
use zige_core::pack::{FactKind, Node, Pack, Requirement};
use zige_core::windows::windows;
use zige_tests::agreement::named;
use zige_tests::reference::{self, Goal, Reference};
use zige_tests::tiny_pack::{TinyPack, add_check, add_condition, add_fact, add_node, empty_pack};

const STEPS: usize = 100_000;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Possible, missing, blocked by and because, by both evaluators.
fn check(pack: &Pack, on: &str, said: &[(u16, Answer)], expected: Expect) {
    let on = day(on);
    let mut answers = Answers::new(pack);
    for (fact, answer) in said {
        answers.set(pack, FactId(*fact), answer.clone()).unwrap();
    }
    let evaluator = Evaluator::new(pack, CheckId(0), on).unwrap();
    let reference = Reference::new(pack, CheckId(0), on);
    let report = evaluator.report(pack, &answers);
    let because = evaluator.because(pack, &answers);
    assert_eq!(
        Ok(report.possible),
        reference.possible(&answers, Goal::Check, STEPS)
    );
    assert_eq!(
        Ok(&because),
        reference::because(&reference, &answers, STEPS).as_ref()
    );
    let names = |facts: Vec<FactId>| facts.iter().map(|fact| fact.0).collect::<Vec<_>>();
    expected.assert_eq(&format!(
        "{}, missing {:?}, blocked by {:?}, because {:?}, still {:?}",
        named(report.possible),
        names(report.missing.iter().map(|missing| missing.fact).collect()),
        names(report.blocked_by),
        because
            .sets
            .iter()
            .map(|set| set.iter().map(|c| c.0).collect())
            .collect::<Vec<Vec<_>>>(),
        because
            .still
            .iter()
            .map(|set| set.iter().map(|c| c.0).collect())
            .collect::<Vec<Vec<_>>>(),
    ));
}

/// Kleene's logic alone would leave "x or not x" open.
#[test]
fn one_fact_in_two_conditions_is_one_fact() {
    let mut tiny = TinyPack::new();
    let number = tiny.fact(FactKind::Number {
        min: 0,
        max: 9,
        scale: 0,
        unit: "年".to_owned(),
    });
    let five = tiny.node(Node::Constant(5));
    let value = tiny.node(Node::Fact(number));
    let many = tiny.node(Node::AtLeast(value, five));
    let few = tiny.node(Node::Not(many));
    let pack = tiny.check(&[many, few], Requirement::Any);
    check(
        &pack,
        "2026-11-21",
        &[],
        expect!["{eligible}, missing [], blocked by [], because [[0, 1]], still []"],
    );
}

/// One authority cannot decide one point both ways.
#[test]
fn one_point_in_two_conditions_is_one_point() {
    let mut tiny = TinyPack::new();
    let point = tiny.point(2);
    let recognised = tiny.node(Node::Point(point));
    let refused = tiny.node(Node::Not(recognised));
    let either = tiny.clone().check(&[recognised, refused], Requirement::Any);
    check(
        &either,
        "2026-11-21",
        &[],
        expect!["{eligible}, missing [], blocked by [], because [[0, 1]], still []"],
    );
    let both = tiny.check(&[recognised, refused], Requirement::All);
    check(
        &both,
        "2026-11-21",
        &[],
        expect!["{ineligible}, missing [], blocked by [], because [[0, 1]], still []"],
    );
}

/// Negation is applied inside a completion: a refused exception under "not" is still a point.
#[test]
fn a_point_under_not_stays_a_point() {
    let mut tiny = TinyPack::new();
    let point = tiny.point(3);
    let outcome = tiny.node(Node::Point(point));
    let sternest = tiny.node(Node::OneOf(outcome, 0b001));
    let rule = tiny.node(Node::Not(sternest));
    let pack = tiny.check(&[rule], Requirement::All);
    check(
        &pack,
        "2026-11-21",
        &[],
        expect!["{discretionary}, missing [], blocked by [], because [[0]], still [[0]]"],
    );
    let on = day("2026-11-21");
    let evaluator = Evaluator::new(&pack, CheckId(0), on).unwrap();
    let mut decided = Answers::new(&pack);
    decided.set_outcome(&pack, PointId(0), Some(0)).unwrap();
    assert_eq!(named(evaluator.possible(&pack, &decided)), "{ineligible}");
}

/// A null fact is never asked again; what only narrows it through a constraint is.
#[test]
fn a_fact_that_narrows_an_unknown_one_is_missing() {
    let mut tiny = TinyPack::new();
    let kind = FactKind::Date {
        min: day("1962-05-01").days(),
        max: day("2010-03-15").days(),
    };
    let (early, late) = (tiny.fact(kind.clone()), tiny.fact(kind));
    let (early, late) = (tiny.node(Node::Fact(early)), tiny.node(Node::Fact(late)));
    let limit = tiny.node(Node::Constant(day("1990-01-01").days()));
    let rule = tiny.node(Node::AtLeast(late, limit));
    let ordered = tiny.node(Node::AtLeast(late, early));
    tiny.constraint(ordered);
    let pack = tiny.check(&[rule], Requirement::All);
    check(
        &pack,
        "2026-11-21",
        &[(1, Answer::Unknown)],
        expect!["{ineligible, eligible}, missing [0], blocked by [1], because [], still []"],
    );
    check(
        &pack,
        "2026-11-21",
        &[(0, Answer::day(day("1990-01-01"))), (1, Answer::Unknown)],
        expect!["{eligible}, missing [], blocked by [], because [[0]], still []"],
    );
}

/// A date known to the month is the set of its days: 以上 45 years is reached in the middle of it.
#[test]
fn a_month_is_the_set_of_its_days() {
    let mut tiny = TinyPack::new();
    let kind = FactKind::Date {
        min: day("1900-01-01").days(),
        max: day("2100-12-31").days(),
    };
    let born = tiny.fact(kind);
    let born = tiny.node(Node::Fact(born));
    let age = tiny.node(Node::YearsSince(born));
    let limit = tiny.node(Node::Constant(45));
    let rule = tiny.node(Node::AtLeast(age, limit));
    let pack = tiny.check(&[rule], Requirement::All);
    let month = |text: &str| {
        let (first, last) = Date::parse_month(text).unwrap();
        [(0, Answer::Month { first, last })]
    };
    check(
        &pack,
        "2026-11-21",
        &month("1981-11"),
        expect!["{ineligible, eligible}, missing [0], blocked by [], because [], still []"],
    );
    check(
        &pack,
        "2026-11-21",
        &month("1981-10"),
        expect!["{eligible}, missing [], blocked by [], because [[0]], still []"],
    );
    check(
        &pack,
        "2026-11-30",
        &month("1981-11"),
        expect!["{eligible}, missing [], blocked by [], because [[0]], still []"],
    );
}

/// While a date is unknown, two rules about it can fail together from a day on which neither turns
/// for the ends of what is possible.
#[test]
fn windows_see_two_cuts_meet_inside_an_unknown_date() {
    let mut tiny = TinyPack::new();
    let kind = FactKind::Date {
        min: day("2026-10-05").days(),
        max: day("2026-11-19").days(),
    };
    let since = tiny.fact(kind);
    let since = tiny.node(Node::Fact(since));
    let years = tiny.node(Node::YearsSince(since));
    let two = tiny.node(Node::Constant(2));
    let limit = tiny.node(Node::Constant(day("2026-11-09").days()));
    let recent = tiny.node(Node::AtLeast(two, years));
    let before = tiny.node(Node::AtLeast(limit, since));
    let pack = tiny.check(&[recent, before], Requirement::All);
    let found = windows(&pack, CheckId(0), &Answers::new(&pack), day("2026-11-21")).unwrap();
    let shown: Vec<String> = found
        .iter()
        .map(|window| {
            format!(
                "{} to {}: {}",
                window.from,
                window.to,
                named(window.possible)
            )
        })
        .collect();
    expect![[r#"
        2026-11-21 to 2029-11-08: {ineligible, eligible}
        2029-11-09 to 2066-11-21: {ineligible}"#]]
    .assert_eq(&shown.join("\n"));
}

/// A record that one count knows of is no other record for the next.
#[test]
fn counts_of_one_list_are_judged_together() {
    let mut pack = empty_pack();
    let list = add_fact(
        &mut pack,
        FactKind::Records {
            noun: "论文".to_owned(),
            fields: Vec::new(),
        },
        None,
    );
    let field = add_fact(&mut pack, FactKind::YesNo, Some(list));
    if let FactKind::Records { fields, .. } = &mut pack.vocabulary.facts[list.index()].kind {
        fields.push(field);
    }
    let good = add_node(&mut pack, Node::Fact(field));
    let bad = add_node(&mut pack, Node::Not(good));
    let one = add_node(&mut pack, Node::Constant(1));
    let mut some = |filter| {
        let count = add_node(
            &mut pack,
            Node::Count {
                records: list,
                filter,
            },
        );
        add_node(&mut pack, Node::AtLeast(count, one))
    };
    // Some record, none that is good, and none that is not: nobody has such a list.
    let (any, some_good, some_bad) = (some(one), some(good), some(bad));
    let none_good = add_node(&mut pack, Node::Not(some_good));
    let none_bad = add_node(&mut pack, Node::Not(some_bad));
    let conditions: Vec<ConditionId> = [any, none_good, none_bad]
        .into_iter()
        .map(|rule| add_condition(&mut pack, rule))
        .collect();
    let parts = conditions.iter().copied().map(Requirement::Condition);
    let require = Requirement::All(parts.collect());
    add_check(&mut pack, conditions, require);

    let evaluator = Evaluator::new(&pack, CheckId(0), day("2026-11-21")).unwrap();
    let mut answers = Answers::new(&pack);
    assert_eq!(named(evaluator.possible(&pack, &answers)), "{ineligible}");
    let records =
        |rows: Vec<Vec<(FactId, Answer)>>, complete| Answer::Records(Records { rows, complete });
    let shown = |answers: &Answers| {
        evaluator
            .report(&pack, answers)
            .conditions
            .iter()
            .map(|condition| named(condition.possible))
            .collect::<Vec<_>>()
            .join(" ")
    };
    answers
        .set(&pack, list, records(vec![Vec::new()], false))
        .unwrap();
    expect!["{eligible} {ineligible, eligible} {ineligible, eligible}"].assert_eq(&shown(&answers));
    answers
        .set(
            &pack,
            list,
            records(vec![vec![(field, Answer::yes_no(true))]], true),
        )
        .unwrap();
    expect!["{eligible} {ineligible} {eligible}"].assert_eq(&shown(&answers));
}

/// 40 and 40 records of two kinds cannot be told apart in a bearable diagram.
#[test]
fn too_many_counts_of_one_list_are_refused() {
    let mut pack = empty_pack();
    let list = add_fact(
        &mut pack,
        FactKind::Records {
            noun: "论文".to_owned(),
            fields: Vec::new(),
        },
        None,
    );
    let field = add_fact(&mut pack, FactKind::YesNo, Some(list));
    let good = add_node(&mut pack, Node::Fact(field));
    let all = add_node(&mut pack, Node::Constant(1));
    let many = add_node(&mut pack, Node::Constant(40));
    let rules = [good, all].map(|filter| {
        let count = add_node(
            &mut pack,
            Node::Count {
                records: list,
                filter,
            },
        );
        let enough = add_node(&mut pack, Node::AtLeast(count, many));
        add_condition(&mut pack, enough)
    });
    let require = Requirement::All(rules.map(Requirement::Condition).to_vec());
    add_check(&mut pack, rules.to_vec(), require);
    let refused = Evaluator::new(&pack, CheckId(0), day("2026-11-21")).unwrap_err();
    expect!["the records of `fact_0` are counted by too many filters or up to too large numbers, use fewer of them"]
        .assert_eq(&refused.to_string());
}

/// Two dates and a choice, and a constraint made of them.
fn constrained(constraint: fn(&mut TinyPack, [NodeId; 3]) -> NodeId) -> Pack {
    let mut tiny = TinyPack::new();
    let kind = FactKind::Date {
        min: day("1962-05-01").days(),
        max: day("2010-03-15").days(),
    };
    let facts = [
        tiny.fact(kind.clone()),
        tiny.fact(kind),
        tiny.fact(FactKind::YesNo),
    ];
    let nodes = facts.map(|fact| tiny.node(Node::Fact(fact)));
    let rule = constraint(&mut tiny, nodes);
    tiny.constraint(rule);
    let limit = tiny.node(Node::Constant(day("1990-01-01").days()));
    let late = tiny.node(Node::AtLeast(nodes[1], limit));
    tiny.check(&[late], Requirement::All)
}

/// Where a choice excuses from a constraint between two dates, the date that is known narrows the
/// other only in the case without the excuse.
#[test]
fn an_open_excuse_is_looked_at_both_ways() {
    let pack = constrained(|tiny, [early, late, excused]| {
        let ordered = tiny.node(Node::AtLeast(late, early));
        tiny.node(Node::Any(vec![excused, ordered]))
    });
    let known = |excused: Option<bool>| {
        let mut said = vec![(0, Answer::day(day("1995-06-01"))), (1, Answer::Unknown)];
        said.extend(excused.map(|excused| (2, Answer::yes_no(excused))));
        said
    };
    check(
        &pack,
        "2026-11-21",
        &known(None),
        expect!["{ineligible, eligible}, missing [2], blocked by [1], because [], still []"],
    );
    check(
        &pack,
        "2026-11-21",
        &known(Some(false)),
        expect!["{eligible}, missing [], blocked by [], because [[0]], still []"],
    );
}

#[test]
fn constraints_that_cannot_be_judged_exactly_are_refused() {
    let refused = |constraint| {
        let pack = constrained(constraint);
        Evaluator::new(&pack, CheckId(0), day("2026-11-21"))
            .unwrap_err()
            .to_string()
    };
    let said = [
        refused(|tiny, [early, late, _]| {
            let ordered = tiny.node(Node::AtLeast(late, early));
            let age = tiny.node(Node::YearsSince(early));
            let sixty = tiny.node(Node::Constant(60));
            let old = tiny.node(Node::AtLeast(age, sixty));
            tiny.node(Node::Any(vec![ordered, old]))
        }),
        refused(|tiny, [early, late, choice]| {
            let later = tiny.node(Node::AddMonths(early, 12));
            let bound = tiny.node(Node::If(choice, early, later));
            tiny.node(Node::AtLeast(late, bound))
        }),
        refused(|tiny, [early, late, _]| {
            let ordered = tiny.node(Node::AtLeast(late, early));
            let age = tiny.node(Node::YearsSince(early));
            let sixty = tiny.node(Node::Constant(day("1990-01-01").days()));
            let mixed = tiny.node(Node::Add(age, late));
            let summed = tiny.node(Node::AtLeast(mixed, sixty));
            let other = tiny.node(Node::YearsSince(late));
            let both = tiny.node(Node::Add(age, other));
            let hundred = tiny.node(Node::Constant(100));
            let together = tiny.node(Node::AtLeast(hundred, both));
            tiny.node(Node::All(vec![ordered, summed, together]))
        }),
    ];
    expect![[r#"
        constraint `constraint_0` cannot be judged exactly: its comparison of two dates or numbers is one of several ways to keep it
        constraint `constraint_0` cannot be judged exactly: its comparison of two dates or numbers depends on something else as well
        constraint `constraint_0` cannot be judged exactly: its comparison and those of other constraints contradict each other's direction"#]]
    .assert_eq(&said.join("\n"));
}
