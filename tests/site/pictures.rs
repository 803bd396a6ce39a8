//! Pictures in the text of articles: in several widths and formats, with words.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, RgbImage};
use tinso::diagnostic::Severity;

use crate::{CONFIG, Outcome, Site};

/// A picture of soft colours.
pub fn drawn(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, ((x + y) * 3 % 256) as u8]))
        .into()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    drawn(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    drawn(width, height).write_with_encoder(JpegEncoder::new_with_quality(&mut out, 90)).unwrap();
    out
}

pub const IMAGES: &str = "[extra.tinso.images]\nwidths = [20, 10]\nsizes = \"50vw\"\n";
pub const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"><rect width=\"30\" height=\"20\"/></svg>";

pub fn site(images: &str) -> Site {
    Site::new().file("config.toml", &format!("{CONFIG}{images}")).file("templates/page.html", "{{ page.content | safe }}")
}

/// An article in its own folder, beside it a photograph, a drawing and a film.
fn article(images: &str, body: &str) -> Site {
    site(images)
        .file("content/news/a/index.md", &format!("+++\ntitle = \"A\"\ndate = 2017-01-12\n+++\n{body}\n"))
        .bytes("content/news/a/photo.jpg", &jpeg(30, 20))
        .bytes("content/news/a/map.png", &png(30, 20))
        .file("content/news/a/lines.svg", SVG)
}

/// The page, the prints in the names of copies taken out.
pub fn page(outcome: &Outcome) -> String {
    without_prints(outcome.text("news/a/index.html"))
}

pub fn without_prints(html: &str) -> String {
    let mut parts = html.split("/processed_images/");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (stem, rest) = part.split_once('.').unwrap();
        let (print, rest) = rest.split_once('.').unwrap();
        assert!(print.len() == 16 && print.bytes().all(|byte| byte.is_ascii_hexdigit()), "{part}");
        plain += &format!("/{stem}.{rest}");
    }
    plain
}

/// Every address that stands in `src`, `srcset`, `content` of a page, below the site's.
pub fn addresses(html: &str) -> Vec<String> {
    html.split("https://tin.example/")
        .skip(1)
        .map(|rest| rest.split([' ', '"', ',', '|', ';']).next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_photograph_is_shown_in_the_formats_and_widths_that_there_are_never_wider_than_it_is() {
    let built = article(IMAGES, "![Đường ngập](photo.jpg)").build().clean();
    let expected = concat!(
        "<p><picture>",
        "<source type=\"image/avif\" srcset=\"https://tin.example/photo.avif 10w, https://tin.example/photo.avif 20w\" sizes=\"50vw\">",
        "<source type=\"image/webp\" srcset=\"https://tin.example/photo.webp 10w, https://tin.example/photo.webp 20w\" sizes=\"50vw\">",
        "<img src=\"https://tin.example/photo.jpg\" srcset=\"https://tin.example/photo.jpg 10w, https://tin.example/photo.jpg 20w\" sizes=\"50vw\" ",
        "width=\"20\" height=\"13\" alt=\"Đường ngập\" decoding=\"async\"></picture></p>\n",
    );
    assert_eq!(page(&built), expected);
    let html = built.text("news/a/index.html");
    for address in addresses(html) {
        let bytes = built.bytes(&address);
        let width = imagesize(bytes);
        assert!(html.contains(&format!("{address} {width}w")), "{address} is {width} wide: {html}");
    }
    assert_eq!(addresses(html).len(), 7);
}

fn imagesize(bytes: &[u8]) -> usize {
    match image::load_from_memory(bytes) {
        Ok(picture) => picture.width() as usize,
        // AVIF: the box `ispe` holds its width after its version.
        Err(_) => {
            let at = bytes.windows(4).position(|name| name == b"ispe").unwrap();
            u32::from_be_bytes(bytes[at + 8..at + 12].try_into().unwrap()) as usize
        }
    }
}

#[test]
fn a_picture_as_wide_as_is_needed_stays_as_it_is_beside_smaller_ones() {
    let built =
        article("[extra.tinso.images]\nwidths = [10, 40]\nformats = []\n", "![a](photo.jpg) ![b](map.png)").build().clean();
    let html = page(&built);
    assert!(html.starts_with("<p><img src=\"https://tin.example/news/a/photo.jpg\" srcset=\"https://tin.example/photo.jpg 10w, https://tin.example/news/a/photo.jpg 30w\" sizes=\"(min-width: 40rem) 38rem, 100vw\" width=\"30\" height=\"20\""), "{html}");
    assert!(html.contains("https://tin.example/map.png 10w, https://tin.example/news/a/map.png 30w"), "{html}");
}

#[test]
fn webp_is_without_loss_as_its_picture_is_and_smaller_than_a_photograph() {
    let html = page(&article(IMAGES, "![a](map.png)").build().clean());
    let (avif, webp) = (
        html.find("image/avif").unwrap(),
        html.find("<source type=\"image/webp\" srcset=\"https://tin.example/map.webp 10w").unwrap(),
    );
    assert!(avif < webp, "{html}");
    let built = article(IMAGES, "![a](photo.jpg)").build().clean();
    assert!(page(&built).contains("<source type=\"image/webp\" srcset=\"https://tin.example/photo.webp 10w"), "{}", page(&built));
    let lossy = |bytes: &[u8]| bytes.windows(4).any(|name| name == b"VP8 ");
    let webp: Vec<&[u8]> =
        built.0.outputs.iter().filter(|(path, _)| path.as_str().ends_with(".webp")).map(|(_, bytes)| &**bytes).collect();
    assert!(!webp.is_empty() && webp.iter().all(|bytes| lossy(bytes)));
}

#[test]
fn all_pictures_of_a_page_but_the_first_are_loaded_when_they_are_near() {
    let html = page(&article("images = true\n", "![a](photo.jpg)\n\n![b](map.png)\n\n![c](lines.svg)").build().clean());
    let lazy: Vec<bool> =
        html.split("<img").skip(1).map(|tag| tag.split('>').next().unwrap().contains("loading=\"lazy\"")).collect();
    assert_eq!(lazy, [false, true, true]);
    assert_eq!(html.matches("decoding=\"async\"").count(), 3);
}

#[test]
fn a_paragraph_with_nothing_but_an_image_and_its_title_is_a_figure_with_a_caption() {
    let html = page(&article("images = true\n", "![a](lines.svg \"Nước & <bùn>\")\n\nX ![b](lines.svg \"T\")").build().clean());
    assert!(html.starts_with("<figure class=\"picture\"><img src=\"https://tin.example/news/a/lines.svg\" width=\"30\" height=\"20\" alt=\"a\" decoding=\"async\"><figcaption>Nước &amp; &lt;bùn&gt;</figcaption></figure>\n"), "{html}");
    assert!(html.contains("<p>X <img") && html.contains("alt=\"b\" title=\"T\" loading"), "{html}");
}

#[test]
fn drawings_films_and_pictures_of_others_stay_what_they_are() {
    let gif = {
        let mut out = Cursor::new(Vec::new());
        drawn(30, 20).write_to(&mut out, ImageFormat::Gif).unwrap();
        out.into_inner()
    };
    let body = "![a](lines.svg)\n![b](film.gif)\n![c](https://else.example/c.jpg)\n![d](missing.jpg)\n![e](/static.png?v=1)";
    let html = page(
        &article(IMAGES, body).bytes("content/news/a/film.gif", &gif).bytes("static/static.png", &png(30, 20)).build().clean(),
    );
    assert!(!html.contains("<picture") && !html.contains("srcset"), "{html}");
    assert!(html.contains("film.gif\" width=\"30\" height=\"20\" alt=\"b\""), "{html}");
    assert!(html.contains("<img src=\"https://else.example/c.jpg\" alt=\"c\" loading=\"lazy\" decoding=\"async\">"), "{html}");
    assert!(html.contains("missing.jpg\" alt=\"d\"") && html.contains("/static.png?v=1\" alt=\"e\""), "{html}");
}

#[test]
fn a_moving_png_is_not_made_a_still() {
    let mut bytes = png(30, 20);
    // After the signature and the header; its sum is not looked at before the picture is unpacked.
    let chunk = [
        &8u32.to_be_bytes()[..],
        b"acTL",
        &1u32.to_be_bytes(),
        &0u32.to_be_bytes(),
        &crc(b"acTL\0\0\0\x01\0\0\0\0").to_be_bytes(),
    ]
    .concat();
    bytes.splice(33..33, chunk);
    let html = page(&article(IMAGES, "![a](map.png)").bytes("content/news/a/map.png", &bytes).build().clean());
    assert!(html.contains("map.png\" width=\"30\" height=\"20\" alt=\"a\"") && !html.contains("srcset"), "{html}");
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn pictures_are_found_beside_the_page_in_static_by_whole_addresses_and_by_their_file() {
    let found = |base: &str, url: &str| {
        let site = article(IMAGES, &format!("![a]({url})")).bytes("static/img/b c.jpg", &jpeg(30, 20));
        let site = site.file("config.toml", &format!("{CONFIG}{IMAGES}").replace("https://tin.example", base));
        site.build().clean().text("news/a/index.html").contains("<picture>")
    };
    for url in [
        "photo.jpg",
        "./photo.jpg",
        "../a/photo.jpg",
        "/news/a/photo.jpg",
        "https://tin.example/news/a/photo.jpg",
        "@/news/a/photo.jpg",
        "/img/b%20c.jpg",
        "</img/b c.jpg>",
    ] {
        assert!(found("https://tin.example", url), "{url}");
    }
    for url in ["../photo.jpg", "../../../../photo.jpg", "//tin.example/news/a/photo.jpg", "@/news/photo.jpg", "mailto:photo.jpg"]
    {
        assert!(!found("https://tin.example", url), "{url}");
    }
    assert!(found("https://tin.example/sub", "/sub/news/a/photo.jpg") && !found("https://tin.example/sub", "/news/a/photo.jpg"));
}

#[test]
fn a_picture_that_lies_with_a_page_of_the_default_language_serves_its_translation() {
    let site = article(IMAGES, "x").file(
        "content/news/a/index.en.md",
        "+++\ntitle = \"A\"\ndate = 2017-01-12\n+++\n![b](@/news/a/photo.jpg) ![c](photo.jpg)\n",
    );
    let built = site.build().clean();
    let html = built.text("en/news/a/index.html");
    assert_eq!(html.matches("<picture>").count(), 2);
    assert_eq!(built.0.outputs.keys().filter(|path| path.as_str().starts_with("processed_images/")).count(), 6);
}

#[test]
fn without_the_setting_images_are_tags_as_before() {
    for images in ["", "images = false\n"] {
        let html = page(&article(images, "![a](photo.jpg \"T\")").build().clean());
        assert_eq!(html, "<p><img src=\"https://tin.example/news/a/photo.jpg\" alt=\"a\" title=\"T\" /></p>\n");
    }
}

#[test]
fn settings_that_cannot_be_followed_are_errors_at_their_places() {
    for (images, code) in [
        ("[extra.tinso.images]\nwidths = []\n", "bad-widths"),
        ("[extra.tinso.images]\nwidths = [0]\n", "bad-widths"),
        ("[extra.tinso.images]\nwidths = [\"a\"]\n", "bad-widths"),
        ("[extra.tinso.images]\nformats = [\"jpeg\"]\n", "unknown-word"),
        ("[extra.tinso.images]\nwidth = 3\n", "unknown-config-key"),
        ("images = 3\n", "wrong-type"),
    ] {
        let found = article(images, "x").build().findings();
        assert!(found.len() == 1 && found[0].contains(code) && found[0].starts_with("config.toml:1"), "{images}: {found:?}");
    }
}

#[test]
fn a_picture_that_cannot_be_read_is_a_warning_and_stays_in_the_page() {
    let built = article(IMAGES, "![a](photo.jpg)").bytes("content/news/a/photo.jpg", b"no picture").build();
    built.finds("unreadable-image", Severity::Warning, "content/news/a/photo.jpg");
    assert!(page(&built).contains("<img src=\"https://tin.example/news/a/photo.jpg\" alt=\"a\""));
}

#[test]
fn an_image_without_words_is_told_at_its_place_unless_it_says_that_it_decorates() {
    let built = article("", "![a](photo.jpg)\n\n![](map.png)").build();
    let found = built.finds("missing-alt", Severity::Warning, "content/news/a/index.md:7:1");
    assert!(found.help.as_deref().unwrap().contains("![-]"));
    for images in ["", IMAGES] {
        let html = page(&article(images, "![-](lines.svg)").build().clean());
        assert!(html.contains("alt=\"\""), "{html}");
    }
}

#[test]
fn a_site_of_zola_is_not_told_and_means_what_it_says() {
    let site = Site::bare("")
        .file("content/a.md", "+++\ntitle = \"A\"\n[extra]\nimage = \"x.jpg\"\n+++\n![](x.jpg) ![-](y.jpg \"T\")\n");
    let built = site.build().clean();
    assert_eq!(
        built.text("a/index.html"),
        "<p><img src=\"https://tin.example/a/x.jpg\" alt=\"\" /> <img src=\"https://tin.example/a/y.jpg\" alt=\"-\" title=\"T\" /></p>\n"
    );
}
