//! How an official text is laid out: its title, its chapters, its articles and items, found by the
//! numbers at the beginning of its lines.

use crate::article::{ArticleName, Manner};
use crate::fold::{chinese, fold, numeral, squeeze};

/// An official text, taken apart.
#[derive(Debug)]
pub(crate) struct OfficialText {
    /// The title, as far as it can be told from what stands before the first chapter or article;
    /// may be empty.
    pub(crate) title: String,
    /// Articles, items and last paragraphs, in the order of the text.
    pub(crate) passages: Vec<Passage>,
    /// The lines of the annexes (附件), as they are written, from the first of them on.
    pub(crate) annexes: Vec<String>,
}

/// An article or item of the official text.
#[derive(Debug)]
pub(crate) struct Passage {
    pub(crate) name: ArticleName,
    /// The chapter that it stands in; may be empty.
    pub(crate) chapter: String,
    /// Its own lines as they are written, those of its items not included.
    pub(crate) lines: Vec<String>,
    /// Its words without white space, every sign folded; those of its items included.
    pub(crate) words: String,
}

impl Passage {
    fn new(name: ArticleName, chapter: &str) -> Passage {
        Passage {
            name,
            chapter: chapter.to_owned(),
            lines: Vec::new(),
            words: String::new(),
        }
    }
}

/// Takes an official text apart. Total: a text without articles has no passages.
///
/// A number counts only where it is the next one, so that lines which merely begin with one do not
/// cut an article in two.
pub(crate) fn take_apart(text: &str) -> OfficialText {
    let mut passages: Vec<Passage> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    let mut chapter = String::new();
    // The numbers of the article, item and sub-item that the current line belongs to.
    let mut current: Option<ArticleName> = None;
    let mut annexes: Vec<String> = Vec::new();
    for written in text.lines() {
        let line = squeeze(written);
        if line.is_empty() {
            continue;
        }
        if !annexes.is_empty() || line.starts_with("附件") && !passages.is_empty() {
            annexes.push(written.trim().to_owned());
            continue;
        }
        if let Some(name) = chapter_name(written) {
            chapter = name;
            current = None;
            continue;
        }
        match begins(&line, &passages, current.as_ref()) {
            Some(name) => {
                passages.push(Passage::new(name.clone(), &chapter));
                current = Some(name);
            }
            None => unnumbered(&mut passages, current.as_ref(), &chapter),
        }
        let Some(name) = &current else {
            if passages.is_empty() && chapter.is_empty() {
                before.push(written.trim().to_owned());
            }
            continue;
        };
        for passage in &mut passages {
            let is_last = passage.name.last && begun_after(&passage.name, name);
            if name.within(&passage.name) || is_last {
                passage.words.push_str(&line);
            }
            if passage.name == *name || is_last {
                passage.lines.push(written.trim().to_owned());
            }
        }
    }
    OfficialText {
        title: title(&before),
        passages,
        annexes,
    }
}

/// Ends of lines that name who issued the text, not the text.
const OFFICES: [&str; 9] = [
    "文件",
    "局",
    "厅",
    "政府",
    "办公室",
    "委员会",
    "组织部",
    "小组",
    "委",
];

/// The short lines right before the first chapter or article; in a notice, the first line that
/// calls itself one.
fn title(before: &[String]) -> String {
    let is_part = |line: &&String| {
        let words = squeeze(line);
        let is_date = words.ends_with('日') && words.contains('月');
        !(is_date
            || words.chars().count() > 40
            || words.starts_with("附件")
            || words.ends_with(['。', ':', ';', ',', '!', ']'])
            || OFFICES.iter().any(|office| words.ends_with(office)))
    };
    let mut lines: Vec<&String> = before.iter().rev().take_while(is_part).take(4).collect();
    lines.reverse();
    if lines.is_empty() {
        const CALLED: [&str; 8] = [
            "通知", "办法", "细则", "意见", "规定", "方案", "公告", "决定",
        ];
        let named = before
            .iter()
            .find(|line| is_part(line) && CALLED.iter().any(|word| squeeze(line).ends_with(word)));
        lines.extend(named);
    }
    let joined: String = lines
        .iter()
        .flat_map(|line| line.chars())
        .filter(|sign| !sign.is_whitespace())
        .collect();
    wide_brackets(&joined)
}

/// Brackets as Chinese is printed.
fn wide_brackets(text: &str) -> String {
    text.replace('(', "（").replace(')', "）")
}

/// An unnumbered paragraph after the items of an article: its 末段, unless it continues the item.
fn unnumbered(passages: &mut Vec<Passage>, current: Option<&ArticleName>, chapter: &str) {
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
        passages.push(Passage::new(name, chapter));
    }
}

/// Whether an unnumbered paragraph ends its article: it reads like a sentence, no item follows,
/// and no deeper part claims it.
pub(crate) fn is_last_paragraph(index: usize, passages: &[Passage]) -> bool {
    let Some(passage) = passages.get(index) else {
        return false;
    };
    let parent = passage.name.parent();
    let within = |other: &&Passage| {
        parent
            .as_ref()
            .is_some_and(|parent| other.name.within(parent))
    };
    let mut after = passages.iter().skip(index + 1);
    let is_sentence = passage.lines.last().is_some_and(|line| ends_sentence(line));
    passage.name.last && is_sentence && !after.any(|other| within(&other))
}

/// Whether a line ends as sentences do; a signature or a date does not.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['。', '；', ';', '！', '.'])
}

/// Whether a last paragraph belongs to what the current line belongs to.
fn begun_after(last: &ArticleName, current: &ArticleName) -> bool {
    current.numbers.starts_with(&last.numbers) && current.manner == last.manner
}

/// Whether a passage is a notice's section that is divided into items: it need not stand in the
/// document as an article, because it is a chapter of it.
pub(crate) fn is_section_heading(passage: &Passage, passages: &[Passage]) -> bool {
    passage.name.manner == Manner::Sections
        && passage.name.numbers.len() == 1
        && !passage.name.last
        && passages
            .iter()
            .any(|other| other.name != passage.name && other.name.within(&passage.name))
}

/// The chapter or part that a line opens: `第1章   总 则` is 第一章 总则.
fn chapter_name(line: &str) -> Option<String> {
    let folded: String = line.trim().chars().map(fold).collect();
    let rest = folded.strip_prefix('第')?;
    let at = rest.find(['章', '节'])?;
    let (number, title) = rest.split_at(at);
    let number = numeral(&squeeze(number))?;
    let mut title = title.chars();
    let kind = title.next()?;
    let title: String = title.filter(|sign| !sign.is_whitespace()).collect();
    let title = wide_brackets(&title);
    (title.chars().count() <= 20).then(|| {
        format!("第{}{kind} {title}", chinese(number))
            .trim_end()
            .to_owned()
    })
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
        let found: Vec<String> = take_apart(text)
            .passages
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
        let passages = take_apart("一、队伍\n（一）范围\n二、作用\n三、领导").passages;
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

    #[test]
    fn chapters_and_a_passages_own_lines_are_kept_as_they_are_written() {
        let passages = take_apart(
            "第１章   总　则\n 第一条 甲： \n（一）乙。\n  丙。\n第二章\n第二条 丁。\n戊。",
        )
        .passages;
        let found: Vec<String> = passages
            .iter()
            .map(|passage| {
                format!(
                    "{}|{}|{}",
                    passage.chapter,
                    passage.name,
                    passage.lines.join("/")
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                "第一章 总则|第一条|第一条 甲：",
                "第一章 总则|第一条（一）|（一）乙。/丙。",
                "第一章 总则|第一条末段|丙。",
                "第二章|第二条|第二条 丁。/戊。",
            ]
        );
    }

    #[test]
    fn the_title_stands_before_the_first_chapter_or_names_the_notice() {
        let title = |text: &str| take_apart(text).title;
        assert_eq!(
            title(
                "某局文件\n2019年7月1日\n\n某市人才培养\n\n实施细则(试行)\n第一章 总则\n第一条 甲。"
            ),
            "某市人才培养实施细则（试行）"
        );
        assert_eq!(
            title("附件1\n关于开展培养工作的通知\n某通〔2014〕1号\n各县：\n现通知如下：\n一、范围"),
            "关于开展培养工作的通知"
        );
        assert_eq!(title("第一条 甲。"), "");
    }
}
