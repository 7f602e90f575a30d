//! Other names of facts, for offices' own forms, and the facts that every pack holds.
#![cfg(feature = "compile")]

use expect_test::expect;
use zige_pack::compile_str;

const VOCABULARY: &str = include_str!("lint/vocabulary.md");
const POLICY: &str = include_str!("lint/value.md");

fn vocabulary(more: &str) -> String {
    let named = VOCABULARY.replace(
        "label = \"出生日期\"\n",
        "label = \"出生日期\"\naliases = [\"出生年月\", \"生日\"]\n",
    );
    format!("{named}\n{more}")
}

fn policy() -> String {
    POLICY
        .replace("label = 45", "label = \"年龄\"")
        .replace("\"softly\"", "\"hard\"")
}

#[test]
fn a_pack_carries_other_names_and_common_facts() {
    let common = "```fact email\ntype = \"text\"\nlabel = \"电子邮箱\"\nquestion = \"邮箱？\"\n\
                  section = \"person\"\nrole = \"form\"\ncommon = true\n```\n";
    let compiled = compile_str(&vocabulary(common), &[("value", &policy())]);
    let pack = compiled
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
        .packs
        .remove(0);
    let facts: Vec<&str> = pack
        .vocabulary
        .facts
        .iter()
        .map(|fact| fact.id.as_str())
        .collect();
    expect![[r#"
        ["birth_date", "email"]
        [(FactId(0), ["出生年月", "生日"])]"#]]
    .assert_eq(&format!("{facts:?}\n{:?}", pack.aliases));
}

#[test]
fn a_name_belongs_to_one_fact() {
    let taken = "```fact given\ntype = \"text\"\nlabel = \"甲\"\naliases = [\"生日\", \"参加工作时间\"]\n\
                 question = \"甲？\"\nsection = \"person\"\nrole = \"form\"\n```\n";
    let mistakes = compile_str(&vocabulary(taken), &[("value", &policy())]).unwrap_err();
    let said: Vec<String> = mistakes
        .list()
        .iter()
        .map(|one| format!("{}: {}", one.message, one.mend.join("; ")))
        .collect();
    expect![[r#"
        `生日` is a name of `given` as well: a form could not tell them apart: keep the name at one of them
        `生日` is a name of `birth_date` as well: a form could not tell them apart: keep the name at one of them
        `参加工作时间` is a name of `work_start` as well: a form could not tell them apart: keep the name at one of them"#]].assert_eq(&said.join("\n"));
}
