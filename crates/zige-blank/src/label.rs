//! What a label says, in all the shapes that forms give it.

/// A label without what forms put into it: spaces, breaks, brackets, numbers, colons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The words, to be compared.
    pub(crate) key: String,
    /// What stands in brackets, without them: `岁`, `如1990.01`, `盖章`.
    pub(crate) notes: Vec<String>,
}

impl Label {
    pub(crate) fn new(text: &str) -> Label {
        let mut key = String::new();
        let mut notes: Vec<String> = Vec::new();
        let mut open: Vec<String> = Vec::new();
        for character in folded(text) {
            match (character, open.last_mut()) {
                ('(', _) => open.push(String::new()),
                (')', Some(_)) => notes.extend(open.pop()),
                (character, Some(note)) => note.push(character),
                (character, None) => key.push(character),
            }
        }
        // A bracket that never closes is no bracket.
        for rest in open {
            key.push_str(&rest);
        }
        Label {
            key: words(&key),
            notes,
        }
    }

    /// Whether a note has this word.
    pub(crate) fn notes(&self, word: &str) -> bool {
        self.notes.iter().any(|note| note.contains(word))
    }
}

/// A text without white space, with full-width letters, digits and marks as half-width ones, and
/// one kind of bracket.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(fold)
}

pub(crate) fn fold(character: char) -> Option<char> {
    match character {
        space if space.is_whitespace() => None,
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{FFFD}' => None,
        '*' | '＊' | '★' | '☆' | '※' | '▲' | '◆' => None,
        '（' | '〔' | '【' | '［' | '[' | '﹙' | '{' => Some('('),
        '）' | '〕' | '】' | '］' | ']' | '﹚' | '}' => Some(')'),
        wide @ '！'..='～' => char::from_u32(u32::from(wide) - 0xFEE0),
        other => Some(other),
    }
}

/// The key without a leading number (`1.`, `一、`) and the marks around it.
fn words(key: &str) -> String {
    let numbers = "0123456789一二三四五六七八九十";
    let key = key.trim_start_matches(|c: char| ('①'..='⑳').contains(&c));
    let unnumbered = key.trim_start_matches(|c| numbers.contains(c));
    let unnumbered = match unnumbered.chars().next() {
        Some('.' | '、' | '．') if unnumbered.len() < key.len() => unnumbered,
        _ => key,
    };
    let marks = |c| {
        matches!(
            c,
            ':' | '.' | ',' | ';' | '。' | '、' | '_' | '-' | '/' | '·' | '…'
        )
    };
    unnumbered.trim_matches(marks).to_lowercase()
}

/// A key without the words that only join, which forms use as they like: 毕业院校及专业,
/// 毕业院校、专业.
pub(crate) fn loose(key: &str) -> String {
    key.replace("或者", "")
        .replace(|c| is_joint(c) || c == '的', "")
}

/// What joins two things that are asked in one cell.
pub(crate) fn is_joint(character: char) -> bool {
    matches!(
        character,
        '及' | '和' | '与' | '或' | '、' | ',' | '/' | ';'
    )
}

/// The readings of a cell's text that may be its label, the most likely first: line by line, the
/// lines from the last to the first, and the columns of a vertical label in both directions.
pub(crate) fn readings(text: &str) -> Vec<String> {
    let lines: Vec<Vec<char>> = text
        .split('\n')
        .map(|line| line.chars().filter(|c| !c.is_whitespace()).collect())
        .filter(|line: &Vec<char>| !line.is_empty())
        .collect();
    let mut readings = vec![lines.concat().into_iter().collect::<String>()];
    if lines.len() < 2 {
        return readings;
    }
    let widest = lines.iter().map(Vec::len).max().unwrap_or(0);
    if (2..=3).contains(&widest) && lines.len() >= widest {
        // A line with fewer characters belongs to the columns at the left.
        let column = |number: usize| lines.iter().filter_map(move |line| line.get(number));
        readings.push((0..widest).flat_map(column).collect());
        readings.push((0..widest).rev().flat_map(column).collect());
    }
    readings.push(lines.iter().rev().flatten().collect());
    let first = readings.first().cloned();
    let mut position = 0;
    readings.retain(|reading| {
        position += 1;
        position == 1 || Some(reading) != first.as_ref()
    });
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        let label = Label::new(text);
        match label.notes.as_slice() {
            [] => label.key,
            notes => format!("{} {notes:?}", label.key),
        }
    }

    #[test]
    fn a_label_is_its_words() {
        for (text, words) in [
            ("姓  名", "姓名"),
            ("姓\u{3000}\u{A0}\t名：", "姓名"),
            ("出生年月\n（  岁）", "出生年月 [\"岁\"]"),
            ("出生年月(   岁)", "出生年月 [\"岁\"]"),
            ("1．联系电话", "联系电话"),
            ("①本人手机", "本人手机"),
            ("一、基本情况", "基本情况"),
            ("*手机号码", "手机号码"),
            ("Ｅ－ｍａｉｌ", "e-mail"),
            ("学历/学位", "学历/学位"),
            ("（盖  章）", " [\"盖章\"]"),
            ("职务（岗位", "职务岗位"),
            ("2024年度考核", "2024年度考核"),
        ] {
            assert_eq!(key(text), words);
        }
    }

    #[test]
    fn joining_words_may_be_left_out() {
        assert_eq!(loose("毕业院校系及专业"), loose("毕业院校系、专业"));
        assert_eq!(loose("职务或者岗位"), "职务岗位");
    }

    #[test]
    fn a_vertical_label_is_read_in_every_direction() {
        let has = |text: &str, reading: &str| readings(text).contains(&reading.to_owned());
        assert!(has("政 治\n面 貌", "政治面貌"));
        assert!(has("奖\n惩\n情\n况", "奖惩情况"));
        assert!(has("年核\n度结\n考果", "年度考核结果"));
        assert!(has("审意\n批\n机\n关见", "审批机关意见"));
        assert!(has("行任\n政免\n机意\n关见", "行政机关任免意见"));
        assert!(has("情况\n奖惩", "奖惩情况"));
        assert!(has("核结果\n年度考", "年度考核结果"));
        assert!(has("及社会关系\n主要家庭成员", "主要家庭成员及社会关系"));
        assert_eq!(readings("姓  名"), ["姓名"]);
    }
}
