//! `zige fill`.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde::Serialize;
use zige_blank::{FilledBlank, FormCell, Options, Profile, Recognised, State, fill as fill_blank};
use zige_core::pack::{Pack, union};

use super::form::today;
use super::{answers, json};
use crate::Output;
use crate::command::Fill;
use crate::failure::Failure;
use crate::layout::Page;
use crate::packs;

/// What `--json` says.
#[derive(Debug, Serialize)]
struct FillJson {
    file: String,
    on: String,
    fingerprint: String,
    cells: Vec<CellJson>,
    unrecognised: Vec<String>,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CellJson {
    table: u16,
    row: u16,
    column: u16,
    part: u16,
    label: String,
    tag: String,
    value: String,
    state: &'static str,
    why: &'static str,
    written: bool,
}

/// Fills an office's own blank form.
pub fn fill(asked: &Fill) -> Result<Output, Failure> {
    let is_docx = |path: &Path| {
        path.extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
    };
    if !is_docx(&asked.output) {
        return Err(Failure::Usage(format!(
            "`{}` must end in .docx, as the form does",
            asked.output.display()
        )));
    }
    let same = |path: &Path| path.canonicalize().ok();
    if same(&asked.blank).is_some_and(|blank| same(&asked.output) == Some(blank)) {
        return Err(Failure::Usage(format!(
            "`{}` is the blank form itself, give the filled one another name",
            asked.output.display()
        )));
    }
    let packs = packs::load(&asked.options)?;
    let all = union(
        &packs
            .iter()
            .map(|packed| &packed.pack)
            .collect::<Vec<&Pack>>(),
    );
    let data = answers::whole(&all, &asked.answers)?;
    let on = match asked.on.or(data.on) {
        Some(on) => on,
        None => today()?,
    };
    let mut profile = Profile::new();
    profile.add(&all, &data.answers);
    let forms = packs.iter().flat_map(|packed| &packed.pack.forms);
    for form in forms.filter(|form| form.id == data.form) {
        profile.add_fields(form, &data.fields);
    }
    let options = Options {
        on,
        side: asked.side,
        shrink: asked.shrink,
        photo: match &asked.photo {
            Some(path) => Some(bytes(path)?),
            None => None,
        },
    };
    let blank = bytes(&asked.blank)?;
    let filled = fill_blank(&blank, &profile, &options, &[])
        .map_err(|error| Failure::refused(&asked.blank, &error, &error.told()))?;
    fs::write(&asked.output, &filled.docx).map_err(|error| Failure::file(&asked.output, &error))?;
    let mut output = Output::of(String::new());
    if asked.options.json {
        output.text = json(&FillJson {
            file: asked.output.display().to_string(),
            on: on.to_string(),
            fingerprint: filled.recognised.fingerprint.clone(),
            cells: filled
                .recognised
                .cells
                .iter()
                .map(|cell| cell_json(cell, &filled))
                .collect(),
            unrecognised: unrecognised(&filled.recognised),
            remarks: remarks(&filled.recognised),
        });
    }
    output.remarks = told(&asked.output, &filled);
    Ok(output)
}

/// One byte more than is taken, so that too much is noticed and not read.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(zige_office::MOST_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| Failure::file(path, &error))?;
    Ok(bytes)
}

fn cell_json(cell: &FormCell, filled: &FilledBlank) -> CellJson {
    CellJson {
        table: cell.place.table,
        row: cell.place.row,
        column: cell.place.column,
        part: cell.place.part,
        label: cell.label.clone(),
        tag: cell.tag.clone(),
        value: cell.value.clone(),
        state: cell.state.word(),
        why: cell.state.told(),
        written: filled.written.contains(&cell.place),
    }
}

fn unrecognised(recognised: &Recognised) -> Vec<String> {
    recognised
        .cells
        .iter()
        .filter(|cell| cell.state == State::NotRecognised)
        .map(|cell| cell.label.clone())
        .collect()
}

fn remarks(recognised: &Recognised) -> Vec<String> {
    recognised
        .remarks
        .iter()
        .map(zige_blank::Remark::told)
        .collect()
}

/// A heading, and the states that stand under it.
type Group = (&'static str, fn(State) -> bool);

fn told(file: &Path, filled: &FilledBlank) -> String {
    let cells = &filled.recognised.cells;
    let mut page = Page::default();
    page.line(&format!(
        "{}：填了{}处",
        file.display(),
        filled.written.len()
    ));
    let groups: [Group; 5] = [
        ("没有认出的", |state| state == State::NotRecognised),
        ("没有把握，没有填的", |state| {
            matches!(state, State::Doubtful(_))
        }),
        ("认出来了，但是答案里没有的", |state| {
            matches!(state, State::NotAnswered | State::NotKnown)
        }),
        ("不能填的", |state| {
            matches!(state, State::NotFillable(_))
        }),
        ("留着手写、盖章的", |state| {
            matches!(state, State::ByHand(_))
        }),
    ];
    for (title, belongs) in groups {
        let mut lines = Vec::new();
        for cell in cells.iter().filter(|cell| belongs(cell.state)) {
            let why = match cell.state {
                State::Doubtful(_) | State::NotFillable(_) | State::NotKnown => {
                    format!("：{}", cell.state.told())
                }
                _ => String::new(),
            };
            let place = match cell.place.table {
                0 => format!("第{}段", cell.place.row),
                table => format!("第{table}张表第{}行", cell.place.row),
            };
            lines.push(format!("{}（{place}）{why}", cell.label));
        }
        if !lines.is_empty() {
            page.heading(title);
            for line in lines {
                page.item("  ", &line);
            }
        }
    }
    let remarks = remarks(&filled.recognised);
    if !remarks.is_empty() {
        page.heading("请注意");
        for remark in remarks {
            page.item("  ", &remark);
        }
    }
    page.finish()
}
