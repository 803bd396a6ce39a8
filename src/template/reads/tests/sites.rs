use super::super::Analysis;
use super::in_short;

#[test]
fn dump() {
    let Ok(dirs) = std::env::var("DUMP") else { return };
    let mut texts: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut prefixes = Vec::new();
    for (at, dir) in dirs.split(',').enumerate() {
        let prefix = if at == 0 { String::new() } else { format!("theme{at}/templates/") };
        let mut waiting = vec![std::path::PathBuf::from(dir)];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                for entry in std::fs::read_dir(path).unwrap() {
                    waiting.push(entry.unwrap().path());
                }
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                texts.insert(format!("{prefix}{}", path.strip_prefix(dir).unwrap().display()), text);
            }
        }
        if at > 0 {
            prefixes.push(prefix);
        }
    }
    let started = std::time::Instant::now();
    let analysis = Analysis::new(texts.iter().map(|(n, t)| (n.as_str(), t.as_str())), &prefixes);
    for name in texts.keys() {
        let of_it = analysis.of(name);
        println!(
            "=== {name}{}\n  {}\n  templates {:?}\n  filters {:?}",
            if super::super::parser::parse(&texts[name]).is_none() { " NOT PARSED" } else { "" },
            in_short(&of_it),
            of_it.templates,
            of_it.filters
        );
    }
    println!("took {:?}", started.elapsed());
}
