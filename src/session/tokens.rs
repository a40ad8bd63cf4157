//! A set of tokens: what a reply or a record holds, made ready for use.

use js_sys::{Array, JSON, JsString, Math, Object, Reflect};
use wasm_bindgen::prelude::JsValue;

use crate::engine::{Key, Millis, Pair, Time, User};
use crate::error::put;
use crate::options::{RefreshWay, SessionOptions};
use crate::policy::lifetime::Life;
use crate::web::platform;

/// Where a record keeps what only this package needs, beside the tokens.
const META: &str = "apifetch";
/// The version of the record.
const VERSION: f64 = 1.0;

/// One set of tokens. The text stays in JavaScript, but for the header that is sent with each request.
pub(crate) struct Tokens {
    /// What the app sees: frozen.
    pub(crate) object: JsValue,
    /// `Bearer …` (RFC 6750 §2.1).
    pub(crate) bearer: JsString,
    /// What the engine has to know.
    pub(crate) pair: Pair,
    /// Whose they are, where that can be read.
    identity: Option<u64>,
    lifetime: Option<Millis>,
    /// The refresh token, for the call that presents it.
    pub(crate) refresh_token: Option<JsValue>,
}

/// How a new set came, which says whose it is.
pub(crate) enum Origin<'a> {
    /// By a login: another user, unless both are known to be the same, or the app says so.
    Login { before: Option<&'a Tokens>, same_user: bool },
    /// By a refresh of these.
    Refresh { before: &'a Tokens },
}

/// What applies to all sets of one session.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// How long before its end a token is refreshed.
    pub(crate) leeway: Millis,
    /// Whether a refresh needs a refresh token.
    pub(crate) needs_refresh_token: bool,
    /// Whether there is a refresh at all.
    pub(crate) refreshes: bool,
}

impl From<&SessionOptions> for Rules {
    fn from(options: &SessionOptions) -> Self {
        Self {
            leeway: options.leeway,
            needs_refresh_token: matches!(options.refresh, RefreshWay::Call(_)),
            refreshes: !matches!(options.refresh, RefreshWay::Never),
        }
    }
}

impl Tokens {
    /// Reads a token reply (RFC 6749 §5.1), or `Tokens` as they are; `None` when there is no access token in it.
    pub(crate) fn receive(reply: &JsValue, origin: &Origin<'_>, rules: Rules, now: Time) -> Option<Self> {
        let access = text(reply, &["access_token", "accessToken"])?;
        let before = match origin {
            Origin::Login { .. } => None,
            Origin::Refresh { before } => Some(*before),
        };
        let refresh = text(reply, &["refresh_token", "refreshToken"])
            .or_else(|| text(&before?.object, &["refreshToken"]));
        let claims = platform::jwt_claims(&access);
        let lifetime = seconds(reply, "expires_in").or_else(|| jwt_lifetime(&claims));
        let own_end = number(reply, "expiresAt");
        let (lifetime, expires_at) = match (own_end, lifetime) {
            (Some(end), _) => {
                let end = whole(end);
                (Some(end.saturating_sub(now)), Some(end))
            }
            (None, Some(lifetime)) if lifetime > 0 => (Some(lifetime), Some(now.saturating_add(lifetime))),
            (None, _) => (None, None),
        };
        let identity = identity(&claims);
        let user = match origin {
            Origin::Refresh { before } => match (before.identity, identity) {
                (Some(old), Some(new)) if old != new => new_user(),
                _ => before.pair.user,
            },
            Origin::Login { before: Some(before), same_user } => {
                let same = before.identity.is_some() && before.identity == identity;
                if same || *same_user { before.pair.user } else { new_user() }
            }
            Origin::Login { before: None, .. } => new_user(),
        };
        let own = Object::new();
        put(&own, "accessToken", &JsValue::from_str(&access));
        if let Some(refresh) = &refresh {
            put(&own, "refreshToken", &JsValue::from_str(refresh));
        }
        if let Some(end) = expires_at {
            put(&own, "expiresAt", &milliseconds(end));
        }
        let refresh_end = number(reply, "refreshExpiresAt")
            .map(whole)
            .or_else(|| Some(now.saturating_add(seconds(reply, "refresh_expires_in")?)));
        if let Some(end) = refresh_end {
            put(&own, "refreshExpiresAt", &milliseconds(end));
        }
        let old = before.map_or(JsValue::UNDEFINED, |before| without_times(&before.object));
        let object = platform::assemble(
            &[old, reply.clone(), own.into()].into_iter().collect(),
            &names(&["access_token", "refresh_token", "expires_in", "refresh_expires_in", META]),
        );
        Some(Self::build(object, &access, refresh.as_deref(), user, identity, lifetime, expires_at, rules))
    }

    /// Reads a stored record: this package's own, another app's with OAuth names, or a plain access token.
    pub(crate) fn restore(record: &str, rules: Rules, now: Time) -> Option<Self> {
        let stored = platform::parse_json(record);
        let meta = field(&stored, META);
        if !meta.is_object() {
            return Self::import(record, &stored, rules, now);
        }
        let access = text(&stored, &["accessToken"])?;
        let refresh = text(&stored, &["refreshToken"]);
        let expires_at = number(&stored, "expiresAt").map(whole);
        let lifetime = number(&meta, "lifetime").map(whole);
        let user = text(&meta, &["user"])
            .and_then(|user| u64::from_str_radix(&user, 16).ok())
            .map_or_else(new_user, User);
        let identity = identity(&platform::jwt_claims(&access));
        let object = platform::assemble(&[stored].into_iter().collect(), &names(&[META]));
        Some(Self::build(object, &access, refresh.as_deref(), user, identity, lifetime, expires_at, rules))
    }

    /// A record that another app, or an older recipe, has left under the key.
    fn import(record: &str, stored: &JsValue, rules: Rules, now: Time) -> Option<Self> {
        let login = Origin::Login { before: None, same_user: false };
        if stored.is_object() {
            return Self::receive(stored, &login, rules, now);
        }
        let plain = stored.as_string().unwrap_or_else(|| record.trim().to_owned());
        if plain.is_empty()
            || plain.starts_with(['{', '['])
            || ["null", "undefined"].contains(&plain.as_str())
        {
            return None;
        }
        let reply = Object::new();
        put(&reply, "accessToken", &JsValue::from_str(&plain));
        Self::receive(&reply, &login, rules, now)
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where all that was read comes together")]
    fn build(
        object: JsValue,
        access: &str,
        refresh: Option<&str>,
        user: User,
        identity: Option<u64>,
        lifetime: Option<Millis>,
        expires_at: Option<Time>,
        rules: Rules,
    ) -> Self {
        let life = expires_at.map_or_else(Life::default, |end| {
            Life::until(end, lifetime.unwrap_or(Millis::MAX), rules.leeway)
        });
        let pair = Pair {
            key: Key(hash([access, refresh.unwrap_or_default()])),
            user,
            expires_at: life.expires_at,
            refresh_at: life.refresh_at,
            refreshable: rules.refreshes && (refresh.is_some() || !rules.needs_refresh_token),
        };
        let bearer = JsString::from(["Bearer ", access].concat());
        Self { object, bearer, pair, identity, lifetime, refresh_token: refresh.map(JsValue::from_str) }
    }

    /// The record to be stored; `None` when the reply holds what JSON can not (a cycle).
    pub(crate) fn record(&self) -> Option<String> {
        let meta = Object::new();
        put(&meta, "v", &JsValue::from_f64(VERSION));
        put(&meta, "user", &JsValue::from_str(&format_hex(self.pair.user.0)));
        if let Some(lifetime) = self.lifetime {
            put(&meta, "lifetime", &milliseconds(lifetime));
        }
        let own = Object::new();
        put(&own, META, &meta);
        let parts: Array = [self.object.clone(), own.into()].into_iter().collect();
        JSON::stringify(&platform::assemble(&parts, &Array::new())).ok().map(String::from)
    }
}

fn field(object: &JsValue, name: &str) -> JsValue {
    if object.is_object() {
        Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
    } else {
        JsValue::UNDEFINED
    }
}

/// The first of the fields that is a text with something in it.
fn text(object: &JsValue, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| field(object, name).as_string()).find(|text| !text.is_empty())
}

/// A number, also where a server sends it as text.
fn number(object: &JsValue, name: &str) -> Option<f64> {
    let value = field(object, name);
    let number = value.as_f64().or_else(|| value.as_string()?.trim().parse().ok())?;
    number.is_finite().then_some(number)
}

fn seconds(object: &JsValue, name: &str) -> Option<Millis> {
    number(object, name).map(|seconds| whole(seconds * 1000.0))
}

/// How long a JWT was given for (RFC 7519 §4.1.4, §4.1.6): by the issuer's clock alone, whatever ours says.
fn jwt_lifetime(claims: &JsValue) -> Option<Millis> {
    Some(whole((number(claims, "exp")? - number(claims, "iat")?) * 1000.0))
}

/// Whose token it is, by its `iss` and `sub` (RFC 7519 §4.1.2).
fn identity(claims: &JsValue) -> Option<u64> {
    let subject = text(claims, &["sub"])?;
    Some(hash([text(claims, &["iss"]).unwrap_or_default().as_str(), &subject]))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and NaN becomes 0")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since the epoch stay far below 2^53")]
fn milliseconds(time: u64) -> JsValue {
    JsValue::from_f64(time as f64)
}

fn names(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

/// What a refresh leaves out keeps its old value, times excepted.
fn without_times(tokens: &JsValue) -> JsValue {
    platform::assemble(
        &[tokens.clone()].into_iter().collect(),
        &names(&["expiresAt", "refreshExpiresAt", "accessToken"]),
    )
}

/// A mark for a user of whom nothing is known but that it is not the one before.
fn new_user() -> User {
    User(hash([Math::random().to_bits().to_string().as_str(), Math::random().to_bits().to_string().as_str()]))
}

/// FNV-1a, with a separator: tells values apart, hides nothing and need not.
fn hash<const N: usize>(texts: [&str; N]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn format_hex(number: u64) -> String {
    let digit = |shift: u32| char::from_digit(u32::try_from(number >> shift & 0xf).unwrap_or(0), 16);
    (0..16).rev().filter_map(|place| digit(place * 4)).collect()
}
