use std::sync::OnceLock;

use syntect::highlighting::Theme;
use two_face::theme::{EmbeddedLazyThemeSet, EmbeddedThemeName as Name};

/// The themes that crate two-face carries; each read from the binary once, never changed.
fn themes() -> &'static EmbeddedLazyThemeSet {
    static THEMES: OnceLock<EmbeddedLazyThemeSet> = OnceLock::new();
    THEMES.get_or_init(two_face::theme::extra)
}

/// Every name that Zola knows or knew, and the same theme or the nearest that we have.
const NEAREST: [(&str, Name); 85] = [
    ("1337", Name::Leet),
    ("andromeeda", Name::SublimeSnazzy),
    ("aurora-x", Name::ColdarkDark),
    ("ayu", Name::ColdarkDark),
    ("ayu-dark", Name::ColdarkDark),
    ("ayu-light", Name::OneHalfLight),
    ("ayu-mirage", Name::OneHalfDark),
    ("base16-eighties-dark", Name::Base16EightiesDark),
    ("base16-mocha-dark", Name::Base16MochaDark),
    ("base16-ocean-dark", Name::Base16OceanDark),
    ("base16-ocean-light", Name::Base16OceanLight),
    ("catppuccin-frappe", Name::CatppuccinFrappe),
    ("catppuccin-latte", Name::CatppuccinLatte),
    ("catppuccin-macchiato", Name::CatppuccinMacchiato),
    ("catppuccin-mocha", Name::CatppuccinMocha),
    ("dark-plus", Name::OneHalfDark),
    ("dracula", Name::Dracula),
    ("dracula-at-night", Name::Dracula),
    ("dracula-soft", Name::Dracula),
    ("everforest", Name::Zenburn),
    ("everforest-dark", Name::Zenburn),
    ("everforest-light", Name::SolarizedLight),
    ("github-dark", Name::OneHalfDark),
    ("github-dark-default", Name::OneHalfDark),
    ("github-dark-dimmed", Name::OneHalfDark),
    ("github-dark-high-contrast", Name::DarkNeon),
    ("github-light", Name::Github),
    ("github-light-default", Name::Github),
    ("github-light-high-contrast", Name::Github),
    ("gruvbox", Name::GruvboxDark),
    ("gruvbox-dark", Name::GruvboxDark),
    ("gruvbox-dark-hard", Name::GruvboxDark),
    ("gruvbox-dark-medium", Name::GruvboxDark),
    ("gruvbox-dark-soft", Name::GruvboxDark),
    ("gruvbox-light", Name::GruvboxLight),
    ("gruvbox-light-hard", Name::GruvboxLight),
    ("gruvbox-light-medium", Name::GruvboxLight),
    ("gruvbox-light-soft", Name::GruvboxLight),
    ("horizon", Name::CatppuccinMocha),
    ("houston", Name::ColdarkDark),
    ("inspired-github", Name::InspiredGithub),
    ("kanagawa", Name::CatppuccinMocha),
    ("kanagawa-dragon", Name::Zenburn),
    ("kanagawa-lotus", Name::GruvboxLight),
    ("kanagawa-wave", Name::CatppuccinMocha),
    ("laserwave", Name::Dracula),
    ("light-plus", Name::Github),
    ("material-theme", Name::Base16OceanDark),
    ("material-theme-darker", Name::Base16EightiesDark),
    ("material-theme-lighter", Name::OneHalfLight),
    ("material-theme-ocean", Name::Base16OceanDark),
    ("material-theme-palenight", Name::Base16OceanDark),
    ("min-dark", Name::TwoDark),
    ("min-light", Name::Github),
    ("monokai", Name::MonokaiExtendedOrigin),
    ("monokai-light", Name::MonokaiExtendedLight),
    ("night-owl", Name::ColdarkDark),
    ("night-owl-light", Name::OneHalfLight),
    ("nord", Name::Nord),
    ("one-dark", Name::TwoDark),
    ("one-dark-pro", Name::TwoDark),
    ("one-light", Name::OneHalfLight),
    ("plastic", Name::TwoDark),
    ("poimandres", Name::ColdarkDark),
    ("red", Name::Base16MochaDark),
    ("rose-pine", Name::CatppuccinMocha),
    ("rose-pine-dawn", Name::CatppuccinLatte),
    ("rose-pine-moon", Name::CatppuccinMacchiato),
    ("slack-dark", Name::TwoDark),
    ("slack-ochin", Name::Github),
    ("snazzy-light", Name::OneHalfLight),
    ("solarized-dark", Name::SolarizedDark),
    ("solarized-light", Name::SolarizedLight),
    ("sublime-snazzy", Name::SublimeSnazzy),
    ("synthwave-84", Name::DarkNeon),
    ("tokyo-night", Name::CatppuccinMocha),
    ("two-dark", Name::TwoDark),
    ("vesper", Name::DarkNeon),
    ("visual-studio-dark", Name::OneHalfDark),
    ("vitesse-black", Name::DarkNeon),
    ("vitesse-dark", Name::Zenburn),
    ("vitesse-light", Name::OneHalfLight),
    ("xcode-dark", Name::MonokaiExtended),
    ("xcode-light", Name::Github),
    ("zenburn", Name::Zenburn),
];

/// A theme by Zola's name.
pub(super) fn built_in(name: &str) -> Option<&'static Theme> {
    NEAREST.iter().find(|(known, _)| *known == name).map(|(_, nearest)| themes().get(*nearest))
}

/// What colours code when a theme is not known: dark for a name that says so.
pub(super) fn fallback(name: &str) -> Theme {
    let dark = ["dark", "night", "black", "moon"].iter().any(|word| name.contains(word));
    themes().get(if dark { Name::OneHalfDark } else { Name::Github }).clone()
}

/// Every name that can be written.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NEAREST.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_its_two_colours() {
        for name in names() {
            let settings = &built_in(name).unwrap().settings;
            assert!(settings.foreground.is_some() && settings.background.is_some(), "{name}");
        }
        assert!(built_in("nope").is_none());
    }
}
