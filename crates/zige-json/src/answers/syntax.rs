//! JSON as it was written: numbers by their digits, objects with every key.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A value, one level deep.
pub(crate) enum Shape<'a> {
    Null,
    Bool(bool),
    /// The digits, as they stand there.
    Number(&'a str),
    Text(String),
    List(Vec<&'a RawValue>),
    Object(Members<'a>),
}

/// The members of an object in their order, with keys that stand there twice.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

/// The whole text as one value, its syntax checked at every depth.
pub(crate) fn parse(text: &str) -> Result<&RawValue, serde_json::Error> {
    serde_json::from_str(text)
}

/// What a value is; an error for a string that is no text (half of a character).
pub(crate) fn shape(raw: &RawValue) -> Result<Shape<'_>, serde_json::Error> {
    let text = raw.get();
    Ok(match text.bytes().next() {
        Some(b'n') => Shape::Null,
        Some(b't') => Shape::Bool(true),
        Some(b'f') => Shape::Bool(false),
        Some(b'"') => Shape::Text(serde_json::from_str(text)?),
        Some(b'[') => Shape::List(serde_json::from_str::<Elements<'_>>(text)?.0),
        Some(b'{') => Shape::Object(serde_json::from_str(text)?),
        _ => Shape::Number(text),
    })
}

/// A value as it is quoted in a message: cut where it is long.
pub(crate) fn quoted(raw: &RawValue) -> String {
    const MOST: usize = 40;
    let text = raw.get().trim_matches('"');
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start}…")
}

struct Elements<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Elements<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Elements<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    elements.push(element);
                }
                Ok(Elements(elements))
            }
        }
        deserializer.deserialize_seq(Collect)
    }
}
