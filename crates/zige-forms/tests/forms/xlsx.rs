//! Lists as workbooks, and read back: as written, and as Excel or a colleague leaves them.

use std::collections::BTreeMap;

use expect_test::{expect, expect_file};
use proptest::prelude::*;
use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{Form, Pack};
use zige_forms::reading::Reading;
use zige_forms::xlsx::{self, Workbook};
use zige_office::{Kind, Package};

use crate::everyone::{PACKS, Said, complete, forms};

#[test]
fn every_form_of_every_pack_comes_back_from_its_workbook() {
    let mut lists = 0;
    for (pack, form) in forms() {
        for seed in 0..12 {
            let said = complete(pack, form, seed);
            let workbook = Workbook::open(&xlsx::write(&said.filling(pack, form))).unwrap();
            let source = workbook.source();
            assert_eq!((&source.pack, &source.form), (&pack.id, &form.id));
            let reading = workbook.read(pack, &source.form);
            let name = format!("{} {} {seed}", pack.id, form.id);
            assert_eq!(reading.remarks, [], "{name}");
            assert_eq!(reading.answers, said.answers, "{name}");
            let fields: BTreeMap<_, _> = reading.fields.into_iter().collect();
            assert_eq!(fields, said.fields, "{name}");
            lists += usize::from(workbook.tags().any(|tag| tag.contains('.')));
        }
    }
    assert!(lists >= 12);
}

/// 赤峰's mentees: names, dates, choices of yes and no, in one list.
fn pack() -> &'static Pack {
    PACKS
        .iter()
        .find(|pack| pack.id.starts_with("chifeng"))
        .unwrap()
}

fn fact(id: &str) -> FactId {
    let facts = &pack().vocabulary.facts;
    let place = facts.iter().position(|fact| fact.id == id).unwrap();
    FactId(u16::try_from(place).unwrap())
}

/// A form with that list alone.
fn form() -> &'static Form {
    let forms = pack().forms.iter();
    let mut fitting = forms.filter(|form| {
        let mentees = fact("chifeng_mentees");
        form.tables().any(|table| table.records == mentees)
    });
    fitting.next().unwrap()
}

fn said() -> Said {
    let mut answers = Answers::new(pack());
    let row = |name: &str, born: &str, unit: &str| {
        vec![
            (fact("mentee_name"), Answer::Text(name.to_owned())),
            (
                fact("mentee_birth_date"),
                Answer::day(Date::parse(born).unwrap()),
            ),
            (fact("mentee_unit"), Answer::Text(unit.to_owned())),
        ]
    };
    let records = Records {
        rows: vec![
            row("示例甲", "1990-05-17", "某某旗医院"),
            row("示例乙", "1988-10-01", "某某旗第一中学"),
            row("示例丙", "1992-12-31", "某某苏木农牧技术推广站"),
        ],
        complete: true,
    };
    answers
        .set(pack(), fact("chifeng_mentees"), Answer::Records(records))
        .unwrap();
    Said {
        answers,
        fields: BTreeMap::new(),
    }
}

fn written() -> Vec<u8> {
    xlsx::write(&said().filling(pack(), form()))
}

/// The part with the list, by its name in the package.
fn list_part(package: &Package<'_>) -> String {
    let mut names = package.names();
    let found = names
        .find(|name| name.contains("/sheet") && package.text(name).unwrap().contains("示例甲"));
    found.unwrap().to_owned()
}

/// The workbook with the list's sheet changed, and other parts put into it.
fn edited(change: impl Fn(&str) -> String, others: &[(&str, &str)]) -> Reading {
    let file = written();
    let package = Package::open(&file, Kind::Workbook).unwrap();
    let part = list_part(&package);
    let before = package.text(&part).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "nothing was changed");
    let mut changes = vec![(part.as_str(), after.as_bytes())];
    changes.extend(others.iter().map(|(name, text)| (*name, text.as_bytes())));
    let file = package.with(&changes);
    Workbook::open(&file).unwrap().read(pack(), &form().id)
}

fn told(reading: &Reading) -> String {
    let mut lines = Vec::new();
    if let Answer::Records(records) = reading.answers.get(fact("chifeng_mentees")) {
        for row in &records.rows {
            let cells = row.iter().map(|(_, answer)| match answer {
                Answer::Text(text) => text.clone(),
                Answer::Month { first, .. } => format!("{first} ff."),
                Answer::Value(days) => Date::from_days(*days).to_string(),
                other => format!("{other:?}"),
            });
            lines.push(cells.collect::<Vec<_>>().join(" "));
        }
        lines.push(format!("complete: {}", records.complete));
    }
    lines.extend(reading.remarks.iter().map(ToString::to_string));
    lines.join("\n")
}

#[test]
fn a_list_is_one_sheet() {
    let parts = xlsx::parts(&said().filling(pack(), form()));
    let lines = |text: &str| {
        [
            "<row",
            "<c ",
            "<col ",
            "<sheet",
            "<definedName",
            "<dataValidation ",
            "<pageSetup",
        ]
        .iter()
        .fold(text.to_owned(), |text, tag| {
            text.replace(tag, &format!("\n{tag}"))
        })
    };
    let part = |wanted: &dyn Fn(&str, &str) -> bool| {
        let found = parts.iter().find(|(name, text)| wanted(name, text));
        lines(&found.unwrap().1)
    };
    expect_file!["golden/list.sheet.xml"].assert_eq(&part(&|name, text| {
        name.contains("/sheet") && text.contains("示例甲")
    }));
    expect_file!["golden/list.workbook.xml"].assert_eq(&part(&|name, _| name == "xl/workbook.xml"));
}

#[test]
fn days_that_are_not_shown_come_back_while_their_row_stands() {
    expect![[r#"
        示例甲 1990-05-17 某某旗医院
        示例乙 1988-10-01 某某旗第一中学
        示例丁 1992-12-01 ff. 某某苏木农牧技术推广站
        complete: true"#]]
    .assert_eq(&told(&edited(|xml| xml.replace("示例丙", "示例丁"), &[])));
}

/// The rows of the sheet after its head, and what stands around them.
fn rows(xml: &str) -> (String, Vec<String>, String) {
    let start = xml.find("<row r=\"2\"").unwrap();
    let end = xml.find("</sheetData>").unwrap();
    let rows = xml[start..end]
        .split_inclusive("</row>")
        .map(str::to_owned)
        .collect();
    (xml[..start].to_owned(), rows, xml[end..].to_owned())
}

fn moved(row: &str, to: usize) -> String {
    let from: String = row["<row r=\"".len()..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let mut moved = row.replace(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\""));
    for column in 'A'..='Z' {
        moved = moved.replace(&format!("\"{column}{from}\""), &format!("\"{column}{to}\""));
    }
    moved
}

#[test]
fn rows_may_be_sorted_removed_and_left_empty() {
    let reading = edited(
        |xml| {
            let (before, rows, after) = rows(xml);
            format!(
                "{before}{}{}{after}",
                moved(&rows[2], 4),
                moved(&rows[0], 9)
            )
        },
        &[],
    );
    expect![[r#"
        示例丙 1992-12-31 某某苏木农牧技术推广站
        示例甲 1990-05-17 某某旗医院
        complete: true"#]]
    .assert_eq(&told(&reading));
}

#[test]
fn columns_may_be_moved_and_their_heads_worded_anew() {
    let reading = edited(
        |xml| {
            // Name and unit change places, heads and all; 出生年月 is called otherwise and keeps its name.
            let mut text = xml.to_owned();
            for row in 1..=30 {
                text = text
                    .replace(&format!("r=\"B{row}\""), &format!("r=\"?{row}\""))
                    .replace(&format!("r=\"E{row}\""), &format!("r=\"B{row}\""))
                    .replace(&format!("r=\"?{row}\""), &format!("r=\"E{row}\""));
            }
            text.replace(">出生年月<", ">哪年哪月生<")
        },
        &[],
    );
    expect![[r#"
        示例甲 1990-05-17 某某旗医院
        示例乙 1988-10-01 某某旗第一中学
        示例丙 1992-12-31 某某苏木农牧技术推广站
        complete: true"#]]
    .assert_eq(&told(&reading));
}

#[test]
fn what_excel_makes_of_cells_is_understood() {
    let strings = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>某某旗</t></si>\
        <si><r><t>示例</t></r><r><rPr><b/></rPr><t>丁</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si></sst>";
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\">\
        <numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
        <xf numFmtId=\"176\"/></cellXfs></styleSheet>";
    let sheets: String = (1..=6)
        .map(|number| format!("<Relationship Id=\"rId{number}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"))
        .collect();
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{sheets}\
         <Relationship Id=\"rId8\" Type=\"x/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"rId9\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let reading = edited(
        |xml| {
            let (before, _, after) = rows(xml);
            let cell =
                |column: &str, row: usize, rest: &str| format!("<c r=\"{column}{row}\" {rest}</c>");
            let row =
                |row: usize, cells: &[String]| format!("<row r=\"{row}\">{}</row>", cells.concat());
            let rows = [
                // A shared string of two runs, a date to the day, a number as a text.
                row(
                    2,
                    &[
                        cell("B", 2, "t=\"s\"><v>1</v>"),
                        cell("C", 2, "s=\"1\"><v>32645</v>"),
                        cell("E", 2, "><v>13900000000</v>"),
                    ],
                ),
                // A date that was typed as a month.
                row(
                    3,
                    &[
                        cell("B", 3, "t=\"str\"><f>\"a\"</f><v>示例戊</v>"),
                        cell("C", 3, "s=\"2\"><v>32629</v>"),
                    ],
                ),
                // 1990.10, of which a number lost the zero; a formula's error; too long a number.
                row(
                    4,
                    &[
                        cell("B", 4, "t=\"s\"><v>0</v>"),
                        cell("C", 4, "><v>1990.1</v>"),
                        cell("E", 4, "t=\"e\"><v>#REF!</v>"),
                    ],
                ),
                row(
                    5,
                    &[
                        cell("B", 5, "><v>2.1068219830307002E17</v>"),
                        cell("C", 5, "t=\"inlineStr\"><is><t>九零年</t></is>"),
                    ],
                ),
                // A remark of somebody beside the list.
                row(
                    6,
                    &[cell("K", 6, "t=\"inlineStr\"><is><t>已电话核实</t></is>")],
                ),
            ];
            format!("{before}{}{after}", rows.concat())
        },
        &[
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", styles),
            ("xl/_rels/workbook.xml.rels", &relations),
        ],
    );
    expect![[r#"
        示例丁 1989-05-17 13900000000
        示例戊 1989-05-01 ff.
        某某旗
        complete: false
        “培带对象名单”K列写的是“已电话核实”：认不出这一列是什么内容，没有读入
        “培带对象名单”C4（出生年月）写的是“1990.1”：分不清是哪一天，请写成1990.01或者1990.10
        “培带对象名单”E4（职称或者技能等级）写的是“#REF!”：公式算出来是错误，请改成具体内容
        “培带对象名单”B5（姓名）写的是“210682198303070000”：表格软件把它当成数字，后面几位已经变成0，请把单元格设为文本格式，再重新填写
        “培带对象名单”C5（出生年月）写的是“九零年”：不是日期，请写成1980.03，或者1980年3月7日"#]].assert_eq(&told(&reading));
}

#[test]
fn a_list_of_another_program_is_found_by_its_heads() {
    let file = written();
    let package = Package::open(&file, Kind::Workbook).unwrap();
    let bare = package.text("xl/workbook.xml").unwrap();
    let start = bare.find("<definedNames>").unwrap();
    let end = bare.find("</definedNames>").unwrap() + "</definedNames>".len();
    let bare =
        format!("{}{}", &bare[..start], &bare[end..]).replace("name=\"zige\"", "name=\"Sheet9\"");
    let file = package.with(&[("xl/workbook.xml", bare.as_bytes())]);
    let workbook = Workbook::open(&file).unwrap();
    assert_eq!(workbook.source().pack, "");
    expect![[r#"
        示例甲 1990-05-01 ff. 某某旗医院
        示例乙 1988-10-01 ff. 某某旗第一中学
        示例丙 1992-12-01 ff. 某某苏木农牧技术推广站
        complete: false"#]]
    .assert_eq(&told(&workbook.read(pack(), &form().id)));
}

#[test]
fn what_is_no_workbook_is_refused() {
    let docx = zige_forms::docx::write(&said().filling(pack(), form()).fill());
    let whole = written();
    let messages: Vec<String> = [&b""[..], b"%PDF-1.7", &docx, &whole[..2_000]]
        .iter()
        .map(|file| Workbook::open(file).unwrap_err().to_string())
        .collect();
    expect![[r#"
        the file is empty, download or copy it again
        the file is a PDF, ask the office for the form as .docx
        the file is a document (.docx), give a workbook (.xlsx)
        the file is cut short, download or copy it again"#]]
    .assert_eq(&messages.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_change_of_a_byte_does_harm(place in 0usize..60_000, byte in any::<u8>()) {
        let mut file = written();
        let place = place % file.len();
        file[place] = byte;
        if let Ok(workbook) = Workbook::open(&file) {
            let _reading = workbook.read(pack(), &form().id);
        }
    }
}
