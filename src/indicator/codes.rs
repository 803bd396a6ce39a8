//! The coded words of observations and indicators.

/// How a stated number stands to the true one. SDMX has no code for this; tinso exports it as a column of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub enum Qualifier {
    /// The number itself.
    #[default]
    Exact,
    /// More than the number.
    Over,
    /// The number or more.
    AtLeast,
    /// Less than the number.
    Under,
    /// The number or less.
    AtMost,
    /// Around the number.
    About,
    /// A little less than the number.
    Nearly,
    /// Between two numbers.
    Range,
}

impl Qualifier {
    /// Every qualifier under the word that front matter uses.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("exact", Self::Exact),
        ("over", Self::Over),
        ("at_least", Self::AtLeast),
        ("under", Self::Under),
        ("at_most", Self::AtMost),
        ("about", Self::About),
        ("nearly", Self::Nearly),
        ("range", Self::Range),
    ];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }

    /// Whether the true number lies on one side only, so that the stated one is a limit, not a value.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Over | Self::AtLeast | Self::Under | Self::AtMost)
    }
}

/// Whether an observation happened or is planned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub enum Kind {
    /// It happened.
    #[default]
    Actual,
    /// It is planned.
    Target,
}

impl Kind {
    /// Every kind under its word.
    pub const WORDS: [(&'static str, Self); 2] = [("actual", Self::Actual), ("target", Self::Target)];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// A letter of SDMX code list CL_OBS_STATUS 2.2.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ObsStatus(char);

impl ObsStatus {
    /// A normal value.
    pub const NORMAL: Self = Self('A');
    /// The first value after a break in the series.
    pub const BREAK: Self = Self('B');
    /// The letters of the code list.
    pub const LETTERS: &'static str = "ABDEFGHIJKLMNOPQSUVW";
    /// The letters of values that are not there: a holiday, a derogation, part of another category, not collected, not
    /// possible, missing, suppressed.
    pub const MISSING: &'static str = "HJKLMOQ";

    /// The status of a letter, if the code list has it.
    pub fn from_letter(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let letter = letters.next().filter(|letter| Self::LETTERS.contains(*letter))?;
        letters.next().is_none().then_some(Self(letter))
    }

    /// Its letter.
    pub fn letter(self) -> char {
        self.0
    }

    /// Whether it says that there is no value, and why.
    pub fn is_missing(self) -> bool {
        Self::MISSING.contains(self.0)
    }

    /// Whether the value is not final: estimated, forecast or provisional.
    pub fn is_preliminary(self) -> bool {
        matches!(self.0, 'E' | 'F' | 'P')
    }
}

/// Why a newer article states another value of what an older one stated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RevisionType {
    /// New data or a new method, as planned.
    Revision,
    /// The older value was wrong.
    Correction,
}

impl RevisionType {
    /// Every type under its word.
    pub const WORDS: [(&'static str, Self); 2] = [("revision", Self::Revision), ("correction", Self::Correction)];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// What a reported change is measured against.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Basis {
    /// The period before.
    PreviousPeriod,
    /// The same period a year before.
    SamePeriodLastYear,
}

impl Basis {
    /// Every basis under its word.
    pub const WORDS: [(&'static str, Self); 2] =
        [("previous_period", Self::PreviousPeriod), ("same_period_last_year", Self::SamePeriodLastYear)];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// What an indicator measures; it decides how the series is drawn and compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Measure {
    /// Adds up over the period: revenue.
    Flow,
    /// A level at a moment: subscribers.
    Stock,
    /// A part of a whole, in percent.
    Share,
    /// One quantity per another.
    Rate,
    /// Relative to a base period.
    Index,
    /// Things counted.
    Count,
}

impl Measure {
    /// Every measure under its word.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("flow", Self::Flow),
        ("stock", Self::Stock),
        ("share", Self::Share),
        ("rate", Self::Rate),
        ("index", Self::Index),
        ("count", Self::Count),
    ];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// Which way is good.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    #[default]
    None,
}

impl Direction {
    /// Every direction under its word.
    pub const WORDS: [(&'static str, Self); 3] = [("up", Self::Up), ("down", Self::Down), ("none", Self::None)];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// How often a series is observed (SDMX CL_FREQ), as far as periods of metrics go.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Frequency {
    /// Every year.
    Annual,
    /// Every half-year.
    HalfYearly,
    /// Every quarter.
    Quarterly,
    /// Every month.
    Monthly,
    /// Every week.
    Weekly,
    /// Every day.
    Daily,
}

impl Frequency {
    /// Every frequency under its SDMX letter.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("A", Self::Annual),
        ("S", Self::HalfYearly),
        ("Q", Self::Quarterly),
        ("M", Self::Monthly),
        ("W", Self::Weekly),
        ("D", Self::Daily),
    ];

    /// The SDMX letter.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// The word of a value.
pub(super) fn word_of<T: PartialEq + Copy>(words: &[(&'static str, T)], wanted: T) -> &'static str {
    words.iter().find(|(_, value)| *value == wanted).map_or("", |(word, _)| word)
}
