//! Runs the command as a script would.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `zige` in an empty folder.
pub fn zige(arguments: &[&str]) -> Ran {
    zige_reading(arguments, "")
}

/// Runs `zige` with something on its standard input.
pub fn zige_reading(arguments: &[&str], stdin: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zige"))
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may stop reading long before the end.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The folder with the small policy of zige-json's tests.
pub fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../zige-json/tests/policies")
}

/// The small policy, compiled.
pub static SAMPLE: LazyLock<String> = LazyLock::new(|| {
    let file =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-{}.zige", std::process::id()));
    let file = file.display().to_string();
    let ran = zige(&["compile", &policies().display().to_string(), "-o", &file]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    file
});
