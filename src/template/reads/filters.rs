use super::graph::{Id, Node};
use super::syntax::{Call, Expression};
use super::walk::{Walk, whole_number};
use super::what::Reads;

impl<'a> Walk<'a> {
    /// What a filter makes of a value. One that is not known reads all of it and of its arguments, and makes a new value.
    pub(super) fn filter(&mut self, input: Id, call: &'a Call) -> Id {
        self.filters.insert(call.name.clone());
        let attribute = match call.argument("attribute") {
            Some(Expression::Text(attribute)) => Some(attribute.as_str()),
            _ => None,
        };
        match (call.name.as_str(), attribute) {
            ("default", _) => {
                let other = self.kept(call, "value");
                self.graph.read(input, Reads::itself());
                self.graph.one_of(other.into_iter().chain([input]).collect())
            }
            ("length", _) => {
                self.arguments(call);
                self.graph.read(input, Reads::length());
                self.graph.fresh()
            }
            ("first", _) => {
                self.arguments(call);
                self.item_at(input, Some(0))
            }
            ("last", _) => {
                self.arguments(call);
                self.item_at(input, None)
            }
            ("nth", _) => {
                self.arguments(call);
                self.item_at(input, call.argument("n").and_then(whole_number))
            }
            ("slice", _) => {
                self.arguments(call);
                let start = call.argument("start").map_or(Some(0), whole_number);
                let end = call.argument("end").and_then(whole_number);
                self.part(input, start.zip(end))
            }
            ("reverse", _) => {
                self.arguments(call);
                self.part(input, None)
            }
            ("shuffle", _) => {
                self.arguments(call);
                self.chance();
                self.part(input, None)
            }
            ("sort" | "filter" | "unique", Some(attribute)) => {
                self.arguments(call);
                let says = self.says(input, attribute);
                self.graph.read(says, Reads::whole());
                self.part(input, None)
            }
            ("group_by", Some(attribute)) => {
                self.arguments(call);
                let says = self.says(input, attribute);
                self.graph.read(says, Reads::whole());
                let others = vec![self.part(input, None)];
                self.graph.add(Node::Map { named: Vec::new(), others, spread: Vec::new() })
            }
            ("map", Some(attribute)) => {
                self.arguments(call);
                let says = self.says(input, attribute);
                self.graph.read(says, Reads::itself());
                self.graph.add(Node::List(vec![says]))
            }
            ("concat", _) => {
                let Some(with) = self.kept(call, "with") else { return self.unknown(input, call) };
                self.graph.read(input, Reads::itself());
                self.graph.read(with, Reads::itself());
                self.graph.add(Node::Joined(input, with))
            }
            ("get", _) => {
                let default = self.kept(call, "default");
                let found = match call.argument("key") {
                    Some(Expression::Text(key)) => self.field(input, key),
                    _ => self.any(input),
                };
                self.graph.read(found, Reads::itself());
                self.graph.one_of(default.into_iter().chain([found]).collect())
            }
            ("keys", _) => {
                self.arguments(call);
                self.graph.read(input, Reads::any(Reads::default()));
                self.graph.fresh()
            }
            ("values", _) => {
                self.arguments(call);
                let value = self.any(input);
                self.graph.add(Node::List(vec![value]))
            }
            ("pairs", _) => {
                self.arguments(call);
                let value = self.any(input);
                let pair = self.graph.add(Node::List(vec![value]));
                self.graph.add(Node::List(vec![pair]))
            }
            _ => self.unknown(input, call),
        }
    }

    /// A test: of kinds it reads no more than that, else all of the value.
    pub(super) fn check(&mut self, input: Id, call: &'a Call) -> Id {
        self.filters.insert(call.name.clone());
        self.arguments(call);
        let of_kind = [
            "array",
            "bool",
            "defined",
            "float",
            "integer",
            "iterable",
            "map",
            "none",
            "number",
            "object",
            "string",
            "undefined",
        ];
        let reads = if of_kind.contains(&call.name.as_str()) { Reads::itself() } else { Reads::whole() };
        self.graph.read(input, reads);
        self.graph.fresh()
    }

    fn unknown(&mut self, input: Id, call: &'a Call) -> Id {
        self.arguments(call);
        self.graph.read(input, Reads::whole());
        self.graph.fresh()
    }

    fn arguments(&mut self, call: &'a Call) {
        call.arguments.iter().for_each(|(_, value)| self.consume(value));
    }

    /// The argument of a name, as it is; the others are read whole.
    fn kept(&mut self, call: &'a Call, name: &str) -> Option<Id> {
        let mut kept = None;
        for (own, value) in &call.arguments {
            if own == name {
                kept = Some(self.value(value));
            } else {
                self.consume(value);
            }
        }
        kept
    }

    /// What each item of a list says at a path, as in `attribute="extra.weight"`.
    fn says(&mut self, list: Id, path: &str) -> Id {
        let item = self.item_at(list, None);
        path.split('.').fold(item, |value, step| match step.parse::<usize>() {
            Ok(at) => self.item_at(value, Some(at)),
            Err(_) => self.field(value, step),
        })
    }
}

impl Call {
    pub(super) fn argument(&self, name: &str) -> Option<&Expression> {
        self.arguments.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }
}
