use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::headings::{Ids, around};
use super::inserts::{self, pieces, sole_token};
use super::render::{Origin, Rendered};
use super::summary::{MORE, MORE_IN_LINE, split_at_more};
use super::{Heading, Insert, Settings, Stands, code, images};
use crate::config::AnchorLinks;
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::Span;

/// Turns the events of one page into those of its HTML.
pub(super) struct Writer<'a> {
    pub(super) inserts: &'a [Insert],
    pub(super) origin: &'a Origin<'a>,
    pub(super) settings: &'a Settings<'a>,
    pub(super) sink: &'a Sink,
    pub(super) out: Rendered,
    pub(super) ids: Ids,
    pub(super) headings: Vec<Heading>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
    /// Whether the end of the summary was found.
    pub(super) cut: bool,
    /// Whether there was an image.
    pub(super) has_picture: bool,
    /// How far the source has been searched for what messages point at.
    pub(super) searched: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn transform<'e>(&mut self, events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        let raw_html = self.settings.raw_html;
        let mut done = Vec::with_capacity(events.len());
        let mut events = events.into_iter();
        let mut link_ends: Vec<Option<&'static str>> = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info,
                        CodeBlockKind::Indented => CowStr::from(""),
                    };
                    let block = text_until(&mut events, |event| matches!(event, Event::End(TagEnd::CodeBlock)));
                    done.push(Event::Html(self.code(&block, &info).into()));
                }
                Event::Start(Tag::HtmlBlock) => {
                    let block = text_until(&mut events, |event| matches!(event, Event::End(TagEnd::HtmlBlock)));
                    self.html(&block, true, &mut done);
                }
                Event::Html(html) | Event::InlineHtml(html) => self.html(&html, false, &mut done),
                Event::Text(text) => self.text(text, &mut done),
                Event::Start(Tag::Paragraph) => {
                    let inside: Vec<Event<'e>> =
                        events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph))).collect();
                    let figure = self.figure(&inside).map(|figure| vec![figure]);
                    match figure.or_else(|| self.blocks(&inside)) {
                        Some(blocks) => done.extend(blocks.into_iter().map(|html| Event::Html(html.into()))),
                        None => {
                            done.push(Event::Start(Tag::Paragraph));
                            done.extend(self.transform(inside));
                            done.push(Event::End(TagEnd::Paragraph));
                        }
                    }
                }
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    let rest: Vec<Event<'e>> =
                        events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                    let id = self.heading(level, id, &rest);
                    let (before, after) = self.anchor_link(level, &id);
                    // `{onclick=…}` is an attribute to Markdown; only those that cannot run code are kept.
                    let harmless = |name: &str| raw_html || name.starts_with("data-") || name == "lang";
                    let attrs = attrs.into_iter().filter(|(name, _)| harmless(name)).collect();
                    done.push(Event::Start(Tag::Heading { level, id: Some(id.into()), classes, attrs }));
                    done.extend(before);
                    done.extend(self.transform(rest));
                    done.extend(after);
                    done.push(Event::End(TagEnd::Heading(level)));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let (start, end) = self.link(link_type, dest_url, title, id);
                    done.extend(start);
                    link_ends.push(end);
                }
                Event::End(TagEnd::Link) => match link_ends.pop().flatten() {
                    Some("") => {}
                    Some(end) => done.push(Event::InlineHtml(end.into())),
                    None => done.push(Event::End(TagEnd::Link)),
                },
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let inside = images::inside(&mut events);
                    done.push(Event::InlineHtml(self.image(dest_url, &title, &inside).into()));
                }
                Event::Start(Tag::Table(alignments)) if !raw_html => {
                    done.push(Event::Start(Tag::Table(vec![Alignment::None; alignments.len()])));
                    self.alignments = alignments;
                }
                Event::Start(Tag::TableHead) => {
                    (self.column, self.in_head) = (0, true);
                    done.push(Event::Start(Tag::TableHead));
                }
                Event::End(TagEnd::TableHead) => {
                    self.in_head = false;
                    done.push(Event::End(TagEnd::TableHead));
                }
                Event::Start(Tag::TableRow) => {
                    self.column = 0;
                    done.push(Event::Start(Tag::TableRow));
                }
                Event::Start(Tag::TableCell) if !raw_html => done.push(Event::InlineHtml(self.cell().into())),
                Event::End(TagEnd::TableCell) if !raw_html => {
                    done.push(Event::InlineHtml(if self.in_head { "</th>" } else { "</td>" }.into()));
                }
                other => done.push(other),
            }
        }
        done
    }

    fn code(&mut self, block: &str, info: &str) -> String {
        let code = code::code_block(block, info, self.settings.highlighter);
        if let Some((language, severity)) = code.unknown {
            let mut diagnostic =
                Diagnostic::warning("unknown-code-language", format!("no colours are known for code in `{language}`"));
            diagnostic.severity = severity;
            let diagnostic = diagnostic.at(self.origin.source, self.find_fence(info));
            self.sink.push(diagnostic.help("write the name of a language, such as `rust` or `json`, or `txt` for none"));
        }
        code.html
    }

    fn anchor_link<'e>(&self, level: HeadingLevel, id: &str) -> (Option<Event<'e>>, Option<Event<'e>>) {
        let place = self.settings.insert_anchor_links;
        if place == AnchorLinks::None {
            return (None, None);
        }
        let (before, after) = around(place, self.settings.snippets.anchor_link(level as u8, id));
        let event = |html: String| (!html.is_empty()).then(|| Event::InlineHtml(html.into()));
        (event(before), event(after))
    }

    /// The blocks of a paragraph that holds nothing else.
    fn blocks(&self, inside: &[Event<'_>]) -> Option<Vec<String>> {
        let mut blocks = Vec::new();
        for event in inside {
            match event {
                Event::SoftBreak => {}
                Event::Text(text) => {
                    let insert = sole_token(text)
                        .and_then(|index| self.inserts.get(index))
                        .filter(|insert| insert.stands != Stands::InLine)?;
                    blocks.push(insert.html.clone());
                }
                _ => return None,
            }
        }
        (!blocks.is_empty()).then_some(blocks)
    }

    /// A cell's start, aligned by a class: a style attribute would need a weaker content security policy.
    fn cell(&mut self) -> String {
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => " class=\"align-left\"",
            Alignment::Center => " class=\"align-center\"",
            Alignment::Right => " class=\"align-right\"",
        };
        format!("<{}{class}>", if self.in_head { "th scope=\"col\"" } else { "td" })
    }

    fn text<'e>(&mut self, text: CowStr<'e>, done: &mut Vec<Event<'e>>) {
        if !text.contains('\u{2}') {
            done.push(Event::Text(text));
            return;
        }
        for piece in pieces(&text) {
            match piece {
                Err(text) => done.push(Event::Text(text.to_owned().into())),
                Ok(index) => {
                    let Some(insert) = self.inserts.get(index) else { continue };
                    if insert.stands == Stands::Alone {
                        let diagnostic = Diagnostic::error("chart-in-line", "a chart stands in the middle of a line")
                            .at(self.origin.source, self.find("chart("));
                        self.sink.push(
                            diagnostic.help("put the call in a paragraph of its own, with an empty line before and after it"),
                        );
                    } else {
                        done.push(Event::InlineHtml(insert.html.clone().into()));
                    }
                }
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<CowStr<'_>>, inside: &[Event<'_>]) -> String {
        let mut title = String::new();
        for event in inside {
            match event {
                Event::Text(text) | Event::Code(text) => title.push_str(&inserts::words(text, self.inserts)),
                Event::SoftBreak | Event::HardBreak => title.push(' '),
                _ => {}
            }
        }
        let id = id.map_or_else(|| self.ids.of(&title, self.settings.anchors), |id| id.to_string());
        self.headings.push(Heading { level: level as u8, id: id.clone(), title, children: Vec::new() });
        id
    }

    /// A writer's HTML: a block of it, or a piece in a line.
    fn html(&mut self, html: &str, block: bool, done: &mut Vec<Event<'_>>) {
        if !self.cut
            && let Some((before, after)) = split_at_more(html)
        {
            self.cut = true;
            if !before.trim().is_empty() {
                self.html(before, block, done);
            }
            done.push(if block { Event::Html(MORE.into()) } else { Event::InlineHtml(MORE_IN_LINE.into()) });
            if !after.trim().is_empty() {
                self.html(after.trim_start_matches(['\n', '\r']), block, done);
            }
            return;
        }
        if self.settings.raw_html {
            done.push(Event::Html(self.with_inserts(html).into()));
            return;
        }
        let trimmed = html.trim();
        if trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
            return;
        }
        let first = trimmed.lines().next().unwrap_or_default();
        let diagnostic =
            Diagnostic::warning("html-in-markdown", "HTML in Markdown is shown as text").at(self.origin.source, self.find(first));
        self.sink.push(diagnostic.help(
            "write it in Markdown, or, if you trust every writer, set `raw_html = true` under `[extra.tinso]` in the config",
        ));
        done.push(Event::Text(html.to_owned().into()));
    }

    /// HTML with what its tokens stand for.
    fn with_inserts(&self, html: &str) -> String {
        let piece = |piece| match piece {
            Ok(index) => self.inserts.get(index).map_or("", |insert: &Insert| insert.html.as_str()),
            Err(text) => text,
        };
        pieces(html).into_iter().map(piece).collect()
    }

    /// Where the words behind a fence stand.
    fn find_fence(&mut self, info: &str) -> Span {
        for fence in ["```", "~~~", "``` ", "~~~ "] {
            let found = self.find(&format!("{fence}{info}"));
            if found.start < found.end {
                return Span { start: found.start + fence.len(), end: found.end };
            }
        }
        self.find(info)
    }

    /// Where a text stands in the source, searched from the last find on; the body's start when it is nowhere.
    pub(super) fn find(&mut self, text: &str) -> Span {
        let body = self.origin.body;
        let text_of_file = self.origin.source.text();
        let markdown = text_of_file.get(body.start..body.end).unwrap_or_default();
        let found = |from: usize| markdown.get(from..).and_then(|rest| rest.find(text)).map(|at| from + at);
        let Some(at) = found(self.searched).or_else(|| found(0)) else {
            return Span { start: body.start, end: body.start };
        };
        self.searched = at + text.len();
        Span { start: body.start + at, end: body.start + at + text.len() }
    }
}

/// The texts up to an end, as one.
fn text_until<'e>(events: &mut impl Iterator<Item = Event<'e>>, is_end: impl Fn(&Event<'e>) -> bool) -> String {
    let mut whole = String::new();
    for event in events.take_while(|event| !is_end(event)) {
        if let Event::Text(text) | Event::Html(text) = event {
            whole.push_str(&text);
        }
    }
    whole
}
