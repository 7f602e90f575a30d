//! Addresses: everything that can be linked to, in the fragment, without anything of a person; only a code
//! that a phone has scanned brings data, which leave the address at once.

use std::fmt;

use zige_forms::qr::FRAGMENT;

/// A page of the app, by ids of packs, checks, articles and forms.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Route {
    /// `#/`: the programmes.
    #[default]
    Home,
    /// `#/all`: everything is checked at once.
    All,
    /// `#/people`: whose answers are kept on this device.
    People,
    /// `#/search`: programmes, checks and articles by their words.
    Search,
    /// `#/p/<pack>`: a programme.
    Programme {
        /// The pack's id.
        pack: String,
    },
    /// `#/p/<pack>/<check>`: the questions of a check.
    Check {
        /// The pack's id.
        pack: String,
        /// The check's id.
        check: String,
    },
    /// `#/p/<pack>/<check>/result`: its result.
    Result {
        /// The pack's id.
        pack: String,
        /// The check's id.
        check: String,
    },
    /// `#/p/<pack>/article/<name>`: one article.
    Article {
        /// The pack's id.
        pack: String,
        /// The article's name, such as `第六条（一）`.
        article: String,
    },
    /// `#/p/<pack>/<check>/form/<form>`: a form to fill.
    Form {
        /// The pack's id.
        pack: String,
        /// The check's id.
        check: String,
        /// The form's id.
        form: String,
    },
    /// `#/own-form`: an office's own blank form is filled.
    OwnForm,
    /// `#/receive`: codes of a printout are scanned.
    Receive,
    /// `#hand-over=<digits>`: a phone has scanned a code; becomes [`Route::Receive`].
    HandOver(String),
    /// An address that means nothing.
    Unknown,
}

impl Route {
    /// Reads a fragment, with or without `#`, as the browser gives it (percent-encoded).
    #[must_use]
    pub fn parse(fragment: &str) -> Route {
        let path = fragment.trim_start_matches('#').trim_matches('/');
        if let Some(codes) = path.strip_prefix(FRAGMENT) {
            return Route::HandOver(codes.to_owned());
        }
        let parts: Option<Vec<String>> = path.split('/').map(percent_decode).collect();
        let Some(parts) = parts else {
            return Route::Unknown;
        };
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [""] => Route::Home,
            ["all"] => Route::All,
            ["people"] => Route::People,
            ["search"] => Route::Search,
            ["own-form"] => Route::OwnForm,
            ["receive"] => Route::Receive,
            ["p", pack] => Route::Programme {
                pack: (*pack).into(),
            },
            ["p", pack, "article", article] => Route::Article {
                pack: (*pack).into(),
                article: (*article).into(),
            },
            ["p", pack, check] => Route::Check {
                pack: (*pack).into(),
                check: (*check).into(),
            },
            ["p", pack, check, "result"] => Route::Result {
                pack: (*pack).into(),
                check: (*check).into(),
            },
            ["p", pack, check, "form", form] => Route::Form {
                pack: (*pack).into(),
                check: (*check).into(),
                form: (*form).into(),
            },
            _ => Route::Unknown,
        }
    }

    /// The pack that the page belongs to.
    #[must_use]
    pub fn pack(&self) -> Option<&str> {
        match self {
            Route::Programme { pack }
            | Route::Check { pack, .. }
            | Route::Result { pack, .. }
            | Route::Article { pack, .. }
            | Route::Form { pack, .. } => Some(pack),
            _ => None,
        }
    }
}

/// The fragment, with `#`.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Home | Route::Unknown => f.write_str("#/"),
            Route::All => f.write_str("#/all"),
            Route::People => f.write_str("#/people"),
            Route::Search => f.write_str("#/search"),
            Route::OwnForm => f.write_str("#/own-form"),
            // The codes themselves are in no address that the app makes.
            Route::Receive | Route::HandOver(_) => f.write_str("#/receive"),
            Route::Programme { pack } => write!(f, "#/p/{pack}"),
            Route::Check { pack, check } => write!(f, "#/p/{pack}/{check}"),
            Route::Result { pack, check } => write!(f, "#/p/{pack}/{check}/result"),
            Route::Article { pack, article } => write!(f, "#/p/{pack}/article/{article}"),
            Route::Form { pack, check, form } => write!(f, "#/p/{pack}/{check}/form/{form}"),
        }
    }
}

/// `None` when the text is no percent-encoded UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = hex_digit(rest.next()?)?;
            let low = hex_digit(rest.next()?)?;
            bytes.push(high * 16 + low);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_can_be_linked_to() {
        for fragment in [
            "#/",
            "#/all",
            "#/people",
            "#/search",
            "#/receive",
            "#/own-form",
            "#/p/liaoning",
            "#/p/liaoning/trainee",
            "#/p/liaoning/trainee/result",
            "#/p/liaoning/article/第六条（一）",
            "#/p/liaoning/trainee/form/recommendation",
        ] {
            assert_eq!(Route::parse(fragment).to_string(), fragment);
        }
    }

    #[test]
    fn browsers_encode_article_names() {
        assert_eq!(
            Route::parse("#/p/a/article/%E7%AC%AC%E5%85%AD%E6%9D%A1"),
            Route::Article {
                pack: "a".into(),
                article: "第六条".into()
            }
        );
    }

    #[test]
    fn a_scanned_code_goes_to_the_receiving_page_and_out_of_the_address() {
        let route = Route::parse("#hand-over=94431234");
        assert_eq!(route, Route::HandOver("94431234".into()));
        assert_eq!(route.to_string(), "#/receive");
    }

    #[test]
    fn an_address_that_means_nothing_is_said_to_mean_nothing() {
        for fragment in ["#/x", "#/p/a/b/c", "#/p/a/article/%zz", "#/p/a/b/form/c/d"] {
            assert_eq!(Route::parse(fragment), Route::Unknown, "{fragment}");
        }
        assert_eq!(Route::parse(""), Route::Home);
    }
}
