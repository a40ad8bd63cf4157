//! How long tokens are good, and when to refresh them.

use super::time::{Millis, NEVER, Time};

/// When an access token ends and when to refresh it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// When it ends; [`NEVER`]: only a rejection tells.
    pub expires_at: Time,
    /// From when on a request first refreshes.
    pub refresh_at: Time,
}

impl Life {
    /// The life of a token of which no end is known.
    pub const UNKNOWN: Self = Self { expires_at: NEVER, refresh_at: NEVER };

    /// The life of a token that ends at `expires_at` and was given for `lifetime` ms. A leeway that is not shorter than the
    /// lifetime counts as half of it.
    pub fn new(expires_at: Time, lifetime: Millis, leeway: Millis) -> Self {
        let leeway = if leeway < lifetime { leeway } else { lifetime / 2 };
        Self { expires_at, refresh_at: expires_at.saturating_sub(leeway) }
    }
}

/// What a reply, or a record, says of an access token's time, in ms; NaN: nothing.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// For how long it was given (`expires_in`, RFC 6749 §5.1).
    pub lifetime: f64,
    /// When it ends, by this machine's clock.
    pub end: f64,
    /// When it ends, by the server's clock.
    pub server_end: f64,
    /// How far that clock is ahead of this machine's, by the reply's `Date` (RFC 9110 §6.6.1).
    pub server_ahead: f64,
    /// For how long it was given, as a JWT (`exp` − `iat`, RFC 7519 §4.1).
    pub jwt_lifetime: f64,
}

/// From the receipt to the end, in ms; NaN: nobody knows.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// For how long the token was given.
    pub lifetime: f64,
    /// When it ends, by this machine's clock.
    pub end: f64,
}

impl Told {
    /// The time of a token that is received now. A lifetime counts from the receipt, by this clock alone. A moment of the server's
    /// is a lifetime by its own clock. A token that was just received is never expired: no lifetime is none that is known.
    pub fn span(self, now: f64) -> Span {
        let server_now = now + or(self.server_ahead, 0.0);
        if self.end.is_nan() {
            let known = or(self.lifetime, or(self.server_end - server_now, self.jwt_lifetime));
            let lifetime = if known > 0.0 { known } else { f64::NAN };
            return Span { lifetime, end: now + lifetime };
        }
        // A moment of this clock is what it is; for how long it was given only says how soon to refresh.
        let lifetime = if self.lifetime > 0.0 { self.lifetime } else { self.jwt_lifetime };
        Span { lifetime: if lifetime > 0.0 { lifetime } else { (self.end - now).max(0.0) }, end: self.end }
    }
}

/// A number, or, where that is NaN, another.
fn or(number: f64, otherwise: f64) -> f64 {
    if number.is_nan() { otherwise } else { number }
}

#[cfg(test)]
mod tests {
    use super::{Life, Told};

    const NOW: f64 = 1_000_000_000.0;
    const HOUR: f64 = 3_600_000.0;
    const NOTHING: Told = Told {
        lifetime: f64::NAN,
        end: f64::NAN,
        server_end: f64::NAN,
        server_ahead: f64::NAN,
        jwt_lifetime: f64::NAN,
    };

    fn end(told: Told) -> f64 {
        told.span(NOW).end - NOW
    }

    #[test]
    fn a_lifetime_counts_from_the_receipt_whatever_the_server_takes_the_time_for() {
        for server_ahead in [-HOUR, 0.0, HOUR] {
            let told =
                Told { lifetime: 60_000.0, server_end: NOW + server_ahead + HOUR, server_ahead, ..NOTHING };
            assert!((end(told) - 60_000.0).abs() < 1.0);
        }
        assert!((end(Told { jwt_lifetime: HOUR, ..NOTHING }) - HOUR).abs() < 1.0);
    }

    #[test]
    fn a_moment_of_the_server_is_corrected_by_its_date() {
        for server_ahead in [-HOUR, 0.0, HOUR] {
            let told = Told { server_end: NOW + server_ahead + 60_000.0, server_ahead, ..NOTHING };
            assert!((end(told) - 60_000.0).abs() < 1.0);
        }
    }

    #[test]
    fn a_moment_outranks_what_a_jwt_says_and_a_lifetime_outranks_the_moment() {
        let told = Told { server_end: NOW + 60_000.0, jwt_lifetime: HOUR, ..NOTHING };
        assert!((end(told) - 60_000.0).abs() < 1.0);
        assert!((end(Told { lifetime: 1000.0, ..told }) - 1000.0).abs() < 1.0);
    }

    #[test]
    fn a_token_that_was_just_received_is_never_expired() {
        for told in [
            Told { server_end: NOW - HOUR, ..NOTHING },
            Told { lifetime: 0.0, ..NOTHING },
            Told { lifetime: -1.0, jwt_lifetime: HOUR, ..NOTHING },
            NOTHING,
        ] {
            assert!(end(told).is_nan(), "{told:?}");
        }
    }

    #[test]
    fn a_moment_of_this_clock_is_what_it_is() {
        let told = Told { end: NOW - HOUR, lifetime: 2.0 * HOUR, ..NOTHING };
        assert!((end(told) + HOUR).abs() < 1.0);
        assert!((told.span(NOW).lifetime - 2.0 * HOUR).abs() < 1.0);
    }

    #[test]
    fn for_how_long_a_moment_was_given_is_what_a_jwt_says_where_nobody_else_does_and_else_what_is_left() {
        for lifetime in [0.0, -1.0, f64::NAN] {
            let told = Told { end: NOW + 2.0 * HOUR, lifetime, jwt_lifetime: HOUR, ..NOTHING };
            assert!((told.span(NOW).lifetime - HOUR).abs() < 1.0, "{lifetime}");
            for jwt_lifetime in [0.0, f64::NAN] {
                let told = Told { jwt_lifetime, ..told };
                assert!((told.span(NOW).lifetime - 2.0 * HOUR).abs() < 1.0, "{lifetime}");
                assert!(Told { end: NOW - HOUR, ..told }.span(NOW).lifetime.abs() < 1.0, "{lifetime}");
            }
        }
    }

    #[test]
    fn a_token_is_refreshed_a_leeway_before_its_end() {
        let life = Life::new(601_000, 600_000, 30_000);
        assert_eq!(life, Life { expires_at: 601_000, refresh_at: 571_000 });
    }

    #[test]
    fn a_leeway_as_long_as_the_lifetime_counts_as_half_of_it() {
        let life = Life::new(20_000, 20_000, 30_000);
        assert_eq!(life, Life { expires_at: 20_000, refresh_at: 10_000 });
    }
}
