//! Packs, and checks on them.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_core::pack::Pack;
use zige_json::{
    Subject, answers_from_json, articles, contradiction, did_you_mean, facts, listed, show,
    to_json, whole_report,
};
use zige_pack::format::read;

use crate::board::Board;
use crate::json::{json_of, object};
use crate::prepared::Prepared;

/// A pack with what identifies it.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) pack: Pack,
    pub(crate) hash: String,
}

/// The packs that were loaded.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine {
    packs: Vec<Rc<Loaded>>,
}

#[wasm_bindgen]
impl Engine {
    /// Reads packs from the bytes of a file that `zige compile` wrote.
    ///
    /// # Errors
    /// When the bytes are something else, of another version, or damaged.
    pub fn load(bytes: &[u8]) -> Result<Engine, JsError> {
        let mut engine = Engine::default();
        engine.add(bytes)?;
        Ok(engine)
    }

    /// Adds the packs of a further file; a pack with a known id replaces the former one.
    ///
    /// # Errors
    /// As [`Engine::load`]; nothing is added then.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        for packed in read(bytes)? {
            self.packs.retain(|known| known.pack.id != packed.pack.id);
            self.packs.push(Rc::new(Loaded {
                hash: packed.hash.to_string(),
                pack: packed.pack,
            }));
        }
        Ok(())
    }

    /// The packs and their checks: as `zige list --json`.
    ///
    /// # Errors
    /// Never, for packs that were loaded.
    pub fn packs(&self) -> Result<JsValue, JsError> {
        let all: Vec<_> = self
            .packs
            .iter()
            .map(|loaded| listed(&loaded.pack, &loaded.hash))
            .collect();
        object(&to_json(&all))
    }

    /// What a pack can ask: as `zige facts PACK --json`.
    ///
    /// # Errors
    /// When there is no such pack.
    pub fn facts(&self, pack: &str) -> Result<JsValue, JsError> {
        object(&to_json(&facts(&self.find(pack)?.pack)))
    }

    /// A pack's articles: as `zige articles PACK --json`.
    ///
    /// # Errors
    /// When there is no such pack.
    pub fn articles(&self, pack: &str) -> Result<JsValue, JsError> {
        object(&to_json(&articles(&self.find(pack)?.pack)))
    }

    /// A block or an article: as `zige show PACK BLOCK --json`; undefined when there is none.
    ///
    /// # Errors
    /// When there is no such pack.
    pub fn show(&self, pack: &str, name: &str) -> Result<JsValue, JsError> {
        match show(&self.find(pack)?.pack, name) {
            Some(shown) => object(&to_json(&shown)),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// The whole report on answers, as an object.
    ///
    /// # Errors
    /// When there is no such pack, check or day, or the answers cannot be taken; all mistakes are
    /// named.
    pub fn check(
        &self,
        pack: &str,
        check: &str,
        answers: &JsValue,
        on: &str,
    ) -> Result<JsValue, JsError> {
        object(&self.check_json(pack, check, answers, on)?)
    }

    /// The whole report on answers, in the very bytes of `zige check --json` without the last
    /// line end.
    ///
    /// # Errors
    /// As [`Engine::check`].
    #[wasm_bindgen(js_name = checkJson)]
    pub fn check_json(
        &self,
        pack: &str,
        check: &str,
        answers: &JsValue,
        on: &str,
    ) -> Result<String, JsError> {
        let loaded = self.find(pack)?;
        let evaluator = evaluator(&loaded.pack, check, on)?;
        let answers = answers_from_json(&loaded.pack, &json_of(answers)?)?;
        report(loaded, &evaluator, &answers)
    }

    /// Prepares a check for a day: judging answers is then fast.
    ///
    /// # Errors
    /// When there is no such pack, check or day.
    pub fn prepare(&self, pack: &str, check: &str, on: &str) -> Result<Prepared, JsError> {
        let loaded = self.find(pack)?;
        let evaluator = evaluator(&loaded.pack, check, on)?;
        Ok(Prepared::new(Rc::clone(loaded), evaluator))
    }

    /// Prepares every check of every pack for a day, over one set of answers.
    ///
    /// # Errors
    /// When there is no such day, or two packs use one fact's id for different questions.
    #[wasm_bindgen(js_name = prepareAll)]
    pub fn prepare_all(&self, on: &str) -> Result<Board, JsError> {
        Board::new(&self.packs, date(on)?)
    }
}

impl Engine {
    fn find(&self, id: &str) -> Result<&Rc<Loaded>, JsError> {
        self.packs
            .iter()
            .find(|loaded| loaded.pack.id == id)
            .ok_or_else(|| {
                let ids: Vec<&str> = self.packs.iter().map(|own| own.pack.id.as_str()).collect();
                JsError::new(&format!(
                    "there is no pack `{id}`{}",
                    did_you_mean(id, &ids)
                ))
            })
    }
}

/// The whole report; refuses answers that contradict each other.
pub(crate) fn report(
    loaded: &Loaded,
    evaluator: &Evaluator,
    answers: &Answers,
) -> Result<String, JsError> {
    let pack = &loaded.pack;
    evaluator
        .check(pack, answers)
        .map_err(|error| JsError::new(&contradiction(pack, answers, &error)))?;
    let report = whole_report(&Subject {
        pack,
        pack_hash: &loaded.hash,
        evaluator,
        answers,
    })?;
    Ok(to_json(&report))
}

fn evaluator(pack: &Pack, check: &str, on: &str) -> Result<Evaluator, JsError> {
    let id = (0..)
        .map(CheckId)
        .zip(&pack.checks)
        .find(|(_, known)| known.id == check)
        .map(|(id, _)| id)
        .ok_or_else(|| {
            let ids: Vec<&str> = pack.checks.iter().map(|known| known.id.as_str()).collect();
            JsError::new(&format!(
                "`{}` has no check `{check}`{}",
                pack.id,
                did_you_mean(check, &ids)
            ))
        })?;
    Ok(Evaluator::new(pack, id, date(on)?)?)
}

fn date(on: &str) -> Result<Date, JsError> {
    Date::parse(on).ok_or_else(|| {
        JsError::new(&format!(
            "`on` is `{on}`, which is no date; give a day that exists, such as `2026-11-21`"
        ))
    })
}
