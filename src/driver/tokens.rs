//! A set of tokens: what a reply or a record holds, judged and made ready for use.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::clock::Moment;
use crate::engine::{Key, Login, Millis, TokenFacts, User};
use crate::options::SessionOptions;
use crate::platform::source::{Source, whole};
use crate::policy::identity::{CLAIMS, Identity, Likeness};
use crate::policy::lifetime::{Life, Span, Told};

#[wasm_bindgen(module = "/src/driver/tokens.js")]
extern "C" {
    /// What a reply or a record says.
    #[wasm_bindgen(extends = Source)]
    pub type Fields;
    /// The `Tokens` that the app sees.
    #[wasm_bindgen(method)]
    fn complete(this: &Fields, before: &JsValue, now: f64, end: f64) -> JsValue;

    /// A mark for somebody or something of which nothing is known but that it is not the one before.
    #[wasm_bindgen(js_name = newMark)]
    fn new_mark() -> f64;
}

// The places of its numbers and texts.
const LIFETIME: u32 = 0;
const END: u32 = 1;
const USER: u32 = 2;
const HAS_REFRESH: u32 = 3;
const LOGIN: u32 = 4;
const SERVER_END: u32 = 5;
const SERVER_AHEAD: u32 = 6;
const JWT_LIFETIME: u32 = 7;
const TEXT: u32 = 0;
const FIRST_CLAIM: u32 = 1;

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
pub(crate) enum Origin<'a> {
    /// By a login: another user, unless both tell the same, or the app says so. One that tells more or less than the tokens before,
    /// a tenant for instance, may be somebody else's.
    Login { before: Option<&'a Tokens>, same_user: bool },
    /// By a refresh of these: the same user, unless they tell different things.
    Refresh { before: &'a Tokens },
    /// From the store, which knows the user, unless another hand has written there.
    Store { before: Option<&'a Tokens> },
}

impl<'a> Origin<'a> {
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
    pub(super) fn build(fields: &Fields, origin: Origin<'_>, rules: Rules, now: Moment) -> Self {
        let before = match origin {
            Origin::Refresh { before } => &before.object,
            Origin::Login { .. } | Origin::Store { .. } => &JsValue::UNDEFINED,
        };
        let received = float(now.wall);
        let told = Told {
            lifetime: fields.number(LIFETIME),
            end: fields.number(END),
            server_end: fields.number(SERVER_END),
            server_ahead: fields.number(SERVER_AHEAD),
            jwt_lifetime: fields.number(JWT_LIFETIME),
        };
        let Span { lifetime, end } = told.span(received);
        let is_known = !end.is_nan();
        // The engine's clock is ahead of this machine's once that was set back; not of what was received before that.
        let shift = if end - lifetime <= received { now.engine - now.wall } else { 0 };
        let life = if is_known {
            Life::new(whole(end).saturating_add(shift), whole(lifetime), rules.leeway)
        } else {
            Life::UNKNOWN
        };
        // Before the rest is asked for: the refresh token may be the old one's, and the app may name whose they are.
        let object = fields.complete(before, received, end);
        let mut identity = Identity([0; CLAIMS]);
        for (place, claim) in (FIRST_CLAIM..).zip(&mut identity.0) {
            *claim = fields.hash(place).unwrap_or(0);
        }
        let known = fields.hash(TEXT);
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
                expires_at: life.expires_at,
                refresh_at: life.refresh_at,
                refreshable: rules.refreshes
                    && (fields.number(HAS_REFRESH) > 0.0 || !rules.needs_refresh_token),
            },
            identity,
            lifetime: if is_known { lifetime } else { end },
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
fn owner(fields: &Fields, origin: Origin<'_>, identity: &Identity, text: u64) -> User {
    let before = origin.before();
    let likeness = before.map_or(Likeness::Unknown, |before| match before.identity.compare(identity) {
        // The very same tokens, whosever they are.
        Likeness::Unknown if before.text == text => Likeness::Same,
        likeness => likeness,
    });
    let same = match (origin, likeness) {
        // The app's word counts where the tokens do not tell.
        (_, Likeness::Same)
        | (Origin::Refresh { .. } | Origin::Login { same_user: true, .. }, Likeness::Unknown) => {
            before.map(|before| before.facts.user)
        }
        (Origin::Refresh { .. } | Origin::Login { .. }, _) => None,
        (Origin::Store { .. }, _) => Some(match User(fields.whole(USER)) {
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
fn login(fields: &Fields, origin: Origin<'_>, text: u64, user: User) -> Login {
    match (origin, fields.whole(LOGIN)) {
        (Origin::Refresh { before }, _) => before.facts.login,
        (Origin::Login { before: Some(before), .. }, _)
            if before.text == text && before.facts.user == user =>
        {
            before.facts.login
        }
        (Origin::Login { .. }, _) => Login(whole(new_mark())),
        (Origin::Store { .. }, 0) => Login(text),
        (Origin::Store { .. }, login) => Login(login),
    }
}

/// Which tokens these are: after another login the same ones are others, of which nothing is spent yet.
fn key(text: u64, login: Login) -> Key {
    Key((text.rotate_left(17) ^ login.0).wrapping_mul(0x0100_0000_01b3) >> 11)
}

#[expect(clippy::cast_precision_loss, reason = "moments and marks stay below 2^53")]
pub(super) fn float(number: u64) -> f64 {
    number as f64
}
