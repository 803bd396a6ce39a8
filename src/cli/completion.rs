//! `tinso completion`

use std::io::{Write, stdout};

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Cli;
use super::exit::{Exit, Failure};

/// Print what a shell needs to complete the arguments of tinso
///
/// For example `tinso completion bash > ~/.local/share/bash-completion/completions/tinso`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    // Into memory first: the generator panics where it cannot write, as when a pager was closed.
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "tinso", &mut script);
    stdout().write_all(&script).map_err(|error| Failure::io(format!("the script cannot be written: {error}")))?;
    Ok(Exit::Good)
}
