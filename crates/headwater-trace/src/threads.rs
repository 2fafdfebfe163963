//! Work shared out among threads, with the results in the order of the work.
//!
//! Who is free takes the next piece, so that one slow piece holds nobody up. What comes out hangs neither on how many
//! threads there are nor on who was first.

use std::sync::{Mutex, PoisonError};

/// How many threads can run at once.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What `work` makes of each piece, in the order of the pieces.
pub(crate) fn each<T: Send, R: Send>(pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = pieces.len();
    let left = Mutex::new(pieces.into_iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(count));
    let run = || {
        loop {
            let next = left.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, piece)) = next else { return };
            let result = work(piece);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads().min(count) {
            scope.spawn(run);
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Rows as columns: the nth of each row become the nth row.
pub(crate) fn turned<T>(rows: Vec<Vec<T>>) -> Vec<Vec<T>> {
    let height = rows.len();
    let mut columns: Vec<Vec<T>> = Vec::new();
    for row in rows {
        columns.resize_with(columns.len().max(row.len()), || Vec::with_capacity(height));
        for (column, item) in columns.iter_mut().zip(row) {
            column.push(item);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_in_order() {
        let squares = super::each((0..1000u64).collect(), |n| n * n);
        assert!(squares.iter().enumerate().all(|(n, square)| *square == (n * n) as u64));
        assert!(super::each(Vec::<u8>::new(), |n| n).is_empty());
    }

    #[test]
    fn rows_become_columns() {
        assert_eq!(super::turned(vec![vec![1, 2, 3], vec![4, 5, 6]]), [[1, 4], [2, 5], [3, 6]]);
    }
}
