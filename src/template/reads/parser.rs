use std::collections::BTreeSet;

use super::lexer::{Token, tokens};
use super::syntax::{Body, Call, Component, Expression, Names, Parameter, Statement, Template};

/// Deeper templates and expressions than Tera takes.
const DEPTH: usize = 40;

/// Takes a template apart; `None` where it is not understood, as what Tera refuses may be.
pub(super) fn parse(text: &str) -> Option<Template> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: tokens.as_slice(), template: Template::default(), depth: 0, loops: 0, operations: 0 };
    let mut body = Body::new();
    while !parser.tokens.is_empty() {
        let known: BTreeSet<String> = parser.template.blocks.keys().cloned().collect();
        if let Some(statement) = parser.statement()? {
            if parser.template.parent.is_some() && !matches!(statement, Statement::Block(_)) {
                // Outside every block of a template that extends another: left out, and the blocks inside with it.
                parser.template.blocks.retain(|name, _| known.contains(name));
            } else {
                body.push(statement);
            }
        }
    }
    Some(Template { body, ..parser.template })
}

/// Reads tokens one by one; what is not understood is `None`, all the way up.
pub(super) struct Parser<'t> {
    pub(super) tokens: &'t [Token<'t>],
    template: Template,
    pub(super) depth: usize,
    /// How many loops of this template are open.
    pub(super) loops: usize,
    /// How many operators there were since the last statement began.
    pub(super) operations: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn next(&mut self) -> Option<&'t Token<'t>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// Goes over a token if it comes next.
    pub(super) fn take(&mut self, token: &Token<'_>) -> bool {
        let is_next = self.tokens.first() == Some(token);
        if is_next {
            self.next();
        }
        is_next
    }

    pub(super) fn take_sign(&mut self, sign: &'static str) -> bool {
        self.take(&Token::Sign(sign))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        self.take(&Token::Word(word))
    }

    pub(super) fn sign(&mut self, sign: &'static str) -> Option<()> {
        self.take_sign(sign).then_some(())
    }

    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.take_word(word).then_some(())
    }

    pub(super) fn name(&mut self) -> Option<&'t str> {
        match self.next()? {
            Token::Word(name) => Some(name),
            _ => None,
        }
    }

    fn close_tag(&mut self) -> Option<()> {
        self.take(&Token::CloseTag).then_some(())
    }

    /// Runs a part one level deeper.
    pub(super) fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth > 2 * DEPTH {
            return None;
        }
        self.depth += 1;
        let result = part(self);
        self.depth -= 1;
        result
    }

    /// A name with dots in it.
    pub(super) fn dotted(&mut self) -> Option<String> {
        let mut name = self.name()?.to_owned();
        while self.take_sign(".") {
            name.push('.');
            name.push_str(self.name()?);
        }
        Some(name)
    }

    /// `name` or `key, value`
    pub(super) fn names(&mut self) -> Option<Names> {
        let first = self.name()?.to_owned();
        Some(if self.take_sign(",") {
            Names { key: Some(first), value: self.name()?.to_owned() }
        } else {
            Names { key: None, value: first }
        })
    }

    /// The statements up to a tag that begins with one of these words, which is gone over up to and with that word.
    fn body(&mut self, ends: &[&'static str]) -> Option<(Body, &'static str)> {
        self.deeper(|parser| {
            let mut body = Body::new();
            loop {
                if let [Token::OpenTag, Token::Word(word) | Token::Sign(word), ..] = parser.tokens
                    && let Some(end) = ends.iter().find(|end| *end == word)
                {
                    parser.next();
                    parser.next();
                    return Some((body, *end));
                }
                body.extend(parser.statement()?);
            }
        })
    }

    /// The next statement; nothing for a tag that only says something of the template.
    fn statement(&mut self) -> Option<Option<Statement>> {
        self.operations = 0;
        match self.next()? {
            Token::Open => {
                let printed = self.expression(0)?;
                self.take(&Token::Close).then_some(Some(Statement::Print(printed)))
            }
            Token::OpenTag => {
                let statement = self.tag()?;
                self.close_tag()?;
                Some(statement)
            }
            _ => None,
        }
    }

    /// What stands between `{%` and `%}`, and all up to the tag that ends it.
    fn tag(&mut self) -> Option<Option<Statement>> {
        if self.take_sign("<") {
            let mut call = self.component_call()?;
            self.sign(">")?;
            self.close_tag()?;
            call.body = self.body(&["</"])?.0;
            (self.dotted()? == call.name).then_some(())?;
            self.sign(">")?;
            return Some(Some(Statement::Print(Expression::Component(call))));
        }
        Some(Some(match self.name()? {
            "set" => self.set(false)?,
            "set_global" => self.set(true)?,
            "include" => Statement::Include(self.text()?),
            "extends" => {
                self.template.parent = Some(self.text()?);
                return Some(None);
            }
            "block" => self.block()?,
            "for" => self.a_loop()?,
            "if" => self.condition()?,
            "filter" => {
                let mut filters = vec![self.call()?];
                while self.take_sign("|") {
                    filters.push(self.call()?);
                }
                self.close_tag()?;
                let body = self.body(&["endfilter"])?.0;
                Statement::Capture { body, filters, into: None }
            }
            "component" => {
                let component = self.component()?;
                self.template.components.push(component);
                return Some(None);
            }
            "break" | "continue" => Statement::Leave,
            _ => return None,
        }))
    }

    fn text(&mut self) -> Option<String> {
        match self.next()? {
            Token::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn set(&mut self, global: bool) -> Option<Statement> {
        let name = self.name()?.to_owned();
        if self.take_sign("=") {
            return Some(Statement::Set { name, value: self.expression(0)?, global });
        }
        let mut filters: Vec<Call> = Vec::new();
        while self.take_sign("|") {
            filters.push(self.call()?);
        }
        self.close_tag()?;
        let body = self.body(&["endset"])?.0;
        Some(Statement::Capture { body, filters, into: Some((name, global)) })
    }

    fn block(&mut self) -> Option<Statement> {
        let name = self.name()?.to_owned();
        self.close_tag()?;
        let body = self.body(&["endblock"])?.0;
        self.take_word(&name);
        self.template.blocks.insert(name.clone(), body);
        Some(Statement::Block(name))
    }

    fn a_loop(&mut self) -> Option<Statement> {
        let names = self.names()?;
        self.word("in")?;
        self.loops += 1;
        let of = self.expression(0)?;
        self.close_tag()?;
        let (body, end) = self.body(&["endfor", "else"])?;
        self.loops -= 1;
        let mut otherwise = Body::new();
        if end == "else" {
            self.close_tag()?;
            otherwise = self.body(&["endfor"])?.0;
        }
        Some(Statement::For { names, of, body, otherwise })
    }

    fn condition(&mut self) -> Option<Statement> {
        let mut branches = Vec::new();
        loop {
            let condition = self.expression(0)?;
            self.close_tag()?;
            let (body, end) = self.body(&["endif", "elif", "else"])?;
            branches.push((condition, body));
            match end {
                "elif" => {}
                "else" => {
                    self.close_tag()?;
                    let otherwise = self.body(&["endif"])?.0;
                    return Some(Statement::If { branches, otherwise });
                }
                _ => return Some(Statement::If { branches, otherwise: Body::new() }),
            }
        }
    }

    fn component(&mut self) -> Option<Component> {
        let name = self.dotted()?;
        self.sign("(")?;
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut rest = None;
        while !self.take_sign(")") {
            if self.take_sign("...") {
                rest = Some(self.name()?.to_owned());
            } else {
                let implicit = self.take_sign("@");
                let name = self.name()?.to_owned();
                let typed = self.take_sign(":") && self.name().is_some();
                let default = self.take_sign("=");
                if default {
                    self.expression(0)?;
                }
                parameters.push(Parameter { name, implicit, checked: implicit || typed || default });
            }
            let ended = self.tokens.first() == Some(&Token::Sign(")"));
            (self.take_sign(",") || ended).then_some(())?;
        }
        if self.tokens.first() != Some(&Token::CloseTag) {
            self.expression(0)?;
        }
        self.close_tag()?;
        let body = self.body(&["endcomponent"])?.0;
        if self.tokens.first() != Some(&Token::CloseTag) {
            self.dotted()?;
        }
        Some(Component { name, parameters, rest, body })
    }
}
