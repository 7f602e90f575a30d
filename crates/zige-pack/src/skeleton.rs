//! A document to start from: the headings of an official text, each with what is still to be
//! written under it.

use std::fmt::Write as _;

use crate::article::{ArticleName, Manner};
use crate::blocks::ArticleSource;
use crate::fold::{fold, squeeze};
use crate::official_text::{
    OfficialText, Passage, ends_sentence, is_last_paragraph, is_section_heading, take_apart,
};

/// How a gist begins that nobody has written yet.
const UNWRITTEN: &str = "（待写";

/// Whether an article still has the gist that it was laid out with.
pub(crate) fn is_unwritten(article: &ArticleSource) -> bool {
    article
        .gist
        .iter()
        .any(|paragraph| paragraph.text.starts_with(UNWRITTEN))
}

/// The start of a policy's document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    /// The document.
    pub text: String,
    /// The title that was recognised; may be empty.
    pub title: String,
    /// How many articles (or sections of a notice) there are.
    pub articles: usize,
    /// How many numbered items there are.
    pub items: usize,
    /// How many unnumbered last paragraphs there are.
    pub last_paragraphs: usize,
}

/// A document with the headings of an official text, or, without one, with two to go on from.
/// `None` when the text has no article that can be recognised.
#[must_use]
pub fn skeleton(id: &str, official: Option<&str>) -> Option<Skeleton> {
    let Some(official) = official else {
        return Some(empty(id));
    };
    let text = take_apart(official);
    (!text.passages.is_empty()).then(|| laid_out(id, &text))
}

fn empty(id: &str) -> Skeleton {
    let mut text = head(id, "");
    text.push_str(&format!(
        "\n## 第一章 总则\n\n<!-- 章用“##”，没有章的可以不写。 -->\n\n### 第一条\n\n{}\n\n{}\n\n\
         ### 第二条\n\n{}\n\n<!-- 条用“###”，项用“####”，项的前面一定写上条：第二条（一）。按原文的顺序，一条也不跳过。 -->\n\n\
         #### 第二条（一）\n\n{}\n",
        unwritten("条"),
        comment("块的种类见文件开头；写法见 policies/LANGUAGE.md。"),
        unwritten("条"),
        unwritten("项"),
    ));
    Skeleton {
        text,
        title: String::new(),
        articles: 2,
        items: 1,
        last_paragraphs: 0,
    }
}

fn laid_out(id: &str, official: &OfficialText) -> Skeleton {
    let passages = &official.passages;
    let mut skeleton = Skeleton {
        text: head(id, &official.title),
        title: official.title.clone(),
        articles: 0,
        items: 0,
        last_paragraphs: 0,
    };
    let mut chapter = "";
    for (index, passage) in passages.iter().enumerate() {
        if passage.name.last && !is_last_paragraph(index, passages) {
            continue;
        }
        if passage.chapter != chapter {
            chapter = &passage.chapter;
            let _ = write!(skeleton.text, "\n## {chapter}\n");
        }
        let mut lines = passage.lines.clone();
        // What a last paragraph says stands under its own heading.
        if let Some(next) = passages.get(index + 1)
            && next.name.last
            && (index + 1..passages.len())
                .take_while(|at| passages[*at].name.last)
                .any(|at| is_last_paragraph(at, passages))
            && lines.ends_with(&next.lines)
        {
            lines.truncate(lines.len().saturating_sub(next.lines.len()));
        }
        if index + 1 == passages.len() {
            cut_signature(&mut lines);
        }
        if is_section_heading(passage, passages) {
            section(&mut skeleton.text, &lines);
            continue;
        }
        match (passage.name.last, passage.name.numbers.len()) {
            (true, _) => skeleton.last_paragraphs += 1,
            (false, 1) => skeleton.articles += 1,
            (false, _) => skeleton.items += 1,
        }
        under_heading(&mut skeleton.text, passage, &lines);
    }
    if !official.annexes.is_empty() {
        let note = format!(
            "附件没有条、项，不单独成标题，也不能引用。里面的标准（如积分表）写进正文提到它的那一条的块里，那一条的引文照抄正文；里面的表写 form。看完删掉这一段。\n{}",
            official.annexes.join("\n")
        );
        let _ = write!(skeleton.text, "\n{}\n", comment(&note));
    }
    skeleton
}

/// Leaves out who signed and when, which follows the last article.
fn cut_signature(lines: &mut Vec<String>) {
    while lines.len() > 1
        && lines
            .last()
            .is_some_and(|line| !ends_sentence(line) && line.chars().count() <= 40)
    {
        lines.pop();
    }
}

/// The title and the `policy` block, with its keys explained.
fn head(id: &str, title: &str) -> String {
    let quoted = title.replace(['\\', '"'], "");
    let is_draft = title.contains("征求意见稿");
    let draft = match is_draft {
        true => "draft = true                  # 征求意见稿，还没有施行\n",
        false => "# draft = true                # 征求意见稿才写\n",
    };
    let version = match is_draft {
        true => "征求意见稿",
        false => "",
    };
    let title_line = match title.is_empty() {
        true => "（待写：政策的名称）",
        false => title,
    };
    format!(
        r#"# {title_line}

<!--
怎样把这份骨架写完（一步一步的做法见 CONTRIBUTING.zh-CN.md，全部写法见 policies/LANGUAGE.md）：

一、填好下面的 policy 块。
二、每个标题下面，把“（待写……）”换成写给申请人看的一两句大白话。注释里有原文，可以对照；写完可以删掉。
三、有规定的，另起一行写“> ”，照抄起决定作用的原话，一个字也不改；再在下面写块。提示只是猜测，以原文为准。
四、每写一点就看一眼：zige lint 文件夹 --watch

块的种类：
  condition   条件：人或者单位要满足的要求      check       自查：谁来查，要满足哪些条件
  point       待认定：原文留给主管部门决定的事  example     示例：每个界限的两边各一个
  entitlement 待遇：钱、补贴、优先            route       程序：先找谁、后找谁
  deadline    期限：哪一天之前、几个月之内      form        表格材料：份数、附件、谁盖章
  obligation  义务：谁要做什么、多久一次        grade       等次：怎样算优秀、合格
  note        说明：读过了，没有要算、要办的，写上为什么
-->

```policy {id}
title = "{quoted}"
short = ""                    # 简称，手机上用，如“辽宁特培”
summary = ""                  # 一句话：谁，什么条件，有什么好处
issuer = ""                   # 发文机关
region = ""                   # 地区，从省写起
version = "{version}"                  # 哪一稿，如“2024年3月15日印发”
{draft}# force = {{ from = "2024-03-15", to = "2026-12-31" }}   # 施行到哪一天；哪一头不知道就不写哪一头
# applications = {{ from = "2024-04-01", to = "2024-05-31" }}   # 哪几天受理申报
# replaced = {{ on = "2025-01-01", by = "新办法的名称" }}   # 已被新文件代替
# article = "第二十条"         # 哪一条规定了施行日期
# remark = ""                 # 关于有效期，要提醒申请人的话
```
"#
    )
}

/// A section of a notice that is divided into items: a chapter of the document.
fn section(text: &mut String, lines: &[String]) {
    let (first, rest) = match lines.split_first() {
        Some((first, rest)) => (first.as_str(), rest),
        None => ("", [].as_slice()),
    };
    let title = first.split('。').next().unwrap_or(first);
    let _ = write!(text, "\n## {title}\n");
    let more = first
        .get(title.len()..)
        .unwrap_or("")
        .trim_start_matches('。');
    let mut own: Vec<String> = Vec::new();
    own.extend((!more.is_empty()).then(|| more.to_owned()));
    own.extend_from_slice(rest);
    if !own.is_empty() {
        let note = format!(
            "原文：{}\n这一段没有编号，不单独成条；里面有规定的，写在下面有关的标题下。",
            own.join("\n")
        );
        let _ = write!(text, "\n{}\n", comment(&note));
    }
}

fn under_heading(text: &mut String, passage: &Passage, lines: &[String]) {
    let name = &passage.name;
    let what = match (name.last, name.numbers.len()) {
        (true, _) => "段",
        (false, 1) => "条",
        (false, _) => "项",
    };
    let _ = write!(
        text,
        "\n{} {name}\n\n{}\n",
        "#".repeat(level(name)),
        unwritten(what)
    );
    if name.last {
        let note = "这一段没有编号，跟在各项后面，所以叫“末段”。如果它只是接着说上一项，请删掉这个标题，在上一项下面写一行 continued 注释（见 LANGUAGE.md 第6节）。";
        let _ = write!(text, "\n{}\n", comment(note));
    }
    let _ = write!(
        text,
        "\n{}\n\n{}\n",
        comment(&format!("原文：{}", lines.join("\n"))),
        comment(&hint(&lines.concat()))
    );
}

fn level(name: &ArticleName) -> usize {
    let depth = name.numbers.len() + usize::from(name.last);
    match name.manner {
        Manner::Articles => depth + 2,
        Manner::Sections => depth.max(2) + 1,
    }
}

fn unwritten(what: &str) -> String {
    format!("{UNWRITTEN}：用一两句大白话告诉申请人，这一{what}说了什么。）")
}

/// A comment; what would end it early is taken out.
fn comment(text: &str) -> String {
    format!("<!-- {} -->", text.replace("--", "—"))
}

/// Words of an official text, and the kind of block that often follows from them.
const CUES: [(&str, &[&str]); 11] = [
    (
        "condition",
        &[
            "以上",
            "以下",
            "不少于",
            "不低于",
            "不超过",
            "不满",
            "超过",
            "周岁",
            "学历",
            "学位",
            "职称",
            "职业资格",
            "范围",
            "适用于",
            "不得申报",
            "拥护",
            "品德",
            "作风",
            "具有",
            "具备",
            "不足",
            "工作满",
            "连续",
            "证书",
            "遵纪守法",
            "除外",
            "受到",
        ],
    ),
    (
        "check",
        &["以下条件", "下列条件", "基本条件", "选拔条件", "申报条件"],
    ),
    (
        "point",
        &[
            "原则上",
            "一般",
            "左右",
            "放宽",
            "突出",
            "特别优秀",
            "急需",
            "紧缺",
            "特殊情况",
            "确需",
            "确有",
            "酌情",
            "视情",
        ],
    ),
    (
        "route",
        &[
            "初审", "复审", "审核", "审定", "审批", "批准", "备案", "公示",
        ],
    ),
    (
        "deadline",
        &[
            "日前",
            "日之前",
            "月底前",
            "个月内",
            "日内",
            "工作日",
            "期限",
            "届满",
            "截止",
        ],
    ),
    (
        "entitlement",
        &[
            "奖励", "补贴", "补助", "津贴", "资助", "报销", "免费", "优先", "提供",
        ],
    ),
    (
        "grade",
        &["等次", "档次", "评分", "赋分", "考核结果", "百分制"],
    ),
    (
        "obligation",
        &[
            "应当",
            "必须",
            "不得",
            "负责",
            "每年",
            "每季度",
            "每月",
            "每半年",
            "定期",
            "按时",
        ],
    ),
    (
        "form",
        &[
            "申请表",
            "登记表",
            "推荐表",
            "申报表",
            "考核表",
            "汇总表",
            "名单",
            "协议",
            "填写",
            "填报",
            "一式",
            "复印件",
            "电子版",
        ],
    ),
    ("note", &["制定本", "负责解释", "指导思想"]),
    (
        "policy 块的 force",
        &["起施行", "起执行", "有效期", "试行期", "同时废止"],
    ),
];

/// Words of an official text that authors stumble over, and how to write them.
const ADVICE: [(&[&str], &str); 4] = [
    (&["工作日"], "工作日不推算日子，deadline 里写 at，不写 days"),
    (
        &["退休年龄", "退休不足"],
        "离退休还有几年写 years_until(retirement_date)，不写 strength",
    ),
    (
        &["积分", "赋分", "计分", "加分", "得分"],
        "几项的分加起来算的，见 CONTRIBUTING.zh-CN.md 第7步",
    ),
    (&["除外", "不受"], "例外写进同一条规则，用 or 接上"),
];

/// Which kinds of block probably fit: a guess from single words.
fn hint(text: &str) -> String {
    let words = squeeze(text);
    // “以下条件” is no limit.
    let plain = words
        .replace("以下条件", "")
        .replace("以下基本条件", "")
        .replace("以下情形", "");
    let mut told = Vec::new();
    for (kind, cues) in CUES {
        let words = match kind {
            "condition" => &plain,
            _ => &words,
        };
        let mut found: Vec<String> = cues
            .iter()
            .filter(|cue| words.contains(**cue))
            .map(|cue| (*cue).to_owned())
            .collect();
        if kind == "entitlement" {
            found.splice(0..0, amounts(words));
        }
        // A word that stands inside another one tells nothing more.
        let shown: Vec<String> = found
            .iter()
            .filter(|word| {
                !found
                    .iter()
                    .any(|other| other != *word && other.contains(word.as_str()))
            })
            .take(3)
            .map(|word| format!("“{word}”"))
            .collect();
        if !shown.is_empty() {
            told.push(format!("{kind}（{}）", shown.concat()));
        }
    }
    let mut hint = match told.is_empty() {
        true => "提示：没有看到常见的字眼；没有要算、要办的，写 note 并说明为什么。".to_owned(),
        false => format!("提示：可能是 {}", told.join("、")),
    };
    for (cues, advice) in ADVICE {
        if cues.iter().any(|cue| words.contains(cue)) {
            hint.push_str(&format!("\n{advice}"));
        }
    }
    hint
}

/// Amounts of money as they are written: 5000元, 2万元, 60%.
fn amounts(words: &str) -> Vec<String> {
    let signs: Vec<char> = words.chars().map(fold).collect();
    let is_figure =
        |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十百千万亿.".contains(sign);
    let mut found = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        if !matches!(sign, '元' | '%') {
            continue;
        }
        let length = signs
            .iter()
            .take(at)
            .rev()
            .take_while(|sign| is_figure(**sign))
            .count();
        if length > 0 {
            found.push(signs.iter().skip(at - length).take(length + 1).collect());
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile_str;
    use expect_test::{Expect, expect};

    fn check(official: &str, expected: Expect) {
        let skeleton = skeleton("demo", Some(official)).unwrap();
        let (_, articles) = skeleton.text.split_once("# remark").unwrap();
        let (_, articles) = articles.split_once("```\n").unwrap();
        expected.assert_eq(articles);
    }

    #[test]
    fn chapters_articles_items_and_a_last_paragraph_have_their_headings() {
        check(
            "某县人才办法\n第一章 总则\n第一条 为了甲，制定本办法。\n第二章 条件\n第二条 应具备以下条件：\n（一）45周岁以下；\n（二）本科以上学历。\n特别优秀的，适当放宽。\n第三条 每人奖励5000元 -- 由县财政支付。\n某县\n2024年3月15日",
            expect![[r#"

                ## 第一章 总则

                ### 第一条

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：第一条 为了甲，制定本办法。 -->

                <!-- 提示：可能是 note（“制定本”） -->

                ## 第二章 条件

                ### 第二条

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：第二条 应具备以下条件： -->

                <!-- 提示：可能是 condition（“具备”）、check（“以下条件”） -->

                #### 第二条（一）

                （待写：用一两句大白话告诉申请人，这一项说了什么。）

                <!-- 原文：（一）45周岁以下； -->

                <!-- 提示：可能是 condition（“以下”“周岁”） -->

                #### 第二条（二）

                （待写：用一两句大白话告诉申请人，这一项说了什么。）

                <!-- 原文：（二）本科以上学历。 -->

                <!-- 提示：可能是 condition（“以上”“学历”） -->

                #### 第二条末段

                （待写：用一两句大白话告诉申请人，这一段说了什么。）

                <!-- 这一段没有编号，跟在各项后面，所以叫“末段”。如果它只是接着说上一项，请删掉这个标题，在上一项下面写一行 continued 注释（见 LANGUAGE.md 第6节）。 -->

                <!-- 原文：特别优秀的，适当放宽。 -->

                <!-- 提示：可能是 point（“放宽”“特别优秀”） -->

                ### 第三条

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：第三条 每人奖励5000元 — 由县财政支付。 -->

                <!-- 提示：可能是 entitlement（“5000元”“奖励”） -->
            "#]],
        );
    }

    #[test]
    fn sections_of_a_notice_are_chapters_when_they_have_items() {
        check(
            "关于开展培养的通知\n各县：\n现通知如下：\n一、选拔\n县里很重视。\n（一）范围\n1、甲。\n2、乙。\n二、要求。请于6月30日前报名单。",
            expect![[r#"

                ## 一、选拔

                <!-- 原文：县里很重视。
                这一段没有编号，不单独成条；里面有规定的，写在下面有关的标题下。 -->

                ### 一（一）

                （待写：用一两句大白话告诉申请人，这一项说了什么。）

                <!-- 原文：（一）范围 -->

                <!-- 提示：可能是 condition（“范围”） -->

                #### 一（一）1

                （待写：用一两句大白话告诉申请人，这一项说了什么。）

                <!-- 原文：1、甲。 -->

                <!-- 提示：没有看到常见的字眼；没有要算、要办的，写 note 并说明为什么。 -->

                #### 一（一）2

                （待写：用一两句大白话告诉申请人，这一项说了什么。）

                <!-- 原文：2、乙。 -->

                <!-- 提示：没有看到常见的字眼；没有要算、要办的，写 note 并说明为什么。 -->

                ### 二

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：二、要求。请于6月30日前报名单。 -->

                <!-- 提示：可能是 deadline（“日前”）、form（“名单”） -->
            "#]],
        );
    }

    #[test]
    fn annexes_are_shown_without_a_heading() {
        check(
            "某县评选办法\n第一条 按积分表计分。\n某县\n2026年1月1日\n附件：积分表\n学历 本科 20分",
            expect![[r#"

                ### 第一条

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：第一条 按积分表计分。 -->

                <!-- 提示：没有看到常见的字眼；没有要算、要办的，写 note 并说明为什么。
                几项的分加起来算的，见 CONTRIBUTING.zh-CN.md 第7步 -->

                <!-- 附件没有条、项，不单独成标题，也不能引用。里面的标准（如积分表）写进正文提到它的那一条的块里，那一条的引文照抄正文；里面的表写 form。看完删掉这一段。
                附件：积分表
                学历 本科 20分 -->
            "#]],
        );
    }

    #[test]
    fn what_authors_stumble_over_comes_with_advice() {
        check(
            "某县评选办法\n第一条 距法定退休年龄不足2年的，不得申报，返聘人员除外。\n第二条 积分60分以上的，10个工作日内公示。",
            expect![[r#"

                ### 第一条

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：第一条 距法定退休年龄不足2年的，不得申报，返聘人员除外。 -->

                <!-- 提示：可能是 condition（“不得申报”“不足”“除外”）、obligation（“不得”）
                离退休还有几年写 years_until(retirement_date)，不写 strength
                例外写进同一条规则，用 or 接上 -->

                ### 第二条

                （待写：用一两句大白话告诉申请人，这一条说了什么。）

                <!-- 原文：第二条 积分60分以上的，10个工作日内公示。 -->

                <!-- 提示：可能是 condition（“以上”）、route（“公示”）、deadline（“日内”“工作日”）
                工作日不推算日子，deadline 里写 at，不写 days
                几项的分加起来算的，见 CONTRIBUTING.zh-CN.md 第7步 -->
            "#]],
        );
    }

    #[test]
    fn a_paragraph_that_continues_an_item_is_no_last_paragraph() {
        let skeleton = skeleton(
            "demo",
            Some("第一条 甲：\n（一）乙。\n丙。\n（二）丁。\n某县人民政府"),
        )
        .unwrap();
        assert_eq!((skeleton.items, skeleton.last_paragraphs), (2, 0));
    }

    #[test]
    fn a_text_without_articles_gives_nothing() {
        assert_eq!(skeleton("demo", Some("只是一封信。")), None);
    }

    #[test]
    fn lint_asks_for_what_is_still_to_be_written_and_nothing_else_under_the_headings() {
        for official in [None, Some("办法\n第一条 甲。\n第二条 乙：\n（一）丙。")]
        {
            let skeleton = skeleton("demo", official).unwrap();
            let told = compile_str("", &[("demo", &skeleton.text)]).unwrap_err();
            let kinds: Vec<&str> = told.list().iter().map(|one| one.kind.code()).collect();
            let unwritten = kinds.iter().filter(|kind| **kind == "unwritten").count();
            assert_eq!(unwritten, 1, "{told}");
            assert!(
                kinds
                    .iter()
                    .all(|kind| ["unwritten", "value"].contains(kind)),
                "{told}"
            );
        }
    }
}
