//! What tinso aims at, and how figures are written beside it.

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
    Mib,
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
            Self::Mib => format!("{} MiB", thousands(value.round() as u64)),
            Self::Count => thousands(value as u64),
        }
    }
}

/// The figure, its aim, and whether it is met, as three cells.
pub fn held(value: f64, unit: Unit, aim: Aim) -> String {
    let (aim, met) = match aim {
        Aim::AtMost(most) => (format!("≤ {}", unit.show(most)), value <= most),
        Aim::AtLeast(least) => (format!("≥ {}", unit.show(least)), value >= least),
        Aim::None => return format!("{} | |", unit.show(value)),
    };
    format!("{} | {aim} | {}", unit.show(value), if met { "met" } else { "**missed**" })
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
