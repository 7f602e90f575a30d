//! What each cell of a form asks for.
//!
//! First columns of people and lists (a row of labels over empty rows), then every label with the
//! empty cell right of it or below it, then labels with room in running text. A label's meaning
//! depends on the headings left of it and above it. At the end, what was found twice is doubted.

use std::collections::BTreeMap;

use crate::document::{Block, is_marked_box};
use crate::doubt::doubt;
use crate::grid::{Cell, Table};
use crate::label::Label;
use crate::lexicon::Asked;
use crate::model::{Doubt, Hand, Options, Place, State, Unfit};
use crate::plan::{Ask, Form, Holder, Plan, Spot};
use crate::profile::{Kind, Profile};
use crate::resolve::{After, Around, Meaning, Resolver};
use crate::slots::{self, Slot};
use crate::value::{DateShape, Entry, Manner};
use crate::words::{self, Ink, Whose};

/// A heading with what it says.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) label: Label,
    pub(crate) whose: Option<Whose>,
    pub(crate) ordinal: usize,
}

/// What was recognised, and what remarks came up.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) plans: Vec<Plan>,
    /// Lists with fewer rows than records: the list, rows, records.
    pub(crate) short: Vec<(usize, usize, usize)>,
}

/// Recognises a form.
pub(crate) fn recognise(form: &Form<'_>, profile: &Profile, options: &Options) -> Found {
    let mut resolver = Resolver::new(profile, options.side);
    resolver.has_mentor = has_mentor(form, &resolver);
    let paragraphs = form.body.paragraphs.iter();
    let mut titles = paragraphs.map(crate::document::Paragraph::text);
    resolver.title = titles
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default();
    let mut reader = Reader {
        form,
        resolver,
        options,
        hint: hint(form),
        found: Found {
            plans: Vec::new(),
            short: Vec::new(),
        },
        ordinals: BTreeMap::new(),
    };
    let mut section = None;
    for block in &form.body.blocks {
        match block {
            Block::Paragraph(at) => {
                section = reader.paragraph(*at, section);
            }
            Block::Table(at) => {
                reader.table(*at, section.take());
            }
        }
    }
    let in_body: Vec<usize> = form
        .body
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(at) => Some(*at),
            Block::Paragraph(_) => None,
        })
        .collect();
    for table in (0..form.tables.len()).filter(|table| !in_body.contains(table)) {
        reader.table(table, None);
    }
    let mut found = reader.found;
    doubt(&mut found.plans, profile);
    found.plans.sort_by_key(|plan| plan.place);
    found
}

/// Whether a form asks about a mentor: in a heading or a label.
fn has_mentor(form: &Form<'_>, resolver: &Resolver<'_>) -> bool {
    let cells = form
        .tables
        .iter()
        .flat_map(|table| &table.cells)
        .map(Cell::text);
    let paragraphs = form
        .body
        .paragraphs
        .iter()
        .map(crate::document::Paragraph::text);
    cells.chain(paragraphs).any(|text| {
        let label = resolver.label(&text);
        let is_ink = words::ink(&label).is_some();
        let whose =
            words::heading(&label.key).or(words::of_whom(&label.key).map(|(whose, _)| whose));
        whose == Some(Whose::Mentor) && !is_ink
    })
}

/// How a note of the form says that dates are written, such as `时间填写格式：1990.01`.
fn hint(form: &Form<'_>) -> Option<DateShape> {
    let cells = form
        .tables
        .iter()
        .flat_map(|table| &table.cells)
        .map(Cell::text);
    let paragraphs = form
        .body
        .paragraphs
        .iter()
        .map(crate::document::Paragraph::text);
    let mut shapes: Vec<DateShape> = cells
        .chain(paragraphs)
        .filter(|text| {
            ["时间", "日期", "年月"]
                .iter()
                .any(|word| text.contains(word))
                && ["格式", "如", "例"].iter().any(|word| text.contains(word))
                && text.chars().count() > 8
        })
        .flat_map(|text| {
            let pieces: Vec<DateShape> = text
                .split(|c: char| {
                    matches!(
                        c,
                        '，' | '。'
                            | '；'
                            | '、'
                            | '：'
                            | ':'
                            | '（'
                            | '）'
                            | '('
                            | ')'
                            | '“'
                            | '”'
                            | '\n'
                            | ' '
                            | '如'
                            | '例'
                            | '为'
                            | '"'
                    )
                })
                .filter_map(DateShape::of_hint)
                .collect();
            pieces
        })
        .collect();
    shapes.dedup();
    match shapes.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Wider cells are not for a digit each, in twentieths of a point: 14 mm.
const WIDEST_SQUARE: u32 = 800;
/// Fewer small cells in a row are something else.
const FEWEST_SQUARES: usize = 6;

pub(crate) struct Reader<'r, 'a, 'p> {
    pub(crate) form: &'r Form<'a>,
    pub(crate) resolver: Resolver<'p>,
    pub(crate) options: &'r Options,
    /// How the form writes dates, if a note says so.
    pub(crate) hint: Option<DateShape>,
    pub(crate) found: Found,
    /// How many headings of each kind there were.
    ordinals: BTreeMap<String, usize>,
}

/// What is known of a table while it is read.
pub(crate) struct Reading {
    /// Cells that are taken.
    pub(crate) used: Vec<bool>,
    /// The heading above each row.
    pub(crate) sections: Vec<Option<Heading>>,
    /// The heading of each cell that is one.
    headings: BTreeMap<usize, Heading>,
}

impl<'a> Reader<'_, 'a, '_> {
    pub(crate) fn text(&self, table: usize, cell: usize) -> Vec<char> {
        self.form.text(Holder::Cell(table, cell))
    }

    /// What a cell leaves open; [`Slot::Text`] where it holds a table or a text box.
    pub(crate) fn slot(&self, table: usize, position: usize) -> Slot {
        let cell = self
            .form
            .tables
            .get(table)
            .and_then(|table| table.cell(position));
        match cell {
            Some(cell)
                if cell.raw.tables.is_empty()
                    && cell
                        .paragraphs()
                        .iter()
                        .all(|one| !one.text_box && !one.picture) =>
            {
                slots::look(&self.text(table, position))
            }
            _ => Slot::Text,
        }
    }

    /// Whether something can be written into a cell.
    pub(crate) fn is_open(&self, table: usize, cell: usize) -> bool {
        !matches!(self.slot(table, cell), Slot::Text | Slot::Boxes { .. })
            || matches!(self.slot(table, cell), Slot::Boxes { label, .. } if label.is_empty())
    }

    pub(crate) fn heading(&mut self, label: Label) -> Heading {
        let whose = words::heading(unnumbered(&label.key)).or_else(|| {
            let lists = self.resolver.lists(&label.key);
            (!lists.is_empty()).then_some(Whose::Own)
        });
        let ordinal = self
            .ordinals
            .entry(unnumbered(&label.key).to_owned())
            .or_default();
        let heading = Heading {
            whose,
            ordinal: *ordinal,
            label,
        };
        *ordinal += 1;
        heading
    }

    /// A paragraph: the heading that it is for a table after it, and labels with room in it.
    fn paragraph(&mut self, at: usize, section: Option<Heading>) -> Option<Heading> {
        let text = self.form.text(Holder::Paragraph(at));
        if text.iter().all(|c| c.is_whitespace()) {
            return section;
        }
        let whole: String = text.iter().collect();
        self.running(Holder::Paragraph(at), &text, &Around::default());
        let label = self.resolver.label(&whole);
        let is_heading = words::heading(unnumbered(&label.key)).is_some()
            || !self.resolver.lists(&label.key).is_empty();
        is_heading.then(|| self.heading(label))
    }

    fn table(&mut self, number: usize, above: Option<Heading>) {
        let Some(table) = self.form.tables.get(number) else {
            return;
        };
        let mut reading = Reading {
            used: vec![false; table.cells.len()],
            sections: vec![None; table.rows],
            headings: BTreeMap::new(),
        };
        self.tagged(number, table, &mut reading);
        self.sections(number, table, above, &mut reading);
        self.photo(number, table, &mut reading);
        self.people(number, table, &mut reading);
        self.lists(number, table, &mut reading);
        let mut carried = Around::default();
        for row in 0..table.rows {
            carried = self.row(number, table, row, carried, &mut reading);
        }
        self.unlabelled_text(number, table, &mut reading);
    }

    /// Cells that our own forms mark with the fact they ask for.
    fn tagged(&mut self, number: usize, table: &Table<'a>, reading: &mut Reading) {
        for (position, cell) in table.cells.iter().enumerate() {
            let tag = cell.paragraphs().iter().find_map(|paragraph| paragraph.tag);
            let Some(meaning) = tag.and_then(|tag| self.resolver.tagged(tag)) else {
                continue;
            };
            if cell.is_blank() {
                let printed = match &meaning {
                    Meaning::Facts(asked, _) => self.name(asked),
                    _ => String::new(),
                };
                self.plan(number, position, &printed, meaning, Slot::Blank, false);
                mark(&mut reading.used, position);
            }
        }
    }

    /// Rows that are one cell with a heading.
    fn sections(
        &mut self,
        number: usize,
        table: &Table<'a>,
        above: Option<Heading>,
        reading: &mut Reading,
    ) {
        let mut section = above;
        for row in 0..table.rows {
            let cells = table.row(row);
            if let [only] = cells.as_slice() {
                let cell = table.cell(*only);
                let text = cell.map(Cell::text).unwrap_or_default();
                let below = table.row(row + 1);
                let over_room = matches!(below.as_slice(), [one] if self.is_open(number, *one));
                let is_short = text.chars().filter(|c| !c.is_whitespace()).count() <= 24;
                if self.slot(number, *only) == Slot::Text
                    && is_short
                    && row + 1 < table.rows
                    && !over_room
                {
                    let label = self.resolver.label(&text);
                    section = Some(self.heading(label));
                }
            }
            if let Some(place) = reading.sections.get_mut(row) {
                place.clone_from(&section);
            }
        }
    }

    /// The cell for a photograph: it says so, or it stands empty at the right edge beside several
    /// rows, as wide as a photograph.
    fn photo(&mut self, number: usize, table: &Table<'a>, reading: &mut Reading) {
        for (position, cell) in table.cells.iter().enumerate() {
            let label = self.resolver.label(&cell.text());
            let says_so = words::is_photo(&label) && !self.has_room_right(number, table, position);
            // 18 to 48 mm.
            let fits = (1020..2720).contains(&(cell.room + cell.sides));
            let stands_there = cell.is_blank()
                && cell.row < 3
                && cell.row_count() >= 3
                && cell.column_end == table.columns
                && cell.column > 0
                && fits
                && !self.is_beside_one_label(table, cell);
            if (says_so || stands_there) && !is_used(&reading.used, position) {
                let state = match self.options.photo {
                    Some(_) => State::Ready,
                    None => State::ByHand(Hand::Photo),
                };
                self.found.plans.push(Plan {
                    place: Place::new(number + 1, cell.row + 1, cell.column + 1, 1),
                    printed: "照片".to_owned(),
                    ask: Ask::Photo,
                    state,
                    text: String::new(),
                    spot: Spot {
                        holder: Holder::Cell(number, position),
                        slot: Slot::Blank,
                    },
                    neutral: false,
                });
                mark(&mut reading.used, position);
            }
        }
    }

    fn has_room_right(&self, number: usize, table: &Table<'a>, position: usize) -> bool {
        let right = table
            .cell(position)
            .and_then(|cell| table.at(cell.row, cell.column_end));
        right.is_some_and(|right| self.is_open(number, right))
    }

    /// Whether the cell left of this one covers the same rows, and so may be its label.
    fn is_beside_one_label(&self, table: &Table<'a>, cell: &Cell<'a>) -> bool {
        let left = cell
            .column
            .checked_sub(1)
            .and_then(|column| table.look(cell.row, column));
        left.is_some_and(|(_, left)| {
            (left.row, left.row_end) == (cell.row, cell.row_end) && !left.is_blank()
        })
    }

    /// Labels of one row with the cells right of them or below them.
    fn row(
        &mut self,
        number: usize,
        table: &Table<'a>,
        row: usize,
        carried: Around,
        reading: &mut Reading,
    ) -> Around {
        let mut around = self.above(row, reading);
        let explicit = around.whose.is_some();
        if !explicit {
            around.whose = carried.whose;
            around.whose_key.clone_from(&carried.whose_key);
            around.after = carried.after;
        }
        // A label that says of whom it is speaks for those after it.
        let mut spoken: Option<(Whose, String)> = None;
        let mut is_headed = false;
        // What stands before: 专业技术职务, and then 取得时间.
        let mut before = String::new();
        for position in table.row(row) {
            let Some(cell) = table.cell(position) else {
                continue;
            };
            let slot = self.slot(number, position);
            let is_text = slot == Slot::Text
                || matches!(&slot, Slot::Boxes { label, .. } if !label.is_empty());
            if cell.is_blank() || !is_text {
                continue;
            }
            let printed = cell.text();
            let label = self.resolver.label(&printed);
            let speaks = self.speaks(&label);
            let is_new = matches!(&speaks, Some((whose, _)) if *whose != Whose::Other);
            if label.key == "姓名" || is_new {
                around.after = None;
            }
            let right = table.look(row, cell.column_end);
            let pair = right.filter(|(right, beside)| {
                self.is_open(number, *right)
                    && (beside.row, beside.row_end) == (cell.row, cell.row_end)
            });
            let is_taken = is_used(&reading.used, position);
            if is_taken && pair.is_none() {
                continue;
            }
            if let (Some((right, _)), true) = (pair, cell.row == row) {
                if label.key == "姓名" && !explicit && !is_headed && spoken.is_none() {
                    around.whose = None;
                    around.whose_key.clear();
                }
                let here = around.of(spoken.as_ref());
                if !is_used(&reading.used, right) {
                    let meaning = self.after_label(&before, &label, &here);
                    // Beside a label that is not known, the two together are no name.
                    before = match &meaning {
                        Meaning::Facts(..) => label.key.clone(),
                        _ => String::new(),
                    };
                    let neutral = here.whose.is_none();
                    let squares = self.squares(number, table, row, cell.column_end);
                    for square in &squares {
                        mark(&mut reading.used, *square);
                    }
                    let slot = match squares.is_empty() {
                        true => self.slot(number, right),
                        false => Slot::Squares(squares),
                    };
                    self.plan(number, right, &printed, meaning, slot, neutral);
                    self.doubt_after(around.after, &label);
                    mark(&mut reading.used, right);
                    mark(&mut reading.used, position);
                }
                if let Some(whose) = speaks.filter(|_| words::ink(&label).is_none()) {
                    spoken = Some(whose);
                }
                if self.changes_names(&label.key) {
                    around.heading = Some(label.key.clone());
                }
                continue;
            }
            if pair.is_some() {
                continue;
            }
            let is_heading = right.is_some_and(|(right, beside)| {
                beside.row_count() < cell.row_count()
                    || !self.is_open(number, right)
                    || (beside.row, beside.row_end) != (cell.row, cell.row_end)
            });
            let below = table
                .look(cell.row_end, cell.column)
                .filter(|(below, under)| {
                    (under.column, under.column_end) == (cell.column, cell.column_end)
                        && self.is_open(number, *below)
                        && !is_used(&reading.used, *below)
                        && cell.row == row
                        && !self.has_label_left(number, table, under)
                });
            let inline = cell.row == row && self.cell_text(number, position, &around);
            if inline {
                mark(&mut reading.used, position);
                continue;
            }
            let meaning = self.resolver.meaning(&label, &around);
            let asks = matches!(meaning, Meaning::Facts(..) | Meaning::Lists(_));
            if let (Some((below, _)), true) = (below, asks) {
                let slot = self.slot(number, below);
                let neutral = around.whose.is_none();
                self.plan(number, below, &printed, meaning, slot, neutral);
                mark(&mut reading.used, below);
                mark(&mut reading.used, position);
                continue;
            }
            let may_ask = asks || meaning == Meaning::Unknown;
            if let (true, true, Some((beside, _))) = (may_ask, cell.row == row, right)
                && !is_used(&reading.used, beside)
                && self.is_template(number, beside)
            {
                let neutral = around.whose.is_none();
                let meaning = if asks {
                    Meaning::Unfit
                } else {
                    Meaning::Unknown
                };
                self.plan(number, beside, &printed, meaning, Slot::Text, neutral);
                mark(&mut reading.used, beside);
                mark(&mut reading.used, position);
                continue;
            }
            if let (true, Meaning::Ink(ink)) = (
                cell.row == row && right.is_none_or(|(right, _)| !self.is_open(number, right)),
                &meaning,
            ) {
                self.by_hand(number, position, &printed, *ink);
                mark(&mut reading.used, position);
            }
            if is_heading {
                let heading = match reading.headings.get(&position) {
                    Some(heading) => heading.clone(),
                    None => {
                        let heading = self.heading(label);
                        reading.headings.insert(position, heading.clone());
                        heading
                    }
                };
                if self.changes_names(&heading.label.key) {
                    around.heading = Some(heading.label.key.clone());
                }
                // 专业技术职务 over 名称 and 取得时间.
                if heading.whose.is_none() {
                    before.clone_from(&heading.label.key);
                }
                if let Some(whose) = heading.whose {
                    around.whose = Some(whose);
                    around.whose_key = unnumbered(&heading.label.key).to_owned();
                    around.ordinal = heading.ordinal;
                    is_headed = true;
                    spoken = None;
                }
            }
        }
        // What a row said of a mentor or a trainee may go on below; only a heading makes it certain.
        match spoken {
            Some((whose @ (Whose::Mentor | Whose::Trainee), key)) => Around {
                whose: Some(whose),
                whose_key: key,
                ..Around::default()
            },
            Some((Whose::Other, key)) if !explicit => Around {
                after: Some(match words::is_asked_more(&key) {
                    true => After::Anything,
                    false => After::Contact,
                }),
                ..Around::default()
            },
            // A heading at the left that covers one row, and goes on below it.
            None if is_headed && around.whose == Some(Whose::Other) && !explicit => Around {
                after: Some(After::Anything),
                ..Around::default()
            },
            _ if !explicit => Around {
                whose: carried.whose.filter(|_| around.whose.is_some()),
                whose_key: carried.whose_key,
                after: around.after.filter(|after| *after == After::Anything),
                ..Around::default()
            },
            _ => Around::default(),
        }
    }

    /// Whether names mean something else behind a label: 全日制教育, 第一学历.
    fn changes_names(&self, key: &str) -> bool {
        self.resolver.lexicon.is_heading(key) || words::is_stage(key)
    }

    /// What a label asks for, alone or with the one before it: 专业技术职务, and then 取得时间.
    pub(crate) fn after_label(&self, before: &str, label: &Label, around: &Around) -> Meaning {
        let meaning = self.resolver.meaning(label, around);
        if meaning != Meaning::Unknown || before.is_empty() {
            return meaning;
        }
        let joined = Label {
            key: [before, &label.key].concat(),
            notes: label.notes.clone(),
        };
        match self.resolver.meaning(&joined, around) {
            // Only as one name, not as two things.
            Meaning::Facts(asked, record) if asked.len() == 1 => Meaning::Facts(asked, record),
            _ => meaning,
        }
    }

    /// A row after one about somebody else may go on with them.
    fn doubt_after(&mut self, after: Option<After>, label: &Label) {
        let may_be = match after {
            Some(After::Anything) => true,
            Some(After::Contact) => words::is_contact(&label.key),
            None => false,
        };
        if let Some(plan) = self.found.plans.last_mut().filter(|_| may_be)
            && plan.state == State::Ready
        {
            plan.state = State::Doubtful(Doubt::AfterOther);
        }
    }

    /// Whether the cell left of this one is a label of the same row.
    fn has_label_left(&self, number: usize, table: &Table<'a>, cell: &Cell<'a>) -> bool {
        let left = cell
            .column
            .checked_sub(1)
            .and_then(|column| table.look(cell.row, column));
        left.is_some_and(|(position, left)| {
            left.row == cell.row && !left.is_blank() && !self.is_open(number, position)
        })
    }

    /// Small empty cells in a row, one for each digit; none when there are only a few.
    fn squares(&self, number: usize, table: &Table<'a>, row: usize, column: usize) -> Vec<usize> {
        let mut squares = Vec::new();
        let mut column = column;
        while let Some((position, cell)) = table.look(row, column) {
            let fits = cell.column == column
                && cell.room + cell.sides < WIDEST_SQUARE
                && self.slot(number, position) == Slot::Blank;
            if !fits {
                break;
            }
            squares.push(position);
            column = cell.column_end;
        }
        match squares.len() {
            0..FEWEST_SQUARES => Vec::new(),
            _ => squares,
        }
    }

    /// Whether a cell prints words with room between them, `    省    市`, or only a note.
    fn is_template(&self, number: usize, position: usize) -> bool {
        let text = self.text(number, position);
        let words: String = text.iter().filter(|c| !slots::is_room(**c)).collect();
        let is_known = !matches!(
            self.resolver
                .meaning(&Label::new(&words), &Around::default()),
            Meaning::Unknown
        );
        let parts = ["省", "市", "县", "区", "年", "月", "日", "至"];
        let named = parts.iter().filter(|part| words.contains(**part)).count();
        let is_short = words.chars().count() <= 16;
        // （必填）
        let is_note = words.starts_with(['（', '(']) && words.ends_with(['）', ')']);
        let is_money = words.contains(['￥', '¥']);
        !is_known && is_short && (named >= 2 || is_note || is_money)
    }

    /// What the heading above a row says.
    pub(crate) fn above(&self, row: usize, reading: &Reading) -> Around {
        match reading.sections.get(row).and_then(Option::as_ref) {
            Some(heading) => Around {
                whose: heading.whose,
                whose_key: unnumbered(&heading.label.key).to_owned(),
                ordinal: heading.ordinal,
                ..Around::default()
            },
            None => Around::default(),
        }
    }

    /// Boxes and labels with room inside of a cell's own text.
    fn cell_text(&mut self, number: usize, position: usize, around: &Around) -> bool {
        let text = self.text(number, position);
        if let Slot::Boxes { label, .. } = self.slot(number, position) {
            let slot = self.slot(number, position);
            let meaning = self.resolver.meaning(&Label::new(&label), around);
            self.plan(
                number,
                position,
                &label,
                meaning,
                slot,
                around.whose.is_none(),
            );
            return true;
        }
        self.running(Holder::Cell(number, position), &text, around)
    }

    /// Text cells that were not understood and have room in them or below them are named, so that
    /// nothing is left out silently.
    fn unlabelled_text(&mut self, number: usize, table: &Table<'a>, reading: &mut Reading) {
        for (position, cell) in table.cells.iter().enumerate() {
            if is_used(&reading.used, position) {
                continue;
            }
            let text = cell.text();
            let boxes = cell.text().chars().any(is_marked_box);
            let label = self.resolver.label(&text);
            let below = table.look(cell.row_end, cell.column);
            let over_room = below.is_some_and(|(below, under)| {
                !is_used(&reading.used, below)
                    && self.slot(number, below) == Slot::Blank
                    && (under.column, under.column_end) == (cell.column, cell.column_end)
            });
            if let (true, Some((below, _)), false) = (
                over_room && !cell.is_blank() && !boxes,
                below,
                label.key.is_empty(),
            ) {
                let meaning = match self
                    .resolver
                    .meaning(&label, &self.above(cell.row, reading))
                {
                    Meaning::Ink(ink) => Meaning::Ink(ink),
                    _ => Meaning::Unknown,
                };
                self.plan(number, below, &text, meaning, Slot::Blank, true);
                mark(&mut reading.used, below);
                mark(&mut reading.used, position);
            }
        }
    }

    fn by_hand(&mut self, number: usize, position: usize, printed: &str, ink: Ink) {
        self.plan(
            number,
            position,
            printed,
            Meaning::Ink(ink),
            Slot::Text,
            false,
        );
    }

    /// Adds what is known of a cell.
    pub(crate) fn plan(
        &mut self,
        number: usize,
        position: usize,
        printed: &str,
        meaning: Meaning,
        slot: Slot,
        neutral: bool,
    ) {
        let Some(cell) = self
            .form
            .tables
            .get(number)
            .and_then(|table| table.cell(position))
        else {
            return;
        };
        let place = Place::new(number + 1, cell.row + 1, cell.column + 1, 1);
        let spot = Spot {
            holder: Holder::Cell(number, position),
            slot,
        };
        self.push(place, printed, meaning, spot, neutral, None);
    }

    /// Adds what is known of a place; `row` is the number of a list's row, for its label.
    pub(crate) fn push(
        &mut self,
        place: Place,
        printed: &str,
        meaning: Meaning,
        spot: Spot,
        neutral: bool,
        row: Option<usize>,
    ) {
        let (ask, state, text) = settle(
            &self.resolver,
            self.options,
            self.hint,
            printed,
            meaning,
            &spot.slot,
        );
        let printed = match row {
            Some(row) => format!("{printed} {}", row + 1),
            None => printed.to_owned(),
        };
        self.found.plans.push(Plan {
            place,
            printed,
            ask,
            state,
            text,
            spot,
            neutral,
        });
    }

    /// The name of what is asked.
    pub(crate) fn name(&self, asked: &[Asked]) -> String {
        name(self.resolver.profile, asked)
    }
}

/// The names of facts that are asked together.
pub(crate) fn name(profile: &Profile, asked: &[Asked]) -> String {
    let names: Vec<&str> = asked
        .iter()
        .filter_map(|one| profile.facts.get(one.fact))
        .map(|fact| fact.label.as_str())
        .collect();
    names.join("、")
}

/// A heading's key without a number at its end: 培养对象1, 培养对象二.
pub(crate) fn unnumbered(key: &str) -> &str {
    key.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

pub(crate) fn mark(used: &mut [bool], position: usize) {
    if let Some(place) = used.get_mut(position) {
        *place = true;
    }
}

pub(crate) fn is_used(used: &[bool], position: usize) -> bool {
    used.get(position).copied().unwrap_or(true)
}

/// What becomes of a cell that asks for this: what is asked, the state, the text.
pub(crate) fn settle(
    resolver: &Resolver<'_>,
    options: &Options,
    hint: Option<DateShape>,
    printed: &str,
    meaning: Meaning,
    slot: &Slot,
) -> (Ask, State, String) {
    let nothing = |state| (Ask::Nothing, state, String::new());
    let (ask, entry) = match meaning {
        Meaning::Unknown => return nothing(State::NotRecognised),
        Meaning::Several => return nothing(State::Doubtful(Doubt::SeveralFacts)),
        Meaning::Unfit => return nothing(State::Doubtful(Doubt::Shape)),
        Meaning::Other => return nothing(State::NotFillable(Unfit::OtherPerson)),
        Meaning::WhichPerson => return nothing(State::Doubtful(Doubt::WhichPerson)),
        Meaning::Photo => return nothing(State::ByHand(Hand::Photo)),
        Meaning::Ink(ink) => {
            return nothing(State::ByHand(match ink {
                Ink::Signature => Hand::Signature,
                Ink::Seal => Hand::Seal,
                Ink::Opinion => Hand::Opinion,
            }));
        }
        Meaning::Lists(lists) => {
            let entry = resolver.profile.story(&lists);
            (Ask::Story(lists), entry)
        }
        Meaning::Facts(asked, record) => {
            let entry = facts(
                resolver.profile,
                options,
                hint,
                printed,
                &asked,
                record,
                slot,
            );
            (Ask::Facts(asked, record), entry)
        }
    };
    match entry {
        Entry::Text(text) => (ask, State::Ready, text),
        Entry::NotAnswered => (ask, State::NotAnswered, String::new()),
        Entry::NotKnown => (ask, State::NotKnown, String::new()),
        Entry::Unfit if matches!(slot, Slot::Boxes { .. }) => {
            (ask, State::Doubtful(Doubt::NoBox), String::new())
        }
        Entry::Unfit => (ask, State::Doubtful(Doubt::Shape), String::new()),
    }
}

/// What a slot takes of facts.
fn facts(
    profile: &Profile,
    options: &Options,
    hint: Option<DateShape>,
    printed: &str,
    asked: &[Asked],
    record: Option<usize>,
    slot: &Slot,
) -> Entry {
    let label = Label::new(printed);
    let manner = Manner {
        label: &label,
        printed,
        hint,
        on: options.on,
    };
    let is_yes_no = |one: &Asked| {
        profile
            .facts
            .get(one.fact)
            .is_some_and(|fact| fact.kind == Kind::YesNo)
    };
    match (slot, asked) {
        (Slot::Boxes { options, .. }, [one]) => match profile.term(*one, record) {
            Some(term) => match slots::choose(options, term) {
                Some(_) => Entry::Text(term.to_owned()),
                None => Entry::Unfit,
            },
            None => match profile.entry(asked, record, &manner) {
                Entry::Text(text) => match slots::choose(options, &text) {
                    Some(_) => Entry::Text(text),
                    None => Entry::Unfit,
                },
                other => other,
            },
        },
        (Slot::Boxes { .. }, _) => Entry::Unfit,
        (Slot::Squares(places) | Slot::Digits(places), _) => {
            match profile.entry(asked, record, &manner) {
                Entry::Text(text) if text.chars().count() == places.len() => Entry::Text(text),
                Entry::Text(_) => Entry::Unfit,
                other => other,
            }
        }
        // Beside a yes or no without boxes, such a label asks for something else.
        _ if asked.iter().any(is_yes_no) && !label.key.starts_with("是否") => Entry::Unfit,
        (Slot::Date { day, .. }, [one]) => match profile.when(*one, record) {
            Some(when) => {
                let shape = match (day.is_some(), when.has_day) {
                    (true, true) => DateShape::DayWords,
                    _ => DateShape::MonthWords,
                };
                Entry::Text(shape.write(when))
            }
            None => match profile.entry(asked, record, &manner) {
                Entry::Text(_) => Entry::Unfit,
                other => other,
            },
        },
        (Slot::Age { .. }, [one]) => match profile.when(*one, record) {
            Some(when) => match when.age(options.on) {
                Some(age) => Entry::Text(format!("{}（{age}岁）", DateShape::MonthDot.write(when))),
                None => Entry::Unfit,
            },
            None => match profile.entry(asked, record, &manner) {
                Entry::Text(_) => Entry::Unfit,
                other => other,
            },
        },
        (Slot::Date { .. } | Slot::Age { .. }, _) => Entry::Unfit,
        (Slot::Hint(shape), [one]) => match profile.when(*one, record) {
            Some(when) => Entry::Text(shape.write(when)),
            None => match profile.entry(asked, record, &manner) {
                Entry::Text(_) => Entry::Unfit,
                other => other,
            },
        },
        (Slot::Hint(_), _) => Entry::Unfit,
        (Slot::Unit { unit, .. }, [one]) if !unit.is_empty() => {
            match profile.entry(asked, record, &manner) {
                Entry::Text(text) => match profile.without_unit(*one, record, &text, unit) {
                    Some(text) => Entry::Text(text),
                    None => Entry::Unfit,
                },
                other => other,
            }
        }
        (Slot::Unit { unit, .. }, _) if !unit.is_empty() => Entry::Unfit,
        _ => profile.entry(asked, record, &manner),
    }
}
