//! The packs that the page was given.

use std::rc::Rc;

use zige_core::ids::{ArticleId, CheckId};
use zige_core::pack::{Article, Check, Form, Pack};
use zige_pack::format::{self, FormatError};
use zige_pack::outline;

use crate::WHOLE;

/// A pack with what identifies it.
#[derive(Debug)]
pub struct LoadedPack {
    /// The pack.
    pub pack: Pack,
    /// SHA-256 of its compiled bytes, in hexadecimal digits.
    pub hash: String,
}

/// All packs, in the order of the container.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The packs.
    pub packs: Vec<Rc<LoadedPack>>,
    /// The container's bytes, for the module that writes forms.
    pub bytes: Rc<[u8]>,
}

impl Library {
    /// Reads a container of packs; in the module for the first questions, their outlines.
    ///
    /// # Errors
    /// When the bytes are no container that this version can read.
    pub fn read(bytes: Vec<u8>) -> Result<Library, FormatError> {
        let packs = match WHOLE {
            true => format::read(&bytes)?,
            false => outline::read(&bytes)?,
        };
        let loaded = packs.into_iter().map(|packed| {
            Rc::new(LoadedPack {
                hash: packed.hash.to_string(),
                pack: packed.pack,
            })
        });
        Ok(Library {
            packs: loaded.collect(),
            bytes: bytes.into(),
        })
    }

    /// The pack with this id.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Rc<LoadedPack>> {
        self.packs.iter().find(|loaded| loaded.pack.id == id)
    }
}

impl LoadedPack {
    /// The check with this id.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<(CheckId, &Check)> {
        let position = self.pack.checks.iter().position(|check| check.id == id)?;
        let check = self.pack.checks.get(position)?;
        Some((CheckId(u16::try_from(position).ok()?), check))
    }

    /// The form with this id, if it has a layout.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.pack
            .forms
            .iter()
            .find(|form| form.id == id && !form.parts.is_empty())
    }

    /// The article with this name.
    #[must_use]
    pub fn article(&self, name: &str) -> Option<(ArticleId, &Article)> {
        let position = self.pack.articles.iter().position(|one| one.name == name)?;
        let article = self.pack.articles.get(position)?;
        Some((ArticleId(u16::try_from(position).ok()?), article))
    }

    /// The first twelve digits of the hash: enough for an office to recognise the pack.
    #[must_use]
    pub fn short_hash(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }
}
