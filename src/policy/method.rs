//! HTTP methods.

use crate::boundary::Method;

impl Method {
    /// Whether it only reads (RFC 9110 §9.2.1). Such a request may be aborted and sent again without harm.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }

    /// Whether requests with it usually have a body, and change something.
    pub fn has_payload(self) -> bool {
        matches!(self, Self::Patch | Self::Post | Self::Put | Self::Delete)
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::Method;

    const PAYLOAD: [Method; 4] = [Method::Patch, Method::Post, Method::Put, Method::Delete];

    #[test]
    fn what_only_reads_is_safe() {
        for method in [Method::Get, Method::Head, Method::Options] {
            assert!(method.is_safe() && !method.has_payload(), "{method:?}");
        }
        for method in PAYLOAD {
            assert!(!method.is_safe() && method.has_payload(), "{method:?}");
        }
        assert!(!Method::Other.is_safe() && !Method::Other.has_payload());
    }
}
