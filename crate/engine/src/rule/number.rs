//! Checks that tell a personal number from a planning reference or a phone number of the same length.

use crate::rule::set::NumberCheck;

/// Whether `found` passes the check.
pub(crate) fn passes(check: NumberCheck, found: &str) -> bool {
    match check {
        NumberCheck::Nhs => nhs(found),
        NumberCheck::Ni => ni(found),
        NumberCheck::Luhn => luhn(found),
    }
}

fn digits(found: &str) -> Vec<u32> {
    found.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Ten digits, the last a modulus-11 check on the others (NHS data dictionary).
fn nhs(found: &str) -> bool {
    let digits = digits(found);
    let [body @ .., last] = digits.as_slice() else { return false };
    let sum: u32 = body.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 10 && body.iter().any(|digit| *digit != 0) && (11 - sum % 11) % 11 == *last
}

/// Prefixes that HM Revenue and Customs never gives out.
fn ni(found: &str) -> bool {
    let letters: Vec<char> =
        found.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect();
    let [first, second, .., last] = letters.as_slice() else { return false };
    digits(found).len() == 6
        && !"DFIQUV".contains(*first)
        && !"DFIOQUV".contains(*second)
        && !matches!(
            (first, second),
            ('B', 'G') | ('G', 'B') | ('K', 'N') | ('N', 'K') | ('N', 'T') | ('T', 'N') | ('Z', 'Z')
        )
        && "ABCD".contains(*last)
}

/// The check digit of payment cards (ISO/IEC 7812).
fn luhn(found: &str) -> bool {
    let digits = digits(found);
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| match (i % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    (13..=19).contains(&digits.len()) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_tell_numbers_apart() {
        assert!(nhs("943 476 5919"));
        assert!(!nhs("943 476 5918"));
        assert!(!nhs("0000000000"));
        assert!(ni("QQ 12 34 56 C") == ni("qq123456c"));
        assert!(ni("AB123456C"));
        for given in ["BK", "TK"] {
            assert!(ni(&format!("{given}123456A")), "{given} is given out");
        }
        for never in ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"] {
            assert!(!ni(&format!("{never}123456A")), "{never} is never given out");
        }
        assert!(luhn("4111 1111 1111 1111"));
        assert!(!luhn("4111 1111 1111 1112"));
    }
}
