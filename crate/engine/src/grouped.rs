//! Lists by number that lie end to end: a rule set has tens of thousands of them, most of one or two members, and a
//! piece of memory for each would take several times what it holds.

/// A list of numbers for each number from zero on.
#[derive(Debug, Default)]
pub(crate) struct Grouped {
    /// Where the list of each key begins, and at last where the last one ends.
    bounds: Vec<u32>,
    members: Vec<u32>,
}

impl Grouped {
    /// Lists from pairs of a key and a member, in any order; each comes out sorted and holds nothing twice.
    pub(crate) fn of(pairs: &[(u32, u32)]) -> Grouped {
        let keys = pairs.iter().map(|(key, _)| *key as usize + 1).max().unwrap_or(0);
        let mut next = vec![0_u32; keys + 1];
        for (key, _) in pairs {
            if let Some(count) = next.get_mut(*key as usize + 1) {
                *count += 1;
            }
        }
        for key in 0..keys {
            let before = next.get(key).copied().unwrap_or(0);
            next.get_mut(key + 1).into_iter().for_each(|place| *place += before);
        }
        let mut members = vec![0; pairs.len()];
        for (key, member) in pairs {
            let Some(place) = next.get_mut(*key as usize) else { continue };
            if let Some(slot) = members.get_mut(*place as usize) {
                *slot = *member;
            }
            *place += 1;
        }
        // Each key's place has moved to its list's end.
        next.truncate(keys);
        next.insert(0, 0);
        let mut lists = Grouped { bounds: next, members };
        lists.tidy();
        lists
    }

    /// Sorts each list and takes out what it holds twice.
    fn tidy(&mut self) {
        let mut kept = 0;
        let mut start = 0;
        for end in self.bounds.iter_mut().skip(1) {
            let (from, to) = (start, *end as usize);
            start = to;
            if let Some(list) = self.members.get_mut(from..to) {
                list.sort_unstable();
            }
            let first = kept;
            for at in from..to {
                let Some(member) = self.members.get(at).copied() else { continue };
                let twice = kept > first && self.members.get(kept - 1) == Some(&member);
                if !twice && let Some(slot) = self.members.get_mut(kept) {
                    *slot = member;
                    kept += 1;
                }
            }
            *end = u32::try_from(kept).unwrap_or(u32::MAX);
        }
        self.members.truncate(kept);
        self.members.shrink_to_fit();
    }

    /// The list of `key`; nothing where it has none.
    pub(crate) fn get(&self, key: u32) -> &[u32] {
        let key = key as usize;
        match self.bounds.get(key..key + 2) {
            Some([start, end]) => self.members.get(*start as usize..*end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Grouped;

    #[test]
    fn lists_come_out_sorted_and_whole() {
        let lists = Grouped::of(&[(3, 7), (0, 2), (3, 1), (3, 7), (5, 0), (0, 2), (3, 4)]);
        let all: Vec<&[u32]> = (0..8).map(|key| lists.get(key)).collect();
        assert_eq!(all, [&[2][..], &[], &[], &[1, 4, 7], &[], &[0], &[], &[]]);
    }

    #[test]
    fn without_pairs_every_list_is_empty() {
        assert!(Grouped::of(&[]).get(0).is_empty());
    }
}
