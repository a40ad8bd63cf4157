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
                /// How many variants there are.
                pub const COUNT: usize = [$( stringify!($variant) ),+].len();

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

                /// The number that is made of these, from the lowest field on. None may be larger than its field.
                #[inline]
                pub const fn of([$( $field ),+]: [u32; Self::FIELDS.len()]) -> Self {
                    Self(bits!(@sum 0; $( $field: $width, )+))
                }

                bits!(@getters 0; $( $(#[$field_meta])* $field: $width as $type, )+);
            }
        )+

        /// All numbers that are made of several.
        pub const BITS: &[Bits] = &[$( Bits { name: stringify!($name), fields: $name::FIELDS } ),+];
    };
    (@sum $shift:expr;) => { 0 };
    (@sum $shift:expr; $field:ident: $width:literal, $($rest:tt)*) => {
        $field << ($shift) | bits!(@sum $shift + $width; $($rest)*)
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
        /// The page is left.
        PageLeft,
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

    /// The answer to a [`TokenQuestion`].
    TokenAnswer {
        /// It is not so.
        No,
        /// It is so.
        Yes,
        /// The app has thrown: the record holds the error.
        Thrown,
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
        /// With an answer whose envelope tells of a failure.
        Failure,
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

    /// How tokens are refreshed.
    RefreshWay {
        /// Not at all.
        Never,
        /// By an OAuth 2 token endpoint (RFC 6749 §6).
        Endpoint,
        /// By a function of the app.
        Function,
    }

    /// Why a refresh runs.
    RefreshReason {
        /// The token's time is over or nearly so.
        Expiry = "expiry",
        /// A request with it was rejected.
        Rejected = "rejected",
    }

    /// A step of the call of a refresh, by the names of `RefreshCall`.
    RefreshStep {
        /// A function of the app is asked: gives a [`RefreshReply`].
        Ask = "ask",
        /// The request to the token endpoint is put together.
        Prepare = "prepare",
        /// It is sent: gives a [`RefreshArrival`].
        Send = "send",
        /// The answer is read: gives a [`RefreshReply`].
        Read = "read",
    }

    /// The `error` of an answer to a refresh (RFC 6749 §5.2; the last two are of §4.1.2.1, and in use here too).
    OauthError {
        /// None, or a string that is somebody's own wording.
        None,
        /// The grant is no longer good.
        InvalidGrant = "invalid_grant",
        /// The request is malformed.
        InvalidRequest = "invalid_request",
        /// The client is not known, or has not proved who it is.
        InvalidClient = "invalid_client",
        /// The client may not do this.
        UnauthorizedClient = "unauthorized_client",
        /// The server knows no such grant.
        UnsupportedGrantType = "unsupported_grant_type",
        /// The scope is more than was granted.
        InvalidScope = "invalid_scope",
        /// The server is overloaded or down.
        TemporarilyUnavailable = "temporarily_unavailable",
        /// The server has failed.
        ServerError = "server_error",
    }

    /// What was read of the tokens in the reply to a refresh.
    TokenReading {
        /// There are none.
        None,
        /// An access token.
        Token,
        /// The tokens are cookies, which nobody here can see.
        Cookies,
        /// A function of the app's that was to read them has thrown.
        Unreadable,
    }

    /// Why a refresh has brought no tokens. JavaScript makes an error of it.
    RefreshProblem {
        /// A function of the app's has thrown.
        Threw,
        /// There was no answer, or none that could be read.
        NoAnswer,
        /// A redirect has led away.
        Redirected,
        /// The answer tells of a failure.
        Failure,
        /// There is no token in the reply.
        NoToken,
    }

    /// What a session's options give as a number, by the names of `SessionSettings`.
    SessionNumber {
        /// A [`StoragePlace`], or the number of a storage of the app's above these.
        Storage = "storageNumber",
        /// A [`RefreshWay`].
        RefreshWay = "refreshWay",
        /// How long before its end a token is refreshed, in seconds.
        RefreshBefore = "refreshBefore",
        /// How long one refresh may take, in ms.
        RefreshTimeout = "refreshTimeout",
        /// How many more tries follow.
        RefreshRetry = "refreshRetry",
        /// Whether what was sent with a dead token is taken back.
        Withdraw = "withdraw",
        /// How many requests may wait.
        QueueLimit = "queueLimit",
        /// How long they may wait, in ms.
        QueueTimeout = "queueTimeout",
        /// Whether all tabs of the origin share one refresh.
        CrossTab = "crossTab",
        /// Whether the refresh presents a refresh token.
        PresentsRefreshToken = "presentsRefreshToken",
        /// The number of the driver that stands for their session, or did so in an engine that has trapped; 0: none did yet.
        Driver = "driverNumber",
    }

    /// What a session's options give as a text, by the names of `SessionSettings`.
    SessionText {
        /// What the refresh URL is joined to.
        BaseUrl = "baseURL",
        /// Where tokens are refreshed, where that is known beforehand.
        RefreshUrl = "refreshURL",
        /// The name, or the names, of the record.
        Key = "keyText",
        /// The origin of the refresh URL.
        RefreshOrigin = "refreshOrigin",
    }

    /// What a reply or a record gives as a number, by the names of `Fields`.
    TokenNumber {
        /// The lifetime of the access token as a record keeps it, in ms.
        KeptLifetime = "keptLifetime",
        /// The lifetime of the access token, in seconds (`expires_in`, RFC 6749 §5.1).
        ExpiresIn = "expiresIn",
        /// When the access token ends by this machine's clock: `Tokens.expiresAt`.
        End = "end",
        /// The same by the server's clock.
        ServerEnd = "serverEnd",
        /// The `exp` of a JWT, in seconds (RFC 7519 §4.1.4).
        JwtEnd = "jwtEnd",
        /// The `iat` of a JWT, in seconds (RFC 7519 §4.1.6).
        JwtStart = "jwtStart",
        /// How far the server's clock is ahead of this machine's, in ms.
        ServerAhead = "serverAhead",
        /// The lifetime of the refresh token, in seconds.
        RefreshExpiresIn = "refreshExpiresIn",
        /// When the refresh token ends by this machine's clock: `Tokens.refreshExpiresAt`.
        RefreshEnd = "refreshEnd",
        /// The same by the server's clock.
        RefreshServerEnd = "refreshServerEnd",
        /// The mark of the user, as a record keeps it.
        User = "user",
        /// The mark of the login, as a record keeps it.
        Login = "login",
    }

    /// What tells whose tokens these are: the user and the issuer (RFC 7519 §4.1), the tenant by the names that are in use, and who
    /// acts for the user (RFC 8693 §4.1). The first names the user, and without it nobody is known.
    Claim {
        /// The user.
        Subject = "sub",
        /// Who has issued the token.
        Issuer = "iss",
        /// A tenant.
        OrganizationId = "org_id",
        /// A tenant.
        Organization = "organization",
        /// A tenant.
        Tid = "tid",
        /// A tenant.
        Tenant = "tenant",
        /// A tenant.
        TenantId = "tenant_id",
        /// Who acts for the user.
        Actor = "act.sub",
    }

    // Records and storages.

    /// Where the tokens are kept, where that is said by a word.
    StoragePlace {
        /// In `localStorage`.
        Local = "local",
        /// In `sessionStorage`.
        Session = "session",
        /// In this page alone.
        Memory = "memory",
    }

    /// A storage area of the browser.
    StorageArea {
        /// All tabs have the same one.
        Local = "localStorage",
        /// Each tab has one of its own.
        Session = "sessionStorage",
    }

    /// What a record is.
    RecordKind {
        /// There is none.
        Nothing,
        /// Another app's, or a plain text.
        Foreign,
        /// This package's.
        Own,
        /// This package's, of a session in cookies that has ended.
        Ended,
    }

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
        /// To claim tokens, by [`FenceAction::Claim`] or [`FenceAction::TakeOver`].
        Claim = "claim",
        /// To ask whether new tokens may be used, by [`FenceAction::Settle`] or [`FenceAction::SettleReusable`].
        Settle = "settle",
        /// To ask whether what was written may stay, by [`FenceAction::Confirm`].
        Confirm = "confirm",
        /// To set a mark without a look, by [`FenceAction::Spend`] or [`FenceAction::End`].
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
    FenceAction {
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

    /// What is to be done next with a request and its interceptors.
    ChainStep {
        /// Make a promise of the config.
        Begin,
        /// Hang a request interceptor, both of its functions, onto the promise.
        Attach,
        /// Hang the sending onto the promise.
        AttachDispatch,
        /// Call a request interceptor now.
        Call,
        /// Tell a request interceptor what its own function has thrown.
        Rescue,
        /// Send now.
        Dispatch,
        /// Send when what the interceptor has answered to the throw is fulfilled.
        DispatchAfter,
        /// Make a promise that is rejected with what was thrown.
        Fail,
        /// Hang a response interceptor onto the promise.
        Respond,
        /// The promise is the caller's.
        Done,
    }

    /// How such a step went.
    ChainEvent {
        /// As it should.
        Went,
        /// It threw, and there is a function beside it that hears of that.
        Threw,
        /// It threw, and nobody hears of it.
        ThrewUnheard,
        /// It returned a promise.
        Promised,
    }

    /// A key of a config, by axios' names; one that is not listed is [`ConfigKey::Other`].
    ConfigKey {
        /// `url`.
        Url = "url",
        /// `method`.
        Method = "method",
        /// `data`.
        Data = "data",
        /// `params`.
        Params = "params",
        /// `headers`.
        Headers = "headers",
        /// `validateStatus`.
        ValidateStatus = "validateStatus",
        /// `session`.
        Session = "session",
        /// `baseURL`.
        BaseUrl = "baseURL",
        /// `transformRequest`.
        TransformRequest = "transformRequest",
        /// `transformResponse`.
        TransformResponse = "transformResponse",
        /// `paramsSerializer`.
        ParamsSerializer = "paramsSerializer",
        /// `timeout`.
        Timeout = "timeout",
        /// `timeoutErrorMessage`.
        TimeoutErrorMessage = "timeoutErrorMessage",
        /// `withCredentials`.
        WithCredentials = "withCredentials",
        /// `withXSRFToken`.
        WithXsrfToken = "withXSRFToken",
        /// `adapter`.
        Adapter = "adapter",
        /// `responseType`.
        ResponseType = "responseType",
        /// `xsrfCookieName`.
        XsrfCookieName = "xsrfCookieName",
        /// `xsrfHeaderName`.
        XsrfHeaderName = "xsrfHeaderName",
        /// `onUploadProgress`.
        OnUploadProgress = "onUploadProgress",
        /// `onDownloadProgress`.
        OnDownloadProgress = "onDownloadProgress",
        /// `decompress`.
        Decompress = "decompress",
        /// `maxContentLength`.
        MaxContentLength = "maxContentLength",
        /// `maxBodyLength`.
        MaxBodyLength = "maxBodyLength",
        /// `beforeRedirect`.
        BeforeRedirect = "beforeRedirect",
        /// `transport`.
        Transport = "transport",
        /// `httpAgent`.
        HttpAgent = "httpAgent",
        /// `httpsAgent`.
        HttpsAgent = "httpsAgent",
        /// `cancelToken`.
        CancelToken = "cancelToken",
        /// `socketPath`.
        SocketPath = "socketPath",
        /// `allowedSocketPaths`.
        AllowedSocketPaths = "allowedSocketPaths",
        /// `responseEncoding`.
        ResponseEncoding = "responseEncoding",
        /// Any other.
        Other,
    }

    /// What the value of a key of two configs is made of.
    MergeRule {
        /// Of the request alone: defaults do not count.
        Own,
        /// Merged to its depth, cycles being an error.
        Params,
        /// Merged by names whose case does not matter.
        Headers,
        /// The request's where it is named at all, be it as `undefined`.
        Named,
        /// The request's, else the default's, and never a copy: functions of a session know it by its identity.
        Same,
        /// The request's, else the default's.
        Default,
        /// Objects merged to their depth.
        Deep,
    }

    /// How a body is sent.
    BodyEncoding {
        /// As it is.
        AsIs,
        /// A form, told as JSON.
        FormAsJson,
        /// As a query, with the content type of one.
        Search,
        /// An object, told as a query.
        Query,
        /// An object, told as a form.
        Parts,
        /// Files, told as a form.
        FileParts,
        /// As JSON, with the content type of it.
        Json,
    }

    /// How the text of an answer is read.
    TextReading {
        /// Not at all.
        Text,
        /// As JSON if it is any.
        Lenient,
        /// As JSON, and what is none is an error.
        Strict,
    }

    /// What is done with a value on its way into a form.
    FormVisit {
        /// It gets a name, as it is.
        Append,
        /// It gets a name, as JSON.
        Json,
        /// Each of its elements gets a name.
        Each,
        /// What is in it is visited.
        Descend,
    }

    /// How a URL is joined to its base.
    UrlJoint {
        /// The URL alone.
        Url,
        /// The base alone.
        Base,
        /// Both, with one slash between them.
        Both,
    }

    /// How far the reading of a URL, unit by unit, has come. Any other number means that the next unit is needed.
    UrlScan {
        /// It has not begun.
        Start,
        /// The URL is one of those that are looked for.
        Found,
        /// It is not.
        NotFound,
    }

    /// Whether the app wants the cookie against forged requests told: `withXSRFToken`.
    XsrfWish {
        /// Nothing is said.
        Unsaid,
        /// `true`.
        Yes,
        /// Anything else, which is no yes.
        Other,
    }

    /// `AxiosError.code`.
    AxiosErrorCode {
        /// An option has a value that will not do.
        BadOptionValue = "ERR_BAD_OPTION_VALUE",
        /// There is no such option.
        BadOption = "ERR_BAD_OPTION",
        /// It took too long, as apps of pages know it.
        Aborted = "ECONNABORTED",
        /// It took too long.
        TimedOut = "ETIMEDOUT",
        /// Nobody listens at the other end.
        Refused = "ECONNREFUSED",
        /// The network has failed.
        Network = "ERR_NETWORK",
        /// One redirect led to another, too often.
        TooManyRedirects = "ERR_FR_TOO_MANY_REDIRECTS",
        /// Something is no longer to be used.
        Deprecated = "ERR_DEPRECATED",
        /// The answer will not do.
        BadResponse = "ERR_BAD_RESPONSE",
        /// The request will not do.
        BadRequest = "ERR_BAD_REQUEST",
        /// The caller has given it up.
        Canceled = "ERR_CANCELED",
        /// The platform can not do it.
        NotSupported = "ERR_NOT_SUPPORT",
        /// The URL is none.
        InvalidUrl = "ERR_INVALID_URL",
        /// Values are nested too deeply.
        TooDeep = "ERR_FORM_DATA_DEPTH_EXCEEDED",
    }
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
        /// Whether the app has given a `fetch` of its own.
        has_own_fetch: 1 as bool,
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

    /// What is seen of the answer of a token endpoint before it is read.
    RefreshArrival {
        /// Its HTTP status; 0: a page is shown none of a redirect that was not followed.
        status: 10 as u32,
        /// Whether it says whether it was redirected: a test double may not.
        tells_redirects: 1 as bool,
        /// Whether it says that it was.
        is_redirected: 1 as bool,
        /// Whether it comes from another origin than it was asked of.
        is_elsewhere: 1 as bool,
        /// Whether redirects may be followed.
        may_follow: 1 as bool,
    }

    /// What is known of the reply to a refresh, or of what has come instead.
    RefreshReply {
        /// The HTTP status; 0: there is none.
        status: 10 as u32,
        /// The error code in it.
        error: 4 as OauthError,
        /// Whether it is an HTTP answer, and no object of the app's.
        is_answer: 1 as bool,
        /// Whether a function of the app's has returned `null`.
        is_null: 1 as bool,
        /// Whether its envelope tells of a failure.
        is_failure: 1 as bool,
        /// Whether the app has named the code in it as a refusal.
        has_refused_code: 1 as bool,
        /// Whether the app has named statuses as refusals.
        names_statuses: 1 as bool,
        /// Whether this is one of them.
        is_named_status: 1 as bool,
        /// Whether the app has been asked and says that it is a refusal.
        is_refused_by_app: 1 as bool,
    }

    /// What a reply or a record says of its numbers and its tokens.
    TokenBits {
        /// Whether the end of the access token is given as a date.
        end_is_date: 1 as bool,
        /// The same of its end by the server's clock.
        server_end_is_date: 1 as bool,
        /// Whether the end of the refresh token is given as a date.
        refresh_end_is_date: 1 as bool,
        /// The same of its end by the server's clock.
        refresh_server_end_is_date: 1 as bool,
        /// Whether there is a refresh token.
        has_refresh_token: 1 as bool,
        /// Whether a record says so: nobody knows any more how far the server's clock was off.
        is_stored: 1 as bool,
    }

    /// What is known of the record of a session.
    RecordFacts {
        /// Whether this page keeps one by itself.
        has_kept: 1 as bool,
        /// Whether what stands in the storage is what stood there when that one could not be written.
        is_outranked: 1 as bool,
        /// Whether the tokens are in cookies.
        in_cookies: 1 as bool,
        /// Whether there has been a record.
        had_record: 1 as bool,
    }

    /// What is seen of values that stand under names of their own.
    PlainFacts {
        /// Whether there is an access token.
        has_token: 1 as bool,
        /// Whether such values were read before.
        has_before: 1 as bool,
        /// Whether the rest beside the access token is about that one.
        is_of_token: 1 as bool,
        /// Whether the rest is about this refresh token.
        is_by_refresh: 1 as bool,
        /// Whether the access token is the one that the rest says is being replaced.
        was_token: 1 as bool,
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
    // The axios facade.

    /// What is to be done next with a request and its interceptors, and with which of them.
    ChainPosition {
        /// What is to be done.
        step: 4 as ChainStep,
        /// The place of the interceptor among those of its kind.
        place: 28 as u32,
    }

    /// What is known of a body that is to be sent.
    SentBody {
        /// Whether it is an object.
        is_object: 1 as bool,
        /// Whether it is `FormData`, or an HTML form that has become one.
        is_form: 1 as bool,
        /// Whether it is bytes, a blob or a stream.
        is_raw: 1 as bool,
        /// Whether it is `URLSearchParams`.
        is_search: 1 as bool,
        /// Whether it is a list of files.
        is_files: 1 as bool,
        /// Whether the content type says JSON.
        says_json: 1 as bool,
        /// Whether the content type says a form in the manner of a query.
        says_query: 1 as bool,
        /// Whether the content type says a form in parts.
        says_parts: 1 as bool,
    }

    /// What is known of a wish for an answer's text.
    ReadingWish {
        /// Whether the caller has said what it wants.
        is_typed: 1 as bool,
        /// Whether that is JSON.
        wants_json: 1 as bool,
        /// `transitional.forcedJSONParsing`
        is_forced: 1 as bool,
        /// `transitional.silentJSONParsing`
        is_silent: 1 as bool,
    }

    /// What is known of a value on its way into a form.
    FormValue {
        /// Whether it is an object of any kind, an array included, and stands at the top.
        is_top_object: 1 as bool,
        /// Whether its name ends with `{}`: it is wanted as JSON.
        wants_json: 1 as bool,
        /// Whether its name ends with `[]`, or it is a list of files; and it can be read like an array.
        is_listed: 1 as bool,
        /// Whether it is an array that holds no objects.
        is_flat: 1 as bool,
        /// Whether it is a plain object or an array.
        is_open: 1 as bool,
    }

    /// What is read of a URL at a time.
    UrlUnit {
        /// A UTF-16 unit.
        code: 16 as u32,
        /// Whether there is none: the URL is at its end.
        is_end: 1 as bool,
    }

    /// What is known of a URL and its base.
    UrlParts {
        /// Whether there is a base.
        has_base: 1 as bool,
        /// Whether there is a URL.
        has_url: 1 as bool,
        /// Whether the URL is absolute.
        is_absolute: 1 as bool,
        /// Whether an absolute URL leaves the base: `allowAbsoluteUrls`.
        may_leave: 1 as bool,
    }
}
