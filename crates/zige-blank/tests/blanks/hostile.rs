//! Files that are no blank forms.

use zige_blank::fill;

use crate::build;
use crate::person::{complete, options};

#[test]
fn a_form_without_anything_to_fill_stays_as_it_was() {
    let blank = build::docx("p 关于开展申报工作的通知");
    let filled = fill(&blank, &complete(), &options(), &[]).unwrap();
    assert_eq!(filled.docx, blank);
    assert_eq!(filled.recognised.cells.len(), 0);
}
