//! Whatever a scanner types: a form's data or a message; data that were read make the same codes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zige_forms::qr;

fuzz_target!(|text: &str| match qr::read(text) {
    Ok(data) => {
        if let Ok(codes) = qr::codes(&data, None) {
            let texts: Vec<String> = codes.into_iter().map(|code| code.text).collect();
            match qr::read(&texts.join("\n")) {
                Ok(again) => assert!(again == data),
                Err(error) => panic!("{error}"),
            }
        }
    }
    Err(error) => assert!(!error.to_string().is_empty()),
});
