//! The engine's state, its step function, and what can be asked of it.

use super::asker::Asker;
use super::call::Call;
use super::calls::Calls;
use super::circuit_breaker::CircuitBreaker;
use super::command::Command;
use super::config::Config;
use super::event::{Answer, Event};
use super::ids::{Gen, Id, Key, Login, NEVER, RefreshId, Time};
use super::refresh_state::{Failure, Otherwise, Refresh, Stage};
use super::session_state::{Opening, Session};
use crate::boundary::{AuthCode, Status};
use crate::policy::failure_streak::FailureStreak;

/// How many keys of replaced tokens, and how many ended logins, are remembered, so that old records are recognized.
pub(super) const MEMORY: usize = 8;

/// The engine of one session. The fields are in this order for the size of the code: fields near the start have shorter addresses in
/// WebAssembly, so that large ones that are seldom used come last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Engine {
    pub(super) session: Session,
    pub(super) refresh: Refresh,
    pub(super) calls: Calls,
    pub(super) opening: Opening,
    /// The last instance was disposed of. The engine is closed once the tokens of a running refresh are stored.
    pub(super) is_closing: bool,
    pub(super) last_gen: Gen,
    pub(super) last_refresh: RefreshId,
    pub(super) last_sent: u32,
    /// How many `Load`s have not been answered by their `Read` yet.
    pub(super) unread: u32,
    /// How many of these, the oldest ones, may return what the store held before this tab's own last change to it.
    pub(super) outdated: u32,
    /// No parked call times out before this.
    pub(super) parked_due: Time,
    /// When the driver's one timer fires.
    pub(super) wake: Time,
    /// The failed refreshes of this generation: whether the next one may start.
    pub(super) failure_streak: FailureStreak,
    /// How the last refresh of this generation failed, if one did.
    pub(super) last_failure: Option<Failure>,
    pub(super) config: Config,
    pub(super) breaker: CircuitBreaker,
    /// The tokens whose session a login of this tab has ended, until it is known whether that login is stored.
    pub(super) replaced_by_login: Option<Key>,
    /// The keys of the generations before this one, in a ring.
    pub(super) spent: [Option<Key>; MEMORY],
    /// The logins that were ended in this tab, by a sign-out or by another login, the latest first. Another tab may still store
    /// tokens of them, which are ignored.
    pub(super) ended: [Option<Login>; MEMORY],
}

impl Engine {
    /// An engine that has not read its store yet.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            session: Session::Cold,
            refresh: Refresh::Idle,
            calls: Calls::default(),
            opening: Opening::Unread,
            unread: 0,
            outdated: 0,
            parked_due: NEVER,
            wake: NEVER,
            failure_streak: FailureStreak::NONE,
            breaker: CircuitBreaker::new(),
            last_failure: None,
            spent: [None; MEMORY],
            ended: [None; MEMORY],
            replaced_by_login: None,
            is_closing: false,
            last_gen: Gen(0),
            last_refresh: RefreshId(0),
            last_sent: 0,
        }
    }

    /// Takes one event at the time `now`, and appends the commands that follow to `out`.
    pub fn step(&mut self, now: Time, event: Event, out: &mut Vec<Command>) {
        if self.is_closed() && matches!(event, Event::Revive) {
            // An instance joins a session that was just closed: it starts again.
            self.is_closing = false;
            self.session = Session::Cold;
            self.opening = Opening::Unread;
            self.load(out);
        }
        if self.is_closed() || (self.is_closing && matches!(event, Event::Ask { .. })) {
            if let Event::Ask { id, .. } = event {
                out.push(Command::Reject { id, code: AuthCode::SignedOut });
            }
            return;
        }
        if matches!(event, Event::Ask { .. }) && self.wake <= now {
            // The timer may be late, e.g. after a sleep: a new call must not queue behind a refresh whose time is over. But a refresh
            // call is ended by the timer only, as its answer may have arrived and be reported within microtasks.
            if !self.is_calling() {
                self.lapse_refresh(now, out);
            }
            self.lapse_parked(now, out);
        }
        match event {
            Event::Ask { id, goal, asker } => self.ask(now, id, goal, asker, out),
            Event::Answered { id, send_no, verdict, replayable, route } => {
                self.answered(now, id, send_no, Answer { verdict, replayable, route }, out);
            }
            Event::Failed { id, send_no } => self.failed(now, id, send_no, out),
            Event::Aborted { id } => self.aborted(now, id, out),
            Event::Read { facts } => self.read(now, facts, out),
            Event::Reading => self.unread += 1,
            Event::Set { facts } => self.set(now, facts, out),
            Event::SignOut => self.sign_out_by_user(out),
            Event::Locked { refresh } => self.locked(refresh, out),
            Event::Claimed { refresh, claim } => self.claimed(now, refresh, claim, out),
            Event::Refreshed { refresh, send_no, outcome } => {
                self.refreshed(now, refresh, send_no, outcome, out);
            }
            Event::Settled { refresh } => self.settled(refresh, out),
            Event::Superseded { refresh } => self.superseded(now, refresh, out),
            Event::Saved { refresh: Some(refresh), ok } => self.saved(now, refresh, ok, out),
            Event::Saved { refresh: None, ok } => self.login_saved(ok, out),
            Event::Confirmed { refresh } => self.confirmed(now, refresh, out),
            Event::Undone { refresh } => self.undone(now, refresh, out),
            Event::PutAside => self.begin_again(now, out),
            Event::News => self.load(out),
            Event::Online => self.end_pause(false, out),
            Event::Tick => {
                self.wake = NEVER;
                self.lapse(now, out);
            }
            Event::Dispose => self.dispose(out),
            Event::Revive => self.is_closing = false,
        }
        if self.is_closing && !self.is_bringing_tokens() {
            self.drop_refresh(out);
            self.session = Session::Closed;
        }
        self.arm(out);
    }

    /// The session's state.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The refresh's state.
    pub fn refresh(&self) -> &Refresh {
        &self.refresh
    }

    /// For which user a call goes that is made now.
    pub fn asker(&self) -> Asker {
        match &self.session {
            Session::Cold => Asker::Unread,
            Session::Out { .. } | Session::Closed => Asker::Nobody,
            Session::In { facts, .. } => Asker::User(facts.user),
        }
    }

    /// The user of a call from now on: the one who is signed in, if it was made for no user.
    pub(super) fn owner(&self, asker: Asker) -> Asker {
        self.user().map_or(asker, |user| asker.owner(self.opening, user))
    }

    /// Why a call must not be sent: its user is not signed in any more. `None` if it may be sent.
    pub fn session_mismatch(&self, asker: Asker) -> Option<AuthCode> {
        asker.session_mismatch(self.opening, &self.session)
    }

    /// The failed refreshes of the tokens in use.
    pub fn failure_streak(&self) -> FailureStreak {
        self.failure_streak
    }

    /// The value of `api.session.status`.
    pub fn status(&self) -> Status {
        match (&self.session, &self.refresh) {
            _ if self.is_closing => Status::SignedOut,
            (Session::Cold, _) => Status::Loading,
            (Session::Out { .. } | Session::Closed, _) => Status::SignedOut,
            (Session::In { .. }, Refresh::Idle) => Status::Active,
            (Session::In { .. }, Refresh::Busy(_)) => Status::Refreshing,
        }
    }

    /// The calls that wait, in the order in which they will be sent.
    pub fn parked(&self) -> impl Iterator<Item = (Id, &Call)> {
        self.calls.iter().filter(|(_, call)| !call.is_flying())
    }

    /// How many calls wait.
    pub fn waiting(&self) -> usize {
        self.calls.parked()
    }

    /// Whether this call waits.
    pub fn is_parked(&self, id: Id) -> bool {
        self.calls.get(id).is_some_and(|call| !call.is_flying())
    }

    /// Whether the driver has to report the routes of all answers, and not only of rejections.
    pub fn needs_routes(&self) -> bool {
        self.breaker.has_routes()
    }

    /// Whether a request that is sent now may be withdrawn later. That happens only if one that was sent before it is rejected.
    pub fn may_withdraw(&self) -> bool {
        self.config.withdraw && self.calls.flying() > 1
    }

    /// The requests in flight.
    pub fn flying(&self) -> impl Iterator<Item = (Id, &Call)> {
        self.calls.iter().filter(|(_, call)| call.is_flying())
    }

    /// When the driver has to report the next [`Event::Tick`].
    pub fn wake(&self) -> Time {
        self.wake
    }

    /// Whether as many requests are in flight as may be.
    pub fn window_is_full(&self) -> bool {
        self.calls.flying() >= self.config.window
    }

    /// Sets the one timer if the next deadline has changed. A timer may fire too early: `Tick` checks the deadlines.
    fn arm(&mut self, out: &mut Vec<Command>) {
        if self.calls.parked() == 0 {
            self.parked_due = NEVER;
        }
        let due = match &self.refresh {
            Refresh::Idle => self.parked_due,
            Refresh::Busy(busy) => busy.due().min(self.parked_due),
        };
        if due < self.wake || (due == NEVER && self.wake != NEVER) {
            self.wake = due;
            out.push(Command::Wake { at: due });
        }
    }

    /// Ends everything that has timed out.
    fn lapse(&mut self, now: Time, out: &mut Vec<Command>) {
        self.lapse_refresh(now, out);
        self.lapse_parked(now, out);
    }

    /// Whether the last instance was disposed of, and nothing is left to do.
    pub fn is_closed(&self) -> bool {
        matches!(self.session, Session::Closed)
    }

    /// Whether the refresh may have presented its token: its new tokens must be stored or taken back, or the session would be lost.
    fn is_bringing_tokens(&self) -> bool {
        let Refresh::Busy(busy) = &self.refresh else { return false };
        match busy.stage {
            Stage::Calling { .. } | Stage::Settling { .. } | Stage::Saving { .. } | Stage::Confirming => true,
            Stage::Adopting { otherwise, .. } => otherwise == Otherwise::Leave,
            _ => false,
        }
    }

    fn dispose(&mut self, out: &mut Vec<Command>) {
        self.is_closing = true;
        self.calls.retain(&mut |id, _| {
            out.push(Command::Reject { id, code: AuthCode::SignedOut });
            false
        });
    }
}
