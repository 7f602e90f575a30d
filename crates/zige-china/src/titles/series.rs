//! The series of titles with their names by level: GB/T 8561 for the older ones, and the 27 series
//! in force since 2021 as far as their names are known.

use super::TitleLevel;

/// A series of professional titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// Chinese name; empty for the names of the levels themselves.
    pub name: &'static str,
    /// Whether its titles are no longer conferred; those that were still count.
    pub former: bool,
    /// Names by level from 正高级 to 员级; those of one level separated by blanks.
    levels: [&'static str; 5],
}

impl Series {
    /// The names of a level; none where the series does not have it.
    pub fn names(&self, level: TitleLevel) -> impl Iterator<Item = &'static str> {
        let [full, associate, middle, assistant, clerk] = self.levels;
        let names = match level {
            TitleLevel::Full => full,
            TitleLevel::Associate => associate,
            TitleLevel::Middle => middle,
            TitleLevel::Assistant => assistant,
            TitleLevel::Clerk => clerk,
        };
        names.split(' ').filter(|name| !name.is_empty())
    }
}

/// All series, and first the names of the levels themselves, for people who know no more.
pub static SERIES: [Series; 40] = [
    series(
        "",
        [
            "正高级 正高 高级",
            "副高级 副高 高级",
            "中级",
            "助理级 初级",
            "员级 初级",
        ],
    ),
    series("高等学校教师", ["教授", "副教授", "讲师", "助教", ""]),
    series(
        "中等专业学校和技工院校教师",
        ["正高级讲师", "高级讲师", "讲师", "助理讲师", "教员"],
    ),
    series(
        "实习指导教师",
        [
            "正高级实习指导教师",
            "高级实习指导教师",
            "一级实习指导教师",
            "二级实习指导教师",
            "三级实习指导教师",
        ],
    ),
    series(
        "中小学教师（现行）",
        [
            "正高级教师 中小学正高级教师",
            "高级教师 中小学高级教师",
            "一级教师 中小学一级教师",
            "二级教师 中小学二级教师",
            "三级教师 中小学三级教师",
        ],
    ),
    former(
        "中学教师（以前的）",
        [
            "",
            "高级教师 中学高级教师",
            "一级教师 中学一级教师",
            "二级教师 中学二级教师",
            "三级教师 中学三级教师",
        ],
    ),
    former(
        "小学教师（以前的）",
        [
            "",
            "",
            "高级教师 小学高级教师",
            "一级教师 小学一级教师",
            "二级教师 小学二级教师 三级教师 小学三级教师",
        ],
    ),
    series(
        "哲学社会科学和自然科学研究人员",
        ["研究员", "副研究员", "助理研究员", "研究实习员", ""],
    ),
    series(
        "医师",
        [
            "主任医师",
            "副主任医师",
            "主治医师 主管医师 主治主管医师",
            "医师",
            "医士",
        ],
    ),
    series(
        "药师",
        ["主任药师", "副主任药师", "主管药师", "药师", "药士"],
    ),
    series(
        "护理人员",
        ["主任护师", "副主任护师", "主管护师", "护师", "护士"],
    ),
    series(
        "医疗卫生技师",
        ["主任技师", "副主任技师", "主管技师", "技师", "技士"],
    ),
    series(
        "工程技术人员",
        [
            "正高级工程师 正高工",
            "高级工程师 高工",
            "工程师",
            "助理工程师 助工",
            "技术员",
        ],
    ),
    series(
        "农业技术人员（农艺）",
        [
            "农业技术推广研究员 推广研究员 研究员 正高级农艺师",
            "高级农艺师",
            "农艺师",
            "助理农艺师",
            "农业技术员 农业技术人员",
        ],
    ),
    series(
        "农业技术人员（兽医）",
        [
            "农业技术推广研究员 正高级兽医师",
            "高级兽医师",
            "兽医师",
            "助理兽医师",
            "兽医技术员",
        ],
    ),
    series(
        "农业技术人员（畜牧）",
        [
            "农业技术推广研究员 正高级畜牧师",
            "高级畜牧师",
            "畜牧师",
            "助理畜牧师",
            "畜牧技术员",
        ],
    ),
    series(
        "实验技术人员",
        [
            "正高级实验师",
            "高级实验师",
            "实验师",
            "助理实验师",
            "实验员",
        ],
    ),
    series(
        "经济专业人员",
        [
            "正高级经济师",
            "高级经济师",
            "经济师",
            "助理经济师",
            "经济员",
        ],
    ),
    series(
        "会计人员",
        [
            "正高级会计师",
            "高级会计师",
            "会计师",
            "助理会计师",
            "会计员",
        ],
    ),
    series(
        "统计专业人员",
        [
            "正高级统计师",
            "高级统计师",
            "统计师",
            "助理统计师",
            "统计员",
        ],
    ),
    series(
        "审计专业人员",
        ["正高级审计师", "高级审计师", "审计师", "助理审计师", ""],
    ),
    series("出版专业人员", ["编审", "副编审", "编辑", "助理编辑", ""]),
    former(
        "出版专业人员（技术编辑，以前的）",
        ["", "", "技术编辑", "助理技术编辑", "技术设计员"],
    ),
    former(
        "出版专业人员（校对，以前的）",
        ["", "", "一级校对", "二级校对", "三级校对"],
    ),
    series(
        "翻译专业人员",
        ["译审", "一级翻译", "二级翻译", "三级翻译", ""],
    ),
    former(
        "翻译专业人员（以前的）",
        ["译审", "副译审", "翻译", "助理翻译", ""],
    ),
    series("新闻记者", ["高级记者", "主任记者", "记者", "助理记者", ""]),
    series("新闻编辑", ["高级编辑", "主任编辑", "编辑", "助理编辑", ""]),
    series(
        "播音主持人员",
        [
            "播音指导",
            "主任播音员 主任播音员主持人 主任主持人",
            "一级播音员 一级播音员主持人 一级主持人",
            "二级播音员 二级播音员主持人 二级主持人",
            "",
        ],
    ),
    former(
        "播音人员（以前的）",
        [
            "播音指导",
            "主任播音员",
            "一级播音员",
            "二级播音员",
            "三级播音员",
        ],
    ),
    series(
        "工艺美术人员",
        [
            "正高级工艺美术师",
            "高级工艺美术师",
            "工艺美术师",
            "助理工艺美术师",
            "工艺美术员",
        ],
    ),
    series(
        "艺术专业人员",
        [
            "一级演员 一级演奏员 一级编剧 一级导演 一级指挥 一级作曲 一级美术师 一级舞美设计师 一级舞台技术",
            "二级演员 二级演奏员 二级编剧 二级导演 二级指挥 二级作曲 二级美术师 二级舞美设计师 二级舞台技术",
            "三级演员 三级演奏员 三级编剧 三级导演 三级指挥 三级作曲 三级美术师 三级舞美设计师 三级舞台技术",
            "四级演员 四级演奏员 四级编剧 四级导演 四级指挥 四级作曲 四级美术师 四级舞美设计师 四级舞台技术",
            "",
        ],
    ),
    former(
        "艺术专业人员（以前的）",
        [
            "高级舞台技师",
            "主任舞台技师",
            "舞台技师",
            "舞台技术员 美术员 舞美设计员",
            "",
        ],
    ),
    series(
        "体育教练员",
        ["国家级教练", "高级教练", "中级教练", "初级教练", ""],
    ),
    former(
        "体育教练员（以前的）",
        [
            "",
            "国家级教练 高级教练",
            "一级教练",
            "二级教练",
            "三级教练",
        ],
    ),
    series(
        "律师",
        ["一级律师", "二级律师", "三级律师", "四级律师", "律师助理"],
    ),
    series(
        "公证员",
        [
            "一级公证员",
            "二级公证员",
            "三级公证员",
            "四级公证员",
            "公证助理员 公证员助理",
        ],
    ),
    series(
        "船舶技术人员",
        [
            "正高级船长 正高级轮机长 正高级电机员 正高级报务员 正高级引航员",
            "高级船长 高级轮机长 高级电机员 高级报务员 高级引航员",
            "船长 大副",
            "二副",
            "三副",
        ],
    ),
    series(
        "民用航空飞行技术人员",
        [
            "正高级飞行员 正高级领航员 正高级通信员 正高级机械员",
            "一级飞行员 一级领航员 一级通信员 一级机械员",
            "二级飞行员 二级领航员 二级通信员 二级机械员",
            "三级飞行员 三级领航员 三级通信员 三级机械员",
            "四级飞行员 四级领航员 四级通信员 四级机械员",
        ],
    ),
    series(
        "图书资料、文物博物、档案和群众文化人员",
        ["研究馆员", "副研究馆员", "馆员", "助理馆员", "管理员"],
    ),
];

const fn series(name: &'static str, levels: [&'static str; 5]) -> Series {
    Series {
        name,
        former: false,
        levels,
    }
}

const fn former(name: &'static str, levels: [&'static str; 5]) -> Series {
    Series {
        name,
        former: true,
        levels,
    }
}
