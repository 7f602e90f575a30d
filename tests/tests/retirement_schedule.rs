//! The vocabulary's `schedule retirement` says the same as `zige_china::retirement`.

use std::path::Path;

use zige_china::retirement::ROWS;
use zige_core::pack::{Schedule, ScheduleRow};

#[test]
fn the_schedule_of_the_vocabulary_is_the_table_of_the_law() {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    let compiled = zige_pack::compile_dir(&policies).unwrap_or_else(|errors| panic!("{errors}"));
    let schedules: Vec<&Schedule> = compiled
        .packs
        .iter()
        .flat_map(|pack| &pack.vocabulary.schedules)
        .filter(|schedule| schedule.id == "retirement")
        .collect();
    assert!(!schedules.is_empty(), "no policy uses the schedule");
    for schedule in schedules {
        let rows: Vec<ScheduleRow> = ROWS
            .iter()
            .map(|row| ScheduleRow {
                id: row.id.to_owned(),
                label: row.label.to_owned(),
                base_months: row.base_months,
                first_month: row.first_month,
                step: row.step,
                cap: row.cap,
            })
            .collect();
        assert_eq!(schedule.rows, rows);
    }
}
