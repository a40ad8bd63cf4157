//! HTTP methods.

/// Whether a method only reads (RFC 9110 §9.2.1): such a request may be taken back and sent again unseen.
pub fn is_safe(method: &str) -> bool {
    ["GET", "HEAD", "OPTIONS"].iter().any(|safe| safe.eq_ignore_ascii_case(method))
}

/// Whether a body that is given with this method is serialised for the caller.
pub fn takes_payload(method: &str) -> bool {
    ["PATCH", "POST", "PUT", "DELETE"].iter().any(|payload| payload.eq_ignore_ascii_case(method))
}
