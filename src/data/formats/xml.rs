use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::{Broken, Data, MOST_DEPTH, list, table, text};

/// Reads XML: an element is a table of its attributes (`@name`), its text (`#text`) and its children by name, those of
/// one name as a list; an element with text only is that text, and an empty one is nothing. A number or truth
/// value is one where nothing is lost by that.
pub(super) fn read(content: &str) -> Result<Data, Broken> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(content, options).map_err(|error| {
        let (row, column) = (error.pos().row as usize, error.pos().col as usize);
        let message = error.to_string();
        let message = message.rsplit_once(" at ").map_or(message.as_str(), |(message, _)| message);
        Broken::at(message, row, column)
    })?;
    let root = document.root_element();
    Ok(table([(root.tag_name().name().to_owned(), element(root, 0)?)]))
}

fn element(node: Node<'_, '_>, depth: usize) -> Result<Data, Broken> {
    if depth > MOST_DEPTH {
        let at = node.document().text_pos_at(node.range().start);
        return Err(Broken::at("its elements are nested too deeply", at.row as usize, at.col as usize));
    }
    let mut entries: Vec<(String, Vec<Data>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut add = |key: String, value: Data| match places.get(&key).and_then(|at| entries.get_mut(*at)) {
        Some((_, values)) => values.push(value),
        None => {
            places.insert(key.clone(), entries.len());
            entries.push((key, vec![value]));
        }
    };
    for attribute in node.attributes() {
        add(format!("@{}", attribute.name()), scalar(attribute.value()));
    }
    let own: String = node.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    let own = own.trim();
    let mut only_text = node.attributes().len() == 0;
    for child in node.children().filter(Node::is_element) {
        only_text = false;
        add(child.tag_name().name().to_owned(), element(child, depth + 1)?);
    }
    if only_text {
        return Ok(if own.is_empty() { Data::Null } else { scalar(own) });
    }
    if !own.is_empty() {
        add("#text".to_owned(), scalar(own));
    }
    Ok(table(entries.into_iter().map(|(key, mut values)| match (values.len(), values.pop()) {
        (1, Some(only)) => (key, only),
        (_, last) => (key, list(values.into_iter().chain(last))),
    })))
}

/// A number or truth value where nothing is lost by it: `007` and `1.50` stay text.
fn scalar(value: &str) -> Data {
    let integer = value.parse::<i64>().is_ok_and(|number| number.to_string() == value);
    let float = || value.contains('.') && value.parse::<f64>().is_ok_and(|number| number.to_string() == value);
    match value {
        "true" => Data::Bool(true),
        "false" => Data::Bool(false),
        _ if integer || float() => Data::Number(value.to_owned()),
        _ => text(value),
    }
}
