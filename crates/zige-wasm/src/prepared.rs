//! One check at one day, with answers that are kept here.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use zige_core::answers::Answers;
use zige_core::evaluator::{Evaluator, NOT_ASKED};
use zige_core::ids::{FactId, PointId};
use zige_core::report::Report;
use zige_json::{Subject, answers_from_json, because, changes, to_json, windows};

use crate::engine::{Loaded, report};
use crate::json::{json_of, object, stringified};

/// Flat answers that cannot be judged: a value outside its range.
pub(crate) const NOT_JUDGED: u8 = u8::MAX;

/// A check at a day. Answers are set one by one and judged, or written as numbers into memory and
/// judged without allocating.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Prepared {
    loaded: Rc<Loaded>,
    evaluator: Evaluator,
    answers: Answers,
    judged: Option<Report>,
    flat: Vec<i32>,
    results: Vec<u8>,
}

#[wasm_bindgen]
impl Prepared {
    /// Sets one answer, written as in the answers' JSON; undefined takes it back.
    ///
    /// # Errors
    /// When there is no such fact or point, or the value does not fit; nothing changes then.
    pub fn set(&mut self, key: &str, value: &JsValue) -> Result<(), JsError> {
        let pack = &self.loaded.pack;
        let one = match value.is_undefined() {
            true => "{}".to_owned(),
            false => {
                let value = stringified(value)?;
                format!("{{{}:{value}}}", to_json(key))
            }
        };
        let one = answers_from_json(pack, &one)?;
        let fact = pack.vocabulary.facts.iter().position(|fact| fact.id == key);
        let point = pack.points.iter().position(|point| point.id == key);
        if let Some(id) = fact.and_then(|id| u16::try_from(id).ok()).map(FactId) {
            self.answers.set(pack, id, one.get(id).clone())?;
        } else if let Some(id) = point.and_then(|id| u16::try_from(id).ok()).map(PointId) {
            self.answers.set_outcome(pack, id, one.outcome(id))?;
        } else {
            return Err(JsError::new(&format!(
                "`{key}` is no fact or point of this pack"
            )));
        }
        self.judged = None;
        Ok(())
    }

    /// Sets all answers at once; those that are not given are taken back.
    ///
    /// # Errors
    /// As `Engine.check`; nothing changes then.
    #[wasm_bindgen(js_name = setAll)]
    pub fn set_all(&mut self, answers: &JsValue) -> Result<(), JsError> {
        self.answers = answers_from_json(&self.loaded.pack, &json_of(answers)?)?;
        self.judged = None;
        Ok(())
    }

    /// Works out verdict, conditions, missing facts and the next question, and returns what is
    /// possible: 1 ineligible, plus 2 discretionary, plus 4 eligible; 0 for answers that
    /// contradict each other.
    pub fn judge(&mut self) -> u8 {
        self.judged().possible.bits()
    }

    /// The id of the next question; undefined when nothing is missing.
    #[wasm_bindgen(getter)]
    #[expect(
        clippy::should_implement_trait,
        reason = "the question to ask next, not an iterator's next"
    )]
    pub fn next(&mut self) -> Option<String> {
        let fact = self.judged().missing.first()?.fact;
        self.fact_id(fact)
    }

    /// The ids of the facts that are missing, in the order to ask; each once.
    #[wasm_bindgen(getter)]
    pub fn missing(&mut self) -> Array {
        let mut facts: Vec<FactId> = Vec::new();
        for missing in &self.judged().missing {
            if !facts.contains(&missing.fact) {
                facts.push(missing.fact);
            }
        }
        facts
            .into_iter()
            .filter_map(|fact| self.fact_id(fact))
            .map(JsValue::from)
            .collect()
    }

    /// What each condition of the check can come to, in author order, as `judge` returns it.
    #[wasm_bindgen(getter)]
    pub fn conditions(&mut self) -> Vec<u8> {
        let conditions = self.judged().conditions.iter();
        conditions
            .map(|condition| condition.possible.bits())
            .collect()
    }

    /// The whole report, as `Engine.check` returns it.
    ///
    /// # Errors
    /// When the answers contradict each other.
    pub fn report(&self) -> Result<JsValue, JsError> {
        object(&report(&self.loaded, &self.evaluator, &self.answers)?)
    }

    /// Why the verdict is what it is, as in the report.
    ///
    /// # Errors
    /// Never, for a check that was prepared.
    pub fn because(&self) -> Result<JsValue, JsError> {
        object(&to_json(&because(&self.subject())))
    }

    /// What would make the verdict better, as in the report; of more than are listed the first.
    ///
    /// # Errors
    /// Never, for a check that was prepared.
    pub fn changes(&self) -> Result<JsValue, JsError> {
        object(&to_json(&changes(&self.subject()).0))
    }

    /// The verdict on each day of the next 40 years, as in the report.
    ///
    /// # Errors
    /// When the check cannot be evaluated on some later day.
    pub fn windows(&self) -> Result<JsValue, JsError> {
        object(&to_json(&windows(&self.subject())?))
    }

    /// What the numbers of one flat row stand for: fact ids in the vocabulary's order, then point
    /// ids.
    #[wasm_bindgen(getter)]
    pub fn layout(&self) -> Array {
        let pack = &self.loaded.pack;
        let facts = pack.vocabulary.facts.iter().map(|fact| fact.id.as_str());
        let points = pack.points.iter().map(|point| point.id.as_str());
        facts.chain(points).map(JsValue::from).collect()
    }

    /// Makes room for so many flat rows, all of them not asked. Views of the memory are then void.
    pub fn reserve(&mut self, rows: usize) {
        self.flat = vec![NOT_ASKED; rows.saturating_mul(self.width())];
        self.results = vec![NOT_JUDGED; rows];
    }

    /// Where the flat rows lie in the module's memory, in bytes.
    #[wasm_bindgen(getter, js_name = answersAt)]
    pub fn answers_at(&self) -> usize {
        self.flat.as_ptr().addr()
    }

    /// Where the results lie in the module's memory, in bytes: one byte a row.
    #[wasm_bindgen(getter, js_name = resultsAt)]
    pub fn results_at(&self) -> usize {
        self.results.as_ptr().addr()
    }

    /// How many numbers one row has.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        let pack = &self.loaded.pack;
        pack.vocabulary
            .facts
            .len()
            .saturating_add(pack.points.len())
    }

    /// Judges the first `rows` flat rows. Allocates nothing.
    #[wasm_bindgen(js_name = judgeFlat)]
    pub fn judge_flat(&mut self, rows: usize) {
        let width = self.width().max(1);
        let pairs = self.flat.chunks_exact(width).zip(&mut self.results);
        for (row, result) in pairs.take(rows) {
            *result = self
                .evaluator
                .possible_flat(&self.loaded.pack, row)
                .map_or(NOT_JUDGED, |possible| possible.bits());
        }
    }
}

impl Prepared {
    pub(crate) fn new(loaded: Rc<Loaded>, evaluator: Evaluator) -> Prepared {
        let mut prepared = Prepared {
            answers: Answers::new(&loaded.pack),
            loaded,
            evaluator,
            judged: None,
            flat: Vec::new(),
            results: Vec::new(),
        };
        prepared.reserve(1);
        prepared
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            pack: &self.loaded.pack,
            pack_hash: &self.loaded.hash,
            evaluator: &self.evaluator,
            answers: &self.answers,
        }
    }

    fn judged(&mut self) -> &Report {
        let Prepared {
            loaded,
            evaluator,
            answers,
            judged,
            ..
        } = self;
        judged.get_or_insert_with(|| evaluator.report(&loaded.pack, answers))
    }

    fn fact_id(&self, fact: FactId) -> Option<String> {
        let fact = self.loaded.pack.vocabulary.facts.get(fact.index())?;
        Some(fact.id.clone())
    }
}
