//! Serves `dist/` on this machine as a good static host would, and builds again on changes.

mod changes;
mod host;
mod reload;

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use self::{
    changes::{Changed, Changes},
    reload::Reload,
};
use crate::{command::Run, dist, wasm::Profile, workspace::Workspace};

#[derive(Debug)]
pub struct Options {
    profile: Profile,
    port: u16,
    open: bool,
}

impl Options {
    pub fn parse(arguments: &[&str]) -> Result<Options> {
        let mut options = Options {
            profile: Profile::Release,
            port: 8080,
            open: false,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match *argument {
                "--dev" => options.profile = Profile::Dev,
                "--open" => options.open = true,
                "--port" => {
                    let port = rest.next().context("`--port` wants a number after it")?;
                    options.port = port
                        .parse()
                        .with_context(|| format!("`{port}` is not a port"))?;
                }
                other => {
                    bail!("`serve` does not know `{other}`; it knows --dev, --open and --port N")
                }
            }
        }
        Ok(options)
    }
}

/// Builds the app and serves it until it is stopped.
pub fn serve(workspace: &Workspace, options: &Options) -> Result<()> {
    println!("serve: building; the first time takes 2 to 4 minutes, after the tools are installed");
    // Taken before the build, so that a change during it is not missed.
    let mut changes = Changes::new(&workspace.root);
    let mut built = dist::build(workspace, options.profile)?;
    built.write(workspace)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).with_context(|| {
        format!(
            "port {} is taken; choose another one with --port",
            options.port
        )
    })?;
    let address = format!("http://localhost:{}/", options.port);
    println!("serve: {address} (stop with Ctrl+C)");
    if options.open {
        open(workspace, &address);
    }
    let folder = Arc::new(workspace.dist());
    // What is shipped is served as it is; only a preview looks for changes.
    let reload = (options.profile == Profile::Dev).then(|| Arc::new(Reload::default()));
    let told = reload.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (folder, reload) = (Arc::clone(&folder), reload.clone());
            // A browser that goes away in the middle is no fault of ours.
            thread::spawn(move || host::answer_all(&folder, reload.as_deref(), &stream).ok());
        }
    });
    loop {
        thread::sleep(Duration::from_millis(300));
        let done = match changes.look() {
            Changed::Nothing => continue,
            Changed::Policies => {
                println!("serve: a policy changed, compiling the policies again");
                built
                    .renew_packs(workspace)
                    .and_then(|()| built.write(workspace))
            }
            Changed::Sources => {
                println!("serve: something changed, building again");
                dist::build(workspace, options.profile).and_then(|anew| {
                    built = anew;
                    built.write(workspace)
                })
            }
        };
        match &done {
            Ok(()) if told.is_some() => println!("serve: ready, open pages load it by themselves"),
            Ok(()) => println!("serve: ready, reload the page"),
            Err(error) => {
                eprintln!("serve: the build failed, the last good one stays\n{error:#}");
            }
        }
        if let Some(reload) = &told {
            reload.tell(done.is_ok());
        }
    }
}

fn open(workspace: &Workspace, address: &str) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    if !Run::new(opener, &workspace.root).arg(address).succeeds() {
        println!("serve: no browser could be opened from here; open the address yourself");
    }
}
