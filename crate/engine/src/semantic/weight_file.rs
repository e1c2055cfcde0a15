//! The file of weights: read front to back, every size checked before anything is taken.
//!
//! `2ndRead1`, then little-endian: eight sizes (layers, width, attention heads, inner width, places, pieces,
//! judgements, bytes of vocabulary), the vocabulary (one piece a line), slope and offset of each judgement, the tables
//! of pieces and places, the first normalisation, the layers, the two heads. A table or matrix is its scales (and what
//! is added to each output), then its whole numbers row by row. The trainer's `model/reviewer/weights.py` writes it.

use super::judgement::{Calibration, HEADS};
use super::kernel::{self, HEAD, LANES, Matrix};
use super::network::{Head, Layer, Network, Norm, Table};
use super::pieces::Vocabulary;
use super::segment::{AROUND, TARGET, WHOLE};

const MAGIC: &[u8] = b"2ndRead1";
/// No honest file has larger sizes; their products stay within what a 32-bit machine can count.
const MOST: usize = 1 << 15;
/// Rows are whole vectors of whichever instructions the reader is compiled for.
const WIDTHS: usize = 16;
const _: () = assert!(WIDTHS.is_multiple_of(LANES));

/// Why weights could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SemanticError {
    /// Some other file, or weights for another version of the reader.
    #[error("these are not weights of the semantic reviewer, or they are for another version of it")]
    NotWeights,
    /// The file ends too early.
    #[error("the weights of the semantic reviewer are cut short: {0} is missing")]
    CutShort(&'static str),
    /// The file goes on after its end.
    #[error("the weights of the semantic reviewer have {0} bytes too many")]
    TooLong(usize),
    /// Sizes that do not fit one another or the reader.
    #[error("the weights of the semantic reviewer do not fit: {0}")]
    Misfit(&'static str),
    /// Vector instructions that do not do what their standard says.
    #[error("this machine's vector instructions sum wrongly, so the semantic reviewer cannot read with them")]
    WrongSums,
}

/// The bytes of a file of weights, taken front to back, so that nobody needs to hold fifteen megabytes of them beside what
/// is made of them.
pub trait WeightBytes {
    /// How many are left.
    fn left(&self) -> usize;

    /// Takes the next ones, as many as `into` has room for. Whoever asks has made sure that so many are left.
    fn fill(&mut self, into: &mut [u8]);
}

impl WeightBytes for &[u8] {
    fn left(&self) -> usize {
        self.len()
    }

    fn fill(&mut self, into: &mut [u8]) {
        if let Some((taken, left)) = self.split_at_checked(into.len()) {
            into.copy_from_slice(taken);
            *self = left;
        }
    }
}

/// What the file holds.
pub(super) struct Weights {
    pub(super) vocabulary: Vocabulary,
    pub(super) network: Network,
    pub(super) calibration: [Calibration; HEADS],
}

/// Reads the whole file.
pub(super) fn load(bytes: impl WeightBytes) -> Result<Weights, SemanticError> {
    if !kernel::sums_exactly() {
        return Err(SemanticError::WrongSums);
    }
    let mut file = File { bytes };
    if file.take(MAGIC.len(), "the beginning").ok().as_deref() != Some(MAGIC) {
        return Err(SemanticError::NotWeights);
    }
    let mut size = |what| -> Result<usize, SemanticError> {
        let [number] = file.numbers(1, what, u32::from_le_bytes)?[..] else {
            return Err(SemanticError::CutShort(what));
        };
        Ok(number as usize)
    };
    let layers = size("the number of layers")?;
    let width = size("the width")?;
    let attention_heads = size("the number of attention heads")?;
    let inner = size("the inner width")?;
    let places = size("the number of places")?;
    let pieces = size("the number of pieces")?;
    let judgements = size("the number of judgements")?;
    let vocabulary = size("the size of the vocabulary")?;
    let fits = |fit: bool, what| if fit { Ok(()) } else { Err(SemanticError::Misfit(what)) };
    fits(judgements == HEADS, "it judges other kinds of risk")?;
    fits(
        [layers, width, inner, places, pieces].into_iter().all(|size| size < MOST),
        "a size is beyond all reason",
    )?;
    fits(
        width > 0 && width % WIDTHS == 0 && inner > 0 && inner % WIDTHS == 0,
        "a width is no multiple of sixteen",
    )?;
    fits(attention_heads.checked_mul(HEAD) == Some(width), "its attention heads are of another size")?;
    fits(places >= WHOLE.max(TARGET + 2 * AROUND) + 2, "it has fewer places than a segment")?;
    let words = String::from_utf8(file.take(vocabulary, "the vocabulary")?)
        .map_err(|_| SemanticError::Misfit("the vocabulary is not UTF-8"))?;
    fits(words.lines().count() == pieces, "the vocabulary has another number of pieces")?;
    let vocabulary = Vocabulary::new(words.lines())
        .ok_or(SemanticError::Misfit("the vocabulary lacks a special piece"))?;
    let mut calibration = [Calibration { slope: 1.0, offset: 0.0 }; HEADS];
    let numbers = file.floats(HEADS * 2, "the calibration")?;
    for (calibration, pair) in calibration.iter_mut().zip(numbers.as_chunks::<2>().0) {
        let [slope, offset] = *pair;
        *calibration = Calibration { slope, offset };
    }
    let network = Network {
        before: vocabulary.before,
        after: vocabulary.after,
        words: file.table(pieces, width, "the table of pieces")?,
        places: file.table(places, width, "the table of places")?,
        first: file.norm(width)?,
        layers: (0..layers)
            .map(|_| {
                Ok(Layer {
                    mix: file.matrix(3 * width, width)?,
                    join: file.matrix(width, width)?,
                    after_attention: file.norm(width)?,
                    widen: file.matrix(inner, width)?,
                    narrow: file.matrix(width, inner)?,
                    after: file.norm(width)?,
                })
            })
            .collect::<Result<_, SemanticError>>()?,
        whole: file.head(width)?,
        piece: file.head(width)?,
    };
    match file.bytes.left() {
        0 => Ok(Weights { vocabulary, network, calibration }),
        more => Err(SemanticError::TooLong(more)),
    }
}

struct File<B> {
    bytes: B,
}

impl<B: WeightBytes> File<B> {
    fn take(&mut self, bytes: usize, what: &'static str) -> Result<Vec<u8>, SemanticError> {
        if bytes > self.bytes.left() {
            return Err(SemanticError::CutShort(what));
        }
        let mut taken = vec![0; bytes];
        self.bytes.fill(&mut taken);
        Ok(taken)
    }

    fn numbers<T>(
        &mut self,
        count: usize,
        what: &'static str,
        of: fn([u8; 4]) -> T,
    ) -> Result<Vec<T>, SemanticError> {
        let bytes = count.checked_mul(4).ok_or(SemanticError::CutShort(what))?;
        Ok(self.take(bytes, what)?.as_chunks::<4>().0.iter().map(|four| of(*four)).collect())
    }

    fn floats(&mut self, count: usize, what: &'static str) -> Result<Vec<f32>, SemanticError> {
        let numbers = self.numbers(count, what, f32::from_le_bytes)?;
        if numbers.iter().all(|number| number.is_finite()) {
            Ok(numbers)
        } else {
            Err(SemanticError::Misfit("a number is not finite"))
        }
    }

    fn whole(&mut self, count: usize, what: &'static str) -> Result<Vec<i8>, SemanticError> {
        Ok(self.take(count, what)?.into_iter().map(u8::cast_signed).collect())
    }

    fn table(&mut self, rows: usize, width: usize, what: &'static str) -> Result<Table, SemanticError> {
        let scales = self.floats(rows, what)?;
        Ok(Table { values: self.whole(rows * width, what)?, scales, width })
    }

    fn matrix(&mut self, outputs: usize, inputs: usize) -> Result<Matrix, SemanticError> {
        let scales = self.floats(outputs, "a layer")?;
        let bias = self.floats(outputs, "a layer")?;
        Ok(Matrix::new(&self.whole(outputs * inputs, "a layer")?, &scales, &bias))
    }

    fn norm(&mut self, width: usize) -> Result<Norm, SemanticError> {
        Ok(Norm {
            scale: self.floats(width, "a normalisation")?,
            offset: self.floats(width, "a normalisation")?,
        })
    }

    fn head(&mut self, width: usize) -> Result<Head, SemanticError> {
        let bias = self.floats(HEADS, "a head")?;
        Ok(Head { weights: self.floats(HEADS * width, "a head")?, bias })
    }
}
