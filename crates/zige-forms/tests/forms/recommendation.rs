//! 辽宁's 推荐表, from its policy to the page: what a reader of the goldens sees is what is printed.

use expect_test::{expect, expect_file};
use zige_forms::{FilledForm, docx, html};

use crate::liaoning::{complete, fill, pack, sparse};

fn check(form: &FilledForm, name: &str) {
    let breaks = [
        "<w:p>",
        "<w:tr>",
        "<w:tc>",
        "<w:sdt>",
        "<w:sectPr>",
        "<td",
        "<th",
    ];
    let lines = |markup: String| {
        breaks
            .iter()
            .fold(markup, |text, tag| text.replace(tag, &format!("\n{tag}")))
    };
    expect_file![format!("golden/recommendation-{name}.document.xml")]
        .assert_eq(&lines(docx::document(form)));
    expect_file![format!("golden/recommendation-{name}.html")]
        .assert_eq(&lines(html::pages(form, 1)));
}

#[test]
fn a_complete_application_fills_two_pages() {
    let pack = pack();
    let form = fill(&pack, &complete(&pack));
    assert_eq!(
        (
            form.gaps.as_slice(),
            form.overlong.as_slice(),
            form.sheets()
        ),
        (&[][..], &[][..], 2)
    );
    check(&form, "complete");
}

#[test]
fn a_sparse_application_has_the_same_two_pages_and_lists_what_is_open() {
    let pack = pack();
    let form = fill(&pack, &sparse(&pack));
    assert_eq!(form.sheets(), 2);
    let gaps: Vec<&str> = form.gaps.iter().map(|gap| gap.label.as_str()).collect();
    expect!["姓名 性别 政治面貌 籍贯 健康状况 职称等级 学历 学位 职称取得时间 职称名称 从事专业 毕业院校及专业 联系电话 身份证号 单位性质 工作单位 职务（岗位） 退休类别 从事管理工作 以往参加特培情况 家属姓名、关系、电话 学习经历 工作经历 研修方向 希望解决的问题和预期目标"].assert_eq(&gaps.join(" "));
    check(&form, "sparse");
}

#[test]
fn signatures_opinions_and_the_photograph_are_left_to_ink() {
    let pack = pack();
    let form = fill(&pack, &complete(&pack));
    expect!["照片 本人承诺 所在单位推荐意见 县（市）人力资源社会保障局初审意见 市人力资源社会保障局审核意见 省人力资源社会保障厅意见"].assert_eq(&form.by_hand.join(" "));
}
