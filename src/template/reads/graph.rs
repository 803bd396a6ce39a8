use std::collections::BTreeMap;

use super::what::{Items, Reads};

/// Deeper than this, whatever is read is everything; so what a loop hands to itself ends.
const DEPTH: usize = 8;
/// So many values are gone over before a template counts as not understood.
const STEPS: usize = 200_000;

/// A value that a template works with, known by where it is from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Id(usize);

/// Where a value is from.
pub(super) enum Node {
    /// It is new: what it was made of was read to make it.
    Fresh,
    /// A variable of the context.
    Variable(String),
    /// What a function gives.
    Answer(String),
    /// A field of a value.
    Field(Id, String),
    /// A field or item that is known only at render time.
    Any(Id),
    /// One of the first items of a list, or of all.
    Item(Id, Option<usize>),
    /// A list of items of another: those from the first number up to the second in their order, or any in any order.
    Part(Id, Option<(usize, usize)>),
    /// A list with another, or one more value, at its end.
    Joined(Id, Id),
    /// A list made of items.
    List(Vec<Id>),
    /// A map made of named values, of values under other keys, and of all that other maps have.
    Map { named: Vec<(String, Id)>, others: Vec<Id>, spread: Vec<Id> },
    /// One of these.
    OneOf(Vec<Id>),
    /// Any value that a name is bound to, now or later, and what is read of it.
    Bound { to: Vec<Id>, reads: Reads },
}

/// Values by where they are from. What is read of one is read of those that it is made from, down to the context's
/// variables and the answers of functions.
#[derive(Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    steps: usize,
    pub(super) variables: BTreeMap<String, Reads>,
    pub(super) functions: BTreeMap<String, Reads>,
    /// Whether it was given up.
    pub(super) everything: bool,
}

impl Graph {
    pub(super) fn add(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        Id(self.nodes.len() - 1)
    }

    pub(super) fn fresh(&mut self) -> Id {
        self.add(Node::Fresh)
    }

    /// A name that nothing is bound to yet.
    pub(super) fn unbound(&mut self) -> Id {
        self.add(Node::Bound { to: Vec::new(), reads: Reads::default() })
    }

    pub(super) fn one_of(&mut self, ids: Vec<Id>) -> Id {
        match ids.as_slice() {
            [id] => *id,
            _ => self.add(Node::OneOf(ids)),
        }
    }

    /// Binds a name to one more value, of which all is read that is read of the name.
    pub(super) fn bind(&mut self, name: Id, value: Id) {
        if let Some(Node::Bound { to, reads }) = self.nodes.get_mut(name.0) {
            to.push(value);
            let reads = reads.clone();
            self.read(value, reads);
        }
    }

    /// Counts steps; after too many all is given up.
    pub(super) fn spend(&mut self, steps: usize) {
        self.steps = self.steps.saturating_add(steps);
        self.everything |= self.steps > STEPS;
    }

    /// Notes that something is read of a value.
    pub(super) fn read(&mut self, id: Id, reads: Reads) {
        let mut waiting = vec![(id, reads)];
        while let Some((id, reads)) = waiting.pop() {
            if reads.is_nothing() || self.everything {
                continue;
            }
            self.spend(reads.size());
            let Some(node) = self.nodes.get_mut(id.0) else { continue };
            let mut pass = |to: Id, reads: Reads| waiting.push((to, reads));
            match node {
                Node::Fresh => {}
                Node::Variable(name) => note(&mut self.variables, name, reads),
                Node::Answer(name) => note(&mut self.functions, name, reads),
                Node::Field(of, name) => pass(*of, Reads::field(name, reads)),
                Node::Any(of) => pass(*of, Reads::any(reads)),
                Node::Item(of, first) => pass(*of, Reads::items(*first, reads)),
                Node::Part(of, within) => pass(*of, of_part(*within, &reads)),
                Node::Joined(list, more) => {
                    pass(*more, reads.of_items());
                    pass(*list, reads.clone());
                    pass(*more, reads);
                }
                Node::List(items) => items.iter().for_each(|item| pass(*item, reads.of_items())),
                Node::Map { named, others, spread } => {
                    named.iter().for_each(|(name, value)| pass(*value, reads.of_field(name)));
                    others.iter().for_each(|value| pass(*value, of_any_field(&reads)));
                    spread.iter().for_each(|map| pass(*map, of_spread(&reads)));
                }
                Node::OneOf(values) => values.iter().for_each(|value| pass(*value, reads.clone())),
                Node::Bound { to, reads: known } => {
                    let reads = reads.clipped(DEPTH);
                    if known.merge(reads.clone()) {
                        to.iter().for_each(|value| pass(*value, reads.clone()));
                    }
                }
            }
        }
    }
}

fn note(known: &mut BTreeMap<String, Reads>, name: &str, reads: Reads) {
    known.entry(name.to_owned()).or_default().merge(reads.clipped(DEPTH));
}

/// What is read of a list when so much is read of a part of it.
fn of_part(within: Option<(usize, usize)>, reads: &Reads) -> Reads {
    let first = within.map(|(start, end)| match &reads.items {
        // Only the first items of the part are looked at, and not even how many there are.
        Some(Items { first: Some(first), .. }) if !reads.whole && !reads.itself && !reads.length && reads.any.is_none() => {
            end.min(start.saturating_add(*first))
        }
        _ => end,
    });
    Reads::items(first, reads.of_items())
}

/// What is read of a value under an unknown key when so much is read of its map.
fn of_any_field(reads: &Reads) -> Reads {
    let mut of_it = reads.of_items();
    for field in reads.fields.values() {
        of_it.merge(field.clone());
    }
    of_it
}

/// What is read of a map when so much is read of one that it is a part of.
fn of_spread(reads: &Reads) -> Reads {
    let needs_keys = reads.items.is_some() || reads.length;
    let mut of_it = Reads { items: None, length: false, ..reads.clone() };
    if needs_keys {
        of_it.merge(Reads::any(reads.of_items()));
    }
    of_it
}
