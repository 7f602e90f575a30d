//! What rules mean: the lines of the table in `policies/LANGUAGE.md` section 2, each as the nodes
//! that it becomes or as what is wrong with it.

use expect_test::{Expect, expect};
use zige_core::ids::NodeId;
use zige_core::pack::Node;

use crate::blocks::{PolicySource, Rule, read_vocabulary};
use crate::compile::{arena, name_vocabulary, world};
use crate::diagnostics::Place;
use crate::expression::parse;
use crate::lower::Arena;
use crate::scope::Scope;
use crate::source::{File, read};
use crate::types::{Checker, Purpose, World};

const VOCABULARY: &str = r#"
```scale levels
label = "等级"
options = ["初级", "中级", "副高级", "正高级"]
```
```list places
label = "地区"
options = ["凤城市", "北镇市", "其他"]
```
```section all
label = "全部"
```
```fact level
type = "choice"
of = "levels"
label = "甲"
question = "甲？"
section = "all"
```
```fact own_level
type = "choice"
of = "levels"
label = "甲"
question = "甲？"
section = "all"
```
```fact place
type = "choice"
of = "places"
label = "甲"
question = "甲？"
section = "all"
```
```fact born
type = "date"
label = "甲"
question = "甲？"
section = "all"
```
```fact ill
type = "yes_no"
label = "甲"
question = "甲？"
section = "all"
```
```fact away
type = "yes_no"
label = "甲"
question = "甲？"
section = "all"
```
```fact days
type = "decimal"
places = 1
range = [0, 366]
label = "甲"
question = "甲？"
section = "all"
applies = "away"
```
```fact pay
type = "money"
range = [0, 100000]
label = "甲"
question = "甲？"
section = "all"
```
```fact papers
type = "records"
noun = "论文"
fields = ["printed", "first"]
label = "甲"
question = "甲？"
section = "all"
```
```fact printed
type = "date"
record = "papers"
label = "甲"
question = "甲？"
section = "all"
```
```fact first
type = "yes_no"
record = "papers"
label = "甲"
question = "甲？"
section = "all"
```
```schedule retirement
source = "某办法"
rows = [{ id = "male", label = "男职工", base = "60 years", first = "1965-01", step = 4, cap = 36 }]
```
```point special
label = "特殊"
owner = "某厅"
question = "特殊？"
reason = "没有写明。"
outcomes = ["不是", "是"]
```
```point kind
label = "种类"
owner = "某厅"
question = "哪种？"
reason = "没有写明。"
outcomes = ["低", "中", "高"]
```
```derived senior
is = 'level >= "副高级"'
```
"#;

/// What a rule becomes, or what is wrong with it.
fn lowered(rule: &str, purpose: Purpose) -> String {
    let mut problems = Vec::new();
    let file = File::new("vocabulary.md", VOCABULARY);
    let document = read(0, &file, &mut problems);
    let vocabulary = read_vocabulary(&file, &document, &mut problems);
    let nothing = PolicySource::default();
    let mut scope = Scope::default();
    name_vocabulary(&mut scope, &vocabulary, 0, 0, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let world = world(&scope, &vocabulary, &nothing);
    let mut arena = arena(&world);
    let whole = Place::new(0, 0, 0);
    let rule = Rule {
        expression: parse(rule, &[], whole, &mut problems),
        text: rule.to_owned(),
        place: whole,
    };
    let node = Checker::new(&world, &mut arena, &mut problems).rule(&rule, purpose);
    match (node, problems.is_empty()) {
        (Some(node), true) => write(&world, &arena, node),
        _ => problems
            .iter()
            .map(|problem| problem.message.as_str())
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// Writes a node as a person would.
fn write(world: &World<'_>, arena: &Arena, id: NodeId) -> String {
    let of = |id: &NodeId| write(world, arena, *id);
    let join = |parts: &[NodeId], word: &str| {
        let parts: Vec<String> = parts.iter().map(of).collect();
        format!("({})", parts.join(word))
    };
    match arena.node(id) {
        Node::Constant(value) => value.to_string(),
        Node::Today => "today".to_owned(),
        Node::Fact(fact) => world.facts[fact.index()].id.text.clone(),
        Node::Point(point) => world.points[point.index()].id.clone(),
        Node::Not(inner) => format!("not {}", of(inner)),
        Node::All(parts) => join(parts, " and "),
        Node::Any(parts) => join(parts, " or "),
        Node::AtLeast(a, b) => format!("{} >= {}", of(a), of(b)),
        Node::OneOf(inner, bits) => format!("{} in {bits:04b}", of(inner)),
        Node::If(c, a, b) => format!("[{} ? {} : {}]", of(c), of(a), of(b)),
        Node::Add(a, b) => format!("({} + {})", of(a), of(b)),
        Node::YearsSince(inner) => format!("years_since({})", of(inner)),
        Node::MonthsSince(inner) => format!("months_since({})", of(inner)),
        Node::YearsUntil(inner) => format!("years_until({})", of(inner)),
        Node::MonthsUntil(inner) => format!("months_until({})", of(inner)),
        Node::AddMonths(inner, months) => format!("add_months({}, {months})", of(inner)),
        Node::Schedule { row, born, .. } => format!("schedule(row {row}, {})", of(born)),
        Node::Count { filter, .. } => format!("count({})", of(filter)),
        Node::Option(_, position) => format!("option {position}"),
    }
}

fn check(rule: &str, expected: Expect) {
    expected.assert_eq(&lowered(rule, Purpose::Rule));
}

#[test]
fn options_become_sets_of_positions() {
    check(r#"level >= "中级""#, expect!["level in 1110"]);
    check(r#"level > "中级""#, expect!["level in 1100"]);
    check(r#""中级" >= level"#, expect!["level in 0011"]);
    check(r#"level != "初级""#, expect!["level in 1110"]);
    check(r#"level >= "初级""#, expect!["1"]);
    check(r#"place in ["凤城市", "其他"]"#, expect!["place in 0101"]);
    check(r#"place not in ["凤城市"]"#, expect!["not place in 0001"]);
    check("level >= own_level", expect!["level >= own_level"]);
    check(
        r#"(if ill then level else own_level) >= "中级""#,
        expect!["[ill ? level : own_level] in 1110"],
    );
    check(
        "place >= \"凤城市\"",
        expect!["`>=` needs an order, and an option of `places` has none"],
    );
    check(
        "level == place",
        expect!["`==` compares an option of `levels` with an option of `places`"],
    );
}

#[test]
fn points_stand_for_their_outcomes() {
    check("special", expect!["special >= 1"]);
    check(r#"special == "是""#, expect!["special >= 1"]);
    check(r#"special != "是""#, expect!["not special >= 1"]);
    check(r#"kind >= "中""#, expect!["kind in 0110"]);
    check(r#"kind in ["低", "高"]"#, expect!["kind in 0101"]);
    check(
        "kind",
        expect!["point `kind` has 3 outcomes, so it is neither yes nor no"],
    );
}

#[test]
fn dates_and_numbers_are_compared_by_at_least_alone() {
    check("age(born) <= 45", expect!["45 >= years_since(born)"]);
    check("age(born) < 45", expect!["not years_since(born) >= 45"]);
    check(
        "age(born) == 45",
        expect!["(years_since(born) >= 45 and 45 >= years_since(born))"],
    );
    check(
        "years_until(schedule(retirement, male, born)) >= 10",
        expect!["years_until(schedule(row 0, born)) >= 10"],
    );
    check(
        "add_years(born, 60) > today",
        expect!["not today >= add_months(born, 720)"],
    );
    check(
        "months_since(add_months(born, -6)) >= 1",
        expect!["months_since(add_months(born, -6)) >= 1"],
    );
    check("born >= 1990-01-01", expect!["born >= 7305"]);
    check("pay >= ¥1000.50", expect!["pay >= 100050"]);
    check("away and days <= 2.5", expect!["(away and 25 >= days)"]);
    check(
        "away and days + 1 <= 3",
        expect!["(away and 30 >= (days + 10))"],
    );
    check(
        "away and days <= 2.55",
        expect![
            "this number has 2 decimal places, but is compared with a number with one decimal place"
        ],
    );
    check(
        "pay >= 1000",
        expect!["`>=` compares an amount of money with a whole number"],
    );
    check(
        "born >= 45",
        expect!["`>=` compares a date with a whole number"],
    );
    check(
        "years_since(born) >= months_since(born)",
        expect![
            "both sides move with the same date or number, so that this could change more than once"
        ],
    );
}

#[test]
fn a_constraint_may_compare_two_dates_and_knows_no_points() {
    let check =
        |rule: &str, expected: Expect| expected.assert_eq(&lowered(rule, Purpose::Constraint));
    check(
        "add_years(born, 16) <= today",
        expect!["today >= add_months(born, 192)"],
    );
    check(
        "not away or add_years(born, 16) <= today",
        expect!["(not away or today >= add_months(born, 192))"],
    );
    check(
        "special",
        expect!["a constraint cannot depend on `special`, which only an authority can settle"],
    );
}

#[test]
fn words_bind_as_people_expect() {
    check(
        "not ill and away or senior",
        expect!["((not ill and away) or level in 1100)"],
    );
    check("not (ill or away)", expect!["not (ill or away)"]);
    check("ill == no", expect!["not ill"]);
    check(
        "ill != away",
        expect!["not ((ill and away) or (not ill and not away))"],
    );
    check(
        "if ill then away else senior",
        expect!["((ill and away) or (not ill and level in 1100))"],
    );
    check(
        "if ill then age(born) >= 18 else yes",
        expect!["((ill and years_since(born) >= 18) or not ill)"],
    );
    check(
        "(if age(born) >= 18 then 1 else 2) >= 2",
        expect!["what stands after `if` depends on a date or number"],
    );
}

#[test]
fn records_are_counted() {
    check("count(papers) >= 2", expect!["count(1) >= 2"]);
    check(
        "count(papers, first and years_since(printed) <= 5) >= 1",
        expect!["count((first and 5 >= years_since(printed))) >= 1"],
    );
    check("any(papers, first)", expect!["count(first) >= 1"]);
    check("all(papers, first)", expect!["not count(not first) >= 1"]);
    check(
        "any(papers, ill)",
        expect!["`ill` belongs to the person, but this rule is about the records of `papers`"],
    );
    check(
        "first",
        expect!["`first` belongs to each record of `papers`, not to the person"],
    );
}

#[test]
fn a_guard_is_looked_for_further_left() {
    check("days >= 1", expect!["`days` does not apply to everybody"]);
    check("away and days >= 1", expect!["(away and days >= 10)"]);
    check(
        "days >= 1 and away",
        expect!["`days` does not apply to everybody"],
    );
    check("not away or days >= 1", expect!["(not away or days >= 10)"]);
    check(
        "if away then days >= 1 else ill",
        expect!["((away and days >= 10) or (not away and ill))"],
    );
    check(
        "(away and ill) and days >= 1",
        expect!["(away and ill and days >= 10)"],
    );
    check(
        "(away or ill) and days >= 1",
        expect!["`days` does not apply to everybody"],
    );
}

#[test]
fn full_width_signs_count_as_half_width_ones() {
    check(
        "（level　＞＝　“中级”） and age（born）＜＝４５",
        expect!["(level in 1110 and 45 >= years_since(born))"],
    );
    check("place in ［“凤城市”，“其他”］", expect!["place in 0101"]);
    check("pay ≥ ￥１０００", expect!["pay >= 100000"]);
}

#[test]
fn several_mistakes_are_reported_at_once() {
    check(
        "agee(born) <= 45 and levle >= \"中级\" and ill >= yes",
        expect![
            "there is no function `agee`; there is no fact, point or derived expression `levle`; `>=` needs an order, and yes or no has none"
        ],
    );
    check(
        "ill and and away",
        expect!["something is missing before `and`"],
    );
    check(
        "ill away",
        expect!["expected `and`, `or` or the end, found `away`"],
    );
    check(
        "",
        expect!["something is missing before the end of the rule"],
    );
}
