//! What was asked for, made ready to be sent as often as need be: bodies are encoded and URLs joined here, once.

use std::rc::Rc;

use js_sys::{Array, Function, JsString, Object};
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::{Call, Shape};
use crate::engine::Code;
use crate::error::{self, Parts, type_error};
use crate::instance::Instance;
use crate::options::{check_rest, response_type};
use crate::policy::body::{self, Kind};
use crate::policy::{method, url};
use crate::session::Member;
use crate::web::platform::{self, AbortSignal, Headers, Options, Request};
use crate::web::text;

const NOTHING: &JsValue = &JsValue::UNDEFINED;

/// A request, ready to be sent.
pub(crate) struct Prepared {
    /// What the caller gave.
    pub(crate) input: JsValue,
    pub(crate) options: JsValue,
    /// The URL as asked, joined to its base.
    pub(crate) url: String,
    /// `None`: GET.
    pub(crate) method: Option<JsString>,
    /// The session that it goes with; `None`: it carries no token.
    pub(crate) session: Option<Rc<Member>>,
    pub(crate) fetch: Option<Function>,
    target: Target,
    own_method: Option<JsString>,
    rest: JsValue,
    headers: Option<Headers>,
    body: JsValue,
    pub(crate) signal: Option<AbortSignal>,
    pub(crate) response_type: Option<String>,
    pub(crate) ignore_response_error: bool,
    pub(crate) is_safe: bool,
    pub(crate) is_replayable: bool,
}

/// What `fetch` is called with.
enum Target {
    /// A URL, or whatever else the platform understands.
    Plain(JsValue),
    /// A `Request`: each sending takes a copy, so that its body can be sent again and the caller's stays unused.
    Request(Request),
}

impl Prepared {
    /// Reads the caller's input and options; what is wrong with them is thrown before anything is sent.
    pub(crate) fn read(call: &Call, is_of_refresh: bool) -> Result<Self, JsValue> {
        let instance = &call.instance;
        let options = match call.shape {
            _ if call.options.is_undefined() => None,
            Shape::Fetch => Some(platform::take_init(&call.options)?),
            Shape::Data | Shape::Raw => Some(platform::take_options(&call.options)?),
        };
        let defaults = (call.shape != Shape::Fetch).then(|| instance.defaults());
        let kind = platform::input_kind(&call.input)?;
        let request = (kind == 1).then(|| call.input.unchecked_ref::<Request>());
        let url = match request {
            Some(request) => request.url(),
            None if kind == 0 => call.input.clone().unchecked_into(),
            None => platform::string_of(&call.input)?,
        };
        let mut url = String::from(url);
        if let Some(base) = defaults.and_then(|_| base_url(instance, options.as_ref())).filter(|_| kind == 0)
        {
            url = url::join(&base, &url).into_owned();
        }
        let own = options.as_ref();
        let own_method = own.and_then(Options::method).or_else(|| defaults?.method.clone());
        let own_method = if call.shape == Shape::Fetch { own_method } else { own_method.map(upper_case) };
        let method = own_method.clone().or_else(|| Some(request?.method()));
        let method_name = method.as_ref().map_or_else(|| "GET".to_owned(), String::from);
        let signal = own.and_then(Options::signal).or_else(|| defaults?.signal.clone());
        let ignore = own.map(Options::ignore_response_error).filter(|value| !value.is_undefined());
        let mut prepared = Self {
            input: call.input.clone(),
            options: call.options.clone(),
            session: None,
            fetch: instance.fetch().cloned(),
            target: match request {
                Some(_) => Target::Request(call.input.clone().unchecked_into()),
                None if kind == 0 => Target::Plain(JsValue::from_str(&url)),
                None => Target::Plain(call.input.clone()),
            },
            url,
            rest: rest(instance, call.shape, own)?,
            headers: headers(instance, defaults.is_some(), own, request)?,
            body: own.map(Options::body).unwrap_or_default(),
            signal: signal.or_else(|| request?.signal()),
            response_type: match own.map(|own| response_type(&own.response_type())).transpose()?.flatten() {
                None => defaults.and_then(|defaults| defaults.response_type.clone()),
                given => given,
            },
            ignore_response_error: match ignore {
                Some(value) => value.is_truthy(),
                None => defaults.is_some_and(|defaults| defaults.ignore_response_error),
            },
            is_safe: method::is_safe(&method_name),
            is_replayable: true,
            method,
            own_method,
        };
        if !is_of_refresh {
            prepared.session = prepared.find_session(call, own)?;
        }
        prepared.encode(call.shape, &method_name)?;
        Ok(prepared)
    }

    /// The session, unless the request goes without: by wish, to a foreign origin, or with credentials of its own.
    fn find_session(&self, call: &Call, own: Option<&Options>) -> Result<Option<Rc<Member>>, JsValue> {
        let wish = own.map(Options::session).unwrap_or_default();
        if !wish.is_undefined() && wish.as_bool().is_none() {
            return Err(type_error("session can only be true or false for a single request"));
        }
        let Some(member) = call.instance.session() else { return Ok(None) };
        if wish.as_bool() == Some(false) || !call.instance.may_send_tokens_to(&self.url) {
            return Ok(None);
        }
        let has_own = |headers: &Headers| text::AUTHORIZATION.with(|name| headers.get(name));
        if self.headers.as_ref().map(has_own).transpose()?.flatten().is_some() {
            return Ok(None);
        }
        if member.is_disposed() {
            let parts = Parts { method: self.method.as_ref(), url: &self.url, ..Parts::default() };
            return Err(error::denied(Code::SignedOut, &parts));
        }
        Ok(Some(Rc::clone(member)))
    }

    /// Serialises the body, and fixes it: the caller may change it while the request waits.
    fn encode(&mut self, shape: Shape, method_name: &str) -> Result<(), JsValue> {
        if self.body.is_undefined() || self.body.is_null() {
            return Ok(());
        }
        let kind = Kind::from(platform::body_kind(&self.body)?);
        self.is_replayable = kind.is_replayable();
        if shape != Shape::Fetch && self.body.is_truthy() && method::takes_payload(method_name) {
            self.serialise(kind)?;
        }
        if self.session.is_none() {
            return Ok(());
        }
        match kind {
            Kind::Bytes => self.body = platform::copy_bytes(&self.body)?,
            Kind::Form | Kind::Params => {
                // A request of its own draws the form's boundary once and knows the content type.
                let Target::Plain(url) = &self.target else { return Ok(()) };
                let headers: &JsValue = self.headers.as_ref().map_or(NOTHING, AsRef::as_ref);
                let method = self.own_method.take();
                let method = method.as_ref().map_or(NOTHING, AsRef::as_ref);
                let init = platform::build_init(&self.rest, method, headers, &self.body, NOTHING);
                let request = platform::make_request(url, &init)?;
                self.headers = Some(platform::merge_headers(&request.headers(), NOTHING)?);
                self.target = Target::Request(request);
                self.body = JsValue::UNDEFINED;
                self.rest = JsValue::UNDEFINED;
            }
            _ => {}
        }
        Ok(())
    }

    fn serialise(&mut self, kind: Kind) -> Result<(), JsValue> {
        if kind == Kind::Stream {
            self.rest = with_duplex(&self.rest);
        }
        if !kind.is_json() {
            return Ok(());
        }
        let headers = match self.headers.take() {
            Some(headers) => headers,
            None => Headers::new(),
        };
        let content_type = text::CONTENT_TYPE.with(|name| headers.get(name))?;
        if kind == Kind::Plain {
            let given = content_type.as_ref().map(String::from);
            self.body = if body::wants_form(given.as_deref()) {
                platform::encode_form(&self.body)?
            } else {
                platform::encode_json(&self.body)?
            };
        }
        text::JSON.with(|json| -> Result<(), JsValue> {
            if content_type.is_none() {
                text::CONTENT_TYPE.with(|name| headers.set(name, json));
            }
            text::ACCEPT.with(|name| {
                if headers.get(name)?.is_none() {
                    headers.set(name, json);
                }
                Ok(())
            })
        })?;
        self.headers = Some(headers);
        Ok(())
    }

    /// What `fetch` is to be called with, this time: a fresh copy of everything that a sending uses up or adds to.
    pub(crate) fn sending(&self, bearer: Option<&JsString>) -> Result<(JsValue, JsValue), JsValue> {
        let own: &JsValue = self.headers.as_ref().map_or(NOTHING, AsRef::as_ref);
        let headers = match bearer {
            None => own.clone(),
            Some(bearer) => {
                let headers =
                    if own.is_undefined() { Headers::new() } else { platform::merge_headers(own, NOTHING)? };
                text::AUTHORIZATION.with(|name| headers.set(name, bearer));
                headers.into()
            }
        };
        let input = match &self.target {
            Target::Plain(input) => input.clone(),
            Target::Request(request) => request.clone()?,
        };
        let method = self.own_method.as_ref().map_or(NOTHING, AsRef::as_ref);
        let signal: &JsValue = self.signal.as_ref().map_or(NOTHING, AsRef::as_ref);
        Ok((input, platform::build_init(&self.rest, method, &headers, &self.body, signal)))
    }

    pub(crate) fn is_head(&self) -> bool {
        self.method.as_ref().is_some_and(|method| String::from(method).eq_ignore_ascii_case("HEAD"))
    }

    /// Why the caller gave up.
    pub(crate) fn abort_reason(&self) -> JsValue {
        self.signal.as_ref().map(AbortSignal::reason).unwrap_or_default()
    }
}

fn base_url(instance: &Instance, own: Option<&Options>) -> Option<String> {
    let own = own.map(Options::base_url).filter(|base| !base.is_undefined());
    own.map_or_else(|| instance.defaults().base_url.clone(), |base| base.as_string())
}

/// What is for `fetch` alone: the call's over the defaults'.
fn rest(instance: &Instance, shape: Shape, own: Option<&Options>) -> Result<JsValue, JsValue> {
    let own = own.map(Options::rest).unwrap_or_default();
    if shape == Shape::Fetch {
        return Ok(own);
    }
    let own = check_rest(own)?;
    let defaults = &instance.defaults().rest;
    if defaults.is_undefined() {
        return Ok(own);
    }
    Ok(platform::assemble(&[defaults.clone(), own].into_iter().collect(), &Array::new()))
}

fn headers(
    instance: &Instance,
    with_defaults: bool,
    own: Option<&Options>,
    request: Option<&Request>,
) -> Result<Option<Headers>, JsValue> {
    let mut given = own.map(Options::headers).unwrap_or_default();
    if let Some(request) = request.filter(|_| given.is_undefined()) {
        given = request.headers();
    }
    let defaults = if with_defaults { instance.defaults().headers.clone() } else { JsValue::UNDEFINED };
    if given.is_falsy() && defaults.is_falsy() {
        return Ok(None);
    }
    platform::merge_headers(&defaults, &given).map(Some)
}

fn upper_case(method: JsString) -> JsString {
    let name = String::from(&method);
    if name.bytes().any(|byte| byte.is_ascii_lowercase()) { name.to_ascii_uppercase().into() } else { method }
}

/// A stream as a body needs `duplex` (Fetch, `RequestInit`), which the caller may have given.
fn with_duplex(rest: &JsValue) -> JsValue {
    let duplex = Object::new();
    error::put(&duplex, "duplex", &JsValue::from_str("half"));
    platform::assemble(&[duplex.into(), rest.clone()].into_iter().collect(), &Array::new())
}
