//! What a render of a template can read: found in its text, before anything is rendered.
//!
//! An output need not be rendered again while nothing has changed of what its template can read. So whatever is not
//! understood reads everything, and what is only sometimes read is read.
//!
//! A template is taken apart ([`lexer`], [`parser`], [`expressions`]) and walked through ([`walk`]) with values that
//! are known only by where they are from ([`graph`]): `page.title` is a field of a variable, a loop's name an item of its
//! list. What is read of such a value, in the end, is read of the variables of the context and of the answers of
//! functions.

mod clock;
mod differing;
mod expressions;
mod filters;
mod graph;
mod lexer;
mod parser;
mod print;
mod same;
mod scope;
mod syntax;
mod told;
mod visits;
mod walk;
mod what;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use clock::Unit;
pub use print::OfMap;
pub use what::{Items, Reads};

use syntax::{Component, Template};
use walk::Walk;

/// What a template and all that it draws in can read: what it extends and includes, and the components that it calls.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct TemplateReads {
    /// Of the variables of the context.
    pub variables: BTreeMap<String, Reads>,
    /// Of the answers of functions, by the function's name; each that is called is here.
    pub functions: BTreeMap<String, Reads>,
    /// All templates drawn in, itself included, by their names in Tera.
    pub templates: BTreeSet<String>,
    /// The filters and tests that are used.
    pub filters: BTreeSet<String>,
    /// How finely it sees the moment of the build, if it asks for that and not for the moment itself.
    pub now: Option<Unit>,
    /// Whether something was not understood: it may read everything, whatever the rest says.
    pub everything: bool,
}

/// A set of templates, for asking what each can read.
#[derive(Debug)]
pub struct Analysis {
    /// The templates by their names in Tera; nothing for one that is not understood.
    templates: BTreeMap<String, Option<Template>>,
    /// Put before a name under which there is no template, one after the other.
    prefixes: Vec<String>,
    /// The names of all implicit arguments of components.
    implicit: BTreeSet<String>,
}

impl Analysis {
    /// Takes templates apart: exactly those texts that Tera was given, by the names that it was given, and its fallback
    /// prefixes.
    pub fn new<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>, prefixes: &[String]) -> Self {
        let templates: BTreeMap<String, Option<Template>> =
            texts.into_iter().map(|(name, text)| (name.to_owned(), parser::parse(text))).collect();
        let components = templates.values().flatten().flat_map(|template| &template.components);
        let parameters = components.flat_map(|component| &component.parameters);
        let implicit = parameters.filter(|parameter| parameter.implicit).map(|parameter| parameter.name.clone()).collect();
        Self { templates, prefixes: prefixes.to_vec(), implicit }
    }

    /// What a render of the template of this name can read; everything if there is none.
    pub fn of(&self, name: &str) -> TemplateReads {
        Walk::through(self, name)
    }

    /// What a render of a text that stands under no name can read.
    pub fn of_text(&self, text: &str) -> TemplateReads {
        let everything = || TemplateReads { everything: true, ..TemplateReads::default() };
        parser::parse(text).map_or_else(everything, |template| Walk::through_text(self, &template))
    }

    /// The template that Tera takes for a name.
    fn find(&self, name: &str) -> Option<(&str, &Template)> {
        let prefixed = self.prefixes.iter().map(|prefix| format!("{prefix}{name}"));
        let known = std::iter::once(name.to_owned()).chain(prefixed).find_map(|name| self.templates.get_key_value(&name));
        known.and_then(|(name, template)| Some((name.as_str(), template.as_ref()?)))
    }

    /// The component that Tera takes for a name, and the template that defines it; nothing if any template is not
    /// understood, since it may define the component, too.
    fn component(&self, name: &str) -> Option<(&str, &Component)> {
        let is_understood = self.templates.values().all(Option::is_some);
        let all = self.templates.iter().filter_map(|(template, parsed)| Some((template.as_str(), parsed.as_ref()?)));
        let named = all.flat_map(|(template, parsed)| parsed.components.iter().map(move |component| (template, component)));
        let of_name = named.filter(|(_, component)| component.name == name);
        let priority = |template: &str| {
            let own = self.prefixes.iter().position(|prefix| template.starts_with(prefix.as_str()));
            own.map_or(0, |place| place + 1)
        };
        of_name.filter(|_| is_understood).min_by_key(|(template, _)| priority(template))
    }
}
