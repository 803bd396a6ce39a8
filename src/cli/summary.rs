//! Counts in words.

use std::time::Duration;

use crate::build::Stats;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::SitePath;

/// "1 page", "2 pages".
pub(super) fn count(number: usize, one: &str) -> String {
    let many = if let Some(stem) = one.strip_suffix('y') { format!("{stem}ies") } else { format!("{one}s") };
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// "84 pages, 6 sections, 36 indicators (210 observations)".
pub(super) fn stats(stats: &Stats) -> String {
    let (pages, sections) = (count(stats.pages, "page"), count(stats.sections, "section"));
    let (indicators, observations) = (count(stats.indicators, "indicator"), count(stats.observations, "observation"));
    format!("{pages}, {sections}, {indicators} ({observations})")
}

/// "0.4 s"; milliseconds below a tenth of a second.
pub(super) fn seconds(took: Duration) -> String {
    if took.as_millis() < 100 { format!("{} ms", took.as_millis()) } else { format!("{:.1} s", took.as_secs_f64()) }
}

/// "3 errors, 2 warnings", or `None` if there is nothing to say.
pub(super) fn findings(diagnostics: &[Diagnostic]) -> Option<String> {
    let number = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let parts: Vec<String> = [(number(Severity::Error), "error"), (number(Severity::Warning), "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many orphan pages to name.
const NAMED: usize = 5;

/// "2 orphan pages, in no section: content/a/b.md, content/a/c.md", or `None` without any.
pub(super) fn orphans(orphans: &[SitePath]) -> Option<String> {
    let named: Vec<&str> = orphans.iter().take(NAMED).map(SitePath::as_str).collect();
    let more = orphans.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let pages = count(orphans.len(), "orphan page");
    (!orphans.is_empty()).then(|| format!("{pages}, in no section since the folder has no _index.md: {}{more}", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_well() {
        let counted = Stats { pages: 84, sections: 1, indicators: 36, observations: 210, corrections: 0 };
        assert_eq!(stats(&counted), "84 pages, 1 section, 36 indicators (210 observations)");
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_millis(42)), "42 ms");
        let found = [Diagnostic::error("a", "x"), Diagnostic::error("b", "x"), Diagnostic::warning("c", "x")];
        assert_eq!(findings(&found).unwrap(), "2 errors, 1 warning");
        assert_eq!(findings(&[]), None);
    }
}
