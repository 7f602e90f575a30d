//! Whatever document comes in, as a file or as the body of an honest one: read back as one of our forms,
//! filled as an office's own. A form that was filled is whole.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zige_blank::{Options, Profile};
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::FactKind;
use zige_forms::docx::TaggedDocument;
use zige_forms::request::Request;
use zige_fuzz::{FORM, PACK};
use zige_office::{Kind, Package, xml};

/// Somebody who has answered what can be answered with a text.
static ANSWERS: LazyLock<Answers> = LazyLock::new(|| {
    let mut answers = Answers::new(&PACK);
    let facts = (0..).map(FactId).zip(&PACK.vocabulary.facts);
    for (id, _) in facts.filter(|(_, fact)| matches!(fact.kind, FactKind::Text { .. })) {
        drop(answers.set(&PACK, id, Answer::Text("张晓梅 & <某>".to_owned())));
    }
    answers
});

static PROFILE: LazyLock<Profile> = LazyLock::new(|| {
    let mut profile = Profile::new();
    profile.add(&PACK, &ANSWERS);
    profile
});

static HONEST: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let request = Request {
        pack: PACK.id.clone(),
        form: FORM.to_owned(),
        on: Date::MIN,
        answers: ANSWERS.clone(),
        fields: Vec::new(),
        copies: 1,
        codes: false,
        address: String::new(),
        checklist: false,
        proofs: Vec::new(),
        events: Vec::new(),
        photo: None,
    };
    let filled = request.fill(&PACK, "");
    zige_forms::docx::write(&filled.unwrap_or_else(|error| panic!("{error}")))
});

fn read(file: &[u8]) {
    match TaggedDocument::open(file) {
        Ok(document) => {
            let reading = document.read(&PACK, FORM);
            let told = |remark: &zige_forms::reading::Remark| !remark.to_string().is_empty();
            assert!(reading.remarks.iter().all(told));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn fill(file: &[u8]) {
    let options = Options {
        on: Date::MIN,
        side: None,
        shrink: true,
        photo: None,
    };
    match zige_blank::fill(file, &PROFILE, &options, &[]) {
        Ok(filled) => {
            let package = Package::open(&filled.docx, Kind::Document);
            let package = package.unwrap_or_else(|error| panic!("{error}"));
            let text = package.text(package.main());
            let text = text.unwrap_or_else(|error| panic!("{error}"));
            if let Err(error) = xml::parse(package.main(), &text) {
                panic!("{error}");
            }
        }
        Err(error) => assert!(!error.told().is_empty()),
    }
}

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    fill(bytes);
    if let Ok(package) = Package::open(&HONEST, Kind::Document) {
        let file = package.with(&[(package.main(), bytes)]);
        read(&file);
        fill(&file);
    }
});
