use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// The syntaxes that syntect carries; read from the binary once, never changed.
pub(super) fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// Names of languages that syntect has no syntax of, and the one that reads them best.
const NEAREST: [(&str, &str); 43] = [
    ("angular-html", "HTML"),
    ("astro", "HTML"),
    ("babel", "JavaScript"),
    ("cjs", "JavaScript"),
    ("console", "Bourne Again Shell (bash)"),
    ("cts", "JavaScript"),
    ("csharp", "C#"),
    ("cuda", "C++"),
    ("docker", "Bourne Again Shell (bash)"),
    ("dockerfile", "Bourne Again Shell (bash)"),
    ("elisp", "Lisp"),
    ("env", "Bourne Again Shell (bash)"),
    ("fish", "Bourne Again Shell (bash)"),
    ("fsharp", "OCaml"),
    ("glsl", "C"),
    ("hlsl", "C"),
    ("jinja", "HTML"),
    ("jinja2", "HTML"),
    ("json5", "JSON"),
    ("jsonc", "JSON"),
    ("jsonl", "JSON"),
    ("jsx", "JavaScript"),
    ("kotlin", "Java"),
    ("less", "CSS"),
    ("mdx", "Markdown"),
    ("mjs", "JavaScript"),
    ("objc", "Objective-C"),
    ("postcss", "CSS"),
    ("sass", "CSS"),
    ("scss", "CSS"),
    ("shell", "Bourne Again Shell (bash)"),
    ("shellscript", "Bourne Again Shell (bash)"),
    ("shellsession", "Bourne Again Shell (bash)"),
    ("svelte", "HTML"),
    ("svg", "XML"),
    ("tera", "HTML"),
    ("ts", "JavaScript"),
    ("tsx", "JavaScript"),
    ("twig", "HTML"),
    ("typescript", "JavaScript"),
    ("vue", "HTML"),
    ("wgsl", "Rust"),
    ("xhtml", "HTML"),
];

/// Names of languages that are shown without colours.
const PLAIN: [&str; 40] = [
    "ansi", "apache", "asm", "bib", "caddy", "cmake", "csv", "elixir", "elm", "gleam", "graphql", "hcl", "http", "ini", "julia",
    "just", "kdl", "lean", "log", "mermaid", "nginx", "nim", "nix", "nushell", "plain", "plaintext", "powershell", "prisma",
    "proto", "purescript", "solidity", "swift", "systemd", "terraform", "text", "toml", "txt", "typst", "vim", "zig",
];

/// What is known of a language's name.
pub(super) enum Known {
    /// It can be coloured.
    Syntax(&'static SyntaxReference),
    /// It is shown as it is.
    Plain,
    /// Nothing.
    Unknown,
}

/// Looks a language up by its name or the extension of its files.
pub(super) fn language(name: &str) -> Known {
    let set = syntaxes();
    if let Some(syntax) = set.find_syntax_by_token(name) {
        return Known::Syntax(syntax);
    }
    let lower = name.to_lowercase();
    let nearest = NEAREST.iter().find(|(known, _)| *known == lower).and_then(|(_, syntax)| set.find_syntax_by_name(syntax));
    match nearest {
        Some(syntax) => Known::Syntax(syntax),
        None if PLAIN.contains(&lower.as_str()) => Known::Plain,
        None => Known::Unknown,
    }
}

/// The names that a grammar's file gives its language, in small letters.
pub(super) fn names_in_grammar(path: &str, text: &str) -> Vec<String> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let mut names = vec![file.split_once('.').map_or(file, |(stem, _)| stem).to_owned()];
    if let Ok(grammar) = serde_json::from_str::<serde_json::Value>(text) {
        let one = |key| grammar.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
        names.extend(one("name"));
        names.extend(one("scopeName").and_then(|scope| scope.rsplit('.').next().map(str::to_owned)));
        let types = ["fileTypes", "aliases"].iter().filter_map(|key| grammar.get(key)?.as_array()).flatten();
        names.extend(types.filter_map(serde_json::Value::as_str).map(str::to_owned));
    } else {
        // A `.sublime-syntax`: `name: X`, `scope: source.x`, and a list of extensions.
        let value = |line: &str, key: &str| line.strip_prefix(key).map(|value| value.trim().trim_matches(['"', '\'']).to_owned());
        names.extend(text.lines().filter_map(|line| value(line, "name:")));
        names.extend(text.lines().filter_map(|line| value(line, "scope:")?.rsplit('.').next().map(str::to_owned)));
        let listed = text.lines().skip_while(|line| !line.starts_with("file_extensions:")).skip(1);
        names.extend(listed.map_while(|line| value(line.trim_start(), "- ")));
    }
    names.into_iter().map(|name| name.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_a_syntax_that_is_there() {
        for (name, syntax) in NEAREST {
            assert!(syntaxes().find_syntax_by_name(syntax).is_some(), "{name}: {syntax}");
        }
        for name in ["rust", "rs", "js", "javascript", "bash", "sh", "html", "yaml", "python", "ts", "TSX"] {
            assert!(matches!(language(name), Known::Syntax(_)), "{name}");
        }
        assert!(matches!(language("toml"), Known::Plain));
        assert!(matches!(language("klingon"), Known::Unknown));
    }
}
