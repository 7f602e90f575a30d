//! Typed indices into the tables of one [`Pack`](crate::pack::Pack).

use serde::{Deserialize, Serialize};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl $name {
            /// The position in the table that this index points into.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

index!(
    /// A scale or code list in [`Vocabulary::choices`](crate::pack::Vocabulary).
    ChoiceId
);
index!(
    /// A fact in [`Vocabulary::facts`](crate::pack::Vocabulary).
    FactId
);
index!(
    /// A staged schedule (such as the statutory retirement ages) in the vocabulary.
    ScheduleId
);
index!(
    /// A node in [`Pack::nodes`](crate::pack::Pack).
    NodeId
);
index!(
    /// A point (open decision) in [`Pack::points`](crate::pack::Pack).
    PointId
);
index!(
    /// A condition in [`Pack::conditions`](crate::pack::Pack).
    ConditionId
);
index!(
    /// A check in [`Pack::checks`](crate::pack::Pack).
    CheckId
);
index!(
    /// An article or numbered item in [`Pack::articles`](crate::pack::Pack).
    ArticleId
);
