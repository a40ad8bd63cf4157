//! HTTP methods.

/// A method. The numbers are the places in `METHODS` of `call.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
    /// A method that comes with a body: `PATCH`, `POST`, `PUT`, `DELETE`.
    Payload,
    /// Any other.
    Other,
}

impl From<u32> for Method {
    fn from(number: u32) -> Self {
        match number {
            0 => Self::Get,
            1 => Self::Head,
            2 => Self::Options,
            3..=6 => Self::Payload,
            _ => Self::Other,
        }
    }
}

impl Method {
    /// Whether it only reads (RFC 9110 §9.2.1): such a request may be taken back and sent again unseen.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }
}
