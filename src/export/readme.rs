use std::fmt::Write;

use super::{Dataset, Format, cite};

/// What is in the ZIP, in the language of the page, as Markdown.
pub(super) fn readme(dataset: &Dataset<'_>, files: &[Format]) -> String {
    let word = |name| dataset.word(name);
    let mut text = format!("# {}\n\n", one_line(dataset.title()));
    if let Some(description) = &dataset.page.front.description {
        let _ = write!(text, "{}\n\n", one_line(description));
    }
    let unit = dataset.unit_label();
    let _ =
        writeln!(text, "- {}: <{}>\n- {}: {}", word("readme_page"), dataset.page.permalink, word("readme_unit"), one_line(unit));
    if let Some(licence) = &dataset.portal.config.tinso.licence {
        let url = licence.url.as_ref().map(|url| format!(" <{url}>")).unwrap_or_default();
        let _ = writeln!(text, "- {}: {}{url}", word("readme_licence"), licence.name);
    }
    let _ = write!(text, "\n## {}\n\n{}\n\n## {}\n\n", word("readme_cite"), one_line(&cite(dataset)), word("readme_files"));
    for format in files {
        let _ = writeln!(text, "- `{}`: {}", format.file(), format.words().map(word).unwrap_or_default());
    }
    let _ = write!(text, "\n{}\n\n## {}\n\n", word("readme_spreadsheet"), word("readme_columns"));
    for column in dataset.columns() {
        let _ = writeln!(text, "- `{}`: {}", column.name, one_line(&column.about(dataset.language)));
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
