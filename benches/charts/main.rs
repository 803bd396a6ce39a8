//! What charts and exports take: `cargo bench --profile dist --bench charts`.
//!
//! Draws charts of some shapes of series (`shapes.rs`), builds a portal of 1,000 indicators with sixty values each in two
//! languages (`portal.rs`, `built.rs`), and puts the tables into `docs/performance.md`. Another number of indicators follows
//! `--`; `--print` leaves the page as it is.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, reason = "a program of its own")]
#![allow(clippy::indexing_slicing, reason = "of lists that are written here")]

#[path = "../peers/aim.rs"]
#[allow(dead_code, reason = "the other benchmark uses more of it")]
mod aim;
mod built;
mod clock;
#[path = "../peers/document.rs"]
mod document;
mod portal;
mod report;
mod shapes;

use std::io;
use std::path::Path;

use clap::Parser;

/// Measures charts and exports, and writes docs/performance.md
#[derive(Parser)]
struct Args {
    /// How many indicators the portal has, each in two languages
    #[arg(default_value_t = 1_000)]
    indicators: usize,

    /// Leave out the build with pictures, which takes long
    #[arg(long)]
    no_pictures: bool,

    /// Print the tables only, and leave docs/performance.md as it is
    #[arg(long)]
    print: bool,

    /// Given by cargo bench
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> io::Result<()> {
    let args = Args::parse();
    if !args.bench {
        // `cargo test --all-targets` starts benches, too, to see that they compile.
        return Ok(());
    }
    let machine = document::machine();
    let shapes = shapes::measure();
    let without = built::build(args.indicators, false)?;
    let with = if args.no_pictures { None } else { Some(built::build(args.indicators, true)?) };
    let tables = report::tables(&machine, args.indicators, &shapes, &without, with.as_ref());
    println!("{tables}");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    if args.print { Ok(()) } else { document::write(&page, "charts", &tables) }
}
