//! A file of the app, named after its content.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

/// A file whose name holds a hash of its content, so that it may be cached for ever.
#[derive(Debug, Clone)]
pub struct Asset {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Asset {
    pub fn new(stem: &str, extension: &str, bytes: Vec<u8>) -> Asset {
        let hash = short_hash(&bytes);
        Asset {
            name: format!("{stem}-{hash}.{extension}"),
            bytes,
        }
    }

    /// For `integrity` attributes and options.
    pub fn integrity(&self) -> String {
        format!("sha384-{}", STANDARD.encode(Sha384::digest(&self.bytes)))
    }

    /// How `boot.js` and the service worker are told of it.
    pub fn address(&self) -> Value {
        json!({ "href": self.name, "integrity": self.integrity() })
    }
}

/// Bytes as text.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The source expression that lets a policy allow exactly this inline script or style.
pub fn policy_hash(text: &str) -> String {
    format!(
        "'sha256-{}'",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

/// The first 16 hexadecimal digits of SHA-256.
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
