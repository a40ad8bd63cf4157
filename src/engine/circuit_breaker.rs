//! The circuit breaker: prevents refreshes that would be useless.

use super::ids::{Millis, Route, Time};

/// How many routes are remembered. When there are more, the oldest one is forgotten.
const ROUTES: usize = 8;

const FREE: (Route, Time) = (Route(0), 0);

/// Until when there is no refresh: for any request, or for rejected requests with one method and path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CircuitBreaker {
    /// No refresh starts before this, as refreshed tokens were rejected again and again. 0: not tripped.
    all: Time,
    /// Routes where a replay was rejected, and until when a rejection there starts no refresh. 0: a free place.
    routes: [(Route, Time); ROUTES],
}

impl CircuitBreaker {
    pub(super) const fn new() -> Self {
        Self { all: 0, routes: [FREE; ROUTES] }
    }

    /// Trips for all refreshes, for `pause` ms. If it has tripped and no request has succeeded since, nothing changes.
    pub(super) fn trip(&mut self, now: Time, pause: Millis) {
        if self.all == 0 {
            self.all = now.saturating_add(pause);
        }
    }

    /// Whether no refresh at all may start.
    pub(super) fn is_open(&self, now: Time) -> bool {
        now < self.all
    }

    /// A request with the current tokens has succeeded: refreshes may start again.
    pub(super) fn close(&mut self) {
        self.all = 0;
    }

    /// A replay to this route was rejected.
    pub(super) fn trip_route(&mut self, route: Option<Route>, until: Time) {
        let Some(route) = route else { return };
        self.close_for(route);
        if let Some(place) = self.routes.iter_mut().min_by_key(|(_, until)| *until) {
            *place = (route, until);
        }
    }

    /// Whether a rejection from this route starts no refresh.
    pub(super) fn is_open_for(&self, now: Time, route: Option<Route>) -> bool {
        self.routes.iter().any(|(barred, until)| Some(*barred) == route && now < *until)
    }

    /// A request to this route has succeeded.
    pub(super) fn close_for(&mut self, route: Route) {
        for (barred, until) in &mut self.routes {
            if *barred == route {
                *until = 0;
            }
        }
    }

    /// There are tokens of another login, which may be accepted everywhere.
    pub(super) fn forget_routes(&mut self) {
        self.routes = [FREE; ROUTES];
    }

    pub(super) fn has_routes(&self) -> bool {
        self.routes.iter().any(|(_, until)| *until > 0)
    }
}
