//! A calendar day. The engine has no clock: the caller says what day it is.

use serde::{Deserialize, Serialize};

/// A calendar day, for date windows, written `2027-05-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    /// Year, such as 2026.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

/// What was wrong with a day given in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl std::fmt::Display for NotADay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a day of the calendar; write it as YYYY-MM-DD, such as 2027-05-06")
    }
}

impl std::error::Error for NotADay {}

impl std::str::FromStr for Day {
    type Err = NotADay;

    /// Reads `YYYY-MM-DD`, exactly: the form that HTML date fields, bundles and the command share.
    fn from_str(words: &str) -> Result<Self, NotADay> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = words.as_bytes() else {
            return Err(NotADay);
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u16, |number, digit| match digit {
                b'0'..=b'9' => Ok(number * 10 + u16::from(digit - b'0')),
                _ => Err(NotADay),
            })
        };
        let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return Err(NotADay),
        };
        if year == 0 || day == 0 || day > days {
            return Err(NotADay);
        }
        // Both are two digits, so they fit.
        #[expect(clippy::cast_possible_truncation)]
        Ok(Day { year, month: month as u8, day: day as u8 })
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Day, NotADay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, NotADay};

    #[test]
    fn reads_days_of_the_calendar_and_nothing_else() {
        assert_eq!("2027-05-06".parse(), Ok(Day { year: 2027, month: 5, day: 6 }));
        assert_eq!("2028-02-29".parse(), Ok(Day { year: 2028, month: 2, day: 29 }));
        for wrong in [
            "",
            "2027-5-6",
            "2027-02-29",
            "2100-02-29",
            "2027-04-31",
            "2027-13-01",
            "2027-00-01",
            "2027-01-00",
            "0000-01-01",
            "2027/05/06",
            "2027-05-06 ",
            "+027-05-06",
            "06-05-2027",
            "२०२७-०५-०६",
        ] {
            assert_eq!(wrong.parse::<Day>(), Err(NotADay), "{wrong}");
        }
    }
}
