use std::collections::BTreeMap;

use super::graph::{Graph, Id, Node};

/// Where Tera looks for a name, from the innermost place to the outermost.
pub(super) struct Frame {
    /// What `set` bound here.
    set: BTreeMap<String, Id>,
    kind: Kind,
}

enum Kind {
    /// A loop: its own names, and whether it answers to `loop.index` and the like.
    Loop { names: Vec<(String, Id)>, counts: bool },
    /// An included template, which sees what includes it.
    Include,
    /// A template, which sees the context.
    Template,
    /// A component, which sees what it was given, and implicit arguments of its own callees from around its callers.
    Component { given: BTreeMap<String, Id>, around: BTreeMap<String, Id> },
}

/// What is visible at a place of a template.
#[derive(Default)]
pub(super) struct Scope {
    frames: Vec<Frame>,
    /// Names that are bound for sure by the frame of that number once this place is reached.
    sure: Vec<(usize, String)>,
}

impl Scope {
    pub(super) fn of_template() -> Self {
        Self { frames: vec![Frame { set: BTreeMap::new(), kind: Kind::Template }], sure: Vec::new() }
    }

    pub(super) fn of_component(given: BTreeMap<String, Id>, around: BTreeMap<String, Id>) -> Self {
        Self { frames: vec![Frame { set: BTreeMap::new(), kind: Kind::Component { given, around } }], sure: Vec::new() }
    }

    pub(super) fn enter_include(&mut self) {
        self.frames.push(Frame { set: BTreeMap::new(), kind: Kind::Include });
    }

    pub(super) fn enter_loop(&mut self, names: Vec<(String, Id)>, counts: bool) {
        self.frames.push(Frame { set: BTreeMap::new(), kind: Kind::Loop { names, counts } });
    }

    pub(super) fn leave(&mut self) {
        self.frames.pop();
    }

    /// What is bound for sure here, for [`Self::forget`].
    pub(super) fn known(&self) -> usize {
        self.sure.len()
    }

    /// Leaves a part that may not have been rendered: what it bound is no longer sure.
    pub(super) fn forget(&mut self, known: usize) {
        self.sure.truncate(known);
    }

    /// Binds a name by `set`, or by `set_global` to where it outlives loops.
    pub(super) fn set(&mut self, graph: &mut Graph, name: &str, value: Id, global: bool) {
        let is_here = |frame: &Frame| !global || !matches!(frame.kind, Kind::Loop { .. });
        let Some(place) = self.frames.iter().rposition(is_here) else { return };
        let Some(frame) = self.frames.get_mut(place) else { return };
        let bound = *frame.set.entry(name.to_owned()).or_insert_with(|| graph.unbound());
        graph.bind(bound, value);
        self.sure.push((place, name.to_owned()));
    }

    /// Whatever a name may stand for at this place.
    pub(super) fn lookup(&mut self, graph: &mut Graph, name: &str) -> Id {
        let mut found = Vec::new();
        // Tera looks further outside of an included template when what it found there is undefined.
        let mut may_go_on = false;
        for (place, frame) in self.frames.iter_mut().enumerate().rev() {
            found.push(*frame.set.entry(name.to_owned()).or_insert_with(|| graph.unbound()));
            let mut is_found = self.sure.iter().any(|(frame, bound)| *frame == place && bound == name);
            if is_found && !may_go_on {
                break;
            }
            match &frame.kind {
                Kind::Loop { names, counts } => {
                    let own: Vec<Id> = names.iter().filter(|(own, _)| own == name).map(|(_, value)| *value).collect();
                    is_found = !own.is_empty() || (*counts && name.starts_with("__tera_loop_"));
                    found.extend(own);
                }
                Kind::Include => {}
                Kind::Template => found.push(graph.add(Node::Variable(name.to_owned()))),
                Kind::Component { given, .. } => found.extend(given.get(name)),
            }
            if is_found && !may_go_on {
                break;
            }
            may_go_on |= matches!(frame.kind, Kind::Include);
        }
        graph.one_of(found)
    }

    /// Whatever an implicit argument of a component that is called here may be.
    pub(super) fn lookup_implicit(&mut self, graph: &mut Graph, name: &str) -> Id {
        let own = self.lookup(graph, name);
        match self.frames.first().map(|frame| &frame.kind) {
            Some(Kind::Component { around, .. }) => {
                let found = around.get(name).copied().into_iter().chain([own]).collect();
                graph.one_of(found)
            }
            _ => own,
        }
    }
}
