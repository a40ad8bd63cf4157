//! Every number and word that Rust and JavaScript both know, once.
//!
//! `boundary.js` and `boundary.d.ts` are generated of it (`npm run boundary`), and a test fails when they disagree. There an enum
//! becomes a constant for each of its variants (`OUTCOME_ANSWER` for [`Outcome::Answer`]), and, where it has words, the list of them
//! in the same order (`STATUS_WORDS`). Bundlers put the constants to where they are used.

/// An enum as the generator sees it.
pub struct Numbers {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its variants, from 0 on, and the word that stands for each in JavaScript, if there is one.
    pub variants: &'static [(&'static str, Option<&'static str>)],
}

/// A number that is made of several, as the generator sees it.
pub struct Bits {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its fields from the lowest bit on, and how many bits each has.
    pub fields: &'static [(&'static str, u32)],
}

/// What a field of a number that is made of several holds.
pub trait FromBits {
    /// Of bits that stand for none of its values it makes the last one.
    fn from_bits(bits: u32) -> Self;
}

impl FromBits for u32 {
    fn from_bits(bits: u32) -> Self {
        bits
    }
}

impl FromBits for bool {
    fn from_bits(bits: u32) -> Self {
        bits != 0
    }
}

macro_rules! numbers {
    (@word) => { None };
    (@word $word:literal) => { Some($word) };
    ($(
        $(#[$meta:meta])*
        $name:ident { $( $(#[$variant_meta:meta])* $variant:ident $(= $word:literal)? ),+ $(,)? }
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $name { $( $(#[$variant_meta])* $variant ),+ }

            impl FromBits for $name {
                fn from_bits(bits: u32) -> Self {
                    let [.., last] = [$( Self::$variant ),+];
                    Self::from_number(bits).unwrap_or(last)
                }
            }

            impl $name {
                /// The variant of a number that JavaScript gives; `None`: there is no such one.
                #[inline]
                pub const fn from_number(number: u32) -> Option<Self> {
                    match number {
                        $( number if number == Self::$variant as u32 => Some(Self::$variant), )+
                        _ => None,
                    }
                }
            }
        )+

        /// All enums that cross.
        pub const NUMBERS: &[Numbers] = &[
            $( Numbers {
                name: stringify!($name),
                variants: &[$( (stringify!($variant), numbers!(@word $($word)?)) ),+],
            } ),+
        ];
    };
}

macro_rules! bits {
    ($(
        $(#[$meta:meta])*
        $name:ident { $( $(#[$field_meta:meta])* $field:ident: $width:literal as $type:ty ),+ $(,)? }
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name(pub u32);

            impl $name {
                const FIELDS: &'static [(&'static str, u32)] = &[$( (stringify!($field), $width) ),+];

                bits!(@getters 0; $( $(#[$field_meta])* $field: $width as $type, )+);
            }
        )+

        /// All numbers that are made of several.
        pub const BITS: &[Bits] = &[$( Bits { name: stringify!($name), fields: $name::FIELDS } ),+];
    };
    (@getters $shift:expr;) => {};
    (@getters $shift:expr; $(#[$meta:meta])* $field:ident: $width:literal as $type:ty, $($rest:tt)*) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(self) -> $type {
            FromBits::from_bits(self.0 >> ($shift) & ((1 << $width) - 1))
        }

        bits!(@getters $shift + $width; $($rest)*);
    };
}

numbers! {
    // Promises and tasks.

    /// What JavaScript tells the engine.
    Signal {
        /// A promise that a task waits for was fulfilled.
        Fulfilled,
        /// It was rejected, or what it was fulfilled with will not do.
        Rejected,
        /// A caller has given up, or an attempt's time is over: see [`Interruption`].
        Interrupted,
        /// The timer of a session has fired.
        TimerFired,
        /// A session hears from the tabs, or from an asynchronous storage.
        SessionNews,
        /// The machine has come online.
        Online,
    }

    /// What ends a call before its answer.
    Interruption {
        /// The caller has given up.
        Aborted,
        /// The time that one attempt may take is over.
        TimedOut,
    }

    // A request.

    /// What the caller wants of the answer.
    Shape {
        /// `api(…)`: the parsed body.
        Data,
        /// `api.raw(…)`: the `Response`, with the parsed body as `_data`.
        Raw,
        /// `api.fetch(…)`: what `fetch` gives.
        Fetch,
    }

    /// An HTTP method; one that is not listed is [`Method::Other`].
    Method {
        /// `GET`.
        Get = "GET",
        /// `HEAD`.
        Head = "HEAD",
        /// `OPTIONS`.
        Options = "OPTIONS",
        /// `PATCH`.
        Patch = "PATCH",
        /// `POST`.
        Post = "POST",
        /// `PUT`.
        Put = "PUT",
        /// `DELETE`.
        Delete = "DELETE",
        /// Any other.
        Other,
    }

    /// What a request's body is.
    BodyKind {
        /// There is none.
        None,
        /// A string: sent as it is.
        Text,
        /// A plain value: becomes JSON, or a form where the content type says so.
        Plain,
        /// `FormData` or `URLSearchParams`.
        Form,
        /// A buffer or a view on one.
        Bytes,
        /// A stream: it can be read once.
        Stream,
        /// Anything else is the platform's business, `Blob`s among it, which never change.
        Other,
    }

    /// What is to be done to a body before it is sent.
    Encoding {
        /// Nothing.
        AsIs,
        /// It is JSON already: only the headers say so.
        Json,
        /// It becomes JSON.
        ToJson,
        /// It becomes a form.
        ToForm,
        /// A stream is announced as one (Fetch, `RequestInit.duplex`).
        Stream,
    }

    /// How the body of an answer is read: `responseType`, or what its content type says.
    Reader {
        /// Parsed as JSON; what is none stays text.
        Json = "json",
        /// As text.
        Text = "text",
        /// As a `Blob`.
        Blob = "blob",
        /// As an `ArrayBuffer`.
        ArrayBuffer = "arrayBuffer",
        /// As `FormData`.
        FormData = "formData",
        /// As a `Uint8Array`.
        Bytes = "bytes",
        /// Not at all: the stream itself.
        Stream = "stream",
        /// As the content type says.
        ByContentType,
    }

    /// Which rejected requests are sent again.
    Replay {
        /// All after a status, which came before the work; only safe ones after anything else.
        BySign,
        /// All.
        All = "all",
        /// Those that only read (RFC 9110 §9.2.1).
        Safe = "safe",
        /// Those of which the app's function says so.
        ByFunction,
    }

    /// How far a sending is once its tokens have been attached.
    SendingStart {
        /// They are: it can be sent.
        Ready,
        /// They take their time: the task is woken when they are.
        Attaching,
        /// It was taken back meanwhile.
        TakenBack,
    }

    /// What is asked of a request, to know whether it may carry a token.
    TokenQuestion {
        /// Whether it leads to an origin that the tokens are for: no other one ever gets them.
        LeadsToOwnOrigin,
        /// Whether the app's `skip` leaves it out.
        IsSkipped,
        /// Whether the platform would drop the token's header, as it does without CORS (Fetch, "no-cors" mode).
        LosesHeader,
        /// Whether the caller has put credentials of its own where the token would go.
        HasOwnCredentials,
    }

    /// What is asked of a request that has failed, to know whether there is another attempt. NaN: nothing is said of it.
    RetryQuestion {
        /// How many attempts more are wanted after the first.
        Retries,
        /// Whether the caller's own list names the status: 1 or 0.
        IsListed,
        /// How long the server wants to be left alone, in ms.
        RetryAfter,
    }

    /// What settles a caller's promise.
    Settlement {
        /// The parsed body.
        Data,
        /// The answer.
        Response,
        /// The answer, with its parsed body in it.
        ResponseWithData,
        /// What was thrown, as it is.
        Error,
        /// A `FetchError` that tells of the answer.
        AnswerError,
        /// A `FetchError` that tells of what was thrown.
        RequestError,
    }

    /// The app's hooks.
    Hook {
        /// Before a request is sent.
        Request = "onRequest",
        /// When there is no answer, or none that could be read.
        RequestError = "onRequestError",
        /// When there is an answer.
        Response = "onResponse",
        /// When the answer tells of a failure.
        ResponseError = "onResponseError",
    }

    /// How a call ends.
    Outcome {
        /// With the answer, or its body.
        Answer,
        /// With an answer of 400–599.
        Status,
        /// Without an answer, or with one that could not be read: the record holds the error.
        Error,
        /// The caller has given up: the record holds the reason.
        Aborted,
        /// The app's own code has thrown, or the request can not be sent at all: the record holds the error.
        Thrown,
        /// The session failed: the record holds the error.
        Denied,
    }

    // What the app is told.

    /// `api.session.status`.
    Status {
        /// The store has not been read yet.
        Loading = "loading",
        /// No tokens.
        SignedOut = "signed-out",
        /// Tokens, and no refresh.
        Active = "active",
        /// Tokens, and a refresh under way.
        Refreshing = "refreshing",
    }

    /// Why a session has ended.
    SignOutReason {
        /// `signOut()` was called.
        User = "user",
        /// The server refused the refresh for good.
        Refused = "refused",
        /// The token is dead and there is nothing to refresh it with.
        NoRefreshToken = "no-refresh-token",
        /// The store was emptied, by another tab or another hand.
        OtherTab = "other-tab",
    }

    /// `AuthError.code`: what a request is told that the session failed.
    AuthCode {
        /// The refresh was refused for good.
        RefreshRejected = "REFRESH_REJECTED",
        /// The refresh failed, or may not start yet; a later request tries again.
        RefreshFailed = "REFRESH_FAILED",
        /// The refresh took longer than `refreshTimeout`.
        RefreshTimeout = "REFRESH_TIMEOUT",
        /// The user signed out meanwhile.
        SignedOut = "SIGNED_OUT",
        /// Another user signed in meanwhile.
        SessionChanged = "SESSION_CHANGED",
        /// Too many are waiting.
        QueueFull = "QUEUE_FULL",
        /// The wait was too long.
        QueueTimeout = "QUEUE_TIMEOUT",
    }

    /// What `api.session.on` listens to.
    Topic {
        /// The status or the tokens have changed.
        Change = "change",
        /// New tokens of the same session are in use.
        Refresh = "refresh",
        /// The session has ended.
        SignOut = "signout",
        /// The first request is out, or the last one is answered.
        Busy = "busy",
        /// Something works less well than configured.
        Warning = "warning",
        /// A step of a request or of a refresh.
        Trace = "trace",
    }

    /// Something works less well than configured.
    Warning {
        /// The storage is missing or access to it is denied.
        Storage = "storage",
        /// The tokens could not be stored.
        NotStored = "not-stored",
        /// A request has brought credentials of its own.
        OwnCredentials = "own-credentials",
    }

    /// A step of a request that JavaScript does not see by itself.
    TraceStep {
        /// It waits.
        Waiting = "waiting",
        /// Its token was rejected.
        Rejected = "rejected",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }

    /// Why tokens can not be set.
    SetObjection {
        /// They can be.
        None,
        /// The session was disposed of.
        Disposed,
        /// On a server the tokens of many users would meet in one module.
        SharedByUsers,
    }

    // Tokens and the refresh.

    // Records and storages.

    // Among tabs.

    /// What a session does among tabs, by the names of the methods of `Tabs`.
    TabsCommand {
        /// To begin to listen, before the store is first read.
        Open = "open",
        /// To listen no more, and to hold nothing.
        Close = "close",
        /// To tell the others to look at the store.
        Announce = "announce",
        /// To ask for the lock.
        Lock = "lock",
        /// To give back the claim and the lock.
        Unlock = "unlock",
        /// To claim tokens, by [`FenceWish::Claim`] or [`FenceWish::TakeOver`].
        Claim = "claim",
        /// To ask whether new tokens may be used, by [`FenceWish::Settle`] or [`FenceWish::SettleReusable`].
        Settle = "settle",
        /// To ask whether what was written may stay, by [`FenceWish::Confirm`].
        Confirm = "confirm",
        /// To set a mark without a look, by [`FenceWish::Spend`] or [`FenceWish::End`].
        Mark = "mark",
        /// To change a mark, by any other wish, and to wait for no answer.
        Change = "change",
    }

    /// What a session hears, of the tabs or of an asynchronous storage.
    SessionNews {
        /// The lock is held.
        Locked,
        /// There are no locks here.
        NoLocks,
        /// The tokens may be presented.
        Won,
        /// They have been replaced, or their session has ended.
        Spent,
        /// Another tab has claimed them.
        Taken,
        /// There is no fence here.
        NoFence,
        /// New tokens may be used.
        Settled,
        /// They may not.
        Superseded,
        /// What was written may stay.
        Confirmed,
        /// It may not.
        Undone,
        /// A mark was changed, and nobody waits for an answer.
        Changed,
        /// The page is put aside.
        PutAside,
        /// The store has changed.
        StoreChanged,
        /// An asynchronous storage was read.
        RecordRead,
        /// An asynchronous storage was written.
        RecordWritten,
        /// Only this page's memory has the record now.
        RecordKept,
        /// The record was removed while the refresh ran.
        RecordEmptied,
    }

    /// What a tab wants of a mark in the fence.
    FenceWish {
        /// To present the tokens, if no other tab does.
        Claim,
        /// To present them although another tab has claimed them, which does not come back.
        TakeOver,
        /// To use the new tokens that have come for them.
        Settle,
        /// The same, where the old ones may be presented again: see [`Reuse`](crate::policy::fence::Reuse).
        SettleReusable,
        /// To give back a claim that came to nothing.
        GiveBack,
        /// To know, after new tokens were written, whether their session still goes on.
        Confirm,
        /// That nobody presents them any more.
        Spend,
        /// That their session ends, also for a tab that is just refreshing them.
        End,
        /// To take that back: the login that was to follow could not be stored.
        Revoke,
        /// That the next refresh need not wait for the end of the pause.
        EndPause,
        /// That nothing at all is known of failed refreshes any more.
        ForgetFailures,
    }

    /// What a change of a mark is decided by.
    MarkNumber {
        /// The tab that wishes it.
        Tab,
        /// The owner that stands there.
        Owner,
        /// What is known there of failed refreshes: see [`StreakNumber`].
        Failures,
        /// The same.
        FailedAt,
        /// The same.
        RetryAt,
        /// What the tab itself knows of them.
        NotedFailures,
        /// The same.
        NotedFailedAt,
        /// The same.
        NotedRetryAt,
    }

    /// What is known of failed refreshes, as it stands at a mark.
    StreakNumber {
        /// How many have failed in a row.
        Failures,
        /// When the last one did; 0: the pause after it has been ended.
        FailedAt,
        /// Until when the server wants to be left alone.
        RetryAt,
    }

    // The axios facade.
}

bits! {
    /// The small facts of a request.
    Facts {
        /// What the caller wants of the answer.
        shape: 2 as Shape,
        /// What its body is.
        body: 3 as BodyKind,
        /// Its HTTP method.
        method: 4 as Method,
        /// How the caller wants the body of the answer read.
        reader: 4 as Reader,
        /// Whether it is sent again when its token was rejected.
        replay: 2 as Replay,
        /// Whether there is a base that the URL is to be joined to.
        has_base: 1 as bool,
        /// Whether the caller wants no session.
        goes_without_session: 1 as bool,
        /// Whether an answer of 400–599 is wanted as it is.
        ignores_errors: 1 as bool,
        /// Whether the app has hooks around it.
        is_hooked: 1 as bool,
    }

    /// What is seen of an answer that has come.
    Seen {
        /// Its HTTP status.
        status: 10 as u32,
        /// Whether its status is one of those that say that the token is no longer good.
        by_status: 1 as bool,
        /// Whether its body, or the app, says that the token is no longer good.
        by_content: 1 as bool,
    }

    /// What an answer tells once the hooks have seen it.
    HookedAnswer {
        /// Its HTTP status.
        status: 10 as u32,
        /// Whether its envelope tells of a failure.
        is_failure: 1 as bool,
        /// Whether it is wanted as it is, whatever its status.
        is_wanted: 1 as bool,
    }
}
