//! Examples of the verdict tag.

use super::verdict_tag;
use crate::components::Example;
use zige_core::verdict::Possible;

/// Each verdict.
pub fn examples() -> Vec<Example> {
    [
        ("eligible", 4),
        ("discretionary", 2),
        ("ineligible", 1),
        ("incomplete", 7),
    ]
    .into_iter()
    .map(|(name, bits)| Example {
        name,
        html: verdict_tag(Possible::from_bits(bits)),
    })
    .collect()
}
