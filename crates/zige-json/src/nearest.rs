//! “Did you mean …?”

/// “, did you mean `…`?” or the whole choice when it is short; empty when there is none.
#[must_use]
pub fn did_you_mean(written: &str, candidates: &[&str]) -> String {
    match (nearest(written, candidates), candidates.len()) {
        (Some(near), _) => format!(", did you mean `{near}`?"),
        (None, 0) => String::new(),
        (None, 1..=14) => format!(", choose one of {}", ticked(candidates)),
        (None, all) => {
            let some: Vec<&str> = candidates.iter().take(8).copied().collect();
            format!(", choose one of {} … ({all} in all)", ticked(&some))
        }
    }
}

/// The candidate nearest to what was written, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // A word of this length was meant for something else; measuring it would take long.
    if written.chars().count() > 64 {
        return None;
    }
    let letters = written.chars().count();
    candidates
        .iter()
        .filter_map(|candidate| {
            let longer = letters.max(candidate.chars().count());
            let contained = written.chars().count() > 1
                && (candidate.contains(written) || written.contains(candidate))
                && candidate.chars().count() > 1;
            let distance = distance(written, candidate);
            let near = distance < longer && distance <= (longer / 3).max(1);
            (near || contained).then_some((distance, *candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn ticked(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Insertions, deletions and replacements that turn one into the other.
fn distance(a: &str, b: &str) -> usize {
    let mut last: Vec<usize> = (0..=b.chars().count()).collect();
    for (row, left) in a.chars().enumerate() {
        let mut corner = row;
        let mut before = row.saturating_add(1);
        let mut next = vec![before];
        for (right, above) in b.chars().zip(last.iter().skip(1)) {
            let replaced = corner.saturating_add(usize::from(left != right));
            before = replaced
                .min(above.saturating_add(1))
                .min(before.saturating_add(1));
            corner = *above;
            next.push(before);
        }
        last = next;
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_different_word_is_not() {
        let facts = ["birth_date", "title_level", "work_start"];
        assert_eq!(nearest("birth_dat", &facts), Some("birth_date"));
        assert_eq!(nearest("title_levle", &facts), Some("title_level"));
        assert_eq!(nearest("salary", &facts), None);
        assert_eq!(
            nearest("副高", &["中级", "副高级", "正高级"]),
            Some("副高级")
        );
    }
}
