//! A package: parts with content types, and the relations between them (ECMA-376 part 2).

use crate::archive::Archive;
use crate::error::{Foreign, OfficeError};
use crate::{MOST_BYTES, foreign, xml};

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// What a package is wanted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text document, .docx.
    Document,
    /// A workbook, .xlsx.
    Workbook,
}

/// A package that was opened; its parts are unpacked when they are asked for.
///
/// ```
/// use zige_office::{Kind, Package};
///
/// let message = Package::open(b"%PDF-1.7", Kind::Document).unwrap_err();
/// assert_eq!(message.to_string(), "the file is a PDF, ask the office for the form as .docx");
/// ```
#[derive(Debug)]
pub struct Package<'a> {
    archive: Archive<'a>,
    main: String,
}

/// A relation of one part to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its id, unique in its part.
    pub id: String,
    /// The last piece of its type's address, such as `image` or `worksheet`.
    pub kind: String,
    /// The name of the part that it leads to, or an address outside of the package.
    pub target: String,
    /// Whether it leads outside.
    pub external: bool,
}

impl<'a> Package<'a> {
    /// Opens a file of the kind asked for.
    ///
    /// # Errors
    /// When the file is something else, damaged, protected, has macros, or breaks a limit.
    pub fn open(bytes: &'a [u8], kind: Kind) -> Result<Package<'a>, OfficeError> {
        if bytes.len() > MOST_BYTES {
            return Err(OfficeError::TooLarge);
        }
        if !Archive::begins(bytes) {
            return Err(OfficeError::Foreign(foreign::look(bytes)));
        }
        let archive = Archive::open(bytes)?;
        if !archive.has(CONTENT_TYPES) {
            let foreign = match archive.has("mimetype") && archive.has("content.xml") {
                true => Foreign::OpenDocument,
                false => Foreign::Archive,
            };
            return Err(OfficeError::Foreign(foreign));
        }
        let mut package = Package {
            archive,
            main: String::new(),
        };
        let main = package
            .relations("")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument" && !relation.external);
        package.main = main.ok_or(OfficeError::Foreign(Foreign::Unknown))?.target;
        let content_type = package.content_type(&package.main)?;
        let macros = package.archive.names().any(|name| {
            let name = name.rsplit('/').next().unwrap_or(name);
            name.eq_ignore_ascii_case("vbaProject.bin")
        });
        match (sort(&content_type), kind) {
            _ if macros => Err(OfficeError::Foreign(Foreign::Macros)),
            (Sort::Document, Kind::Document) | (Sort::Workbook, Kind::Workbook) => Ok(package),
            (Sort::Document, Kind::Workbook) => Err(OfficeError::Foreign(Foreign::Document)),
            (Sort::Workbook, Kind::Document) => Err(OfficeError::Foreign(Foreign::Workbook)),
            (Sort::Other(foreign), _) => Err(OfficeError::Foreign(foreign)),
        }
    }

    /// The name of the part that holds the document or workbook itself, such as
    /// `word/document.xml`.
    #[must_use]
    pub fn main(&self) -> &str {
        &self.main
    }

    /// Whether there is a part of this name.
    #[must_use]
    pub fn has(&self, part: &str) -> bool {
        self.archive.has(part)
    }

    /// The names of all parts, in the order of the archive.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.archive.names()
    }

    /// A part's bytes.
    ///
    /// # Errors
    /// When there is no such part, or it is damaged or too large.
    pub fn part(&self, name: &str) -> Result<Vec<u8>, OfficeError> {
        self.archive.read(name)
    }

    /// A part's text, of a part that holds XML.
    ///
    /// # Errors
    /// As [`Package::part`], and when it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<String, OfficeError> {
        let bytes = self.part(name)?;
        Ok(xml::decode(name, &bytes)?.to_owned())
    }

    /// The relations of a part, or of the package itself where the name is empty. A part without
    /// any has none.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn relations(&self, part: &str) -> Result<Vec<Relation>, OfficeError> {
        let name = relations_name(part);
        if !self.has(&name) {
            return Ok(Vec::new());
        }
        let text = self.text(&name)?;
        let tree = xml::parse(&name, &text)?;
        let relations = tree
            .root_element()
            .children()
            .filter(|node| node.is_element() && node.tag_name().name() == "Relationship");
        Ok(relations
            .map(|node| {
                let given = |key: &str| node.attribute(key).unwrap_or_default();
                let external = given("TargetMode") == "External";
                Relation {
                    id: given("Id").to_owned(),
                    kind: given("Type")
                        .rsplit('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                    target: match external {
                        true => given("Target").to_owned(),
                        false => resolve(part, given("Target")),
                    },
                    external,
                }
            })
            .collect())
    }

    /// A part's content type, by its name or its ending; empty where none is given.
    ///
    /// # Errors
    /// When the list of content types cannot be read.
    pub fn content_type(&self, part: &str) -> Result<String, OfficeError> {
        let text = self.text(CONTENT_TYPES)?;
        let tree = xml::parse(CONTENT_TYPES, &text)?;
        let ending = part.rsplit('.').next().unwrap_or_default();
        let mut by_ending = "";
        for node in tree.root_element().children() {
            let given = |key: &str| node.attribute(key).unwrap_or_default();
            match node.tag_name().name() {
                "Override"
                    if given("PartName")
                        .trim_start_matches('/')
                        .eq_ignore_ascii_case(part) =>
                {
                    return Ok(given("ContentType").to_owned());
                }
                "Default" if given("Extension").eq_ignore_ascii_case(ending) => {
                    by_ending = given("ContentType");
                }
                _ => {}
            }
        }
        Ok(by_ending.to_owned())
    }

    /// The package with parts changed or added. Every other entry keeps its bytes, its place in
    /// the order, and its date.
    #[must_use]
    pub fn with(&self, changes: &[(&str, &[u8])]) -> Vec<u8> {
        self.archive.with(changes)
    }
}

/// What the content type of a package's main part says.
enum Sort {
    Document,
    Workbook,
    Other(Foreign),
}

fn sort(content_type: &str) -> Sort {
    let content_type = content_type.to_ascii_lowercase();
    let has = |word: &str| content_type.contains(word);
    match () {
        () if has("macroenabled") => Sort::Other(Foreign::Macros),
        () if has("template.main+xml") => Sort::Other(Foreign::Template),
        () if has("wordprocessingml.document.main+xml") => Sort::Document,
        () if has("spreadsheetml.sheet.main+xml") => Sort::Workbook,
        () if has("presentationml") => Sort::Other(Foreign::Presentation),
        () => Sort::Other(Foreign::Unknown),
    }
}

/// Where the relations of a part are written down.
pub(crate) fn relations_name(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// A target as the name of a part: absolute, or seen from the folder of its source.
fn resolve(source: &str, target: &str) -> String {
    let mut folders: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => source
            .rsplit_once('/')
            .map_or_else(Vec::new, |(folder, _)| folder.split('/').collect()),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                folders.pop();
            }
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_source() {
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
        assert_eq!(
            resolve("word/document.xml", "media/a.png"),
            "word/media/a.png"
        );
        assert_eq!(
            resolve("word/document.xml", "../customXml/item1.xml"),
            "customXml/item1.xml"
        );
        assert_eq!(
            resolve("word/document.xml", "/word/styles.xml"),
            "word/styles.xml"
        );
        assert_eq!(resolve("a", "../../b"), "b");
        assert_eq!(relations_name(""), "_rels/.rels");
        assert_eq!(
            relations_name("word/document.xml"),
            "word/_rels/document.xml.rels"
        );
    }
}
