use std::collections::BTreeMap;

use super::{Bytes, Explain};
use crate::build::{Explained, Explanation, Why};
use crate::text::SitePath;

/// Where lines are broken.
const WIDTH: usize = 110;
/// The width of the names of parts.
const NAMES: usize = 11;

impl Explain<'_> {
    /// How the outputs that were meant came to be, for people.
    pub(in crate::cli) fn text(&self, explained: &BTreeMap<SitePath, Explained>) -> String {
        let all = self.seen().meant.clone();
        let one = |(path, bytes): (&SitePath, &Bytes)| text(path, explained.get(path), *bytes);
        all.iter().map(one).collect()
    }
}

fn text(path: &SitePath, explained: Option<&Explained>, bytes: Bytes) -> String {
    let mut out = format!("\n{path}\n");
    let from = explained.map_or("a picture that templates have ordered", |explained| explained.origin.as_str());
    part(&mut out, "from", from);
    match explained.and_then(|explained| explained.rendering.as_ref()) {
        Some(rendering) => of_rendering(&mut out, rendering),
        None => part(&mut out, "rendering", "none: it needs no template"),
    }
    let size = |bytes: usize| if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    let state = match bytes {
        Bytes::None => "none: it could not be rendered".to_owned(),
        Bytes::New(number) => format!("{}, new: no file stood there", size(number)),
        Bytes::Same(number) => format!("{}, unchanged: as they stood there", size(number)),
        Bytes::Different(number) => format!("{}, different from those that stood there", size(number)),
    };
    part(&mut out, "bytes", &state);
    out
}

fn of_rendering(out: &mut String, rendering: &Explanation) {
    let mut templates = rendering.templates.iter();
    part(out, "template", templates.next().map_or("none", String::as_str));
    list(out, "with", &mut templates.cloned());
    if rendering.everything {
        part(out, "can read", "everything: its templates are not understood");
    } else {
        let reads = |(name, paths): (&String, &Vec<String>), sign: &str| match paths.as_slice() {
            [] => format!("{name}{sign}"),
            [path] if path.is_empty() => format!("{name}{sign}"),
            paths => format!("{name}{sign}: {}", paths.join(", ")),
        };
        entries(out, "can read", rendering.variables.iter().map(|variable| reads(variable, "")));
        entries(out, "can ask", rendering.functions.iter().map(|function| reads(function, "()")));
    }
    entries(out, "asked", rendering.asked.iter().cloned());
    match rendering.why {
        None => part(out, "rendered", "no: nothing has changed of what it can read"),
        Some(why) => {
            part(out, "rendered", &format!("yes: {}", words(why)));
            list(out, "changed", &mut rendering.changed.iter().cloned());
        }
    }
}

fn words(why: Why) -> &'static str {
    match why {
        Why::NoBuild => "there was no build before it to take it from",
        Why::Settings => "settings have changed, and every output rests on them",
        Why::New => "the build before had no such output",
        Why::OtherTemplate => "the build before rendered it by another template",
        Why::Address => "its address or its translations have changed",
        Why::Templates => "its template, or one that this draws in, has changed",
        Why::FrontMatter => "it looks at what all front matter decides, and some front matter has changed",
        Why::Seen => "what its template reads of the page has changed",
        Why::Addresses => "the addresses in it have changed",
        Why::Answers => "a function that it asks has another answer",
    }
}

/// One part, with its name in front.
fn part(out: &mut String, name: &str, text: &str) {
    let mut lines = broken(text).into_iter();
    out.push_str(&format!("  {name:NAMES$}{}\n", lines.next().unwrap_or_default()));
    lines.for_each(|line| out.push_str(&format!("  {:NAMES$}  {line}\n", "")));
}

/// Entries, each on a line of its own; nothing if there are none.
fn entries(out: &mut String, name: &str, entries: impl Iterator<Item = String>) {
    let mut name = name;
    for entry in entries {
        part(out, std::mem::take(&mut name), &entry);
    }
}

/// Entries beside each other; nothing if there are none.
fn list(out: &mut String, name: &str, entries: &mut dyn Iterator<Item = String>) {
    let entries: Vec<String> = entries.collect();
    if !entries.is_empty() {
        part(out, name, &entries.join(", "));
    }
}

/// A text in lines that are not too long, if it has spaces where they can be broken.
fn broken(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let is_full =
            lines.last().is_some_and(|line| !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH - NAMES);
        if is_full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn an_explanation_has_a_line_for_each_part() {
        let rendering = Explanation {
            templates: strings(&["templates/page.html", "templates/base.html"]),
            everything: false,
            variables: BTreeMap::from([("lang".to_owned(), strings(&[""])), ("page".to_owned(), strings(&["content", "title"]))]),
            functions: BTreeMap::from([("now".to_owned(), strings(&[]))]),
            asked: strings(&["now() in vi"]),
            why: Some(Why::Seen),
            changed: strings(&["page.title"]),
        };
        let explained = Explained { origin: "content/a.md".to_owned(), rendering: Some(rendering) };
        let expected = "
a/index.html
  from       content/a.md
  template   templates/page.html
  with       templates/base.html
  can read   lang
             page: content, title
  can ask    now()
  asked      now() in vi
  rendered   yes: what its template reads of the page has changed
  changed    page.title
  bytes      1 byte, different from those that stood there
";
        assert_eq!(text(&SitePath::new("a/index.html"), Some(&explained), Bytes::Different(1)), expected);
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let lines = broken(&["word"; 60].join(" "));
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= WIDTH - NAMES), "{lines:?}");
        assert_eq!(lines.join(" "), ["word"; 60].join(" "));
    }
}
