//! What the evaluator relies on: every number points into its table, a node comes after the nodes
//! it is made of, and no expression is so large that walking it takes long.

use zige_core::ids::{ArticleId, CheckId, ChoiceId, FactId, NodeId, PointId, ScheduleId};
use zige_core::pack::{
    BlockKind, Cell, ColumnWhat, FactKind, FieldKind, Node, Pack, PartBody, Requirement, Slot,
};

/// How deep an expression may be.
pub(crate) const DEEPEST: u32 = 1_000;
/// How many steps walking an expression may take, shared parts counted each time.
pub(crate) const MOST_STEPS: u32 = 100_000;

/// Checks a pack; `Err` says what is wrong.
pub(crate) fn validate(pack: &Pack) -> Result<(), String> {
    let valid = Validator { pack };
    valid.vocabulary()?;
    valid.nodes()?;
    valid.rules()?;
    valid.checks()?;
    valid.blocks()?;
    valid.forms()
}

struct Validator<'a> {
    pack: &'a Pack,
}

impl Validator<'_> {
    fn vocabulary(&self) -> Result<(), String> {
        let vocabulary = &self.pack.vocabulary;
        for choice in &vocabulary.choices {
            let options = choice.options.len();
            if options == 0 || options > 64 || choice.hints.len() != options {
                return Err(format!("`{}` has {options} options", choice.id));
            }
        }
        for schedule in &vocabulary.schedules {
            if schedule.rows.iter().any(|row| row.step < 1 || row.cap < 0) {
                return Err(format!("a row of `{}` has no steps", schedule.id));
            }
        }
        for fact in &vocabulary.facts {
            within(
                usize::from(fact.section),
                vocabulary.sections.len(),
                "section",
            )?;
            fact.guard.map_or(Ok(()), |guard| self.node(guard))?;
            if let Some(list) = fact.record_of {
                self.list(list)?;
            }
            match &fact.kind {
                FactKind::Choice(choice) => self.choice(*choice)?,
                FactKind::Number { min, max, .. }
                | FactKind::Money { min, max }
                | FactKind::Date { min, max } => {
                    if min > max {
                        return Err(format!("the range of `{}` is empty", fact.id));
                    }
                }
                FactKind::Records { fields, .. } => {
                    fields.iter().try_for_each(|field| self.fact(*field))?;
                }
                FactKind::YesNo | FactKind::Text { .. } => {}
            }
        }
        Ok(())
    }

    fn nodes(&self) -> Result<(), String> {
        // An outline has no places.
        if !self.pack.spans.is_empty() && self.pack.spans.len() != self.pack.nodes.len() {
            return Err("it has more nodes than places, or fewer".to_owned());
        }
        // Depth and steps of the nodes so far.
        let mut sizes: Vec<(u32, u32)> = Vec::with_capacity(self.pack.nodes.len());
        for (index, node) in self.pack.nodes.iter().enumerate() {
            let mut operands = node.operands();
            match node {
                Node::Fact(fact) => self.fact(*fact)?,
                Node::Point(point) => self.point(*point)?,
                Node::Option(choice, _) => self.choice(*choice)?,
                Node::Schedule { schedule, row, .. } => self.schedule(*schedule, *row)?,
                Node::Count { records, filter } => {
                    self.list(*records)?;
                    operands.push(*filter);
                }
                _ => {}
            }
            let (mut depth, mut steps) = (0_u32, 1_u32);
            for operand in operands {
                let Some((below, cost)) = sizes.get(operand.index()) else {
                    return Err(format!("node {index} stands before a part of it"));
                };
                depth = depth.max(*below);
                steps = steps.saturating_add(*cost);
            }
            depth = depth.saturating_add(1);
            if depth > DEEPEST || steps > MOST_STEPS {
                return Err(format!("the rule at node {index} is too large"));
            }
            sizes.push((depth, steps));
        }
        Ok(())
    }

    fn rules(&self) -> Result<(), String> {
        let pack = self.pack;
        for constraint in &pack.constraints {
            self.node(constraint.rule)?;
            constraint
                .facts
                .iter()
                .try_for_each(|fact| self.fact(*fact))?;
        }
        for point in &pack.points {
            point
                .article
                .map_or(Ok(()), |article| self.article(article))?;
            if !(2..=4).contains(&point.outcomes.len()) {
                return Err(format!(
                    "point `{}` has {} outcomes",
                    point.id,
                    point.outcomes.len()
                ));
            }
        }
        for condition in &pack.conditions {
            self.node(condition.rule)?;
            self.article(condition.article)?;
            condition
                .see
                .iter()
                .try_for_each(|article| self.article(*article))?;
            condition
                .facts
                .iter()
                .try_for_each(|fact| self.fact(*fact))?;
            condition
                .points
                .iter()
                .try_for_each(|point| self.point(*point))?;
        }
        pack.programme
            .article
            .map_or(Ok(()), |article| self.article(article))
    }

    fn checks(&self) -> Result<(), String> {
        for check in &self.pack.checks {
            self.article(check.article)?;
            check.facts.iter().try_for_each(|fact| self.fact(*fact))?;
            for condition in &check.conditions {
                within(condition.index(), self.pack.conditions.len(), "condition")?;
            }
            self.requirement(&check.require, 0)?;
        }
        Ok(())
    }

    fn requirement(&self, requirement: &Requirement, depth: u32) -> Result<(), String> {
        match requirement {
            _ if depth > DEEPEST => Err("a check is nested too deeply".to_owned()),
            Requirement::Condition(id) => {
                within(id.index(), self.pack.conditions.len(), "condition")
            }
            Requirement::All(parts) | Requirement::Any(parts) => parts
                .iter()
                .try_for_each(|part| self.requirement(part, depth.saturating_add(1))),
        }
    }

    fn blocks(&self) -> Result<(), String> {
        let pack = self.pack;
        for entitlement in &pack.entitlements {
            self.article(entitlement.article)?;
            self.check_of(entitlement.check)?;
            entitlement.when.map_or(Ok(()), |when| self.node(when))?;
        }
        for route in &pack.routes {
            self.article(route.article)?;
            self.check_of(route.check)?;
            for case in &route.cases {
                case.when.map_or(Ok(()), |when| self.node(when))?;
            }
        }
        for grade in &pack.grades {
            self.article(grade.article)?;
            for row in &grade.rows {
                row.when.map_or(Ok(()), |when| self.node(when))?;
            }
        }
        let articles = pack.obligations.iter().map(|block| block.article);
        let articles = articles.chain(pack.deadlines.iter().map(|block| block.article));
        let mut articles = articles.chain(pack.notes.iter().map(|block| block.article));
        articles.try_for_each(|article| self.article(article))?;
        for article in &pack.articles {
            for block in &article.blocks {
                let length = match block.kind {
                    BlockKind::Condition => pack.conditions.len(),
                    BlockKind::Check => pack.checks.len(),
                    BlockKind::Entitlement => pack.entitlements.len(),
                    BlockKind::Route => pack.routes.len(),
                    BlockKind::Grade => pack.grades.len(),
                    BlockKind::Obligation => pack.obligations.len(),
                    BlockKind::Deadline => pack.deadlines.len(),
                    BlockKind::Form => pack.forms.len(),
                    BlockKind::Point => pack.points.len(),
                    BlockKind::Constraint => pack.constraints.len(),
                    BlockKind::Note => pack.notes.len(),
                    // Examples stay in the source.
                    BlockKind::Example => continue,
                };
                within(usize::from(block.index), length, "block")?;
            }
        }
        Ok(())
    }

    fn forms(&self) -> Result<(), String> {
        for form in &self.pack.forms {
            self.article(form.article)?;
            self.check_of(form.check)?;
            for attachment in &form.attachments {
                attachment.proves.map_or(Ok(()), |fact| self.fact(fact))?;
            }
            for field in &form.fields {
                if let FieldKind::Choice(choice) = field.kind {
                    self.choice(choice)?;
                }
            }
            for slot in form.slots() {
                self.slot(slot, form.fields.len())?;
            }
            for part in &form.parts {
                let PartBody::Rows(rows) = &part.body else {
                    continue;
                };
                for (_, cell) in rows.iter().flat_map(|row| &row.cells) {
                    let Cell::Table(table) = cell else { continue };
                    self.list(table.records)?;
                    for column in &table.columns {
                        if let ColumnWhat::Fact(fact) = column.what {
                            self.fact(fact)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn slot(&self, slot: Slot, fields: usize) -> Result<(), String> {
        match slot {
            Slot::Fact(fact) => self.fact(fact),
            Slot::Field(field) => within(usize::from(field), fields, "field"),
            Slot::Record { list, fact, .. } => {
                self.list(list)?;
                self.fact(fact)
            }
        }
    }

    fn node(&self, id: NodeId) -> Result<(), String> {
        within(id.index(), self.pack.nodes.len(), "node")
    }

    fn fact(&self, id: FactId) -> Result<(), String> {
        within(id.index(), self.pack.vocabulary.facts.len(), "fact")
    }

    fn list(&self, id: FactId) -> Result<(), String> {
        match self
            .pack
            .vocabulary
            .facts
            .get(id.index())
            .map(|fact| &fact.kind)
        {
            Some(FactKind::Records { .. }) => Ok(()),
            _ => Err(format!("fact {} is not a list of records", id.0)),
        }
    }

    fn point(&self, id: PointId) -> Result<(), String> {
        within(id.index(), self.pack.points.len(), "point")
    }

    fn choice(&self, id: ChoiceId) -> Result<(), String> {
        within(
            id.index(),
            self.pack.vocabulary.choices.len(),
            "scale or list",
        )
    }

    fn schedule(&self, id: ScheduleId, row: u16) -> Result<(), String> {
        let rows = self
            .pack
            .vocabulary
            .schedules
            .get(id.index())
            .map_or(0, |schedule| schedule.rows.len());
        within(usize::from(row), rows, "row of a schedule")
    }

    fn article(&self, id: ArticleId) -> Result<(), String> {
        within(id.index(), self.pack.articles.len(), "article")
    }

    fn check_of(&self, id: Option<CheckId>) -> Result<(), String> {
        id.map_or(Ok(()), |id| {
            within(id.index(), self.pack.checks.len(), "check")
        })
    }
}

fn within(index: usize, length: usize, what: &str) -> Result<(), String> {
    match index < length {
        true => Ok(()),
        false => Err(format!("it refers to {what} {index} and has {length}")),
    }
}
