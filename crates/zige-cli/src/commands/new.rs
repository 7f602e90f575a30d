//! `zige new`.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use zige_pack::{VOCABULARY, skeleton};

use super::json;
use crate::Output;
use crate::command::New;
use crate::failure::Failure;
use crate::layout::Page;

/// The vocabulary of this repository, for authors who start elsewhere.
const SHARED_VOCABULARY: &str = include_str!("../../../../policies/vocabulary.md");

/// What `zige new --json` writes.
#[derive(Debug, Serialize)]
pub struct NewJson {
    /// The document that was written.
    pub file: String,
    /// The vocabulary, if there was none in the folder and it was written, too.
    pub vocabulary: Option<String>,
    /// The title that was recognised in the official text; may be empty.
    pub title: String,
    /// How many articles there are.
    pub articles: usize,
    /// How many numbered items there are.
    pub items: usize,
    /// How many unnumbered last paragraphs there are.
    pub last_paragraphs: usize,
}

/// Writes a document to start from; never over a file that is there.
pub fn new(asked: &New) -> Result<Output, Failure> {
    check_id(&asked.id)?;
    let official = asked.source.as_deref().map(official_text).transpose()?;
    let skeleton = skeleton(&asked.id, official.as_deref()).ok_or_else(|| {
        Failure::Input(format!(
            "`{}` has no article that can be recognised, give the text with each `第一条` \
             (or `一、` in a notice) and each `（一）` at the beginning of a line",
            asked.source.as_deref().unwrap_or(Path::new("")).display()
        ))
    })?;
    let folder = asked.output.clone().unwrap_or_else(|| PathBuf::from("."));
    fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let file = folder.join(format!("{}.md", asked.id));
    if !written(&file, &skeleton.text)? {
        return Err(Failure::Input(format!(
            "`{}` is there already and stays as it is; choose another id, or move the file away",
            file.display()
        )));
    }
    let vocabulary = folder.join(VOCABULARY);
    let told = NewJson {
        file: file.display().to_string(),
        vocabulary: written(&vocabulary, SHARED_VOCABULARY)?
            .then(|| vocabulary.display().to_string()),
        title: skeleton.title,
        articles: skeleton.articles,
        items: skeleton.items,
        last_paragraphs: skeleton.last_paragraphs,
    };
    Ok(Output::of(match asked.json {
        true => json(&told),
        false => page(&told, asked, &folder),
    }))
}

fn page(told: &NewJson, asked: &New, folder: &Path) -> String {
    let mut page = Page::default();
    page.line(&format!("写好了骨架：{}", told.file));
    page.item("  题目：", &told.title);
    page.line(&format!(
        "  内容：{}条、{}项、{}个末段",
        told.articles, told.items, told.last_paragraphs
    ));
    if let Some(vocabulary) = &told.vocabulary {
        page.line(&format!("  另外写了共用的问题和选项：{vocabulary}"));
    }
    let folder = folder.display();
    page.heading("接下来");
    page.line(&format!(
        "  1. 打开 {}，从 policy 块写起，把“（待写……）”一处一处换掉",
        told.file
    ));
    page.line(&format!(
        "  2. 另开一个窗口，边写边检查：zige lint {folder} --watch"
    ));
    if let Some(source) = &asked.source {
        let named = source.file_stem().is_some_and(|stem| stem == &*asked.id);
        let source = match named {
            true => source.display().to_string(),
            // lint finds the document by the text's name.
            false => source
                .with_file_name(format!("{}.txt", asked.id))
                .display()
                .to_string(),
        };
        page.line(&format!(
            "  3. 写完核对引文：zige lint {folder} --source {source}"
        ));
        if !named {
            page.line("     （原文要先改成这个名字）");
        }
    }
    page.finish()
}

/// A pack's id stands in addresses and file names.
fn check_id(id: &str) -> Result<(), Failure> {
    let sound = id.starts_with(|sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit())
        && id
            .chars()
            .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
        && id.len() <= 64;
    match sound {
        true => Ok(()),
        false => Err(Failure::Input(format!(
            "`{id}` cannot be an id, use lower-case English letters, digits and `-`, \
             such as `haiyan-young-talents-2024`"
        ))),
    }
}

fn official_text(path: &Path) -> Result<String, Failure> {
    let told =
        |error: &dyn std::fmt::Display| Failure::Input(format!("`{}`: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    String::from_utf8(bytes).map_err(|_| told(&"this is not UTF-8 text, save the file as UTF-8"))
}

/// Writes a new file; false if it is there already.
fn written(path: &Path, text: &str) -> Result<bool, Failure> {
    let told = |error: std::io::Error| Failure::file(path, &error);
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true).map_err(told),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(told(error)),
    }
}
