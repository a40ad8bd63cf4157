//! The end of a session object.

use crate::bench::{Bench, pair, reject};
use wasm_api_fetch::engine::{Attempt, CallOutcome, Code, Event, Goal, Id, Session, Ticket, Verdict};

#[test]
fn dispose_rejects_all_who_wait_and_all_on_the_wire() {
    let mut bench = Bench::alone();
    let (first, second) = (bench.post(), bench.post());
    bench.expired(first);
    let out = bench.step(Event::Dispose);
    assert!(out.contains(&reject(first, Code::SignedOut)));
    assert!(out.contains(&reject(second, Code::SignedOut)));
    assert_eq!(out.len(), 3, "and gives up the call, and touches no store: {out:?}");
    bench.assert_quiet();
}

#[test]
fn afterwards_newcomers_are_rejected_and_nothing_else_happens() {
    let mut bench = Bench::alone();
    let id = bench.get();
    bench.step(Event::Dispose);
    for goal in [Goal::Send { safe: true }, Goal::Tokens { for_ms: 0, force: true }] {
        let (id, out) = bench.ask(goal);
        assert_eq!(out, [reject(id, Code::SignedOut)]);
    }
    let before = bench.engine.clone();
    let attempt = Attempt(1);
    for event in [
        Event::Answered { id, attempt, verdict: Verdict::Expired, replayable: true },
        Event::Failed { id, attempt },
        Event::Aborted { id: Id(1) },
        Event::Read { pair: Some(pair(2)) },
        Event::Set { pair: pair(2) },
        Event::SignOut,
        Event::Refreshed { ticket: Ticket(1), attempt, outcome: CallOutcome::Pair(pair(2)) },
        Event::Saved { ticket: Ticket(1), ok: true },
        Event::News,
        Event::Tick,
        Event::Dispose,
    ] {
        assert_eq!(bench.step(event), [], "{event:?}");
        assert_eq!(bench.engine, before, "{event:?}");
    }
    assert_eq!(bench.engine.session(), &Session::Closed);
}
