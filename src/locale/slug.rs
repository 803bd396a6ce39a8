/// A slug in plain ASCII: `Đường sắt đô thị` becomes `duong-sat-do-thi` (the rules of crate `slug`, as in Zola).
pub fn slugify(text: &str) -> String {
    slug::slugify(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn vietnamese_letters_become_plain_ones() {
        assert_eq!(super::slugify("Sở TT&TT Thừa Thiên - Huế"), "so-tt-tt-thua-thien-hue");
        assert_eq!(super::slugify("Đường sắt đô thị"), "duong-sat-do-thi");
    }
}
