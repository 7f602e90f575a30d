//! What a person decided about offices' own forms, kept on this device once they asked for that.

use serde::{Deserialize, Serialize};
use zige_blank::{Choice, Decision};

/// Decisions by the fingerprints of forms. What was typed is not among them: it is of a person, and
/// several may use this device.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrections(Vec<(String, Vec<Decision>)>);

impl Corrections {
    /// Whether none are kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was decided about a form, once its corrections were kept.
    #[must_use]
    pub fn of(&self, fingerprint: &str) -> Option<&[Decision]> {
        let known = self.0.iter().find(|(form, _)| form == fingerprint);
        known.map(|(_, decisions)| decisions.as_slice())
    }

    /// Keeps what was decided about a form, but no typed texts.
    pub fn keep(&mut self, fingerprint: &str, decisions: &[Decision]) {
        self.forget(fingerprint);
        let lasting = decisions
            .iter()
            .filter(|decision| !matches!(decision.choice, Choice::Text(_)));
        self.0
            .push((fingerprint.to_owned(), lasting.cloned().collect()));
    }

    /// Forgets a form.
    pub fn forget(&mut self, fingerprint: &str) {
        self.0.retain(|(form, _)| form != fingerprint);
    }
}

#[cfg(test)]
mod tests {
    use zige_blank::Place;

    use super::*;

    #[test]
    fn texts_are_not_kept() {
        let decide = |column, choice| Decision {
            place: Place {
                table: 1,
                row: 1,
                column,
                part: 1,
            },
            choice,
        };
        let mut corrections = Corrections::default();
        let fact = decide(1, Choice::Fact("post".into()));
        corrections.keep("a", &[fact.clone(), decide(2, Choice::Text("甲".into()))]);
        assert_eq!(corrections.of("a"), Some([fact].as_slice()));
        assert_eq!(corrections.of("b"), None);
        corrections.forget("a");
        assert!(corrections.is_empty());
    }
}
