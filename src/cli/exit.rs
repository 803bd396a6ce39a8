//! How a command can end.

use std::fmt::Display;
use std::process::ExitCode;

use crate::publish::PublishError;

/// The exit codes of `tinso`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Exit {
    /// 0: all is well.
    Good,
    /// 1: the site has errors.
    Content,
    /// 2: the arguments or the config are wrong.
    Usage,
    /// 3: the file system or the network said no.
    Io,
    /// 4: another build is at work.
    Busy,
    /// 5: there is no such thing as was asked for, and nothing is wrong.
    Nothing,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Content => 1,
            Exit::Usage => 2,
            Exit::Io => 3,
            Exit::Busy => 4,
            Exit::Nothing => 5,
        })
    }
}

/// Why a command did not do what it should.
pub(super) struct Failure {
    pub(super) exit: Exit,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Failure {
    /// The arguments or the config are wrong.
    pub(super) fn usage(message: impl Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string(), help: None }
    }

    /// The file system or the network said no.
    pub(super) fn io(message: impl Display) -> Self {
        Self { exit: Exit::Io, message: message.to_string(), help: None }
    }

    /// Says what to do.
    pub(super) fn help(mut self, help: impl Display) -> Self {
        self.help = Some(help.to_string());
        self
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        let exit = match error {
            PublishError::Refused { .. } | PublishError::InTheWay(_) => Exit::Usage,
            PublishError::BadPath { .. } => Exit::Content,
            PublishError::Busy(_) => Exit::Busy,
            PublishError::Io { .. } => Exit::Io,
        };
        Self { exit, message: error.to_string(), help: error.help() }
    }
}
