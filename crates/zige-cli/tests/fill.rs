//! An office's own blank form, filled by the command.

#[expect(dead_code, reason = "other tests need more of it")]
mod running;

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, Schemas};
use expect_test::expect;
use running::{Ran, zige_reading};
use serde_json::Value;

const ANSWERS: &str =
    r#"{ "full_name": "示例甲", "birth_date": "1975-03-07", "phone": "13900000000", "sex": "男" }"#;

/// Rows of cells, as a .docx.
fn blank(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| {
        format!("<w:tc><w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: &&[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(cell).collect::<String>()
        )
    };
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl>{}</w:tbl><w:p/></w:body></w:document>",
        rows.iter().map(row).collect::<String>()
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    zige_office::zip::pack(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn form() -> Vec<u8> {
    blank(&[
        &["姓  名", "", "性别", ""],
        &["出生年月（  岁）", "", "手机", ""],
        &["拟报项目", "", "籍贯", ""],
        &["单位意见", "（盖章）", "本人签名", ""],
    ])
}

fn folder(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fill-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(blank: &Path, output: &Path, more: &[&str]) -> Ran {
    let (blank, output) = (blank.display().to_string(), output.display().to_string());
    let mut arguments = vec![
        "fill",
        &blank,
        "--answers",
        "-",
        "--on",
        "2026-11-21",
        "-o",
        &output,
    ];
    arguments.extend(more);
    zige_reading(&arguments, ANSWERS)
}

#[test]
fn a_blank_form_is_filled_and_what_is_left_is_listed() {
    let folder = folder("plain");
    let (blank, output) = (folder.join("blank.docx"), folder.join("filled.docx"));
    fs::write(&blank, form()).unwrap();
    let ran = run(&blank, &output, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let told = ran.stderr.replace(&format!("{}/", folder.display()), "");
    expect![[r#"
        filled.docx：填了4处

        没有认出的
          拟报项目（第1张表第3行）

        认出来了，但是答案里没有的
          籍贯（第1张表第3行）

        留着手写、盖章的
          单位意见（第1张表第4行）
          （盖章）（第1张表第4行）
          本人签名（第1张表第4行）
    "#]]
    .assert_eq(&told);
    let package = fs::read(&output).unwrap();
    let package = zige_office::Package::open(&package, zige_office::Kind::Document).unwrap();
    let text = package.text("word/document.xml").unwrap();
    for value in ["示例甲", "男", "1975.03", "（51岁）", "13900000000"] {
        assert!(text.contains(&format!(">{value}</w:t>")), "{value}: {text}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_json_says_keeps_to_its_schema() {
    let folder = folder("json");
    let (blank, output) = (folder.join("blank.docx"), folder.join("filled.docx"));
    fs::write(&blank, form()).unwrap();
    let ran = run(&blank, &output, &["--json"]);
    let value: Value = serde_json::from_str(&ran.stdout).unwrap();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas/fill.schema.json");
    let mut schemas = Schemas::new();
    let index = Compiler::new()
        .compile(
            &schema.canonicalize().unwrap().display().to_string(),
            &mut schemas,
        )
        .unwrap_or_else(|error| panic!("{error:#}"));
    schemas
        .validate(&value, index)
        .unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(value["unrecognised"], serde_json::json!(["拟报项目"]));
    let written = value["cells"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|cell| cell["written"] == true);
    assert_eq!(written.count(), 4);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn wrong_input_ends_with_1_and_wrong_use_with_2() {
    let folder = folder("wrong");
    let output = folder.join("filled.docx");
    let mut told = String::new();
    let mut check = |name: &str, bytes: &[u8], output: &Path, more: &[&str]| {
        let blank = folder.join(name);
        fs::write(&blank, bytes).unwrap();
        let ran = run(&blank, output, more);
        assert_eq!(ran.stdout, "");
        let stderr = ran.stderr.replace(&format!("{}/", folder.display()), "");
        told.push_str(&format!("{} {stderr}", ran.code));
    };
    check(
        "old.docx",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more",
        &output,
        &[],
    );
    check("cut.docx", &form()[..400], &output, &[]);
    check("text.docx", "姓名：".as_bytes(), &output, &[]);
    check("blank.docx", &form(), &folder.join("filled.pdf"), &[]);
    check("blank.docx", &form(), &output, &["--side", "甲方"]);
    check("blank.docx", &form(), &output, &["--checklist"]);
    expect![[r#"
        1 `old.docx`: the file is an old office file (compound file), open it in Word or WPS and save it as .docx (a workbook as .xlsx)
        这是旧格式的文件（.doc 或者 .wps）。请用 Word 或者 WPS 打开，另存为 .docx 再试。
        1 `cut.docx`: the file is cut short, download or copy it again
        这个文件不完整，可能没有下载完。请重新下载或者重新复制一份。
        1 `text.docx`: the file is no office file, ask the office for the form as .docx
        这不是 Word 文档。请选 Word 版（.docx）的表格。
        2 `filled.pdf` must end in .docx, as the form does
        run `zige --help` to see how it is used
        2 `--side` is `甲方`, give `导师` (mentor) or `培养对象` (trainee)
        run `zige --help` to see how it is used
        2 `zige fill` has no option `--checklist`
        run `zige --help` to see how it is used
    "#]].assert_eq(&told);
    assert!(!output.exists());
    fs::remove_dir_all(folder).unwrap();
}
