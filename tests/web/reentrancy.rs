//! JavaScript may call back at any time: whatever of the caller's runs inside a call may use the instance.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Shape, Status};
use crate::support::double::{Line, answer, api_with, assert_engine_lives, fetch};
use crate::support::inner::Inner;
use crate::support::js::{function, get, js, put, put_getter};
use crate::support::signal::AbortController;

/// An instance whose requests are answered at once.
fn answered() -> Api {
    api_with(&fetch(|_, _| answer(200, "answered")))
}

#[test]
async fn a_getter_of_the_options_may_use_the_instance() {
    let (api, inner) = (answered(), Inner::default());
    let options = js!();
    for name in ["method", "headers", "responseType", "keepalive"] {
        let (api, inner) = (api.clone(), inner.clone());
        put_getter(&options, name, move || {
            inner.add(api.get("/inner"));
            api.session.tokens();
            JsValue::UNDEFINED
        });
    }

    assert_eq!(api.ask(Shape::Data, "/outer", options).value().await, "answered");
    assert_eq!(inner.assert_answered().await, 4);
    assert_eq!(api.session.pending(), 0);
}

#[test]
async fn a_body_may_use_the_instance_while_it_is_encoded() {
    let (api, inner) = (answered(), Inner::default());
    let (api_inside, inner_inside) = (api.clone(), inner.clone());
    let body = js!("toJSON": function(move |_| {
        inner_inside.add(api_inside.post("/inner", js!("plain": 1)));
        "encoded".into()
    }));

    assert_eq!(api.post("/outer", &body).value().await, "answered");
    assert_eq!(inner.assert_answered().await, 1);
    assert_eq!(api.session.pending(), 0);
}

#[test]
async fn a_fetch_may_use_the_instance_while_it_sends() {
    let (inside, inner) = (Rc::<OnceCell<Api>>::default(), Inner::default());
    let (inside_fetch, inner_fetch) = (Rc::clone(&inside), inner.clone());
    let api = api_with(&fetch(move |url, _| {
        if url == "/outer" {
            let api = inside_fetch.get().unwrap();
            inner_fetch.add(api.get("/inner"));
            inner_fetch.add(api.post("/inner", "text"));
        }
        answer(200, "answered")
    }));
    assert!(inside.set(api.clone()).is_ok());

    let calls = [api.get("/outer"), api.get("/outer")];
    for call in calls {
        assert_eq!(call.value().await, "answered");
    }
    assert_eq!(inner.assert_answered().await, 4);
    assert_eq!(api.session.pending(), 0);
}

#[test]
async fn a_fetch_may_abort_its_own_request_while_it_sends() {
    let quitter = AbortController::new();
    let quitter_inside = quitter.clone();
    let api = api_with(&fetch(move |_, _| {
        quitter_inside.abort(&"second thoughts".into());
        answer(200, "unwanted")
    }));

    let call = api.ask(Shape::Data, "/outer", js!("signal": quitter.signal()));
    assert_eq!(call.failure().await.cause(), "second thoughts");
    assert_eq!(api.session.pending(), 0);
    assert_engine_lives().await;
    call.assert_settled_once();
}

#[test]
async fn a_fetch_may_use_the_instance_when_its_request_is_taken_back() {
    let (inside, inner) = (Rc::<OnceCell<Api>>::default(), Inner::default());
    let (inside_fetch, inner_fetch) = (Rc::clone(&inside), inner.clone());
    let line = Line::default();
    let send = line.fetch();
    let api = api_with(&fetch(move |url, init| {
        if url == "/inner" {
            return answer(200, "answered");
        }
        let signal: JsValue = get(&init, "signal");
        let (inside, inner) = (Rc::clone(&inside_fetch), inner_fetch.clone());
        let taken_back = function(move |_| {
            inner.add(inside.get().unwrap().get("/inner"));
            JsValue::UNDEFINED
        });
        // The first one, as it is sent alone, nobody will take back.
        if signal.is_object() {
            put(&signal, "onabort", &taken_back);
        }
        send.call2(&JsValue::UNDEFINED, &url, &init).unwrap()
    }));
    assert!(inside.set(api.clone()).is_ok());

    let calls = [api.get("/rejected"), api.get("/withdrawn")];
    let (rejected, _withdrawn) = (line.take(), line.take());
    rejected.answer(answer(401, ""));
    for call in calls {
        line.next().await.answer(answer(200, "answered"));
        assert_eq!(call.value().await, "answered");
    }
    inner.assert_answered().await;
    assert_eq!(api.session.pending(), 0);
}

#[test]
async fn a_fetch_may_sign_out_while_it_sends() {
    let inside = Rc::<OnceCell<Api>>::default();
    let inside_fetch = Rc::clone(&inside);
    let api = api_with(&fetch(move |_, _| {
        inside_fetch.get().unwrap().session.sign_out();
        answer(401, "")
    }));
    assert!(inside.set(api.clone()).is_ok());

    assert_eq!(api.get("/outer").failure().await.code().as_deref(), Some("SIGNED_OUT"));
    assert_eq!(api.session.status(), Status::SignedOut);
    assert_engine_lives().await;
}

#[test]
async fn an_answer_may_use_the_instance_when_it_is_looked_at() {
    let (inside, inner) = (Rc::<OnceCell<Api>>::default(), Inner::default());
    let (inside_fetch, inner_fetch) = (Rc::clone(&inside), inner.clone());
    let replied = Cell::new(false);
    let api = api_with(&fetch(move |url, _| {
        if url != "/outer" || replied.replace(true) {
            return answer(200, "answered");
        }
        // Looked at while the request's own task is at work.
        let rejection = js!("body": JsValue::NULL, "headers": js!("get": {
            let (inside, inner) = (Rc::clone(&inside_fetch), inner_fetch.clone());
            function(move |_| {
                inner.add(inside.get().unwrap().get("/inner"));
                JsValue::NULL
            })
        }));
        let (inside, inner) = (Rc::clone(&inside_fetch), inner_fetch.clone());
        put_getter(&rejection, "status", move || {
            inner.add(inside.get().unwrap().post("/inner", "text"));
            401.into()
        });
        Promise::resolve(&rejection).into()
    }));
    assert!(inside.set(api.clone()).is_ok());

    assert_eq!(api.get("/outer").value().await, "answered");
    assert!(inner.assert_answered().await >= 2, "status and headers were looked at");
    assert_eq!(api.session.pending(), 0);
}
