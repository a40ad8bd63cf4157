//! Requests that no caller should make: each is settled once, nobody else notices, and the engine lives on.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::Shape;
use crate::support::double::{Line, answer, api_with, assert_engine_lives, fetch};
use crate::support::js::{js, script, value};
use crate::support::signal::AbortController;
use crate::support::time::turn;

/// The input and the options of requests that can not be made, and what their error says.
const IMPOSSIBLE: [(&str, &str); 13] = [
    ("[{ toString() { throw new Error('no URL') } }]", "no URL"),
    ("['/x', { get method() { throw new Error('no method') } }]", "no method"),
    ("['/x', { headers: { get accept() { throw new Error('no header') } } }]", "no header"),
    ("['/x', { method: 'POST', body: { toJSON() { throw new Error('no JSON') } } }]", "no JSON"),
    ("['/x', { method: 'POST', body: { get value() { throw new Error('no JSON') } } }]", "no JSON"),
    ("['/x', { method: 'POST', body: { get pipe() { throw new Error('no body') } } }]", "no body"),
    ("['/x', { method: 'POST', body: { get constructor() { throw new Error('no body') } } }]", "no body"),
    ("['/x', { method: 'POST', body: new Proxy({}, { get() { throw new Error('no body') } }) }]", "no body"),
    ("['/x', { method: 'POST', body: { cycle: globalThis } }]", ""),
    ("['/x', { body: new FormData() }]", ""),
    ("['/x', { signal: { get aborted() { throw new Error('no signal') } } }]", "no signal"),
    ("['/x', { signal: { addEventListener() { throw new Error('no signal') } } }]", "no signal"),
    ("[{ url: '/x', clone() { throw new Error('no copy') } }]", "no copy"),
];

fn input_and_options(pair: &str) -> (JsValue, JsValue) {
    let pair = js_sys::Array::from(&value(pair));
    (pair.get(0), pair.get(1))
}

#[test]
async fn a_request_that_can_not_be_made_is_rejected_once_and_nobody_else_notices() {
    for (request, message) in IMPOSSIBLE {
        let line = Line::default();
        let api = api_with(&line.fetch());
        let neighbour = api.get("/neighbour");
        let own = line.take();

        let (input, options) = input_and_options(request);
        let call = api.ask(Shape::Data, input, options);
        let failure = call.failure().await;
        let cause = if failure.name() == "FetchError" { failure.behind() } else { failure };
        assert!(cause.message().contains(message), "{request}: {}", cause.message());

        assert!(neighbour.is_pending(), "{request}");
        own.answer(answer(200, "own"));
        assert_eq!(neighbour.value().await, "own", "{request}");
        assert_engine_lives().await;
        call.assert_settled_once();
        assert_eq!(api.session.pending(), 0, "{request}");
    }
}

#[test]
async fn what_the_platform_takes_the_drop_in_takes_as_well() {
    for request in [
        "['/x', { method: 5 }]",
        "['/x', { method: new String('post'), body: 'text' }]",
        "['/x', { method: null }]",
        "['/x', { headers: [['accept', 'text/plain']] }]",
        "['/x', { method: 'POST', body: structuredClone(new ArrayBuffer(8)) }]",
        "['/x', { method: 'POST', body: null }]",
        "['/x', { signal: null }]",
        "['/x', null]",
    ] {
        let line = Line::default();
        let api = api_with(&line.fetch());
        let (input, init) = input_and_options(request);
        let call = api.ask(Shape::Fetch, input, init);
        turn().await;
        assert!(call.is_pending(), "it is sent: {request}");
        line.take().answer(answer(200, ""));
        assert!(call.end().await.is_ok(), "{request}");
        assert_engine_lives().await;
    }
}

#[test]
async fn a_buffer_that_is_gone_settles_the_call_once() {
    let give_away = script(
        "what",
        "const buffer = what.buffer ?? what;
         structuredClone(buffer, { transfer: [buffer] });
         return what",
    );
    for body in ["new ArrayBuffer(8)", "new Uint8Array(8)", "new DataView(new ArrayBuffer(8))"] {
        for shape in [Shape::Data, Shape::Raw, Shape::Fetch] {
            let api = api_with(&fetch(|_, _| answer(200, "")));
            let gone = give_away.call1(&JsValue::UNDEFINED, &value(body)).unwrap();
            let call = api.ask(shape, "/x", js!("method": "POST", "body": gone));
            // What becomes of it is the platform's to say.
            let _ = call.end().await;
            assert_engine_lives().await;
            call.assert_settled_once();
        }
    }
}

#[test]
async fn a_signal_that_can_not_be_left_does_no_harm() {
    let line = Line::default();
    let api = api_with(&line.fetch());
    for forgetful in ["", "removeEventListener() { throw new Error('not now') },"] {
        let signal = value(&format!("({{ {forgetful} aborted: false, addEventListener() {{}} }})"));
        let call = api.ask(Shape::Data, "/x", js!("method": "POST", "body": "text", "signal": signal));
        line.take().answer(answer(200, "own"));
        assert_eq!(call.value().await, "own");
        assert_engine_lives().await;
    }
}

#[test]
async fn any_reason_of_an_abort_will_do() {
    for reason in ["Symbol('enough')", "Object.create(null)", "null", "{ get message() { throw 1 } }"] {
        let line = Line::default();
        let api = api_with(&line.fetch());
        let quitter = AbortController::new();
        let call = api.ask(Shape::Data, "/x", js!("signal": quitter.signal()));
        quitter.abort(&value(reason));
        assert_eq!(call.failure().await.name(), "FetchError", "{reason}");
        assert_engine_lives().await;
        call.assert_settled_once();
    }
}

#[test]
async fn a_signal_that_will_not_say_why_aborts_all_the_same() {
    let line = Line::default();
    let api = api_with(&line.fetch());
    let signal = value(
        "({ aborted: false, removeEventListener() {}, get reason() { throw new Error('no reason') },
            addEventListener(_, listener) { this.abort = listener } })",
    );
    let call = api.ask(Shape::Data, "/x", js!("method": "POST", "body": "text", "signal": &signal));
    script("signal", "signal.abort()").call1(&JsValue::UNDEFINED, &signal).unwrap();
    assert_eq!(call.failure().await.name(), "FetchError");
    assert_engine_lives().await;
    assert_eq!(api.session.pending(), 0);
}
