//! The breaker: what keeps a refresh back that would lead to nothing.

use super::ids::{Millis, Route, Time};

/// How many routes are remembered; the oldest makes way.
const ROUTES: usize = 8;

const FREE: (Route, Time) = (Route(0), 0);

/// Until when there is to be no refresh: for nobody, or for the rejected requests of one method and path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CircuitBreaker {
    /// Refreshes whose tokens are rejected again and again stop until then. 0: it has not tripped.
    all: Time,
    /// Where a replay was rejected, and until when new tokens are taken not to help there; 0: a free place.
    routes: [(Route, Time); ROUTES],
}

impl CircuitBreaker {
    pub(super) const fn new() -> Self {
        Self { all: 0, routes: [FREE; ROUTES] }
    }

    /// Bars all refreshes for `pause` ms. Where they are, or were, barred already, that bar stays as it is.
    pub(super) fn trip(&mut self, now: Time, pause: Millis) {
        if self.all == 0 {
            self.all = now.saturating_add(pause);
        }
    }

    /// Whether no refresh at all may start.
    pub(super) fn is_open(&self, now: Time) -> bool {
        now < self.all
    }

    /// A request with the current tokens has succeeded.
    pub(super) fn close(&mut self) {
        self.all = 0;
    }

    /// A replay was rejected there.
    pub(super) fn trip_route(&mut self, route: Option<Route>, until: Time) {
        let Some(route) = route else { return };
        self.close_for(route);
        if let Some(place) = self.routes.iter_mut().min_by_key(|(_, until)| *until) {
            *place = (route, until);
        }
    }

    /// Whether a rejection there is no reason for a refresh.
    pub(super) fn is_open_for(&self, now: Time, route: Option<Route>) -> bool {
        self.routes.iter().any(|(barred, until)| Some(*barred) == route && now < *until)
    }

    /// A request has succeeded there.
    pub(super) fn close_for(&mut self, route: Route) {
        for (barred, until) in &mut self.routes {
            if *barred == route {
                *until = 0;
            }
        }
    }

    /// Another login: nothing is known of its tokens.
    pub(super) fn forget_routes(&mut self) {
        self.routes = [FREE; ROUTES];
    }

    pub(super) fn has_routes(&self) -> bool {
        self.routes.iter().any(|(_, until)| *until > 0)
    }
}
