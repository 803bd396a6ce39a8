use super::read::Reader;
use crate::data::{Fields, Table};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Files by which machines find what the site has, `[extra.tinso.discovery]`; none of them is written unless it is asked for.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Discovery {
    /// Whether each language has `news.xml`, Google's sitemap of the articles of the last two days.
    pub news_sitemap: bool,
    /// Whether each language has `llms.txt`.
    pub llms: bool,
    /// Whether there is `humans.txt`.
    pub humans: bool,
    /// The key of IndexNow, whose file proves that the site is ours.
    pub index_now: Option<String>,
    /// What `.well-known/security.txt` says, if there is one.
    pub security: Option<Security>,
}

/// Whom to tell of a weakness of the site: `[extra.tinso.discovery.security]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Security {
    /// Addresses of mail, pages or telephones, the preferred one first.
    pub contact: Vec<String>,
    /// Where it stands how such reports are dealt with.
    pub policy: Option<String>,
}

impl Reader<'_> {
    pub(super) fn discovery(&self, table: &Table) -> Discovery {
        let mut fields = Fields::new(self.source, table, self.sink);
        let discovery = Discovery {
            news_sitemap: fields.bool("news_sitemap").unwrap_or(false),
            llms: fields.bool("llms").unwrap_or(false),
            humans: fields.bool("humans").unwrap_or(false),
            index_now: fields.text_at("index_now").and_then(|(key, span)| self.index_now(key, span)),
            security: fields
                .node("security")
                .and_then(|node| Some((fields.table("security")?, node.span)))
                .and_then(|(table, span)| self.security(table, span)),
        };
        fields.deny_unknown("unknown-config-key");
        discovery
    }

    fn index_now(&self, key: &str, span: Span) -> Option<String> {
        let is_key = (8..=128).contains(&key.len()) && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !is_key {
            let diagnostic = Diagnostic::error("bad-key", "this is no key of IndexNow").at(self.source, span);
            self.sink.push(diagnostic.help("write 8 to 128 letters a–z, digits and hyphens, as in `openssl rand -hex 16`"));
        }
        is_key.then(|| key.to_owned())
    }

    fn security(&self, table: &Table, span: Span) -> Option<Security> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let contact = fields.texts("contact").unwrap_or_default();
        let policy = fields.text_at("policy");
        fields.deny_unknown("unknown-config-key");
        if contact.is_empty() && (table.get("contact").is_none() || !self.sink.has_errors()) {
            let diagnostic = Diagnostic::error("no-contact", "security.txt has to name whom to tell").at(self.source, span);
            self.sink.push(diagnostic.help("write `contact = [\"mailto:security@example.vn\"]`"));
        }
        let is_address = |address: &str| ["mailto:", "https://", "tel:"].iter().any(|scheme| address.starts_with(scheme));
        for (address, span) in
            contact.iter().chain(&policy).filter(|(address, _)| !is_address(address) || address.contains(char::is_whitespace))
        {
            let diagnostic = Diagnostic::error("bad-contact", format!("`{address}` is no address")).at(self.source, *span);
            self.sink.push(diagnostic.help("write it with its scheme: `mailto:…`, `https://…` or `tel:+84…`"));
        }
        let contact: Vec<String> = contact.into_iter().map(|(address, _)| address.to_owned()).collect();
        let security = Security { contact, policy: policy.map(|(address, _)| address.to_owned()) };
        Some(security).filter(|security| !security.contact.is_empty())
    }
}
