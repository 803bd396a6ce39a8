//! How a build grows with its site: time, memory and the floor beside them.
//!
//! `cargo bench --bench large_site` builds bilingual portals of 1,000 and 5,000 articles; sizes of one's own follow
//! `--`: `cargo bench --bench large_site -- 1000 20000`. Linux only, since it reads `/proc`.
//!
//! An article is two pages, one a language, with eight figures under `[extra]`, terms of three taxonomies, headings, a
//! list and a table; there are a section and its pager per year, a pager per term, and feeds. Every size is built three
//! times into a fresh folder by the real program in a process of its own, and its output is copied by `cp -r`, the
//! floor, between the builds; of the three, the one that took the least processor time counts.
//!
//! - `cpu` is user and system time; on a busy machine it is steadier than `wall`.
//! - `peak` is the most memory that the program had (`VmHWM`), outputs included.
//! - The exponent is that of processor time between two sizes: 1 is linear, 2 quadratic.
//! - Bytes a page are the growth of `peak` by that of pages.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program of its own, at the edge")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

const ROUNDS: usize = 3;

fn main() -> io::Result<()> {
    // `cargo test --all-targets` starts benches, too, to see that they compile.
    if !std::env::args().any(|arg| arg == "--bench") {
        return Ok(());
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 5_000] } else { sizes };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large_site");
    println!("  pages | build: wall    cpu      peak | cp -r: wall    cpu | ratio: wall    cpu | output a page");
    let mut last: Option<(usize, Cost)> = None;
    for articles in sizes {
        let (site, out, copy) = (folder.join("site"), folder.join("out"), folder.join("copy"));
        empty(&folder)?;
        write_site(&site, articles)?;
        let (mut build, mut floor): (Option<Cost>, Option<Cost>) = (None, None);
        for _ in 0..ROUNDS {
            empty(&out)?;
            empty(&copy)?;
            let program = Command::new(env!("CARGO_BIN_EXE_tinso"));
            let built = run(program, &["-r".as_ref(), &site, "build".as_ref(), "-o".as_ref(), &out, "--force".as_ref()])?;
            let copied = run(Command::new("cp"), &["-r".as_ref(), &out, &copy])?;
            build = Some(build.map_or(built, |best| best.or(built)));
            floor = Some(floor.map_or(copied, |best| best.or(copied)));
        }
        let (Some(build), Some(floor)) = (build, floor) else { continue };
        let pages = articles * 2;
        println!(
            "{pages:7} | {:10.2} s {:4.2} s {:5} MB | {:10.2} s {:4.2} s | {:11.1} {:6.1} | {:.1} kB",
            build.wall.as_secs_f64(),
            build.cpu.as_secs_f64(),
            build.peak / 1_000_000,
            floor.wall.as_secs_f64(),
            floor.cpu.as_secs_f64(),
            build.wall.as_secs_f64() / floor.wall.as_secs_f64(),
            build.cpu.as_secs_f64() / floor.cpu.as_secs_f64().max(0.01),
            size(&out)? as f64 / pages as f64 / 1e3,
        );
        if let Some((fewer, smaller)) = last {
            let exponent = (build.cpu.as_secs_f64() / smaller.cpu.as_secs_f64()).ln() / (pages as f64 / fewer as f64).ln();
            let bytes = build.peak.saturating_sub(smaller.peak) as f64 / pages.abs_diff(fewer) as f64;
            println!(
                "        | from {fewer} to {pages} pages: exponent of cpu {exponent:.2}, {:.1} kB of memory a page",
                bytes / 1e3
            );
        }
        last = Some((pages, build));
    }
    fs::remove_dir_all(&folder)
}

/// What a program took.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    /// Bytes.
    peak: u64,
}

impl Cost {
    fn or(self, other: Self) -> Self {
        if other.cpu < self.cpu { other } else { self }
    }
}

/// Runs a program to its end; a failing one is an error.
fn run(mut program: Command, args: &[&Path]) -> io::Result<Cost> {
    let start = Instant::now();
    let mut child = program.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let (cpu, peak) = watch(&child)?;
    let wall = start.elapsed();
    if child.wait()?.success() {
        Ok(Cost { wall, cpu, peak })
    } else {
        Err(io::Error::other(format!("this failed: {program:?}")))
    }
}

/// Waits until a program has ended, without taking its entry out of `/proc`; gives its processor time and peak memory.
fn watch(child: &Child) -> io::Result<(Duration, u64)> {
    let entry = Path::new("/proc").join(child.id().to_string());
    let mut peak = 0;
    loop {
        let status = fs::read_to_string(entry.join("status"))?;
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim_end_matches("kB").trim().parse().ok());
        peak = kilobytes.map_or(peak, |kilobytes: u64| kilobytes * 1024);
        let stat = fs::read_to_string(entry.join("stat"))?;
        // After the name in parentheses: the state, and as the 12th and 13th the ticks of a hundredth second.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        if fields.first() == Some(&"Z") {
            let ticks: u64 = fields.iter().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
            return Ok((Duration::from_millis(ticks * 10), peak));
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn size(path: &Path) -> io::Result<u64> {
    if !path.is_dir() {
        return Ok(fs::metadata(path)?.len());
    }
    fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum()
}

/// The words of a language.
struct Words {
    /// What stands before `.md` in the names of its files.
    suffix: &'static str,
    agencies: [&'static str; 5],
    topics: [&'static str; 4],
    tag: &'static str,
    figures: [(&'static str, &'static str); 8],
    sentences: [&'static str; 4],
    heading: &'static str,
}

const LANGUAGES: [Words; 2] = [
    Words {
        suffix: "",
        agencies: ["Bộ Tài chính", "Bộ Y tế", "Tổng cục Thống kê", "Cục Viễn thông", "Văn phòng Chính phủ"],
        topics: ["Kinh tế", "Y tế", "Viễn thông", "Giáo dục"],
        tag: "chỉ tiêu",
        figures: [
            ("Doanh thu", "tỷ đồng"),
            ("Thuê bao điện thoại", "thuê bao"),
            ("Hồ sơ trực tuyến", "%"),
            ("Mật độ Internet", "/100 dân"),
            ("Vốn đầu tư", "tỷ đồng"),
            ("Xuất khẩu", "triệu USD"),
            ("Tỷ lệ giải ngân", "%"),
            ("Doanh nghiệp mới", "doanh nghiệp"),
        ],
        sentences: [
            "Trong kỳ, doanh thu toàn ngành đạt # tỷ đồng, tăng mạnh so với cùng kỳ năm trước và vượt kế hoạch được giao.",
            "Đến cuối kỳ có # thuê bao, **cao hơn** mức bình quân chung của cả nước và của các địa phương lân cận.",
            "Theo [niên giám](https://thongke.example.vn/#), số hồ sơ giải quyết trực tuyến tiếp tục tăng so với kỳ trước.",
            "Các đơn vị đã giải ngân # tỷ đồng vốn đầu tư công, tập trung vào những dự án hạ tầng *trọng điểm* của tỉnh.",
        ],
        heading: "Kết quả chính",
    },
    Words {
        suffix: ".en",
        agencies: ["Ministry of Finance", "Ministry of Health", "Statistics Office", "Telecoms Authority", "Government Office"],
        topics: ["Economy", "Health", "Telecoms", "Education"],
        tag: "target",
        figures: [
            ("Revenue", "billion VND"),
            ("Phone subscribers", "subscribers"),
            ("Online dossiers", "%"),
            ("Internet density", "/100 people"),
            ("Investment", "billion VND"),
            ("Exports", "million USD"),
            ("Disbursement rate", "%"),
            ("New companies", "companies"),
        ],
        sentences: [
            "In the period, revenue of the sector reached # billion VND, well above the year before and above the plan.",
            "At its end there were # subscribers, **more** than the average of the country and of the provinces around.",
            "The [yearbook](https://thongke.example.vn/#) shows that ever more dossiers were settled online than before.",
            "Agencies have spent # billion VND of public investment, most of it on *major* projects of infrastructure.",
        ],
        heading: "Main results",
    },
];

const YEARS: std::ops::Range<usize> = 2016..2026;

const TAXONOMIES: &str = r#"taxonomies = [
  { name = "agencies", paginate_by = 20 }, { name = "topics", paginate_by = 20 }, { name = "tags", paginate_by = 20, feed = true },
]"#;

const TEMPLATES: [(&str, &str); 7] = [
    (
        "base.html",
        r#"<!DOCTYPE html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{% block title %}{{ config.title }}{% endblock title %}</title>
<link rel="stylesheet" href="{{ get_url(path="site.css") }}"></head>
<body><header><nav><ul>{% for year in config.extra.years %}
<li><a href="{{ get_url(path=year, lang=lang) }}">{{ year }}</a></li>{% endfor %}</ul></nav></header>
<main>{% block content %}{% endblock content %}</main></body></html>
"#,
    ),
    (
        "card.html",
        r#"<article><h2><a href="{{ page.permalink }}">{{ page.title }}</a></h2>
<p><time datetime="{{ page.date }}">{{ page.date | date(format="%d/%m/%Y") }}</time> {{ page.description }}</p>
<p>{{ page.extra.metrics[0].label }}: {{ page.extra.metrics[0].value }}</p></article>
"#,
    ),
    (
        "page.html",
        r#"{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock title %}
{% block content %}<h1>{{ page.title }}</h1><p>{{ page.date | date(format="%d/%m/%Y") }}</p><ul>
{% for kind in ["agencies", "topics", "tags"] %}{% for term in page.taxonomies[kind] %}
<li><a href="{{ get_taxonomy_url(kind=kind, term=term) }}">{{ term }}</a></li>{% endfor %}{% endfor %}</ul>
{{ page.content | safe }}
<table>{% for m in page.extra.metrics %}
<tr><th>{{ m.label }}</th><td>{{ m.period }}</td><td>{{ m.value }}</td><td>{{ m.unit }}</td><td>{{ m.change }}%</td></tr>
{% endfor %}</table>
{% for other in page.translations %}<a hreflang="{{ other.lang }}" href="{{ other.permalink }}">{{ other.title }}</a>{% endfor %}
{% if page.higher %}<a rel="prev" href="{{ page.higher.permalink }}">{{ page.higher.title }}</a>{% endif %}
{% if page.lower %}<a rel="next" href="{{ page.lower.permalink }}">{{ page.lower.title }}</a>{% endif %}
{% set topic = get_taxonomy_term(kind="topics", term=page.taxonomies.topics[0]) %}<ul>{% for other in topic.pages[:6] %}
<li><a href="{{ other.permalink }}">{{ other.title }}</a></li>{% endfor %}</ul>{% endblock content %}
"#,
    ),
    (
        "index.html",
        r#"{% extends "base.html" %}{% block content %}{% for page in section.pages[:20] %}{% include "card.html" %}{% endfor %}
{% endblock content %}
"#,
    ),
    (
        "section.html",
        r#"{% extends "base.html" %}{% block content %}<h1>{{ section.title }}</h1>
{% for page in paginator.pages %}{% include "card.html" %}{% endfor %}
{% if paginator.next %}<a rel="next" href="{{ paginator.next }}">›</a>{% endif %}{% endblock content %}
"#,
    ),
    (
        "taxonomy_list.html",
        r#"{% extends "base.html" %}{% block content %}<ul>{% for term in terms %}
<li><a href="{{ term.permalink }}">{{ term.name }}</a> ({{ term.page_count }})</li>{% endfor %}</ul>{% endblock content %}
"#,
    ),
    (
        "taxonomy_single.html",
        r#"{% extends "base.html" %}{% block content %}<h1>{{ term.name }}</h1>
{% for page in paginator.pages %}{% include "card.html" %}{% endfor %}
{% if paginator.next %}<a rel="next" href="{{ paginator.next }}">›</a>{% endif %}{% endblock content %}
"#,
    ),
];

/// Writes a portal of so many articles, the same one every time.
fn write_site(site: &Path, articles: usize) -> io::Result<()> {
    let write = |name: &str, text: &str| {
        let path = site.join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    };
    let years: Vec<String> = YEARS.map(|year| format!("\"{year}\"")).collect();
    let config = format!(
        "base_url = \"https://tin.example.vn\"\ntitle = \"Tin\"\ndefault_language = \"vi\"\ngenerate_feeds = true\n\
         feed_limit = 20\n{TAXONOMIES}\n[languages.en]\ntitle = \"News\"\ngenerate_feeds = true\n{TAXONOMIES}\n\
         [extra]\nyears = [{}]\n",
        years.join(", ")
    );
    write("config.toml", &config)?;
    write("static/site.css", "body { margin: 0 }\n")?;
    for (name, text) in TEMPLATES {
        write(&format!("templates/{name}"), text)?;
    }
    for words in &LANGUAGES {
        let suffix = words.suffix;
        write(&format!("content/_index{suffix}.md"), "+++\nsort_by = \"date\"\n+++\n")?;
        for year in YEARS {
            let front = format!("+++\ntitle = \"{year}\"\nsort_by = \"date\"\npaginate_by = 20\ntransparent = true\n+++\n");
            write(&format!("content/{year}/_index{suffix}.md"), &front)?;
        }
        for article in 0..articles {
            let year = YEARS.start + article % YEARS.len();
            write(&format!("content/{year}/bai-{article:06}{suffix}.md"), &article_text(words, article, year))?;
        }
    }
    Ok(())
}

fn article_text(words: &Words, article: usize, year: usize) -> String {
    let mut chance = Chance(article as u64);
    let agency = chance.of(&words.agencies);
    let topic = chance.of(&words.topics);
    let (tag, first, second) = (words.tag, chance.below(200), chance.below(200));
    let (month, day, hour) = (chance.below(12) + 1, chance.below(28) + 1, chance.below(24));
    let mut text = format!(
        "+++\ntitle = \"{agency}: {topic} {year} ({article})\"\ndescription = \"{agency}, {topic}, {year}.\"\n\
         date = {year}-{month:02}-{day:02}T{hour:02}:00:00Z\n[taxonomies]\nagencies = [\"{agency}\"]\n\
         topics = [\"{topic}\"]\ntags = [\"{tag} {first}\", \"{tag} {second}\"]\n[extra]\nissue = {article}\n"
    );
    for (at, (label, unit)) in words.figures.iter().enumerate() {
        let (value, change, target) = (chance.below(99_999), chance.below(30), chance.below(120_000));
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "[[extra.metrics]]\nid = \"m{at}\"\nlabel = \"{label}\"\nunit = \"{unit}\"\nperiod = \"{year}\"\n\
             value = {value}.5\nchange = {change}.1\ntarget = {target}.2\n"
        );
    }
    text.push_str("+++\n");
    for part in 0..3 {
        let heading = words.heading;
        let _ = write!(text, "\n## {heading} {part}\n\n");
        for paragraph in 0..3 {
            let prefix = if paragraph == 2 { "- " } else { "" };
            let _ = write!(text, "{prefix}{} {}\n\n", chance.sentence(words), chance.sentence(words));
        }
    }
    text.push_str("| | 1 | 2 | 3 | 4 |\n|---|---:|---:|---:|---:|\n");
    for (label, _) in words.figures.iter().take(6) {
        let _ = writeln!(text, "| {label} | {} | {} | {} | 4 |", chance.below(9999), chance.below(9999), chance.below(9999));
    }
    text
}

/// Numbers that look random and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }

    fn sentence(&mut self, words: &Words) -> String {
        let number = self.below(2_000_000).to_string();
        self.of(&words.sentences).replace('#', &number)
    }
}
