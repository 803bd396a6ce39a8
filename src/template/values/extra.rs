use std::sync::Arc;

use tera::Value;
use tera::value::Key;

use super::basics::{self, list, map};
use crate::data::{Data, Table};
use crate::template::reads::Reads;

/// The table `extra` of a page that is read like this.
pub(super) fn extra(extra: &Table, of_page: &Reads) -> Value {
    match of_page.fields.get("extra").filter(|_| !of_page.reads_all_fields()) {
        Some(reads) => table(extra, reads),
        None => basics::table(extra),
    }
}

/// What is read of a table, and little more: a template that reads so much cannot tell it from the whole.
fn table(whole: &Table, reads: &Reads) -> Value {
    if reads.reads_all_fields() {
        return basics::table(whole);
    }
    let read = whole.entries().iter().filter_map(|entry| Some((entry, reads.fields.get(&*entry.key)?)));
    let part = map(read.map(|(entry, reads)| (Key::String(Arc::clone(&entry.key)), data(&entry.node.value, reads))));
    // An empty one would be untrue.
    if reads.itself && !part.is_truthy() { basics::table(whole) } else { part }
}

fn data(whole: &Data, reads: &Reads) -> Value {
    match whole {
        Data::Table(whole) => table(whole, reads),
        Data::List(items) if !reads.whole => {
            let each = reads.each();
            list(items.iter().take(reads.count_of_items()).map(|item| data(&item.value, &each)))
        }
        _ => basics::data(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_toml;
    use crate::diagnostic::Sink;
    use crate::template::reads::Items;
    use crate::text::{SitePath, SourceText};

    const EXTRA: &str = "a = 1\nnone = []\ndeep = [[1, 2], [3]]\n[empty]\n[[metrics]]\nlabel = \"x\"\nvalue = 1.5\n\
                         [[metrics]]\nlabel = \"y\"\n[[metrics]]\nvalue = 2\nmore.a = 1\n";

    fn sample() -> Table {
        let source = SourceText::new(SitePath::new("a.toml"), EXTRA);
        parse_toml(&source, source.whole(), &Sink::new()).unwrap()
    }

    /// Everything that can be read of a value, down to some steps.
    fn all(steps: usize) -> Vec<Reads> {
        let flags = [Reads::default(), Reads::whole(), Reads::itself(), Reads::length()];
        let mut all = flags.to_vec();
        for inner in (steps > 0).then(|| self::all(steps - 1)).into_iter().flatten() {
            let mut with = |of_it: Reads| {
                for flag in [Reads::default(), Reads::itself()] {
                    let mut reads = of_it.clone();
                    reads.merge(flag);
                    all.push(reads);
                }
            };
            ["none", "metrics", "label", "z"].iter().for_each(|name| with(Reads::field(name, inner.clone())));
            with(Reads::any(inner.clone()));
            for first in [None, Some(0), Some(1), Some(9)] {
                with(Reads { items: Some(Items { first, each: Box::new(inner.clone()) }), ..Reads::default() });
            }
        }
        all
    }

    #[test]
    fn no_template_can_tell_what_is_read_from_the_whole() {
        let sample = sample();
        let whole = basics::table(&sample);
        for reads in all(3) {
            let part = extra(&sample, &Reads::field("extra", reads.clone()));
            assert!(reads.same(&whole, &part) && reads.print(&whole) == reads.print(&part), "{reads:?}: {part:?}");
        }
    }

    #[test]
    fn what_is_not_read_is_not_there() {
        let label = Reads::field("label", Reads::whole());
        let first = Reads { items: Some(Items { first: Some(1), each: Box::new(label) }), ..Reads::default() };
        let part = extra(&sample(), &Reads::field("extra", Reads::field("metrics", first)));
        assert_eq!(part.to_string(), "{\"metrics\": [{\"label\": \"x\"}]}");
    }
}
