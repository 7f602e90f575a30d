//! A form's data through its QR codes.

use std::sync::LazyLock;

use expect_test::expect;
use proptest::prelude::*;
use zige_forms::data::FormData;
use zige_forms::qr::{self, HandOverError};

use crate::everyone::{complete, forms};
use crate::{everyone, liaoning};

fn scanned(data: &FormData) -> Vec<String> {
    let codes = qr::codes(data, None).unwrap();
    codes.into_iter().map(|code| code.text).collect()
}

#[test]
fn every_form_of_every_pack_comes_back_from_its_codes() {
    let mut seen = 0;
    for (pack, form) in forms() {
        for seed in 0..20 {
            let said = complete(pack, form, seed);
            let data = FormData::of(&said.filling(pack, form));
            let mut texts = scanned(&data);
            texts.reverse();
            let back = qr::read(&texts.join("\r\n")).unwrap();
            assert_eq!(back, data);
            let reading = back.read(pack);
            assert_eq!(reading.remarks, [], "{} {}", pack.id, form.id);
            assert_eq!(reading.answers, said.answers, "{} {}", pack.id, form.id);
            assert_eq!(
                reading
                    .fields
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>(),
                said.fields
            );
            assert_eq!(
                (reading.pack, reading.form),
                (pack.id.clone(), form.id.clone())
            );
            seen += 1;
        }
    }
    assert!(seen >= 20);
}

fn liaoning_data() -> FormData {
    static DATA: LazyLock<FormData> = LazyLock::new(|| {
        let pack = liaoning::pack();
        let (answers, fields) = liaoning::complete(&pack);
        let said = everyone::Said { answers, fields };
        FormData::of(&said.filling(&pack, liaoning::form(&pack)))
    });
    DATA.clone()
}

#[test]
fn a_complete_recommendation_takes_a_few_codes() {
    let codes = qr::codes(&liaoning_data(), None).unwrap();
    let told: Vec<String> = codes
        .iter()
        .map(|code| {
            format!(
                "{}/{} {}×{} {}",
                code.number,
                code.count,
                code.side,
                code.side,
                code.text.len()
            )
        })
        .collect();
    expect![[r#"
        1/3 81×81 1023
        2/3 81×81 1023
        3/3 81×81 1018"#]]
    .assert_eq(&told.join("\n"));
    expect!["944310028477404137177105725274340414613180749990468803656004792546067473100585405789966710545048161594201555765641310738035069809684151478584034920699083660830064219314297344926273198965835462240731874323394444536843083495910365011644960396626708931048554792612805422215994642116240790333481783137270050465514222375702353263344408091282711594647294242831937021362689138568575204943417366843751679696704279501261644191252847196037949664703944931574215052583069437341779876289242208425918517499552561156762304046482471946166145385513758648063182982196031513008251491023479556870169988818560324590914628260630007084300716295225854360230940513661356884325108023089004951155970219516189211122817794145463822501415345363986255916516984968686730464077437050666261714620592703356232968600935333545452913980408440333648641084315785331557546139150964240881664576277050765484427389230108985992165108924337083308378573204217593714692802776412166060935666524838266911324266870930285228850357432355752909326190004963224972003324669958281"].assert_eq(&codes[0].text);
}

#[test]
fn an_address_stands_before_the_digits_and_is_left_out_again() {
    let data = liaoning_data();
    let codes = qr::codes(&data, Some("https://example.org/zige/")).unwrap();
    assert!(codes.iter().all(|code| {
        code.text
            .starts_with("https://example.org/zige/#hand-over=94431")
    }));
    let texts: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
    assert_eq!(qr::read(&texts.join(" ")).unwrap(), data);
    for address in [
        "https://example.org/#a",
        "https://example.org/ 资格",
        &"a".repeat(121),
    ] {
        assert!(qr::codes(&data, Some(address)).is_err(), "{address}");
    }
}

#[test]
fn each_mistake_has_its_message() {
    let data = liaoning_data();
    let texts = scanned(&data);
    let other = scanned(&FormData {
        form: "another".to_owned(),
        ..data.clone()
    });
    let told = |texts: &[&str]| qr::read(&texts.join("\n")).unwrap_err().to_string();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let changed = format!(
        "{}{}",
        &texts[0][..40],
        texts[0][40..].replacen('1', "2", 1)
    );
    let newer = texts[0].replacen("94431", "94432", 1);
    let messages = [
        told(&[]),
        told(&["https://example.org/"]),
        told(&["6901234567892"]),
        told(&[&newer]),
        told(&[&changed]),
        told(&[&texts[0][..texts[0].len() - 17]]),
        told(&all[1..]),
        told(&[all[0], &other[1]]),
    ];
    expect![[r#"
        这不是资格自查表格上的二维码
        这不是资格自查表格上的二维码
        这不是资格自查表格上的二维码
        这张表是用更新的版本打印的，请先更新程序再扫描
        这个二维码没有读完整，请再扫一次
        这个二维码没有读完整，请再扫一次
        这张表有3个二维码，还差第1个
        这个二维码是另一张表上的，请把同一张表上的二维码扫完"#]]
    .assert_eq(&messages.join("\n"));
}

#[test]
fn typed_through_a_chinese_input_method_they_are_the_same() {
    let data = liaoning_data();
    let wide: Vec<String> = scanned(&data)
        .iter()
        .map(|text| {
            text.chars()
                .map(|digit| char::from_u32(u32::from(digit) + 0xFEE0).unwrap())
                .collect()
        })
        .collect();
    assert_eq!(qr::read(&wide.join("\n")).unwrap(), data);
}

#[test]
fn a_form_that_is_too_long_has_no_codes() {
    let mut data = liaoning_data();
    let noise: String = (0..30_000_u32)
        .map(|place| char::from_u32(0x4E00 + place.wrapping_mul(2_654_435_761) % 20_000).unwrap())
        .collect();
    data.fields.push(("study_goal".to_owned(), noise));
    assert!(qr::codes(&data, None).is_err());
}

#[test]
fn another_version_of_the_pack_takes_what_it_knows_and_names_the_rest() {
    let mut pack = liaoning::pack();
    let data = liaoning_data();
    for fact in &mut pack.vocabulary.facts {
        if fact.id == "native_place" {
            fact.id = "birthplace".to_owned();
        }
    }
    for set in &mut pack.vocabulary.choices {
        if set.id == "educations" {
            set.options = vec!["本科以下".to_owned(), "本科以上".to_owned()];
        }
    }
    let reading = data.read(&pack);
    let remarks: Vec<String> = reading.remarks.iter().map(ToString::to_string).collect();
    expect![[r#"
        “native_place”写的是“辽宁凤城”：这项政策的表里没有这一项，没有读入
        “学历”写的是“大学本科”：不是可以选的内容，请从选项里选一个"#]]
    .assert_eq(&remarks.join("\n"));
}

proptest! {
    #[test]
    fn whatever_is_scanned_does_no_harm(text in "\\PC{0,60}|(9443[12])?[0-9]{0,200}") {
        if let Err(error) = qr::read(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn one_wrong_digit_is_noticed(place in 0usize..600, digit in 0u8..10) {
        static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| scanned(&liaoning_data()));
        let texts = TEXTS.clone();
        let mut first = texts[0].clone().into_bytes();
        let place = place % first.len();
        prop_assume!(first[place] != b'0' + digit);
        first[place] = b'0' + digit;
        let mut wrong = texts.clone();
        wrong[0] = String::from_utf8(first).unwrap();
        let error = qr::read(&wrong.join("\n")).unwrap_err();
        prop_assert!(matches!(error, HandOverError::Damaged | HandOverError::Newer | HandOverError::NotOurs), "{error:?}");
    }
}
