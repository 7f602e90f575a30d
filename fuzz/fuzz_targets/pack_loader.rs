//! Whatever bytes come in: packs or a message; and a pack that was taken can be judged.
//!
//! Bytes that begin like a container are read as they are. Others are edits to a sound container,
//! four bytes each (position from the start of the body, little-endian in three, then the new
//! byte), because chance would never find a pack. Hashes are put right, or nothing would get past
//! them.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::CheckId;
use zige_pack::{format, outline};

static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let source = include_str!("../corpus/pack_parser/small");
    let (vocabulary, policy) = source.split_once("\n%%%%\n").unwrap();
    let compiled = zige_pack::compile_str(vocabulary, &[("policy", policy)]);
    let packs = compiled.map_or_else(|mistakes| panic!("{mistakes}"), |all| all.packs);
    format::write(&[(&packs[0], Some("第一条 原文"))]).unwrap()
});

/// Magic, version, number of packs.
const HEADER: usize = 12;
/// Two hashes and two lengths before a body.
const ENTRY: usize = 72;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"ZIGELINE") {
        drop(outline::read(bytes));
        return;
    }
    let bytes = if bytes.starts_with(b"ZIGEPACK") {
        drop(format::read(bytes));
        bytes.to_vec()
    } else {
        edited(bytes)
    };
    let Ok(packs) = format::read(&sealed(bytes)) else {
        return;
    };
    let written: Vec<_> = packs
        .iter()
        .map(|packed| (&packed.pack, packed.official_text.as_deref()))
        .collect();
    let again = format::write(&written).and_then(|bytes| format::read(&bytes));
    let same = again.is_ok_and(|again| {
        again.len() == packs.len()
            && again
                .iter()
                .zip(&packs)
                .all(|(left, right)| left.pack == right.pack)
    });
    assert!(same);

    let on = Date::new(2026, 11, 21).unwrap();
    for packed in &packs {
        let answers = Answers::new(&packed.pack);
        for check in 0..packed.pack.checks.len() {
            let check = CheckId(u16::try_from(check).unwrap());
            if let Ok(evaluator) = Evaluator::new(&packed.pack, check, on) {
                drop(evaluator.report(&packed.pack, &answers));
            }
        }
    }
});

fn edited(edits: &[u8]) -> Vec<u8> {
    let mut bytes = SOUND.clone();
    for edit in edits.as_chunks::<4>().0 {
        let [low, middle, high, value] = *edit;
        let position = HEADER + ENTRY + u32::from_le_bytes([low, middle, high, 0]) as usize;
        if let Some(byte) = bytes.get_mut(position) {
            *byte = value;
        }
    }
    bytes
}

/// The container with the hashes of its bodies and texts put right, as far as it can be walked.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut at = HEADER;
    while let Some(entry) = bytes.get(at..at + ENTRY) {
        let length = |from: usize| {
            let digits = entry.get(from..from + 4).unwrap().try_into().unwrap();
            u32::from_le_bytes(digits) as usize
        };
        let (body_length, text_length) = (length(64), length(68));
        let body = at + ENTRY;
        let text = body + body_length;
        let end = text + text_length;
        let (Some(body), Some(official)) = (bytes.get(body..text), bytes.get(text..end)) else {
            break;
        };
        let body_hash = Sha256::digest(body);
        let text_hash = match official {
            [] => [0; 32],
            official => Sha256::digest(official).into(),
        };
        bytes[at..at + 32].copy_from_slice(&body_hash);
        bytes[at + 32..at + 64].copy_from_slice(&text_hash);
        at = end;
    }
    bytes
}
