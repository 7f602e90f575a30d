//! Forms out of the command line, and back.

#[expect(dead_code, reason = "other tests need more of it")]
mod running;

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use running::{Ran, zige, zige_reading};

const PACK: &str = "panzhihua-mentoring-2022";

/// A form of the pack with a list, and what somebody says to it.
const FORM: &str = "yearly_appraisal_form";

fn answers() -> &'static str {
    r#"{ "full_name": "示例甲", "birth_date": "1975-03-07", "panzhihua_talent_class": "三类", "unit_name": "某某医院",
         "panzhihua_trainees": [{ "pair_name": "示例乙", "pair_birth_date": "1990-05", "pair_unit": "某某镇卫生院" },
                                { "pair_name": "示例丙", "pair_birth_date": "1991-11-30" }] }"#
}

/// A folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("forms-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn form(output: &Path, more: &[&str]) -> Ran {
    let output = output.display().to_string();
    let mut arguments = vec![
        "form",
        PACK,
        FORM,
        "--answers",
        "-",
        "--on",
        "2026-11-21",
        "-o",
        &output,
    ];
    arguments.extend(more);
    zige_reading(&arguments, answers())
}

fn read(file: &Path, more: &[&str]) -> Ran {
    let file = file.display().to_string();
    let mut arguments = vec!["read", &file];
    arguments.extend(more);
    zige(&arguments)
}

fn check(ran: &Ran, folder: &Path, code: i32, expected: Expect) {
    let told = format!("{}{}", ran.stdout, ran.stderr).replace(&folder.display().to_string(), "…");
    expected.assert_eq(&told);
    assert_eq!(ran.code, code);
}

#[test]
fn each_kind_of_file_comes_back_the_same() {
    let folder = folder("same");
    let said: Vec<String> = ["docx", "xlsx", "json"]
        .iter()
        .map(|ending| {
            let file = folder.join(format!("form.{ending}"));
            assert_eq!(form(&file, &[]).code, 0);
            let back = read(&file, &["--json"]);
            assert_eq!((back.code, back.stderr.as_str()), (0, ""));
            back.stdout
        })
        .collect();
    let parsed: Vec<serde_json::Value> = said
        .iter()
        .map(|text| serde_json::from_str(text).unwrap())
        .collect();
    assert_eq!(parsed[0], parsed[1]);
    for key in ["answers", "fields", "pack", "form", "on"] {
        assert_eq!(parsed[0][key], parsed[2][key], "{key}");
    }
    let given: serde_json::Value = serde_json::from_str(answers()).unwrap();
    assert_eq!(parsed[0]["answers"], given);
    // What was read is taken by the other commands.
    let again = zige_reading(
        &[
            "form",
            PACK,
            FORM,
            "--answers",
            "-",
            "-o",
            &folder.join("again.docx").display().to_string(),
        ],
        &said[0],
    );
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(
        fs::read(folder.join("again.docx")).unwrap(),
        fs::read(folder.join("form.docx")).unwrap()
    );
}

#[test]
fn codes_on_the_page_are_read_from_what_a_scanner_types() {
    let folder = folder("codes");
    let file = folder.join("form.html");
    assert_eq!(
        form(&file, &["--address", "https://example.org/", "--checklist"]).code,
        0
    );
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains("<svg class=\"zf-code\"") && page.contains("材料清单"));
    let typed = folder.join("scanned.txt");
    fs::write(&typed, "94431123\n").unwrap();
    check(
        &read(&typed, &[]),
        &folder,
        1,
        expect![[r#"
        `…/scanned.txt`: 这个二维码没有读完整，请再扫一次
    "#]],
    );
}

#[test]
fn a_form_is_told_in_words() {
    let folder = folder("words");
    let file = folder.join("form.docx");
    check(
        &form(&file, &[]),
        &folder,
        0,
        expect![[r#"
        …/form.docx：攀枝花市导师结对培养年度考核登记表

        空着的
          年度（report_year）：还没有填
          结对开始时间（pairing_from）：还没有填
          管理期满时间（pairing_until）：还没有填
          性别（sex）：还没有填
          职务（岗位）（post）：还没有填
          职称名称（title_name）：还没有填
          从事专业（speciality）：还没有填
          联系电话（phone）：还没有填
          人才类别认定文件（panzhihua_class_paper）：还没有填
          培养对象名单第1条：性别（panzhihua_trainees.1.pair_sex）：还没有填
          培养对象名单第1条：从事专业（panzhihua_trainees.1.pair_speciality）：还没有填
          培养对象名单第2条：性别（panzhihua_trainees.2.pair_sex）：还没有填
          培养对象名单第2条：工作单位及职务职称（panzhihua_trainees.2.pair_unit）：还没
          有填
          培养对象名单第2条：从事专业（panzhihua_trainees.2.pair_speciality）：还没有填
          年度计划及执行情况（year_progress）：还没有填
          主要培养措施（year_measures）：还没有填
          当面指导记录（guidance_log）：还没有填
          技术水平和业务能力提升情况（year_improvement）：还没有填
          培养对象取得的业绩、成果（mentoring_results）：还没有填
          附件清单（enclosures）：还没有填

        打印后手工完成的
          导师、培养对象签名
          导师所在单位评鉴及意见建议
          主管部门综合评价及考核等次意见
          市人力资源社会保障局审核意见
          市委人才办备案
    "#]],
    );
    check(
        &read(&file, &[]),
        &folder,
        0,
        expect![[r#"
        攀枝花市导师结对培养年度考核登记表
          姓名：示例甲
          出生日期：1975-03-07
          工作单位：某某医院
          攀枝花市人才类别：三类
          培养对象名单：2条
            1. 示例乙；1990-05；某某镇卫生院
            2. 示例丙；1991-11-30
    "#]],
    );
}

#[test]
fn a_calendar_lists_what_it_cannot_date() {
    let folder = folder("calendar");
    let file = folder.join("dates.ics");
    check(
        &form(&file, &["--event", "结对开始=2026-09-01"]),
        &folder,
        0,
        expect![[r#"
            …/dates.ics：9个日期

            没有写进日历的
              以本行业基层人才为主（第五条）：发生时才要做，没有固定的日期
              制定培养工作计划（第七条（一））：原文没有写时间
              传帮带（第七条（二））：一直要做到，到管理期届满为止
              指导科研和论文（第七条（三））：一直要做到，到管理期届满为止
              检查培养计划（第七条（四））：发生时才要做，没有固定的日期
              制定计划、完成任务（第八条（一））：一直要做到，到管理期届满为止
              参加项目和推广（第八条（二））：一直要做到，到管理期届满为止
              更换已成长的培养对象（第十条）：发生时才要做，没有固定的日期
        "#]],
    );
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .starts_with("BEGIN:VCALENDAR\r\n")
    );
    check(
        &form(&file, &["--event", "结对开始"]),
        &folder,
        1,
        expect![[r#"
            `--event` is `结对开始`, give an event and its day, such as `结对开始=2026-09-01`
        "#]],
    );
}

#[test]
fn each_mistake_says_how_to_mend_it() {
    let folder = folder("mistakes");
    let file = |name: &str| folder.join(name);
    check(
        &form(&file("form.pdf"), &[]),
        &folder,
        2,
        expect![[r#"
        `…/form.pdf` does not say what to write, let its name end in .docx, .html, .xlsx, .ics or .json
        run `zige --help` to see how it is used
    "#]],
    );
    check(
        &form(&file("form.html"), &["--address", "https://example.org/#x"]),
        &folder,
        1,
        expect![[r#"
            the address `https://example.org/#x` cannot stand before `#hand-over=`, give one of at most 120 ASCII characters without `#`
        "#]],
    );
    fs::write(file("broken.docx"), "PK\u{3}\u{4}").unwrap();
    check(
        &read(&file("broken.docx"), &[]),
        &folder,
        1,
        expect![[r#"
            `…/broken.docx`: the file is cut short, download or copy it again
            这个文件不完整，可能没有下载完。请重新下载或者重新复制一份。
        "#]],
    );
    check(
        &read(&file("nothing.xlsx"), &[]),
        &folder,
        1,
        expect![[r#"
            `…/nothing.xlsx`: there is no file or folder of this name, check how it is written
            没有这个文件或者文件夹，请核对名字
        "#]],
    );
    fs::write(file("plain.json"), "{\"full_name\": \"示例甲\"}").unwrap();
    check(
        &read(&file("plain.json"), &[]),
        &folder,
        1,
        expect![[r#"
        `…/plain.json` does not say which pack it is of, give `--pack`
    "#]],
    );
    check(
        &read(&file("plain.json"), &["--pack", PACK]),
        &folder,
        0,
        expect![[r#"
            {
              "full_name": "示例甲"
            }
        "#]],
    );
    check(
        &zige(&["form", PACK, "nothing", "--answers", "-", "-o", "x.docx"]),
        &folder,
        1,
        expect![[r#"
            `panzhihua-mentoring-2022` has no form `nothing`, choose one of `training_plan`, `yearly_summary`, `change_report`, `mentoring_ledger`, `yearly_appraisal_form`, `term_summary`
        "#]],
    );
}
