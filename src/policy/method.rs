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
