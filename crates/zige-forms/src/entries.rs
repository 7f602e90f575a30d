//! What is entered in each place of a form, and what is missing from it.

use zige_core::answers::{Answer, Records};
use zige_core::ids::FactId;
use zige_core::pack::{Fact, FactKind, FieldKind, FormField, Slot};

use crate::count::word_count;
use crate::fill::Filling;
use crate::filled::{Gap, Overlong, Ticks, Value, Why};
use crate::value::{self, Entry, Setting, YES_NO};
use crate::xml;

/// Finds what is entered, and remembers what is missing, too long or left to ink.
pub(crate) struct Entries<'a> {
    pub(crate) filling: &'a Filling<'a>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) overlong: Vec<Overlong>,
    pub(crate) by_hand: Vec<String>,
}

/// The value of a fact, with what it is called.
struct Named<'a> {
    fact: &'a Fact,
    tag: String,
    label: String,
    /// `None` where there is no such record, which is no gap of its own.
    answer: Option<&'a Answer>,
}

impl<'a> Entries<'a> {
    pub(crate) fn new(filling: &'a Filling<'a>) -> Entries<'a> {
        Entries {
            filling,
            gaps: Vec::new(),
            overlong: Vec::new(),
            by_hand: Vec::new(),
        }
    }

    /// The value of a slot; `None` for one that the pack does not have.
    pub(crate) fn value(&mut self, slot: Slot, setting: Setting<'_>) -> Option<Value> {
        if let Slot::Field(field) = slot {
            let field = self.filling.form.fields.get(usize::from(field))?;
            return Some(self.field(field, setting));
        }
        let named = self.named(slot)?;
        let setting = match setting {
            Setting::Cell("") => Setting::Cell(&named.fact.label),
            given => given,
        };
        Some(self.fact(named, setting))
    }

    /// The options of a slot with boxes.
    pub(crate) fn ticks(&mut self, slot: Slot) -> Option<Ticks> {
        let (options, from_the_top) = self.options(slot)?;
        let value = self.value(slot, Setting::Text)?;
        let chosen = options.iter().position(|option| *option == value.text);
        Some(Ticks {
            tag: value.tag,
            label: value.label,
            options,
            chosen,
            from_the_top,
        })
    }

    /// The options of a slot, and whether they are a scale.
    fn options(&self, slot: Slot) -> Option<(Vec<String>, bool)> {
        let choice = match slot {
            Slot::Field(field) => match self.filling.form.fields.get(usize::from(field))?.kind {
                FieldKind::Choice(choice) => choice,
                _ => return None,
            },
            Slot::Fact(fact) | Slot::Record { fact, .. } => match self.filling.fact(fact)?.kind {
                FactKind::Choice(choice) => choice,
                FactKind::YesNo => return Some((YES_NO.map(str::to_owned).to_vec(), false)),
                _ => return None,
            },
        };
        let choices = &self.filling.pack.vocabulary.choices;
        let set = choices.get(choice.index())?;
        Some((set.options.clone(), set.ordered))
    }

    fn named(&mut self, slot: Slot) -> Option<Named<'a>> {
        let filling = self.filling;
        match slot {
            Slot::Field(_) => None,
            Slot::Fact(id) => {
                let fact = filling.fact(id)?;
                Some(Named {
                    fact,
                    tag: fact.id.clone(),
                    label: fact.label.clone(),
                    answer: Some(filling.answers.get(id)),
                })
            }
            Slot::Record { list, row, fact } => {
                let records = self.records(list);
                let (list, of) = (filling.fact(list)?, filling.fact(fact)?);
                let position = usize::from(row).saturating_sub(1);
                let answer = records
                    .filter(|records| position < records.rows.len())
                    .map(|records| records.answer(position, fact));
                Some(Named {
                    fact: of,
                    tag: record_tag(list, usize::from(row), of),
                    label: record_label(list, usize::from(row), of),
                    answer,
                })
            }
        }
    }

    /// The records of a list; a gap says if there is none, or not all.
    pub(crate) fn records(&mut self, list: FactId) -> Option<&'a Records> {
        let (records, why) = match self.filling.answers.get(list) {
            Answer::Records(given) => {
                let why = match (given.rows.is_empty(), given.complete) {
                    (_, true) => None,
                    (true, false) => Some(Why::NotAnswered),
                    (false, false) => Some(Why::MoreRecords),
                };
                (Some(given), why)
            }
            Answer::Unknown => (None, Some(Why::NotKnown)),
            _ => (None, Some(Why::NotAnswered)),
        };
        if let (Some(why), Some(list)) = (why, self.filling.fact(list)) {
            self.gap(&list.id, &list.label, why);
        }
        records
    }

    /// A fact of the record at this position (from 0) of a list.
    pub(crate) fn of_record(
        &mut self,
        list: &Fact,
        records: &Records,
        position: usize,
        id: FactId,
        head: &str,
    ) -> Option<Value> {
        let fact = self.filling.fact(id)?;
        let number = position.saturating_add(1);
        let named = Named {
            fact,
            tag: record_tag(list, number, fact),
            label: record_label(list, number, fact),
            answer: Some(records.answer(position, id)),
        };
        Some(self.fact(named, Setting::Cell(head)))
    }

    fn fact(&mut self, named: Named<'_>, setting: Setting<'_>) -> Value {
        let filling = self.filling;
        let Named {
            fact,
            tag,
            label,
            answer,
        } = named;
        let entry = match answer {
            None => Entry::blank(),
            Some(answer) if filling.applies(fact) => {
                value::entry(filling.pack, fact, answer, setting, filling.on)
            }
            Some(_) => Entry::nothing(),
        };
        if let FactKind::Text { limit, long } = fact.kind {
            self.measure(&tag, &label, &entry.text, limit, long);
        }
        self.entered(tag, label, entry)
    }

    fn field(&mut self, field: &FormField, setting: Setting<'_>) -> Value {
        let filling = self.filling;
        let text = filling.fields.get(&field.id).map_or("", String::as_str);
        let setting = match setting {
            Setting::Cell("") => Setting::Cell(&field.label),
            given => given,
        };
        let entry = match &field.kind {
            FieldKind::Date => value::written_date(text, setting, filling.on),
            FieldKind::Number { unit, .. } => value::written_number(text, unit),
            FieldKind::Choice(_) => value::written(text),
            FieldKind::Line(limit) | FieldKind::Lines(limit) => {
                let entry = value::written(text);
                let long = matches!(field.kind, FieldKind::Lines(_));
                self.measure(&field.id, &field.label, &entry.text, *limit, long);
                entry
            }
        };
        self.entered(field.id.clone(), field.label.clone(), entry)
    }

    fn entered(&mut self, tag: String, label: String, entry: Entry) -> Value {
        if let Some(why) = entry.why {
            self.gap(&tag, &label, why);
        }
        Value {
            tag,
            label,
            text: entry.text,
            prose: false,
        }
    }

    /// Something that is done by hand, by the label or the caption of its place.
    pub(crate) fn ink(&mut self, what: &str) {
        let what: String = what.split_whitespace().collect();
        self.by_hand(
            what.trim_end_matches([':', '：', '年', '月', '日', '_'])
                .to_owned(),
        );
    }

    pub(crate) fn by_hand(&mut self, what: String) {
        if !what.is_empty() && !self.by_hand.contains(&what) {
            self.by_hand.push(what);
        }
    }

    pub(crate) fn gap(&mut self, tag: &str, label: &str, why: Why) {
        if self.gaps.iter().all(|gap| gap.tag != tag) {
            self.gaps.push(Gap {
                tag: tag.to_owned(),
                label: label.to_owned(),
                why,
            });
        }
    }

    fn measure(&mut self, tag: &str, label: &str, text: &str, limit: u16, long: bool) {
        let length = if long {
            word_count(text)
        } else {
            text.chars().count()
        };
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let known = self.overlong.iter().any(|overlong| overlong.tag == tag);
        if limit > 0 && length > u32::from(limit) && !known {
            self.overlong.push(Overlong {
                tag: tag.to_owned(),
                label: label.to_owned(),
                length,
                limit,
            });
        }
    }
}

pub(crate) fn record_tag(list: &Fact, number: usize, fact: &Fact) -> String {
    format!("{}.{number}.{}", list.id, fact.id)
}

fn record_label(list: &Fact, number: usize, fact: &Fact) -> String {
    format!("{}第{number}条：{}", list.label, fact.label)
}

/// A value that stands for itself.
pub(crate) fn shown(tag: String, label: String, text: String) -> Value {
    Value {
        tag,
        label: xml::clean(&label),
        text,
        prose: false,
    }
}
