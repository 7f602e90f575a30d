//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::Run;

/// The folders of this clone and of the tools that all clones of a user share.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub root: PathBuf,
    /// Cargo's target directory, wherever the user has put it.
    pub target: PathBuf,
    /// `$XDG_CACHE_HOME/zige/tools`, or below `~/.cache`.
    pub tools: PathBuf,
}

impl Workspace {
    /// The workspace that this program was compiled in.
    pub fn find() -> Result<Workspace> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("xtask does not stand two folders below the root")?
            .to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(target) => root.join(target),
            None => root.join("target"),
        };
        let cache = match std::env::var_os("XDG_CACHE_HOME") {
            Some(cache) => PathBuf::from(cache),
            None => std::env::home_dir()
                .context("this user has no home folder for the tools")?
                .join(".cache"),
        };
        Ok(Workspace {
            root,
            target,
            tools: cache.join("zige").join("tools"),
        })
    }

    /// Intermediate results of xtask.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("zige")
    }

    /// The finished app.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A command that runs in the root.
    pub fn run(&self, program: &str) -> Run {
        Run::new(program, &self.root)
    }

    /// Cargo, in the root.
    pub fn cargo(&self, subcommand: &str) -> Run {
        // The cargo that runs xtask, not the one that rustup would choose for another folder.
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| String::from("cargo"));
        Run::new(&cargo, &self.root).arg(subcommand)
    }
}
