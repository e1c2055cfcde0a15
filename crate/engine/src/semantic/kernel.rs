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

use wide::f32x4;

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
            let most = most.to_array().into_iter().fold(f32::MIN_POSITIVE, f32::max);
            let by = 127.0 / most;
            let from = self.values.len();
            self.values.extend(numbers.as_chunks::<LANES>().0.iter().map(|numbers| row(*numbers, by)));
            let raised = self.values.get(from..).map_or(0.0, raised);
            self.rows.push(Scale { by: most / 127.0, raised });
        }
    }
}

/// `0.5 x (1 + erf(x / √2))` of every number. The error function after Abramowitz and Stegun, 7.1.26: within 2e-7.
pub(super) fn gelu(numbers: &mut [f32]) {
    for four in numbers.as_chunks_mut::<4>().0 {
        let x = f32x4::from(*four);
        let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = f32x4::ONE / (z * 0.327_591_1 + 1.0);
        let sum =
            ((((t * 1.061_405_4 - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_72) * t + 0.254_829_6) * t;
        let erf = f32x4::ONE - sum * (-(z * z)).exp();
        let signed = x.simd_ge(f32x4::ZERO).select(erf, -erf);
        *four = (x * 0.5 * (signed + 1.0)).to_array();
    }
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
        for ((number, scale), offset) in row.iter_mut().zip(scale).zip(offset) {
            *number = (*number - mean) * by * scale + offset;
        }
    }
}

/// Adds `more` to `numbers`.
pub(super) fn add(numbers: &mut [f32], more: &[f32]) {
    for (number, more) in numbers.iter_mut().zip(more) {
        *number += more;
    }
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
    for (row, into) in mixed.chunks_exact(3 * width).zip(out.chunks_exact_mut(width)) {
        let query = part(row, 0);
        work.scores.clear();
        for keys in &work.keys {
            let mut sums = [f32x4::ZERO; BLOCK];
            for (number, keys) in query.iter().zip(keys) {
                for (sum, key) in sums.iter_mut().zip(keys) {
                    *sum += *key * *number;
                }
            }
            work.scores.extend(sums);
        }
        let total = soften(&mut work.scores, rows);
        let mut sums = [f32x4::ZERO; HEAD / 4];
        for (score, values) in work.scores.iter().flat_map(|four| four.to_array()).zip(&work.values) {
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += *value * score;
            }
        }
        for (into, sum) in into[at..at + HEAD].as_chunks_mut::<4>().0.iter_mut().zip(sums) {
            *into = (sum / total).to_array();
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
    scores: Vec<f32x4>,
}

/// `exp(score - highest)` of the first `count` scores and 0 of the rest; returns their sum.
fn soften(scores: &mut [f32x4], count: usize) -> f32 {
    for lane in count..scores.len() * 4 {
        scores[lane / 4].as_mut_array()[lane % 4] = f32::NEG_INFINITY;
    }
    let highest = scores.iter().fold(f32x4::splat(f32::NEG_INFINITY), |highest, four| highest.max(*four));
    let highest = highest.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max);
    let mut total = f32x4::ZERO;
    for four in scores.iter_mut() {
        // The exponential is exact enough down to -80, where nothing is left of a share.
        *four = (*four - highest).max(f32x4::splat(-80.0)).exp();
        total += *four;
    }
    total.reduce_add()
}
