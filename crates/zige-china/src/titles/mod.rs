//! Levels of professional titles (职称), found by name.
//!
//! One name can stand for several levels (高级教师), and a name that sounds like a title can be a
//! skill level or an honour. So a look-up gives every reading, and where there is more than one,
//! the question that settles it. A name that is in no table gives nothing: ask for the level.

mod series;

pub use series::{SERIES, Series};

use crate::skills::{self, FarmerTitle, SkillLevel};
use crate::text;

/// Levels of titles, from low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TitleLevel {
    /// 员级.
    Clerk,
    /// 助理级.
    Assistant,
    /// 中级.
    Middle,
    /// 副高级.
    Associate,
    /// 正高级.
    Full,
}

/// What a name can mean. Never without a reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// All readings, titles that are still conferred first.
    pub readings: Vec<Reading>,
    /// What to ask, in Chinese, where there is more than one reading, the reading is no title, or
    /// the name is also that of a post.
    pub question: Option<String>,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// A professional title.
    Title {
        /// The name in its series.
        name: &'static str,
        /// The series.
        series: &'static Series,
        /// The level.
        level: TitleLevel,
    },
    /// A level of skill: no title.
    Skill(SkillLevel),
    /// A practical title of a farmer: no professional title.
    Farmer(&'static FarmerTitle),
    /// An honour: no title.
    Honour {
        /// Its name.
        name: &'static str,
    },
}

/// All levels, from low to high.
pub const TITLE_LEVELS: [TitleLevel; 5] = [
    TitleLevel::Clerk,
    TitleLevel::Assistant,
    TitleLevel::Middle,
    TitleLevel::Associate,
    TitleLevel::Full,
];

/// Every meaning of a name, or `None` where no table has it.
///
/// Blanks, full-width signs, remarks in brackets (`主治医师（内科）`), a final 职称, and the usual
/// short and old names (高工, 教授级高级工程师) are understood.
#[must_use]
pub fn find(text: &str) -> Option<Finding> {
    let text = text::squeeze(text);
    spellings(&text)
        .iter()
        .map(|spelling| readings(spelling))
        .find(|readings| !readings.is_empty())
        .map(|readings| Finding {
            question: question(&text, &readings),
            readings,
        })
}

impl Finding {
    /// The level, if all readings are titles and agree on it.
    #[must_use]
    pub fn level(&self) -> Option<TitleLevel> {
        let mut agreed = None;
        for reading in &self.readings {
            let level = reading.level()?;
            if agreed.is_some_and(|agreed| agreed != level) {
                return None;
            }
            agreed = Some(level);
        }
        agreed
    }
}

impl Reading {
    /// The level of a title; `None` for what is no title.
    #[must_use]
    pub fn level(&self) -> Option<TitleLevel> {
        match self {
            Reading::Title { level, .. } => Some(*level),
            Reading::Skill(_) | Reading::Farmer(_) | Reading::Honour { .. } => None,
        }
    }

    /// In Chinese: where the name belongs, and what it is there.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Reading::Title { series, level, .. } if series.name.is_empty() => {
                level.label().to_string()
            }
            Reading::Title { series, level, .. } => {
                format!("在{}系列里是{}", series.name, level.label())
            }
            Reading::Skill(_) => "是工人的职业技能等级，不是职称".to_string(),
            Reading::Farmer(title) => format!(
                "是农民的农业实用技术称号（{}），不是专业技术职称，级别以证书为准",
                title.level.label()
            ),
            Reading::Honour { .. } => "是荣誉称号，不是职称".to_string(),
        }
    }
}

impl TitleLevel {
    /// Its Chinese name, as in the vocabulary's scale.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            TitleLevel::Clerk => "员级",
            TitleLevel::Assistant => "助理级",
            TitleLevel::Middle => "中级",
            TitleLevel::Associate => "副高级",
            TitleLevel::Full => "正高级",
        }
    }
}

const HONOURS: [&str; 2] = ["特级教师", "特级班主任"];

/// Titles that are also the everyday names of posts.
const ALSO_POSTS: [&str; 16] = [
    "编辑",
    "记者",
    "翻译",
    "教员",
    "护士",
    "技师",
    "技术员",
    "医师",
    "律师",
    "教练",
    "馆员",
    "管理员",
    "会计员",
    "船长",
    "实验员",
    "研究员",
];

/// The text, and what it may be once remarks and frames are taken away; the fullest first.
fn spellings(text: &str) -> Vec<String> {
    let bare = text.strip_suffix("职称").unwrap_or(text);
    let opened: String = bare.chars().filter(|sign| !"()".contains(*sign)).collect();
    let mut spellings = vec![text.to_string(), bare.to_string(), opened];
    if let Some((before, rest)) = bare.split_once('(') {
        let after = rest.split_once(')').map(|(_, after)| after);
        spellings.push(before.to_string() + after.unwrap_or_default());
    }
    for (special, plain) in [
        ("中医师", "医师"),
        ("中药师", "药师"),
        ("中药士", "药士"),
        ("中医士", "医士"),
        ("公卫医师", "医师"),
        ("教授级", "正高级"),
        ("研究员级", "正高级"),
        ("正高级高级", "正高级"),
        ("正高级高工", "正高级工程师"),
    ] {
        for index in 0..spellings.len() {
            let other = spellings
                .get(index)
                .filter(|spelling| spelling.contains(special))
                .map(|spelling| spelling.replace(special, plain));
            spellings.extend(other);
        }
    }
    spellings
}

fn readings(name: &str) -> Vec<Reading> {
    let mut readings = titles(name);
    if readings.is_empty() {
        // 中级会计师 is 会计师; 初级会计师 is 助理会计师 or 会计员.
        for (prefix, levels) in [
            ("中级", &[TitleLevel::Middle] as &[TitleLevel]),
            ("初级", &[TitleLevel::Assistant, TitleLevel::Clerk]),
        ] {
            if let Some(bare) = name.strip_prefix(prefix) {
                readings.extend(lowered(bare, levels));
            }
        }
    }
    let skill = skills::SKILL_LEVELS
        .into_iter()
        .find(|level| level.label() == name);
    readings.extend(skill.map(Reading::Skill));
    if name.starts_with("农民") {
        readings.extend(skills::find_farmer_title(name).map(Reading::Farmer));
    }
    let honour = HONOURS.into_iter().find(|honour| *honour == name);
    readings.extend(honour.map(|name| Reading::Honour { name }));
    readings
}

fn titles(wanted: &str) -> Vec<Reading> {
    let mut readings = Vec::new();
    for series in &SERIES {
        for level in TITLE_LEVELS.into_iter().rev() {
            if let Some(name) = series.names(level).find(|name| *name == wanted) {
                readings.push(Reading::Title {
                    name,
                    series,
                    level,
                });
            }
        }
    }
    let (mut readings, others): (Vec<Reading>, Vec<Reading>) =
        readings.into_iter().partition(|reading| match reading {
            Reading::Title { series, .. } => !series.former,
            _ => false,
        });
    readings.extend(others);
    readings
}

/// The titles of these levels in each series in which `name` is a middle one.
fn lowered(name: &str, levels: &[TitleLevel]) -> Vec<Reading> {
    let mut lowered = Vec::new();
    for reading in titles(name) {
        let Reading::Title {
            series,
            level: TitleLevel::Middle,
            name: middle,
        } = reading
        else {
            continue;
        };
        for &level in levels {
            let same_kind = match level {
                TitleLevel::Middle => Some(middle),
                _ => series.names(level).next(),
            };
            lowered.extend(same_kind.map(|name| Reading::Title {
                name,
                series,
                level,
            }));
        }
    }
    lowered
}

/// `None` where there is one reading, it is a title, and its name can mean nothing else.
fn question(name: &str, readings: &[Reading]) -> Option<String> {
    match readings {
        [Reading::Title { series, level, .. }] => ALSO_POSTS.contains(&name).then(|| {
            format!(
                "“{name}”是您职称证书上写的名称，还是岗位的叫法？职称证书上写的，在{}系列里是{}；只是岗位的叫法，就不是职称。",
                series.name,
                level.label()
            )
        }),
        [other] => Some(format!(
            "“{name}”{}。您有没有职称证书，上面写的是什么？",
            other.describe()
        )),
        _ => {
            let meanings: Vec<String> = readings.iter().map(Reading::describe).collect();
            Some(format!(
                "“{name}”有几种情况：{}。请看您的证书，是哪一种？",
                meanings.join("；")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(names: &[&str], expected: Expect) {
        let lines: Vec<String> = names
            .iter()
            .map(|name| match find(name) {
                Some(finding) => format!(
                    "{name} -> {}{}",
                    finding.level().map_or("?", TitleLevel::label),
                    finding
                        .question
                        .map_or(String::new(), |question| format!("\n  {question}")),
                ),
                None => format!("{name} -> unknown"),
            })
            .collect();
        expected.assert_eq(&(lines.join("\n") + "\n"));
    }

    #[test]
    fn plain_names_have_one_level() {
        check(
            &[
                "教授",
                "副教授",
                "主任医师",
                "副主任医师",
                "主治医师",
                "医士",
                "正高级工程师",
                "高级工程师",
                "助理工程师",
                "高级农艺师",
                "农业技术推广研究员",
                "正高级教师",
                "高级记者",
                "主任记者",
                "高级会计师",
                "副编审",
                "助理研究员",
                "研究馆员",
                "主管技师",
                "主管护师",
                "一级演员",
                "二级美术师",
                "一级校对",
                "播音指导",
                "一级翻译",
                "二级律师",
            ],
            expect![[r#"
                教授 -> 正高级
                副教授 -> 副高级
                主任医师 -> 正高级
                副主任医师 -> 副高级
                主治医师 -> 中级
                医士 -> 员级
                正高级工程师 -> 正高级
                高级工程师 -> 副高级
                助理工程师 -> 助理级
                高级农艺师 -> 副高级
                农业技术推广研究员 -> 正高级
                  “农业技术推广研究员”有几种情况：在农业技术人员（农艺）系列里是正高级；在农业技术人员（兽医）系列里是正高级；在农业技术人员（畜牧）系列里是正高级。请看您的证书，是哪一种？
                正高级教师 -> 正高级
                高级记者 -> 正高级
                主任记者 -> 副高级
                高级会计师 -> 副高级
                副编审 -> 副高级
                助理研究员 -> 中级
                研究馆员 -> 正高级
                主管技师 -> 中级
                主管护师 -> 中级
                一级演员 -> 正高级
                二级美术师 -> 副高级
                一级校对 -> 中级
                播音指导 -> 正高级
                  “播音指导”有几种情况：在播音主持人员系列里是正高级；在播音人员（以前的）系列里是正高级。请看您的证书，是哪一种？
                一级翻译 -> 副高级
                二级律师 -> 副高级
            "#]],
        );
    }

    #[test]
    fn ambiguous_names_bring_all_readings_and_a_question() {
        check(
            &[
                "高级教师",
                "一级教师",
                "二级教师",
                "三级教师",
                "技师",
                "编辑",
                "研究员",
                "讲师",
                "国家级教练",
                "护士",
                "高级",
                "初级",
            ],
            expect![[r#"
                高级教师 -> ?
                  “高级教师”有几种情况：在中小学教师（现行）系列里是副高级；在中学教师（以前的）系列里是副高级；在小学教师（以前的）系列里是中级。请看您的证书，是哪一种？
                一级教师 -> ?
                  “一级教师”有几种情况：在中小学教师（现行）系列里是中级；在中学教师（以前的）系列里是中级；在小学教师（以前的）系列里是助理级。请看您的证书，是哪一种？
                二级教师 -> ?
                  “二级教师”有几种情况：在中小学教师（现行）系列里是助理级；在中学教师（以前的）系列里是助理级；在小学教师（以前的）系列里是员级。请看您的证书，是哪一种？
                三级教师 -> 员级
                  “三级教师”有几种情况：在中小学教师（现行）系列里是员级；在中学教师（以前的）系列里是员级；在小学教师（以前的）系列里是员级。请看您的证书，是哪一种？
                技师 -> ?
                  “技师”有几种情况：在医疗卫生技师系列里是助理级；是工人的职业技能等级，不是职称。请看您的证书，是哪一种？
                编辑 -> 中级
                  “编辑”有几种情况：在出版专业人员系列里是中级；在新闻编辑系列里是中级。请看您的证书，是哪一种？
                研究员 -> 正高级
                  “研究员”有几种情况：在哲学社会科学和自然科学研究人员系列里是正高级；在农业技术人员（农艺）系列里是正高级。请看您的证书，是哪一种？
                讲师 -> 中级
                  “讲师”有几种情况：在高等学校教师系列里是中级；在中等专业学校和技工院校教师系列里是中级。请看您的证书，是哪一种？
                国家级教练 -> ?
                  “国家级教练”有几种情况：在体育教练员系列里是正高级；在体育教练员（以前的）系列里是副高级。请看您的证书，是哪一种？
                护士 -> 员级
                  “护士”是您职称证书上写的名称，还是岗位的叫法？职称证书上写的，在护理人员系列里是员级；只是岗位的叫法，就不是职称。
                高级 -> ?
                  “高级”有几种情况：正高级；副高级。请看您的证书，是哪一种？
                初级 -> ?
                  “初级”有几种情况：助理级；员级。请看您的证书，是哪一种？
            "#]],
        );
    }

    #[test]
    fn spellings_are_brought_together() {
        check(
            &[
                "高　工",
                "教授级高级工程师",
                "研究员级高工",
                "主治医师（内科）",
                "主治（主管）医师",
                "副主任中医师",
                "小学高级教师",
                "高级教师（小学）",
                "中学高级教师",
                "副高级职称",
                "中级会计师",
                "初级会计师",
                "中级工程师",
            ],
            expect![[r#"
                高　工 -> 副高级
                教授级高级工程师 -> 正高级
                研究员级高工 -> 正高级
                主治医师（内科） -> 中级
                主治（主管）医师 -> 中级
                副主任中医师 -> 副高级
                小学高级教师 -> 中级
                高级教师（小学） -> ?
                  “高级教师(小学)”有几种情况：在中小学教师（现行）系列里是副高级；在中学教师（以前的）系列里是副高级；在小学教师（以前的）系列里是中级。请看您的证书，是哪一种？
                中学高级教师 -> 副高级
                副高级职称 -> 副高级
                中级会计师 -> 中级
                初级会计师 -> ?
                  “初级会计师”有几种情况：在会计人员系列里是助理级；在会计人员系列里是员级。请看您的证书，是哪一种？
                中级工程师 -> 中级
            "#]],
        );
    }

    #[test]
    fn what_is_no_title_is_said_and_what_is_unknown_is_not_guessed() {
        check(
            &[
                "特级教师",
                "高级技师",
                "高级工",
                "农民技师",
                "执业医师",
                "总经理",
                "高级",
                "",
            ],
            expect![[r#"
                特级教师 -> ?
                  “特级教师”是荣誉称号，不是职称。您有没有职称证书，上面写的是什么？
                高级技师 -> ?
                  “高级技师”是工人的职业技能等级，不是职称。您有没有职称证书，上面写的是什么？
                高级工 -> ?
                  “高级工”是工人的职业技能等级，不是职称。您有没有职称证书，上面写的是什么？
                农民技师 -> ?
                  “农民技师”是农民的农业实用技术称号（中级），不是专业技术职称，级别以证书为准。您有没有职称证书，上面写的是什么？
                执业医师 -> unknown
                总经理 -> unknown
                高级 -> ?
                  “高级”有几种情况：正高级；副高级。请看您的证书，是哪一种？
                 -> unknown
            "#]],
        );
    }

    #[test]
    fn every_name_of_the_tables_finds_its_own_level_among_the_readings() {
        for series in &SERIES {
            let mut seen = BTreeSet::new();
            for level in TITLE_LEVELS {
                for name in series.names(level) {
                    let finding = find(name).unwrap();
                    assert!(
                        finding.readings.iter().any(|reading| matches!(
                            reading,
                            Reading::Title { series: found, level: at, .. }
                                if *at == level && found.name == series.name
                        )),
                        "{name}"
                    );
                    let levels: BTreeSet<TitleLevel> =
                        finding.readings.iter().filter_map(Reading::level).collect();
                    if levels.len() > 1 {
                        assert!(finding.question.is_some(), "{name}");
                    }
                    seen.insert((name, level));
                }
            }
            assert!(!seen.is_empty(), "{}", series.name);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_look_up(text in "[\\PC（）()级师教高中]{0,12}") {
            drop(find(&text));
        }
    }
}
