use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::address::split_fragment;
use super::anchors::element;
use super::inside::path_inside;
use crate::build::{Outputs, Receive};
use crate::markdown::WrittenLink;
use crate::text::SitePath;

/// The files of a build as far as links are looked up among them: of all the names, of those that a link leads into the
/// bytes.
#[derive(Default)]
pub struct Lookup {
    led_into: Mutex<BTreeSet<SitePath>>,
    outputs: Mutex<Outputs>,
}

impl Lookup {
    /// The files.
    pub fn into_outputs(self) -> Outputs {
        self.outputs.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Receive for Lookup {
    fn links(&self, base_url: &str, page: &str, links: &[WrittenLink]) {
        for (url, fragment) in links.iter().map(|link| split_fragment(&link.url)) {
            let path = fragment.and_then(element).and_then(|_| path_inside(url, base_url, page));
            if let Some(path) = path {
                let index = format!("{}/index.html", path.trim_end_matches('/'));
                lock(&self.led_into).extend([path, index].iter().map(|path| SitePath::new(path)));
            }
        }
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        let bytes = if lock(&self.led_into).contains(path) { bytes } else { Arc::default() };
        lock(&self.outputs).insert(path.clone(), bytes);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bytes_of_what_a_link_leads_into_are_kept() {
        let lookup = Lookup::default();
        let urls = ["b/#x", "/c/", "/d/#", "https://tin.vn/e/#x", "https://a.vn/f/#x", "/files/data.html#x"];
        let links: Vec<_> = urls.iter().map(|url| WrittenLink { url: (*url).to_owned(), image: false }).collect();
        lookup.links("https://tin.vn", "/a/", &links);
        let files =
            ["a/b/index.html", "c/index.html", "d/index.html", "e/index.html", "f/index.html", "files/data.html", "site.css"];
        files.iter().for_each(|path| lookup.receive(&SitePath::new(path), Arc::from(*b"html")));
        let outputs = lookup.into_outputs();
        assert_eq!(outputs.len(), files.len());
        let kept: Vec<&str> = outputs.iter().filter(|(_, bytes)| !bytes.is_empty()).map(|(path, _)| path.as_str()).collect();
        assert_eq!(kept, ["a/b/index.html", "e/index.html", "files/data.html"]);
    }
}
