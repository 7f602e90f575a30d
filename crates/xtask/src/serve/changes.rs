//! What has changed since the last look.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Nothing,
    /// Only policies: their packs are to be compiled, nothing else.
    Policies,
    /// Anything that the modules, scripts or styles are built from.
    Sources,
}

/// What the app is built from, beside the policies.
const SOURCES: [&str; 6] = [
    "crates",
    "web",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
];

/// The newest changes that were seen.
#[derive(Debug)]
pub struct Changes {
    root: PathBuf,
    policies: SystemTime,
    sources: SystemTime,
}

impl Changes {
    pub fn new(root: &Path) -> Changes {
        Changes {
            root: root.to_path_buf(),
            policies: newest(&[root.join("policies")]),
            sources: newest(&SOURCES.map(|name| root.join(name))),
        }
    }

    /// Compares with the last look, and remembers this one.
    pub fn look(&mut self) -> Changed {
        let now = Changes::new(&self.root);
        let changed = match (now.sources > self.sources, now.policies > self.policies) {
            (true, _) => Changed::Sources,
            (false, true) => Changed::Policies,
            (false, false) => Changed::Nothing,
        };
        *self = now;
        changed
    }
}

/// The time of the last change to any of these; a folder changes when a file in it comes or goes.
fn newest(paths: &[PathBuf]) -> SystemTime {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut waiting = paths.to_vec();
    while let Some(path) = waiting.pop() {
        // A file may vanish between being listed and being looked at.
        let Ok(metadata) = fs::metadata(&path) else {
            continue;
        };
        newest = newest.max(metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        if metadata.is_dir() {
            let inside = fs::read_dir(&path).into_iter().flatten().flatten();
            waiting.extend(inside.map(|entry| entry.path()));
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, File},
        path::PathBuf,
        time::{Duration, SystemTime},
    };

    use super::{Changed, Changes};

    #[test]
    fn a_policy_is_told_from_a_source_and_a_deleted_file_is_noticed() {
        let root = std::env::temp_dir().join(format!("zige-changes-{}", std::process::id()));
        let (policy, source): (PathBuf, PathBuf) =
            (root.join("policies/a.md"), root.join("crates/x/src/lib.rs"));
        // Times are given, so that the test does not depend on how fast it runs.
        let mut hour = 0;
        let mut touch = |path: &PathBuf| {
            hour += 1;
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = File::options()
                .create(true)
                .append(true)
                .open(path)
                .unwrap();
            let later = SystemTime::now() + Duration::from_secs(3600 * hour);
            file.set_modified(later).unwrap();
        };
        touch(&policy);
        touch(&source);
        let mut changes = Changes::new(&root);
        assert_eq!(changes.look(), Changed::Nothing);
        touch(&policy);
        assert_eq!(changes.look(), Changed::Policies);
        assert_eq!(changes.look(), Changed::Nothing);
        touch(&source);
        touch(&policy);
        assert_eq!(changes.look(), Changed::Sources);
        assert_eq!(changes.look(), Changed::Nothing);
        fs::remove_dir_all(root).unwrap();
    }
}
