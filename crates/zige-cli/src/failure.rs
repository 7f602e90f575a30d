//! Why a command could not do what it was asked.

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

    /// Input that some library refused.
    pub fn input(error: impl std::fmt::Display) -> Failure {
        Failure::Input(error.to_string())
    }
}
