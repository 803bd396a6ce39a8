//! What tinso aims at, and how figures are written beside it.

use std::time::Duration;

/// What a figure is held to.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    AtMost(f64),
    AtLeast(f64),
    /// It is only told.
    None,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// `1/4.5` or `3.8`.
    Ratio,
    Percent,
    Exponent,
    Milliseconds,
    Kib,
    Count,
}

impl Unit {
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Ratio if value < 1.0 && value > 0.0 => format!("1/{:.1}", 1.0 / value).replace(".0", ""),
            Self::Ratio => format!("{value:.1}"),
            Self::Percent => format!("{:.0} %", value * 100.0),
            Self::Exponent => format!("{value:.2}"),
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::Kib => format!("{value:.0} KiB"),
            Self::Count => thousands(value as u64),
        }
    }
}

/// One row: what, at how many articles, the figure, its aim, and whether it is met.
pub fn row(what: &str, articles: &str, value: f64, unit: Unit, aim: Aim) -> String {
    let (aim, met) = match aim {
        Aim::AtMost(most) => (format!("≤ {}", unit.show(most)), Some(value <= most)),
        Aim::AtLeast(least) => (format!("≥ {}", unit.show(least)), Some(value >= least)),
        Aim::None => (String::new(), None),
    };
    let met = met.map_or("", |met| if met { "met" } else { "**missed**" });
    format!("| {what} | {articles} | {} | {aim} | {met} |\n", unit.show(value))
}

/// "12,345"
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "0.65 s"
pub fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// "121 MiB"
pub fn mib(kib: u64) -> String {
    format!("{} MiB", thousands(kib.div_ceil(1024)))
}
