use std::borrow::Cow;

/// HTML that a template function puts into Markdown. While Markdown is read, a token stands for it,
/// so that Markdown cannot mangle it and a writer's own HTML cannot pass for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Insert {
    /// The HTML.
    pub html: String,
    /// What it says, for headings and counts of words.
    pub text: String,
    /// Where it may stand.
    pub stands: Stands,
}

/// Where an insert may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// In a line of text, such as a number.
    InLine,
    /// In a paragraph of its own only, such as a chart.
    Alone,
    /// Anywhere; alone it needs no paragraph around it.
    Anywhere,
}

const START: char = '\u{2}';
const END: char = '\u{3}';

/// The token that stands for the insert of an index.
pub fn token(index: usize) -> String {
    format!("{START}{index}{END}")
}

/// The index, if a text is one token and nothing else.
pub(super) fn sole_token(text: &str) -> Option<usize> {
    text.trim().strip_prefix(START)?.strip_suffix(END)?.parse().ok()
}

/// A text cut at its tokens: each piece is plain text, or the index of an insert.
pub(super) fn pieces(text: &str) -> Vec<Result<usize, &str>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, from_token)) = rest.split_once(START) {
        let Some((index, after)) = from_token.split_once(END).and_then(|(index, after)| Some((index.parse().ok()?, after)))
        else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Err(before));
        }
        pieces.push(Ok(index));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Err(rest));
    }
    pieces
}

/// A text with the words of its inserts in place of their tokens.
pub(super) fn words<'a>(text: &'a str, inserts: &'a [Insert]) -> Cow<'a, str> {
    if !text.contains(START) {
        return Cow::Borrowed(text);
    }
    let word = |piece| match piece {
        Ok(index) => inserts.get(index).map_or("", |insert: &Insert| insert.text.as_str()),
        Err(text) => text,
    };
    pieces(text).into_iter().map(word).collect()
}
