//! What is wrong with a file.

use thiserror::Error;

use crate::{
    MOST_ATTRIBUTES, MOST_BYTES, MOST_DEPTH, MOST_ENTRIES, MOST_NAMESPACES, MOST_NODES, MOST_PART,
};

/// A file that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OfficeError {
    /// More than [`MOST_BYTES`].
    #[error("the file is larger than {} MB, leave out its pictures or take a smaller one", MOST_BYTES / 1_000_000)]
    TooLarge,
    /// Something else than a package of the kind asked for.
    #[error("the file is {}, {}", .0.name(), .0.mend())]
    Foreign(Foreign),
    /// The beginning of an archive without its end.
    #[error("the file is cut short, download or copy it again")]
    Truncated,
    /// An archive that contradicts itself.
    #[error("the file is damaged: {0}; open it in Word or WPS and save it again")]
    Damaged(&'static str),
    /// An entry that needs a password.
    #[error("the file is protected by a password, remove the password and save it again")]
    Encrypted,
    /// More than [`MOST_ENTRIES`].
    #[error(
        "the file has more than {MOST_ENTRIES} parts, open it in Word or WPS and save it again"
    )]
    TooManyParts,
    /// A part that unpacks to much more than a form can have: a zip bomb.
    #[error("the file unpacks to more than a form can hold, take the form from its office again")]
    Bomb,
    /// The package lacks a part that it must have.
    #[error("the file has no part `{0}`, open it in Word or WPS and save it again")]
    NoPart(String),
    /// A part is no XML that we read.
    #[error(
        "part `{part}` cannot be read: {problem}; open the file in Word or WPS and save it again"
    )]
    Xml {
        /// The part's name.
        part: String,
        /// What is wrong.
        problem: XmlProblem,
    },
}

/// What is wrong with a part's XML.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum XmlProblem {
    /// Not UTF-8.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// A document type, which can define entities; no office program writes one.
    #[error("it has a document type (DOCTYPE), which can define entities")]
    Doctype,
    /// More than [`MOST_PART`].
    #[error("it is larger than {} MB", MOST_PART / 1_000_000)]
    TooLarge,
    /// Deeper than [`MOST_DEPTH`].
    #[error("elements stand more than {MOST_DEPTH} deep in each other")]
    TooDeep,
    /// More than [`MOST_NODES`].
    #[error("it has more than {MOST_NODES} elements and texts")]
    TooManyNodes,
    /// More than [`MOST_ATTRIBUTES`] in one element.
    #[error("an element has more than {MOST_ATTRIBUTES} attributes")]
    TooManyAttributes,
    /// More than [`MOST_NAMESPACES`].
    #[error("it declares more than {MOST_NAMESPACES} namespaces")]
    TooManyNamespaces,
    /// Not well formed.
    #[error("it is not well formed near line {line}, column {column}")]
    Malformed {
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
    },
}

/// What a file is that is no package of the kind asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// No bytes.
    Empty,
    /// Word 97–2003, or WPS's own format.
    OldDocument,
    /// Excel 97–2003, or WPS's own format.
    OldWorkbook,
    /// A compound file of another program.
    OldOther,
    /// An encrypted package (inside a compound file).
    Protected,
    /// Rich text, often named .doc.
    RichText,
    /// A page, often named .doc or .xls.
    Html,
    /// XML without an archive, such as Word 2003's.
    FlatXml,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// An archive that holds no office file.
    Archive,
    /// OpenDocument.
    OpenDocument,
    /// A document where a workbook was wanted.
    Document,
    /// A workbook where a document was wanted.
    Workbook,
    /// Slides.
    Presentation,
    /// A document or workbook with macros.
    Macros,
    /// A template, which Word does not open under the name of a document.
    Template,
    /// Anything else.
    Unknown,
}

impl Foreign {
    /// What it is, with its article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Foreign::Empty => "empty",
            Foreign::OldDocument => "an old Word or WPS document (.doc, .wps)",
            Foreign::OldWorkbook => "an old Excel or WPS workbook (.xls, .et)",
            Foreign::OldOther => "an old office file (compound file)",
            Foreign::Protected => "protected by a password",
            Foreign::RichText => "rich text (.rtf)",
            Foreign::Html => "a page (.html)",
            Foreign::FlatXml => "XML without its package",
            Foreign::Pdf => "a PDF",
            Foreign::Picture => "a picture",
            Foreign::Archive => "an archive without an office file",
            Foreign::OpenDocument => "an OpenDocument file (.odt, .ods)",
            Foreign::Document => "a document (.docx)",
            Foreign::Workbook => "a workbook (.xlsx)",
            Foreign::Presentation => "a presentation (.pptx)",
            Foreign::Macros => "one with macros (.docm, .xlsm)",
            Foreign::Template => "a template (.dotx, .xltx)",
            Foreign::Unknown => "no office file",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn mend(self) -> &'static str {
        match self {
            Foreign::Empty => "download or copy it again",
            Foreign::OldDocument
            | Foreign::OldOther
            | Foreign::RichText
            | Foreign::Html
            | Foreign::FlatXml
            | Foreign::OpenDocument
            | Foreign::Template => {
                "open it in Word or WPS and save it as .docx (a workbook as .xlsx)"
            }
            Foreign::OldWorkbook => "open it in Excel or WPS and save it as .xlsx",
            Foreign::Protected => {
                "open it with its password, remove the password and save it again"
            }
            Foreign::Macros => "save it as .docx or .xlsx, without macros",
            Foreign::Archive => "unpack it and give the form that is in it",
            Foreign::Document => "give a workbook (.xlsx)",
            Foreign::Workbook => "give a document (.docx)",
            Foreign::Pdf | Foreign::Picture | Foreign::Presentation | Foreign::Unknown => {
                "ask the office for the form as .docx"
            }
        }
    }
}

impl OfficeError {
    /// The message for people who use the app, in Chinese: what the file is, and what to do.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            OfficeError::TooLarge => format!(
                "这个文件超过{} MB，表格一般没有这么大。请删去里面的图片另存一份再试。",
                MOST_BYTES / 1_000_000
            ),
            OfficeError::Foreign(foreign) => foreign.told().to_owned(),
            OfficeError::Truncated => {
                "这个文件不完整，可能没有下载完。请重新下载或者重新复制一份。".to_owned()
            }
            OfficeError::Encrypted => Foreign::Protected.told().to_owned(),
            OfficeError::TooManyParts | OfficeError::Bomb => {
                "这个文件展开以后大得不正常，为了安全没有打开。请向发表格的单位重新要一份。"
                    .to_owned()
            }
            OfficeError::Damaged(_) | OfficeError::NoPart(_) | OfficeError::Xml { .. } => {
                "这个文件有损坏，或者不是 Word、WPS 保存的。请用 Word 或者 WPS 打开，另存一份再试。"
                    .to_owned()
            }
        }
    }
}

impl Foreign {
    fn told(self) -> &'static str {
        match self {
            Foreign::Empty => "这个文件是空的。请重新下载或者重新复制一份。",
            Foreign::OldDocument | Foreign::OldOther => {
                "这是旧格式的文件（.doc 或者 .wps）。请用 Word 或者 WPS 打开，另存为 .docx 再试。"
            }
            Foreign::OldWorkbook => {
                "这是旧格式的表格（.xls 或者 .et）。请用 Excel 或者 WPS 打开，另存为 .xlsx 再试。"
            }
            Foreign::Protected => "这个文件设了密码。请用密码打开，去掉密码以后另存一份再试。",
            Foreign::RichText | Foreign::Html | Foreign::FlatXml | Foreign::OpenDocument => {
                "这个文件不是 .docx 格式，只是名字像。请用 Word 或者 WPS 打开，另存为 .docx 再试。"
            }
            Foreign::Template => {
                "这是一个模板文件（.dotx）。请用 Word 或者 WPS 打开，另存为 .docx 再试。"
            }
            Foreign::Macros => {
                "这个文件带有宏（小程序），为了安全没有打开。请用 Word 或者 WPS 打开，另存为 .docx 再试。"
            }
            Foreign::Archive => "这是一个压缩包。请先解压，再选里面的表格。",
            Foreign::Document => "这是 Word 文档（.docx），这里要的是 .xlsx 表格。",
            Foreign::Workbook => "这是 Excel 表格（.xlsx），这里要的是 Word 文档（.docx）。",
            Foreign::Pdf => "这是 PDF 文件，不能直接填写。请向发表格的单位要 Word 版（.docx）。",
            Foreign::Picture => "这是一张图片，不能直接填写。请向发表格的单位要 Word 版（.docx）。",
            Foreign::Presentation => "这是幻灯片，不是表格。请选 Word 版（.docx）的表格。",
            Foreign::Unknown => "这不是 Word 文档。请选 Word 版（.docx）的表格。",
        }
    }
}
