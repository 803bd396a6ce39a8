//! Finds the fewest edits and files with which a sequence still fails, and tells them.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::seen::Seen;
use crate::sequence::{Failure, Sequence};
use crate::state::State;

/// How long to look for a smaller one.
const PATIENCE: Duration = Duration::from_secs(90);

pub fn report(sequence: Sequence, failure: Failure) -> String {
    let (seed, kind, edits) = (sequence.seed, sequence.kind, sequence.steps.concat().len());
    let (sequence, failure) = shrink(sequence, failure);
    let states = sequence.states();
    let mut text = format!(
        "a build with a memo differs from one without.\nagain: TINSO_SEED={seed} TINSO_SEQUENCES=1 cargo test --test incremental {}\n{edits} edits shrunk to {}, at build {} of {}\n",
        format!("{kind:?}").to_lowercase(),
        sequence.steps.concat().len(),
        failure.step + 1,
        states.len(),
    );
    let _ = writeln!(text, "the site at the start: {} files", sequence.start.files.len());
    if sequence.start.files.values().map(Vec::len).sum::<usize>() < 6000 {
        for (path, bytes) in &sequence.start.files {
            let _ = writeln!(text, "  == {path}\n{}", indented(&shown(bytes)));
        }
        let _ = writeln!(text, "  around it: {:?} {:?}", sequence.start.around.keys(), sequence.start.web);
    }
    let _ = writeln!(text, "  {}", options(&sequence.start));
    for (step, edits) in sequence.steps.iter().enumerate() {
        let _ = writeln!(
            text,
            "edit {}: {}",
            step + 1,
            edits.iter().map(|edit| format!("{:?}", edit.kind)).collect::<Vec<_>>().join(" + ")
        );
        text += &change(&states[step], &states[step + 1]);
    }
    let _ = writeln!(text, "differences:");
    for difference in failure.differences.iter().take(12) {
        let _ = writeln!(text, "  - {difference}");
    }
    if failure.differences.len() > 12 {
        let _ = writeln!(text, "  and {} more", failure.differences.len() - 12);
    }
    text
}

/// Leaves out steps, then edits, then files, as long as what is left still fails.
fn shrink(mut best: Sequence, mut failure: Failure) -> (Sequence, Failure) {
    let start = Instant::now();
    best.steps.truncate(failure.step);
    loop {
        let before = (best.steps.concat().len(), best.start.files.len());
        for smaller in [without_step, without_edit, without_file] {
            let mut at = 0;
            while let Some(candidate) = smaller(&best, at).filter(|_| start.elapsed() < PATIENCE) {
                match candidate.run(&mut Seen::new()) {
                    Ok(()) => at += 1,
                    Err(found) => {
                        best = candidate;
                        best.steps.truncate(found.step);
                        failure = found;
                    }
                }
            }
        }
        if before == (best.steps.concat().len(), best.start.files.len()) || start.elapsed() >= PATIENCE {
            return (best, failure);
        }
    }
}

fn without_step(sequence: &Sequence, at: usize) -> Option<Sequence> {
    let mut smaller = sequence.clone();
    (at < smaller.steps.len()).then(|| smaller.steps.remove(at))?;
    Some(smaller)
}

fn without_edit(sequence: &Sequence, at: usize) -> Option<Sequence> {
    let mut smaller = sequence.clone();
    let mut at = at;
    for step in &mut smaller.steps {
        if at < step.len() {
            step.remove(at);
            return Some(smaller);
        }
        at -= step.len();
    }
    None
}

fn without_file(sequence: &Sequence, at: usize) -> Option<Sequence> {
    let path = sequence.start.files.keys().filter(|path| *path != "config.toml").nth(at)?.clone();
    let mut smaller = sequence.clone();
    smaller.start.files.remove(&path);
    Some(smaller)
}

/// What is different between two states.
fn change(before: &State, after: &State) -> String {
    let mut text = String::new();
    for (old, new, word) in [(&before.files, &after.files, ""), (&before.around, &after.around, "around: ")] {
        let mut paths: Vec<_> = old.keys().chain(new.keys()).collect();
        paths.sort_unstable();
        paths.dedup();
        for path in paths.into_iter().filter(|path| old.get(*path) != new.get(*path)) {
            let what = match (old.get(path), new.get(path)) {
                (None, _) => "new",
                (_, None) => "gone",
                _ => "other",
            };
            let (was, is) =
                (old.get(path).map(|b| shown(b)).unwrap_or_default(), new.get(path).map(|b| shown(b)).unwrap_or_default());
            let _ = writeln!(text, "  {word}{path} ({what})");
            let lines = |these: &str, others: &str, sign: char| -> String {
                let others: Vec<&str> = others.lines().collect();
                these.lines().filter(|line| !others.contains(line)).take(14).map(|line| format!("    {sign} {line}\n")).collect()
            };
            text += &lines(&was, &is, '-');
            text += &lines(&is, &was, '+');
        }
    }
    if before.web != after.web {
        let _ = writeln!(text, "  the web: {:?}", after.web);
    }
    if options(before) != options(after) {
        let _ = writeln!(text, "  {}", options(after));
    }
    text
}

fn options(state: &State) -> String {
    let State { base_url, drafts, minify, mode, now, threads, .. } = state;
    format!("options: base_url {base_url:?}, drafts {drafts}, minify {minify}, {mode:?}, now {now}, threads {threads}")
}

fn shown(bytes: &[u8]) -> String {
    if bytes.starts_with(b"\x89PNG") {
        format!("(a picture of {} bytes)", bytes.len())
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("     {line}")).collect::<Vec<_>>().join("\n")
}
