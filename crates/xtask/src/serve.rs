//! Serves `dist/` on this machine as a good static host would, and builds again on changes.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result, bail};

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
    dist::dist(workspace, options.profile)?;
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
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = Arc::clone(&folder);
            // A browser that goes away in the middle is no fault of ours.
            thread::spawn(move || answer_all(&folder, &stream).ok());
        }
    });
    let mut last = newest_change(workspace)?;
    loop {
        thread::sleep(Duration::from_millis(700));
        let now = newest_change(workspace)?;
        if now > last {
            last = now;
            println!("serve: something changed, building again");
            match dist::dist(workspace, options.profile) {
                Ok(()) => println!("serve: ready, reload the page"),
                Err(error) => {
                    eprintln!("serve: the build failed, the last good one stays\n{error:#}")
                }
            }
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

/// The time of the last change to anything that the app is built from.
fn newest_change(workspace: &Workspace) -> Result<SystemTime> {
    let sources = [
        "crates",
        "web",
        "policies",
        "index.html",
        "Trunk.toml",
        "Cargo.toml",
        "Cargo.lock",
    ];
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut waiting: Vec<PathBuf> = sources
        .iter()
        .map(|source| workspace.root.join(source))
        .collect();
    while let Some(path) = waiting.pop() {
        // A file may vanish between being listed and being looked at.
        let Ok(metadata) = fs::metadata(&path) else {
            continue;
        };
        if metadata.is_dir() {
            waiting.extend(fs::read_dir(&path)?.flatten().map(|entry| entry.path()));
        } else {
            newest = newest.max(metadata.modified()?);
        }
    }
    Ok(newest)
}

/// Answers the requests of one connection.
fn answer_all(folder: &Path, stream: &TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut encodings = String::new();
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
                break;
            }
            if let Some(("accept-encoding", value)) = header.to_ascii_lowercase().split_once(':') {
                encodings = value.to_string();
            }
        }
        let answer = answer(folder, &line, &encodings);
        let mut writer = stream;
        writer.write_all(answer.head.as_bytes())?;
        writer.write_all(&answer.body)?;
    }
}

#[derive(Debug)]
struct Answer {
    head: String,
    body: Vec<u8>,
}

fn answer(folder: &Path, request: &str, encodings: &str) -> Answer {
    let mut words = request.split_whitespace();
    let (method, address) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    if method != "GET" && method != "HEAD" {
        return plain("405 Method Not Allowed", "only GET and HEAD");
    }
    let path = address
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    if !path
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
    {
        return plain("404 Not Found", "not found");
    }
    let Ok(bytes) = fs::read(folder.join(path)) else {
        return plain("404 Not Found", "not found");
    };
    let compressed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .find_map(|(name, extension)| {
            let file = folder.join(format!("{}.{extension}", path.display()));
            let wanted = encodings.split(',').any(|encoding| encoding.trim() == name);
            wanted
                .then(|| fs::read(file).ok())
                .flatten()
                .map(|body| (name, body))
        });
    let (encoding, body) = match compressed {
        Some((name, body)) => (format!("Content-Encoding: {name}\r\n"), body),
        None => (String::new(), bytes),
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n{encoding}Vary: Accept-Encoding\r\n\
         Cache-Control: {}\r\nX-Content-Type-Options: nosniff\r\n\r\n",
        content_type(path),
        body.len(),
        cache_control(path),
    );
    Answer {
        head,
        body: if method == "HEAD" { Vec::new() } else { body },
    }
}

fn plain(status: &str, text: &str) -> Answer {
    let length = text.len();
    Answer {
        head: format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n"
        ),
        body: text.as_bytes().to_vec(),
    }
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// Files named after their content never change; the others are asked for again.
fn cache_control(path: &Path) -> &'static str {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let hash = stem.rsplit('-').next().unwrap_or_default();
    match hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use expect_test::{Expect, expect};

    use super::answer;

    fn check(request: &str, encodings: &str, expect: Expect) {
        let folder = std::env::temp_dir().join(format!("zige-serve-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("index.html", "page"),
            ("index.html.br", "brotli"),
            ("zige-0123456789abcdef.wasm", "module"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        let answer = answer(&folder, request, encodings);
        let text = format!(
            "{}{}",
            answer.head.replace('\r', ""),
            String::from_utf8(answer.body).unwrap()
        );
        expect.assert_eq(&text);
    }

    #[test]
    fn the_root_is_the_page_and_comes_compressed() {
        check(
            "GET / HTTP/1.1",
            "gzip, deflate, br",
            expect![[r#"
            HTTP/1.1 200 OK
            Content-Type: text/html; charset=utf-8
            Content-Length: 6
            Content-Encoding: br
            Vary: Accept-Encoding
            Cache-Control: no-cache
            X-Content-Type-Options: nosniff

            brotli"#]],
        );
    }

    #[test]
    fn a_module_has_its_type_and_may_be_kept_for_ever() {
        check(
            "GET /zige-0123456789abcdef.wasm HTTP/1.1",
            "",
            expect![[r#"
                HTTP/1.1 200 OK
                Content-Type: application/wasm
                Content-Length: 6
                Vary: Accept-Encoding
                Cache-Control: public, max-age=31536000, immutable
                X-Content-Type-Options: nosniff

                module"#]],
        );
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        check(
            "GET /../Cargo.toml HTTP/1.1",
            "",
            expect![[r#"
            HTTP/1.1 404 Not Found
            Content-Type: text/plain
            Content-Length: 9

            not found"#]],
        );
        check(
            "GET //etc/hostname HTTP/1.1",
            "",
            expect![[r#"
            HTTP/1.1 404 Not Found
            Content-Type: text/plain
            Content-Length: 9

            not found"#]],
        );
    }

    #[test]
    fn other_methods_are_refused() {
        check(
            "POST / HTTP/1.1",
            "",
            expect![[r#"
            HTTP/1.1 405 Method Not Allowed
            Content-Type: text/plain
            Content-Length: 17

            only GET and HEAD"#]],
        );
    }
}
