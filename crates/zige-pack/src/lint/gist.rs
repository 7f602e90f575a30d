//! A number that a gist tells applicants must stand in a block under the same heading.

use crate::article::ArticleName;
use crate::blocks::ArticleSource;
use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::fold;
use crate::source::Text;

use super::Policy;

/// A number in a text, in thousandths, with its length in characters and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    thousandths: i64,
    /// As written, with its unit.
    written: String,
    /// The unit begins with 年, so that 12 months stand for 1 year.
    years: bool,
    start: usize,
    end: usize,
}

impl Number {
    /// Whether the other one is the next part of the same date: 2026年 and 1月.
    fn is_followed_by(&self, next: &Number) -> bool {
        let follows = next.start == self.end + 1;
        let ends_with = |number: &Number, sign: char| number.written.ends_with(sign);
        follows
            && (ends_with(self, '年') && ends_with(next, '月')
                || ends_with(self, '月') && ends_with(next, '日'))
    }

    fn join(&mut self, next: &Number) {
        self.written.push_str(&next.written);
        self.end = next.end;
    }
}

pub(super) fn lint(policy: &Policy<'_>, problems: &mut Vec<Diagnostic>) {
    for article in &policy.source.articles {
        let mut stated: Vec<i64> = Vec::new();
        for body in &article.bodies {
            stated.extend(
                all(policy.file.at(*body))
                    .iter()
                    .map(|number| number.thousandths),
            );
        }
        stated.extend(excused(article));
        stated.extend(periods(policy, article));
        for paragraph in &article.gist {
            let mut unknown: Vec<Number> = Vec::new();
            for number in claimed(&paragraph.text) {
                let months = number.thousandths.saturating_mul(12);
                let known = stated.contains(&number.thousandths)
                    || (number.years && stated.contains(&months));
                // The year, month and day of one date are one mistake.
                match unknown.last_mut() {
                    _ if known => {}
                    Some(before) if before.is_followed_by(&number) => before.join(&number),
                    _ => unknown.push(number),
                }
            }
            problems.extend(
                unknown
                    .iter()
                    .map(|number| report(article, policy, paragraph, number)),
            );
        }
    }
}

fn report(
    article: &ArticleSource,
    policy: &Policy<'_>,
    paragraph: &Text,
    number: &Number,
) -> Diagnostic {
    Diagnostic::error(
        Kind::GistNumber,
        place_of(policy, paragraph, number),
        format!(
            "the gist of `{}` says `{}`, but no block under this heading does",
            article.name, number.written
        ),
    )
    .mend(format!(
        "correct the number, or put it into the rule; where it rules nothing, write `<!-- number: {} and why -->` under the heading",
        all(&number.written)
            .iter()
            .map(|part| plain(part.thousandths))
            .collect::<Vec<_>>()
            .join(" ")
    ))
    .chinese(format!(
        "大白话里的“{}”，下面的块里没有：改正它，或者在块里写上它；只是顺便提到的，写一行 number 注释",
        number.written
    ))
}

/// The numbers of the policy's dates, in the article that sets them.
fn periods(policy: &Policy<'_>, article: &ArticleSource) -> Vec<i64> {
    let head = policy.source.head.as_ref();
    let sets_them = head
        .and_then(|head| ArticleName::parse(&head.article.as_ref()?.text))
        .is_some_and(|name| name == article.name);
    match (head, sets_them) {
        (Some(head), true) => {
            let ends = [head.force, head.applications].map(|period| [period.from, period.to]);
            let dates = ends.into_iter().flatten().flatten();
            dates
                .flat_map(|date| {
                    let (year, month, day) = date.ymd();
                    [i64::from(year), i64::from(month), i64::from(day)]
                })
                .map(|number| number * 1000)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Numbers that a comment `<!-- number: 5 … -->` lets stand: all those at its beginning.
fn excused(article: &ArticleSource) -> Vec<i64> {
    article
        .comments
        .iter()
        .filter_map(|comment| comment.text.strip_prefix("number"))
        .filter_map(|rest| rest.trim_start().strip_prefix([':', '：']))
        .flat_map(|rest| {
            let mut end = 0;
            let signs: Vec<char> = rest.chars().collect();
            let joined = |from: usize, to: usize| {
                let between = signs.iter().skip(from).take(to.saturating_sub(from));
                between
                    .copied()
                    .all(|sign| sign.is_whitespace() || "、，,和".contains(sign))
            };
            let mut numbers = all(rest);
            let leading = numbers
                .iter()
                .take_while(|number| {
                    let leads = joined(end, number.start);
                    end = number.end;
                    leads
                })
                .count();
            numbers.truncate(leading);
            numbers
        })
        .map(|number| number.thousandths)
        .collect()
}

/// The place of a number in a paragraph, which may have been joined from several lines.
fn place_of(policy: &Policy<'_>, paragraph: &Text, number: &Number) -> Place {
    let source = policy.file.at(paragraph.place);
    let nth = paragraph
        .text
        .chars()
        .take(number.start)
        .filter(|sign| !sign.is_whitespace())
        .count();
    let mut seen = 0;
    for (at, sign) in source.char_indices() {
        if sign.is_whitespace() {
            continue;
        }
        if seen == nth {
            let rest = source.get(at..).unwrap_or("");
            let length: usize = rest
                .chars()
                .take(number.end.saturating_sub(number.start))
                .map(char::len_utf8)
                .sum();
            let start = paragraph.place.start as usize + at;
            return Place::new(paragraph.place.file, start, start + length);
        }
        seen += 1;
    }
    paragraph.place
}

/// The numbers that a gist claims: Arabic figures, and Chinese numerals before a unit. Not those
/// that name an article, a document or a point of a list.
fn claimed(text: &str) -> Vec<Number> {
    let signs: Vec<char> = text.chars().map(fold).collect();
    all(text)
        .into_iter()
        .filter(|number| {
            let before = number
                .start
                .checked_sub(1)
                .and_then(|at| signs.get(at))
                .copied();
            let after: String = signs.iter().skip(number.end).take(2).collect();
            let first = signs.get(number.start).copied().unwrap_or(' ');
            let names = before == Some('第')
                || (before == Some('(') && after.starts_with(')'))
                || (before == Some('[') && after.starts_with(']'))
                || after.starts_with('号')
                || (before.is_none_or(|sign| !sign.is_alphanumeric())
                    && after.starts_with(['、', '.', ')']));
            let arabic = first.is_ascii_digit();
            !names && (arabic || is_counted(first, number, &after))
        })
        .map(|number| {
            let unit: String = signs.iter().skip(number.end).take(2).collect();
            let unit = match unit.as_str() {
                "周岁" | "个月" => unit,
                _ => unit.chars().take(1).collect(),
            };
            Number {
                written: format!("{}{unit}", number.written),
                years: unit == "年",
                ..number
            }
        })
        .collect()
}

/// Whether a Chinese numeral measures something: 两年, 三次, 六个月; but not 一般, 统一, 一次, and not
/// 三个方面, which only counts what stands beside it.
fn is_counted(first: char, number: &Number, after: &str) -> bool {
    const UNITS: &str = "年月日天岁周次篇项名人分元万倍";
    const UNITS_OF_ONE: &str = "年月天岁篇名元";
    let single = number.end - number.start == 1;
    match after.chars().next() {
        Some('个') => after == "个月",
        Some(unit) if first == '一' && single => UNITS_OF_ONE.contains(unit),
        Some(unit) => UNITS.contains(unit),
        None => false,
    }
}

/// All numbers in a text.
fn all(text: &str) -> Vec<Number> {
    let signs: Vec<char> = text.chars().map(fold).collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(sign) = signs.get(at) {
        let length = match sign {
            sign if sign.is_ascii_digit() => signs
                .iter()
                .skip(at)
                .take_while(|sign| sign.is_ascii_digit() || **sign == '.' || **sign == ',')
                .count(),
            sign if is_numeral(*sign) => signs
                .iter()
                .skip(at)
                .take_while(|sign| is_numeral(**sign))
                .count(),
            _ => {
                at += 1;
                continue;
            }
        };
        let word: String = signs.iter().skip(at).take(length).collect();
        let word = word.trim_end_matches(['.', ',']);
        let length = word.chars().count();
        let mut end = at + length;
        if let Some(mut thousandths) = value(word) {
            // 1万 is 10000.
            match signs.get(end) {
                Some('万') => {
                    thousandths = thousandths.saturating_mul(10_000);
                    end += 1;
                }
                Some('亿') => {
                    thousandths = thousandths.saturating_mul(100_000_000);
                    end += 1;
                }
                _ => {}
            }
            numbers.push(Number {
                thousandths,
                written: signs.iter().skip(at).take(end - at).collect(),
                years: false,
                start: at,
                end,
            });
        }
        at += length.max(1);
    }
    numbers
}

fn is_numeral(sign: char) -> bool {
    "一二两三四五六七八九十百零〇".contains(sign)
}

fn value(word: &str) -> Option<i64> {
    if word.starts_with(|sign: char| sign.is_ascii_digit()) {
        let plain = word.replace(',', "");
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let part: String = format!("{part:0<3}").chars().take(3).collect();
        let whole: i64 = whole
            .parse()
            .ok()
            .filter(|whole| *whole < 1_000_000_000_000)?;
        whole.checked_mul(1000)?.checked_add(part.parse().ok()?)
    } else {
        crate::fold::numeral(word).map(|number| i64::from(number) * 1000)
    }
}

/// Thousandths as a person writes them.
fn plain(thousandths: i64) -> String {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    match part {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:03}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = claimed(text)
            .into_iter()
            .map(|number| number.written)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_that_rule_are_found_in_either_numerals() {
        check("参加工作满５年，离退休还有十年以上", &["5年", "十年"]);
        check(
            "学习一年，每两年一次，至少2篇论文",
            &["一年", "两年", "2篇"],
        );
        check(
            "报销60%，最多1万元，半天按0.5天",
            &["60%", "1万元", "0.5天"],
        );
        check("一个月内报到", &["一个月"]);
    }

    #[test]
    fn names_and_figures_of_speech_are_not() {
        check("见第六条（一）和第3条第二款", &[]);
        check("人社部发〔2024〕61号文件一般不适用，统一办理一次", &[]);
        check("一、甲 1. 乙。2、二者之一；这是一个例外", &[]);
    }

    #[test]
    fn ten_thousand_is_read_in_every_form() {
        let value = |text: &str| all(text).first().map(|number| number.thousandths);
        assert_eq!(value("1万元"), value("10000"));
        assert_eq!(value("¥10,000"), value("一万"));
        assert_eq!(value("十二"), value("12"));
    }
}
