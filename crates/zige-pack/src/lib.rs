//! Packs: the byte format that apps load and, with feature `compile`, the compiler from literate
//! Markdown with its diagnostics.
//!
//! The language is described in `policies/LANGUAGE.md`.

// The format runs on a user's device; the compiler does not.
#![cfg_attr(
    not(feature = "compile"),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

#[cfg(feature = "compile")]
mod article;
#[cfg(feature = "compile")]
mod assemble;
#[cfg(feature = "compile")]
mod blocks;
#[cfg(feature = "compile")]
mod compile;
mod decode;
#[cfg(feature = "compile")]
pub mod diagnostics;
#[cfg(feature = "compile")]
mod expression;
#[cfg(feature = "compile")]
mod fold;
#[cfg(feature = "compile")]
mod folder;
pub mod format;
#[cfg(feature = "compile")]
mod kind;
#[cfg(feature = "compile")]
mod known;
#[cfg(all(test, feature = "compile"))]
mod language_tests;
#[cfg(feature = "compile")]
mod layout;
#[cfg(feature = "compile")]
mod lint;
#[cfg(feature = "compile")]
mod lock;
#[cfg(feature = "compile")]
mod lower;
#[cfg(feature = "compile")]
mod official;
#[cfg(feature = "compile")]
mod official_text;
pub mod outline;
#[cfg(feature = "compile")]
mod scope;
#[cfg(feature = "compile")]
mod skeleton;
#[cfg(feature = "compile")]
mod slice;
#[cfg(all(test, feature = "compile"))]
mod snippet_tests;
#[cfg(feature = "compile")]
mod source;
#[cfg(feature = "compile")]
mod suggest;
#[cfg(feature = "compile")]
mod table;
#[cfg(feature = "compile")]
mod types;
mod validate;
#[cfg(feature = "compile")]
mod vocabulary;

#[cfg(feature = "compile")]
pub use folder::{
    Compiled, VOCABULARY, compare_str, compare_with_source, compile_dir, compile_str, lint_dir,
};
#[cfg(feature = "compile")]
pub use lock::SourceLock;
#[cfg(feature = "compile")]
pub use skeleton::{Skeleton, skeleton};
