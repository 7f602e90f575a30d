//! The dictionary of labels: which fact a label asks for.
//!
//! It holds the labels of the facts and their other names, nothing that is guessed. A label is
//! looked up as it is, then as two things asked in one cell (工作单位及职务), then without the words
//! that only join. What is not found is not recognised.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::label::{Label, is_joint, loose};
use crate::profile::{Kind, Profile};

/// What a cell asks of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// The age that follows from a date of birth.
    Age,
    /// The beginning of a period.
    Start,
    /// The end of a period.
    End,
}

/// A fact, and what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    /// The position of the fact in the profile.
    pub(crate) fact: usize,
    pub(crate) part: Part,
    /// How closely the label names the fact: 0 for its own label, then the other names in their
    /// order.
    pub(crate) rank: usize,
}

/// What a label leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A fact, or several that stand in one cell.
    Facts(Vec<Asked>),
    /// Lists that tell one story, such as 简历.
    Lists(Vec<usize>),
    /// Several facts have this name.
    Several(Vec<usize>),
}

/// The dictionary.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// By list (none for the person's own facts) and key.
    names: BTreeMap<(Option<usize>, String), Vec<Asked>>,
    /// The same with loose keys.
    loosened: BTreeMap<(Option<usize>, String), Vec<Asked>>,
    /// Headings under which names mean something else, such as 全日制教育.
    headings: BTreeSet<String>,
    lists: BTreeSet<usize>,
    /// What was looked up before, outside of headings.
    found: RefCell<LookedUp>,
}

/// By list and key, what was found there.
type LookedUp = BTreeMap<(Option<usize>, String), Option<Found>>;

/// What joins a heading and a name in the names of facts.
const UNDER: char = '·';

/// The longest label that is taken apart.
const LONGEST: usize = 24;

const AGES: [&str; 5] = ["年龄", "周岁", "实足年龄", "现年龄", "实际年龄"];
const STARTS: [&str; 12] = [
    "开始时间",
    "起始时间",
    "开始日期",
    "起始日期",
    "开始年月",
    "起始年月",
    "开始",
    "起始",
    "起",
    "自",
    "入学时间",
    "入学",
];
const ENDS: [&str; 14] = [
    "结束时间",
    "终止时间",
    "截止时间",
    "结束日期",
    "终止日期",
    "结束年月",
    "终止年月",
    "结束",
    "终止",
    "止",
    "至",
    "截止",
    "毕业时间",
    "毕业",
];

impl Lexicon {
    pub(crate) fn new(profile: &Profile) -> Lexicon {
        let mut lexicon = Lexicon {
            names: BTreeMap::new(),
            loosened: BTreeMap::new(),
            headings: BTreeSet::new(),
            lists: BTreeSet::new(),
            found: RefCell::default(),
        };
        for (position, fact) in profile.facts.iter().enumerate() {
            if fact.declared {
                continue;
            }
            if matches!(fact.kind, Kind::Records { .. }) {
                lexicon.lists.insert(position);
            }
            let names = std::iter::once(&fact.label).chain(&fact.aliases);
            for (rank, name) in names.enumerate() {
                lexicon.add(fact.list, name, position, Part::Whole, rank);
            }
            let is_birth = fact.kind == Kind::Date && fact.label.starts_with("出生");
            let is_period = fact.kind == Kind::Text && fact.label.contains("起止");
            let parts = [
                (is_birth, Part::Age, AGES.as_slice()),
                (is_period, Part::Start, STARTS.as_slice()),
                (is_period, Part::End, ENDS.as_slice()),
            ];
            for (_, part, names) in parts.into_iter().filter(|(has, _, _)| *has) {
                for (rank, name) in names.iter().enumerate() {
                    lexicon.add(fact.list, name, position, part, rank);
                }
            }
        }
        lexicon
    }

    fn add(&mut self, list: Option<usize>, name: &str, fact: usize, part: Part, rank: usize) {
        let key = match name.split_once(UNDER) {
            None => Label::new(name).key,
            Some((heading, name)) => {
                let heading = Label::new(heading).key;
                let key = under(&heading, &Label::new(name).key);
                self.headings.insert(heading);
                key
            }
        };
        if key.is_empty() {
            return;
        }
        let asked = Asked { fact, part, rank };
        let loose = loose(&key);
        for (names, key) in [(&mut self.names, key), (&mut self.loosened, loose)] {
            let known = names.entry((list, key)).or_default();
            if known
                .iter()
                .all(|known| (known.fact, known.part) != (fact, part))
            {
                known.push(asked);
            }
        }
    }

    /// Whether names mean something else under this heading.
    pub(crate) fn is_heading(&self, key: &str) -> bool {
        self.headings.contains(key)
    }

    /// What a label asks for among the facts of a list, or the person's own; with the heading that
    /// it stands under, if that changes what names mean.
    pub(crate) fn find(
        &self,
        list: Option<usize>,
        key: &str,
        heading: Option<&str>,
    ) -> Option<Found> {
        if heading.is_some() {
            return self.look_up(list, key, heading);
        }
        let asked = (list, key.to_owned());
        if let Some(known) = self.found.borrow().get(&asked) {
            return known.clone();
        }
        let found = self.look_up(list, key, None);
        self.found.borrow_mut().insert(asked, found.clone());
        found
    }

    fn look_up(&self, list: Option<usize>, key: &str, heading: Option<&str>) -> Option<Found> {
        let found = match heading {
            None => self.one(list, key).or_else(|| self.joined(list, key)),
            Some(heading) => self.one(list, &under(heading, key)),
        };
        found.or_else(|| {
            let loose = match heading {
                None => loose(key),
                Some(heading) => loose(&under(heading, key)),
            };
            let asked = self.loosened.get(&(list, loose.clone()));
            match (asked, heading) {
                (Some(asked), _) => self.told(asked),
                (None, None) => self.run_together(list, &loose),
                (None, Some(_)) => None,
            }
        })
    }

    fn one(&self, list: Option<usize>, key: &str) -> Option<Found> {
        self.told(self.names.get(&(list, key.to_owned()))?)
    }

    fn told(&self, asked: &[Asked]) -> Option<Found> {
        let facts: Vec<usize> = asked.iter().map(|asked| asked.fact).collect();
        match asked {
            [] => None,
            _ if facts.iter().all(|fact| self.lists.contains(fact)) => Some(Found::Lists(facts)),
            [one] => Some(Found::Facts(vec![*one])),
            _ => Some(Found::Several(facts)),
        }
    }

    /// One fact of this name, which is no list.
    fn single(&self, list: Option<usize>, key: &str) -> Option<Asked> {
        let asked = self
            .names
            .get(&(list, key.to_owned()))
            .or_else(|| self.loosened.get(&(list, loose(key))))?;
        match asked.as_slice() {
            [one] if !self.lists.contains(&one.fact) => Some(*one),
            _ => None,
        }
    }

    /// Two or three things joined by a word: 工作单位及职务. The second may leave out the
    /// beginning of the first: 专业技术职务及取得时间.
    fn joined(&self, list: Option<usize>, key: &str) -> Option<Found> {
        let parts: Vec<&str> = key.split(is_joint).collect();
        let (first, others) = parts.split_first()?;
        if others.is_empty() || others.len() > 2 {
            return None;
        }
        let mut asked = vec![self.single(list, first)?];
        for part in others {
            let one = self
                .single(list, &format!("{first}{part}"))
                .or_else(|| self.single(list, part))?;
            asked.push(one);
        }
        different(asked)
    }

    /// Two or three things without a word between them: 学历学位. Only if there is one way to part
    /// them.
    fn run_together(&self, list: Option<usize>, key: &str) -> Option<Found> {
        if key.chars().count() > LONGEST {
            return None;
        }
        let mut ways: Vec<Vec<Asked>> = Vec::new();
        for (at, _) in key.char_indices().skip(2) {
            let Some((first, rest)) = key.split_at_checked(at) else {
                continue;
            };
            // 单位邮编 is the unit's; 单位职务 are two things.
            if first == "单位" && !rest.starts_with(['职', '岗']) {
                continue;
            }
            let Some(first) = self.single(list, first) else {
                continue;
            };
            if let Some(second) = self
                .single(list, rest)
                .filter(|_| rest.chars().count() >= 2)
            {
                ways.push(vec![first, second]);
            }
            for (at, _) in rest.char_indices().skip(2) {
                let parted = rest.split_at_checked(at);
                let parted = parted.and_then(|(second, third)| {
                    let third = self
                        .single(list, third)
                        .filter(|_| third.chars().count() >= 2);
                    Some((self.single(list, second)?, third?))
                });
                ways.extend(parted.map(|(second, third)| vec![first, second, third]));
            }
        }
        match ways.as_slice() {
            [_] => different(ways.pop()?),
            _ => None,
        }
    }
}

fn under(heading: &str, key: &str) -> String {
    format!("{heading}{UNDER}{key}")
}

/// Several facts in one cell, none of them twice.
fn different(asked: Vec<Asked>) -> Option<Found> {
    let twice = asked.iter().enumerate().any(|(position, one)| {
        asked
            .iter()
            .take(position)
            .any(|other| other.fact == one.fact)
    });
    (!twice).then_some(Found::Facts(asked))
}
