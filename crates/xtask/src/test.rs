//! Everything that CI runs, phase by phase, with minutes.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::{
    dist, fuzz, npm, papers,
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

const PHASES: [Phase; 14] = [
    phase("setup", "tools", |workspace| {
        done(setup::setup(workspace, &Need::ALL))
    }),
    phase("format", "cargo fmt", |workspace| {
        done(workspace.cargo("fmt").args(["--all", "--check"]).go())
    }),
    phase("tidy", "house rules", |workspace| {
        done(tidy::tidy(workspace))
    }),
    phase("clippy", "lints", clippy),
    phase("clippy-wasm", "lints, for the browser", clippy_wasm),
    phase("rust", "tests and documentation tests", rust_tests),
    phase("doc", "documentation without warnings", documentation),
    phase("policies", "zige lint", |workspace| {
        done(
            workspace
                .cargo("run")
                .args(["--quiet", "--package", "zige-cli", "--", "lint", "policies"])
                .go(),
        )
    }),
    phase("papers", "every form, opened in LibreOffice", |workspace| {
        papers::papers(workspace).map(|passed| Tally { passed, failed: 0 })
    }),
    phase("dist", "the app, as it is shipped", |workspace| {
        done(dist::dist(workspace, Profile::Release))
    }),
    phase("npm", "the npm package, in Node", npm_tests),
    phase("size", "size budgets", |workspace| {
        done(size::size(workspace))
    }),
    phase("browser", "in Chromium, and in Chromium 86", browser_tests),
    phase("fuzz", "a bounded run of each fuzz target", |workspace| {
        done(fuzz::fuzz(workspace, FUZZ_SECONDS))
    }),
];

/// For each target; long enough to notice a parser that panics on broken input.
const FUZZ_SECONDS: u32 = 20;

const fn phase(
    name: &'static str,
    what: &'static str,
    run: fn(&Workspace) -> Result<Tally>,
) -> Phase {
    Phase { name, what, run }
}

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

fn clippy(workspace: &Workspace) -> Result<Tally> {
    let run = workspace
        .cargo("clippy")
        .args(["--quiet", "--workspace", "--all-targets"]);
    done(run.args(DENY).go())
}

fn clippy_wasm(workspace: &Workspace) -> Result<Tally> {
    let packages = FOR_THE_BROWSER
        .iter()
        .flat_map(|package| ["--package", package]);
    let run = workspace
        .cargo("clippy")
        .args(["--quiet", "--target", "wasm32-unknown-unknown"]);
    done(run.args(packages).args(DENY).without_env("RUSTFLAGS").go())
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

/// For each check, what WASM repeats of the native evaluator's verdicts.
const CASES: &str = "1000";

fn npm_tests(workspace: &Workspace) -> Result<Tally> {
    npm::npm(workspace)?;
    node_tests(workspace, "crates/zige-wasm/tests/")
}

fn browser_tests(workspace: &Workspace) -> Result<Tally> {
    node_tests(workspace, "tests/browser/")
}

/// Runs the `*.test.mjs` of a folder, and tells them where everything is.
fn node_tests(workspace: &Workspace, folder: &str) -> Result<Tally> {
    let packs = dist::compile_packs(workspace)?.whole;
    let corpus = workspace.scratch().join("corpus");
    workspace
        .cargo("run")
        .args(["--quiet", "--package", "zige-tests", "--bin", "agreement"])
        .args(["--", "--cases", CASES, "--export"])
        .arg(&corpus)
        .go()?;
    let run = workspace
        .run("node")
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(["--test-timeout=300000", folder])
        .env("CHROMIUM", setup::chromium()?)
        .env("ZIGE", workspace.target.join("debug").join("zige"))
        .env("ZIGE_PACKS", packs)
        .env("ZIGE_CORPUS", corpus)
        .env("ZIGE_PACKAGE", workspace.root.join("pkg"));
    let (succeeded, said) = run.tee()?;
    counted(succeeded, node_tally(&said))
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

/// Reads the lines `ℹ pass 12`, `ℹ fail 0` and `ℹ cancelled 0`.
fn node_tally(output: &str) -> Tally {
    let number = |word: &str| -> usize {
        let lines = output
            .lines()
            .filter_map(|line| line.strip_prefix("ℹ ")?.strip_prefix(word));
        lines
            .filter_map(|number| number.trim().parse::<usize>().ok())
            .sum()
    };
    Tally {
        passed: number("pass "),
        failed: number("fail ") + number("cancelled "),
    }
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
    use super::{Tally, cargo_tally, counted, node_tally};

    #[test]
    fn the_results_of_several_test_programs_are_added() {
        let output = "running 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: FAILED. 3 passed; 1 failed; 0 ignored";
        let tally = cargo_tally(output);
        assert_eq!((tally.passed, tally.failed), (5, 1));
    }

    #[test]
    fn the_results_of_node_are_read() {
        let tally =
            node_tally("✔ one (3 ms)\nℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0");
        assert_eq!((tally.passed, tally.failed), (2, 2));
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
