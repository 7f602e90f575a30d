//! Every check of every pack over one set of answers.

use std::collections::HashMap;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use zige_core::date::Date;
use zige_core::evaluator::{Evaluator, NOT_ASKED};
use zige_core::ids::CheckId;

use crate::engine::Loaded;
use crate::prepared::NOT_JUDGED;

/// All checks at a day. A fact that several packs ask is answered once; points belong to their
/// pack.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Board {
    keys: Vec<String>,
    /// For each key the sheets that it stands on, each with its place there.
    places: Vec<Vec<(usize, usize)>>,
    sheets: Vec<Sheet>,
    /// The sheets that changed since they were judged.
    changed: Vec<usize>,
    results: Vec<u8>,
}

/// One pack's own flat answers.
#[derive(Debug)]
struct Sheet {
    loaded: Rc<Loaded>,
    flat: Vec<i32>,
    checks: Vec<Evaluator>,
    /// Where its checks' results begin.
    first: usize,
    changed: bool,
}

#[wasm_bindgen]
impl Board {
    /// What answers stand for: fact ids, and `pack/point` for points.
    #[wasm_bindgen(getter)]
    pub fn layout(&self) -> Array {
        self.keys.iter().map(JsValue::from).collect()
    }

    /// What the results stand for: `pack/check`.
    #[wasm_bindgen(getter)]
    pub fn checks(&self) -> Array {
        self.sheets
            .iter()
            .flat_map(|sheet| {
                let pack = &sheet.loaded.pack;
                pack.checks
                    .iter()
                    .map(|check| JsValue::from(format!("{}/{}", pack.id, check.id)))
            })
            .collect()
    }

    /// Where the results lie in the module's memory, in bytes: one byte a check.
    #[wasm_bindgen(getter, js_name = resultsAt)]
    pub fn results_at(&self) -> usize {
        self.results.as_ptr().addr()
    }

    /// Sets one answer, by its place in the layout. Costs only what the packs cost that ask it.
    pub fn set(&mut self, at: usize, answer: i32) {
        for (sheet, own) in self.places.get(at).into_iter().flatten() {
            let Some(on_sheet) = self.sheets.get_mut(*sheet) else {
                continue;
            };
            if let Some(place) = on_sheet.flat.get_mut(*own)
                && *place != answer
            {
                *place = answer;
                if !on_sheet.changed {
                    on_sheet.changed = true;
                    self.changed.push(*sheet);
                }
            }
        }
    }

    /// Judges the checks of the packs that changed. Allocates nothing.
    pub fn judge(&mut self) {
        while let Some(changed) = self.changed.pop() {
            let Some(sheet) = self.sheets.get_mut(changed) else {
                continue;
            };
            sheet.changed = false;
            let results = self.results.iter_mut().skip(sheet.first);
            for (check, result) in sheet.checks.iter().zip(results) {
                *result = check
                    .possible_flat(&sheet.loaded.pack, &sheet.flat)
                    .map_or(NOT_JUDGED, |possible| possible.bits());
            }
        }
    }
}

impl Board {
    pub(crate) fn new(packs: &[Rc<Loaded>], on: Date) -> Result<Board, JsError> {
        let mut known: HashMap<String, (usize, u64)> = HashMap::new();
        let mut board = Board {
            keys: Vec::new(),
            places: Vec::new(),
            sheets: Vec::new(),
            changed: (0..packs.len()).collect(),
            results: Vec::new(),
        };
        for (sheet, loaded) in packs.iter().enumerate() {
            let pack = &loaded.pack;
            let facts = pack.vocabulary.facts.iter();
            let points = pack.points.iter();
            let own = facts
                .map(|fact| (fact.id.clone(), fact.meaning))
                .chain(points.map(|point| (format!("{}/{}", pack.id, point.id), 0)));
            let mut width = 0;
            for (place, (key, meaning)) in own.enumerate() {
                width = place + 1;
                let (at, known_meaning) = *known.entry(key.clone()).or_insert_with(|| {
                    board.keys.push(key.clone());
                    board.places.push(Vec::new());
                    (board.keys.len() - 1, meaning)
                });
                if known_meaning != meaning {
                    return Err(JsError::new(&format!(
                        "`{key}` asks something else in pack `{}` than in another, compile both from one vocabulary",
                        pack.id
                    )));
                }
                if let Some(places) = board.places.get_mut(at) {
                    places.push((sheet, place));
                }
            }
            let checks = (0..)
                .map(CheckId)
                .take(pack.checks.len())
                .map(|check| Evaluator::new(pack, check, on))
                .collect::<Result<Vec<_>, _>>()?;
            let first = board.results.len();
            board.results.resize(first + checks.len(), NOT_JUDGED);
            board.sheets.push(Sheet {
                loaded: Rc::clone(loaded),
                flat: vec![NOT_ASKED; width],
                checks,
                first,
                changed: true,
            });
        }
        Ok(board)
    }
}
