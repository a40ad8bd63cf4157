//! HTTP methods.

use crate::boundary::Method;

impl Method {
    /// Whether it only reads (RFC 9110 §9.2.1): such a request may be taken back and sent again unseen.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }

    /// Whether it comes with a body, and changes something.
    pub fn has_payload(self) -> bool {
        matches!(self, Self::Patch | Self::Post | Self::Put | Self::Delete)
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn what_only_reads_is_safe() {
        for method in [Method::Get, Method::Head, Method::Options] {
            assert!(method.is_safe(), "{method:?}");
        }
        for method in [Method::Payload, Method::Other] {
            assert!(!method.is_safe(), "{method:?}");
        }
    }
}
