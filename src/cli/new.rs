//! `tinso new`
use super::Context;
use super::exit::{Exit, Failure};
/// Start an article.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    slug: String,
}
/// Runs the command.
pub(super) fn run(_context: &Context, _args: &Args) -> Result<Exit, Failure> {
    Ok(Exit::Good)
}
