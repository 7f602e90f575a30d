//! How large text is where it does not say so itself: what its style says, or the document's defaults
//! (ECMA-376 part 1, 17.7.2).

use std::collections::BTreeMap;

use zige_office::Package;
use zige_office::xml::{self, Node};

use crate::document::{attribute, child, is};

/// What a form without styles is set in: 五号, 10.5 pt, in half points.
const USUAL: u32 = 21;
/// What text has where nothing says anything (17.3.2.38).
const SILENT: u32 = 20;
/// How many styles may be based on each other.
const MOST_BASES: usize = 32;

/// Sizes in half points.
#[derive(Debug)]
pub(crate) struct Styles {
    defaults: u32,
    /// The style of paragraphs that name none.
    usual: String,
    by_id: BTreeMap<String, Style>,
}

#[derive(Debug)]
struct Style {
    size: Option<u32>,
    base: String,
}

impl Styles {
    /// The styles of a document; what cannot be read says nothing.
    pub(crate) fn of(package: &Package<'_>) -> Styles {
        let none = Styles {
            defaults: USUAL,
            usual: String::new(),
            by_id: BTreeMap::new(),
        };
        let relations = package.relations(package.main()).unwrap_or_default();
        let Some(part) = relations.iter().find(|one| one.kind == "styles") else {
            return none;
        };
        let Ok(text) = package.text(&part.target) else {
            return none;
        };
        match xml::parse(&part.target, &text) {
            Ok(tree) => read(tree.root_element()),
            Err(_) => none,
        }
    }

    /// The size of text in a paragraph of this style.
    pub(crate) fn size(&self, style: Option<&str>) -> u32 {
        let mut id = style.unwrap_or(&self.usual);
        for _ in 0..MOST_BASES {
            let Some(style) = self.by_id.get(id) else {
                break;
            };
            if let Some(size) = style.size {
                return size;
            }
            id = &style.base;
        }
        self.defaults
    }
}

/// The size that properties of text name, in half points.
pub(crate) fn named<'a>(properties: Node<'a, 'a>) -> Option<u32> {
    let size = child(properties, "sz")?;
    let size: u32 = attribute(size, "val")?.parse().ok()?;
    Some(size).filter(|size| (8..=200).contains(size))
}

fn read<'a>(root: Node<'a, 'a>) -> Styles {
    let defaults = child(root, "docDefaults")
        .and_then(|defaults| child(defaults, "rPrDefault"))
        .and_then(|defaults| child(defaults, "rPr"));
    let mut styles = Styles {
        defaults: defaults.and_then(named).unwrap_or(SILENT),
        usual: String::new(),
        by_id: BTreeMap::new(),
    };
    for node in root.children().filter(|node| is(*node, "style")) {
        let of = |name: &str| attribute(node, name).unwrap_or_default();
        if of("type") != "paragraph" {
            continue;
        }
        let id = of("styleId");
        if matches!(of("default"), "1" | "true" | "on") {
            styles.usual = id.to_owned();
        }
        let base = child(node, "basedOn").and_then(|base| attribute(base, "val"));
        let style = Style {
            size: child(node, "rPr").and_then(named),
            base: base.unwrap_or_default().to_owned(),
        };
        styles.by_id.insert(id.to_owned(), style);
    }
    styles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(content: &str) -> Styles {
        let text = format!(
            "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{content}</w:styles>"
        );
        let tree = xml::parse("word/styles.xml", &text).unwrap();
        read(tree.root_element())
    }

    #[test]
    fn a_size_comes_from_the_style_its_bases_or_the_defaults() {
        let all = styles(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault></w:docDefaults>\
            <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:basedOn w:val=\"b\"/><w:rPr><w:sz w:val=\"28\"/></w:rPr></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"d\"/>\
            <w:style w:type=\"paragraph\" w:styleId=\"e\"><w:basedOn w:val=\"e\"/></w:style>\
            <w:style w:type=\"table\" w:styleId=\"t\"><w:rPr><w:sz w:val=\"40\"/></w:rPr></w:style>",
        );
        let sizes = ["b", "c", "d", "e", "t", "missing"].map(|style| all.size(Some(style)));
        assert_eq!((all.size(None), sizes), (21, [21, 28, 22, 22, 22, 22]));
        assert_eq!(styles("").size(None), 20);
    }
}
