//! The command line: one file a command, and the printing that all of them share.

#![allow(clippy::disallowed_methods, reason = "an edge of the program: disk, clock and network are its work")]

mod at;
mod build;
mod cache;
mod changed;
mod check;
mod completion;
mod exit;
mod explain;
mod init;
mod make;
mod new;
mod next_change;
mod progress;
mod report;
mod series;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod summary;
mod timings;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Exit;
use report::Reporter;

/// A static site generator for news that carries numbers.
///
/// tinso makes a bilingual news portal out of Markdown files, with a page and a chart for every indicator that the
/// articles report on. Sites are laid out as Zola's.
#[derive(Parser, Debug)]
#[command(name = "tinso", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Start with `tinso init my-portal`, then `cd my-portal` and `tinso serve`.")]
struct Cli {
    /// The folder of the site
    #[arg(short, long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,

    /// The config file [default: zola.toml, else config.toml, in the folder of the site or the nearest one above it]
    #[arg(short, long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Show every warning, also the many of one kind
    #[arg(short, long, global = true)]
    verbose: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Build the site into a folder
    Build(build::Args),
    /// Serve the site from memory and reload the browser after every edit
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Look for errors: everything that `build` does but writing
    Check(check::Args),
    /// Print when a build would next change the site by itself
    NextChange(next_change::Args),
    /// Show the series of an indicator with its sources, or list all indicators
    Series(series::Args),
    /// Make a new portal, in Vietnamese and English, that works at once
    Init(init::Args),
    /// Start an article or an indicator in every language of the site
    New(new::Args),
    /// Print what a shell needs to complete the arguments of tinso
    Completion(completion::Args),
}

/// What every command can use.
struct Context {
    root: PathBuf,
    config: Option<PathBuf>,
    reporter: Reporter,
}

/// Runs the command that the arguments of the process ask for.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Good };
            let _ = error.print();
            return code.into();
        }
    };
    let context = Context { root: cli.root, config: cli.config, reporter: Reporter::for_stderr(cli.verbose) };
    let done = match &cli.command {
        Command::Build(args) => build::run(&context, args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&context, args),
        Command::Check(args) => check::run(&context, args),
        Command::NextChange(args) => next_change::run(&context, args),
        Command::Series(args) => series::run(&context, args),
        Command::Init(args) => init::run(&context, args),
        Command::New(args) => new::run(&context, args),
        Command::Completion(args) => completion::run(args),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            context.reporter.failure(&failure);
            failure.exit.into()
        }
    }
}
