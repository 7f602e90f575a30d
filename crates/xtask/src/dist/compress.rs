//! `.br` and `.gz` beside each file, for hosts that send them as they are.

use std::{fs, io::Write, path::Path};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;

/// Compresses each file of a folder, but pictures that are compressed already.
pub fn compress(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(|file| file.file_name());
    for file in files {
        let path = file.path();
        if path.extension().is_some_and(|extension| extension == "png") {
            continue;
        }
        let bytes = fs::read(&path)?;
        let name = file.file_name().to_string_lossy().into_owned();
        fs::write(
            folder.join(format!("{name}.br")),
            brotli(workspace, &bytes)?,
        )?;
        fs::write(folder.join(format!("{name}.gz")), gzip(&bytes)?)?;
    }
    Ok(())
}

/// Brotli at its best, remembered, because that takes seconds.
pub fn brotli(workspace: &Workspace, bytes: &[u8]) -> Result<Vec<u8>> {
    let memory = workspace.scratch().join("brotli");
    fs::create_dir_all(&memory)?;
    let name: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let remembered = memory.join(name);
    if let Ok(compressed) = fs::read(&remembered) {
        return Ok(compressed);
    }
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    fs::write(&remembered, &compressed)?;
    Ok(compressed)
}

pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
