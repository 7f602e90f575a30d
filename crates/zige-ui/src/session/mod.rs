//! One check being answered: plain data and pure steps, without any page.

mod book;
mod bookmark;
mod corrections;
mod draft;
mod explanation;
mod form_desk;
pub mod identity;
mod kept;
mod opened;
mod own_form;
mod panel;
mod shelf;

use std::cell::OnceCell;
use std::rc::Rc;

use zige_core::answers::{Answer, AnswerError, Answers, Records};
use zige_core::date::Date;
use zige_core::evaluator::{Evaluator, EvaluatorError, truth};
use zige_core::ids::{CheckId, FactId, PointId};
use zige_core::pack::{Check, Condition, Fact, FactKind, FactRole, Pack};
use zige_core::report::Report;
use zige_core::verdict::Class;

use crate::library::LoadedPack;

pub(crate) use book::fact_id;
pub use book::{Book, Fields};
pub use corrections::Corrections;
pub use draft::{DateDraft, DatePart, Draft, Edit, EntryError, RecordsDraft, RowDraft, cell_id};
pub use explanation::Explanation;
pub use form_desk::{FormDesk, Item};
pub use kept::Kept;
pub use opened::{Opened, OpenedLine};
pub use own_form::{OpenCell, OwnForm, Standing};
pub use panel::{Panel, Row};
pub use shelf::Shelf;

/// What is on the question page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// One fact.
    Fact(FactId),
    /// The list of what the person can only declare.
    Declarations(Vec<FactId>),
}

/// A check being answered on a day.
///
/// The question on the page stays until it is handed in: nothing that is learned meanwhile
/// replaces it. A session that is led asks what it is told to, and does not go on by itself.
#[derive(Clone, Debug)]
pub struct Session {
    loaded: Rc<LoadedPack>,
    evaluator: Evaluator,
    answers: Answers,
    report: OnceCell<Report>,
    question: Option<Question>,
    draft: Draft,
    declared: Vec<(FactId, Answer)>,
    errors: Vec<EntryError>,
    trail: Vec<Question>,
    set_aside: Vec<FactId>,
    thorough: bool,
    led: bool,
    explanation: OnceCell<Rc<Explanation>>,
}

impl Session {
    /// Starts with what is known already.
    ///
    /// # Errors
    /// When the pack has no such check, or its rules need too large a diagram.
    pub fn new(
        loaded: Rc<LoadedPack>,
        check: CheckId,
        on: Date,
        answers: Answers,
    ) -> Result<Session, EvaluatorError> {
        let evaluator = Evaluator::new(&loaded.pack, check, on)?;
        let mut session = Session {
            loaded,
            evaluator,
            answers,
            report: OnceCell::new(),
            question: None,
            draft: Draft::Line(String::new()),
            declared: Vec::new(),
            errors: Vec::new(),
            trail: Vec::new(),
            set_aside: Vec::new(),
            thorough: false,
            led: false,
            explanation: OnceCell::new(),
        };
        session.ask(session.next());
        Ok(session)
    }

    /// The pack and its hash.
    #[must_use]
    pub fn loaded(&self) -> &Rc<LoadedPack> {
        &self.loaded
    }

    /// The pack.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.loaded.pack
    }

    /// The check's position in the pack.
    #[must_use]
    pub fn check_id(&self) -> CheckId {
        self.evaluator.check_id()
    }

    /// The check; [`Session::new`] made sure that there is one.
    #[must_use]
    pub fn check(&self) -> Option<&Check> {
        self.pack().checks.get(self.check_id().index())
    }

    /// The day for which the check is made.
    #[must_use]
    pub fn on(&self) -> Date {
        self.evaluator.on()
    }

    /// What has been said.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What follows from it; worked out when first asked for.
    #[must_use]
    pub fn report(&self) -> &Report {
        let judge = || {
            self.evaluator
                .report_without_witnesses(&self.loaded.pack, &self.answers)
        };
        self.report.get_or_init(judge)
    }

    /// What is asked; `None` when nothing more can be asked.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// What is being typed.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What is wrong with it.
    #[must_use]
    pub fn errors(&self) -> &[EntryError] {
        &self.errors
    }

    /// What is being declared, before it is confirmed.
    #[must_use]
    pub fn declared(&self, fact: FactId) -> &Answer {
        self.declared
            .iter()
            .find(|(declared, _)| *declared == fact)
            .map_or(&Answer::Absent, |(_, answer)| answer)
    }

    /// Whether one can go back to an earlier question.
    #[must_use]
    pub fn has_earlier(&self) -> bool {
        !self.trail.is_empty()
    }

    /// Whether the verdict can no longer change by answering.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.report().possible.len() == 1
    }

    /// A fact of the pack.
    #[must_use]
    pub fn fact(&self, fact: FactId) -> Option<&Fact> {
        self.pack().vocabulary.facts.get(fact.index())
    }

    /// Why the verdict is what it is, and what follows; worked out when first asked for.
    #[must_use]
    pub fn explanation(&self) -> Rc<Explanation> {
        let explain = || {
            let explanation = Explanation::of(&self.loaded.pack, &self.evaluator, &self.answers);
            Rc::new(explanation)
        };
        Rc::clone(self.explanation.get_or_init(explain))
    }

    /// The facts that have an answer and apply, in the order of the check.
    #[must_use]
    pub fn answered(&self) -> Vec<FactId> {
        self.facts()
            .filter(|fact| *self.answers.get(*fact) != Answer::Absent && self.applies(*fact))
            .collect()
    }

    /// How many more pages of questions there may be, this one included.
    #[must_use]
    pub fn remaining(&self) -> usize {
        let mut pages: Vec<Question> = Vec::new();
        for missing in &self.report().missing {
            let page = self.page_of(missing.fact);
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        pages.len().max(usize::from(self.question.is_some()))
    }

    /// Facts whose answer says too little to settle the verdict: a month where the day matters, a
    /// list that goes on.
    #[must_use]
    pub fn too_little(&self) -> Vec<FactId> {
        let mut facts: Vec<FactId> = Vec::new();
        for missing in &self.report().missing {
            if let Question::Fact(fact) = self.page_of(missing.fact)
                && is_partial(self.answers.get(fact))
                && !facts.contains(&fact)
            {
                facts.push(fact);
            }
        }
        facts
    }

    /// The conditions of the check that use a fact, in author order.
    #[must_use]
    pub fn uses(&self, fact: FactId) -> Vec<&Condition> {
        let conditions = self.check().map_or(&[][..], |check| &check.conditions);
        conditions
            .iter()
            .filter_map(|id| self.pack().conditions.get(id.index()))
            .filter(|condition| condition.facts.contains(&fact))
            .collect()
    }

    /// Changes what is being typed.
    pub fn edit(&mut self, edit: Edit) {
        if let Some(Question::Fact(fact)) = &self.question
            && let Some(known) = self.loaded.pack.vocabulary.facts.get(fact.index())
        {
            self.draft.apply(&self.loaded.pack, known, edit);
        }
    }

    /// Changes what is being declared.
    pub fn declare(&mut self, fact: FactId, answer: Answer) {
        let mut declared = self.declared.iter_mut();
        if let Some((_, place)) = declared.find(|(declared, _)| *declared == fact) {
            *place = answer;
        }
    }

    /// Hands in what is on the page. Whether it was taken; otherwise the errors say what to mend.
    pub fn submit(&mut self) -> bool {
        match self.question.clone() {
            None => true,
            Some(Question::Declarations(_)) => {
                let declared = self.declared.clone();
                self.take(&declared)
            }
            Some(Question::Fact(fact)) => match self.read(fact) {
                Ok(answer) => self.take(&[(fact, answer)]),
                Err(errors) => {
                    self.errors = errors;
                    false
                }
            },
        }
    }

    /// Hands in that the person does not know.
    pub fn submit_unknown(&mut self) -> bool {
        match self.question.clone() {
            None => true,
            Some(Question::Fact(fact)) => self.take(&[(fact, Answer::Unknown)]),
            Some(Question::Declarations(facts)) => {
                let unknown: Vec<_> = facts.into_iter().map(|f| (f, Answer::Unknown)).collect();
                self.take(&unknown)
            }
        }
    }

    /// Takes several answers at once, as the ID number gives them, and goes on.
    /// Whether they were taken; otherwise the errors say what to mend.
    pub fn take(&mut self, given: &[(FactId, Answer)]) -> bool {
        let mut answers = self.answers.clone();
        let result = given
            .iter()
            .try_for_each(|(fact, answer)| answers.set(&self.loaded.pack, *fact, answer.clone()))
            .and_then(|()| self.evaluator.check(&self.loaded.pack, &answers));
        match result {
            Ok(()) => {
                self.answers = answers;
                self.advance();
                true
            }
            Err(error) => {
                self.errors = vec![EntryError {
                    at: String::new(),
                    message: self.explain(&error),
                }];
                false
            }
        }
    }

    /// Goes back to the question before. Whether there was one.
    pub fn back(&mut self) -> bool {
        match self.trail.pop() {
            Some(question) => {
                self.ask(Some(question));
                true
            }
            None => false,
        }
    }

    /// Opens a question again, to change its answer.
    pub fn reopen(&mut self, fact: FactId) {
        if let Some(question) = self.question.take() {
            self.trail.push(question);
        }
        let page = match self.page_of(fact) {
            Question::Declarations(_) => self.declarations(),
            page => page,
        };
        self.ask(Some(page));
    }

    /// Asks for one fact, and then waits: somebody else knows what to ask next. What is being typed
    /// for it already stays. Declarations that were made are not asked again.
    pub fn lead(&mut self, fact: FactId) {
        let page = match self.page_of(fact) {
            Question::Declarations(_) => match self.declarations() {
                Question::Declarations(mut facts) => {
                    facts.retain(|fact| *self.answers.get(*fact) == Answer::Absent);
                    Question::Declarations(facts)
                }
                page => page,
            },
            page => page,
        };
        if !self.led || self.question.as_ref() != Some(&page) {
            self.led = true;
            self.ask(Some(page));
        }
    }

    /// Goes on by itself again.
    pub fn release(&mut self) {
        if self.led {
            self.led = false;
            self.ask(self.next());
        }
    }

    /// Asks also what can no longer change the verdict.
    pub fn ask_the_rest(&mut self) {
        self.thorough = true;
        self.ask(self.next());
    }

    /// Whether there is a question that the verdict does not need.
    #[must_use]
    pub fn has_rest(&self) -> bool {
        self.rest().is_some()
    }

    /// Records how a point was decided, or that it is open.
    pub fn decide(&mut self, point: PointId, outcome: Option<u16>) {
        // The page offers only the outcomes that the point has.
        drop(self.answers.set_outcome(&self.loaded.pack, point, outcome));
        self.refresh();
        if self.question.is_none() || !self.thorough {
            self.ask(self.next());
        }
    }

    /// Makes the check for another day.
    ///
    /// # Errors
    /// As [`Session::new`]; the session is unchanged then.
    pub fn set_date(&mut self, on: Date) -> Result<(), EvaluatorError> {
        self.evaluator = Evaluator::new(&self.loaded.pack, self.check_id(), on)?;
        self.refresh();
        self.ask(self.next());
        Ok(())
    }

    /// Takes over what was said elsewhere, for other programmes or on a form. What is being typed
    /// stays unless its own answer changed.
    pub fn revive(&mut self, answers: Answers) {
        if self.answers == answers {
            return;
        }
        let asked = match &self.question {
            Some(Question::Fact(fact)) => self.answers.get(*fact) == answers.get(*fact),
            _ => false,
        };
        self.answers = answers;
        self.refresh();
        if !asked && !self.led {
            self.ask(self.next());
        }
    }

    /// Whether a fact can apply to this person.
    #[must_use]
    pub fn applies(&self, fact: FactId) -> bool {
        let guard = self.fact(fact).and_then(|known| known.guard);
        guard.is_none_or(|guard| {
            let possible = truth(self.pack(), guard, self.on(), &self.answers);
            possible.single() != Some(Class::Ineligible)
        })
    }

    fn facts(&self) -> impl Iterator<Item = FactId> {
        let facts = self.check().map_or(&[][..], |check| &check.facts);
        facts.iter().copied()
    }

    fn read(&self, fact: FactId) -> Result<Answer, Vec<EntryError>> {
        let Some(known) = self.fact(fact) else {
            return Ok(Answer::Unknown);
        };
        match self.draft.read(self.pack(), known)? {
            Answer::Absent => Err(vec![EntryError {
                at: first_input(&known.kind).into(),
                message: nothing_entered(known),
            }]),
            Answer::Records(records) => Ok(Answer::Records(blanks_unknown(
                self.pack(),
                &known.kind,
                records,
            ))),
            answer => Ok(answer),
        }
    }

    fn advance(&mut self) {
        if self.led {
            self.refresh();
            return;
        }
        if let Some(question) = self.question.take() {
            self.trail.retain(|earlier| *earlier != question);
            if let Question::Fact(fact) = question {
                self.set_aside.retain(|earlier| *earlier != fact);
                if is_partial(self.answers.get(fact)) {
                    self.set_aside.push(fact);
                }
            }
            self.trail.push(question);
        }
        self.refresh();
        self.ask(self.next());
    }

    fn refresh(&mut self) {
        self.report = OnceCell::new();
        self.explanation = OnceCell::new();
    }

    fn ask(&mut self, question: Option<Question>) {
        self.errors.clear();
        match &question {
            Some(Question::Fact(fact)) => {
                if let Some(known) = self.loaded.pack.vocabulary.facts.get(fact.index()) {
                    self.draft = Draft::of(&self.loaded.pack, known, self.answers.get(*fact));
                }
            }
            Some(Question::Declarations(facts)) => {
                let presumed = |fact: &FactId| match self.answers.get(*fact) {
                    Answer::Absent => (*fact, Answer::yes_no(true)),
                    answer => (*fact, answer.clone()),
                };
                self.declared = facts.iter().map(presumed).collect();
            }
            None => {}
        }
        self.question = question;
    }

    fn next(&self) -> Option<Question> {
        let missing = self
            .report()
            .missing
            .iter()
            .map(|missing| self.page_of(missing.fact))
            .find(|page| match page {
                Question::Fact(fact) => !self.set_aside.contains(fact),
                Question::Declarations(_) => true,
            });
        match missing {
            None if self.thorough => self.rest(),
            page => page,
        }
        .map(|page| match page {
            Question::Declarations(_) => self.declarations(),
            page => page,
        })
    }

    /// The first question that only conditions without influence on the verdict still need.
    fn rest(&self) -> Option<Question> {
        let open = self
            .report()
            .conditions
            .iter()
            .filter(|one| one.possible.len() > 1);
        let open: Vec<&Condition> = open
            .filter_map(|one| self.pack().conditions.get(one.condition.index()))
            .collect();
        self.facts()
            .filter(|fact| *self.answers.get(*fact) == Answer::Absent)
            .filter(|fact| open.iter().any(|condition| condition.facts.contains(fact)))
            .find(|fact| self.applies(*fact))
            .map(|fact| self.page_of(fact))
    }

    fn page_of(&self, fact: FactId) -> Question {
        match self.fact(fact) {
            Some(known) if known.role == FactRole::Declaration => {
                Question::Declarations(Vec::new())
            }
            Some(known) => Question::Fact(known.record_of.unwrap_or(fact)),
            None => Question::Fact(fact),
        }
    }

    /// Every declaration that is answered or still matters.
    fn declarations(&self) -> Question {
        let matters = |fact: &FactId| {
            *self.answers.get(*fact) != Answer::Absent
                || self.thorough
                || self
                    .report()
                    .missing
                    .iter()
                    .any(|missing| missing.fact == *fact)
        };
        let declaration = |fact: &FactId| {
            self.fact(*fact)
                .is_some_and(|f| f.role == FactRole::Declaration)
        };
        let facts = self.facts().filter(declaration).filter(matters);
        Question::Declarations(facts.filter(|fact| self.applies(*fact)).collect())
    }

    fn explain(&self, error: &AnswerError) -> String {
        match error {
            AnswerError::Contradiction { constraint, .. } => {
                match self.pack().constraints.get(*constraint) {
                    Some(broken) if broken.message.is_empty() => {
                        format!("{}对不上，请核对。", self.labels(&broken.facts))
                    }
                    Some(broken) => broken.message.clone(),
                    None => "这个答案与前面的答案对不上，请核对。".into(),
                }
            }
            _ => "这个答案超出了可以填写的范围，请核对。".into(),
        }
    }

    fn labels(&self, facts: &[FactId]) -> String {
        let labels = facts.iter().filter_map(|fact| self.fact(*fact));
        let labels: Vec<&str> = labels.map(|fact| fact.label.as_str()).collect();
        labels.join("和")
    }
}

/// Whether more could be said than was: asking the same again at once would not help.
fn is_partial(answer: &Answer) -> bool {
    match answer {
        Answer::Month { .. } => true,
        Answer::Records(records) => !records.complete,
        Answer::Absent | Answer::Unknown | Answer::Value(_) | Answer::Text(_) => false,
    }
}

/// The ending of the id of an entry's first input.
fn first_input(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "-1",
        FactKind::Choice(_) => "-0",
        FactKind::Date { .. } => "-year",
        FactKind::Records { .. } => "-add",
        FactKind::Number { .. } | FactKind::Money { .. } | FactKind::Text { .. } => "",
    }
}

fn nothing_entered(fact: &Fact) -> String {
    let label = &fact.label;
    match &fact.kind {
        FactKind::YesNo | FactKind::Choice(_) => "请先选一项；不清楚的话，请点“我不知道”".into(),
        FactKind::Records { noun, .. } => {
            format!("请添加{noun}，或者勾选“都在这里了”；不清楚的话，请点“我不知道”")
        }
        _ => format!("请填写{label}；不清楚的话，请点“我不知道”"),
    }
}

/// In a check, what is left blank in a record has been asked and is not known.
fn blanks_unknown(pack: &Pack, kind: &FactKind, mut records: Records) -> Records {
    let FactKind::Records { fields, .. } = kind else {
        return records;
    };
    for row in &mut records.rows {
        for field in fields {
            let known = pack.vocabulary.facts.get(field.index());
            let asked = known.is_some_and(|known| known.role != FactRole::Form);
            if asked && !row.iter().any(|(id, _)| id == field) {
                row.push((*field, Answer::Unknown));
            }
        }
    }
    records
}

#[cfg(test)]
mod tests;
