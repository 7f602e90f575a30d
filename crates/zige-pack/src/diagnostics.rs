//! What is wrong with a pack's source, where, and how to mend it.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

pub use crate::kind::Kind;
use crate::source::File;
use crate::suggest::choose;

/// Whether a message stops the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not.
    Warning,
}

/// A stretch of a source file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Position in the list of files.
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One after the last byte.
    pub end: u32,
}

impl Place {
    pub(crate) fn new(file: u16, start: usize, end: usize) -> Place {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Place {
            file,
            start: clamp(start),
            end: clamp(end.max(start)),
        }
    }

    /// From the start of one place to the end of another in the same file.
    pub(crate) fn to(self, end: Place) -> Place {
        Place {
            end: end.end.max(self.start),
            ..self
        }
    }
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub kind: Kind,
    /// Whether it stops the compiler.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What is wrong at this very place; may be empty.
    pub label: String,
    /// Other places that matter, with what is there.
    pub others: Vec<(Place, String)>,
    /// How to mend it; may be empty.
    pub mend: Vec<String>,
    /// What is wrong and what to do, in Chinese, for authors who read no English.
    pub chinese: String,
}

impl Diagnostic {
    pub(crate) fn error(kind: Kind, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            kind,
            severity: Severity::Error,
            message: message.into(),
            place,
            label: String::new(),
            others: Vec::new(),
            mend: Vec::new(),
            chinese: kind.in_chinese().to_owned(),
        }
    }

    pub(crate) fn warning(kind: Kind, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(kind, place, message)
        }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    pub(crate) fn mend(mut self, mend: impl Into<String>) -> Diagnostic {
        self.mend.push(mend.into());
        self
    }

    /// More exactly than its kind says it.
    pub(crate) fn chinese(mut self, chinese: impl Into<String>) -> Diagnostic {
        self.chinese = chinese.into();
        self
    }

    /// What could be meant or chosen, in both languages.
    pub(crate) fn choose<'a>(
        mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Diagnostic {
        let (mend, chinese) = choose(written, candidates);
        self.chinese.push('。');
        self.chinese.push_str(&chinese);
        self.mend(mend)
    }

    pub(crate) fn also(mut self, place: Place, label: impl Into<String>) -> Diagnostic {
        self.others.push((place, label.into()));
        self
    }
}

/// All mistakes of a compilation, with the files they are in.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    files: Vec<File>,
    list: Vec<Diagnostic>,
}

/// Where a mistake is, for people: file name, line and column in characters, both from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file's name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Diagnostics {
    pub(crate) fn new(files: Vec<File>, mut list: Vec<Diagnostic>) -> Diagnostics {
        list.sort_by(|a, b| {
            (a.place, a.kind, &a.message, &a.label).cmp(&(b.place, b.kind, &b.message, &b.label))
        });
        list.dedup();
        Diagnostics { files, list }
    }

    /// The mistakes, by file and place.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many errors there are.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count()
    }

    /// How many warnings there are.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.list.len().saturating_sub(self.errors())
    }

    /// Where a mistake is.
    #[must_use]
    pub fn position(&self, place: Place) -> Position {
        match self.files.get(usize::from(place.file)) {
            Some(file) => {
                let (line, column) = file.position(place.start);
                Position {
                    file: file.name.clone(),
                    line,
                    column,
                }
            }
            None => Position {
                file: String::new(),
                line: 1,
                column: 1,
            },
        }
    }

    /// All messages with the lines they are about, in the manner of rustc.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        self.render_first(usize::MAX, color)
    }

    /// The first messages, at most so many.
    #[must_use]
    pub fn render_first(&self, most: usize, color: bool) -> String {
        let renderer = match color {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        let mut out = String::new();
        for diagnostic in self.list.iter().take(most) {
            out.push_str(&self.render_one(&renderer, diagnostic));
            out.push_str("\n\n");
        }
        out
    }

    fn render_one(&self, renderer: &Renderer, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.kind.code());
        let mut group = annotate_snippets::Group::with_title(title);
        let mut places = vec![(diagnostic.place, diagnostic.label.as_str(), true)];
        places.extend(
            diagnostic
                .others
                .iter()
                .map(|(place, label)| (*place, label.as_str(), false)),
        );
        let mut files: Vec<u16> = places.iter().map(|(place, ..)| place.file).collect();
        files.dedup();
        for number in files {
            let Some(file) = self.files.get(usize::from(number)) else {
                continue;
            };
            let annotations = places
                .iter()
                .filter(|(place, ..)| place.file == number)
                .map(|(place, label, primary)| {
                    let kind = match primary {
                        true => AnnotationKind::Primary,
                        false => AnnotationKind::Context,
                    };
                    let annotation = kind.span(file.clamp(*place));
                    match label.is_empty() {
                        true => annotation,
                        false => annotation.label(*label),
                    }
                });
            group = group.element(
                Snippet::source(file.text.as_str())
                    .path(file.name.as_str())
                    .annotations(annotations),
            );
        }
        for mend in &diagnostic.mend {
            group = group.element(Level::HELP.message(mend.as_str()));
        }
        group = group.element(
            Level::NOTE
                .with_name("中文")
                .message(diagnostic.chinese.as_str()),
        );
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}
