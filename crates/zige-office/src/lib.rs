//! Office packages: .docx and .xlsx files that come from anywhere, and those that we write.
//!
//! [`Package::open`] takes bytes that nobody vouches for: every size is bounded before anything is
//! unpacked, and a file that is not what it should be is refused with a sentence that says what it
//! is. [`Package::with`] writes the file back with some parts changed; every other entry of the
//! archive stays as it was, byte for byte. [`xml`] reads a part as a tree under the same limits, with the
//! place of each node in the text, so that [`Edits`] can change a part without touching the rest of it.
//!
//! Formats: PKWARE's APPNOTE 6.3 (archives), ECMA-376 part 2 (packages).

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test may stop where it stands"
    )
)]

mod archive;
mod checksum;
mod edits;
mod error;
mod foreign;
mod package;
pub mod text;
pub mod xml;
pub mod zip;

pub use checksum::checksum;
pub use edits::Edits;
pub use error::{Foreign, OfficeError, XmlProblem};
pub use package::{Kind, Package, Relation};

/// The largest file that is taken, in bytes. Forms have some 50 KB; one with pictures some MB.
pub const MOST_BYTES: usize = 20_000_000;
/// The most entries of an archive.
pub const MOST_ENTRIES: usize = 2_000;
/// The most bytes of one part once it is unpacked.
pub const MOST_PART: usize = 8_000_000;
/// The most bytes of all parts once they are unpacked.
pub const MOST_UNPACKED: u64 = 100_000_000;
/// How many times its packed size a part of more than [`PLAIN_PART`] bytes may have.
pub const MOST_RATIO: u64 = 250;
/// Parts up to this size may be packed as tightly as they like.
pub const PLAIN_PART: u64 = 1_000_000;
/// How deep elements may stand in each other.
pub const MOST_DEPTH: usize = 200;
/// The most nodes of a part.
pub const MOST_NODES: u32 = 500_000;
/// The most attributes of an element.
pub const MOST_ATTRIBUTES: usize = 128;
/// The most declarations of namespaces in a part.
pub const MOST_NAMESPACES: usize = 4_096;
