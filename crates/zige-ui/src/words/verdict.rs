//! The words for verdicts and for the state of a programme.

use zige_core::programme::ProgrammeState;
use zige_core::verdict::{Class, Possible};

use super::date;

/// How something is shown: one colour, one sign, one word each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// 符合.
    Eligible,
    /// 待认定.
    Discretionary,
    /// 不符合.
    Ineligible,
    /// 待补充.
    Incomplete,
}

/// All, the best first.
pub const TONES: [Tone; 4] = [
    Tone::Eligible,
    Tone::Discretionary,
    Tone::Incomplete,
    Tone::Ineligible,
];

impl Tone {
    /// The tone of a verdict.
    #[must_use]
    pub fn of(possible: Possible) -> Tone {
        match possible.single() {
            Some(Class::Eligible) => Tone::Eligible,
            Some(Class::Discretionary) => Tone::Discretionary,
            Some(Class::Ineligible) => Tone::Ineligible,
            None => Tone::Incomplete,
        }
    }

    /// The verdict in one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Tone::Eligible => "符合",
            Tone::Discretionary => "待认定",
            Tone::Ineligible => "不符合",
            Tone::Incomplete => "待补充",
        }
    }

    /// The ending of its style class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Tone::Eligible => "eligible",
            Tone::Discretionary => "discretionary",
            Tone::Ineligible => "ineligible",
            Tone::Incomplete => "incomplete",
        }
    }
}

/// A verdict as it is told: never a bare 符合 for a text that is not in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// How it is shown.
    pub tone: Tone,
    /// Under which assumption it holds; empty for a text in force.
    pub under: &'static str,
    /// The verdict in one word.
    pub word: &'static str,
    /// What is already certain while it is incomplete; may be empty.
    pub phrase: &'static str,
    /// One sentence on what it means.
    pub sentence: &'static str,
}

impl Headline {
    /// In one line.
    #[must_use]
    pub fn line(&self) -> String {
        let phrase = match self.phrase {
            "" => String::new(),
            phrase => format!("，{phrase}"),
        };
        format!("{}{}{phrase}", self.under, self.word)
    }
}

/// The headline of a report.
#[must_use]
pub fn headline(possible: Possible, state: &ProgrammeState) -> Headline {
    let (phrase, sentence) = match (
        possible.contains(Class::Ineligible),
        possible.contains(Class::Discretionary),
        possible.contains(Class::Eligible),
    ) {
        (false, false, true) => ("", "按您的回答，各项条件都满足。"),
        (false, true, false) => (
            "",
            "按您的回答，还有事项要由主管部门来定，我们不能替它决定。",
        ),
        (true, false, false) => ("", "按您的回答，有条件没有满足。"),
        (false, true, true) => (
            "不会直接不符合",
            "还缺几项信息；已经能确定的是：不会直接不符合。",
        ),
        (true, true, false) => (
            "至多待认定",
            "还缺几项信息；已经能确定的是：最好的情况是由主管部门认定。",
        ),
        (false, false, false) => ("答案互相矛盾", "有几个答案对不上，请改正其中一个。"),
        (true, _, true) => ("", "还缺几项信息，补上后才能得出结果。"),
    };
    Headline {
        tone: Tone::of(possible),
        under: under(state),
        word: Tone::of(possible).word(),
        phrase,
        sentence,
    }
}

fn under(state: &ProgrammeState) -> &'static str {
    match state {
        ProgrammeState::InForce => "",
        ProgrammeState::Draft => "若按本征求意见稿：",
        ProgrammeState::NotYet(_) => "若按这份尚未施行的文件：",
        ProgrammeState::Lapsed(_) => "若按这份已经到期的文件：",
        ProgrammeState::Replaced(_) => "若按这份已被替代的文件：",
        ProgrammeState::Unknown => "若这份文件现在有效：",
    }
}

/// The state of a programme in a word.
#[must_use]
pub fn state_badge(state: &ProgrammeState) -> &'static str {
    match state {
        ProgrammeState::InForce => "施行中",
        ProgrammeState::Draft => "草案，征求意见",
        ProgrammeState::NotYet(_) => "尚未施行",
        ProgrammeState::Lapsed(_) => "已到期",
        ProgrammeState::Replaced(_) => "已被替代",
        ProgrammeState::Unknown => "是否有效待查",
    }
}

/// The state of a programme in a sentence.
#[must_use]
pub fn state_sentence(state: &ProgrammeState) -> String {
    match state {
        ProgrammeState::InForce => "这份文件正在施行。".into(),
        ProgrammeState::Draft => {
            "这是征求意见稿，还没有正式施行，正式文件可能不同。下面的结果只说明：如果按这一稿执行会怎样。".into()
        }
        ProgrammeState::NotYet(from) => {
            format!("这份文件从{}起施行，现在还没有开始。", date(*from))
        }
        ProgrammeState::Lapsed(to) => {
            format!("这份文件到{}为止，现在已经到期。结果仅供参考，请向主管部门问清现在的政策。", date(*to))
        }
        ProgrammeState::Replaced(by) => format!("这份文件已经被“{by}”替代。"),
        ProgrammeState::Unknown => "文件没有写明从什么时候起施行，请向主管部门问清现在是否有效。".into(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use zige_core::date::Date;

    #[test]
    fn a_verdict_is_never_bare_unless_the_text_is_in_force() {
        let day = Date::new(2020, 12, 31).unwrap();
        let line = |state| headline(Possible::only(Class::Eligible), &state).line();
        assert_eq!(line(ProgrammeState::InForce), "符合");
        for state in [
            ProgrammeState::Draft,
            ProgrammeState::NotYet(day),
            ProgrammeState::Lapsed(day),
            ProgrammeState::Replaced("新办法".into()),
            ProgrammeState::Unknown,
        ] {
            let line = line(state);
            assert!(line.starts_with('若') && line.ends_with("：符合"), "{line}");
        }
    }

    #[test]
    fn what_is_certain_is_said_before_everything_is_known() {
        let lines: Vec<String> = (0..8)
            .map(|bits| headline(Possible::from_bits(bits), &ProgrammeState::InForce).line())
            .collect();
        expect![[r#"
            待补充，答案互相矛盾
            不符合
            待认定
            待补充，至多待认定
            符合
            待补充
            待补充，不会直接不符合
            待补充"#]]
        .assert_eq(&lines.join("\n"));
    }
}
