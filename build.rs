//! Names the build of the program after its sources, so that what one build of it left on disk is not taken for what
//! another would: `TINSO_BUILD`.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own, at the edge")]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for name in ["src", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={name}");
        hash(Path::new(name), &mut hasher)?;
    }
    let features =
        env::vars().filter(|(name, _)| name.starts_with("CARGO_FEATURE_")).collect::<std::collections::BTreeMap<_, _>>();
    features.hash(&mut hasher);
    println!("cargo::rustc-env=TINSO_BUILD={:016x}", hasher.finish());
    Ok(())
}

fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut inside = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        inside.sort();
        return inside.iter().try_for_each(|path| hash(path, hasher));
    }
    if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
