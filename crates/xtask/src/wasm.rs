//! Modules for the browser: built, optimised, and held to what Chrome 86 understands.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use wasmparser::{Validator, WasmFeatures};

use crate::{command::Run, setup, shorten::shorten, workspace::Workspace};

/// How a module is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Small, for people.
    Release,
    /// Soon ready, for work on the app.
    Dev,
}

/// The same as in index.html, where Trunk reads them.
const WASM_OPT_FEATURES: [&str; 6] = [
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// A module and the classic script that binds it to the page.
#[derive(Debug)]
pub struct Module {
    pub glue: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// A command that finds the pinned tools and builds modules with the settings of
/// `.cargo/config.toml`, which `RUSTFLAGS` would switch off.
pub fn tool(workspace: &Workspace, program: &str) -> Result<Run> {
    Ok(workspace
        .run(program)
        .env("PATH", setup::path(workspace)?)
        .env("CARGO_TARGET_DIR", &workspace.target)
        .without_env("RUSTFLAGS")
        .without_env("CARGO_ENCODED_RUSTFLAGS"))
}

/// What a module is built from.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// A library crate, by its package.
    Library(&'static str),
    /// The app without what its first questions do not need.
    FirstQuestions,
}

/// The global under which the glue of [`Source::FirstQuestions`] stands; the whole app's comes
/// later on the same page, as `wasm_bindgen`.
const FIRST_GLOBAL: &str = "zigeFirst";
const TARGET: &str = "wasm32-unknown-unknown";

/// Builds a module with a classic script, without Trunk.
pub fn build(workspace: &Workspace, source: Source, profile: Profile) -> Result<Module> {
    let (cargo_profile, folder) = match profile {
        Profile::Release => ("wasm-release", "wasm-release"),
        Profile::Dev => ("wasm-dev", "wasm-dev"),
    };
    let (package, file, name, global) = match source {
        Source::Library(package) => (package, package.replace('-', "_"), package, "wasm_bindgen"),
        Source::FirstQuestions => ("zige-web", "zige-web".to_owned(), "first", FIRST_GLOBAL),
    };
    let target = match source {
        Source::Library(_) => ["--lib"].as_slice(),
        Source::FirstQuestions => ["--bin", "zige-web", "--no-default-features"].as_slice(),
    };
    small(tool(workspace, "cargo")?, profile)
        .args([
            "build",
            "--quiet",
            "--target",
            TARGET,
            "--profile",
            cargo_profile,
        ])
        .args(["--package", package])
        .args(target)
        .go()?;
    let built: PathBuf = workspace
        .target
        .join(TARGET)
        .join(folder)
        .join(format!("{file}.wasm"));
    let out = workspace.scratch().join("bindgen");
    tool(workspace, "wasm-bindgen")?
        .args(["--target", "no-modules", "--no-typescript", "--out-dir"])
        .arg(&out)
        .args(["--out-name", name, "--no-modules-global", global])
        .arg(&built)
        .output()?;
    let wasm = out.join(format!("{name}_bg.wasm"));
    if profile == Profile::Release {
        optimise(workspace, &wasm, "-Oz")?;
    }
    let module = Module {
        glue: fs::read(out.join(format!("{name}.js")))?,
        wasm: fs::read(wasm)?,
    };
    match profile {
        Profile::Release => shorten(module),
        Profile::Dev => Ok(module),
    }
}

/// Makes a build of a module for people a sixth smaller: the standard library is built along, for
/// size, and a panic stops the module at once, without words that nobody would read (`boot.js`
/// takes the trap as it takes a panic). The compiler calls these settings unstable.
pub fn small(run: Run, profile: Profile) -> Run {
    match profile {
        Profile::Dev => run,
        Profile::Release => run
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                "-C target-feature=-reference-types -Z unstable-options -C panic=immediate-abort \
                 -Z location-detail=none -Z fmt-debug=none",
            ),
    }
}

/// Makes a module smaller (`-Oz`) or faster (`-O3`), in its place.
pub fn optimise(workspace: &Workspace, module: &PathBuf, level: &str) -> Result<()> {
    tool(workspace, "wasm-opt")?
        .arg(level)
        .args(WASM_OPT_FEATURES)
        .arg(module)
        .arg("--output")
        .arg(module)
        .output()?;
    Ok(())
}

/// Fails when a module holds anything that Chrome 86 lacks: reference types above all, which
/// wasm-opt's own validation lets through.
pub fn check_features(name: &str, module: &[u8]) -> Result<()> {
    let chrome_86 = WasmFeatures::WASM1
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::MULTI_VALUE;
    Validator::new_with_features(chrome_86)
        .validate_all(module)
        .with_context(|| {
            format!("`{name}` would not run in Chrome 86 (see WASM features in ARCHITECTURE.md)")
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::check_features;

    fn check(section: &[u8], expect: Expect) {
        let module = [b"\0asm\x01\0\0\0", section].concat();
        let said = match check_features("example.wasm", &module) {
            Ok(()) => String::from("runs in Chrome 86"),
            Err(error) => format!("{error:#}"),
        };
        expect.assert_eq(&said);
    }

    #[test]
    fn an_empty_module_runs_in_chrome_86() {
        check(b"", expect!["runs in Chrome 86"]);
    }

    #[test]
    fn a_table_of_functions_runs_in_chrome_86() {
        check(b"\x04\x04\x01\x70\x00\x00", expect!["runs in Chrome 86"]);
    }

    #[test]
    fn an_externref_table_does_not_run_in_chrome_86() {
        check(
            b"\x04\x04\x01\x6f\x00\x00",
            expect![
                "`example.wasm` would not run in Chrome 86 (see WASM features in ARCHITECTURE.md): reference types support is not enabled (at offset 0xb)"
            ],
        );
    }

    #[test]
    fn a_second_table_does_not_run_in_chrome_86() {
        check(
            b"\x04\x07\x02\x70\x00\x00\x70\x00\x00",
            expect![
                "`example.wasm` would not run in Chrome 86 (see WASM features in ARCHITECTURE.md): multiple tables (at offset 0xa)"
            ],
        );
    }

    #[test]
    fn a_simd_type_does_not_run_in_chrome_86() {
        check(
            b"\x01\x05\x01\x60\x01\x7b\x00",
            expect![
                "`example.wasm` would not run in Chrome 86 (see WASM features in ARCHITECTURE.md): SIMD support is not enabled (at offset 0xb)"
            ],
        );
    }
}
