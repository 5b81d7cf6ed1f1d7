//! Faults: a panic where none should be. In: work on something damaged from outside. Out: its value, or what the
//! panic said, so that one bad file does not end a batch and a damaged index gives a sentence, not a trace.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Whether this thread is inside [`caught`], where the caller reports and the hook stays silent.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it becomes the message that it carried.
///
/// What `work` was changing must not be used again after a panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CAUGHT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(outer);
    outcome.map_err(|payload| message(payload.as_ref()))
}

/// Makes panics inside [`caught`] silent, for they are reported with their file. For programs, once, at the start.
pub fn silence_caught() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !CAUGHT.get() {
            hook(info);
        }
    }));
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    text.lines().next().unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catches_and_goes_on() {
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(caught(|| -> u8 { panic!("line {}", 7) }), Err("line 7".to_owned()));
    }
}
