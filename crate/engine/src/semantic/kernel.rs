//! The network's arithmetic: rows of numbers times a matrix of small whole numbers, and the functions between.
//!
//! Weights are whole numbers from -63 to 63 with a scale for each output, rows are rounded to whole numbers from -127
//! to 127 with a scale for each row, and products are summed without loss. `wide` maps to the machine's vector
//! instructions, in WebAssembly (`i32x4.dot_i16x8_s`) as natively, so that one safe source serves both.

use wide::{f32x4, i16x8, i32x4};

/// How many whole numbers a vector holds.
pub(super) const LANES: usize = 8;

/// A matrix with a row for each output, and what is added to each output.
pub(super) struct Matrix {
    /// `outputs` rows of `inputs / LANES` vectors.
    weights: Vec<i16x8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    vectors: usize,
}

/// Rows of numbers, rounded.
pub(super) struct Rounded {
    values: Vec<i16x8>,
    scales: Vec<f32>,
    vectors: usize,
}

impl Matrix {
    /// A matrix from its numbers, row by row. The caller has checked that the sizes fit: `scales` and `bias` hold a
    /// number for each row, and rows are a multiple of [`LANES`] long.
    pub(super) fn new(weights: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Matrix {
        let vectors = weights.len() / LANES / scales.len().max(1);
        let weights =
            weights.as_chunks::<LANES>().0.iter().map(|eight| i16x8::new(eight.map(i16::from))).collect();
        Matrix { weights, scales, bias, vectors }
    }

    /// How many outputs it has.
    pub(super) fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// Multiplies every row, into `out` (rows of `outputs` numbers).
    pub(super) fn apply(&self, rows: &Rounded, out: &mut Vec<f32>) {
        let count = rows.scales.len();
        let outputs = self.outputs();
        out.clear();
        out.resize(count * outputs, 0.0);
        // Four outputs' weights stay in the nearest cache while all rows pass, two at a time.
        for (block, weights) in self.weights.chunks(self.vectors * 4).enumerate() {
            let first = block * 4;
            let mut at = 0;
            while at < count {
                let sums = if weights.len() == self.vectors * 4 && at + 1 < count {
                    tile(weights, rows.pair(at), self.vectors)
                } else {
                    edge(weights, rows.pair(at), self.vectors)
                };
                for (row, sums) in (at..count).zip(sums) {
                    let scale = rows.scales[row];
                    let into = &mut out[row * outputs + first..];
                    let of = self.scales[first..].iter().zip(&self.bias[first..]);
                    for ((into, sum), (by, plus)) in into.iter_mut().zip(sums).zip(of) {
                        *into = sum as f32 * (scale * by) + plus;
                    }
                }
                at += 2;
            }
        }
    }
}

/// Two rows times four outputs: as many sums as the machine's registers hold.
#[inline]
fn tile(weights: &[i16x8], rows: &[i16x8], vectors: usize) -> [[i32; 4]; 2] {
    let (w0, rest) = weights.split_at(vectors);
    let (w1, rest) = rest.split_at(vectors);
    let (w2, w3) = rest.split_at(vectors);
    let (a, b) = rows.split_at(vectors);
    let mut sums = [[i32x4::ZERO; 4]; 2];
    for (((((w0, w1), w2), w3), a), b) in w0.iter().zip(w1).zip(w2).zip(w3).zip(a).zip(b) {
        for (i, w) in [w0, w1, w2, w3].into_iter().enumerate() {
            sums[0][i] += a.dot(*w);
            sums[1][i] += b.dot(*w);
        }
    }
    sums.map(|row| row.map(i32x4::reduce_add))
}

/// The same for what is left at the edges.
fn edge(weights: &[i16x8], rows: &[i16x8], vectors: usize) -> [[i32; 4]; 2] {
    let mut sums = [[0; 4]; 2];
    for (row, sums) in rows.chunks(vectors).zip(&mut sums) {
        for (weights, sum) in weights.chunks(vectors).zip(sums) {
            *sum = row.iter().zip(weights).fold(i32x4::ZERO, |sum, (a, w)| sum + a.dot(*w)).reduce_add();
        }
    }
    sums
}

impl Rounded {
    /// Nothing yet.
    pub(super) fn new() -> Rounded {
        Rounded { values: Vec::new(), scales: Vec::new(), vectors: 0 }
    }

    /// Rounds rows of `width` numbers each.
    pub(super) fn round(&mut self, rows: &[f32], width: usize) {
        self.vectors = width / LANES;
        self.values.clear();
        self.scales.clear();
        for row in rows.chunks_exact(width) {
            let vectors = row.as_chunks::<4>().0;
            let most = vectors.iter().fold(f32x4::ZERO, |most, four| most.max(f32x4::from(*four).abs()));
            let most = most.to_array().into_iter().fold(f32::MIN_POSITIVE, f32::max);
            self.scales.push(most / 127.0);
            let by = f32x4::splat(127.0 / most);
            self.values.extend(vectors.as_chunks::<2>().0.iter().map(|[low, high]| {
                let low = (f32x4::from(*low) * by).round_int().to_array();
                let high = (f32x4::from(*high) * by).round_int().to_array();
                // Within ±127 by the scale.
                i16x8::new(std::array::from_fn(|i| if i < 4 { low[i] as i16 } else { high[i - 4] as i16 }))
            }));
        }
    }

    /// The row at `at` and, where there is one, the next.
    fn pair(&self, at: usize) -> &[i16x8] {
        let end = self.values.len().min((at + 2) * self.vectors);
        &self.values[at * self.vectors..end]
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

/// One head of attention over `rows` rows of `[queries | keys | values]`, each `width` numbers; this head's share of
/// each begins at `at` and is `size` long (a multiple of four). Queries are already scaled. Writes into `out` (rows of
/// `width` numbers) at the same place.
pub(super) fn attend(
    mixed: &[f32],
    rows: usize,
    width: usize,
    at: usize,
    size: usize,
    work: &mut Work,
    out: &mut [f32],
) {
    let blocks = rows.div_ceil(BLOCK * 4);
    // Keys with their numbers side by side, so that one vector holds four keys' same number.
    work.keys.clear();
    work.keys.resize(blocks * size * BLOCK, f32x4::ZERO);
    for (row, key) in mixed.chunks_exact(3 * width).map(|row| &row[width + at..width + at + size]).enumerate()
    {
        let (block, inside) = (row / (BLOCK * 4), row % (BLOCK * 4));
        for (number, value) in key.iter().enumerate() {
            work.keys[(block * size + number) * BLOCK + inside / 4].as_mut_array()[inside % 4] = *value;
        }
    }
    for (row, into) in mixed.chunks_exact(3 * width).zip(out.chunks_exact_mut(width)) {
        let query = &row[at..at + size];
        work.scores.clear();
        for keys in work.keys.chunks_exact(size * BLOCK) {
            let mut sums = [f32x4::ZERO; BLOCK];
            for (number, keys) in query.iter().zip(keys.as_chunks::<BLOCK>().0) {
                for (sum, key) in sums.iter_mut().zip(keys) {
                    *sum += *key * *number;
                }
            }
            work.scores.extend(sums);
        }
        let total = soften(&mut work.scores, rows);
        let mut sums = [f32x4::ZERO; MOST_HEAD / 4];
        let scores = work.scores.iter().flat_map(|four| four.to_array());
        for (row, score) in mixed.chunks_exact(3 * width).zip(scores) {
            let values = &row[2 * width + at..2 * width + at + size];
            for (sum, value) in sums.iter_mut().zip(values.as_chunks::<4>().0) {
                *sum += f32x4::from(*value) * score;
            }
        }
        for (into, sum) in into[at..at + size].as_chunks_mut::<4>().0.iter_mut().zip(sums) {
            *into = (sum / total).to_array();
        }
    }
}

/// Vectors of four keys that are scored together.
const BLOCK: usize = 4;
/// The largest head.
pub(super) const MOST_HEAD: usize = 32;

/// Room that attention uses again and again.
#[derive(Default)]
pub(super) struct Work {
    keys: Vec<f32x4>,
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
