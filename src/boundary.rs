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
        $name:ident { $( $(#[$field_meta:meta])* $field:ident: $width:literal ),+ $(,)? }
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name(pub u32);

            impl $name {
                const FIELDS: &'static [(&'static str, u32)] = &[$( (stringify!($field), $width) ),+];

                bits!(@getters 0; $( $(#[$field_meta])* $field: $width, )+);
            }
        )+

        /// All numbers that are made of several.
        pub const BITS: &[Bits] = &[$( Bits { name: stringify!($name), fields: $name::FIELDS } ),+];
    };
    (@getters $shift:expr;) => {};
    (@getters $shift:expr; $(#[$meta:meta])* $field:ident: $width:literal, $($rest:tt)*) => {
        $(#[$meta])*
        #[inline]
        pub const fn $field(self) -> u32 {
            self.0 >> ($shift) & ((1 << $width) - 1)
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

    /// What becomes of a request before it is sent.
    Preparation {
        /// It can not be sent: the record holds the error.
        Invalid,
        /// The caller has given up already: the record holds the reason.
        Aborted,
        /// It goes without the session.
        WithoutSession,
        /// It goes under the session.
        UnderSession,
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

    // The axios facade.
}

bits! {
    /// The small facts of a request.
    Facts {
        /// A [`Shape`].
        shape: 2,
        /// A [`BodyKind`].
        body: 3,
        /// A [`Method`].
        method: 4,
        /// A [`Reader`].
        reader: 4,
        /// A [`Replay`].
        replay: 2,
        /// Whether there is a base that the URL is to be joined to.
        has_base: 1,
        /// Whether the caller wants no session.
        without_session: 1,
        /// Whether an answer of 400–599 is wanted as it is.
        ignores_errors: 1,
        /// Whether the app has hooks around it.
        is_hooked: 1,
    }

    /// What is seen of an answer that has come.
    Seen {
        /// Its HTTP status.
        status: 10,
        /// Whether its status is one of those that say that the token is no longer good.
        by_status: 1,
        /// Whether its body, or the app, says that the token is no longer good.
        by_content: 1,
    }

    /// What an answer tells once the hooks have seen it.
    HookedAnswer {
        /// Its HTTP status.
        status: 10,
        /// Whether its envelope tells of a failure.
        is_failure: 1,
        /// Whether it is wanted as it is, whatever its status.
        is_wanted: 1,
    }
}
