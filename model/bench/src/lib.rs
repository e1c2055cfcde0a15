//! One reader behind four plain functions, so that `time.mjs` and `bin/native.rs` time all readers alike: `room` gives
//! space for bytes, `load` reads weights from it, `read` reads a text from it (or, for a reader without a tokenizer of
//! its own, so many pieces as the text has characters by four) and `pieces` says how many pieces that were.

use std::cell::RefCell;

#[cfg(feature = "own")]
mod reader {
    use second_reading_engine::semantic::{Scope, Segment, Semantic};

    pub(crate) struct Reader(Semantic);

    impl Reader {
        pub(crate) fn load(bytes: &[u8]) -> Option<Reader> {
            Semantic::load(bytes).ok().map(Reader)
        }

        pub(crate) fn read(&self, text: &str) -> Option<(f32, usize)> {
            let mut segments = self.0.segments(text, Scope::default());
            segments.retain(|segment| !segment.is_part());
            let any = segments.iter().map(|segment| self.0.read(segment).any).fold(0.0, f32::max);
            let pieces = segments.iter().map(Segment::pieces).sum();
            Some((any, pieces))
        }
    }
}

#[cfg(feature = "rten")]
mod reader {
    use rten::Model;
    use rten_tensor::NdTensor;

    pub(crate) struct Reader(Model);

    impl Reader {
        pub(crate) fn load(bytes: &[u8]) -> Option<Reader> {
            Model::load(bytes.to_vec()).ok().map(Reader)
        }

        /// The network alone: every fourth character stands for a piece, which is about what posts have.
        pub(crate) fn read(&self, text: &str) -> Option<(f32, usize)> {
            let pieces = text.chars().count() / 4;
            let shape = [1, pieces];
            let numbers = NdTensor::from_data(shape, (0..pieces).map(|at| 1996 + at as i32).collect::<Vec<_>>());
            let ones = NdTensor::from_data(shape, vec![1i32; pieces]);
            let zeros = NdTensor::from_data(shape, vec![0i32; pieces]);
            let mut inputs = vec![
                (self.0.node_id("input_ids").ok()?, numbers.into()),
                (self.0.node_id("attention_mask").ok()?, ones.into()),
            ];
            if let Some(kind) = self.0.find_node("token_type_ids") {
                inputs.push((kind, zeros.into()));
            }
            let out = self.0.run(inputs, self.0.output_ids().get(..1)?, None).ok()?;
            Some((out.len() as f32, pieces))
        }
    }
}

thread_local! {
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static READER: RefCell<Option<reader::Reader>> = const { RefCell::new(None) };
    static PIECES: RefCell<usize> = const { RefCell::new(0) };
}

/// Room for so many bytes; the next call makes it anew.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn room(length: usize) -> *mut u8 {
    BYTES.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.resize(length, 0);
        bytes.as_mut_ptr()
    })
}

/// Reads weights from the room: 1 where that went well.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn load() -> i32 {
    let reader = BYTES.with_borrow(|bytes| reader::Reader::load(bytes));
    let good = reader.is_some();
    READER.set(reader);
    i32::from(good)
}

/// Reads a text from the room: the chance that it is risky, or -1.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn read() -> f32 {
    let text = BYTES.with_borrow(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let found = READER.with_borrow(|reader| reader.as_ref().and_then(|reader| reader.read(&text)));
    let (any, pieces) = found.unwrap_or((-1.0, 0));
    PIECES.set(pieces);
    any
}

/// How many pieces the last text had.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn pieces() -> usize {
    PIECES.with_borrow(|pieces| *pieces)
}

/// The same from Rust.
pub fn put(bytes: &[u8]) {
    BYTES.set(bytes.to_vec());
}
