//! The random partial answers of one check: the same ones in every run, on any number of cores.

use zige_core::answers::Answers;
use zige_core::evaluator::Evaluator;
use zige_core::ids::FactId;
use zige_core::pack::Pack;
use zige_core::verdict::{Class, Possible};

use crate::draws::Draws;
use crate::partial_answers::{Knowledge, draw_promising_answers};
use crate::reference::Reference;

/// How many values from anywhere join those at the thresholds. Few, because the reference looks for
/// the flips of each comparison of two dates once for each of them.
const ANYWHERE: usize = 40;

/// Where the answers of a check are drawn from.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    pack: &'a Pack,
    seed: u64,
    values: Vec<Vec<i64>>,
}

impl<'a> Cases<'a> {
    /// The cases of a check that begin with a seed.
    #[must_use]
    pub fn new(pack: &'a Pack, reference: &Reference<'_>, seed: u64) -> Cases<'a> {
        let mut draws = Draws::Seeded(seed ^ 0x9001);
        let values = (0..pack.vocabulary.facts.len())
            .map(|position| {
                let fact = FactId(u16::try_from(position).expect("few facts"));
                let mut values = reference.values(fact).to_vec();
                if let [_, low, .., high, _] = *values.as_slice()
                    && high - low > 64
                {
                    values.extend((0..ANYWHERE).map(|_| draws.between(low, high)));
                }
                values
            })
            .collect();
        Cases { pack, seed, values }
    }

    /// One case, and the decisions to go on with.
    #[must_use]
    pub fn draw(&self, evaluator: &Evaluator, case: usize) -> (Answers, Draws) {
        let number = u64::try_from(case).expect("a case");
        let mut draws = Draws::Seeded(self.seed ^ number.wrapping_mul(0xD129_0D3C_55A1_B2F7));
        let knowledge = match case % 5 {
            0 => Knowledge {
                known: 30,
                unknown: 15,
                decided: 15,
            },
            1 => Knowledge {
                known: 70,
                unknown: 10,
                decided: 30,
            },
            2 => Knowledge {
                known: 85,
                unknown: 15,
                decided: 10,
            },
            3 => Knowledge {
                known: 93,
                unknown: 4,
                decided: 40,
            },
            _ => Knowledge {
                known: 99,
                unknown: 1,
                decided: 20,
            },
        };
        let ineligible = Possible::only(Class::Ineligible);
        let dashed = |answers: &Answers| {
            let possible = evaluator.possible(self.pack, answers);
            possible == ineligible || possible.is_empty()
        };
        let near = |fact: FactId| self.values[fact.index()].clone();
        let answers = draw_promising_answers(self.pack, &near, knowledge, &dashed, &mut draws);
        (answers, draws)
    }
}
