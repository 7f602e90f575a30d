//! House rules that no compiler checks.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{dist, workspace::Workspace};

/// Checks all rules and reports every breach, not only the first.
pub fn tidy(workspace: &Workspace) -> Result<()> {
    let files = files(workspace)?;
    let packages = packages(workspace)?;
    let mut breaches = Vec::new();
    for (name, text) in &files {
        breaches.extend(words(name, text));
        if name.ends_with(".md") {
            breaches.extend(links(workspace, name, text));
            breaches.extend(described(workspace, name, text)?);
        }
        if name.ends_with("Cargo.toml")
            && text.contains("[package]")
            && !text.contains("[lints]\nworkspace = true")
        {
            breaches.push(format!(
                "{name}: the workspace's lints are not taken over; add `[lints] workspace = true`"
            ));
        }
    }
    breaches.extend(dependencies(&packages));
    breaches.extend(panic_free(&files));
    breaches.extend(architecture(&files, &packages));
    match breaches.is_empty() {
        true => {
            println!(
                "tidy: {} files and {} packages keep the house rules",
                files.len(),
                packages.len()
            );
            Ok(())
        }
        false => bail!(
            "{} house rules are broken:\n{}",
            breaches.len(),
            breaches.join("\n")
        ),
    }
}

/// Text files that belong to the project, by name.
fn files(workspace: &Workspace) -> Result<BTreeMap<String, String>> {
    let listed = workspace
        .run("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .output()?;
    let mut files = BTreeMap::new();
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        // Pictures and other bytes have no words; a file that was just deleted has none either.
        if let Ok(text) = fs::read_to_string(workspace.root.join(name)) {
            files.insert(String::from(name), text);
        }
    }
    Ok(files)
}

/// Words that must not stand in the project, and what to do instead.
fn words(name: &str, text: &str) -> Vec<String> {
    // Split, so that this file may name them.
    let forbidden = [
        (["TO", "DO"], "do it now, or open an issue"),
        (["FIX", "ME"], "do it now, or open an issue"),
        (
            ["/ro", "ot/"],
            "a path of one machine; take it from the workspace or the environment",
        ),
        (
            ["/wo", "rk/"],
            "a path of one machine; take it from the workspace or the environment",
        ),
        (
            ["/ho", "me/"],
            "a path of one machine; take it from the workspace or the environment",
        ),
        (
            ["#[ig", "nore"],
            "a test that does not run proves nothing; delete it or mend it",
        ),
        (
            ["\"reso", "lved\": \"http"],
            "a registry's address; write the lock file with --omit-lockfile-registry-resolved",
        ),
    ];
    let mut breaches = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (word, mend) in forbidden {
            if line.contains(&word.concat()) {
                breaches.push(format!(
                    "{name}:{}: `{}`: {mend}",
                    number + 1,
                    word.concat()
                ));
            }
        }
    }
    breaches
}

/// Relative links in Markdown lead somewhere.
fn links(workspace: &Workspace, name: &str, text: &str) -> Vec<String> {
    let folder = workspace
        .root
        .join(name)
        .parent()
        .unwrap_or(Path::new(""))
        .to_path_buf();
    let mut breaches = Vec::new();
    for target in text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        let target = target.split('#').next().unwrap_or_default();
        let relative = !target.is_empty() && !target.contains("://") && !target.contains(' ');
        if relative && !folder.join(target).exists() {
            breaches.push(format!("{name}: the link to `{target}` leads nowhere"));
        }
    }
    breaches
}

/// A document that describes a file says so with the file's hash, in a line
/// `<!-- describes PATH HASH -->`; when the file changes, its document must be read again.
fn described(workspace: &Workspace, name: &str, text: &str) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    let notes = text
        .lines()
        .filter_map(|line| line.strip_prefix("<!-- describes ")?.strip_suffix(" -->"));
    for note in notes {
        let (path, hash) = note
            .split_once(' ')
            .with_context(|| format!("{name}: `describes {note}` wants a path and a hash"))?;
        let source = fs::read(workspace.root.join(path))
            .with_context(|| format!("{name} describes `{path}`"))?;
        let now = dist::short_hash(&source);
        if now != hash {
            breaches.push(format!(
                "{name}: `{path}` has changed; see whether the text still holds, then write `{now}`"
            ));
        }
    }
    Ok(breaches)
}

/// A package of the workspace.
#[derive(Debug)]
struct Package {
    name: String,
    /// What it needs to run (not to be tested), with the features that switch it on left out.
    needs: Vec<String>,
}

fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    let metadata = workspace
        .cargo("metadata")
        .args(["--format-version", "1", "--no-deps"])
        .output()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    Ok(list(&metadata["packages"])
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            needs: list(&package["dependencies"])
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| text(&dependency["name"]))
                .collect(),
        })
        .collect())
}

/// Which packages of ours a package may need: the one direction of DESIGN's picture.
const MAY_NEED: [(&str, &[&str]); 14] = [
    ("zige-core", &[]),
    ("zige-china", &["zige-core"]),
    ("zige-json", &["zige-core", "zige-china"]),
    ("zige-pack", &["zige-core", "zige-china"]),
    ("zige-office", &[]),
    ("zige-forms", &["zige-core", "zige-china", "zige-office"]),
    ("zige-blank", &["zige-core", "zige-office", "zige-forms"]),
    ("zige-blank-wasm", &["zige-core", "zige-pack", "zige-blank"]),
    (
        "zige-forms-wasm",
        &[
            "zige-core",
            "zige-china",
            "zige-json",
            "zige-office",
            "zige-pack",
            "zige-forms",
        ],
    ),
    (
        "zige-ui",
        &[
            "zige-blank",
            "zige-core",
            "zige-china",
            "zige-pack",
            "zige-forms",
        ],
    ),
    (
        "zige-wasm",
        &[
            "zige-core",
            "zige-china",
            "zige-json",
            "zige-pack",
            "zige-forms",
            "zige-ui",
        ],
    ),
    (
        "zige-cli",
        &[
            "zige-blank",
            "zige-core",
            "zige-china",
            "zige-json",
            "zige-pack",
            "zige-forms",
            "zige-office",
        ],
    ),
    (
        "zige-web",
        &[
            "zige-core",
            "zige-china",
            "zige-pack",
            "zige-forms",
            "zige-ui",
        ],
    ),
    ("xtask", &[]),
];

/// Who may know JSON. What runs on a phone pays 20 KB for it.
const MAY_KNOW_JSON: [&str; 4] = ["zige-json", "zige-cli", "zige-tests", "xtask"];

fn dependencies(packages: &[Package]) -> Vec<String> {
    let mut breaches = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        let allowed = MAY_NEED
            .iter()
            .find(|(of, _)| *of == name)
            .map(|(_, allowed)| *allowed);
        let ours = package
            .needs
            .iter()
            .filter(|need| packages.iter().any(|other| other.name == **need));
        match allowed {
            Some(allowed) => {
                for need in ours.filter(|need| !allowed.contains(&need.as_str())) {
                    breaches.push(format!("{name} needs {need}, against the one direction of dependencies (tidy.rs, MAY_NEED)"));
                }
            }
            // The tests may look at everything.
            None if name == "zige-tests" => {}
            None => breaches.push(format!(
                "{name} is new: say in tidy.rs, MAY_NEED, what it may need"
            )),
        }
        let json = package.needs.iter().any(|need| need == "serde_json");
        if json && !MAY_KNOW_JSON.contains(&name) {
            breaches.push(format!(
                "{name} needs serde_json; zige-json is the one that knows JSON"
            ));
        }
        let clock = package
            .needs
            .iter()
            .any(|need| need == "time" || need == "jiff");
        if clock {
            breaches.push(format!(
                "{name} needs a second date library; zige_core::date is the one"
            ));
        }
    }
    breaches
}

/// Libraries that run on a user's device deny what can panic.
const PANIC_FREE: [&str; 7] = [
    "zige-core",
    "zige-china",
    "zige-json",
    "zige-forms",
    "zige-office",
    "zige-blank",
    "zige-pack",
];

fn panic_free(files: &BTreeMap<String, String>) -> Vec<String> {
    let denied = [
        "unwrap_used",
        "expect_used",
        "clippy::panic",
        "unreachable",
        "indexing_slicing",
    ];
    let mut breaches = Vec::new();
    for package in PANIC_FREE {
        let name = format!("crates/{package}/src/lib.rs");
        match files.get(&name) {
            Some(text) => {
                let missing = denied.iter().filter(|lint| !text.contains(*lint));
                breaches.extend(missing.map(|lint| format!("{name}: `{lint}` is not denied")));
            }
            None => breaches.push(format!("{name} is missing")),
        }
    }
    breaches
}

/// Each package has its paragraph in ARCHITECTURE.md.
fn architecture(files: &BTreeMap<String, String>, packages: &[Package]) -> Vec<String> {
    let text = files
        .get("ARCHITECTURE.md")
        .map(String::as_str)
        .unwrap_or_default();
    packages
        .iter()
        .filter(|package| !text.contains(&format!("### `{}`", package.name)))
        .map(|package| format!("ARCHITECTURE.md has no heading for `{}`", package.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Package, dependencies, words};

    fn check_words(text: &str, expect: Expect) {
        // The words themselves may not stand in this file.
        let places: Vec<String> = words("example.rs", text)
            .iter()
            .filter_map(|breach| breach.split(": ").next())
            .map(String::from)
            .collect();
        expect.assert_eq(&places.join("\n"));
    }

    #[test]
    fn a_note_for_later_is_a_breach() {
        check_words(
            &format!("fine\n// {}DO later", "TO"),
            expect!["example.rs:2"],
        );
    }

    #[test]
    fn a_path_of_one_machine_is_a_breach() {
        check_words(
            &format!("open(\"/{}/me/x\")", "home"),
            expect!["example.rs:1"],
        );
    }

    fn check_dependencies(name: &str, needs: &[&str], expect: Expect) {
        let package = |name: &str, needs: &[&str]| Package {
            name: name.to_string(),
            needs: needs.iter().map(ToString::to_string).collect(),
        };
        let packages = [package(name, needs), package("zige-pack", &[])];
        expect.assert_eq(&dependencies(&packages).join("\n"));
    }

    #[test]
    fn the_core_needs_nothing_of_ours() {
        check_dependencies(
            "zige-core",
            &["zige-pack"],
            expect![
                "zige-core needs zige-pack, against the one direction of dependencies (tidy.rs, MAY_NEED)"
            ],
        );
    }

    #[test]
    fn the_core_knows_no_json() {
        check_dependencies(
            "zige-core",
            &["serde_json"],
            expect!["zige-core needs serde_json; zige-json is the one that knows JSON"],
        );
    }

    #[test]
    fn a_new_crate_says_what_it_may_need() {
        check_dependencies(
            "zige-new",
            &[],
            expect!["zige-new is new: say in tidy.rs, MAY_NEED, what it may need"],
        );
    }
}
