//! Rules of URLs, as machines that are fed one [`UrlUnit`](crate::boundary::UrlUnit) after the other, its end being the last: a URL does
//! not have to cross. A machine begins and ends with a [`UrlScan`]; between the two its states are its own.

use crate::boundary::{UrlJoint, UrlParts, UrlScan, XsrfWish};

const START: u32 = UrlScan::Start as u32;
const FOUND: u32 = UrlScan::Found as u32;
const NOT_FOUND: u32 = UrlScan::NotFound as u32;

/// An ASCII letter in lower case, any other unit as it is.
const fn lower(value: u32) -> u32 {
    if matches!(value, 0x41..=0x5a) { value | 0x20 } else { value }
}

/// Whether a URL is absolute: it begins with a scheme (RFC 3986 §3.1) and `//`, or with `//` alone.
pub const fn absolute(state: u32, value: u32) -> u32 {
    const SCHEME: u32 = NOT_FOUND + 1;
    const COLON: u32 = SCHEME + 1;
    const SLASH: u32 = COLON + 1;
    let is_letter = matches!(lower(value), 0x61..=0x7a);
    let is_slash = value == 0x2f;
    if is_letter && state <= SCHEME {
        SCHEME
    } else if state == SCHEME && value == 0x3a {
        COLON
    } else if state == SCHEME && matches!(value, 0x30..=0x39 | 0x2b | 0x2d | 0x2e) {
        SCHEME
    } else if is_slash && state == SLASH {
        FOUND
    } else if is_slash && state != SCHEME {
        SLASH
    } else {
        NOT_FOUND
    }
}

/// Whether a URL has the scheme of HTTP and lacks the slashes behind it: a platform would mend that into another URL than
/// the one that was checked. What a platform leaves out, control characters and spaces before, tabs and line breaks
/// anywhere, is left out here too.
pub const fn unslashed(state: u32, value: u32) -> u32 {
    /// `http:` and two slashes, from the last to the first, a byte each.
    const WANTED: u64 = 0x002f_2f3a_7074_7468;
    const SECURED: u32 = 4;
    const COLON: u32 = 5;
    const END_OF_SLASHES: u32 = 7;
    /// How many of them have come stands in the bits from this one on.
    const PLACE: u32 = 4;
    /// The bit that says that an `s` has come.
    const S: u32 = 1 << 3;
    if matches!(value, 0x09 | 0x0a | 0x0d) || state == START && value <= 0x20 {
        return state;
    }
    // An `s` may stand before the colon; a second one would come where the first has set a bit of its own.
    if state == SECURED << PLACE && lower(value) == 0x73 {
        return state | S;
    }
    let place = state >> PLACE;
    if lower(value) as u64 == (WANTED >> (place * 8)) & 0xff {
        return if place + 1 == END_OF_SLASHES { NOT_FOUND } else { (place + 1) << PLACE };
    }
    if place >= COLON { FOUND } else { NOT_FOUND }
}

impl UrlParts {
    /// How they are joined.
    pub fn joint(self) -> UrlJoint {
        if !self.has_base() || self.is_absolute() && self.may_leave() {
            UrlJoint::Url
        } else if self.has_url() {
            UrlJoint::Both
        } else {
            UrlJoint::Base
        }
    }
}

/// Whether the cookie against forged requests is told: to the page's own origin, or where the app says `true`.
pub const fn tells_xsrf(wish: XsrfWish, is_same_origin: bool) -> bool {
    matches!(wish, XsrfWish::Yes) || matches!(wish, XsrfWish::Unsaid) && is_same_origin
}
