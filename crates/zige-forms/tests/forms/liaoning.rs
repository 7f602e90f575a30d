//! The Liaoning policy's recommendation form, compiled from its document.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use zige_core::answers::{Answer, Answers, Records};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{FactKind, Form, Pack};
use zige_forms::{FilledForm, Filling};

pub type Said = (Answers, BTreeMap<String, String>);

pub fn pack() -> Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(compiled);
    PACK.clone()
}

fn compiled() -> Pack {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let compiled =
        zige_pack::compile_dir(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let mut packs = compiled.packs.into_iter();
    packs
        .find(|pack| pack.id == "liaoning-minority-professionals-draft")
        .unwrap()
}

pub fn form(pack: &Pack) -> &Form {
    pack.forms
        .iter()
        .find(|form| form.id == "recommendation")
        .unwrap()
}

pub fn fill(pack: &Pack, (answers, fields): &Said) -> FilledForm {
    let filling = Filling {
        pack,
        pack_hash: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        form: form(pack),
        answers,
        fields,
        on: Date::parse("2026-11-21").unwrap(),
    };
    filling.fill()
}

/// Answers as the command line takes them: dates, options by their term, yes/no, texts.
struct Saying<'a> {
    pack: &'a Pack,
    answers: Answers,
}

impl Saying<'_> {
    fn fact(&self, id: &str) -> FactId {
        let position = self
            .pack
            .vocabulary
            .facts
            .iter()
            .position(|fact| fact.id == id);
        FactId(u16::try_from(position.unwrap_or_else(|| panic!("no fact {id}"))).unwrap())
    }

    fn answer(&self, id: &str, text: &str) -> Answer {
        let fact = &self.pack.vocabulary.facts[self.fact(id).index()];
        match &fact.kind {
            FactKind::YesNo => Answer::yes_no(text == "是"),
            FactKind::Choice(choice) => {
                let options = &self.pack.vocabulary.choices[choice.index()].options;
                let position = options.iter().position(|option| option == text);
                let position =
                    position.unwrap_or_else(|| panic!("{id}: {text} is none of {options:?}"));
                Answer::Value(i64::try_from(position).unwrap())
            }
            FactKind::Date { .. } => Answer::day(Date::parse(text).unwrap()),
            _ => Answer::Text(text.to_owned()),
        }
    }

    fn say(&mut self, id: &str, text: &str) {
        let answer = self.answer(id, text);
        let fact = self.fact(id);
        self.answers.set(self.pack, fact, answer).unwrap();
    }

    fn list(&mut self, id: &str, columns: &[&str], rows: &[&[&str]]) {
        let row = |row: &&[&str]| {
            columns
                .iter()
                .zip(*row)
                .map(|(id, text)| (self.fact(id), self.answer(id, text)))
                .collect()
        };
        let records = Records {
            rows: rows.iter().map(row).collect(),
            complete: true,
        };
        let fact = self.fact(id);
        self.answers
            .set(self.pack, fact, Answer::Records(records))
            .unwrap();
    }
}

/// Somebody who has answered everything.
pub fn complete(pack: &Pack) -> Said {
    let mut person = Saying {
        pack,
        answers: Answers::new(pack),
    };
    for (id, text) in [
        ("full_name", "示例甲"),
        ("sex", "女"),
        ("birth_date", "1983-03-07"),
        ("ethnicity", "满族"),
        ("political_status", "中共党员"),
        ("native_place", "辽宁凤城"),
        ("work_start", "2006-08-01"),
        ("health_status", "健康"),
        ("title_level", "中级"),
        ("education", "大学本科"),
        ("degree", "学士"),
        ("title_obtained", "2014-11-20"),
        ("title_name", "主治医师"),
        ("speciality", "心血管内科"),
        ("school_and_major", "中国医科大学临床医学专业"),
        ("phone", "13900000000"),
        ("id_number", "210682198303070026"),
        ("unit_kind", "事业单位"),
        ("unit_name", "凤城市某某中心医院"),
        ("post", "心血管内科副主任"),
        ("unit_place", "凤城市"),
        ("retirement_category", "女职工，管理或者专业技术岗位"),
        ("standard_chinese", "是"),
        ("computer_skills", "是"),
        ("fit_for_training", "是"),
        ("management_work", "否"),
        ("special_training_record", "没有参加过"),
    ] {
        person.say(id, text);
    }
    person.list(
        "education_history",
        &["study_period", "study_school", "study_result"],
        &[
            &["1998.09—2001.07", "凤城市第一中学", "高中"],
            &["2001.09—2006.07", "中国医科大学临床医学专业", "本科、学士"],
        ],
    );
    person.list(
        "work_history",
        &["job_period", "job_unit", "job_post"],
        &[
            &["2006.08—2012.06", "凤城市某某乡镇卫生院", "住院医师"],
            &[
                "2012.07—2019.12",
                "凤城市某某中心医院心血管内科",
                "住院医师、主治医师",
            ],
            &[
                "2020.01—至今",
                "凤城市某某中心医院心血管内科",
                "主治医师、科室副主任",
            ],
        ],
    );
    person.list(
        "achievements",
        &[
            "achievement_time",
            "achievement_name",
            "achievement_recognition",
            "achievement_part",
        ],
        &[
            &[
                "2021.05",
                "基层高血压分级诊疗中全科医生与专科医生协作模式的实践研究",
                "《某某医学杂志》2021年第5期",
                "第一作者",
            ],
            &[
                "2023.11",
                "县域胸痛救治单元建设",
                "某市卫生健康委员会，科技进步三等奖",
                "主要完成人",
            ],
        ],
    );
    let fields = [
        ("family_contact", "示例乙，配偶，13900000001"),
        ("study_wish", "心血管介入诊疗"),
        (
            "study_goal",
            "掌握冠状动脉造影和急诊介入的基本技术，回到本院后能够独立开展冠脉造影。\n建立县域胸痛救治流程，使急性心肌梗死患者不出县就能得到及时救治。",
        ),
    ];
    (
        person.answers,
        fields
            .map(|(id, text)| (id.to_owned(), text.to_owned()))
            .into(),
    )
}

/// Somebody who has only answered what the check asked, knows the month of birth and not the title.
pub fn sparse(pack: &Pack) -> Said {
    let mut person = Saying {
        pack,
        answers: Answers::new(pack),
    };
    for (id, text) in [
        ("ethnicity", "蒙古族"),
        ("unit_place", "北镇市"),
        ("work_start", "2011-07-01"),
    ] {
        person.say(id, text);
    }
    let (first, last) = Date::parse_month("1988-02").unwrap();
    for (id, answer) in [
        ("birth_date", Answer::Month { first, last }),
        ("title_level", Answer::Unknown),
        (
            "achievements",
            Answer::Records(Records {
                rows: Vec::new(),
                complete: true,
            }),
        ),
    ] {
        let fact = person.fact(id);
        person.answers.set(pack, fact, answer).unwrap();
    }
    (person.answers, BTreeMap::new())
}
