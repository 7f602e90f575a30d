//! Every check of every pack over one set of answers.

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
    packs: Vec<Sheet>,
    answers: Vec<i32>,
    results: Vec<u8>,
}

/// One pack's own flat answers.
#[derive(Debug)]
struct Sheet {
    loaded: Rc<Loaded>,
    /// For each number of `flat`, its position among the board's answers.
    from: Vec<usize>,
    flat: Vec<i32>,
    /// Whether the board's answers begin with this pack's, in the same order.
    in_place: bool,
    checks: Vec<Evaluator>,
}

#[wasm_bindgen]
impl Board {
    /// What the answers' numbers stand for: fact ids, and `pack/point` for points.
    #[wasm_bindgen(getter)]
    pub fn layout(&self) -> Array {
        self.keys.iter().map(JsValue::from).collect()
    }

    /// What the results stand for: `pack/check`.
    #[wasm_bindgen(getter)]
    pub fn checks(&self) -> Array {
        self.packs
            .iter()
            .flat_map(|sheet| {
                let pack = &sheet.loaded.pack;
                pack.checks
                    .iter()
                    .map(|check| JsValue::from(format!("{}/{}", pack.id, check.id)))
            })
            .collect()
    }

    /// Where the answers lie in the module's memory, in bytes.
    #[wasm_bindgen(getter, js_name = answersAt)]
    pub fn answers_at(&self) -> usize {
        self.answers.as_ptr().addr()
    }

    /// Where the results lie in the module's memory, in bytes: one byte a check.
    #[wasm_bindgen(getter, js_name = resultsAt)]
    pub fn results_at(&self) -> usize {
        self.results.as_ptr().addr()
    }

    /// Judges every check. Allocates nothing.
    pub fn judge(&mut self) {
        let mut results = self.results.iter_mut();
        for sheet in &mut self.packs {
            let flat = match sheet.in_place {
                true => self.answers.as_slice(),
                false => {
                    for (own, from) in sheet.flat.iter_mut().zip(&sheet.from) {
                        *own = self.answers.get(*from).copied().unwrap_or(NOT_ASKED);
                    }
                    sheet.flat.as_slice()
                }
            };
            for (check, result) in sheet.checks.iter().zip(&mut results) {
                *result = check
                    .possible_flat(&sheet.loaded.pack, flat)
                    .map_or(NOT_JUDGED, |possible| possible.bits());
            }
        }
    }
}

impl Board {
    pub(crate) fn new(packs: &[Rc<Loaded>], on: Date) -> Result<Board, JsError> {
        let mut keys: Vec<String> = Vec::new();
        let mut meanings: Vec<u64> = Vec::new();
        let mut sheets = Vec::new();
        for loaded in packs {
            let pack = &loaded.pack;
            let facts = pack.vocabulary.facts.iter();
            let points = pack.points.iter();
            let own = facts
                .map(|fact| (fact.id.clone(), fact.meaning))
                .chain(points.map(|point| (format!("{}/{}", pack.id, point.id), 0)));
            let mut from = Vec::new();
            for (key, meaning) in own {
                let known = keys.iter().position(|known| *known == key);
                if let Some(known) = known
                    && meanings.get(known) != Some(&meaning)
                {
                    return Err(JsError::new(&format!(
                        "`{key}` asks something else in pack `{}` than in another, compile both from one vocabulary",
                        pack.id
                    )));
                }
                from.push(known.unwrap_or(keys.len()));
                if known.is_none() {
                    keys.push(key);
                    meanings.push(meaning);
                }
            }
            let checks = (0..)
                .map(CheckId)
                .take(pack.checks.len())
                .map(|check| Evaluator::new(pack, check, on))
                .collect::<Result<Vec<_>, _>>()?;
            sheets.push(Sheet {
                loaded: Rc::clone(loaded),
                flat: vec![NOT_ASKED; from.len()],
                in_place: from.iter().copied().eq(0..from.len()),
                from,
                checks,
            });
        }
        let checks = sheets.iter().map(|sheet| sheet.checks.len()).sum();
        Ok(Board {
            answers: vec![NOT_ASKED; keys.len()],
            results: vec![NOT_JUDGED; checks],
            keys,
            packs: sheets,
        })
    }
}
