//! The tables: what was measured, and each aim beside what it is held to.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use super::Size;
use super::aim::{Aim, Unit, mib, row, seconds, thousands};
use super::builds::{Measured, Task};
use super::peer::{Peer, Program};
use super::preview::{Edited, Previewed};
use super::process::Cost;

pub fn tables(
    machine: &str,
    peers: &[Peer],
    sizes: &[Size],
    others: &[(String, io::Result<Measured>)],
    rounds: u32,
) -> String {
    let names: Vec<String> = peers.iter().map(Peer::name).collect();
    let sections = [
        format!("Medians of {rounds}, in turn: {machine}; {}.", names.join(", ")),
        format!("### Cold builds\n\n{}", cold(sizes)),
        format!("### Against the aims\n\n{}", aims(sizes)),
        format!("### Preview\n\n{}", previews(sizes)),
        format!("### Other sites\n\n{}", sites(others)),
    ];
    // Writing into a string cannot fail, so the results of `write!` below are let go.
    sections.join("\n\n").trim_end().to_owned() + "\n"
}

fn cold(sizes: &[Size]) -> String {
    let mut text = "| articles | | time | processor | memory | files | pages |\n|---:|---|---:|---:|---:|---:|---:|\n".to_owned();
    for size in sizes {
        let articles = thousands(size.articles as u64);
        for program in [Program::Tinso, Program::Hugo, Program::Zola] {
            let (Some(cost), Some(files)) = (size.built.cost(program, Task::Cold), size.built.files.get(&program)) else { continue };
            let (all, pages) = (thousands(files.all as u64), thousands(files.pages as u64));
            let _ = writeln!(text, "| {articles} | {} | {} | {all} | {pages} |", program.name(), three(cost));
        }
        if let Some(copy) = size.built.cost(Program::Tinso, Task::Copy) {
            let _ = writeln!(text, "| {articles} | `cp -r` of tinso's output | {} | | |", three(copy));
        }
    }
    text
}

fn three(cost: Cost) -> String {
    format!("{} | {} | {}", seconds(cost.wall), seconds(cost.cpu), mib(cost.peak))
}

fn aims(sizes: &[Size]) -> String {
    let mut text = "| | articles | measured | aim | |\n|---|---:|---:|---:|---|\n".to_owned();
    for size in sizes {
        text += &aims_of(size).unwrap_or_default();
    }
    for (fewer, more) in sizes.iter().zip(sizes.iter().skip(1)) {
        text += &growth(fewer, more).unwrap_or_default();
    }
    text
}

/// What is told of one size.
fn aims_of(size: &Size) -> Option<String> {
    let built = &size.built;
    let articles = &thousands(size.articles as u64);
    let at = |task| built.cost(Program::Tinso, task);
    let (cold, copy, check) = (at(Task::Cold)?, at(Task::Copy)?, at(Task::Check)?);
    let files = built.files.get(&Program::Tinso)?.all as f64;
    let mut text = String::new();
    if let Some(hugo) = built.cost(Program::Hugo, Task::Cold) {
        let most = if size.articles < 5_000 { 1.0 / 5.0 } else { 1.0 / 6.0 };
        text += &row("cold build, of Hugo's time", articles, ratio(cold.wall, hugo.wall), Unit::Ratio, Aim::AtMost(most));
        let memory = cold.peak as f64 / hugo.peak.max(1) as f64;
        text += &row("its memory, of Hugo's", articles, memory, Unit::Ratio, Aim::AtMost(1.0 / 5.0));
    }
    let most = if size.articles < 5_000 { Aim::None } else { Aim::AtMost(3.5) };
    text += &row("cold build, of the time of `cp -r`", articles, ratio(cold.wall, copy.wall), Unit::Ratio, most);
    let speed = files / check.wall.as_secs_f64();
    text += &row("`check`, files a second", articles, speed, Unit::Count, Aim::AtLeast(10_000.0));
    for (task, what, aim) in [
        (Task::Again, "built again, nothing changed", Aim::AtMost(0.05)),
        (Task::Text, "built again, the text of an article edited", Aim::AtMost(0.08)),
        (Task::Title, "built again, the title of an article edited", Aim::None),
    ] {
        let Some(cost) = at(task) else { continue };
        let what_share = format!("{what}: of the cold build's processor time");
        text += &row(&what_share, articles, ratio(cost.cpu, cold.cpu), Unit::Percent, aim);
        let most = if task == Task::Again { Aim::AtMost(0.0) } else { Aim::None };
        if let Some(written) = built.written(task) {
            text += &row("files written then", articles, written as f64, Unit::Count, most);
        }
        if let (Some(hugo), Some(its_cold)) = (built.cost(Program::Hugo, task), built.cost(Program::Hugo, Task::Cold)) {
            let share = ratio(hugo.cpu, its_cold.cpu);
            text += &row("Hugo then: of its cold build's", articles, share, Unit::Percent, Aim::None);
        }
    }
    Some(text)
}

/// What is told of two sizes.
fn growth(fewer: &Size, more: &Size) -> Option<String> {
    let cost = |size: &Size| size.built.cost(Program::Tinso, Task::Cold);
    let (small, large) = (cost(fewer)?, cost(more)?);
    let articles = format!("{} → {}", thousands(fewer.articles as u64), thousands(more.articles as u64));
    let times = more.articles as f64 / fewer.articles as f64;
    let exponent = |times_more: f64| times_more.ln() / times.ln();
    let memory = exponent(large.peak as f64 / small.peak as f64);
    // Two languages.
    let pages = 2.0 * (more.articles as f64 - fewer.articles as f64);
    let page = (large.peak as f64 - small.peak as f64) / pages;
    Some(
        row("exponent of processor time", &articles, exponent(ratio(large.cpu, small.cpu)), Unit::Exponent, Aim::AtMost(1.05))
            + &row("exponent of memory", &articles, memory, Unit::Exponent, Aim::AtMost(1.05))
            + &row("memory for a page more", &articles, page, Unit::Kib, Aim::AtMost(25.0)),
    )
}

fn previews(sizes: &[Size]) -> String {
    let mut text = "| articles | | start | article | template | Sass | memory: first, last | idle | aims: start, article, template, Sass |\n\
                    |---:|---|---:|---:|---:|---:|---:|---:|---|\n"
        .to_owned();
    for size in sizes {
        for preview in &size.previews {
            let articles = thousands(size.articles as u64);
            let name = format!("{} {}", preview.program.name(), preview.flag);
            let show = |time: Option<Duration>| time.map_or("never".to_owned(), |time| Unit::Milliseconds.show(ms(time)));
            let shown: Vec<String> = preview.shown.iter().map(|(_, time)| show(*time)).collect();
            let [first, last] = preview.memory.map(mib);
            let idle = preview.idle.as_secs_f64() / 3.0 * 100.0;
            let aims = if preview.program == Program::Tinso { preview_aims(size.articles, preview) } else { String::new() };
            let _ = writeln!(
                text,
                "| {articles} | {} | {} | {} | {first}, {last} | {idle:.1} % | {aims} |",
                name.trim_end(),
                show(Some(preview.start)),
                shown.join(" | ")
            );
        }
    }
    text
}

/// The aims of a server, and whether they are met: `≤ 400 ms met, …`.
fn preview_aims(articles: usize, preview: &Previewed) -> String {
    let most = |edited| match edited {
        Edited::Article if articles <= 1_000 => Some(30.0),
        Edited::Article if articles <= 5_000 => Some(60.0),
        Edited::Template | Edited::Sass if articles > 5_000 => None,
        _ => Some(150.0),
    };
    let start = (Some(preview.start), (articles <= 5_000).then_some(400.0));
    let edits = preview.shown.iter().map(|(edited, time)| (*time, most(*edited)));
    let aims = [start].into_iter().chain(edits).filter_map(|(time, most)| {
        let most = most?;
        let met = time.is_some_and(|time| ms(time) <= most);
        Some(format!("≤ {} {}", Unit::Milliseconds.show(most), if met { "met" } else { "**missed**" }))
    });
    aims.collect::<Vec<_>>().join(", ")
}

fn sites(others: &[(String, io::Result<Measured>)]) -> String {
    let mut text = "| | files | | time | processor | memory |\n|---|---:|---|---:|---:|---:|\n".to_owned();
    for (name, measured) in others {
        let measured = match measured {
            Ok(measured) => measured,
            Err(error) => {
                let why = error.to_string();
                let _ = writeln!(text, "| {name} | | not built: {} | | | |", why.lines().last().unwrap_or_default());
                continue;
            }
        };
        let rows = [
            (Program::Tinso, Task::Cold, "tinso, cold"),
            (Program::Zola, Task::Cold, "Zola, cold"),
            (Program::Tinso, Task::Copy, "`cp -r` of tinso's output"),
            (Program::Tinso, Task::Check, "`tinso check`"),
            (Program::Tinso, Task::Again, "tinso, nothing changed"),
            (Program::Tinso, Task::Text, "tinso, an article edited"),
        ];
        for (program, task, what) in rows {
            let Some(cost) = measured.cost(program, task) else { continue };
            let files = measured.files.get(&program).map_or(0, |files| files.all as u64);
            let _ = writeln!(text, "| {name} | {} | {what} | {} |", thousands(files), three(cost));
        }
    }
    text
}

fn ratio(of: Duration, to: Duration) -> f64 {
    of.as_secs_f64() / to.as_secs_f64().max(0.001)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
