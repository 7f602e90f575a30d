//! JSON at the edge of Zige: answers in; reports, facts, articles and blocks out.
//!
//! What is written is canonical: keys in a fixed order, no floats, two spaces of indentation. The
//! same input gives the same bytes on every machine, from the command line and from npm alike.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test may stop where it stands"
    )
)]

mod answers;
mod articles;
mod blocks;
mod facts;
mod list;
mod nearest;
mod own_data;
mod report;
mod rule;
mod value;

pub use answers::{
    AnswerLoadError, MOST_BYTES, MOST_RECORDS, Mistake, answers_from_json, answers_to_json,
    contradiction,
};
pub use articles::{ArticleJson, articles};
pub use blocks::{
    AttachmentJson, BlockDetail, BlockJson, CaseJson, DeadlineWhenJson, FieldJson, GradeRowJson,
    NamedJson, RequirementJson, ShownJson, StepJson, show,
};
pub use facts::{FactJson, OptionJson, RangeJson, SectionJson, facts};
pub use list::{CheckJson, PackJson, PeriodJson, ProgrammePeriodsJson, ReplacedJson, listed};
pub use nearest::{did_you_mean, nearest};
pub use own_data::{OWN_DATA_VERSION, OwnData, own_data_from_json, own_data_to_json};
pub use report::{
    BecauseJson, ChangeJson, ConditionJson, FactValueJson, MaterialJson, MissingJson, NextCaseJson,
    NextStepJson, PointJson, ProgrammeStateJson, ReportJson, Subject, WindowJson, WitnessJson,
    because, changes, report, whole_report, windows,
};
pub use rule::rule_text;
pub use value::{ObjectJson, ValueJson};

use serde::Serialize;

/// The canonical text of a value of this crate, without a line end.
#[must_use]
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    // Strings as keys and whole numbers cannot fail to serialise.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
