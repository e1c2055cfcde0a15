//! Reads chunks on all cores and prints their pages in the order of the input, in bounded memory.
//!
//! One thread reads and deals chunks to the workers in turn, like cards; the main thread collects pages in the same
//! turn, so order needs no sorting and no page waits anywhere but in its worker's channel. All channels are bounded:
//! when the output is slow, reading stops. Every page is flushed, so whoever feeds lines through a pipe gets each
//! review without closing it.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::entry::{Page, Work};
use crate::outcome::{Failure, Outcome};
use crate::output::Frame;
use crate::source::{Chunk, Source, chunks};

/// How many chunks, and how many pages, may wait at a worker beside the one that it reads.
const WAITING: usize = 2;

/// Reads every entry of the sources and prints what came of it. A reader of the output that goes away (`head`) ends
/// the run quietly, with what it came to so far.
pub(crate) fn run(
    sources: Vec<Source>,
    by_line: bool,
    work: impl Work,
    frame: Frame,
) -> Result<Outcome, Failure> {
    let work = Arc::new(work);
    let frame = Arc::new(frame);
    let count = thread::available_parallelism().map_or(1, usize::from);
    let mut dealt: Vec<SyncSender<Chunk>> = Vec::with_capacity(count);
    let mut pages: Vec<Receiver<Page>> = Vec::with_capacity(count);
    let mut threads = Vec::with_capacity(count + 1);
    for _ in 0..count {
        let (deal, hand) = sync_channel::<Chunk>(WAITING);
        let (finish, finished) = sync_channel::<Page>(WAITING);
        let (work, frame) = (Arc::clone(&work), Arc::clone(&frame));
        let worker = move || {
            // Either end may go first: the chunks run out, or nobody collects pages any more.
            for chunk in hand {
                if finish.send(Page::read(&*work, &frame, &chunk)).is_err() {
                    break;
                }
            }
        };
        threads.push(thread::Builder::new().spawn(worker).map_err(Failure::NoThread)?);
        dealt.push(deal);
        pages.push(finished);
    }
    let reader = move || {
        for (chunk, worker) in chunks(sources, by_line).zip(dealt.iter().cycle()) {
            if worker.send(chunk).is_err() {
                break;
            }
        }
    };
    threads.push(thread::Builder::new().spawn(reader).map_err(Failure::NoThread)?);

    let mut outcome = Outcome::Good;
    match print(&pages, &frame, &mut outcome) {
        Ok(()) => {}
        // The reading threads may be waiting for input that never comes: the process ends without them.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(outcome),
        Err(error) => return Err(Failure::Output(error)),
    }
    // A fault in a thread must not pass for the end of the input.
    for thread in threads {
        thread.join().map_err(|_| Failure::Stopped)?;
    }
    Ok(outcome)
}

fn print(pages: &[Receiver<Page>], frame: &Frame, outcome: &mut Outcome) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(frame.before.as_bytes())?;
    let mut first = true;
    let in_turn = pages.iter().cycle().map_while(|worker| worker.recv().ok());
    for page in in_turn {
        outcome.include(page.outcome);
        if !page.out.is_empty() {
            if !std::mem::take(&mut first) {
                out.write_all(frame.between.as_bytes())?;
            }
            out.write_all(&page.out)?;
            out.flush()?;
        }
        if !page.complaints.is_empty() {
            // Where standard error is closed, the exit code still says it.
            let _ = io::stderr().write_all(page.complaints.as_bytes());
        }
    }
    out.write_all((frame.after)(*outcome != Outcome::Unusable).as_bytes())?;
    out.flush()
}
