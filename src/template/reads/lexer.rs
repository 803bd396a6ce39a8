/// A piece of a template that matters here. Text outside of `{{ }}` and `{% %}` does not: it reads nothing.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token<'a> {
    /// `{{`
    Open,
    /// `}}`
    Close,
    /// `{%`
    OpenTag,
    /// `%}`
    CloseTag,
    /// A word; keywords, too.
    Word(&'a str),
    /// A text, unescaped.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A literal that is neither a text nor a whole number.
    Other,
    /// An operator or bracket.
    Sign(&'static str),
}

const SIGNS: [&str; 31] = [
    "...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "+", "-", "*", "/", "%", "!", ".", ",", ":", "~", "|", "=", ">",
    "<", "(", ")", "[", "]", "{", "}", "@",
];

/// The tokens of a template, just as Tera cuts it; `None` where Tera would refuse it.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut lexer = Lexer { rest: text, found: Vec::new() };
    while lexer.next_part()? {}
    Some(lexer.found)
}

struct Lexer<'a> {
    rest: &'a str,
    found: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    /// Goes over the text up to the next `{{ }}`, `{% %}` or `{# #}` and over that; gives whether there was one.
    fn next_part(&mut self) -> Option<bool> {
        let opening = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#");
        let Some(at) = self.rest.as_bytes().windows(2).position(opening) else { return Some(false) };
        let inside = self.rest.get(at + 2..)?;
        let kind = self.rest.as_bytes().get(at + 1).copied();
        self.rest = inside.strip_prefix('-').unwrap_or(inside);
        match kind {
            Some(b'#') => self.rest = self.rest.split_once("#}")?.1,
            Some(b'%') => match skip_tag(self.rest, "raw") {
                Some(body) => self.rest = end_of_raw(body)?,
                None => self.code(Token::OpenTag, "%}", Token::CloseTag)?,
            },
            _ => self.code(Token::Open, "}}", Token::Close)?,
        }
        Some(true)
    }

    /// The tokens up to the end of a `{{ }}` or `{% %}`.
    fn code(&mut self, open: Token<'a>, end: &str, close: Token<'a>) -> Option<()> {
        self.found.push(open);
        loop {
            self.rest = self.rest.trim_ascii_start();
            let ended = self.rest.strip_prefix('-').and_then(|rest| rest.strip_prefix(end));
            if let Some(rest) = ended.or_else(|| self.rest.strip_prefix(end)) {
                self.rest = rest;
                self.found.push(close);
                return Some(());
            }
            let token = self.token()?;
            self.found.push(token);
        }
    }

    fn token(&mut self) -> Option<Token<'a>> {
        if let Some((sign, rest)) = SIGNS.iter().find_map(|sign| Some((*sign, self.rest.strip_prefix(sign)?))) {
            self.rest = rest;
            return Some(Token::Sign(sign));
        }
        let first = self.rest.chars().next()?;
        match first {
            '"' | '\'' | '`' => self.text(first),
            '0'..='9' => self.number(),
            'a'..='z' | 'A'..='Z' | '_' => {
                let word = self.take(|letter| letter.is_ascii_alphanumeric() || letter == '_')?;
                Some(if matches!(word, "true" | "True" | "false" | "False") { Token::Other } else { Token::Word(word) })
            }
            _ => None,
        }
    }

    fn take(&mut self, belongs: impl FnMut(char) -> bool) -> Option<&'a str> {
        let mut belongs = belongs;
        let length = self.rest.find(|letter| !belongs(letter)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<Token<'a>> {
        let mut point = false;
        let written = self.take(|letter| letter.is_ascii_digit() || (letter == '.' && !std::mem::replace(&mut point, true)))?;
        if written.contains('.') { Some(Token::Other) } else { written.parse().ok().map(Token::Integer) }
    }

    fn text(&mut self, quote: char) -> Option<Token<'a>> {
        let mut text = String::new();
        let mut letters = self.rest.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            if letter == quote {
                self.rest = self.rest.get(at + 1..)?;
                return Some(Token::Text(text));
            }
            text.push(match letter {
                '\\' => match letters.next()?.1 {
                    plain @ ('"' | '\'' | '/' | '\\') => plain,
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    _ => return None,
                },
                _ => letter,
            });
        }
        None
    }
}

/// What follows a tag of one word, such as `raw %}`.
fn skip_tag<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix('-').unwrap_or(text).trim_ascii_start().strip_prefix(word)?.trim_ascii_start();
    rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")
}

fn end_of_raw(mut body: &str) -> Option<&str> {
    loop {
        body = body.split_once("{%")?.1;
        if let Some(rest) = skip_tag(body, "endraw") {
            return Some(rest);
        }
    }
}
