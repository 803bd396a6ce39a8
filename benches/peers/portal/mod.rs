//! The same bilingual portal for every program: one model of an article, written for each.
//!
//! N articles in Vietnamese and English in ten sections, one a year; three taxonomies cut into pages of 20; eight
//! figures in the front matter of every article; feeds, a sitemap, Sass, and related articles on every page. What is
//! not an article lies in `tera/` and `hugo/` as it is written.

mod article;
mod words;

use include_dir::{Dir, include_dir};

use article::Article;
use words::LANGUAGES;

/// Whom a portal is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// tinso, and Zola from 0.23 on.
    Tera2,
    /// Zola up to 0.22. There is no list of related articles, since what it costs there is quadratic.
    Tera1,
    /// Hugo.
    Hugo,
}

static TERA: Dir = include_dir!("$CARGO_MANIFEST_DIR/benches/peers/portal/tera");
static HUGO: Dir = include_dir!("$CARGO_MANIFEST_DIR/benches/peers/portal/hugo");

/// The articles of the first of these years stand in the first section, and so on, in turn.
pub const YEARS: std::ops::Range<usize> = 2016..2026;

/// The Vietnamese text of the first article, and the path of its page.
pub const FIRST: (&str, &str) = ("content/2016/bai-000000.md", "/2016/bai-000000/");

/// Every file of a portal, by its path: the same ones every time.
pub fn files(dialect: Dialect, articles: usize) -> impl Iterator<Item = (String, String)> {
    let given = if dialect == Dialect::Hugo { &HUGO } else { &TERA };
    let shared = TERA.dirs().filter(move |folder| dialect == Dialect::Hugo && !folder.path().ends_with("templates"));
    let given = texts(given).into_iter().chain(shared.flat_map(texts)).map(move |(path, text)| match dialect {
        Dialect::Hugo => (path.replace("sass/", "assets/"), text.to_owned()),
        Dialect::Tera2 => (path, text.to_owned()),
        Dialect::Tera1 => (path, as_tera1(text)),
    });
    let sections = YEARS.map(Some).chain([None]).flat_map(move |year| {
        LANGUAGES.iter().map(move |words| {
            let folder = year.map_or_else(String::new, |year| format!("{year}/"));
            (format!("content/{folder}_index{}.md", words.suffix), section(dialect, year))
        })
    });
    let articles = (0..articles).flat_map(move |number| {
        let article = Article::new(number);
        LANGUAGES.iter().map(move |words| {
            let path = format!("content/{}/bai-{number:06}{}.md", article.year, words.suffix);
            (path, article.text(dialect, words))
        })
    });
    given.chain(sections).chain(articles)
}

/// The files of a folder and of those in it.
fn texts(folder: &'static Dir) -> Vec<(String, &'static str)> {
    let own = folder.files().filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?)));
    own.chain(folder.dirs().flat_map(texts)).collect()
}

fn section(dialect: Dialect, year: Option<usize>) -> String {
    let title = year.map_or_else(String::new, |year| format!("title = \"{year}\"\n"));
    let lists = match (dialect, year) {
        (Dialect::Hugo, _) => "",
        (_, None) => "sort_by = \"date\"\n",
        (_, Some(_)) => "sort_by = \"date\"\npaginate_by = 20\ntransparent = true\n",
    };
    format!("+++\n{title}{lists}+++\n")
}

/// The same template in the older language.
fn as_tera1(text: &str) -> String {
    let without_related: String = text.split("{# related #}").step_by(2).collect();
    without_related.replace("[:20]", " | slice(end=20)").replace("kind=kind, term=term", "kind=kind, name=term")
}
