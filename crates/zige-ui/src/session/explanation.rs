//! Why a verdict is what it is, and what follows from it.

use zige_core::answers::Answers;
use zige_core::evaluator::{Evaluator, truth};
use zige_core::pack::Pack;
use zige_core::report::{Because, Changes, Material, NextStep, Window};
use zige_core::verdict::{Class, Possible};
use zige_core::windows::windows;

/// Everything on the result page that is only worked out when it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The conditions that fix the verdict.
    pub because: Because,
    /// What would make it better.
    pub changes: Changes,
    /// The proofs to bring.
    pub materials: Vec<Material>,
    /// Where to go.
    pub steps: Vec<NextStep>,
    /// When the verdict changes while the answers stay the same.
    pub windows: Vec<Window>,
    /// Positions of the benefits that can come, and whether each certainly does.
    pub entitlements: Vec<(usize, bool)>,
}

impl Explanation {
    pub(super) fn of(pack: &Pack, evaluator: &Evaluator, answers: &Answers) -> Explanation {
        let (check, on) = (evaluator.check_id(), evaluator.on());
        let earned = |when: Option<_>| {
            when.map_or(Possible::only(Class::Eligible), |rule| {
                truth(pack, rule, on, answers)
            })
        };
        let entitlements = pack
            .entitlements
            .iter()
            .enumerate()
            .filter(|(_, one)| one.check.is_none_or(|own| own == check))
            .map(|(position, one)| (position, earned(one.when)))
            .filter(|(_, possible)| possible.single() != Some(Class::Ineligible))
            .map(|(position, possible)| (position, possible.single() == Some(Class::Eligible)))
            .collect();
        Explanation {
            because: evaluator.because(pack, answers),
            changes: evaluator.changes(pack, answers),
            materials: evaluator.materials(pack, answers),
            steps: evaluator.steps(pack, answers),
            // The check exists and its diagram fits, or there would be no evaluator.
            windows: windows(pack, check, answers, on).unwrap_or_default(),
            entitlements,
        }
    }
}
