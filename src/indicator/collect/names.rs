use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{Definition, Observation};
use crate::locale::fold;
use crate::text::Place;

/// Warns of names in breakdowns that differ only by accents or capitals: most likely one thing written in two ways,
/// which would be two series. Names that the indicator lists are meant as they are.
pub(super) fn report_alike(definitions: &BTreeMap<String, Definition>, observations: &[Observation], sink: &Sink) {
    let mut seen: BTreeMap<(&str, &str, String), (&str, &Place)> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for observation in observations {
        let metric = &observation.metric;
        let listed = |dimension: &str, member: &str| {
            let dimensions = definitions.get(&metric.indicator).map(|definition| &definition.dimensions);
            dimensions.and_then(|all| all.get(dimension)).is_some_and(|known| known.members.contains_key(member))
        };
        let dimensions = metric.breakdown.members().map(|(dimension, _)| ("", dimension, false));
        let members = metric.breakdown.members().map(|(dimension, member)| (dimension, member, listed(dimension, member)));
        for (dimension, name, _) in dimensions.chain(members).filter(|(.., listed)| !listed) {
            let key = (metric.indicator.as_str(), dimension, fold(name));
            let (first, place) = *seen.entry(key).or_insert((name, &metric.place));
            if first == name || !told.insert((metric.indicator.as_str(), dimension, name)) {
                continue;
            }
            let message =
                format!("`{name}` and `{first}` in breakdowns of `{}` differ only by accents or capitals", metric.indicator);
            let diagnostic = Diagnostic::warning("names-alike", message).at_place(metric.place.clone());
            let help =
                "write one name in both places; if they are two things, list both in `members` of the indicator's `breakdowns`";
            sink.push(diagnostic.with(place.clone(), "the other name").help(help));
        }
    }
}
