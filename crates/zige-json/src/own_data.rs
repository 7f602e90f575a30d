//! A person's own data in a file: answers with what only a form asks, to keep and to take along.
//!
//! ```json
//! {
//!   "zige": 1,
//!   "pack": "…", "pack_hash": "0123456789ab", "form": "recommendation", "on": "2026-11-21",
//!   "answers": { "birth_date": "1980-03-07" },
//!   "fields": { "study_wish": "…" },
//!   "events": { "结对开始": "2026-09-01" }
//! }
//! ```
//!
//! `answers` is what `zige check --answers` reads. Facts are named by their ids, which all packs share: a
//! file that was made with one pack is read with another, and what that pack does not ask is named.

use serde::Serialize;
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::pack::Pack;

use crate::answers::syntax::{self, Shape, parse, quoted};
use crate::answers::{answers_value, read_members};
use crate::value::{ObjectJson, ValueJson};
use crate::{AnswerLoadError, MOST_BYTES, Mistake, to_json};

/// The version that is written.
pub const OWN_DATA_VERSION: u32 = 1;

/// What a file of one's own data holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnData {
    /// The id of the pack it was made with; empty for plain answers.
    pub pack: String,
    /// The first twelve hexadecimal digits of the pack's SHA-256; may be empty.
    pub hash: String,
    /// The form that the fields are of; may be empty.
    pub form: String,
    /// The day for which it was made, if it says so.
    pub on: Option<Date>,
    /// The answers.
    pub answers: Answers,
    /// What only the form asks, by field id.
    pub fields: Vec<(String, String)>,
    /// When something happened that periods are counted from.
    pub events: Vec<(String, Date)>,
    /// What was not taken over.
    pub mistakes: Vec<Mistake>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    zige: u32,
    pack: &'a str,
    pack_hash: &'a str,
    form: &'a str,
    on: Option<String>,
    answers: ObjectJson,
    fields: ObjectJson,
    #[serde(skip_serializing_if = "is_empty")]
    events: ObjectJson,
}

fn is_empty(object: &ObjectJson) -> bool {
    object.0.is_empty()
}

/// Writes one's own data; [`own_data_from_json`] reads it.
#[must_use]
pub fn own_data_to_json(pack: &Pack, data: &OwnData) -> String {
    let texts = |pairs: &mut dyn Iterator<Item = (String, String)>| {
        ObjectJson(
            pairs
                .map(|(id, text)| (id, ValueJson::Text(text)))
                .collect(),
        )
    };
    to_json(&FileJson {
        zige: OWN_DATA_VERSION,
        pack: &data.pack,
        pack_hash: &data.hash,
        form: &data.form,
        on: data.on.map(|on| on.to_string()),
        answers: answers_value(pack, &data.answers),
        fields: texts(&mut data.fields.iter().cloned()),
        events: texts(
            &mut data
                .events
                .iter()
                .map(|(name, date)| (name.clone(), date.to_string())),
        ),
    })
}

/// Reads one's own data, or plain answers. What single answers do not fit is left out and named.
///
/// # Errors
/// When the text is too long, is no JSON object, or of a newer version.
pub fn own_data_from_json(pack: &Pack, json: &str) -> Result<OwnData, AnswerLoadError> {
    if json.len() > MOST_BYTES {
        return Err(AnswerLoadError::TooLarge);
    }
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let syntax_error = |error: serde_json::Error| AnswerLoadError::Syntax {
        problem: error.to_string(),
    };
    let raw = parse(json).map_err(syntax_error)?;
    let Shape::Object(members) = syntax::shape(raw).map_err(syntax_error)? else {
        return Err(AnswerLoadError::NotAnObject { found: quoted(raw) });
    };
    let mut data = OwnData {
        pack: String::new(),
        hash: String::new(),
        form: String::new(),
        on: None,
        answers: Answers::new(pack),
        fields: Vec::new(),
        events: Vec::new(),
        mistakes: Vec::new(),
    };
    let version = members.0.iter().find(|(key, _)| key == "zige");
    let Some((_, version)) = version else {
        (data.answers, data.mistakes) = read_members(pack, members);
        return Ok(data);
    };
    if version.get().trim() != OWN_DATA_VERSION.to_string() {
        return Err(AnswerLoadError::OtherVersion {
            version: version.get().chars().take(20).collect(),
        });
    }
    for (key, raw) in members.0 {
        let wrong = |expected: &str| Mistake::WrongType {
            key: key.clone(),
            value: quoted(raw),
            expected: expected.to_owned(),
        };
        match (key.as_str(), syntax::shape(raw)) {
            ("zige", _) | ("on", Ok(Shape::Null)) => {}
            ("pack", Ok(Shape::Text(text))) => data.pack = text,
            ("pack_hash", Ok(Shape::Text(text))) => data.hash = text,
            ("form", Ok(Shape::Text(text))) => data.form = text,
            ("on", Ok(Shape::Text(text))) => match Date::parse(&text) {
                Some(on) => data.on = Some(on),
                None => data.mistakes.push(wrong("a day such as `2026-11-21`")),
            },
            ("answers", Ok(Shape::Object(members))) => {
                let (answers, mistakes) = read_members(pack, members);
                data.answers = answers;
                data.mistakes.extend(mistakes);
            }
            ("fields", Ok(Shape::Object(members))) => {
                for (id, raw) in members.0 {
                    match syntax::shape(raw) {
                        Ok(Shape::Text(text)) => data.fields.push((id, text)),
                        _ => data.mistakes.push(Mistake::WrongType {
                            key: format!("fields.{id}"),
                            value: quoted(raw),
                            expected: "a text in quotation marks".to_owned(),
                        }),
                    }
                }
            }
            ("events", Ok(Shape::Object(members))) => {
                for (name, raw) in members.0 {
                    let date = match syntax::shape(raw) {
                        Ok(Shape::Text(text)) => Date::parse(&text),
                        _ => None,
                    };
                    match date {
                        Some(date) => data.events.push((name, date)),
                        None => data.mistakes.push(Mistake::NoSuchDate {
                            key: format!("events.{name}"),
                            value: quoted(raw),
                            problem: "which is no day",
                        }),
                    }
                }
            }
            ("pack" | "pack_hash" | "form" | "on", _) => {
                data.mistakes.push(wrong("a text in quotation marks"));
            }
            ("answers" | "fields" | "events", _) => data.mistakes.push(wrong("an object")),
            _ => data.mistakes.push(Mistake::Unknown {
                key: key.clone(),
                mend: ", leave it out".to_owned(),
            }),
        }
    }
    Ok(data)
}
