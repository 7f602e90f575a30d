//! From the bytes of a blank form to what was recognised, and to the filled form.

use zige_office::{Edits, Kind, MOST_BYTES, OfficeError, Package, xml};

use crate::document::{self, Page};
use crate::fit;
use crate::grid::Table;
use crate::lexicon::Part;
use crate::model::{
    BlankError, Choice, Decision, FilledBlank, FormCell, Options, Picture, PictureCell, Place,
    Recognised, Remark, State,
};
use crate::photo;
use crate::plan::{Ask, Form, Holder, Plan};
use crate::profile::Profile;
use crate::recognise::{self, Found, settle};
use crate::resolve::Resolver;
use crate::styles::Styles;
use crate::write::Writer;

/// Recognises what a blank form asks for, and what would be written.
///
/// # Errors
/// When the file is no .docx, is damaged, or breaks a limit.
pub fn recognise(
    bytes: &[u8],
    profile: &Profile,
    options: &Options,
) -> Result<Recognised, BlankError> {
    let package = Package::open(bytes, Kind::Document)?;
    let text = package.text(package.main())?;
    let tree = xml::parse(package.main(), &text)?;
    let form = read(&package, &tree)?;
    let found = recognise::recognise(&form, profile, options);
    let clipped = found.plans.iter().filter(|plan| plan.state == State::Ready);
    let clipped: Vec<Remark> = clipped
        .filter_map(|plan| fit::clipped(&form, plan, false))
        .collect();
    Ok(told(&form, profile, &found, clipped))
}

/// Fills a blank form: what is ready is written, unless a decision says otherwise.
///
/// # Errors
/// As [`recognise`], and when a decision names no cell or no fact.
pub fn fill(
    bytes: &[u8],
    profile: &Profile,
    options: &Options,
    decisions: &[Decision],
) -> Result<FilledBlank, BlankError> {
    let package = Package::open(bytes, Kind::Document)?;
    let text = package.text(package.main())?;
    let tree = xml::parse(package.main(), &text)?;
    let form = read(&package, &tree)?;
    let mut found = recognise::recognise(&form, profile, options);
    let dropped = decide(&mut found, profile, options, decisions)?;

    let mut edits = Edits::default();
    let mut written = Vec::new();
    let mut clipped = Vec::new();
    let mut photo = None;
    let mut writer = Writer::new(&form, &text, &mut edits);
    for plan in &found.plans {
        if plan.state != State::Ready || dropped.contains(&plan.place) {
            continue;
        }
        if plan.ask == Ask::Photo {
            let Some(picture) = options.photo.as_deref().filter(|_| photo.is_none()) else {
                continue;
            };
            let picture = photo::Picture::read(picture).ok_or(BlankError::Photo)?;
            if writer.photo(plan.spot.holder, &picture) {
                photo = Some(picture);
                written.push(plan.place);
            }
            continue;
        }
        let remark = fit::clipped(&form, plan, options.shrink);
        let size = match &remark {
            Some(Remark::Clipped {
                fitting,
                shrunk: true,
                ..
            }) => *fitting,
            _ => None,
        };
        clipped.extend(remark);
        if writer.write(plan, size) {
            written.push(plan.place);
        }
    }
    writer.finish();
    let recognised = told(&form, profile, &found, clipped);
    let docx = match edits.is_empty() {
        true => bytes.to_vec(),
        false => {
            // Edits stand at places of their own, so they always apply.
            let changed = edits.apply(&text).ok_or(BlankError::NoBody)?;
            let mut parts = vec![(package.main().to_owned(), changed.into_bytes())];
            if let Some(picture) = &photo {
                parts.extend(picture.parts(&package)?);
            }
            let parts: Vec<(&str, &[u8])> = parts
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
                .collect();
            package.with(&parts)
        }
    };
    Ok(FilledBlank {
        docx,
        recognised,
        written,
    })
}

/// Why a file of so many bytes is not even looked at.
#[must_use]
pub fn too_large(bytes: usize) -> Option<BlankError> {
    (bytes > MOST_BYTES).then_some(BlankError::Office(OfficeError::TooLarge))
}

fn read<'a>(package: &Package<'_>, tree: &'a xml::Document<'a>) -> Result<Form<'a>, BlankError> {
    let mut body = document::read(tree.root_element()).ok_or(BlankError::NoBody)?;
    let tables = std::mem::take(&mut body.tables).into_iter().map(Table::new);
    let tables = tables.collect();
    Ok(Form {
        body,
        tables,
        styles: Styles::of(package),
    })
}

/// Applies decisions to what was found, and gives the places to leave as they are.
fn decide(
    found: &mut Found,
    profile: &Profile,
    options: &Options,
    decisions: &[Decision],
) -> Result<Vec<Place>, BlankError> {
    let resolver = Resolver::new(profile, options.side);
    let mut dropped = Vec::new();
    for decision in decisions {
        let plan = found
            .plans
            .iter_mut()
            .find(|plan| plan.place == decision.place)
            .ok_or(BlankError::NoSuchCell(decision.place))?;
        match &decision.choice {
            Choice::Drop => dropped.push(plan.place),
            Choice::Accept => {
                if !plan.text.is_empty() {
                    plan.state = State::Ready;
                }
            }
            Choice::Text(text) => {
                plan.text.clone_from(text);
                plan.state = match (text.trim().is_empty(), &plan.ask) {
                    (_, Ask::Photo) => plan.state,
                    (true, _) => State::NotAnswered,
                    (false, _) => State::Ready,
                };
            }
            Choice::Fact(tag) => {
                let meaning = resolver
                    .tagged(tag)
                    .ok_or_else(|| BlankError::NoSuchFact(tag.clone()))?;
                let (ask, state, text) = settle(
                    &resolver,
                    options,
                    None,
                    &plan.printed,
                    meaning,
                    &plan.spot.slot,
                );
                plan.ask = ask;
                plan.state = state;
                plan.text = text;
            }
        }
    }
    Ok(dropped)
}

/// The plain model of what was found.
fn told(form: &Form<'_>, profile: &Profile, found: &Found, clipped: Vec<Remark>) -> Recognised {
    let cells: Vec<FormCell> = found
        .plans
        .iter()
        .map(|plan| FormCell {
            place: plan.place,
            label: plan
                .printed
                .replace('\n', "")
                .replace(['\t', '\u{3000}', ' '], ""),
            tag: tag(profile, &plan.ask),
            name: name(profile, &plan.ask),
            value: plan.text.clone(),
            state: plan.state,
        })
        .collect();
    let mut remarks = Vec::new();
    if form.body.text_boxes > 0 {
        let count = u32::try_from(form.body.text_boxes).unwrap_or(u32::MAX);
        remarks.push(Remark::TextBoxes(count));
    }
    if form.body.tracked {
        remarks.push(Remark::TrackedChanges);
    }
    remarks.extend(page(form.body.page));
    for (list, rows, records) in &found.short {
        let label = profile.facts.get(*list).map(|fact| fact.label.clone());
        remarks.push(Remark::MoreRecords {
            label: label.unwrap_or_default(),
            rows: u32::try_from(*rows).unwrap_or(u32::MAX),
            records: u32::try_from(*records).unwrap_or(u32::MAX),
        });
    }
    remarks.extend(clipped);
    if cells.is_empty() {
        remarks.push(Remark::NothingToFill);
    }
    Recognised {
        fingerprint: fingerprint(form),
        tables: pictures(form, &found.plans),
        cells,
        remarks,
    }
}

/// A page that is not A4, in millimetres.
fn page(page: Page) -> Option<Remark> {
    let (width, height) = match page.width < page.height {
        true => (page.width, page.height),
        false => (page.height, page.width),
    };
    let is_a4 = width.abs_diff(11_906) < 120 && height.abs_diff(16_838) < 120;
    let millimetres = |twips: u32| (twips * 254 + 7_200) / 14_400;
    (!is_a4 && width > 0).then(|| Remark::Page(millimetres(page.width), millimetres(page.height)))
}

fn tag(profile: &Profile, ask: &Ask) -> String {
    let id = |place: usize| profile.facts.get(place).map_or("", |fact| fact.id.as_str());
    match ask {
        Ask::Nothing => String::new(),
        Ask::Photo => "photo".to_owned(),
        Ask::Empty(list) => id(*list).to_owned(),
        Ask::Story(lists) => lists
            .iter()
            .map(|list| id(*list))
            .collect::<Vec<_>>()
            .join("+"),
        Ask::Facts(asked, record) => {
            let parts: Vec<String> = asked
                .iter()
                .map(|one| match one.part {
                    Part::Whole => id(one.fact).to_owned(),
                    Part::Age => format!("{}:age", id(one.fact)),
                    Part::Start => format!("{}:start", id(one.fact)),
                    Part::End => format!("{}:end", id(one.fact)),
                })
                .collect();
            let list = asked
                .first()
                .and_then(|one| profile.facts.get(one.fact)?.list);
            match (record, list) {
                (Some(record), Some(list)) => {
                    format!("{}.{}.{}", id(list), record + 1, parts.join("+"))
                }
                _ => parts.join("+"),
            }
        }
    }
}

fn name(profile: &Profile, ask: &Ask) -> String {
    let label = |place: &usize| profile.facts.get(*place).map(|fact| fact.label.clone());
    match ask {
        Ask::Nothing => String::new(),
        Ask::Photo => "照片".to_owned(),
        Ask::Empty(list) => label(list).unwrap_or_default(),
        Ask::Story(lists) => lists
            .iter()
            .filter_map(label)
            .collect::<Vec<_>>()
            .join("、"),
        Ask::Facts(asked, _) => recognise::name(profile, asked),
    }
}

/// FNV-1a over what is printed in the tables and where.
fn fingerprint(form: &Form<'_>) -> String {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash ^= u64::from(*byte);
            hash = hash.wrapping_mul(0x0100_0000_01B3);
        }
    };
    for table in &form.tables {
        for cell in &table.cells {
            let printed: String = crate::label::folded(&cell.text()).collect();
            feed(format!("{} {} {printed}\n", cell.row, cell.column).as_bytes());
        }
        feed(b"\0");
    }
    if form.tables.is_empty() {
        for paragraph in &form.body.paragraphs {
            let printed: String = crate::label::folded(&paragraph.text()).collect();
            feed(printed.as_bytes());
        }
    }
    format!("{hash:016x}")
}

/// The tables as one sees them.
fn pictures(form: &Form<'_>, plans: &[Plan]) -> Vec<Picture> {
    let tables = form.tables.iter().enumerate();
    tables
        .map(|(number, table)| picture(number, table, plans))
        .collect()
}

fn picture(number: usize, table: &Table<'_>, plans: &[Plan]) -> Picture {
    let cell = |position: usize, row: usize, column: usize| {
        let cell = table.cell(position)?;
        // It stands where it begins.
        if (cell.row, cell.column) != (row, column) {
            return None;
        }
        let places = plans.iter().enumerate();
        let places = places
            .filter(|(_, plan)| plan.spot.holder == Holder::Cell(number, position))
            .filter_map(|(place, _)| u32::try_from(place).ok());
        Some(PictureCell {
            text: cell.text().trim().to_owned(),
            rows: small(cell.row_count()),
            columns: small(cell.column_end - cell.column),
            cells: places.collect(),
        })
    };
    let row = |row: usize| {
        (0..table.columns)
            .filter_map(|column| match table.at(row, column) {
                Some(position) => cell(position, row, column),
                // A row may begin further right, and end earlier.
                None => Some(PictureCell {
                    text: String::new(),
                    rows: 1,
                    columns: 1,
                    cells: Vec::new(),
                }),
            })
            .collect()
    };
    Picture {
        rows: (0..table.rows).map(row).collect(),
    }
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
