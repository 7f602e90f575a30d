//! Every form of every pack, and somebody who has answered everything that it asks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use zige_core::answers::{Answer, Answers, Records, range};
use zige_core::date::Date;
use zige_core::evaluator::truth;
use zige_core::ids::FactId;
use zige_core::pack::{ColumnWhat, Fact, FactKind, FieldKind, Form, Pack, Slot};
use zige_core::verdict::Class;
use zige_forms::Filling;

pub const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

pub static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let compiled =
        zige_pack::compile_dir(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    compiled.packs
});

/// Forms that can be filled.
pub fn forms() -> impl Iterator<Item = (&'static Pack, &'static Form)> {
    let all = PACKS
        .iter()
        .flat_map(|pack| pack.forms.iter().map(move |form| (pack, form)));
    all.filter(|(_, form)| !form.parts.is_empty())
}

pub fn on() -> Date {
    Date::parse("2026-11-21").unwrap()
}

/// What somebody said to a form's questions, and nothing else.
#[derive(Clone, Debug)]
pub struct Said {
    pub answers: Answers,
    pub fields: BTreeMap<String, String>,
}

impl Said {
    pub fn filling<'a>(&'a self, pack: &'a Pack, form: &'a Form) -> Filling<'a> {
        Filling {
            pack,
            pack_hash: HASH,
            form,
            answers: &self.answers,
            fields: &self.fields,
            on: on(),
        }
    }
}

/// Numbers that look random and are the same every time.
#[derive(Debug)]
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn text(&mut self, length: u64, long: bool) -> String {
        let pieces = [
            "某某",
            "县",
            "中心",
            "医院",
            "，",
            "2023年",
            "A",
            "课题",
            "“新”",
            "（省级）",
            "<b>",
            "&",
            " ",
            "第一作者",
            "X光",
            "—",
        ];
        let mut text = String::from("示");
        let length = usize::try_from(length).unwrap();
        while text.chars().count() + 7 < length.max(9) {
            text.push_str(pieces[usize::try_from(self.below(16)).unwrap()]);
            if long && self.below(8) == 0 {
                text.push('\n');
            }
        }
        text.trim().to_owned()
    }
}

fn answer(pack: &Pack, fact: &Fact, draw: &mut Draw) -> Answer {
    match &fact.kind {
        FactKind::Text { limit, long } => {
            let limit = if *limit == 0 { 40 } else { u64::from(*limit) };
            let length = 1 + draw.below(limit);
            Answer::Text(draw.text(length, *long))
        }
        FactKind::Date { min, max } => {
            // Somebody alive, within the range.
            let day = 2_000 + i64::try_from(draw.below(14_000)).unwrap();
            let date = Date::from_days(day.clamp(*min, *max));
            match draw.below(4) {
                0 => {
                    let (year, month, _) = date.ymd();
                    let (first, last) = Date::month(year, month).unwrap();
                    Answer::Month { first, last }
                }
                _ => Answer::day(date),
            }
        }
        FactKind::Records { .. } => Answer::Absent,
        kind => {
            let (min, max) = range(pack, kind).unwrap();
            let width = u64::try_from(max - min).unwrap().min(5_000) + 1;
            Answer::Value(min + i64::try_from(draw.below(width)).unwrap())
        }
    }
}

/// The facts of a list's records that stand on a form.
fn columns_of(form: &Form, list: FactId) -> Vec<FactId> {
    let tables = form.tables().filter(|table| table.records == list);
    let columns = tables.flat_map(|table| &table.columns);
    let in_tables = columns.filter_map(|column| match column.what {
        ColumnWhat::Fact(fact) => Some(fact),
        ColumnWhat::Number | ColumnWhat::Blank => None,
    });
    let slots = form.slots().into_iter();
    let alone = slots.filter_map(|slot| match slot {
        Slot::Record { list: of, fact, .. } if of == list => Some(fact),
        _ => None,
    });
    let mut facts: Vec<FactId> = in_tables.chain(alone).collect();
    facts.sort();
    facts.dedup();
    facts
}

/// The records that a form has room for, at most eight.
fn most_records(form: &Form, list: FactId) -> u64 {
    if form.tables().any(|table| table.records == list) {
        return 8;
    }
    let rows = form.slots().into_iter().filter_map(|slot| match slot {
        Slot::Record { list: of, row, .. } if of == list => Some(u64::from(row)),
        _ => None,
    });
    rows.max().unwrap_or(0)
}

/// Somebody who has answered all that the form asks; each seed is another person.
pub fn complete(pack: &Pack, form: &Form, seed: u64) -> Said {
    let mut draw = Draw(seed);
    let mut answers = Answers::new(pack);
    for slot in form.slots() {
        let (Slot::Fact(id) | Slot::Record { list: id, .. }) = slot else {
            continue;
        };
        let columns = columns_of(form, id);
        if *answers.get(id) != Answer::Absent {
            continue;
        }
        let fact = &pack.vocabulary.facts[id.index()];
        let given = match fact.kind {
            FactKind::Records { .. } => {
                let count = draw.below(most_records(form, id) + 1);
                let mut row = || {
                    let mut row: Vec<(FactId, Answer)> = columns
                        .iter()
                        .map(|id| {
                            let fact = &pack.vocabulary.facts[id.index()];
                            (*id, answer(pack, fact, &mut draw))
                        })
                        .collect();
                    row.sort_by_key(|(id, _)| *id);
                    row
                };
                let rows = (0..count).map(|_| row()).collect();
                Answer::Records(Records {
                    rows,
                    complete: count != 3,
                })
            }
            _ => answer(pack, fact, &mut draw),
        };
        answers.set(pack, id, given).unwrap();
    }
    leave_out_what_cannot_apply(pack, &mut answers);
    let fields = form.fields.iter().map(|field| {
        let text = match field.kind {
            FieldKind::Date => "2026-09-30".to_owned(),
            FieldKind::Choice(choice) => {
                let options = &pack.vocabulary.choices[choice.index()].options;
                let chosen = draw.below(u64::try_from(options.len()).unwrap());
                options[usize::try_from(chosen).unwrap()].clone()
            }
            FieldKind::Number { max, .. } => draw.below(u64::from(max) + 1).to_string(),
            FieldKind::Line(_) => draw.text(20, false),
            FieldKind::Lines(_) => draw.text(120, true),
        };
        (field.id.clone(), text)
    });
    let fields = fields.collect();
    Said { answers, fields }
}

/// Nobody is asked what the other answers rule out.
fn leave_out_what_cannot_apply(pack: &Pack, answers: &mut Answers) {
    for (id, fact) in (0..).map(FactId).zip(&pack.vocabulary.facts) {
        let guard = fact.guard.filter(|_| fact.record_of.is_none());
        let ruled_out = guard.is_some_and(|guard| {
            truth(pack, guard, on(), answers).single() == Some(Class::Ineligible)
        });
        if ruled_out {
            answers.set(pack, id, Answer::Absent).unwrap();
        }
    }
}
