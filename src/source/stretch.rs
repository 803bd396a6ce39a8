use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A stretch of time: at every moment of it, the moments that a build asked about have come or not just as they had then.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stretch {
    /// Its first moment; none if it has always been so.
    pub since: Option<Timestamp>,
    /// The first moment after it; none if it stays so.
    pub until: Option<Timestamp>,
}

impl Stretch {
    /// Whether a moment lies in it.
    pub fn contains(&self, moment: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= moment) && self.until.is_none_or(|until| moment < until)
    }

    /// What lies in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let later = |a: Option<Timestamp>, b: Option<Timestamp>| a.max(b);
        let sooner = |a: Option<Timestamp>, b: Option<Timestamp>| a.into_iter().chain(b).min();
        Self { since: later(self.since, other.since), until: sooner(self.until, other.until) }
    }

    /// Where it is asked at `now` whether a moment has come.
    pub(super) fn asked(moment: Timestamp, now: Timestamp) -> Self {
        if moment <= now { Self { since: Some(moment), until: None } } else { Self { since: None, until: Some(moment) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_where_the_next_moment_comes_and_begins_where_the_last_one_came() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let asked = [10, 20, 30, 40].map(|moment| Stretch::asked(at(moment), at(30)));
        let all = asked.into_iter().fold(Stretch::default(), Stretch::and);
        assert_eq!(all, Stretch { since: Some(at(30)), until: Some(at(40)) });
        assert!(all.contains(at(30)) && all.contains(at(39)) && !all.contains(at(40)) && !all.contains(at(29)));
        assert!(Stretch::default().contains(at(0)));
    }
}
