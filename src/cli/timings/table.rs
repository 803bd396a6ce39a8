use std::collections::BTreeMap;
use std::time::Duration;

use super::{Timings, Work};

/// So many pages and templates are named.
const NAMED: usize = 10;

/// The renders of one template.
#[derive(Default)]
struct Renders {
    count: u32,
    total: Duration,
    longest: Duration,
}

impl Timings {
    /// The stages, the slowest pages, the slowest templates.
    pub(in crate::cli) fn table(&self) -> String {
        let mut out = self.of_stages();
        let mut renders: Vec<(&str, &str, Duration)> = Vec::new();
        for span in &self.spans {
            if let Work::Render { path, template } = &span.work {
                renders.push((path, template, span.took));
            }
        }
        let all: Duration = renders.iter().map(|(_, _, took)| *took).sum();
        if !renders.is_empty() {
            out.push_str(&of_pages(&mut renders));
            out.push_str(&of_templates(&renders, all));
        }
        out
    }

    fn of_stages(&self) -> String {
        let all = self.stages.last().map(|stage| stage.end).unwrap_or_default();
        let width = self.stages.iter().map(|stage| stage.name.len()).max().unwrap_or_default().max(12);
        let mut out = format!("\n{:width$}  {:>10}  {:>6}\n", "stage", "time", "share");
        for stage in &self.stages {
            let took = stage.end.saturating_sub(stage.begin);
            out.push_str(&format!("{:width$}  {:>10}  {:>6}\n", stage.name, ms(took), share(took, all)));
        }
        out.push_str(&format!("{:width$}  {:>10}\n", "all", ms(all)));
        let write = |work: &Work| matches!(work, Work::Write { .. });
        let kinds: [(&str, fn(&Work) -> bool); 5] = [
            ("Markdown", |work| matches!(work, Work::Body { .. })),
            ("templates", |work| matches!(work, Work::Render { .. })),
            ("files of data", |work| matches!(work, Work::Data { .. })),
            ("pictures", |work| matches!(work, Work::Picture { .. })),
            ("writing files", write),
        ];
        let of_kind = |is: fn(&Work) -> bool| self.spans.iter().filter(|span| is(&span.work)).map(|span| span.took).sum();
        let kinds: Vec<String> = kinds
            .into_iter()
            .map(|(name, is)| (name, of_kind(is)))
            .filter(|(_, took): &(&str, Duration)| !took.is_zero())
            .map(|(name, took)| format!("{name} {}", ms(took)))
            .collect();
        if !kinds.is_empty() {
            out.push_str(&format!("on all threads together: {}\n", kinds.join(", ")));
        }
        out
    }
}

fn of_pages(renders: &mut [(&str, &str, Duration)]) -> String {
    renders.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(b.0)));
    let slowest = || renders.iter().take(NAMED);
    let width = slowest().map(|(path, ..)| path.chars().count()).max().unwrap_or_default().max(13);
    let mut out = format!("\n{:width$}  {:>10}  template\n", "slowest pages", "time");
    for (path, template, took) in slowest() {
        out.push_str(&format!("{path:width$}  {:>10}  {template}\n", ms(*took)));
    }
    out
}

fn of_templates(renders: &[(&str, &str, Duration)], all: Duration) -> String {
    let mut templates: BTreeMap<&str, Renders> = BTreeMap::new();
    for (_, template, took) in renders {
        let of_it = templates.entry(template).or_default();
        of_it.count += 1;
        of_it.total += *took;
        of_it.longest = of_it.longest.max(*took);
    }
    let mut templates: Vec<(&str, Renders)> = templates.into_iter().collect();
    templates.sort_by(|a, b| b.1.total.cmp(&a.1.total).then_with(|| a.0.cmp(b.0)));
    let slowest = || templates.iter().take(NAMED);
    let width = slowest().map(|(name, _)| name.chars().count()).max().unwrap_or_default().max(17);
    let [renders, total, part, mean, longest] = ["renders", "total", "share", "mean", "longest"];
    let mut out = format!("\n{:width$}  {renders:>7}  {total:>10}  {part:>6}  {mean:>10}  {longest:>10}\n", "slowest templates");
    for (name, of_it) in slowest() {
        let (total, part, longest) = (ms(of_it.total), share(of_it.total, all), ms(of_it.longest));
        let (count, mean) = (of_it.count, ms(of_it.total / of_it.count.max(1)));
        out.push_str(&format!("{name:width$}  {count:>7}  {total:>10}  {part:>6}  {mean:>10}  {longest:>10}\n"));
    }
    out
}

/// "12.3 ms"; hundredths below ten milliseconds.
fn ms(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1_000.0;
    if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.1} ms") }
}

fn share(part: Duration, of: Duration) -> String {
    format!("{:.1} %", 100.0 * part.as_secs_f64() / of.as_secs_f64().max(f64::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::super::{Span, Stage};
    use super::*;

    const fn at(micros: u64) -> Duration {
        Duration::from_micros(micros)
    }

    #[test]
    fn stages_pages_and_templates_stand_in_columns_the_slowest_first() {
        let stage = |name, begin, end| Stage { name, begin: at(begin), end: at(end) };
        let render = |path: &str, template: &str, took| Span {
            work: Work::Render { path: path.to_owned(), template: template.to_owned() },
            thread: 1,
            begin: at(0),
            took: at(took),
        };
        let timings = Timings {
            stages: vec![stage("reading", 0, 25_000), stage("rendering", 25_000, 100_000)],
            spans: vec![
                render("a/index.html", "page.html", 10_000),
                render("b/index.html", "page.html", 20_500),
                render("index.html", "index.html", 9_500),
                Span { work: Work::Write { path: "index.html".to_owned() }, thread: 1, begin: at(0), took: at(1_500) },
            ],
        };
        let expected = "
stage               time   share
reading          25.0 ms  25.0 %
rendering        75.0 ms  75.0 %
all             100.0 ms
on all threads together: templates 40.0 ms, writing files 1.50 ms

slowest pages        time  template
b/index.html      20.5 ms  page.html
a/index.html      10.0 ms  page.html
index.html        9.50 ms  index.html

slowest templates  renders       total   share        mean     longest
page.html                2     30.5 ms  76.2 %     15.2 ms     20.5 ms
index.html               1     9.50 ms  23.8 %     9.50 ms     9.50 ms
";
        assert_eq!(timings.table(), expected);
    }

    #[test]
    fn a_build_without_renders_has_stages_only() {
        assert_eq!(Timings::default().table(), "\nstage               time   share\nall              0.00 ms\n");
    }
}
