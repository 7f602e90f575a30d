//! Why a command could not do what it was asked.

use std::io::{self, ErrorKind};
use std::path::Path;

use thiserror::Error;

/// A failure, with its message.
#[derive(Debug, Error)]
pub enum Failure {
    /// The command line itself is wrong.
    #[error("{0}\nrun `zige --help` to see how it is used")]
    Usage(String),
    /// What was given cannot be taken.
    #[error("{0}")]
    Input(String),
}

impl Failure {
    /// The exit code: 2 for usage, 1 for input.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            Failure::Input(_) => 1,
        }
    }

    /// A file or folder that cannot be opened or written.
    pub fn file(path: &Path, error: &io::Error) -> Failure {
        let path = path.display();
        let (told, zh) = match error.kind() {
            ErrorKind::NotFound => (
                "there is no file or folder of this name, check how it is written",
                "没有这个文件或者文件夹，请核对名字",
            ),
            ErrorKind::PermissionDenied => (
                "it may not be opened, close it in other programs and check its permissions",
                "没有权限打开，请先在别的程序里关掉它，再核对权限",
            ),
            ErrorKind::IsADirectory => ("this is a folder, name a file", "这是文件夹，请写文件名"),
            _ => return Failure::Input(format!("`{path}`: {error}")),
        };
        Failure::Input(format!("`{path}`: {told}\n{zh}"))
    }

    /// A file that a reader refused: why, and the same for people who fill in forms.
    pub fn refused(path: &Path, error: impl std::fmt::Display, zh: &str) -> Failure {
        Failure::Input(format!("`{}`: {error}\n{zh}", path.display()))
    }

    /// Input that some library refused.
    pub fn input(error: impl std::fmt::Display) -> Failure {
        Failure::Input(error.to_string())
    }
}
