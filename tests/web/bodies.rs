//! A body goes out again byte for byte, as it was when the call was made.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Uint8Array};
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::js::{function, js, put};
use crate::support::server::{Echo, Tenant};

#[test]
async fn a_json_body_is_encoded_once_and_sent_again_as_it_was() {
    let tenant = Tenant::new("web-json");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let encodings = Rc::<Cell<u32>>::default();
    let count = Rc::clone(&encodings);
    let price = js!("toJSON": function(move |_| {
        count.set(count.get() + 1);
        "ten".into()
    }));
    let body = js!("item": "Zürich \u{1F600}", "price": price);

    let call = api.post("/api/echo/json", &body);
    tenant.until_refreshes_held(1).await;
    put(&body, "item", &"changed meanwhile".into());
    tenant.release("refresh").await;

    let reply: Echo = call.reply().await;
    assert_eq!(reply.text, "{\"item\":\"Zürich \u{1F600}\",\"price\":\"ten\"}");
    assert_eq!((reply.method.as_str(), reply.content_type.as_deref()), ("POST", Some("application/json")));
    assert_eq!(encodings.get(), 1);
    let books = tenant.books().await;
    assert_eq!(books.count("POST /api/echo/json", "401"), 1);
    assert_eq!(books.count("POST /api/echo/json", "200"), 1);
}

#[test]
async fn bytes_that_the_caller_uses_again_meanwhile_go_out_as_they_were() {
    let tenant = Tenant::new("web-bytes");
    let api = tenant.sign_in_expired(&Object::new()).await;
    tenant.hold("refresh", true).await;
    let bytes = Uint8Array::from(b"<before>".as_slice());

    let call = api.post("/api/echo/bytes", bytes.subarray(1, 7));
    tenant.until_refreshes_held(1).await;
    bytes.fill(b'!', 0, bytes.length());
    tenant.release("refresh").await;

    assert_eq!(call.reply::<Echo>().await.text, "before");
}
