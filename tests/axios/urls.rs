//! Rules of URLs.

use wasm_api_fetch::axios::url::{absolute, tells_xsrf, unslashed};
use wasm_api_fetch::boundary::{UrlJoint, UrlParts, UrlScan, UrlUnit, XsrfWish};

/// What a machine says of a text.
fn reads(machine: impl Fn(u32, u32) -> u32, text: &str) -> bool {
    const FOUND: u32 = UrlScan::Found as u32;
    const NOT_FOUND: u32 = UrlScan::NotFound as u32;
    let mut state = UrlScan::Start as u32;
    for unit in text.encode_utf16().map(u32::from).chain([UrlUnit::of([0, 1]).0]) {
        state = machine(state, unit);
        if state == FOUND || state == NOT_FOUND {
            break;
        }
    }
    assert!(state == FOUND || state == NOT_FOUND, "no word on {text:?}");
    state == FOUND
}

#[test]
fn a_scheme_or_two_slashes_make_a_url_absolute() {
    for url in ["http://a", "HTTPS://a", "a+b-1.c://x", "//a", "file:///x", "z://"] {
        assert!(reads(absolute, url), "{url}");
    }
    for url in [
        "", "/", "/a//b", "a", "a/b", "http:/a", "http:a", "data:x,y", "1a://b", "+a://b", ":", "://a",
        "é://a",
    ] {
        assert!(!reads(absolute, url), "{url}");
    }
    for url in ["a:b://c", "a:/b/c", "/:/a", "a /:/b"] {
        assert!(!reads(absolute, url), "{url}");
    }
}

#[test]
fn http_without_its_slashes_is_noticed_however_it_is_written() {
    for url in
        ["http:a", "https:a", "http:/a", "HTTPS:/a", "http:", "https:/", " http:a", "\u{1}\u{20}ht\ttp:\n/a"]
    {
        assert!(reads(unslashed, url), "{url:?}");
    }
    for url in [
        "",
        " ",
        "http",
        "https",
        "httpss:a",
        "http://a",
        "https://",
        "ht\ttps:/\n/a",
        "/http:a",
        "ahttp:a",
        "http :a",
        "htt:a",
        "httpx:a",
        "ftp:a",
        "s:a",
        "http//a",
        "//a",
    ] {
        assert!(!reads(unslashed, url), "{url:?}");
    }
}

#[test]
fn a_url_is_joined_to_its_base_unless_it_leaves_it() {
    const BASE: u32 = UrlParts::of([1, 0, 0, 0]).0;
    const URL: u32 = UrlParts::of([0, 1, 0, 0]).0;
    const ABSOLUTE: u32 = UrlParts::of([0, 0, 1, 0]).0;
    const MAY_LEAVE: u32 = UrlParts::of([0, 0, 0, 1]).0;
    let joint = |bits| UrlParts(bits).joint();
    assert_eq!(joint(URL), UrlJoint::Url);
    assert_eq!(joint(0), UrlJoint::Url);
    assert_eq!(joint(BASE | URL | MAY_LEAVE), UrlJoint::Both);
    assert_eq!(joint(BASE | MAY_LEAVE), UrlJoint::Base);
    assert_eq!(joint(BASE | URL | ABSOLUTE | MAY_LEAVE), UrlJoint::Url);
    assert_eq!(joint(BASE | URL | ABSOLUTE), UrlJoint::Both);
    assert_eq!(joint(URL | ABSOLUTE), UrlJoint::Url);
}

#[test]
fn the_cookie_is_told_to_the_own_origin_and_where_the_app_says_so() {
    assert!(tells_xsrf(XsrfWish::Unsaid, true));
    assert!(!tells_xsrf(XsrfWish::Unsaid, false));
    assert!(tells_xsrf(XsrfWish::Yes, false));
    assert!(!tells_xsrf(XsrfWish::Other, true), "anything but `true` is no yes");
}
