//! What the module exports, without JavaScript; a kiosk or a test calls it directly.

use thiserror::Error;
use zige_forms::request::{Request, RequestError, Summary};
use zige_forms::{FilledForm, docx as writer, html as printer};
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

fn fill(packs: &[u8], request: &Request) -> Result<FilledForm, ExportError> {
    let packed = find(packs, request)?;
    Ok(request.fill(&packed.pack, &packed.hash.to_string())?)
}

fn find(packs: &[u8], request: &Request) -> Result<Packed, ExportError> {
    let mut packs = format::read(packs)?.into_iter();
    let packed = packs.find(|packed| packed.pack.id == request.pack);
    packed.ok_or_else(|| ExportError::NoSuchPack(request.pack.clone()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::expect;
    use zige_core::answers::Answers;
    use zige_core::date::Date;
    use zige_core::pack::Pack;

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
    fn what_cannot_be_served_says_so() {
        let pack = pack();
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
