//! `native WEIGHTS TEXT…`: how long loading and reading take on this machine, best and middle of many.

use std::time::Instant;

use reviewer_bench::{load, pieces, put, read};

const TIMES: usize = 40;

fn main() {
    let mut given = std::env::args().skip(1);
    let weights = given.next().map(|path| std::fs::read(path).expect("the weights can be read")).expect("WEIGHTS");
    let best = |count: usize, one: &dyn Fn()| {
        let mut times: Vec<f64> = (0..count)
            .map(|_| {
                let began = Instant::now();
                one();
                began.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        (times[0], times[times.len() / 2])
    };
    put(&weights);
    let (least, middle) = best(5, &|| assert_eq!(load(), 1, "the weights do not load"));
    println!("load: best {least:.1} ms, middle {middle:.1} ms");
    for text in given {
        put(text.as_bytes());
        let any = read();
        let (least, middle) = best(TIMES, &|| {
            read();
        });
        println!("{} characters, {} pieces: best {least:.1} ms, middle {middle:.1} ms ({any:.4})", text.chars().count(), pieces());
    }
}
