//! Examples of the citation.

use super::citation;
use crate::components::Example;
use crate::sample;

/// With one quote.
pub fn examples() -> Vec<Example> {
    let pack = sample::pack();
    let article = pack.articles.first();
    article
        .map(|article| Example {
            name: "one quote",
            html: citation(article, crate::view::view! { { &article.name } }),
        })
        .into_iter()
        .collect()
}
