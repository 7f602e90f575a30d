//! The size report, and the budgets that CI holds the app to.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{dist::compress, workspace::Workspace};

const KB: usize = 1000;

/// What is measured together and may not grow over its budget.
#[derive(Debug)]
struct Group {
    label: &'static str,
    /// In bytes.
    budget: usize,
    measure: Measure,
    files: Vec<Sizes>,
}

#[derive(Debug, Clone, Copy)]
enum Measure {
    Raw,
    Brotli,
}

/// A file in bytes.
#[derive(Debug)]
struct Sizes {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the report of `dist/`; fails when a budget is broken.
pub fn size(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    let mut first = Group {
        label: "first load",
        budget: 150 * KB,
        measure: Measure::Brotli,
        files: Vec::new(),
    };
    let mut forms = Group {
        label: "exporters, on demand",
        budget: 250 * KB,
        measure: Measure::Brotli,
        files: Vec::new(),
    };
    let mut blank = Group {
        label: "blank forms, on demand",
        budget: 150 * KB,
        measure: Measure::Brotli,
        files: Vec::new(),
    };
    let mut kiosk = Group {
        label: "kiosk, one file",
        budget: 1500 * KB,
        measure: Measure::Raw,
        files: Vec::new(),
    };
    let mut later = Vec::new();
    for name in names(&dist)? {
        let sizes = sizes(workspace, &dist, &name)?;
        match name.split(['-', '.']).next().unwrap_or_default() {
            "index" | "first" | "boot" | "styles" | "outline" | "manifest" => {
                first.files.push(sizes);
            }
            "icon" if name.ends_with(".svg") => first.files.push(sizes),
            "forms" => forms.files.push(sizes),
            "blank" => blank.files.push(sizes),
            "kiosk" => kiosk.files.push(sizes),
            _ => later.push(sizes),
        }
    }
    println!("| file | bytes | gzip | brotli |\n|---|---:|---:|---:|");
    let mut broken = Vec::new();
    for group in [first, forms, blank, kiosk] {
        group.print();
        broken.extend(group.complaint());
    }
    for sizes in later {
        sizes.print();
    }
    let package = workspace.root.join("pkg");
    for name in names(&package)? {
        let sizes = sizes(workspace, &package, &name)?;
        Sizes {
            name: format!("npm: {name}"),
            ..sizes
        }
        .print();
    }
    match broken.is_empty() {
        true => Ok(()),
        false => bail!("over budget: {}", broken.join("; ")),
    }
}

impl Group {
    fn print(&self) {
        for sizes in &self.files {
            sizes.print();
        }
        let sum = |part: fn(&Sizes) -> usize| self.files.iter().map(part).sum::<usize>();
        let total = Sizes {
            name: String::new(),
            raw: sum(|s| s.raw),
            gzip: sum(|s| s.gzip),
            brotli: sum(|s| s.brotli),
        };
        let (budget, label) = (self.budget / KB, self.label);
        let measure = match self.measure {
            Measure::Raw => "bytes",
            Measure::Brotli => "brotli",
        };
        println!(
            "| **{label}** (budget {budget} KB {measure}) | **{}** | **{}** | **{}** |",
            total.raw, total.gzip, total.brotli
        );
    }

    fn complaint(&self) -> Option<String> {
        let total: usize = self
            .files
            .iter()
            .map(|sizes| match self.measure {
                Measure::Raw => sizes.raw,
                Measure::Brotli => sizes.brotli,
            })
            .sum();
        match total {
            // Nothing measured is no success.
            0 => Some(format!("{} has no files in dist/", self.label)),
            total if total > self.budget => Some(format!(
                "{} has {total} bytes of {}",
                self.label, self.budget
            )),
            _ => None,
        }
    }
}

impl Sizes {
    fn print(&self) {
        println!(
            "| `{}` | {} | {} | {} |",
            self.name, self.raw, self.gzip, self.brotli
        );
    }
}

fn names(dist: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(dist).with_context(|| {
        format!(
            "there is no `{}`; run `cargo xtask dist` and `cargo xtask npm`",
            dist.display()
        )
    })?;
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
    names.sort();
    Ok(names)
}

fn sizes(workspace: &Workspace, dist: &Path, name: &str) -> Result<Sizes> {
    let bytes = fs::read(dist.join(name))?;
    let gzip = compress::gzip(&bytes)?.len();
    let brotli = compress::brotli(workspace, &bytes)?.len();
    Ok(Sizes {
        name: name.to_string(),
        raw: bytes.len(),
        gzip,
        brotli,
    })
}
