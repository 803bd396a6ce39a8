use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

/// Moves footnotes into a list at the end: each reference leads to its note, and each note back to every reference.
/// Notes stand in the order of their first reference; one without a reference is left out.
pub(super) fn at_the_bottom(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let (text, mut notes) = apart(events);
    let mut used = Used::default();
    let mut done: Vec<Event<'_>> = text.into_iter().map(|event| used.reference(event)).collect();
    let mut list: Vec<(String, Vec<Event<'_>>)> = Vec::new();
    // A note may refer to further notes, which then follow it.
    while let Some(name) = used.order.get(list.len()).cloned() {
        let note = notes.remove(&name).unwrap_or_default();
        list.push((name, note.into_iter().map(|event| used.reference(event)).collect()));
    }
    if list.is_empty() {
        return done;
    }
    let html = |text: String| Event::Html(text.into());
    done.push(html("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n".to_owned()));
    for (name, mut note) in list {
        done.push(html(format!("<li id=\"fn-{}\">\n", id(&name))));
        let back = used.back_links(&name);
        let ends_a_paragraph = matches!(note.last(), Some(Event::End(TagEnd::Paragraph)));
        let end = if ends_a_paragraph { note.pop() } else { None };
        done.extend(note);
        done.push(Event::InlineHtml(back.into()));
        done.extend(end);
        done.push(html("</li>\n".to_owned()));
    }
    done.push(html("</ol>\n</section>\n".to_owned()));
    done
}

/// The text without its notes, and the notes by name.
fn apart(events: Vec<Event<'_>>) -> (Vec<Event<'_>>, BTreeMap<String, Vec<Event<'_>>>) {
    let mut text = Vec::with_capacity(events.len());
    let mut notes: BTreeMap<String, Vec<Event<'_>>> = BTreeMap::new();
    let mut open: Option<(String, Vec<Event<'_>>)> = None;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => open = Some((name.to_string(), Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, note)) = open.take() {
                    notes.entry(name).or_insert(note);
                }
            }
            other => match &mut open {
                Some((_, note)) => note.push(other),
                None => text.push(other),
            },
        }
    }
    (text, notes)
}

/// The notes that were referred to, in order, and how often each.
#[derive(Default)]
struct Used {
    order: Vec<String>,
    times: BTreeMap<String, usize>,
}

impl Used {
    fn reference<'e>(&mut self, event: Event<'e>) -> Event<'e> {
        let Event::FootnoteReference(name) = event else { return event };
        let name = name.to_string();
        let times = self.times.entry(name.clone()).or_default();
        *times += 1;
        let times = *times;
        let number = self.order.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.order.push(name.clone());
            self.order.len() - 1
        });
        let (id, number) = (id(&name), number + 1);
        let html = format!("<sup class=\"footnote-reference\" id=\"fr-{id}-{times}\"><a href=\"#fn-{id}\">[{number}]</a></sup>");
        Event::InlineHtml(CowStr::from(html))
    }

    fn back_links(&self, name: &str) -> String {
        let id = id(name);
        let link = |time: usize| {
            let number = if time == 1 { String::new() } else { time.to_string() };
            format!(" <a href=\"#fr-{id}-{time}\">↩{number}</a>")
        };
        (1..=self.times.get(name).copied().unwrap_or(0)).map(link).collect()
    }
}

/// A note's name inside an id.
fn id(name: &str) -> String {
    let mut id = String::new();
    // Writing to a string cannot fail.
    let _ = escape_html(&mut id, &name.split_whitespace().collect::<Vec<_>>().join("-"));
    id
}
