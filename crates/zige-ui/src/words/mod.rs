//! What the app says: verdicts, dates and answers in plain Chinese.

mod verdict;

pub use verdict::{Headline, TONES, Tone, headline, state_badge, state_sentence};

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{DeadlineWhen, Fact, FactKind, Pack, Recurrence, Strength};
use zige_core::report::Window;

/// `1985年3月7日`.
#[must_use]
pub fn date(date: Date) -> String {
    let (year, month, day) = date.ymd();
    format!("{year}年{month}月{day}日")
}

/// A number stored times 10 to the power of `scale`; without decimals when they are all 0.
#[must_use]
pub fn decimal(value: i64, scale: u8) -> String {
    let unit = 10_i64.saturating_pow(u32::from(scale)).unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let whole = value.unsigned_abs() / unit;
    match value.unsigned_abs() % unit {
        0 => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest:0>width$}", width = usize::from(scale)),
    }
}

/// An answer as it is shown back to the person.
#[must_use]
pub fn answer(pack: &Pack, fact: &Fact, answer: &Answer) -> String {
    match answer {
        Answer::Absent => "未填".into(),
        Answer::Unknown => "不知道".into(),
        Answer::Value(number) => value(pack, fact, *number),
        Answer::Month { first, .. } => {
            let (year, month, _) = first.ymd();
            format!("{year}年{month}月")
        }
        Answer::Text(text) => text.clone(),
        Answer::Records(records) => {
            let count = records.rows.len();
            match (count, records.complete) {
                (0, true) => "没有".into(),
                (_, true) => format!("{count}条"),
                (_, false) => format!("{count}条，可能还有"),
            }
        }
    }
}

/// An answer in full: each record of a list on a line of its own.
#[must_use]
pub fn details(pack: &Pack, fact: &Fact, answered: &Answer) -> String {
    let Answer::Records(records) = answered else {
        return answer(pack, fact, answered);
    };
    if records.rows.is_empty() {
        return answer(pack, fact, answered);
    }
    let part = |(id, part): &(FactId, Answer)| {
        let fact = pack.vocabulary.facts.get(id.index())?;
        Some([&fact.label, "：", &answer(pack, fact, part)].concat())
    };
    let lines = (1..).zip(&records.rows).map(|(number, row)| {
        let parts: Vec<String> = row.iter().filter_map(part).collect();
        format!("{number}. {}", parts.join("，"))
    });
    let mut lines: Vec<String> = lines.collect();
    if !records.complete {
        lines.push("可能还有".into());
    }
    lines.join("\n")
}

/// A value of a fact: an option's name, a date, a number with its unit.
#[must_use]
pub fn value(pack: &Pack, fact: &Fact, value: i64) -> String {
    match &fact.kind {
        FactKind::YesNo => (if value == 0 { "否" } else { "是" }).into(),
        FactKind::Choice(choice) => pack
            .vocabulary
            .choices
            .get(choice.index())
            .zip(usize::try_from(value).ok())
            .and_then(|(set, position)| set.options.get(position))
            .cloned()
            .unwrap_or_default(),
        FactKind::Date { .. } => date(Date::from_days(value)),
        FactKind::Number { scale, unit, .. } => format!("{}{unit}", decimal(value, *scale)),
        FactKind::Money { .. } => format!("{}元", decimal(value, 2)),
        FactKind::Text { .. } | FactKind::Records { .. } => String::new(),
    }
}

/// How firm a requirement is; empty for a plain one.
#[must_use]
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Hard => "",
        Strength::InPrinciple => "原则上",
        Strength::Relaxable => "可适当放宽",
    }
}

/// How often.
#[must_use]
pub fn recurrence(every: Recurrence) -> &'static str {
    match every {
        Recurrence::Once => "一次",
        Recurrence::Always => "一直",
        Recurrence::Monthly => "每月",
        Recurrence::Quarterly => "每季度",
        Recurrence::Yearly => "每年",
        Recurrence::EveryTwoYears => "每两年",
        Recurrence::EveryThreeYears => "每三年",
        Recurrence::OnEvent => "遇到时",
        Recurrence::HalfYearly => "每半年",
    }
}

/// By when.
#[must_use]
pub fn deadline(when: &DeadlineWhen) -> String {
    match when {
        DeadlineWhen::Yearly { month, day } => format!("每年{month}月{day}日"),
        DeadlineWhen::On(day) => date(*day),
        DeadlineWhen::Months { months, after } => format!("{after}起{months}个月"),
        DeadlineWhen::Days { days, after } => format!("{after}起{days}天"),
        DeadlineWhen::Event { at } => at.clone(),
    }
}

/// From when to when a verdict holds, in two parts between which a line may break; the last window is open.
#[must_use]
pub fn window(window: &Window, last: bool) -> [String; 2] {
    match (window.from == window.to, last) {
        (_, true) => [format!("{}起", date(window.from)), String::new()],
        (true, false) => [date(window.from), String::new()],
        (false, false) => [format!("{}到", date(window.from)), date(window.to)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_as_people_write_them() {
        assert_eq!(decimal(25, 1), "2.5");
        assert_eq!(decimal(20, 1), "2");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(7, 0), "7");
        assert_eq!(decimal(1_200_050, 2), "12000.50");
    }

    #[test]
    fn a_date_has_no_leading_zeros() {
        assert_eq!(date(Date::new(2026, 3, 7).unwrap()), "2026年3月7日");
    }
}
