//! Templates that go through whole lists in many outputs: the time of such a build grows with the square of the site.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Sink};
use crate::template::Engine;

/// What a template must exceed to be told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoopLimits {
    /// Outputs in which it goes through whole lists.
    pub outputs: usize,
    /// Items that it goes through in all of them.
    pub items: usize,
}

impl Default for LoopLimits {
    fn default() -> Self {
        Self { outputs: 200, items: 2_000_000 }
    }
}

/// How many items templates went through in lists that functions gave them, and that they read to the end.
///
/// Found by what the templates read, not by the clock. What an output shows of its own, such as the pages of a section,
/// is shown once in the site and does not count.
#[derive(Default, Debug)]
pub struct Loops(BTreeMap<String, LoopLimits>);

impl Loops {
    /// Counts one output.
    pub(super) fn add(&mut self, template: &str, items: usize) {
        if items > 0 {
            let of_it = self.0.entry(template.to_owned()).or_insert(LoopLimits { outputs: 0, items: 0 });
            of_it.outputs += 1;
            of_it.items = of_it.items.saturating_add(items);
        }
    }

    /// Warns of each template that exceeds the limits.
    pub fn report(&self, engine: &Engine, limits: LoopLimits, sink: &Sink) {
        let too_many = |count: &LoopLimits| count.outputs > limits.outputs && count.items > limits.items;
        for (template, count) in self.0.iter().filter(|(_, count)| too_many(count)) {
            let reads = &engine.known().drawn(template).reads;
            let of_function = |name: &String| reads.functions.get(name).map(|reads| reads.lists()).unwrap_or_default();
            let functions: Vec<&String> = reads.functions.keys().filter(|name| !of_function(name).is_empty()).collect();
            let paths = |name: &&String| of_function(name).into_iter().map(|path| format!("`{name}(…){path}`")).collect();
            let lists: Vec<String> = functions.iter().flat_map::<Vec<String>, _>(paths).collect();
            let message = format!(
                "the template `{template}` goes through all of {} in each of {} outputs: {} items in this build",
                lists.join(" and "),
                count.outputs,
                count.items
            );
            let found = Diagnostic::warning("slow-template", message)
                .help("cut the list before the loop, as in `pages | slice(end=10)`, or show all of it on one page only");
            let place = match functions.as_slice() {
                [function] => engine.only_call(&reads.templates, function),
                _ => None,
            };
            sink.push(match (place, engine.path_of(template)) {
                (Some(place), _) => found.at_place(place),
                (None, Some(path)) => found.in_file(path),
                (None, None) => found,
            });
        }
    }
}
