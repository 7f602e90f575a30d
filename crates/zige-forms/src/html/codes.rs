//! The QR codes of a form's data, on its last page where there is room, else on leaves of their own.

use crate::filled::FilledForm;
use crate::geometry::{Paper, twips};
use crate::qr::Code;
use crate::xml;

/// The width of a module. Printers with 300 dots an inch set it with five dots, hand scanners ask for
/// a quarter of a millimetre or more.
const MODULE_MICROMETRES: u32 = 400;
/// No code is smaller with its margin.
const LEAST_MILLIMETRES: u32 = 25;
/// Between two codes.
const GAP_MILLIMETRES: u32 = 3;
/// The line under a code, with the space to the next row.
const LABEL_MILLIMETRES: u32 = 7;
/// What stands above the codes.
const CAPTION_MILLIMETRES: u32 = 20;
/// Rows of codes on a leaf of their own.
fn rows_on_a_leaf(paper: Paper) -> usize {
    match paper {
        Paper::Portrait => 5,
        Paper::Landscape => 3,
    }
}

/// What stands above the codes.
const CAPTION: &str = "本表内容的二维码";
/// What it is for.
const PURPOSE: &str = "收表单位用扫码枪或者手机扫描，可以直接读出本表填写的内容，不用重新录入。用扫码枪时，先在“资格自查”首页打开“收表单位：扫二维码读表”。";

/// The width of a code with its margin.
fn millimetres(code: &Code) -> u32 {
    let width = u32::from(code.outer()) * MODULE_MICROMETRES;
    width.div_ceil(1000).max(LEAST_MILLIMETRES)
}

fn in_a_row(codes: &[Code], paper: Paper) -> usize {
    let widest = codes
        .iter()
        .map(millimetres)
        .max()
        .unwrap_or(LEAST_MILLIMETRES);
    let width = paper.table() * 10 / 567 + GAP_MILLIMETRES;
    usize::try_from(width / (widest + GAP_MILLIMETRES))
        .unwrap_or(1)
        .max(1)
}

/// Whether the codes fit below the last table.
pub(super) fn fit_on_last_page(form: &FilledForm) -> bool {
    let rows = form.codes.len().div_ceil(in_a_row(&form.codes, form.paper));
    let tallest = form.codes.iter().map(millimetres).max().unwrap_or(0);
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    let needed = rows
        .saturating_mul(tallest + LABEL_MILLIMETRES)
        .saturating_add(CAPTION_MILLIMETRES);
    u16::try_from(needed).is_ok_and(|needed| twips(needed) <= crate::paginate::room(form))
}

/// The codes as leaves would hold them.
pub(super) fn leaves(form: &FilledForm) -> impl Iterator<Item = &[Code]> {
    form.codes
        .chunks(in_a_row(&form.codes, form.paper) * rows_on_a_leaf(form.paper))
}

/// Codes with their caption.
pub(super) fn push(out: &mut String, codes: &[Code]) {
    let order = match codes.first().map_or(0, |code| code.count) {
        0 | 1 => String::new(),
        count => format!("共{count}个，先扫哪个都可以。"),
    };
    xml::write(
        out,
        &[
            "<div class=\"zf-codes\">\n<p class=\"zf-codes-name\">",
            CAPTION,
            "</p>\n<p>",
            PURPOSE,
            "",
            &order,
            "</p>\n<ul>\n",
        ],
    );
    for code in codes {
        let (width, side) = (millimetres(code), code.outer());
        let label = match code.count {
            1 => String::new(),
            count => format!("{}／{count}", code.number),
        };
        let name = format!("第{}个二维码，共{}个", code.number, code.count);
        out.push_str(&format!(
            "<li><svg class=\"zf-code\" width=\"{width}mm\" height=\"{width}mm\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"{name}\"><path fill=\"#fff\" \
             d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{}\"/></svg><p>{label}</p></li>\n",
            code.path()
        ));
    }
    out.push_str("</ul>\n</div>\n");
}
