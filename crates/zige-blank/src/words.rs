//! Words of forms that stand for no fact: whose data a block holds, what is left for ink, the
//! photograph.

use crate::label::{Label, is_joint};

/// Whose data a block or a label is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The person who fills in the form.
    Own,
    /// A mentor.
    Mentor,
    /// Those whom a mentor trains.
    Trainee,
    /// Somebody else, whom nothing is known of.
    Other,
}

const OWN: [&str; 26] = [
    "本人",
    "个人",
    "申请人",
    "申报人",
    "报名人",
    "被推荐人",
    "推荐人选",
    "推荐对象",
    "参评人",
    "考核对象",
    "被考核人",
    "候选人",
    "申请者",
    "申报对象",
    "人选",
    "登记人",
    "参选人",
    "拟推荐人选",
    "申报者",
    "填报人",
    "承诺人",
    "声明人",
    "报考人",
    "应聘人",
    "应聘者",
    "参加人",
];
const MENTOR: [&str; 11] = [
    "导师",
    "指导教师",
    "指导老师",
    "指导导师",
    "师傅",
    "师父",
    "培带人",
    "带教老师",
    "带教导师",
    "结对导师",
    "传帮带导师",
];
const TRAINEE: [&str; 9] = [
    "培养对象",
    "培带对象",
    "拟培带对象",
    "学员",
    "研修人员",
    "徒弟",
    "结对培养对象",
    "被培养人",
    "培养人选",
];
const OTHER: [&str; 30] = [
    "联系人",
    "单位联系人",
    "紧急联系人",
    "负责人",
    "单位负责人",
    "部门负责人",
    "项目负责人",
    "主要负责人",
    "经办人",
    "填表人",
    "制表人",
    "审核人",
    "复核人",
    "审批人",
    "主管",
    "单位主管",
    "单位领导",
    "主管领导",
    "分管领导",
    "领导",
    "法人",
    "法人代表",
    "法定代表人",
    "评委",
    "单位法人",
    "组长",
    "用人单位",
    "引进单位",
    "聘用单位",
    "招聘单位",
];

/// Others, of whom a form asks more than how to reach them.
const ASKED_MORE: [&str; 18] = [
    "家属",
    "配偶",
    "父亲",
    "母亲",
    "子女",
    "儿子",
    "女儿",
    "监护人",
    "家长",
    "推荐人",
    "介绍人",
    "证明人",
    "担保人",
    "亲属",
    "家庭成员",
    "法定代理人",
    "代理人",
    "专家",
];

/// How words for people end whose data a form asks beside the applicant's: 人事科长, 评审专家.
const ROLES: [&str; 43] = [
    "秘书",
    "校长",
    "院长",
    "所长",
    "处长",
    "局长",
    "科长",
    "园长",
    "董事长",
    "厂长",
    "站长",
    "护士长",
    "部长",
    "会长",
    "村长",
    "镇长",
    "主任",
    "书记",
    "村支书",
    "会计",
    "出纳",
    "经理",
    "专家",
    "助理",
    "助手",
    "联络员",
    "辅导员",
    "管理员",
    "干事",
    "领队",
    "合作导师",
    "研究生",
    "学生",
    "患者",
    "服务对象",
    "帮扶对象",
    "帮扶干部",
    "驻村干部",
    "岳父",
    "岳母",
    "股东",
    "陪同人员",
    "领导",
];

/// What a label asks of somebody whose role stands before it.
const ASKED_OF_A_ROLE: [&str; 11] = [
    "姓名",
    "电话",
    "手机",
    "联系",
    "职务",
    "职称",
    "单位",
    "身份证",
    "邮箱",
    "电子",
    "签",
];

/// What a heading may add to the words above.
const HEADINGS: [&str; 9] = [
    "个人基本情况",
    "个人基本信息",
    "基本情况",
    "基本信息",
    "个人信息",
    "个人情况",
    "情况",
    "信息",
    "简况",
];

fn words() -> impl Iterator<Item = (Whose, &'static str)> {
    let all =
        |whose: Whose, words: &'static [&'static str]| words.iter().map(move |word| (whose, *word));
    all(Whose::Own, &OWN)
        .chain(all(Whose::Mentor, &MENTOR))
        .chain(all(Whose::Trainee, &TRAINEE))
        .chain(all(Whose::Other, &OTHER))
        .chain(all(Whose::Other, &ASKED_MORE))
}

/// Whose data a heading announces.
pub(crate) fn heading(key: &str) -> Option<Whose> {
    if HEADINGS.contains(&key) {
        return Some(Whose::Own);
    }
    let bare = bare(key);
    person(bare)
        .or_else(|| {
            // 配偶及子女
            let mut parts = bare.split(is_joint).map(person);
            let first = parts.next()??;
            parts.all(|part| part == Some(first)).then_some(first)
        })
        .or_else(|| {
            // 受托单位, which is not where the person works.
            let is_unit = bare.ends_with("单位") || bare.ends_with("机构");
            let is_somebodys = of_whom(bare).is_some();
            (is_unit && !is_somebodys && !OWN_UNITS.contains(&bare)).then_some(Whose::Other)
        })
}

/// Units to which the person belongs, or may.
const OWN_UNITS: [&str; 12] = [
    "单位",
    "所在单位",
    "工作单位",
    "现单位",
    "现工作单位",
    "本单位",
    "原单位",
    "申报单位",
    "派出单位",
    "选送单位",
    "推荐单位",
    "呈报单位",
];

/// Whose data a word for a person announces.
pub(crate) fn person(word: &str) -> Option<Whose> {
    let listed = words().find(|(_, known)| *known == word);
    let listed = listed.map(|(whose, _)| whose);
    listed.or_else(|| is_somebody(word).then_some(Whose::Other))
}

/// Whoever has to do with a form: 采集人, 受理人, 人事科长. Of whom something is done (被…人) is nobody
/// else.
fn is_somebody(word: &str) -> bool {
    let ends = word.ends_with('人') || ROLES.iter().any(|role| word.ends_with(role));
    let is_question = word.starts_with("是否") || word.starts_with("有无");
    (2..=8).contains(&word.chars().count()) && ends && !word.starts_with('被') && !is_question
}

/// Somebody whose role a label names before what it asks: 校长姓名, 推荐单位联系人电话.
fn of_a_role(key: &str) -> Option<(Whose, &str)> {
    let rest = ASKED_OF_A_ROLE.iter().find_map(|asked| {
        let at = key.find(asked).filter(|at| *at > 0)?;
        key.split_at_checked(at)
    });
    let (word, rest) = rest?;
    // 需回避人员姓名: whoever that is, it is not the one who fills in the form.
    let is_name = rest == "姓名" && !SCRIPTS.contains(&word);
    (is_somebody(word) || is_name).then_some((Whose::Other, rest))
}

/// What stands before 姓名 without naming anybody.
const SCRIPTS: [&str; 8] = [
    "中文",
    "英文",
    "外文",
    "汉语",
    "曾用",
    "真实",
    "户籍",
    "身份证",
];

/// A heading's key without what headings add to the word for a person.
pub(crate) fn bare(key: &str) -> &str {
    let bare = HEADINGS.iter().find_map(|ending| key.strip_suffix(ending));
    bare.unwrap_or(key)
}

/// Whether a form that has named this person asks more about them in the rows below.
pub(crate) fn is_asked_more(key: &str) -> bool {
    ASKED_MORE.iter().any(|word| key.starts_with(word))
}

/// Whether a label asks how to reach somebody, or what they are.
pub(crate) fn is_contact(key: &str) -> bool {
    let words = ["电话", "手机", "邮箱", "邮件", "传真", "微信", "职务"];
    words.iter().any(|word| key.contains(word))
}

/// Whether what stands behind this label is asked of a part of somebody's education: 第一学历, and then
/// 毕业院校.
pub(crate) fn is_stage(key: &str) -> bool {
    let words = [
        "第一学历",
        "原学历",
        "初始学历",
        "后学历",
        "后续学历",
        "全日制学历",
        "在职学历",
    ];
    words.contains(&key)
}

/// Whose data a label asks that begins with a person, and what it asks of them: 导师姓名,
/// 联系人电话. The longest name of a person counts.
pub(crate) fn of_whom(key: &str) -> Option<(Whose, &str)> {
    let listed = words()
        .filter_map(|(whose, word)| {
            let rest = key.strip_prefix(word)?;
            let rest = rest.strip_prefix('的').unwrap_or(rest);
            (!rest.is_empty()).then_some((word.len(), whose, rest))
        })
        .max_by_key(|(length, _, _)| *length)
        .map(|(_, whose, rest)| (whose, rest));
    listed.or_else(|| of_a_role(key)).or_else(|| {
        // 采集人电话, not 工作人员类别.
        let (start, rest) = key.split_once('人')?;
        let word = key.get(..start.len() + '人'.len_utf8())?;
        let goes_on =
            rest.starts_with(['员', '才', '数', '口', '事', '民', '力', '选', '物', '均']);
        (is_somebody(word) && !rest.is_empty() && !goes_on).then_some((Whose::Other, rest))
    })
}

/// What is done by hand on the printed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A signature.
    Signature,
    /// A seal.
    Seal,
    /// What an office decides or thinks.
    Opinion,
}

/// Whether a label or a cell's text is for ink.
pub(crate) fn ink(label: &Label) -> Option<Ink> {
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| label.key.contains(word) || label.notes(word))
    };
    let ends = |words: &[&str]| words.iter().any(|word| label.key.ends_with(word));
    match () {
        () if has(&["签名", "签字", "签章", "手印", "捺印", "签署"]) => {
            Some(Ink::Signature)
        }
        () if has(&["盖章", "公章", "印章", "加盖"])
            || label.notes.iter().any(|note| note == "章") =>
        {
            Some(Ink::Seal)
        }
        () if has(&["意见", "评语", "鉴定"])
            || ends(&[
                "审核",
                "审批",
                "审查",
                "审定",
                "批准",
                "核准",
                "备案",
                "推荐单位",
                "呈报单位",
                "审批单位",
                "审批机关",
                "承诺",
                "承诺书",
                "声明",
                "评价",
                "结论",
            ]) =>
        {
            Some(Ink::Opinion)
        }
        () => None,
    }
}

/// Whether a cell is for the photograph.
pub(crate) fn is_photo(label: &Label) -> bool {
    let key = label.key.as_str();
    let short = key.chars().count() <= 16;
    let names = ["照片", "相片", "免冠", "证件照", "一寸照", "二寸照", "寸照"];
    matches!(key, "照" | "相") || short && names.iter().any(|name| key.contains(name))
}

/// Whether a column only counts its rows.
pub(crate) fn is_number(key: &str) -> bool {
    matches!(key, "序号" | "编号" | "序" | "no" | "号")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_apart() {
        assert_eq!(heading("导师基本情况"), Some(Whose::Mentor));
        assert_eq!(heading("基本信息"), Some(Whose::Own));
        assert_eq!(heading("培养对象"), Some(Whose::Trainee));
        assert_eq!(heading("姓名"), None);
        assert_eq!(heading("配偶及子女情况"), Some(Whose::Other));
        assert_eq!(heading("采集人"), Some(Whose::Other));
        assert_eq!(heading("被采集人"), None);
        assert_eq!(of_whom("导师姓名"), Some((Whose::Mentor, "姓名")));
        assert_eq!(of_whom("单位联系人电话"), Some((Whose::Other, "电话")));
        assert_eq!(of_whom("本人联系电话"), Some((Whose::Own, "联系电话")));
        assert_eq!(of_whom("联系电话"), None);
        assert_eq!(of_whom("采集人电话"), Some((Whose::Other, "电话")));
        assert_eq!(of_whom("工作人员类别"), None);
        assert_eq!(of_whom("人才类别"), None);
        assert_eq!(of_whom("校长姓名"), Some((Whose::Other, "姓名")));
        assert_eq!(of_whom("推荐单位联系人电话"), Some((Whose::Other, "电话")));
        assert_eq!(heading("推荐专家信息"), Some(Whose::Other));
        assert_eq!(heading("特长"), None);
        assert_eq!(heading("受托单位"), Some(Whose::Other));
        assert_eq!(heading("单位信息"), None);
        assert_eq!(of_whom("需回避人员姓名"), Some((Whose::Other, "姓名")));
        assert_eq!(of_whom("中文姓名"), None);
        assert_eq!(of_whom("导师"), None);
    }

    #[test]
    fn ink_is_left_alone() {
        assert_eq!(ink(&Label::new("盖  章\n年  月  日")), Some(Ink::Seal));
        assert_eq!(ink(&Label::new("（章）")), Some(Ink::Seal));
        assert_eq!(
            ink(&Label::new("本人签名：    年    月   日")),
            Some(Ink::Signature)
        );
        assert_eq!(ink(&Label::new("所在单位意见")), Some(Ink::Opinion));
        assert_eq!(ink(&Label::new("姓名")), None);
        assert!(is_photo(&Label::new("照\n片")));
        assert!(is_photo(&Label::new("近期小二寸\n免冠照片")));
    }
}
