//! Running other programs.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// A program with its arguments; an error names both.
#[derive(Debug)]
pub struct Run {
    command: Command,
}

impl Run {
    pub fn new(program: &str, folder: &Path) -> Run {
        let mut command = Command::new(program);
        command.current_dir(folder);
        Run { command }
    }

    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Run {
        self.command.arg(argument);
        self
    }

    pub fn args<I: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = I>) -> Run {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.command.env(name, value);
        self
    }

    pub fn without_env(mut self, name: &str) -> Run {
        self.command.env_remove(name);
        self
    }

    pub fn folder(mut self, folder: &Path) -> Run {
        self.command.current_dir(folder);
        self
    }

    /// Runs it; its output goes to ours.
    pub fn go(mut self) -> Result<()> {
        let status = self
            .command
            .status()
            .with_context(|| format!("cannot start `{}`", self.line()))?;
        match status.success() {
            true => Ok(()),
            false => bail!("`{}` failed ({status})", self.line()),
        }
    }

    /// Runs it quietly and returns its standard output; an error carries all it said.
    pub fn output(mut self) -> Result<String> {
        let output = self
            .command
            .output()
            .with_context(|| format!("cannot start `{}`", self.line()))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.success() {
            true => Ok(text),
            false => {
                let said = String::from_utf8_lossy(&output.stderr);
                bail!(
                    "`{}` failed ({}):\n{text}{said}",
                    self.line(),
                    output.status
                )
            }
        }
    }

    /// Runs it, passes its standard output on and keeps it. The first result says whether it
    /// succeeded.
    pub fn tee(mut self) -> Result<(bool, String)> {
        self.command.stdout(Stdio::piped());
        let mut child = self
            .command
            .spawn()
            .with_context(|| format!("cannot start `{}`", self.line()))?;
        let stdout = child.stdout.take().context("a piped output is missing")?;
        let mut kept = String::new();
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            std::io::stdout().write_all(&line)?;
            kept.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
        Ok((child.wait()?.success(), kept))
    }

    /// Whether it can be started and succeeds; says nothing.
    pub fn succeeds(mut self) -> bool {
        let status = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        matches!(status, Ok(status) if status.success())
    }

    fn line(&self) -> String {
        let mut line = self.command.get_program().to_string_lossy().into_owned();
        for argument in self.command.get_args() {
            line.push(' ');
            line.push_str(&argument.to_string_lossy());
        }
        line
    }
}
