//! Which template makes an output, and what it sees.

use std::sync::PoisonError;

use tera::{Context, Value};

use super::Renderer;
use crate::diagnostic::Diagnostic;
use crate::export::Scheme;
use crate::site::plan::{ArchiveOf, Job, Planned};
use crate::site::security;
use crate::template::{Pager, Seen, Subject, Translation};
use crate::text::{Lang, Place};

/// In place of templates that the site lacks.
pub(super) const PLAIN: &str = "internal/plain.html";

/// That of archives.
pub(super) const ARCHIVE: &str = "archive.html";

/// The name of a template, and who names it.
pub(super) type Named = (String, Option<Place>);

/// A template and what it is to see.
pub(in crate::site) struct Call {
    pub(in crate::site) template: Named,
    pub(super) subject: Subject,
    /// What it sees beside what every template does.
    pub(in crate::site) seen: Seen,
    /// Whether it sees nothing but that.
    pub(super) alone: bool,
}

impl Call {
    fn new(template: Named, subject: Subject, seen: Seen) -> Self {
        Self { template, subject, seen, alone: false }
    }
}

/// What is said of a site that wants an archive at a place of its config, and has no template for it.
pub(super) fn no_archive(place: &Place) -> Diagnostic {
    let message = format!("an archive needs the template `{ARCHIVE}`, and there is none");
    let help = format!("add templates/{ARCHIVE}, set a `theme` that has it, or remove `archive`");
    Diagnostic::error("no-template", message).at_place(place.clone()).help(help)
}

impl Renderer<'_> {
    /// What every template sees.
    pub(super) fn context(&self, lang: &Lang, planned: &Planned) -> Context {
        let mut context = Context::new();
        let translations: Vec<Value> = planned.translations.iter().map(|translation| translation.value(lang)).collect();
        let path = planned.permalink.strip_prefix(&self.site.config.base_url).unwrap_or(&planned.permalink);
        context.insert_value("config", self.engine.config(lang));
        context.insert_value("lang", Value::from(lang.as_str()));
        context.insert_value("current_url", Value::from(planned.permalink.as_str()));
        context.insert_value("current_path", Value::from(path));
        context.insert_value("translations", Value::from(translations));
        if self.site.config.tinso.declared {
            context.insert_value("language_links", Value::from(self.language_links(lang, planned)));
        }
        context.insert_value("zola_version", Value::from("0.23.0"));
        context
    }

    /// Where a reader comes to who asks for an output in each language: its version there, or what is nearest to it.
    fn language_links(&self, lang: &Lang, planned: &Planned) -> Vec<Value> {
        let language = |code: &Lang| {
            let of = |versions: &[Translation]| versions.iter().find(|version| version.lang == *code).cloned();
            let version = of(&planned.translations);
            let is_translated = version.is_some();
            let link = version.or_else(|| of(&planned.elsewhere))?;
            Some(link.link(lang, is_translated))
        };
        self.site.config.languages.iter().filter_map(|of| language(&of.code)).collect()
    }

    pub(in crate::site) fn call(&self, planned: &Planned) -> Call {
        let default = &self.site.config.default_language;
        let named = |name: &str| (name.to_owned(), None);
        let mut call = match &planned.job {
            Job::Page(id) => self.page(*id),
            Job::Untranslated(id, lang) => self.untranslated(*id, lang),
            Job::Section(id, pager) => self.section(*id, pager.as_ref()),
            Job::TermList(id) => self.term_list(*id),
            Job::Term(group, term, pager) => self.term(*group, *term, pager.as_ref()),
            Job::Archive(of) => self.archive(*of),
            Job::NotFound(lang) => Some(Call::new(named("404.html"), subject(lang, None), Vec::new())),
            Job::SearchPage(lang) => Some(Call::new(self.usual("search.html"), subject(lang, None), Vec::new())),
            Job::Feed(feed) => {
                let seen = feed.seen(&planned.permalink, self.site, self.values);
                Some(Call::new(named(&feed.name), subject(&feed.lang, None), seen))
            }
            Job::Sitemap(_) => Some(Call::new(named("sitemap.xml"), subject(default, None), Vec::new())),
            Job::SitemapIndex(parts) => {
                let parts: Vec<Value> = parts.iter().map(|url| Value::from(url.as_str())).collect();
                let seen = vec![("sitemaps", Value::from(parts))];
                Some(Call::new(named("split_sitemap_index.xml"), subject(default, None), seen))
            }
            Job::Alias(lang, url) => {
                let seen = vec![("url", Value::from(url.as_str())), ("lang", Value::from(lang.as_str()))];
                Some(Call { alone: true, ..Call::new(named("internal/alias.html"), subject(lang, None), seen) })
            }
            Job::Security => {
                let languages = self.site.config.languages.iter().map(|language| Value::from(language.code.as_str()));
                let seen = vec![
                    ("expires", Value::from(security::expires(&self.site.snapshot).to_string())),
                    ("languages", Value::from(languages.collect::<Vec<_>>())),
                ];
                Some(Call::new(named("security.txt"), subject(default, None), seen))
            }
            Job::Humans => Some(Call::new(named("humans.txt"), subject(default, None), Vec::new())),
            Job::Embed(id, scheme) => self.embed(*id, *scheme),
            Job::Robots | Job::Bytes(_) | Job::Data(_) | Job::Search(_) => None,
        }
        .unwrap_or_else(|| Call::new(named("robots.txt"), subject(default, None), Vec::new()));
        if !call.alone {
            call.seen.push(("home", self.values.homes.get(&call.subject.lang).cloned().unwrap_or_else(Value::none)));
        }
        call
    }

    fn page(&self, id: usize) -> Option<Call> {
        let (page, value) = (self.site.library.pages.get(id)?, self.values.page(self.site, id)?);
        let own = page
            .front
            .template
            .as_ref()
            .map(|(name, span)| (name.clone(), Some(Place { source: page.source.clone(), span: *span })));
        let inherited = || {
            page.ancestors.iter().rev().filter_map(|id| self.site.library.sections.get(*id)).find_map(|section| {
                let (name, span) = section.front.page_template.as_ref()?;
                Some((name.clone(), Some(Place { source: section.source.clone(), span: *span })))
            })
        };
        let template: Named = own.or_else(inherited).unwrap_or_else(|| self.usual("page.html"));
        Some(Call::new(template, subject(&page.file.lang, Some(id)), vec![("page", value)]))
    }

    fn untranslated(&self, id: usize, lang: &Lang) -> Option<Call> {
        let seen = vec![("page", self.values.page(self.site, id)?)];
        Some(Call::new(("untranslated.html".to_owned(), None), subject(lang, Some(id)), seen))
    }

    fn embed(&self, id: usize, scheme: Scheme) -> Option<Call> {
        let (page, value) = (self.site.library.pages.get(id)?, self.values.page(self.site, id)?);
        let seen = vec![("page", value), ("scheme", Value::from(scheme.word()))];
        Some(Call::new(("embed.html".to_owned(), None), subject(&page.file.lang, Some(id)), seen))
    }

    fn section(&self, id: usize, pager: Option<&Pager>) -> Option<Call> {
        let (section, value) = (self.site.library.sections.get(id)?, self.values.section(self.site, id)?);
        let mut seen = vec![("section", value.clone())];
        seen.extend(pager.map(|pager| ("paginator", self.paginator(pager, &section.pages))));
        let default = if section.is_home() { "index.html" } else { "section.html" };
        let own = section
            .front
            .template
            .as_ref()
            .map(|(name, span)| (name.clone(), Some(Place { source: section.source.clone(), span: *span })));
        let template: Named = own.unwrap_or_else(|| self.usual(default));
        Some(Call::new(template, Subject { section: Some(id), ..subject(&section.file.lang, None) }, seen))
    }

    fn paginator(&self, pager: &Pager, pages: &[usize]) -> Value {
        pager.value(pager.shown(pages).into_iter().filter_map(|id| self.values.listed(self.site, *id).cloned()).collect())
    }

    fn term_list(&self, id: usize) -> Option<Call> {
        let (group, taxonomy) = (self.site.library.taxonomies.get(id)?, self.values.taxonomy(id)?);
        let name = self.template_of(&format!("{}/list.html", group.taxonomy.name), "taxonomy_list.html");
        let seen = vec![("taxonomy", taxonomy.clone()), ("terms", self.values.terms(self.site, id)?.clone())];
        Some(Call::new((name, group.taxonomy.place.clone()), subject(&group.lang, None), seen))
    }

    fn term(&self, id: usize, term: usize, pager: Option<&Pager>) -> Option<Call> {
        let (group, taxonomy) = (self.site.library.taxonomies.get(id)?, self.values.taxonomy(id)?);
        let value = self.values.term(self.site, id, term).cloned().unwrap_or_else(Value::none);
        let mut seen = vec![("taxonomy", taxonomy.clone()), ("term", value)];
        let pages = group.terms.get(term).map(|term| term.pages.as_slice()).unwrap_or_default();
        seen.extend(pager.map(|pager| ("paginator", self.paginator(pager, pages))));
        let name = self.template_of(&format!("{}/single.html", group.taxonomy.name), "taxonomy_single.html");
        Some(Call::new((name, group.taxonomy.place.clone()), subject(&group.lang, None), seen))
    }

    fn archive(&self, of: ArchiveOf) -> Option<Call> {
        let archive = self.site.library.archives.get(of.archive)?;
        let template = if self.engine.knows(ARCHIVE) { ARCHIVE } else { PLAIN };
        let seen = vec![("archive", self.values.archive(self.site, archive, of.year, of.month)?)];
        Some(Call::new((template.to_owned(), None), subject(&archive.lang, None), seen))
    }

    /// The template of a kind of page, or a plain one where the site has none.
    fn usual(&self, name: &'static str) -> Named {
        if self.engine.knows(name) {
            return (name.to_owned(), None);
        }
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        (PLAIN.to_owned(), None)
    }

    fn template_of(&self, own: &str, general: &str) -> String {
        if self.engine.knows(own) { own.to_owned() } else { general.to_owned() }
    }
}

fn subject(lang: &Lang, page: Option<usize>) -> Subject {
    Subject { lang: lang.clone(), page, section: None }
}
