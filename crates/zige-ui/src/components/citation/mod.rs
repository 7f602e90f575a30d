//! An article's name and its operative words.

#[cfg(feature = "gallery")]
pub mod examples;

use yew::{Html, html};
use zige_core::pack::Article;

/// The quoted words, and `link`, which leads to the article.
pub fn citation(article: &Article, link: Html) -> Html {
    html! {
        <figure class="citation">
            <div class="slot">{ quotes(article) }</div>
            <figcaption>{ link }</figcaption>
        </figure>
    }
}

/// The quoted words alone.
pub fn quotes(article: &Article) -> Html {
    html! {
        <div class="quotes">
            { for article.quotes.iter().map(|quote| html! { <blockquote key={quote.clone()}>{ quote.clone() }</blockquote> }) }
        </div>
    }
}
