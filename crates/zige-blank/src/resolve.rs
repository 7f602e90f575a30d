//! From a label in its surroundings to what it asks for.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::label::{Label, readings};
use crate::lexicon::{Asked, Found, Lexicon};
use crate::model::Side;
use crate::profile::{Given, Kind, Profile};
use crate::words::{self, Ink, Whose};

/// What a label asks for, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Facts of the person, or of a record of a list (its number, from 0).
    Facts(Vec<Asked>, Option<usize>),
    /// Lists, each record a line or a row.
    Lists(Vec<usize>),
    /// Several facts have this name.
    Several,
    /// Somebody else's data.
    Other,
    /// It is not known whether this is the person.
    WhichPerson,
    /// Left for ink.
    Ink(Ink),
    /// The photograph.
    Photo,
    /// It is known what is asked, but not how to write it there.
    Unfit,
    /// Not in the dictionary.
    Unknown,
}

/// What stands around a label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// Whose data the innermost heading announces; none where none does.
    pub(crate) whose: Option<Whose>,
    /// The key of that heading, and which of several such headings it is, from 0.
    pub(crate) whose_key: String,
    pub(crate) ordinal: usize,
    /// A heading that changes what names mean.
    pub(crate) heading: Option<String>,
    /// The rows before asked about somebody else: in full, or only how to reach them.
    pub(crate) after: Option<After>,
}

impl Around {
    /// The same behind a label that has named somebody.
    pub(crate) fn of(&self, spoken: Option<&(Whose, String)>) -> Around {
        match spoken {
            Some((whose, key)) => Around {
                whose: Some(*whose),
                whose_key: key.clone(),
                ..self.clone()
            },
            None => self.clone(),
        }
    }
}

/// What a row leaves open for those after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// Anything may still be about somebody else.
    Anything,
    /// How to reach somebody else may follow.
    Contact,
}

/// The dictionary, with what the form and the answers say about people.
#[derive(Debug)]
pub(crate) struct Resolver<'p> {
    pub(crate) profile: &'p Profile,
    pub(crate) lexicon: Lexicon,
    pub(crate) side: Option<Side>,
    /// Whether the form asks about a mentor somewhere.
    pub(crate) has_mentor: bool,
    /// The form's first line, which says whose form it is.
    pub(crate) title: String,
    /// Labels that were read before: forms repeat them, and each is looked at several times.
    labels: RefCell<BTreeMap<String, Label>>,
}

impl<'p> Resolver<'p> {
    pub(crate) fn new(profile: &'p Profile, side: Option<Side>) -> Resolver<'p> {
        let mut resolver = Resolver {
            profile,
            lexicon: Lexicon::new(profile),
            side,
            has_mentor: false,
            title: String::new(),
            labels: RefCell::default(),
        };
        // Who has named trainees is a mentor.
        let names_trainees = (0..profile.facts.len())
            .any(|list| resolver.is_trainees(list) && resolver.has_records(list));
        if names_trainees {
            resolver.side = resolver.side.or(Some(Side::Mentor));
        }
        resolver
    }

    fn has_records(&self, list: usize) -> bool {
        let list = self.profile.facts.get(list);
        list.is_some_and(
            |list| matches!(&list.given, Given::Records { rows, .. } if !rows.is_empty()),
        )
    }

    /// Whether a list holds those whom a mentor trains.
    fn is_trainees(&self, list: usize) -> bool {
        let Some(fact) = self.profile.facts.get(list) else {
            return false;
        };
        match &fact.kind {
            Kind::Records { noun, .. } => std::iter::once(noun)
                .chain(&fact.aliases)
                .any(|name| words::heading(&Label::new(name).key) == Some(Whose::Trainee)),
            _ => false,
        }
    }

    /// The reading of a cell's text that the dictionary knows, else the plain one.
    pub(crate) fn label(&self, text: &str) -> Label {
        if let Some(known) = self.labels.borrow().get(text) {
            return known.clone();
        }
        let label = self.best_reading(text);
        let mut labels = self.labels.borrow_mut();
        labels.insert(text.to_owned(), label.clone());
        label
    }

    fn best_reading(&self, text: &str) -> Label {
        let labels: Vec<Label> = readings(text).iter().map(|text| Label::new(text)).collect();
        let known = labels.iter().position(|label| self.knows(label));
        let mut labels = labels.into_iter();
        labels
            .nth(known.unwrap_or(0))
            .unwrap_or_else(|| Label::new(text))
    }

    /// Whether a label is a word of the dictionary, wherever it stands.
    fn knows(&self, label: &Label) -> bool {
        let key = label.key.as_str();
        let in_a_list = || {
            let lists = self.profile.facts.iter().enumerate();
            lists
                .filter(|(_, fact)| matches!(fact.kind, Kind::Records { .. }))
                .any(|(list, _)| self.lexicon.find(Some(list), key, None).is_some())
        };
        self.lexicon.find(None, key, None).is_some()
            || self.lexicon.is_heading(key)
            || words::heading(key).is_some()
            || in_a_list()
            || KNOWN.contains(&key)
    }

    /// The lists of this name.
    pub(crate) fn lists(&self, key: &str) -> Vec<usize> {
        match self.lexicon.find(None, key, None) {
            Some(Found::Lists(lists)) => lists,
            _ => Vec::new(),
        }
    }

    /// Whose facts a heading's words mean: the person's (`Ok(None)`), those of a list.
    pub(crate) fn whose(&self, whose: Option<Whose>, key: &str) -> Result<Option<usize>, Meaning> {
        match (whose, self.side) {
            (None | Some(Whose::Own), _) => Ok(None),
            // An expert's own form.
            (Some(Whose::Other), _)
                if words::bare(key) == "专家" && self.title.contains("专家") =>
            {
                Ok(None)
            }
            (Some(Whose::Other), _) => Err(Meaning::Other),
            (Some(Whose::Mentor), Some(Side::Mentor)) => Ok(None),
            (Some(Whose::Mentor), Some(Side::Trainee)) => Err(Meaning::Other),
            (Some(Whose::Mentor), None) => Err(Meaning::WhichPerson),
            (Some(Whose::Trainee), Some(Side::Trainee)) => Ok(None),
            (Some(Whose::Trainee), None) if !self.has_mentor => Ok(None),
            (Some(Whose::Trainee), None) => Err(Meaning::WhichPerson),
            (Some(Whose::Trainee), Some(Side::Mentor)) => {
                let named = self.lists(key);
                let all: Vec<usize> = (0..self.profile.facts.len())
                    .filter(|list| self.is_trainees(*list) && self.has_records(*list))
                    .collect();
                match (named.as_slice(), all.as_slice()) {
                    ([list], _) if self.has_records(*list) || all.is_empty() => Ok(Some(*list)),
                    (_, [list]) => Ok(Some(*list)),
                    // Nobody was named.
                    (_, []) => Err(Meaning::Other),
                    _ => Err(Meaning::WhichPerson),
                }
            }
        }
    }

    /// What a label asks for.
    pub(crate) fn meaning(&self, label: &Label, around: &Around) -> Meaning {
        let key = label.key.as_str();
        if key.is_empty() {
            return match words::ink(label) {
                Some(ink) => Meaning::Ink(ink),
                None => Meaning::Unknown,
            };
        }
        // A label that begins with a person says whose it is, unless it is a name of its own.
        let heading = around.heading.as_deref();
        let named = self.lexicon.find(None, key, heading).is_some();
        let of_whom = words::of_whom(key).filter(|_| !named);
        let (whose, whose_key, rest) = match of_whom {
            Some((whose, rest)) => (Some(whose), key.strip_suffix(rest).unwrap_or(key), rest),
            None => (around.whose, around.whose_key.as_str(), key),
        };
        // 姓名（家长）
        let noted = label.notes.iter().find_map(|note| {
            let whose = words::heading(note)?;
            (whose != Whose::Own && of_whom.is_none()).then_some((whose, note.as_str()))
        });
        let (whose, whose_key) = match noted {
            Some((noted, note)) => (Some(noted), note),
            None => (whose, whose_key),
        };
        let ink = words::ink(label);
        if words::is_photo(label) {
            return Meaning::Photo;
        }
        // 单位（盖章）: whoever stamps it writes their name there.
        let stamped = ["盖章", "公章", "签章", "签名", "签字"];
        if let Some(ink) = ink.filter(|_| stamped.iter().any(|word| label.notes(word))) {
            return Meaning::Ink(ink);
        }
        if words::heading(key).is_some_and(|whose| whose != Whose::Own) && !named {
            return match (ink, self.whose(words::heading(key), key)) {
                (Some(ink), _) => Meaning::Ink(ink),
                (None, Err(meaning)) => meaning,
                (None, Ok(_)) => Meaning::Unknown,
            };
        }
        let list = match (self.whose(whose, whose_key), ink) {
            (Ok(list), _) => list,
            (Err(_), Some(ink)) => return Meaning::Ink(ink),
            (Err(meaning), None) => return meaning,
        };
        let heading = heading.filter(|_| of_whom.is_none());
        let found = self.noted(label, list, rest, heading);
        match (found, ink) {
            (Some(Found::Facts(asked)), _) => Meaning::Facts(asked, list.map(|_| around.ordinal)),
            (Some(Found::Lists(lists)), _) if list.is_none() => Meaning::Lists(lists),
            (Some(Found::Several(_)), _) => Meaning::Several,
            (_, Some(ink)) => Meaning::Ink(ink),
            _ => Meaning::Unknown,
        }
    }

    /// What a label asks for whose notes may change that: 联系电话（办公）, 姓名（外文）.
    fn noted(
        &self,
        label: &Label,
        list: Option<usize>,
        key: &str,
        heading: Option<&str>,
    ) -> Option<Found> {
        for note in &label.notes {
            let is_number = ["电话", "联系方式", "号码"]
                .iter()
                .any(|word| key.contains(word));
            if let (true, Some((_, name))) =
                (is_number, NUMBERS.iter().find(|(known, _)| *known == note))
            {
                return self.lexicon.find(list, name, None);
            }
            if let Some((_, heading)) = STAGES.iter().find(|(known, _)| note.contains(known)) {
                return self.lexicon.find(list, key, Some(heading));
            }
            if QUALIFIERS.iter().any(|word| note.contains(word)) {
                return None;
            }
            // 工作岗位（填写单位全称和职务）
            if let Some(found) = note
                .strip_prefix("填写")
                .and_then(|name| self.lexicon.find(list, name, None))
            {
                return Some(found);
            }
        }
        self.lexicon.find(list, key, heading).or_else(|| {
            // 办公：____ in a cell of telephones.
            let name = NUMBERS.iter().find(|(known, _)| *known == key)?;
            self.lexicon.find(list, name.1, None)
        })
    }

    /// What a tag such as `full_name`, `unit_name+post`, `work_history.1.job_unit` means.
    pub(crate) fn tagged(&self, tag: &str) -> Option<Meaning> {
        let parts: Vec<&str> = tag.split('+').collect();
        let places: Option<Vec<usize>> = parts.iter().map(|part| self.place(part)).collect();
        let is_list = |place: &usize| {
            let fact = self.profile.facts.get(*place);
            fact.is_some_and(|fact| matches!(fact.kind, Kind::Records { .. }))
        };
        let asked = |places: &[usize], parts: &[&str]| {
            places
                .iter()
                .zip(parts)
                .map(|(fact, part)| Asked {
                    fact: *fact,
                    part: part_of(part),
                    rank: 0,
                })
                .collect::<Vec<Asked>>()
        };
        match places {
            Some(places) if places.iter().all(is_list) => Some(Meaning::Lists(places)),
            Some(places) if places.iter().all(|place| !is_list(place)) => {
                Some(Meaning::Facts(asked(&places, &parts), None))
            }
            _ => {
                let mut steps = tag.splitn(3, '.');
                let list = self.place(steps.next()?)?;
                let record: usize = steps.next()?.parse().ok()?;
                let parts: Vec<&str> = steps.next()?.split('+').collect();
                let places: Option<Vec<usize>> =
                    parts.iter().map(|part| self.place(part)).collect();
                let places = places?;
                let belong = places.iter().all(|place| {
                    self.profile
                        .facts
                        .get(*place)
                        .is_some_and(|fact| fact.list == Some(list))
                });
                belong.then_some(())?;
                Some(Meaning::Facts(
                    asked(&places, &parts),
                    Some(record.checked_sub(1)?),
                ))
            }
        }
    }

    fn place(&self, tag: &str) -> Option<usize> {
        let id = tag.split(':').next().unwrap_or(tag);
        self.profile.facts.iter().position(|fact| fact.id == id)
    }
}

fn part_of(tag: &str) -> crate::lexicon::Part {
    use crate::lexicon::Part;
    match tag.split_once(':').map(|(_, part)| part) {
        Some("age") => Part::Age,
        Some("start") => Part::Start,
        Some("end") => Part::End,
        _ => Part::Whole,
    }
}

/// Notes that say which telephone is meant.
const NUMBERS: [(&str, &str); 10] = [
    ("手机", "手机"),
    ("移动", "手机"),
    ("办公", "办公电话"),
    ("办公室", "办公电话"),
    ("办", "办公电话"),
    ("单位", "办公电话"),
    ("家庭", "家庭电话"),
    ("住宅", "家庭电话"),
    ("宅", "家庭电话"),
    ("固定", "固定电话"),
];

/// Notes that say which part of somebody's education is meant, with the heading that names it.
const STAGES: [(&str, &str); 2] = [("全日制", "全日制教育"), ("在职", "在职教育")];

/// Notes with which a label asks for something else than without.
const QUALIFIERS: [&str; 10] = [
    "外文",
    "英文",
    "拼音",
    "曾用",
    "本年度",
    "当年",
    "上年度",
    "第一学历",
    "配偶",
    "家属",
];

/// Labels of real forms that stand for ink or for nothing that is known, so that their vertical
/// shapes are read rightly.
const KNOWN: [&str; 16] = [
    "审批机关意见",
    "行政任免机关意见",
    "行政机关任免意见",
    "呈报单位",
    "任免理由",
    "拟任职务",
    "拟免职务",
    "照片",
    "备注",
    "单位意见",
    "所在单位意见",
    "主管部门意见",
    "推荐单位意见",
    "本人签名",
    "填表说明",
    "序号",
];
