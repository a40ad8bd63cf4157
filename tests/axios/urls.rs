//! Rules of URLs.

use wasm_api_fetch::axios::url::{
    ABSOLUTE, BASE, END, Facts, Joint, MAY_LEAVE, NO, URL, YES, absolute, tells_xsrf, unslashed,
};

/// What a machine says of a text.
fn reads(machine: impl Fn(u32, u32) -> u32, text: &str) -> bool {
    let mut state = 0;
    for unit in text.encode_utf16().map(u32::from).chain([END]) {
        state = machine(state, unit);
        if state >= YES {
            break;
        }
    }
    assert!(state == YES || state == NO, "no word on {text:?}");
    state == YES
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
    let joint = |bits| Facts(bits).joint();
    assert_eq!(joint(URL), Joint::Url);
    assert_eq!(joint(0), Joint::Url);
    assert_eq!(joint(BASE | URL | MAY_LEAVE), Joint::Both);
    assert_eq!(joint(BASE | MAY_LEAVE), Joint::Base);
    assert_eq!(joint(BASE | URL | ABSOLUTE | MAY_LEAVE), Joint::Url);
    assert_eq!(joint(BASE | URL | ABSOLUTE), Joint::Both);
    assert_eq!(joint(URL | ABSOLUTE), Joint::Url);
}

#[test]
fn the_cookie_is_told_to_the_own_origin_and_where_the_app_says_so() {
    assert!(tells_xsrf(0, true));
    assert!(!tells_xsrf(0, false));
    assert!(tells_xsrf(1, false));
    assert!(!tells_xsrf(2, true), "anything but `true` is no yes");
}
