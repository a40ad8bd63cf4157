//! A set of tokens: what a reply or a record holds, judged and made ready for use.

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
    /// What a reply or a record says.
    pub type Fields;
    #[wasm_bindgen(method, js_name = number)]
    fn raw_number(this: &Fields, which: u32) -> f64;
    #[wasm_bindgen(method, getter, js_name = bits)]
    fn raw_bits(this: &Fields) -> u32;
    /// What tells these tokens from others; `None`: nothing is known of them.
    #[wasm_bindgen(method, getter)]
    fn text(this: &Fields) -> Option<String>;
    /// What one [`Claim`](crate::boundary::Claim) says.
    #[wasm_bindgen(method)]
    fn claim(this: &Fields, which: usize) -> Option<String>;
    /// The `Tokens` that the app sees, with the ends of both tokens.
    #[wasm_bindgen(method)]
    fn complete(this: &Fields, before: &JsValue, end: f64, refresh_end: f64) -> JsValue;

    /// A mark for somebody or something of which nothing is known but that it is not the one before.
    #[wasm_bindgen(js_name = newMark)]
    fn new_mark() -> f64;
}

impl Fields {
    /// NaN: there is none. Asked for in many places, which a call makes small.
    #[inline(never)]
    fn number(&self, which: TokenNumber) -> f64 {
        self.raw_number(which as u32)
    }

    /// 0: there is none.
    fn whole(&self, which: TokenNumber) -> u64 {
        whole(self.number(which))
    }

    /// Seconds, in ms.
    #[inline(never)]
    fn seconds(&self, which: TokenNumber) -> f64 {
        milliseconds(self.number(which))
    }

    /// In ms since the epoch.
    #[inline(never)]
    fn moment(&self, which: TokenNumber, is_date: bool) -> f64 {
        moment(self.number(which), is_date)
    }

    /// What they say of the access token's time.
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

    /// What they say of the refresh token's time.
    fn refresh_expiry(&self, bits: TokenBits) -> RefreshExpiryClaims {
        RefreshExpiryClaims {
            expires_in: self.seconds(TokenNumber::RefreshExpiresIn),
            end: self.moment(TokenNumber::RefreshEnd, bits.refresh_end_is_date()),
            server_end: self.moment(TokenNumber::RefreshServerEnd, bits.refresh_server_end_is_date()),
            server_ahead: self.number(TokenNumber::ServerAhead),
        }
    }
}

/// One set of tokens. The text stays in JavaScript.
pub(crate) struct Tokens {
    /// What the app sees: frozen.
    pub(crate) object: JsValue,
    /// What the engine has to know.
    pub(crate) facts: TokenFacts,
    /// The tokens alone, as a hash.
    text: u64,
    /// Whose they are, as far as that can be read.
    identity: Identity,
    /// For how long they were given, in ms; NaN: nobody knows.
    lifetime: f64,
}

/// How a new set came, which says whose it is.
#[derive(Clone, Copy)]
pub(crate) enum TokenSource<'a> {
    /// By a login: another user, unless both tell the same, or the app says so. One that tells more or less than the tokens before,
    /// a tenant for instance, may be somebody else's.
    Login { before: Option<&'a Tokens>, same_user: bool },
    /// By a refresh of these: the same user, unless they tell different things.
    Refresh { before: &'a Tokens },
    /// From the store, which knows the user, unless another hand has written there.
    Store { before: Option<&'a Tokens> },
}

impl<'a> TokenSource<'a> {
    /// The tokens that it replaces.
    fn before(self) -> Option<&'a Tokens> {
        match self {
            Self::Refresh { before } => Some(before),
            Self::Login { before, .. } | Self::Store { before } => before,
        }
    }
}

/// What applies to all sets of one session.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// How long before its end a token is refreshed.
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
    /// Judges what a reply or a record says.
    pub(super) fn build(fields: &Fields, origin: TokenSource<'_>, rules: Rules, now: Moment) -> Self {
        let before = match origin {
            TokenSource::Refresh { before } => &before.object,
            TokenSource::Login { .. } | TokenSource::Store { .. } => &JsValue::UNDEFINED,
        };
        let received = float(now.wall);
        let bits = TokenBits(fields.raw_bits());
        let Lifetime { length, end } = fields.expiry(bits).lifetime(received);
        let is_known = !end.is_nan();
        // The engine's clock is ahead of this machine's once that was set back; not of what was received before that.
        let shift = if end - length <= received { now.engine - now.wall } else { 0 };
        let schedule = if is_known {
            Schedule::new(whole(end).saturating_add(shift), whole(length), rules.leeway)
        } else {
            Schedule::UNKNOWN
        };
        // Before the rest is asked for: the refresh token may be the old one's, and the app may name whose they are.
        let object = fields.complete(before, end, fields.refresh_expiry(bits).end(received));
        let mut identity = Identity([0; CLAIMS]);
        for (which, claim) in identity.0.iter_mut().enumerate() {
            *claim = fields.claim(which).map_or(0, hash_of);
        }
        let known = fields.text().map(hash_of);
        // A record takes 0 for none.
        let text = known.unwrap_or(1);
        let user = owner(fields, origin, &identity, text);
        let login = login(fields, origin, text, user);
        if let Some(before) = origin.before().filter(|before| before.facts.user == user) {
            identity.remember(&before.identity);
        }
        Self {
            object,
            text,
            facts: TokenFacts {
                // What nothing is known of has no mark that could outlast it.
                key: known.map_or(Key(0), |text| key(text, login)),
                user,
                login,
                expires_at: schedule.expires_at,
                refresh_at: schedule.refresh_at,
                refreshable: rules.refreshes && (bits.has_refresh_token() || !rules.needs_refresh_token),
            },
            identity,
            lifetime: if is_known { length } else { end },
        }
    }

    /// Whether the very tokens that these replace may be presented again: a server may give them once more, and what was never stored
    /// has no mark that could say anything else.
    pub(super) fn replace_the_same(&self, before: &Self) -> bool {
        self.text == before.text || before.facts.key == Key::UNSTORED
    }

    /// What a record keeps beside them: whose they are, from which login, and for how long they were given, in ms (NaN: nobody
    /// knows).
    pub(super) fn stored_facts(&self) -> (f64, f64, f64) {
        (float(self.facts.user.0), float(self.facts.login.0), self.lifetime)
    }
}

/// Whose a new set is. All tabs that read the same record, without a mark since another hand wrote it, think the same.
fn owner(fields: &Fields, origin: TokenSource<'_>, identity: &Identity, text: u64) -> User {
    let before = origin.before();
    let likeness = before.map_or(Likeness::Unknown, |before| match before.identity.compare(identity) {
        // The very same tokens, whosever they are.
        Likeness::Unknown if before.text == text => Likeness::Same,
        likeness => likeness,
    });
    let same = match (origin, likeness) {
        // The app's word counts where the tokens do not tell.
        (_, Likeness::Same)
        | (TokenSource::Refresh { .. } | TokenSource::Login { same_user: true, .. }, Likeness::Unknown) => {
            before.map(|before| before.facts.user)
        }
        (TokenSource::Refresh { .. } | TokenSource::Login { .. }, _) => None,
        (TokenSource::Store { .. }, _) => Some(match User(fields.whole(TokenNumber::User)) {
            // None; or it was written by somebody who can not tell these users apart.
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

/// From which login a new set descends. The very tokens that are in use are no new one.
fn login(fields: &Fields, origin: TokenSource<'_>, text: u64, user: User) -> Login {
    match (origin, fields.whole(TokenNumber::Login)) {
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

/// Which tokens these are: after another login the same ones are others, of which nothing is spent yet.
fn key(text: u64, login: Login) -> Key {
    Key((text.rotate_left(17) ^ login.0).wrapping_mul(0x0100_0000_01b3) >> 11)
}
