//! Sums of products of whole numbers with WebAssembly's relaxed vector instructions, where a module is compiled for
//! them: twice as many products at once, from half the memory.
//!
//! The instruction wants one side below 128 and without a sign, so weights are held plus 64; whoever sums takes 64
//! times the row's sum away. With weights up to ±63 no machine may then differ from another.

use core::arch::wasm32::{
    f32x4_convert_i32x4, f32x4_extract_lane, i8x16, i8x16_narrow_i16x8, i8x16_splat, i16x8,
    i32x4_relaxed_dot_i8x16_i7x16_add, i32x4_splat, v128,
};
use wide::f32x4;

/// How many whole numbers a vector holds.
pub(in crate::semantic) const LANES: usize = 16;
/// What a weight is held plus.
const RAISED: i8 = 64;

/// Weights or a row's numbers.
pub(super) type Vector = v128;
/// Sums of their products.
pub(super) type Sum = v128;

pub(super) fn weights(numbers: [i8; LANES]) -> Vector {
    let n = numbers.map(|number| number.saturating_add(RAISED));
    i8x16(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15],
    )
}

/// Numbers times `by`, rounded; the caller sees to it that they are within ±127 then.
#[inline]
pub(super) fn row(numbers: [f32; LANES], by: f32) -> Vector {
    let [low, high] = [0, 8].map(|from| {
        let n = super::rounded(std::array::from_fn(|at| numbers[from + at]), by).to_array();
        i16x8(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7])
    });
    i8x16_narrow_i16x8(low, high)
}

pub(super) fn zero() -> Sum {
    i32x4_splat(0)
}

#[inline]
pub(super) fn add_products(sum: Sum, row: Vector, weights: Vector) -> Sum {
    i32x4_relaxed_dot_i8x16_i7x16_add(row, weights, sum)
}

/// The four parts of a sum; each is small enough to be exact.
#[inline]
pub(super) fn parts(sum: Sum) -> f32x4 {
    let sum = f32x4_convert_i32x4(sum);
    f32x4::new([
        f32x4_extract_lane::<0>(sum),
        f32x4_extract_lane::<1>(sum),
        f32x4_extract_lane::<2>(sum),
        f32x4_extract_lane::<3>(sum),
    ])
}

/// What raised weights add to a sum of this row's products.
pub(super) fn raised(row: &[Vector]) -> f32 {
    let ones = i8x16_splat(1);
    parts(row.iter().fold(zero(), |sum, numbers| add_products(sum, *numbers, ones))).reduce_add()
        * f32::from(RAISED)
}
