//! The record in `localStorage`, read by other eyes than the crate's own.

use gloo_storage::{LocalStorage, Storage as _};
use js_sys::{Date, JSON, Object};
use serde::Deserialize;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Status};
use crate::support::js::{js, read};
use crate::support::server::{Echo, Tenant};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tokens {
    access_token: String,
    refresh_token: String,
    expires_at: Option<f64>,
}

/// What stands under the tenant's key.
fn record(tenant: &Tenant) -> Option<Tokens> {
    let text = LocalStorage::raw().get_item(tenant.name()).unwrap()?;
    Some(read(JSON::parse(&text).unwrap()))
}

fn store(tenant: &Tenant, record: &str) {
    LocalStorage::raw().set_item(tenant.name(), record).unwrap();
}

/// The reply to a login, as the server gives it.
#[derive(Deserialize)]
struct Reply {
    access_token: String,
    refresh_token: String,
    expires_in: f64,
}

async fn login(tenant: &Tenant) -> Reply {
    read(tenant.login("ada").await)
}

#[test]
async fn the_record_follows_login_refresh_and_sign_out() {
    let tenant = Tenant::new("web-record");
    let api = Api::of(&tenant, &Object::new());
    assert!(record(&tenant).is_none());

    let reply = tenant.login("ada").await;
    let given: Reply = read(reply.clone());
    let before = Date::now();
    api.session.sign_in(reply);
    let first = record(&tenant).unwrap();
    assert_eq!((&first.access_token, &first.refresh_token), (&given.access_token, &given.refresh_token));
    let end = first.expires_at.unwrap();
    assert!((before..=Date::now()).contains(&(end - given.expires_in * 1000.0)), "counted from its receipt");

    tenant.expire().await;
    api.get("/api/echo/1").value().await;
    let second = record(&tenant).unwrap();
    assert_ne!(first.access_token, second.access_token);
    assert_ne!(first.refresh_token, second.refresh_token, "the server rotates");
    let shown: Tokens = read(api.session.tokens());
    assert_eq!(shown.access_token, second.access_token);

    api.session.sign_out();
    assert!(record(&tenant).is_none());
}

#[test]
async fn a_record_that_is_there_already_is_a_session() {
    let tenant = Tenant::new("web-restored");
    let Reply { access_token, refresh_token, .. } = login(&tenant).await;
    store(&tenant, &format!(r#"{{"accessToken":"{access_token}","refreshToken":"{refresh_token}"}}"#));

    let api = Api::of(&tenant, &Object::new());
    assert_eq!(api.session.status(), Status::Active);
    assert_eq!(api.get("/api/echo/1").reply::<Echo>().await.user.as_deref(), Some("ada"));
    assert_eq!(tenant.books().await.presentations, 0);
}

#[test]
async fn another_apps_plain_string_is_the_access_token() {
    let tenant = Tenant::new("web-plain");
    store(&tenant, &login(&tenant).await.access_token);

    let api = Api::of(&tenant, &Object::new());
    assert_eq!(api.get("/api/echo/1").reply::<Echo>().await.user.as_deref(), Some("ada"));
}

#[test]
async fn a_stored_token_whose_time_is_over_is_refreshed_before_anything_is_sent() {
    let tenant = Tenant::new("web-over");
    let Reply { access_token, refresh_token, .. } = login(&tenant).await;
    let past = Date::now() - 1000.0;
    store(
        &tenant,
        &format!(r#"{{"accessToken":"{access_token}","refreshToken":"{refresh_token}","expiresAt":{past}}}"#),
    );

    let api = Api::of(&tenant, &Object::new());
    let calls = [api.get("/api/echo/1"), api.get("/api/echo/2")];
    for call in calls {
        assert_eq!(call.reply::<Echo>().await.user.as_deref(), Some("ada"));
    }
    let books = tenant.books().await;
    assert_eq!((books.refreshes, books.status("401"), books.status("200")), (1, 0, 2));
}

#[test]
async fn instances_with_the_same_key_share_tokens_and_one_refresh() {
    let tenant = Tenant::new("web-shared");
    let one = tenant.sign_in_expired(&Object::new()).await;
    let other = Api::of(&tenant, &js!("refreshRetry": 1));
    assert_eq!(other.session.status(), Status::Active);
    tenant.hold("refresh", true).await;

    let calls = [one.get("/api/echo/1"), other.get("/api/echo/2")];
    tenant.until_refreshes_held(1).await;
    tenant.release("refresh").await;
    for call in calls {
        assert_eq!(call.reply::<Echo>().await.user.as_deref(), Some("ada"));
    }
    let books = tenant.books().await;
    assert_eq!((books.presentations, books.refreshes, books.reused), (1, 1, 0));
    assert_eq!(one.session.tokens(), other.session.tokens());
}
