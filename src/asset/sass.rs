use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grass::{Fs, InputSyntax, Options, OutputStyle};
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::Snapshot;
use crate::text::{SitePath, SourceText};

/// A stylesheet that is made.
#[derive(Clone, Debug)]
pub struct Stylesheet {
    /// Its path in the output: `css/site.css`.
    pub path: SitePath,
    /// What it is made from, in words: a file, or the colours of code.
    pub origin: String,
    /// The CSS.
    pub css: Arc<[u8]>,
}

/// What `@use "tinso/palette"` loads: the colours that the config sets.
const PALETTE: &str = "tinso/_palette.scss";

/// Compiles the theme's Sass, and the site's when it asks for it; files whose name starts with `_` are only imported.
/// Errors are reported at their place, and so are two files of one folder that would become one stylesheet.
pub fn stylesheets(snapshot: &Snapshot, config: &Config, sink: &Sink) -> Vec<Stylesheet> {
    let (theme, own) = (config.theme.as_deref(), config.compile_sass);
    let folders = theme.map(|theme| format!("themes/{theme}/sass")).into_iter().chain(own.then(|| "sass".to_owned()));
    let files = SassFiles { snapshot, palette: config.tinso.palette.sass() };
    let wanted: Vec<(String, SitePath, SitePath)> = folders
        .flat_map(|folder| {
            let sources = sources(snapshot, &folder, sink);
            sources.into_iter().map(move |(path, source)| (folder.clone(), source, path))
        })
        .collect();
    let compiled = wanted.into_par_iter().filter_map(|(folder, source, path)| {
        let css = compile(&files, &folder, &source, sink)?;
        Some(Stylesheet { path, origin: source.to_string(), css: Arc::from(css.into_bytes()) })
    });
    compiled.collect()
}

/// The Sass files of a folder by the path of their stylesheet.
fn sources(snapshot: &Snapshot, folder: &str, sink: &Sink) -> BTreeMap<SitePath, SitePath> {
    let mut sources = BTreeMap::new();
    for (path, _) in snapshot.below(folder) {
        let Some(stem) = path.below(folder).and_then(|inner| inner.strip_suffix(".scss").or_else(|| inner.strip_suffix(".sass")))
        else {
            continue;
        };
        if path.name().starts_with('_') {
            // Only imported; that it is not UTF-8 is reported here.
            snapshot.text(path, sink);
            continue;
        }
        let css = SitePath::new(&format!("{stem}.css"));
        if let Some(first) = sources.get(&css) {
            let message = format!("{first} becomes the stylesheet {css}, too");
            let diagnostic = Diagnostic::error("sass-collision", message).in_file(path);
            sink.push(diagnostic.help("rename one of them, or put `_` before its name if it is only imported"));
        } else {
            sources.insert(css, path.clone());
        }
    }
    sources
}

/// Compiles a file; what it names is looked for beside it, then in the folder of all Sass files.
fn compile(files: &SassFiles<'_>, folder: &str, path: &SitePath, sink: &Sink) -> Option<String> {
    let source = files.snapshot.text(path, sink)?;
    let syntax = if path.extension() == Some("sass") { InputSyntax::Sass } else { InputSyntax::Scss };
    let options = Options::default()
        .fs(files)
        .style(OutputStyle::Compressed)
        .input_syntax(syntax)
        .quiet(true)
        .load_path(path.parent())
        .load_path(folder);
    // Grass panics on a few broken files; that must not take the build along.
    let compiled =
        catch_unwind(AssertUnwindSafe(|| grass::from_path(path.as_str(), &options).map_err(|error| error.to_string())));
    match compiled {
        Ok(Ok(css)) => return Some(css),
        Ok(Err(error)) => sink.push(report(files.snapshot, &error, &source, sink)),
        Err(_) => {
            let diagnostic =
                Diagnostic::error("sass", "the Sass compiler fails on this file or on one that it uses, and does not say why");
            sink.push(diagnostic.in_file(path).help("undo the last change to them, or make it in smaller steps"));
        }
    }
    None
}

/// Grass says `Error: message`, then draws the place: a line `--> file:line:column`, or `./file:line:column`.
fn report(snapshot: &Snapshot, error: &str, source: &SourceText, sink: &Sink) -> Diagnostic {
    let message = error.lines().next().unwrap_or_default().trim_start_matches("Error: ").trim_end_matches('.').to_owned();
    let diagnostic = Diagnostic::error("sass", message).help("mend the stylesheet; the others are compiled as usual");
    let place = error.lines().find_map(|line| {
        let mut parts = line.trim().trim_start_matches(['-', '>', '=', '╷', '│', '╵', ' ']).rsplitn(3, ':');
        let column: usize = parts.next()?.trim().parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        Some((parts.next()?.trim_start_matches("./").to_owned(), line, column))
    });
    match place {
        Some((file, line, column)) => {
            let file = SitePath::new(&file);
            let text = snapshot.bytes(file.as_str()).and_then(|_| snapshot.text(&file, sink)).unwrap_or_else(|| source.clone());
            let start = text.offset(line.saturating_sub(1), column.saturating_sub(1));
            diagnostic.at(&text, crate::text::Span { start, end: start + 1 })
        }
        None => diagnostic.in_file(&source.path),
    }
}

/// Shows a snapshot to Grass as if it were a disk, with the portal's colours in it.
#[derive(Debug)]
struct SassFiles<'a> {
    snapshot: &'a Snapshot,
    palette: String,
}

impl SassFiles<'_> {
    fn name(path: &Path) -> String {
        let mut parts: Vec<String> = Vec::new();
        for part in path.iter().map(|part| part.to_string_lossy()) {
            match &*part {
                "." | "/" => {}
                ".." => {
                    parts.pop();
                }
                name => parts.push(name.to_owned()),
            }
        }
        parts.join("/")
    }
}

impl Fs for SassFiles<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        self.snapshot.below(&Self::name(path)).next().is_some()
    }

    fn is_file(&self, path: &Path) -> bool {
        let name = Self::name(path);
        name.ends_with(PALETTE) || self.snapshot.bytes(&name).is_some()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // Grass panics on what is not UTF-8.
        let name = Self::name(path);
        let bytes = self.snapshot.bytes(&name);
        if bytes.is_none() && name.ends_with(PALETTE) {
            return Ok(self.palette.clone().into_bytes());
        }
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned().into_bytes());
        text.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such file in the site"))
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(PathBuf::from(Self::name(path)))
    }
}
