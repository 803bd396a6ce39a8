use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Context, Value};

use super::minify::minify;
use super::plan::{Job, Plan, Planned};
use crate::diagnostic::Sink;
use crate::template::{LayoutEngine, Pager, RenderFailure, Site, Subject, Values, object, report_failures};
use crate::text::{Lang, Place, SitePath};

/// Renders a plan. What cannot be rendered is reported and left out; everything else is there.
pub fn render(plan: Plan, site: &Site, values: &Values, engine: &LayoutEngine, sink: &Sink) -> BTreeMap<SitePath, Arc<[u8]>> {
    let renderer = Renderer { site, values, engine, sitemap: sitemap_entries(&plan, site) };
    let done: Vec<(SitePath, Result<Arc<[u8]>, RenderFailure>)> = plan
        .into_par_iter()
        .map(|(path, planned)| {
            let bytes = renderer.output(&path, &planned);
            (path, bytes)
        })
        .collect();
    let mut outputs = BTreeMap::new();
    let mut failures = Vec::new();
    for (path, result) in done {
        match result {
            Ok(bytes) => {
                outputs.insert(path, bytes);
            }
            Err(failure) => failures.push(failure),
        }
    }
    report_failures(failures, sink);
    outputs
}

struct Renderer<'a> {
    site: &'a Site,
    values: &'a Values,
    engine: &'a LayoutEngine,
    sitemap: Value,
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
            Job::Feed(lang, name) => self.feed(lang, name, planned),
            Job::Sitemap => {
                let mut context = Context::new();
                context.insert_value("entries", self.sitemap.clone());
                self.engine.render("sitemap.xml", &context, self.default_subject(), None, seen_in)
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
        let shared = |values: &BTreeMap<Lang, Value>| values.get(lang).cloned().unwrap_or_else(Value::none);
        let translations: Vec<Value> = planned.translations.iter().map(|translation| translation.value(lang)).collect();
        let path = planned.permalink.strip_prefix(&self.site.config.base_url).unwrap_or(&planned.permalink);
        context.insert_value("config", shared(&self.values.configs));
        context.insert_value("lang", Value::from(lang.as_str()));
        context.insert_value("home", shared(&self.values.homes));
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
        let (name, place): Named = own.or_else(inherited).unwrap_or_else(|| ("page.html".to_owned(), None));
        self.engine.render(&name, &context, subject(&page.file.lang, Some(id)), place, &planned.origin)
    }

    fn section(&self, id: usize, pager: Option<&Pager>, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(section), Some(value)) = (self.site.library.sections.get(id), self.values.sections.get(id)) else {
            return Ok(String::new());
        };
        let mut context = self.context(&section.file.lang, planned);
        context.insert_value("section", value.clone());
        if let Some(pager) = pager {
            let items: Vec<Value> = pager.shown(&section.pages).filter_map(|id| self.values.pages.get(*id).cloned()).collect();
            context.insert_value("paginator", pager.value(items));
        }
        let default = if section.is_home() { "index.html" } else { "section.html" };
        let own = section.front.template.as_ref().map(|(name, span)| (name.clone(), Some(section.source.place(*span))));
        let (name, place): Named = own.unwrap_or_else(|| (default.to_owned(), None));
        self.engine.render(&name, &context, subject(&section.file.lang, None), place, &planned.origin)
    }

    fn term_list(&self, id: usize, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(group), Some((taxonomy, terms))) = (self.site.library.taxonomies.get(id), self.values.taxonomies.get(id))
        else {
            return Ok(String::new());
        };
        let mut context = self.context(&group.lang, planned);
        context.insert_value("taxonomy", taxonomy.clone());
        context.insert_value("terms", Value::from(terms.clone()));
        let name = self.template_of(&format!("{}/list.html", group.taxonomy.name), "taxonomy_list.html");
        self.engine.render(&name, &context, subject(&group.lang, None), group.taxonomy.place.clone(), &planned.origin)
    }

    fn term(&self, id: usize, term: usize, pager: Option<&Pager>, planned: &Planned) -> Result<String, RenderFailure> {
        let (Some(group), Some((taxonomy, terms))) = (self.site.library.taxonomies.get(id), self.values.taxonomies.get(id))
        else {
            return Ok(String::new());
        };
        let mut context = self.context(&group.lang, planned);
        context.insert_value("taxonomy", taxonomy.clone());
        context.insert_value("term", terms.get(term).cloned().unwrap_or_else(Value::none));
        if let (Some(pager), Some(term)) = (pager, group.terms.get(term)) {
            let items: Vec<Value> = pager.shown(&term.pages).filter_map(|id| self.values.pages.get(*id).cloned()).collect();
            context.insert_value("paginator", pager.value(items));
        }
        let name = self.template_of(&format!("{}/single.html", group.taxonomy.name), "taxonomy_single.html");
        self.engine.render(&name, &context, subject(&group.lang, None), group.taxonomy.place.clone(), &planned.origin)
    }

    fn template_of(&self, own: &str, general: &str) -> String {
        if self.engine.has(own) { own.to_owned() } else { general.to_owned() }
    }

    /// The dated pages of a language, newest first.
    fn feed(&self, lang: &Lang, name: &str, planned: &Planned) -> Result<String, RenderFailure> {
        let library = &self.site.library;
        let mut dated: Vec<usize> = (0..library.pages.len())
            .filter(|id| library.pages.get(*id).is_some_and(|page| page.file.lang == *lang && page.front.date.is_some()))
            .collect();
        dated.sort_by(|a, b| {
            let key = |id: &usize| {
                library.pages.get(*id).map(|page| (page.front.date.as_ref().map(|date| date.moment), page.permalink.as_str()))
            };
            let (a, b) = (key(a), key(b));
            b.map(|key| key.0).cmp(&a.map(|key| key.0)).then_with(|| a.map(|key| key.1).cmp(&b.map(|key| key.1)))
        });
        dated.truncate(self.site.config.feed_limit.unwrap_or(usize::MAX));
        let front = |id: &usize| library.pages.get(*id).map(|page| &page.front);
        let moments =
            dated.iter().filter_map(front).flat_map(|front| [&front.date, &front.updated]).flatten().map(|stamp| stamp.moment);
        // A feed without entries was last changed when feeds began: a fixed moment, since the clock is not asked.
        let last = moments.max().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |moment| format!("{moment}Z"));
        let mut context = self.context(lang, planned);
        context.insert_value(
            "pages",
            Value::from(dated.iter().filter_map(|id| self.values.pages.get(*id).cloned()).collect::<Vec<_>>()),
        );
        context.insert_value("last_updated", Value::from(last));
        context.insert_value("feed_url", Value::from(planned.permalink.as_str()));
        self.engine.render(name, &context, subject(lang, None), None, &planned.origin)
    }
}

fn subject(lang: &Lang, page: Option<usize>) -> Subject {
    Subject { lang: lang.clone(), page }
}

/// Every page that a reader may come to, by address, with its language versions.
fn sitemap_entries(plan: &Plan, site: &Site) -> Value {
    let mut entries: Vec<(&str, Value)> = Vec::new();
    for planned in plan.values() {
        let updated = match &planned.job {
            Job::Page(id) => {
                let front = site.library.pages.get(*id).map(|page| &page.front);
                front.and_then(|front| front.updated.as_ref().or(front.date.as_ref())).map(|stamp| stamp.text.clone())
            }
            Job::Section(..) | Job::TermList(_) | Job::Term(..) => None,
            _ => continue,
        };
        let several = planned.translations.len() > 1;
        let lang = &site.config.default_language;
        let translations: Vec<Value> =
            planned.translations.iter().filter(|_| several).map(|translation| translation.value(lang)).collect();
        let default = planned.translations.iter().find(|translation| several && translation.lang == *lang);
        let entry = object([
            ("permalink", Value::from(planned.permalink.as_str())),
            ("updated", updated.map_or_else(Value::none, Value::from)),
            ("translations", Value::from(translations)),
            ("x_default", default.map_or_else(Value::none, |default| Value::from(default.permalink.as_str()))),
        ]);
        entries.push((&planned.permalink, entry));
    }
    entries.sort_by(|a, b| a.0.cmp(b.0));
    Value::from(entries.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>())
}
