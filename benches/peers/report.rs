//! The tables: what was measured, and each aim beside what it is held to.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use super::Size;
use super::aim::{Aim, Unit, held, thousands};
use super::builds::{Measured, Task};
use super::peer::{Peer, Program};
use super::preview::{Edited, Previewed};
use super::process::Cost;

pub fn tables(machine: &str, peers: &[Peer], sizes: &[Size], others: &[(String, io::Result<Measured>)], rounds: u32) -> String {
    let names: Vec<String> = peers.iter().map(Peer::name).collect();
    let sections = [
        format!("Medians of {rounds}, in turn: {machine}; {}.", names.join(", ")),
        format!("### Cold builds\n\n{}", cold(sizes)),
        format!("### Against the aims\n\n{}", aims(sizes)),
        format!("### Building again, in a new process\n\n{}", again(sizes)),
        format!("### Preview\n\n{}", previews(sizes)),
        format!("### Other sites\n\n{}", sites(others)),
    ];
    sections.map(|section| section.trim_end().to_owned()).join("\n\n") + "\n"
}

fn cold(sizes: &[Size]) -> String {
    let mut text = "| articles | | time | processor | memory | files | pages |\n|---:|---|---:|---:|---:|---:|---:|\n".to_owned();
    for size in sizes {
        let articles = thousands(size.articles as u64);
        for program in [Program::Tinso, Program::Hugo, Program::Zola, Program::ZolaNext] {
            let (Some(cost), Some(files)) = (size.built.cost(program, Task::Cold), size.built.files.get(&program)) else {
                continue;
            };
            let (all, pages) = (thousands(files.all as u64), thousands(files.pages as u64));
            let _ = writeln!(text, "| {articles} | {} | {} | {all} | {pages} |", program.name(), costs(cost));
        }
        if let Some(copy) = size.built.cost(Program::Tinso, Task::Copy) {
            let _ = writeln!(text, "| {articles} | `cp -r` of tinso's output | {} | | |", costs(copy));
        }
    }
    text
}

fn costs(cost: Cost) -> String {
    format!("{} | {} | {}", seconds(cost.wall), seconds(cost.cpu), mib(cost.peak))
}

fn aims(sizes: &[Size]) -> String {
    let mut text = "| articles | | measured | aim | |\n|---:|---|---:|---:|---|\n".to_owned();
    let pairs = sizes.iter().zip(sizes.iter().skip(1));
    let rows = sizes.iter().filter_map(aims_of).chain(pairs.filter_map(|(fewer, more)| growth(fewer, more)));
    for (articles, rows) in rows {
        for (what, value, unit, aim) in rows {
            let _ = writeln!(text, "| {articles} | {what} | {} |", held(value, unit, aim));
        }
    }
    text
}

/// What is measured, and its aim; for so many articles.
type Rows = (String, Vec<(&'static str, f64, Unit, Aim)>);

/// What is told of one size.
fn aims_of(size: &Size) -> Option<Rows> {
    let at = |task| size.built.cost(Program::Tinso, task);
    let (cold, copy, check) = (at(Task::Cold)?, at(Task::Copy)?, at(Task::Check)?);
    let files = size.built.files.get(&Program::Tinso)?.all as f64;
    let large = size.articles >= 5_000;
    let mut rows = Vec::new();
    if let Some(hugo) = size.built.cost(Program::Hugo, Task::Cold) {
        let most = if large { 1.0 / 6.0 } else { 1.0 / 5.0 };
        rows.push(("cold build: of Hugo's time", ratio(cold.wall, hugo.wall), Unit::Ratio, Aim::AtMost(most)));
        let memory = cold.peak as f64 / hugo.peak.max(1) as f64;
        rows.push(("cold build: of Hugo's memory", memory, Unit::Ratio, Aim::AtMost(1.0 / 5.0)));
    }
    let most = if large { Aim::AtMost(3.5) } else { Aim::None };
    rows.push(("cold build: times that of `cp -r`", ratio(cold.wall, copy.wall), Unit::Ratio, most));
    let speed = files / check.wall.as_secs_f64();
    rows.push(("`check`: files a second", speed, Unit::Count, Aim::AtLeast(10_000.0)));
    Some((thousands(size.articles as u64), rows))
}

/// What is told of two sizes.
fn growth(fewer: &Size, more: &Size) -> Option<Rows> {
    let cost = |size: &Size| size.built.cost(Program::Tinso, Task::Cold);
    let (small, large) = (cost(fewer)?, cost(more)?);
    let exponent = |times_more: f64| times_more.ln() / (more.articles as f64 / fewer.articles as f64).ln();
    // Two languages.
    let pages = 2.0 * (more.articles as f64 - fewer.articles as f64);
    let (small_peak, large_peak) = (small.peak as f64, large.peak as f64);
    let rows = vec![
        ("exponent of processor time", exponent(ratio(large.cpu, small.cpu)), Unit::Exponent, Aim::AtMost(1.05)),
        ("exponent of memory", exponent(large_peak / small_peak), Unit::Exponent, Aim::AtMost(1.05)),
        ("memory for a page more", (large_peak - small_peak) / pages, Unit::Kib, Aim::AtMost(25.0)),
    ];
    Some((format!("{} → {}", thousands(fewer.articles as u64), thousands(more.articles as u64)), rows))
}

fn again(sizes: &[Size]) -> String {
    let mut text = "| articles | | of the cold build's processor time | aim | | files written | Hugo, of its own |\n\
                    |---:|---|---:|---:|---|---:|---:|\n"
        .to_owned();
    let edits = [
        (Task::Again, "nothing changed", Aim::AtMost(0.05)),
        (Task::Text, "the text of an article", Aim::AtMost(0.08)),
        (Task::Title, "the title of an article", Aim::None),
    ];
    for size in sizes {
        let share = |program, task| {
            let (cost, cold) = (size.built.cost(program, task)?, size.built.cost(program, Task::Cold)?);
            Some(ratio(cost.cpu, cold.cpu))
        };
        for (task, what, aim) in edits {
            let Some(tinso) = share(Program::Tinso, task) else { continue };
            let hugo = share(Program::Hugo, task).map_or(String::new(), |share| Unit::Percent.show(share));
            let written = size.built.written(task).map_or(String::new(), thousands);
            let articles = thousands(size.articles as u64);
            let _ = writeln!(text, "| {articles} | {what} | {} | {written} | {hugo} |", held(tinso, Unit::Percent, aim));
        }
    }
    text
}

fn previews(sizes: &[Size]) -> String {
    // A server that failed at one size has its column all the same.
    let servers: BTreeSet<(Program, &str)> =
        sizes.iter().flat_map(|size| &size.previews).map(|preview| (preview.program, preview.flag)).collect();
    let names = servers.iter().flat_map(|(program, flag)| {
        let name = format!("{} {flag}", program.name()).trim_end().to_owned();
        // After tinso's figure stand its aim and whether that is met.
        if *program == Program::Tinso { vec![name, "aim".to_owned(), String::new()] } else { vec![name] }
    });
    let names = names.collect::<Vec<_>>();
    let mut text = format!("| articles | | {} |\n|---:|---|{}\n", names.join(" | "), "---:|".repeat(names.len()));
    for size in sizes {
        for (what, unit, aim, value) in preview_rows(size.articles) {
            let cells = servers.iter().map(|server| {
                let preview = size.previews.iter().find(|preview| (preview.program, preview.flag) == *server);
                match (preview.map(value), server.0) {
                    (Some(Some(value)), Program::Tinso) => held(value, unit, aim),
                    (_, Program::Tinso) => "never | | **missed**".to_owned(),
                    (Some(Some(value)), _) => unit.show(value),
                    (Some(None), _) => "never".to_owned(),
                    (None, _) => String::new(),
                }
            });
            let cells = cells.collect::<Vec<_>>().join(" | ");
            let _ = writeln!(text, "| {} | {what} | {cells} |", thousands(size.articles as u64));
        }
    }
    text
}

/// A row of the table of servers: what, and where its figure is.
type PreviewRow = (&'static str, Unit, Aim, fn(&Previewed) -> Option<f64>);

fn preview_rows(articles: usize) -> [PreviewRow; 8] {
    let up_to = |most: usize, aim: f64| if articles <= most { Aim::AtMost(aim) } else { Aim::None };
    let article = match articles {
        ..=1_000 => 30.0,
        1_001..=5_000 => 60.0,
        _ => 150.0,
    };
    [
        ("start → first page", Unit::Milliseconds, up_to(5_000, 400.0), |preview| Some(ms(preview.start))),
        ("started again → first page", Unit::Milliseconds, up_to(5_000, 400.0), |preview| Some(ms(preview.start_again))),
        ("article saved → shown", Unit::Milliseconds, Aim::AtMost(article), |preview| preview.shown(Edited::Article).map(ms)),
        ("page template", Unit::Milliseconds, up_to(5_000, 150.0), |preview| preview.shown(Edited::Template).map(ms)),
        ("Sass", Unit::Milliseconds, up_to(5_000, 150.0), |preview| preview.shown(Edited::Sass).map(ms)),
        ("memory at the start", Unit::Mib, Aim::None, |preview| Some(preview.memory[0] as f64 / 1024.0)),
        ("memory after the edits", Unit::Mib, Aim::None, |preview| Some(preview.memory[1] as f64 / 1024.0)),
        ("processor while idle", Unit::Percent, Aim::AtMost(0.0), |preview| Some(preview.idle)),
    ]
}

fn sites(others: &[(String, io::Result<Measured>)]) -> String {
    let columns = [
        (Program::Tinso, Task::Cold, "cold"),
        (Program::Tinso, Task::Copy, "`cp -r`"),
        (Program::Tinso, Task::Check, "`check`"),
        (Program::Tinso, Task::Again, "nothing changed"),
        (Program::Tinso, Task::Text, "an article edited"),
        (Program::Tinso, Task::Cold, "memory"),
        (Program::Zola, Task::Cold, "Zola 0.22, cold"),
        (Program::Zola, Task::Cold, "its memory"),
        (Program::ZolaNext, Task::Cold, "Zola 0.23, cold"),
        (Program::ZolaNext, Task::Cold, "its memory"),
    ];
    let names: Vec<&str> = columns.iter().map(|(_, _, name)| *name).collect();
    let mut text = format!("| | files | {} |\n|---|---:|{}\n", names.join(" | "), "---:|".repeat(names.len()));
    for (name, measured) in others {
        let measured = match measured {
            Ok(measured) => measured,
            Err(error) => {
                let _ = writeln!(text, "| {name} | {} |", error.to_string().lines().nth(1).unwrap_or("not built"));
                continue;
            }
        };
        let cells = columns.map(|(program, task, name)| match measured.cost(program, task) {
            Some(cost) if name.contains("memory") => mib(cost.peak),
            Some(cost) => seconds(cost.wall),
            None => String::new(),
        });
        let files = measured.files.get(&Program::Tinso).map_or(0, |files| files.all as u64);
        let _ = writeln!(text, "| {name} | {} | {} |", thousands(files), cells.join(" | "));
    }
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn mib(kib: u64) -> String {
    Unit::Mib.show(kib as f64 / 1024.0)
}

fn ratio(of: Duration, to: Duration) -> f64 {
    of.as_secs_f64() / to.as_secs_f64().max(0.001)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
