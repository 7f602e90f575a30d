//! The compiler and the loader are total: whatever they are given, they answer.
#![cfg(feature = "compile")]

use proptest::prelude::*;
use zige_pack::{compile_str, format};

const VOCABULARY: &str = include_str!("lint/vocabulary.md");
const POLICY: &str = include_str!("lint/no-block.md");

/// Pieces that mean something to the parser, so that mutations reach deep.
const PIECES: [&str; 44] = [
    "```",
    "```condition x\n",
    "```check y\n",
    "\n```\n",
    "\n### 第三条\n",
    "#### 第一条（一）\n",
    "> ",
    "<!--",
    "-->",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    " and ",
    " or ",
    "not ",
    "if ",
    " then ",
    " else ",
    " in [",
    ">=",
    "==",
    "age(",
    "count(papers, ",
    "leave_days",
    "birth_date",
    "today",
    "2025-01-01",
    "¥",
    "“中级”",
    "＞＝",
    "，",
    "1e9",
    "-",
    "\u{0}",
    "\r\n",
    "\u{FEFF}",
];

fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        0_usize..12,
        0..PIECES.len(),
        any::<char>(),
        any::<bool>(),
    );
    prop::collection::vec(edit, 1..8).prop_map(move |edits| {
        let mut signs: Vec<char> = text.chars().collect();
        for (at, removed, piece, sign, use_piece) in edits {
            let at = at.index(signs.len() + 1);
            let end = (at + removed).min(signs.len());
            let new: Vec<char> = match use_piece {
                true => PIECES[piece].chars().collect(),
                false => vec![sign],
            };
            signs.splice(at..end, new);
        }
        signs.into_iter().collect()
    })
}

/// Compiles and, where there are mistakes, renders them.
fn answer(vocabulary: &str, policy: &str) {
    match compile_str(vocabulary, &[("no-block", policy)]) {
        Ok(compiled) => {
            let packs: Vec<_> = compiled.packs.iter().map(|pack| (pack, None)).collect();
            let bytes = format::write(&packs).unwrap();
            let read = format::read(&bytes).unwrap();
            assert!(read.iter().map(|packed| &packed.pack).eq(&compiled.packs));
        }
        Err(diagnostics) => {
            assert!(diagnostics.errors() > 0);
            assert!(!diagnostics.to_string().is_empty());
            for own in diagnostics.list() {
                let position = diagnostics.position(own.place);
                assert!(position.line >= 1 && position.column >= 1);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_mutated_policy_compiles_or_is_explained(policy in mutated(POLICY)) {
        answer(VOCABULARY, &policy);
    }

    #[test]
    fn a_mutated_vocabulary_compiles_or_is_explained(vocabulary in mutated(VOCABULARY)) {
        answer(&vocabulary, POLICY);
    }

    #[test]
    fn any_rule_compiles_or_is_explained(rule in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let rule: String = rule.into_iter().map(|piece| PIECES[piece]).filter(|piece| !piece.contains("```")).collect();
        let policy = POLICY.replace("\"age(birth_date) <= 45\"", &format!("'''{}'''", rule.replace("'''", "")));
        answer(VOCABULARY, &policy);
    }
}
