//! `dist/`: the app, ready for any static host.

mod app;
mod asset;
pub mod compress;
mod kiosk;
mod minify;
mod offline;
mod packs;
mod page;
mod policy;

use std::{
    fs::{self, File},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result};
use serde_json::json;

use self::asset::Asset;
pub use self::{asset::short_hash, packs::compile as compile_packs};
use crate::{
    setup::{self, Need},
    wasm::{self, Profile},
    workspace::Workspace,
};

/// Everything that the pages are made of.
#[derive(Debug)]
pub struct Parts {
    /// What the first questions need; left out of builds for work on the app.
    pub first: Option<First>,
    pub glue: Asset,
    pub wasm: Asset,
    pub styles: Asset,
    pub boot: Asset,
    pub packs: Asset,
    pub forms: Forms,
    pub blank: Blank,
    pub icons: Icons,
}

/// A small module and the outlines of all packs, loaded before the whole app.
#[derive(Debug)]
pub struct First {
    pub glue: Asset,
    pub wasm: Asset,
    pub outline: Asset,
}

/// The exporters: a second module that a worker loads when it is wanted.
#[derive(Debug)]
pub struct Forms {
    pub script: Asset,
    pub module: Asset,
    pub styles: Asset,
}

/// The filling of offices' own blank forms: a module for a worker, too.
#[derive(Debug)]
pub struct Blank {
    pub script: Asset,
    pub module: Asset,
}

#[derive(Debug)]
pub struct Icons {
    pub svg: Asset,
    pub small: Asset,
    pub large: Asset,
    pub manifest: Asset,
}

impl Parts {
    /// All files beside the page, as the service worker keeps them.
    fn assets(&self) -> Vec<&Asset> {
        let Parts {
            first,
            glue,
            wasm,
            styles,
            boot,
            packs,
            forms,
            blank,
            icons,
        } = self;
        let Icons {
            svg,
            small,
            large,
            manifest,
        } = icons;
        let Forms {
            script,
            module,
            styles: forms_styles,
        } = forms;
        let first = first
            .iter()
            .flat_map(|first| [&first.glue, &first.wasm, &first.outline]);
        first
            .chain([
                glue,
                wasm,
                styles,
                boot,
                packs,
                script,
                module,
                forms_styles,
                &blank.script,
                &blank.module,
                svg,
                small,
                large,
                manifest,
            ])
            .collect()
    }
}

/// Builds everything and puts it into `dist/`, in one step at the end.
pub fn dist(workspace: &Workspace, profile: Profile) -> Result<()> {
    let start = Instant::now();
    build(workspace, profile)?.write(workspace)?;
    println!(
        "dist: {} in {} s",
        workspace.dist().display(),
        start.elapsed().as_secs()
    );
    Ok(())
}

/// Everything that `dist/` is made of, built.
#[derive(Debug)]
pub struct Built {
    profile: Profile,
    /// The page, without what names its files.
    template: String,
    parts: Parts,
}

/// Builds everything.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<Built> {
    setup::setup(workspace, &[Need::Build])?;
    let _lock = lock(workspace)?;
    // Before Trunk, which fetches nothing.
    let first = first(workspace, profile)?;
    let app = app::build(workspace, profile)?;
    let parts = Parts {
        first,
        glue: Asset::new(
            "zige",
            "js",
            minify::minify(workspace, &app.module.glue, "js")?,
        ),
        wasm: Asset::new("zige", "wasm", app.module.wasm),
        styles: Asset::new(
            "styles",
            "css",
            minify::minify(workspace, &app.styles, "css")?,
        ),
        boot: Asset::new(
            "boot",
            "js",
            minify::minify(workspace, &source(workspace, "boot.js")?, "js")?,
        ),
        packs: Asset::new("packs", "bin", fs::read(packs::compile(workspace)?.whole)?),
        forms: forms(workspace, profile)?,
        blank: blank(workspace, profile)?,
        icons: icons(workspace)?,
    };
    Ok(Built {
        profile,
        template: app.page,
        parts,
    })
}

/// Held while something is built or written; another build waits for it.
fn lock(workspace: &Workspace) -> Result<File> {
    fs::create_dir_all(workspace.scratch())?;
    let lock = File::create(workspace.scratch().join(".lock"))?;
    lock.lock()?;
    Ok(lock)
}

impl Built {
    /// Compiles the policies again, and nothing else.
    pub fn renew_packs(&mut self, workspace: &Workspace) -> Result<()> {
        let _lock = lock(workspace)?;
        let packs = packs::compile_again(workspace)?;
        if let Some(first) = &mut self.parts.first {
            first.outline = Asset::new("outline", "bin", fs::read(packs.outline)?);
        }
        self.parts.packs = Asset::new("packs", "bin", fs::read(packs.whole)?);
        Ok(())
    }

    /// Puts it into `dist/`, in one step.
    pub fn write(&self, workspace: &Workspace) -> Result<()> {
        let _lock = lock(workspace)?;
        let Built {
            profile,
            template,
            parts,
        } = self;
        let staging = workspace.scratch().join("dist");
        replace_folder(&staging)?;
        for asset in parts.assets() {
            fs::write(staging.join(&asset.name), &asset.bytes)?;
        }
        let page = page::app(template, parts)?;
        fs::write(staging.join("index.html"), &page.html)?;
        fs::write(
            staging.join("service-worker.js"),
            offline::service_worker(workspace, &page, parts)?,
        )?;
        if *profile == Profile::Release {
            let first = parts.first.as_ref().map(|first| &first.wasm);
            let modules = [&parts.wasm, &parts.forms.module, &parts.blank.module];
            for module in modules.into_iter().chain(first) {
                wasm::check_features(&module.name, &module.bytes)?;
            }
            fs::write(staging.join("kiosk.html"), kiosk::page(template, parts)?)?;
            compress::compress(workspace, &staging)?;
        }
        let dist = workspace.dist();
        if dist.exists() {
            fs::remove_dir_all(&dist)?;
        }
        move_folder(&staging, &dist)
    }
}

fn first(workspace: &Workspace, profile: Profile) -> Result<Option<First>> {
    if profile == Profile::Dev {
        return Ok(None);
    }
    let module = wasm::build(workspace, wasm::Source::FirstQuestions, profile)?;
    let outline = fs::read(packs::compile(workspace)?.outline)?;
    Ok(Some(First {
        glue: Asset::new(
            "first",
            "js",
            minify::minify(workspace, &module.glue, "js")?,
        ),
        wasm: Asset::new("first", "wasm", module.wasm),
        outline: Asset::new("outline", "bin", outline),
    }))
}

/// The package whose exports the worker offers.
pub const FORMS_PACKAGE: &str = "zige-forms-wasm";

fn forms(workspace: &Workspace, profile: Profile) -> Result<Forms> {
    let (script, module) = worker(workspace, "forms", FORMS_PACKAGE, profile)?;
    Ok(Forms {
        script,
        module,
        styles: Asset::new(
            "forms",
            "css",
            minify::minify(workspace, &print_styles(workspace)?, "css")?,
        ),
    })
}

/// The package that fills blank forms in a worker.
pub const BLANK_PACKAGE: &str = "zige-blank-wasm";

fn blank(workspace: &Workspace, profile: Profile) -> Result<Blank> {
    let (script, module) = worker(workspace, "blank", BLANK_PACKAGE, profile)?;
    Ok(Blank { script, module })
}

/// A worker's script and module; it offers the exports of a package.
fn worker(
    workspace: &Workspace,
    stem: &str,
    package: &'static str,
    profile: Profile,
) -> Result<(Asset, Asset)> {
    let module = wasm::build(workspace, wasm::Source::Library(package), profile)?;
    let script = [module.glue, source(workspace, "forms-worker.js")?].concat();
    let script = minify::minify(workspace, &script, "js")?;
    Ok((
        Asset::new(stem, "js", script),
        Asset::new(stem, "wasm", module.wasm),
    ))
}

/// How forms look on paper; they are shown in the page, and its policy allows no other styles.
fn print_styles(workspace: &Workspace) -> Result<Vec<u8>> {
    let path = workspace.root.join("crates/zige-forms/src/print.css");
    fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))
}

fn icons(workspace: &Workspace) -> Result<Icons> {
    let icon = |stem: &str, extension: &str| -> Result<Asset> {
        Ok(Asset::new(
            stem,
            extension,
            source(workspace, &format!("icons/{stem}.{extension}"))?,
        ))
    };
    let (svg, small, large) = (
        icon("icon", "svg")?,
        icon("icon-192", "png")?,
        icon("icon-512", "png")?,
    );
    let manifest = json!({
        "name": "资格自查",
        "short_name": "资格自查",
        "lang": "zh-CN",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#17568c",
        "icons": [
            { "src": svg.name, "sizes": "any", "type": "image/svg+xml" },
            { "src": small.name, "sizes": "192x192", "type": "image/png" },
            { "src": large.name, "sizes": "512x512", "type": "image/png" },
        ],
    });
    let manifest = Asset::new("manifest", "json", serde_json::to_vec(&manifest)?);
    Ok(Icons {
        svg,
        small,
        large,
        manifest,
    })
}

/// A file of `web/`.
fn source(workspace: &Workspace, name: &str) -> Result<Vec<u8>> {
    let path = workspace.root.join("web").join(name);
    fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))
}

fn replace_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// Cargo's target directory may be on another disk, where a rename cannot reach.
fn move_folder(from: &Path, to: &Path) -> Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(fs::remove_dir_all(from)?)
}
