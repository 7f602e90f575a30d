//! An article's name and its operative words.

#[cfg(test)]
pub mod examples;

use crate::view::view;
use yew::Html;
use zige_core::pack::Article;

/// The quoted words, and `link`, which leads to the article.
pub fn citation(article: &Article, link: Html) -> Html {
    view! {
        <figure class="citation">
            <div class="slot">{ quotes(article) }</div>
            <figcaption>{ link }</figcaption>
        </figure>
    }
}

/// The quoted words alone.
pub fn quotes(article: &Article) -> Html {
    view! {
        <div class="quotes">
            { for article.quotes.iter().map(|quote| view! { <blockquote key={quote}>{ quote }</blockquote> }) }
        </div>
    }
}
