//! Headings in the order of the text, and something under each.

use zige_core::pack::BlockKind;

use crate::article::{ArticleName, Manner};
use crate::blocks::ArticleSource;
use crate::diagnostics::{Diagnostic, Kind};
use crate::skeleton::is_unwritten;

use super::Policy;

pub(super) fn lint(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    order(&policy.source.articles, problems);
    let (unwritten, written): (Vec<_>, Vec<_>) = policy
        .source
        .articles
        .iter()
        .partition(|article| is_unwritten(article));
    for article in written {
        contents(article, problems);
    }
    // One message for all of them: a document that was just begun is no heap of mistakes.
    if let [first, others @ ..] = unwritten.as_slice() {
        let (message, chinese) = match others.len() {
            0 => (
                format!("`{}` is still to be written", first.name),
                "只剩这一处没有写".to_owned(),
            ),
            more => (
                format!(
                    "`{}` is still to be written, and {more} more articles and items after it",
                    first.name
                ),
                format!("还有{}处没有写，先写这一处", more + 1),
            ),
        };
        problems.push(
            Diagnostic::error(Kind::Unwritten, first.place, message)
                .mend("put what it says to an applicant, in plain Chinese, in the place of `（待写……）`; then quote the words that decide, and add a block")
                .chinese(format!("{chinese}：把“（待写……）”换成给申请人看的大白话，再抄原话、写块")),
        );
    }
}

fn order(articles: &[ArticleSource], problems: &mut Vec<Diagnostic>) {
    let mut seen: Vec<&ArticleSource> = Vec::new();
    for article in articles {
        let name = &article.name;
        let twice = seen.iter().find(|known| known.name == *name);
        let problem = match (twice, expected(&seen, name)) {
            (Some(first), _) => Some(
                Diagnostic::error(Kind::HeadingOrder, article.place, format!("`{name}` stands here a second time"))
                    .also(first.place, "first here")
                    .mend("put everything about it under one heading"),
            ),
            (None, Expected::This) => None,
            (None, Expected::Other(expected)) => Some(
                Diagnostic::error(
                    Kind::HeadingOrder,
                    article.place,
                    format!("`{name}` stands where `{expected}` is expected"),
                )
                .mend(format!(
                    "follow the order of the text and leave nothing out; add `{expected}`, or move this heading to its place"
                ))
                .chinese(format!("这里应该是“{expected}”：照原文的顺序，一条也不跳过")),
            ),
            (None, Expected::Parent(parent)) => Some(
                Diagnostic::error(
                    Kind::HeadingOrder,
                    article.place,
                    format!("`{name}` does not stand under `{parent}`"),
                )
                .mend(format!("add a heading `{parent}` before it, or move it there")),
            ),
        };
        problems.extend(problem);
        seen.push(article);
    }
}

enum Expected {
    This,
    Other(ArticleName),
    Parent(ArticleName),
}

/// What should stand here, after the headings seen so far.
fn expected(seen: &[&ArticleSource], name: &ArticleName) -> Expected {
    let parent = name.parent();
    if let Some(parent) = &parent {
        // The sections of a notice may be chapters: 一（一） needs no heading 一.
        let needs_heading =
            name.manner == Manner::Articles || parent.numbers.len() > 1 || name.last;
        let stands_under = seen.last().is_some_and(|before| before.name.within(parent));
        let exists = seen.iter().any(|known| known.name == *parent);
        if needs_heading && !(stands_under && exists) {
            return Expected::Parent(parent.clone());
        }
    }
    if name.last {
        return Expected::This;
    }
    let depth = name.numbers.len();
    let before = seen
        .iter()
        .rev()
        .find(|known| {
            known.name.manner == name.manner
                && known.name.numbers.len() >= depth
                && parent
                    .as_ref()
                    .is_none_or(|parent| known.name.within(parent))
        })
        .filter(|known| !(known.name.last && known.name.numbers.len() < depth));
    let last = before.and_then(|known| known.name.numbers.get(depth - 1));
    let next = last.copied().unwrap_or(0).saturating_add(1);
    match name.numbers.last() {
        Some(number) if *number == next => Expected::This,
        _ => {
            let mut numbers = name.numbers.clone();
            if let Some(number) = numbers.last_mut() {
                *number = next;
            }
            Expected::Other(ArticleName {
                numbers,
                ..name.clone()
            })
        }
    }
}

fn contents(article: &ArticleSource, problems: &mut Vec<Diagnostic>) {
    let name = &article.name;
    let own = |kind: &BlockKind| *kind != BlockKind::Example;
    if !article.blocks.iter().any(|(kind, _)| own(kind)) {
        problems.push(
            Diagnostic::error(Kind::NoBlock, article.place, format!("`{name}` has no block"))
                .mend(
                    "add what it rules, such as a `condition`, `route`, `obligation` or `deadline`; where there is nothing to compute, or only a `derived` or an `example` stands here, add ```` ```note some_name ```` with the reason",
                )
                .chinese("标题下没有块：有规定就写规定，没有要算、要办的就写 note 并说明为什么（derived、constraint、example 不算；积分表的一项写 note，说明算在哪一条里）"),
        );
    }
    if article.gist.is_empty() {
        problems.push(
            Diagnostic::error(
                Kind::NoGist,
                article.place,
                format!("`{name}` says nothing to applicants"),
            )
            .mend("write under the heading, in plain Chinese, what it says"),
        );
    }
    let ruling = article.blocks.iter().find(|(kind, _)| {
        matches!(
            kind,
            BlockKind::Condition
                | BlockKind::Point
                | BlockKind::Entitlement
                | BlockKind::Grade
                | BlockKind::Route
                | BlockKind::Deadline
        )
    });
    if ruling.is_some() && article.quotes.is_empty() {
        problems.push(
            Diagnostic::error(
                Kind::NoQuote,
                article.place,
                format!("`{name}` has a rule, but does not quote the words it follows from"),
            )
            .mend("add the operative words, verbatim, in a line that begins with `> `"),
        );
    }
}
