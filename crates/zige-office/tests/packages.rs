//! Packages as another program writes them, whole and broken.

use std::io::{Cursor, Read, Write};

use expect_test::{Expect, expect};
use proptest::prelude::*;
use zige_office::{Kind, OfficeError, Package};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const DOCUMENT: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

fn archive(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn content_types(main: &str) -> String {
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
    )
}

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
     <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
     </Relationships>";

fn package(main: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = content_types(main);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
    ];
    parts.extend(more);
    archive(&parts, CompressionMethod::Deflated)
}

fn sound() -> Vec<u8> {
    package(
        DOCUMENT,
        &[
            ("word/document.xml", b"<a/>"),
            ("word/media/image1.png", &[7; 3000]),
        ],
    )
}

fn refused(bytes: &[u8], kind: Kind, expect: Expect) {
    let error = Package::open(bytes, kind).unwrap_err();
    expect.assert_eq(&format!("{error}\n{}", error.told()));
}

#[test]
fn parts_are_found_by_name_and_by_relation() {
    let bytes = sound();
    let package = Package::open(&bytes, Kind::Document).unwrap();
    assert_eq!(package.main(), "word/document.xml");
    assert_eq!(package.text("WORD/Document.xml").unwrap(), "<a/>");
    assert_eq!(package.part("word/media/image1.png").unwrap(), [7; 3000]);
    assert_eq!(package.names().count(), 4);
    assert_eq!(package.relations("word/document.xml").unwrap(), []);
    assert_eq!(
        package.part("word/none.xml").unwrap_err(),
        OfficeError::NoPart("word/none.xml".to_owned())
    );
    assert_eq!(
        package.content_type("_rels/.rels").unwrap(),
        "application/vnd.openxmlformats-package.relationships+xml"
    );
}

#[test]
fn other_files_are_named_for_what_they_are() {
    refused(
        b"",
        Kind::Document,
        expect![[r#"
        the file is empty, download or copy it again
        这个文件是空的。请重新下载或者重新复制一份。"#]],
    );
    refused(
        &package(WORKBOOK, &[("word/document.xml", b"<a/>")]),
        Kind::Document,
        expect![[r#"
        the file is a workbook (.xlsx), give a document (.docx)
        这是 Excel 表格（.xlsx），这里要的是 Word 文档（.docx）。"#]],
    );
    refused(
        &sound(),
        Kind::Workbook,
        expect![[r#"
        the file is a document (.docx), give a workbook (.xlsx)
        这是 Word 文档（.docx），这里要的是 .xlsx 表格。"#]],
    );
    let macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    refused(
        &package(macros, &[("word/document.xml", b"<a/>")]),
        Kind::Document,
        expect![[r#"
            the file is one with macros (.docm, .xlsm), save it as .docx or .xlsx, without macros
            这个文件带有宏（小程序），为了安全没有打开。请用 Word 或者 WPS 打开，另存为 .docx 再试。"#]],
    );
    refused(
        &package(
            DOCUMENT,
            &[
                ("word/document.xml", b"<a/>"),
                ("word/vbaProject.bin", b"x"),
            ],
        ),
        Kind::Document,
        expect![[r#"
            the file is one with macros (.docm, .xlsm), save it as .docx or .xlsx, without macros
            这个文件带有宏（小程序），为了安全没有打开。请用 Word 或者 WPS 打开，另存为 .docx 再试。"#]],
    );
    refused(
        &archive(&[("form.docx", b"x")], CompressionMethod::Stored),
        Kind::Document,
        expect![[r#"
            the file is an archive without an office file, unpack it and give the form that is in it
            这是一个压缩包。请先解压，再选里面的表格。"#]],
    );
    refused(
        &archive(
            &[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", b"<a/>"),
            ],
            CompressionMethod::Stored,
        ),
        Kind::Document,
        expect![[r#"
            the file is an OpenDocument file (.odt, .ods), open it in Word or WPS and save it as .docx (a workbook as .xlsx)
            这个文件不是 .docx 格式，只是名字像。请用 Word 或者 WPS 打开，另存为 .docx 再试。"#]],
    );
}

#[test]
fn broken_and_hostile_archives_are_refused() {
    let whole = sound();
    refused(
        &whole[..whole.len() / 2],
        Kind::Document,
        expect![[r#"
        the file is cut short, download or copy it again
        这个文件不完整，可能没有下载完。请重新下载或者重新复制一份。"#]],
    );
    refused(
        &vec![b'x'; 50_000_000],
        Kind::Document,
        expect![[r#"
        the file is larger than 20 MB, leave out its pictures or take a smaller one
        这个文件超过20 MB，表格一般没有这么大。请删去里面的图片另存一份再试。"#]],
    );

    // 200 MB of zeros in 200 KB.
    let bomb = package(DOCUMENT, &[("word/document.xml", &vec![0; 200_000_000])]);
    assert!(bomb.len() < 1_000_000);
    refused(
        &bomb,
        Kind::Document,
        expect![[r#"
        the file unpacks to more than a form can hold, take the form from its office again
        这个文件展开以后大得不正常，为了安全没有打开。请向发表格的单位重新要一份。"#]],
    );

    let many: Vec<String> = (0..3_000)
        .map(|number| format!("word/media/{number}"))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|name| (name.as_str(), b"".as_slice()))
        .collect();
    refused(
        &package(DOCUMENT, &many),
        Kind::Document,
        expect![[r#"
        the file has more than 2000 parts, open it in Word or WPS and save it again
        这个文件展开以后大得不正常，为了安全没有打开。请向发表格的单位重新要一份。"#]],
    );

    let mut locked = whole.clone();
    let record = find(&locked, b"PK\x01\x02");
    locked[record + 8] |= 1;
    refused(
        &locked,
        Kind::Document,
        expect![[r#"
        the file is protected by a password, remove the password and save it again
        这个文件设了密码。请用密码打开，去掉密码以后另存一份再试。"#]],
    );

    // Two records of the directory that lead to one entry.
    let mut twice = whole.clone();
    let first = find(&twice, b"PK\x01\x02");
    let second =
        first + 46 + usize::from(twice[first + 28]) + find(&twice[first + 46..], b"PK\x01\x02")
            - usize::from(twice[first + 28]);
    let offset: [u8; 4] = twice[second + 42..second + 46].try_into().unwrap();
    twice[first + 42..first + 46].copy_from_slice(&offset);
    refused(
        &twice,
        Kind::Document,
        expect![[r#"
        the file is damaged: an entry is not where the directory says; open it in Word or WPS and save it again
        这个文件有损坏，或者不是 Word、WPS 保存的。请用 Word 或者 WPS 打开，另存一份再试。"#]],
    );
}

#[test]
fn a_size_that_lies_is_found_when_the_part_is_read() {
    let mut bytes = sound();
    let record = (0..bytes.len() - 46)
        .find(|at| {
            bytes[*at..].starts_with(b"PK\x01\x02")
                && bytes[at + 46..].starts_with(b"word/document.xml")
        })
        .unwrap();
    bytes[record + 24] = 200;
    let package = Package::open(&bytes, Kind::Document).unwrap();
    assert_eq!(
        package.part("word/document.xml").unwrap_err().to_string(),
        "the file is damaged: an entry is not what it was when packed; open it in Word or WPS and save it again"
    );
}

#[test]
fn only_what_is_changed_changes() {
    let before = sound();
    let package = Package::open(&before, Kind::Document).unwrap();
    let after = package.with(&[
        ("word/document.xml", b"<b/>"),
        ("word/media/photo.jpeg", b"jpeg"),
    ]);
    let mut old = zip::ZipArchive::new(Cursor::new(&before)).unwrap();
    let mut new = zip::ZipArchive::new(Cursor::new(&after)).unwrap();
    assert_eq!(new.len(), old.len() + 1);
    for position in 0..old.len() {
        let mut raw = (Vec::new(), Vec::new());
        let mut was = old.by_index_raw(position).unwrap();
        was.read_to_end(&mut raw.0).unwrap();
        let mut is = new.by_index_raw(position).unwrap();
        is.read_to_end(&mut raw.1).unwrap();
        assert_eq!(was.name().unwrap(), is.name().unwrap());
        let changed = was.name().unwrap() == "word/document.xml";
        assert_eq!(raw.0 != raw.1, changed);
    }
    let package = Package::open(&after, Kind::Document).unwrap();
    assert_eq!(package.text("word/document.xml").unwrap(), "<b/>");
    assert_eq!(package.part("word/media/photo.jpeg").unwrap(), b"jpeg");
    assert_eq!(package.part("word/media/image1.png").unwrap(), [7; 3000]);
}

/// Where bytes stand first; 0 when they do not.
fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
        .unwrap_or(0)
}

proptest! {
    #[test]
    fn nothing_changed_is_the_same_file(data in prop::collection::vec(any::<u8>(), 0..500)) {
        let bytes = package(DOCUMENT, &[("word/document.xml", b"<a/>"), ("x.bin", &data)]);
        let package = Package::open(&bytes, Kind::Document).unwrap();
        prop_assert_eq!(package.with(&[]), bytes.clone());
        prop_assert_eq!(package.part("x.bin").unwrap(), data);
    }

    #[test]
    fn broken_bytes_are_refused_or_read_but_never_trap(place in any::<prop::sample::Index>(), value in any::<u8>()) {
        let mut bytes = sound();
        let place = place.index(bytes.len());
        bytes[place] = value;
        if let Ok(package) = Package::open(&bytes, Kind::Document) {
            for name in package.names() {
                drop(package.part(name));
            }
            drop(package.with(&[("word/document.xml", b"<b/>")]));
        }
    }
}
