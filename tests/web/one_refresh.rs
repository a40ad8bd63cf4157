//! One refresh, and everybody answered: by the server's books.

use js_sys::Object;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Status};
use crate::support::server::{Books, Echo, Tenant};
use crate::support::time::until;
use crate::support::watched::Watched;

fn storm(api: &Api, numbers: std::ops::RangeInclusive<u32>) -> Vec<Watched> {
    numbers.map(|number| api.get(&format!("/api/echo/{number}"))).collect()
}

async fn assert_own_replies(calls: &[Watched]) {
    for (index, call) in calls.iter().enumerate() {
        let reply: Echo = call.reply().await;
        assert_eq!(reply.path, format!("/api/echo/{}", index + 1));
        assert_eq!(reply.user.as_deref(), Some("ada"));
    }
}

fn assert_one_refresh(books: &Books) {
    assert_eq!((books.presentations, books.refreshes, books.reused), (1, 1, 0));
}

#[test]
async fn a_storm_with_an_expired_token_costs_one_refresh_and_everybody_gets_their_own_reply() {
    let tenant = Tenant::new("web-storm");
    let api = tenant.sign_in_expired(&Object::new()).await;

    let calls = storm(&api, 1..=200);
    assert_eq!(api.session.pending(), 200);
    assert_own_replies(&calls).await;

    let books = tenant.books().await;
    assert_one_refresh(&books);
    for number in 1..=200 {
        assert_eq!(books.count(&format!("GET /api/echo/{number}"), "200"), 1, "each is answered once");
    }
    assert_eq!((api.session.pending(), api.session.waiting()), (0, 0));
}

#[test]
async fn whoever_asks_while_the_refresh_is_held_waits_and_goes_out_with_the_new_token() {
    let tenant = Tenant::new("web-held");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;

    let mut calls = storm(&api, 1..=20);
    tenant.until_refreshes_held(1).await;
    until("all of them wait", async || api.session.waiting() == 20).await;
    calls.extend(storm(&api, 21..=40));
    assert_eq!(api.session.status(), Status::Refreshing);
    assert_eq!((api.session.pending(), api.session.waiting()), (40, 40));

    let books = tenant.books().await;
    assert_eq!((books.presentations, books.held.refresh, books.status("200")), (1, 1, 0));
    assert!(calls.iter().all(Watched::is_pending));

    tenant.release("refresh").await;
    assert_own_replies(&calls).await;
    let books = tenant.books().await;
    assert_one_refresh(&books);
    for number in 21..=40 {
        assert_eq!(books.count(&format!("GET /api/echo/{number}"), "401"), 0, "it did not go out before");
    }
    assert_eq!(api.session.status(), Status::Active);
}

#[test]
async fn a_401_that_comes_after_the_refresh_is_replayed_without_another() {
    let tenant = Tenant::new("web-late");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("api", true).await;
    // Not safe, and so not withdrawn when the first one is rejected.
    let calls = [api.post("/api/echo/1", "1"), api.post("/api/echo/2", "2")];
    tenant.until_requests_held(2).await;
    tenant.hold("api", false).await;

    tenant.release_one("api").await;
    until("one of them is answered", async || calls.iter().any(|call| !call.is_pending())).await;
    assert_eq!(calls.iter().filter(|call| call.is_pending()).count(), 1);
    assert_eq!(tenant.books().await.refreshes, 1);

    tenant.release("api").await;
    assert_own_replies(&calls).await;
    let books = tenant.books().await;
    assert_one_refresh(&books);
    assert_eq!((books.status("401"), books.status("200")), (2, 2));
}

#[test]
async fn wishes_for_tokens_join_the_refresh_that_runs() {
    let tenant = Tenant::new("web-join");
    let api = tenant.sign_in(&Object::new()).await;
    tenant.hold("refresh", true).await;

    let wishes = [api.session.refresh(), api.session.refresh()];
    let request = api.get("/api/echo/1");
    tenant.until_refreshes_held(1).await;
    assert!(wishes.iter().all(Watched::is_pending) && request.is_pending());

    tenant.release("refresh").await;
    let [one, other] = wishes;
    assert_eq!(one.value().await, other.value().await, "both get the new tokens");
    assert_eq!(request.reply::<Echo>().await.path, "/api/echo/1");
    let books = tenant.books().await;
    assert_one_refresh(&books);
    assert_eq!(books.status("401"), 0);
}
