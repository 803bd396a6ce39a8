//! docs/templates.md tells the truth: its site is built, each of its examples is run in it, and what it shows is compared.

use crate::Site;

/// A fenced block: what stands behind the fence, its text, and the last line of text before it.
struct Block<'a> {
    kind: &'a str,
    text: String,
    before: &'a str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let (mut open, mut before) = (false, "");
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(kind) => {
                open = true;
                blocks.push(Block { kind, text: String::new(), before });
                before = "";
            }
            None if open => {
                let text = &mut blocks.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            None if !line.is_empty() => before = line,
            None => {}
        }
    }
    blocks
}

/// The site of the page: each TOML block is the file that its line of text begins with.
fn site(blocks: &[Block<'_>]) -> Site {
    let files = blocks.iter().filter(|block| block.kind == "toml");
    let bare = Site::empty().file("templates/index.html", "").file("templates/section.html", "").file("templates/page.html", "");
    let bare = bare.file("templates/taxonomy_list.html", "").file("templates/taxonomy_single.html", "");
    files.fold(bare, |site, block| site.file(block.before.split('`').nth(1).unwrap(), &block.text))
}

/// Whether a text is what is expected of it, where `…` is any text.
fn is_like(text: &str, expected: &str) -> bool {
    let mut rest = text;
    for (number, part) in expected.split('…').enumerate() {
        match rest.find(part) {
            Some(0) => rest = &rest[part.len()..],
            Some(at) if number > 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || expected.ends_with('…')
}

#[test]
fn every_example_shows_what_the_page_says() {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md")).unwrap();
    let blocks = blocks(&page);
    let site = site(&blocks);
    let mut count = 0;
    for pair in blocks.windows(2) {
        let (kind, lang) = pair[0].kind.split_once(' ').unwrap_or((pair[0].kind, "vi"));
        let (file, output) = if lang == "en" {
            ("content/report.en.md", "en/report/index.html")
        } else {
            ("content/report.md", "report/index.html")
        };
        let site = match kind {
            // The other version of the article is made of the same template.
            "jinja" => {
                let example = format!("{{% if lang == \"{lang}\" %}}{}{{% endif %}}", pair[0].text.trim_end());
                site.clone().file("templates/page.html", &example)
            }
            "markdown" => {
                let article = blocks.iter().find(|block| block.before.starts_with(&format!("`{file}`"))).unwrap();
                let site = site.clone().file(file, &format!("{}{}", article.text, pair[0].text));
                site.file("templates/page.html", "{{ page.content | safe }}")
            }
            _ => continue,
        };
        assert_eq!(pair[1].kind, "html", "no output after {}", pair[0].text);
        let outcome = site.build();
        let errors: Vec<_> = outcome.findings();
        assert!(errors.is_empty(), "{}: {errors:#?}", pair[0].text);
        // The page has plain spaces where numbers have some that do not break.
        let shown = outcome.text(output).replace('\u{a0}', " ");
        assert!(is_like(shown.trim(), pair[1].text.trim()), "{}\nshows\n{}\nand not\n{}", pair[0].text, shown, pair[1].text);
        count += 1;
    }
    assert!(count >= 11, "only {count} examples");
}

#[test]
fn the_page_names_every_field_that_a_number_and_an_indicator_have() {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md")).unwrap();
    let blocks = blocks(&page);
    let fields = "{% for m in page.metrics %}{% for key, value in m %}{{ key }} {% endfor %}{% endfor %}{% set i = get_indicator(id='revenue') %}{% for key, value in i.indicator %}{{ key }} {% endfor %}{% for key, value in i.indicator.rows[0] %}{{ key }} {% endfor %}";
    let outcome = site(&blocks).file("templates/page.html", fields).build().clean();
    let missing: Vec<&str> =
        outcome.text("report/index.html").split_whitespace().filter(|field| !page.contains(&format!("`{field}`"))).collect();
    assert!(missing.is_empty() && outcome.text("report/index.html").contains("has_breakdowns"), "{missing:?}");
}
