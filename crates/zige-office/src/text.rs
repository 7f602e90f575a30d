//! Text that is safe inside XML and HTML.

/// Drops what XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF), turns each kind of line end
/// into `\n` and tabs into spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|character| match character {
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => Some('\n'),
            '\t' => Some(' '),
            '\u{FFFE}' | '\u{FFFF}' => None,
            control if control.is_control() => None,
            kept => Some(kept),
        })
        .collect()
}

/// Appends a text with the five special characters escaped, and what XML cannot hold left out.
pub fn push(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control.is_control() && control != '\n' => {}
            kept => out.push(kept),
        }
    }
}

/// Appends pieces, the odd ones (second, fourth …) escaped: markup, text, markup, text …
pub fn write(out: &mut String, pieces: &[&str]) {
    for (position, piece) in pieces.iter().enumerate() {
        match position % 2 {
            0 => out.push_str(piece),
            _ => push(out, piece),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped_and_control_characters_dropped() {
        let mut out = String::new();
        write(
            &mut out,
            &["<p>", "a<b & \"c\" 'd'>\u{0}\u{8}\u{FFFF}", "</p>"],
        );
        assert_eq!(out, "<p>a&lt;b &amp; &quot;c&quot; &#39;d&#39;&gt;</p>");
        assert_eq!(clean("a\r\nb\rc\u{2028}d\te\u{7}"), "a\nb\nc\nd e");
    }
}
