//! The sample portal is a site that stock Zola accepts: everything of ours lives under `[extra]`.

use std::fs;
use std::path::{Path, PathBuf};

/// The keys that Zola 0.23 knows in a page's front matter; others it ignores, and so would lose ours.
const PAGE: [&str; 15] = [
    "title",
    "description",
    "date",
    "updated",
    "draft",
    "render",
    "slug",
    "path",
    "taxonomies",
    "weight",
    "authors",
    "aliases",
    "template",
    "in_search_index",
    "extra",
];
/// The keys that Zola 0.23 knows in a section's front matter; any other is an error there.
const SECTION: [&str; 18] = [
    "title",
    "description",
    "sort_by",
    "weight",
    "draft",
    "template",
    "paginate_by",
    "paginate_reversed",
    "paginate_path",
    "insert_anchor_links",
    "render",
    "redirect_to",
    "in_search_index",
    "transparent",
    "page_template",
    "aliases",
    "generate_feeds",
    "extra",
];
/// The keys that Zola 0.23 knows at the top of its config; any other is an error there.
const CONFIG: [&str; 31] = [
    "base_url",
    "theme",
    "title",
    "description",
    "author",
    "default_language",
    "languages",
    "translations",
    "generate_feeds",
    "feed_limit",
    "feed_filenames",
    "hard_link_static",
    "taxonomies",
    "taxonomy_root",
    "compile_sass",
    "minify_html",
    "build_search_index",
    "ignored_content",
    "ignored_static",
    "skip_content_templating",
    "mode",
    "output_dir",
    "preserve_dotfiles_in_output",
    "generate_sitemap",
    "generate_robots_txt",
    "exclude_paginated_pages_in_sitemap",
    "extra",
    "link_checker",
    "slugify",
    "search",
    "markdown",
];

fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            markdown_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn stock_zola_accepts_the_front_matter_and_config_of_the_portal_and_of_new_sites() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for site in [root.to_owned(), root.join("src/cli/scaffold/site")] {
        let config: toml::Table = fs::read_to_string(site.join("config.toml")).unwrap().parse().unwrap();
        wrong.extend(config.keys().filter(|key| !CONFIG.contains(&key.as_str())).cloned());
        let mut files = Vec::new();
        markdown_files(&site.join("content"), &mut files);
        assert!(!files.is_empty());
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let front = text.split("+++").nth(1).unwrap();
            let table: toml::Table = front.parse().unwrap();
            let is_section = file.file_name().unwrap().to_str().unwrap().starts_with("_index");
            let known: &[&str] = if is_section { &SECTION } else { &PAGE };
            wrong.extend(
                table.keys().filter(|key| !known.contains(&key.as_str())).map(|key| format!("{}: {key}", file.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
