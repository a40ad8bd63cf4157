//! What comes too late for one request never reaches another, nor a later sending of its own.

use js_sys::{Error, Function};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::support::api::{Api, Shape, Status};
use crate::support::double::{Line, Response, answer, api_with};
use crate::support::js::{get, js, put, script, value};
use crate::support::signal::AbortController;
use crate::support::time::{turn, until};
use crate::support::watched::Watched;

#[test]
async fn the_late_answer_to_an_aborted_request_is_not_the_next_ones() {
    let line = Line::default();
    let api = api_with(&line.fetch());
    let quitter = AbortController::new();
    let given_up = api.ask(Shape::Data, "/first", js!("signal": quitter.signal()));
    let late = line.take();
    quitter.abort(&"enough".into());
    assert_eq!(given_up.failure().await.cause(), "enough");

    // The next ones take the place that has become free, one of them at another wait.
    let (next, in_its_place) = (api.get("/next"), api.get("/more"));
    let (own, other) = (line.take(), line.take());
    late.answer(answer(200, "of another"));
    turn().await;
    assert!(next.is_pending() && in_its_place.is_pending());

    other.answer(answer(200, "more"));
    own.answer(answer(200, "own"));
    assert_eq!(next.value().await, "own");
    assert_eq!(in_its_place.value().await, "more");
    given_up.assert_settled_once();
}

#[test]
async fn the_late_failure_of_an_aborted_request_is_not_the_next_ones() {
    let line = Line::default();
    let api = api_with(&line.fetch());
    let quitter = AbortController::new();
    let given_up = api.ask(Shape::Fetch, "/first", js!("signal": quitter.signal()));
    let late = line.take();
    quitter.abort(&"enough".into());
    assert_eq!(given_up.end().await, Err("enough".into()));

    let next = api.get("/next");
    let own = line.take();
    late.fail(&Error::new("of another"));
    turn().await;
    assert!(next.is_pending());
    own.answer(answer(200, "own"));
    assert_eq!(next.value().await, "own");
    given_up.assert_settled_once();
}

#[test]
async fn a_signal_that_is_aborted_after_the_end_aborts_nobody() {
    let line = Line::default();
    let api = api_with(&line.fetch());
    // It does not forget its listeners when it is asked to.
    let signal = value(
        "({ aborted: false, reason: 'too late', listeners: [], removeEventListener() {},
            addEventListener(_, listener) { this.listeners.push(listener) } })",
    );
    let first = api.ask(Shape::Data, "/first", js!("method": "POST", "signal": &signal));
    line.take().answer(answer(200, "first"));
    assert_eq!(first.value().await, "first");

    let next = api.post("/next", "text");
    let own = line.take();
    script("signal", "for (const listener of signal.listeners) listener()").call1(&signal, &signal).unwrap();
    turn().await;
    assert!(next.is_pending());
    own.answer(answer(200, "own"));
    assert_eq!(next.value().await, "own");
    first.assert_settled_once();
}

#[test]
async fn the_late_end_of_a_withdrawn_sending_is_not_the_replays() {
    for end in ["failure", "answer", "no answer at all"] {
        let line = Line::default();
        let api = api_with(&line.fetch());
        let (rejected, withdrawn) = (api.get("/rejected"), api.get("/withdrawn"));
        let (first, late) = (line.take(), line.take());
        first.answer(answer(401, ""));
        let (first, second) = (line.next().await, line.next().await);
        for sending in [&first, &second] {
            assert_eq!(sending.bearer.as_deref(), Some("Bearer second"));
        }

        match end {
            "failure" => late.fail(&Error::new("withdrawn")),
            "answer" => late.answer(answer(200, "withdrawn")),
            _ => late.answer(value("({ status: 'none' })")),
        }
        turn().await;
        assert!(withdrawn.is_pending(), "{end}");
        first.answer(answer(200, "replayed"));
        second.answer(answer(404, "not here"));
        assert_eq!(rejected.value().await, "replayed");
        let failure = withdrawn.failure().await;
        assert_eq!(failure.status(), Some(404), "{end}");
        assert!(failure.cause().is_undefined(), "its cause is not the withdrawn sending's: {end}");
    }
}

#[test]
async fn a_withdrawn_sending_that_is_answered_while_the_replay_is_read_changes_nothing() {
    for late_end in [answer(401, "late"), Error::new("late").into()] {
        let line = Line::default();
        let api = api_with(&line.fetch());
        let _rejected = api.get("/rejected");
        let raw = api.ask(Shape::Raw, "/withdrawn", js!());
        let (first, late) = (line.take(), line.take());
        first.answer(answer(401, ""));
        let (first, second) = (line.next().await, line.next().await);
        first.answer(answer(200, ""));

        let slow = answer(200, "");
        let reading = script("", "return new Promise((resolve) => { this.finish = resolve })");
        put(&slow, "text", &reading);
        second.answer(&slow);
        until("it is read", async || get::<Function>(&slow, "finish").is_function()).await;
        if late_end.is_instance_of::<Error>() {
            late.fail(&late_end);
        } else {
            late.answer(&late_end);
        }
        turn().await;
        get::<Function>(&slow, "finish").call1(&slow, &"whole".into()).unwrap();

        let given = raw.value().await;
        assert_eq!(given, slow, "the answer whose body was read");
        assert_eq!(given.unchecked_into::<Response>().status(), 200);
        assert_eq!(get::<JsValue>(&slow, "_data"), "whole");
    }
}

#[test]
async fn the_late_reply_of_a_refresh_that_was_given_up_is_nobodys() {
    let line = Line::default();
    let refreshes = Line::default();
    let refresh = refreshes.fetch();
    let session = js!("storage": "memory", "refresh": refresh);
    let api = Api::new(&js!("fetch": line.fetch(), "session": session));
    api.session.sign_in(js!("access_token": "first"));
    let waiting = api.get("/waiting");
    line.take().answer(answer(401, ""));
    let late = refreshes.next().await;
    api.session.sign_out();
    assert_eq!(waiting.failure().await.code().as_deref(), Some("SIGNED_OUT"));

    api.session.sign_in(js!("access_token": "another's"));
    // As many as places have become free.
    let next = [api.get("/one"), api.get("/two"), api.get("/three")];
    late.answer(js!("access_token": "late"));
    turn().await;
    assert!(next.iter().all(Watched::is_pending));
    for call in next {
        let own = line.take();
        assert_eq!(own.bearer.as_deref(), Some("Bearer another's"));
        own.answer(answer(200, "own"));
        assert_eq!(call.value().await, "own");
    }
    assert_eq!(api.session.status(), Status::Active);
    assert_eq!(get::<JsValue>(&api.session.tokens(), "accessToken"), "another's");
}
