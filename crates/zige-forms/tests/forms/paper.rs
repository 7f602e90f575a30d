//! What is printed beside the form: codes with its data, and the checklist of its papers.

use expect_test::expect;
use zige_core::evaluator::Evaluator;
use zige_core::ids::{CheckId, FactId};
use zige_forms::request::Request;
use zige_forms::{FilledForm, html};

use crate::everyone::{HASH, on};
use crate::liaoning;

fn printed(sparse: bool, checklist: bool) -> FilledForm {
    let pack = liaoning::pack();
    let (answers, fields) = match sparse {
        true => liaoning::sparse(&pack),
        false => liaoning::complete(&pack),
    };
    let evaluator = Evaluator::new(&pack, CheckId(0), on()).unwrap();
    let proofs: Vec<FactId> = evaluator
        .materials(&pack, &answers)
        .iter()
        .map(|material| material.fact)
        .collect();
    let request = Request {
        pack: pack.id.clone(),
        form: "recommendation".to_owned(),
        on: on(),
        answers,
        fields: fields.into_iter().collect(),
        copies: 1,
        codes: true,
        address: String::new(),
        checklist,
        proofs,
        events: Vec::new(),
        photo: None,
    };
    request.print(&pack, HASH).unwrap()
}

#[test]
fn codes_take_a_leaf_of_their_own_where_the_last_page_is_full() {
    let form = printed(false, false);
    let page = html::pages(&form, 1);
    assert_eq!(page.matches("class=\"zf-page").count(), 3);
    assert_eq!(page.matches("<svg").count(), form.codes.len());
    assert!(page.contains("附页"));
}

#[test]
fn codes_stand_below_the_last_table_where_there_is_room() {
    let form = printed(true, true);
    let page = html::pages(&form, 2);
    assert_eq!(
        page.matches("class=\"zf-page").count(),
        2 * form.pages.len() + 1
    );
    assert_eq!(page.matches("材料清单（按").count(), 1, "printed once");
    assert_eq!(page.matches("<svg").count(), 2 * form.codes.len());
}

#[test]
fn the_checklist_names_the_form_and_then_what_proves_the_verdict() {
    let form = printed(false, true);
    let lines: Vec<String> = form
        .checklist
        .iter()
        .map(|line| {
            let copies = line
                .copies
                .map_or("?".to_owned(), |copies| copies.to_string());
            format!("{} {} {}", line.name, copies, line.proves.join("、"))
        })
        .collect();
    expect![[r#"
        少数民族专业技术人才特殊培养人选推荐表 ? 
        单位法人证书或者营业执照 ? 单位所在县（市）、单位性质
        职称证书 ? 职称等级
        居民身份证 ? 民族、出生日期
        岗位聘用合同 ? 从事管理工作、退休类别
        人事档案或者劳动（聘用）合同 ? 参加工作时间"#]]
    .assert_eq(&lines.join("\n"));
}
