use tera::Value;

use super::Reads;
use crate::template::values::map;

impl Reads {
    /// What is read of a value, and little more: a template that reads so much cannot tell it from the whole.
    pub fn part(&self, value: &Value) -> Value {
        let each = self.of_items();
        match (value.as_map(), value.as_array()) {
            _ if self.whole => value.clone(),
            (Some(fields), _) if !self.reads_all_fields() => {
                let read = fields.iter().filter_map(|(key, value)| Some((key, self.fields.get(key.as_str()?)?, value)));
                let part = map(read.map(|(key, reads, value)| (key.clone(), reads.part(value))));
                if self.itself && !part.is_truthy() { value.clone() } else { part }
            }
            (_, Some(list)) => {
                let first = self.items.as_ref().map_or(Some(0), |items| items.first);
                let count = first.filter(|_| !self.length && self.any.is_none()).map_or(list.len(), |first| first.max(1));
                Value::from(list.iter().take(count).map(|item| each.part(item)).collect::<Vec<_>>())
            }
            _ => value.clone(),
        }
    }
}
