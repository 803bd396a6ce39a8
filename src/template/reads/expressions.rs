use super::lexer::Token;
use super::parser::Parser;
use super::syntax::{Call, ComponentCall, Comprehension, Entry, Expression};

/// More operators than Tera takes in one expression.
const OPERATIONS: usize = 600;

/// How tightly what negates, and what filters, binds; the rest is in [`binding`].
const NOT: u8 = 5;
const MINUS: u8 = 20;

/// How tightly an operator binds to its left and to its right, as in Tera.
fn binding(token: &Token<'_>) -> Option<(u8, u8)> {
    Some(match token {
        Token::Word("or") => (1, 2),
        Token::Word("and") => (3, 4),
        Token::Word("in" | "is" | "not") => (5, 6),
        Token::Sign("==" | "!=" | "<" | "<=" | ">" | ">=") => (7, 8),
        Token::Sign("+" | "-") => (11, 12),
        Token::Sign("*" | "/" | "//" | "%" | "~") => (13, 14),
        Token::Sign("**") => (16, 15),
        Token::Sign("|") => (17, 18),
        _ => return None,
    })
}

fn boxed<const N: usize>(parts: [Expression; N]) -> Box<[Expression; N]> {
    Box::new(parts)
}

impl Parser<'_> {
    /// An expression whose operators bind at least so tightly.
    pub(super) fn expression(&mut self, least: u8) -> Option<Expression> {
        self.deeper(|parser| {
            let first = parser.operand()?;
            parser.operations_on(first, least)
        })
    }

    fn count(&mut self) -> Option<()> {
        self.operations += 1;
        (self.operations < OPERATIONS).then_some(())
    }

    fn operand(&mut self) -> Option<Expression> {
        Some(match self.next()? {
            Token::Text(text) => Expression::Text(text.clone()),
            Token::Integer(number) => Expression::Integer(*number),
            Token::Other | Token::Word("none" | "None" | "null") => Expression::Other,
            Token::Sign("-") => Expression::Operation(vec![self.expression(MINUS)?]),
            Token::Word("not") => Expression::Not(Box::new(self.expression(NOT)?)),
            Token::Word(name) => self.chain(name)?,
            Token::Sign("<") => {
                let call = self.component_call()?;
                self.sign("/")?;
                self.sign(">")?;
                Expression::Component(call)
            }
            Token::Sign("{") => self.map()?,
            Token::Sign("[") => self.list()?,
            Token::Sign("(") => {
                let inner = self.expression(0)?;
                self.sign(")")?;
                inner
            }
            _ => return None,
        })
    }

    fn operations_on(&mut self, first: Expression, least: u8) -> Option<Expression> {
        let mut left = first;
        while let Some(token) = self.tokens.first() {
            if self.take_sign("[") {
                self.count()?;
                left = self.subscript(left)?;
                continue;
            }
            if *token == Token::Word("if") && least == 0 {
                self.next();
                let condition = self.expression(0)?;
                self.word("else")?;
                let otherwise = self.expression(0)?;
                return Some(Expression::Choice(boxed([condition, left, otherwise])));
            }
            let Some((own, right)) = binding(token) else { break };
            if own < least {
                break;
            }
            self.count()?;
            self.next();
            left = match token {
                Token::Word("is") => {
                    self.take_word("not");
                    Expression::Test(Box::new(left), self.call()?)
                }
                Token::Sign("|") => Expression::Filter(Box::new(left), self.call()?),
                Token::Word("or" | "and") => Expression::Either(boxed([left, self.expression(right)?])),
                Token::Word("not") => {
                    self.word("in")?;
                    Expression::Operation(vec![left, self.expression(right)?])
                }
                _ => Expression::Operation(vec![left, self.expression(right)?]),
            };
        }
        Some(left)
    }

    /// A function call, or a variable with fields and items of it.
    fn chain(&mut self, name: &str) -> Option<Expression> {
        if self.tokens.first() == Some(&Token::Sign("(")) {
            return Some(Expression::Function(self.call_of(name)?));
        }
        let mut value = Expression::Variable(name.to_owned());
        loop {
            if self.take_sign(".") || self.take_sign("?.") {
                self.count()?;
                let field = self.name()?;
                value = if name == "loop" && self.loops > 0 {
                    Expression::Variable(format!("__tera_loop_{field}"))
                } else {
                    Expression::Field(Box::new(value), field.to_owned())
                };
            } else if self.take_sign("[") || self.take_sign("?[") {
                self.count()?;
                value = self.subscript(value)?;
            } else {
                return Some(value);
            }
        }
    }

    /// What stands in `[ ]` after a value.
    fn subscript(&mut self, of: Expression) -> Option<Expression> {
        let of = Box::new(of);
        let mut start = None;
        if self.tokens.first() != Some(&Token::Sign(":")) {
            start = Some(self.expression(0)?);
        }
        if !self.take_sign(":") {
            self.sign("]")?;
            return Some(Expression::Item(of, Box::new(start?)));
        }
        let mut end = None;
        if !matches!(self.tokens.first(), Some(Token::Sign(":" | "]"))) {
            end = Some(self.expression(0)?);
        }
        let step = if self.take_sign(":") { Some(self.expression(0)?) } else { None };
        self.sign("]")?;
        Some(Expression::Slice(of, Box::new([start, end, step])))
    }

    /// A name and its arguments, if it has any.
    pub(super) fn call(&mut self) -> Option<Call> {
        let name = self.name()?;
        self.call_of(name)
    }

    fn call_of(&mut self, name: &str) -> Option<Call> {
        let mut arguments = Vec::new();
        if self.take_sign("(") {
            while !self.take_sign(")") {
                let name = self.name()?.to_owned();
                self.sign("=")?;
                arguments.push((name, self.expression(0)?));
                self.comma_before(")")?;
            }
        }
        Some(Call { name: name.to_owned(), arguments })
    }

    /// A comma, which may be left out before what ends the list.
    fn comma_before(&mut self, end: &'static str) -> Option<()> {
        (self.take_sign(",") || self.tokens.first() == Some(&Token::Sign(end))).then_some(())
    }

    fn map(&mut self) -> Option<Expression> {
        let mut entries = Vec::new();
        while !self.take_sign("}") {
            if self.take_sign("...") {
                entries.push(Entry::Spread(self.expression(0)?));
            } else {
                let key = self.next()?;
                self.sign(":")?;
                let value = self.expression(0)?;
                entries.push(match key {
                    Token::Text(name) => Entry::Named(name.clone(), value),
                    Token::Integer(_) | Token::Other => Entry::Unnamed(value),
                    _ => return None,
                });
            }
            self.comma_before("}")?;
        }
        Some(Expression::Map(entries))
    }

    fn list(&mut self) -> Option<Expression> {
        let mut entries = Vec::new();
        while !self.take_sign("]") {
            if self.take_sign("...") {
                entries.push(Entry::Spread(self.expression(0)?));
            } else {
                let item = self.expression(0)?;
                if entries.is_empty() && self.take_word("for") {
                    return self.comprehension(item);
                }
                entries.push(Entry::Unnamed(item));
            }
            self.comma_before("]")?;
        }
        Some(Expression::List(entries))
    }

    fn comprehension(&mut self, each: Expression) -> Option<Expression> {
        let names = self.names()?;
        self.word("in")?;
        let of = self.expression(1)?;
        let condition = if self.take_word("if") { Some(self.expression(1)?) } else { None };
        self.sign("]")?;
        Some(Expression::Comprehension(Box::new(Comprehension { each, names, of, condition })))
    }

    /// The name and the arguments of a component, after `<`.
    pub(super) fn component_call(&mut self) -> Option<ComponentCall> {
        let name = self.dotted()?;
        let mut arguments = Vec::new();
        loop {
            if self.take_sign("{") {
                self.sign("...")?;
                arguments.push(Entry::Spread(self.expression(0)?));
                self.sign("}")?;
            } else if let Some(Token::Word(name)) = self.tokens.first() {
                self.next();
                let value = if !self.take_sign("=") {
                    Expression::Variable((*name).to_owned())
                } else if self.take_sign("{") {
                    let value = self.expression(0)?;
                    self.sign("}")?;
                    value
                } else if let Token::Text(text) = self.next()? {
                    Expression::Text(text.clone())
                } else {
                    return None;
                };
                arguments.push(Entry::Named((*name).to_owned(), value));
            } else {
                return Some(ComponentCall { name, arguments, body: Vec::new() });
            }
        }
    }
}
