//! Articles and the kinds of block under each.

use serde::Serialize;
use zige_core::pack::{BlockKind, Pack};

/// An article, numbered item or last paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleJson {
    /// Its name: `第三条（一）`.
    pub article: String,
    /// The kinds of block under it, in order.
    pub blocks: Vec<BlockKind>,
}

/// Every article of a pack, in the order of the text.
#[must_use]
pub fn articles(pack: &Pack) -> Vec<ArticleJson> {
    pack.articles
        .iter()
        .map(|article| ArticleJson {
            article: article.name.clone(),
            blocks: article.blocks.iter().map(|block| block.kind).collect(),
        })
        .collect()
}
