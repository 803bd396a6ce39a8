//! The page that tells what was measured, and where.

use std::fs;
use std::io;
use std::path::Path;

/// Puts tables between the two marks of a page that have their name.
pub fn write(page: &Path, name: &str, tables: &str) -> io::Result<()> {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let text = fs::read_to_string(page)?;
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = parts.ok_or_else(|| io::Error::other(format!("{} has no {begin}", page.display())))?;
    fs::write(page, format!("{before}{begin}\n{tables}\n{end}{after}"))
}

/// "24 November 2026, 2 cores (…), 24 GiB, Linux 6.1, load 0.1 before"
pub fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        value.trim_start_matches([':', '\t', ' ']).trim().to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = field(&read("/proc/cpuinfo"), "model name");
    let memory: u64 = field(&read("/proc/meminfo"), "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    let (kernel, load) = (read("/proc/sys/kernel/osrelease"), read("/proc/loadavg"));
    format!(
        "{}, {cores} cores ({model}), {} GiB, Linux {}, load {} before",
        jiff::Timestamp::now().strftime("%-d %B %Y"),
        memory.div_ceil(1024 * 1024),
        kernel.trim(),
        load.split(' ').next().unwrap_or_default()
    )
}
