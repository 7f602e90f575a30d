//! A calendar as an .ics file (RFC 5545) for phones and desk programs.

use zige_core::date::Date;

use crate::calendar::{Calendar, Entry, Every, Recurs};

/// The longest line, in octets without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// The whole file. `stamp` is the day on which it is made: the same calendar gives the same bytes.
#[must_use]
pub fn write(calendar: &Calendar, stamp: Date) -> String {
    let mut out = String::new();
    for content in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zige//Zige//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        line(&mut out, content);
    }
    line(
        &mut out,
        &format!("X-WR-CALNAME:{}", escaped(&calendar.name)),
    );
    for entry in &calendar.entries {
        event(&mut out, entry, stamp);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, entry: &Entry, stamp: Date) {
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", entry.uid));
    line(out, &format!("DTSTAMP:{}T000000Z", digits(stamp)));
    line(out, &format!("DTSTART;VALUE=DATE:{}", digits(entry.first)));
    let next = entry.first.add_days(1);
    line(out, &format!("DTEND;VALUE=DATE:{}", digits(next)));
    if let Some(recurs) = &entry.recurs {
        line(out, &rule(recurs, entry.first));
    }
    line(out, &format!("SUMMARY:{}", escaped(&entry.label)));
    line(out, &format!("DESCRIPTION:{}", escaped(&entry.description)));
    line(out, "CLASS:PRIVATE");
    line(out, "TRANSP:TRANSPARENT");
    for days in &entry.remind {
        line(out, "BEGIN:VALARM");
        line(out, "ACTION:DISPLAY");
        line(out, &format!("DESCRIPTION:{}", escaped(&entry.label)));
        line(out, &format!("TRIGGER:{}", before(*days)));
        line(out, "END:VALARM");
    }
    line(out, "END:VEVENT");
}

/// At nine in the morning, so many days before a day that begins at midnight.
fn before(days: u16) -> String {
    match days {
        0 => "PT9H".to_owned(),
        1 => "-PT15H".to_owned(),
        days => format!("-P{}DT15H", days - 1),
    }
}

fn rule(recurs: &Recurs, first: Date) -> String {
    let (_, month, day) = first.ymd();
    let mut rule = match recurs.every {
        Every::Year => format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"),
        Every::MonthEnd(12) => format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=-1"),
        Every::MonthEnd(1) => "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
        Every::MonthEnd(months) => format!("RRULE:FREQ=MONTHLY;INTERVAL={months};BYMONTHDAY=-1"),
    };
    if let Some(until) = recurs.until {
        rule.push_str(&format!(";UNTIL={}", digits(until)));
    }
    rule
}

fn digits(date: Date) -> String {
    let (year, month, day) = date.ymd();
    format!("{year:04}{month:02}{day:02}")
}

/// A text value: marks that separate are escaped, breaks written as `\n`, control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in zige_office::text::clean(text).chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    out
}

/// A content line, folded between characters.
fn line(out: &mut String, content: &str) {
    let mut used = 0;
    for character in content.chars() {
        let octets = character.len_utf8();
        if used + octets > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(character);
        used += octets;
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&mut out, &format!("SUMMARY:{}", "结对培养".repeat(20)));
        assert!(out.split("\r\n").all(|line| line.len() <= LONGEST));
        let unfolded = out.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", "结对培养".repeat(20)));
    }

    #[test]
    fn marks_that_separate_are_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }

    #[test]
    fn reminders_come_at_nine() {
        assert_eq!([0, 1, 7].map(before), ["PT9H", "-PT15H", "-P6DT15H"]);
    }
}
