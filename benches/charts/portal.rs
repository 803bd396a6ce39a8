//! A portal of many indicators, each with a page and values of sixty quarters, in two languages.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tinso::source::Snapshot;
use tinso::text::SitePath;

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/tinso-news");

/// So many values each indicator has.
pub const POINTS: usize = 60;

/// So many numbers an article states at most.
const STATED: usize = 50;

/// What the indicators are, in turn: so that lines, columns and bars occur.
const MEASURES: [&str; 4] = ["stock", "flow", "rate", "index"];

/// All its files.
pub fn files(indicators: usize, pictures: bool) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("config.toml".to_owned(), config(pictures).into_bytes())];
    add_theme(&THEME, &mut files);
    for (suffix, news, list) in [("", "Tin tức", "Chỉ số"), (".en", "News", "Indicators")] {
        let section = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n").into_bytes();
        files.push((format!("content/_index{suffix}.md"), section(news, "")));
        files.push((format!("content/news/_index{suffix}.md"), section(news, "sort_by = \"date\"\npaginate_by = 20\n")));
        let more = "template = \"indicators.html\"\npage_template = \"indicator.html\"\npaginate_by = 50\n";
        files.push((format!("content/indicators/_index{suffix}.md"), section(list, more)));
    }
    for number in 0..indicators {
        let measure = MEASURES[number % MEASURES.len()];
        let of_vi = format!(
            "+++\ntitle = \"Chỉ số thứ {number}\"\n[extra.indicator]\nunit = \"VND\"\nunit_mult = 9\nunit_label = \"tỷ đồng\"\n\
             measure = \"{measure}\"\nref_area = \"VN\"\ndirection = \"up\"\n+++\nĐo bằng tỷ đồng mỗi quý.\n"
        );
        let of_en = format!(
            "+++\ntitle = \"Indicator number {number}\"\n[extra.indicator]\nunit_label = \"billion VND\"\n+++\nIn billions of VND.\n"
        );
        files.push((format!("content/indicators/indicator-{number:04}.md"), of_vi.into_bytes()));
        files.push((format!("content/indicators/indicator-{number:04}.en.md"), of_en.into_bytes()));
    }
    for quarter in 0..POINTS {
        for first in (0..indicators).step_by(STATED) {
            add_articles(quarter, first..indicators.min(first + STATED), &mut files);
        }
    }
    files
}

/// Its files as a build reads them.
pub fn snapshot(files: Vec<(String, Vec<u8>)>) -> Snapshot {
    Snapshot::new(files.into_iter().map(|(path, bytes)| (SitePath::new(&path), Arc::<[u8]>::from(bytes))))
}

fn config(pictures: bool) -> String {
    format!(
        "base_url = \"https://tin.example\"\ntitle = \"Tin\"\ndefault_language = \"vi\"\ntheme = \"tinso-news\"\n\
         [languages.en]\ntitle = \"News\"\n\
         [extra.tinso]\npictures = {pictures}\nareas = {{ VN = {{ vi = \"Cả nước\", en = \"Vietnam\" }} }}\n"
    )
}

fn add_theme(folder: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    files.extend(folder.files().map(|file| (format!("themes/tinso-news/{}", file.path().display()), file.contents().to_vec())));
    folder.dirs().for_each(|folder| add_theme(folder, files));
}

/// The article that states a quarter's values of some indicators, in both languages.
fn add_articles(quarter: usize, indicators: Range<usize>, files: &mut Vec<(String, Vec<u8>)>) {
    let (year, part, first) = (2010 + quarter / 4, quarter % 4 + 1, indicators.start);
    let mut stated = String::new();
    for number in indicators {
        let value = 400 + (quarter * 37 + number * 61) % 301 + quarter;
        // Writing to a string cannot fail.
        let _ = write!(
            stated,
            "[[extra.metrics]]\nindicator = \"indicator-{number:04}\"\ntime_period = \"{year}-Q{part}\"\nvalue = {value}.5\n"
        );
    }
    let (month, day) = (part * 3, 1 + first / STATED % 28);
    let head = |title: &str| format!("+++\ntitle = \"{title}\"\ndate = {year}-{month:02}-{day:02}\n");
    let path = format!("content/news/q{part}-{year}-{first:04}");
    let of_vi = format!("{}{stated}+++\nCác chỉ số của quý.\n", head(&format!("Quý {part} năm {year}, từ chỉ số {first}")));
    let of_en = format!("{}+++\nThe quarter's indicators.\n", head(&format!("Quarter {part} of {year}, from indicator {first}")));
    files.push((format!("{path}.md"), of_vi.into_bytes()));
    files.push((format!("{path}.en.md"), of_en.into_bytes()));
}
