use tera::Value;

/// Whether no template can tell two values apart. Parts that are shared are not looked into.
pub fn same(a: &Value, b: &Value) -> bool {
    if let (Some(a), Some(b)) = (a.as_map(), b.as_map()) {
        return std::ptr::eq(a, b)
            || (a.len() == b.len() && a.iter().zip(b).all(|((key, a), (other, b))| key == other && same(a, b)));
    }
    if let (Some(a), Some(b)) = (a.as_array(), b.as_array()) {
        return std::ptr::eq(a, b) || (a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)));
    }
    if let (Some(text), Some(other)) = (a.as_str(), b.as_str()) {
        return a.is_safe() == b.is_safe() && (std::ptr::eq(text, other) || text == other);
    }
    if let (Some(number), Some(other)) = (a.as_number(), b.as_number()) {
        return a.kind() == b.kind()
            && if number.is_float() {
                number.as_float().to_bits() == other.as_float().to_bits()
            } else {
                number.as_integer() == other.as_integer()
            };
    }
    a.kind() == b.kind() && a.as_bool() == b.as_bool() && a.as_bytes() == b.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prints_differently_is_not_the_same() {
        let list = |items: &[i64]| Value::from(items.iter().map(|item| Value::from(*item)).collect::<Vec<_>>());
        let different = [
            Value::none(),
            Value::undefined(),
            Value::from(true),
            Value::from(false),
            Value::from(1_i64),
            Value::from(1_u64),
            Value::from(1.0),
            Value::from("1"),
            Value::safe_string("1"),
            list(&[1]),
            list(&[1, 2]),
            list(&[]),
            Value::bytes(*b"1"),
        ];
        for (at, a) in different.iter().enumerate() {
            for (other, b) in different.iter().enumerate() {
                assert_eq!(same(a, b), at == other, "{a:?} {b:?}");
            }
        }
        assert!(same(&list(&[1, 2]), &list(&[1, 2])));
    }
}
