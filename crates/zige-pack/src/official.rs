//! The official text: its articles, and whether each quote stands in its own.

use crate::article::{ArticleName, Manner};
use crate::blocks::{ArticleSource, PolicySource};
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::{fold, numeral, squeeze};
use crate::source::{File, Text};

/// An article or item of the official text.
#[derive(Debug)]
struct Passage {
    name: ArticleName,
    /// Its words without white space, every sign folded; those of its items included.
    words: String,
}

/// Compares a policy's articles and quotes with the official text.
pub(crate) fn compare(
    file: &File,
    source: &PolicySource,
    official: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let passages = passages(official);
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
    for passage in &passages {
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

/// Finds the articles and items of an official text by the numbers at the beginning of its lines.
///
/// A number counts only where it is the next one, so that lines which merely begin with one do not
/// cut an article in two.
fn passages(text: &str) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    // The numbers of the article, item and sub-item that the current line belongs to.
    let mut current: Option<ArticleName> = None;
    for line in text.lines() {
        let line = squeeze(line);
        if line.is_empty() {
            continue;
        }
        if line.starts_with("附件") && !passages.is_empty() {
            break;
        }
        if is_chapter(&line) {
            current = None;
            continue;
        }
        let begun = begins(&line, &passages, current.as_ref());
        match begun {
            Some(name) => {
                passages.push(Passage {
                    name: name.clone(),
                    words: String::new(),
                });
                current = Some(name);
            }
            None => unnumbered(&mut passages, current.as_ref()),
        }
        let Some(name) = &current else { continue };
        for passage in &mut passages {
            let is_last = passage.name.last && begun_after(&passage.name, name);
            if name.within(&passage.name) || is_last {
                passage.words.push_str(&line);
            }
        }
    }
    passages
}

/// An unnumbered paragraph after the items of an article: its 末段, unless it continues the item.
fn unnumbered(passages: &mut Vec<Passage>, current: Option<&ArticleName>) {
    let Some(current) = current.filter(|name| name.numbers.len() > 1) else {
        return;
    };
    for depth in 1..current.numbers.len() {
        let name = ArticleName {
            manner: current.manner,
            numbers: current.numbers.iter().take(depth).copied().collect(),
            last: true,
        };
        passages.retain(|passage| passage.name != name);
        passages.push(Passage {
            name,
            words: String::new(),
        });
    }
}

/// Whether a last paragraph belongs to what the current line belongs to.
fn begun_after(last: &ArticleName, current: &ArticleName) -> bool {
    current.numbers.starts_with(&last.numbers) && current.manner == last.manner
}

/// Whether a passage is a notice's section that is divided into items: it need not stand in the
/// document as an article, because it is a chapter of it.
fn is_section_heading(passage: &Passage, passages: &[Passage]) -> bool {
    passage.name.manner == Manner::Sections
        && passage.name.numbers.len() == 1
        && passages
            .iter()
            .any(|other| other.name != passage.name && other.name.within(&passage.name))
}

fn is_chapter(line: &str) -> bool {
    line.strip_prefix('第')
        .and_then(|rest| rest.split_once(['章', '节']))
        .is_some_and(|(number, title)| numeral(number).is_some() && title.chars().count() <= 20)
}

/// The article or item that a line begins.
fn begins(line: &str, passages: &[Passage], current: Option<&ArticleName>) -> Option<ArticleName> {
    let articles = |manner| {
        passages
            .iter()
            .rev()
            .find(|passage| passage.name.manner == manner && !passage.name.last)
            .and_then(|passage| passage.name.numbers.first().copied())
    };
    let name = |manner, numbers| ArticleName {
        manner,
        numbers,
        last: false,
    };
    if let Some((number, _)) = line
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('条'))
    {
        let next = articles(Manner::Articles).map_or(1, |last| last + 1);
        if numeral(number) == Some(next) {
            return Some(name(Manner::Articles, vec![next]));
        }
    }
    let has_articles = articles(Manner::Articles).is_some();
    if let (Some((number, _)), false) = (line.split_once('、'), has_articles) {
        let next = articles(Manner::Sections).map_or(1, |last| last + 1);
        if !number.starts_with(|sign: char| sign.is_ascii_digit()) && numeral(number) == Some(next)
        {
            return Some(name(Manner::Sections, vec![next]));
        }
    }
    let current = current?;
    let next_at = |depth: usize| {
        let parent: Vec<u32> = current.numbers.iter().take(depth).copied().collect();
        let before = current.numbers.get(depth).copied().unwrap_or(0);
        (parent.len() == depth).then_some((parent, before + 1))
    };
    let (depth, number) = match line.strip_prefix('(') {
        Some(rest) => (1, numeral(rest.split_once(')')?.0)),
        None => {
            let (number, _) = line.split_once(['、', '.'])?;
            let plain = number.bytes().all(|byte| byte.is_ascii_digit());
            (2, numeral(number).filter(|_| plain))
        }
    };
    let (mut numbers, next) = next_at(depth)?;
    (number == Some(next)).then(|| {
        numbers.push(next);
        name(current.manner, numbers)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = passages(text)
            .iter()
            .map(|passage| format!("{} {}", passage.name, passage.words))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn articles_items_and_last_paragraphs_are_found() {
        check(
            "通知\n第1章  总则\n　第一条 为了甲，根据乙。\n第二条范围：\n（一）丙。\n(二）丁。\n戊的，同上。\n第二章 附则\n第三条 施行。\n附件：\n1、表",
            &[
                "第一条 第一条为了甲,根据乙。",
                "第二条 第二条范围:(一)丙。(二)丁。戊的,同上。",
                "第二条（一） (一)丙。",
                "第二条（二） (二)丁。戊的,同上。",
                "第二条末段 戊的,同上。",
                "第三条 第三条施行。",
            ],
        );
    }

    #[test]
    fn sections_of_a_notice_are_found() {
        check(
            "现通知如下：\n一、队伍\n（一）范围\n1、甲。\n2．乙。\n二、作用",
            &[
                "一 一、队伍(一)范围1、甲。2.乙。",
                "一（一） (一)范围1、甲。2.乙。",
                "一（一）1 1、甲。",
                "一（一）2 2.乙。",
                "二 二、作用",
            ],
        );
    }

    #[test]
    fn a_section_with_items_is_a_chapter() {
        let passages = passages("一、队伍\n（一）范围\n二、作用\n三、领导");
        let headings: Vec<String> = passages
            .iter()
            .filter(|passage| is_section_heading(passage, &passages))
            .map(|passage| passage.name.to_string())
            .collect();
        assert_eq!(headings, ["一"]);
    }

    #[test]
    fn a_number_that_is_not_the_next_one_begins_nothing() {
        check(
            "第一条 依据\n第五条的规定，执行。\n第二条 完。",
            &["第一条 第一条依据第五条的规定,执行。", "第二条 第二条完。"],
        );
    }
}
