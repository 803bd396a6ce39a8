//! What a program takes: time, processor time, memory.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub wall: Duration,
    /// User and system time.
    pub cpu: Duration,
    /// The most memory that it had (`VmHWM`), in KiB.
    pub peak: u64,
}

/// A program that has come to its end.
pub struct Ran {
    pub cost: Cost,
    /// Its last line.
    pub said: String,
}

/// Runs a program to its end; a failing one is an error. What it says goes into `log`.
pub fn run(command: &mut Command, log: &Path) -> io::Result<Ran> {
    quiet(command, log)?;
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut last = usage(child.id())?;
    while !last.ended {
        thread::sleep(Duration::from_millis(1));
        let now = usage(child.id())?;
        // What has ended has no memory any more.
        last = Usage { peak: now.peak.max(last.peak), ..now };
    }
    let cost = Cost { wall: start.elapsed(), cpu: last.cpu, peak: last.peak };
    let status = child.wait()?;
    let said = fs::read_to_string(log)?;
    if status.success() {
        Ok(Ran { cost, said: said.lines().last().unwrap_or_default().to_owned() })
    } else {
        Err(io::Error::other(format!("this failed: {command:?}\n{said}")))
    }
}

/// Sends what a program says into a file.
pub fn quiet(command: &mut Command, log: &Path) -> io::Result<()> {
    let file = File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    Ok(())
}

/// What a program has taken until now.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    pub cpu: Duration,
    /// Memory now and at most, in KiB.
    pub memory: u64,
    pub peak: u64,
    /// It has ended, and nobody has waited for it.
    pub ended: bool,
}

/// What Linux says of a program.
pub fn usage(id: u32) -> io::Result<Usage> {
    let entry = Path::new("/proc").join(id.to_string());
    let status = fs::read_to_string(entry.join("status"))?;
    let kib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
    };
    let stat = fs::read_to_string(entry.join("stat"))?;
    // After the name in parentheses: the state, and as the 12th and 13th the ticks of a hundredth second.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = fields.iter().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Ok(Usage {
        cpu: Duration::from_millis(ticks * 10),
        memory: kib("VmRSS:"),
        peak: kib("VmHWM:"),
        ended: fields.first() == Some(&"Z"),
    })
}

/// The one in the middle; of an even number, the lower one of the two.
pub fn median<T: Ord + Copy>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}
