//! URLs as the caller wrote them.

use std::borrow::Cow;

/// Joins a request to the base URL. What has a scheme, or lies below the base already, stays as it is.
pub fn join<'a>(base: &str, request: &'a str) -> Cow<'a, str> {
    let base = base.trim_end_matches('/');
    if base.is_empty() || has_scheme(request) || is_below(base, request) {
        return Cow::Borrowed(request);
    }
    let path = request.strip_prefix("./").unwrap_or(request).trim_start_matches('/');
    if path.is_empty() {
        return Cow::Owned(base.to_owned());
    }
    let separator = if path.starts_with(['?', '#']) { "" } else { "/" };
    Cow::Owned([base, separator, path].concat())
}

/// Whether `url` is `base` or lies below it, by whole path segments and hosts: `/api2` is not below `/api`.
pub fn is_below(base: &str, url: &str) -> bool {
    url.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Whether a URL begins with a scheme (RFC 3986 §3.1) of two letters or more; one letter is a drive.
pub fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() >= 2
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    })
}

/// Whether a URL is an absolute path and nothing else, so that it stays on the page's origin. The platform reads
/// `\` as `/` and drops tabs and line breaks, so that `/\evil.example` and `/⇥/evil.example` lead elsewhere.
pub fn is_plain_path(url: &str) -> bool {
    url.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\', '\t', '\n', '\r']))
}

/// The path of a URL as asked, without origin, query and fragment: what may be shown without giving a secret away.
pub fn path(url: &str) -> &str {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (before, _) = url.split_at(end);
    let rest = before.find("://").and_then(|at| before.get(at + 3..));
    rest.map_or(before, |rest| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"))
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, is_plain_path, join, path};

    #[test]
    fn a_request_is_joined_to_its_base_once() {
        assert_eq!(join("/api", "/users"), "/api/users");
        assert_eq!(join("/api/", "users"), "/api/users");
        assert_eq!(join("/api", "./users"), "/api/users");
        assert_eq!(join("/api", "/api/users"), "/api/users");
        assert_eq!(join("https://a.example/v1", "users?x=1"), "https://a.example/v1/users?x=1");
        assert_eq!(join("/api", ""), "/api");
        assert_eq!(join("/api", "?page=2"), "/api?page=2");
        assert_eq!(join("", "/users"), "/users");
    }

    #[test]
    fn a_base_matches_whole_segments_and_hosts_only() {
        assert_eq!(join("/api", "/api2/users"), "/api/api2/users");
        assert_eq!(join("https://a.example", "https://a.example.evil/x"), "https://a.example.evil/x");
    }

    #[test]
    fn another_host_without_a_scheme_is_joined_like_a_path() {
        assert_eq!(join("/api", "//evil.example/x"), "/api/evil.example/x");
    }

    #[test]
    fn a_scheme_is_told_from_a_path_with_a_colon() {
        assert!(has_scheme("https://a.example"));
        assert!(has_scheme("blob:x"));
        assert!(!has_scheme("/a:b"));
        assert!(!has_scheme("c:/x"));
        assert!(!has_scheme("1a:x"));
    }

    #[test]
    fn what_the_platform_reads_as_another_host_is_no_plain_path() {
        assert!(is_plain_path("/a"));
        assert!(is_plain_path("/"));
        for url in
            ["//evil.example", "/\\evil.example", "/\t/evil.example", "\t//evil.example", "a", "https://a"]
        {
            assert!(!is_plain_path(url), "{url:?}");
        }
    }

    #[test]
    fn a_path_says_nothing_of_origin_and_query() {
        assert_eq!(path("https://a.example/x/y?token=1#z"), "/x/y");
        assert_eq!(path("https://a.example?token=1"), "/");
        assert_eq!(path("/x?next=https://b.example/y"), "/x");
    }
}
