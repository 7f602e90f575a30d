//! The names of articles, sections and items: `第六条（一）`, `第二十九条末段`, `一（一）1`.

use std::fmt;

use crate::fold::{chinese, numeral, squeeze};

/// Whether a document has articles (第一条) or sections (一、).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Articles,
    Sections,
}

/// The name of an article, section or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ArticleName {
    pub(crate) manner: Manner,
    /// The numbers from the outside in: 第六条（一） is `[6, 1]`, 一（二）5 is `[1, 2, 5]`.
    pub(crate) numbers: Vec<u32>,
    /// 末段: the unnumbered last paragraph of what the numbers name.
    pub(crate) last: bool,
}

impl ArticleName {
    /// Reads a name; white space, width and the kind of numerals do not matter.
    pub(crate) fn parse(text: &str) -> Option<ArticleName> {
        let text = squeeze(text);
        let (text, last) = match text.strip_suffix("末段") {
            Some(rest) => (rest, true),
            None => (text.as_str(), false),
        };
        let (manner, first, mut rest) = match text.strip_prefix('第') {
            Some(rest) => {
                let (number, rest) = rest.split_once('条')?;
                (Manner::Articles, number, rest)
            }
            None => {
                let end = text.find('(').unwrap_or(text.len());
                let (number, rest) = text.split_at(end);
                (Manner::Sections, number, rest)
            }
        };
        let mut numbers = vec![numeral(first)?];
        if let Some(item) = rest.strip_prefix('(') {
            let (number, after) = item.split_once(')')?;
            numbers.push(numeral(number)?);
            rest = after;
            if !rest.is_empty() {
                numbers.push(rest.parse().ok().filter(|number| *number > 0)?);
                rest = "";
            }
        }
        (rest.is_empty()).then_some(ArticleName {
            manner,
            numbers,
            last,
        })
    }

    /// What it is a part of, if it is a part: 第六条（一） is a part of 第六条.
    pub(crate) fn parent(&self) -> Option<ArticleName> {
        let numbers = match self.last {
            true => self.numbers.as_slice(),
            false => self.numbers.split_last()?.1,
        };
        (!numbers.is_empty()).then(|| ArticleName {
            manner: self.manner,
            numbers: numbers.to_vec(),
            last: false,
        })
    }

    /// Whether it is the other one, or a part of it.
    pub(crate) fn within(&self, other: &ArticleName) -> bool {
        !other.last && self.numbers.starts_with(&other.numbers) || self == other
    }
}

impl fmt::Display for ArticleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut numbers = self.numbers.iter();
        let first = numbers.next().map_or_else(String::new, |n| chinese(*n));
        match self.manner {
            Manner::Articles => write!(f, "第{first}条")?,
            Manner::Sections => write!(f, "{first}")?,
        }
        if let Some(item) = numbers.next() {
            write!(f, "（{}）", chinese(*item))?;
        }
        for number in numbers {
            write!(f, "{number}")?;
        }
        if self.last {
            f.write_str("末段")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_width_and_written_in_one() {
        let name = |text: &str| ArticleName::parse(text).map(|name| name.to_string());
        assert_eq!(name("第六条(一)").as_deref(), Some("第六条（一）"));
        assert_eq!(name("第 ６ 条（１）").as_deref(), Some("第六条（一）"));
        assert_eq!(name("第二十九条末段").as_deref(), Some("第二十九条末段"));
        assert_eq!(name("一（二）５").as_deref(), Some("一（二）5"));
        assert_eq!(name("三").as_deref(), Some("三"));
        assert_eq!(name("第六条 选拔范围"), None);
        assert_eq!(name("总则"), None);
        assert_eq!(name(""), None);
    }
}
