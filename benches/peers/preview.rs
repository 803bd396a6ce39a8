//! Servers: from the start until the first page, from a saved file until the served page shows it, memory, idleness.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::folders::Work;
use super::peer::{Peer, Program};
use super::portal::{Dialect, FIRST};
use super::process::{self, Usage, median, usage};

/// How often a page is asked for while it is waited for.
const EVERY: Duration = Duration::from_millis(5);
/// A page that has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(120);
/// A server that has done nothing for so long has no rebuild before it: longer than any of them waits after an edit.
const QUIET: Duration = Duration::from_millis(1_200);
/// So long nothing is edited at the end.
const IDLE: Duration = Duration::from_secs(3);

/// What is edited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edited {
    Article,
    Template,
    Sass,
}

impl Edited {
    pub const ALL: [Self; 3] = [Self::Article, Self::Template, Self::Sass];

    /// The file, and the path that shows it.
    fn place(self, dialect: Dialect) -> (&'static str, &'static str) {
        match (self, dialect) {
            (Self::Article, _) => FIRST,
            (Self::Template, Dialect::Hugo) => ("layouts/page.html", FIRST.1),
            (Self::Template, _) => ("templates/page.html", FIRST.1),
            (Self::Sass, Dialect::Hugo) => ("assets/site.scss", "/site.css"),
            (Self::Sass, _) => ("sass/site.scss", "/site.css"),
        }
    }

    fn with(self, text: &str, mark: &str) -> String {
        match self {
            Self::Article => format!("{text}\n{mark}\n"),
            Self::Template => text.replacen("<h1>", &format!("<i>{mark}</i><h1>"), 1),
            Self::Sass => format!("{text}\n.{mark} {{ color: red; }}\n"),
        }
    }
}

/// What was measured of a server.
pub struct Previewed {
    pub program: Program,
    pub flag: &'static str,
    /// Until the first page of a site that it has never seen.
    pub start: Duration,
    /// Until the first page of a start after that.
    pub start_again: Duration,
    /// Until the page shows an edit; the median. An edit that is never shown has none.
    shown: Vec<(Edited, Duration)>,
    /// When the first page was there, and after all edits; KiB.
    pub memory: [u64; 2],
    /// The share of processor time without an edit.
    pub idle: f64,
}

impl Previewed {
    pub fn shown(&self, edited: Edited) -> Option<Duration> {
        self.shown.iter().find(|(other, _)| *other == edited).map(|(_, time)| *time)
    }
}

/// Starts a server and edits its site, each kind of edit so often.
pub fn measure(peer: &Peer, flag: &'static str, work: &Work, rounds: u32) -> io::Result<Previewed> {
    work.forget(peer.program)?;
    let site = work.site(peer.program);
    let (mut server, start) = Server::start(peer, flag, work)?;
    let first = server.usage()?.memory;

    let mut shown = Vec::new();
    for edited in Edited::ALL {
        let (file, page) = edited.place(peer.dialect);
        let path = site.join(file);
        let before = fs::read_to_string(&path)?;
        let mut times = Vec::new();
        for round in 0..rounds {
            let mark = format!("mark-{edited:?}-{round}");
            server.get(page);
            let saved = Instant::now();
            fs::write(&path, edited.with(&before, &mark))?;
            times.push(server.wait(saved, page, &mark)?);
            server.settle()?;
        }
        fs::write(&path, before)?;
        server.settle()?;
        let all: Option<Vec<Duration>> = times.into_iter().collect();
        shown.extend(all.and_then(median).map(|time| (edited, time)));
    }

    let before = server.usage()?;
    sleep(IDLE);
    let after = server.usage()?;
    let idle = after.cpu.saturating_sub(before.cpu).as_secs_f64() / IDLE.as_secs_f64();
    drop(server);
    let (_, start_again) = Server::start(peer, flag, work)?;
    Ok(Previewed { program: peer.program, flag, start, start_again, shown, memory: [first, after.memory], idle })
}

/// A server; it ends with its value.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts one and waits until it has nothing more to do; gives how long its first page took.
    fn start(peer: &Peer, flag: &str, work: &Work) -> io::Result<(Self, Duration)> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = peer.serve(&work.site(peer.program), flag, port);
        process::quiet(&mut command, &work.log())?;
        let begin = Instant::now();
        let mut server = Self { process: command.spawn()?, port };
        let start = server.wait(begin, FIRST.1, "rel=\"canonical\"")?;
        let start = start.ok_or_else(|| io::Error::other(format!("it shows no page: {command:?}")))?;
        server.settle()?;
        Ok((server, start))
    }

    /// Asks for a page until it shows a text; gives how long that was.
    fn wait(&mut self, since: Instant, page: &str, text: &str) -> io::Result<Option<Duration>> {
        loop {
            if self.get(page).contains(text) {
                return Ok(Some(since.elapsed()));
            }
            if let Some(status) = self.process.try_wait()? {
                return Err(io::Error::other(format!("the server ended: {status}")));
            }
            if since.elapsed() > PATIENCE {
                return Ok(None);
            }
            sleep(EVERY);
        }
    }

    /// A page, or nothing if there is none.
    fn get(&self, page: &str) -> String {
        let ask = || -> io::Result<Vec<u8>> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            // An answer to HTTP/1.0 is in one piece and ends with its connection.
            write!(stream, "GET {page} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\n\r\n", self.port)?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        ask().map(|answer| String::from_utf8_lossy(&answer).into_owned()).unwrap_or_default()
    }

    /// Waits until nothing goes on any more.
    fn settle(&self) -> io::Result<()> {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            let before = self.usage()?.cpu;
            sleep(QUIET);
            if self.usage()?.cpu.saturating_sub(before) <= Duration::from_millis(20) {
                break;
            }
        }
        Ok(())
    }

    fn usage(&self) -> io::Result<Usage> {
        usage(self.process.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
