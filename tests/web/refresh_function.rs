//! A refresh function may use the instance.

use std::cell::OnceCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::Api;
use crate::support::double::{Line, answer};
use crate::support::inner::Inner;
use crate::support::js::{deferred, function, get, js};

#[test]
async fn what_a_refresh_function_asks_for_before_its_first_await_belongs_to_the_refresh() {
    let line = Line::default();
    let inside = Rc::<OnceCell<Api>>::default();
    let inside_refresh = Rc::clone(&inside);
    let inner = Inner::default();
    let inner_refresh = inner.clone();
    let (reply, settle) = deferred();
    let refresh = function(move |_| {
        inner_refresh.add(inside_refresh.get().unwrap().post("/renew", "text"));
        reply.clone()
    });
    let session = js!("storage": "memory", "refresh": refresh);
    let api = Api::new(&js!("fetch": line.fetch(), "session": session));
    api.session.sign_in(js!("access_token": "first"));
    assert!(inside.set(api.clone()).is_ok());

    let call = api.get("/outer");
    line.take().answer(answer(401, ""));
    let renewal = line.next().await;
    assert_eq!(renewal.bearer, None, "it goes out while the refresh runs, and without a token");
    let newcomer = api.get("/newcomer");
    assert!(line.is_empty() && newcomer.is_pending(), "whoever comes later waits");
    renewal.answer(answer(200, "answered"));
    assert_eq!(inner.assert_answered().await, 1);
    settle(js!("access_token": "second"));

    for waiting in [call, newcomer] {
        let sending = line.next().await;
        assert_eq!(sending.bearer.as_deref(), Some("Bearer second"));
        sending.answer(answer(200, "answered"));
        assert_eq!(waiting.value().await, "answered");
    }
}

#[test]
async fn a_refresh_function_may_sign_out_and_in() {
    let line = Line::default();
    let inside = Rc::<OnceCell<Api>>::default();
    let inside_refresh = Rc::clone(&inside);
    let refresh = function(move |_| {
        let api = inside_refresh.get().unwrap();
        api.session.sign_out();
        api.session.sign_in(js!("access_token": "fresh"));
        js!("access_token": "late").into()
    });
    let session = js!("storage": "memory", "refresh": refresh);
    let api = Api::new(&js!("fetch": line.fetch(), "session": session));
    api.session.sign_in(js!("access_token": "first"));
    assert!(inside.set(api.clone()).is_ok());

    let old = api.get("/old");
    line.take().answer(answer(401, ""));
    let code = old.failure().await.code();
    assert!(matches!(code.as_deref(), Some("SIGNED_OUT" | "SESSION_CHANGED")), "{code:?}");
    assert_eq!(get::<JsValue>(&api.session.tokens(), "accessToken"), "fresh");
    let new = api.get("/new");
    let sending = line.next().await;
    assert_eq!(sending.bearer.as_deref(), Some("Bearer fresh"));
    sending.answer(answer(200, "answered"));
    assert_eq!(new.value().await, "answered");
}
