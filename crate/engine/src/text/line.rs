//! A text by its lines, as `answered`, `heading` and `notice` look at it.

/// One line of a text, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Line<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is marked as somebody else's. Arrows, faces and amounts begin with the same sign.
    pub(super) fn is_marked(&self) -> bool {
        let inner = self.text.trim_start_matches('>');
        let sign = |c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | '.' | '_' | '=');
        inner.len() < self.text.len() && !inner.starts_with(sign) && !inner.ends_with('<')
    }
}

/// The lines of a text, in order.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive(['\n', '\u{2028}', '\u{2029}'])
        .map(|line| {
            let begins = start + (line.len() - line.trim_start().len());
            start += line.len();
            Line { start: begins, text: line.trim() }
        })
        .collect()
}
