//! Sorting short lists.
//!
//! The standard library's sorts are made for long ones and cost a module 5 KB for each type; the
//! lists here have tens of items, often already in order.

/// Sorts in place, keeping the order of equals.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, &|a, b| a < b);
}

/// Sorts in place by what comes before what, keeping the order of equals.
pub(crate) fn sort_by<T>(items: &mut [T], before: &dyn Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let place = match items.split_at(end) {
            (sorted, [item, ..]) => sorted.partition_point(|other| !before(item, other)),
            (_, []) => end,
        };
        for right in (place.saturating_add(1)..=end).rev() {
            items.swap(right, right.saturating_sub(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(items in prop::collection::vec(0_u8..9, 0..40)) {
            let mut sorted: Vec<(u8, usize)> = items.into_iter().zip(0..).collect();
            let mut expected = sorted.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by(&mut sorted, &|a, b| a.0 < b.0);
            prop_assert_eq!(sorted, expected);
        }
    }
}
