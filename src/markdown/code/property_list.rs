use serde_json::{Map, Value};

/// How deep lists may lie in one another.
const DEEPEST: usize = 32;

/// An XML property list (the format of `.tmTheme`) as JSON: dictionaries, lists and texts; `None` when it is none.
pub(super) fn read(text: &str) -> Option<Value> {
    let (_, inside) = text.split_once("<plist")?;
    let (_, inside) = inside.split_once('>')?;
    let mut reader = Reader { rest: inside };
    let first = reader.tag()?;
    reader.value(first, DEEPEST)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// The next tag, without its brackets; comments are passed over.
    fn tag(&mut self) -> Option<&'a str> {
        loop {
            let (_, after) = self.rest.split_once('<')?;
            if let Some(comment) = after.strip_prefix("!--") {
                self.rest = comment.split_once("-->")?.1;
                continue;
            }
            let (tag, rest) = after.split_once('>')?;
            self.rest = rest;
            return Some(tag.trim());
        }
    }

    /// The text up to the end tag.
    fn text(&mut self) -> Option<String> {
        let (text, rest) = self.rest.split_once("</")?;
        self.rest = rest.split_once('>')?.1;
        let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        Some(plain.replace("&amp;", "&").trim().to_owned())
    }

    fn value(&mut self, tag: &str, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        match tag {
            "dict" => {
                let mut map = Map::new();
                loop {
                    match self.tag()? {
                        "/dict" => return Some(Value::Object(map)),
                        "key" => {
                            let key = self.text()?;
                            let tag = self.tag()?;
                            map.insert(key, self.value(tag, depth)?);
                        }
                        _ => return None,
                    }
                }
            }
            "array" => {
                let mut items = Vec::new();
                loop {
                    match self.tag()? {
                        "/array" => return Some(Value::Array(items)),
                        tag => items.push(self.value(tag, depth)?),
                    }
                }
            }
            empty if empty.ends_with('/') => Some(Value::Null),
            _ => self.text().map(Value::String),
        }
    }
}
