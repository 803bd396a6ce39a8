//! Processor time, which other programs on the machine hardly disturb.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What this thread has taken.
pub fn of_thread() -> Duration {
    read(ClockId::ThreadCPUTime)
}

/// What all threads of the program have taken.
pub fn of_process() -> Duration {
    read(ClockId::ProcessCPUTime)
}

fn read(clock: ClockId) -> Duration {
    Duration::try_from(clock_gettime(clock)).unwrap_or_default()
}
