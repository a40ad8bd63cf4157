//! The commonest steps allocate nothing once the engine is warm. A test crate of its own: the counter replaces the
//! allocator.
#![cfg(not(target_arch = "wasm32"))]

use allocation_counter::measure;
use wasm_api_fetch::engine::{
    Command, Config, Engine, Event, Goal, Id, Key, Limits, Login, NEVER, SendNo, TokenFacts, User,
};
use wasm_api_fetch::policy::verdict::Verdict;

/// As many requests as fit into the window, asked for and answered, `rounds` times over.
fn storm(engine: &mut Engine, out: &mut Vec<Command>, ids: &mut u64, rounds: u64, in_flight: u64) {
    for _ in 0..rounds {
        let first = *ids + 1;
        *ids += in_flight;
        for id in first..=*ids {
            out.clear();
            let asker = engine.asker();
            engine.step(0, Event::Ask { id: Id(id), goal: Goal::Send { safe: true }, asker }, out);
            assert!(matches!(out.first(), Some(Command::Send { .. })));
        }
        // Answers come in another order than the requests went.
        for id in (first..=*ids).filter(|id| id % 2 == 0).chain((first..=*ids).filter(|id| id % 2 == 1)) {
            out.clear();
            let verdict = Verdict::Good;
            let answered =
                Event::Answered { id: Id(id), send_no: SendNo(1), verdict, replayable: true, route: None };
            engine.step(0, answered, out);
            assert_eq!(out.first(), Some(&Command::Deliver { id: Id(id) }));
        }
    }
}

const LIMITS: Limits = Limits {
    refresh_timeout: 10_000,
    retries: 2,
    withdraw: true,
    queue_limit: 10_000,
    queue_timeout: 30_000,
};

#[test]
fn asking_on_a_fresh_session_and_a_good_answer_allocate_nothing() {
    let mut engine = Engine::new(Config::new(LIMITS, false));
    let (mut out, mut ids) = (Vec::new(), 0);
    let (expires_at, refresh_at) = (NEVER, NEVER);
    let facts =
        TokenFacts { key: Key(1), user: User(1), login: Login(1), expires_at, refresh_at, refreshable: true };
    engine.step(0, Event::Read { facts: Some(facts) }, &mut out);

    let cold = measure(|| storm(&mut engine, &mut out, &mut ids, 1, 256));
    assert!(cold.count_total > 0, "the counter counts");
    let warm = measure(|| storm(&mut engine, &mut out, &mut ids, 10, 256));
    assert_eq!(warm.count_total, 0);
}
