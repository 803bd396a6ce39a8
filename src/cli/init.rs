//! `tinso init`
use super::exit::{Exit, Failure};
/// Make a new portal.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    dir: std::path::PathBuf,
}
/// Runs the command.
pub(super) fn run(_args: &Args) -> Result<Exit, Failure> {
    Ok(Exit::Good)
}
