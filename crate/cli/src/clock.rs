//! The one look at the clock.

use second_reading_engine::Day;
use time::OffsetDateTime;

/// Today, in UTC.
pub(crate) fn today() -> Day {
    let today = OffsetDateTime::now_utc().date();
    // A clock that stands before our era is off; then nothing is issued yet.
    let year = u16::try_from(today.year()).unwrap_or_default();
    Day { year, month: today.month().into(), day: today.day() }
}
