//! What may happen or not, and how often it still may.

/// Something that the world may do, of its own accord or by somebody's will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chance {
    /// The server rejects all access tokens given so far.
    Expiry,
    /// The server answers a refresh with "later".
    Later,
    /// The same, and that it wants to be left alone for a long time.
    RetryAfter,
    /// The machine comes online.
    Online,
    /// The server refuses a refresh, good as the token is.
    Refusal,
    /// A refresh fails without an answer, and its caller notices.
    Silence,
    /// A refresh's call or its answer is lost, and nobody notices.
    Hang,
    /// A timer fires although the world still owes an answer: that one was too slow.
    Timeout,
    /// A request fails without an answer.
    Failure,
    /// A call is made, and waits for a hook.
    Hook,
    /// A caller gives up.
    Abort,
    /// The engine is told the same twice.
    Duplicate,
    /// The user signs out.
    SignOut,
    /// Another user signs in.
    OtherLogin,
    /// The same user signs in again.
    SameLogin,
    /// A tab is closed, or crashes.
    Death,
    /// Nobody uses a tab's session any more.
    Dispose,
    /// Somebody does again, before its end has come.
    Revive,
    /// A page is put aside, into the back/forward cache.
    Aside,
    /// A tab does not hear that the store has changed.
    LostNews,
    /// Another hand empties the store.
    Emptying,
}

const COUNT: usize = Chance::Emptying as usize + 1;

impl Chance {
    pub(crate) const ALL: [Self; COUNT] = [
        Self::Expiry,
        Self::Later,
        Self::RetryAfter,
        Self::Online,
        Self::Refusal,
        Self::Silence,
        Self::Hang,
        Self::Timeout,
        Self::Failure,
        Self::Hook,
        Self::Abort,
        Self::Duplicate,
        Self::SignOut,
        Self::OtherLogin,
        Self::SameLogin,
        Self::Death,
        Self::Dispose,
        Self::Revive,
        Self::Aside,
        Self::LostNews,
        Self::Emptying,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Expiry => "expiry",
            Self::Later => "refresh answered \"later\"",
            Self::RetryAfter => "refresh answered by a Retry-After",
            Self::Online => "online",
            Self::Refusal => "refresh refused",
            Self::Silence => "refresh without an answer",
            Self::Hang => "refresh hangs",
            Self::Timeout => "timeout",
            Self::Failure => "answer lost",
            Self::Hook => "hook that waits",
            Self::Abort => "abort",
            Self::Duplicate => "duplicate",
            Self::SignOut => "sign-out",
            Self::OtherLogin => "another user's login",
            Self::SameLogin => "same user's login",
            Self::Death => "death",
            Self::Dispose => "dispose",
            Self::Revive => "revive",
            Self::Aside => "page put aside",
            Self::LostNews => "news lost",
            Self::Emptying => "storage emptied",
        }
    }
}

/// How often each may still happen, in all tabs together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Chances([u8; COUNT]);

impl Chances {
    pub(crate) const NONE: Self = Self([0; COUNT]);

    #[expect(clippy::indexing_slicing, reason = "as many places as chances; `get` is not const")]
    pub(crate) const fn with(mut self, chance: Chance, times: u8) -> Self {
        self.0[chance as usize] = times;
        self
    }

    pub(crate) fn left(&self, chance: Chance) -> u8 {
        self.0.get(chance as usize).copied().unwrap_or_default()
    }

    pub(crate) fn take(&mut self, chance: Chance) {
        if let Some(left) = self.0.get_mut(chance as usize) {
            *left -= 1;
        }
    }
}
