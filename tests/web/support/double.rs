//! Doubles of `fetch`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue, wasm_bindgen};

use super::api::Api;
use super::js::{js, value};
use super::time::until;

#[wasm_bindgen]
extern "C" {
    /// What `fetch` resolves to.
    pub(crate) type Response;
    #[wasm_bindgen(constructor)]
    fn new(body: &str, init: &Object) -> Response;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn status(this: &Response) -> u16;
}

/// An answer with a body of text.
pub(crate) fn answer(status: u16, text: &str) -> JsValue {
    Response::new(text, &js!("status": status)).into()
}

/// A `fetch` in Rust; it is given the URL and the `init`.
pub(crate) fn fetch(body: impl Fn(JsValue, JsValue) -> JsValue + 'static) -> Function {
    Closure::<dyn Fn(JsValue, JsValue) -> JsValue>::new(body).into_js_value().unchecked_into()
}

/// A signed-in instance with such a `fetch`. Its session is its own, and lets itself be refreshed by a function.
pub(crate) fn api_with(fetch: &Function) -> Api {
    let refresh = value("() => ({ access_token: 'second' })");
    let session = js!("storage": "memory", "refresh": refresh);
    let api = Api::new(&js!("fetch": fetch, "session": session));
    api.session.sign_in(js!("access_token": "first"));
    api
}

/// A request that a double was asked to send, and what answers it, whenever the test likes, and deaf to signals.
pub(crate) struct Sending {
    pub(crate) bearer: Option<String>,
    resolve: Function,
    reject: Function,
}

impl Sending {
    pub(crate) fn answer(&self, answer: impl Into<JsValue>) {
        self.resolve.call1(&JsValue::UNDEFINED, &answer.into()).unwrap();
    }

    pub(crate) fn fail(&self, error: &JsValue) {
        self.reject.call1(&JsValue::UNDEFINED, error).unwrap();
    }
}

#[wasm_bindgen]
extern "C" {
    type Init;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Init) -> Option<Headers>;
    type Headers;
    #[wasm_bindgen(method)]
    fn get(this: &Headers, name: &str) -> Option<String>;
}

/// A `fetch` that answers when it is told to.
#[derive(Clone, Default)]
pub(crate) struct Line(Rc<RefCell<VecDeque<Sending>>>);

impl Line {
    pub(crate) fn fetch(&self) -> Function {
        let line = self.clone();
        fetch(move |_, init| {
            let bearer = init.unchecked_into::<Init>().headers().and_then(|all| all.get("authorization"));
            Promise::new(&mut |resolve, reject| {
                line.0.borrow_mut().push_back(Sending { bearer: bearer.clone(), resolve, reject });
            })
            .into()
        })
    }

    /// The oldest that is not taken yet.
    pub(crate) fn take(&self) -> Sending {
        self.0.borrow_mut().pop_front().expect("nothing was sent")
    }

    /// The oldest, as soon as it is there.
    pub(crate) async fn next(&self) -> Sending {
        until("something is sent", async || !self.0.borrow().is_empty()).await;
        self.take()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
}

/// Whatever has happened to others: a new instance's request is answered.
pub(crate) async fn assert_engine_lives() {
    let api = api_with(&fetch(|_, _| answer(200, "alive")));
    assert_eq!(api.get("/alive").value().await, "alive", "the engine lives on");
}
