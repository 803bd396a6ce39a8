//! The values that templates see: built once, shared by every render.

mod basics;
mod figure;
mod indicator;
mod lists;
mod pages;

use std::collections::BTreeMap;

use tera::Value;

use super::SharedSite;
use crate::chart::Chart;
use crate::markdown::Rendered;
use crate::text::Lang;

pub use basics::object;
pub(super) use basics::{config, data, text};
pub(super) use indicator::IndicatorView;
pub use lists::{Pager, Translation};

/// Everything that layouts may ask for, by index in the library.
pub struct Values {
    /// Pages, in full.
    pub pages: Vec<Value>,
    /// Sections with their pages.
    pub sections: Vec<Value>,
    /// Taxonomies with their terms: for each the taxonomy itself, and its terms.
    pub taxonomies: Vec<(Value, Vec<Value>)>,
    /// The config as each language sees it.
    pub configs: BTreeMap<Lang, Value>,
    /// The home page of each language, in short.
    pub homes: BTreeMap<Lang, Value>,
    /// The chart of each indicator's main area by slug and language, for `chart.svg`.
    pub charts: BTreeMap<(String, Lang), Chart>,
}

impl Values {
    /// Builds every value from the site and the rendered Markdown of its pages and sections.
    pub fn new(site: &SharedSite, pages: &[Rendered], sections: &[Rendered]) -> Self {
        let views = indicator::views(site);
        let pages = pages::pages(site, pages, &views);
        let sections = pages::sections(site, sections, &pages);
        let taxonomies = lists::taxonomies(site, &pages);
        let languages = || site.config.languages.iter().map(|language| language.code.clone());
        Self {
            taxonomies,
            configs: languages().map(|lang| (lang.clone(), config(&site.config, &lang))).collect(),
            homes: languages().filter_map(|lang| Some((lang.clone(), basics::home(site, &lang)?))).collect(),
            charts: views.into_iter().filter_map(|(key, view)| Some((key, view.main_chart?))).collect(),
            pages,
            sections,
        }
    }
}
