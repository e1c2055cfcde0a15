//! Places of a text, to be asked what touches them.

use crate::ByteSpan;
use crate::merge::tidy;

/// Places in order, those that overlap joined.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<ByteSpan>);

impl Places {
    pub(super) fn new(mut places: Vec<ByteSpan>) -> Places {
        tidy(&mut places);
        Places(places)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them shares a byte with these words.
    pub(super) fn touch(&self, words: ByteSpan) -> bool {
        let at = self.0.partition_point(|place| place.end <= words.start);
        self.0.get(at).is_some_and(|place| place.overlaps(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_touch_what_they_overlap() {
        let span = |start, end| ByteSpan { start, end };
        let places = Places::new(vec![span(20, 24), span(3, 9), span(22, 30), span(40, 41)]);
        for (words, wanted) in
            [((0, 3), false), ((0, 4), true), ((9, 20), false), ((29, 40), true), ((41, 50), false)]
        {
            assert_eq!(places.touch(span(words.0, words.1)), wanted, "{words:?}");
        }
        assert!(!Places::default().touch(span(0, 9)));
    }
}
