use tera::Value;
use tera::value::Key;

use super::Reads;
use crate::template::values::same;

impl Reads {
    /// Whether a template that reads this of a value cannot tell two values apart: without a print of them, and without
    /// a look into parts that both share.
    pub fn same(&self, a: &Value, b: &Value) -> bool {
        let shared = match (a.as_map().zip(b.as_map()), a.as_array().zip(b.as_array())) {
            (Some((a, b)), _) => std::ptr::eq(a, b),
            (_, Some((a, b))) => std::ptr::eq(a, b),
            _ => false,
        };
        if shared || self.is_nothing() {
            return true;
        }
        // Texts have items, too, and maps in the order of their keys.
        let lists = a.is_array() && b.is_array();
        let holders = lists || (a.is_map() && b.is_map());
        if self.whole || (self.items.is_some() && !lists) || (self.any.is_some() && !holders) {
            return same(a, b);
        }
        a.name() == b.name()
            && (!self.itself || a.is_truthy() == b.is_truthy())
            && (!self.length || a.len() == b.len())
            && self.same_fields(a, b)
            && self.same_items(a.as_array().unwrap_or_default(), b.as_array().unwrap_or_default())
    }

    fn same_fields(&self, a: &Value, b: &Value) -> bool {
        let (Some(a), Some(b)) = (a.as_map(), b.as_map()) else { return true };
        let same_field = |(name, reads): (&String, &Self)| match (a.get(&Key::Str(name)), b.get(&Key::Str(name))) {
            (Some(a), Some(b)) => reads.same(a, b),
            (None, None) => true,
            _ => reads.is_nothing(),
        };
        let same_any =
            |reads: &Self| a.len() == b.len() && a.iter().zip(b).all(|((key, a), (other, b))| key == other && reads.same(a, b));
        self.fields.iter().all(same_field) && self.any.as_deref().is_none_or(same_any)
    }

    fn same_items(&self, a: &[Value], b: &[Value]) -> bool {
        let same_any = |reads: &Self| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| reads.same(a, b));
        self.any.as_deref().is_none_or(same_any)
            && self.items.as_ref().is_none_or(|items| {
                let first = items.first.unwrap_or(usize::MAX);
                first.min(a.len()) == first.min(b.len()) && a.iter().zip(b).take(first).all(|(a, b)| items.each.same(a, b))
            })
    }
}
