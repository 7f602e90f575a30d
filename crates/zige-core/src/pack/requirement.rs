//! How conditions combine into a check.

use core::fmt;

use serde::de::{DeserializeSeed, EnumAccess, Error, SeqAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::ids::ConditionId;

/// How deep a requirement may be nested.
const DEEPEST: u8 = 64;

/// How conditions combine into a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Requirement {
    /// A condition.
    Condition(ConditionId),
    /// All of them.
    All(Vec<Requirement>),
    /// At least one of them.
    Any(Vec<Requirement>),
}

/// Written out, because the derived one would follow hostile bytes down until the stack ends.
impl<'de> Deserialize<'de> for Requirement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Requirement, D::Error> {
        Level(0).deserialize(deserializer)
    }
}

/// How deep the requirement that is being read is nested.
#[derive(Clone, Copy)]
struct Level(u8);

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Requirement;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Requirement, D::Error> {
        deserializer.deserialize_enum("Requirement", &["Condition", "All", "Any"], self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Requirement;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a requirement")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Requirement, A::Error> {
        #[derive(Deserialize)]
        enum Variant {
            Condition,
            All,
            Any,
        }
        let parts = Parts(Level(self.0.saturating_add(1)));
        match access.variant()? {
            _ if self.0 > DEEPEST => Err(A::Error::custom("a requirement is nested too deeply")),
            (Variant::Condition, inner) => Ok(Requirement::Condition(inner.newtype_variant()?)),
            (Variant::All, inner) => Ok(Requirement::All(inner.newtype_variant_seed(parts)?)),
            (Variant::Any, inner) => Ok(Requirement::Any(inner.newtype_variant_seed(parts)?)),
        }
    }
}

/// The parts of a requirement.
struct Parts(Level);

impl<'de> DeserializeSeed<'de> for Parts {
    type Value = Vec<Requirement>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Vec<Requirement>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Parts {
    type Value = Vec<Requirement>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of requirements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Vec<Requirement>, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = access.next_element_seed(self.0)? {
            parts.push(part);
        }
        Ok(parts)
    }
}
