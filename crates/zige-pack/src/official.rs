//! Whether a policy has the articles of the official text, and each quote stands in its own.

use crate::blocks::{ArticleSource, PolicySource};
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::{fold, squeeze};
use crate::official_text::{Passage, is_last_paragraph, is_section_heading, take_apart};
use crate::source::{File, Text};

/// Compares a policy's articles and quotes with the official text.
pub(crate) fn compare(
    file: &File,
    source: &PolicySource,
    official: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let passages = take_apart(official).passages;
    if passages.is_empty() {
        problems.push(
            Diagnostic::error(
                Kind::OfficialArticle,
                Place::new(source.file, 0, 0),
                "the official text has no article that can be recognised",
            )
            .mend("give the text with each 第一条 (or 一、 in a notice) and each （一） at the beginning of a line"),
        );
        return;
    }
    for (index, passage) in passages.iter().enumerate() {
        if is_last_paragraph(index, &passages) {
            check_last_paragraph(source, passage, problems);
        }
        let known = source
            .articles
            .iter()
            .any(|article| article.name == passage.name);
        if !known && !passage.name.last && !is_section_heading(passage, &passages) {
            let before = source.articles.iter().rfind(|article| {
                passage
                    .name
                    .parent()
                    .is_some_and(|parent| article.name.within(&parent))
            });
            let place = before.map_or(Place::new(source.file, 0, 0), |article| article.place);
            problems.push(
                Diagnostic::error(
                    Kind::OfficialArticle,
                    place,
                    format!(
                        "the official text has `{}`, this document does not",
                        passage.name
                    ),
                )
                .mend(format!(
                    "add a heading `{}` with its gist and at least one block",
                    passage.name
                )),
            );
        }
    }
    for article in &source.articles {
        match passages.iter().find(|passage| passage.name == article.name) {
            Some(passage) => {
                for quote in &article.quotes {
                    check_quote(file, article, quote, passage, &passages, problems);
                }
            }
            None => problems.push(
                Diagnostic::error(
                    Kind::OfficialArticle,
                    article.place,
                    format!("the official text has no `{}`", article.name),
                )
                .mend("correct the heading, or the text that you compare with"),
            ),
        }
    }
}

/// An unnumbered paragraph after the last item often holds an exception, so it must not be lost: it
/// has a heading of its own, or the author says that it merely continues the item.
fn check_last_paragraph(source: &PolicySource, passage: &Passage, problems: &mut Vec<Diagnostic>) {
    let parent = passage.name.parent();
    let before = source.articles.iter().rfind(|article| {
        parent
            .as_ref()
            .is_some_and(|parent| article.name.within(parent))
    });
    let known = source
        .articles
        .iter()
        .any(|article| article.name == passage.name);
    let continued =
        before.is_some_and(|article| article.comments.iter().any(|one| one.text == "continued"));
    if known || continued {
        return;
    }
    let place = before.map_or(Place::new(source.file, 0, 0), |article| article.place);
    let begin: String = passage.lines.concat().chars().take(12).collect();
    problems.push(
        Diagnostic::error(
            Kind::OfficialArticle,
            place,
            format!(
                "the official text goes on after the last item with `{begin}…`, this document has no `{}`",
                passage.name
            ),
        )
        .mend(format!(
            "add a heading `{}` with its gist and at least one block; if the paragraph only continues the last item, write `<!-- continued -->` under that item",
            passage.name
        )),
    );
}

fn check_quote(
    file: &File,
    article: &ArticleSource,
    quote: &Text,
    own: &Passage,
    passages: &[Passage],
    problems: &mut Vec<Diagnostic>,
) {
    let Err(missing) = find(&quote.text, &own.words) else {
        return;
    };
    let problem = Diagnostic::error(
        Kind::Quote,
        place_of(file, quote, &missing),
        format!(
            "this quote does not stand in `{}` of the official text",
            article.name
        ),
    );
    let elsewhere = passages
        .iter()
        .filter(|passage| find(&quote.text, &passage.words).is_ok())
        .max_by_key(|passage| passage.name.numbers.len());
    problems.push(match (elsewhere, missing.instead) {
        (Some(passage), _) => problem
            .label(format!("it stands in `{}`", passage.name))
            .mend("move the quote to its own article; refer to another article with `see`"),
        (None, Some(instead)) => problem
            .label(format!("the official text has `{instead}` here"))
            .mend("copy the words exactly; `……` may stand for words that you leave out"),
        (None, None) => problem
            .label("the official text does not have these words")
            .mend("copy the words exactly; `……` may stand for words that you leave out"),
    });
}

/// Where a quote departs from the text: a stretch of its characters without white space.
struct Missing {
    start: usize,
    length: usize,
    instead: Option<String>,
}

/// Looks for the parts of a quote, one after the other.
fn find(quote: &str, words: &str) -> Result<(), Missing> {
    let mut rest = words;
    let mut start = 0;
    for part in quote.split('…') {
        let part = squeeze(part);
        let length = part.chars().count();
        match rest.find(&part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => {
                let (same, instead) = departure(&part, rest);
                return Err(Missing {
                    start: start + same,
                    length: length.saturating_sub(same),
                    instead,
                });
            }
        }
        // One character for each `…` of the quote.
        start += length + 1;
    }
    Ok(())
}

/// How many characters of a part stand in the text, and what follows there.
fn departure(part: &str, text: &str) -> (usize, Option<String>) {
    let mut longest = (0, None);
    for (count, (at, sign)) in part.char_indices().enumerate() {
        let prefix = part.get(..at + sign.len_utf8()).unwrap_or("");
        match text.find(prefix) {
            Some(found) => {
                let after: String = text
                    .get(found + prefix.len()..)
                    .unwrap_or("")
                    .chars()
                    .take(6)
                    .collect();
                longest = (count + 1, (!after.is_empty()).then_some(after));
            }
            None => break,
        }
    }
    match longest.0 {
        // A chance hit of a word or two tells nothing.
        0..=3 => (0, None),
        _ => longest,
    }
}

fn place_of(file: &File, quote: &Text, missing: &Missing) -> Place {
    let source = file.at(quote.place);
    // Line breaks inside a quote begin with another `>`.
    let signs: Vec<(usize, char)> = source
        .char_indices()
        .filter(|(_, sign)| !sign.is_whitespace() && fold(*sign) != '>')
        .collect();
    let begin = signs.get(missing.start).map(|(at, _)| *at);
    let last = signs
        .get(missing.start + missing.length.saturating_sub(1))
        .or(signs.last())
        .map(|(at, sign)| at + sign.len_utf8());
    match (begin, last) {
        (Some(begin), Some(end)) => Place::new(
            quote.place.file,
            quote.place.start as usize + begin,
            quote.place.start as usize + end,
        ),
        _ => quote.place,
    }
}
