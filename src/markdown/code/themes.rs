use std::sync::OnceLock;

use syntect::highlighting::{Theme, ThemeSet};

/// The themes that syntect carries; read from the binary once, never changed.
fn themes() -> &'static ThemeSet {
    static THEMES: OnceLock<ThemeSet> = OnceLock::new();
    THEMES.get_or_init(ThemeSet::load_defaults)
}

const GITHUB: &str = "InspiredGitHub";
const OCEAN_LIGHT: &str = "base16-ocean.light";
const OCEAN_DARK: &str = "base16-ocean.dark";
const EIGHTIES: &str = "base16-eighties.dark";
const MOCHA: &str = "base16-mocha.dark";
const SOLARIZED_LIGHT: &str = "Solarized (light)";
const SOLARIZED_DARK: &str = "Solarized (dark)";

/// Every name that Zola knows or knew, and the nearest theme that we have.
const NEAREST: [(&str, &str); 79] = [
    ("andromeeda", EIGHTIES),
    ("aurora-x", OCEAN_DARK),
    ("ayu-dark", MOCHA),
    ("ayu-light", GITHUB),
    ("ayu-mirage", MOCHA),
    ("base16-eighties-dark", EIGHTIES),
    ("base16-mocha-dark", MOCHA),
    ("base16-ocean-dark", OCEAN_DARK),
    ("base16-ocean-light", OCEAN_LIGHT),
    ("catppuccin-frappe", MOCHA),
    ("catppuccin-latte", OCEAN_LIGHT),
    ("catppuccin-macchiato", MOCHA),
    ("catppuccin-mocha", MOCHA),
    ("dark-plus", EIGHTIES),
    ("dracula", EIGHTIES),
    ("dracula-soft", EIGHTIES),
    ("everforest-dark", MOCHA),
    ("everforest-light", SOLARIZED_LIGHT),
    ("github-dark", OCEAN_DARK),
    ("github-dark-default", OCEAN_DARK),
    ("github-dark-dimmed", OCEAN_DARK),
    ("github-dark-high-contrast", EIGHTIES),
    ("github-light", GITHUB),
    ("github-light-default", GITHUB),
    ("github-light-high-contrast", GITHUB),
    ("gruvbox-dark", MOCHA),
    ("gruvbox-dark-hard", MOCHA),
    ("gruvbox-dark-medium", MOCHA),
    ("gruvbox-dark-soft", MOCHA),
    ("gruvbox-light", SOLARIZED_LIGHT),
    ("gruvbox-light-hard", SOLARIZED_LIGHT),
    ("gruvbox-light-medium", SOLARIZED_LIGHT),
    ("gruvbox-light-soft", SOLARIZED_LIGHT),
    ("horizon", MOCHA),
    ("houston", OCEAN_DARK),
    ("inspired-github", GITHUB),
    ("kanagawa-dragon", MOCHA),
    ("kanagawa-lotus", SOLARIZED_LIGHT),
    ("kanagawa-wave", OCEAN_DARK),
    ("laserwave", EIGHTIES),
    ("light-plus", GITHUB),
    ("material-theme", OCEAN_DARK),
    ("material-theme-darker", EIGHTIES),
    ("material-theme-lighter", OCEAN_LIGHT),
    ("material-theme-ocean", OCEAN_DARK),
    ("material-theme-palenight", OCEAN_DARK),
    ("min-dark", EIGHTIES),
    ("min-light", GITHUB),
    ("monokai", EIGHTIES),
    ("night-owl", OCEAN_DARK),
    ("night-owl-light", OCEAN_LIGHT),
    ("nord", OCEAN_DARK),
    ("one-dark", OCEAN_DARK),
    ("one-dark-pro", OCEAN_DARK),
    ("one-light", OCEAN_LIGHT),
    ("plastic", OCEAN_DARK),
    ("poimandres", OCEAN_DARK),
    ("red", MOCHA),
    ("rose-pine", OCEAN_DARK),
    ("rose-pine-dawn", SOLARIZED_LIGHT),
    ("rose-pine-moon", OCEAN_DARK),
    ("slack-dark", EIGHTIES),
    ("slack-ochin", GITHUB),
    ("snazzy-light", OCEAN_LIGHT),
    ("solarized-dark", SOLARIZED_DARK),
    ("solarized-light", SOLARIZED_LIGHT),
    ("synthwave-84", EIGHTIES),
    ("tokyo-night", OCEAN_DARK),
    ("vesper", MOCHA),
    ("visual-studio-dark", EIGHTIES),
    ("vitesse-black", EIGHTIES),
    ("vitesse-dark", EIGHTIES),
    ("vitesse-light", GITHUB),
    ("xcode-dark", EIGHTIES),
    ("xcode-light", GITHUB),
    ("zenburn", MOCHA),
    ("1337", EIGHTIES),
    ("agola-dark", EIGHTIES),
    ("ascetic-white", GITHUB),
];

/// A theme by Zola's name, or by syntect's own.
pub(super) fn built_in(name: &str) -> Option<&'static Theme> {
    let nearest = NEAREST.iter().find(|(known, _)| *known == name).map_or(name, |(_, nearest)| *nearest);
    themes().themes.get(nearest)
}

/// What colours code when a theme is not known: dark for a name that says so.
pub(super) fn fallback(name: &str) -> Theme {
    let dark = ["dark", "night", "black", "moon"].iter().any(|word| name.contains(word));
    themes().themes.get(if dark { OCEAN_DARK } else { GITHUB }).cloned().unwrap_or_default()
}

/// Every name that can be written.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NEAREST.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_a_theme_that_is_there() {
        for (name, nearest) in NEAREST {
            assert!(themes().themes.contains_key(nearest), "{name}: {nearest}");
        }
        assert!(built_in("base16-ocean.dark").is_some() && built_in("nope").is_none());
    }
}
