//! A .docx read back: as written, and after somebody has worked on it.

use std::collections::BTreeMap;

use expect_test::expect;
use proptest::prelude::*;
use zige_core::answers::{Answer, Records};
use zige_core::ids::FactId;
use zige_forms::docx::{self, TaggedDocument};
use zige_forms::reading::Reading;
use zige_office::{Kind, Package};

use crate::everyone::{Said, complete, forms};
use crate::{liaoning, sample};

#[test]
fn every_form_of_every_pack_comes_back_from_its_docx() {
    for (pack, form) in forms() {
        for seed in 0..12 {
            let said = complete(pack, form, seed);
            let file = docx::write(&said.filling(pack, form).fill());
            let document = TaggedDocument::open(&file).unwrap();
            assert!(document.tags().all(|tag| tag.chars().count() < 64));
            let source = document.source();
            assert_eq!((&source.pack, &source.form), (&pack.id, &form.id));
            let reading = document.read(pack, &source.form);
            assert_eq!(reading.remarks, [], "{} {} {seed}", pack.id, form.id);
            assert_eq!(
                reading.answers, said.answers,
                "{} {} {seed}",
                pack.id, form.id
            );
            let fields: BTreeMap<_, _> = reading.fields.into_iter().collect();
            assert_eq!(fields, said.fields);
        }
    }
}

fn written() -> Vec<u8> {
    let pack = liaoning::pack();
    let (answers, fields) = liaoning::complete(&pack);
    let said = Said { answers, fields };
    docx::write(&said.filling(&pack, liaoning::form(&pack)).fill())
}

/// The file with its document changed as an editor would.
fn edited(change: impl Fn(&str) -> String) -> Reading {
    let file = written();
    let package = Package::open(&file, Kind::Document).unwrap();
    let before = package.text("word/document.xml").unwrap();
    let after = change(&before);
    assert_ne!(before, after, "nothing was changed");
    let file = package.with(&[("word/document.xml", after.as_bytes())]);
    let document = TaggedDocument::open(&file).unwrap();
    document.read(&liaoning::pack(), "recommendation")
}

fn told(reading: &Reading) -> String {
    let remarks: Vec<String> = reading.remarks.iter().map(ToString::to_string).collect();
    remarks.join("\n")
}

fn said(reading: &Reading, id: &str) -> String {
    let pack = liaoning::pack();
    let fact = pack
        .vocabulary
        .facts
        .iter()
        .position(|fact| fact.id == id)
        .unwrap();
    let fact = FactId(u16::try_from(fact).unwrap());
    match reading.answers.get(fact) {
        Answer::Records(records) => records
            .rows
            .iter()
            .map(|row| {
                let texts = row.iter().map(|(_, answer)| format!("{answer:?}"));
                texts.collect::<Vec<_>>().join(" ")
            })
            .collect::<Vec<_>>()
            .join("\n"),
        answer => format!("{answer:?}"),
    }
}

fn jobs(reading: &Reading) -> Option<Records> {
    let pack = liaoning::pack();
    let facts = (0..).map(FactId).zip(&pack.vocabulary.facts);
    let mut jobs = facts.filter(|(_, fact)| fact.id == "work_history");
    match reading.answers.get(jobs.next()?.0) {
        Answer::Records(jobs) => Some(jobs.clone()),
        _ => None,
    }
}

#[test]
fn what_was_edited_counts_however_its_runs_are_cut() {
    let reading = edited(|xml| {
        xml.replace(
            ">示例甲</w:t></w:r>",
            ">示</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>\
             <w:t>例</w:t></w:r><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>甲</w:delText></w:r></w:del>\
             <w:ins w:id=\"2\" w:author=\"a\"><w:r><w:t>乙</w:t></w:r></w:ins>",
        )
    });
    assert_eq!(
        (
            said(&reading, "full_name").as_str(),
            told(&reading).as_str()
        ),
        ("Text(\"示例乙\")", "")
    );
}

#[test]
fn a_program_that_saves_wrongly_is_named() {
    let file = written();
    let package = Package::open(&file, Kind::Document).unwrap();
    let relations = package.text("_rels/.rels").unwrap().replace(
        "</Relationships>",
        "<Relationship Id=\"rIdApp\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>",
    );
    let saved_by = |program: &str| {
        let program = format!("<Properties><Application>{program}</Application></Properties>");
        let file = package.with(&[
            ("_rels/.rels", relations.as_bytes()),
            ("docProps/app.xml", program.as_bytes()),
        ]);
        let document = TaggedDocument::open(&file).unwrap();
        told(&document.read(&liaoning::pack(), "recommendation"))
    };
    let told = saved_by("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2");
    expect![
        "“LibreOffice/7.4”：这个软件保存文件时会写重、写丢内容，请逐项核对，最好用WPS或者Word改"
    ]
    .assert_eq(&told);
    assert_eq!(saved_by("LibreOffice/24.8.4.2"), "");
    assert_eq!(saved_by("Microsoft Office Word"), "");
}

#[test]
fn a_day_that_is_not_shown_counts_only_while_its_month_stands() {
    let as_written = edited(|xml| xml.replace(">示例甲<", ">示例丙<"));
    expect!["Value(4813)"].assert_eq(&said(&as_written, "birth_date"));
    let same_month = edited(|xml| xml.replace("1983.03", "1983年3月"));
    expect!["Value(4813)"].assert_eq(&said(&same_month, "birth_date"));
    let other_month = edited(|xml| xml.replace("1983.03", "1983.04"));
    expect!["Month { first: Date(4838), last: Date(4867) }"]
        .assert_eq(&said(&other_month, "birth_date"));
}

#[test]
fn a_row_that_was_copied_is_one_more_record() {
    let reading = edited(|xml| {
        let start = xml.find("work_history.3.job_period").unwrap();
        let start = xml[..start].rfind("<w:tr>").unwrap();
        let end = start + xml[start..].find("</w:tr>").unwrap() + "</w:tr>".len();
        let copy = xml[start..end].replace("2020.01—至今", "2027.01—至今");
        format!("{}{copy}{}", &xml[..end], &xml[end..])
    });
    expect![[r#"
        Text("2006.08—2012.06") Text("凤城市某某乡镇卫生院") Text("住院医师")
        Text("2012.07—2019.12") Text("凤城市某某中心医院心血管内科") Text("住院医师、主治医师")
        Text("2020.01—至今") Text("凤城市某某中心医院心血管内科") Text("主治医师、科室副主任")
        Text("2027.01—至今") Text("凤城市某某中心医院心血管内科") Text("主治医师、科室副主任")"#]]
    .assert_eq(&said(&reading, "work_history"));
    expect![""].assert_eq(&told(&reading));
}

#[test]
fn a_row_that_was_emptied_is_none() {
    let reading = edited(|xml| {
        xml.replace("2006.08—2012.06", "")
            .replace("凤城市某某乡镇卫生院", "")
            .replace(">住院医师<", "><")
    });
    expect![[r#"
        Text("2012.07—2019.12") Text("凤城市某某中心医院心血管内科") Text("住院医师、主治医师")
        Text("2020.01—至今") Text("凤城市某某中心医院心血管内科") Text("主治医师、科室副主任")"#]]
    .assert_eq(&said(&reading, "work_history"));
}

#[test]
fn what_cannot_be_understood_is_named_and_the_rest_is_taken() {
    let reading = edited(|xml| {
        xml.replace(">满族<", ">满人<")
            .replace("1983.03", "八三年春")
            .replace("\"phone\"", "\"telephone\"")
            .replace("\"work_history.2.", "\"jobs.2.")
            .replace(">事业单位<", "><")
            .replace(">2006.08<", ">1985.1<")
    });
    expect![[r#"
        “出生日期”写的是“八三年春 （43岁）”：不是日期，请写成1980.03，或者1980年3月7日
        “民族”写的是“满人”：不是可以选的内容，请从选项里选一个
        “参加工作时间”写的是“1985.1”：分不清是哪一天，请写成1985.01或者1985.10
        “telephone”写的是“13900000000”：这项政策的表里没有这一项，没有读入
        “jobs.2.job_period”写的是“2012.07—2019.12”：这项政策的表里没有这一项，没有读入
        “jobs.2.job_unit”写的是“凤城市某某中心医院心血管内科”：这项政策的表里没有这一项，没有读入
        “jobs.2.job_post”写的是“住院医师、主治医师”：这项政策的表里没有这一项，没有读入"#]]
    .assert_eq(&told(&reading));
    expect!["Text(\"示例甲\")"].assert_eq(&said(&reading, "full_name"));
    expect!["Absent"].assert_eq(&said(&reading, "unit_kind"));
}

#[test]
fn where_a_program_has_lost_the_tags_their_titles_do() {
    let pack = liaoning::pack();
    let whole = TaggedDocument::open(&written())
        .unwrap()
        .read(&pack, "recommendation");
    let reading = edited(|xml| {
        let mut pieces = xml.split("<w:tag w:val=\"");
        let first = pieces.next().unwrap().to_owned();
        let rest = pieces.map(|piece| piece.split_once("/>").unwrap().1);
        rest.fold(first, |text, piece| text + piece)
    });
    assert_eq!(
        (reading.answers, reading.fields),
        (whole.answers, whole.fields)
    );
    assert_eq!(reading.remarks, []);
}

#[test]
fn a_file_without_our_properties_still_gives_what_it_shows() {
    let file = written();
    let package = Package::open(&file, Kind::Document).unwrap();
    let none = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>";
    let file = package.with(&[("docProps/custom.xml", none.as_bytes())]);
    let document = TaggedDocument::open(&file).unwrap();
    assert_eq!(document.source().pack, "");
    let reading = document.read(&liaoning::pack(), "recommendation");
    expect!["Month { first: Date(4807), last: Date(4837) }"]
        .assert_eq(&said(&reading, "birth_date"));
    assert_eq!(told(&reading), "");
    // Nobody has said that these are all.
    assert!(jobs(&reading).is_some_and(|jobs| jobs.rows.len() == 3 && !jobs.complete));
}

#[test]
fn what_is_no_docx_is_refused() {
    for file in [&b""[..], b"%PDF-1.7", b"PK\x03\x04", &written()[..3_000]] {
        assert!(TaggedDocument::open(file).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_change_of_a_byte_does_harm(place in 0usize..60_000, byte in any::<u8>()) {
        let mut file = written();
        let place = place % file.len();
        file[place] = byte;
        if let Ok(document) = TaggedDocument::open(&file) {
            let _reading = document.read(&liaoning::pack(), "recommendation");
        }
    }
}

#[test]
fn boxes_running_text_and_facts_of_single_records_come_back() {
    let pack = sample::pack();
    let (answers, fields) = sample::complete(&pack);
    let form = sample::fill_agreement(&pack, &(answers, fields.clone()));
    let file = docx::write(&form);
    let reading = TaggedDocument::open(&file).unwrap().read(&pack, &form.id);
    assert_eq!(reading.remarks, []);
    let facts = [sample::NAME, sample::SEX, sample::FORMER, sample::AWARDS];
    let known: Vec<&Answer> = facts.iter().map(|id| reading.answers.get(*id)).collect();
    expect![[r#"
        [
            Text(
                "示例甲",
            ),
            Value(
                1,
            ),
            Value(
                0,
            ),
            Records(
                Records {
                    rows: [],
                    complete: true,
                },
            ),
        ]
    "#]]
    .assert_debug_eq(&known);
    let expected = ["task", "agreed_on", "manner", "months"];
    let expected = expected.map(|id| (id.to_owned(), fields[id].clone()));
    assert_eq!(reading.fields, expected);
}

#[test]
fn of_two_boxes_that_are_ticked_none_counts() {
    let pack = sample::pack();
    let said = sample::complete(&pack);
    let file = docx::write(&sample::fill_agreement(&pack, &said));
    let package = Package::open(&file, Kind::Document).unwrap();
    let document = package.text("word/document.xml").unwrap();
    let (before, after) = document.split_once("<w:tag w:val=\"sex=1\"/>").unwrap();
    let after = after.replacen('□', "☒", 1);
    let document = format!("{before}<w:tag w:val=\"sex=1\"/>{after}");
    let file = package.with(&[("word/document.xml", document.as_bytes())]);
    let reading = TaggedDocument::open(&file)
        .unwrap()
        .read(&pack, "agreement");
    expect!["“sex”写的是“男、女”：不是可以选的内容，请从选项里选一个"].assert_eq(
        &told(&reading)
            .lines()
            .next()
            .unwrap()
            .replace("性别", "sex"),
    );
}
