//! Replaces file after file inside an output folder that cannot be exchanged as a whole, such as a mount point.
//!
//! Every file is written in full before the first one is replaced, so a full disk changes nothing. Styles, scripts and
//! data come into place before the pages that refer to them, and what is stale goes last.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{create_dir, flush_tree, remove_tree, write_new};
use super::links::put;
use super::manifest::MANIFEST_NAME;
use super::plan::{IN_PLACE_STAGING, Plan};
use super::{Options, PublishError};

/// Brings an output folder from one build to the next.
pub(super) fn write(plan: &Plan<'_>, options: Options) -> Result<(), PublishError> {
    let output = &plan.output;
    let staging = output.join(IN_PLACE_STAGING);
    let done = replace_all(plan, &staging, options);
    let cleared = remove_tree(&staging);
    done.and(cleared)
}

fn replace_all(plan: &Plan<'_>, staging: &Path, options: Options) -> Result<(), PublishError> {
    let output = &plan.output;
    remove_tree(staging)?;
    create_dir(staging)?;
    let mut staged: Vec<(PathBuf, &str)> = Vec::new();
    for (number, (path, bytes)) in plan.differing.iter().enumerate() {
        let file = staging.join(number.to_string());
        put(plan.linked.get(path), bytes, &file)?;
        staged.push((file, path));
    }
    let (both, new) = (staging.join("both"), staging.join("manifest"));
    write_new(&both, &plan.manifest.and(&plan.old_manifest).to_bytes())?;
    write_new(&new, &plan.manifest.to_bytes())?;
    if options.durable {
        flush_tree(staging)?;
    }

    // From here on files of both builds stand side by side: all of them are ours, should this be the end.
    rename(&both, &output.join(MANIFEST_NAME))?;
    let (blocking, stale): (Vec<&String>, Vec<&String>) = plan.stale.iter().partition(|path| blocks(plan, path));
    for path in blocking {
        remove_file(output, path)?;
    }
    staged.sort_by_key(|(_, path)| path.ends_with(".html"));
    for (file, path) in &staged {
        make_parents(output, path)?;
        rename(file, &output.join(path))?;
    }
    for path in stale {
        remove_file(output, path)?;
    }
    rename(&new, &output.join(MANIFEST_NAME))?;
    if options.durable { flush_tree(output) } else { Ok(()) }
}

/// Whether a stale file stands where a folder is needed, or the other way round.
fn blocks(plan: &Plan<'_>, stale: &str) -> bool {
    let is_output = |path: &Path| path.to_str().is_some_and(|path| plan.manifest.files.contains_key(path));
    let below = format!("{stale}/");
    let holds_output = plan.manifest.files.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below));
    holds_output || Path::new(stale).ancestors().skip(1).any(is_output)
}

fn rename(from: &Path, to: &Path) -> Result<(), PublishError> {
    fs::rename(from, to).map_err(PublishError::io("replace", to))
}

fn make_parents(output: &Path, path: &str) -> Result<(), PublishError> {
    for (end, _) in path.match_indices('/') {
        create_dir(&output.join(path.get(..end).unwrap_or_default()))?;
    }
    Ok(())
}

/// Removes a stale file and the folders that only it was in.
fn remove_file(output: &Path, path: &str) -> Result<(), PublishError> {
    remove_tree(&output.join(path))?;
    for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(output.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}
