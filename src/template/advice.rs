use crate::text::closest;

const FILTERS: &str = "abs addslashes as_str base64_decode base64_encode capitalize concat date default escape escape_html escape_xml \
    filesizeformat filter first float format get group_by indent int join json_encode keys last length \
    linebreaksbr long_date lower map markdown newlines_to_br nth num num_format number pairs period pluralize quantity regex_replace \
    replace reverse round safe shuffle slice slugify sort spaceless split str striptags title trim trim_end \
    trim_end_matches trim_start trim_start_matches truncate unique upper urlencode urlencode_strict values \
    wordcount";
const FUNCTIONS: &str = "chart get_env get_hash get_image_metadata get_indicator get_indicators get_page get_random get_section get_taxonomy \
    get_taxonomy_term get_taxonomy_url get_url load_data metric now range resize_image super text_direction throw \
    trans";
const TESTS: &str = "after array before bool containing defined divisible_by divisibleby ending_with even float integer iterable \
    map matching none number object odd starting_with string undefined";
const TAGS: &str = "block break component continue elif else extends filter for if include raw set set_global";
/// What a page can have; a value has no more of it than templates read.
const PAGE: &str = "ancestors assets authors backlinks colocated_path components content corrections date date_long date_rfc3339 day description \
    draft extra higher image indicator lang lower metrics month path permalink reading_time related relative_path slug source summary taxonomies \
    title toc translations updated updated_long updated_rfc3339 word_count year";
/// What to do with macros.
const OLD: &str = "the template is written for Tera 1, that is Zola up to 0.22: turn macros into components, \
`{% component name(argument) %}…{% endcomponent name %}`, and call them as `{{ <name argument={…} /> }}`";

/// What to do about a message of Tera's own; `at` is the template from where the message points on.
pub(super) fn advice(message: &str, before: &str, at: &str) -> Option<String> {
    let word = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
    let line_before = before.rsplit('\n').next().unwrap_or_default();
    let fixed = match message {
        "Unknown tag" => match word(at).as_str() {
            "macro" | "endmacro" | "import" => OLD,
            tag if at.get(tag.len()..).is_some_and(|rest| rest.trim_start().starts_with('(')) => {
                return Some(format!(
                    "shortcodes are of Zola up to 0.22: write `{{% <{tag} …> %}}…{{% </{tag}> %}}`, with a component of that name"
                ));
            }
            tag => return Some(nearest(tag, TAGS, "a tag")),
        },
        _ if message.starts_with("Found `:`") && (at.starts_with("::") || before.ends_with(':')) => OLD,
        _ if message.ends_with("but expected identifier") && line_before.contains(" is ") => {
            "name the argument, as in `is containing(pat=\"…\")`"
        }
        _ if message.starts_with("Found identifier") && at.starts_with("ignore") => {
            "leave out `ignore missing`: a template that is included must exist"
        }
        _ if message.starts_with("Found `[`") && line_before.contains("include") => "name one template to include",
        _ if message.contains("unexpected escape") => "write `\\\\` for a backslash in a text",
        _ if message.contains("inside a for loop") => "put the loop into the block, or the block around it",
        _ if message.starts_with("This content would be ignored") => "move it into a `{% block … %}` of the parent, or remove it",
        _ if message.starts_with("Unexpected end of input") => {
            "close what is open: `}}`, `%}`, `{% endif %}`, `{% endfor %}`, `{% endblock %}`"
        }
        _ => "",
    };
    if !fixed.is_empty() {
        return Some(fixed.to_owned());
    }
    let (kind, rest) = message.split_once(" `")?;
    let name = rest.split('`').next().unwrap_or_default();
    match kind {
        "Unknown filter" => Some(nearest(name, FILTERS, "a filter")),
        "Unknown function" => Some(nearest(name, FUNCTIONS, "a function")),
        "Unknown test" => Some(nearest(name, TESTS, "a test")),
        "Unknown component" => Some(format!("define it in a template: `{{% component {name}() %}}…{{% endcomponent {name} %}}`")),
        "Unknown template" => Some(format!("add templates/{name}, or correct the name")),
        "Variable" | "Field" => {
            let (_, available) = rest.split_once("vailable ")?;
            let available = available.split_once(": ").map_or("", |(_, names)| names);
            let has = |name: &str| available.split(", ").any(|available| available == name);
            let is_page = kind == "Field" && has("permalink") && has("relative_path") && !has("subsections");
            let available = if is_page { PAGE.replace(' ', ", ") } else { available.to_owned() };
            Some(match closest(name, available.split(", ")) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `| default(value=…)`, and write `?.` after what may be missing; there is: {available}"),
            })
        }
        _ => None,
    }
}

fn nearest(name: &str, names: &str, what: &str) -> String {
    match closest(name, names.split(' ')) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("neither Tera 2 nor Zola nor tinso has {what} of that name: there is {}", names.replace(' ', ", ")),
    }
}

/// The message without the list that [`advice`] has read.
pub(super) fn short(message: &str) -> &str {
    message.split_once(". Available ").map_or(message, |(short, _)| short)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::read_config;
    use crate::content::{Reading, read_library};
    use crate::diagnostic::Sink;
    use crate::indicator::collect;
    use crate::source::Snapshot;
    use crate::template::asked::Functions;
    use crate::template::{Site, filters};
    use crate::text::SitePath;

    #[test]
    fn of_a_page_all_is_told_that_it_can_have_though_templates_read_little() {
        let message = "Field `sumary` is not defined. Available fields: permalink, relative_path, title";
        assert_eq!(advice(message, "", "").as_deref(), Some("did you mean `summary`?"));
        let message = "Field `sumary` is not defined. Available fields: permalink, title";
        assert!(advice(message, "", "").is_some_and(|advice| advice.ends_with("there is: permalink, title")));
    }

    #[test]
    fn every_filter_and_test_that_is_advised_is_there() {
        let sink = Sink::new();
        let config: Arc<[u8]> = Arc::from(&b"base_url = 'https://a.vn'"[..]);
        let snapshot = Snapshot::new([(SitePath::new("config.toml"), config)]);
        let config = read_config(&snapshot, "config.toml", None, &sink).unwrap();
        let library = read_library(&snapshot, &config, false, &mut Reading::default(), &sink).library;
        let catalogue = Arc::new(collect(&library, &config, &sink));
        let mut tera = tera::Tera::new();
        let site = Site { config, library, catalogue, snapshot, highlighter: None, files: Default::default() };
        filters::register(&mut Functions { tera: &mut tera, answers: Arc::default() }, &Arc::new(site));
        for filter in FILTERS.split(' ') {
            assert!(tera.add_raw_template("t", &format!("{{{{ 1 | {filter} }}}}")).is_ok(), "{filter}");
        }
        for test in TESTS.split(' ') {
            assert!(tera.add_raw_template("t", &format!("{{{{ 1 is {test} }}}}")).is_ok(), "{test}");
        }
    }
}
