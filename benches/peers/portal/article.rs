//! An article: what it states, and its text for each program.

use std::fmt::Write as _;

use super::words::{FIGURES, Words};
use super::{Dialect, YEARS};

/// What an article states, in whatever language.
#[derive(Clone, Debug)]
pub struct Article {
    number: usize,
    pub year: usize,
    date: String,
    agency: usize,
    topic: usize,
    tags: [usize; 2],
    figures: [Figure; FIGURES.len()],
    /// Which sentence, and the number in it.
    sentences: [(usize, usize); 18],
    table: [[usize; 4]; 6],
    /// One article of twenty shows a program.
    has_code: bool,
}

#[derive(Clone, Copy, Default, Debug)]
struct Figure {
    value: f64,
    change: f64,
    target: f64,
}

impl Article {
    pub fn new(number: usize) -> Self {
        let mut chance = Chance(number as u64);
        let year = YEARS.start + number % YEARS.len();
        let (month, day, hour) = (chance.below(12) + 1, chance.below(28) + 1, chance.below(24));
        let (minute, second) = (chance.below(60), chance.below(60));
        let tag = chance.below(200);
        Self {
            number,
            year,
            date: format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
            agency: chance.below(20),
            topic: chance.below(12),
            tags: [tag, (tag + 1 + chance.below(199)) % 200],
            figures: std::array::from_fn(|_| Figure {
                value: chance.below(999_990) as f64 / 10.0,
                change: chance.below(420) as f64 / 10.0 - 12.0,
                target: chance.below(1_199_990) as f64 / 10.0,
            }),
            sentences: std::array::from_fn(|_| (chance.below(12), chance.below(2_000_000))),
            table: std::array::from_fn(|_| std::array::from_fn(|_| chance.below(99_990))),
            has_code: chance.below(20) == 0,
        }
    }

    /// The file of this article in a language.
    pub fn text(&self, dialect: Dialect, words: &Words) -> String {
        format!("+++\n{}+++\n{}", self.front_matter(dialect, words), self.body(words))
    }

    fn front_matter(&self, dialect: Dialect, words: &Words) -> String {
        let (before_terms, extra) = if dialect == Dialect::Hugo { ("", "params") } else { ("[taxonomies]\n", "extra") };
        let (number, year, date) = (self.number, self.year, &self.date);
        let (agency, topic) = (of(&words.agencies, self.agency), of(&words.topics, self.topic));
        let [first, second] = self.tags.map(|tag| format!("{} {}", of(&words.tags, tag / 20), tag % 20 + 1));
        let label = of(&words.labels, self.topic);
        let mut text = format!(
            "title = \"{agency}: {label}, {year} ({number})\"\ndescription = \"{agency}, {year}: {label} – {topic}.\"\n\
             date = {date}\n{before_terms}agencies = [\"{agency}\"]\ntopics = [\"{topic}\"]\n\
             tags = [\"{first}\", \"{second}\"]\n[{extra}]\nissue = {number}\n"
        );
        for (at, (id, Figure { value, change, target })) in FIGURES.iter().zip(&self.figures).enumerate() {
            let (label, unit) = (of(&words.labels, at), of(&words.units, at));
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "[[{extra}.metrics]]\nid = \"{id}\"\nlabel = \"{label}\"\nunit = \"{unit}\"\nperiod = \"{year}\"\n\
                 value = {value:.1}\nchange = {change:.1}\ntarget = {target:.1}\n"
            );
        }
        text
    }

    fn body(&self, words: &Words) -> String {
        let mut sentences = self.sentences.iter().map(|&(which, number)| {
            of(&words.sentences, which).replace('#', &number.to_string()).replace('@', &self.year.to_string())
        });
        let mut say = |number: usize| sentences.by_ref().take(number).collect::<Vec<_>>().join(" ");
        let [first, second, third] = words.headings;
        let mut text = format!("{}\n\n## {first}\n\n{}\n\n{}\n\n", say(2), say(2), say(2));
        let _ = write!(text, "- {}\n- {}\n- {}\n\n## {second}\n\n{}\n\n", say(1), say(1), say(1), say(2));
        let _ = writeln!(text, "| {} | 1 | 2 | 3 | 4 |\n|---|---:|---:|---:|---:|", words.period);
        for (label, row) in words.labels.iter().zip(&self.table) {
            let cells: Vec<String> = row.iter().map(|cell| format!("{:.1}", *cell as f64 / 10.0)).collect();
            let _ = writeln!(text, "| {label} | {} |", cells.join(" | "));
        }
        let _ = write!(text, "\n{}\n\n", say(2));
        if self.has_code {
            let _ = writeln!(
                text,
                "```sql\nSELECT label, value -- newest first\nFROM figures\nWHERE year >= {} AND issue <> {}\n",
                self.year, self.number
            );
            text.push_str("ORDER BY year DESC\nLIMIT 8;\n```\n\n");
        }
        let _ = writeln!(text, "### {third}\n\n{}\n\n> {}\n\n{}", say(2), say(1), say(2));
        text
    }
}

fn of(words: &[&'static str], at: usize) -> &'static str {
    words.get(at % words.len()).copied().unwrap_or_default()
}

/// Numbers that look random and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
