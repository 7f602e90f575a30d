//! Compiles a folder of policies and prints everything there is to say about it.
//!
//! `cargo run -p zige-pack --features compile --example lint -- policies [official text]`

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().unwrap_or_else(|| "policies".to_owned());
    if let Some(source) = arguments.next() {
        match zige_pack::compare_with_source(Path::new(&dir), Path::new(&source)) {
            Ok(lock) => println!("wrote {}", lock.display()),
            Err(diagnostics) => eprint!("{diagnostics}"),
        }
    }
    let (packs, diagnostics) = zige_pack::lint_dir(Path::new(&dir));
    eprint!("{diagnostics}");
    for pack in &packs {
        println!(
            "{}: {} articles, {} conditions, {} facts, {} nodes",
            pack.id,
            pack.articles.len(),
            pack.conditions.len(),
            pack.vocabulary.facts.len(),
            pack.nodes.len()
        );
    }
    println!(
        "{} errors, {} warnings",
        diagnostics.errors(),
        diagnostics.warnings()
    );
    match diagnostics.errors() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
