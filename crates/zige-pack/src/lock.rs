//! The record of a comparison with the official text, kept beside the pack.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};

use crate::blocks::PolicySource;
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::squeeze;

/// What was compared, and found to agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLock {
    /// The official text's SHA-256, in hexadecimal.
    pub sha256: String,
    /// The articles and items that both have.
    pub articles: Vec<String>,
    /// Each quote that was found in its own article: the article, and the quote's SHA-256 without
    /// white space and width, in hexadecimal.
    pub quotes: Vec<(String, String)>,
}

impl SourceLock {
    pub(crate) fn new(source: &PolicySource, official: &[u8]) -> SourceLock {
        SourceLock {
            sha256: hex(official),
            articles: source
                .articles
                .iter()
                .map(|article| article.name.to_string())
                .collect(),
            quotes: quotes(source)
                .map(|(article, _, hash)| (article, hash))
                .collect(),
        }
    }

    /// The lock file's text: TOML, the same for the same comparison.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# Written by `zige lint --source` when every quote stood in its own article. Do not edit.\n",
        );
        let _ = writeln!(text, "sha256 = \"{}\"\narticles = [", self.sha256);
        for article in &self.articles {
            let _ = writeln!(text, "  \"{article}\",");
        }
        text.push_str("]\nquotes = [\n");
        for (article, hash) in &self.quotes {
            let _ = writeln!(text, "  [\"{article}\", \"{hash}\"],");
        }
        text.push_str("]\n");
        text
    }

    /// Reads a lock file; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<SourceLock> {
        let table = DeTable::parse(text).ok()?.into_inner();
        let string = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
        let list = |key: &str| table.get(key).and_then(|value| value.get_ref().as_array());
        Some(SourceLock {
            sha256: string(table.get("sha256")?.get_ref())?,
            articles: list("articles")?
                .iter()
                .map(|value| string(value.get_ref()))
                .collect::<Option<_>>()?,
            quotes: list("quotes")?
                .iter()
                .map(|pair| match pair.get_ref().as_array()?.as_ref() {
                    [article, hash] => Some((string(article.get_ref())?, string(hash.get_ref())?)),
                    _ => None,
                })
                .collect::<Option<_>>()?,
        })
    }
}

/// Holds a policy to its lock.
pub(crate) fn check(source: &PolicySource, lock: &SourceLock, problems: &mut Vec<Diagnostic>) {
    let again = "compare it with the official text again: `zige lint DIR --source FILE`";
    for (article, place, hash) in quotes(source) {
        if !lock.quotes.contains(&(article.clone(), hash)) {
            problems.push(
                Diagnostic::error(
                    Kind::Lock,
                    place,
                    format!("this quote of `{article}` is not the one that was compared with the official text"),
                )
                .mend(again),
            );
        }
    }
    for article in &source.articles {
        if !lock.articles.contains(&article.name.to_string()) {
            problems.push(
                Diagnostic::error(
                    Kind::Lock,
                    article.place,
                    format!("`{}` was not compared with the official text", article.name),
                )
                .mend(again),
            );
        }
    }
    for name in &lock.articles {
        let there = source
            .articles
            .iter()
            .any(|article| article.name.to_string() == *name);
        if !there {
            problems.push(
                Diagnostic::error(
                    Kind::Lock,
                    Place::new(source.file, 0, 0),
                    format!("`{name}` of the official text is no longer in this document"),
                )
                .mend(format!("put `{name}` back, or {again}")),
            );
        }
    }
}

/// Each quote with its article, its place and its hash.
fn quotes(source: &PolicySource) -> impl Iterator<Item = (String, Place, String)> {
    source.articles.iter().flat_map(|article| {
        article.quotes.iter().map(|quote| {
            let hash = hex(squeeze(&quote.text).as_bytes());
            (article.name.to_string(), quote.place, hash)
        })
    })
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
