//! What a template is said not to read is replaced by junk, and every byte of the render must stay the same.

mod chance;
mod junk;
mod templates;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use tera::{Context, Kwargs, State, Tera, Value};

use super::super::{Analysis, Reads, TemplateReads};
use super::in_short;
use crate::template::filters::register_plain;
use chance::Chance;
use junk::{disturbed, junk, page};
use templates::templates;

const VARIABLES: [&str; 9] = ["page", "section", "config", "lang", "key", "number", "x", "v", "current_path"];
const FUNCTIONS: [&str; 2] = ["get_a", "get_b"];

/// What a template is rendered with.
#[derive(Clone, PartialEq, Debug)]
struct World {
    variables: BTreeMap<&'static str, Value>,
    answers: BTreeMap<&'static str, Value>,
}

impl World {
    fn by_chance(chance: &mut Chance) -> Self {
        let mut world = Self { variables: BTreeMap::new(), answers: BTreeMap::new() };
        for name in VARIABLES {
            let value = match name {
                _ if chance.is(25) => junk(chance, 2),
                "page" | "section" | "config" | "x" | "v" => page(chance, 3),
                "number" => Value::from(chance.below(4) as i64),
                "lang" | "current_path" => Value::from(chance.of(&["en", "vi", ""])),
                "key" => Value::from(chance.of(&["title", "n", "next", "tags"])),
                _ => continue,
            };
            if !chance.is(15) {
                world.variables.insert(name, value);
            }
        }
        for name in FUNCTIONS {
            world.answers.insert(name, if chance.is(25) { junk(chance, 2) } else { page(chance, 3) });
        }
        world
    }

    /// Another one that must look the same to the template.
    fn disturbed(&self, reads: &TemplateReads, chance: &mut Chance) -> Self {
        let mut world = Self { variables: BTreeMap::new(), answers: BTreeMap::new() };
        for name in VARIABLES {
            let own = self.variables.get(name);
            let value = match (own, reads.variables.get(name)) {
                (own, _) if reads.everything => own.cloned(),
                (own, Some(reads)) => own.map(|value| disturbed(value, reads, chance)),
                (own, None) => {
                    if chance.is(2) {
                        Some(junk(chance, 2))
                    } else {
                        own.filter(|_| chance.is(2)).cloned()
                    }
                }
            };
            world.variables.extend(value.map(|value| (name, value)));
        }
        for (name, value) in &self.answers {
            let value = match reads.functions.get(*name) {
                _ if reads.everything => value.clone(),
                Some(reads) => disturbed(value, reads, chance),
                None => junk(chance, 2),
            };
            world.answers.insert(name, value);
        }
        world
    }

    /// What is read of each value that both worlds have, and the two.
    fn compared<'a>(&'a self, is: &'a Self, reads: &'a TemplateReads) -> impl Iterator<Item = (&'a Reads, &'a Value, &'a Value)> {
        let variables = self.variables.iter().zip(std::iter::repeat((&reads.variables, &is.variables)));
        let answers = self.answers.iter().zip(std::iter::repeat((&reads.functions, &is.answers)));
        variables.chain(answers).filter_map(|((name, was), (reads, is))| Some((reads.get(*name)?, was, is.get(name)?)))
    }

    fn context(&self) -> Context {
        let mut context = Context::new();
        self.variables.iter().for_each(|(name, value)| context.insert_value(*name, value.clone()));
        context
    }
}

/// What came of a check.
#[derive(Default, Debug, PartialEq, Eq, Clone, Copy)]
struct Outcome {
    loaded: bool,
    rendered: bool,
    everything: bool,
}

fn check(seed: u64) -> Result<Outcome, String> {
    let chance = &mut Chance::new(seed);
    let texts = templates(chance);
    let answers: Arc<Mutex<BTreeMap<&str, Value>>> = Arc::default();
    let mut tera = Tera::new();
    register_plain(&mut tera);
    for name in FUNCTIONS {
        let answers = answers.clone();
        tera.register_function(name, move |_: Kwargs, _: &State<'_>| answers.lock().unwrap().get(name).cloned().unwrap());
    }
    tera.register_function("get_random", |_: Kwargs, state: &State<'_>| state.get::<String>("current_path").map(|_| "x"));
    tera.set_fallback_prefixes(["theme/"]).unwrap();
    if tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, text.as_str()))).is_err() {
        return Ok(Outcome::default());
    }
    let analysis = Analysis::new(texts.iter().map(|(name, text)| (*name, text.as_str())), &["theme/".to_owned()]);
    let mut outcome = Outcome { loaded: true, ..Outcome::default() };
    for name in ["main.html", "child.html"] {
        let reads = analysis.of(name);
        outcome.everything |= reads.everything;
        for _ in 0..4 {
            let world = World::by_chance(chance);
            let other = world.disturbed(&reads, chance);
            let render = |world: &World| {
                *answers.lock().unwrap() = world.answers.clone();
                let mut written = Vec::new();
                let result = tera.render_to(name, &world.context(), &mut written);
                (written, result)
            };
            let (first, second) = (render(&world), render(&other));
            outcome.rendered |= first.1.is_ok();
            let print = |world: &World| reads.print(&world.context());
            // Builds compare the values themselves: that must find them the same where, and only where, prints do.
            let third = World::by_chance(chance);
            let agrees = |is: &World| {
                world.compared(is, &reads).all(|(reads, was, is)| reads.same(was, is) == (reads.print(was) == reads.print(is)))
            };
            let looks_the_same = agrees(&other) && agrees(&third) && print(&world) == print(&other);
            if first.0 != second.0 || first.1.is_ok() != second.1.is_ok() || !looks_the_same {
                let sources: String = texts.iter().map(|(name, text)| format!("--- {name}\n{text}\n")).collect();
                let reads = in_short(&reads);
                return Err(format!(
                    "{name}\n{sources}\nreads {reads}\n{world:#?}\n{other:#?}\n{}\n{:?}\n{}\n{:?}",
                    String::from_utf8_lossy(&first.0),
                    first.1,
                    String::from_utf8_lossy(&second.0),
                    second.1
                ));
            }
        }
    }
    Ok(outcome)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_read_may_be_anything(seed in any::<u64>()) {
        if let Err(report) = check(seed) {
            return Err(TestCaseError::fail(report));
        }
    }
}

#[test]
fn the_templates_by_chance_are_worth_it() {
    let outcomes: Vec<Outcome> = (0..100).filter_map(|seed| check(seed).ok()).collect();
    let count = |has: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| has(outcome)).count();
    assert!(count(|outcome| outcome.loaded) > 90);
    assert!(count(|outcome| outcome.rendered) > 35);
    assert!(count(|outcome| outcome.everything) < 10);
}
