//! What docs/ shows in TOML is taken as it stands there.

use tinso::diagnostic::Severity;

use crate::{Site, revenue};

const PAGES: [(&str, &str); 3] = [
    ("lists.md", include_str!("../../docs/lists.md")),
    ("pictures.md", include_str!("../../docs/pictures.md")),
    ("publishing.md", include_str!("../../docs/publishing.md")),
];

/// The examples in TOML of a page.
fn examples(page: &str) -> impl Iterator<Item = &str> {
    page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap())
}

#[test]
fn every_example_of_a_setting_or_of_front_matter_is_built_without_an_error() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>";
    for (name, page) in PAGES {
        assert!(examples(page).count() > 1, "{name}");
        for example in examples(page) {
            let is_config = example.contains("[extra.tinso") || example.starts_with("taxonomies");
            let config = if is_config { example } else { "[extra.tinso]\n" };
            let languages = if config.contains("[languages.en]") { "" } else { "[languages.en]\n" };
            let config = format!("base_url = \"https://tin.example\"\ndefault_language = \"vi\"\n{config}{languages}");
            let front = if is_config { "" } else { example };
            // A drawing stands for the photograph.
            let front = front.replace("street.jpg", "street.svg");
            let text = format!("+++\ntitle = \"A\"\ndate = 2017-01-12\n{}{front}+++\n", revenue("2016", "2105.8"));
            let built = Site::new()
                .file("config.toml", &config)
                .file("templates/archive.html", "")
                .file("content/news/a/index.md", &text)
                .file("content/news/a/street.svg", picture)
                .build();
            let errors: Vec<_> = built.0.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{name}:\n{example}\n{errors:#?}");
        }
    }
}
