//! Doubles of `fetch`, and answers, that do what no platform does: every call is settled once, and the engine lives on.

use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Shape};
use crate::support::double::{api_with, assert_engine_lives};
use crate::support::js::{js, script};

const NO_RESPONSE: &str = "fetch did not resolve to a Response";
const NO_NETWORK: &str = "no network";

/// Bodies of `fetch` that give no answer, and the message of the error that follows.
const FAULTS: [(&str, &str); 13] = [
    ("throw new Error('no network')", NO_NETWORK),
    ("return Promise.reject(new Error('no network'))", NO_NETWORK),
    ("return { then(_, reject) { reject(new Error('no network')) } }", NO_NETWORK),
    ("return { then() { throw new Error('no network') } }", NO_NETWORK),
    ("return { get then() { throw new Error('no network') } }", NO_NETWORK),
    ("return undefined", NO_RESPONSE),
    ("return Promise.resolve(null)", NO_RESPONSE),
    ("return 'text'", NO_RESPONSE),
    ("return 42", NO_RESPONSE),
    ("return Promise.resolve({ ok: true })", NO_RESPONSE),
    ("return Promise.resolve({ status: '200', headers: new Headers() })", NO_RESPONSE),
    ("return Promise.resolve({ status: 200, headers: {} })", NO_RESPONSE),
    ("return Promise.resolve({ get status() { throw new Error('no network') } })", NO_NETWORK),
];

/// Bodies of `fetch` that answer in unusual ways.
const ODD: [&str; 5] = [
    "return new Response('at once')",
    "return { then(resolve) { resolve(new Response('at once')) } }",
    "return { then(resolve, reject) { resolve(new Response('at once')); resolve(1); reject(2); throw 3 } }",
    "const promise = Promise.resolve(new Response('later'));
     promise.then = (resolve) => { resolve(new Response('at once')) };
     return promise",
    "const promise = Promise.resolve(new Response('later'));
     promise.then = (resolve, reject) => { resolve(new Response('at once')); resolve(1); reject(2) };
     return promise",
];

fn api(fetch: &str) -> Api {
    api_with(&script("input, init", fetch))
}

#[test]
async fn a_fetch_that_gives_no_answer_rejects_each_call_once() {
    for (fetch, message) in FAULTS {
        let api = api(fetch);
        for shape in [Shape::Data, Shape::Raw] {
            let call = api.ask(shape, "/faulty", js!());
            let failure = call.failure().await;
            assert_eq!((failure.name().as_str(), failure.status()), ("FetchError", None), "{fetch}");
            assert_eq!(failure.behind().message(), message, "{fetch}");
            assert_engine_lives().await;
            call.assert_settled_once();
        }
        let call = api.ask(Shape::Fetch, "/faulty", js!());
        assert_eq!(call.failure().await.message(), message, "`fetch` rejects with the error itself: {fetch}");
        assert_engine_lives().await;
        call.assert_settled_once();
        assert_eq!(api.session.pending(), 0, "{fetch}");
    }
}

#[test]
async fn a_fetch_that_answers_in_an_odd_way_answers_each_call_once() {
    for fetch in ODD {
        let api = api(fetch);
        let calls = [api.get("/one"), api.get("/two")];
        for call in &calls {
            assert_eq!(call.value().await, "at once", "{fetch}");
        }
        assert_engine_lives().await;
        for call in &calls {
            call.assert_settled_once();
        }
        assert_eq!(api.session.pending(), 0, "{fetch}");
    }
}

#[test]
async fn a_promise_whose_own_then_throws_is_a_failure_like_another() {
    let api = api("const promise = Promise.resolve();
         promise.then = () => { throw new Error('no network') };
         return promise");
    assert_eq!(api.get("/faulty").failure().await.behind().message(), NO_NETWORK);
    assert_engine_lives().await;
}

#[test]
async fn a_promise_that_can_not_even_be_recognised_is_a_failure_like_another() {
    let api = api("return Object.defineProperty(Promise.resolve(), 'constructor', {
           get() { throw new Error('no network') },
         })");
    assert_eq!(api.get("/faulty").failure().await.behind().message(), NO_NETWORK);
    assert_engine_lives().await;
}

#[test]
async fn a_refresh_whose_fetch_gives_no_answer_fails_and_the_tokens_stay() {
    for (fetch, message) in FAULTS {
        let fetch =
            format!("if (!input.endsWith('/token')) return new Response('', {{ status: 401 }}); {fetch}");
        let session = js!("storage": "memory", "refresh": "/token", "refreshRetry": 0);
        let api = Api::new(&js!("fetch": script("input, init", &fetch), "session": session));
        api.session.sign_in(js!("access_token": "first", "refresh_token": "once"));

        let failure = api.get("/protected").failure().await;
        assert_eq!(failure.code().as_deref(), Some("REFRESH_FAILED"), "{fetch}");
        assert_eq!(failure.root_message(), message, "{fetch}");
        assert!(api.session.tokens().is_object(), "{fetch}");
        assert_eq!((api.session.pending(), api.session.waiting()), (0, 0), "{fetch}");
    }
    assert_engine_lives().await;
}

#[test]
async fn a_body_that_can_not_be_read_rejects_the_call_once() {
    for (text, message) in [
        ("throw new Error('torn')", "torn"),
        ("return Promise.reject(new Error('torn'))", "torn"),
        ("return { then(_, reject) { reject(new Error('torn')) } }", "torn"),
    ] {
        let api = api(&format!(
            "const answer = new Response('text');
             answer.text = () => {{ {text} }};
             return Promise.resolve(answer)"
        ));
        let call = api.get("/torn");
        let failure = call.failure().await;
        assert_eq!((failure.name().as_str(), failure.status()), ("FetchError", Some(200)), "{text}");
        assert_eq!(failure.behind().message(), message, "{text}");
        assert_engine_lives().await;
        call.assert_settled_once();
    }
}

#[test]
async fn an_answer_that_throws_when_it_is_looked_at_rejects_the_call_once() {
    for answer in [
        "{ status: 200, headers: new Headers(), get body() { throw new Error('torn') } }",
        "{ status: 200, headers: new Headers(), body: {}, get text() { throw new Error('torn') } }",
        "{ status: 200, headers: { get() { throw new Error('torn') } }, body: {} }",
        "{ status: 404, headers: new Headers(), body: null, get statusText() { throw new Error('torn') } }",
        "{ status: 404, headers: new Headers(), body: null, statusText: Symbol('torn') }",
    ] {
        let api = api(&format!("return Promise.resolve({answer})"));
        let call = api.get("/torn");
        assert_eq!(call.failure().await.name(), "FetchError", "{answer}");
        assert_engine_lives().await;
        call.assert_settled_once();
        assert_eq!(api.session.pending(), 0, "{answer}");
    }
}

#[test]
async fn whatever_is_thrown_becomes_an_error_that_can_be_read() {
    for thrown in
        ["undefined", "null", "Symbol('torn')", "Object.create(null)", "{ get message() { throw 1 } }"]
    {
        let api = api(&format!("throw {thrown}"));
        let failure = api.get("/faulty").failure().await;
        assert_eq!(failure.name(), "FetchError", "{thrown}");
        assert!(failure.message().starts_with("[GET] \"/faulty\": <no response>"), "{}", failure.message());
        assert_engine_lives().await;
    }
}

#[test]
async fn a_rejection_by_a_strange_answer_is_refreshed_and_replayed() {
    for answer in [
        "{ status: 401, headers: { get() { throw new Error('no headers') } }, body: null }",
        "{ status: 401, headers: new Headers(), body: {} }",
        "{ status: 401, headers: new Headers(), body: { cancel() {} } }",
        "{ status: 401, headers: new Headers(), body: { cancel() { throw new Error('too late') } } }",
        "{ status: 401, headers: new Headers(), get body() { throw new Error('no body') } }",
    ] {
        let api = api(&format!(
            "if (init.headers.get('authorization') === 'Bearer second') return new Response('replayed');
             return Promise.resolve({answer})"
        ));
        let call = api.get("/strange");
        assert_eq!(call.value().await, "replayed", "{answer}");
        assert_engine_lives().await;
        call.assert_settled_once();
    }
}
