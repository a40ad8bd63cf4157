//! The real server: one of its tenants, its switches and its books.

use std::collections::HashMap;

use js_sys::{JSON, Object, Promise};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::api::Api;
use super::js::{js, put, read};
use super::time::{settled, until};

const ORIGIN: &str = match option_env!("API_ORIGIN") {
    Some(origin) => origin,
    None => "http://localhost:4180",
};

#[wasm_bindgen]
extern "C" {
    fn fetch(url: &str, init: &Object) -> Promise;
    /// What `fetch` resolves to.
    type Response;
    #[wasm_bindgen(method, getter)]
    fn ok(this: &Response) -> bool;
    #[wasm_bindgen(method)]
    fn json(this: &Response) -> Promise;
}

/// What the server has seen.
#[derive(Debug, Deserialize)]
pub(crate) struct Books {
    pub(crate) refreshes: u32,
    pub(crate) presentations: u32,
    pub(crate) reused: u32,
    pub(crate) hits: HashMap<String, HashMap<String, u32>>,
    pub(crate) statuses: HashMap<String, u32>,
    pub(crate) held: Held,
}

/// How many answers wait for their release.
#[derive(Debug, Deserialize)]
pub(crate) struct Held {
    pub(crate) refresh: u32,
    pub(crate) api: u32,
}

/// What the server says of a request that it has answered.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Echo {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) user: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) text: String,
}

impl Books {
    /// How often a request, such as `GET /api/echo/1`, was answered with a status.
    pub(crate) fn count(&self, request: &str, status: &str) -> u32 {
        self.hits.get(request).and_then(|counts| counts.get(status)).copied().unwrap_or(0)
    }

    /// How many answers of a status there were.
    pub(crate) fn status(&self, status: &str) -> u32 {
        self.statuses.get(status).copied().unwrap_or(0)
    }
}

/// A server of one's own: it comes into being on first use.
pub(crate) struct Tenant(&'static str);

impl Tenant {
    pub(crate) fn new(name: &'static str) -> Self {
        Self(name)
    }

    pub(crate) fn name(&self) -> &'static str {
        self.0
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{ORIGIN}/t/{}{path}", self.0)
    }

    /// A user's tokens, as the server gives them.
    pub(crate) async fn login(&self, user: &str) -> JsValue {
        self.call("POST", "/login", Some(&js!("username": user))).await
    }

    /// Ada, signed in.
    pub(crate) async fn sign_in(&self, session: &Object) -> Api {
        let api = Api::of(self, session);
        api.session.sign_in(self.login("ada").await);
        api
    }

    /// Ada, signed in with an access token that is good no more.
    pub(crate) async fn sign_in_expired(&self, session: &Object) -> Api {
        let api = self.sign_in(session).await;
        self.expire().await;
        api
    }

    pub(crate) async fn books(&self) -> Books {
        self.ask("GET", "/books", None).await
    }

    /// Every access token given so far is rejected from now on.
    pub(crate) async fn expire(&self) {
        self.call("POST", "/expire", None).await;
    }

    /// From now on a presented refresh token is answered like this.
    pub(crate) async fn refresh_mode(&self, mode: &str) {
        self.call("POST", "/control", Some(&js!("refresh": js!("mode": mode)))).await;
    }

    /// Holds answers from now on, or no more; switching it off releases nobody.
    pub(crate) async fn hold(&self, what: &str, on: bool) {
        let hold = Object::new();
        put(&hold, what, &on.into());
        self.call("POST", "/control", Some(&js!("hold": hold))).await;
    }

    /// Lets all answers go that are held.
    pub(crate) async fn release(&self, what: &str) {
        self.call("POST", "/release", Some(&js!("what": what))).await;
    }

    /// Lets the oldest go.
    pub(crate) async fn release_one(&self, what: &str) {
        self.call("POST", "/release", Some(&js!("what": what, "count": 1))).await;
    }

    /// Waits until the server holds the answers to so many refreshes.
    pub(crate) async fn until_refreshes_held(&self, count: u32) {
        until("refreshes are held", async || self.books().await.held.refresh == count).await;
    }

    /// Waits until the server holds the answers to so many requests.
    pub(crate) async fn until_requests_held(&self, count: u32) {
        until("requests are held", async || self.books().await.held.api == count).await;
    }

    async fn ask<T: DeserializeOwned>(&self, method: &str, path: &str, body: Option<&Object>) -> T {
        read(self.call(method, path, body).await)
    }

    async fn call(&self, method: &str, path: &str, body: Option<&Object>) -> JsValue {
        let init = js!("method": method, "headers": js!("content-type": "application/json"));
        if let Some(body) = body {
            put(&init, "body", &JSON::stringify(body).unwrap());
        }
        let response: Response = settled(path, &fetch(&self.url(path), &init)).await.unwrap().into();
        assert!(response.ok(), "{method} {path} was not answered well");
        settled(path, &response.json()).await.unwrap()
    }
}
