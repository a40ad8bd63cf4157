//! The session: signed in, signed out, and what the store says of it.

use super::command::{Command, Notice};
use super::ids::{Time, User};
use super::state::{Busy, Opening, Pair, Reason, Refresh, Session, Stage, Trust};
use super::streak::Streak;
use super::{Engine, MEMORY};

impl Engine {
    /// The user whose session this is.
    pub(super) fn user(&self) -> Option<User> {
        match &self.session {
            Session::In { pair, .. } => Some(pair.user),
            Session::Cold | Session::Out { .. } | Session::Closed => None,
        }
    }

    /// Makes `pair` the tokens in use. Calls of another user are rejected; nobody is let go yet.
    pub(super) fn enter(&mut self, pair: Pair, trust: Trust, out: &mut Vec<Command>) {
        if !matches!(&self.session, Session::In { pair: old, .. } if old.login == pair.login) {
            self.bars.forget_routes();
        }
        self.outgrow();
        let generation = self.next_generation();
        self.session = Session::In { generation, pair, trust };
        self.streak = Streak::NONE;
        self.bars.lift();
        self.last_failure = None;
        self.reject_strangers(pair.user, out);
    }

    /// Remembers that the present tokens are of the past, so that a stale read does not bring them back.
    fn outgrow(&mut self) {
        let Session::In { pair, .. } = &self.session else { return };
        if let Some(oldest) = self.spent.get_mut(self.last_gen.0 as usize % MEMORY) {
            *oldest = Some(pair.key);
        }
    }

    fn is_spent(&self, pair: &Pair) -> bool {
        self.spent.contains(&Some(pair.key))
    }

    fn is_in_use(&self, pair: &Pair) -> bool {
        matches!(&self.session, Session::In { pair: current, .. } if current.key == pair.key)
    }

    fn has_ended(&self, pair: &Pair) -> bool {
        self.ended.contains(&Some(pair.login))
    }

    /// A login. It wins over a refresh that is under way.
    pub(super) fn set(&mut self, now: Time, pair: Pair, out: &mut Vec<Command>) {
        if self.is_in_use(&pair) {
            self.end_pause(true, out);
            if !self.is_idle() {
                // The very tokens that are just being replaced.
                return;
            }
        } else {
            self.end_login(out);
        }
        self.drop_refresh(out);
        self.read_first(out);
        self.enter(pair, Trust::Proven, out);
        self.outdate_readings();
        self.save_again(out);
        self.deliver_tokens(out);
        self.release(now, out);
    }

    /// What the store holds is read before it is replaced: whose calls and which login that is.
    fn read_first(&mut self, out: &mut Vec<Command>) {
        if matches!(self.session, Session::Cold) && self.unread == 0 {
            self.load(out);
        }
    }

    /// The user signs out.
    pub(super) fn sign_out_by_user(&mut self, out: &mut Vec<Command>) {
        self.end_login(out);
        self.sign_out(Reason::User, true, out);
    }

    /// The present login ends here.
    fn end_login(&mut self, out: &mut Vec<Command>) {
        if let Session::In { pair, .. } = self.session {
            self.end(&pair, out);
        }
    }

    /// What descends from the login of these tokens is not to come back, whatever other tabs are about to save.
    fn end(&mut self, pair: &Pair, out: &mut Vec<Command>) {
        self.ended.copy_within(..MEMORY - 1, 1);
        if let Some(latest) = self.ended.first_mut() {
            *latest = Some(pair.login);
        }
        if self.config.tabs {
            out.push(Command::End { key: pair.key });
        }
    }

    /// The store is to hold the tokens in use.
    fn save_again(&self, out: &mut Vec<Command>) {
        out.push(Command::Save { ticket: None });
        self.announce(out);
    }

    /// The store is to hold nothing.
    fn clear(&self, out: &mut Vec<Command>) {
        out.push(Command::Clear);
        self.announce(out);
    }

    pub(super) fn announce(&self, out: &mut Vec<Command>) {
        if self.config.tabs {
            out.push(Command::Announce);
        }
    }

    /// The session ends. Everybody who waits is told why; those on the wire are told when they are rejected.
    pub(super) fn sign_out(&mut self, reason: Reason, clear: bool, out: &mut Vec<Command>) {
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

    /// What the readings under way will say has been overtaken.
    pub(super) fn outdate_readings(&mut self) {
        self.outdated = self.unread;
    }

    /// What the store held before somebody signed in or out, who did not wait for it: that login is the one that has ended, and now it
    /// is known whose the calls before that were.
    fn read_late(&mut self, now: Time, stored: Option<Pair>, out: &mut Vec<Command>) {
        self.opening = Opening::Read(stored.map(|pair| pair.user));
        let replaced = stored.filter(|pair| !self.is_in_use(pair) && !self.is_spent(pair));
        if let Some(pair) = replaced {
            self.end(&pair, out);
        }
        match &mut self.session {
            Session::Out { last } => *last = last.or(replaced.map(|pair| (pair.user, Reason::User))),
            Session::In { pair, .. } => {
                let user = pair.user;
                self.reject_strangers(user, out);
                if self.is_idle() {
                    self.release(now, out);
                    self.admit_all_for_tokens(now, out);
                }
            }
            Session::Cold | Session::Closed => {}
        }
    }

    /// What the store holds.
    pub(super) fn read(&mut self, now: Time, stored: Option<Pair>, out: &mut Vec<Command>) {
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
            (Session::Cold, Some(pair)) => {
                self.opening = Opening::Read(Some(pair.user));
                self.enter(pair, Trust::Proven, out);
                self.release(now, out);
                self.admit_all_for_tokens(now, out);
            }
            (Session::In { .. }, None) => {
                // What is just being written must not survive the sign-out.
                let saving = matches!(&self.refresh, Refresh::Busy(Busy { stage: Stage::Saving, .. }));
                self.sign_out(Reason::OtherTab, saving, out);
            }
            (Session::In { pair: current, .. }, Some(pair)) => {
                let current = *current;
                // Another process may still be served an older record from its cache.
                if self.is_in_use(&pair) || self.is_spent(&pair) {
                    self.reread_same(now, &current, out);
                } else if self.has_ended(&pair) {
                    self.save_again(out);
                    self.reread_same(now, &current, out);
                } else if pair.user == current.user {
                    self.adopt(now, pair, out);
                } else {
                    // Another user has signed in there.
                    self.drop_refresh(out);
                    self.enter(pair, Trust::Proven, out);
                }
            }
            (Session::Out { .. }, Some(pair)) if !self.is_spent(&pair) => {
                if self.has_ended(&pair) {
                    self.clear(out);
                } else {
                    self.enter(pair, Trust::Proven, out);
                }
            }
            (Session::Out { .. } | Session::Closed, _) => {}
        }
    }
}
