//! Rules of URLs, as machines that are fed one UTF-16 unit after the other: a URL does not have to cross.

/// What follows the last unit.
pub const END: u32 = u32::MAX;

/// Where a machine stands: the two ends, or on its way.
pub const YES: u32 = 0x100;
/// See [`YES`].
pub const NO: u32 = 0x101;

/// An ASCII letter in lower case, any other unit as it is.
const fn lower(value: u32) -> u32 {
    if matches!(value, 0x41..=0x5a) { value | 0x20 } else { value }
}

/// Whether a URL is absolute: it begins with a scheme (RFC 3986 §3.1) and `//`, or with `//` alone. `0` is the start.
pub const fn absolute(state: u32, value: u32) -> u32 {
    const SCHEME: u32 = 1;
    const COLON: u32 = 2;
    const SLASH: u32 = 3;
    let is_letter = matches!(lower(value), 0x61..=0x7a);
    let is_slash = value == 0x2f;
    if is_letter && state <= SCHEME {
        SCHEME
    } else if state == SCHEME && value == 0x3a {
        COLON
    } else if state == SCHEME && matches!(value, 0x30..=0x39 | 0x2b | 0x2d | 0x2e) {
        SCHEME
    } else if is_slash && state == SLASH {
        YES
    } else if is_slash && state != SCHEME {
        SLASH
    } else {
        NO
    }
}

/// Whether a URL has the scheme of HTTP and lacks the slashes behind it: a platform would mend that into another URL than
/// the one that was checked. What a platform leaves out, control characters and spaces before, tabs and line breaks
/// anywhere, is left out here too. `0` is the start.
pub const fn unslashed(state: u32, value: u32) -> u32 {
    /// `http:` and two slashes, from the last to the first, a byte each.
    const WANTED: u64 = 0x002f_2f3a_7074_7468;
    const SECURED: u32 = 4;
    const COLON: u32 = 5;
    const END_OF_SLASHES: u32 = 7;
    if matches!(value, 0x09 | 0x0a | 0x0d) || state == 0 && value <= 0x20 {
        return state;
    }
    // An `s` may stand before the colon; a second one would come where the first has set a bit of its own.
    if state == SECURED && lower(value) == 0x73 {
        return SECURED | S;
    }
    let place = state & !S;
    if lower(value) as u64 == (WANTED >> (place * 8)) & 0xff {
        return if place + 1 == END_OF_SLASHES { NO } else { place + 1 };
    }
    if place >= COLON { YES } else { NO }
}

/// The bit of a state: an `s` has come.
const S: u32 = 1 << 4;

/// How a URL is joined to its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// The URL alone.
    Url,
    /// The base alone.
    Base,
    /// Both, with one slash between them.
    Both,
}

/// What is known of a URL and its base, as bits.
#[derive(Clone, Copy, Debug)]
pub struct Facts(pub u32);

/// There is a base.
pub const BASE: u32 = 1;
/// There is a URL.
pub const URL: u32 = 1 << 1;
/// The URL is absolute.
pub const ABSOLUTE: u32 = 1 << 2;
/// `allowAbsoluteUrls`: an absolute URL leaves the base.
pub const MAY_LEAVE: u32 = 1 << 3;

impl Facts {
    /// How they are joined.
    pub const fn joint(self) -> Joint {
        const LEAVES: u32 = ABSOLUTE | MAY_LEAVE;
        let Self(bits) = self;
        if bits & BASE == 0 || bits & LEAVES == LEAVES {
            Joint::Url
        } else if bits & URL == 0 {
            Joint::Base
        } else {
            Joint::Both
        }
    }
}

/// Whether the cookie against forged requests is told: to the page's own origin, or where the app says `true`.
///
/// The wish is 0 where nothing is said, 1 for `true`, 2 for anything else.
pub const fn tells_xsrf(wish: u32, is_same_origin: bool) -> bool {
    wish == 1 || wish == 0 && is_same_origin
}
