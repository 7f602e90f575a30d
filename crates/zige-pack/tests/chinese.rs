//! What authors who read no English are told of the mistakes that are made first.
#![cfg(feature = "compile")]

use expect_test::{Expect, expect};
use zige_pack::compile_str;

const VOCABULARY: &str = include_str!("lint/vocabulary.md");
const POLICY: &str = r#"# 测试政策

```policy trial
title = "测试政策"
short = "测试"
summary = "用来说明一种错误。"
issuer = "某厅"
region = "某省"
version = "试行"
```

### 第一条

年龄有限制。

> 年龄在45周岁以下

```condition young
label = "年龄"
rule = 'age(birth_date) <= 45'
strength = "hard"
```

```check trainee
label = "学员"
question = "我能报名吗？"
require = "young"
```

```example still_45
check = "trainee"
on = "2026-11-21"
expect = "eligible"
[answers]
birth_date = "1980-11-22"
```

```example already_46
check = "trainee"
on = "2026-11-21"
expect = "ineligible"
[answers]
birth_date = "1980-11-21"
```

### 第二条

收到通知以后报到。

> 收到通知之日起10日内报到

```deadline arrival
label = "报到"
days = 10
after = "收到通知"
```
"#;

/// The Chinese lines of all messages after some words were replaced.
fn check(changes: &[(&str, &str)], expected: &Expect) {
    check_with(VOCABULARY, changes, expected);
}

fn check_with(vocabulary: &str, changes: &[(&str, &str)], expected: &Expect) {
    let mut policy = POLICY.to_owned();
    for (words, instead) in changes {
        assert!(policy.contains(words), "`{words}` is not there");
        policy = policy.replacen(words, instead, 1);
    }
    let said = match compile_str(vocabulary, &[("trial", policy.as_str())]) {
        Ok(_) => String::new(),
        Err(diagnostics) => diagnostics
            .list()
            .iter()
            .map(|problem| format!("{}: {}\n", problem.kind.code(), problem.chinese))
            .collect(),
    };
    expected.assert_eq(&said);
}

const RULE: &str = "'age(birth_date) <= 45'";

#[test]
fn the_policy_itself_has_no_mistake() {
    check(&[], &expect![[""]]);
}

#[test]
fn chinese_words_in_a_rule_are_named_with_the_sign_to_write_and_lead_to_nothing_else() {
    check(
        &[(RULE, "'age(birth_date) 不超过 45'")],
        &expect![[r#"
        syntax: 规则里不写“不超过”，写 <=
    "#]],
    );
    check(
        &[(
            RULE,
            "'age(birth_date) <= 45 或者 on_leave 并且 leave_days 大于 3'",
        )],
        &expect![[r#"
            syntax: 规则里不写“或者”，写 or
            syntax: 规则里不写“并且”，写 and
            syntax: 规则里不写“大于”，写 >
        "#]],
    );
}

#[test]
fn units_and_arithmetic_in_a_rule_are_explained() {
    check(
        &[(RULE, "'age(birth_date) <= 45周岁'")],
        &expect![[r#"
        syntax: 数的后面不写“周岁”：单位写在问题的 unit 里
    "#]],
    );
    check(
        &[(RULE, "'leave_days <= 3%'")],
        &expect![[r#"
        guard: 这个问题只问一部分人：先在前面写它的前提，再用 and 接上它
        syntax: 数的后面不写单位：单位写在问题的 unit 里
    "#]],
    );
    check(
        &[(RULE, "'age(birth_date) * 2 <= 90'")],
        &expect![[r#"
        types: 两边不是一类东西，不能比：数和数比，日期和日期比，选项和自己的选项比
        syntax: 规则里没有乘、除：两倍写成“a + a”；积分怎样写，见 CONTRIBUTING.zh-CN.md 第7步
    "#]],
    );
    check(
        &[(RULE, "'birth_date <= 45'")],
        &expect![[r#"
        types: 日期不能直接和数比：几周岁写 age(…)，满几年写 years_since(…)，还有几年写 years_until(…)
    "#]],
    );
    check(
        &[(RULE, "'(if age(birth_date) <= 45 then 10 else 5) >= 10'")],
        &expect![[r#"
            comparison: if 后面的条件只能看选择题、是非题和待认定，不能看日期和数：改问“在哪一档”（scale），或者分几种情形用 and、or 写；积分怎样写，见 CONTRIBUTING.zh-CN.md 第7步
        "#]],
    );
}

#[test]
fn a_label_in_the_place_of_an_id_leads_to_the_id() {
    check(
        &[(RULE, "'age(出生日期) <= 45'")],
        &expect![[r#"
        unknown-name: 没有这个名称，是不是要写 `birth_date`？
    "#]],
    );
    check(
        &[(RULE, "'age(birth_date) <= 45 or relaxed'")],
        &expect![[r#"
            unknown-name: 没有这个名称：拼错了的，照 vocabulary.md 里的代号改；要问申请人的，在 vocabulary.md 里加 fact；主管部门说了算的，在这份文档里加 point；给一段规则起的名字，加 derived
        "#]],
    );
}

#[test]
fn a_strict_condition_names_the_points_in_its_rule() {
    let point = "```point relaxed\nlabel = \"放宽\"\nowner = \"某厅\"\nquestion = \"同意放宽吗？\"\n\
                 reason = \"原文写可以放宽。\"\noutcomes = [\"不同意\", \"同意\"]\n```\n\n### 第二条";
    let changes = [
        (RULE, "'age(birth_date) <= 45 or relaxed'"),
        ("### 第二条", point),
    ];
    check(
        &changes,
        &expect![[r#"
        strength: 写了 hard，可是规则里有待认定的事项 `relaxed`（也可能是用到的 derived 里有的，如法定退休日期）：原文写了可以例外的，写 in_principle 或者 relaxable；原文没有写例外的，把 strength 这一行删掉
        example-disagrees: 例子写的是 ineligible，规则算出来是 discretionary（待认定）：对照原文，看是规则错了，还是例子错了。要看的条件：`young`（待认定）
    "#]],
    );
    let shared = "\n```point shared\nlabel = \"共用\"\nowner = \"某厅\"\nquestion = \"同意吗？\"\n\
                  reason = \"没有写。\"\noutcomes = [\"不同意\", \"同意\"]\n```\n";
    let rule = "'age(birth_date) <= 45 or shared'";
    check_with(
        &format!("{VOCABULARY}{shared}"),
        &[(RULE, rule), ("### 第二条", point)],
        &expect![[r#"
            strength: 写了 hard，可是规则里有待认定的事项 `shared`（也可能是用到的 derived 里有的，如法定退休日期）：原文写了可以例外的，写 in_principle 或者 relaxable；原文没有写例外的，把 strength 这一行删掉
            example-disagrees: 例子写的是 ineligible，规则算出来是 discretionary（待认定）：对照原文，看是规则错了，还是例子错了。要看的条件：`young`（待认定）
            unreachable: 没有规则用到这个待认定事项：写到它影响的条件里；和条件没有关系的“经同意”，改写成 route
        "#]],
    );
    check(
        &[("\"hard\"", "\"可放宽\"")],
        &expect![[r#"
        value: 等号后面的内容不对，或者空着：照提示改。可以写 `hard`（没有例外）、`in_principle`（原则上、一般）、`relaxable`（可以放宽）
    "#]],
    );
}

#[test]
fn a_block_left_open_is_the_only_mistake() {
    check(
        &[("strength = \"hard\"\n```\n", "strength = \"hard\"\n")],
        &expect![[r#"
            fence: 这个块没有收尾：在块的最后一行下面加一行“```”
        "#]],
    );
}

#[test]
fn working_days_are_refused_with_what_to_write_instead() {
    check(
        &[("days = 10", "days = \"10个工作日\"")],
        &expect![[r#"
        value: days 是日历上的天数；工作日要看每年的放假安排，不推算日子，照原文写 at = "收到申报表之日起10个工作日内"
    "#]],
    );
    check(
        &[("days = 10", "workdays = 10")],
        &expect![[r#"
        missing-key: 期限要写清什么时候，只写一种：每年几月几日写 yearly，某一天写 on，几个月、几天以内写 months、days 和 after，工作日和别的写 at
        unknown-key: days 是日历上的天数；工作日要看每年的放假安排，不推算日子，照原文写 at = "收到申报表之日起10个工作日内"
        unknown-key: after 只和 months、days 一起写
    "#]],
    );
    let words = "at = \"收到通知之日起10个工作日内\"";
    check(
        &[("days = 10\nafter = \"收到通知\"", words)],
        &expect![[""]],
    );
}

#[test]
fn keys_in_the_wrong_place_are_told_where_they_belong() {
    check(
        &[(
            "[answers]\nbirth_date = \"1980-11-22\"",
            "birth_date = \"1980-11-22\"",
        )],
        &expect![[r#"
            unknown-key: 例子里，答案都写在“[answers]”这一行的下面
        "#]],
    );
    let route = "```route arriving\nlabel = \"报到\"\nstep = [{ office = \"本人\", action = \"报到\" }]\n```\n\n```deadline";
    check(
        &[("```deadline", route)],
        &expect![[r#"
        missing-key: 块里少写了一样：照提示补上
        unknown-key: step 和 when 的上面要有一行 [[case]]，只有一种情形也要写
    "#]],
    );
}

#[test]
fn an_example_without_an_answer_names_the_question() {
    check(
        &[("birth_date = \"1980-11-22\"", "birth_date = \"?\"")],
        &expect![[r#"
            example-disagrees: 例子写的是 eligible，规则算出来是 incomplete（还缺答案）：对照原文，看是规则错了，还是例子错了。要看的条件：`young`（还缺答案）。还没有答的问题：`birth_date`
        "#]],
    );
    check(
        &[(
            "[answers]\nbirth_date = \"1980-11-22\"",
            "[answers]\non_leave = false",
        )],
        &expect![[r#"
            example-answers: 这份文档的规则没有用到这个问题，例子里不用答。只能写 `birth_date`
        "#]],
    );
    check(
        &[("birth_date = \"1980-11-22\"", "birth_date = 1980")],
        &expect![[r#"
            example-answers: 这里要写日期，如 "1985-03-07"，或者只写年月 "1985-03"
        "#]],
    );
    check(
        &[("expect = \"eligible\"", "expect = \"符合\"")],
        &expect![[r#"
            value: 等号后面的内容不对，或者空着：照提示改。可以写 `eligible`（符合）、`discretionary`（待认定）、`ineligible`（不符合）、`incomplete`（还缺答案）
        "#]],
    );
}

#[test]
fn values_of_the_wrong_type_are_described() {
    check(
        &[("label = \"年龄\"", "label = 年龄")],
        &expect![[r#"
        toml: 块里的格式不对：一行写一个“名称 = "内容"”，引号、逗号用英文的；内容里还有引号的，外面换成单引号
    "#]],
    );
    check(
        &[("label = \"年龄\"", "label = \"\"")],
        &expect![[r#"
        value: `label` 还空着：在引号里写上内容
    "#]],
    );
    check(
        &[("days = 10", "days = \"十\"")],
        &expect![[r#"
        value: `days` 写得不对，要写1到36500的整数，不加引号，不写单位
    "#]],
    );
    check(
        &[("```deadline arrival", "```deadline 报到")],
        &expect![[r#"
            no-block: 标题下没有块：有规定就写规定，没有要算、要办的就写 note 并说明为什么（derived、constraint、example 不算；积分表的一项写 note，说明算在哪一条里）
            fence: 块的代号要用英文小写字母、数字和下划线，字母开头，写成“```deadline some_name”
        "#]],
    );
}
