use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::reader::{Reader, Word, tokens};

/// The most files of words in one language.
const MOST: usize = 4096;
/// How many letters of a word decide which file it is in: the beginnings of longer words are together.
const KEY: usize = 4;

/// Where in a document a word stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Title,
    Summary,
    Text,
}

/// In which documents every word, every two neighbours and every mark of a filter are.
#[derive(Default)]
pub(super) struct Postings {
    /// Words by their tokens as written, each as the numbers of its forms.
    read: HashMap<String, Rc<[usize]>>,
    folded: HashMap<String, u32>,
    words: Vec<String>,
    forms: HashMap<Word, usize>,
    /// The word of each form, its marks, and where it is.
    lists: Vec<(u32, String, List)>,
    /// There are far more of these than of all else.
    pairs: HashMap<(u32, u32), List>,
    marks: BTreeMap<String, List>,
}

/// Documents in the order of their numbers, each with a weight below 16, packed.
#[derive(Default)]
struct List {
    next: u32,
    bytes: Vec<u8>,
}

impl List {
    fn add(&mut self, document: u32, weight: u8) {
        push(&mut self.bytes, ((document - self.next) as usize) << 4 | usize::from(weight & 15));
        self.next = document + 1;
    }
}

/// How often a word stands where in one document.
#[derive(Clone, Copy, Default)]
struct Seen {
    title: bool,
    summary: bool,
    text: u32,
}

impl Seen {
    fn note(&mut self, part: Part) {
        match part {
            Part::Title => self.title = true,
            Part::Summary => self.summary = true,
            Part::Text => self.text += 1,
        }
    }

    fn weight(self) -> u8 {
        let often = match self.text {
            0 => 0,
            1 => 1,
            2..=4 => 2,
            _ => 3,
        };
        u8::from(self.title) << 3 | u8::from(self.summary) << 2 | often
    }
}

impl Postings {
    /// Adds the next document: its words, and the marks that filters ask for.
    pub(super) fn add(&mut self, document: u32, parts: &[(Part, &str)], marks: &[String], reader: &Reader) {
        let mut forms: HashMap<usize, Seen> = HashMap::new();
        let mut pairs: HashMap<(u32, u32), Seen> = HashMap::new();
        for (part, text) in parts {
            let all: Vec<&str> = tokens(text).collect();
            let mut before = None;
            for (at, token) in all.iter().enumerate() {
                for &form in self.read(token, reader).iter() {
                    forms.entry(form).or_default().note(*part);
                    let word = self.lists.get(form).map(|(word, ..)| *word);
                    if let (Some(before), Some(word)) = (before, word) {
                        pairs.entry((before, word)).or_default().note(*part);
                    }
                    before = word;
                }
                if let Some(scaled) = reader.scaled(token, all.iter().skip(at + 1).copied()) {
                    let form = self.form(scaled);
                    forms.entry(form).or_default().note(*part);
                }
            }
        }
        for (form, seen) in forms {
            if let Some((_, _, list)) = self.lists.get_mut(form) {
                list.add(document, seen.weight());
            }
        }
        for (pair, seen) in pairs {
            self.pairs.entry(pair).or_default().add(document, seen.weight());
        }
        for mark in marks {
            self.marks.entry(format!("@{mark}")).or_default().add(document, 0);
        }
    }

    fn read(&mut self, token: &str, reader: &Reader) -> Rc<[usize]> {
        if let Some(forms) = self.read.get(token) {
            return Rc::clone(forms);
        }
        let forms: Rc<[usize]> = reader.words(token).into_iter().map(|word| self.form(word)).collect();
        self.read.insert(token.to_owned(), Rc::clone(&forms));
        forms
    }

    fn form(&mut self, word: Word) -> usize {
        if let Some(form) = self.forms.get(&word) {
            return *form;
        }
        let next = self.words.len() as u32;
        let id = *self.folded.entry(word.folded.clone()).or_insert(next);
        if id == next {
            self.words.push(word.folded.clone());
        }
        self.lists.push((id, word.marked.clone(), List::default()));
        self.forms.insert(word, self.lists.len() - 1);
        self.lists.len() - 1
    }

    /// The files of words.
    pub(super) fn files(&self, count: usize) -> Vec<Vec<u8>> {
        let word = |id: &u32| self.words.get(*id as usize).map_or("", String::as_str);
        let forms = self.lists.iter().map(|(id, marked, list)| Entry { word: word(id), after: "", marked, list });
        let pairs = self.pairs.iter().map(|((a, b), list)| Entry { word: word(a), after: word(b), marked: "", list });
        let marks = self.marks.iter().map(|(mark, list)| Entry { word: mark, after: "", marked: "", list });
        let mut files: Vec<Vec<Entry<'_>>> = (0..count).map(|_| Vec::new()).collect();
        for entry in forms.chain(pairs).chain(marks) {
            if let Some(file) = files.get_mut(place(&entry.term(), count)) {
                file.push(entry);
            }
        }
        files.into_iter().map(file).collect()
    }
}

/// A form of a word, two neighbours, or a mark, and where it is.
struct Entry<'a> {
    word: &'a str,
    after: &'a str,
    marked: &'a str,
    list: &'a List,
}

impl Entry<'_> {
    fn term(&self) -> String {
        if self.after.is_empty() { self.word.to_owned() } else { format!("{} {}", self.word, self.after) }
    }
}

fn file(mut entries: Vec<Entry<'_>>) -> Vec<u8> {
    entries.sort_unstable_by_key(|entry| (entry.word, entry.after, entry.marked));
    let mut bytes = Vec::new();
    for forms in entries.chunk_by(|a, b| (a.word, a.after) == (b.word, b.after)) {
        let Some(first) = forms.first() else { continue };
        push_bytes(&mut bytes, first.term().as_bytes());
        push(&mut bytes, forms.len());
        for form in forms {
            push_bytes(&mut bytes, form.marked.as_bytes());
            push_bytes(&mut bytes, &form.list.bytes);
        }
    }
    bytes
}

/// How many files of words there are for so many documents.
pub(super) fn count(documents: usize) -> usize {
    documents.div_ceil(8).next_power_of_two().min(MOST)
}

/// The file that a term is in: by FNV-1a of how a word begins, or of the whole of two neighbours and of a filter's mark.
fn place(term: &str, count: usize) -> usize {
    let letters = if term.starts_with('@') || term.contains(' ') { usize::MAX } else { KEY };
    let mut hash = 0x811c_9dc5_u32;
    let mut buffer = [0; 4];
    for c in term.chars().take(letters) {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash as usize & (count - 1)
}

/// Seven bits a byte, the lowest first; all bytes but the last have their highest bit set.
fn push(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 127 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn push_bytes(bytes: &mut Vec<u8>, what: &[u8]) {
    push(bytes, what.len());
    bytes.extend_from_slice(what);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::text::Lang;

    #[test]
    fn numbers_are_packed_seven_bits_a_byte() {
        let packed = |number| {
            let mut bytes = Vec::new();
            push(&mut bytes, number);
            bytes
        };
        assert_eq!(packed(0), [0]);
        assert_eq!(packed(127), [127]);
        assert_eq!(packed(128), [128, 1]);
        assert_eq!(packed(300), [172, 2]);
    }

    #[test]
    fn the_number_of_files_is_a_power_of_two_and_bounded() {
        assert_eq!([0, 1, 8, 9, 100, 50_000, 1_000_000].map(count), [1, 1, 1, 2, 16, 4096, 4096]);
    }

    #[test]
    fn words_with_one_beginning_are_in_one_file_and_all_else_is_spread() {
        for (a, b) in [("thuong", "thuon"), ("subscriber", "subsidy"), ("subs", "subscriber")] {
            assert_eq!(place(a, 4096), place(b, 4096), "{a}, {b}");
        }
        let all = ["@year:2020", "@year:2021", "@year:2022", "thue", "thue bao", "thue nha", "thue dat"];
        let places: std::collections::BTreeSet<_> = all.map(|term| place(term, 4096)).into();
        assert_eq!(places.len(), all.len());
    }

    #[test]
    fn a_file_holds_terms_with_their_forms_and_documents() {
        let lang = Lang::new("vi");
        let reader = Reader::new(&lang, &Locale::of(&lang).unwrap());
        let mut postings = Postings::default();
        postings.add(0, &[(Part::Title, "Bão")], &[], &reader);
        postings.add(2, &[(Part::Text, "bao bao")], &["year:2020".to_owned()], &reader);
        let files = postings.files(1);
        let mut expected = Vec::new();
        push_bytes(&mut expected, b"@year:2020");
        expected.extend([1, 0, 1, 2 << 4]);
        push_bytes(&mut expected, b"bao");
        expected.extend([2, 0, 1, 2 << 4 | 2]);
        push_bytes(&mut expected, "bao\u{303}".as_bytes());
        expected.extend([1, 8]);
        push_bytes(&mut expected, b"bao bao");
        expected.extend([1, 0, 1, 2 << 4 | 1]);
        assert_eq!(files, [expected]);
    }
}
