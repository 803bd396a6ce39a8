//! Asks for every address of another site that a page links to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::address::{authority, scheme, split_fragment};
use super::anchors::{element, has_anchor};
use super::asking::{Asking, Verdict};
use super::gates::Gates;
use super::inside::path_inside;
use super::memory::Memory;
use super::places::places;
use crate::build::Links;
use crate::diagnostic::{Diagnostic, Severity};
use crate::net::{Client, TIMEOUT};
use crate::text::Place;

/// When so many hosts are not reached and no other is, the fault is here.
const SEVERAL: usize = 3;

/// How fast other machines are asked.
#[derive(Clone, Debug)]
pub struct Pace {
    /// How long a host is left alone between two questions.
    pub pause: Duration,
    /// How long to wait before each further try.
    pub waits: Vec<Duration>,
    /// The longest wait that a server may ask for.
    pub longest_wait: Duration,
    /// How long one question may take.
    pub timeout: Duration,
    /// How many hosts are asked at once.
    pub hosts_at_once: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            pause: Duration::from_millis(500),
            waits: vec![Duration::from_secs(1), Duration::from_secs(3)],
            longest_wait: Duration::from_secs(10),
            timeout: TIMEOUT,
            hosts_at_once: 16,
        }
    }
}

/// How far the check has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Status {
    /// How many addresses are done.
    pub done: usize,
    /// How many are to be asked for.
    pub all: usize,
    /// On how many hosts.
    pub hosts: usize,
}

/// What the check gave.
#[derive(Default, Debug)]
pub struct Report {
    /// What was found, not yet in order.
    pub findings: Vec<Diagnostic>,
    /// How many different addresses were asked for.
    pub asked: usize,
    /// How many were good within the last day and so not asked for.
    pub remembered: usize,
}

/// An address, and the links to it by the place on the page that they name.
struct Question {
    url: String,
    links: BTreeMap<Option<String>, Vec<Place>>,
}

impl Question {
    fn names(&self) -> impl Iterator<Item = String> {
        self.links.keys().map(|fragment| match fragment {
            Some(fragment) => format!("{}#{fragment}", self.url),
            None => self.url.clone(),
        })
    }
}

/// Asks once for every address of another site, several hosts at the same time, one question at a time to each.
pub fn check_outside(links: &Links, memory: &mut Memory, pace: &Pace, tell: &(dyn Fn(Status) + Sync)) -> Report {
    let (known, questions): (Vec<Question>, Vec<Question>) =
        questions(links).into_iter().partition(|question| question.names().all(|name| memory.knows(&name)));
    let mut by_host: BTreeMap<String, Vec<Question>> = BTreeMap::new();
    let all = questions.len();
    for question in questions {
        by_host.entry(authority(&question.url).unwrap_or_default()).or_default().push(question);
    }
    let hosts = by_host.len();
    let mut queue: Vec<Vec<Question>> = by_host.into_values().collect();
    // The longest is begun first, since it ends last.
    queue.sort_by_key(Vec::len);
    let (queue, answered) = (Mutex::new(queue), Mutex::new(Vec::with_capacity(all)));
    let done = AtomicUsize::new(0);
    if all > 0 {
        tell(Status { done: 0, all, hosts });
        let asking = Asking { client: Client::new(pace.timeout), gates: Gates::new(pace.pause), pace };
        let work = || {
            let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
            while let Some(of_host) = next() {
                let mut unreachable: Option<String> = None;
                for question in of_host {
                    let page_wanted = question.links.keys().any(Option::is_some);
                    let verdict =
                        unreachable.clone().map_or_else(|| asking.verdict(&question.url, page_wanted), Verdict::Unreachable);
                    if let Verdict::Unreachable(reason) = &verdict {
                        unreachable = Some(reason.clone());
                    }
                    answered.lock().unwrap_or_else(PoisonError::into_inner).push((question, verdict));
                    tell(Status { done: done.fetch_add(1, Ordering::Relaxed) + 1, all, hosts });
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..hosts.min(pace.hosts_at_once.max(1)) {
                scope.spawn(work);
            }
        });
    }
    let severity = links.checker.external.into();
    let mut report = Report { asked: all, remembered: known.len(), ..Report::default() };
    let answered = answered.into_inner().unwrap_or_else(PoisonError::into_inner);
    if hosts >= SEVERAL && answered.iter().all(|(_, verdict)| matches!(verdict, Verdict::Unreachable(_))) {
        let message = format!("none of the {hosts} hosts that the site links to is reached");
        let diagnostic = Diagnostic::error("no-network", message);
        report.findings.push(diagnostic.help("connect this machine to the network, or check without --external"));
        return report;
    }
    for (question, verdict) in answered {
        let found = findings(&question, &verdict, severity);
        let bad: BTreeSet<Option<&str>> = found.iter().map(|(fragment, _)| *fragment).collect();
        if matches!(verdict, Verdict::Good(_)) {
            let names = question.names().zip(question.links.keys()).filter(|(_, fragment)| !bad.contains(&fragment.as_deref()));
            names.for_each(|(name, _)| memory.keep(name));
        }
        report.findings.extend(found.into_iter().map(|(_, diagnostic)| diagnostic));
    }
    report
}

/// Every address that the site wants checked, with all links to it.
fn questions(links: &Links) -> Vec<Question> {
    let checker = &links.checker;
    let starts = |url: &str, prefixes: &[String]| prefixes.iter().any(|prefix| url.starts_with(prefix.as_str()));
    let mut asked: BTreeMap<String, BTreeMap<Option<String>, Vec<Place>>> = BTreeMap::new();
    for page in &links.pages {
        let file = page.source.path.below("content").unwrap_or_default();
        if checker.ignored_files.matches(file) {
            continue;
        }
        for (link, place) in places(page) {
            let (url, fragment) = split_fragment(&link.url);
            let whole = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
            let of_web = scheme(&whole).is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https"));
            let skipped = starts(&link.url, &checker.skip_prefixes) || path_inside(url, &links.base_url, &page.path).is_some();
            if !of_web || skipped {
                continue;
            }
            let fragment =
                fragment.and_then(element).filter(|_| !link.image && !starts(&link.url, &checker.skip_anchor_prefixes));
            asked.entry(whole).or_default().entry(fragment.map(str::to_owned)).or_default().push(place);
        }
    }
    asked.into_iter().map(|(url, links)| Question { url, links }).collect()
}

/// What an answer says about the links to an address.
fn findings<'a>(question: &'a Question, verdict: &Verdict, severity: Severity) -> Vec<(Option<&'a str>, Diagnostic)> {
    let url = &question.url;
    let every = |code, severity, reason: &str, help: &str| {
        let places: Vec<&Place> = question.links.values().flatten().collect();
        let message = format!("{url}: {reason}");
        vec![(None, at_all(Diagnostic { severity, ..Diagnostic::error(code, message).help(help) }, places))]
    };
    match verdict {
        Verdict::Broken(reason, help) => every("broken-external-link", severity, reason, help),
        Verdict::Unreachable(reason) => {
            let help = "check the name in the address and your own connection; if the site is gone, take the link out";
            every("broken-external-link", severity, reason, help)
        }
        Verdict::Unknown(reason, help) => every("external-link-not-checked", Severity::Warning, reason, help),
        Verdict::Good(None) => Vec::new(),
        Verdict::Good(Some(page)) => {
            let named = question.links.iter().filter_map(|(fragment, places)| Some((fragment.as_deref()?, places)));
            let missing = named.filter(|(name, _)| !has_anchor(page, name));
            let found = missing.map(|(name, places)| {
                let message = format!("{url}: nothing on this page has the id `{name}`");
                let help = "correct the part after `#` or leave it out; if a script makes the page in the browser, add the address to `skip_anchor_prefixes` under `[link_checker]`";
                let diagnostic = Diagnostic::error("broken-external-anchor", message).help(help);
                (Some(name), at_all(Diagnostic { severity, ..diagnostic }, places.iter().collect()))
            });
            found.collect()
        }
    }
}

/// Points at the first of several places, and says that the others are of the same kind.
fn at_all(diagnostic: Diagnostic, mut places: Vec<&Place>) -> Diagnostic {
    places.sort_by(|a, b| (&a.source.path, a.span).cmp(&(&b.source.path, b.span)));
    let mut places = places.into_iter().cloned();
    let Some(first) = places.next() else { return diagnostic };
    places.fold(diagnostic.at_place(first), |diagnostic, place| diagnostic.with(place, "linked here, too"))
}
