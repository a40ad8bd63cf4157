//! `WWW-Authenticate` (RFC 9110 §11.6.1): a list of challenges, each a scheme and its parameters.

const WANTED: &[u8] = b"insufficient_scope";

/// Whether one of the challenges says that the token is valid but its scope does not suffice (RFC 6750 §3.1). Schemes and `token68`s
/// have no `=` with a value, and are skipped.
pub fn lacks_scope(challenges: &str) -> bool {
    let mut text = challenges.as_bytes();
    let (mut is_error, mut has_value) = (false, false);
    while let Some((first, rest)) = text.split_first() {
        let is_wanted;
        (is_wanted, text) = match first {
            b' ' | b'\t' => {
                text = rest;
                continue;
            }
            b'=' => {
                has_value = true;
                text = rest;
                continue;
            }
            b',' => (false, rest),
            b'"' => quoted(rest),
            _ => {
                let length = text.iter().take_while(|byte| !b" \t,=\"".contains(byte)).count();
                let (token, rest) = text.split_at_checked(length).unwrap_or_default();
                if !has_value {
                    is_error = token.eq_ignore_ascii_case(b"error");
                    text = rest;
                    continue;
                }
                (token == WANTED, rest)
            }
        };
        if is_wanted && is_error && has_value {
            return true;
        }
        (is_error, has_value) = (false, false);
    }
    false
}

/// Whether a quoted string (RFC 9110 §5.6.4) is the wanted one, and the text after it. A backslash escapes the next character.
fn quoted(mut text: &[u8]) -> (bool, &[u8]) {
    let mut wanted = WANTED.iter();
    let mut is_same = true;
    loop {
        match text {
            [] => return (is_same && wanted.next().is_none(), text),
            [b'"', rest @ ..] => return (is_same && wanted.next().is_none(), rest),
            [b'\\', letter, rest @ ..] | [letter, rest @ ..] => {
                is_same &= wanted.next() == Some(letter);
                text = rest;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lacks_scope;

    #[test]
    fn an_error_parameter_of_any_challenge_counts() {
        for challenge in [
            "Bearer error=\"insufficient_scope\"",
            "Bearer error=insufficient_scope",
            "bearer realm=\"a\", ERROR = \"insufficient_scope\" , scope=\"x\"",
            "Basic realm=\"b\", Bearer realm=\"a\",error=\"insufficient_scope\"",
            "Negotiate dG9rZW4=, Bearer error=\"insufficient\\_scope\"",
            ", ,Bearer error=\"insufficient_scope\"",
            "DPoP algs=\"ES256\", error=\"insufficient_scope\"",
        ] {
            assert!(lacks_scope(challenge), "{challenge}");
        }
    }

    #[test]
    fn the_words_elsewhere_mean_nothing() {
        for challenge in [
            "",
            "Bearer",
            "Bearer error=\"invalid_token\"",
            "Bearer error=\"invalid_token\", error_description=\"not insufficient_scope\"",
            "Bearer realm=\"error=insufficient_scope\"",
            "Bearer realm=\"a\\\", error=\\\"insufficient_scope\", error=\"invalid_token\"",
            "Bearer realm=\"error=\\\"insufficient_scope\\\"\"",
            "insufficient_scope",
            "Bearer error_uri=\"insufficient_scope\"",
            "Bearer error=\"insufficient_scope",
            "Bearer error=",
            "\"\"\"==,,=",
            "Bearer scope=insufficient_scope",
        ] {
            // An unterminated string is read to its end: it says what it says.
            let is_cut = challenge.ends_with("\"insufficient_scope");
            assert_eq!(lacks_scope(challenge), is_cut, "{challenge}");
        }
    }
}
