//! Listeners may use the instance, and what they throw is nobody else's business.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::global;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Status};
use crate::support::double::{Line, answer, api_with, assert_engine_lives};
use crate::support::inner::Inner;
use crate::support::js::{function, get, js, put, script, value};
use crate::support::time::until;

/// An instance whose first token is rejected.
fn expired() -> Api {
    api_with(&script(
        "url, init",
        "const isFirst = init.headers.get('authorization') === 'Bearer first';
         return isFirst ? new Response('', { status: 401 }) : new Response('answered')",
    ))
}

#[test]
async fn listeners_may_use_the_instance() {
    for topic in ["change", "refresh", "busy", "trace"] {
        let (api, inner) = (expired(), Inner::default());
        let (api_inside, inner_inside) = (api.clone(), inner.clone());
        let told = Cell::new(0);
        api.session.on(topic, move |_| {
            told.set(told.get() + 1);
            // What it asks for is told to it again.
            if told.get() <= 3 {
                inner_inside.add(api_inside.get("/inner"));
                api_inside.session.tokens();
            }
        });

        for call in [api.get("/one"), api.post("/two", "text")] {
            assert_eq!(call.value().await, "answered", "{topic}");
        }
        until("all have come to an end", async || api.session.pending() == 0).await;
        inner.assert_answered().await;
    }
}

#[test]
async fn a_listener_that_throws_harms_nobody() {
    let api = expired();
    let reports = Rc::<Cell<u32>>::default();
    let count = Rc::clone(&reports);
    let before: JsValue = get(&global(), "reportError");
    let report = function(move |_| {
        count.set(count.get() + 1);
        JsValue::UNDEFINED
    });
    put(&global(), "reportError", &report);
    for topic in ["change", "refresh", "busy", "trace"] {
        api.session.listen(topic, &script("", "throw new Error('a fault in the app')"));
    }
    let end = api.get("/outer").value().await;
    put(&global(), "reportError", &before);

    assert_eq!(end, "answered");
    assert!(reports.get() >= 4, "each was reported");
    assert_engine_lives().await;
}

#[test]
async fn a_report_that_throws_harms_nobody_either() {
    let api = expired();
    let before: JsValue = get(&global(), "reportError");
    let fault = script("", "throw new Error('a fault in the app')");
    put(&global(), "reportError", &fault);
    api.session.listen("change", &fault);
    let call = api.get("/outer");
    let end = call.end().await;
    put(&global(), "reportError", &before);

    assert!(end.is_ok());
    assert_engine_lives().await;
}

#[test]
async fn a_listener_of_sign_outs_may_sign_in_again() {
    let line = Line::default();
    let refresh = value("() => null");
    let session = js!("storage": "memory", "refresh": refresh);
    let api = Api::new(&js!("fetch": line.fetch(), "session": session));
    api.session.sign_in(js!("access_token": "first"));
    let api_inside = api.clone();
    let inner = Inner::default();
    let inner_inside = inner.clone();
    api.session.on("signout", move |_| {
        api_inside.session.sign_in(js!("access_token": "fresh"));
        inner_inside.add(api_inside.get("/inner"));
    });

    let old = api.get("/old");
    line.take().answer(answer(401, ""));
    let sending = line.next().await;
    assert_eq!(sending.bearer.as_deref(), Some("Bearer fresh"));
    sending.answer(answer(200, "answered"));
    assert_eq!(inner.assert_answered().await, 1);
    assert_eq!(old.failure().await.code().as_deref(), Some("REFRESH_REJECTED"), "it was of the old session");
    assert_eq!(api.session.status(), Status::Active);
    assert!(line.is_empty());
}
