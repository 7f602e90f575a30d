//! `cargo run -p zige-tests --bin papers -- FOLDER`
//!
//! Writes every form of every policy, from a complete and from a sparse applicant, as .docx and as a page
//! to print, with `papers.tsv`: the name of each and the sheets of its preview.

use std::path::Path;
use std::process::ExitCode;

use zige_forms::{docx, html};
use zige_tests::packs::compiled;
use zige_tests::papers::papers;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("name the folder to write to");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(count) => {
            println!("{count} papers in `{folder}`");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the papers cannot be written to `{folder}`: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let packs = compiled();
    let papers = papers(&packs);
    let mut list = String::new();
    for paper in &papers {
        let name = paper.name();
        std::fs::write(
            folder.join(format!("{name}.docx")),
            docx::write(&paper.filled),
        )?;
        std::fs::write(
            folder.join(format!("{name}.html")),
            html::document(&paper.filled, 1),
        )?;
        list.push_str(&format!("{name}\t{}\n", paper.filled.sheets()));
    }
    std::fs::write(folder.join("papers.tsv"), list)?;
    Ok(papers.len())
}
