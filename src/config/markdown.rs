use serde::{Deserialize, Serialize};

use crate::data::{Fields, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SourceText, Span};

/// How Markdown is read, `[markdown]`.
#[derive(Clone, Debug)]
pub struct Markdown {
    /// `:smile:` becomes the character.
    pub render_emoji: bool,
    /// Curly quotes and dashes.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_list: bool,
    /// Footnotes stand in a list at the end, with links back.
    pub bottom_footnotes: bool,
    /// Images load when they come near.
    pub lazy_async_image: bool,
    /// `> [!NOTE]` is an alert.
    pub github_alerts: bool,
    /// Where headings get a link to themselves.
    pub insert_anchor_links: AnchorLinks,
    /// A class for external links.
    pub external_links_class: Option<String>,
    /// External links open a new tab.
    pub external_links_target_blank: bool,
    /// External links carry `rel="nofollow"`.
    pub external_links_no_follow: bool,
    /// External links carry `rel="noreferrer"`.
    pub external_links_no_referrer: bool,
    /// External links carry `rel="external"`.
    pub external_links_external: bool,
    /// How code is coloured; not at all when `None`.
    pub highlighting: Option<Highlighting>,
}

impl Default for Markdown {
    fn default() -> Self {
        Self {
            render_emoji: false,
            smart_punctuation: false,
            definition_list: false,
            bottom_footnotes: false,
            lazy_async_image: false,
            github_alerts: false,
            insert_anchor_links: AnchorLinks::None,
            external_links_class: None,
            external_links_target_blank: false,
            external_links_no_follow: false,
            external_links_no_referrer: false,
            external_links_external: true,
            highlighting: None,
        }
    }
}

/// Where a heading has a link to itself.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AnchorLinks {
    /// Nowhere.
    #[default]
    None,
    /// Before its text.
    Left,
    /// After its text.
    Right,
    /// Around its text.
    Heading,
}

impl AnchorLinks {
    /// The words for it.
    pub const WORDS: [(&'static str, Self); 4] =
        [("none", Self::None), ("left", Self::Left), ("right", Self::Right), ("heading", Self::Heading)];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, at)| *at == self).map_or("none", |(word, _)| word)
    }
}

/// How code is coloured, `[markdown.highlighting]`.
#[derive(Clone, Debug)]
pub struct Highlighting {
    /// An unknown language of a code block is an error, not a warning.
    pub error_on_missing_language: bool,
    /// Colours stand in classes, with a stylesheet; otherwise in the HTML.
    pub by_class: bool,
    /// Which colours.
    pub themes: CodeThemes,
    /// Files of more languages (`.sublime-syntax`; VS Code's JSON is not read).
    pub extra_grammars: Vec<(String, Span)>,
    /// Files of more themes (`.tmTheme`, or VS Code's JSON).
    pub extra_themes: Vec<(String, Span)>,
    /// Where the attributes `data-…` of a code block stand.
    pub data_attr_position: DataAttributes,
    /// The file that says so, for messages.
    pub source: SourceText,
}

/// The colours of code, by name and place of the name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeThemes {
    /// The same for everyone.
    One((String, Span)),
    /// By what the reader prefers.
    LightDark {
        /// On a light page.
        light: (String, Span),
        /// On a dark page.
        dark: (String, Span),
    },
}

/// Where the attributes `data-…` of a code block stand.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum DataAttributes {
    /// On `<code>`.
    #[default]
    Code,
    /// On `<pre>`.
    Pre,
    /// On both.
    Both,
    /// Nowhere.
    None,
}

const DEFAULT_THEME: &str = "github-light";

impl Markdown {
    pub(super) fn read(table: &Table, source: &SourceText, sink: &Sink) -> Self {
        let mut fields = Fields::new(source, table, sink);
        let mut bool = |key| fields.bool(key).unwrap_or(false);
        let mut markdown = Self {
            render_emoji: bool("render_emoji"),
            smart_punctuation: bool("smart_punctuation"),
            definition_list: bool("definition_list"),
            bottom_footnotes: bool("bottom_footnotes"),
            lazy_async_image: bool("lazy_async_image"),
            github_alerts: bool("github_alerts"),
            external_links_target_blank: bool("external_links_target_blank"),
            external_links_no_follow: bool("external_links_no_follow"),
            external_links_no_referrer: bool("external_links_no_referrer"),
            external_links_external: fields.bool("external_links_external").unwrap_or(true),
            external_links_class: class(&mut fields, source, sink),
            insert_anchor_links: fields.choice("insert_anchor_links", &AnchorLinks::WORDS).unwrap_or_default(),
            highlighting: fields.table("highlighting").and_then(|table| Highlighting::read(table, source, sink)),
        };
        let old = Highlighting::old(&mut fields, source);
        markdown.highlighting = markdown.highlighting.or(old);
        fields.deny_unknown("unknown-config-key");
        markdown
    }
}

fn class(fields: &mut Fields<'_>, source: &SourceText, sink: &Sink) -> Option<String> {
    let (class, span) = fields.text_at("external_links_class")?;
    if class.contains(['"', '\'', '<', '>']) {
        let diagnostic = Diagnostic::error("bad-class", "a class cannot hold quotes or angle brackets").at(source, span);
        sink.push(diagnostic.help("write names with spaces between them, as in `external noted`"));
        return None;
    }
    Some(class.to_owned())
}

impl Highlighting {
    fn read(table: &Table, source: &SourceText, sink: &Sink) -> Option<Self> {
        let mut fields = Fields::new(source, table, sink);
        let mut named = |key| fields.text_at(key).map(|(name, span)| (name.to_owned(), span));
        let (theme, light, dark) = (named("theme"), named("light_theme"), named("dark_theme"));
        let places = |list: Option<Vec<(&str, Span)>>| -> Vec<(String, Span)> {
            list.unwrap_or_default().into_iter().map(|(name, span)| (name.to_owned(), span)).collect()
        };
        let highlighting = Self {
            error_on_missing_language: fields.bool("error_on_missing_language").unwrap_or(false),
            by_class: fields.choice("style", &[("inline", false), ("class", true)]).unwrap_or(false),
            themes: CodeThemes::One((DEFAULT_THEME.to_owned(), Span::default())),
            extra_grammars: places(fields.texts("extra_grammars")),
            extra_themes: places(fields.texts("extra_themes")),
            data_attr_position: fields
                .choice(
                    "data_attr_position",
                    &[
                        ("code", DataAttributes::Code),
                        ("pre", DataAttributes::Pre),
                        ("both", DataAttributes::Both),
                        ("none", DataAttributes::None),
                    ],
                )
                .unwrap_or_default(),
            source: source.clone(),
        };
        fields.deny_unknown("unknown-config-key");
        let themes = match (theme, light, dark) {
            (Some(theme), None, None) => CodeThemes::One(theme),
            (None, Some(light), Some(dark)) => CodeThemes::LightDark { light, dark },
            (theme, light, dark) => {
                let span = theme
                    .or(light)
                    .or(dark)
                    .map_or_else(|| table.entries().first().map(|entry| entry.key_span).unwrap_or_default(), |(_, span)| span);
                let message = "colours of code need either `theme`, or `light_theme` and `dark_theme`";
                let diagnostic = Diagnostic::error("bad-highlighting", message).at(source, span);
                sink.push(diagnostic.help("write `theme = \"github-light\"`, or both others"));
                return None;
            }
        };
        Some(Self { themes, ..highlighting })
    }

    /// What the keys of Zola before 0.22 ask for: `highlight_code`, `highlight_theme`, `highlight_themes_css`, `extra_syntaxes…`.
    pub(super) fn old(fields: &mut Fields<'_>, source: &SourceText) -> Option<Self> {
        let on = fields.old("highlight_code", "highlighting", "write a table `[markdown.highlighting]` with `theme`");
        let theme = fields.old("highlight_theme", "highlighting.theme", "write `theme` under `[markdown.highlighting]`");
        let css =
            fields.old("highlight_themes_css", "highlighting.style", "write `style = \"class\"` under `[markdown.highlighting]`");
        for key in ["extra_syntaxes", "extra_syntaxes_and_themes"] {
            fields.old(key, "highlighting.extra_grammars", "name the files under `[markdown.highlighting]`");
        }
        if !matches!(on.map(|node| &node.value), Some(crate::data::Data::Bool(true))) {
            return None;
        }
        let theme = theme.and_then(|node| match &node.value {
            crate::data::Data::Text(name) => Some((name.clone(), node.span)),
            _ => None,
        });
        let by_class = css.is_some() || theme.as_ref().is_some_and(|(name, _)| name == "css");
        let theme = theme.filter(|(name, _)| name != "css");
        Some(Self {
            error_on_missing_language: false,
            by_class,
            themes: CodeThemes::One(theme.unwrap_or_else(|| ("base16-ocean-dark".to_owned(), Span::default()))),
            extra_grammars: Vec::new(),
            extra_themes: Vec::new(),
            data_attr_position: DataAttributes::default(),
            source: source.clone(),
        })
    }
}
