/// What builds before this one have made, so that this one makes only what is different.
///
/// A build with it gives the same bytes and findings as one without.
#[derive(Default, Debug)]
pub struct Memo {}

/// How much a build had to do; everything else was there from builds before it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Work {
    /// Content files read into front matter and body.
    pub read: usize,
    /// Bodies turned from Markdown into HTML.
    pub marked: usize,
    /// Outputs rendered by a template.
    pub rendered: usize,
}
