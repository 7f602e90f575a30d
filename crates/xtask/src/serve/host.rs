//! Answers requests as a good static host would, and for a preview with a little more.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    path::{Component, Path},
};

use anyhow::Result;

use super::reload::{self, Reload};

/// Answers the requests of one connection.
pub fn answer_all(folder: &Path, reload: Option<&Reload>, stream: &TcpStream) -> Result<()> {
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
        let answer = match reload {
            Some(reload) => preview(folder, reload, &line),
            None => answer(folder, &line, &encodings),
        };
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

/// Answers for somebody who works on the app or a policy: the page looks for changes.
fn preview(folder: &Path, reload: &Reload, request: &str) -> Answer {
    let address = request.split_whitespace().nth(1).unwrap_or_default();
    match address.split_once('?').unwrap_or((address, "")) {
        (reload::SCRIPT_ADDRESS, _) => text("text/javascript", reload::SCRIPT),
        (reload::STATE_ADDRESS, seen) => text("text/plain", &reload.wait_after(seen)),
        _ => {
            let mut answer = answer(folder, request, "");
            if answer.head.contains("text/html") {
                let page = reload::with_script(&String::from_utf8_lossy(&answer.body));
                answer = text("text/html", &page);
            }
            answer
        }
    }
}

fn text(kind: &str, text: &str) -> Answer {
    Answer {
        head: format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\n\r\n",
            text.len()
        ),
        body: text.as_bytes().to_vec(),
    }
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
    use std::{fs, path::PathBuf, sync::LazyLock};

    use expect_test::{Expect, expect};

    use super::{Reload, answer, preview};

    /// Written once: tests run side by side.
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = std::env::temp_dir().join(format!("zige-serve-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("index.html", "page"),
            ("index.html.br", "brotli"),
            ("zige-0123456789abcdef.wasm", "module"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        folder
    });

    fn check(request: &str, encodings: &str, expect: Expect) {
        let answer = answer(&FOLDER, request, encodings);
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

    #[test]
    fn a_preview_asks_for_changes_and_nothing_of_it_is_kept() {
        let folder = std::env::temp_dir().join(format!("zige-preview-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "<head></head><body>page</body>").unwrap();
        let reload = Reload::default();
        let page = preview(&folder, &reload, "GET / HTTP/1.1");
        expect![[r#"
            HTTP/1.1 200 OK
            Content-Type: text/html; charset=utf-8
            Content-Length: 76
            Cache-Control: no-store

            <head><script src="./zige-reload.js" defer></script></head><body>page</body>"#]]
        .assert_eq(&format!(
            "{}{}",
            page.head.replace('\r', ""),
            String::from_utf8(page.body).unwrap()
        ));
        let state = preview(&folder, &reload, "GET /zige-reload?none HTTP/1.1");
        assert_eq!(state.body, b"0-ready");
        let script = preview(&folder, &reload, "GET /zige-reload.js HTTP/1.1");
        assert!(script.head.contains("text/javascript"));
        fs::remove_dir_all(folder).unwrap();
    }
}
