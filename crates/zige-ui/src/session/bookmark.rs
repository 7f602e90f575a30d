//! Where a person is in a check, as plain texts: the page's other module, or the page after a
//! panic, goes on there, with what was typed and not handed in yet.

use zige_core::answers::Answer;
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{FactKind, Pack};

use super::{DateDraft, Draft, Question, RecordsDraft, Session, fact_id};

/// Stands for the list of declarations, which has no id.
const DECLARATIONS: &str = "-";

impl Session {
    /// Pack, check, day, whether all is asked, the question, the ways back, what was set aside, and
    /// what is being typed.
    #[must_use]
    pub fn bookmark(&self) -> Vec<String> {
        let mut texts = Texts(Vec::new());
        texts.say(&self.pack().id);
        texts.say(self.check().map_or("", |check| &check.id));
        texts.number(self.on().days());
        texts.number(i64::from(self.thorough));
        let pages = |texts: &mut Texts, pages: &[Question]| {
            texts.length(pages.len());
            for page in pages {
                texts.say(&self.page_name(page));
            }
        };
        pages(&mut texts, self.question.as_slice());
        pages(&mut texts, &self.trail);
        texts.length(self.set_aside.len());
        for fact in &self.set_aside {
            texts.say(self.fact(*fact).map_or("", |fact| &fact.id));
        }
        texts.length(self.declared.len());
        for (fact, answer) in &self.declared {
            texts.say(self.fact(*fact).map_or("", |fact| &fact.id));
            texts.say(match answer {
                Answer::Value(0) => "0",
                Answer::Value(_) => "1",
                _ => "",
            });
        }
        texts.draft(self.pack(), &self.draft);
        texts.0
    }

    /// Goes on where [`Session::bookmark`] was made, as far as it fits what is asked now.
    pub fn resume(&mut self, bookmark: Vec<String>) {
        let mut texts = bookmark.into_iter().skip(2);
        // What does not fit is left where it is.
        let _ = self.try_resume(&mut texts);
    }

    /// Whether a bookmark is one of this check.
    #[must_use]
    pub fn has(&self, bookmark: &[String]) -> bool {
        let check = self.check().map(|check| &check.id);
        bookmark.first() == Some(&self.pack().id) && bookmark.get(1) == check
    }

    fn try_resume(&mut self, texts: &mut dyn Iterator<Item = String>) -> Option<()> {
        let on = Date::from_days(number(texts)?);
        if on != self.on() {
            self.set_date(on).ok()?;
        }
        self.thorough = number(texts)? != 0;
        let mut pages = || -> Option<Vec<Question>> {
            let mut pages = Vec::new();
            for _ in 0..number(texts)? {
                pages.extend(self.page_named(&texts.next()?));
            }
            Some(pages)
        };
        let (question, trail) = (pages()?.pop(), pages()?);
        let mut set_aside = Vec::new();
        for _ in 0..number(texts)? {
            set_aside.extend(named(self.pack(), &texts.next()?));
        }
        let mut declared = Vec::new();
        for _ in 0..number(texts)? {
            let fact = named(self.pack(), &texts.next()?);
            let answer = match texts.next()?.as_str() {
                "" => Answer::Unknown,
                value => Answer::yes_no(value == "1"),
            };
            declared.extend(fact.map(|fact| (fact, answer)));
        }
        self.trail = trail;
        self.set_aside = set_aside;
        self.ask(question);
        match &self.question {
            Some(Question::Fact(fact)) => {
                let blank = self.draft.clone();
                let draft = read_draft(self.pack(), *fact, blank, texts)?;
                self.draft = draft;
            }
            Some(Question::Declarations(_)) => {
                for (fact, answer) in declared {
                    self.declare(fact, answer);
                }
            }
            None => {}
        }
        Some(())
    }

    fn page_name(&self, page: &Question) -> String {
        match page {
            Question::Declarations(_) => DECLARATIONS.into(),
            Question::Fact(fact) => self
                .fact(*fact)
                .map(|fact| fact.id.clone())
                .unwrap_or_default(),
        }
    }

    fn page_named(&self, name: &str) -> Option<Question> {
        match name {
            DECLARATIONS => Some(self.declarations()),
            name => named(self.pack(), name).map(Question::Fact),
        }
    }
}

/// Texts one after another; lists begin with their length.
struct Texts(Vec<String>);

impl Texts {
    fn say(&mut self, text: &str) {
        self.0.push(text.into());
    }

    fn number(&mut self, number: i64) {
        self.0.push(number.to_string());
    }

    fn length(&mut self, length: usize) {
        self.0.push(length.to_string());
    }

    fn draft(&mut self, pack: &Pack, draft: &Draft) {
        match draft {
            Draft::Choice { chosen, filter } => {
                self.number(chosen.unwrap_or(-1));
                self.say(filter);
            }
            Draft::Line(line) => self.say(line),
            Draft::Date(DateDraft { year, month, day }) => {
                self.say(year);
                self.say(month);
                self.say(day);
            }
            Draft::Records(records) => {
                self.number(i64::from(records.complete));
                self.length(records.rows.len());
                for row in &records.rows {
                    self.length(row.cells.len());
                    for (field, cell) in &row.cells {
                        let fact = pack.vocabulary.facts.get(field.index());
                        self.say(fact.map_or("", |fact| &fact.id));
                        self.draft(pack, cell);
                    }
                }
            }
        }
    }
}

/// Fills a draft of the right kind; `None` when the texts are of another.
fn read_draft(
    pack: &Pack,
    fact: FactId,
    blank: Draft,
    texts: &mut dyn Iterator<Item = String>,
) -> Option<Draft> {
    Some(match blank {
        Draft::Choice { .. } => Draft::Choice {
            chosen: number(texts).filter(|chosen| *chosen >= 0),
            filter: texts.next()?,
        },
        Draft::Line(_) => Draft::Line(texts.next()?),
        Draft::Date(_) => Draft::Date(DateDraft {
            year: texts.next()?,
            month: texts.next()?,
            day: texts.next()?,
        }),
        Draft::Records(_) => {
            let FactKind::Records { fields, .. } = &pack.vocabulary.facts.get(fact.index())?.kind
            else {
                return None;
            };
            let mut records = RecordsDraft::default();
            records.complete = number(texts)? != 0;
            for _ in 0..number(texts)? {
                records.add(pack, fields, &|_| Answer::Absent);
                for _ in 0..number(texts)? {
                    let field = named(pack, &texts.next()?)?;
                    let row = records.rows.last_mut()?;
                    let (_, cell) = row.cells.iter_mut().find(|(id, _)| *id == field)?;
                    *cell = read_draft(pack, field, cell.clone(), texts)?;
                }
            }
            Draft::Records(records)
        }
    })
}

fn number(texts: &mut dyn Iterator<Item = String>) -> Option<i64> {
    texts.next()?.parse().ok()
}

fn named(pack: &Pack, id: &str) -> Option<FactId> {
    let mut facts = pack.vocabulary.facts.iter();
    facts.position(|fact| fact.id == id).map(fact_id)
}
