//! `requests FILE`: for every form that is laid out, what the exporters' module is asked when somebody
//! has said everything; JSON, `pack form` to the request's bytes in hexadecimal. For `cargo xtask bench`.

use std::process::ExitCode;

use serde_json::{Map, Value};
use zige_core::date::Date;
use zige_forms::request::Request;
use zige_tests::applicants::complete;
use zige_tests::packs::compiled;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("name the file to write: requests FILE");
        return ExitCode::from(2);
    };
    let mut requests = Map::new();
    for pack in &compiled() {
        for form in pack.forms.iter().filter(|form| !form.parts.is_empty()) {
            let (answers, fields) = complete(pack, form);
            let request = Request {
                pack: pack.id.clone(),
                form: form.id.clone(),
                on: Date::parse("2026-11-21").unwrap_or(Date::MIN),
                answers,
                fields: fields.into_iter().collect(),
                copies: form.copies.unwrap_or(1),
                codes: true,
                address: "https://example.org/zige/".to_owned(),
                checklist: true,
                proofs: Vec::new(),
                events: Vec::new(),
                photo: None,
            };
            let bytes = request.encode();
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            requests.insert(format!("{} {}", pack.id, form.id), Value::String(hex));
        }
    }
    match std::fs::write(&file, Value::Object(requests).to_string()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("`{}` cannot be written: {error}", file.display());
            ExitCode::FAILURE
        }
    }
}
