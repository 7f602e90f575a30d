//! `cargo run -p zige-tests --bin papers -- write FOLDER`
//!
//! Writes every form of every policy, from a complete and from a sparse applicant, as .docx, as .xlsx
//! where it has lists, and as a page to print, with `papers.tsv`: the name of each and the sheets of its
//! preview.
//!
//! `… -- compare FOLDER SAVED`
//!
//! Reads the .xlsx of FOLDER, and those of the same names that another program saved in SAVED; says what
//! does not come back, and fails if there is anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use zige_core::answers::Answer;
use zige_core::ids::FactId;
use zige_forms::xlsx::Workbook;
use zige_forms::{docx, html};
use zige_tests::packs::compiled;
use zige_tests::papers::{Paper, papers};

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut arguments = std::env::args();
    // The program's own name comes first.
    arguments.next();
    let arguments: Vec<String> = arguments.collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["write", folder] => write(Path::new(folder)),
        ["compare", folder, saved] => compare(Path::new(folder), Path::new(saved)),
        _ => {
            eprintln!("say what to do: `write FOLDER` or `compare FOLDER SAVED`");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let packs = compiled();
    let papers = papers(&packs);
    let mut list = String::new();
    for paper in &papers {
        let file = |ending: &str| folder.join(paper.name()).with_added_extension(ending);
        std::fs::write(file("docx"), docx::write(&paper.filled))?;
        std::fs::write(file("html"), html::document(&paper.filled, 1))?;
        if let Some(workbook) = paper.workbook() {
            std::fs::write(file("xlsx"), workbook)?;
        }
        list.push_str(&format!("{}\t{}\n", paper.name(), paper.filled.sheets()));
    }
    std::fs::write(folder.join("papers.tsv"), list)?;
    println!("{} papers in `{}`", papers.len(), folder.display());
    Ok(())
}

fn compare(folder: &Path, saved: &Path) -> Result<(), Failure> {
    let packs = compiled();
    let (mut facts, mut lost) = (0, 0);
    for paper in papers(&packs) {
        let name = format!("{}.xlsx", paper.name());
        if !folder.join(&name).exists() {
            continue;
        }
        let before = said(&paper, &std::fs::read(folder.join(&name))?)?;
        let after = said(&paper, &std::fs::read(saved.join(&name))?)?;
        facts += before.len();
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let (was, is) = (before.get(key), after.get(key));
            if was != is {
                lost += 1;
                println!("{name}: `{key}` was {was:?}, is {is:?}");
            }
        }
    }
    println!("{facts} facts and fields in workbooks, {lost} of them do not come back");
    match lost {
        0 if facts > 0 => Ok(()),
        _ => Err("not all that was written comes back".into()),
    }
}

/// What a workbook says, by fact and field.
fn said(paper: &Paper<'_>, file: &[u8]) -> Result<BTreeMap<String, String>, Failure> {
    let reading = Workbook::open(file)?.read(paper.pack, &paper.form.id);
    let facts = (0..).map(FactId).zip(&paper.pack.vocabulary.facts);
    let facts = facts.map(|(id, fact)| (fact, reading.answers.get(id)));
    let facts = facts.filter(|(_, answer)| **answer != Answer::Absent);
    let facts = facts.map(|(fact, answer)| (fact.id.clone(), format!("{answer:?}")));
    Ok(facts.chain(reading.fields.iter().cloned()).collect())
}
