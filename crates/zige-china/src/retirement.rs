//! The statutory retirement age, as it moves from 2025 on.
//!
//! Sources: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13) with
//! 国务院关于渐进式延迟法定退休年龄的办法; 实施弹性退休制度暂行办法 (人社部发〔2024〕94号);
//! 组通字〔2015〕14号; 国发〔1978〕104号; 国发〔1983〕141号.
//!
//! The category is asked, never inferred from the sex. Where the sources leave more than one day
//! open, all are returned, each with its standing.

use zige_core::date::Date;

/// One row of the schedule.
///
/// Somebody born in `first_month` or later retires one month later for each `step` birth months
/// begun, at most `cap` months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// English snake_case, as in the vocabulary's `schedule retirement`.
    pub id: &'static str,
    /// Chinese name.
    pub label: &'static str,
    /// The age before any delay, in months.
    pub base_months: i32,
    /// The first birth month with a delay: year × 12 + (month − 1).
    pub first_month: i32,
    /// Birth months for each further month of delay.
    pub step: i32,
    /// The longest delay, in months.
    pub cap: i32,
}

/// 办法第一条; 附件1.
pub static MEN: Row = Row {
    id: "male",
    label: "男职工，原法定退休年龄60周岁",
    base_months: 60 * 12,
    first_month: 1965 * 12,
    step: 4,
    cap: 36,
};

/// 办法第一条; 附件2.
pub static WOMEN_55: Row = Row {
    id: "female_55",
    label: "女职工，原法定退休年龄55周岁",
    base_months: 55 * 12,
    first_month: 1970 * 12,
    step: 4,
    cap: 36,
};

/// 办法第一条; 附件3.
pub static WOMEN_50: Row = Row {
    id: "female_50",
    label: "女职工，原法定退休年龄50周岁",
    base_months: 50 * 12,
    first_month: 1975 * 12,
    step: 2,
    cap: 60,
};

/// All rows.
pub static ROWS: [&Row; 3] = [&MEN, &WOMEN_55, &WOMEN_50];

/// How somebody retires. Asked, never inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// 男职工.
    Man,
    /// 女职工 in a management or professional post (女干部).
    WomanInManagementOrProfessionalPost,
    /// 女职工 in a worker's post.
    WomanWorker,
    /// A woman in a public body who holds a county or division rank (县处级, full or deputy) or
    /// a senior title (副高级, 正高级).
    SeniorWomanInPublicBody,
    /// Ten or more years of work under ground, at height, in heat, of great strain or harmful.
    HarmfulWork(Ordinary),
    /// Ten or more years of work, and no longer able to work at all (not by an accident at work).
    UnableToWork(Ordinary),
}

/// The category that somebody would otherwise belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordinary {
    /// See [`Category::Man`].
    Man,
    /// See [`Category::WomanInManagementOrProfessionalPost`].
    WomanInManagementOrProfessionalPost,
    /// See [`Category::WomanWorker`].
    WomanWorker,
}

/// One day on which somebody may have to retire, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day.
    pub day: Date,
    /// The age on it, in months.
    pub age_months: i32,
    /// How sure it is.
    pub standing: Standing,
    /// The document and article.
    pub basis: &'static str,
    /// What it means for the person, in Chinese.
    pub note: &'static str,
}

/// How sure a [`Reading`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The rule itself.
    Rule,
    /// Only if the person applies for it.
    OwnApplication,
    /// No document that confirms it is known: ask the unit.
    Unconfirmed,
    /// Only if the labour authority finds that the conditions are met.
    NeedsRuling,
}

/// A window of days to choose from; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Experts whose retirement may be put off (国发〔1983〕141号 第二条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeniorExpert {
    /// 副教授, 副研究员 and titles of that level.
    Associate,
    /// 教授, 研究员 and titles of that level.
    Full,
}

/// How far retirement may be put off, and who allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The highest age, in years.
    pub highest_age: i32,
    /// Whose approval it needs.
    pub approver: &'static str,
    /// What else it brings.
    pub note: &'static str,
    /// The document and article.
    pub basis: &'static str,
}

/// From this day on the ages move.
const REFORM: (i32, u32, u32) = (2025, 1, 1);
const REFORM_BASIS: &str = "国务院关于渐进式延迟法定退休年龄的办法第一条";
const SENIOR_WOMEN_BASIS: &str = "组通字〔2015〕14号第一、二条";
const EARLY_WORK_BASIS: &str = "国发〔1978〕104号，国务院关于工人退休、退职的暂行办法第一条";

/// Every day on which somebody of this category may have to retire, the most certain first.
#[must_use]
pub fn readings(category: Category, birth: Date) -> Vec<Reading> {
    match category {
        Category::Man => vec![by_row(&MEN, birth)],
        Category::WomanInManagementOrProfessionalPost => vec![by_row(&WOMEN_55, birth)],
        Category::WomanWorker => vec![by_row(&WOMEN_50, birth)],
        Category::SeniorWomanInPublicBody => vec![
            Reading {
                standing: Standing::Rule,
                basis: SENIOR_WOMEN_BASIS,
                note: "机关事业单位的县处级女干部和有高级职称的女同志，规定的退休年龄是60周岁",
                ..at(MEN.base_months, birth)
            },
            Reading {
                standing: Standing::OwnApplication,
                basis: SENIOR_WOMEN_BASIS,
                note: "本人申请，可以按原来55周岁这一类退休",
                ..by_row(&WOMEN_55, birth)
            },
            Reading {
                standing: Standing::Unconfirmed,
                note: "60周岁会不会也随男职工逐步延迟，没有确认的文件，请问单位人事部门",
                ..by_row(&MEN, birth)
            },
        ],
        Category::HarmfulWork(ordinary) => early_readings(
            ordinary,
            birth,
            55,
            "从事井下、高空、高温、特别繁重或者有害健康的工作满十年的，要由人社部门审核认定",
        ),
        Category::UnableToWork(ordinary) => early_readings(
            ordinary,
            birth,
            50,
            "完全丧失劳动能力（不是因工伤）并且连续工龄满十年的，要由劳动能力鉴定机构和人社部门认定",
        ),
    }
}

/// Months of delay for somebody born in the month of `birth`.
#[must_use]
pub fn delay_months(row: &Row, birth: Date) -> i32 {
    let (year, month, _) = birth.ymd();
    let since = year * 12 + i32::try_from(month).unwrap_or(1) - 1 - row.first_month;
    if since < 0 {
        0
    } else {
        (since / row.step + 1).min(row.cap)
    }
}

/// The age of retirement in months.
#[must_use]
pub fn age_months(row: &Row, birth: Date) -> i32 {
    row.base_months + delay_months(row, birth)
}

/// The day on which that age is reached; a birthday on the 31st counts as the last day of a
/// shorter month.
#[must_use]
pub fn day(row: &Row, birth: Date) -> Date {
    birth.add_months(i64::from(age_months(row, birth)))
}

/// The days to choose from for retiring early (弹性提前退休): at most three years before the
/// statutory day, not before the original age. `None` where that leaves no day.
#[must_use]
pub fn early_window(row: &Row, birth: Date) -> Option<Window> {
    let months = age_months(row, birth);
    let first = birth.add_months(i64::from(row.base_months.max(months - 36)));
    let last = day(row, birth).add_days(-1);
    (first <= last).then_some(Window { first, last })
}

/// The days to agree on for retiring late (弹性延迟退休): at most three years after the statutory
/// day. `None` for somebody whose statutory day came before the reform.
///
/// Not for civil servants, leaders of state bodies and enterprises, and other managers.
#[must_use]
pub fn late_window(row: &Row, birth: Date) -> Option<Window> {
    let statutory = day(row, birth);
    if statutory.ymd() < REFORM {
        return None;
    }
    Some(Window {
        first: statutory.add_days(1),
        last: birth.add_months(i64::from(age_months(row, birth) + 36)),
    })
}

/// The last day to tell the unit, in writing, of a chosen early day: three calendar months before
/// it (94号).
#[must_use]
pub fn early_notice_by(chosen: Date) -> Date {
    chosen.add_months(-3)
}

/// The last day to agree with the unit, in writing, to retire late: one month before the statutory
/// day (94号).
#[must_use]
pub fn late_agreement_by(statutory: Date) -> Date {
    statutory.add_months(-1)
}

/// The least months of paid contributions for a monthly pension (办法第二条), by a calendar year:
/// for retiring early the year chosen, otherwise the year of the statutory day, also when it is
/// put off (94号第七条).
#[must_use]
pub fn contribution_months(year: i32) -> i32 {
    (180 + year.saturating_sub(2029).max(0).saturating_mul(6)).min(240)
}

/// How far the retirement of a senior expert may be put off where the work needs it.
#[must_use]
pub fn extension(expert: SeniorExpert) -> Extension {
    let (highest_age, approver) = match expert {
        SeniorExpert::Associate => (65, "上一级主管机关"),
        SeniorExpert::Full => (70, "省级人民政府或者中央、国家机关的部委"),
    };
    Extension {
        highest_age,
        approver,
        note: "到规定年龄时要免去行政领导职务或者管理职务；杰出的高级专家由国务院批准暂缓退休",
        basis: "国发〔1983〕141号第二条、第三条",
    }
}

impl Extension {
    /// The day on which the highest age is reached.
    #[must_use]
    pub fn last_day(&self, birth: Date) -> Date {
        birth.add_months(i64::from(self.highest_age) * 12)
    }
}

/// An age as the tables write it: `60岁8个月`, `61岁`.
#[must_use]
pub fn age_text(months: i32) -> String {
    match (months / 12, months % 12) {
        (years, 0) => format!("{years}岁"),
        (years, months) => format!("{years}岁{months}个月"),
    }
}

fn by_row(row: &Row, birth: Date) -> Reading {
    Reading {
        basis: REFORM_BASIS,
        note: row.label,
        ..at(age_months(row, birth), birth)
    }
}

fn at(age_months: i32, birth: Date) -> Reading {
    Reading {
        day: birth.add_months(i64::from(age_months)),
        age_months,
        standing: Standing::Rule,
        basis: "",
        note: "",
    }
}

/// The ordinary day, and an earlier one that needs a ruling: men at `age_of_men`, women at 45.
fn early_readings(
    ordinary: Ordinary,
    birth: Date,
    age_of_men: i32,
    note: &'static str,
) -> Vec<Reading> {
    let (row, age) = match ordinary {
        Ordinary::Man => (&MEN, age_of_men),
        Ordinary::WomanInManagementOrProfessionalPost => (&WOMEN_55, 45),
        Ordinary::WomanWorker => (&WOMEN_50, 45),
    };
    vec![
        by_row(row, birth),
        Reading {
            standing: Standing::NeedsRuling,
            basis: EARLY_WORK_BASIS,
            note,
            ..at(age * 12, birth)
        },
    ]
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn check(category: Category, birth: &str, expected: Expect) {
        let lines: Vec<String> = readings(category, date(birth))
            .iter()
            .map(|reading| {
                format!(
                    "{} {} {:?} {} {}",
                    reading.day,
                    age_text(reading.age_months),
                    reading.standing,
                    reading.basis,
                    reading.note
                )
            })
            .collect();
        expected.assert_eq(&(lines.join("\n") + "\n"));
    }

    #[test]
    fn each_category_has_its_days_and_their_legal_basis() {
        check(
            Category::Man,
            "1967-05-12",
            expect![[r#"
            2028-01-12 60岁8个月 Rule 国务院关于渐进式延迟法定退休年龄的办法第一条 男职工，原法定退休年龄60周岁
        "#]],
        );
        check(
            Category::WomanInManagementOrProfessionalPost,
            "1975-10-01",
            expect![[r#"
                2032-04-01 56岁6个月 Rule 国务院关于渐进式延迟法定退休年龄的办法第一条 女职工，原法定退休年龄55周岁
            "#]],
        );
        check(
            Category::WomanWorker,
            "1984-11-30",
            expect![[r#"
            2039-11-30 55岁 Rule 国务院关于渐进式延迟法定退休年龄的办法第一条 女职工，原法定退休年龄50周岁
        "#]],
        );
        check(
            Category::SeniorWomanInPublicBody,
            "1970-03-31",
            expect![[r#"
            2030-03-31 60岁 Rule 组通字〔2015〕14号第一、二条 机关事业单位的县处级女干部和有高级职称的女同志，规定的退休年龄是60周岁
            2025-04-30 55岁1个月 OwnApplication 组通字〔2015〕14号第一、二条 本人申请，可以按原来55周岁这一类退休
            2031-07-31 61岁4个月 Unconfirmed 国务院关于渐进式延迟法定退休年龄的办法第一条 60周岁会不会也随男职工逐步延迟，没有确认的文件，请问单位人事部门
        "#]],
        );
        check(
            Category::HarmfulWork(Ordinary::Man),
            "1972-02-29",
            expect![[r#"
                2033-12-29 61岁10个月 Rule 国务院关于渐进式延迟法定退休年龄的办法第一条 男职工，原法定退休年龄60周岁
                2027-02-28 55岁 NeedsRuling 国发〔1978〕104号，国务院关于工人退休、退职的暂行办法第一条 从事井下、高空、高温、特别繁重或者有害健康的工作满十年的，要由人社部门审核认定
            "#]],
        );
        check(
            Category::HarmfulWork(Ordinary::WomanWorker),
            "1982-02-28",
            expect![[r#"
                2035-09-28 53岁7个月 Rule 国务院关于渐进式延迟法定退休年龄的办法第一条 女职工，原法定退休年龄50周岁
                2027-02-28 45岁 NeedsRuling 国发〔1978〕104号，国务院关于工人退休、退职的暂行办法第一条 从事井下、高空、高温、特别繁重或者有害健康的工作满十年的，要由人社部门审核认定
            "#]],
        );
        check(
            Category::UnableToWork(Ordinary::WomanInManagementOrProfessionalPost),
            "1980-06-15",
            expect![[r#"
                2038-02-15 57岁8个月 Rule 国务院关于渐进式延迟法定退休年龄的办法第一条 女职工，原法定退休年龄55周岁
                2025-06-15 45岁 NeedsRuling 国发〔1978〕104号，国务院关于工人退休、退职的暂行办法第一条 完全丧失劳动能力（不是因工伤）并且连续工龄满十年的，要由劳动能力鉴定机构和人社部门认定
            "#]],
        );
    }

    #[test]
    fn a_birthday_that_the_month_lacks_counts_as_its_last_day() {
        assert_eq!(day(&MEN, date("1965-01-31")), date("2025-02-28"));
        assert_eq!(day(&MEN, date("1968-01-31")), date("2028-11-30"));
        assert_eq!(day(&WOMEN_50, date("1976-12-31")), date("2027-12-31"));
    }

    #[test]
    fn early_and_late_days_lie_within_three_years() {
        let window = |first, last| {
            Some(Window {
                first: date(first),
                last: date(last),
            })
        };
        // Delay of 8 months: the original age bounds the early window.
        assert_eq!(
            early_window(&MEN, date("1967-05-12")),
            window("2027-05-12", "2028-01-11")
        );
        assert_eq!(
            late_window(&MEN, date("1967-05-12")),
            window("2028-01-13", "2031-01-12")
        );
        // Delay of 60 months: the three years bound it.
        assert_eq!(
            early_window(&WOMEN_50, date("1985-03-31")),
            window("2037-03-31", "2040-03-30")
        );
        // Before the reform nothing moves.
        assert_eq!(early_window(&MEN, date("1964-12-31")), None);
        assert_eq!(late_window(&MEN, date("1964-12-31")), None);
        assert_eq!(early_notice_by(date("2027-05-31")), date("2027-02-28"));
        assert_eq!(late_agreement_by(date("2028-03-31")), date("2028-02-29"));
    }

    #[test]
    fn contributions_grow_by_half_a_year_from_2030_to_2039() {
        let months: Vec<i32> = (2028..=2041).map(contribution_months).collect();
        assert_eq!(
            months,
            [
                180, 180, 186, 192, 198, 204, 210, 216, 222, 228, 234, 240, 240, 240
            ]
        );
    }

    #[test]
    fn senior_experts_may_stay_until_65_or_70() {
        let birth = date("1960-02-29");
        assert_eq!(
            extension(SeniorExpert::Associate).last_day(birth),
            date("2025-02-28")
        );
        assert_eq!(
            extension(SeniorExpert::Full).last_day(birth),
            date("2030-02-28")
        );
    }
}
