//! What an ID number tells, and whether it fits the answers.

use zige_china::id_number::{self, IdNumber};
use zige_china::lists::Sex;
use zige_core::answers::{Answer, Answers};
use zige_core::date::Date;
use zige_core::ids::FactId;
use zige_core::pack::{FactKind, Pack};

/// The answers that a number gives to the facts of a pack.
///
/// # Errors
/// What is wrong with the number, for the person.
pub fn answers_from(pack: &Pack, number: &str, on: Date) -> Result<Vec<(FactId, Answer)>, String> {
    let number = id_number::parse(number, on).map_err(|error| error.advice())?;
    let text = Answer::Text(number.as_str().to_owned());
    Ok([
        find(pack, "birth_date").map(|fact| (fact, Answer::day(number.birth()))),
        sex(pack, &number),
        find(pack, "id_number").map(|fact| (fact, text)),
    ]
    .into_iter()
    .flatten()
    .collect())
}

/// Whether a fact is filled by an ID number.
#[must_use]
pub fn fills(pack: &Pack, fact: FactId) -> bool {
    ["birth_date", "sex"]
        .iter()
        .any(|id| find(pack, id) == Some(fact))
}

/// What does not fit between the ID number and the other answers: a warning, not an error, because
/// a personnel file may rightly say something else.
#[must_use]
pub fn warning(pack: &Pack, answers: &Answers, on: Date) -> Option<String> {
    let fact = find(pack, "id_number")?;
    let Answer::Text(number) = answers.get(fact) else {
        return None;
    };
    let number = match id_number::parse(number, on) {
        Ok(number) => number,
        Err(error) => return Some(format!("身份证号：{}", error.advice())),
    };
    let birth = find(pack, "birth_date").map(|fact| answers.get(fact));
    let same_birth = match birth {
        Some(Answer::Value(day)) => number.birth().days() == *day,
        Some(Answer::Month { first, last }) => (*first..=*last).contains(&number.birth()),
        _ => true,
    };
    let same_sex = match sex(pack, &number) {
        Some((fact, from_number)) => {
            !matches!(answers.get(fact), Answer::Value(_)) || *answers.get(fact) == from_number
        }
        None => true,
    };
    let differs = match (same_birth, same_sex) {
        (true, true) => return None,
        (false, true) => "出生日期",
        (true, false) => "性别",
        (false, false) => "出生日期和性别",
    };
    Some(format!(
        "您填的{differs}与身份证号码上的不一样，请核对。如果档案上确实不同，以单位认定的为准，可以继续。"
    ))
}

fn sex(pack: &Pack, number: &IdNumber) -> Option<(FactId, Answer)> {
    let fact = find(pack, "sex")?;
    let FactKind::Choice(choice) = pack.vocabulary.facts.get(fact.index())?.kind else {
        return None;
    };
    let name = match number.sex() {
        Sex::Male => "男",
        Sex::Female => "女",
    };
    let options = &pack.vocabulary.choices.get(choice.index())?.options;
    let position = options.iter().position(|option| option == name)?;
    Some((fact, Answer::Value(i64::try_from(position).ok()?)))
}

/// The vocabulary gives these facts the same ids in every pack.
fn find(pack: &Pack, id: &str) -> Option<FactId> {
    let position = pack
        .vocabulary
        .facts
        .iter()
        .position(|fact| fact.id == id)?;
    Some(super::fact_id(position))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    const NUMBER: &str = "11010519491231002x";

    #[test]
    fn a_number_gives_date_of_birth_and_sex() {
        let pack = sample::pack();
        let given = answers_from(&pack, NUMBER, sample::today()).unwrap();
        let birth = Date::new(1949, 12, 31).unwrap();
        assert_eq!(
            given,
            [
                (sample::fact(&pack, "birth_date"), Answer::day(birth)),
                (sample::fact(&pack, "sex"), Answer::Value(1)),
                (
                    sample::fact(&pack, "id_number"),
                    Answer::Text("11010519491231002X".into())
                ),
            ]
        );
    }

    #[test]
    fn a_wrong_number_is_explained() {
        let pack = sample::pack();
        assert!(answers_from(&pack, "110105194912310021", sample::today()).is_err());
        assert!(answers_from(&pack, "", sample::today()).is_err());
    }

    #[test]
    fn a_mismatch_is_a_warning() {
        let pack = sample::pack();
        let mut answers = Answers::new(&pack);
        for (fact, answer) in answers_from(&pack, NUMBER, sample::today()).unwrap() {
            answers.set(&pack, fact, answer).unwrap();
        }
        assert_eq!(warning(&pack, &answers, sample::today()), None);
        let birth = sample::fact(&pack, "birth_date");
        let other = Answer::day(Date::new(1950, 1, 1).unwrap());
        answers.set(&pack, birth, other).unwrap();
        let said = warning(&pack, &answers, sample::today()).unwrap();
        assert!(said.contains("出生日期与身份证号码"), "{said}");
    }
}
