//! A caller who gives up: at once, alone, and for good.

use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::Shape;
use crate::support::js::js;
use crate::support::server::{Echo, Tenant};
use crate::support::signal::AbortController;
use crate::support::time::until;

#[test]
async fn aborting_a_waiting_request_rejects_it_at_once_and_disturbs_nobody_else() {
    let tenant = Tenant::new("web-abort");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let (quitter, other_quitter) = (AbortController::new(), AbortController::new());
    let rejected = api.post("/api/echo/rejected", "text");
    tenant.until_refreshes_held(1).await;

    let waiting = api.get("/api/echo/waiting");
    let given_up = api.ask(Shape::Data, "/api/echo/given-up", js!("signal": quitter.signal()));
    let target = tenant.url("/api/echo/given-up");
    let fetched = api.ask(Shape::Fetch, target, js!("signal": other_quitter.signal()));
    assert_eq!(api.session.waiting(), 4);

    quitter.abort(&"changed my mind".into());
    other_quitter.abort(&"me too".into());
    let failure = given_up.failure().await;
    assert_eq!((failure.name().as_str(), failure.cause()), ("FetchError", "changed my mind".into()));
    assert_eq!(fetched.end().await, Err("me too".into()), "`fetch` rejects with the reason itself");
    assert_eq!(api.session.waiting(), 2);
    assert!(rejected.is_pending() && waiting.is_pending());

    tenant.release("refresh").await;
    assert_eq!(rejected.reply::<Echo>().await.path, "/api/echo/rejected");
    assert_eq!(waiting.reply::<Echo>().await.path, "/api/echo/waiting");
    let books = tenant.books().await;
    assert!(!books.hits.contains_key("GET /api/echo/given-up"), "it was never sent");
    assert_eq!((books.presentations, books.refreshes), (1, 1));
}

#[test]
async fn a_signal_that_is_aborted_already_sends_nothing() {
    let tenant = Tenant::new("web-aborted");
    let api = tenant.sign_in(&Object::new()).await;
    let quitter = AbortController::new();
    quitter.abort(&"before it began".into());

    let failure = api.ask(Shape::Data, "/api/echo/1", js!("signal": quitter.signal())).failure().await;
    assert_eq!(failure.cause(), JsValue::from("before it began"));
    assert_eq!(api.session.pending(), 0);
    assert!(tenant.books().await.hits.is_empty());
}

#[test]
async fn aborting_whoever_caused_the_refresh_leaves_it_to_the_others() {
    let tenant = Tenant::new("web-abort-cause");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let quitter = AbortController::new();
    let cause = api.ask(Shape::Data, "/api/echo/cause", js!("signal": quitter.signal()));
    tenant.until_refreshes_held(1).await;
    let waiting = api.get("/api/echo/waiting");

    quitter.abort(&"enough".into());
    assert_eq!(cause.failure().await.cause(), JsValue::from("enough"));
    tenant.release("refresh").await;
    assert_eq!(waiting.reply::<Echo>().await.path, "/api/echo/waiting");
    until("nobody is left", async || api.session.pending() == 0).await;
    assert_eq!(tenant.books().await.refreshes, 1);
}
