//! Charts as they were looked at and found good. `UPDATE_GOLDEN=1 cargo test --test charts` draws them anew.

use std::fs;
use std::path::Path;

use crate::Case;

#[test]
fn charts_look_as_they_did() {
    let cases = [
        ("number-over", Case::share(&["2016 30 qualifier = \"over\""])),
        ("bullet", Case::stock(&["2016 103", "2017 110 kind = \"target\""])),
        ("columns", Case::flow(&["2013 1650", "2014 1800.5", "2015 1930.2", "2016 2105.8 obs_status = \"E\""])),
        (
            "line-break",
            Case::stock(&[
                "2008 60",
                "2009 104.9",
                "2010 154",
                "2011 115 obs_status = \"B\"",
                "2012 131.6",
                "2014 121.12",
                "2015 122 qualifier = \"about\"",
            ]),
        ),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/charts");
    for (name, case) in cases {
        for lang in ["vi", "en"] {
            let path = folder.join(format!("{name}.{lang}.svg"));
            let drawn = case.draw(lang).standalone("tinso");
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::write(&path, &drawn).unwrap();
            }
            let golden = fs::read_to_string(&path).unwrap_or_default();
            assert!(drawn == golden, "{} changed: look at it, then run with UPDATE_GOLDEN=1", path.display());
        }
    }
}
