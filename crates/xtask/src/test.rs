//! Everything that CI runs, phase by phase, with minutes.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::{
    command::Run,
    dist,
    setup::{self, Need},
    size, tidy,
    wasm::Profile,
    workspace::Workspace,
};

/// A part of the tests that can be run alone: `cargo xtask test NAME`.
#[derive(Debug)]
struct Phase {
    name: &'static str,
    what: &'static str,
    run: fn(&Workspace) -> Result<Tally>,
}

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

const PHASES: [Phase; 9] = [
    Phase {
        name: "setup",
        what: "tools",
        run: |workspace| done(setup::setup(workspace, &Need::ALL)),
    },
    Phase {
        name: "format",
        what: "cargo fmt",
        run: |workspace| done(workspace.cargo("fmt").args(["--all", "--check"]).go()),
    },
    Phase {
        name: "tidy",
        what: "house rules",
        run: |workspace| done(tidy::tidy(workspace)),
    },
    Phase {
        name: "clippy",
        what: "lints, native",
        run: |workspace| {
            done(
                clippy(workspace)
                    .args(["--workspace", "--all-targets"])
                    .args(DENY)
                    .go(),
            )
        },
    },
    Phase {
        name: "clippy-wasm",
        what: "lints, for the browser",
        run: clippy_wasm,
    },
    Phase {
        name: "rust",
        what: "tests and documentation tests",
        run: rust_tests,
    },
    Phase {
        name: "doc",
        what: "documentation without warnings",
        run: documentation,
    },
    Phase {
        name: "dist",
        what: "the app, as it is shipped",
        run: |workspace| done(dist::dist(workspace, Profile::Release)),
    },
    Phase {
        name: "size",
        what: "size budgets",
        run: |workspace| done(size::size(workspace)),
    },
];

/// Runs the phases of these names, or all; goes on after a failure, to say all that is wrong.
pub fn test(workspace: &Workspace, names: &[&str]) -> Result<()> {
    for name in names {
        let known = PHASES.map(|phase| phase.name);
        ensure!(
            known.contains(name),
            "there is no phase `{name}`; the phases are {}",
            known.join(", ")
        );
    }
    let mut total = Tally::default();
    let mut times = Vec::new();
    for phase in PHASES
        .iter()
        .filter(|phase| names.is_empty() || names.contains(&phase.name))
    {
        println!("\n=== {} ({})", phase.name, phase.what);
        let start = Instant::now();
        let tally = match (phase.run)(workspace) {
            Ok(tally) => tally,
            Err(error) => {
                println!("error: {error:#}");
                Tally {
                    passed: 0,
                    failed: 1,
                }
            }
        };
        times.push((phase.name, start.elapsed(), tally));
        total.passed += tally.passed;
        total.failed += tally.failed;
    }
    println!("\n=== minutes per phase");
    for (name, time, tally) in &times {
        println!(
            "{:>6.1}  {name:<12} {} passed, {} failed",
            minutes(*time),
            tally.passed,
            tally.failed
        );
    }
    println!(
        "{:>6.1}  together",
        minutes(times.iter().map(|(_, time, _)| *time).sum())
    );
    println!("{} passed, {} failed", total.passed, total.failed);
    match total.failed {
        0 => Ok(()),
        failed => bail!("{failed} failed"),
    }
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

/// The packages that run in a browser.
const FOR_THE_BROWSER: [&str; 3] = ["zige-ui", "zige-wasm", "zige-web"];

fn clippy(workspace: &Workspace) -> Run {
    workspace.cargo("clippy").arg("--quiet")
}

fn clippy_wasm(workspace: &Workspace) -> Result<Tally> {
    let packages = FOR_THE_BROWSER
        .iter()
        .flat_map(|package| ["--package", package]);
    done(
        clippy(workspace)
            .args(["--target", "wasm32-unknown-unknown"])
            .args(packages)
            .args(DENY)
            .without_env("RUSTFLAGS")
            .go(),
    )
}

fn rust_tests(workspace: &Workspace) -> Result<Tally> {
    let (succeeded, said) = workspace
        .cargo("test")
        .args(["--quiet", "--workspace", "--no-fail-fast"])
        .tee()?;
    counted(succeeded, cargo_tally(&said))
}

fn documentation(workspace: &Workspace) -> Result<Tally> {
    done(
        workspace
            .cargo("doc")
            .args(["--quiet", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings")
            .go(),
    )
}

/// A phase that passes or fails as a whole.
fn done(result: Result<()>) -> Result<Tally> {
    result.map(|()| Tally {
        passed: 1,
        failed: 0,
    })
}

/// A phase that counts its tests; it fails as well when it counted none, or broke off.
fn counted(succeeded: bool, tally: Tally) -> Result<Tally> {
    match (succeeded, tally) {
        (
            _,
            Tally {
                passed: 0,
                failed: 0,
            },
        ) => bail!("no test was run"),
        (false, Tally { failed: 0, .. }) => {
            bail!("the tests broke off after {} passed", tally.passed)
        }
        _ => Ok(tally),
    }
}

/// Adds up the lines `test result: ok. 12 passed; 0 failed; …`.
fn cargo_tally(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output
        .lines()
        .filter(|line| line.starts_with("test result:"))
    {
        tally.passed += number_before(line, " passed");
        tally.failed += number_before(line, " failed");
    }
    tally
}

fn number_before(line: &str, word: &str) -> usize {
    let before = line.split(word).next().unwrap_or_default();
    let number = before.rsplit(' ').next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

fn minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}

#[cfg(test)]
mod tests {
    use super::{Tally, cargo_tally, counted};

    #[test]
    fn the_results_of_several_test_programs_are_added() {
        let output = "running 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: FAILED. 3 passed; 1 failed; 0 ignored";
        let tally = cargo_tally(output);
        assert_eq!((tally.passed, tally.failed), (5, 1));
    }

    #[test]
    fn no_tests_is_a_failure_and_so_is_breaking_off() {
        assert!(
            counted(
                true,
                Tally {
                    passed: 0,
                    failed: 0
                }
            )
            .is_err()
        );
        assert!(
            counted(
                false,
                Tally {
                    passed: 4,
                    failed: 0
                }
            )
            .is_err()
        );
        assert!(
            counted(
                true,
                Tally {
                    passed: 4,
                    failed: 0
                }
            )
            .is_ok()
        );
    }
}
