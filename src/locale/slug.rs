/// How a name becomes a part of an address.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Slugify {
    /// Plain ASCII: `Đường sắt` becomes `duong-sat`.
    #[default]
    On,
    /// As it is, without the characters that file systems refuse.
    Safe,
    /// As it is.
    Off,
}

impl Slugify {
    /// The words for it.
    pub const WORDS: [(&'static str, Self); 3] = [("on", Self::On), ("safe", Self::Safe), ("off", Self::Off)];

    /// A part of an address.
    pub fn path(self, name: &str) -> String {
        match self {
            Self::On => slugify(name),
            Self::Safe => {
                let kept: String = name.chars().filter(|c| !r#"<>:"/\|?*"#.contains(*c) && !c.is_control()).collect();
                kept.trim_end_matches([' ', '.']).to_owned()
            }
            Self::Off => name.to_owned(),
        }
    }

    /// The id of a heading: without plain ASCII, spaces become underscores.
    pub fn anchor(self, title: &str) -> String {
        match self {
            Self::On => slugify(title),
            Self::Safe | Self::Off => self.path(title).split_whitespace().collect::<Vec<_>>().join("_"),
        }
    }
}

/// A slug in plain ASCII: `Đường sắt đô thị` becomes `duong-sat-do-thi` (the rules of crate `slug`, as in Zola).
pub fn slugify(text: &str) -> String {
    slug::slugify(text)
}

#[cfg(test)]
mod tests {
    use super::Slugify;

    #[test]
    fn vietnamese_letters_become_plain_ones() {
        assert_eq!(super::slugify("Sở TT&TT Thừa Thiên - Huế"), "so-tt-tt-thua-thien-hue");
        assert_eq!(super::slugify("Đường sắt đô thị"), "duong-sat-do-thi");
    }

    #[test]
    fn a_safe_name_keeps_its_letters_and_loses_what_file_systems_refuse() {
        assert_eq!(Slugify::Safe.path("Hỏi: gì? Ở đâu/khi nào. "), "Hỏi gì Ở đâukhi nào");
        assert_eq!(Slugify::Safe.anchor("Kết quả: 2017"), "Kết_quả_2017");
        assert_eq!(Slugify::Off.path("A / B."), "A / B.");
        assert_eq!(Slugify::On.anchor("Kết quả"), "ket-qua");
    }
}
