use std::collections::BTreeMap;

use tera::Value;

use super::find::{Found, find, place};
use super::picture;
use crate::content::Page;
use crate::data::{Data, Fields, Node};
use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{Note, NoteReading};
use crate::markdown::{DECORATIVE, Picture};
use crate::template::Site;
use crate::template::values::{list, maybe, object, text};
use crate::text::{Lang, SitePath, Span};

/// The pictures that lead articles: `image` under `[extra]`, by the index of the page.
#[derive(Default, Debug)]
pub struct Leads {
    by_page: BTreeMap<usize, Lead>,
    found: Vec<Diagnostic>,
}

/// Leads are the same if they look the same, whatever was found about them.
impl PartialEq for Leads {
    fn eq(&self, other: &Self) -> bool {
        self.by_page == other.by_page
    }
}

/// The picture that leads an article.
#[derive(Clone, PartialEq, Debug)]
pub struct Lead {
    picture: Picture,
    sizes: String,
    ordered: Vec<SitePath>,
    alt: Option<Words>,
    caption: Option<Words>,
    credit: Option<Words>,
}

/// A text and the language that it is in.
type Words = (String, Lang);

impl Leads {
    /// Reads them all, in a site of ours. Whatever is wrong with them is kept.
    pub(in crate::template) fn read(site: &Site) -> Self {
        let mut leads = Self::default();
        if !site.config.tinso.declared {
            return leads;
        }
        let sink = Sink::new();
        let own: BTreeMap<usize, Written<'_>> = site
            .library
            .pages
            .iter()
            .enumerate()
            .filter_map(|(id, page)| Some((id, Written::read(page, page.front.extra.get("image")?, &sink)?)))
            .collect();
        let versions = own.keys().flat_map(|id| site.library.pages.get(*id).map(|page| page.translations.as_slice()));
        let with_twins: std::collections::BTreeSet<usize> = versions.flatten().chain(own.keys()).copied().collect();
        for id in with_twins {
            let Some(page) = site.library.pages.get(id) else { continue };
            let twin = own.get(&site.library.origin(id)).filter(|twin| !std::ptr::eq(twin.page, &**page));
            if let Some(lead) = lead(site, page, own.get(&id), twin, &sink) {
                leads.by_page.insert(id, lead);
            }
        }
        leads.found = sink.into_sorted();
        leads
    }

    /// What was found about them.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Whether a page has one.
    pub fn has(&self, page: usize) -> bool {
        self.by_page.contains_key(&page)
    }

    /// That of a page.
    pub fn get(&self, page: usize) -> Option<&Lead> {
        self.by_page.get(&page)
    }

    /// The pages that have one, and the copies of each that are to be made.
    pub fn ordered(&self) -> impl Iterator<Item = (usize, &[SitePath])> {
        self.by_page.iter().map(|(id, lead)| (*id, lead.ordered.as_slice()))
    }
}

impl Lead {
    /// It as templates see it.
    pub(in crate::template) fn value(&self) -> Value {
        let picture = &self.picture;
        let number = |number: Option<u32>| number.map_or_else(Value::none, Value::from);
        let words = |words: &Option<Words>| maybe(words.as_ref().map(|(text, _)| text.as_str()));
        let lang = |words: &Option<Words>| maybe(words.as_ref().map(|(_, lang)| lang.as_str()));
        let sources = picture.sources.iter();
        let sources = sources.map(|source| object([("type", text(&source.mime)), ("srcset", text(&source.srcset))]));
        object([
            ("address", text(&picture.address)),
            ("type", text(&picture.mime)),
            ("width", number(picture.width)),
            ("height", number(picture.height)),
            ("srcset", maybe(Some(picture.srcset.as_str()).filter(|srcset| !srcset.is_empty()))),
            ("sources", list(sources)),
            ("sizes", text(&self.sizes)),
            ("alt", text(self.alt.as_ref().map_or("", |(alt, _)| alt))),
            ("alt_lang", lang(&self.alt)),
            ("caption", words(&self.caption)),
            ("caption_lang", lang(&self.caption)),
            ("credit", words(&self.credit)),
            ("credit_lang", lang(&self.credit)),
        ])
    }
}

/// What the front matter of a page says of its picture.
struct Written<'a> {
    page: &'a Page,
    span: Span,
    file: Option<(String, Span)>,
    alt: Option<Note>,
    caption: Option<Note>,
    credit: Option<Note>,
}

impl<'a> Written<'a> {
    fn read(page: &'a Page, node: &Node, sink: &Sink) -> Option<Self> {
        let Data::Table(table) = &node.value else {
            let diagnostic = Diagnostic::error("bad-image", "`image` should be a table").at(&page.source, node.span);
            sink.push(diagnostic.help("write `[extra.image]`, below it `file = \"photo.jpg\"` and `alt = \"what it shows\"`"));
            return None;
        };
        let mut fields = Fields::new(&page.source, table, sink);
        let reading = NoteReading { source: &page.source, lang: &page.file.lang, sink };
        let written = Self {
            page,
            span: node.span,
            file: fields.text_at("file").map(|(file, span)| (file.to_owned(), span)),
            alt: Note::read(&mut fields, "alt", &reading),
            caption: Note::read(&mut fields, "caption", &reading),
            credit: Note::read(&mut fields, "credit", &reading),
        };
        fields.deny_unknown("unknown-image-key");
        Some(written)
    }
}

/// The picture of a page as it says itself, and where it says nothing, as its version in the default language does.
fn lead(site: &Site, page: &Page, own: Option<&Written<'_>>, twin: Option<&Written<'_>>, sink: &Sink) -> Option<Lead> {
    let lang = &page.file.lang;
    let (from, file, at) = [own, twin]
        .into_iter()
        .flatten()
        .find_map(|said| Some((said.page, said.file.as_ref()?)))
        .map(|(from, (file, at))| (from, file, *at))
        .or_else(|| {
            if let Some(own) = own {
                let diagnostic = Diagnostic::error("bad-image", "this image has no `file`").at(&own.page.source, own.span);
                sink.push(diagnostic.help("add a line such as `file = \"photo.jpg\"`, the name of a file beside the page"));
            }
            None
        })?;
    let Some(found) = file_of(site, from, file) else {
        let diagnostic = Diagnostic::error("missing-image", format!("there is no picture `{file}`")).at(&from.source, at);
        let help = "put the file beside the page's `index.md` and give its name, or into static/ and give its path from there with a slash before it: `/photo.jpg`";
        sink.push(diagnostic.help(help));
        return None;
    };
    let (picture, ordered) = picture(site, &found).map_err(|finding| sink.push(*finding)).ok()?;
    let said = |which: fn(&Written<'_>) -> Option<Note>| -> Option<Words> {
        let notes: Vec<Note> = [own, twin].into_iter().flatten().filter_map(which).collect();
        let in_own = notes.iter().find_map(|note| Some((note.in_language(lang)?.to_owned(), lang.clone())));
        let any = || notes.iter().find_map(|note| note.text(lang)).map(|(text, lang)| (text.to_owned(), lang.clone()));
        in_own.or_else(any).filter(|(text, _)| !text.trim().is_empty())
    };
    let alt = said(|written| written.alt.clone());
    if alt.as_ref().is_none_or(|(alt, of)| of != lang && alt.trim() != DECORATIVE) {
        let (place, span) = own.or(twin).map(|said| (&said.page.source, said.span))?;
        let message = format!("the picture of this article says nothing in `{lang}` to those who cannot see it");
        let help = "add `alt = \"what it shows\"`, or in several languages `alt = { vi = \"…\", en = \"…\" }`; for one that only decorates `alt = \"-\"`";
        sink.push(Diagnostic::warning("missing-alt", message).at(place, span).help(help));
    }
    Some(Lead {
        picture,
        ordered,
        sizes: site.config.tinso.images.as_ref().map(|images| images.sizes.clone()).unwrap_or_default(),
        alt: alt.filter(|(alt, _)| alt.trim() != DECORATIVE),
        caption: said(|written| written.caption.clone()),
        credit: said(|written| written.credit.clone()),
    })
}

/// The file that a page names: by its address, as links do, or else by its place beside the page's own file.
fn file_of(site: &Site, page: &Page, file: &str) -> Option<Found> {
    let by_address = place(site, &page.path, file).and_then(|place| find(site, &place));
    let folder = page.source.path.below("content").and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
    by_address.or_else(|| find(site, &place(site, "", &format!("@/{folder}/{file}"))?))
}
