//! Dates of each policy, and the .ics file.

use expect_test::{Expect, expect, expect_file};
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::Pack;
use zige_forms::calendar::{Asked, Calendar, roles};
use zige_forms::ics;

use crate::everyone::PACKS;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn pack(start: &str) -> &'static Pack {
    PACKS
        .iter()
        .find(|pack| pack.id.starts_with(start))
        .unwrap()
}

fn calendar(pack: &Pack, role: &str, events: &[(&str, &str)], on: &str) -> Calendar {
    let roles: Vec<String> = [role]
        .iter()
        .filter(|role| !role.is_empty())
        .map(|role| (*role).to_owned())
        .collect();
    let events: Vec<(String, Date)> = events
        .iter()
        .map(|(name, date)| ((*name).to_owned(), day(date)))
        .collect();
    Calendar::of(&Asked {
        pack,
        roles: &roles,
        events: &events,
        answers: &Answers::new(pack),
        on: day(on),
        person: "示例甲",
    })
}

fn check(calendar: &Calendar, expected: Expect) {
    let mut lines: Vec<String> = calendar
        .entries
        .iter()
        .map(|entry| {
            let recurs = entry.recurs.map_or(String::new(), |recurs| {
                let until = recurs
                    .until
                    .map_or("…".to_owned(), |until| until.to_string());
                format!(" {:?} to {until}", recurs.every)
            });
            format!("{}{recurs} {}", entry.first, entry.label)
        })
        .collect();
    lines.push(String::new());
    lines.extend(
        calendar
            .undated
            .iter()
            .map(|undated| format!("{} {}：{}", undated.article, undated.label, undated.why)),
    );
    lines.push(format!("wanted: {}", calendar.wanted.join(" ")));
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_mentor_who_has_begun() {
    let events = [("结对开始", "2026-09-01")];
    check(
        &calendar(pack("panzhihua"), "导师", &events, "2026-11-21"),
        expect![[r#"
            2026-12-31 MonthEnd(12) to 2029-09-01 攀枝花导师结对：填报考核登记表
            2026-12-31 MonthEnd(3) to 2029-09-01 攀枝花导师结对：每季度当面指导
            2026-12-31 MonthEnd(12) to 2029-09-01 攀枝花导师结对：年度培养工作总结
            2029-09-01 攀枝花导师结对：期满工作总结
            2029-09-01 攀枝花导师结对：管理期届满
            2029-09-01 攀枝花导师结对：报送结对培养工作总结

            第五条 以本行业基层人才为主：发生时才要做，没有固定的日期
            第七条（一） 制定培养工作计划：原文没有写时间
            第七条（二） 传帮带：一直要做到，到管理期届满为止
            第七条（三） 指导科研和论文：一直要做到，到管理期届满为止
            第七条（四） 检查培养计划：发生时才要做，没有固定的日期
            第十条 更换已成长的培养对象：发生时才要做，没有固定的日期
            wanted: "#]],
    );
}

#[test]
fn a_mentor_who_has_not_begun() {
    check(
        &calendar(pack("panzhihua"), "导师", &[], "2026-11-21"),
        expect![[r#"

            第十条 管理期届满：从“结对开始”起3年，要先知道“结对开始”是哪一天
            第十三条（一） 报送结对培养工作总结：没有写日期：管理期届满时
            第五条 以本行业基层人才为主：发生时才要做，没有固定的日期
            第七条（一） 制定培养工作计划：原文没有写时间
            第七条（二） 传帮带：一直要做到，到管理期届满为止
            第七条（三） 指导科研和论文：一直要做到，到管理期届满为止
            第七条（四） 每季度当面指导：每季度一次，到管理期届满为止，要先知道这段时间从哪一天算起
            第七条（四） 检查培养计划：发生时才要做，没有固定的日期
            第七条（五） 年度培养工作总结：每年一次，到管理期届满为止，要先知道这段时间从哪一天算起
            第七条（五） 期满工作总结：没有写日期：管理期届满
            第十条 更换已成长的培养对象：发生时才要做，没有固定的日期
            第十三条（一） 填报考核登记表：每年一次，到管理期届满为止，要先知道这段时间从哪一天算起
            wanted: 结对开始"#]],
    );
}

#[test]
fn a_day_that_the_form_asks_dates_its_event() {
    let pack = pack("panzhihua");
    let facts = &pack.vocabulary.facts;
    let begun = facts
        .iter()
        .position(|fact| fact.id == "pairing_from")
        .unwrap();
    let mut answers = Answers::new(pack);
    let begun = FactId(u16::try_from(begun).unwrap());
    answers
        .set(pack, begun, Answer::day(day("2026-09-01")))
        .unwrap();
    let with_answers = Calendar::of(&Asked {
        pack,
        roles: &["导师".to_owned()],
        events: &[],
        answers: &answers,
        on: day("2026-11-21"),
        person: "示例甲",
    });
    let events = [("结对开始", "2026-09-01")];
    assert_eq!(with_answers, calendar(pack, "导师", &events, "2026-11-21"));
}

#[test]
fn a_trainee_of_liaoning() {
    let events = [
        ("到培养单位报到", "2026-09-10"),
        ("结业返岗", "2027-09-10"),
        ("报到通知规定的时间", "2026-09-10"),
    ];
    check(
        &calendar(pack("liaoning"), "学员", &events, "2026-09-01"),
        expect![[r#"
            2026-09-10 辽宁特培：报到
            2026-09-30 MonthEnd(3) to 2027-09-10 辽宁特培：季度书面报告
            2027-09-10 辽宁特培：培养期满
            2030-09-10 辽宁特培：返岗服务期满

            第八条（五） 签署培养协议：没有写日期：选送单位收到报到通知后，原文没有写几天之内
            第十二条 行前培训：没有写日期：赴培养单位学习前
            第十八条 报告重大事项：没有写日期：发生重大事项时，第一时间
            第十条 不变更专业和单位：一直要做到，到培养期满为止
            第十一条 按时报到：原文没有写时间
            第十二条 参加行前培训：没有写日期：赴培养单位学习前
            第十三条 转接党组织关系：原文没有写时间
            第十六条 遵守规定：一直要做到，到培养期满为止
            第十七条 在岗学习：一直要做到，到培养期满为止
            第二十一条 返回原单位：原文没有写时间
            第二十一条 返岗服务：一直要做到，到返岗满3年为止
            第三十四条（一） 政治理论学习：一直要做到，到培养期满为止
            第三十四条（二） 专业技术学习：一直要做到，到培养期满为止
            第三十四条（三） 遵守法律和制度：一直要做到，没有固定的日期
            第三十四条（四） 服从管理、主动报告：发生时才要做，没有固定的日期
            第三十四条（五） 返岗后发挥作用：一直要做到，没有固定的日期
            wanted: 赴培养单位学习前"#]],
    );
}

#[test]
fn a_plan_that_has_ended_has_no_more_dates() {
    check(
        &calendar(pack("yuxi"), "研修人员", &[], "2020-03-01"),
        expect![[r#"
            2020-08-30 Year to 2020-12-31 玉溪对口培养：报到

            第七条 研修期满：从“研修开始”起6个月，要先知道“研修开始”是哪一天
            第十四条 总结和考核：没有写日期：研修结束前
            第七条 全脱产研修：一直要做到，到研修期满为止
            第九条（一） 学习理论和技术：一直要做到，到研修期满为止
            第九条（二） 向导师学习：一直要做到，到研修期满为止
            第九条（三） 参与课题研究：一直要做到，到研修期满为止
            第十条 提交党员证明信：没有写日期：报到时
            第十一条 不索要培养经费：一直要做到，没有固定的日期
            第十四条 总结：没有写日期：研修结束前
            第十五条 遵守纪律：一直要做到，到研修期满为止
            第十六条 返回原单位：原文没有写时间
            wanted: 研修开始 报到时 研修结束前"#]],
    );
    check(
        &calendar(pack("yuxi"), "研修人员", &[], "2026-11-21"),
        expect![[r#"

            第六条（五） 报到：只到2020年12月31日为止，已经过了
            第七条 研修期满：从“研修开始”起6个月，要先知道“研修开始”是哪一天
            第十四条 总结和考核：没有写日期：研修结束前
            第七条 全脱产研修：一直要做到，到研修期满为止
            第九条（一） 学习理论和技术：一直要做到，到研修期满为止
            第九条（二） 向导师学习：一直要做到，到研修期满为止
            第九条（三） 参与课题研究：一直要做到，到研修期满为止
            第十条 提交党员证明信：没有写日期：报到时
            第十一条 不索要培养经费：一直要做到，没有固定的日期
            第十四条 总结：没有写日期：研修结束前
            第十五条 遵守纪律：一直要做到，到研修期满为止
            第十六条 返回原单位：原文没有写时间
            wanted: 研修开始 报到时 研修结束前"#]],
    );
}

#[test]
fn a_leader_of_chifeng() {
    check(
        &calendar(
            pack("chifeng"),
            "培带人",
            &[("培带期满", "2016-12-01")],
            "2014-06-01",
        ),
        expect![[r#"
            2014-12-31 MonthEnd(12) to 2016-12-01 赤峰培带人：讲座、辅导和授课

            二（二） 培带期：没有写日期：一般为2到3年
            二（一） 签署联系书：原文没有写时间
            二（二） 组织参加交流：一直要做到，到培带期满为止
            wanted: "#]],
    );
}

#[test]
fn whoever_was_rewarded_by_ziliujing() {
    check(
        &calendar(pack("ziliujing"), "培养对象", &[], "2026-11-21"),
        expect![[r#"

            第九条 参加培训：发生时才要做，没有固定的日期
            第十八条 获奖人员年度考核评价：每年一次，到最低服务年限届满为止，要先知道这段时间从哪一天算起
            wanted: 最低服务年限届满"#]],
    );
}

#[test]
fn nothing_is_left_out() {
    for pack in PACKS.iter() {
        let all = calendar(pack, "", &[], "2026-11-21");
        let told = all.entries.len() + all.undated.len();
        let merged = pack.obligations.iter().filter(|obligation| {
            let mut deadlines = pack.deadlines.iter();
            deadlines.any(|deadline| {
                deadline.article == obligation.article && deadline.label == obligation.label
            })
        });
        assert_eq!(
            told,
            pack.deadlines.len() + pack.obligations.len() - merged.count(),
            "{}",
            pack.id
        );
        assert!(all.undated.iter().all(|undated| !undated.why.is_empty()));
    }
}

#[test]
fn a_form_knows_whose_dates_go_with_it() {
    let pack = pack("panzhihua");
    let lines: Vec<String> = pack
        .forms
        .iter()
        .map(|form| format!("{} {}", form.id, roles(pack, form).join(" ")))
        .collect();
    expect![[r#"
        training_plan 结对 导师 培养对象
        yearly_summary 结对 导师 培养对象协助
        change_report 主管部门（单位）
        mentoring_ledger 结对 导师所在单位
        yearly_appraisal_form 结对 导师 培养对象
        term_summary 结对 导师 培养对象协助"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn the_file_is_a_calendar() {
    let events = [("结对开始", "2026-09-01")];
    let calendar = calendar(pack("panzhihua"), "导师", &events, "2026-11-21");
    let file = ics::write(&calendar, day("2026-11-21"));
    assert!(
        file.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n'))
    );
    expect_file!["golden/mentor.ics"].assert_eq(&file.replace("\r\n", "\n"));
    let uids: Vec<&str> = file
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    let mut unique = uids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), uids.len());
}
