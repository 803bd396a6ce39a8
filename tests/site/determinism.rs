//! The same input gives the same bytes.

use tinso::build::{Options, build};

use crate::{Site, revenue};

fn site() -> Site {
    let mut site = Site::new();
    for number in 0..30 {
        let topics = "[taxonomies]\ntopics = [\"Viễn thông\"]\n";
        let metrics = format!("{topics}{}", revenue(&format!("{}", 1990 + number), &format!("{}.{number}", number * 7)));
        site = site.article(&format!("bai-{number}"), "2017-01-01", &metrics, "{{ chart(indicator=\"revenue\") }}");
        site = site.file(
            &format!("content/news/bai-{number}.en.md"),
            "+++\ntitle = \"x\"\ndate = 2017-01-01\n[taxonomies]\ntopics = [\"Telecoms\"]\n+++\n",
        );
    }
    site
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| site().build().0.outputs)
    };
    let (one, eight) = (build(1), build(8));
    assert!(one.len() > 60);
    assert_eq!(one, eight);
}

#[test]
fn findings_come_in_the_same_order() {
    let broken = || {
        let mut site = site();
        for number in 0..20 {
            site = site.article(&format!("sai-{number}"), "2017-01-01", &revenue("x", "y\""), "[a](@/b.md)");
        }
        site.build().findings()
    };
    let first = broken();
    assert!(first.len() >= 20);
    assert_eq!(first, broken());
}

#[test]
fn another_base_url_changes_only_addresses() {
    let options = Options {
        config: "config.toml".into(),
        base_url: Some("http://127.0.0.1:1111/".into()),
        drafts: false,
        ..Options::default()
    };
    let local = build(&site().snapshot(), &options);
    let text = String::from_utf8_lossy(local.outputs.get("sitemap.xml").unwrap()).into_owned();
    assert!(text.contains("<loc>http://127.0.0.1:1111/</loc>"), "{text}");
    assert!(!text.contains("tin.example"));
}
