//! The statutory retirement table, month by month, through the schedule of the compiled pack.

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::truth;
use zige_core::ids::{FactId, NodeId, ScheduleId};
use zige_core::pack::{Node, Pack, Span};
use zige_core::verdict::{Class, Possible};
use zige_tests::packs::liaoning;
use zige_tests::reference::calendar;

/// category, birth month, delay in months, age in years and months, retirement month.
const TABLE: &str = include_str!("../../crates/zige-china/tests/data/retirement_age.csv");

#[test]
fn all_504_rows_come_out_of_the_compiled_schedule() {
    let mut pack = liaoning();
    let birth_date = fact(&pack, "birth_date");
    let schedule = position(
        pack.vocabulary
            .schedules
            .iter()
            .map(|schedule| &schedule.id),
        "retirement",
    );
    let rows = pack.vocabulary.schedules[usize::from(schedule)]
        .rows
        .clone();
    let mut compared = 0;
    for line in TABLE.lines().skip(1) {
        let [category, birth, .., retirement] = *line.split(',').collect::<Vec<_>>() else {
            panic!("`{line}` has too few columns");
        };
        let row = match category {
            "male" => "male",
            "f55" => "female_55",
            "f50" => "female_50",
            other => panic!("`{other}` is no category"),
        };
        let row = position(rows.iter().map(|row| &row.id), row);
        let (first, last) = Date::parse_month(birth).expect("a month");
        let (from, to) = Date::parse_month(retirement).expect("a month");
        for born in [first, first.add_days(14), last] {
            assert!(
                reached(&mut pack, birth_date, ScheduleId(schedule), row, born, from),
                "{line}"
            );
            assert!(
                !reached(
                    &mut pack,
                    birth_date,
                    ScheduleId(schedule),
                    row,
                    born,
                    to.add_days(1)
                ),
                "{line}"
            );
            let naive = calendar::scheduled(&rows[usize::from(row)], born.days());
            assert!((from.days()..=to.days()).contains(&naive), "{line}");
        }
        compared += 1;
    }
    assert_eq!(compared, 504);
}

/// Whether somebody born on a day retires on another or later, as the evaluator sees it.
fn reached(
    pack: &mut Pack,
    birth_date: FactId,
    schedule: ScheduleId,
    row: u16,
    born: Date,
    day: Date,
) -> bool {
    let before = pack.nodes.len();
    let id = |offset: usize| NodeId(u16::try_from(before + offset).expect("room for nodes"));
    pack.nodes.extend([
        Node::Fact(birth_date),
        Node::Schedule {
            schedule,
            row,
            born: id(0),
        },
        Node::Constant(day.days()),
        Node::AtLeast(id(1), id(2)),
    ]);
    pack.spans
        .resize(pack.nodes.len(), Span { line: 1, column: 1 });
    let mut answers = Answers::new(pack);
    answers
        .set(pack, birth_date, Answer::day(born))
        .expect("a date of birth");
    let possible = truth(pack, id(3), day, &answers);
    pack.nodes.truncate(before);
    pack.spans.truncate(before);
    possible == Possible::only(Class::Eligible)
}

fn fact(pack: &Pack, id: &str) -> FactId {
    FactId(position(
        pack.vocabulary.facts.iter().map(|fact| &fact.id),
        id,
    ))
}

fn position<'a>(mut ids: impl Iterator<Item = &'a String>, wanted: &str) -> u16 {
    let position = ids
        .position(|id| id == wanted)
        .unwrap_or_else(|| panic!("no `{wanted}`"));
    u16::try_from(position).expect("a small table")
}
