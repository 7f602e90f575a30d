//! What crosses between an app and the module that fills blank forms.
//!
//! Both sides are built from the same source, so the encoding (postcard) carries no version.

use serde::{Deserialize, Serialize};
use zige_core::answers::Answers;
use zige_core::pack::Pack;

use crate::form::fill;
use crate::model::{BlankError, Decision, FilledBlank, Options};
use crate::profile::Profile;

/// A blank form to be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What the person said, with the id of the pack that numbers the facts.
    pub answers: Vec<(String, Answers)>,
    /// What only our own forms asked.
    pub fields: Vec<FormFields>,
    /// How to fill it.
    pub options: Options,
    /// What the person decided about cells.
    pub decisions: Vec<Decision>,
}

/// What one of our own forms asked beside the facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFields {
    /// The pack's id.
    pub pack: String,
    /// The form's id.
    pub form: String,
    /// Values by field id; dates as `YYYY-MM-DD` or `YYYY-MM`.
    pub values: Vec<(String, String)>,
}

/// What a page shows of a filled form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The form.
    pub filled: FilledBlank,
    /// What a cell can be said to ask for: tags with their Chinese names.
    pub offers: Vec<(String, String)>,
}

impl Request {
    /// The request as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        // Strings, integers and lists always encode; an empty request is refused by `decode`.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`Request::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Result<Request, BlankError> {
        postcard::from_bytes(bytes).map_err(|_| BlankError::Request)
    }

    /// Fills a blank form from the answers to these packs.
    ///
    /// # Errors
    /// As [`fill`].
    pub fn fill<'a>(
        &self,
        packs: impl Iterator<Item = &'a Pack> + Clone,
        blank: &[u8],
    ) -> Result<Reply, BlankError> {
        let mut profile = Profile::new();
        let find = |id: &str| packs.clone().find(|pack| pack.id == id);
        for (id, answers) in &self.answers {
            if let Some(pack) = find(id) {
                profile.add(pack, answers);
            }
        }
        for own in &self.fields {
            let pack = find(&own.pack);
            let form = pack.and_then(|pack| pack.forms.iter().find(|form| form.id == own.form));
            if let Some(form) = form {
                profile.add_fields(form, &own.values);
            }
        }
        Ok(Reply {
            filled: fill(blank, &profile, &self.options, &self.decisions)?,
            offers: profile.offers(),
        })
    }
}

impl Reply {
    /// The reply as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`Reply::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Result<Reply, BlankError> {
        postcard::from_bytes(bytes).map_err(|_| BlankError::Request)
    }
}
