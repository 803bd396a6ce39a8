use std::collections::BTreeMap;

use super::{Bytes, Explain};
use crate::build::{Explained, Explanation, Fate};
use crate::text::SitePath;

/// Where lines are broken.
const WIDTH: usize = 110;
/// The width of the names of parts.
const NAMES: usize = 11;

impl Explain<'_> {
    /// How the outputs that were meant came to be, for people.
    pub(in crate::cli) fn text(&self, explained: &BTreeMap<SitePath, Explained>, fates: &BTreeMap<SitePath, Fate>) -> String {
        let all = self.seen().meant.clone();
        let one = |(path, bytes): (&SitePath, &Bytes)| text(path, explained.get(path), fates.get(path), *bytes);
        all.iter().map(one).collect()
    }
}

fn text(path: &SitePath, explained: Option<&Explained>, fate: Option<&Fate>, bytes: Bytes) -> String {
    let mut out = format!("\n{path}\n");
    let from = explained.map_or("a picture that templates have ordered", |explained| explained.origin.as_str());
    part(&mut out, "from", from);
    match explained.and_then(|explained| explained.rendering.as_ref()) {
        Some(rendering) => of_rendering(&mut out, rendering, fate),
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

fn of_rendering(out: &mut String, rendering: &Explanation, fate: Option<&Fate>) {
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
    let files: &[SitePath] = match fate {
        Some(Fate::Files(files) | Fate::Texts(files)) => files,
        _ => &[],
    };
    part(out, "rendered", fate.map_or(words(&Fate::NoLedger), words));
    let more = files.len().saturating_sub(MOST_FILES);
    let more = (more > 0).then(|| format!("and {more} more"));
    list(out, "changed", &mut files.iter().take(MOST_FILES).map(SitePath::to_string).chain(more));
}

/// How many files are named of those that changed.
const MOST_FILES: usize = 8;

fn words(fate: &Fate) -> &'static str {
    match fate {
        Fate::NoLedger => "yes: .tinso/cache has no build to go on from, made by this program with these options",
        Fate::Time => "yes, as all is: since the last build the moment of a `publish_at` or `expires_at` has come",
        Fate::Passes => "yes, as all is: a template asked the clock or another machine, or a warning concerns the whole site",
        Fate::Files(_) => "yes, as all is: files have changed in more than the text below front matter",
        Fate::Texts(_) => "yes: texts have changed that it shows, counts or cuts",
        Fate::Noted => "yes: a warning was found in it, which has to be told again",
        Fate::NotAsLeft => "yes: no file stands there as the last build left it",
        Fate::Stands => "no: nothing has changed of what it can read",
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
            why: None,
            changed: Vec::new(),
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
  rendered   yes: texts have changed that it shows, counts or cuts
  changed    content/b.md
  bytes      1 byte, different from those that stood there
";
        let fate = Fate::Texts(vec![SitePath::new("content/b.md")]);
        assert_eq!(text(&SitePath::new("a/index.html"), Some(&explained), Some(&fate), Bytes::Different(1)), expected);
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let lines = broken(&["word"; 60].join(" "));
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= WIDTH - NAMES), "{lines:?}");
        assert_eq!(lines.join(" "), ["word"; 60].join(" "));
    }
}
