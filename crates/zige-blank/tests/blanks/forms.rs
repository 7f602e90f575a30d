//! Every form against its key.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use zige_blank::{Choice, Decision, FilledBlank, Options, Place, Side, State, fill, recognise};

use crate::build;
use crate::corpus::{folder, names, source};
use crate::look::{self, At};
use crate::person::{complete, options};

/// Cells with what must stand in them.
fn key(name: &str) -> BTreeMap<At, String> {
    lines_of_key(name, |line| (!line.starts_with('?')).then_some(line))
}

/// Cells that somebody who knows the answers could fill, and that are left to the person.
fn left(name: &str) -> BTreeMap<At, String> {
    lines_of_key(name, |line| line.strip_prefix("? "))
}

/// How many more of them there are, where the key only counts them.
fn more_left(name: &str) -> usize {
    let text = fs::read_to_string(folder().join("forms").join(name).with_extension("key")).unwrap();
    let mut counts = text.lines().filter_map(|line| line.strip_prefix("left "));
    counts.next().map_or(0, |count| count.parse().unwrap())
}

fn lines_of_key(name: &str, wanted: impl Fn(&str) -> Option<&str>) -> BTreeMap<At, String> {
    let text = fs::read_to_string(folder().join("forms").join(name).with_extension("key")).unwrap();
    text.lines()
        .filter(|line| {
            !["#", "option ", "left "]
                .iter()
                .any(|word| line.starts_with(word))
        })
        .filter(|line| !line.is_empty())
        .filter_map(wanted)
        .map(|line| {
            let (place, value) = line.split_once(' ').unwrap();
            let mut numbers = place.split('.').map(|number| number.parse().unwrap());
            let mut next = || numbers.next().unwrap_or(0);
            ((next(), next(), next()), value.replace("\\n", "\n"))
        })
        .collect()
}

/// How this form is filled: `option` lines of its key.
fn options_of(name: &str) -> Options {
    let text = fs::read_to_string(folder().join("forms").join(name).with_extension("key")).unwrap();
    let mut options = options();
    for line in text.lines().filter_map(|line| line.strip_prefix("option ")) {
        match line {
            "trainee" => options.side = Some(Side::Trainee),
            "mentor" => options.side = Some(Side::Mentor),
            "shrink" => options.shrink = true,
            other => panic!("{name}: `{other}` is no option"),
        }
    }
    options
}

#[derive(Default)]
struct Count {
    wanted: usize,
    right: usize,
    wrong: usize,
    left: usize,
}

#[test]
fn every_fillable_cell_is_right_and_no_cell_is_wrong() {
    let profile = complete();
    let mut all = Count::default();
    let mut told = String::from("form                      wanted  right  wrong   left\n");
    let mut faults = String::new();
    for name in names() {
        let blank = build::docx(&source(&name));
        let FilledBlank {
            docx, recognised, ..
        } = fill(&blank, &profile, &options_of(&name), &[]).unwrap();
        let (before, after, key) = (look::cells(&blank), look::cells(&docx), key(&name));
        let left = left(&name);
        let mut count = Count {
            left: left.len() + more_left(&name),
            ..Count::default()
        };
        for (at, text) in &after {
            let was = &before[at];
            match key.get(at) {
                Some(wanted) => {
                    count.wanted += 1;
                    if wanted == text {
                        count.right += 1;
                    } else {
                        count.wrong += usize::from(text != was);
                        let state = recognised.cells.iter().find(|cell| {
                            (
                                usize::from(cell.place.table),
                                usize::from(cell.place.row),
                                usize::from(cell.place.column),
                            ) == *at
                        });
                        let state =
                            state.map(|cell| (cell.label.clone(), cell.tag.clone(), cell.state));
                        writeln!(
                            faults,
                            "{name} {at:?}: `{text}` instead of `{wanted}` {state:?}"
                        )
                        .unwrap();
                    }
                }
                None if text != was => {
                    count.wrong += 1;
                    writeln!(faults, "{name} {at:?}: `{text}`, which is not in the key").unwrap();
                }
                None => {}
            }
        }
        assert!(
            key.keys()
                .chain(left.keys())
                .all(|at| after.contains_key(at)),
            "{name}: the key names a cell that is not there"
        );
        writeln!(
            told,
            "{name:<25} {:>6} {:>6} {:>6} {:>6}",
            count.wanted, count.right, count.wrong, count.left
        )
        .unwrap();
        all.wanted += count.wanted;
        all.right += count.right;
        all.wrong += count.wrong;
        all.left += count.left;
    }
    let written = all.right + all.wrong;
    let known = (all.wanted + all.left).max(1);
    writeln!(
        told,
        "{:<25} {:>6} {:>6} {:>6} {:>6}   precision {}.{:01} %, recall {}.{:01} %",
        "all",
        all.wanted,
        all.right,
        all.wrong,
        all.left,
        all.right * 100 / written.max(1),
        all.right * 1000 / written.max(1) % 10,
        all.right * 100 / known,
        all.right * 1000 / known % 10,
    )
    .unwrap();
    println!("{told}");
    assert!(faults.is_empty(), "{told}\n{faults}");
    expect_test::expect_file![folder().join("golden/scores.txt")].assert_eq(&told);
}

/// Parts that are not written keep their bytes, and so does all of the document outside of the cells
/// that were filled, and how those are laid out.
#[test]
fn what_is_not_filled_keeps_its_bytes() {
    let profile = complete();
    for name in names() {
        let blank = build::docx(&source(&name));
        let filled = fill(&blank, &profile, &options_of(&name), &[]).unwrap();
        let (before, after) = (entries(&blank), entries(&filled.docx));
        assert_eq!(
            before.keys().collect::<Vec<_>>(),
            after.keys().collect::<Vec<_>>(),
            "{name}"
        );
        for (part, bytes) in &before {
            if part != "word/document.xml" {
                assert_eq!(bytes, &after[part], "{name}: {part}");
            }
        }
        // The compressed bytes of a part that was not touched are carried over as they were.
        let raw = |docx: &[u8]| look::raw(docx, "word/styles.xml");
        assert_eq!(raw(&blank), raw(&filled.docx), "{name}");
        let filled: BTreeSet<At> = key(&name).into_keys().collect();
        let [before, after] = [&before, &after].map(|parts| &parts["word/document.xml"]);
        assert_eq!(
            look::without(before, &filled),
            look::without(after, &filled),
            "{name}"
        );
    }
}

/// Every part of a package with its content.
fn entries(docx: &[u8]) -> BTreeMap<String, String> {
    let names = look::names(docx);
    names
        .into_iter()
        .map(|name| (name.clone(), look::part(docx, &name)))
        .collect()
}

/// Decisions of the person count, and only for the cells they name.
#[test]
fn decisions_change_what_is_written() {
    let blank = build::docx(&source("e13-ink"));
    let place = |row, column| Place {
        table: 1,
        row,
        column,
        part: 1,
    };
    let decide = |place, choice| Decision { place, choice };
    let decisions = [
        decide(place(1, 2), Choice::Fact("full_name".to_owned())),
        decide(place(1, 4), Choice::Drop),
        decide(place(5, 2), Choice::Text("无".to_owned())),
    ];
    let filled = fill(&blank, &complete(), &options(), &decisions).unwrap();
    let cells = look::cells(&filled.docx);
    assert_eq!(
        [&cells[&(1, 1, 2)], &cells[&(1, 1, 4)], &cells[&(1, 5, 2)]],
        ["张晓梅", "", "无"]
    );
    let wrong = [decide(place(9, 9), Choice::Accept)];
    let error = fill(&blank, &complete(), &options(), &wrong).unwrap_err();
    expect_test::expect![[r#"there is no cell at table 1, row 9, column 9, part 1, decide on cells that were recognised"#]].assert_eq(&error.to_string());
}

/// A page draws the table from this: what stands where, and what is no cell at all.
#[test]
fn a_picture_keeps_every_cell_in_its_column() {
    let source = "table 1000 1000 1000\nrow\n- v 姓名\n- 性别\n- 民族\nrow\n- ^\n- 2 学历\nrow before=1\n- 2 职称";
    let recognised = recognise(&build::docx(source), &complete(), &options()).unwrap();
    let rows = recognised.tables[0].rows.iter().map(|row| {
        let cells = row
            .iter()
            .map(|cell| format!("{}×{} {}", cell.rows, cell.columns, cell.text));
        cells.collect::<Vec<String>>().join(" | ")
    });
    let told = rows.collect::<Vec<String>>().join("\n");
    expect_test::expect![[r#"
        2×1 姓名 | 1×1 性别 | 1×1 民族
        1×2 学历
        1×1  | 1×2 职称"#]]
    .assert_eq(&told);
}

/// What the app shows of each form: states, tags, values.
#[test]
fn every_cell_of_a_form_is_accounted_for() {
    let profile = complete();
    for name in names() {
        let blank = build::docx(&source(&name));
        let recognised = recognise(&blank, &profile, &options_of(&name)).unwrap();
        let mut told = String::new();
        for cell in &recognised.cells {
            let place = cell.place;
            let why = match cell.state {
                State::Ready => format!("= {}", cell.value.replace('\n', "\\n")),
                state => format!("{} {}", state.word(), state.told()),
            };
            writeln!(
                told,
                "{}.{}.{}.{} {} [{}] {why}",
                place.table, place.row, place.column, place.part, cell.label, cell.tag
            )
            .unwrap();
        }
        for remark in &recognised.remarks {
            writeln!(told, "! {}", remark.told()).unwrap();
        }
        expect_test::expect_file![folder().join("golden").join(format!("{name}.cells.txt"))]
            .assert_eq(&told);
    }
}
