//! How long tokens are valid, and when to refresh them.

use super::time::{Millis, NEVER, Time};

/// When an access token ends and when to refresh it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When it ends; [`NEVER`] if that is not known and only a rejection tells.
    pub expires_at: Time,
    /// From when on a request waits for a refresh.
    pub refresh_at: Time,
}

impl Schedule {
    /// The schedule of a token whose end is not known.
    pub const UNKNOWN: Self = Self { expires_at: NEVER, refresh_at: NEVER };

    /// The schedule of a token that ends at `expires_at` and lasts `lifetime` ms altogether. A leeway that is not shorter than the
    /// lifetime is replaced by half of the lifetime.
    pub fn new(expires_at: Time, lifetime: Millis, leeway: Millis) -> Self {
        let leeway = if leeway < lifetime { leeway } else { lifetime / 2 };
        Self { expires_at, refresh_at: expires_at.saturating_sub(leeway) }
    }
}

/// Converts seconds to ms.
pub fn milliseconds(seconds: f64) -> f64 {
    seconds * 1000.0
}

/// A smaller number is a moment in seconds. As ms this number is in 1973, as seconds in 5138, and tokens are from in between.
const FIRST_MS: f64 = 1e11;

/// A moment in ms since the epoch, from a number that a server or an app gives. A date is in ms; a number may be in seconds.
pub fn moment(number: f64, is_date: bool) -> f64 {
    if !is_date && number.abs() < FIRST_MS { milliseconds(number) } else { number }
}

/// Everything in a reply or a record that tells when an access token ends, in ms; NaN where it says nothing.
#[derive(Clone, Copy, Debug)]
pub struct ExpiryClaims {
    /// Its lifetime, as a record keeps it.
    pub kept_lifetime: f64,
    /// Its lifetime (`expires_in`, RFC 6749 §5.1).
    pub expires_in: f64,
    /// When it ends, by this machine's clock.
    pub end: f64,
    /// When it ends, by the server's clock.
    pub server_end: f64,
    /// When it ends by the JWT, by the server's clock (`exp`, RFC 7519 §4.1.4).
    pub jwt_end: f64,
    /// When it was issued by the JWT, by the server's clock (`iat`, RFC 7519 §4.1.6).
    pub jwt_start: f64,
    /// How far the server's clock is ahead of this machine's, by the reply's `Date` (RFC 9110 §6.6.1).
    pub server_ahead: f64,
    /// Whether it comes from a record, so that the difference between the clocks is not known.
    pub is_stored: bool,
}

/// How long a token lasts and when it ends, in ms; NaN if that is not known.
#[derive(Clone, Copy, Debug)]
pub struct Lifetime {
    /// How long the token was to last when it was given.
    pub length: f64,
    /// When it ends, by this machine's clock.
    pub end: f64,
}

impl ExpiryClaims {
    /// The lifetime of a token that is received at `now`, in ms since the epoch. A length in seconds counts from `now`, so that the
    /// server's clock does not matter. A moment by the server's clock is converted to a length by that clock. A token that was just
    /// received can not have expired: a length that is not positive counts as unknown.
    pub fn lifetime(self, now: f64) -> Lifetime {
        let given = or(self.kept_lifetime, self.expires_in);
        let as_jwt = self.jwt_end - self.jwt_start;
        // If a JWT tells when it was issued, its length is known, whatever the clocks show.
        let is_end_needed = self.jwt_start.is_nan() || self.is_stored;
        let server_end = or(self.server_end, if is_end_needed { self.jwt_end } else { f64::NAN });
        let end = or(self.end, if self.is_stored { server_end } else { f64::NAN });
        if end.is_nan() {
            let server_now = now + or(self.server_ahead, 0.0);
            let known = or(given, or(server_end - server_now, as_jwt));
            let length = if known > 0.0 { known } else { f64::NAN };
            return Lifetime { length, end: now + length };
        }
        // With an end by this machine's clock, the length only decides how soon to refresh.
        let length = if given > 0.0 { given } else { as_jwt };
        Lifetime { length: if length > 0.0 { length } else { (end - now).max(0.0) }, end }
    }
}

/// Everything in a reply or a record that tells when a refresh token ends, in ms; NaN where it says nothing.
#[derive(Clone, Copy, Debug)]
pub struct RefreshExpiryClaims {
    /// Its lifetime.
    pub expires_in: f64,
    /// When it ends, by this machine's clock.
    pub end: f64,
    /// When it ends, by the server's clock.
    pub server_end: f64,
    /// How far the server's clock is ahead of this machine's.
    pub server_ahead: f64,
}

impl RefreshExpiryClaims {
    /// When a refresh token that is received at `now` ends, by this machine's clock, in ms since the epoch; NaN if that is not known.
    pub fn end(self, now: f64) -> f64 {
        let by_server = self.server_end - or(self.server_ahead, 0.0);
        or(now + self.expires_in, or(self.end, by_server))
    }
}

/// A number, or another one if it is NaN.
fn or(number: f64, otherwise: f64) -> f64 {
    if number.is_nan() { otherwise } else { number }
}

#[cfg(test)]
mod tests {
    use super::{ExpiryClaims, RefreshExpiryClaims, Schedule, moment};

    const NOW: f64 = 1_700_000_000_000.0;
    const HOUR: f64 = 3_600_000.0;
    const NOTHING: ExpiryClaims = ExpiryClaims {
        kept_lifetime: f64::NAN,
        expires_in: f64::NAN,
        end: f64::NAN,
        server_end: f64::NAN,
        jwt_end: f64::NAN,
        jwt_start: f64::NAN,
        server_ahead: f64::NAN,
        is_stored: false,
    };

    fn end(claims: ExpiryClaims) -> f64 {
        claims.lifetime(NOW).end - NOW
    }

    /// A JWT that says that it ends in an hour, and was issued an hour ago.
    fn jwt() -> ExpiryClaims {
        ExpiryClaims { jwt_end: NOW + HOUR, jwt_start: NOW - HOUR, ..NOTHING }
    }

    fn is_about(one: f64, other: f64) -> bool {
        (one - other).abs() < 1.0
    }

    #[test]
    fn a_lifetime_counts_from_the_receipt_whatever_the_server_takes_the_time_for() {
        for server_ahead in [-HOUR, 0.0, HOUR] {
            let server_end = NOW + server_ahead + HOUR;
            let claims = ExpiryClaims { expires_in: 60_000.0, server_end, server_ahead, ..NOTHING };
            assert!(is_about(end(claims), 60_000.0));
            assert!(is_about(end(ExpiryClaims { server_ahead, ..jwt() }), 2.0 * HOUR));
        }
    }

    #[test]
    fn a_moment_of_the_server_is_corrected_by_its_date() {
        for server_ahead in [-HOUR, 0.0, HOUR] {
            let server_end = NOW + server_ahead + 60_000.0;
            assert!(is_about(end(ExpiryClaims { server_end, server_ahead, ..NOTHING }), 60_000.0));
            let jwt_end = NOW + server_ahead + 60_000.0;
            let claims = ExpiryClaims { jwt_end, server_ahead, ..NOTHING };
            assert!(is_about(end(claims), 60_000.0), "a JWT that does not say when it was issued");
        }
    }

    #[test]
    fn a_moment_outranks_what_a_jwt_says_and_a_lifetime_outranks_the_moment() {
        let claims = ExpiryClaims { server_end: NOW + 60_000.0, ..jwt() };
        assert!(is_about(end(claims), 60_000.0));
        assert!(is_about(end(ExpiryClaims { expires_in: 1000.0, ..claims }), 1000.0));
        let kept = ExpiryClaims { expires_in: 1000.0, kept_lifetime: 2000.0, ..claims };
        assert!(is_about(end(kept), 2000.0), "a record keeps the lifetime that was given");
    }

    #[test]
    fn a_token_that_was_just_received_is_never_expired() {
        for claims in [
            ExpiryClaims { server_end: NOW - HOUR, ..NOTHING },
            ExpiryClaims { expires_in: 0.0, ..NOTHING },
            ExpiryClaims { expires_in: -1.0, ..jwt() },
            NOTHING,
        ] {
            assert!(end(claims).is_nan(), "{claims:?}");
        }
    }

    #[test]
    fn a_moment_of_this_clock_is_what_it_is() {
        let claims = ExpiryClaims { end: NOW - HOUR, expires_in: 2.0 * HOUR, ..NOTHING };
        assert!(is_about(end(claims), -HOUR));
        assert!(is_about(claims.lifetime(NOW).length, 2.0 * HOUR));
    }

    #[test]
    fn what_a_record_says_of_the_servers_clock_is_taken_by_this_one() {
        let stored = ExpiryClaims { is_stored: true, server_ahead: HOUR, ..NOTHING };
        assert!(is_about(end(ExpiryClaims { server_end: NOW - HOUR, ..stored }), -HOUR));
        let claims = ExpiryClaims { is_stored: true, ..jwt() };
        assert!(is_about(end(claims), HOUR), "a JWT has been there for a while");
        assert!(is_about(claims.lifetime(NOW).length, 2.0 * HOUR));
    }

    #[test]
    fn a_number_is_of_seconds_where_it_could_not_be_of_ms_and_a_date_is_what_it_is() {
        assert!(is_about(moment(NOW / 1000.0, false), NOW));
        assert!(is_about(moment(NOW, false), NOW));
        assert!(is_about(moment(NOW, true), NOW));
        assert!(is_about(moment(-1.0, false), -1000.0));
        assert!(is_about(moment(99_999_999_999.0, false), 99_999_999_999_000.0));
        assert!(is_about(moment(1e11, false), 1e11));
        assert!(is_about(moment(90_000_000_000.0, true), 90_000_000_000.0), "a date of 1972");
        assert!(moment(f64::NAN, false).is_nan());
    }

    #[test]
    fn the_end_of_a_refresh_token_is_read_alike() {
        let nothing = RefreshExpiryClaims {
            expires_in: f64::NAN,
            end: f64::NAN,
            server_end: f64::NAN,
            server_ahead: HOUR,
        };
        assert!(nothing.end(NOW).is_nan());
        let by_server = RefreshExpiryClaims { server_end: NOW, ..nothing };
        assert!(is_about(by_server.end(NOW), NOW - HOUR));
        let no_date = RefreshExpiryClaims { server_ahead: f64::NAN, ..by_server };
        assert!(is_about(no_date.end(NOW), NOW));
        let own = RefreshExpiryClaims { end: NOW + 5.0, ..by_server };
        assert!(is_about(own.end(NOW), NOW + 5.0), "this machine's clock outranks the server's");
        assert!(is_about(RefreshExpiryClaims { expires_in: 60_000.0, ..own }.end(NOW), NOW + 60_000.0));
    }

    #[test]
    fn for_how_long_a_moment_was_given_is_what_a_jwt_says_where_nobody_else_does_and_else_what_is_left() {
        for kept_lifetime in [0.0, -1.0, f64::NAN] {
            let hour = ExpiryClaims { jwt_start: NOW, jwt_end: NOW + HOUR, ..NOTHING };
            let claims = ExpiryClaims { end: NOW + 2.0 * HOUR, kept_lifetime, ..hour };
            assert!(is_about(claims.lifetime(NOW).length, HOUR), "{kept_lifetime}");
            for jwt_end in [NOW, f64::NAN] {
                let claims = ExpiryClaims { jwt_end, ..claims };
                assert!(is_about(claims.lifetime(NOW).length, 2.0 * HOUR), "{kept_lifetime}");
                let over = ExpiryClaims { end: NOW - HOUR, ..claims };
                assert!(is_about(over.lifetime(NOW).length, 0.0), "{kept_lifetime}");
            }
        }
    }

    #[test]
    fn a_token_is_refreshed_a_leeway_before_its_end() {
        let schedule = Schedule::new(601_000, 600_000, 30_000);
        assert_eq!(schedule, Schedule { expires_at: 601_000, refresh_at: 571_000 });
    }

    #[test]
    fn a_leeway_as_long_as_the_lifetime_counts_as_half_of_it() {
        let schedule = Schedule::new(20_000, 20_000, 30_000);
        assert_eq!(schedule, Schedule { expires_at: 20_000, refresh_at: 10_000 });
    }
}
