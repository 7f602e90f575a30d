//! How the five policies read at the edges (SEMANTICS.md): each reading has its examples in the
//! pack. The compiler runs them; here stands which they are, so that none is lost.

use std::collections::BTreeMap;
use std::path::Path;

use zige_core::date::Date;
use zige_core::programme::{ApplicationState, ProgrammeState};
use zige_tests::packs::compiled;

/// The examples of a policy's document with what each expects.
fn examples(pack: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../policies/{pack}.md"));
    let text = std::fs::read_to_string(path).expect("the policy");
    let mut found = BTreeMap::new();
    for block in text.split("\n```example ").skip(1) {
        let block = block.split("\n```").next().unwrap_or_default();
        let id = block.lines().next().unwrap_or_default().trim();
        let expected = block
            .lines()
            .find_map(|line| line.strip_prefix("expect = \"")?.strip_suffix('"'))
            .unwrap_or_else(|| panic!("{pack}: example {id} expects nothing"));
        found.insert(id.to_owned(), expected.to_owned());
    }
    found
}

/// Each line: a reading, then the examples that show it and what they expect.
fn check(pack: &str, readings: &[(&str, &[(&str, &str)])]) {
    let examples = examples(pack);
    for (reading, shown) in readings {
        for (id, expected) in *shown {
            assert_eq!(
                examples.get(*id).map(String::as_str),
                Some(*expected),
                "{pack}: `{id}`, which shows: {reading}"
            );
        }
    }
}

const YES: &str = "eligible";
const OPEN: &str = "discretionary";
const NO: &str = "ineligible";

#[test]
fn panzhihua() {
    check(
        "panzhihua-mentoring-2022",
        &[
            (
                "三（一） the recognised class and its document, never inferred",
                &[
                    ("class_first", YES),
                    ("mentor_qualified", YES),
                    ("class_other", NO),
                    ("class_document_lapsed", NO),
                ],
            ),
            (
                "三（二） before the statutory day, a point on that day, or a running extension",
                &[
                    ("man_day_before_retirement", YES),
                    ("man_on_the_statutory_day", OPEN),
                    ("man_day_after_retirement", NO),
                    ("extension_ends_today", YES),
                    ("extension_ended_yesterday", NO),
                    ("senior_woman_between_two_dates", OPEN),
                ],
            ),
            (
                "五 45 is included, any industry of the city",
                &[
                    ("trainee_last_day_of_forty_five", YES),
                    ("trainee_forty_six_today", NO),
                    ("trainee_elsewhere", NO),
                    ("trainee_without_employer", YES),
                ],
            ),
            (
                "十 one who is already 一至四类 is a point",
                &[
                    ("trainee_of_other_class", YES),
                    ("trainee_of_fourth_class", OPEN),
                    ("trainee_of_fourth_class_refused", NO),
                    ("pair_one_of_two_grown_up", OPEN),
                ],
            ),
            (
                "五 pairing with 0, 1, 4, 5 and 6 trainees, each checked",
                &[
                    ("pair_nobody", NO),
                    ("pair_one", YES),
                    ("pair_four", YES),
                    ("pair_five", YES),
                    ("pair_six", YES),
                    ("pair_sixth_too_old", NO),
                ],
            ),
            (
                "六 four kinds of employer, both routes where two fit, none for the self-employed",
                &[
                    ("mentor_for_trainee_of_city_unit", "中央、省属和市属单位"),
                    (
                        "mentor_for_trainee_of_county_unit",
                        "县（区）、乡镇所属单位",
                    ),
                    ("mentor_for_trainee_of_private_company", "非公有制企业"),
                    (
                        "mentor_for_trainee_of_private_company_in_the_zone",
                        "钒钛高新区里的非公有制企业，两条途径都可以",
                    ),
                    (
                        "mentor_for_trainee_of_city_company_in_the_zone",
                        "钒钛高新区里中央、省、市所属的企业，两条途径都可以",
                    ),
                    (
                        "mentor_for_trainee_of_self_employed",
                        "其他单位或者没有单位，原文没有写途径",
                    ),
                ],
            ),
        ],
    );
}

#[test]
fn ziliujing_applicants() {
    check(
        "ziliujing-talent-training",
        &[
            (
                "三 the database is not required of an applicant, but for a reward",
                &[("qualified", YES), ("reward_outside_the_database", NO)],
            ),
            (
                "五（二） 45 and 2 years are included",
                &[
                    ("age_last_day_of_forty_five", YES),
                    ("age_forty_six_today", OPEN),
                    ("work_exactly_two_years", YES),
                    ("work_one_day_short", OPEN),
                ],
            ),
            (
                "五（三） any one of four",
                &[
                    ("qualification_none", OPEN),
                    ("qualification_by_education", YES),
                    ("qualification_by_title", YES),
                    ("qualification_by_skill", YES),
                    ("qualification_by_rural_title", YES),
                ],
            ),
            (
                "五末段 （二）（三）（四） can be relaxed; （一）, （五）, 二 and 三 cannot",
                &[
                    ("relaxed_on_every_ground", YES),
                    ("appraisal_bad", OPEN),
                    ("conduct_denied_cannot_be_relaxed", NO),
                    ("agreement_denied_cannot_be_relaxed", NO),
                    ("scope_elsewhere_cannot_be_relaxed", NO),
                    ("talent_none_cannot_be_relaxed", NO),
                ],
            ),
            (
                "五（四） nobody was assessed yet: a point",
                &[
                    ("appraisal_none", OPEN),
                    ("appraisal_none_accepted", YES),
                    ("appraisal_none_refused_twice", NO),
                ],
            ),
        ],
    );
}

#[test]
fn ziliujing_rewards() {
    check(
        "ziliujing-talent-training",
        &[
            (
                "十二（一） both 学历 and 学位, or the tuition alone, which is a may",
                &[
                    ("reward_master", YES),
                    ("reward_doctor", YES),
                    ("reward_master_degree_only", OPEN),
                    ("reward_doctor_education_only", OPEN),
                    ("reward_bachelor", NO),
                    ("tuition_reward_open", OPEN),
                    ("tuition_reward_four_years", NO),
                    ("master_reward_earned", YES),
                    ("doctor_reward_earned", YES),
                ],
            ),
            (
                "十二（二） the level held before decides",
                &[
                    ("reward_title", YES),
                    ("reward_title_senior", YES),
                    ("reward_title_middle", NO),
                    ("reward_title_same_as_before", NO),
                    ("associate_reward_earned", YES),
                    ("senior_reward_earned", YES),
                ],
            ),
            (
                "十二（三） skills",
                &[
                    ("reward_skill", YES),
                    ("reward_skill_senior", YES),
                    ("reward_skill_one_below", NO),
                    ("reward_skill_special", OPEN),
                    ("technician_reward_earned", YES),
                    ("senior_technician_reward_earned", YES),
                ],
            ),
            (
                "十二 the five years bind it, 十三 not",
                &[
                    ("reward_agreement_four_years", NO),
                    ("reward_skill_agreement_four_years", NO),
                    ("reward_master_four_years", NO),
                    ("reward_project_without_agreement", YES),
                ],
            ),
            (
                "十三 a 区级 project earns nothing",
                &[
                    ("reward_project", YES),
                    ("reward_project_provincial", YES),
                    ("reward_project_national", YES),
                    ("reward_project_of_the_district", NO),
                    ("reward_project_late", NO),
                    ("reward_project_member", NO),
                    ("city_project_reward_earned", YES),
                    ("provincial_project_reward_earned", YES),
                    ("national_project_reward_earned", YES),
                ],
            ),
            (
                "十四 for a unit",
                &[
                    ("unit_provincial", YES),
                    ("unit_national", YES),
                    ("unit_city_level", NO),
                    ("unit_without_trainee", NO),
                    ("provincial_platform_grant_earned", YES),
                    ("national_platform_grant_earned", YES),
                ],
            ),
            (
                "十五 who pays, through which chain",
                &[
                    ("payer_participating_unit", YES),
                    ("payer_employer", OPEN),
                    ("payer_employer_refuses", NO),
                    ("master_reward_from_other_unit", NO),
                    ("reimbursed_by_employer_open", OPEN),
                    (
                        "claim_through_department",
                        "公务员、参照公务员管理的人员，单位有主管部门或者行业归口管理部门",
                    ),
                    (
                        "claim_without_department",
                        "公务员、参照公务员管理的人员，单位没有主管部门、行业归口管理部门",
                    ),
                    ("claim_from_employer", "其他单位的人员"),
                ],
            ),
        ],
    );
}

#[test]
fn yuxi() {
    check(
        "yuxi-grassroots-2019",
        &[
            (
                "三 lapsed since 2021, and still checked",
                &[("qualified_after_the_plan", YES)],
            ),
            (
                "五 35 and under met, above a point; 民族 is the township's",
                &[
                    ("age_last_day_of_35", YES),
                    ("age_thirty_sixth_birthday", OPEN),
                    ("age_above_refused_in_a_county_unit", NO),
                    ("age_above_in_a_remote_township_not_about_35", OPEN),
                    ("age_above_in_another_township_not_about_35", NO),
                ],
            ),
            (
                "十五 超过3天 does not include 3",
                &[
                    ("leave_exactly_three_days", "3天以内"),
                    ("leave_three_and_a_half_days", "超过3天"),
                ],
            ),
        ],
    );
}

#[test]
fn chifeng() {
    check(
        "chifeng-talent-leaders-2014",
        &[
            (
                "一（一） each stream alone, the others refused",
                &[
                    ("technical_only", YES),
                    ("skilled_technician", YES),
                    ("rural_refused_otherwise", YES),
                    ("no_stream_comparable", YES),
                    ("no_stream_approved", YES),
                    ("no_stream", OPEN),
                    ("no_stream_refused", NO),
                ],
            ),
            (
                "一（一） streams combined; who fails one may pass another",
                &[
                    ("technical_and_skilled", YES),
                    ("technical_and_rural", YES),
                    ("skilled_and_rural", YES),
                    ("all_three_streams", YES),
                    ("fails_technical_passes_skilled", YES),
                    ("fails_technical_passes_rural", YES),
                    ("all_three_half_way", NO),
                    ("all_three_too_old", OPEN),
                ],
            ),
            (
                "一（二）2 原则上, 其他突出贡献, 硕士学位 without 学历: points",
                &[
                    ("ground_none", OPEN),
                    ("ground_none_contribution_refused", NO),
                    ("level_title_one_below", OPEN),
                    ("level_title_one_below_refused", NO),
                    ("level_master_degree_only", OPEN),
                    ("level_master_degree_only_counts", YES),
                ],
            ),
            (
                "一（二）5 three years hard; over 55 only through 特别优秀",
                &[
                    ("years_exactly_three", YES),
                    ("years_one_day_short", NO),
                    ("years_short_even_if_outstanding", NO),
                    ("age_last_day_of_55", YES),
                    ("age_fifty_sixth_birthday", OPEN),
                    ("age_over_and_not_outstanding", NO),
                ],
            ),
            (
                "二 pairing with 0, 1, 4, 5 and 6, in the field",
                &[
                    ("pair_of_none", NO),
                    ("pair_of_one", NO),
                    ("pair_of_four", NO),
                    ("pair_of_five", YES),
                    ("pair_of_six", YES),
                    ("pair_of_five_one_outside_the_field", NO),
                    ("pair_of_six_one_outside_the_field", YES),
                ],
            ),
        ],
    );
}

#[test]
fn liaoning() {
    check(
        "liaoning-minority-professionals-draft",
        &[
            (
                "二 主要包括: an unlisted place is a point",
                &[
                    ("place_last_of_the_list", YES),
                    ("place_unlisted", OPEN),
                    ("place_elsewhere", NO),
                ],
            ),
            (
                "六（一） unit kind and title hard, 第七条's 一般 does not soften them",
                &[
                    ("unit_kind_private", YES),
                    ("unit_kind_government_office", NO),
                    ("title_one_below", NO),
                ],
            ),
            (
                "六（三） management work and former trainees are points; who failed: never again",
                &[
                    ("manager", OPEN),
                    ("former_trainee", OPEN),
                    ("failed_before", NO),
                    ("failed_before_even_if_agreed", NO),
                ],
            ),
            (
                "七（四） 5 years of work hard; 10 years met, 5 to 10 only on a ground, under 5 not",
                &[
                    ("service_exactly_five_years", YES),
                    ("service_one_day_short", NO),
                    ("man_exactly_ten_years", YES),
                    ("man_one_day_under_ten_years", NO),
                    ("man_under_ten_urgent", OPEN),
                    ("man_under_ten_grassroots", OPEN),
                    ("man_under_ten_not_useful_afterwards", NO),
                    ("man_exactly_five_years", OPEN),
                    ("man_one_day_under_five_years", NO),
                    ("man_under_five_even_if_relaxed", NO),
                    ("senior_woman_both_dates_open", OPEN),
                ],
            ),
            (
                "十九 3, 10 and 30 belong to the lower band; half days count",
                &[
                    ("leave_half_a_day", "3天以内"),
                    ("leave_three_days", "3天以内"),
                    ("leave_three_and_a_half_days", "超过3天，10天以内"),
                    ("leave_ten_days", "超过3天，10天以内"),
                    ("leave_ten_and_a_half_days", "超过10天，30天以内"),
                    ("leave_thirty_days", "超过10天，30天以内"),
                    ("leave_thirty_and_a_half_days", "超过30天"),
                ],
            ),
            (
                "二十六 under 60 fails; exactly 60 is a point",
                &[
                    ("ordinary_sending_just_under_sixty", "不合格"),
                    ("ordinary_sending_exactly_sixty", OPEN),
                    ("ordinary_sending_just_over_sixty", "合格"),
                    ("ordinary_all_exactly_eighty", "优秀"),
                    ("leader_third_exactly_sixty", OPEN),
                ],
            ),
        ],
    );
}

#[test]
fn each_programme_says_whether_it_is_in_force() {
    let on = Date::new(2026, 11, 21).expect("a day");
    let day = |year, month, day| Date::new(year, month, day).expect("a day");
    let states: BTreeMap<String, (ProgrammeState, ApplicationState)> = compiled()
        .into_iter()
        .map(|pack| {
            let states = (pack.programme.state(on), pack.programme.applications(on));
            (pack.id, states)
        })
        .collect();
    let expected = [
        (
            "chifeng-talent-leaders-2014",
            ProgrammeState::InForce,
            ApplicationState::Closed(day(2014, 6, 30)),
        ),
        (
            "liaoning-minority-professionals-draft",
            ProgrammeState::Draft,
            ApplicationState::Unknown,
        ),
        (
            "panzhihua-mentoring-2022",
            ProgrammeState::InForce,
            ApplicationState::Unknown,
        ),
        (
            "yuxi-grassroots-2019",
            ProgrammeState::Lapsed(day(2020, 12, 31)),
            ApplicationState::Unknown,
        ),
        (
            "ziliujing-talent-training",
            ProgrammeState::Unknown,
            ApplicationState::Unknown,
        ),
    ];
    let expected: BTreeMap<String, _> = expected
        .into_iter()
        .map(|(id, force, applications)| (id.to_owned(), (force, applications)))
        .collect();
    assert_eq!(states, expected);
}
