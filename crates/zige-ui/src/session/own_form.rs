//! An office's own blank form: what was recognised, and what the person decides about it.

use zige_blank::{
    Choice, Decision, Doubt, FormCell, Hand, Options, Place, Recognised, Remark, Reply, Side, State,
};
use zige_core::date::Date;

/// The tag of a place for a photograph.
const PHOTO: &str = "photo";

/// A blank form that was filled, with the decisions it was filled by.
#[derive(Clone, Debug)]
pub struct OwnForm {
    /// What came of it.
    pub reply: Reply,
    /// What the person decided about cells.
    pub decisions: Vec<Decision>,
    /// Whether texts that would be clipped are made smaller.
    pub shrink: bool,
    /// Which of two people the person is.
    pub side: Option<Side>,
    /// The cell that is being changed.
    pub open: Option<OpenCell>,
}

/// A cell that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCell {
    /// Its position in [`Recognised::cells`].
    pub at: usize,
    /// What would be written, as typed.
    pub text: String,
    /// The fact that was picked instead, by its tag; empty when none was.
    pub pick: String,
    /// Whether it was to be used with nothing in it.
    pub is_empty: bool,
    /// Where it was opened, and the focus returns to.
    pub from: String,
}

/// Where a cell belongs on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The person has to look at it.
    Doubtful,
    /// Nobody knows what it asks for.
    NotRecognised,
    /// It is known what it asks for, but not the answer.
    Empty,
    /// It is written.
    Written,
    /// The person wants it left as it is.
    Dropped,
    /// It is filled by hand or by somebody else.
    ByHand,
}

impl OwnForm {
    /// A form that was just filled.
    #[must_use]
    pub fn new(reply: Reply) -> OwnForm {
        OwnForm {
            reply,
            decisions: Vec::new(),
            shrink: false,
            side: None,
            open: None,
        }
    }

    /// How to fill it on a day, with a photograph.
    #[must_use]
    pub fn options(&self, on: Date, photo: Option<Vec<u8>>) -> Options {
        Options {
            on,
            side: self.side,
            shrink: self.shrink,
            photo,
        }
    }

    /// Whether it has a place for a photograph.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        let mut cells = self.recognised().cells.iter();
        cells.any(|cell| cell.state == State::ByHand(Hand::Photo) || cell.tag == PHOTO)
    }

    /// What was recognised.
    #[must_use]
    pub fn recognised(&self) -> &Recognised {
        &self.reply.filled.recognised
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, at: usize) -> Option<&FormCell> {
        self.recognised().cells.get(at)
    }

    /// Where a cell belongs.
    #[must_use]
    pub fn standing(&self, cell: &FormCell) -> Standing {
        let is_written = self.reply.filled.written.contains(&cell.place);
        match (self.decision(cell.place), cell.state) {
            (Some(Choice::Drop), _) => Standing::Dropped,
            (_, State::Ready) if is_written => Standing::Written,
            (_, State::Ready | State::Doubtful(_)) => Standing::Doubtful,
            (_, State::NotRecognised) => Standing::NotRecognised,
            (_, State::NotAnswered | State::NotKnown) => Standing::Empty,
            (_, State::ByHand(_) | State::NotFillable(_)) => Standing::ByHand,
        }
    }

    /// Whether a cell can be given another text here.
    #[must_use]
    pub fn can_change(&self, cell: &FormCell) -> bool {
        cell.tag != PHOTO && self.standing(cell) != Standing::ByHand
    }

    /// The cells that belong there, with their positions.
    #[must_use]
    pub fn standing_in(&self, standing: Standing) -> Vec<(usize, &FormCell)> {
        let cells = self.recognised().cells.iter().enumerate();
        cells
            .filter(|(_, cell)| self.standing(cell) == standing)
            .collect()
    }

    /// What was decided about a cell.
    #[must_use]
    pub fn decision(&self, place: Place) -> Option<&Choice> {
        let decision = self.decisions.iter().find(|one| one.place == place);
        decision.map(|decision| &decision.choice)
    }

    /// Decides about a cell; nothing takes a decision back.
    pub fn decide(&mut self, place: Place, choice: Option<Choice>) {
        self.decisions.retain(|one| one.place != place);
        self.decisions
            .extend(choice.map(|choice| Decision { place, choice }));
    }

    /// Opens a cell, whose button has this id.
    pub fn open(&mut self, at: usize, from: String) {
        let text = self.cell(at).map(|cell| cell.value.clone());
        self.open = text.map(|text| OpenCell {
            at,
            text,
            pick: String::new(),
            is_empty: false,
            from,
        });
    }

    /// Takes over what was picked or typed for the open cell, and closes it; whether anything changes. With
    /// neither it stays open.
    pub fn use_entry(&mut self) -> bool {
        let Some(mut open) = self.open.take() else {
            return false;
        };
        let Some(cell) = self.cell(open.at).cloned() else {
            return false;
        };
        let text = open.text.trim();
        let choice = match (open.pick.as_str(), text, self.standing(&cell)) {
            ("", "", _) => {
                open.is_empty = true;
                self.open = Some(open);
                return false;
            }
            ("", text, Standing::Written) if text == cell.value => return false,
            ("", text, _) if text == cell.value => Choice::Accept,
            ("", text, _) => Choice::Text(text.to_owned()),
            (tag, ..) => Choice::Fact(tag.to_owned()),
        };
        self.decide(cell.place, Some(choice));
        true
    }

    /// Whether the form asks about two people, and which of them the person is was asked or said.
    #[must_use]
    pub fn asks_for_side(&self) -> bool {
        let which = State::Doubtful(Doubt::WhichPerson);
        self.side.is_some()
            || self
                .recognised()
                .cells
                .iter()
                .any(|cell| cell.state == which)
    }

    /// Whether smaller letters would help, or do already.
    #[must_use]
    pub fn can_shrink(&self) -> bool {
        self.recognised().remarks.iter().any(|remark| {
            matches!(
                remark,
                Remark::Clipped {
                    fitting: Some(_),
                    ..
                }
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use zige_blank::FilledBlank;

    use super::*;

    fn cell(column: u16, value: &str, state: State) -> FormCell {
        FormCell {
            place: Place {
                table: 1,
                row: 1,
                column,
                part: 1,
            },
            label: format!("第{column}栏"),
            tag: String::new(),
            name: String::new(),
            value: value.to_owned(),
            state,
        }
    }

    fn form() -> OwnForm {
        let cells = vec![
            cell(1, "张晓梅", State::Ready),
            cell(2, "女", State::Doubtful(Doubt::Repeated)),
            cell(3, "", State::NotRecognised),
        ];
        let written = vec![cells[0].place];
        OwnForm::new(Reply {
            filled: FilledBlank {
                docx: Vec::new(),
                recognised: Recognised {
                    cells,
                    ..Recognised::default()
                },
                written,
            },
            offers: Vec::new(),
        })
    }

    fn change(form: &mut OwnForm, at: usize, text: &str) -> bool {
        form.open(at, String::new());
        form.open.as_mut().unwrap().text = text.to_owned();
        form.use_entry()
    }

    #[test]
    fn what_is_typed_or_picked_decides() {
        let mut form = form();
        assert!(!change(&mut form, 0, "张晓梅 "), "nothing changed");
        assert!(
            !change(&mut form, 0, " "),
            "nothing is not taken for an answer"
        );
        assert!(form.open.as_ref().is_some_and(|open| open.is_empty));
        let place = form.recognised().cells[0].place;
        form.decide(place, Some(Choice::Drop));
        assert!(change(&mut form, 1, "女"));
        assert!(change(&mut form, 2, "无"));
        let choices: Vec<&Choice> = form.decisions.iter().map(|one| &one.choice).collect();
        assert_eq!(
            choices,
            [&Choice::Drop, &Choice::Accept, &Choice::Text("无".into())]
        );
        assert_eq!(
            form.standing(&form.recognised().cells[0]),
            Standing::Dropped
        );
        form.decide(place, None);
        assert_eq!(
            form.standing(&form.recognised().cells[0]),
            Standing::Written
        );
        form.open(2, String::new());
        form.open.as_mut().unwrap().pick = "sex".to_owned();
        assert!(form.use_entry());
        assert_eq!(
            form.decision(form.recognised().cells[2].place),
            Some(&Choice::Fact("sex".to_owned()))
        );
    }
}
