//! Compares the users of two sets of tokens by their claims.

use crate::boundary::Claim;

/// How many claims there are: see [`Claim`].
pub const CLAIMS: usize = Claim::COUNT;

/// The claims of a set of tokens that tell its user, each as a hash; 0 if the claim is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity(pub [u64; CLAIMS]);

/// Whether two sets of tokens are the same user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// All claims are the same.
    Same,
    /// A claim that both have is different.
    Different,
    /// Neither: a claim is missing in one of them, or no claim tells the user.
    Unknown,
}

impl Identity {
    /// Compares two users.
    pub fn compare(&self, other: &Self) -> Likeness {
        let mut likeness = if matches!(self.0, [0, ..]) { Likeness::Unknown } else { Likeness::Same };
        for (&one, &other) in self.0.iter().zip(&other.0) {
            if one != other {
                if one != 0 && other != 0 {
                    return Likeness::Different;
                }
                likeness = Likeness::Unknown;
            }
        }
        likeness
    }

    /// Fills in claims that are missing here from earlier tokens of the same user. So if a refresh leaves out the tenant and a later one
    /// names another tenant, that is noticed.
    pub fn remember(&mut self, before: &Self) {
        for (claim, &before) in self.0.iter_mut().zip(&before.0) {
            if *claim == 0 {
                *claim = before;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CLAIMS, Identity, Likeness};

    /// The claims by their places.
    fn identity(claims: &[(usize, u64)]) -> Identity {
        let value = |place| claims.iter().find(|claim| claim.0 == place).map_or(0, |claim| claim.1);
        Identity(std::array::from_fn(value))
    }

    #[test]
    fn users_who_tell_the_same_are_the_same() {
        let ada = identity(&[(0, 1), (1, 2), (4, 3)]);
        assert_eq!(ada.compare(&ada), Likeness::Same);
        assert_eq!(identity(&[(0, 1)]).compare(&identity(&[(0, 1)])), Likeness::Same);
    }

    #[test]
    fn any_claim_that_both_name_tells_two_users_apart() {
        let ada = Identity([1; CLAIMS]);
        for place in 0..CLAIMS {
            let other = Identity(std::array::from_fn(|at| if at == place { 2 } else { 1 }));
            assert_eq!(ada.compare(&other), Likeness::Different, "{place}");
            assert_eq!(ada.compare(&identity(&[(place, 2)])), Likeness::Different, "{place}");
        }
    }

    #[test]
    fn the_same_value_in_another_claim_is_not_the_same() {
        let (one, other) = (identity(&[(0, 1), (2, 5)]), identity(&[(0, 1), (3, 5)]));
        assert_eq!(one.compare(&other), Likeness::Unknown);
    }

    #[test]
    fn a_claim_that_appears_or_goes_tells_nothing() {
        let (ada, more) = (identity(&[(0, 1), (1, 2)]), identity(&[(0, 1), (1, 2), (4, 3)]));
        assert_eq!(ada.compare(&more), Likeness::Unknown);
        assert_eq!(more.compare(&ada), Likeness::Unknown);
    }

    #[test]
    fn who_is_not_named_is_known_as_nobody() {
        let nobody = identity(&[]);
        assert_eq!(nobody.compare(&nobody), Likeness::Unknown);
        assert_eq!(nobody.compare(&identity(&[(0, 1)])), Likeness::Unknown);
        assert_eq!(identity(&[(1, 2)]).compare(&identity(&[(1, 2)])), Likeness::Unknown);
    }

    #[test]
    fn a_claim_that_has_gone_is_remembered() {
        let (first, other) = (identity(&[(0, 1), (4, 3)]), identity(&[(0, 1), (4, 9)]));
        let mut between = identity(&[(0, 1), (7, 5)]);
        between.remember(&first);
        assert_eq!(between, identity(&[(0, 1), (4, 3), (7, 5)]));
        assert_eq!(between.compare(&other), Likeness::Different);
    }
}
