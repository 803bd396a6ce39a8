//! `tinso new`

use std::fs;
use std::path::PathBuf;

use clap::Subcommand;

use super::Context;
use super::exit::{Exit, Failure};
use super::init::write_new;
use super::site::{SiteFolder, shown};
use crate::locale::slugify;

/// Start an article or an indicator in every language of the site
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Start an article in content/news/
    Article {
        /// Its part of the address: small letters, digits and hyphens
        slug: String,
    },
    /// Start an indicator in content/indicators/
    Indicator {
        /// Its part of the address, by which metrics name it: small letters, digits and hyphens
        slug: String,
    },
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let (folder, slug, own, translation, next) = match &args.kind {
        Kind::Article { slug } => (
            "news",
            slug,
            include_str!("scaffold/new/article.md"),
            include_str!("scaffold/new/translation.md"),
            "write its title, text and numbers, with `tinso serve` running",
        ),
        Kind::Indicator { slug } => (
            "indicators",
            slug,
            include_str!("scaffold/new/indicator.md"),
            include_str!("scaffold/new/indicator-translation.md"),
            "write its title, unit and definition, then state it in an article's `[[extra.metrics]]`",
        ),
    };
    if slug.is_empty() || slugify(slug) != *slug {
        let failure = Failure::usage(format!("`{slug}` is not a slug"));
        return Err(match slugify(slug) {
            good if good.is_empty() => failure.help("use small letters, digits and hyphens"),
            good => failure.help(format!("write it as `{good}`")),
        });
    }
    if slug == "index" {
        let failure = Failure::usage("`index` cannot be a slug: a file of that name is the page of its folder");
        return Err(failure.help("choose another slug"));
    }
    let site = SiteFolder::find(context)?;
    let config = fs::read_to_string(site.root.join(&site.config)).map_err(|error| error.to_string());
    let config = config.and_then(|text| text.parse::<toml::Table>().map_err(|error| error.message().to_owned()));
    if let Err(reason) = config {
        let message = format!("{} cannot be read, so the languages of the site are not known: {reason}", site.config);
        return Err(Failure::usage(message).help("`tinso check` shows the place; mend it and try again"));
    }
    let peek = site.peek();
    let date = jiff::ZonedDateTime::now().date().to_string();
    let fill = |pattern: &str| pattern.replace("{slug}", slug).replace("{date}", &date);
    let base = site.root.join("content").join(folder);
    let mut files: Vec<(PathBuf, String)> = vec![(base.join(format!("{slug}.md")), fill(own))];
    for language in &peek.other_languages {
        files.push((base.join(format!("{slug}.{language}.md")), fill(translation)));
    }
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        let message = format!("{} is there already", shown(path));
        return Err(Failure::usage(message).help("edit it, or choose another slug"));
    }
    for (path, text) in &files {
        if !write_new(path, text.as_bytes())? {
            return Err(Failure::usage(format!("{} is there already", shown(path))));
        }
        context.reporter.line(&format!("Wrote {}", shown(path)));
    }
    context.reporter.line(&format!("Next: {next}"));
    Ok(Exit::Good)
}
