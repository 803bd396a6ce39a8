use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::xxh3_128;

use super::plan::Job;
use crate::diagnostic::Sink;
use crate::export::{Format, Portal, Scheme, SiteFile, check_letters};
use crate::template::{Site, Values, has_chart};

/// An output of an indicator's data, beside its page, or of all data.
#[derive(Debug)]
pub struct Export {
    /// Its path below the output folder; of a page, its address.
    pub path: String,
    /// The file that it is of.
    pub origin: String,
    /// How it is made.
    pub kind: ExportKind,
}

/// How an export is made.
#[derive(Clone, Debug)]
pub enum ExportKind {
    /// From the data.
    File(Arc<DataFile>),
    /// By a template: a page for frames on the pages of others, by the index of the indicator's page.
    Embed(usize, Scheme),
}

impl Export {
    /// What the plan makes of it.
    pub(super) fn job(&self) -> Job {
        match &self.kind {
            ExportKind::File(file) => Job::Data(Arc::clone(file)),
            ExportKind::Embed(page, scheme) => Job::Embed(*page, *scheme),
        }
    }
}

/// A file of data. It is made when it is asked for.
#[derive(Debug)]
pub struct DataFile {
    of: Of,
    /// Its bytes, kept for the builds after.
    made: OnceLock<Drawn>,
    /// What the build before made under its path.
    before: Option<Drawn>,
}

#[derive(Debug)]
enum Of {
    Indicator { slug: String, page: usize, format: Format },
    Site(SiteFile),
}

/// The bytes of a file, and the print of what they were drawn from.
#[derive(Clone, Debug)]
struct Drawn {
    print: u128,
    bytes: Arc<[u8]>,
}

/// What making a file of data gave.
pub(super) enum Made {
    /// Its bytes; of a picture, with the print of what it was drawn from.
    Bytes(Arc<[u8]>, Option<u128>),
    /// A picture that was drawn from the same, by its print, and is where it belongs.
    Stands(u128),
}

impl DataFile {
    /// Whether it is a picture, which takes long.
    pub(super) fn is_picture(&self) -> bool {
        matches!(self.of, Of::Indicator { format, .. } if format.is_picture())
    }

    /// Its bytes, for templates that ask for it.
    pub fn bytes(&self, site: &Site, values: &Values) -> Option<Arc<[u8]>> {
        match self.make(site, values, false, |_| false)? {
            Made::Bytes(bytes, _) => Some(bytes),
            Made::Stands(_) => None,
        }
    }

    /// Makes it, and keeps its bytes if a build after this one is to have them. A picture is not drawn again if what it is
    /// drawn from is as it was, or `stands` says that of its print.
    pub(super) fn make(&self, site: &Site, values: &Values, keep: bool, stands: impl Fn(u128) -> bool) -> Option<Made> {
        let print = |drawn: &Drawn| self.is_picture().then_some(drawn.print);
        if let Some(made) = self.made.get() {
            return Some(Made::Bytes(Arc::clone(&made.bytes), print(made)));
        }
        let source = self.source(site, values)?;
        let drawn = if self.is_picture() {
            let print = xxh3_128(&source);
            match self.before.as_ref().filter(|before| before.print == print) {
                Some(before) => before.clone(),
                None if stands(print) => return Some(Made::Stands(print)),
                None => Drawn { print, bytes: self.picture(&source)?.into() },
            }
        } else {
            Drawn { print: 0, bytes: source.into() }
        };
        if keep {
            let _ = self.made.set(drawn.clone());
        }
        let print = print(&drawn);
        Some(Made::Bytes(drawn.bytes, print))
    }

    /// Its bytes; of a picture, the SVG that it is drawn from.
    fn source(&self, site: &Site, values: &Values) -> Option<Vec<u8>> {
        let portal = portal(site);
        match &self.of {
            Of::Site(file) => Some(file.bytes(portal)),
            Of::Indicator { slug, page, format } => {
                let dataset = portal.dataset(slug, site.library.pages.get(*page)?)?;
                format.bytes(&dataset, values.chart(site, slug, &dataset.language.code))
            }
        }
    }

    #[cfg(feature = "png")]
    fn picture(&self, svg: &[u8]) -> Option<Vec<u8>> {
        // A chart is drawn for screens of twice the pixels; a card has the size that it is asked for in.
        let scale = if matches!(self.of, Of::Indicator { format: Format::Card, .. }) { 1 } else { 2 };
        crate::export::png(svg, scale)
    }

    #[cfg(not(feature = "png"))]
    fn picture(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }
}

/// The files and embedded pages of each indicator in each language that it has a page in, and the files of all data.
pub fn exports(site: &Site, before: &[Export], sink: &Sink) -> Vec<Export> {
    let drawn_before: BTreeMap<&str, Drawn> = before.iter().filter_map(picture_of).collect();
    let mut exports = Vec::new();
    let mut add = |path: String, origin: &str, of: Of| {
        let before = drawn_before.get(path.as_str()).cloned();
        let file = DataFile { of, made: OnceLock::new(), before };
        exports.push(Export { path, origin: origin.to_owned(), kind: ExportKind::File(Arc::new(file)) });
    };
    let portal = portal(site);
    let mut pages = Vec::new();
    for dataset in portal.datasets() {
        let (folder, origin) = (dataset.page.path.trim_start_matches('/'), dataset.page.source.path.to_string());
        let has_chart = has_chart(site, dataset.slug, dataset.language);
        let versions = &dataset.page.translations;
        let page =
            versions.iter().find(|id| site.library.pages.get(**id).is_some_and(|page| std::ptr::eq(&**page, dataset.page)));
        let Some(page) = page.copied() else { continue };
        if dataset.has(Format::Card, has_chart) {
            check_letters(&dataset, sink);
        }
        for format in dataset.formats(has_chart) {
            let of = Of::Indicator { slug: dataset.slug.to_owned(), page, format };
            add(format!("{folder}{}", format.file()), &origin, of);
        }
        if dataset.page.front.render {
            pages.push((page, dataset.page.path.clone(), origin));
        }
    }
    if !pages.is_empty() {
        SiteFile::ALL.into_iter().for_each(|file| add(file.path().to_owned(), "the data of all indicators", Of::Site(file)));
    }
    for (page, address, origin) in pages {
        for scheme in Scheme::ALL {
            let path = format!("{address}{}", scheme.folder());
            exports.push(Export { path, origin: origin.clone(), kind: ExportKind::Embed(page, scheme) });
        }
    }
    exports
}

fn picture_of(export: &Export) -> Option<(&str, Drawn)> {
    let ExportKind::File(file) = &export.kind else { return None };
    Some((export.path.as_str(), file.made.get().filter(|_| file.is_picture())?.clone()))
}

fn portal(site: &Site) -> Portal<'_> {
    Portal { config: &site.config, library: &site.library, catalogue: &site.catalogue }
}
