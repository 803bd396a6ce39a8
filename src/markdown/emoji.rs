use std::borrow::Cow;

/// A text with GitHub's names of emoji (`:smile:`) replaced by the characters.
pub(super) fn emoji(text: &str) -> Cow<'_, str> {
    if !text.contains(':') {
        return Cow::Borrowed(text);
    }
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        done.push_str(before);
        match after.split_once(':').and_then(|(name, next)| Some((emojis::get_by_shortcode(name)?, next))) {
            Some((found, next)) => {
                done.push_str(found.as_str());
                rest = next;
            }
            None => {
                done.push(':');
                rest = after;
            }
        }
    }
    done.push_str(rest);
    Cow::Owned(done)
}

#[cfg(test)]
mod tests {
    use super::emoji;

    #[test]
    fn only_names_of_emoji_change() {
        assert_eq!(emoji("a :smile: b :+1::heart_eyes: 12:30:45 ::rocket:: :x"), "a 😄 b 👍😍 12:30:45 :🚀: :x");
    }
}
