use std::collections::BTreeMap;
use zige_tests::{draws::Draws, shapes::compare_one, small_packs::Shape};
fn main() {
    let args: Vec<u64> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    let (from, count, kind) = (args[0], args[1], args[2]);
    let shape = Shape { narrow: kind != 1, records: kind == 2 };
    let mut kinds: BTreeMap<String, (usize, u64, String)> = BTreeMap::new();
    let mut refused = 0;
    for seed in from..from + count {
        let outcome = compare_one(&mut Draws::Seeded(seed.wrapping_mul(0x1234_5678_9abc_def1)), shape);
        refused += usize::from(outcome.refused);
        for d in &outcome.differences {
            let key: String = d.chars().take_while(|c| !c.is_ascii_digit() && *c != '{' && *c != '[' && *c != '(').take(30).collect();
            let text = format!("{d}\n{}", outcome.description);
            let entry = kinds.entry(key).or_insert((0, seed, text.clone()));
            entry.0 += 1;
            if text.len() < entry.2.len() { entry.1 = seed; entry.2 = text; }
        }
    }
    println!("refused {refused}");
    for (k, (n, seed, text)) in kinds { println!("=== {k}: {n} (seed {seed})\n{text}"); }
}
