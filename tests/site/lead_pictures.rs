//! Pictures that lead articles, and those that links to articles are shown with.

use tinso::diagnostic::Severity;

use crate::pictures::{IMAGES, SVG, addresses, jpeg, page, site, without_prints};
use crate::{CONFIG, Site, revenue};

const LEAD: &str = "{% if page.image %}{% set i = page.image %}{{ i.address }}|{{ i.type }}|{{ i.width }}x{{ i.height }}|{{ i.srcset }}|{% for s in i.sources %}{{ s.type }} {{ s.srcset }};{% endfor %}|{{ i.sizes }}|{{ i.alt }}|{{ i.caption }}|{{ i.caption_lang }}|{{ i.credit }}{% endif %}";

/// An article with a picture that leads it, and its translation.
fn led(images: &str, image: &str, en: &str) -> Site {
    site(images)
        .file("templates/page.html", LEAD)
        .file("content/news/a/index.md", &format!("+++\ntitle = \"A\"\ndate = 2017-01-12\n{image}+++\n"))
        .file("content/news/a/index.en.md", &format!("+++\ntitle = \"A\"\ndate = 2017-01-12\n{en}+++\n"))
        .bytes("content/news/a/photo.jpg", &jpeg(30, 20))
        .file("content/news/a/lines.svg", SVG)
}

const IMAGE: &str = "[extra.image]\nfile = \"photo.jpg\"\nalt = { vi = \"Đường ngập\", en = \"A flooded street\" }\ncaption = \"Sáng nay\"\ncredit = \"Ảnh: Lan\"\n";

#[test]
fn the_picture_that_leads_an_article_is_a_field_of_its_page_and_of_its_translation() {
    let built = led(IMAGES, IMAGE, "").build().clean();
    let vi = page(&built);
    let expected = concat!(
        "https://tin.example/photo.jpg|image/jpeg|20x13|https://tin.example/photo.jpg 10w, https://tin.example/photo.jpg 20w|",
        "image/avif https://tin.example/photo.avif 10w, https://tin.example/photo.avif 20w;",
        "image/webp https://tin.example/photo.webp 10w, https://tin.example/photo.webp 20w;|50vw|Đường ngập|Sáng nay|vi|Ảnh: Lan",
    );
    assert_eq!(vi, expected);
    assert_eq!(without_prints(built.text("en/news/a/index.html")), expected.replace("Đường ngập", "A flooded street"));
    for address in addresses(built.text("news/a/index.html")) {
        assert!(built.has(&address), "{address}");
    }
    let own = "[extra.image]\nalt = \"Own\"\ncaption = \"This morning\"\n";
    let en = led(IMAGES, IMAGE, own).build().clean().text("en/news/a/index.html").to_owned();
    assert!(en.contains("|Own|This morning|en|Ảnh: Lan"), "{en}");
}

#[test]
fn a_drawing_leads_an_article_too_and_a_picture_as_it_is_where_no_others_are_asked_for() {
    let built = led(IMAGES, &IMAGE.replace("photo.jpg", "lines.svg"), "").build().clean();
    assert!(page(&built).starts_with("https://tin.example/news/a/lines.svg|image/svg+xml|30x20|||50vw|Đường ngập|"));
    let built = led("", IMAGE, "").build().clean();
    assert!(page(&built).starts_with("https://tin.example/news/a/photo.jpg|image/jpeg|30x20|||"));
    assert!(!built.0.outputs.keys().any(|path| path.as_str().starts_with("processed_images")));
}

#[test]
fn no_template_that_shows_leads_no_copies_of_them() {
    let built = led(IMAGES, IMAGE, "").file("templates/page.html", "{{ page.title }}").build().clean();
    assert!(!built.0.outputs.keys().any(|path| path.as_str().starts_with("processed_images")));
}

#[test]
fn below_a_picture_that_leads_every_other_is_loaded_when_it_is_near() {
    let site = led(IMAGES, IMAGE, "").file("templates/page.html", "{{ page.content | safe }}");
    let site =
        site.file("content/news/a/index.md", &format!("+++\ntitle = \"A\"\ndate = 2017-01-12\n{IMAGE}+++\n![a](lines.svg)\n"));
    assert!(page(&site.build().clean()).contains("loading=\"lazy\""));
}

#[test]
fn what_is_wrong_with_a_picture_that_leads_is_told_at_its_place() {
    for (image, code, severity, at) in [
        (IMAGE.replace("photo.jpg", "phot.jpg"), "missing-image", Severity::Error, "5:8"),
        (IMAGE.replace("alt = ", "caption2 = "), "unknown-image-key", Severity::Error, "6:1"),
        (IMAGE.replace("file = \"photo.jpg\"\n", ""), "bad-image", Severity::Error, "4:1"),
        ("[extra]\nimage = \"photo.jpg\"\n".to_owned(), "bad-image", Severity::Error, "5:9"),
        (IMAGE.replace("file = \"photo.jpg\"", "file = 3"), "wrong-type", Severity::Error, "5:8"),
        ("[extra.image]\nfile = \"photo.jpg\"\n".to_owned(), "missing-alt", Severity::Warning, "4:1"),
        ("[extra.image]\nfile = \"photo.jpg\"\nalt = { en = \"Only\" }\n".to_owned(), "missing-alt", Severity::Warning, "4:1"),
    ] {
        let site = led("", &image, "").without("content/news/a/index.en.md");
        let built = site.build();
        let found: Vec<_> = built.0.diagnostics.iter().filter(|found| found.code == code).collect();
        assert_eq!(found.len(), 1, "{image}: {:?}", built.findings());
        built.finds(code, severity, &format!("content/news/a/index.md:{at}"));
    }
    led("", "[extra.image]\nfile = \"photo.jpg\"\nalt = \"-\"\n", "").build().clean();
    let found = led("", "[extra.image]\nfile = \"photo.jpg\"\nalt = \"Đường\"\n", "").build().findings();
    assert!(found.len() == 1 && found[0].contains("`en`"), "{found:?}");
}

#[test]
fn the_file_of_a_picture_that_leads_may_lie_beside_any_page_or_in_static() {
    let file = |file: &str| {
        site("")
            .file("templates/page.html", "{% if page.image %}{{ page.image.address }}{% endif %}")
            .file(
                "content/news/b.md",
                &format!("+++\ntitle = \"B\"\ndate = 2017-01-12\n[extra.image]\nfile = \"{file}\"\nalt = \"x\"\n+++\n"),
            )
            .bytes("content/news/beside.jpg", &jpeg(3, 2))
            .bytes("static/img/s.jpg", &jpeg(3, 2))
            .build()
            .clean()
            .text("news/b/index.html")
            .to_owned()
    };
    assert_eq!(file("beside.jpg"), "https://tin.example/news/beside.jpg");
    assert_eq!(file("/img/s.jpg"), "https://tin.example/img/s.jpg");
    assert_eq!(file("@/news/beside.jpg"), "https://tin.example/news/beside.jpg");
}

#[test]
fn an_article_knows_the_card_of_the_indicator_that_it_states_first() {
    let template = "{% for m in page.metrics %}[{{ m.indicator.card }}]{% endfor %}";
    let shown = |config: &str| {
        let site = Site::new().file("config.toml", config).file("templates/page.html", template);
        let site =
            site.file("content/news/a.md", &format!("+++\ntitle = \"A\"\ndate = 2017-01-12\n{}+++\n", revenue("2016", "2105.8")));
        let built = site.build().clean();
        let shown = built.text("news/a/index.html").to_owned();
        assert_eq!(shown != "[]", built.has("indicators/revenue/card.png"));
        shown
    };
    let card = shown(&CONFIG.replace("pictures = false", "pictures = true"));
    assert!(card == "[https://tin.example/indicators/revenue/card.png]" || card == "[]" && cfg!(not(feature = "png")));
    assert_eq!(shown(CONFIG), "[]");
}

/// In place of more settings: charts are drawn as pictures.
const DRAWN: &str = "drawn";

/// The page of an article in the theme, and its translation.
fn in_theme(config: &str, image: &str, more: &str) -> (String, String) {
    let drawn = config == DRAWN;
    let config = if drawn { CONFIG.replace("pictures = false", "pictures = true") } else { format!("{CONFIG}{config}") };
    let config = config.replace("base_url", "theme = \"tinso-news\"\nbase_url");
    let section = |more: &str| format!("+++\ntitle = \"T\"\n{more}+++\n");
    let indicators = "template = \"indicators.html\"\npage_template = \"indicator.html\"\n";
    let head = "title = \"A\"\ndate = 2017-01-12\ntaxonomies = { topics = [\"Viễn thông\"] }\n";
    let built = Site::empty()
        .with_theme()
        .file("config.toml", &config)
        .file("content/news/_index.md", &section("sort_by = \"date\"\n"))
        .file("content/news/_index.en.md", &section("sort_by = \"date\"\n"))
        .file("content/indicators/_index.md", &section(indicators))
        .file("content/indicators/_index.en.md", &section(indicators))
        .file("content/indicators/revenue.md", &crate::indicator("Doanh thu", "tỷ đồng", ""))
        .file("content/indicators/revenue.en.md", &section("[extra.indicator]\nunit_label = \"billion VND\"\n"))
        .file("content/news/a/index.md", &format!("+++\n{head}{image}{more}+++\n![x](photo.jpg \"Cảnh\")\n"))
        .file("content/news/a/index.en.md", "+++\ntitle = \"A\"\ndate = 2017-01-12\n+++\nText.\n")
        .bytes("content/news/a/photo.jpg", &jpeg(30, 20))
        .file("content/news/a/lines.svg", SVG)
        .build()
        .clean();
    let [vi, en] = ["news/a/index.html", "en/news/a/index.html"].map(|path| without_prints(built.text(path)));
    (vi, en)
}

#[test]
fn the_theme_shows_the_picture_below_the_headline_at_once_with_its_caption_and_who_made_it() {
    let (vi, en) = in_theme(IMAGES, IMAGE, "");
    let figure = vi.split("<figure class=\"picture lead-picture\">").nth(1).unwrap().split("</figure>").next().unwrap();
    assert!(figure.contains("<picture><source type=\"image/avif\" srcset=\"https://tin.example/photo.avif 10w,"), "{figure}");
    assert!(
        figure.contains(" width=\"20\" height=\"13\" alt=\"Đường ngập\" fetchpriority=\"high\" decoding=\"async\"></picture>"),
        "{figure}"
    );
    assert!(
        figure.contains("<span class=\"picture-caption\">Sáng nay</span> <span class=\"picture-credit\">Ảnh: Lan</span>"),
        "{figure}"
    );
    assert!(!figure.contains("lazy") && vi.find("<h1").unwrap() < vi.find("lead-picture").unwrap());
    assert!(vi.contains("<figure class=\"picture\"><picture>") && vi.contains("<figcaption>Cảnh</figcaption>"), "{vi}");
    assert!(
        en.contains("alt=\"A flooded street\"") && en.contains("<span class=\"picture-caption\" lang=\"vi\">Sáng nay"),
        "{en}"
    );
    assert!(!vi.contains("style=") && !vi.contains("<script>"));
}

#[test]
fn machines_are_told_of_the_picture_its_size_and_its_words() {
    let (vi, en) = in_theme(IMAGES, IMAGE, "");
    for line in [
        "<meta property=\"og:image\" content=\"https://tin.example/photo.jpg\">",
        "<meta property=\"og:image:type\" content=\"image/jpeg\">",
        "<meta property=\"og:image:width\" content=\"20\">",
        "<meta property=\"og:image:height\" content=\"13\">",
        "<meta property=\"og:image:alt\" content=\"Đường ngập\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<meta property=\"og:locale:alternate\" content=\"en_GB\">",
        "<meta property=\"article:section\" content=\"Viễn thông\">",
    ] {
        assert!(vi.contains(line), "{line}: {vi}");
    }
    assert!(en.contains("<meta property=\"og:locale:alternate\" content=\"vi_VN\">") && !en.contains("article:section"));
    let json = vi.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let pixels = |n| serde_json::json!({"@type": "QuantitativeValue", "value": n, "unitCode": "E37"});
    let image = serde_json::json!({"@type": "ImageObject", "url": "https://tin.example/photo.jpg", "contentUrl": "https://tin.example/photo.jpg",
        "width": pixels(20), "height": pixels(13), "caption": "Sáng nay", "creditText": "Ảnh: Lan"});
    assert_eq!(json["@graph"][0]["image"], image);
}

#[test]
fn an_article_without_a_picture_is_linked_to_with_the_card_of_its_first_indicator_and_so_is_one_with_a_drawing() {
    let drawing = IMAGE.replace("photo.jpg", "lines.svg");
    for image in ["", drawing.as_str()] {
        let (vi, _) = in_theme("", image, &revenue("2016", "2105.8"));
        assert!(!vi.contains("og:image") && !vi.contains("twitter:card"), "{vi}");
        assert_eq!(vi.contains("lines.svg\" width=\"30\" height=\"20\" alt=\"Đường ngập\" fetchpriority"), !image.is_empty());
        let (vi, _) = in_theme(DRAWN, image, &revenue("2016", "2105.8"));
        let card = "<meta property=\"og:image\" content=\"https://tin.example/indicators/revenue/card.png\">";
        assert_eq!(
            vi.contains(card) && vi.contains("<meta property=\"og:image:alt\" content=\"Doanh thu\">"),
            cfg!(feature = "png"),
            "{vi}"
        );
    }
    let (vi, _) = in_theme(DRAWN, "", "");
    assert!(!vi.contains("og:image"), "{vi}");
}
