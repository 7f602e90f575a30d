//! Outlines: what asking and judging needs of a pack, without what is only read.
//!
//! An app loads the outlines of all packs before its first question, and the packs while it is
//! being answered. Articles, routes, entitlements, forms and the sentences about conditions are
//! left out, and with them the facts that only forms ask.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `ZIGELINE` |
//! | 2 | format version, that of packs |
//! | then, for each pack, to the end | |
//! | 32 | SHA-256 of the pack's own body |
//! | 4 | length of the outline's body |
//! | … | the outline's body, postcard |
//!
//! Outlines carry no hash of their own: a page fetches them by integrity.

use zige_core::pack::Pack;

use crate::decode::decode_outline;
use crate::format::{FORMAT_VERSION, FormatError, MOST_BYTES, PackHash, Packed};
use crate::validate::validate;

const MAGIC: [u8; 8] = *b"ZIGELINE";

/// Reads outlines: packs whose tables of what is only read are empty. Total, like
/// [`crate::format::read`].
///
/// # Errors
/// When the bytes are no outlines of this version.
pub fn read(bytes: &[u8]) -> Result<Vec<Packed>, FormatError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(FormatError::NotPacks)?;
    let (found, mut rest) = rest.split_first_chunk::<2>().ok_or(FormatError::NotPacks)?;
    let found = u16::from_le_bytes(*found);
    if found != FORMAT_VERSION {
        return Err(FormatError::OtherVersion { found });
    }
    let mut packs: Vec<Packed> = Vec::new();
    while !rest.is_empty() {
        let number = packs.len().saturating_add(1);
        let (hash, body, after) = entry(rest).ok_or(FormatError::Truncated { number })?;
        rest = after;
        let pack: Pack = decode_outline(body).ok_or(FormatError::Undecodable { number })?;
        if let Err(what) = validate(&pack) {
            return Err(FormatError::Unsound {
                pack: pack.id,
                what,
            });
        }
        packs.push(Packed {
            pack,
            hash,
            official_text: None,
        });
    }
    Ok(packs)
}

fn entry(bytes: &[u8]) -> Option<(PackHash, &[u8], &[u8])> {
    let (hash, rest) = bytes.split_first_chunk::<32>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    if length > MOST_BYTES {
        return None;
    }
    let (body, rest) = rest.split_at_checked(length)?;
    Some((PackHash(*hash), body, rest))
}

#[cfg(feature = "compile")]
pub use write::write;

#[cfg(feature = "compile")]
mod write {
    use serde::Serialize;
    use zige_core::ids::{ChoiceId, FactId, NodeId, ScheduleId};
    use zige_core::pack::{
        Check, Condition, Constraint, Fact, FactKind, FactRole, Node, Pack, Point, Programme,
        Vocabulary,
    };

    use super::MAGIC;
    use crate::format::{FORMAT_VERSION, FormatError, encode};
    use crate::slice::{Renumber, get, kept, numbers};

    /// What an ID number fills in; asked beside the questions of a check.
    const IDENTITY: [&str; 3] = ["id_number", "birth_date", "sex"];

    /// The outlines of packs, as bytes.
    ///
    /// # Errors
    /// When a pack is not sound or too large.
    pub fn write(packs: &[&Pack]) -> Result<Vec<u8>, FormatError> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT_VERSION.to_le_bytes());
        for pack in packs {
            let (_, hash) = encode(pack)?;
            let too_large = || FormatError::TooLarge {
                what: format!("the outline of pack `{}`", pack.id),
                most: format!("{} bytes", u32::MAX),
            };
            let body = postcard::to_allocvec(&Body::of(pack)).map_err(|_| too_large())?;
            let length = u32::try_from(body.len()).map_err(|_| too_large())?;
            bytes.extend(hash.0);
            bytes.extend(length.to_le_bytes());
            bytes.extend(body);
        }
        Ok(bytes)
    }

    /// In the order of `decode_outline`.
    #[derive(Serialize)]
    struct Body<'a> {
        id: &'a str,
        title: &'a str,
        short: &'a str,
        summary: &'a str,
        issuer: &'a str,
        region: &'a str,
        version: &'a str,
        programme: &'a Programme,
        vocabulary: Vocabulary,
        nodes: Vec<Node>,
        constraints: Vec<Constraint>,
        points: Vec<Point>,
        conditions: Vec<Condition>,
        checks: Vec<Check>,
        articles: Vec<&'a str>,
    }

    impl Body<'_> {
        fn of(pack: &Pack) -> Body<'_> {
            let used = Used::of(pack);
            let (nodes, facts) = (numbers(&used.nodes), numbers(&used.facts));
            let (choices, sections) = (numbers(&used.choices), numbers(&used.sections));
            let (schedules, points) = (
                numbers(&used.schedules),
                numbers(&vec![true; pack.points.len()]),
            );
            let renumber = Renumber {
                nodes: &nodes,
                facts: &facts,
                choices: &choices,
                schedules: &schedules,
                points: &points,
            };
            let node = |id: NodeId| NodeId(get(&nodes, id.index()));
            let all_facts = |ids: &[FactId]| -> Vec<FactId> {
                let known = ids
                    .iter()
                    .filter_map(|id| facts.get(id.index()).copied().flatten());
                known.map(FactId).collect()
            };
            let fact = |fact: &Fact| Fact {
                kind: match &fact.kind {
                    FactKind::Choice(choice) => {
                        FactKind::Choice(ChoiceId(get(&choices, choice.index())))
                    }
                    FactKind::Records { noun, fields } => FactKind::Records {
                        noun: noun.clone(),
                        fields: all_facts(fields),
                    },
                    kind => kind.clone(),
                },
                section: get(&sections, usize::from(fact.section)),
                guard: fact.guard.map(node),
                record_of: fact.record_of.map(|list| FactId(get(&facts, list.index()))),
                proof: String::new(),
                ..fact.clone()
            };
            let vocabulary = &pack.vocabulary;
            Body {
                id: &pack.id,
                title: &pack.title,
                short: &pack.short,
                summary: &pack.summary,
                issuer: &pack.issuer,
                region: &pack.region,
                version: &pack.version,
                programme: &pack.programme,
                vocabulary: Vocabulary {
                    choices: kept(&vocabulary.choices, &used.choices).cloned().collect(),
                    sections: kept(&vocabulary.sections, &used.sections)
                        .cloned()
                        .collect(),
                    facts: kept(&vocabulary.facts, &used.facts).map(fact).collect(),
                    schedules: kept(&vocabulary.schedules, &used.schedules)
                        .cloned()
                        .collect(),
                },
                nodes: kept(&pack.nodes, &used.nodes)
                    .map(|node| renumber.node(node))
                    .collect(),
                constraints: pack
                    .constraints
                    .iter()
                    .filter(|constraint| used.keeps(constraint))
                    .map(|constraint| Constraint {
                        rule: node(constraint.rule),
                        facts: all_facts(&constraint.facts),
                        ..constraint.clone()
                    })
                    .collect(),
                points: pack
                    .points
                    .iter()
                    .map(|point| Point {
                        question: String::new(),
                        reason: String::new(),
                        ..point.clone()
                    })
                    .collect(),
                conditions: pack
                    .conditions
                    .iter()
                    .map(|condition| Condition {
                        rule: node(condition.rule),
                        facts: all_facts(&condition.facts),
                        see: Vec::new(),
                        met: String::new(),
                        unmet: String::new(),
                        open: String::new(),
                        ..condition.clone()
                    })
                    .collect(),
                checks: pack
                    .checks
                    .iter()
                    .map(|check| Check {
                        facts: all_facts(&check.facts),
                        ..check.clone()
                    })
                    .collect(),
                articles: pack
                    .articles
                    .iter()
                    .map(|article| article.name.as_str())
                    .collect(),
            }
        }
    }

    /// What a pack's checks need.
    struct Used {
        facts: Vec<bool>,
        nodes: Vec<bool>,
        choices: Vec<bool>,
        sections: Vec<bool>,
        schedules: Vec<bool>,
    }

    impl Used {
        fn of(pack: &Pack) -> Used {
            let vocabulary = &pack.vocabulary;
            let mut used = Used {
                facts: vec![false; vocabulary.facts.len()],
                nodes: vec![false; pack.nodes.len()],
                choices: vec![false; vocabulary.choices.len()],
                sections: vec![false; vocabulary.sections.len()],
                schedules: vec![false; vocabulary.schedules.len()],
            };
            for (index, fact) in vocabulary.facts.iter().enumerate() {
                let id = FactId(u16::try_from(index).unwrap_or(u16::MAX));
                let asked = pack.checks.iter().any(|check| check.facts.contains(&id));
                if asked || IDENTITY.contains(&fact.id.as_str()) {
                    used.fact(pack, id);
                }
            }
            for condition in &pack.conditions {
                used.node(pack, condition.rule);
            }
            // A constraint on what is not asked holds for nobody in particular.
            for constraint in &pack.constraints {
                if used.keeps(constraint) {
                    used.node(pack, constraint.rule);
                }
            }
            used
        }

        fn keeps(&self, constraint: &Constraint) -> bool {
            let mut facts = constraint.facts.iter();
            facts.all(|fact| self.facts.get(fact.index()).copied().unwrap_or(false))
        }

        fn fact(&mut self, pack: &Pack, id: FactId) {
            let Some(fact) = pack.vocabulary.facts.get(id.index()) else {
                return;
            };
            if !mark(&mut self.facts, id.index()) {
                return;
            }
            mark(&mut self.sections, usize::from(fact.section));
            if let Some(guard) = fact.guard {
                self.node(pack, guard);
            }
            if let Some(list) = fact.record_of {
                self.fact(pack, list);
            }
            match &fact.kind {
                FactKind::Choice(ChoiceId(choice)) => {
                    mark(&mut self.choices, usize::from(*choice));
                }
                FactKind::Records { fields, .. } if fact.role != FactRole::Form => {
                    for field in fields {
                        self.fact(pack, *field);
                    }
                }
                _ => {}
            }
        }

        fn node(&mut self, pack: &Pack, id: NodeId) {
            let Some(node) = pack.nodes.get(id.index()) else {
                return;
            };
            if !mark(&mut self.nodes, id.index()) {
                return;
            }
            match node {
                Node::Fact(fact) => self.fact(pack, *fact),
                Node::Count { records, filter } => {
                    self.fact(pack, *records);
                    self.node(pack, *filter);
                }
                Node::Option(choice, _) => {
                    mark(&mut self.choices, choice.index());
                }
                Node::Schedule {
                    schedule: ScheduleId(schedule),
                    ..
                } => {
                    mark(&mut self.schedules, usize::from(*schedule));
                }
                _ => {}
            }
            for operand in node.operands() {
                self.node(pack, operand);
            }
        }
    }

    /// Whether it was not marked before.
    fn mark(list: &mut [bool], index: usize) -> bool {
        match list.get_mut(index) {
            Some(place) if !*place => {
                *place = true;
                true
            }
            _ => false,
        }
    }
}
