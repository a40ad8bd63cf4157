//! Signing in, signing out, and what follows from a reading of the store.

use super::command::{Command, Notice};
use super::ids::{Key, Time, User};
use super::machine::{Engine, MEMORY};
use super::refresh_state::{Busy, Refresh, Stage};
use super::session_state::{Opening, Session, Trust};
use super::token_facts::TokenFacts;
use crate::boundary::SignOutReason;
use crate::policy::failure_streak::FailureStreak;

impl Engine {
    /// The user whose session this is.
    pub(super) fn user(&self) -> Option<User> {
        match &self.session {
            Session::In { facts, .. } => Some(facts.user),
            Session::Cold | Session::Out { .. } | Session::Closed => None,
        }
    }

    /// Which tokens are in use.
    fn key(&self) -> Option<Key> {
        match &self.session {
            Session::In { facts, .. } => Some(facts.key),
            Session::Cold | Session::Out { .. } | Session::Closed => None,
        }
    }

    /// Takes tokens into use. Calls of another user are rejected; no waiting call is sent yet.
    pub(super) fn enter(&mut self, facts: TokenFacts, trust: Trust, out: &mut Vec<Command>) {
        if !matches!(&self.session, Session::In { facts: old, .. } if old.login == facts.login) {
            self.breaker.forget_routes();
        }
        self.outgrow();
        let generation = self.next_generation();
        self.session = Session::In { generation, facts, trust };
        self.failure_streak = FailureStreak::NONE;
        self.breaker.close();
        self.last_failure = None;
        self.reject_strangers(facts.user, out);
    }

    /// Remembers that the current tokens are replaced, so that an outdated reading does not bring them back.
    fn outgrow(&mut self) {
        let Session::In { facts, .. } = &self.session else { return };
        if let Some(oldest) = self.spent.get_mut(self.last_gen.0 as usize % MEMORY) {
            *oldest = Some(facts.key);
        }
    }

    fn is_spent(&self, facts: &TokenFacts) -> bool {
        self.spent.contains(&Some(facts.key))
    }

    fn is_in_use(&self, facts: &TokenFacts) -> bool {
        matches!(&self.session, Session::In { facts: current, .. } if current.key == facts.key)
    }

    fn has_ended(&self, facts: &TokenFacts) -> bool {
        self.ended.contains(&Some(facts.login))
    }

    /// A login. It ends a refresh that is running.
    pub(super) fn set(&mut self, now: Time, facts: TokenFacts, out: &mut Vec<Command>) {
        if self.is_in_use(&facts) {
            self.end_pause(true, out);
            if !self.is_idle() {
                // These are the tokens that a refresh is replacing right now.
                return;
            }
        } else {
            self.replaced_by_login = self.key();
            self.end_login(out);
        }
        self.drop_refresh(out);
        self.read_first(out);
        self.enter(facts, Trust::Proven, out);
        self.outdate_readings();
        self.save_again(out);
        self.deliver_tokens(out);
        self.release(now, out);
    }

    /// Reads the store before it is overwritten: its tokens tell whose earlier calls are, and which login ends.
    fn read_first(&mut self, out: &mut Vec<Command>) {
        if matches!(self.session, Session::Cold) && self.unread == 0 {
            self.load(out);
        }
    }

    /// A login was stored, or could not be. In that case it is valid in this tab only, and the session in the other tabs goes on.
    pub(super) fn login_saved(&mut self, ok: bool, out: &mut Vec<Command>) {
        let replaced = self.replaced_by_login.take();
        if ok {
            return;
        }
        if let Some(key) = replaced
            && self.config.tabs
        {
            out.push(Command::Revoke { key });
        }
        out.push(Command::Notify(Notice::NotStored));
    }

    /// The user signs out.
    pub(super) fn sign_out_by_user(&mut self, out: &mut Vec<Command>) {
        self.replaced_by_login = None;
        self.end_login(out);
        self.sign_out(SignOutReason::User, true, out);
    }

    /// Ends the current login.
    fn end_login(&mut self, out: &mut Vec<Command>) {
        if let Session::In { facts, .. } = self.session {
            self.end(&facts, out);
        }
    }

    /// Ends the login of these tokens, so that tokens of it which other tabs may still store are ignored.
    fn end(&mut self, facts: &TokenFacts, out: &mut Vec<Command>) {
        self.ended.copy_within(..MEMORY - 1, 1);
        if let Some(latest) = self.ended.first_mut() {
            *latest = Some(facts.login);
        }
        if self.config.tabs {
            out.push(Command::End { key: facts.key });
        }
    }

    /// Stores the tokens in use again.
    fn save_again(&self, out: &mut Vec<Command>) {
        out.push(Command::Save { refresh: None });
        self.announce(out);
    }

    /// Empties the store.
    fn clear(&self, out: &mut Vec<Command>) {
        out.push(Command::Clear);
        self.announce(out);
    }

    pub(super) fn announce(&self, out: &mut Vec<Command>) {
        if self.config.tabs {
            out.push(Command::Announce);
        }
    }

    /// Ends the session. Waiting calls are rejected; requests in flight get the error if their token is rejected.
    pub(super) fn sign_out(&mut self, reason: SignOutReason, clear: bool, out: &mut Vec<Command>) {
        let signed_in = self.user();
        if signed_in.is_none() && !matches!(self.session, Session::Cold) {
            return;
        }
        self.drop_refresh(out);
        self.outgrow();
        self.read_first(out);
        self.session = Session::Out { last: signed_in.map(|user| (user, reason)) };
        if clear {
            self.outdate_readings();
            self.clear(out);
        }
        self.reject_parked(reason.code(), out);
        if signed_in.is_some() {
            out.push(Command::Notify(Notice::SignedOut { reason }));
        }
    }

    /// Reads the store.
    pub(super) fn load(&mut self, out: &mut Vec<Command>) {
        self.unread += 1;
        out.push(Command::Load);
    }

    /// The readings that are under way may return an outdated record.
    pub(super) fn outdate_readings(&mut self) {
        self.outdated = self.unread;
    }

    /// The store was read only after somebody had signed in or out. The login that it held has ended, and the calls that were made
    /// before belong to its user.
    fn read_late(&mut self, now: Time, stored: Option<TokenFacts>, out: &mut Vec<Command>) {
        self.opening = Opening::Read(stored.map(|facts| facts.user));
        let replaced = stored.filter(|facts| !self.is_in_use(facts) && !self.is_spent(facts));
        if let Some(facts) = replaced {
            self.end(&facts, out);
        }
        match &mut self.session {
            Session::Out { last } => *last = last.or(replaced.map(|facts| (facts.user, SignOutReason::User))),
            Session::In { facts, .. } => {
                let user = facts.user;
                self.reject_strangers(user, out);
                if self.is_idle() {
                    self.release(now, out);
                    self.admit_all_for_tokens(now, out);
                }
            }
            Session::Cold | Session::Closed => {}
        }
    }

    /// The store was read.
    pub(super) fn read(&mut self, now: Time, stored: Option<TokenFacts>, out: &mut Vec<Command>) {
        self.unread = self.unread.saturating_sub(1);
        if self.outdated > 0 {
            self.outdated -= 1;
            if self.opening == Opening::Unread {
                self.read_late(now, stored, out);
            }
            return;
        }
        match (&self.session, stored) {
            (Session::Cold, None) => {
                self.opening = Opening::Read(None);
                self.session = Session::Out { last: None };
                self.turn_all_away(out);
            }
            (Session::Cold, Some(facts)) => {
                self.opening = Opening::Read(Some(facts.user));
                self.enter(facts, Trust::Proven, out);
                self.release(now, out);
                self.admit_all_for_tokens(now, out);
            }
            (Session::In { .. }, None) => {
                // Tokens that are being written at the moment must not stay after the sign-out.
                let saving = matches!(
                    &self.refresh,
                    Refresh::Busy(Busy { stage: Stage::Saving { .. } | Stage::Confirming, .. })
                );
                self.sign_out(SignOutReason::OtherTab, saving, out);
            }
            (Session::In { facts: current, .. }, Some(facts)) => {
                let current = *current;
                // This process may still have an older record in its cache of the storage.
                if self.is_in_use(&facts) || self.is_spent(&facts) {
                    self.reread_same(now, &current, out);
                } else if self.has_ended(&facts) {
                    self.save_again(out);
                    self.reread_same(now, &current, out);
                } else if facts.user == current.user {
                    self.adopt(now, facts, out);
                } else {
                    // Another user has signed in in another tab.
                    self.drop_refresh(out);
                    self.enter(facts, Trust::Proven, out);
                }
            }
            (Session::Out { .. }, Some(facts)) if !self.is_spent(&facts) => {
                if self.has_ended(&facts) {
                    self.clear(out);
                } else {
                    self.enter(facts, Trust::Proven, out);
                }
            }
            (Session::Out { .. } | Session::Closed, _) => {}
        }
    }
}
