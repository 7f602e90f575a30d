//! Packs and their checks.

use serde::Serialize;
use zige_core::date::Date;
use zige_core::ids::ArticleId;
use zige_core::pack::{Interval, Pack, Programme, Who};

/// A pack, as `zige list` tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackJson {
    /// Its id: the policy text's file name without its ending.
    pub id: String,
    /// The policy's title.
    pub title: String,
    /// A short name.
    pub short: String,
    /// What the programme offers and to whom.
    pub summary: String,
    /// The issuing offices.
    pub issuer: String,
    /// The place whose people it concerns.
    pub region: String,
    /// The version of the text.
    pub version: String,
    /// The compiled pack's SHA-256, in hexadecimal digits.
    pub pack_hash: String,
    /// When it is in force and takes applications.
    pub programme: ProgrammePeriodsJson,
    /// Who is checked for what.
    pub checks: Vec<CheckJson>,
}

/// The periods of a programme; an end that is not known is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammePeriodsJson {
    /// Whether it is a draft for comment.
    pub draft: bool,
    /// When the text is in force.
    pub force: PeriodJson,
    /// When applications are taken.
    pub applications: PeriodJson,
    /// What replaces it.
    pub replaced: Option<ReplacedJson>,
    /// The article that sets the periods.
    pub article: Option<String>,
    /// What to tell people about its state; may be empty.
    pub remark: String,
}

/// First and last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeriodJson {
    /// `YYYY-MM-DD`.
    pub from: Option<String>,
    /// `YYYY-MM-DD`.
    pub to: Option<String>,
}

/// What replaces a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplacedJson {
    /// From when on.
    pub on: String,
    /// The text that takes its place.
    pub by: String,
}

/// One check of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckJson {
    /// English id.
    pub id: String,
    /// The role, in Chinese.
    pub label: String,
    /// What is checked, as a question.
    pub question: String,
    /// `person` or `unit`.
    pub who: Who,
    /// Where it stands.
    pub article: String,
}

/// One pack as JSON.
#[must_use]
pub fn listed(pack: &Pack, pack_hash: &str) -> PackJson {
    PackJson {
        id: pack.id.clone(),
        title: pack.title.clone(),
        short: pack.short.clone(),
        summary: pack.summary.clone(),
        issuer: pack.issuer.clone(),
        region: pack.region.clone(),
        version: pack.version.clone(),
        pack_hash: pack_hash.to_owned(),
        programme: periods(pack, &pack.programme),
        checks: pack
            .checks
            .iter()
            .map(|check| CheckJson {
                id: check.id.clone(),
                label: check.label.clone(),
                question: check.question.clone(),
                who: check.who,
                article: article_name(pack, check.article),
            })
            .collect(),
    }
}

/// An article's name; empty when there is none.
pub(crate) fn article_name(pack: &Pack, article: ArticleId) -> String {
    pack.articles
        .get(article.index())
        .map(|article| article.name.clone())
        .unwrap_or_default()
}

fn periods(pack: &Pack, programme: &Programme) -> ProgrammePeriodsJson {
    ProgrammePeriodsJson {
        draft: programme.draft,
        force: period(programme.force),
        applications: period(programme.applications),
        replaced: programme.replaced.as_ref().map(|(on, by)| ReplacedJson {
            on: on.to_string(),
            by: by.clone(),
        }),
        article: programme.article.map(|article| article_name(pack, article)),
        remark: programme.remark.clone(),
    }
}

fn period(interval: Interval) -> PeriodJson {
    PeriodJson {
        from: interval.from.map(|day: Date| day.to_string()),
        to: interval.to.map(|day: Date| day.to_string()),
    }
}
