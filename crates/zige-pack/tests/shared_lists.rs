//! A list that several policies share, of which each shows other columns.
#![cfg(feature = "compile")]

use expect_test::expect;
use zige_pack::compile_str;

const LIST: &str = r#"

```fact nominees
type = "records"
fields = ["nominee_name", "nominee_grown_up", "nominee_title", "nominee_phone"]
noun = "人选"
label = "人选名单"
question = "请填写人选名单。"
section = "person"
role = "form"
```

```fact nominee_name
record = "nominees"
type = "text"
limit = 30
label = "姓名"
question = "这位人选的姓名是？"
section = "person"
role = "form"
```

```fact nominee_grown_up
record = "nominees"
type = "yes_no"
label = "满18周岁"
question = "这位人选满18周岁吗？"
section = "person"
```

```fact nominee_title
record = "nominees"
type = "text"
limit = 30
label = "职称"
question = "这位人选的职称是？"
section = "person"
role = "form"
```

```fact nominee_phone
record = "nominees"
type = "text"
limit = 30
label = "联系电话"
question = "这位人选的联系电话是？"
section = "person"
role = "form"
```
"#;

const FORM: &str = r#"由某厅负责解释。

```form nomination
name = "人选名单"
filled_by = "所在单位"

[[part]]
rows = [["24 @table nominees 3 12:nominee_name 12:nominee_phone"]]
```
"#;

#[test]
fn a_pack_asks_of_a_shared_list_what_its_rules_need_and_its_forms_show() {
    let vocabulary = format!("{}{LIST}", include_str!("lint/vocabulary.md"));
    let policy = include_str!("lint/no-block.md").replace("由某厅负责解释。\n", FORM);
    let compiled = compile_str(&vocabulary, &[("no-block", &policy)]).unwrap();
    let facts = &compiled.packs[0].vocabulary.facts;
    let of_list: Vec<&str> = facts
        .iter()
        .filter(|fact| fact.record_of.is_some())
        .map(|fact| fact.id.as_str())
        .collect();
    expect!["nominee_name nominee_grown_up nominee_phone"].assert_eq(&of_list.join(" "));
}
