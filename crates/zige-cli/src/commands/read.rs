//! `zige read`.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use zige_core::date::Date;
use zige_core::pack::Pack;
use zige_forms::Filling;
use zige_forms::data::{Datum, FormData};
use zige_forms::docx::TaggedDocument;
use zige_forms::qr;
use zige_forms::reading::{Reading, Source, recognised};
use zige_forms::xlsx::Workbook;
use zige_json::{OwnData, answers_to_json, own_data_from_json, own_data_to_json};
use zige_office::OfficeError;
use zige_pack::format::Packed;

use crate::Output;
use crate::command::Read;
use crate::failure::Failure;
use crate::layout::Page;
use crate::packs;

/// The largest file that is opened, in bytes: one more than any reader takes.
const MOST_BYTES: u64 = 20_000_001;

/// Reads a form that was filled.
pub fn read(asked: &Read) -> Result<Output, Failure> {
    let packs = packs::load(&asked.options)?;
    let ending = asked
        .file
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let bytes = bytes(&asked.file)?;
    let told = |error: &dyn std::fmt::Display| {
        Failure::Input(format!("`{}`: {error}", asked.file.display()))
    };
    let refused = |error: OfficeError| Failure::refused(&asked.file, &error, &error.told());
    let text = || {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        std::str::from_utf8(bytes).map_err(|_| told(&"this is not UTF-8 text"))
    };
    let (pack, data, remarks) = match ending.as_deref() {
        Some("docx") => {
            let document = TaggedDocument::open(&bytes).map_err(refused)?;
            let tags: Vec<&str> = document.tags().collect();
            let (pack, form) = belongs(asked, &packs, &document.source(), &tags)?;
            own(pack, document.read(pack, &form))
        }
        Some("xlsx") => {
            let workbook = Workbook::open(&bytes).map_err(refused)?;
            let tags: Vec<&str> = workbook.tags().collect();
            let (pack, form) = belongs(asked, &packs, &workbook.source(), &tags)?;
            own(pack, workbook.read(pack, &form))
        }
        Some("txt") => {
            let form = qr::read(text()?).map_err(|error| told(&error))?;
            let source = Source {
                pack: form.pack.clone(),
                form: form.form.clone(),
                ..Source::default()
            };
            let (pack, _) = belongs(asked, &packs, &source, &[])?;
            own(pack, form.read(pack))
        }
        Some("json") => {
            let text = text()?;
            let pack = pack_of_json(asked, &packs, text)?;
            let mut data = own_data_from_json(pack, text).map_err(|error| told(&error))?;
            let mistakes = std::mem::take(&mut data.mistakes);
            let remarks = mistakes.iter().map(ToString::to_string).collect();
            (pack, data, remarks)
        }
        _ => {
            return Err(Failure::Usage(format!(
                "`{}` does not say what it is, let its name end in .docx, .xlsx, .json or .txt (what was scanned)",
                asked.file.display()
            )));
        }
    };
    let text = match asked.options.json {
        true => format!("{}\n", own_data_to_json(pack, &data)),
        false => in_words(pack, &data),
    };
    let mut output = Output::of(text);
    output.remarks = remarks.iter().map(|remark| format!("{remark}\n")).collect();
    Ok(output)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes))
        .map_err(|error| Failure::file(path, &error))?;
    Ok(bytes)
}

/// The pack and the form that a file is of: as it was asked, as the file says, or by its tags.
fn belongs<'a>(
    asked: &Read,
    packs: &'a [Packed],
    source: &Source,
    tags: &[&str],
) -> Result<(&'a Pack, String), Failure> {
    let given = asked.pack.as_ref().unwrap_or(&source.pack);
    let form = asked.form.as_ref().unwrap_or(&source.form);
    let known = packs
        .iter()
        .map(|packed| &packed.pack)
        .find(|pack| pack.id == *given);
    let (pack, form) = match (known, given.is_empty()) {
        (Some(pack), _) => {
            let guessed = || recognised(std::iter::once(pack), tags).map(|(_, form)| &form.id);
            let form = Some(form).filter(|form| !form.is_empty()).or_else(guessed);
            (pack, form.cloned())
        }
        (None, true) => match recognised(packs.iter().map(|packed| &packed.pack), tags) {
            Some((pack, form)) => (pack, Some(form.id.clone())),
            None => {
                return Err(Failure::Input(format!(
                    "`{}` does not say which form it is, give `--pack` and `--form`",
                    asked.file.display()
                )));
            }
        },
        (None, false) => {
            return Err(Failure::Input(format!(
                "`{}` is of pack `{given}`, which is not among the packs here; give its file with `--packs`",
                asked.file.display()
            )));
        }
    };
    match form.filter(|form| pack.forms.iter().any(|known| known.id == *form)) {
        Some(form) => Ok((pack, form)),
        None => Err(Failure::Input(format!(
            "`{}` is of no form of pack `{}`, give one with `--form`",
            asked.file.display(),
            pack.id
        ))),
    }
}

fn pack_of_json<'a>(asked: &Read, packs: &'a [Packed], text: &str) -> Result<&'a Pack, Failure> {
    let all = || packs.iter().map(|packed| &packed.pack);
    // Any pack can read what the file says of itself.
    let said = all()
        .next()
        .and_then(|pack| own_data_from_json(pack, text).ok())
        .map(|data| data.pack);
    let given = asked.pack.clone().or(said).unwrap_or_default();
    all().find(|pack| pack.id == given).ok_or_else(|| {
        Failure::Input(match given.as_str() {
            "" => format!(
                "`{}` does not say which pack it is of, give `--pack`",
                asked.file.display()
            ),
            given => format!(
                "`{}` is of pack `{given}`, which is not among the packs here; give `--pack`, or its file with `--packs`",
                asked.file.display()
            ),
        })
    })
}

fn own(pack: &Pack, reading: Reading) -> (&Pack, OwnData, Vec<String>) {
    let remarks = reading.remarks.iter().map(ToString::to_string).collect();
    let data = OwnData {
        pack: pack.id.clone(),
        hash: reading.hash,
        form: reading.form,
        on: reading.on,
        answers: reading.answers,
        fields: reading.fields,
        events: Vec::new(),
        mistakes: Vec::new(),
    };
    (pack, data, remarks)
}

/// What the form says, line by line.
fn in_words(pack: &Pack, data: &OwnData) -> String {
    let mut page = Page::default();
    let Some(form) = pack.forms.iter().find(|form| form.id == data.form) else {
        return format!("{}\n", answers_to_json(pack, &data.answers));
    };
    let fields = data.fields.iter().cloned().collect();
    let said = FormData::of(&Filling {
        pack,
        pack_hash: &data.hash,
        form,
        answers: &data.answers,
        fields: &fields,
        on: data.on.unwrap_or(Date::MIN),
    });
    let label = |id: &str| {
        let fact = pack.vocabulary.facts.iter().find(|fact| fact.id == id);
        fact.map_or_else(|| id.to_owned(), |fact| fact.label.clone())
    };
    page.line(&form.name);
    for (id, datum) in &said.values {
        page.item(&format!("  {}：", label(id)), &datum.to_string());
        if let Datum::Records { rows, .. } = datum {
            for (number, row) in (1..).zip(rows) {
                let cells = row.iter().map(|(_, datum)| datum.to_string());
                page.item(
                    &format!("    {number}. "),
                    &cells.collect::<Vec<_>>().join("；"),
                );
            }
        }
    }
    for (id, text) in &said.fields {
        let field = form.fields.iter().find(|field| field.id == *id);
        page.item(
            &format!("  {}：", field.map_or(id, |field| &field.label)),
            text,
        );
    }
    page.finish()
}
