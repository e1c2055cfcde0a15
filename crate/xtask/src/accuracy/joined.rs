//! Posts in which one matter stands beside another: made of the test fifth's, for in one long post a risky sentence must
//! not go under among harmless ones. Their labels are those of what they are made of.

use super::corpus::{Group, Part, Post};

/// How many risky ones are made, and how many harmless ones.
const MOST: usize = 500;
/// What is joined is short, so that what comes of it is still one post.
const MOST_BYTES: usize = 300;

/// A risky post with a harmless one before or after it, and two harmless ones, evenly from all the indirect posts of the
/// test fifth.
pub(super) fn joined(posts: &[Post]) -> Vec<Post> {
    let fit = |post: &&Post| {
        post.group() == Group::Indirect && post.part() == Part::TestFifth && post.text.len() <= MOST_BYTES
    };
    let (risky, harmless): (Vec<&Post>, Vec<&Post>) = posts.iter().filter(fit).partition(|post| post.risky());
    // No two of the same writer's neighbours: the second comes from half the files away.
    let across = harmless.len() / 2;
    let pairs = |first: &[&Post]| -> Vec<Post> {
        let step = first.len().div_ceil(MOST).max(1);
        let each = first.iter().enumerate().step_by(step);
        each.filter_map(|(at, post)| {
            let other = harmless.get((at + across) % harmless.len().max(1))?;
            Some(if (at / step).is_multiple_of(2) {
                join(post, other, post)
            } else {
                join(other, post, post)
            })
        })
        .collect()
    };
    let mut made = pairs(&risky);
    made.extend(pairs(&harmless));
    made
}

fn join(before: &Post, after: &Post, labelled: &Post) -> Post {
    Post {
        id: format!("j-{}-{}", before.id, after.id),
        text: format!("{}\n\n{}", before.text, after.text),
        surface: labelled.surface.clone(),
        labels: labelled.labels.clone(),
        evidence: labelled.evidence.clone(),
    }
}
