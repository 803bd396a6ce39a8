/// What stands behind the opening fence of a code block: `rust,linenos,hl_lines=1 3-5,name=main.rs`.
#[derive(Default, PartialEq, Eq, Debug)]
pub(super) struct Fence {
    /// The language; empty when none is named.
    pub(super) language: String,
    /// Whether lines are numbered.
    pub(super) line_numbers: bool,
    /// The number of the first line.
    pub(super) first_number: usize,
    /// Lines to mark, counted from 1.
    pub(super) marked: Lines,
    /// Lines to leave out, counted from 1.
    pub(super) hidden: Lines,
    /// `name=x` and every other `key=value`, for attributes `data-key`.
    pub(super) data: Vec<(String, String)>,
}

/// Ranges of lines, both ends included.
#[derive(Default, PartialEq, Eq, Debug)]
pub(super) struct Lines(Vec<(usize, usize)>);

impl Lines {
    fn read(text: &str) -> Self {
        let range = |word: &str| {
            let (from, to) = word.split_once('-').unwrap_or((word, word));
            let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
            Some(if from <= to { (from, to) } else { (to, from) })
        };
        Self(text.split_whitespace().filter_map(range).collect())
    }

    pub(super) fn contain(&self, line: usize) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&line))
    }
}

impl Fence {
    /// Reads it; words that say nothing are left alone.
    pub(super) fn read(info: &str) -> Self {
        let mut fence = Self { first_number: 1, ..Self::default() };
        for (number, part) in info.split(',').map(str::trim).enumerate() {
            match part.split_once('=') {
                Some((key, value)) => fence.set(key.trim(), value.trim()),
                None if part == "linenos" => fence.line_numbers = true,
                None if number == 0 => fence.language = part.split_whitespace().next().unwrap_or_default().to_owned(),
                None => {}
            }
        }
        fence
    }

    fn set(&mut self, key: &str, value: &str) {
        match key {
            "linenostart" => self.first_number = value.parse().unwrap_or(1),
            "hl_lines" => self.marked = Lines::read(value),
            "hide_lines" => self.hidden = Lines::read(value),
            _ if !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) => {
                self.data.push((key.to_owned(), value.trim_matches(['"', '\'']).to_owned()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_says_language_lines_and_data() {
        let fence = Fence::read("rust,linenos, linenostart=20,hl_lines=1 3-5 8-7,hide_lines=2,name=a.rs,copy,x-y=\"z\"");
        assert_eq!((fence.language.as_str(), fence.line_numbers, fence.first_number), ("rust", true, 20));
        let marked: Vec<usize> = (1..10).filter(|line| fence.marked.contain(*line)).collect();
        assert_eq!(marked, [1, 3, 4, 5, 7, 8]);
        assert!(fence.hidden.contain(2) && !fence.hidden.contain(1));
        assert_eq!(fence.data, [("name".into(), "a.rs".into()), ("x-y".into(), "z".into())]);
        assert_eq!(Fence::read("linenos").language, "");
        assert_eq!(Fence::read("hl_lines=x-,=1,").marked, Lines::default());
    }
}
