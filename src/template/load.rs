use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use super::error::{Finding, Position, findings};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::source::Snapshot;
use crate::text::SourceText;

/// The templates that tinso brings, each overridable by one of the same name.
const BUILTIN: [(&str, &str); 17] = [
    ("__tinso/atom.xml", include_str!("builtin/atom.xml")),
    ("__tinso/feed.json", include_str!("builtin/feed.json")),
    ("__tinso/rss.xml", include_str!("builtin/rss.xml")),
    ("__tinso/news.xml", include_str!("builtin/news.xml")),
    ("__tinso/llms.txt", include_str!("builtin/llms.txt")),
    ("__tinso/security.txt", include_str!("builtin/security.txt")),
    ("__tinso/humans.txt", include_str!("builtin/humans.txt")),
    ("__tinso/split_sitemap_index.xml", include_str!("builtin/split_sitemap_index.xml")),
    ("__tinso/sitemap.xml", include_str!("builtin/sitemap.xml")),
    ("__tinso/robots.txt", include_str!("builtin/robots.txt")),
    ("__tinso/404.html", include_str!("builtin/404.html")),
    ("__tinso/untranslated.html", include_str!("builtin/untranslated.html")),
    ("__tinso/embed.html", include_str!("builtin/embed.html")),
    ("__tinso/internal/plain.html", include_str!("builtin/plain.html")),
    ("__tinso/anchor-link.html", include_str!("builtin/anchor-link.html")),
    ("__tinso/summary-cutoff.html", include_str!("builtin/summary-cutoff.html")),
    ("__tinso/internal/alias.html", include_str!("builtin/alias.html")),
];
const EXTENSIONS: [&str; 6] = ["html", "xml", "md", "txt", "json", "ics"];

/// Where each template's text is from, by its name in Tera.
#[derive(Default, Debug)]
pub(super) struct Templates {
    pub(super) sources: BTreeMap<String, SourceText>,
    /// Templates left out because they are broken; what needs them is not reported again.
    pub(super) broken: BTreeSet<String>,
    /// Every text that Tera took, by its name in Tera.
    pub(super) taken: BTreeMap<String, String>,
    /// What Tera puts before a name under which there is no template.
    pub(super) prefixes: Vec<String>,
}

/// Loads the site's templates, then the theme's, then the built-in ones, each found by name in that order.
///
/// Every broken template is reported and left out; the others are loaded.
pub(super) fn load(tera: &mut Tera, snapshot: &Snapshot, theme: Option<&str>, sink: &Sink) -> Templates {
    let mut templates = Templates::default();
    let theme_prefix = theme.map(|theme| format!("{theme}/templates/"));
    let prefixes: Vec<String> = theme_prefix.iter().cloned().chain(std::iter::once("__tinso/".to_owned())).collect();
    if let Err(error) = tera.set_fallback_prefixes(prefixes.clone()) {
        sink.push(Diagnostic::error("internal", error));
    }
    add_folder(snapshot, "templates", "", &mut templates, sink);
    if let (Some(theme), Some(prefix)) = (theme, &theme_prefix) {
        add_folder(snapshot, &format!("themes/{theme}/templates"), prefix, &mut templates, sink);
    }
    let mut texts: BTreeMap<String, String> =
        templates.sources.iter().map(|(name, source)| (name.clone(), source.text().to_string())).collect();
    texts.extend(BUILTIN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));

    // Tera stops at the first group of errors and takes nothing; without the broken templates it is asked again.
    while let Err(error) = tera.add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
        let mut removed = false;
        for finding in findings(&error) {
            let name = finding.template.clone().unwrap_or_default();
            if let Some(text) = texts.get_mut(&name).filter(|_| finding.message.starts_with(IGNORED))
                && blank(text, &finding.position)
            {
                let diagnostic = finding.diagnostic("ignored-content", templates.sources.get(&name), 0);
                let help = "move it into a block, or remove it";
                let message = "this stands outside every block of a template that extends another, and is left out".to_owned();
                sink.push(Diagnostic { severity: Severity::Warning, message, ..diagnostic.help(help) });
                removed = true;
                continue;
            }
            removed |= texts.remove(&name).is_some();
            if !is_consequence(&error, &finding, &templates, &prefixes_of(&theme_prefix)) {
                sink.push(finding.diagnostic("template", templates.sources.get(&name), 0));
            }
            templates.broken.insert(name);
        }
        if !removed {
            texts.clear();
            break;
        }
    }
    Templates { taken: texts, prefixes, ..templates }
}

/// How Tera begins when it refuses what stands outside the blocks of a template that extends another. Tera up to 2.0
/// left it out without a word, and sites have it.
const IGNORED: &str = "This content would be ignored";

/// Puts spaces in place of a part of a template, so that every other position holds. Gives whether there was anything.
fn blank(text: &mut String, position: &Position) -> bool {
    let Position::Bytes(span) = position else { return false };
    let Some(part) = text.get(span.start..span.end).filter(|part| !part.trim().is_empty()) else { return false };
    let spaces: String = part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(span.start..span.end, &spaces);
    true
}

fn prefixes_of(theme: &Option<String>) -> Vec<&str> {
    std::iter::once("").chain(theme.as_deref()).chain(std::iter::once("__tinso/")).collect()
}

/// Whether a template fails only because another one was left out: its parent, an include, or one with a component.
fn is_consequence(error: &tera::Error, finding: &Finding, templates: &Templates, prefixes: &[&str]) -> bool {
    let is_broken = |name: &str| prefixes.iter().any(|prefix| templates.broken.contains(&format!("{prefix}{name}")));
    if let ErrorKind::MissingParent { parent, .. } = error.kind() {
        return is_broken(parent);
    }
    let broken = || templates.broken.iter().filter_map(|name| templates.sources.get(name));
    let has_component = |name: &str| broken().any(|source| source.text().contains(&format!("component {name}(")));
    let named = finding.message.split('`').skip(1).step_by(2);
    named.into_iter().any(|name| is_broken(name) || has_component(name))
}

fn add_folder(snapshot: &Snapshot, folder: &str, prefix: &str, templates: &mut Templates, sink: &Sink) {
    for (path, _) in snapshot.below(folder) {
        let (Some(name), Some(extension)) = (path.below(folder), path.extension()) else { continue };
        if EXTENSIONS.contains(&extension)
            && let Some(source) = snapshot.text(path, sink)
        {
            templates.sources.insert(format!("{prefix}{name}"), source);
        }
    }
}
