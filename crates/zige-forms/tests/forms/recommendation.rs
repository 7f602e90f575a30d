//! 辽宁's 推荐表: a real application, from its policy to the page.

use expect_test::expect;

use crate::liaoning::{complete, fill, pack, sparse};

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
}

#[test]
fn a_sparse_application_has_the_same_two_pages_and_lists_what_is_open() {
    let pack = pack();
    let form = fill(&pack, &sparse(&pack));
    assert_eq!(form.sheets(), 2);
    let gaps: Vec<&str> = form.gaps.iter().map(|gap| gap.label.as_str()).collect();
    expect!["姓名 性别 政治面貌 籍贯 健康状况 职称等级 学历 学位 职称取得时间 职称名称 从事专业 毕业院校及专业 联系电话 身份证号 单位性质 工作单位 职务（岗位） 退休类别 国家通用语言文字 计算机操作 身体健康 从事管理工作 以往参加特培情况 家属姓名、关系、电话 研修方向 学习经历 工作经历 希望解决的问题和预期目标"].assert_eq(&gaps.join(" "));
}

#[test]
fn signatures_opinions_and_the_photograph_are_left_to_ink() {
    let pack = pack();
    let form = fill(&pack, &complete(&pack));
    expect!["照片 本人承诺 所在单位推荐意见 县（市）人力资源社会保障局初审意见 市人力资源社会保障局审核意见 省人力资源社会保障厅意见"].assert_eq(&form.by_hand.join(" "));
}
