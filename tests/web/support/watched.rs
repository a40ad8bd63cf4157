//! A call whose end is watched.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::js::{Failure, function, get, put, read};
use super::time::settled;

#[wasm_bindgen(module = "/src/platform/promise.js")]
extern "C" {
    /// A promise given to a caller, and what settles it.
    #[derive(Clone)]
    pub(crate) type Deferred;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Deferred;
    #[wasm_bindgen(method, getter)]
    fn promise(this: &Deferred) -> Promise;
    // The crate's own extern has the same symbol where the parameters are called the same.
    #[wasm_bindgen(method)]
    pub(crate) fn reject(this: &Deferred, reason: &JsValue);
}

/// How often a call was settled, and with what. A promise by itself keeps silent about a second time.
#[derive(Clone)]
pub(crate) struct Watched {
    promise: Promise,
    times: Rc<Cell<u32>>,
}

impl Watched {
    pub(crate) fn new(caller: &Deferred) -> Self {
        let times = Rc::<Cell<u32>>::default();
        for name in ["resolve", "reject"] {
            let settle: Function = get(caller, name);
            let (caller_of_it, times) = (caller.clone(), Rc::clone(&times));
            let counted = function(move |value| {
                times.set(times.get() + 1);
                settle.call1(&caller_of_it, &value).unwrap()
            });
            put(caller, name, &counted);
        }
        let promise = caller.promise();
        // Some tests look at a rejection late, and the browser would take it for one that nobody looks at.
        let _ = Promise::all_settled(&Array::of1(&promise));
        Self { promise, times }
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.times.get() == 0
    }

    /// How it ends: once.
    pub(crate) async fn end(&self) -> Result<JsValue, JsValue> {
        let end = settled("a call", &self.promise).await;
        self.assert_settled_once();
        end
    }

    pub(crate) fn assert_settled_once(&self) {
        assert_eq!(self.times.get(), 1, "a call is settled exactly once");
    }

    /// What it resolves to.
    pub(crate) async fn value(&self) -> JsValue {
        self.end().await.unwrap_or_else(|error| panic!("a call was rejected: {error:?}"))
    }

    /// The same, as something that Rust knows.
    pub(crate) async fn reply<T: DeserializeOwned>(&self) -> T {
        read(self.value().await)
    }

    /// What it rejects with.
    pub(crate) async fn failure(&self) -> Failure {
        match self.end().await {
            Ok(value) => panic!("a call was resolved: {value:?}"),
            Err(error) => Failure::of(error),
        }
    }
}
