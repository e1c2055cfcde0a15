//! Sums of products of whole numbers with the vector instructions that every machine has.
//!
//! `wide` maps to them, in WebAssembly (`i32x4.dot_i16x8_s`) as natively, so that one safe source serves both.

use wide::{f32x4, i16x8, i32x4};

/// How many whole numbers a vector holds.
pub(in crate::semantic) const LANES: usize = 8;

/// Weights or a row's numbers.
pub(super) type Vector = i16x8;
/// Sums of their products.
pub(super) type Sum = i32x4;

pub(super) fn weights(numbers: [i8; LANES]) -> Vector {
    i16x8::new(numbers.map(i16::from))
}

/// Numbers times `by`, rounded; the caller sees to it that they are within ±127 then.
#[inline]
pub(super) fn row(numbers: [f32; LANES], by: f32) -> Vector {
    super::rounded(numbers, by)
}

pub(super) fn zero() -> Sum {
    i32x4::ZERO
}

#[inline]
pub(super) fn add_products(sum: Sum, row: Vector, weights: Vector) -> Sum {
    sum + row.dot(weights)
}

/// The four parts of a sum; each is small enough to be exact.
#[inline]
pub(super) fn parts(sum: Sum) -> f32x4 {
    f32x4::from_i32x4(sum)
}

/// What raised weights add to a sum of this row's products.
pub(super) fn raised(_row: &[Vector]) -> f32 {
    0.0
}
