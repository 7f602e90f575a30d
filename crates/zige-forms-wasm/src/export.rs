//! What the module exports, without JavaScript; a kiosk or a test calls it directly.

use thiserror::Error;
use zige_core::pack::Pack;
use zige_forms::docx::TaggedDocument;
use zige_forms::qr::{self, HandOverError};
use zige_forms::reading::{Misfit, Reading, Remark, Source, recognised};
use zige_forms::request::{Request, RequestError, Summary};
use zige_forms::xlsx::Workbook;
use zige_forms::{FilledForm, docx as writer, html as printer, ics as calendar_file};
use zige_json::{AnswerLoadError, Mistake, OwnData, own_data_from_json, own_data_to_json};
use zige_office::OfficeError;
use zige_pack::format::{self, FormatError, Packed};

/// A form that cannot be given.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The packs cannot be read.
    #[error(transparent)]
    Packs(#[from] FormatError),
    /// The request cannot be served.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The pack is not among those given.
    #[error("pack `{0}` is not among the packs given, pass the packs that the answers belong to")]
    NoSuchPack(String),
    /// A file of none of the packs' forms.
    #[error("the file is of none of these packs' forms, take one that was made here")]
    NoForm,
    /// A file that is not taken.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// Codes that do not come to a form.
    #[error(transparent)]
    Codes(#[from] HandOverError),
    /// Data that no text for an address can hold.
    #[error(transparent)]
    Unwritten(#[from] qr::CodeError),
    /// A text that is no data.
    #[error(transparent)]
    Json(#[from] AnswerLoadError),
}

impl ExportError {
    /// The message for people who use the app, in Chinese: what is wrong with their file, and what to do.
    #[must_use]
    pub fn told(&self) -> String {
        let told = match self {
            ExportError::Office(error) => return error.told(),
            ExportError::Codes(error) => return error.to_string(),
            ExportError::NoForm => {
                "认不出这是哪张表。请选从“资格自查”下载的文件；单位发的空白表不能从这里打开。"
            }
            ExportError::NoSuchPack(_) => "这个文件属于另一个项目，这里没有收录，打不开。",
            ExportError::Json(AnswerLoadError::TooLarge) => {
                "这个文件太大，不像是从“资格自查”保存的数据。请核对选的是不是这个文件。"
            }
            ExportError::Json(AnswerLoadError::OtherVersion { .. }) => {
                "这个文件是用更新的版本保存的。请联网重新打开本页，更新后再试。"
            }
            ExportError::Json(_) => {
                "这个文件不是从“资格自查”保存的数据，或者已经损坏。请核对选的是不是这个文件。"
            }
            ExportError::Packs(_) | ExportError::Request(_) | ExportError::Unwritten(_) => {
                "没有做成。请重新打开本页再试，已填的内容不会丢。"
            }
        };
        told.to_owned()
    }
}

/// The pages as HTML.
///
/// # Errors
/// When the packs or the request cannot be read, or there is no such form.
pub fn html(packs: &[u8], request: &[u8]) -> Result<String, ExportError> {
    let request = Request::decode(request)?;
    let packed = find(packs, &request)?;
    let form = request.print(&packed.pack, &packed.hash.to_string())?;
    Ok(printer::pages(&form, request.copies))
}

/// The form as a .docx file.
///
/// # Errors
/// As [`html`].
pub fn docx(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, ExportError> {
    Ok(writer::write(&fill(packs, &Request::decode(request)?)?))
}

/// The bytes of a [`Summary`].
///
/// # Errors
/// As [`html`].
pub fn summary(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, ExportError> {
    Ok(Summary::of(fill(packs, &Request::decode(request)?)?).encode())
}

/// The form's lists and what stands once on it, as an .xlsx file.
///
/// # Errors
/// As [`html`].
pub fn xlsx(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, ExportError> {
    let request = Request::decode(request)?;
    let packed = find(packs, &request)?;
    Ok(request.workbook(&packed.pack, &packed.hash.to_string())?)
}

/// The dates that go with the form, as an .ics file.
///
/// # Errors
/// As [`html`].
pub fn ics(packs: &[u8], request: &[u8]) -> Result<String, ExportError> {
    let request = Request::decode(request)?;
    let packed = find(packs, &request)?;
    let calendar = request.calendar(&packed.pack)?;
    Ok(calendar_file::write(&calendar, request.on))
}

/// The bytes of the [`Calendar`](zige_forms::calendar::Calendar) that [`ics`] writes, with what has no
/// date.
///
/// # Errors
/// As [`html`].
pub fn calendar(packs: &[u8], request: &[u8]) -> Result<Vec<u8>, ExportError> {
    let request = Request::decode(request)?;
    let packed = find(packs, &request)?;
    Ok(bytes(&request.calendar(&packed.pack)?))
}

/// The person's own data as a .json file.
///
/// # Errors
/// As [`html`].
pub fn json(packs: &[u8], request: &[u8]) -> Result<String, ExportError> {
    let request = Request::decode(request)?;
    let packed = find(packs, &request)?;
    let hash = packed.hash.to_string();
    let data = OwnData {
        pack: request.pack,
        hash: hash.chars().take(12).collect(),
        form: request.form,
        on: Some(request.on),
        answers: request.answers,
        fields: request.fields,
        events: request.events,
        mistakes: Vec::new(),
    };
    Ok(own_data_to_json(&packed.pack, &data))
}

/// Everything that the person has said, as a text that stands behind [`qr::FRAGMENT`] in an address, for
/// another browser of theirs.
///
/// # Errors
/// As [`html`]; and when the data are too large.
pub fn hand_over(packs: &[u8], request: &[u8]) -> Result<String, ExportError> {
    let request = Request::decode(request)?;
    let packed = find(packs, &request)?;
    let data = request.data_of_person(&packed.pack, &packed.hash.to_string())?;
    Ok(qr::text(&data)?)
}

/// The bytes of the [`Reading`] of a .docx file.
///
/// # Errors
/// When the packs cannot be read, the file is no .docx, or of none of the packs.
pub fn read_docx(packs: &[u8], file: &[u8]) -> Result<Vec<u8>, ExportError> {
    let packs = format::read(packs)?;
    let document = TaggedDocument::open(file)?;
    let tags: Vec<&str> = document.tags().collect();
    let (pack, form) = belongs(&packs, &document.source(), &tags)?;
    Ok(bytes(&document.read(pack, &form)))
}

/// The bytes of the [`Reading`] of an .xlsx file.
///
/// # Errors
/// As [`read_docx`].
pub fn read_xlsx(packs: &[u8], file: &[u8]) -> Result<Vec<u8>, ExportError> {
    let packs = format::read(packs)?;
    let workbook = Workbook::open(file)?;
    let tags: Vec<&str> = workbook.tags().collect();
    let (pack, form) = belongs(&packs, &workbook.source(), &tags)?;
    Ok(bytes(&workbook.read(pack, &form)))
}

/// The bytes of the [`Reading`] of scanned codes, their texts parted by white space. The message of
/// the error says which codes are missing.
///
/// # Errors
/// As [`read_docx`]; and while codes are missing.
pub fn read_codes(packs: &[u8], scanned: &str) -> Result<Vec<u8>, ExportError> {
    let packs = format::read(packs)?;
    let form = qr::read(scanned)?;
    let source = Source {
        pack: form.pack.clone(),
        form: form.form.clone(),
        ..Source::default()
    };
    let (pack, _) = belongs(&packs, &source, &[])?;
    Ok(bytes(&form.read(pack)))
}

/// The bytes of the [`Reading`] of one's own data in JSON.
///
/// # Errors
/// When the packs or the text cannot be read, or the text is of none of the packs.
pub fn read_json(packs: &[u8], file: &[u8]) -> Result<Vec<u8>, ExportError> {
    let packs = format::read(packs)?;
    // What is not UTF-8 becomes characters that are no JSON outside of texts.
    let text = &String::from_utf8_lossy(file);
    let any = packs.first().ok_or(ExportError::NoForm)?;
    let said = own_data_from_json(&any.pack, text)?.pack;
    let packed = packs.iter().find(|packed| packed.pack.id == said);
    let packed = packed.ok_or(ExportError::NoSuchPack(said))?;
    let data = own_data_from_json(&packed.pack, text)?;
    Ok(bytes(&Reading {
        pack: data.pack,
        form: data.form,
        hash: data.hash,
        on: data.on,
        answers: data.answers,
        fields: data.fields,
        events: data.events,
        remarks: (data.mistakes.into_iter())
            .map(|mistake| remark(&packed.pack, mistake))
            .collect(),
    }))
}

fn remark(pack: &Pack, mistake: Mistake) -> Remark {
    let (label, found, misfit) = match mistake {
        Mistake::Unknown { key, .. } | Mistake::UnknownField { key, .. } => {
            (key, String::new(), Misfit::UnknownFact)
        }
        Mistake::Twice { key } => (key, String::new(), Misfit::SaidTwice),
        Mistake::WrongType { key, value, .. } => (key, value, Misfit::OtherType),
        Mistake::NoSuchOption { key, value, .. } => (key, value, Misfit::NoSuchOption),
        Mistake::NoSuchDate { key, value, .. } => (key, value, Misfit::NoDate),
        Mistake::OutOfRange {
            key,
            value,
            least,
            most,
        } => (key, value, Misfit::OutOfRange { least, most }),
        Mistake::TooManyRecords { key, .. } => (key, String::new(), Misfit::TooMany),
    };
    let known = pack.vocabulary.facts.iter().find(|fact| fact.id == label);
    Remark {
        place: String::new(),
        label: known.map_or(label, |fact| fact.label.clone()),
        found,
        misfit,
    }
}

/// The pack and the form that a file is of: as it says itself, or by its tags.
fn belongs<'a>(
    packs: &'a [Packed],
    source: &Source,
    tags: &[&str],
) -> Result<(&'a Pack, String), ExportError> {
    let all = || packs.iter().map(|packed| &packed.pack);
    let said = all().find(|pack| pack.id == source.pack);
    match said {
        Some(pack) if pack.forms.iter().any(|form| form.id == source.form) => {
            Ok((pack, source.form.clone()))
        }
        None if !source.pack.is_empty() => Err(ExportError::NoSuchPack(source.pack.clone())),
        _ => {
            let (pack, form) = recognised(all(), tags).ok_or(ExportError::NoForm)?;
            Ok((pack, form.id.clone()))
        }
    }
}

/// Strings, integers and lists always encode.
fn bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}

fn fill(packs: &[u8], request: &Request) -> Result<FilledForm, ExportError> {
    let packed = find(packs, request)?;
    Ok(request.fill(&packed.pack, &packed.hash.to_string())?)
}

fn find(packs: &[u8], request: &Request) -> Result<Packed, ExportError> {
    let packed = format::read_one(packs, &request.pack)?;
    packed.ok_or_else(|| ExportError::NoSuchPack(request.pack.clone()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::expect;
    use zige_core::answers::Answers;
    use zige_core::date::Date;

    use super::*;

    fn pack() -> Pack {
        let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
        let compiled =
            zige_pack::compile_dir(&policies).unwrap_or_else(|problems| panic!("{problems}"));
        let mut packs = compiled.packs.into_iter();
        packs
            .find(|pack| pack.id == "liaoning-minority-professionals-draft")
            .unwrap()
    }

    fn request(pack: &Pack) -> Request {
        Request {
            pack: pack.id.clone(),
            form: "recommendation".to_owned(),
            on: Date::parse("2026-11-21").unwrap(),
            answers: Answers::new(pack),
            fields: vec![("study_wish".to_owned(), "高中物理教学".to_owned())],
            copies: 2,
            codes: true,
            address: String::new(),
            checklist: true,
            proofs: Vec::new(),
            events: Vec::new(),
            photo: None,
        }
    }

    #[test]
    fn bytes_go_in_and_forms_come_out() {
        let pack = pack();
        let packs = format::write(&[(&pack, None)]).unwrap();
        let request = request(&pack).encode();
        let html = html(&packs, &request).unwrap();
        assert_eq!(html.matches("高中物理教学").count(), 2);
        assert!(docx(&packs, &request).unwrap().starts_with(b"PK"));
        let summary = Summary::decode(&summary(&packs, &request).unwrap()).unwrap();
        assert_eq!(summary.pages, 2);
        assert!(summary.gaps.iter().any(|gap| gap.tag == "full_name"));
        assert!(summary.gaps.iter().all(|gap| gap.tag != "study_wish"));
    }

    #[test]
    fn every_kind_of_file_is_read_back() {
        let pack = pack();
        let packs = format::write(&[(&pack, None)]).unwrap();
        let request = request(&pack).encode();
        let reading = |bytes: Vec<u8>| postcard::from_bytes::<Reading>(&bytes).unwrap();
        let docx = reading(read_docx(&packs, &docx(&packs, &request).unwrap()).unwrap());
        let xlsx = reading(read_xlsx(&packs, &xlsx(&packs, &request).unwrap()).unwrap());
        let json = reading(read_json(&packs, json(&packs, &request).unwrap().as_bytes()).unwrap());
        assert_eq!((&docx, docx.remarks.len()), (&xlsx, 0));
        assert_eq!(docx, json);
        assert!(
            ics(&packs, &request)
                .unwrap()
                .starts_with("BEGIN:VCALENDAR")
        );
        let missing = read_codes(&packs, "").unwrap_err().to_string();
        expect!["这不是资格自查表格上的二维码"].assert_eq(&missing);
    }

    #[test]
    fn what_cannot_be_served_says_so() {
        let mut pack = pack();
        let plan = pack
            .forms
            .iter_mut()
            .find(|form| form.id == "training_plan");
        // As a policy has it that only names the paper.
        plan.unwrap().parts.clear();
        let packs = format::write(&[(&pack, None)]).unwrap();
        let wrong = |change: fn(&mut Request)| {
            let mut request = request(&pack);
            change(&mut request);
            html(&packs, &request.encode()).unwrap_err().to_string()
        };
        let messages = [
            html(b"no packs", &request(&pack).encode())
                .unwrap_err()
                .to_string(),
            html(&packs, b"").unwrap_err().to_string(),
            wrong(|request| request.pack = "another".to_owned()),
            wrong(|request| request.form = "another".to_owned()),
            wrong(|request| request.form = "training_plan".to_owned()),
        ];
        expect![[r#"
            this is not a file of packs: it does not begin with `ZIGEPACK`, give one that `zige compile` wrote
            the request for a form cannot be read, build both modules from the same source
            pack `another` is not among the packs given, pass the packs that the answers belong to
            pack `liaoning-minority-professionals-draft` has no form `another`, ask for one of its forms
            form `training_plan` of pack `liaoning-minority-professionals-draft` has no layout, only forms with parts can be filled"#]].assert_eq(&messages.join("\n"));
    }
}
