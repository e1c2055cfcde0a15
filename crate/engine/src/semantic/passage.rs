//! One text under way, read a segment at a time: first the runs that were edited, then all just as it stands, and
//! then such of its parts as may say more.
//!
//! What a segment is read as depends on the words around it, and where a text is cut on all that stands before: an edit
//! asks for more than the edited words to be read again, though what is said of the others hardly changes. So words that
//! were shown before keep their cuts and readings until the edited ones are read, and the passage can be shown then. In
//! the end nothing of this is left: a text is read in one way, whatever was written before.

use super::memory::Memory;
use super::pieces::Piece;
use super::places::Places;
use super::reader::Scope;
use super::segment::{self, Segment};
use super::{MOST_SEGMENTS, Reading, Semantic};

type Read = (Segment, Option<Reading>);

/// A run with less of a chance of any risk is clear: reading its parts too would change next to nothing. Chosen on posts
/// that were held back (`docs/model.md`).
const CLEAR: f32 = 0.018;

/// One text under way.
pub struct Passage {
    /// Runs, cut as before wherever the words are the same.
    early: Vec<Read>,
    /// Runs and parts, cut as if nothing had been written before; when all runs are read, only such parts as say more.
    exact: Vec<Read>,
    suspected: Places,
}

impl Semantic {
    /// Cuts a text and looks up what is remembered of it; nothing is read yet.
    #[must_use]
    pub fn begin(&self, text: &str, scope: Scope<'_>, memory: &mut Memory) -> Passage {
        let pieces = self.vocabulary.read(text, scope.public);
        let mut early = cut_as_before(text, &pieces, memory);
        early.truncate(MOST_SEGMENTS);
        let known = |segment: Segment| {
            let reading = memory.known(&segment);
            (segment, reading)
        };
        let suspected = Places::new(scope.suspected.to_vec());
        let exact = segment::cut(text, &pieces, &suspected).into_iter().map(known).collect();
        let mut passage = Passage { early, exact, suspected };
        passage.leave_clear_parts();
        passage.note(memory);
        passage
    }

    /// Reads a text to its end. What is remembered is not read again.
    #[must_use]
    pub fn readings(&self, text: &str, scope: Scope<'_>, memory: &mut Memory) -> Vec<Reading> {
        let mut passage = self.begin(text, scope, memory);
        while !passage.is_read() {
            passage.step(self, memory);
        }
        passage.readings().cloned().collect()
    }
}

impl Passage {
    /// Reads one segment: of those that nothing is known of the first, else the first that was not read just as it
    /// stands. Nothing where all is read.
    pub fn step(&mut self, semantic: &Semantic, memory: &mut Memory) {
        if let Some((segment, reading)) = unread(&mut self.early) {
            let said = memory.read(semantic, segment);
            for (other, known) in &mut self.exact {
                if known.is_none() && other == segment {
                    *known = Some(said.clone());
                }
            }
            *reading = Some(said);
            self.leave_clear_parts();
            self.note(memory);
        } else if let Some((segment, reading)) = unread(&mut self.exact) {
            *reading = Some(memory.read(semantic, segment));
            if !segment.is_part() {
                self.leave_clear_parts();
            }
            // Until the last of them, what can be shown is what it was.
            if self.is_read() {
                self.note(memory);
            }
        }
    }

    /// Leaves out the parts that say no more than their runs, once these are read: not where something in them is
    /// suspected, or a run doubtful.
    fn leave_clear_parts(&mut self) {
        let runs = self.exact.iter().filter(|(segment, _)| !segment.is_part());
        let Some(runs) = runs.map(|(_, reading)| reading.as_ref()).collect::<Option<Vec<&Reading>>>() else {
            return;
        };
        let most = runs.len() + MOST_SEGMENTS;
        let doubtful = runs.into_iter().filter(|run| run.any >= CLEAR).map(|run| run.judged);
        let doubtful = Places::new(doubtful.collect());
        self.exact.retain(|(segment, _)| {
            let judged = segment.judged();
            !segment.is_part() || self.suspected.touch(judged) || doubtful.touch(judged)
        });
        self.exact.truncate(most);
    }

    /// What can be shown is what the next text is compared with, run by run.
    fn note(&self, memory: &mut Memory) {
        if self.is_known() {
            memory.show(all(self.best()).filter(|(segment, _)| !segment.is_part()));
        }
    }

    /// Whether something is known of every run: it can be shown.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.early.iter().all(|(_, reading)| reading.is_some()) || self.is_read()
    }

    /// Whether every run was read just as it stands, and every part that says more.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.exact.iter().all(|(_, reading)| reading.is_some())
    }

    /// What is known so far, in the order of the text.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        all(self.best()).map(|(_, reading)| reading)
    }

    fn best(&self) -> &[Read] {
        if self.is_read() { &self.exact } else { &self.early }
    }
}

fn unread(segments: &mut [Read]) -> Option<&mut Read> {
    segments.iter_mut().find(|(_, reading)| reading.is_none())
}

fn all(segments: &[Read]) -> impl Iterator<Item = (&Segment, &Reading)> {
    segments.iter().filter_map(|(segment, reading)| Some((segment, reading.as_ref()?)))
}

/// The segments of a text: those that were shown last where it begins and ends with the same words, and what stands
/// between them cut anew.
fn cut_as_before(text: &str, pieces: &[Piece], memory: &Memory) -> Vec<Read> {
    let shown = memory.shown();
    let (mut begun, mut start) = (0, 0);
    while let Some(same) = shown.get(begun)
        && pieces.get(start..start + same.words.len()).is_some_and(|pieces| same.words.are(pieces))
    {
        start += same.words.len();
        begun += 1;
    }
    let (mut ended, mut end) = (shown.len(), pieces.len());
    while let Some(same) = ended.checked_sub(1).filter(|at| *at >= begun).and_then(|at| shown.get(at))
        && let Some(from) = end.checked_sub(same.words.len()).filter(|from| *from >= start)
        && pieces.get(from..end).is_some_and(|pieces| same.words.are(pieces))
    {
        end = from;
        ended -= 1;
    }
    let mut cuts = Vec::new();
    let mut from = 0;
    for same in shown.get(..begun).unwrap_or_default() {
        cuts.push((from, from + same.words.len(), Some(same)));
        from += same.words.len();
    }
    cuts.extend(segment::runs(text, pieces, start, end).into_iter().map(|(start, end)| (start, end, None)));
    from = end;
    for same in shown.get(ended..).unwrap_or_default() {
        cuts.push((from, from + same.words.len(), Some(same)));
        from += same.words.len();
    }
    let read = |(start, end, same): (usize, usize, Option<&super::memory::Shown>)| {
        let segment = Segment::of(pieces, start, end);
        let reading = same.map(|same| same.reading(&segment)).or_else(|| memory.known(&segment));
        (segment, reading)
    };
    cuts.into_iter().map(read).collect()
}
