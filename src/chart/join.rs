use std::collections::BTreeMap;

use super::label::Spot;
use super::layout::UNIT;
use super::plot::Mark;
use super::time::{kind_of, steps_between};
use crate::indicator::Definition;

/// How two values of a line are joined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Join {
    /// Neighbouring periods.
    Solid,
    /// Periods are missing between them, as nearly everywhere in an irregular series.
    Bridge,
    /// A period is missing in a series that is regular: the line has a gap.
    Gap,
}

/// The pairs of marks, as indices, that stand next to each other in a series of like periods without a break
/// between them, and how they are joined. Limits, ranges and targets are never joined.
pub(super) fn joins(marks: &[Mark<'_>], definition: &Definition) -> Vec<(usize, usize, Join)> {
    let mut pairs = Vec::new();
    let mut last_of_kind = BTreeMap::new();
    let mut last_break = None;
    for (to, mark) in marks.iter().enumerate().filter(|(_, mark)| !mark.is_target()) {
        if mark.is_break() {
            last_break = Some(to);
        }
        let before = last_of_kind.insert(kind_of(mark.period), (to, mark));
        let Some((from, before)) = before.filter(|(from, _)| last_break.is_none_or(|at| at <= *from)) else { continue };
        if before.is_definite() && mark.is_definite() {
            pairs.push((from, to, steps_between(before.period, mark.period)));
        }
    }
    let step = regular_step(definition, &pairs);
    let join = |steps: i64| match step {
        Some(step) if steps > step => Join::Gap,
        None if steps > 1 => Join::Bridge,
        _ => Join::Solid,
    };
    pairs.into_iter().map(|(from, to, steps)| (from, to, join(steps))).collect()
}

/// The distance of neighbours that at least half of the pairs have; `None` for an irregular series.
/// A distance of several periods counts only where the indicator names no frequency and enough pairs show it.
fn regular_step(definition: &Definition, pairs: &[(usize, usize, i64)]) -> Option<i64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for (_, _, steps) in pairs {
        *counts.entry(*steps).or_default() += 1;
    }
    if counts.get(&1).copied().unwrap_or(0) * 2 >= pairs.len() {
        return Some(1);
    }
    let (commonest, count) = counts.into_iter().max_by_key(|(steps, count)| (*count, -*steps))?;
    let unnamed = definition.freq.is_none();
    (unnamed && pairs.len() >= 3 && count * 2 >= pairs.len()).then_some(commonest)
}

/// Of the points of a line no more than the first, the highest, the lowest and the last of each unit across: drawn, they
/// look as all of them would.
pub(super) fn thinned(points: &[Spot]) -> Vec<Spot> {
    let mut thin: Vec<Spot> = Vec::new();
    for column in points.chunk_by(|(ax, _), (bx, _)| ax / UNIT == bx / UNIT) {
        let last = column.len() - 1;
        let highest = column.iter().enumerate().min_by_key(|(_, (_, y))| *y).map_or(0, |(at, _)| at);
        let lowest = column.iter().enumerate().max_by_key(|(_, (_, y))| *y).map_or(0, |(at, _)| at);
        let mut kept = [0, highest, lowest, last];
        kept.sort_unstable();
        for (i, at) in kept.iter().enumerate() {
            if i == 0 || kept.get(i - 1) != Some(at) {
                thin.extend(column.get(*at));
            }
        }
    }
    thin
}
