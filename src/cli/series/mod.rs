//! `tinso series`: what articles state of an indicator, in the terminal.

mod grid;
mod plot;
mod rows;
mod table;

use std::io::Write;
use std::sync::Arc;

use super::Context;
use super::exit::{Exit, Failure};
use super::site::SiteFolder;
use crate::config::{Config, Language, read_config};
use crate::content::{Library, Reading, read_library};
use crate::diagnostic::{Severity, Sink};
use crate::indicator::{Catalogue, collect};
use crate::source::read_site;
use crate::text::{Lang, closest};

use rows::Row;

/// Show the series of an indicator with its sources, or list all indicators
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The slug of an indicator's page [default: the list of all]
    indicator: Option<String>,

    /// How to print it: for people, or for programs
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: Format,

    /// The language of words and numbers [default: that of the site]
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,

    /// Read drafts too
    #[arg(long)]
    drafts: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Table,
    Csv,
    Json,
}

/// A site as far as its numbers go.
struct Numbers {
    config: Config,
    library: Arc<Library>,
    catalogue: Catalogue,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    let sink = Sink::new();
    let numbers = read(&site, args.drafts, &sink);
    let found = sink.into_sorted();
    let has_errors = found.iter().any(|finding| finding.severity == Severity::Error);
    // Warnings are for `check`; errors say why numbers are missing.
    let errors: Vec<_> = found.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    context.reporter.findings(&errors);
    let Some(numbers) = numbers else { return Ok(Exit::Usage) };
    let language = language(&numbers.config, args.lang.as_deref())?;
    let text = match &args.indicator {
        None => listed(&numbers, language, args.format),
        Some(slug) => series(&numbers, slug, language, args.format)?,
    };
    // A reader that has seen enough, such as `head`, may be gone.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(if has_errors { Exit::Content } else { Exit::Good })
}

fn read(site: &SiteFolder, drafts: bool, sink: &Sink) -> Option<Numbers> {
    let snapshot = read_site(&site.root, &site.config, sink);
    let config = read_config(&snapshot, &site.config, None, sink)?;
    let library = read_library(&snapshot, &config, drafts, &mut Reading::default(), sink).library;
    let catalogue = collect(&library, &config, sink);
    Some(Numbers { config, library, catalogue })
}

fn language<'a>(config: &'a Config, code: Option<&str>) -> Result<&'a Language, Failure> {
    let code = code.map_or_else(|| config.default_language.clone(), Lang::new);
    config.language(&code).ok_or_else(|| {
        let codes: Vec<&str> = config.languages.iter().map(|language| language.code.as_str()).collect();
        Failure::usage(format!("`{code}` is not a language of this site")).help(format!("use one of: {}", codes.join(", ")))
    })
}

fn listed(numbers: &Numbers, language: &Language, format: Format) -> String {
    let entries = rows::indicators(numbers, language);
    match format {
        Format::Table => table::indicators(&entries),
        Format::Csv => table::csv(&rows::INDICATOR_COLUMNS, entries.iter().map(rows::Entry::cells)),
        Format::Json => table::json(entries.iter().map(rows::Entry::json)),
    }
}

fn series(numbers: &Numbers, slug: &str, language: &Language, format: Format) -> Result<String, Failure> {
    let Some(definition) = numbers.catalogue.definition(slug) else {
        let help = match closest(slug, numbers.catalogue.definitions().map(|(slug, _)| slug)) {
            Some(meant) => format!("did you mean `{meant}`? `tinso series` lists all"),
            None => "`tinso series` lists all".to_owned(),
        };
        return Err(Failure::usage(format!("there is no indicator `{slug}`")).help(help));
    };
    let rows: Vec<Row> = rows::of(numbers, slug, definition, language);
    Ok(match format {
        Format::Table => table::series(numbers, slug, definition, language, &rows),
        Format::Csv => table::csv(&rows::COLUMNS, rows.iter().map(Row::cells)),
        Format::Json => table::json(rows.iter().map(Row::json)),
    })
}
