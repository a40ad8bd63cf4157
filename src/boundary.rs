//! All numbers and words that Rust and JavaScript share.
//!
//! `boundary.js` and `boundary.d.ts` are generated from this file (`npm run boundary`), and a test fails if they differ. An enum becomes
//! one constant for each variant (`OUTCOME_ANSWER` for [`Outcome::Answer`]), and, if it has words, a list of them in the same order
//! (`STATUS_WORDS`). Bundlers inline the constants.

/// An enum as the generator sees it.
pub struct Numbers {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its variants, from 0 on, each with its word in JavaScript, if it has one.
    pub variants: &'static [(&'static str, Option<&'static str>)],
}

/// A number that is made of bit fields, as the generator sees it.
pub struct Bits {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its fields from the lowest bit on, each with its number of bits.
    pub fields: &'static [(&'static str, u32)],
}

/// The type of a bit field.
pub trait FromBits {
    /// Converts the bits of a field. Bits that mean no value give the last one.
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

                /// The variant for a number from JavaScript; `None` if there is none.
                #[inline]
                pub const fn from_number(number: u32) -> Option<Self> {
                    match number {
                        $( number if number == Self::$variant as u32 => Some(Self::$variant), )+
                        _ => None,
                    }
                }
            }
        )+

        /// All enums.
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

        /// All numbers that are made of bit fields.
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

    /// What JavaScript reports to the engine.
    Signal {
        /// A promise that a task waits for was fulfilled.
        Fulfilled,
        /// It was rejected, or fulfilled with a value that is not usable.
        Rejected,
        /// A caller has aborted, or an attempt has timed out: see [`Interruption`].
        Interrupted,
        /// The timer of a session has fired.
        TimerFired,
        /// There is news for a session: see [`SessionNews`](self::SessionNews).
        SessionNews,
        /// The machine is online again.
        Online,
        /// The page is being left.
        PageLeft,
    }

    /// What ends a call before its answer.
    Interruption {
        /// The caller's signal.
        Aborted,
        /// The time limit of an attempt.
        TimedOut,
    }

    // A request.

    /// What the caller gets of the answer.
    Shape {
        /// `api(…)`: the parsed body.
        Data,
        /// `api.raw(…)`: the `Response`, with the parsed body as `_data`.
        Raw,
        /// `api.fetch(…)`: the `Response`, unread.
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

    /// The kind of a request's body.
    BodyKind {
        /// There is none.
        None,
        /// A string: sent as it is.
        Text,
        /// A plain value, which becomes JSON, or a form if the content type says so.
        Plain,
        /// `FormData` or `URLSearchParams`.
        Form,
        /// A buffer or a view on one.
        Bytes,
        /// A stream: it can be read once.
        Stream,
        /// Anything else, e.g. a `Blob`, which the platform sends as it is.
        Other,
    }

    /// How a body is encoded before it is sent.
    Encoding {
        /// Not at all.
        AsIs,
        /// It is JSON already: only the headers are set.
        Json,
        /// It becomes JSON.
        ToJson,
        /// It becomes a form.
        ToForm,
        /// It is a stream, which needs another option (Fetch, `RequestInit.duplex`).
        Stream,
    }

    /// How the body of an answer is read: `responseType`, or what its content type says.
    Reader {
        /// Parsed as JSON; other text stays text.
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
        /// All if the status has rejected the token, as the server did nothing then; else only safe ones.
        BySign,
        /// All.
        All = "all",
        /// Those that only read (RFC 9110 §9.2.1).
        Safe = "safe",
        /// Those for which the app's function returns true.
        ByFunction,
    }

    /// The state of a sending after the attempt to attach its tokens.
    SendingStart {
        /// They are attached: it can be sent.
        Ready,
        /// That is asynchronous: the task is woken when they are attached.
        Attaching,
        /// It was withdrawn meanwhile.
        TakenBack,
    }

    /// Questions about a request that decide whether it may carry a token.
    TokenQuestion {
        /// Whether its origin may get tokens.
        LeadsToOwnOrigin,
        /// Whether the app's `skip` excludes it.
        IsSkipped,
        /// Whether the platform would drop the token's header (Fetch, "no-cors" mode).
        LosesHeader,
        /// Whether the caller has set its own credentials where the token would go.
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

    /// Questions about a failed request that decide whether there is another attempt. The answer NaN means: not known.
    RetryQuestion {
        /// How many attempts after the first one the caller allows.
        Retries,
        /// Whether the caller's own list names the status: 1 or 0.
        IsListed,
        /// The answer's `Retry-After`, in ms.
        RetryAfter,
    }

    /// What settles a caller's promise.
    Settlement {
        /// The parsed body.
        Data,
        /// The answer.
        Response,
        /// The answer, with the parsed body as `_data`.
        ResponseWithData,
        /// The error itself.
        Error,
        /// A `FetchError` about the answer.
        AnswerError,
        /// A `FetchError` with the error as its cause.
        RequestError,
    }

    /// The app's hooks.
    Hook {
        /// Before a request is sent.
        Request = "onRequest",
        /// After no answer, or one that could not be read.
        RequestError = "onRequestError",
        /// After an answer.
        Response = "onResponse",
        /// After an answer that is a failure.
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
        /// The caller has aborted: the record holds the reason.
        Aborted,
        /// The app's code has thrown, or the request can not be sent at all: the record holds the error.
        Thrown,
        /// The session failed: the record holds the error.
        Denied,
    }

    // Status, errors and events of a session, as the app sees them.

    /// `api.session.status`.
    Status {
        /// The store has not been read yet.
        Loading = "loading",
        /// No tokens.
        SignedOut = "signed-out",
        /// Tokens, and no refresh.
        Active = "active",
        /// Tokens, and a refresh that is running.
        Refreshing = "refreshing",
    }

    /// Why a session has ended.
    SignOutReason {
        /// `signOut()` was called.
        User = "user",
        /// The server refused the refresh for good.
        Refused = "refused",
        /// The token has expired and there is nothing to refresh it with.
        NoRefreshToken = "no-refresh-token",
        /// The store was emptied, by another tab or by other code.
        OtherTab = "other-tab",
    }

    /// `AuthError.code`.
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

    /// The events of `api.session.on`.
    Topic {
        /// The status or the tokens have changed.
        Change = "change",
        /// New tokens of the same session are in use.
        Refresh = "refresh",
        /// The session has ended.
        SignOut = "signout",
        /// Requests are pending now, or no more.
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
        /// A request has its own credentials, so that the session was not used for it.
        OwnCredentials = "own-credentials",
    }

    /// A step in the trace of a request that only the engine knows of.
    TraceStep {
        /// It waits.
        Waiting = "waiting",
        /// Its token was rejected.
        Rejected = "rejected",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
    }

    /// Why tokens can not be set.
    SetObjection {
        /// They can be.
        None,
        /// The session was disposed of.
        Disposed,
        /// On a server, users would share the tokens.
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
        /// The token has expired, or will soon.
        Expiry = "expiry",
        /// A request with it was rejected.
        Rejected = "rejected",
    }

    /// A step of a refresh call, by the names of the methods of `RefreshCall`.
    RefreshStep {
        /// Calls the app's function: gives a [`RefreshReply`].
        Ask = "ask",
        /// Builds the request to the token endpoint.
        Prepare = "prepare",
        /// Sends it: gives a [`RefreshArrival`].
        Send = "send",
        /// Reads the answer: gives a [`RefreshReply`].
        Read = "read",
    }

    /// The `error` of an answer to a refresh (RFC 6749 §5.2; the last two are of §4.1.2.1, and in use here too).
    OauthError {
        /// None, or a text that no standard defines.
        None,
        /// The grant is no longer valid.
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

    /// What was found of tokens in the reply to a refresh.
    TokenReading {
        /// There are none.
        None,
        /// An access token.
        Token,
        /// The tokens are in cookies, which scripts can not read.
        Cookies,
        /// A function of the app's has thrown when it should read them.
        Unreadable,
    }

    /// Why a refresh has given no tokens. JavaScript makes the error.
    RefreshProblem {
        /// A function of the app's has thrown.
        Threw,
        /// There was no answer, or none that could be read.
        NoAnswer,
        /// It was answered by a redirect that is not allowed.
        Redirected,
        /// The answer is a failure.
        Failure,
        /// There is no token in the reply.
        NoToken,
    }

    /// The numbers of a session's options, by the names of `SessionSettings`.
    SessionNumber {
        /// A [`StoragePlace`], or the number of a storage of the app's above these.
        Storage = "storageNumber",
        /// A [`RefreshWay`].
        RefreshWay = "refreshWay",
        /// How long before its end a token is refreshed, in seconds.
        RefreshBefore = "refreshBefore",
        /// How long one refresh may take, in ms.
        RefreshTimeout = "refreshTimeout",
        /// How many times a failed refresh is called again.
        RefreshRetry = "refreshRetry",
        /// Whether requests that were sent with a rejected token are withdrawn.
        Withdraw = "withdraw",
        /// How many requests may wait.
        QueueLimit = "queueLimit",
        /// How long they may wait, in ms.
        QueueTimeout = "queueTimeout",
        /// Whether the tabs of the origin coordinate their refreshes.
        CrossTab = "crossTab",
        /// Whether a refresh needs a refresh token.
        PresentsRefreshToken = "presentsRefreshToken",
        /// The number of the session's driver, in this engine or in one that has trapped; 0 if there is none yet.
        Driver = "driverNumber",
    }

    /// The texts of a session's options, by the names of `SessionSettings`.
    SessionText {
        /// The base URL of the refresh URL.
        BaseUrl = "baseURL",
        /// The URL of the token endpoint, if it is known beforehand.
        RefreshUrl = "refreshURL",
        /// The name, or the names, of the record.
        Key = "keyText",
        /// The origin of the refresh URL.
        RefreshOrigin = "refreshOrigin",
    }

    /// The numbers of a reply or a record, by the names of `Fields`.
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
        /// The user's number in a record.
        User = "user",
        /// The login's number in a record.
        Login = "login",
    }

    /// The claims that tell the user: the subject and the issuer (RFC 7519 §4.1), the tenant by several usual names, and who acts for the
    /// user (RFC 8693 §4.1). Without the first one, the user is not known.
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

    /// The storages that an option names by a word.
    StoragePlace {
        /// In `localStorage`.
        Local = "local",
        /// In `sessionStorage`.
        Session = "session",
        /// In this page's memory.
        Memory = "memory",
    }

    /// A storage area of the browser.
    StorageArea {
        /// Shared by all tabs.
        Local = "localStorage",
        /// One for each tab.
        Session = "sessionStorage",
    }

    /// The kind of a record.
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

    // Other tabs.

    /// Commands that concern other tabs, by the names of the methods of `Tabs`.
    TabsCommand {
        /// Begin to listen, before the store is first read.
        Open = "open",
        /// Stop listening, and give back lock and claim.
        Close = "close",
        /// Tell the other tabs to read the store.
        Announce = "announce",
        /// Ask for the lock.
        Lock = "lock",
        /// Give back the claim and the lock.
        Unlock = "unlock",
        /// Claim tokens, by [`FenceAction::Claim`] or [`FenceAction::TakeOver`].
        Claim = "claim",
        /// Ask whether new tokens may be used, by [`FenceAction::Settle`] or [`FenceAction::SettleReusable`].
        Settle = "settle",
        /// Ask whether the stored tokens may stay, by [`FenceAction::Confirm`].
        Confirm = "confirm",
        /// Set a mark without reading it, by [`FenceAction::Spend`] or [`FenceAction::End`].
        Mark = "mark",
        /// Change a mark by any other action, without waiting for the result.
        Change = "change",
    }

    /// News for a session, of its lock, its marks, or the store.
    SessionNews {
        /// The lock is held.
        Locked,
        /// There are no locks.
        NoLocks,
        /// The tokens may be presented.
        Won,
        /// They have been replaced, or their session has ended.
        Spent,
        /// Another tab has claimed them.
        Taken,
        /// There is no fence.
        NoFence,
        /// New tokens may be used.
        Settled,
        /// They may not.
        Superseded,
        /// The stored tokens may stay.
        Confirmed,
        /// They may not.
        Undone,
        /// A mark was changed, and nobody waits for an answer.
        Changed,
        /// The page goes into the back/forward cache.
        PutAside,
        /// The store has changed.
        StoreChanged,
    }

    /// What a tab does with a mark in the fence.
    FenceAction {
        /// Claim the tokens, unless another tab has done so.
        Claim,
        /// Claim them although another tab has done so, which is gone.
        TakeOver,
        /// Mark them as replaced, if the new tokens may be used.
        Settle,
        /// The same, where the old ones may be presented again: see [`Reuse`](crate::policy::fence::Reuse).
        SettleReusable,
        /// Give back a claim without new tokens.
        GiveBack,
        /// Ask whether the session has been ended since the new tokens were settled.
        Confirm,
        /// Mark them as replaced.
        Spend,
        /// Mark their session as ended, also for a tab that is refreshing them.
        End,
        /// Undo that, as the login that replaces the session could not be stored.
        Revoke,
        /// End the pause before the next refresh.
        EndPause,
        /// Forget the failed refreshes.
        ForgetFailures,
    }

    /// The numbers by which a change of a mark is decided.
    MarkNumber {
        /// The tab that changes it.
        Tab,
        /// The owner in the mark.
        Owner,
        /// The failed refreshes in the mark: see [`StreakNumber`].
        Failures,
        /// The same.
        FailedAt,
        /// The same.
        RetryAt,
        /// The failed refreshes that the tab knows of.
        NotedFailures,
        /// The same.
        NotedFailedAt,
        /// The same.
        NotedRetryAt,
    }

    /// The failed refreshes in a mark.
    StreakNumber {
        /// How many have failed in a row.
        Failures,
        /// When the last one failed, in ms since the epoch; 0 if the pause after it was ended early.
        FailedAt,
        /// When the server's `Retry-After` ends, in ms since the epoch.
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
    /// Facts about a request that cross together.
    Facts {
        /// What the caller gets of the answer.
        shape: 2 as Shape,
        /// The kind of its body.
        body: 3 as BodyKind,
        /// Its HTTP method.
        method: 4 as Method,
        /// How the answer's body is read, as the caller has said.
        reader: 4 as Reader,
        /// When it is sent again after its token was rejected.
        replay: 2 as Replay,
        /// Whether the URL has to be joined to a base URL.
        has_base: 1 as bool,
        /// Whether the caller has excluded it from the session.
        goes_without_session: 1 as bool,
        /// Whether an answer of 400–599 is no error.
        ignores_errors: 1 as bool,
        /// Whether it has hooks.
        is_hooked: 1 as bool,
        /// Whether the app has given a `fetch` of its own.
        has_own_fetch: 1 as bool,
        /// Whether there is a signal to listen to.
        has_signal: 1 as bool,
        /// Whether `skip`, or a signal of a refresh function, may exclude it from the session.
        may_be_skipped: 1 as bool,
        /// Whether its mode is `no-cors` (Fetch).
        is_without_cors: 1 as bool,
    }

    /// Facts about an answer.
    Seen {
        /// Its HTTP status.
        status: 10 as u32,
        /// Whether its status means that the token has expired.
        by_status: 1 as bool,
        /// Whether its body, or the app's function, says that the token has expired.
        by_content: 1 as bool,
    }

    /// Facts about the answer of a token endpoint before its body is read.
    RefreshArrival {
        /// Its HTTP status; 0 for a redirect that was not followed, whose status pages can not see.
        status: 10 as u32,
        /// Whether it has a field `redirected`, which a test double may lack.
        tells_redirects: 1 as bool,
        /// Whether that field is true.
        is_redirected: 1 as bool,
        /// Whether it comes from another origin than the request's.
        is_elsewhere: 1 as bool,
        /// Whether redirects may be followed.
        may_follow: 1 as bool,
    }

    /// Facts about the reply to a refresh, or about its error.
    RefreshReply {
        /// The HTTP status; 0 if there is none.
        status: 10 as u32,
        /// Its `error`.
        error: 4 as OauthError,
        /// Whether it is a `Response`, and not an object of the app's.
        is_answer: 1 as bool,
        /// Whether a function of the app's has returned `null`.
        is_null: 1 as bool,
        /// Whether its envelope reports a failure.
        is_failure: 1 as bool,
        /// Whether its code is in the app's list of refusals.
        has_refused_code: 1 as bool,
        /// Whether the app has a list of statuses that are refusals.
        names_statuses: 1 as bool,
        /// Whether its status is in that list.
        is_named_status: 1 as bool,
        /// Whether the app's function says that it is a refusal.
        is_refused_by_app: 1 as bool,
    }

    /// Facts about the tokens in a reply or a record.
    TokenBits {
        /// Whether the end of the access token was given as a date.
        end_is_date: 1 as bool,
        /// The same of its end by the server's clock.
        server_end_is_date: 1 as bool,
        /// Whether the end of the refresh token was given as a date.
        refresh_end_is_date: 1 as bool,
        /// The same of its end by the server's clock.
        refresh_server_end_is_date: 1 as bool,
        /// Whether there is a refresh token.
        has_refresh_token: 1 as bool,
        /// Whether they come from a record, so that the difference to the server's clock is not known.
        is_stored: 1 as bool,
    }

    /// Facts about the record of a session.
    RecordFacts {
        /// Whether this page keeps one in memory that could not be stored.
        has_kept: 1 as bool,
        /// Whether the storage still holds the record that could not be replaced then.
        is_outranked: 1 as bool,
        /// Whether the tokens are in cookies.
        in_cookies: 1 as bool,
        /// Whether there has been a record.
        had_record: 1 as bool,
    }

    /// Facts about a record that is stored as plain values under several names.
    PlainFacts {
        /// Whether there is an access token.
        has_token: 1 as bool,
        /// Whether such values were read before.
        has_before: 1 as bool,
        /// Whether the other fields belong to this access token.
        is_of_token: 1 as bool,
        /// Whether the other fields belong to this refresh token.
        is_by_refresh: 1 as bool,
        /// Whether the access token is the one that is being replaced.
        was_token: 1 as bool,
    }

    /// Facts about an answer after the hooks.
    HookedAnswer {
        /// Its HTTP status.
        status: 10 as u32,
        /// Whether its envelope reports a failure.
        is_failure: 1 as bool,
        /// Whether an answer of 400–599 is no error.
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
