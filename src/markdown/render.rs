use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use super::emoji::emoji;
use super::headings::{Ids, nest};
use super::links::AnchorLink;
use super::writer::Writer;
use super::{Heading, Insert, Settings, WrittenLink, footnotes, summary, words};
use crate::config::Markdown;
use crate::diagnostic::Sink;
use crate::text::{SourceText, Span};

/// What a page's Markdown becomes.
#[derive(Clone, Default, Debug)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// What stands before `<!-- more -->`.
    pub summary: Option<String>,
    /// Its headings.
    pub toc: Vec<Heading>,
    /// The number of words, if they are counted.
    pub word_count: usize,
    /// The number of characters that are no white space, if they are counted.
    pub character_count: usize,
    /// Every id that a link may lead to.
    pub anchors: BTreeSet<String>,
    /// Links to places in pages of the site.
    pub anchor_links: Vec<AnchorLink>,
    /// Every link and image as written, but for addresses of people.
    pub written: Vec<WrittenLink>,
}

/// Where the Markdown is from, for messages.
pub struct Origin<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// Where its Markdown is.
    pub body: Span,
}

/// Turns Markdown, with tokens where `inserts` belong, into HTML.
pub fn render(text: &str, inserts: &[Insert], origin: &Origin<'_>, settings: &Settings<'_>, sink: &Sink) -> Rendered {
    let mut writer = Writer {
        inserts,
        origin,
        settings,
        sink,
        out: Rendered::default(),
        ids: Ids::default(),
        headings: Vec::new(),
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        cut: false,
        has_picture: false,
        searched: 0,
    };
    let events = read(text, settings.markdown);
    for event in &events {
        if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
            writer.ids.reserve(id);
        }
    }
    let mut events = writer.transform(events);
    let mut out = writer.out;
    out.summary = summary::cut(&events, |summary| settings.snippets.summary_cutoff(summary));
    if settings.markdown.bottom_footnotes {
        events = footnotes::at_the_bottom(events);
    }
    html::push_html(&mut out.html, events.into_iter());
    out.toc = nest(writer.headings);
    out.anchors = writer.ids.into_set();
    out.anchors.extend(ids_in(&out.html));
    if settings.counts_words {
        let count = words::count(text, inserts);
        (out.word_count, out.character_count) = (count.words, count.characters);
    }
    out
}

/// The events of a Markdown text; neighbouring texts are one, emoji stand where they are named.
fn read<'a>(text: &'a str, settings: &Markdown) -> Vec<Event<'a>> {
    let events = TextMergeStream::new(Parser::new_ext(text, options(settings)));
    if !settings.render_emoji {
        return events.collect();
    }
    let mut in_code = false;
    let replaced = events.map(|event| match event {
        Event::Text(text) if !in_code => match emoji(&text) {
            Cow::Owned(replaced) => Event::Text(replaced.into()),
            Cow::Borrowed(_) => Event::Text(text),
        },
        other => {
            match other {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                _ => {}
            }
            other
        }
    });
    replaced.collect()
}

/// The parser that finds code, for hiding it from templates.
pub(super) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, options(&Markdown { definition_list: true, ..Markdown::default() }))
}

fn options(settings: &Markdown) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, settings.smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, settings.definition_list);
    options.set(Options::ENABLE_GFM, settings.github_alerts);
    options
}

/// Every `id` and `name` in HTML, for links that lead there.
fn ids_in(html: &str) -> impl Iterator<Item = String> {
    html.match_indices('=').filter_map(move |(at, _)| {
        let (before, rest) = (html.get(..at)?, html.get(at + 1..)?);
        if !before.ends_with(" id") && !before.ends_with(" name") {
            return None;
        }
        let value = match rest.chars().next()? {
            quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
            _ => rest.split(|c: char| c.is_whitespace() || c == '>').next()?,
        };
        (!value.is_empty()).then(|| value.to_owned())
    })
}
