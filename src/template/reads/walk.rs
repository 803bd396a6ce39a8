use std::collections::{BTreeMap, BTreeSet};

use super::clock::{Unit, unit_of};
use super::graph::{Graph, Id, Node};
use super::scope::Scope;
use super::syntax::{Body, Call, Component, Entry, Expression, Names, Statement, Template};
use super::what::Reads;
use super::{Analysis, TemplateReads};

/// So deep may statements, expressions, blocks and includes be in each other.
const DEPTH: usize = 300;

/// One template, walked through in all the ways that a render may take.
pub(super) struct Walk<'a> {
    analysis: &'a Analysis,
    pub(super) graph: Graph,
    pub(super) scope: Scope,
    /// The template that is rendered, then the one that it extends, and so on.
    lineage: Vec<&'a Template>,
    /// The blocks that are open, and how far up the lineage each is.
    blocks: Vec<(&'a str, usize)>,
    components: BTreeMap<&'a str, Called>,
    /// Components that are called, but have not been walked through.
    waiting: Vec<&'a Component>,
    templates: BTreeSet<String>,
    pub(super) filters: BTreeSet<String>,
    /// The finest unit in which it sees the moment of the build so far.
    now: Option<Unit>,
    /// The unit in which the function sees it that comes next.
    next_now: Option<Unit>,
    depth: usize,
}

/// A component, its names bound to what is given to it in any call.
struct Called {
    given: BTreeMap<String, Id>,
    around: BTreeMap<String, Id>,
}

impl<'a> Walk<'a> {
    /// Walks through a template, by the name that Tera has for it.
    pub(super) fn through(analysis: &'a Analysis, name: &str) -> TemplateReads {
        let mut walk = Self::new(analysis);
        walk.lineage = walk.lineage_of(Some(name));
        walk.finish()
    }

    /// Walks through a template that stands under no name.
    pub(super) fn through_text(analysis: &'a Analysis, template: &'a Template) -> TemplateReads {
        let mut walk = Self::new(analysis);
        walk.lineage = vec![template];
        let parents = walk.lineage_of(template.parent.as_deref());
        walk.lineage.extend(parents);
        walk.graph.everything |= !template.components.is_empty();
        walk.finish()
    }

    fn new(analysis: &'a Analysis) -> Self {
        Self {
            analysis,
            graph: Graph::default(),
            scope: Scope::of_template(),
            lineage: Vec::new(),
            blocks: Vec::new(),
            components: BTreeMap::new(),
            waiting: Vec::new(),
            templates: BTreeSet::new(),
            filters: BTreeSet::new(),
            now: None,
            next_now: None,
            depth: 0,
        }
    }

    fn finish(mut self) -> TemplateReads {
        let walk = &mut self;
        if let Some(root) = walk.lineage.last().copied() {
            walk.body(&root.body);
        }
        while let Some(component) = walk.waiting.pop() {
            if let Some(Called { given, around }) = walk.components.get(component.name.as_str()) {
                walk.scope = Scope::of_component(given.clone(), around.clone());
                walk.body(&component.body);
            }
        }
        TemplateReads {
            variables: self.graph.variables,
            functions: self.graph.functions,
            templates: self.templates,
            filters: self.filters,
            now: self.now.filter(|unit| *unit != Unit::Moment && !self.graph.everything),
            everything: self.graph.everything,
        }
    }

    /// A template and all that it extends; what is not known may read everything.
    fn lineage_of<'n>(&mut self, name: Option<&'n str>) -> Vec<&'a Template>
    where
        'a: 'n,
    {
        let mut lineage: Vec<&Template> = Vec::new();
        let mut next = name;
        while let Some(name) = next {
            let found = self.analysis.find(name).filter(|_| lineage.len() < DEPTH);
            let Some((name, template)) = found else {
                self.graph.everything = true;
                break;
            };
            self.templates.insert(name.to_owned());
            lineage.push(template);
            next = template.parent.as_deref();
        }
        lineage
    }

    /// Goes one level deeper, unless that is too deep or all is given up.
    fn deeper(&mut self, part: impl FnOnce(&mut Self)) {
        self.graph.spend(1);
        if self.depth >= DEPTH {
            self.graph.everything = true;
        }
        if !self.graph.everything {
            self.depth += 1;
            part(self);
            self.depth -= 1;
        }
    }

    fn body(&mut self, body: &'a Body) {
        self.deeper(|walk| body.iter().for_each(|statement| walk.statement(statement)));
    }

    /// A body that may be left out, or rendered more than once.
    fn maybe(&mut self, body: &'a Body) {
        let known = self.scope.known();
        self.body(body);
        self.scope.forget(known);
    }

    fn statement(&mut self, statement: &'a Statement) {
        match statement {
            Statement::Print(value) => self.consume(value),
            Statement::Set { name, value, global } => {
                let value = self.value(value);
                self.scope.set(&mut self.graph, name, value, *global);
            }
            Statement::Capture { body, filters, into } => {
                self.body(body);
                let text = self.graph.fresh();
                let value = filters.iter().fold(text, |value, filter| self.filter(value, filter));
                match into {
                    Some((name, global)) => self.scope.set(&mut self.graph, name, value, *global),
                    None => self.graph.read(value, Reads::whole()),
                }
            }
            Statement::Include(name) => self.include(name),
            Statement::Block(name) => self.block(name, 0),
            Statement::For { names, of, body, otherwise } => {
                let of = self.value(of);
                self.enter(names, of, true);
                self.maybe(body);
                self.scope.leave();
                self.maybe(otherwise);
            }
            Statement::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.test(condition);
                    self.maybe(body);
                }
                self.maybe(otherwise);
            }
            Statement::Leave => {}
        }
    }

    /// Enters a loop over the items of a list, or over the entries of a map.
    fn enter(&mut self, names: &Names, of: Id, counts: bool) {
        let named = match &names.key {
            Some(key) => {
                self.graph.read(of, Reads::any(Reads::default()));
                vec![(key.clone(), self.graph.fresh()), (names.value.clone(), self.graph.add(Node::Any(of)))]
            }
            None => {
                self.graph.read(of, Reads::items(None, Reads::default()));
                vec![(names.value.clone(), self.graph.add(Node::Item(of, None)))]
            }
        };
        self.scope.enter_loop(named, counts);
    }

    /// An included template is rendered as it stands, whatever it extends, with blocks of its own.
    fn include(&mut self, name: &str) {
        let lineage = self.lineage_of(Some(name));
        let Some(template) = lineage.first().copied() else { return };
        let lineage = std::mem::replace(&mut self.lineage, lineage);
        let blocks = std::mem::take(&mut self.blocks);
        self.scope.enter_include();
        self.maybe(&template.body);
        self.scope.leave();
        self.lineage = lineage;
        self.blocks = blocks;
    }

    /// A block as the template has it that is rendered, or, by `super()`, as one further up has it.
    fn block(&mut self, name: &'a str, level: usize) {
        let Some(body) = self.lineage.iter().filter_map(|template| template.blocks.get(name)).nth(level) else { return };
        self.blocks.push((name, level));
        self.body(body);
        self.blocks.pop();
    }

    /// Reads all of what an expression gives.
    pub(super) fn consume(&mut self, expression: &'a Expression) {
        let value = self.value(expression);
        self.graph.read(value, Reads::whole());
    }

    /// Reads whether what an expression gives is true.
    fn test(&mut self, expression: &'a Expression) {
        let value = self.value(expression);
        self.graph.read(value, Reads::itself());
    }

    /// What an expression gives. What is read to work it out is noted at once, what is read of it when it is used.
    pub(super) fn value(&mut self, expression: &'a Expression) -> Id {
        let mut value = None;
        self.deeper(|walk| value = Some(walk.value_of(expression)));
        value.unwrap_or_else(|| self.graph.fresh())
    }

    fn value_of(&mut self, expression: &'a Expression) -> Id {
        match expression {
            Expression::Text(_) | Expression::Integer(_) | Expression::Other => self.graph.fresh(),
            Expression::Variable(name) => {
                self.graph.everything |= name == "__tera_context";
                self.scope.lookup(&mut self.graph, name)
            }
            Expression::Field(of, name) => {
                let of = self.value(of);
                self.field(of, name)
            }
            Expression::Item(of, at) => self.item(of, at),
            Expression::Slice(of, bounds) => self.slice(of, bounds),
            Expression::Filter(input, call) => {
                self.next_now = unit_of(input, call);
                let input = self.value(input);
                self.filter(input, call)
            }
            Expression::Test(input, call) => {
                let input = self.value(input);
                self.check(input, call)
            }
            Expression::Function(call) => self.function(call),
            Expression::Choice(parts) => {
                let [condition, then, otherwise] = &**parts;
                self.test(condition);
                let values = vec![self.value(then), self.value(otherwise)];
                self.graph.one_of(values)
            }
            Expression::Either(parts) => {
                let values: Vec<Id> = parts.iter().map(|part| self.value(part)).collect();
                if let Some(first) = values.first() {
                    self.graph.read(*first, Reads::itself());
                }
                self.graph.one_of(values)
            }
            Expression::Not(inner) => {
                self.test(inner);
                self.graph.fresh()
            }
            Expression::Operation(parts) => {
                parts.iter().for_each(|part| self.consume(part));
                self.graph.fresh()
            }
            Expression::List(entries) => self.list(entries),
            Expression::Map(entries) => self.map(entries),
            Expression::Comprehension(comprehension) => {
                let of = self.value(&comprehension.of);
                self.enter(&comprehension.names, of, false);
                comprehension.condition.iter().for_each(|condition| self.test(condition));
                let each = self.value(&comprehension.each);
                self.scope.leave();
                self.graph.add(Node::List(vec![each]))
            }
            Expression::Component(call) => {
                self.body(&call.body);
                self.component(&call.name, &call.arguments);
                self.graph.fresh()
            }
        }
    }

    /// A field, whose absence is an error or not by what its holder is.
    pub(super) fn field(&mut self, of: Id, name: &str) -> Id {
        self.graph.read(of, Reads::field(name, Reads::default()));
        self.graph.add(Node::Field(of, name.to_owned()))
    }

    /// The item at a place that is known from the beginning of the list, or from its end.
    pub(super) fn item_at(&mut self, of: Id, at: Option<usize>) -> Id {
        let first = at.map(|at| at.saturating_add(1));
        self.graph.read(of, Reads::items(first, Reads::default()));
        self.graph.add(Node::Item(of, first))
    }

    fn item(&mut self, of: &'a Expression, at: &'a Expression) -> Id {
        let of = self.value(of);
        match (at, whole_number(at)) {
            (Expression::Text(name), _) => self.field(of, name),
            (_, Some(at)) => self.item_at(of, Some(at)),
            _ => {
                self.consume(at);
                self.any(of)
            }
        }
    }

    /// A field or item that is known only at render time.
    pub(super) fn any(&mut self, of: Id) -> Id {
        self.graph.read(of, Reads::any(Reads::default()));
        self.graph.add(Node::Any(of))
    }

    fn slice(&mut self, of: &'a Expression, bounds: &'a [Option<Expression>; 3]) -> Id {
        let of = self.value(of);
        let [start, end, step] = bounds;
        let number = |bound: &Option<Expression>, default| bound.as_ref().map_or(Some(default), whole_number);
        let within = match (number(start, 0), end.as_ref().and_then(whole_number), number(step, 1)) {
            (Some(start), Some(end), Some(1)) => Some((start, end)),
            _ => None,
        };
        bounds.iter().flatten().for_each(|bound| self.consume(bound));
        self.part(of, within)
    }

    /// A list of some items of another.
    pub(super) fn part(&mut self, of: Id, within: Option<(usize, usize)>) -> Id {
        self.graph.read(of, Reads::items(within.map(|(_, end)| end), Reads::default()));
        self.graph.add(Node::Part(of, within))
    }

    fn list(&mut self, entries: &'a [Entry]) -> Id {
        let mut items = Vec::new();
        for entry in entries {
            items.push(match entry {
                Entry::Named(_, item) | Entry::Unnamed(item) => self.value(item),
                Entry::Spread(list) => {
                    let list = self.value(list);
                    self.item_at(list, None)
                }
            });
        }
        self.graph.add(Node::List(items))
    }

    fn map(&mut self, entries: &'a [Entry]) -> Id {
        let (mut named, mut others, mut spread) = (Vec::new(), Vec::new(), Vec::new());
        for entry in entries {
            match entry {
                Entry::Named(name, value) => named.push((name.clone(), self.value(value))),
                Entry::Unnamed(value) => others.push(self.value(value)),
                Entry::Spread(map) => {
                    let map = self.value(map);
                    self.graph.read(map, Reads::itself());
                    spread.push(map);
                }
            }
        }
        self.graph.add(Node::Map { named, others, spread })
    }

    /// A function: its arguments are read whole, and what is read of its answer is noted under its name.
    fn function(&mut self, call: &'a Call) -> Id {
        if let (unit, "now") = (self.next_now.take(), call.name.as_str()) {
            let unit = unit.unwrap_or(Unit::Moment);
            self.now = Some(self.now.map_or(unit, |finest| finest.min(unit)));
        }
        call.arguments.iter().for_each(|(_, value)| self.consume(value));
        match (call.name.as_str(), self.blocks.last().copied()) {
            ("super", Some((name, level))) => {
                self.block(name, level + 1);
                return self.graph.fresh();
            }
            ("super", None) | ("range" | "throw", _) => return self.graph.fresh(),
            ("get_random", _) => self.chance(),
            _ => {}
        }
        self.graph.functions.entry(call.name.clone()).or_default();
        self.graph.add(Node::Answer(call.name.clone()))
    }

    /// What is drawn by chance depends on the address that is rendered.
    pub(super) fn chance(&mut self) {
        let path = self.scope.lookup(&mut self.graph, "current_path");
        self.graph.read(path, Reads::whole());
    }

    fn component(&mut self, name: &str, arguments: &'a [Entry]) {
        let Some((template, component)) = self.analysis.component(name) else {
            self.graph.everything = true;
            return;
        };
        self.templates.insert(template.to_owned());
        let mut given: Vec<(&str, Id)> = Vec::new();
        let mut is_spread = false;
        for argument in arguments {
            match argument {
                Entry::Named(name, value) => given.push((name.as_str(), self.value(value))),
                Entry::Unnamed(value) | Entry::Spread(value) => {
                    self.consume(value);
                    is_spread = true;
                }
            }
        }
        if !self.components.contains_key(component.name.as_str()) {
            let mut unbound = |name: &String| (name.clone(), self.graph.unbound());
            let names = component.parameters.iter().map(|parameter| &parameter.name).chain(&component.rest);
            let given = names.map(&mut unbound).collect();
            let around = self.analysis.implicit.iter().map(&mut unbound).collect();
            self.components.insert(&component.name, Called { given, around });
            self.waiting.push(component);
        }
        let Some(Called { given: own, around }) = self.components.get(component.name.as_str()) else { return };
        let (own, around) = (own.clone(), around.clone());
        for (name, bound) in around {
            let value = self.scope.lookup_implicit(&mut self.graph, &name);
            self.graph.bind(bound, value);
        }
        for parameter in &component.parameters {
            let mut values: Vec<Id> = given.iter().filter(|(name, _)| *name == parameter.name).map(|(_, value)| *value).collect();
            if parameter.implicit && (values.is_empty() || is_spread) {
                values.push(self.scope.lookup_implicit(&mut self.graph, &parameter.name));
            }
            for value in values {
                if parameter.checked {
                    self.graph.read(value, Reads::itself());
                }
                if let Some(bound) = own.get(&parameter.name) {
                    self.graph.bind(*bound, value);
                }
            }
        }
        if let Some(bound) = component.rest.as_ref().and_then(|rest| own.get(rest)) {
            given.retain(|(name, _)| !own.contains_key(*name));
            let named = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let rest = self.graph.add(Node::Map { named, others: Vec::new(), spread: Vec::new() });
            self.graph.bind(*bound, rest);
        }
    }
}

/// A literal that counts from the beginning.
pub(super) fn whole_number(expression: &Expression) -> Option<usize> {
    match expression {
        Expression::Integer(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}
