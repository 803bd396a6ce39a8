use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Timings, Work};

/// The number of the process in the trace: there is only one.
const PROCESS: u32 = 1;

impl Timings {
    /// A trace in the Trace Event Format, which Perfetto and chrome://tracing open.
    pub(in crate::cli) fn trace(&self) -> Value {
        let threads: BTreeSet<usize> = self.spans.iter().map(|span| span.thread).chain([0]).collect();
        let name = |thread: usize| if thread == 0 { "stages".to_owned() } else { format!("worker {thread}") };
        let named = |what: &str, thread: usize, name: &str| json!({ "name": what, "ph": "M", "pid": PROCESS, "tid": thread, "args": { "name": name } });
        let mut events = vec![named("process_name", 0, "tinso build")];
        events.extend(threads.into_iter().map(|thread| named("thread_name", thread, &name(thread))));
        for stage in &self.stages {
            let took = stage.end.saturating_sub(stage.begin);
            events.push(event(stage.name, "stage", 0, stage.begin, took, &json!({})));
        }
        let mut spans: Vec<_> = self.spans.iter().collect();
        spans.sort_by_key(|span| (span.begin, span.thread));
        for span in spans {
            let (kind, args) = match &span.work {
                Work::Body { .. } => ("markdown", json!({})),
                Work::Render { template, .. } => ("render", json!({ "template": template })),
                Work::Data { .. } => ("data", json!({})),
                Work::Picture { .. } => ("picture", json!({})),
                Work::Write { .. } => ("write", json!({})),
            };
            events.push(event(span.work.path(), kind, span.thread, span.begin, span.took, &args));
        }
        json!({ "traceEvents": events, "displayTimeUnit": "ms" })
    }
}

/// Something that began and took its time.
fn event(name: &str, kind: &str, thread: usize, begin: Duration, took: Duration, args: &Value) -> Value {
    let micros = |time: Duration| time.as_nanos() as f64 / 1_000.0;
    json!({
        "name": name, "cat": kind, "ph": "X", "ts": micros(begin), "dur": micros(took), "pid": PROCESS, "tid": thread,
        "args": args,
    })
}
