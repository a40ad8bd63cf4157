//! A counterexample in words.

use wasm_api_fetch::engine::{
    CallOutcome, Claim, Command, Event, Goal, NEVER, Notice, Time, TokenFacts, User,
};
use wasm_api_fetch::policy::verdict::Verdict;

use crate::family::ADA;
use crate::steps::{Reply, Step};
use crate::world::World;

/// What happens, and to whom.
pub(crate) fn step(world: &World, step: Step) -> String {
    let name = |tab: usize| world.tabs.get(tab).map_or('?', |tab| tab.name.0);
    let heard = |tab: usize, index: usize| {
        let event = world.tabs.get(tab).and_then(|tab| tab.inbox.get(index)).copied();
        event.map_or_else(String::new, event_words)
    };
    match step {
        Step::Make { tab } => format!("Tab {}: a call is made, and a hook keeps it waiting", name(tab)),
        Step::Ask { tab } => format!("Tab {}: a call begins", name(tab)),
        Step::Answer { tab, id, .. } => format!("Tab {}: request {} is answered", name(tab), id.0),
        Step::AnswerTwice { tab, id, .. } => {
            format!("Tab {}: request {} is answered, and it will hear so once more", name(tab), id.0)
        }
        Step::Fail { tab, id } => format!("Tab {}: the answer to request {} is lost", name(tab), id.0),
        Step::Grant { tab } => format!("Tab {} gets the lock", name(tab)),
        Step::Hear { tab, index } => format!("Tab {} hears: {}", name(tab), heard(tab, index)),
        Step::HearTwice { tab, index } => {
            format!("Tab {} hears, and will hear once more: {}", name(tab), heard(tab, index))
        }
        Step::MissNews { tab, .. } => format!("Tab {} is not told that the store has changed", name(tab)),
        Step::Confirm { tab } => format!("Tab {} looks whether its new tokens may stay", name(tab)),
        Step::CatchUp { tab } => format!("Tab {} sees what others have written to the store", name(tab)),
        Step::Serve { tab } => format!("The server answers the refresh of tab {}", name(tab)),
        Step::Reply { tab, reply } => format!("Tab {}: its refresh {}", name(tab), reply_words(reply)),
        Step::ReplyTwice { tab } => {
            format!("Tab {}: its refresh is answered, and it will hear so once more", name(tab))
        }
        Step::Timer { tab } => format!("Tab {}: its timer fires", name(tab)),
        Step::TooSlow { tab } => {
            format!("Tab {}: its timer fires, although something is still on its way", name(tab))
        }
        Step::Expire => "The server rejects all access tokens given so far, from now on".to_owned(),
        Step::Lose { tab } => format!("The refresh of tab {} hangs: it is lost on the way", name(tab)),
        Step::Abort { tab, id } => format!("Tab {}: the caller gives up request {}", name(tab), id.0),
        Step::SignOut { tab } => format!("Tab {}: the user signs out", name(tab)),
        Step::Login { tab, user } => format!("Tab {}: {} signs in", name(tab), user_words(user)),
        Step::Die { tab } => format!("Tab {} is closed, or crashes", name(tab)),
        Step::Dispose { tab } => format!("Tab {}: nobody uses its session any more", name(tab)),
        Step::Revive { tab } => format!("Tab {}: somebody uses its session again", name(tab)),
        Step::PutAside { tab } => format!("Tab {} goes into the back/forward cache", name(tab)),
        Step::Return { tab } => format!("Tab {} comes back", name(tab)),
        Step::GoOnline => "The machine comes online".to_owned(),
        Step::Empty { is_told: true } => "Another hand empties the store".to_owned(),
        Step::Empty { is_told: false } => "Another hand empties the store, and nobody is told".to_owned(),
    }
}

fn reply_words(reply: Reply) -> &'static str {
    match reply {
        Reply::Fair => "is answered",
        Reply::Later => "is answered \"later\"",
        Reply::MuchLater => "is answered \"later\", with a Retry-After",
        Reply::Refused => "is refused, good as its token is",
        Reply::Nothing => "comes to nothing, without an answer",
    }
}

/// What an engine is told.
pub(crate) fn event(event: Event) -> String {
    format!("told: {}", event_words(event))
}

fn event_words(event: Event) -> String {
    match event {
        Event::Ask { id, goal, .. } => format!("call {} wants {}", id.0, goal_words(goal)),
        Event::Answered { id, send_no, verdict, .. } => {
            format!("sending {} of request {}: {}", send_no.0, id.0, verdict_words(verdict))
        }
        Event::Failed { id, send_no } => format!("sending {} of request {}: no answer", send_no.0, id.0),
        Event::Aborted { id } => format!("call {} is given up", id.0),
        Event::Read { facts: None } => "the store is empty".to_owned(),
        Event::Read { facts: Some(facts) } => format!("the store holds {}", tokens_words(facts)),
        Event::Set { facts } => format!("a login gave {}", tokens_words(facts)),
        Event::SignOut => "sign out".to_owned(),
        Event::Locked { refresh } => format!("refresh {} has the lock", refresh.0),
        Event::Claimed { refresh, claim } => {
            format!("the claim of refresh {}: {}", refresh.0, claim_words(claim))
        }
        Event::Refreshed { refresh, send_no, outcome } => {
            format!("call {} of refresh {}: {}", send_no.0, refresh.0, outcome_words(outcome))
        }
        Event::Settled { refresh } => format!("the new tokens of refresh {} may be used", refresh.0),
        Event::Superseded { refresh } => format!(
            "the new tokens of refresh {} may not be used: another tab has signed in or out meanwhile",
            refresh.0
        ),
        Event::Saved { refresh, ok } => {
            let whose = refresh
                .map_or_else(|| "of the login".to_owned(), |refresh| format!("of refresh {}", refresh.0));
            format!("the tokens {whose} are {}", if ok { "stored" } else { "not stored" })
        }
        Event::Confirmed { refresh } => format!("what refresh {} has stored may stay", refresh.0),
        Event::Undone { refresh } => format!("what refresh {} has stored may not stay", refresh.0),
        Event::Reading => "the store is being read".to_owned(),
        Event::PutAside => "the page is put aside".to_owned(),
        Event::News => "the store has changed".to_owned(),
        Event::Online => "the machine is online".to_owned(),
        Event::Tick => "the timer".to_owned(),
        Event::Dispose => "the end".to_owned(),
        Event::Revive => "go on".to_owned(),
    }
}

/// What an engine says.
pub(crate) fn command(command: Command) -> String {
    match command {
        Command::Send { id, send_no, generation: Some(generation) } => {
            format!("send request {}, sending {}, with generation {}", id.0, send_no.0, generation.0)
        }
        Command::Send { id, .. } => format!("send request {} without a token", id.0),
        Command::Cancel { id, .. } => format!("take request {} back", id.0),
        Command::Deliver { id } => format!("deliver call {}", id.0),
        Command::Reject { id, code } => format!("reject call {}: {code:?}", id.0),
        Command::Load => "look at the store".to_owned(),
        Command::Save { .. } => "store the tokens".to_owned(),
        Command::Clear => "empty the store".to_owned(),
        Command::Lock { refresh, .. } => format!("ask for the lock, for refresh {}", refresh.0),
        Command::Unlock { refresh } => format!("give the lock of refresh {} back", refresh.0),
        Command::Claim { key, takes_over: false, .. } => format!("claim tokens {}", key.0),
        Command::Claim { key, takes_over: true, .. } => format!("take over the claim of tokens {}", key.0),
        Command::Settle { key, .. } => format!("ask whether what has come for tokens {} may be used", key.0),
        Command::Confirm { key, .. } => format!("ask whether what was stored for tokens {} may stay", key.0),
        Command::Revoke { key } => format!("the session of tokens {} goes on", key.0),
        Command::Note => "leave word of the failure".to_owned(),
        Command::EndPause { key, .. } => format!("the pause of tokens {} is over", key.0),
        Command::Spend { key } => format!("mark tokens {} as spent", key.0),
        Command::End { key } => format!("mark the session of tokens {} as ended", key.0),
        Command::Announce => "tell the other tabs".to_owned(),
        Command::Call { refresh, send_no, generation } => {
            format!("call the refresh {} with generation {}, call {}", refresh.0, generation.0, send_no.0)
        }
        Command::Drop { refresh } => format!("give up the call of refresh {}", refresh.0),
        Command::Wake { at } => time_words(at),
        Command::Notify(Notice::Refreshed) => "tell the app: refreshed".to_owned(),
        Command::Notify(Notice::SignedOut { reason }) => format!("tell the app: signed out, {reason:?}"),
        Command::Notify(Notice::NotStored) => "tell the app: not stored".to_owned(),
    }
}

fn time_words(at: Time) -> String {
    if at == NEVER { "clear the timer".to_owned() } else { format!("set the timer to {at}") }
}

fn tokens_words(facts: TokenFacts) -> String {
    format!("tokens {} of {}, from login {}", facts.key.0, user_words(facts.user), facts.login.0)
}

fn user_words(user: User) -> &'static str {
    if user == ADA { "Ada" } else { "Bob" }
}

fn goal_words(goal: Goal) -> &'static str {
    match goal {
        Goal::Send { safe: true } => "to be sent (safe)",
        Goal::Send { safe: false } => "to be sent (unsafe)",
        Goal::Tokens { .. } => "new tokens",
    }
}

fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "a good answer",
        Verdict::Expired => "the token is dead",
        Verdict::Other => "an answer that says nothing of the token",
    }
}

fn claim_words(claim: Claim) -> &'static str {
    match claim {
        Claim::Won => "won",
        Claim::WonAfter(_) => "won, after failures",
        Claim::Spent => "spent already",
        Claim::Orphaned => "claimed by a tab that is gone",
        Claim::Taken => "claimed by another tab",
        Claim::Unsupported => "there is no fence",
    }
}

fn outcome_words(outcome: CallOutcome) -> String {
    match outcome {
        CallOutcome::Tokens { facts, .. } => tokens_words(facts),
        CallOutcome::Refused => "refused".to_owned(),
        CallOutcome::Passing { answered: true, .. } => "later".to_owned(),
        CallOutcome::Passing { answered: false, .. } => "no answer".to_owned(),
        CallOutcome::Broken => "broken".to_owned(),
    }
}
