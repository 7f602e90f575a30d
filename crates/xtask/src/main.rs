//! `cargo xtask`: everything that is done to the project, in one command with no other tools.

mod bench;
mod command;
mod dist;
mod fuzz;
mod npm;
mod papers;
mod serve;
mod setup;
mod shorten;
mod size;
mod test;
mod tidy;
mod wasm;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{setup::Need, workspace::Workspace};

const USAGE: &str = "\
cargo xtask serve [--dev] [--port N] [--open]   build the app, serve it on this machine, build again on changes
cargo xtask test [PHASE...]                     everything that CI runs; minutes per phase
cargo xtask dist [--dev]                        the app, ready for any static host, in dist/
cargo xtask size                                builds all that is shipped, prints its size report; fails over budget
cargo xtask bench                               what is measured against budgets of time, as a table
cargo xtask bench browser                       the app on a slow phone, and what Lighthouse says of it
cargo xtask npm                                 the npm package, in pkg/
cargo xtask fuzz [--seconds N]                  runs each fuzz target for N seconds (60 unless told)
cargo xtask tidy                                house rules that no compiler checks
cargo xtask setup [build|npm|browser|fuzz]      installs what the others need (they call it themselves)
`--dev` builds faster and larger, for work on the app.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    let workspace = Workspace::find()?;
    match arguments {
        ["serve", options @ ..] => serve::serve(&workspace, &serve::Options::parse(options)?),
        ["test", phases @ ..] => test::test(&workspace, phases),
        ["dist"] => dist::dist(&workspace, wasm::Profile::Release),
        ["dist", "--dev"] => dist::dist(&workspace, wasm::Profile::Dev),
        ["size"] => {
            dist::dist(&workspace, wasm::Profile::Release)?;
            npm::npm(&workspace)?;
            size::size(&workspace)
        }
        ["bench"] => bench::bench(&workspace),
        ["bench", "browser"] => bench::browser(&workspace),
        ["npm"] => npm::npm(&workspace),
        ["fuzz", options @ ..] => fuzz::fuzz(&workspace, fuzz::seconds(options)?),
        ["tidy"] => tidy::tidy(&workspace),
        ["setup"] => setup::setup(&workspace, &Need::ALL),
        ["setup", "build"] => setup::setup(&workspace, &[Need::Build]),
        ["setup", "npm"] => setup::setup(&workspace, &[Need::Build, Need::Npm]),
        ["setup", "browser"] => setup::setup(&workspace, &[Need::Browser]),
        ["setup", "fuzz"] => setup::setup(&workspace, &[Need::Fuzz]),
        [] | ["help" | "--help" | "-h", ..] => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!(
            "unknown command `{}`; the commands are\n{USAGE}",
            other.join(" ")
        ),
    }
}
