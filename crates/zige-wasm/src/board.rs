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
    answers: Vec<i32>,
    written: Vec<i32>,
    /// For each key the sheets with answers of their own that it stands on, each with its place there.
    places: Vec<Vec<(usize, usize)>>,
    /// For each key the sheets that it stands on: positions among `changed`, and bits there.
    asking: Vec<Vec<(usize, u64)>>,
    sheets: Vec<Sheet>,
    /// The sheets that changed since they were judged, one bit each.
    changed: Vec<u64>,
    results: Vec<u8>,
}

/// One pack's own flat answers.
#[derive(Debug)]
struct Sheet {
    loaded: Rc<Loaded>,
    /// Its answers, where the board's do not begin with them in the same order.
    flat: Option<Vec<i32>>,
    checks: Vec<Evaluator>,
    /// Where its checks' results begin.
    first: usize,
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
        let (Some(known), Some(places), Some(asking)) = (
            self.answers.get_mut(at),
            self.places.get(at),
            self.asking.get(at),
        ) else {
            return;
        };
        if *known == answer {
            return;
        }
        *known = answer;
        for (sheet, own) in places {
            let sheet = self.sheets.get_mut(*sheet);
            let flat = sheet.and_then(|sheet| sheet.flat.as_mut());
            if let Some(place) = flat.and_then(|flat| flat.get_mut(*own)) {
                *place = answer;
            }
        }
        for (word, bits) in asking {
            if let Some(changed) = self.changed.get_mut(*word) {
                *changed |= bits;
            }
        }
    }

    /// Where answers to be set together lie in the module's memory, in bytes: one number an answer.
    #[wasm_bindgen(getter, js_name = writtenAt)]
    pub fn written_at(&self) -> usize {
        self.written.as_ptr().addr()
    }

    /// Sets all answers that were written there.
    #[wasm_bindgen(js_name = setWritten)]
    pub fn set_written(&mut self) {
        for at in 0..self.written.len() {
            if let (Some(answer), Some(known)) = (self.written.get(at), self.answers.get(at))
                && answer != known
            {
                self.set(at, *answer);
            }
        }
    }

    /// Judges the checks of the packs that changed. Allocates nothing.
    pub fn judge(&mut self) {
        for (word, changed) in self.changed.iter_mut().enumerate() {
            while *changed != 0 {
                let bit = changed.trailing_zeros() as usize;
                *changed &= *changed - 1;
                let Some(sheet) = self.sheets.get(word * 64 + bit) else {
                    continue;
                };
                let flat = sheet.flat.as_deref().unwrap_or(&self.answers);
                let results = self.results.iter_mut().skip(sheet.first);
                for (check, result) in sheet.checks.iter().zip(results) {
                    *result = check
                        .possible_flat(&sheet.loaded.pack, flat)
                        .map_or(NOT_JUDGED, |possible| possible.bits());
                }
            }
        }
    }
}

impl Board {
    pub(crate) fn new(packs: &[Rc<Loaded>], on: Date) -> Result<Board, JsError> {
        let mut known: HashMap<String, (usize, u64)> = HashMap::new();
        let mut board = Board {
            keys: Vec::new(),
            answers: Vec::new(),
            written: Vec::new(),
            places: Vec::new(),
            asking: Vec::new(),
            sheets: Vec::new(),
            changed: vec![u64::MAX; packs.len().div_ceil(64)],
            results: Vec::new(),
        };
        for (sheet, loaded) in packs.iter().enumerate() {
            let pack = &loaded.pack;
            let facts = pack.vocabulary.facts.iter();
            let points = pack.points.iter();
            let own = facts
                .map(|fact| (fact.id.clone(), fact.meaning))
                .chain(points.map(|point| (format!("{}/{}", pack.id, point.id), 0)));
            let mut from = Vec::new();
            for (key, meaning) in own {
                let (at, known_meaning) = *known.entry(key.clone()).or_insert_with(|| {
                    board.keys.push(key.clone());
                    board.places.push(Vec::new());
                    board.asking.push(Vec::new());
                    board.answers.push(NOT_ASKED);
                    (board.keys.len() - 1, meaning)
                });
                if known_meaning != meaning {
                    return Err(JsError::new(&format!(
                        "`{key}` asks something else in pack `{}` than in another, compile both from one vocabulary",
                        pack.id
                    )));
                }
                from.push(at);
                if let Some(asking) = board.asking.get_mut(at) {
                    let (word, bit) = (sheet / 64, 1_u64 << (sheet % 64));
                    match asking.last_mut() {
                        Some((last, bits)) if *last == word => *bits |= bit,
                        _ => asking.push((word, bit)),
                    }
                }
            }
            let in_place = from.iter().copied().eq(0..from.len());
            if !in_place {
                for (place, at) in from.iter().enumerate() {
                    if let Some(places) = board.places.get_mut(*at) {
                        places.push((sheet, place));
                    }
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
                flat: (!in_place).then(|| vec![NOT_ASKED; from.len()]),
                checks,
                first,
            });
        }
        board.written = board.answers.clone();
        Ok(board)
    }
}
