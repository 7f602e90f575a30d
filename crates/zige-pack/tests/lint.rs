//! Each kind of mistake with the message that an author sees.
//!
//! `tests/lint/<kind>.md` is a policy with the mistake, `tests/lint/<kind>.txt` what lint says.
//! `UPDATE_EXPECT=1 cargo test -p zige-pack --features compile` writes the messages anew.
#![cfg(feature = "compile")]

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use zige_pack::diagnostics::{Diagnostics, Kind};
use zige_pack::{SourceLock, compare_str, compile_str, lint_dir};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lint");

fn read(name: &str) -> String {
    let path = Path::new(FOLDER).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What lint says of the worked example of a kind.
fn diagnose(kind: Kind) -> Diagnostics {
    let code = kind.code();
    let document = || read(&format!("{code}.md"));
    match kind {
        Kind::File => lint_dir(Path::new("no/such/folder")).1,
        Kind::Quote | Kind::OfficialArticle => {
            let official = read(&format!("{code}.official.txt"));
            compare_str(&format!("{code}.md"), &document(), &official).unwrap_err()
        }
        Kind::Lock => {
            let folder = TemporaryFolder::new("lock");
            for name in ["vocabulary.md", "lock.md", "lock.lock"] {
                std::fs::write(folder.0.join(name), read(name)).unwrap();
            }
            lint_dir(&folder.0).1
        }
        Kind::Diagram => refused(&read("diagram.vocabulary.md"), code, &document()),
        _ => refused(&read("vocabulary.md"), code, &document()),
    }
}

fn refused(vocabulary: &str, code: &str, document: &str) -> Diagnostics {
    match compile_str(vocabulary, &[(code, document)]) {
        Ok(_) => panic!("{code}.md has no mistake"),
        Err(diagnostics) => diagnostics,
    }
}

struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    fn new(name: &str) -> TemporaryFolder {
        let path = std::env::temp_dir().join(format!("zige-pack-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        TemporaryFolder(path)
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_kind_of_mistake_has_a_message_that_says_where_and_how_to_mend_it() {
    for kind in Kind::ALL.iter().copied() {
        let diagnostics = diagnose(kind);
        let mut said = String::new();
        for line in diagnostics.to_string().trim_end().lines() {
            // The folder of a test is nobody's business.
            let line = match line.split_once("--> ") {
                Some((before, path)) => {
                    let name = path.rsplit('/').next().unwrap_or(path);
                    format!("{before}--> {name}")
                }
                None => line.to_owned(),
            };
            said.push_str(line.trim_end());
            said.push('\n');
        }
        assert!(
            diagnostics.list().iter().any(|own| own.kind == kind),
            "{} does not show its mistake:\n{said}",
            kind.code()
        );
        assert!(
            diagnostics.list().iter().all(|own| !own.mend.is_empty()),
            "{} does not say how to mend it:\n{said}",
            kind.code()
        );
        expect_file![format!("{FOLDER}/{}.txt", kind.code())].assert_eq(&said);
    }
}

#[test]
fn a_lock_survives_a_round_trip_and_changes_with_the_quote() {
    let official = "第一条 年龄在45周岁以下。\n第二条 由某厅解释。\n";
    let lock = compare_str("no-block.md", &read("no-block.md"), official).unwrap();
    assert_eq!(SourceLock::parse(&lock.text()), Some(lock.clone()));
    let shorter = read("no-block.md").replace("> 年龄在", "> 年龄……");
    let other = compare_str("no-block.md", &shorter, official).unwrap();
    assert_ne!(lock.quotes, other.quotes);
    assert_eq!(SourceLock::parse("sha256 = 1"), None);
}
