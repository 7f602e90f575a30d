//! The dates that follow from a policy for somebody: deadlines, and duties that recur.
//!
//! What the text counts from an event is dated when the day of the event is given. What it leaves
//! without a date is listed with the reason, never left out.

use serde::{Deserialize, Serialize};
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::ids::{ArticleId, FactId};
use zige_core::pack::{Deadline, DeadlineWhen, FactKind, Form, Obligation, Pack, Recurrence};
use zige_office::checksum;

use crate::value::full_date;

/// Whose dates, and what is known about them.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The policy.
    pub pack: &'a Pack,
    /// Whom to look for, such as 导师; none for everybody.
    pub roles: &'a [String],
    /// When something happened that periods are counted from, in the policy's words: 结对开始.
    pub events: &'a [(String, Date)],
    /// The person's answers: a date whose name is an event's words, alone or with 时间 or 日期 behind
    /// them, dates the event too.
    pub answers: &'a Answers,
    /// The day on which it is asked. What lies before it is past.
    pub on: Date,
    /// Something that tells people apart, such as a name; it is not written anywhere.
    pub person: &'a str,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The policy's short name.
    pub name: String,
    /// Dates, the earliest first.
    pub entries: Vec<Entry>,
    /// What has no date, with the reason, in the order of the text.
    pub undated: Vec<Undated>,
    /// Events whose day would date more, in the policy's words.
    pub wanted: Vec<String>,
}

/// A date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The same for the same duty of the same person, whenever it is asked.
    pub uid: String,
    /// A short name.
    pub label: String,
    /// Who does what, by which article and in which words.
    pub description: String,
    /// The day, or the first of them.
    pub first: Date,
    /// Whether and how it recurs.
    pub recurs: Option<Recurs>,
    /// Days before it on which to be reminded, the most first.
    pub remind: Vec<u16>,
}

/// How a date recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurs {
    /// How often.
    pub every: Every,
    /// The last day on which it can; `None` for always.
    pub until: Option<Date>,
}

/// How often a date recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Every {
    /// On the last day of so many months: 1, 3, 6 or 12.
    MonthEnd(u8),
    /// On the same day of each year.
    Year,
}

/// Something without a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undated {
    /// A short name.
    pub label: String,
    /// The article.
    pub article: String,
    /// Whom it binds; may be empty.
    pub who: String,
    /// What is to be done; may be empty.
    pub what: String,
    /// Why it has no date.
    pub why: String,
}

/// Whose dates go with a form: those of the role that its check is about, and of whoever fills it.
#[must_use]
pub fn roles(pack: &Pack, form: &Form) -> Vec<String> {
    let check = form.check.and_then(|id| pack.checks.get(id.index()));
    let mut roles: Vec<String> = check.map(|check| check.label.clone()).into_iter().collect();
    for role in form.filled_by.split(SEPARATORS) {
        let role = role.trim().to_owned();
        if !role.is_empty() && !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

const SEPARATORS: [char; 6] = ['、', '，', '和', '与', '或', '；'];

/// Whether a duty binds somebody: the role stands there by itself, not as part of an office's name
/// (导师所在单位), or as some of that role (学员中的党员).
fn concerns(who: &str, role: &str) -> bool {
    let mut from = 0;
    while let Some(found) = who.get(from..).and_then(|rest| rest.find(role)) {
        let start = from + found;
        let before = who.get(..start).unwrap_or_default();
        let after = who.get(start + role.len()..).unwrap_or_default();
        let opens = before.is_empty() || before.ends_with(SEPARATORS) || before.ends_with('的');
        let closes = after.is_empty() || after.starts_with(SEPARATORS) || after.starts_with("中的");
        if opens && closes {
            return true;
        }
        from = start + role.len();
    }
    false
}

impl Calendar {
    /// Works it out.
    #[must_use]
    pub fn of(asked: &Asked<'_>) -> Calendar {
        let mut maker = Maker {
            asked,
            entries: Vec::new(),
            undated: Vec::new(),
            wanted: Vec::new(),
        };
        for deadline in &asked.pack.deadlines {
            if maker.binds(&deadline.who) {
                maker.deadline(deadline);
            }
        }
        for obligation in &asked.pack.obligations {
            if maker.binds(&obligation.who) {
                maker.obligation(obligation);
            }
        }
        maker
            .entries
            .sort_by(|a, b| (a.first, &a.uid).cmp(&(b.first, &b.uid)));
        Calendar {
            name: asked.pack.short.clone(),
            entries: maker.entries,
            undated: maker.undated,
            wanted: maker.wanted,
        }
    }
}

struct Maker<'a> {
    asked: &'a Asked<'a>,
    entries: Vec<Entry>,
    undated: Vec<Undated>,
    wanted: Vec<String>,
}

/// What an entry or an undated line is made of.
struct Duty<'a> {
    id: &'a str,
    label: &'a str,
    article: ArticleId,
    who: &'a str,
    what: &'a str,
    to: &'a str,
}

impl<'a> Maker<'a> {
    fn binds(&self, who: &str) -> bool {
        let roles = self.asked.roles;
        roles.is_empty() || who.is_empty() || roles.iter().any(|role| concerns(who, role))
    }

    fn deadline(&mut self, deadline: &'a Deadline) {
        // A duty of the same name in the same article says what is due.
        let duty = self
            .asked
            .pack
            .obligations
            .iter()
            .find(|obligation| is_due(obligation, deadline));
        let duty = Duty {
            id: &deadline.id,
            label: &deadline.label,
            article: deadline.article,
            who: &deadline.who,
            what: duty.map_or("", |duty| &duty.what),
            to: duty.map_or("", |duty| &duty.to),
        };
        match &deadline.when {
            DeadlineWhen::Yearly { month, day } => {
                let (month, day) = (u32::from(*month), u32::from(*day));
                let basis = format!("每年{month}月{day}日前");
                self.yearly(&duty, month, day, &basis);
            }
            DeadlineWhen::On(date) => self.once(&duty, *date, &full_date(*date)),
            DeadlineWhen::Months { after, .. } | DeadlineWhen::Days { after, .. } => {
                let period = period(deadline);
                match (self.event(after), self.falls(deadline)) {
                    (Some(event), Some(date)) => {
                        let basis = format!("{after}（{}）起{period}", full_date(event));
                        self.once(&duty, date, &basis);
                    }
                    _ => {
                        self.want(after);
                        let why = format!("从“{after}”起{period}，要先知道“{after}”是哪一天");
                        self.without(&duty, why);
                    }
                }
            }
            DeadlineWhen::Event { at } => match self.resolve(at) {
                Some(date) => self.once(&duty, date, at),
                None => self.without(&duty, format!("没有写日期：{at}")),
            },
        }
    }

    fn obligation(&mut self, obligation: &'a Obligation) {
        let mut deadlines = self.asked.pack.deadlines.iter();
        if deadlines.any(|deadline| is_due(obligation, deadline) && self.binds(&deadline.who)) {
            return;
        }
        let duty = Duty {
            id: &obligation.id,
            label: &obligation.label,
            article: obligation.article,
            who: &obligation.who,
            what: &obligation.what,
            to: &obligation.to,
        };
        let until = obligation.until.as_str();
        match obligation.every {
            Recurrence::Monthly => self.recurring(&duty, 1, until, "每月一次"),
            Recurrence::Quarterly => self.recurring(&duty, 3, until, "每季度一次"),
            Recurrence::HalfYearly => self.recurring(&duty, 6, until, "每半年一次"),
            Recurrence::Yearly => self.recurring(&duty, 12, until, "每年一次"),
            Recurrence::Once => match (until, self.resolve(until)) {
                (_, Some(date)) => self.once(&duty, date, until),
                ("", None) => self.without(&duty, "原文没有写时间".to_owned()),
                (until, None) => {
                    self.want_for(until);
                    self.without(&duty, format!("没有写日期：{until}"));
                }
            },
            Recurrence::Always => {
                let why = match until {
                    "" => "一直要做到，没有固定的日期".to_owned(),
                    until => format!("一直要做到，到{until}为止"),
                };
                self.without(&duty, why);
            }
            Recurrence::OnEvent => self.without(&duty, "发生时才要做，没有固定的日期".to_owned()),
            Recurrence::EveryTwoYears => {
                self.without(&duty, "每两年一次，从哪一年算起，看通知".to_owned());
            }
            Recurrence::EveryThreeYears => {
                self.without(&duty, "每三年一次，从哪一年算起，看通知".to_owned());
            }
        }
    }

    /// Something that is due by the end of each period, while a term runs.
    fn recurring(&mut self, duty: &Duty<'_>, months: u8, until: &str, basis: &str) {
        let term = self.term(until);
        let (from, to) = match (until, &term) {
            ("", _) => (None, None),
            (_, Some((event, end))) => (*event, Some(*end)),
            (until, None) => {
                self.want_for(until);
                let why = format!("{basis}，到{until}为止，要先知道这段时间从哪一天算起");
                return self.without(duty, why);
            }
        };
        let force = self.asked.pack.programme.force;
        let start = [from, force.from]
            .into_iter()
            .flatten()
            .fold(self.asked.on, Date::max);
        let end = match (to, force.to) {
            (Some(to), Some(force)) => Some(to.min(force)),
            (to, force) => to.or(force),
        };
        let first = period_end(start, months);
        if let Some(end) = end.filter(|end| *end < start) {
            return self.over(duty, end);
        }
        let basis = match months {
            1 => format!("{basis}，最迟每个月的最后一天"),
            3 => format!("{basis}，按自然季度，最迟每个季度的最后一天"),
            6 => format!("{basis}，最迟6月30日和12月31日"),
            _ => format!("{basis}，最迟每年12月31日"),
        };
        let remind = match months {
            1 => vec![5],
            3 | 6 => vec![14],
            _ => vec![30, 7],
        };
        // A term that ends before its first period does is over by its own end.
        let (first, recurs) = match end.filter(|end| *end < first) {
            Some(end) => (end, None),
            None => (
                first,
                Some(Recurs {
                    every: Every::MonthEnd(months),
                    until: end,
                }),
            ),
        };
        self.push(duty, first, recurs, remind, &basis);
    }

    fn yearly(&mut self, duty: &Duty<'_>, month: u32, day: u32, basis: &str) {
        let force = self.asked.pack.programme.force;
        let start = force
            .from
            .map_or(self.asked.on, |from| from.max(self.asked.on));
        let (year, ..) = start.ymd();
        // 29 February falls only in some years; the first of the next eight that has it.
        let first = (year..year + 9)
            .filter_map(|year| Date::new(year, month, day))
            .find(|date| *date >= start);
        let Some(first) = first else {
            return self.without(duty, basis.to_owned());
        };
        if let Some(end) = force.to.filter(|end| *end < first) {
            return self.over(duty, end);
        }
        let recurs = Recurs {
            every: Every::Year,
            until: force.to,
        };
        self.push(duty, first, Some(recurs), vec![30, 7], basis);
    }

    fn once(&mut self, duty: &Duty<'_>, date: Date, basis: &str) {
        match date < self.asked.on {
            true => self.without(duty, format!("日期是{}，已经过了", full_date(date))),
            false => self.push(duty, date, None, vec![30, 7, 1], basis),
        }
    }

    fn over(&mut self, duty: &Duty<'_>, end: Date) {
        self.without(duty, format!("只到{}为止，已经过了", full_date(end)));
    }

    fn push(
        &mut self,
        duty: &Duty<'_>,
        first: Date,
        recurs: Option<Recurs>,
        remind: Vec<u16>,
        basis: &str,
    ) {
        let pack = self.asked.pack;
        let article = pack.articles.get(duty.article.index());
        let name = article.map_or("", |article| &article.name);
        let mut lines = Vec::new();
        lines.push(match (duty.who, duty.what) {
            ("", what) => what.to_owned(),
            (who, "") => who.to_owned(),
            (who, what) => format!("{who}：{what}"),
        });
        if !duty.to.is_empty() {
            lines.push(format!("报给：{}", duty.to));
        }
        lines.push(format!("时间：{basis}"));
        lines.push(format!("依据：《{}》{name}", pack.title));
        let quotes = article.map_or(&[][..], |article| &article.quotes);
        lines.extend(quotes.iter().map(|quote| format!("原文：“{quote}”")));
        if !pack.programme.remark.is_empty() {
            lines.push(format!("说明：{}", pack.programme.remark));
        }
        lines.push("自查结果，不代表主管机关认定。".to_owned());
        lines.retain(|line| !line.is_empty());
        let person = match self.asked.person {
            "" => String::new(),
            person => format!("{:08x}.", checksum(person.as_bytes())),
        };
        self.entries.push(Entry {
            uid: format!("{person}{}.{}@zige", duty.id, pack.id),
            label: format!("{}：{}", pack.short, duty.label),
            description: lines.join("\n"),
            first,
            recurs,
            remind,
        });
    }

    fn without(&mut self, duty: &Duty<'_>, why: String) {
        let article = self.asked.pack.articles.get(duty.article.index());
        self.undated.push(Undated {
            label: duty.label.to_owned(),
            article: article.map_or_else(String::new, |article| article.name.clone()),
            who: duty.who.to_owned(),
            what: duty.what.to_owned(),
            why,
        });
    }

    fn want(&mut self, event: &str) {
        if !self.wanted.iter().any(|known| known == event) {
            self.wanted.push(event.to_owned());
        }
    }

    /// Wants the day that would date some words: that of the event that their deadline counts from, or
    /// of the words themselves.
    fn want_for(&mut self, words: &str) {
        match self.named(words).map(|deadline| &deadline.when) {
            Some(DeadlineWhen::Months { after, .. } | DeadlineWhen::Days { after, .. }) => {
                self.want(after);
            }
            _ => self.want(words),
        }
    }

    /// The day of an event, if it was given.
    fn event(&self, words: &str) -> Option<Date> {
        let mut events = self.asked.events.iter();
        let given = events
            .find(|(name, _)| name == words)
            .map(|(_, date)| *date);
        let facts = (0..).map(FactId).zip(&self.asked.pack.vocabulary.facts);
        let mut dates = facts.filter(|(_, fact)| {
            let rest = fact.label.strip_prefix(words);
            matches!(fact.kind, FactKind::Date { .. })
                && fact.record_of.is_none()
                && matches!(rest, Some("" | "时间" | "日期"))
        });
        given.or_else(|| {
            dates.find_map(|(id, _)| match self.asked.answers.get(id) {
                Answer::Value(days) => Some(Date::from_days(*days)),
                _ => None,
            })
        })
    }

    /// The deadline that some words name: 管理期届满, 管理期届满时.
    fn named(&self, words: &str) -> Option<&'a Deadline> {
        let bare = words.trim_end_matches(['时', '前']);
        let mut deadlines = self.asked.pack.deadlines.iter();
        deadlines.find(|deadline| deadline.label == words || deadline.label == bare)
    }

    /// The day that some words mean: of an event that was given, or of a deadline that they name.
    fn resolve(&self, words: &str) -> Option<Date> {
        let own = |deadline: &Deadline| match &deadline.when {
            DeadlineWhen::Event { at } => self.event(at),
            _ => self.falls(deadline),
        };
        self.event(words)
            .or_else(|| self.named(words).and_then(own))
    }

    /// The term that ends with some words: the event that it is counted from, and its last day.
    fn term(&self, until: &str) -> Option<(Option<Date>, Date)> {
        let end = self.resolve(until)?;
        let from = match self.named(until).map(|deadline| &deadline.when) {
            Some(DeadlineWhen::Months { after, .. } | DeadlineWhen::Days { after, .. }) => {
                self.event(after)
            }
            _ => None,
        };
        Some((from, end))
    }

    /// The day that a deadline with a number falls on.
    fn falls(&self, deadline: &Deadline) -> Option<Date> {
        match &deadline.when {
            DeadlineWhen::On(date) => Some(*date),
            DeadlineWhen::Months { months, after } => {
                Some(self.event(after)?.add_months(i64::from(*months)))
            }
            DeadlineWhen::Days { days, after } => {
                Some(self.event(after)?.add_days(i64::from(*days)))
            }
            DeadlineWhen::Yearly { .. } | DeadlineWhen::Event { .. } => None,
        }
    }
}

fn is_due(obligation: &Obligation, deadline: &Deadline) -> bool {
    obligation.article == deadline.article && obligation.label == deadline.label
}

fn period(deadline: &Deadline) -> String {
    match &deadline.when {
        DeadlineWhen::Months { months, .. } if months % 12 == 0 => format!("{}年", months / 12),
        DeadlineWhen::Months { months, .. } => format!("{months}个月"),
        DeadlineWhen::Days { days, .. } => format!("{days}天"),
        _ => String::new(),
    }
}

/// The last day of the month, quarter or year that a day lies in.
fn period_end(day: Date, months: u8) -> Date {
    let (year, month, _) = day.ymd();
    let months = u32::from(months).max(1);
    let last = month.div_ceil(months) * months;
    Date::month(year, last).map_or(day, |(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_stands_by_itself() {
        for (who, role, binds) in [
            ("导师", "导师", true),
            ("导师和培养对象", "培养对象", true),
            ("导师所在单位", "导师", false),
            ("获得奖励的培养对象", "培养对象", true),
            ("培养对象所在单位、培养对象", "培养对象", true),
            ("学员中的党员", "学员", true),
            ("满足导师基本条件的在职高层次人才", "导师", false),
            ("市委组织部", "导师", false),
        ] {
            assert_eq!(concerns(who, role), binds, "{who} {role}");
        }
    }

    #[test]
    fn periods_end_on_their_last_day() {
        let end = |day: &str, months| period_end(Date::parse(day).unwrap(), months).to_string();
        assert_eq!(end("2028-02-10", 1), "2028-02-29");
        assert_eq!(end("2026-11-21", 3), "2026-12-31");
        assert_eq!(end("2026-03-31", 3), "2026-03-31");
        assert_eq!(end("2026-04-01", 12), "2026-12-31");
    }
}
