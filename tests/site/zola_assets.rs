//! Static files, files beside pages, Sass and smaller HTML, as Zola has them and better.

use std::fs;
use std::path::Path;

use tinso::build::{Options, build};
use tinso::diagnostic::{Severity, Sink};
use tinso::publish;
use tinso::source::read_site;

use crate::{Outcome, Site};

fn sass(files: &[(&str, &str)]) -> Outcome {
    let mut site = Site::bare("compile_sass = true\n");
    for (path, text) in files {
        site = site.file(path, text);
    }
    site.build()
}

// Static files

#[test]
fn static_files_are_published_as_they_are() {
    let site = Site::bare("").bytes("static/a/b.bin", b"\0\xff").file("static/CNAME", "tin.example").build().clean();
    assert_eq!(&*site.0.outputs["a/b.bin"], b"\0\xff");
    assert_eq!(site.text("CNAME"), "tin.example");
}

#[test]
fn hidden_static_files_are_published_too() {
    let built = Site::bare("").file("static/.nojekyll", "").file("static/.well-known/security.txt", "Contact: x").build().clean();
    assert!(built.has(".nojekyll") && built.has(".well-known/security.txt"));
}

#[test]
fn a_sites_static_file_takes_the_place_of_the_themes() {
    let theme = Site::bare("theme = \"t\"\n").file("themes/t/theme.toml", "").file("themes/t/templates/x.html", "");
    let theme = theme.file("themes/t/static/a.txt", "theme").file("themes/t/static/b.txt", "theme");
    let built = theme.file("static/a.txt", "site").build().clean();
    assert_eq!([built.text("a.txt"), built.text("b.txt")], ["site", "theme"]);
}

#[test]
fn ignored_static_files_are_named_by_their_path_below_static() {
    let site = Site::bare("ignored_static = [\"*.psd\", \"drafts/*\", \"**/secret.txt\", \"exact.txt\"]\n")
        .file("static/a.psd", "")
        .file("static/deep/b.psd", "")
        .file("static/drafts/c.txt", "")
        .file("static/drafts/deep/d.txt", "")
        .file("static/x/secret.txt", "")
        .file("static/exact.txt", "")
        .file("static/x/exact.txt", "")
        .file("static/kept.txt", "");
    let built = site.build().clean();
    for gone in ["a.psd", "deep/b.psd", "drafts/c.txt", "drafts/deep/d.txt", "x/secret.txt", "exact.txt"] {
        assert!(!built.has(gone), "{gone}");
    }
    assert!(built.has("kept.txt") && built.has("x/exact.txt"));
}

#[test]
fn ignored_static_holds_for_a_theme_as_well() {
    let theme = Site::bare("theme = \"t\"\nignored_static = [\"*.map\"]\n").file("themes/t/theme.toml", "");
    let built =
        theme.file("themes/t/templates/x.html", "").file("themes/t/static/a.map", "").file("themes/t/static/a.js", "").build();
    assert!(!built.has("a.map") && built.has("a.js"));
}

#[test]
fn a_wrong_pattern_is_reported_where_it_stands_and_the_others_hold() {
    let built = Site::bare("ignored_static = [\"[\", \"*.psd\"]\n").file("static/a.psd", "").build();
    built.finds("bad-glob", Severity::Error, "config.toml:2:19");
    assert!(!built.has("a.psd"));
}

// Content

#[test]
fn ignored_content_holds_for_pages_and_for_files_beside_them() {
    let site = Site::bare("ignored_content = [\"*.xlsx\", \"content/old/*\", \"**/notes.md\", \"*.{graphml,tmp}\"]\n")
        .file("content/a/index.md", "+++\n+++\n")
        .file("content/a/data.xlsx", "x")
        .file("content/a/deep/more.xlsx", "x")
        .file("content/a/plan.graphml", "x")
        .file("content/a/kept.csv", "x")
        .file("content/old/b.md", "+++\n+++\n")
        .file("content/old/_index.md", "+++\n+++\n")
        .file("content/news/notes.md", "no front matter at all")
        .file("content/news/c.md", "+++\n+++\n");
    let built = site.build().clean();
    for gone in
        ["a/data.xlsx", "a/deep/more.xlsx", "a/plan.graphml", "old/b/index.html", "old/index.html", "news/notes/index.html"]
    {
        assert!(!built.has(gone), "{gone}");
    }
    assert!(built.has("a/kept.csv") && built.has("news/c/index.html"));
}

#[test]
fn files_without_an_extension_beside_a_page_are_published() {
    let built = Site::bare("").file("content/a/index.md", "+++\n+++\n").file("content/a/LICENSE", "MIT").build().clean();
    assert_eq!(built.text("a/LICENSE"), "MIT");
}

#[test]
fn a_link_to_an_ignored_page_is_broken_as_one_to_no_page() {
    let site = Site::bare("ignored_content = [\"content/b.md\"]\n").file("content/a.md", "+++\n+++\n[b](@/b.md)\n");
    let built = site.file("content/b.md", "+++\n+++\n").build();
    assert_eq!(built.0.diagnostics.len(), 1, "{:#?}", built.findings());
    assert!(built.findings()[0].starts_with("content/a.md:3:"), "{:?}", built.findings());
}

// Sass

#[test]
fn a_sites_sass_is_compiled_only_when_it_asks_for_it_a_themes_always() {
    let site = Site::bare("theme = \"t\"\n").file("themes/t/theme.toml", "").file("themes/t/templates/x.html", "");
    let site = site.file("themes/t/sass/theme.scss", "a { b { c: d } }").file("sass/own.scss", "a { b: c }");
    let built = site.build().clean();
    assert_eq!(built.text("theme.css").trim(), "a b{c:d}");
    assert!(!built.has("own.css"));
}

#[test]
fn sass_keeps_its_folders_and_both_syntaxes_are_read() {
    let built =
        sass(&[("sass/css/a.scss", "a { b: c }"), ("sass/deep/er/b.sass", "a\n  b: c\n"), ("sass/_p.scss", "x { y: z }")]);
    assert_eq!(built.text("css/a.css").trim(), "a{b:c}");
    assert_eq!(built.text("deep/er/b.css").trim(), "a{b:c}");
    assert!(!built.has("_p.css") && !built.has("p.css"));
}

#[test]
fn partials_are_found_beside_a_file_and_from_the_folder_of_all_sass() {
    let built = sass(&[
        ("sass/_colours.scss", "$red: #f00;"),
        ("sass/parts/_size.scss", "$big: 2em;"),
        ("sass/deep/_near.scss", "$near: 1;"),
        (
            "sass/deep/a.scss",
            "@use 'colours'; @use 'parts/size'; @use 'near'; a { b: colours.$red; c: size.$big; d: near.$near }",
        ),
    ]);
    assert_eq!(built.clean().text("deep/a.css").trim(), "a{b:red;c:2em;d:1}");
}

#[test]
fn the_file_beside_comes_before_the_one_in_the_folder_of_all_sass() {
    let built = sass(&[
        ("sass/_v.scss", "$v: far;"),
        ("sass/deep/_v.scss", "$v: near;"),
        ("sass/deep/a.scss", "@import 'v'; a { b: $v }"),
    ]);
    assert_eq!(built.clean().text("deep/a.css").trim(), "a{b:near}");
}

#[test]
fn sass_knows_math_maps_placeholders_mixins_forward_and_loops() {
    for (scss, css) in [
        ("@use 'sass:math'; a { b: math.div(10px, 4) }", "a{b:2.5px}"),
        ("@use 'sass:map'; $m: (k: v); a { b: map.get($m, k) }", "a{b:v}"),
        ("@use 'sass:color'; a { b: color.adjust(#000, $lightness: 100%) }", "a{b:#fff}"),
        ("%p { x: y } a { @extend %p }", "a{x:y}"),
        ("@mixin m($v: 1) { x: $v } a { @include m(2) } b { @include m }", "a{x:2}b{x:1}"),
        ("@each $k, $v in (p: 1, q: 2) { .#{$k} { x: $v } }", ".p{x:1}.q{x:2}"),
        ("@for $i from 1 through 2 { .n#{$i} { x: $i } }", ".n1{x:1}.n2{x:2}"),
        ("@function twice($v) { @return $v * 2 } a { b: twice(3px) }", "a{b:6px}"),
        ("a { &:hover { b: c } @media (min-width: 1px) { d: e } }", "a:hover{b:c}@media (min-width: 1px){a{d:e}}"),
        ("a { --x: #{1 + 1}; b: var(--x) }", "a{--x: 2;b:var(--x)}"),
        ("// gone\n/* gone */ a { b: c }", "a{b:c}"),
        ("a { b: c; } @supports (display: grid) { a { d: e } }", "a{b:c}@supports (display: grid){a{d:e}}"),
    ] {
        let built = sass(&[("sass/a.scss", scss)]);
        assert_eq!(built.clean().text("a.css").trim(), css, "{scss}");
    }
}

#[test]
fn a_module_passes_on_others_and_can_be_configured() {
    let built = sass(&[
        ("sass/_base.scss", "$colour: red !default; @mixin m { x: $colour }"),
        ("sass/_all.scss", "@forward 'base';"),
        ("sass/a.scss", "@use 'all' with ($colour: blue); a { @include all.m }"),
    ]);
    assert_eq!(built.clean().text("a.css").trim(), "a{x:blue}");
}

#[test]
fn an_index_file_stands_for_its_folder() {
    let built = sass(&[("sass/kit/_index.scss", "k { l: m }"), ("sass/a.scss", "@use 'kit';")]);
    assert_eq!(built.clean().text("a.css").trim(), "k{l:m}");
}

#[test]
fn a_themes_partials_are_its_own() {
    let theme =
        Site::bare("theme = \"t\"\ncompile_sass = true\n").file("themes/t/theme.toml", "").file("themes/t/templates/x.html", "");
    let theme = theme.file("themes/t/sass/_v.scss", "$v: theme;").file("themes/t/sass/main.scss", "@import 'v'; a { b: $v }");
    let built = theme.file("sass/_v.scss", "$v: site;").file("sass/own.scss", "@import 'v'; a { b: $v }").build().clean();
    assert_eq!([built.text("main.css").trim(), built.text("own.css").trim()], ["a{b:theme}", "a{b:site}"]);
}

#[test]
fn a_site_may_use_its_themes_sass() {
    let theme =
        Site::bare("theme = \"t\"\ncompile_sass = true\n").file("themes/t/theme.toml", "").file("themes/t/templates/x.html", "");
    let theme = theme.file("themes/t/sass/_v.scss", "$v: theme;");
    let built = theme.file("sass/own.scss", "@import '../themes/t/sass/v'; a { b: $v }").build().clean();
    assert_eq!(built.text("own.css").trim(), "a{b:theme}");
}

#[test]
fn a_sites_stylesheet_takes_the_place_of_its_themes() {
    let theme =
        Site::bare("theme = \"t\"\ncompile_sass = true\n").file("themes/t/theme.toml", "").file("themes/t/templates/x.html", "");
    let built = theme.file("themes/t/sass/main.scss", "a { b: theme }").file("sass/main.scss", "a { b: site }").build().clean();
    assert_eq!(built.text("main.css").trim(), "a{b:site}");
}

#[test]
fn two_files_of_one_folder_cannot_be_one_stylesheet() {
    let built = sass(&[("sass/a.sass", "a\n  b: c\n"), ("sass/a.scss", "a { b: c }"), ("sass/b/a.scss", "a { b: c }")]);
    let found = built.finds("sass-collision", Severity::Error, "sass/a.scss");
    assert!(found.message.contains("sass/a.sass") && found.message.contains("a.css"));
    assert!(built.has("b/a.css"));
}

#[test]
fn wrong_sass_is_reported_at_its_place_and_the_rest_is_compiled() {
    let built = sass(&[("sass/a.scss", "a {\n  b: $missing;\n}\n"), ("sass/b.scss", "a { b: c }")]);
    built.finds("sass", Severity::Error, "sass/a.scss:2:6");
    assert!(built.has("b.css") && !built.has("a.css"));
}

#[test]
fn a_missing_partial_is_reported_with_the_line_that_asks_for_it() {
    let built = sass(&[("sass/a.scss", "\n@use 'missing';\n")]);
    built.finds("sass", Severity::Error, "sass/a.scss:2:1");
}

// Smaller HTML

const SPACED: &str =
    "<!doctype html>\n<html>\n<body>\n  <p>One\n     two</p>   <!-- gone -->\n  <pre>\n  a  b\n</pre>\n</body>\n</html>\n";

#[test]
fn html_becomes_smaller_when_the_config_asks_for_it() {
    let site = |config| Site::bare(config).file("templates/page.html", SPACED).file("content/a.md", "+++\n+++\n");
    assert_eq!(site("").build().clean().text("a/index.html"), SPACED);
    assert_eq!(
        site("minify_html = true\n").build().clean().text("a/index.html"),
        "<!doctype html><html><body><p>One\ntwo</p>\n<pre>\n  a  b\n</pre>\n</body>\n</html>\n"
    );
}

#[test]
fn html_becomes_smaller_when_the_command_asks_for_it() {
    let site = Site::bare("").file("templates/page.html", SPACED).file("content/a.md", "+++\n+++\n");
    let options = Options { config: "config.toml".into(), minify: true, ..Options::default() };
    let built = Outcome(build(&site.snapshot(), &options)).clean();
    assert!(built.text("a/index.html").len() < SPACED.len());
}

#[test]
fn only_rendered_html_becomes_smaller() {
    let built = Site::bare("minify_html = true\n")
        .file("static/own.html", "<p>a   b</p>")
        .file("templates/robots.txt", "a   b\n\n\nc")
        .file("content/a/index.md", "+++\n+++\n")
        .file("content/a/beside.html", "<p>a   b</p>")
        .build()
        .clean();
    assert_eq!(built.text("own.html"), "<p>a   b</p>");
    assert_eq!(built.text("a/beside.html"), "<p>a   b</p>");
    assert_eq!(built.text("robots.txt"), "a   b\n\n\nc");
    assert!(built.text("sitemap.xml").contains('\n'));
}

#[test]
fn smaller_html_keeps_code_and_non_breaking_spaces_of_markdown() {
    let body = "+++\n+++\n1\u{a0}000 `a  b`\n\n```\nx\n\n  y  z\n```\n";
    let site = |config| Site::bare(config).file("content/a.md", body).build().clean().text("a/index.html").to_owned();
    let (plain, small) = (site(""), site("minify_html = true\n"));
    for kept in ["1\u{a0}000", "<code>a  b</code>", "x\n\n  y  z\n"] {
        assert!(plain.contains(kept) && small.contains(kept), "{kept} in {small}");
    }
}

#[test]
fn charts_are_the_same_in_smaller_html() {
    let site = Site::new().article("a", "2017-01-12", &crate::revenue("2017", "5.0"), "{{ chart(indicator=\"revenue\") }}");
    let options = |minify| Options { config: "config.toml".into(), minify, ..Options::default() };
    let built = |minify| Outcome(build(&site.snapshot(), &options(minify)));
    let svg =
        |html: &str| html.split("<svg").skip(1).map(|svg| svg.split("</svg>").next().unwrap().to_owned()).collect::<Vec<_>>();
    let path = "indicators/revenue/index.html";
    assert_eq!(svg(built(false).text(path)), svg(built(true).text(path)));
}

// On disk

/// A site on disk with what a build reads of it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(config: &str, files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("config.toml", &format!("base_url = \"https://tin.example\"\n{config}"));
        for (path, text) in [("templates/index.html", "home"), ("static/a.txt", "one")].iter().chain(files) {
            folder.write(path, text);
        }
        folder
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // A new file, as editors make one.
        let _ = fs::remove_file(&path);
        fs::write(path, text).unwrap();
    }

    fn config(&self, config: &str) {
        self.write("config.toml", &format!("base_url = \"https://tin.example\"\n{config}"));
    }

    fn built(&self) -> Outcome {
        let sink = Sink::new();
        let snapshot = read_site(self.0.path(), "config.toml", &sink);
        assert!(sink.into_sorted().is_empty());
        Outcome(build(&snapshot, &Options { config: "config.toml".into(), ..Options::default() })).clean()
    }

    fn publish(&self) -> publish::Written {
        let built = self.built().0;
        let options = publish::Options::default();
        publish::write_with(&self.path("public"), &built.outputs, &built.static_sources, self.0.path(), options).unwrap()
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}

#[cfg(unix)]
fn inode(path: &Path) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap())
}

#[test]
fn hidden_files_on_disk_are_read_from_static_folders_only() {
    let folder = Folder::new(
        "theme = \"t\"\n",
        &[
            ("static/.htaccess", "x"),
            ("static/.well-known/security.txt", "x"),
            ("static/deep/.nojekyll", ""),
            ("static/.hidden/a.txt", "x"),
            ("static/.git/config", "x"),
            ("static/deep/.git/config", "x"),
            ("static/.DS_Store", "x"),
            ("themes/t/theme.toml", ""),
            ("themes/t/templates/x.html", ""),
            ("themes/t/static/.theme", "x"),
            ("themes/t/static/.DS_Store", "x"),
            ("themes/t/.git/static/x", "x"),
            ("themes/.x/static/.y", "x"),
            ("content/.secret.md", "no front matter"),
            ("content/a/index.md", "+++\n+++\n"),
            ("content/a/.DS_Store", "x"),
            ("templates/page.html", "page"),
            ("templates/.x.html", "{{ broken"),
        ],
    );
    let built = folder.built();
    for there in [".htaccess", ".well-known/security.txt", "deep/.nojekyll", ".hidden/a.txt", ".theme"] {
        assert!(built.has(there), "{there}");
    }
    for gone in [".git/config", "deep/.git/config", ".DS_Store", "a/.DS_Store"] {
        assert!(!built.has(gone), "{gone}");
    }
}

#[test]
#[cfg(unix)]
fn a_static_file_and_its_output_can_be_one_file() {
    let folder = Folder::new("hard_link_static = true\n", &[("static/deep/b.txt", "two")]);
    folder.publish();
    for path in ["a.txt", "deep/b.txt"] {
        assert_eq!(inode(&folder.path(&format!("static/{path}"))), inode(&folder.path(&format!("public/{path}"))), "{path}");
    }
    let again = folder.publish();
    assert_eq!(again.written, 0);
    assert_eq!(inode(&folder.path("static/a.txt")), inode(&folder.path("public/a.txt")));
}

#[test]
#[cfg(unix)]
fn without_the_key_a_static_file_is_copied() {
    let folder = Folder::new("", &[]);
    folder.publish();
    assert_ne!(inode(&folder.path("static/a.txt")), inode(&folder.path("public/a.txt")));
    assert_eq!(folder.publish().written, 0);
}

#[test]
#[cfg(unix)]
fn the_next_build_writes_through_no_link() {
    let folder = Folder::new("hard_link_static = true\n", &[]);
    folder.publish();
    fs::hard_link(folder.path("static/a.txt"), folder.path("kept")).unwrap();
    folder.write("static/a.txt", "new");
    folder.publish();
    assert_eq!([folder.text("kept"), folder.text("public/a.txt"), folder.text("static/a.txt")], ["one", "new", "new"]);
    assert_eq!(inode(&folder.path("static/a.txt")), inode(&folder.path("public/a.txt")));
    // A page takes the place of the static file: the source stays.
    folder.config("hard_link_static = true\nignored_static = [\"a.txt\"]\n");
    folder.publish();
    assert!(!folder.path("public/a.txt").exists());
    assert_eq!(folder.text("static/a.txt"), "new");
}

#[test]
#[cfg(unix)]
fn links_come_and_go_with_the_key_though_no_byte_differs() {
    let folder = Folder::new("", &[]);
    folder.publish();
    folder.config("hard_link_static = true\n");
    assert_eq!(folder.publish().written, 1);
    assert_eq!(inode(&folder.path("static/a.txt")), inode(&folder.path("public/a.txt")));
    folder.config("");
    assert_eq!(folder.publish().written, 1);
    assert_ne!(inode(&folder.path("static/a.txt")), inode(&folder.path("public/a.txt")));
}

#[test]
#[cfg(unix)]
fn a_linked_source_keeps_its_mode_and_one_that_not_all_may_read_is_copied() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("hard_link_static = true\n", &[("static/run.sh", "x"), ("static/mine.txt", "x")]);
    let mode = |path: &str| fs::metadata(folder.path(path)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(folder.path("static/run.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(folder.path("static/mine.txt"), fs::Permissions::from_mode(0o600)).unwrap();
    for _ in 0..2 {
        folder.publish();
        assert_eq!([mode("static/run.sh"), mode("static/mine.txt"), mode("public/mine.txt")], [0o755, 0o600, 0o644]);
        folder.write("static/a.txt", "changed, so that a new tree is made");
    }
    folder.config("");
    folder.publish();
    assert_eq!([mode("static/run.sh"), mode("public/run.sh")], [0o755, 0o644]);
}

#[test]
#[cfg(unix)]
fn a_source_that_changed_since_it_was_read_is_not_linked() {
    let folder = Folder::new("hard_link_static = true\n", &[]);
    let built = folder.built().0;
    folder.write("static/a.txt", "later");
    let write = || {
        publish::write_with(&folder.path("public"), &built.outputs, &built.static_sources, folder.0.path(), Default::default())
    };
    write().unwrap();
    assert_eq!(folder.text("public/a.txt"), "one");
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_in_static_becomes_a_file_of_its_own() {
    let folder = Folder::new("hard_link_static = true\n", &[("static/real.txt", "x")]);
    std::os::unix::fs::symlink("real.txt", folder.path("static/link.txt")).unwrap();
    folder.publish();
    assert!(!fs::symlink_metadata(folder.path("public/link.txt")).unwrap().is_symlink());
    assert_eq!(folder.text("public/link.txt"), "x");
}

#[test]
#[cfg(unix)]
fn a_themes_static_files_are_copied_whatever_the_key_says() {
    let theme = [("themes/t/theme.toml", ""), ("themes/t/templates/x.html", ""), ("themes/t/static/t.txt", "x")];
    let folder = Folder::new("theme = \"t\"\nhard_link_static = true\n", &theme);
    folder.publish();
    assert_ne!(inode(&folder.path("themes/t/static/t.txt")), inode(&folder.path("public/t.txt")));
}

#[test]
fn hidden_files_of_others_in_the_output_stay_with_the_key_and_without_even_by_force() {
    for config in ["", "preserve_dotfiles_in_output = true\n", "preserve_dotfiles_in_output = false\n"] {
        let folder = Folder::new(config, &[("public/.git/HEAD", "ref"), ("public/.nojekyll", ""), ("public/other.txt", "x")]);
        let write = |force| {
            let built = folder.built().0;
            let options = publish::Options { force, ..Default::default() };
            publish::write_with(&folder.path("public"), &built.outputs, &built.static_sources, folder.0.path(), options)
        };
        assert!(write(false).is_err(), "a folder of others is not taken over without force");
        for force in [true, false, true] {
            write(force).unwrap();
            assert_eq!([folder.text("public/.git/HEAD"), folder.text("public/other.txt")], ["ref", "x"]);
            assert!(folder.path("public/.nojekyll").exists() && folder.path("public/index.html").exists());
        }
    }
}

#[test]
fn a_sass_file_that_is_not_utf8_is_reported_and_stops_nothing_else() {
    let site = Site::bare("compile_sass = true")
        .file("sass/a.scss", "@import 'part';")
        .file("sass/b.scss", "b { color: red }")
        .bytes("sass/_part.scss", b"a { font-size\xff: 1px }");
    let built = site.build();
    built.finds("not-utf8", Severity::Error, "sass/_part.scss:1:14");
    assert!(built.has("b.css"));
}
