//! Deadlines, and nothing else of time.

use std::cell::Cell;

use js_sys::{Array, Date, Function, Promise};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

const LOOK_AGAIN_MS: f64 = 5.0;

thread_local! {
    static DEADLINE_MS: Cell<f64> = const { Cell::new(8_000.0) };
}

/// After one missed deadline others may well be missed too, if the engine has stopped: they are not waited for as long.
fn missed(what: &str) -> ! {
    DEADLINE_MS.set(500.0);
    panic!("at the deadline: {what}");
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(act: &Function, delay: f64, argument: &JsValue);
}

fn timer(delay: f64, value: &JsValue) -> Promise {
    Promise::new(&mut |resolve, _| set_timeout(&resolve, delay, value))
}

/// What the promise settles with. Who is pending at the deadline has failed the test.
pub(crate) async fn settled(what: &str, promise: &Promise) -> Result<JsValue, JsValue> {
    let late = JsValue::symbol(None);
    let first = Promise::race(&Array::of2(promise, &timer(DEADLINE_MS.get(), &late)));
    let end = JsFuture::from(first).await;
    if end.as_ref() == Ok(&late) {
        missed(&format!("{what} is pending"));
    }
    end
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Date::now() + DEADLINE_MS.get();
    while !is_so().await {
        if Date::now() > deadline {
            missed(&format!("still not so: {what}"));
        }
        JsFuture::from(timer(LOOK_AGAIN_MS, &JsValue::UNDEFINED)).await.unwrap();
    }
}

/// Lets everything happen that is due now: all microtasks, and the tasks that are queued already.
pub(crate) async fn turn() {
    JsFuture::from(timer(0.0, &JsValue::UNDEFINED)).await.unwrap();
}
