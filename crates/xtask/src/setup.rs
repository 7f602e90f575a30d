//! Installs what the other commands need: pinned, once per user, saying what it does.

use std::{
    fs::{self, File},
    path::PathBuf,
    time::Instant,
};

use crate::{command::Run, dist::short_hash, workspace::Workspace};
use anyhow::{Context, Result, bail};

/// What a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The WASM target, wasm-bindgen, Trunk and wasm-opt.
    Build,
    /// wasm-pack.
    Npm,
    /// Chromium, Chinese fonts, document tools, and the packages of the browser tests.
    Browser,
    /// A C++ compiler.
    Fuzz,
}

impl Need {
    pub const ALL: [Need; 4] = [Need::Build, Need::Npm, Need::Browser, Need::Fuzz];
}

/// Installs what is missing. The second time it finds everything and installs nothing.
pub fn setup(workspace: &Workspace, needs: &[Need]) -> Result<()> {
    fs::create_dir_all(&workspace.tools)?;
    // Two runs at once must not install into one folder.
    let lock = File::create(workspace.tools.join(".lock"))?;
    lock.lock()?;
    let mut installed = 0;
    for need in needs {
        installed += match need {
            Need::Build => {
                wasm_target(workspace)?
                    + cargo_tool(workspace, &WASM_BINDGEN)?
                    + cargo_tool(workspace, &TRUNK)?
                    + build_packages(workspace)?
            }
            Need::Npm => cargo_tool(workspace, &WASM_PACK)?,
            Need::Browser => {
                system_packages(workspace, &browser_programs(workspace))?
                    + browser_packages(workspace)?
            }
            Need::Fuzz => system_packages(workspace, &[(exists("c++"), "g++")])?,
        };
    }
    match installed {
        0 => println!("setup: everything is there, nothing to install"),
        _ => println!("setup: done; the next run will find it all"),
    }
    Ok(())
}

/// `PATH` with the pinned tools in front.
pub fn path(workspace: &Workspace) -> Result<std::ffi::OsString> {
    let mut folders: Vec<PathBuf> = [&WASM_BINDGEN, &TRUNK, &WASM_PACK]
        .map(|tool| tool.folder(workspace).join("bin"))
        .to_vec();
    folders.push(
        build_packages_folder(workspace)?
            .join("node_modules")
            .join(".bin"),
    );
    folders.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    Ok(std::env::join_paths(folders)?)
}

/// The Chromium that browser tests and pictures use: `$CHROMIUM`, or the one on the path.
pub fn chromium() -> Result<String> {
    if let Ok(chosen) = std::env::var("CHROMIUM") {
        return Ok(chosen);
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names
        .into_iter()
        .find_map(find)
        .context("Chromium is not on the path; run `cargo xtask setup browser`")?;
    Ok(found.display().to_string())
}

/// A program that cargo builds from its source.
#[derive(Debug)]
struct CargoTool {
    package: &'static str,
    version: &'static str,
    binary: &'static str,
    /// With the lock file that it was published with.
    locked: bool,
    usual_time: &'static str,
}

/// Must be the version of the crate in Cargo.lock; its own lock file does not resolve.
const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    binary: "wasm-bindgen",
    locked: false,
    usual_time: "1 to 2 minutes",
};

const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    version: "0.21.14",
    binary: "trunk",
    locked: true,
    usual_time: "3 to 5 minutes",
};

const WASM_PACK: CargoTool = CargoTool {
    package: "wasm-pack",
    version: "0.15.1",
    binary: "wasm-pack",
    locked: true,
    usual_time: "1 to 2 minutes",
};

impl CargoTool {
    fn folder(&self, workspace: &Workspace) -> PathBuf {
        workspace
            .tools
            .join(format!("{}-{}", self.package, self.version))
    }
}

fn cargo_tool(workspace: &Workspace, tool: &CargoTool) -> Result<usize> {
    let folder = tool.folder(workspace);
    let binary =
        folder
            .join("bin")
            .join(format!("{}{}", tool.binary, std::env::consts::EXE_SUFFIX));
    if binary.exists() {
        return Ok(0);
    }
    let what = format!("{} {}, built from source", tool.package, tool.version);
    install(&what, tool.usual_time, || {
        // Link-time optimisation would make the build several times longer, and these tools run
        // for seconds.
        workspace
            .cargo("install")
            .args([tool.package, "--version", tool.version, "--quiet", "--root"])
            .arg(&folder)
            .args(tool.locked.then_some("--locked"))
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env(
                "CARGO_TARGET_DIR",
                std::env::temp_dir().join("zige-tools-build"),
            )
            .without_env("RUSTFLAGS")
            .go()
    })
}

fn wasm_target(workspace: &Workspace) -> Result<usize> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = workspace
        .run("rustc")
        .args(["--print", "sysroot"])
        .output()?;
    if PathBuf::from(sysroot.trim())
        .join("lib")
        .join("rustlib")
        .join(TARGET)
        .join("lib")
        .exists()
    {
        return Ok(0);
    }
    if !exists("rustup") {
        bail!(
            "the Rust target `{TARGET}` is missing and there is no rustup; install rustup, or the target by your package manager"
        );
    }
    install(
        "the Rust target wasm32-unknown-unknown",
        "half a minute",
        || workspace.run("rustup").args(["target", "add", TARGET]).go(),
    )
}

/// wasm-opt and esbuild.
fn build_packages(workspace: &Workspace) -> Result<usize> {
    let folder = build_packages_folder(workspace)?;
    if folder
        .join("node_modules")
        .join(".bin")
        .join("esbuild")
        .exists()
    {
        return Ok(0);
    }
    install("wasm-opt and esbuild (npm)", "10 seconds", || {
        fs::create_dir_all(&folder)?;
        let source = workspace.root.join("crates/xtask/npm");
        for name in ["package.json", "package-lock.json"] {
            fs::copy(source.join(name), folder.join(name))?;
        }
        npm_ci(workspace)?.folder(&folder).go()
    })
}

/// Named after the lock file, so that another pinned version is another folder.
fn build_packages_folder(workspace: &Workspace) -> Result<PathBuf> {
    let lock = fs::read(workspace.root.join("crates/xtask/npm/package-lock.json"))?;
    Ok(workspace.tools.join(format!("npm-{}", short_hash(&lock))))
}

fn browser_packages(workspace: &Workspace) -> Result<usize> {
    let folder = workspace.root.join("tests").join("browser");
    let lock = short_hash(&fs::read(folder.join("package-lock.json"))?);
    let stamp = folder.join("node_modules").join(".installed");
    if matches!(fs::read_to_string(&stamp), Ok(installed) if installed == lock) {
        return Ok(0);
    }
    install(
        "the browser tests' packages (npm, with Chromium 86)",
        "20 seconds",
        || {
            npm_ci(workspace)?.folder(&folder).go()?;
            Ok(fs::write(&stamp, &lock)?)
        },
    )
}

fn npm_ci(workspace: &Workspace) -> Result<Run> {
    let version = workspace
        .run("node")
        .arg("--version")
        .output()
        .unwrap_or_default();
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .unwrap_or_default();
    if !exists("npm")
        || major.parse::<u32>().is_ok_and(|major| major < OLDEST_NODE)
        || major.is_empty()
    {
        bail!(
            "Node {OLDEST_NODE} or newer with npm is needed, and `node --version` says `{}`",
            version.trim()
        );
    }
    let run = workspace
        .run("npm")
        .args(["ci", "--ignore-scripts", "--legacy-peer-deps"]);
    Ok(run.args(["--no-audit", "--no-fund", "--loglevel=error"]))
}

/// The first with all that the browser tests use.
const OLDEST_NODE: u32 = 20;

fn browser_programs(workspace: &Workspace) -> [(bool, &'static str); 5] {
    // Without fontconfig there is no Chromium either, and its package brings it.
    let fonts = workspace
        .run("sh")
        .args(["-c", "fc-list :lang=zh-cn | grep -q ."])
        .succeeds();
    [
        (chromium().is_ok(), "chromium"),
        (fonts, "fonts-noto-cjk"),
        (exists("pdftotext"), "poppler-utils"),
        (office_has("libswlo.so"), "libreoffice-writer-nogui"),
        (office_has("libsclo.so"), "libreoffice-calc-nogui"),
    ]
}

/// Whether LibreOffice is there, with the part of it that lies in this library; where its parts are not
/// packages of their own, it has them all.
fn office_has(library: &str) -> bool {
    let program = find("soffice").and_then(|found| found.canonicalize().ok());
    program.is_some_and(|program| {
        !cfg!(target_os = "linux") || program.with_file_name(library).exists()
    })
}

/// Installs by apt those of Debian's packages that are not there.
fn system_packages(workspace: &Workspace, packages: &[(bool, &str)]) -> Result<usize> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|(there, _)| !there)
        .map(|(_, name)| *name)
        .collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let names = missing.join(" ");
    if !exists("apt-get") {
        bail!(
            "missing on this machine, and there is no apt: install what Debian calls `{names}`, then run this again"
        );
    }
    let root = workspace.run("id").arg("-u").output()?.trim() == "0";
    if !root && !exists("sudo") {
        bail!(
            "missing on this machine: as root, run `apt-get install {names}`, then run this again"
        );
    }
    let apt = |arguments: &[&str]| {
        let run = match root {
            true => workspace.run("apt-get"),
            false => workspace
                .run("sudo")
                .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]),
        };
        run.args(arguments).env("DEBIAN_FRONTEND", "noninteractive")
    };
    let what = format!(
        "by apt: {names}{}",
        if root {
            ""
        } else {
            " (sudo may ask for your password)"
        }
    );
    install(&what, "2 to 4 minutes", || {
        apt(&["update", "-qq"]).go()?;
        apt(&["install", "--yes", "-qq", "--no-install-recommends"])
            .args(&missing)
            .go()
    })
}

fn install(what: &str, usual_time: &str, work: impl FnOnce() -> Result<()>) -> Result<usize> {
    println!("setup: installing {what}; usually {usual_time}");
    let start = Instant::now();
    work().with_context(|| format!("cannot install {what}"))?;
    println!("setup: installed {what} in {} s", start.elapsed().as_secs());
    Ok(1)
}

fn exists(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program lies on the path.
fn find(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
