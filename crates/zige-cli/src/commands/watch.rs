//! `zige lint --watch`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::lint::{look, summary};
use crate::Output;
use crate::command::Lint;
use crate::failure::Failure;

/// How often the folder is looked at.
const PAUSE: Duration = Duration::from_millis(200);
/// More messages at once help nobody who mends one after the other.
const MOST_MESSAGES: usize = 10;

/// Lints again whenever a file changes, until it is stopped.
pub fn watch(asked: &Lint) -> Result<Output, Failure> {
    if !asked.dir.is_dir() {
        return Err(Failure::Input(format!(
            "`{}` is no folder, give the one that holds `vocabulary.md` and the policies",
            asked.dir.display()
        )));
    }
    let mut out = io::stdout().lock();
    let screen = out.is_terminal();
    let start = Instant::now();
    let clock = || start.elapsed();
    lint_each(asked, screen, Polling::new(asked), clock, &mut out).map_err(Failure::input)?;
    Ok(Output::of(String::new()))
}

/// Lints after each change; on a screen, in place of what was there before.
fn lint_each(
    asked: &Lint,
    screen: bool,
    changes: impl Iterator<Item = ()>,
    clock: impl Fn() -> Duration,
    out: &mut impl Write,
) -> io::Result<()> {
    for (number, ()) in (1..).zip(changes) {
        let start = clock();
        let (findings, told) = look(asked);
        let took = clock().saturating_sub(start);
        let mut page = String::new();
        if screen {
            // Clear what is seen and what was scrolled away, and begin at the top.
            page.push_str("\u{1b}[2J\u{1b}[3J\u{1b}[H");
        }
        let mut most = MOST_MESSAGES;
        for found in &findings {
            page.push_str(&found.render_first(most, screen));
            most = most.saturating_sub(found.list().len());
        }
        let more = told.diagnostics.len().saturating_sub(MOST_MESSAGES);
        if more > 0 {
            page.push_str(&format!("还有{more}条没有显示，改好上面的就会显示\n\n"));
        }
        let state = match told.errors {
            0 => "没有错误",
            _ => "有错误",
        };
        page.push_str(&format!("{state}：{}", summary(&told)));
        page.push_str(&format!(
            "第{number}次检查，用了{}.{}秒；改了文件会自动再检查，按 Ctrl+C 结束\n",
            took.as_secs(),
            took.subsec_millis() / 100
        ));
        out.write_all(page.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

/// When each file was changed, and how long it is.
type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Waits for changes by looking again and again: it needs nothing of the system, and a folder of
/// policies is small. The first comes at once.
struct Polling {
    folder: PathBuf,
    source: Option<PathBuf>,
    seen: Option<Seen>,
}

impl Polling {
    fn new(asked: &Lint) -> Polling {
        Polling {
            folder: asked.dir.clone(),
            source: asked.source.clone(),
            seen: None,
        }
    }
}

impl Iterator for Polling {
    type Item = ();

    fn next(&mut self) -> Option<()> {
        let mut now = look_at(&self.folder, self.source.as_deref());
        while self.seen.as_ref() == Some(&now) {
            thread::sleep(PAUSE);
            now = look_at(&self.folder, self.source.as_deref());
            // An editor may still be writing.
            if self.seen.as_ref() != Some(&now) {
                now = settled(now, || {
                    thread::sleep(PAUSE / 2);
                    look_at(&self.folder, self.source.as_deref())
                });
            }
        }
        self.seen = Some(now);
        Some(())
    }
}

/// Looks again until nothing changes between two looks.
fn settled(mut seen: Seen, mut look: impl FnMut() -> Seen) -> Seen {
    loop {
        let now = look();
        if now == seen {
            return now;
        }
        seen = now;
    }
}

fn look_at(folder: &Path, source: Option<&Path>) -> Seen {
    let documents = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| ending == "md" || ending == "lock")
        });
    documents
        .chain(source.map(Path::to_path_buf))
        .filter_map(|path| {
            let metadata = fs::metadata(&path).ok()?;
            Some((path, (metadata.modified().ok(), metadata.len())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use expect_test::expect;

    /// A folder with a policy that can be changed.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("zige-watch-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../zige-json/tests/policies");
        for file in ["vocabulary.md", "sample.md"] {
            fs::copy(sample.join(file), folder.join(file)).unwrap();
        }
        folder
    }

    #[test]
    fn each_change_is_linted_and_told() {
        let folder = folder("changes");
        let policy = folder.join("sample.md");
        let sound = fs::read_to_string(&policy).unwrap();
        let broken = sound.replace("\"awards >= 2", "\"award >= 2");
        let broken = broken.replace("or awards", "or award");
        let changes = [sound.clone(), broken, sound]
            .into_iter()
            .map(|text| fs::write(&policy, text).unwrap());
        // A clock that goes on by 0.15 seconds whenever it is looked at.
        let looks = Cell::new(0);
        let clock = || {
            looks.set(looks.get() + 150);
            Duration::from_millis(looks.get())
        };
        let asked = Lint {
            dir: folder.clone(),
            source: None,
            watch: true,
            json: false,
        };
        let mut out = Vec::new();
        lint_each(&asked, false, changes, clock, &mut out).unwrap();
        let told = String::from_utf8(out).unwrap();
        let brief: Vec<&str> = told
            .lines()
            .filter(|line| {
                line.starts_with("error") || line.contains("错误：") || line.starts_with('第')
            })
            .collect();
        expect![[r#"
            没有错误：1项政策，0个错误，1个提醒
            第1次检查，用了0.1秒；改了文件会自动再检查，按 Ctrl+C 结束
            error[unknown-name]: there is no fact, point or derived expression `award`
            有错误：0项政策，1个错误，1个提醒
            第2次检查，用了0.1秒；改了文件会自动再检查，按 Ctrl+C 结束
            没有错误：1项政策，0个错误，1个提醒
            第3次检查，用了0.1秒；改了文件会自动再检查，按 Ctrl+C 结束
        "#]]
        .assert_eq(&(brief.join("\n") + "\n"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_change_is_a_new_file_another_length_or_another_time() {
        let folder = folder("seen");
        let before = look_at(&folder, None);
        assert_eq!(before, look_at(&folder, None));
        fs::write(folder.join("other.md"), "# 别的").unwrap();
        assert_ne!(before, look_at(&folder, None));
        let before = look_at(&folder, None);
        fs::write(folder.join("picture.png"), "not a document").unwrap();
        assert_eq!(before, look_at(&folder, None));
        fs::remove_file(folder.join("other.md")).unwrap();
        assert_ne!(before, look_at(&folder, None));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_is_still_being_written_is_waited_for() {
        let state = |length: u64| Seen::from([(PathBuf::from("a.md"), (None, length))]);
        let mut looks = [state(2), state(3), state(3), state(9)].into_iter();
        assert_eq!(settled(state(1), || looks.next().unwrap()), state(3));
    }
}
