//! A complete and a sparse applicant, in the model, in print and in .docx.

use expect_test::{expect, expect_file};
use zige_core::answers::{Answer, Records};
use zige_forms::{Content, FilledForm, docx, html};

use crate::sample::{self, complete, fill, pack, sparse};

/// A file read by people: each table cell, paragraph and control on a line of its own.
fn lines(markup: &str) -> String {
    let breaks = [
        "<w:p>",
        "<w:tbl>",
        "<w:tr>",
        "<w:tc>",
        "<w:sdt>",
        "<w:sectPr>",
        "<section",
        "<td",
        "<th",
        "<tr",
    ];
    breaks
        .iter()
        .fold(markup.to_owned(), |text, tag| {
            text.replace(tag, &format!("\n{tag}"))
        })
        .replace("\n\n", "\n")
}

fn check(form: &FilledForm, name: &str) {
    expect_file![format!("golden/{name}.document.xml")].assert_eq(&lines(&docx::document(form)));
    expect_file![format!("golden/{name}.html")].assert_eq(&lines(&html::pages(form, 1)));
}

#[test]
fn complete_answers_fill_every_cell() {
    let pack = pack();
    let form = fill(&pack, &complete(&pack));
    assert_eq!(
        (form.gaps.as_slice(), form.overlong.as_slice()),
        (&[][..], &[][..])
    );
    check(&form, "complete");
}

#[test]
fn what_is_not_known_stays_empty_and_is_listed() {
    let pack = pack();
    let form = fill(&pack, &sparse(&pack));
    let gaps: Vec<String> = form
        .gaps
        .iter()
        .map(|gap| format!("{} {} {:?}", gap.tag, gap.label, gap.why))
        .collect();
    expect![[r#"
        name 姓名 NotAnswered
        sex 性别 NotAnswered
        birth_date 出生日期 AgeOpen
        title_level 职称等级 NotKnown
        work_start 参加工作时间 NotAnswered
        former_trainee 往届学员 NotAnswered
        former_year 往届期次 NotAnswered
        leave_days 请假天数 NotAnswered
        jobs 工作经历 MoreRecords
        jobs.1.job_from 工作经历第1条：起 NotAnswered
        jobs.1.job_to 工作经历第1条：止 NotAnswered
        awards 获奖情况 NotAnswered
        achievements 业绩成果 NotAnswered
        study_wish 研修方向 NotAnswered
        filled_on 填表日期 NotAnswered"#]]
    .assert_eq(&gaps.join("\n"));
    check(&form, "sparse");
}

#[test]
fn what_is_done_beside_the_form_is_listed() {
    let pack = pack();
    let form = fill(&pack, &complete(&pack));
    expect![[r#"
        (
            [
                "照片",
                "本人承诺以上内容属实。本人签名",
                "所在单位推荐意见",
                "县（市）人社局初审意见",
                "市人社局审核意见",
            ],
            [
                AttachmentLine {
                    name: "职称证书复印件",
                    copies: Some(
                        1,
                    ),
                    proves: "职称等级",
                },
            ],
            [
                "所在单位：公示推荐",
                "市人社局：审核",
            ],
        )
    "#]]
    .assert_debug_eq(&(form.by_hand, form.attachments, form.chain));
}

#[test]
fn a_document_of_its_own_carries_its_styles_and_all_copies() {
    let pack = pack();
    let form = fill(&pack, &complete(&pack));
    let document = html::document(&form, 3);
    assert!(document.contains(zige_forms::STYLES));
    assert_eq!(
        document.matches("<section class=\"zf-page").count(),
        form.pages.len() * 3
    );
    assert_eq!(
        document.matches("class=\"zf-page zf-copy\"").count(),
        form.pages.len() * 2
    );
    assert!(!document.contains(" style="));
}

/// Which records stand on which page.
fn pages_of(form: &FilledForm) -> Vec<usize> {
    let records = |page: &zige_forms::FilledPage| {
        let cells = page
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .flat_map(|row| &row.cells);
        let names = cells.filter(|cell| matches!(&cell.content, Content::Value(value) if value.tag.ends_with("job_unit")));
        names.count()
    };
    form.pages.iter().map(records).collect()
}

#[test]
fn a_long_list_breaks_between_lines_and_its_label_is_repeated() {
    let pack = pack();
    let (mut answers, fields) = complete(&pack);
    let row = vec![(
        sample::JOB_UNIT,
        Answer::Text("某县农业技术推广站 农艺师".to_owned()),
    )];
    let records = Records {
        rows: vec![row; 60],
        complete: true,
    };
    answers
        .set(&pack, sample::JOBS, Answer::Records(records))
        .unwrap();
    let form = fill(&pack, &(answers, fields));
    assert_eq!(pages_of(&form), [22, 30, 8, 0]);
    for page in form.pages.iter().take(3) {
        let labels = page
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .flat_map(|row| &row.cells);
        assert!(
            labels
                .into_iter()
                .any(|cell| cell.content == Content::Label("工\n作\n经\n历".to_owned()))
        );
    }
}
