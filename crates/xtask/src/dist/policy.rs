//! The content security policy of the pages.

/// Where a page's own code and data come from.
#[derive(Debug)]
pub enum Origin {
    /// Files beside the page.
    Files,
    /// The page itself; the source expressions allow its scripts and styles one by one.
    Inline { scripts: String, styles: String },
}

/// What the page allows, in two policies that both hold.
#[derive(Debug)]
pub struct Policy {
    /// In the page from its first byte.
    pub first: String,
    /// Added by `boot.js`, with `{wasm}` replaced by the word that this kernel knows.
    pub whole: String,
}

pub fn policy(origin: &Origin) -> Policy {
    let (scripts, styles, connect, worker) = match origin {
        Origin::Files => ("'self'", "'self'", "'self'", "'self' blob:"),
        Origin::Inline { scripts, styles } => {
            (scripts.as_str(), styles.as_str(), "'none'", "blob:")
        }
    };
    // A page on a stick has no origin of its own for `'self'` to mean.
    let files = match origin {
        Origin::Files => "'self'",
        Origin::Inline { .. } => "'none'",
    };
    let common = format!(
        "style-src {styles}; img-src 'self' data: blob:; font-src 'none'; media-src 'none'; \
         connect-src {connect}; manifest-src {files}; worker-src {worker}; frame-src 'none'; object-src 'none'; \
         base-uri 'none'; form-action 'none'"
    );
    Policy {
        // Without `script-src` this leaves open only how a module may be compiled, which no
        // policy can say in words that all kernels know.
        first: format!("script-src-elem {scripts}; script-src-attr 'none'; {common}"),
        whole: format!("default-src 'none'; script-src {scripts} {{wasm}}; {common}"),
    }
}
