use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What may not stand in an address as it is; letters beyond ASCII are always written as bytes.
const NOT_IN_ADDRESSES: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// An address as machines send it ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)): `/tin-t%E1%BB%A9c/`. What is written
/// with `%` already stays.
pub fn escape_address(address: &str) -> Cow<'_, str> {
    utf8_percent_encode(address, NOT_IN_ADDRESSES).into()
}
