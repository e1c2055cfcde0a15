//! The network's arithmetic: rows of numbers times a matrix of small whole numbers, and the functions between.
//!
//! Weights are whole numbers from -63 to 63 with a scale for each output, rows are rounded to whole numbers from -127
//! to 127 with a scale for each row, and products are summed without loss: `plain` or `relaxed` instructions differ in
//! speed alone.

#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
#[path = "kernel/plain.rs"]
mod products;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
#[path = "kernel/relaxed.rs"]
mod products;

use wide::bytemuck::cast;
use wide::{f32x4, i16x8, i32x4};

pub(super) use self::products::LANES;
use self::products::{Sum, Vector, add_products, parts, raised, row, weights, zero};

/// A matrix with a row for each output, and what is added to each output.
pub(super) struct Matrix {
    /// `vectors` vectors for each output.
    weights: Vec<Vector>,
    scales: Vec<f32x4>,
    bias: Vec<f32x4>,
    vectors: usize,
}

/// Rows of numbers, rounded.
pub(super) struct Rounded {
    values: Vec<Vector>,
    rows: Vec<Scale>,
}

/// What one row's whole numbers stand for.
struct Scale {
    by: f32,
    /// What raised weights add to each of its sums.
    raised: f32,
}

impl Matrix {
    /// A matrix from its numbers, row by row. The caller has checked that the sizes fit: `scales` and `bias` hold a
    /// number for each output, outputs come in fours, and rows are a multiple of [`LANES`] long.
    pub(super) fn new(numbers: &[i8], scales: &[f32], bias: &[f32]) -> Matrix {
        let vectors = numbers.len() / LANES / scales.len().max(1);
        let weights = numbers.as_chunks::<LANES>().0.iter().map(|numbers| weights(*numbers)).collect();
        Matrix { weights, scales: fours(scales), bias: fours(bias), vectors }
    }

    /// How many outputs it has.
    pub(super) fn outputs(&self) -> usize {
        self.scales.len() * 4
    }

    /// Multiplies every row, into `out` (rows of `outputs` numbers).
    pub(super) fn apply(&self, rows: &Rounded, out: &mut Vec<f32>) {
        let outputs = self.outputs();
        out.clear();
        out.resize(rows.rows.len() * outputs, 0.0);
        // Four outputs' weights stay in the nearest cache while all rows pass, two at a time.
        let blocks = self.weights.chunks_exact(self.vectors * 4).zip(&self.scales).zip(&self.bias);
        for (block, ((weights, by), plus)) in blocks.enumerate() {
            let pairs = rows
                .rows
                .chunks(2)
                .zip(rows.values.chunks(self.vectors * 2))
                .zip(out.chunks_mut(outputs * 2));
            for ((scales, values), out) in pairs {
                let sums = tile(weights, values, self.vectors);
                for ((scale, sum), out) in scales.iter().zip(sums).zip(out.chunks_exact_mut(outputs)) {
                    let numbers = (sum - scale.raised) * (*by * scale.by) + *plus;
                    out[block * 4..block * 4 + 4].copy_from_slice(&numbers.to_array());
                }
            }
        }
    }
}

/// Whether products are summed as they should be: some of the first browsers with relaxed instructions take the two
/// sides of a product for one another, and no error tells it.
pub(super) fn sums_exactly() -> bool {
    let mixed = |most: i8, step: i8| -> [i8; LANES] {
        let mut number = -most;
        std::array::from_fn(|_| {
            number = if number > most - step { number - most } else { number + step };
            number
        })
    };
    let same = [127, -127].into_iter().flat_map(|a| [63, -63].map(|b| ([a; LANES], [b; LANES])));
    let others = (1..60).map(|step| (mixed(127, step + 60), mixed(63, step)));
    same.chain(others).all(|(numbers, by)| {
        let row = row(numbers.map(f32::from), 1.0);
        let sum = parts(add_products(zero(), row, weights(by))).reduce_add() - raised(&[row]);
        let exactly: f32 = numbers.iter().zip(by).map(|(a, b)| f32::from(*a) * f32::from(b)).sum();
        sum == exactly
    })
}

fn fours(numbers: &[f32]) -> Vec<f32x4> {
    numbers.as_chunks::<4>().0.iter().map(|four| f32x4::from(*four)).collect()
}

/// Two rows times four outputs: as many sums as the machine's registers hold. A last row without a partner is its own.
#[inline]
fn tile(weights: &[Vector], rows: &[Vector], vectors: usize) -> [f32x4; 2] {
    let (w0, rest) = weights.split_at(vectors);
    let (w1, rest) = rest.split_at(vectors);
    let (w2, w3) = rest.split_at(vectors);
    let (a, b) = rows.split_at(vectors);
    let b = if b.is_empty() { a } else { b };
    let mut sums = [[zero(); 4]; 2];
    for (((((w0, w1), w2), w3), a), b) in w0.iter().zip(w1).zip(w2).zip(w3).zip(a).zip(b) {
        for (i, w) in [w0, w1, w2, w3].into_iter().enumerate() {
            sums[0][i] = add_products(sums[0][i], *a, *w);
            sums[1][i] = add_products(sums[1][i], *b, *w);
        }
    }
    sums.map(totals)
}

/// The totals of four sums.
#[inline]
fn totals(sums: [Sum; 4]) -> f32x4 {
    let [a, b, c, d] = f32x4::transpose(sums.map(parts));
    (a + b) + (c + d)
}

/// Rows of smaller numbers are nothing but zeros, which are not to be scaled up without end.
const SMALLEST: f32 = 1e-30;

impl Rounded {
    /// Nothing yet.
    pub(super) fn new() -> Rounded {
        Rounded { values: Vec::new(), rows: Vec::new() }
    }

    /// Rounds rows of `width` numbers each.
    pub(super) fn round(&mut self, rows: &[f32], width: usize) {
        self.values.clear();
        self.rows.clear();
        for numbers in rows.chunks_exact(width) {
            let most = numbers.as_chunks::<4>().0.iter();
            let most = most.fold(f32x4::ZERO, |most, four| most.max(f32x4::from(*four).abs()));
            let most = most.to_array().into_iter().fold(SMALLEST, f32::max);
            let by = 127.0 / most;
            let from = self.values.len();
            self.values.extend(numbers.as_chunks::<LANES>().0.iter().map(|numbers| row(*numbers, by)));
            let raised = self.values.get(from..).map_or(0.0, raised);
            self.rows.push(Scale { by: most / 127.0, raised });
        }
    }
}

/// `0.5 x (1 + erf(x / √2))` of every number. The error function after Abramowitz and Stegun, 7.1.28: within 3e-7, and
/// without an exponential.
pub(super) fn gelu(numbers: &mut [f32]) {
    for four in numbers.as_chunks_mut::<4>().0 {
        let x = f32x4::from(*four);
        let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let sum = ((z * 4.306_38e-5 + 2.765_672e-4) * z + 1.520_143e-4) * z + 9.270_527e-3;
        let sum = ((sum * z + 4.228_201e-2) * z + 7.052_308e-2) * z + 1.0;
        let to_the_fourth = (sum * sum) * (sum * sum);
        // Half of what the error function lacks of 1.
        let lack = f32x4::splat(0.5) / ((to_the_fourth * to_the_fourth) * (to_the_fourth * to_the_fourth));
        let share = x.simd_ge(f32x4::ZERO).select(f32x4::ONE - lack, lack);
        *four = (x * share).to_array();
    }
}

/// The nearest whole numbers to numbers of less than four million, as the last bits of what is returned: a number of
/// this size has no room for more.
#[inline]
fn to_whole(x: f32x4) -> f32x4 {
    x + WHOLE
}

/// What [`to_whole`] adds.
const WHOLE: f32 = 12_582_912.0;

/// Eight numbers times `by`, rounded; the caller sees to it that they are within ±127 then.
#[inline]
fn rounded(numbers: [f32; 8], by: f32) -> i16x8 {
    let [low, high] = [0, 4].map(|from| f32x4::new(std::array::from_fn(|at| numbers[from + at])));
    let whole =
        |four: f32x4| cast::<_, i32x4>(to_whole(four * by)) - i32x4::splat(WHOLE.to_bits().cast_signed());
    i16x8::from_i32x8_saturate(cast([whole(low), whole(high)]))
}

/// `exp(x)` of numbers from -80 to 0, within 5e-6 of itself: a third of the work of one that takes any number.
#[inline]
fn falling_exp(x: f32x4) -> f32x4 {
    let twos = to_whole(x * std::f32::consts::LOG2_E);
    let rest = x - (twos - WHOLE) * std::f32::consts::LN_2;
    let sum = ((rest * (1.0 / 120.0) + 1.0 / 24.0) * rest + 1.0 / 6.0) * rest + 0.5;
    let sum = (sum * rest + 1.0) * rest + 1.0;
    // So many twos more in the exponent's bits.
    let [sum, twos]: [i32x4; 2] = [cast(sum), cast(twos)];
    cast(sum + (twos << 23))
}

/// Brings every row to mean 0 and spread 1, then to what was learnt.
pub(super) fn normalise(rows: &mut [f32], scale: &[f32], offset: &[f32]) {
    let width = scale.len();
    for row in rows.chunks_exact_mut(width) {
        let fours = row.as_chunks::<4>().0;
        let mean =
            fours.iter().fold(f32x4::ZERO, |sum, four| sum + f32x4::from(*four)).reduce_add() / width as f32;
        let spread = fours.iter().fold(f32x4::ZERO, |sum, four| {
            let off = f32x4::from(*four) - mean;
            sum + off * off
        });
        let by = 1.0 / (spread.reduce_add() / width as f32 + 1e-12).sqrt();
        let learnt = scale.as_chunks::<4>().0.iter().zip(offset.as_chunks::<4>().0);
        for (four, (scale, offset)) in row.as_chunks_mut::<4>().0.iter_mut().zip(learnt) {
            let numbers = (f32x4::from(*four) - mean) * by;
            *four = (numbers * f32x4::from(*scale) + f32x4::from(*offset)).to_array();
        }
    }
}

/// Adds `more` to `numbers`.
pub(super) fn add(numbers: &mut [f32], more: &[f32]) {
    for (number, more) in numbers.iter_mut().zip(more) {
        *number += more;
    }
}

/// The sum of the products of two rows of numbers.
pub(super) fn product(a: &[f32], b: &[f32]) -> f32 {
    let fours = a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0);
    fours.fold(f32x4::ZERO, |sum, (a, b)| sum + f32x4::from(*a) * f32x4::from(*b)).reduce_add()
}

/// One head of attention over rows of `[queries | keys | values]`, each `width` numbers, of which this head's begin at
/// `at`. Queries are already scaled. Writes into `out` (rows of `width` numbers) at the same place.
pub(super) fn attend(mixed: &[f32], width: usize, at: usize, work: &mut Work, out: &mut [f32]) {
    let part = |row: &[f32], kind: usize| -> [f32; HEAD] {
        let from = kind * width + at;
        row.get(from..).and_then(|row| row.first_chunk()).copied().unwrap_or([0.0; HEAD])
    };
    let rows = out.len() / width;
    // Keys with their numbers side by side, so that one vector holds four keys' same number.
    work.keys.clear();
    work.values.clear();
    for sixteen in mixed.chunks(BLOCK * 4 * 3 * width) {
        let mut keys = [[[0.0; 4]; BLOCK]; HEAD];
        for (inside, row) in sixteen.chunks_exact(3 * width).enumerate() {
            for (numbers, number) in keys.iter_mut().zip(part(row, 1)) {
                numbers[inside / 4][inside % 4] = number;
            }
            work.values.push(vectors(&part(row, 2)));
        }
        work.keys.push(keys.map(|numbers| numbers.map(f32x4::from)));
    }
    // Two queries at a time, so that what is loaded of a key or value serves both. A last one without a partner is its own.
    for (two, into) in mixed.chunks(2 * 3 * width).zip(out.chunks_mut(2 * width)) {
        let (first, second) = two.split_at(3 * width);
        let queries = [first, if second.is_empty() { first } else { second }].map(|row| part(row, 0));
        for scores in &mut work.scores {
            scores.clear();
        }
        for keys in &work.keys {
            let mut sums = [[f32x4::ZERO; BLOCK]; 2];
            for ((first, second), keys) in queries[0].iter().zip(&queries[1]).zip(keys) {
                for (at, key) in keys.iter().enumerate() {
                    sums[0][at] += *key * *first;
                    sums[1][at] += *key * *second;
                }
            }
            work.scores.iter_mut().zip(sums).for_each(|(scores, sums)| scores.extend(sums));
        }
        let totals = work.scores.each_mut().map(|scores| soften(scores, rows));
        let mut sums = [[f32x4::ZERO; HEAD / 4]; 2];
        let [first, second] = &work.scores;
        for ((first, second), values) in first.iter().zip(second).zip(work.values.chunks(4)) {
            let shares = first.to_array().into_iter().zip(second.to_array());
            for ((first, second), value) in shares.zip(values) {
                for (at, value) in value.iter().enumerate() {
                    sums[0][at] += *value * first;
                    sums[1][at] += *value * second;
                }
            }
        }
        for ((into, sums), total) in into.chunks_exact_mut(width).zip(sums).zip(totals) {
            for (into, sum) in into[at..at + HEAD].as_chunks_mut::<4>().0.iter_mut().zip(sums) {
                *into = (sum / total).to_array();
            }
        }
    }
}

fn vectors(numbers: &[f32; HEAD]) -> [f32x4; HEAD / 4] {
    let mut found = [f32x4::ZERO; HEAD / 4];
    for (vector, four) in found.iter_mut().zip(numbers.as_chunks::<4>().0) {
        *vector = f32x4::from(*four);
    }
    found
}

/// Vectors of four keys that are scored together.
const BLOCK: usize = 4;
/// How many numbers a head of attention has: fixed, so that its sums stay in registers.
pub(super) const HEAD: usize = 32;

/// Room that attention uses again and again.
#[derive(Default)]
pub(super) struct Work {
    keys: Vec<[[f32x4; BLOCK]; HEAD]>,
    values: Vec<[f32x4; HEAD / 4]>,
    scores: [Vec<f32x4>; 2],
}

/// `exp(score - highest)` of the first `count` scores and next to nothing of the rest; returns their sum.
fn soften(scores: &mut [f32x4], count: usize) -> f32 {
    for lane in count..scores.len() * 4 {
        scores[lane / 4].as_mut_array()[lane % 4] = f32::NEG_INFINITY;
    }
    let highest = scores.iter().fold(f32x4::splat(f32::NEG_INFINITY), |highest, four| highest.max(*four));
    let highest = highest.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max);
    let mut total = f32x4::ZERO;
    for four in scores.iter_mut() {
        // At -80 nothing is left of a share.
        *four = falling_exp((*four - highest).max(f32x4::splat(-80.0)));
        total += *four;
    }
    total.reduce_add()
}

#[cfg(test)]
mod tests {
    use super::{cast, f32x4, falling_exp, gelu, rounded, sums_exactly};

    /// The error function by its series.
    fn erf(x: f64) -> f64 {
        let (mut sum, mut power) = (0.0, x);
        for n in 0..60 {
            sum += power / f64::from(2 * n + 1);
            power *= -x * x / f64::from(n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn gelu_is_what_it_says() {
        for at in -400..=400 {
            let x = at as f32 / 100.0;
            let mut four = [x, -x, 0.0, x * 50.0];
            gelu(&mut four);
            let wanted = f64::from(x) * 0.5 * (1.0 + erf(f64::from(x) / std::f64::consts::SQRT_2));
            assert!((f64::from(four[0]) - wanted).abs() < 2e-6, "{} for {wanted} at {x}", four[0]);
            assert_eq!(four[2], 0.0);
            if x < -0.2 {
                assert!(four[3].abs() < 1e-12, "far below nothing is left, but {} of {x}", four[3]);
            }
        }
    }

    #[test]
    fn the_falling_exponential_is_exact_enough() {
        for at in 0..=8000 {
            let x = at as f32 / -100.0;
            let found = falling_exp(f32x4::splat(x)).to_array()[1];
            assert!((found / x.exp() - 1.0).abs() < 1e-5, "{found} for {} at {x}", x.exp());
        }
    }

    #[test]
    fn halves_are_rounded_to_even_numbers() {
        let numbers = [0.5, 1.5, -0.5, -2.5, 126.6, -127.0, 0.49, 2.51];
        let whole: [i16; 8] = cast(rounded(numbers, 1.0));
        assert_eq!(whole, [0, 2, 0, -2, 127, -127, 0, 3]);
    }

    #[test]
    fn these_instructions_sum_exactly() {
        assert!(sums_exactly());
    }
}
