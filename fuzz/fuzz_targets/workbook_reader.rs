//! Whatever workbook comes in, as a file or as the sheet of an honest one: a reading or a message.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zige_core::answers::Answers;
use zige_core::date::Date;
use zige_forms::Filling;
use zige_forms::xlsx::{self, Workbook};
use zige_fuzz::{FORM, PACK};
use zige_office::{Kind, Package};

static HONEST: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let form = PACK.forms.iter().find(|form| form.id == FORM);
    let form = form.unwrap_or_else(|| panic!("no form {FORM}"));
    xlsx::write(&Filling {
        pack: &PACK,
        pack_hash: "",
        form,
        answers: &Answers::new(&PACK),
        fields: &std::collections::BTreeMap::new(),
        on: Date::MIN,
    })
});

fn read(file: &[u8]) {
    match Workbook::open(file) {
        Ok(workbook) => {
            let reading = workbook.read(&PACK, FORM);
            assert!(
                reading
                    .remarks
                    .iter()
                    .all(|remark| !remark.to_string().is_empty())
            );
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    if let Ok(package) = Package::open(&HONEST, Kind::Workbook) {
        for part in [
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "xl/styles.xml",
        ] {
            read(&package.with(&[(part, bytes)]));
        }
    }
});
