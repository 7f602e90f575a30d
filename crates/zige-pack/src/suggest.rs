//! “Did you mean …?”

/// The candidate nearest to what was written, if one is near enough to be meant.
pub(crate) fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written: Vec<char> = written.chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().collect();
        let longer = written.len().max(letters.len());
        let contained =
            longer > 1 && (contains(&letters, &written) || contains(&written, &letters));
        let distance = distance(&written, &letters);
        let near = distance <= (longer / 3).max(1) && distance < longer;
        if (near || contained) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// “, did you mean `…`?” or the whole choice when it is short.
/// The first text is English, the second Chinese.
pub(crate) fn choose<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> (String, String) {
    match nearest(written, candidates.clone()) {
        Some(near) => (
            format!("did you mean `{near}`?"),
            format!("是不是要写 `{near}`？"),
        ),
        None => {
            let words: Vec<&str> = candidates.into_iter().collect();
            let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            let glossed: Vec<String> = words.iter().map(|word| gloss(word)).collect();
            match all.len() {
                0 => (
                    "there is none to choose from".to_owned(),
                    "现在一个可以写的也没有".to_owned(),
                ),
                1 => (
                    format!("there is only {}", all.concat()),
                    format!("只能写 {}", glossed.concat()),
                ),
                2..=14 => (
                    format!("choose one of {}", all.join(", ")),
                    format!("可以写 {}", glossed.join("、")),
                ),
                many => {
                    let first = |all: &[String], comma: &str| {
                        let some: Vec<&str> = all.iter().take(8).map(String::as_str).collect();
                        some.join(comma)
                    };
                    (
                        format!("choose one of {} … ({many} in all)", first(&all, ", ")),
                        format!("可以写 {} 等{many}种", first(&glossed, "、")),
                    )
                }
            }
        }
    }
}

/// The id whose label was written in its place: the very label, or the shortest that contains what
/// was written or is contained in it.
pub(crate) fn labelled<'a>(
    written: &str,
    named: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<&'a str> {
    let written: Vec<char> = written.chars().collect();
    named
        .into_iter()
        .map(|(id, label)| (id, label.chars().collect::<Vec<char>>()))
        .filter(|(_, label)| {
            *label == written || contains(label, &written) || contains(&written, label)
        })
        .min_by_key(|(_, label)| (*label != written, label.len()))
        .map(|(id, _)| id)
}

/// A word with what it means in Chinese, where it is English and one of a few.
fn gloss(word: &str) -> String {
    let meaning = match word {
        "hard" => "没有例外",
        "in_principle" => "原则上、一般",
        "relaxable" => "可以放宽",
        "once" => "一次",
        "always" => "一直",
        "month" => "每月",
        "quarter" => "每季度",
        "half_year" => "每半年",
        "year" => "每年",
        "two_years" => "每两年",
        "three_years" => "每三年",
        "event" => "有事的时候",
        "eligible" => "符合",
        "ineligible" => "不符合",
        "discretionary" => "待认定",
        "incomplete" => "还缺答案",
        "none" => "都不是",
        "person" => "个人",
        "unit" => "单位",
        _ => return format!("`{word}`"),
    };
    format!("`{word}`（{meaning}）")
}

fn contains(whole: &[char], part: &[char]) -> bool {
    part.len() >= 2 && whole.windows(part.len()).any(|window| window == part)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(left != right);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *right && *left == b[j - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_leads_to_its_id() {
        let facts = [
            ("education", "学历"),
            ("absence", "上一年度缺勤天数"),
            ("report_year", "年度"),
        ];
        assert_eq!(labelled("学历", facts), Some("education"));
        assert_eq!(labelled("缺勤天数", facts), Some("absence"));
        assert_eq!(labelled("年龄", facts), None);
    }

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_different_word_is_not() {
        let facts = ["birth_date", "title_level", "work_start"];
        assert_eq!(nearest("birth_dat", facts), Some("birth_date"));
        assert_eq!(nearest("tilte_level", facts), Some("title_level"));
        assert_eq!(nearest("salary", facts), None);
        assert_eq!(
            nearest("副高", ["中级", "副高级", "正高级"]),
            Some("副高级")
        );
    }
}
