//! The command `tinso`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tinso::cli::run()
}
