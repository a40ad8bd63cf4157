//! Signing out and in while a refresh runs: the last word is the user's.

use js_sys::Object;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::Status;
use crate::support::server::{Echo, Tenant};
use crate::support::time::until;
use crate::support::watched::Watched;

#[test]
async fn signing_out_during_a_held_refresh_rejects_those_who_wait_and_throws_the_reply_away() {
    let tenant = Tenant::new("web-sign-out");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let calls: Vec<_> = (1..=10).map(|number| api.get(&format!("/api/echo/{number}"))).collect();
    tenant.until_refreshes_held(1).await;
    until("all of them wait", async || api.session.waiting() == 10).await;
    assert!(calls.iter().all(Watched::is_pending));

    api.session.sign_out();
    assert_eq!(api.session.status(), Status::SignedOut);
    for call in &calls {
        let failure = call.failure().await;
        assert_eq!((failure.name().as_str(), failure.code().as_deref()), ("AuthError", Some("SIGNED_OUT")));
    }
    tenant.until_refreshes_held(0).await;
    tenant.release("refresh").await;

    let books = tenant.books().await;
    assert_eq!((books.presentations, books.refreshes, books.status("200")), (1, 0, 0));
    assert_eq!(api.session.status(), Status::SignedOut);
    assert!(api.session.tokens().is_null());
}

#[test]
async fn a_request_of_the_old_user_is_never_sent_as_the_new_one() {
    let tenant = Tenant::new("web-other-user");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let old = api.get("/api/echo/old");
    tenant.until_refreshes_held(1).await;

    api.session.sign_in(tenant.login("bob").await);
    let new = api.get("/api/echo/new");
    assert_eq!(old.failure().await.code().as_deref(), Some("SESSION_CHANGED"));
    assert_eq!(new.reply::<Echo>().await.user.as_deref(), Some("bob"));
    tenant.until_refreshes_held(0).await;
    let books = tenant.books().await;
    assert_eq!((books.count("GET /api/echo/old", "200"), books.refreshes), (0, 0));
}

#[test]
async fn the_same_user_who_signs_in_again_takes_the_waiting_requests_along() {
    let tenant = Tenant::new("web-same-user");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let call = api.get("/api/echo/1");
    tenant.until_refreshes_held(1).await;

    api.session.sign_in(tenant.login("ada").await);
    assert_eq!(call.reply::<Echo>().await.user.as_deref(), Some("ada"));
    let books = tenant.books().await;
    assert_eq!((books.presentations, books.refreshes), (1, 0));
}
