//! A complete and a sparse applicant, in the model, in print and in .docx.

use expect_test::{expect, expect_file};
use zige_core::answers::{Answer, Records};
use zige_forms::{Content, FilledBlock, FilledForm, docx, html};

use crate::sample::{self, complete, fill, fill_agreement, pack, sparse};

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
fn running_text_holds_its_values_boxes_and_blanks() {
    let pack = pack();
    check(
        &fill_agreement(&pack, &complete(&pack)),
        "agreement-complete",
    );
    check(&fill_agreement(&pack, &sparse(&pack)), "agreement-sparse");
}

#[test]
fn a_long_report_breaks_after_sentences_and_is_signed_where_it_ends() {
    let pack = pack();
    let (answers, mut fields) = complete(&pack);
    let sentence = "本季度在培养单位跟班学习，参加教学查房和病例讨论，完成培养方案规定的任务。";
    let report = format!("{}\n{}", sentence.repeat(12), sentence.repeat(7));
    fields.insert("task".to_owned(), report.clone());
    let form = fill_agreement(&pack, &(answers, fields));
    let paragraphs: Vec<Vec<String>> = form
        .pages
        .iter()
        .map(|page| {
            let texts = page.blocks.iter().filter_map(|block| match block {
                FilledBlock::Paragraph(paragraph) => paragraph.long_value(),
                FilledBlock::Table(_) => None,
            });
            texts
                .map(|(value, _)| {
                    let end: String = value.text.chars().rev().take(6).collect();
                    end.chars().rev().collect()
                })
                .collect()
        })
        .collect();
    expect![[r#"
        [
            [
                "规定的任务。",
            ],
            [
                "规定的任务。",
            ],
            [],
        ]
    "#]]
    .assert_debug_eq(&paragraphs);
    assert!(form.pages.iter().all(|page| page.sheets == 1));
    let whole = form.values().into_iter().find(|value| value.tag == "task");
    assert_eq!(whole.unwrap().text, report);
    let controls = docx::document(&form)
        .matches("<w:tag w:val=\"task\"/>")
        .count();
    assert_eq!(controls, 1);
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
            .tables()
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
    assert_eq!(pages_of(&form), [22, 29, 9, 0]);
    for page in form.pages.iter().take(3) {
        let rows = page.tables().flat_map(|table| &table.rows);
        let labels: Vec<&Content> = rows
            .flat_map(|row| &row.cells)
            .map(|cell| &cell.content)
            .collect();
        for repeated in ["工\n作\n经\n历", "单位和职务"] {
            assert!(labels.contains(&&Content::Label(repeated.to_owned())));
        }
    }
}
