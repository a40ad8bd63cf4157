//! A set of tokens, made of a reply or a record: its times, its user and its login.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::clock::Moment;
use crate::boundary::{TokenBits, TokenNumber};
use crate::engine::{Key, Login, Millis, TokenFacts, User};
use crate::options::SessionOptions;
pub(super) use crate::platform::number::float;
use crate::platform::number::whole;
use crate::policy::digest::hash_of;
use crate::policy::identity::{CLAIMS, Identity, Likeness};
use crate::policy::lifetime::{ExpiryClaims, Lifetime, RefreshExpiryClaims, Schedule, milliseconds, moment};

#[wasm_bindgen(module = "/src/driver/tokens.js")]
extern "C" {
    /// The values of a reply or a record as they were found.
    pub type Fields;
    #[wasm_bindgen(method, js_name = number)]
    fn raw_number(this: &Fields, which: u32) -> f64;
    #[wasm_bindgen(method, getter, js_name = bits)]
    fn raw_bits(this: &Fields) -> u32;
    /// A text that is different for different tokens; `None`: they are cookies of which nothing is known.
    #[wasm_bindgen(method, getter)]
    fn text(this: &Fields) -> Option<String>;
    /// The value of one [`Claim`](crate::boundary::Claim).
    #[wasm_bindgen(method)]
    fn claim(this: &Fields, which: usize) -> Option<String>;
    /// The `Tokens` that the app sees. The ends of both tokens are in ms since the epoch; NaN: unknown.
    #[wasm_bindgen(method)]
    fn complete(this: &Fields, before: &JsValue, end: f64, refresh_end: f64) -> JsValue;

    /// A random number for a user or a login of which nothing is known but that it is a new one.
    #[wasm_bindgen(js_name = newMark)]
    fn new_mark() -> f64;
}

impl Fields {
    /// One number; NaN if there is none. Not inlined, for the size.
    #[inline(never)]
    fn number(&self, which: TokenNumber) -> f64 {
        self.raw_number(which as u32)
    }

    /// One whole number; 0 if there is none.
    fn whole(&self, which: TokenNumber) -> u64 {
        whole(self.number(which))
    }

    /// A number of seconds, in ms.
    #[inline(never)]
    fn seconds(&self, which: TokenNumber) -> f64 {
        milliseconds(self.number(which))
    }

    /// A moment, in ms since the epoch.
    #[inline(never)]
    fn moment(&self, which: TokenNumber, is_date: bool) -> f64 {
        moment(self.number(which), is_date)
    }

    /// Everything that tells when the access token expires.
    fn expiry(&self, bits: TokenBits) -> ExpiryClaims {
        ExpiryClaims {
            kept_lifetime: self.number(TokenNumber::KeptLifetime),
            expires_in: self.seconds(TokenNumber::ExpiresIn),
            end: self.moment(TokenNumber::End, bits.end_is_date()),
            server_end: self.moment(TokenNumber::ServerEnd, bits.server_end_is_date()),
            jwt_end: self.seconds(TokenNumber::JwtEnd),
            jwt_start: self.seconds(TokenNumber::JwtStart),
            server_ahead: self.number(TokenNumber::ServerAhead),
            is_stored: bits.is_stored(),
        }
    }

    /// Everything that tells when the refresh token expires.
    fn refresh_expiry(&self, bits: TokenBits) -> RefreshExpiryClaims {
        RefreshExpiryClaims {
            expires_in: self.seconds(TokenNumber::RefreshExpiresIn),
            end: self.moment(TokenNumber::RefreshEnd, bits.refresh_end_is_date()),
            server_end: self.moment(TokenNumber::RefreshServerEnd, bits.refresh_server_end_is_date()),
            server_ahead: self.number(TokenNumber::ServerAhead),
        }
    }
}

/// One set of tokens. The text of the tokens stays in JavaScript.
pub(crate) struct Tokens {
    /// What the app sees: frozen.
    pub(crate) object: JsValue,
    /// What the engine has to know.
    pub(crate) facts: TokenFacts,
    /// A hash of the tokens' text.
    text: u64,
    /// The claims that tell whose they are.
    identity: Identity,
    /// How long the access token was to last when it was given, in ms; NaN: unknown.
    lifetime: f64,
    /// Whether there is a refresh token, new or kept.
    has_refresh_token: bool,
}

/// Where a new set comes from. Whose it is depends on that.
#[derive(Clone, Copy)]
pub(crate) enum TokenSource<'a> {
    /// A login: another user, unless the claims are the same, or the app says that it is the same user. Tokens with more or fewer claims
    /// than before, a tenant for instance, may be another user's.
    Login { before: Option<&'a Tokens>, same_user: bool },
    /// A refresh of these: the same user, unless the claims differ.
    Refresh { before: &'a Tokens },
    /// The store. Its record names the user, unless other code than this package has written it.
    Store { before: Option<&'a Tokens> },
}

impl<'a> TokenSource<'a> {
    /// The tokens that the new ones replace.
    fn before(self) -> Option<&'a Tokens> {
        match self {
            Self::Refresh { before } => Some(before),
            Self::Login { before, .. } | Self::Store { before } => before,
        }
    }
}

/// The options that apply to all tokens of one session.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// How long before its end a token is refreshed, in ms.
    leeway: Millis,
    /// Whether there is a refresh at all.
    refreshes: bool,
    /// Whether it needs a refresh token.
    needs_refresh_token: bool,
}

impl From<&SessionOptions> for Rules {
    fn from(options: &SessionOptions) -> Self {
        Self {
            leeway: options.leeway(),
            refreshes: options.refreshes(),
            needs_refresh_token: options.needs_refresh_token(),
        }
    }
}

impl Tokens {
    /// Makes a set of tokens of the values of a reply or a record.
    pub(super) fn build(fields: &Fields, source: TokenSource<'_>, rules: Rules, now: Moment) -> Self {
        let (before, keeps_refresh_token) = match source {
            TokenSource::Refresh { before } => (&before.object, before.has_refresh_token),
            TokenSource::Login { .. } | TokenSource::Store { .. } => (&JsValue::UNDEFINED, false),
        };
        let received = float(now.wall);
        let bits = TokenBits(fields.raw_bits());
        let Lifetime { length, end } = fields.expiry(bits).lifetime(received);
        let is_known = !end.is_nan();
        // Times are by this machine's clock; the engine's is ahead of it once that was set back. A token that was received before the
        // clock was set back has its time by the engine's clock already.
        let shift = if end - length <= received { now.engine - now.wall } else { 0 };
        let schedule = if is_known {
            Schedule::new(whole(end).saturating_add(shift), whole(length), rules.leeway)
        } else {
            Schedule::UNKNOWN
        };
        // This comes before the claims and the text are read: it fills in the old refresh token, and asks the app whose tokens these are.
        let object = fields.complete(before, end, fields.refresh_expiry(bits).end(received));
        let mut identity = Identity([0; CLAIMS]);
        for (which, claim) in identity.0.iter_mut().enumerate() {
            *claim = fields.claim(which).map_or(0, hash_of);
        }
        let known = fields.text().map(hash_of);
        let has_refresh_token = bits.has_refresh_token() || keeps_refresh_token;
        // Not 0, which means "none" in a record.
        let text = known.unwrap_or(1);
        let user = owner(fields, source, &identity, text);
        let login = login(fields, source, text, user);
        if let Some(before) = source.before().filter(|before| before.facts.user == user) {
            identity.remember(&before.identity);
        }
        Self {
            object,
            text,
            facts: TokenFacts {
                // Cookies of which nothing is known get no mark in the fence, which would outlast them.
                key: known.map_or(Key(0), |text| key(text, login)),
                user,
                login,
                expires_at: schedule.expires_at,
                refresh_at: schedule.refresh_at,
                refreshable: rules.refreshes && (has_refresh_token || !rules.needs_refresh_token),
            },
            identity,
            lifetime: if is_known { length } else { end },
            has_refresh_token,
        }
    }

    /// Whether the tokens before may be presented again: they are the same ones, as a server may give them once more, or were never
    /// stored, and so have no mark.
    pub(super) fn replace_the_same(&self, before: &Self) -> bool {
        self.text == before.text || before.facts.key == Key::UNSTORED
    }

    /// What a record keeps beside the tokens: their user, their login, and how long the access token was to last, in ms (NaN: unknown).
    pub(super) fn stored_facts(&self) -> (f64, f64, f64) {
        (float(self.facts.user.0), float(self.facts.login.0), self.lifetime)
    }
}

/// Whose a new set is. A record of other code names no user: then the user is made of the tokens' hash, so that all tabs that read the
/// record agree.
fn owner(fields: &Fields, source: TokenSource<'_>, identity: &Identity, text: u64) -> User {
    let before = source.before();
    let likeness = before.map_or(Likeness::Unknown, |before| match before.identity.compare(identity) {
        // The same tokens have the same user, even if nothing tells who it is.
        Likeness::Unknown if before.text == text => Likeness::Same,
        likeness => likeness,
    });
    let same = match (source, likeness) {
        // What the app says counts where the claims do not tell.
        (_, Likeness::Same)
        | (TokenSource::Refresh { .. } | TokenSource::Login { same_user: true, .. }, Likeness::Unknown) => {
            before.map(|before| before.facts.user)
        }
        (TokenSource::Refresh { .. } | TokenSource::Login { .. }, _) => None,
        (TokenSource::Store { .. }, _) => Some(match User(fields.whole(TokenNumber::User)) {
            // The record names no user, or names the one before although the claims differ: the code that wrote it could not tell users
            // apart.
            User(0) => User(text),
            user if likeness == Likeness::Different
                && before.is_some_and(|before| before.facts.user == user) =>
            {
                User(text)
            }
            user => user,
        }),
    };
    same.unwrap_or_else(|| User(whole(new_mark())))
}

/// From which login a new set descends. Setting the tokens that are in use is no new login.
fn login(fields: &Fields, source: TokenSource<'_>, text: u64, user: User) -> Login {
    match (source, fields.whole(TokenNumber::Login)) {
        (TokenSource::Refresh { before }, _) => before.facts.login,
        (TokenSource::Login { before: Some(before), .. }, _)
            if before.text == text && before.facts.user == user =>
        {
            before.facts.login
        }
        (TokenSource::Login { .. }, _) => Login(whole(new_mark())),
        (TokenSource::Store { .. }, 0) => Login(text),
        (TokenSource::Store { .. }, login) => Login(login),
    }
}

/// The key of the tokens' mark in the fence. It depends on the login: if another login gives the same tokens, they are not spent.
fn key(text: u64, login: Login) -> Key {
    Key((text.rotate_left(17) ^ login.0).wrapping_mul(0x0100_0000_01b3) >> 11)
}
