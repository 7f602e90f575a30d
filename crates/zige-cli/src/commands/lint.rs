//! `zige lint`.

use serde::Serialize;
use zige_pack::diagnostics::{Diagnostics, Severity};
use zige_pack::{compare_with_source, lint_dir};

use super::json;
use crate::Output;
use crate::command::Lint;
use crate::failure::Failure;

/// What `zige lint --json` writes.
#[derive(Debug, Serialize)]
pub struct LintJson {
    /// How many mistakes there are.
    pub errors: usize,
    /// How many doubtful things there are.
    pub warnings: usize,
    /// The ids of the packs that compile.
    pub packs: Vec<String>,
    /// The file that records the comparison with the official text; null without one.
    pub lock: Option<String>,
    /// Everything there is to say, by file and place.
    pub diagnostics: Vec<DiagnosticJson>,
}

/// One mistake or doubt.
#[derive(Debug, Serialize)]
pub struct DiagnosticJson {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The kind of mistake: `unknown-name`, `no-block` …
    pub kind: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What is wrong at this very place; may be empty.
    pub label: String,
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How to mend it.
    pub mend: Vec<String>,
    /// What is wrong and what to do, in Chinese.
    pub chinese: String,
}

/// Checks the policies of a folder, and one of them against its official text.
pub fn lint(asked: &Lint) -> Result<Output, Failure> {
    let (findings, told) = look(asked);
    let sound = told.errors == 0;
    let summary = summary(&told);
    Ok(match asked.json {
        true => Output {
            text: json(&told),
            remarks: match sound {
                true => String::new(),
                false => summary,
            },
            sound,
        },
        false => Output {
            text: summary,
            remarks: findings.iter().map(|found| found.render(false)).collect(),
            sound,
        },
    })
}

/// Everything there is to say now.
pub(super) fn look(asked: &Lint) -> (Vec<Diagnostics>, LintJson) {
    let mut lock = None;
    let mut findings = Vec::new();
    if let Some(source) = &asked.source {
        match compare_with_source(&asked.dir, source) {
            Ok(path) => lock = Some(path.display().to_string()),
            Err(differences) => findings.push(differences),
        }
    }
    let (packs, diagnostics) = lint_dir(&asked.dir);
    findings.push(diagnostics);
    let told = LintJson {
        errors: findings.iter().map(Diagnostics::errors).sum(),
        warnings: findings.iter().map(Diagnostics::warnings).sum(),
        packs: packs.into_iter().map(|pack| pack.id).collect(),
        lock,
        diagnostics: findings.iter().flat_map(each).collect(),
    };
    (findings, told)
}

/// How many policies, errors and warnings there are, and where the comparison is recorded.
pub(super) fn summary(told: &LintJson) -> String {
    let mut summary = format!(
        "{}项政策，{}个错误，{}个提醒\n",
        told.packs.len(),
        told.errors,
        told.warnings
    );
    if let Some(lock) = &told.lock {
        summary.push_str(&format!("引文与原文一致，记录在 {lock}\n"));
    }
    summary
}

fn each(diagnostics: &Diagnostics) -> Vec<DiagnosticJson> {
    let all = diagnostics.list().iter().map(|diagnostic| {
        let position = diagnostics.position(diagnostic.place);
        DiagnosticJson {
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            kind: diagnostic.kind.code(),
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            file: position.file,
            line: position.line,
            column: position.column,
            mend: diagnostic.mend.clone(),
            chinese: diagnostic.chinese.clone(),
        }
    });
    all.collect()
}
