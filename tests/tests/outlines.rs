//! An outline judges and asks as its pack does.

use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, FactId};
use zige_core::pack::Pack;
use zige_core::report::Report;
use zige_pack::outline;
use zige_tests::draws::Draws;
use zige_tests::packs;
use zige_tests::partial_answers::{Knowledge, draw_answers};

const ANSWERS_EACH: u64 = 60;
const KNOWLEDGE: Knowledge = Knowledge {
    known: 60,
    unknown: 10,
    decided: 20,
};

#[test]
fn outlines_and_packs_come_to_the_same() {
    let packs = packs::compiled();
    let bytes = outline::write(&packs.iter().collect::<Vec<_>>()).expect("sound packs");
    let on = Date::new(2026, 11, 21).expect("a day");
    for (outlined, pack) in outline::read(&bytes).expect("outlines").iter().zip(&packs) {
        let outline = &outlined.pack;
        for position in 0..pack.checks.len() {
            let check = CheckId(u16::try_from(position).expect("few checks"));
            let of_outline = Evaluator::new(outline, check, on).expect("a small diagram");
            let of_pack = Evaluator::new(pack, check, on).expect("a small diagram");
            for seed in 0..ANSWERS_EACH {
                let mut draws = Draws::Seeded(seed);
                let answers = draw_answers(outline, &|_| Vec::new(), KNOWLEDGE, &mut draws);
                let same = translated(outline, &answers, pack);
                assert_eq!(
                    of_outline.check(outline, &answers).is_ok(),
                    of_pack.check(pack, &same).is_ok()
                );
                assert_eq!(
                    in_words(outline, &of_outline.report(outline, &answers)),
                    in_words(pack, &of_pack.report(pack, &same)),
                    "{} of {}",
                    pack.checks[position].id,
                    pack.id
                );
            }
        }
    }
}

/// What a report says, without positions in its pack.
fn in_words(pack: &Pack, report: &Report) -> Vec<String> {
    let fact = |id: FactId| pack.vocabulary.facts[id.index()].id.clone();
    let mut words = vec![format!("{:?}", report.possible)];
    words.extend(report.conditions.iter().map(|one| {
        format!(
            "{}: {:?}",
            pack.conditions[one.condition.index()].id,
            one.possible
        )
    }));
    words.extend(report.missing.iter().map(|one| fact(one.fact)));
    words.extend(report.blocked_by.iter().map(|id| fact(*id)));
    words
}

fn translated(from: &Pack, answers: &Answers, to: &Pack) -> Answers {
    let mut same = Answers::new(to);
    for position in 0..from.vocabulary.facts.len() {
        let id = FactId(u16::try_from(position).expect("few facts"));
        let answer = match answers.get(id) {
            Answer::Records(records) => Answer::Records(Records {
                complete: records.complete,
                rows: records
                    .rows
                    .iter()
                    .map(|row| {
                        row.iter()
                            .map(|(field, answer)| (named(from, *field, to), answer.clone()))
                            .collect()
                    })
                    .collect(),
            }),
            answer => answer.clone(),
        };
        if from.vocabulary.facts[position].record_of.is_none() {
            same.set(to, named(from, id, to), answer)
                .expect("the same fact");
        }
    }
    for position in 0..from.points.len() {
        let id = zige_core::ids::PointId(u16::try_from(position).expect("few points"));
        same.set_outcome(to, id, answers.outcome(id))
            .expect("the same point");
    }
    same
}

fn named(from: &Pack, fact: FactId, to: &Pack) -> FactId {
    let id = &from.vocabulary.facts[fact.index()].id;
    let position = to.vocabulary.facts.iter().position(|fact| fact.id == *id);
    FactId(u16::try_from(position.expect("a fact of the pack")).expect("few facts"))
}
