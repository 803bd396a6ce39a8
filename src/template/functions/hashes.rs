use std::fmt::Write;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256, Sha384, Sha512};
use tera::{Kwargs, State, TeraResult, Value};

use super::files::{find_file, no_file};
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::{SharedSite, Site};

/// `get_hash(path | literal, sha_type=384, base64=true)`: for the `integrity` of a script, as an example.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let site = site.clone();
    functions.add("get_hash", move |kwargs: Kwargs, _: &State<'_>| get_hash(&site, &kwargs));
}

fn get_hash(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let literal = kwargs.get::<String>("literal")?;
    let bits = kwargs.get::<u32>("sha_type")?.unwrap_or(384);
    if ![256, 384, 512].contains(&bits) {
        return Err(failure(format!("there is no SHA-{bits}"), "give `sha_type` as 256, 384 or 512"));
    }
    let hash = match (kwargs.get::<String>("path")?, literal) {
        (Some(path), None) => of_file(site, &path, bits)?,
        (None, Some(literal)) => sha(literal.as_bytes(), bits),
        _ => return Err(failure("get_hash hashes either a file or a text", "give one of `path` and `literal`")),
    };
    let base64 = kwargs.get::<bool>("base64")?.unwrap_or(true);
    Ok(Value::from(if base64 { BASE64_STANDARD.encode(hash) } else { hex(&hash) }))
}

/// What makes the address of a file new when its bytes are: the first 20 digits of its SHA-256.
pub(super) fn cachebust(site: &Site, path: &str) -> TeraResult<String> {
    let digits = hex(&of_file(site, path, 256)?);
    Ok(digits.get(..20).unwrap_or_default().to_owned())
}

/// The hash of a file, worked out once in a build: every page may ask for that of the same script.
fn of_file(site: &Site, path: &str, bits: u32) -> TeraResult<Arc<[u8]>> {
    let (found, bytes) = find_file(site, path)?.ok_or_else(|| no_file(site, path))?;
    Ok(site.files.hashes.get((found, bits), || sha(&bytes, bits)))
}

fn sha(bytes: &[u8], bits: u32) -> Arc<[u8]> {
    match bits {
        256 => Sha256::digest(bytes).as_slice().into(),
        384 => Sha384::digest(bytes).as_slice().into(),
        _ => Sha512::digest(bytes).as_slice().into(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
