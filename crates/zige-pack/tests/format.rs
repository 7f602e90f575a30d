//! The byte format: what is written is read again, and anything else gets a clear error.
#![cfg(feature = "compile")]

use expect_test::{Expect, expect};
use proptest::prelude::*;
use zige_core::pack::Pack;
use zige_pack::format::{encode, read, read_one, split, write};
use zige_pack::outline;

const VOCABULARY: &str = include_str!("lint/vocabulary.md");

/// Two small packs.
fn packs() -> Vec<Pack> {
    let first = include_str!("lint/no-block.md").replace(
        "由某厅负责解释。\n",
        "由某厅负责解释。\n\n```note interpretation\nreason = \"只说由谁解释。\"\n```\n",
    );
    let second = first.replace("no-block", "another");
    zige_pack::compile_str(VOCABULARY, &[("no-block", &first), ("another", &second)])
        .unwrap()
        .packs
}

fn container() -> Vec<u8> {
    let packs = packs();
    let [first, second] = packs.as_slice() else {
        panic!("two packs are expected");
    };
    write(&[(first, Some("第一条 年龄在45周岁以下。")), (second, None)]).unwrap()
}

fn check_error(bytes: &[u8], expected: Expect) {
    expected.assert_eq(&read(bytes).unwrap_err().to_string());
}

#[test]
fn packs_survive_a_round_trip_with_hash_and_official_text() {
    let packs = packs();
    let read = read(&container()).unwrap();
    assert_eq!(read.len(), 2);
    for (packed, pack) in read.iter().zip(&packs) {
        assert_eq!(packed.pack, *pack);
        assert_eq!(packed.hash, encode(pack).unwrap().1);
    }
    assert_eq!(
        read[0].official_text.as_deref(),
        Some("第一条 年龄在45周岁以下。")
    );
    assert_eq!(read[1].official_text, None);
}

#[test]
fn one_pack_is_read_without_the_others() {
    let bytes = container();
    for packed in read(&bytes).unwrap() {
        assert_eq!(read_one(&bytes, &packed.pack.id), Ok(Some(packed)));
    }
    assert_eq!(read_one(&bytes, "elsewhere"), Ok(None));
    assert!(read_one(b"no packs", "another").is_err());
    let mut damaged = bytes.clone();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    assert!(read_one(&damaged, "another").is_err());
    assert!(read_one(&damaged, "no-block").unwrap().is_some());
}

#[test]
fn a_pack_that_is_split_off_is_the_same_pack() {
    let whole = read(&container()).unwrap();
    let parts = split(&container()).unwrap();
    assert_eq!(parts.len(), 2);
    for ((id, bytes), packed) in parts.iter().zip(whole) {
        assert_eq!(*id, packed.pack.id);
        assert_eq!(read(bytes).unwrap(), [packed]);
    }
}

#[test]
fn other_files_get_a_clear_error() {
    let good = container();
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    check_error(
        b"PK\x03\x04",
        expect![
            "this is not a file of packs: it does not begin with `ZIGEPACK`, give one that `zige compile` wrote"
        ],
    );
    check_error(
        b"",
        expect![
            "this is not a file of packs: it does not begin with `ZIGEPACK`, give one that `zige compile` wrote"
        ],
    );
    check_error(
        &with(8, 9),
        expect![
            "this file of packs has format version `9`, this program reads version `2`, compile the policies again or use the matching program"
        ],
    );
    check_error(
        &good[..good.len() - 1],
        expect!["the file of packs ends inside pack number 2, fetch it again in full"],
    );
    check_error(
        &[good.clone(), vec![0]].concat(),
        expect!["the file of packs goes on for 1 bytes after its last pack, fetch it again"],
    );
    check_error(
        &with(good.len() - 1, 0xFF),
        expect!["the bytes of pack number 2 do not match their SHA-256, fetch the file again"],
    );
}

fn check_refused(packs: &[(&Pack, Option<&str>)], expected: Expect) {
    expected.assert_eq(&write(packs).unwrap_err().to_string());
}

#[test]
fn a_pack_that_contradicts_itself_or_the_others_is_not_written() {
    let mut pack = packs().remove(0);
    check_refused(
        &[(&pack, None), (&pack, None)],
        expect!["pack `no-block` is in the file twice, remove one of them"],
    );
    pack.conditions[0].rule = zige_core::ids::NodeId(9999);
    check_refused(
        &[(&pack, None)],
        expect![
            "pack `no-block` is not sound: it refers to node 9999 and has 4, compile the policies again"
        ],
    );
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
        let with_header = [b"ZIGEPACK\x02\x00".to_vec(), bytes].concat();
        let _ = read(&with_header);
    }

    #[test]
    fn one_changed_byte_never_goes_unseen(at in any::<prop::sample::Index>(), change in 1_u8..) {
        let mut bytes = container();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        prop_assert!(read(&bytes).is_err());
    }
}

/// A container whose only pack has a check that requires parts within parts.
fn nested(depth: usize) -> Vec<u8> {
    use zige_core::pack::Requirement;
    let mut pack = packs().remove(0);
    let id = zige_core::ids::ConditionId(0);
    for _ in 0..depth {
        let inner = std::mem::replace(&mut pack.checks[0].require, Requirement::Condition(id));
        pack.checks[0].require = Requirement::All(vec![inner]);
    }
    write(&[(&pack, None)]).unwrap()
}

#[test]
fn a_requirement_that_is_nested_without_end_does_not_end_the_stack() {
    assert_eq!(read(&nested(60)).unwrap().len(), 1);
    check_error(
        &nested(900),
        expect!["pack number 1 cannot be decoded, compile the policies again"],
    );
}

#[test]
fn an_outline_judges_as_its_pack_and_leaves_out_what_is_only_read() {
    let packs = packs();
    let bytes = outline::write(&packs.iter().collect::<Vec<_>>()).unwrap();
    let outlines = outline::read(&bytes).unwrap();
    assert_eq!(outlines.len(), packs.len());
    for (outlined, pack) in outlines.iter().zip(&packs) {
        assert_eq!(outlined.hash, encode(pack).unwrap().1);
        let outline = &outlined.pack;
        assert_eq!(
            (&outline.id, &outline.checks.len()),
            (&pack.id, &pack.checks.len())
        );
        let names = |pack: &Pack| -> Vec<String> {
            pack.articles
                .iter()
                .map(|article| article.name.clone())
                .collect()
        };
        assert_eq!(names(outline), names(pack));
        assert!(
            outline
                .articles
                .iter()
                .all(|article| article.quotes.is_empty())
        );
        assert!(outline.notes.is_empty() && !pack.notes.is_empty());
    }
}

#[test]
fn broken_outlines_are_refused() {
    let packs = packs();
    let bytes = outline::write(&packs.iter().collect::<Vec<_>>()).unwrap();
    let refused = |bytes: &[u8]| outline::read(bytes).unwrap_err().to_string();
    let mut other = bytes.clone();
    other[8] = 9;
    expect![[r#"
        this is not a file of packs: it does not begin with `ZIGEPACK`, give one that `zige compile` wrote
        this file of packs has format version `9`, this program reads version `2`, compile the policies again or use the matching program
        the file of packs ends inside pack number 2, fetch it again in full"#]]
    .assert_eq(&[
        refused(&container()),
        refused(&other),
        refused(&bytes[..bytes.len() - 1]),
    ].join("\n"));
}
