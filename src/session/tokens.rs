//! A set of tokens: what a reply or a record holds, judged and made ready for use.

use js_sys::JsString;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::engine::{Key, Millis, Pair, Time, User};
use crate::options::{RefreshWay, SessionOptions};
use crate::policy::lifetime::Life;

#[wasm_bindgen(module = "/src/session/tokens.js")]
extern "C" {
    /// What a reply or a record says.
    pub type Fields;
    #[wasm_bindgen(method, getter)]
    fn access(this: &Fields) -> String;
    #[wasm_bindgen(method, getter)]
    fn refresh(this: &Fields) -> Option<JsString>;
    #[wasm_bindgen(method, getter)]
    fn lifetime(this: &Fields) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn end(this: &Fields) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = refreshLifetime)]
    fn refresh_lifetime(this: &Fields) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = refreshEnd)]
    fn refresh_end(this: &Fields) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn user(this: &Fields) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn subject(this: &Fields) -> Option<String>;

    #[wasm_bindgen(js_name = readRecord)]
    fn read_record(record: &str) -> Option<Fields>;
    #[wasm_bindgen(js_name = makeTokens)]
    fn make_tokens(
        fields: &Fields,
        before: &JsValue,
        refresh_token: Option<&JsString>,
        expires_at: Option<f64>,
        refresh_expires_at: Option<f64>,
    ) -> JsValue;
    #[wasm_bindgen(js_name = makeRecord)]
    fn make_record(tokens: &JsValue, user: f64, lifetime: Option<f64>) -> Option<String>;
    #[wasm_bindgen(js_name = newUser)]
    fn new_user() -> f64;
}

/// One set of tokens. The text stays in JavaScript.
pub(crate) struct Tokens {
    /// What the app sees: frozen.
    pub(crate) object: JsValue,
    /// `Bearer …` (RFC 6750 §2.1).
    pub(crate) bearer: JsString,
    /// What the engine has to know.
    pub(crate) pair: Pair,
    /// Whose they are, where that can be read (RFC 7519 §4.1.1, §4.1.2), as a hash.
    identity: Option<u64>,
    refresh_token: Option<JsString>,
    lifetime: Option<f64>,
}

/// How a new set came, which says whose it is.
#[derive(Clone, Copy)]
pub(crate) enum Origin<'a> {
    /// By a login: another user, unless both are known to be the same, or the app says so.
    Login { before: Option<&'a Tokens>, same_user: bool },
    /// By a refresh of these: the same user, unless both are known and differ.
    Refresh { before: &'a Tokens },
    /// From the store, which knows the user.
    Store,
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
            leeway: options.leeway,
            refreshes: !matches!(options.refresh, RefreshWay::Never),
            needs_refresh_token: matches!(options.refresh, RefreshWay::Call(_)),
        }
    }
}

impl Tokens {
    /// Reads a stored record; `None` when it is none.
    pub(crate) fn restore(record: &str, rules: Rules, now: Time) -> Option<Self> {
        read_record(record).map(|fields| Self::build(&fields, Origin::Store, rules, now))
    }

    /// Judges what a reply or a record says.
    pub(super) fn build(fields: &Fields, origin: Origin<'_>, rules: Rules, now: Time) -> Self {
        let access = fields.access();
        let identity = fields.subject().map(|subject| hash(&[&subject]));
        let kept = match origin {
            Origin::Refresh { before } => Some(before),
            Origin::Login { .. } | Origin::Store => None,
        };
        let refresh_token = fields.refresh().or_else(|| kept?.refresh_token.clone());
        // A lifetime counts from the receipt, by this clock alone; an end that is given was written by it.
        let lifetime = fields.lifetime().filter(|lifetime| *lifetime > 0.0);
        let end = fields.end().or_else(|| Some(milliseconds(now) + lifetime?));
        let refresh_end =
            fields.refresh_end().or_else(|| Some(milliseconds(now) + fields.refresh_lifetime()?));
        let lifetime = lifetime.or_else(|| Some((end? - milliseconds(now)).max(0.0)));
        let life = match (end, lifetime) {
            (Some(end), Some(lifetime)) => Life::new(whole(end), whole(lifetime), rules.leeway),
            _ => Life::default(),
        };
        let refresh_text = refresh_token.as_ref().map(String::from).unwrap_or_default();
        let before = kept.map_or(JsValue::UNDEFINED, |before| before.object.clone());
        Self {
            object: make_tokens(fields, &before, refresh_token.as_ref(), end, refresh_end),
            bearer: JsString::from(["Bearer ", &access].concat()),
            pair: Pair {
                key: Key(hash(&[&access, &refresh_text])),
                user: owner(fields, origin, identity),
                expires_at: life.expires_at,
                refresh_at: life.refresh_at,
                refreshable: rules.refreshes && (refresh_token.is_some() || !rules.needs_refresh_token),
            },
            identity,
            refresh_token,
            lifetime,
        }
    }

    /// The record to be stored; `None` when the reply held what JSON can not.
    pub(crate) fn record(&self) -> Option<String> {
        make_record(&self.object, milliseconds(self.pair.user.0), self.lifetime)
    }
}

/// Whose a new set is.
fn owner(fields: &Fields, origin: Origin<'_>, identity: Option<u64>) -> User {
    let same = match origin {
        Origin::Refresh { before } => {
            let differs = identity.is_some() && before.identity.is_some() && before.identity != identity;
            (!differs).then_some(before.pair.user)
        }
        Origin::Login { before, same_user } => before
            .filter(|before| same_user || (identity.is_some() && before.identity == identity))
            .map(|before| before.pair.user),
        Origin::Store => fields.user().map(|user| User(whole(user))),
    };
    same.unwrap_or_else(|| User(whole(new_user())))
}

/// FNV-1a, with a separator: it tells values apart, and that is all it has to do.
fn hash(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and NaN becomes 0")]
fn whole(number: f64) -> u64 {
    number as u64
}

#[expect(clippy::cast_precision_loss, reason = "moments and marks stay below 2^53")]
fn milliseconds(time: u64) -> f64 {
    time as f64
}
