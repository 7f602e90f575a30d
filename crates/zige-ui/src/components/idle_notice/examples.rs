//! The notice covers the whole page, so the gallery only names it; the kiosk's tests look at it.

use crate::components::Example;

/// None.
pub fn examples() -> Vec<Example> {
    Vec::new()
}
