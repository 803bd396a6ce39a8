use std::collections::BTreeMap;

use super::{Broken, Data, list, table, text};

/// Reads a bibliography of BibTeX: `bibliographies` (each with `entry_type`, `citation_key` and `tags`), `comments`,
/// `preambles` and `variables`. Names are in small letters; a value is its text, variables filled in.
pub(super) fn read(content: &str) -> Result<Data, Broken> {
    let mut reader = Reader { content, at: 0, variables: BTreeMap::new() };
    let (mut entries, mut comments, mut preambles) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        let between = reader.until_any(&['@']).trim();
        if !between.is_empty() {
            comments.push(text(between));
        }
        if !reader.eat('@') {
            break;
        }
        let kind = reader.name("the type of an entry")?.to_lowercase();
        if kind == "comment" {
            comments.push(text(reader.comment()?));
            continue;
        }
        let close = reader.open()?;
        match kind.as_str() {
            "preamble" => preambles.push(text(reader.value()?)),
            "string" => {
                let (name, value) = reader.pair()?;
                reader.variables.insert(name, value);
                reader.eat(',');
            }
            _ => entries.push(reader.entry(&kind, close)?),
        }
        reader.expect(close)?;
    }
    let variables = table(reader.variables.into_iter().map(|(name, value)| (name, text(value))));
    Ok(table([
        ("bibliographies".to_owned(), list(entries)),
        ("comments".to_owned(), list(comments)),
        ("preambles".to_owned(), list(preambles)),
        ("variables".to_owned(), variables),
    ]))
}

struct Reader<'a> {
    content: &'a str,
    at: usize,
    variables: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.content.get(self.at..).unwrap_or_default()
    }

    fn broken(&self, message: impl Into<String>) -> Broken {
        Broken::at_offset(message, self.content, self.at)
    }

    fn until_any(&mut self, ends: &[char]) -> &'a str {
        let rest = self.rest();
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes a character that may stand next, after space.
    fn eat(&mut self, wanted: char) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), Broken> {
        if self.eat(wanted) { Ok(()) } else { Err(self.broken(format!("a `{wanted}` is missing here"))) }
    }

    /// The opening bracket of an entry; gives the closing one.
    fn open(&mut self) -> Result<char, Broken> {
        if self.eat('(') {
            return Ok(')');
        }
        self.expect('{').map(|()| '}')
    }

    fn name(&mut self, what: &str) -> Result<&'a str, Broken> {
        self.skip_space();
        let name = self.until_any(&['{', '}', '(', ')', '=', ',', '#', '"', '@', ' ', '\t', '\r', '\n']);
        if name.is_empty() { Err(self.broken(format!("{what} is missing here"))) } else { Ok(name) }
    }

    /// What stands behind `@comment`: in brackets, or to the end of the line.
    fn comment(&mut self) -> Result<String, Broken> {
        let spaces = self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        self.at += spaces;
        if self.rest().starts_with('{') { self.braced() } else { Ok(self.until_any(&['\n']).trim().to_owned()) }
    }

    fn pair(&mut self) -> Result<(String, String), Broken> {
        let name = self.name("the name of a field")?.to_lowercase();
        self.expect('=')?;
        Ok((name, self.value()?))
    }

    fn entry(&mut self, kind: &str, close: char) -> Result<Data, Broken> {
        self.skip_space();
        let key = self.until_any(&[',', close, '\n']).trim();
        let mut tags: BTreeMap<String, String> = BTreeMap::new();
        while self.eat(',') {
            self.skip_space();
            if self.rest().starts_with(close) {
                break;
            }
            let (name, value) = self.pair()?;
            tags.insert(name, value);
        }
        Ok(table([
            ("entry_type".to_owned(), text(kind)),
            ("citation_key".to_owned(), text(key)),
            ("tags".to_owned(), table(tags.into_iter().map(|(name, value)| (name, text(value))))),
        ]))
    }

    /// Parts joined by `#`.
    fn value(&mut self) -> Result<String, Broken> {
        let mut value = String::new();
        loop {
            self.skip_space();
            match self.rest().chars().next() {
                Some('{') => value.push_str(&self.braced()?),
                Some('"') => value.push_str(&self.quoted()?),
                _ => {
                    let start = self.at;
                    let name = self.name("a value")?;
                    if name.bytes().all(|byte| byte.is_ascii_digit()) {
                        value.push_str(name);
                    } else if let Some(known) = self.variables.get(&name.to_lowercase()) {
                        value.push_str(known);
                    } else if MONTHS.contains(&name.to_lowercase().as_str()) {
                        value.push_str(name);
                    } else {
                        self.at = start;
                        return Err(self.broken(format!("no `@string` defines `{name}`")));
                    }
                }
            }
            if !self.eat('#') {
                return Ok(value);
            }
        }
    }

    /// A text in braces, without the outer ones.
    fn braced(&mut self) -> Result<String, Broken> {
        self.delimited('}')
    }

    /// A text in quotes; a quote within braces does not end it.
    fn quoted(&mut self) -> Result<String, Broken> {
        self.delimited('"')
    }

    fn delimited(&mut self, end: char) -> Result<String, Broken> {
        let inner = self.rest().get(1..).unwrap_or_default();
        let mut depth = 0usize;
        let mut escaped = false;
        for (offset, character) in inner.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if character == end && depth == 0 => {
                    self.at += 1 + offset + end.len_utf8();
                    return Ok(inner.get(..offset).unwrap_or_default().to_owned());
                }
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Err(self.broken(format!("the text that starts here has no `{end}` at its end")))
    }
}

/// The months that every style of BibTeX defines; they stay as written.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
