//! Builds, each in a new process: cold, without a change, after an edit; and what `cp -r` takes for the same files.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use super::folders::{self, Files, Work};
use super::peer::{Peer, Program};
use super::process::{Cost, Ran, median, run};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Task {
    /// Into a fresh folder, by a program that remembers nothing.
    Cold,
    /// `cp -r` of tinso's output.
    Copy,
    /// `check`, by a program that remembers nothing.
    Check,
    /// Nothing has changed.
    Again,
    /// A paragraph more in one article.
    Text,
    /// Another title of one article.
    Title,
}

/// The article that is edited.
pub struct Article {
    /// By its path in the site.
    pub path: String,
    /// Its title stands as `title = "` in it.
    pub titled: bool,
}

/// What was measured of a site.
#[derive(Default)]
pub struct Measured {
    ran: BTreeMap<(Program, Task), Vec<Ran>>,
    pub files: BTreeMap<Program, Files>,
}

impl Measured {
    /// The median of each figure.
    pub fn cost(&self, program: Program, task: Task) -> Option<Cost> {
        let costs = || self.ran.get(&(program, task)).into_iter().flatten().map(|ran| ran.cost);
        Some(Cost {
            wall: median(costs().map(|cost| cost.wall))?,
            cpu: median(costs().map(|cost| cost.cpu))?,
            peak: median(costs().map(|cost| cost.peak))?,
        })
    }

    /// How many files tinso wrote: "Built … : 3 files written, …".
    pub fn written(&self, task: Task) -> Option<u64> {
        let said = &self.ran.get(&(Program::Tinso, task))?.last()?.said;
        said.split_once(" written")?.0.rsplit(' ').nth(1)?.parse().ok()
    }

    fn take(&mut self, program: Program, task: Task, ran: Ran) {
        self.ran.entry((program, task)).or_default().push(ran);
    }
}

/// Measures the programs in turn, so often. Their sites are there.
pub fn measure(peers: &[Peer], work: &Work, article: &Article, rounds: u32) -> io::Result<Measured> {
    let mut measured = Measured::default();
    let build = |peer: &Peer| run(&mut peer.build(&work.site(peer.program), &work.output(peer.program)), &work.log());
    for _ in 0..rounds {
        for peer in peers {
            if peer.program == Program::Tinso {
                work.forget(peer.program)?;
                let check = run(&mut peer.check(&work.site(peer.program)), &work.log())?;
                measured.take(peer.program, Task::Check, check);
            }
            work.forget(peer.program)?;
            measured.take(peer.program, Task::Cold, build(peer)?);
            measured.files.insert(peer.program, folders::count(&work.output(peer.program))?);
        }
        for peer in peers {
            match peer.program {
                Program::Tinso => {
                    folders::remove(&work.copy())?;
                    let mut copy = Command::new("cp");
                    copy.arg("-r").arg(work.output(Program::Tinso)).arg(work.copy());
                    measured.take(Program::Tinso, Task::Copy, run(&mut copy, &work.log())?);
                    measured.take(Program::Tinso, Task::Again, build(peer)?);
                }
                Program::Hugo => {}
                // Its builds begin with nothing, always.
                Program::Zola | Program::ZolaNext => continue,
            }
            for task in [Task::Text, Task::Title].into_iter().filter(|task| *task == Task::Text || article.titled) {
                let path = work.site(peer.program).join(&article.path);
                let before = edit(&path, task)?;
                let ran = build(peer);
                fs::write(&path, before)?;
                measured.take(peer.program, task, ran?);
                if peer.program == Program::Tinso {
                    build(peer)?;
                }
            }
        }
    }
    Ok(measured)
}

/// Edits an article; gives what stood in it.
fn edit(path: &Path, task: Task) -> io::Result<String> {
    let before = fs::read_to_string(path)?;
    let after = match task {
        Task::Title => before.replacen("title = \"", "title = \"+ ", 1),
        _ => format!("{before}\nOne paragraph more.\n"),
    };
    fs::write(path, after)?;
    Ok(before)
}
