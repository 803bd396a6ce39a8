//! `tinso init`

use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Context;
use super::exit::{Exit, Failure};

static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/scaffold/site");
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/tinso-news");

/// Make a new portal, in Vietnamese and English, that works at once
///
/// It has two articles with real figures, an indicator with its chart, and the theme tinso-news. Nothing is asked, and
/// no file that is there already is changed.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The folder to make it in
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    /// Use a folder with other files in it
    #[arg(short, long)]
    force: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let dir = &args.dir;
    let occupied = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !args.force {
        let message = format!("{} is not empty", dir.display());
        return Err(Failure::usage(message).help("give a new folder, or use --force: no file in it is changed"));
    }
    let mut written = 0;
    for (folder, target) in [(&SITE, dir.clone()), (&THEME, dir.join("themes/tinso-news"))] {
        written += write_folder(folder, folder.path(), &target)?;
    }
    context.reporter.line(&format!("Made a portal in {}: {}", dir.display(), super::summary::count(written, "file")));
    context.reporter.line(&format!("Next: cd {} and tinso serve; then edit a file in content/news/", dir.display()));
    Ok(Exit::Good)
}

fn write_folder(folder: &Dir<'_>, base: &Path, target: &Path) -> Result<usize, Failure> {
    let mut written = 0;
    for file in folder.files() {
        let inner = file.path().strip_prefix(base).unwrap_or(file.path());
        // A file of this name inside the crate would be taken for the crate's own.
        let inner = if inner == Path::new("gitignore") { Path::new(".gitignore") } else { inner };
        written += usize::from(write_new(&target.join(inner), file.contents())?);
    }
    for inner in folder.dirs() {
        written += write_folder(inner, base, target)?;
    }
    Ok(written)
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
