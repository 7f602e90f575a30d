//! Examples of the verdict bar.

use super::verdict_bar;
use crate::components::Example;
use crate::words::headline;
use zige_core::programme::ProgrammeState;
use zige_core::verdict::Possible;

/// Before, between and after.
pub fn examples() -> Vec<Example> {
    let bar = |bits, answered, remaining| {
        let headline = headline(Possible::from_bits(bits), &ProgrammeState::Draft);
        verdict_bar(headline.tone, headline.line(), answered, remaining)
    };
    vec![
        Example {
            name: "nothing answered",
            html: bar(7, 0, 9),
        },
        Example {
            name: "not ineligible any more",
            html: bar(6, 5, 3),
        },
        Example {
            name: "settled",
            html: bar(4, 8, 0),
        },
    ]
}
