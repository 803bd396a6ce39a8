//! `tinso init`

use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Context;
use super::exit::{Exit, Failure};
use super::summary::count;

static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/scaffold/site");
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/tinso-news");

/// Make a new portal, in Vietnamese and English, that works at once
///
/// It has two articles with real figures, an indicator with its chart, and the theme tinso-news. Nothing is asked, and
/// no file that is there already is changed.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The folder to make it in
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,

    /// Use a folder with other files in it
    #[arg(short, long)]
    force: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let dir = &args.dir;
    if dir.exists() && !dir.is_dir() {
        return Err(Failure::usage(format!("{} is not a folder", dir.display())).help("give a new folder"));
    }
    let occupied = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !args.force {
        let message = format!("{} is not empty", dir.display());
        return Err(Failure::usage(message).help("give a new folder, or use --force: no file in it is changed"));
    }
    let site = write_folder(&SITE, SITE.path(), dir)?;
    let theme = write_folder(&THEME, THEME.path(), &dir.join("themes/tinso-news"))?;
    let (written, of_theme) = (count(site.written, "file"), count(theme.written, "file"));
    let reporter = &context.reporter;
    reporter.line(&format!("Made a portal in {}: {written} of its own, {of_theme} in themes/tinso-news/", dir.display()));
    match site.kept + theme.kept {
        0 => {}
        1 => reporter.line("1 file was there already and is as it was"),
        kept => reporter.line(&format!("{kept} files were there already and are as they were")),
    }
    let go = if dir == Path::new(".") { String::new() } else { format!("`cd {}`, then ", dir.display()) };
    reporter.line(&format!("Next: {go}`tinso serve`; then edit a file in content/news/"));
    Ok(Exit::Good)
}

/// How many files were written, and how many were there already.
#[derive(Default)]
struct Tally {
    written: usize,
    kept: usize,
}

fn write_folder(folder: &Dir<'_>, base: &Path, target: &Path) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    for file in folder.files() {
        let inner = file.path().strip_prefix(base).unwrap_or(file.path());
        // A file of this name inside the crate would be taken for the crate's own.
        let inner = if inner == Path::new("gitignore") { Path::new(".gitignore") } else { inner };
        let counter = if write_new(&target.join(inner), file.contents())? { &mut tally.written } else { &mut tally.kept };
        *counter += 1;
    }
    for inner in folder.dirs() {
        let inner = write_folder(inner, base, target)?;
        tally.written += inner.written;
        tally.kept += inner.kept;
    }
    Ok(tally)
}

/// Writes a file unless there is one; says whether it did.
pub(super) fn write_new(path: &Path, contents: &[u8]) -> Result<bool, Failure> {
    let failed = |error: std::io::Error| Failure::io(format!("{} cannot be written: {error}", path.display()));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => std::io::Write::write_all(&mut file, contents).map(|()| true).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}
