use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use tera::{Context, Value};

use super::minify::minify;
use super::plan::{Job, Plan, Planned};
use super::sitemap;
use crate::asset::Receive;
use crate::diagnostic::{Diagnostic, Sink};
use crate::template::{Engine, Pager, RenderFailure, Site, Subject, Values, report_failures};
use crate::text::{Lang, Place, SitePath};

/// Renders a plan and hands over every file as soon as it is made. What cannot be rendered is reported and left out.
pub fn render(plan: Plan, site: &Site, values: &Values, engine: &Engine, receive: &dyn Receive, sink: &Sink) {
    let missing = Mutex::default();
    let mut renderer = Renderer { site, values, engine, sitemap: sitemap::entries(&plan, site, values), missing: &missing };
    let failure = |renderer: &Renderer<'_>, (path, planned): (SitePath, Planned)| -> Option<RenderFailure> {
        renderer.output(&path, &planned).map(|bytes| receive.receive(&path, bytes)).err()
    };
    // Sitemaps first, so that what only they need does not lie beside all that is rendered.
    let (sitemaps, others): (Vec<_>, Vec<_>) = plan.into_iter().partition(|(_, planned)| matches!(planned.job, Job::Sitemap(_)));
    let mut failures: Vec<RenderFailure> = sitemaps.into_par_iter().filter_map(|planned| failure(&renderer, planned)).collect();
    renderer.sitemap = Vec::new();
    failures.par_extend(others.into_par_iter().filter_map(|planned| failure(&renderer, planned)));
    for name in missing.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let message = format!("there is no template `{name}`: pages that need it are plain");
        sink.push(
            Diagnostic::warning("no-template", message).help(format!("add templates/{name}, or set a `theme` that has it")),
        );
    }
    report_failures(failures, sink);
    engine.report_notes(sink);
}

struct Renderer<'a> {
    site: &'a Site,
    values: &'a Values,
    engine: &'a Engine,
    sitemap: Vec<Value>,
    /// Templates that every site should have and this one lacks.
    missing: &'a Mutex<BTreeSet<&'static str>>,
}

type Named = (String, Option<Place>);

impl Renderer<'_> {
    fn output(&self, path: &SitePath, planned: &Planned) -> Result<Arc<[u8]>, RenderFailure> {
        let seen_in = planned.origin.as_str();
        let text = match &planned.job {
            Job::Bytes(bytes) => return Ok(Arc::clone(bytes)),
            Job::Page(id) => self.page(*id, planned),
            Job::Section(id, pager) => self.section(*id, pager.as_ref(), planned),
            Job::TermList(id) => self.term_list(*id, planned),
            Job::Term(group, term, pager) => self.term(*group, *term, pager.as_ref(), planned),
            Job::NotFound(lang) => {
                let mut context = self.context(lang, planned);
                context.remove("translations");
                self.engine.render("404.html", &context, subject(lang, None), None, seen_in)
            }
            Job::Feed(feed) => {
                let mut context = self.context(&feed.lang, planned);
                feed.fill(&mut context, &planned.permalink, self.site, self.values);
                self.engine.render(&feed.name, &context, subject(&feed.lang, None), None, seen_in)
            }
            Job::Sitemap(part) => {
                let mut context = self.context(&self.site.config.default_language, planned);
                let entries = self.sitemap.chunks(sitemap::LONGEST).nth(*part).unwrap_or_default();
                context.insert_value("entries", Value::from(entries.to_vec()));
                self.engine.render("sitemap.xml", &context, self.default_subject(), None, seen_in)
            }
            Job::SitemapIndex(parts) => {
                let mut context = self.context(&self.site.config.default_language, planned);
                context
                    .insert_value("sitemaps", Value::from(parts.iter().map(|url| Value::from(url.as_str())).collect::<Vec<_>>()));
                self.engine.render("split_sitemap_index.xml", &context, self.default_subject(), None, seen_in)
            }
            Job::Robots => {
                let lang = &self.site.config.default_language;
                self.engine.render("robots.txt", &self.context(lang, planned), self.default_subject(), None, seen_in)
            }
            Job::Alias(lang, url) => {
                let mut context = Context::new();
                context.insert_value("url", Value::from(url.as_str()));
                context.insert_value("lang", Value::from(lang.as_str()));
                self.engine.render("internal/alias.html", &context, subject(lang, None), None, seen_in)
            }
        };
        let smaller = self.site.config.minify_html && path.extension() == Some("html");
        text.map(|text| Arc::from(if smaller { minify(&text) } else { text }.into_bytes()))
    }

    fn default_subject(&self) -> Subject {
        subject(&self.site.config.default_language, None)
    }

    /// What every template sees.
    fn context(&self, lang: &Lang, planned: &Planned) -> Context {
        let mut context = Context::new();
        let translations: Vec<Value> = planned.translations.iter().map(|translation| translation.value(lang)).collect();
        let path = planned.permalink.strip_prefix(&self.site.config.base_url).unwrap_or(&planned.permalink);
        context.insert_value("config", self.engine.config(lang));
        context.insert_value("lang", Value::from(lang.as_str()));
        context.insert_value("home", self.values.homes.get(lang).cloned().unwrap_or_else(Value::none));
        context.insert_value("current_url", Value::from(planned.permalink.as_str()));
        context.insert_value("current_path", Value::from(path));
        context.insert_value("translations", Value::from(translations));
        context.insert_value("zola_version", Value::from("0.23.0"));
        context
    }

    fn page(&self, id: usize, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(page), Some(value)) = (self.site.library.pages.get(id), self.values.pages.get(id)) else {
            return Ok(String::new());
        };
        let mut context = self.context(&page.file.lang, planned);
        context.insert_value("page", value.clone());
        let own = page.front.template.as_ref().map(|(name, span)| (name.clone(), Some(page.source.place(*span))));
        let inherited = || {
            page.ancestors.iter().rev().filter_map(|id| self.site.library.sections.get(*id)).find_map(|section| {
                let (name, span) = section.front.page_template.as_ref()?;
                Some((name.clone(), Some(section.source.place(*span))))
            })
        };
        let (name, place): Named = own.or_else(inherited).unwrap_or_else(|| self.usual("page.html"));
        self.engine.render(&name, &context, subject(&page.file.lang, Some(id)), place, &planned.origin)
    }

    fn section(&self, id: usize, pager: Option<&Pager>, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(section), Some(value)) = (self.site.library.sections.get(id), self.values.sections.get(id)) else {
            return Ok(String::new());
        };
        let mut context = self.context(&section.file.lang, planned);
        context.insert_value("section", value.clone());
        if let Some(pager) = pager {
            let items: Vec<Value> =
                pager.shown(&section.pages).into_iter().filter_map(|id| self.values.pages.get(*id).cloned()).collect();
            context.insert_value("paginator", pager.value(items));
        }
        let default = if section.is_home() { "index.html" } else { "section.html" };
        let own = section.front.template.as_ref().map(|(name, span)| (name.clone(), Some(section.source.place(*span))));
        let (name, place): Named = own.unwrap_or_else(|| self.usual(default));
        self.engine.render(
            &name,
            &context,
            Subject { section: Some(id), ..subject(&section.file.lang, None) },
            place,
            &planned.origin,
        )
    }

    fn term_list(&self, id: usize, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(group), Some((taxonomy, terms))) = (self.site.library.taxonomies.get(id), self.values.taxonomies.get(id))
        else {
            return Ok(String::new());
        };
        let mut context = self.context(&group.lang, planned);
        context.insert_value("taxonomy", taxonomy.clone());
        context.insert_value("terms", terms.clone());
        let name = self.template_of(&format!("{}/list.html", group.taxonomy.name), "taxonomy_list.html");
        self.engine.render(&name, &context, subject(&group.lang, None), group.taxonomy.place.clone(), &planned.origin)
    }

    fn term(&self, id: usize, term: usize, pager: Option<&Pager>, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(group), Some((taxonomy, _))) = (self.site.library.taxonomies.get(id), self.values.taxonomies.get(id)) else {
            return Ok(String::new());
        };
        let mut context = self.context(&group.lang, planned);
        context.insert_value("taxonomy", taxonomy.clone());
        context.insert_value("term", self.values.term(id, term).cloned().unwrap_or_else(Value::none));
        if let (Some(pager), Some(term)) = (pager, group.terms.get(term)) {
            let items: Vec<Value> =
                pager.shown(&term.pages).into_iter().filter_map(|id| self.values.pages.get(*id).cloned()).collect();
            context.insert_value("paginator", pager.value(items));
        }
        let name = self.template_of(&format!("{}/single.html", group.taxonomy.name), "taxonomy_single.html");
        self.engine.render(&name, &context, subject(&group.lang, None), group.taxonomy.place.clone(), &planned.origin)
    }

    /// The template of a kind of page, or a plain one where the site has none.
    fn usual(&self, name: &'static str) -> Named {
        if self.engine.knows(name) {
            return (name.to_owned(), None);
        }
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        ("internal/plain.html".to_owned(), None)
    }

    fn template_of(&self, own: &str, general: &str) -> String {
        if self.engine.knows(own) { own.to_owned() } else { general.to_owned() }
    }
}

fn subject(lang: &Lang, page: Option<usize>) -> Subject {
    Subject { lang: lang.clone(), page, section: None }
}
