//! A part of a package as a tree, within limits that hold before the tree is built.

pub use roxmltree::{Document, Node, NodeId};

use crate::error::{OfficeError, XmlProblem};
use crate::{MOST_ATTRIBUTES, MOST_DEPTH, MOST_NAMESPACES, MOST_NODES, MOST_PART};

/// A part's bytes as text, without a byte order mark.
///
/// # Errors
/// When they are not UTF-8.
pub fn decode<'a>(part: &str, bytes: &'a [u8]) -> Result<&'a str, OfficeError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| refused(part, XmlProblem::NotUtf8))
}

/// Reads a part's text. Nodes tell their place in it by [`Node::range`].
///
/// # Errors
/// When it is not well formed, has a document type, or breaks a limit.
pub fn parse<'a>(part: &str, text: &'a str) -> Result<Document<'a>, OfficeError> {
    measure(text.as_bytes()).map_err(|problem| refused(part, problem))?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        refused(
            part,
            match error {
                roxmltree::Error::DtdDetected => XmlProblem::Doctype,
                roxmltree::Error::NodesLimitReached => XmlProblem::TooManyNodes,
                error => {
                    let place = error.pos();
                    XmlProblem::Malformed {
                        line: place.row,
                        column: place.col,
                    }
                }
            },
        )
    })
}

fn refused(part: &str, problem: XmlProblem) -> OfficeError {
    OfficeError::Xml {
        part: part.to_owned(),
        problem,
    }
}

/// Holds a text to the limits in one pass over its bytes. The parser costs more than linear time
/// where an element has very many attributes or namespaces.
fn measure(text: &[u8]) -> Result<(), XmlProblem> {
    if text.len() > MOST_PART {
        return Err(XmlProblem::TooLarge);
    }
    let mut depth: usize = 0;
    let mut namespaces: usize = 0;
    let mut rest = text;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        let tag = rest.get(start..).unwrap_or_default();
        let length = match tag {
            _ if tag.starts_with(b"<!--") => until(tag, b"-->"),
            _ if tag.starts_with(b"<![CDATA[") => until(tag, b"]]>"),
            _ if tag.starts_with(b"<?") => until(tag, b"?>"),
            _ if tag.starts_with(b"<!") => return Err(XmlProblem::Doctype),
            _ => {
                let tag = Tag::measure(tag);
                if tag.attributes > MOST_ATTRIBUTES {
                    return Err(XmlProblem::TooManyAttributes);
                }
                namespaces += tag.namespaces;
                match tag.kind {
                    TagKind::Opens => depth += 1,
                    TagKind::Closes => depth = depth.saturating_sub(1),
                    TagKind::Empty => {}
                }
                tag.length
            }
        };
        if depth > MOST_DEPTH {
            return Err(XmlProblem::TooDeep);
        }
        if namespaces > MOST_NAMESPACES {
            return Err(XmlProblem::TooManyNamespaces);
        }
        rest = tag.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// How long a construct is that ends with these bytes; all of the text when it does not end.
fn until(text: &[u8], end: &[u8]) -> usize {
    text.windows(end.len())
        .position(|window| window == end)
        .map_or(text.len(), |at| at + end.len())
}

struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    kind: TagKind,
}

enum TagKind {
    Opens,
    Closes,
    Empty,
}

impl Tag {
    /// Reads to the `>` that stands in no attribute's value.
    fn measure(text: &[u8]) -> Tag {
        let mut tag = Tag {
            length: text.len(),
            attributes: 0,
            namespaces: 0,
            kind: TagKind::Opens,
        };
        let mut quote = None;
        let mut before = 0;
        for (position, byte) in text.iter().enumerate().skip(1) {
            match (quote, byte) {
                (Some(mark), byte) if mark == *byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'=') => tag.attributes += 1,
                (None, b'x') => {
                    let name = text.get(position..).unwrap_or_default();
                    tag.namespaces += usize::from(name.starts_with(b"xmlns"));
                }
                (None, b'>') => {
                    tag.length = position + 1;
                    tag.kind = match (text.get(1), before) {
                        (Some(b'/'), _) => TagKind::Closes,
                        (_, b'/') => TagKind::Empty,
                        _ => TagKind::Opens,
                    };
                    break;
                }
                (None, _) => {}
            }
            before = *byte;
        }
        tag
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expect: Expect) {
        let told = match parse("word/document.xml", text) {
            Ok(tree) => format!("{} nodes", tree.descendants().count()),
            Err(error) => error.to_string(),
        };
        expect.assert_eq(&told);
    }

    #[test]
    fn a_tree_knows_where_it_stands_in_the_text() {
        let text = "<a><!-- > --><b c='>'/><![CDATA[<]]>d&amp;e<?f > ?></a>";
        let tree = parse("a.xml", text).unwrap();
        let b = tree
            .descendants()
            .find(|node| node.has_tag_name("b"))
            .unwrap();
        assert_eq!(text.get(b.range()).unwrap(), "<b c='>'/>");
        check(text, expect!["6 nodes"]);
    }

    #[test]
    fn what_breaks_a_limit_is_refused() {
        check(
            "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><a>&d;</a>",
            expect![
                "part `word/document.xml` cannot be read: it has a document type (DOCTYPE), which can define entities; open the file in Word or WPS and save it again"
            ],
        );
        check(
            &format!("{}{}", "<t>".repeat(10_000), "</t>".repeat(10_000)),
            expect![
                "part `word/document.xml` cannot be read: elements stand more than 200 deep in each other; open the file in Word or WPS and save it again"
            ],
        );
        check(
            &format!("<a>{}</a>", "<b/>".repeat(600_000)),
            expect![
                "part `word/document.xml` cannot be read: it has more than 500000 elements and texts; open the file in Word or WPS and save it again"
            ],
        );
        let many: String = (0..200).map(|n| format!(" a{n}=''")).collect();
        check(
            &format!("<a{many}/>"),
            expect![
                "part `word/document.xml` cannot be read: an element has more than 128 attributes; open the file in Word or WPS and save it again"
            ],
        );
        check(
            &format!("<a>{}</a>", "<b xmlns='c'/>".repeat(5_000)),
            expect![
                "part `word/document.xml` cannot be read: it declares more than 4096 namespaces; open the file in Word or WPS and save it again"
            ],
        );
        check(
            &format!("<a>{}</a>", " ".repeat(9_000_000)),
            expect![
                "part `word/document.xml` cannot be read: it is larger than 8 MB; open the file in Word or WPS and save it again"
            ],
        );
        check(
            "<a>\n <b></a>",
            expect![
                "part `word/document.xml` cannot be read: it is not well formed near line 2, column 5; open the file in Word or WPS and save it again"
            ],
        );
        check(
            "<a>&b;</a>",
            expect![
                "part `word/document.xml` cannot be read: it is not well formed near line 1, column 4; open the file in Word or WPS and save it again"
            ],
        );
    }

    #[test]
    fn text_is_utf8_with_or_without_a_mark() {
        assert_eq!(decode("a", b"\xEF\xBB\xBF<a/>").unwrap(), "<a/>");
        assert!(decode("a", b"\xFF\xFE<\0a\0").is_err());
    }
}
