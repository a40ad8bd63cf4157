//! The way of a request through its interceptors.

use wasm_api_fetch::axios::chain::Chain;
use wasm_api_fetch::boundary::ChainEvent::{self, Promised, Threw, ThrewUnheard, Went};
use wasm_api_fetch::boundary::ChainStep::{
    self, Attach, AttachDispatch, Begin, Call, Dispatch, DispatchAfter, Done, Fail, Rescue, Respond,
};
use wasm_api_fetch::boundary::{ChainPosition, FromBits as _};

/// A step, and the place of its interceptor.
type Step = (ChainStep, u32);

fn step(position: ChainPosition) -> Step {
    (position.step(), position.place())
}

/// All steps of a chain, where those that are named go otherwise than well.
fn way(requests: u32, responses: u32, is_synchronous: bool, odd: &[(Step, ChainEvent)]) -> Vec<Step> {
    let chain = Chain { requests, responses };
    let mut position = chain.first(is_synchronous);
    let mut steps = vec![step(position)];
    while position.step() != Done {
        assert!(steps.len() < 100, "no end: {steps:?}");
        let event = odd.iter().find(|(odd, _)| *odd == step(position)).map_or(Went, |&(_, event)| event);
        position = chain.after(position, event);
        steps.push(step(position));
    }
    steps
}

#[test]
fn without_interceptors_a_request_is_sent_at_once() {
    assert_eq!(way(0, 0, true, &[]), [(Dispatch, 0), (Done, 0)]);
}

#[test]
fn synchronous_interceptors_are_called_and_the_request_is_sent_at_once() {
    assert_eq!(
        way(2, 2, true, &[]),
        [(Call, 0), (Call, 1), (Dispatch, 0), (Respond, 0), (Respond, 1), (Done, 0)]
    );
}

#[test]
fn others_hang_on_a_promise_and_so_does_the_sending() {
    let steps = [(Begin, 0), (Attach, 0), (Attach, 1), (AttachDispatch, 0), (Respond, 0), (Done, 0)];
    assert_eq!(way(2, 1, false, &[]), steps);
    let all = [Went, Threw, ThrewUnheard, Promised];
    for event in all {
        let odd: Vec<_> = steps.iter().map(|&step| (step, event)).collect();
        assert_eq!(way(2, 1, false, &odd), steps, "the promise carries what they throw: {event:?}");
    }
}

#[test]
fn what_a_synchronous_interceptor_throws_unheard_fails_the_request_which_is_not_sent() {
    assert_eq!(
        way(3, 1, true, &[((Call, 1), ThrewUnheard)]),
        [(Call, 0), (Call, 1), (Fail, 0), (Respond, 0), (Done, 0)]
    );
}

#[test]
fn who_hears_of_the_throw_has_the_request_sent_and_those_behind_are_passed_over() {
    assert_eq!(way(3, 0, true, &[((Call, 0), Threw)]), [(Call, 0), (Rescue, 0), (Dispatch, 0), (Done, 0)]);
}

#[test]
fn a_promise_of_who_has_heard_is_waited_for() {
    let odd = [((Call, 0), Threw), ((Rescue, 0), Promised)];
    assert_eq!(way(3, 1, true, &odd), [(Call, 0), (Rescue, 0), (DispatchAfter, 0), (Respond, 0), (Done, 0)]);
}

#[test]
fn who_hears_may_throw_too() {
    for event in [Threw, ThrewUnheard] {
        let odd = [((Call, 1), Threw), ((Rescue, 1), event)];
        assert_eq!(
            way(2, 1, true, &odd),
            [(Call, 0), (Call, 1), (Rescue, 1), (Fail, 0), (Respond, 0), (Done, 0)]
        );
    }
}

#[test]
fn a_promise_of_a_synchronous_interceptor_is_a_config_like_any_other() {
    assert_eq!(way(2, 0, true, &[((Call, 0), Promised)]), [(Call, 0), (Call, 1), (Dispatch, 0), (Done, 0)]);
}

#[test]
fn whatever_happens_a_request_is_sent_or_fails_once_and_each_response_interceptor_hangs_once() {
    for (requests, responses) in
        (0..4).flat_map(|requests| (0..4).map(move |responses| (requests, responses)))
    {
        // Two bits an interceptor for how its call goes, and two for how its rescue goes.
        for fate in 0..(1_u32 << (4 * requests.min(3))) {
            let event = |shift: u32| ChainEvent::from_bits((fate >> shift) & 3);
            let odd: Vec<_> = (0..requests.min(3))
                .flat_map(|at| [((Call, at), event(4 * at)), ((Rescue, at), event(4 * at + 2))])
                .collect();
            let steps = way(requests, responses, true, &odd);
            let is_end = |step: &&Step| matches!(step.0, Dispatch | DispatchAfter | Fail);
            assert_eq!(steps.iter().filter(is_end).count(), 1, "{steps:?}");
            let hung: Vec<_> = steps.iter().filter(|step| step.0 == Respond).copied().collect();
            assert_eq!(hung, (0..responses).map(|place| (Respond, place)).collect::<Vec<_>>(), "{steps:?}");
        }
    }
}

#[test]
fn a_step_is_itself_again_after_its_way_as_a_number() {
    for place in [0, 1, 1000] {
        for number in 0..=Done as u32 {
            let position = ChainPosition::of([number, place]);
            assert_eq!(Some(position.step()), ChainStep::from_number(number));
            assert_eq!(position.place(), place);
        }
    }
}
