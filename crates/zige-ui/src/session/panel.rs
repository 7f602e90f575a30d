//! One person before every check of every pack: the table, and the question that tells it most.

use std::cell::OnceCell;
use std::rc::Rc;

use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::FactId;
use zige_core::pack::{Check, Fact, FactRole, Pack};
use zige_core::report::Missing;
use zige_core::verdict::Possible;

use super::book::{Book, check_id};
use super::is_partial;
use crate::library::{Library, LoadedPack};

/// Every check of every pack on one day. Evaluators are built once; an answer costs the checks of
/// the packs that ask for it.
#[derive(Debug)]
pub struct Panel {
    on: Date,
    /// By pack.
    answers: Vec<Answers>,
    rows: Vec<Row>,
}

/// A check in the table.
#[derive(Debug)]
pub struct Row {
    pack: usize,
    loaded: Rc<LoadedPack>,
    evaluator: Evaluator,
    possible: Possible,
    gains: Vec<(FactId, u32)>,
    missing: OnceCell<Vec<Missing>>,
}

/// A question that is open somewhere in the table.
struct Candidate<'a> {
    fact: &'a Fact,
    gain: u64,
    rows: u32,
    links: usize,
    at: (usize, FactId),
}

impl Panel {
    /// Prepares every check for a day, for somebody of whom nothing is known yet.
    #[must_use]
    pub fn new(library: &Library, on: Date) -> Panel {
        let mut panel = Panel {
            on,
            answers: Vec::new(),
            rows: Vec::new(),
        };
        for (place, loaded) in library.packs.iter().enumerate() {
            let answers = Answers::new(&loaded.pack);
            for check in 0..loaded.pack.checks.len() {
                // The compiler refuses a check whose diagram would be too large.
                if let Ok(evaluator) = Evaluator::new(&loaded.pack, check_id(check), on) {
                    let mut row = Row {
                        pack: place,
                        loaded: Rc::clone(loaded),
                        evaluator,
                        possible: Possible::ANY,
                        gains: Vec::new(),
                        missing: OnceCell::new(),
                    };
                    row.judge(&answers);
                    panel.rows.push(row);
                }
            }
            panel.answers.push(answers);
        }
        panel
    }

    /// The day for which the checks are made.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }

    /// The checks, in the order of the packs.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Takes over what has been said. Only packs that hear something new are looked at again.
    pub fn read(&mut self, book: &Book) {
        let mut heard: Vec<usize> = Vec::new();
        let mut looked = usize::MAX;
        for row in &mut self.rows {
            if row.pack != looked {
                looked = row.pack;
                let answers = book.answers(&row.loaded.pack);
                if let Some(own) = self.answers.get_mut(looked)
                    && *own != answers
                {
                    *own = answers;
                    heard.push(looked);
                }
            }
            if heard.last() == Some(&looked)
                && let Some(answers) = self.answers.get(looked)
            {
                row.judge(answers);
            }
        }
    }

    /// The row in which to ask next, and the fact: the one whose answer is expected to tell most in
    /// the whole table, then the one that more checks ask for, then the first. Answers that alone
    /// rule nothing out come after those, and what can only be declared comes last.
    #[must_use]
    pub fn next(&self) -> Option<(usize, FactId)> {
        let mut best: Option<Candidate<'_>> = None;
        for candidate in self.candidates() {
            let merit = |one: &Candidate<'_>| (!is_declared(one.fact), one.gain, one.rows);
            if best
                .as_ref()
                .is_none_or(|best| merit(&candidate) > merit(best))
            {
                best = Some(candidate);
            }
        }
        match best {
            Some(best) if !is_declared(best.fact) => Some(best.at),
            best => self
                .missing(false)
                .or(best.map(|best| best.at))
                .or_else(|| self.missing(true)),
        }
    }

    /// What the first open check asks, declarations or something else.
    fn missing(&self, declared: bool) -> Option<(usize, FactId)> {
        for (place, row) in self.rows.iter().enumerate() {
            let answers = match self.answers_of(row) {
                Some(answers) if row.possible.len() > 1 => answers,
                _ => continue,
            };
            for missing in row.missing(answers) {
                if let Some((id, fact)) = row.asked(missing.fact)
                    && is_declared(fact) == declared
                    && !is_partial(answers.get(id))
                {
                    return Some((place, id));
                }
            }
        }
        None
    }

    /// The rows that are open and ask a question.
    #[must_use]
    pub fn askers(&self, fact: &Fact) -> Vec<usize> {
        let mut askers = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            let asked = row.check().map_or(&[][..], |check| &check.facts);
            if row.possible.len() > 1
                && asked
                    .iter()
                    .any(|id| row.asked(*id).is_some_and(|(_, own)| is_same(own, fact)))
            {
                askers.push(place);
            }
        }
        askers
    }

    /// What has been answered, each once, with a row that asks for it.
    #[must_use]
    pub fn answered(&self) -> Vec<(usize, FactId)> {
        let mut found: Vec<(usize, FactId)> = Vec::new();
        let mut facts: Vec<&Fact> = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            let asked = row.check().map_or(&[][..], |check| &check.facts);
            for id in asked {
                if let Some((id, fact)) = row.asked(*id)
                    && *self.answer(row, id) != Answer::Absent
                    && !facts.iter().any(|known| is_same(known, fact))
                {
                    facts.push(fact);
                    found.push((place, id));
                }
            }
        }
        found
    }

    /// How many more questions there may be.
    #[must_use]
    pub fn remaining(&self) -> usize {
        let mut declared = 0;
        let mut asked = 0;
        for candidate in self.candidates() {
            match is_declared(candidate.fact) {
                true => declared = 1,
                false => asked += 1,
            }
        }
        asked + declared
    }

    /// What has been said for a row's pack.
    #[must_use]
    pub fn answers_of(&self, row: &Row) -> Option<&Answers> {
        self.answers.get(row.pack)
    }

    fn answer(&self, row: &Row, fact: FactId) -> &Answer {
        self.answers
            .get(row.pack)
            .map_or(&Answer::Absent, |answers| answers.get(fact))
    }

    fn candidates(&self) -> Vec<Candidate<'_>> {
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            for (id, gain) in &row.gains {
                let Some((id, fact)) = row.asked(*id) else {
                    continue;
                };
                if is_partial(self.answer(row, id)) {
                    continue;
                }
                let links = row.links(id);
                let mut known = candidates.iter_mut();
                match known.find(|known| is_same(known.fact, fact)) {
                    Some(known) => {
                        known.gain += u64::from(*gain);
                        known.rows += 1;
                        // There the most contradictions can be told at once.
                        if links > known.links {
                            known.links = links;
                            known.at = (place, id);
                        }
                    }
                    None => candidates.push(Candidate {
                        fact,
                        gain: u64::from(*gain),
                        rows: 1,
                        links,
                        at: (place, id),
                    }),
                }
            }
        }
        candidates
    }
}

impl Row {
    /// The pack and its hash.
    #[must_use]
    pub fn loaded(&self) -> &Rc<LoadedPack> {
        &self.loaded
    }

    /// The pack.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.loaded.pack
    }

    /// The check.
    #[must_use]
    pub fn check(&self) -> Option<&Check> {
        self.pack().checks.get(self.evaluator.check_id().index())
    }

    /// What the answers so far can come to.
    #[must_use]
    pub fn possible(&self) -> Possible {
        self.possible
    }

    fn judge(&mut self, answers: &Answers) {
        self.possible = self.evaluator.possible(&self.loaded.pack, answers);
        self.gains = self.evaluator.gains(&self.loaded.pack, answers);
        self.missing = OnceCell::new();
    }

    /// What can still be asked; worked out when first asked for.
    fn missing(&self, answers: &Answers) -> &[Missing] {
        let look = || {
            self.evaluator
                .report_without_witnesses(self.pack(), answers)
                .missing
        };
        self.missing.get_or_init(look)
    }

    /// What is asked to learn a fact: itself, or the list that it belongs to.
    fn asked(&self, fact: FactId) -> Option<(FactId, &Fact)> {
        let known = self.pack().vocabulary.facts.get(fact.index())?;
        match known.record_of {
            Some(list) => Some((list, self.pack().vocabulary.facts.get(list.index())?)),
            None => Some((fact, known)),
        }
    }

    /// How many constraints tie a fact to others.
    fn links(&self, fact: FactId) -> usize {
        let constraints = self.pack().constraints.iter();
        constraints.filter(|one| one.facts.contains(&fact)).count()
    }
}

fn is_same(one: &Fact, other: &Fact) -> bool {
    one.meaning == other.meaning && one.id == other.id
}

fn is_declared(fact: &Fact) -> bool {
    fact.role == FactRole::Declaration
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use zige_core::verdict::Class;

    /// The sample pack, and another that asks only for the title and the start of work.
    fn library() -> Library {
        let mut second = sample::pack();
        second.id = "second".into();
        second.checks[0].conditions.truncate(2);
        second.checks[0].require = zige_core::pack::Requirement::All(
            (0..2)
                .map(|id| zige_core::pack::Requirement::Condition(zige_core::ids::ConditionId(id)))
                .collect(),
        );
        let packs = [sample::pack(), second].map(|pack| {
            Rc::new(LoadedPack {
                pack,
                hash: "0".repeat(64),
            })
        });
        Library {
            packs: packs.into(),
            ..Library::default()
        }
    }

    fn said(library: &Library, facts: &[(&str, Answer)]) -> Book {
        let pack = &library.packs[0].pack;
        let mut answers = Answers::new(pack);
        for (id, answer) in facts {
            answers
                .set(pack, sample::fact(pack, id), answer.clone())
                .unwrap();
        }
        let mut book = Book::default();
        book.note(pack, &answers);
        book
    }

    fn asks(panel: &Panel) -> Option<String> {
        let (row, fact) = panel.next()?;
        let pack = panel.rows()[row].pack();
        Some(pack.vocabulary.facts[fact.index()].id.clone())
    }

    #[test]
    fn what_both_ask_comes_first_and_declarations_last() {
        let library = library();
        let mut panel = Panel::new(&library, sample::today());
        let mut order = Vec::new();
        let mut facts: Vec<(String, Answer)> = Vec::new();
        while let Some(fact) = asks(&panel) {
            order.push(fact.clone());
            facts.push((fact, Answer::Unknown));
            let given: Vec<(&str, Answer)> = facts
                .iter()
                .map(|(id, answer)| (id.as_str(), answer.clone()))
                .collect();
            panel.read(&said(&library, &given));
            assert!(order.len() < 20, "{order:?}");
        }
        expect_test::expect!["work_start birth_date title_level has_papers healthy honest"]
            .assert_eq(&order.join(" "));
    }

    #[test]
    fn one_answer_settles_every_check_that_needs_it() {
        let library = library();
        let mut panel = Panel::new(&library, sample::today());
        assert_eq!(panel.rows().len(), 2);
        assert!(panel.rows().iter().all(|row| row.possible().len() > 1));
        panel.read(&said(&library, &[("title_level", Answer::Value(0))]));
        let settled = Possible::only(Class::Ineligible);
        assert!(panel.rows().iter().all(|row| row.possible() == settled));
        assert_eq!(panel.next(), None);
        assert_eq!(panel.answered().len(), 1);
    }
}
