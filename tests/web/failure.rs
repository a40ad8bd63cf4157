//! A refresh that fails: everybody is told alike, and nobody is left behind.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Object;
use serde::Deserialize;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Status};
use crate::support::js::{js, read, value};
use crate::support::server::{Echo, Tenant};
use crate::support::time::until;
use crate::support::watched::Watched;

/// What listeners of `signout` are told.
#[derive(Deserialize)]
struct SignOut {
    reason: String,
}

/// The reasons of all sign-outs from now on.
fn sign_outs(api: &Api) -> Rc<RefCell<Vec<String>>> {
    let seen = Rc::<RefCell<Vec<String>>>::default();
    let list = Rc::clone(&seen);
    api.session.on("signout", move |event| list.borrow_mut().push(read::<SignOut>(event).reason));
    seen
}

/// Every one of these has failed with this code, and with the same cause: an answer of `status`.
async fn assert_all_failed(calls: &[Watched], code: &str, status: u16) {
    let first = calls[0].failure().await.cause();
    for call in calls {
        let failure = call.failure().await;
        assert_eq!((failure.name().as_str(), failure.code().as_deref()), ("AuthError", Some(code)));
        assert_eq!(failure.cause(), first, "one refresh, one cause");
        assert_eq!(failure.behind().status(), Some(status));
    }
}

#[test]
async fn a_refused_refresh_rejects_all_alike_and_signs_out_once() {
    let tenant = Tenant::new("web-refused");
    let api = tenant.sign_in_expired(&Object::new()).await;
    let seen = sign_outs(&api);
    tenant.refresh_mode("invalid_grant").await;
    tenant.hold("refresh", true).await;

    let mut calls: Vec<_> = (1..=20).map(|number| api.get(&format!("/api/echo/{number}"))).collect();
    calls.push(api.post("/api/echo/21", "text"));
    calls.push(api.session.refresh());
    tenant.until_refreshes_held(1).await;
    until("all of them wait", async || api.session.waiting() == 22).await;
    assert!(calls.iter().all(Watched::is_pending));

    tenant.release("refresh").await;
    assert_all_failed(&calls, "REFRESH_REJECTED", 400).await;
    assert_eq!(*seen.borrow(), ["refused"]);
    assert_eq!(api.session.status(), Status::SignedOut);
    assert!(api.session.tokens().is_null());
    assert_eq!((api.session.pending(), api.session.waiting()), (0, 0));
    let books = tenant.books().await;
    assert_eq!((books.presentations, books.status("200")), (1, 0));
}

#[test]
async fn a_failure_that_passes_rejects_those_who_wait_and_the_next_request_tries_again() {
    let tenant = Tenant::new("web-passing");
    let api = tenant.sign_in_expired(&js!("refreshRetry": 0)).await;
    let seen = sign_outs(&api);
    tenant.refresh_mode("500").await;

    let calls: Vec<_> = (1..=5).map(|number| api.get(&format!("/api/echo/{number}"))).collect();
    assert_all_failed(&calls, "REFRESH_FAILED", 500).await;
    assert_eq!(api.session.status(), Status::Active);
    assert!(api.session.tokens().is_object(), "the tokens stay");

    tenant.refresh_mode("ok").await;
    assert_eq!(api.get("/api/echo/next").reply::<Echo>().await.path, "/api/echo/next");
    let books = tenant.books().await;
    assert_eq!((books.presentations, books.refreshes, books.reused), (2, 1, 0));
    assert!(seen.borrow().is_empty());
}

#[test]
async fn a_refresh_function_that_fails_in_any_way_is_a_failure_like_another() {
    for (name, function, cause) in [
        ("web-throws", "() => { throw new Error('out of order') }", "Error"),
        ("web-rejects", "async () => { throw new RangeError('out of order') }", "RangeError"),
        ("web-nothing", "() => {}", "TypeError"),
        ("web-no-token", "async () => ({ access_token: '' })", "TypeError"),
        ("web-number", "() => 42", "TypeError"),
        ("web-torn", "() => ({ access_token: 'second', get scope() { throw new Error('torn') } })", "Error"),
    ] {
        let tenant = Tenant::new(name);
        let api = tenant.sign_in_expired(&js!("refresh": value(function))).await;
        for _ in 0..2 {
            let failure = api.get("/api/echo/1").failure().await;
            assert_eq!(failure.code().as_deref(), Some("REFRESH_FAILED"), "{function}");
            assert_eq!(failure.behind().name(), cause, "{function}");
        }
        assert!(api.session.tokens().is_object(), "the tokens stay: {function}");
        assert_eq!(tenant.books().await.count("GET /api/echo/1", "401"), 2, "{function}");
    }
}
