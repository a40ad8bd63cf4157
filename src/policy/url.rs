//! URLs as text, as the caller wrote them.

/// How a request's URL is joined to its base URL. Only ASCII is cut off, so that the numbers are right in UTF-8 and in UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// How much of the base's end is cut off.
    pub cut_base: usize,
    /// How much of the request's start is cut off.
    pub cut_request: usize,
    /// Whether a slash comes between.
    pub has_slash: bool,
}

impl Joint {
    /// The same for owned texts; `None` also if one of them is missing.
    #[inline(never)]
    pub fn between(base: Option<String>, request: Option<String>) -> Option<Self> {
        Self::of(&base?, &request?)
    }

    /// How a request is joined; `None` if it stays as it is, because it has a scheme or is below the base already.
    pub fn of(base: &str, request: &str) -> Option<Self> {
        let kept = trim_end(base);
        if kept.is_empty() || has_scheme(request) || is_below(kept.as_bytes(), request.as_bytes()) {
            return None;
        }
        let path = request.strip_prefix("./").or_else(|| request.strip_prefix('/')).unwrap_or(request);
        Some(Self {
            cut_base: base.len() - kept.len(),
            cut_request: request.len() - path.len(),
            has_slash: !matches!(request, "" | "/"),
        })
    }
}

fn trim_end(mut path: &str) -> &str {
    while let Some(rest) = path.strip_suffix('/') {
        path = rest;
    }
    path
}

/// Whether `url` is `base` or lies below it, by whole path segments and hosts: `/api2` is not below `/api`.
fn is_below(base: &[u8], url: &[u8]) -> bool {
    url.strip_prefix(base).is_some_and(|rest| matches!(rest.first(), None | Some(b'/' | b'?' | b'#')))
}

/// Whether a URL begins with a scheme (RFC 3986 §3.1) of at least two letters. A single letter is a drive of Windows.
fn has_scheme(url: &str) -> bool {
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    let length = url.bytes().take_while(is_of_scheme).count();
    length >= 2 && url.as_bytes().get(length) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::{Joint, has_scheme};

    fn join(base: &str, request: &str) -> Option<String> {
        let joint = Joint::of(base, request)?;
        let base = base.get(..base.len() - joint.cut_base)?;
        let slash = if joint.has_slash { "/" } else { "" };
        Some([base, slash, request.get(joint.cut_request..)?].concat())
    }

    #[test]
    fn a_request_is_joined_to_its_base_once() {
        assert_eq!(join("/api", "/users").as_deref(), Some("/api/users"));
        assert_eq!(join("/api/", "users").as_deref(), Some("/api/users"));
        assert_eq!(join("/api", "./users").as_deref(), Some("/api/users"));
        assert_eq!(join("/api", "/api/users"), None);
        assert_eq!(
            join("https://a.example/v1", "users?x=1").as_deref(),
            Some("https://a.example/v1/users?x=1")
        );
        assert_eq!(join("/api", "").as_deref(), Some("/api"));
        assert_eq!(join("/api", "/").as_deref(), Some("/api"));
        assert_eq!(join("/api/", "?page=2").as_deref(), Some("/api/?page=2"));
        assert_eq!(join("", "/users"), None);
    }

    #[test]
    fn a_base_matches_whole_segments_and_hosts_only() {
        assert_eq!(join("/api", "/api2/users").as_deref(), Some("/api/api2/users"));
        assert_eq!(join("https://a.example", "https://a.example.evil/x"), None);
    }

    #[test]
    fn another_host_without_a_scheme_is_joined_like_a_path() {
        assert_eq!(join("/api", "//evil.example/x").as_deref(), Some("/api//evil.example/x"));
    }

    #[test]
    fn a_scheme_is_told_from_a_path_with_a_colon() {
        assert!(has_scheme("https://a.example"));
        assert!(has_scheme("blob:x"));
        assert!(!has_scheme("/a:b"));
        assert!(!has_scheme("c:/x"));
    }
}
