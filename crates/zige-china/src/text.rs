//! Typed and pasted text, brought to one spelling.

/// Half-width letters, digits and signs, without blanks and invisible marks at the ends.
pub(crate) fn fold(text: &str) -> String {
    text.trim_matches(is_blank).chars().map(narrow).collect()
}

/// Like [`fold`], and without blanks inside (forms print `满 族`).
pub(crate) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|&character| !is_blank(character))
        .map(narrow)
        .collect()
}

/// The ASCII twin of a full-width character (Ａ, ０, （); others as they are.
fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        _ => character,
    }
}

/// White space, and the marks without width that spreadsheets and chats add when text is copied.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_invisible_characters_are_folded() {
        assert_eq!(fold("\u{feff}　１２（Ｘ） 3 \u{202c}"), "12(X) 3");
        assert_eq!(squeeze(" 满　族\u{200b} "), "满族");
    }
}
