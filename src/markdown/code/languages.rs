use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// The syntaxes that crate two-face carries; read from the binary once, never changed.
pub(super) fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// Zola's names of languages that the syntaxes do not know themselves, and the syntax that reads them best.
const NEAREST: [(&str, &str); 44] = [
    ("angular-html", "HTML"),
    ("apache", "Apache Conf"),
    ("astro", "HTML"),
    ("batch", "Batch File"),
    ("cjs", "JavaScript"),
    ("console", "Bourne Again Shell (bash)"),
    ("csharp", "C#"),
    ("cts", "TypeScript"),
    ("cuda", "C++"),
    ("docker", "Dockerfile"),
    ("elisp", "Lisp"),
    ("fortran", "Fortran (Modern)"),
    ("fsharp", "F#"),
    ("gdscript", "GDScript (Godot Engine)"),
    ("git-commit", "Git Commit"),
    ("git-rebase", "Git Rebase Todo"),
    ("graphviz", "Graphviz (DOT)"),
    ("handlebars", "HTML"),
    ("hlsl", "GLSL"),
    ("json5", "JSON"),
    ("jsonc", "JSON"),
    ("jsonl", "JSON"),
    ("jsx", "TypeScriptReact"),
    ("liquid", "HTML"),
    ("mdx", "Markdown"),
    ("mjs", "JavaScript"),
    ("mts", "TypeScript"),
    ("nu", "Bourne Again Shell (bash)"),
    ("objc", "Objective-C"),
    ("objective-c", "Objective-C"),
    ("plain", "Plain Text"),
    ("plaintext", "Plain Text"),
    ("postcss", "CSS"),
    ("properties", "Java Properties"),
    ("regex", "Regular Expression"),
    ("scheme", "Racket"),
    ("shell", "Bourne Again Shell (bash)"),
    ("shellscript", "Bourne Again Shell (bash)"),
    ("shellsession", "Bourne Again Shell (bash)"),
    ("ssh-config", "SSH Config"),
    ("systemd", "INI"),
    ("tera", "Jinja2"),
    ("text", "Plain Text"),
    ("x86", "x86_64 Assembly"),
];

/// Zola's names of languages that are shown without colours.
const PLAIN: [&str; 20] = [
    "ansi",
    "beancount",
    "bicep",
    "caddy",
    "codeql",
    "cypher",
    "gherkin",
    "gleam",
    "just",
    "kdl",
    "mermaid",
    "nushell",
    "pkl",
    "powershell",
    "prisma",
    "prolog",
    "ps1",
    "pug",
    "ron",
    "wasm",
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
        for name in ["rust", "rs", "js", "javascript", "bash", "sh", "html", "yaml", "python", "ts", "TSX", "toml"] {
            assert!(matches!(language(name), Known::Syntax(_)), "{name}");
        }
        assert!(matches!(language("just"), Known::Plain));
        assert!(matches!(language("klingon"), Known::Unknown));
    }
}
