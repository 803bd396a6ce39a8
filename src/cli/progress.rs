//! One line that says what is being done, on a terminal only.

use std::io::{IsTerminal, Write, stderr};

/// The status line.
pub(super) struct Progress {
    on: bool,
}

impl Progress {
    /// A line on standard error, if that is a terminal.
    pub(super) fn new() -> Self {
        Self { on: stderr().is_terminal() }
    }

    /// Says what is being done now.
    pub(super) fn show(&self, text: &str) {
        if self.on {
            let _ = write!(stderr(), "\r\x1b[2K{text} …");
        }
    }

    /// Leaves the line empty for what is printed next.
    pub(super) fn clear(&self) {
        if self.on {
            let _ = write!(stderr(), "\r\x1b[2K");
        }
    }
}
