//! Markdown files with their front matter become pages, sections and terms, linked into one [`Library`].

mod archive;
mod article_source;
mod derived;
mod extra;
mod file;
mod front_matter;
mod heads;
mod library;
mod link;
mod page;
mod read;
mod schedule;
mod section;
mod sort;
mod taxonomy;
mod untranslated;

pub use archive::{Archive, ArchiveMonth, ArchiveYear};
pub use article_source::ArticleSource;
pub use derived::AGENCIES;
pub use extra::Extra;
pub use file::{ContentFile, FileKind};
pub use front_matter::{FrontMatter, read_front_matter};
pub use heads::{RecordedHeads, digests_of_heads};
pub use library::{Library, LinkTarget};
pub use page::{Page, PageFile, PageFront, Stamp};
pub use read::{Read, Reading, read_library};
pub use schedule::{Absence, Moment, Schedule};
pub use section::{Section, SectionFile, SectionFront, SortBy};
pub use taxonomy::{Term, TermGroup};
