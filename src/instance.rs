//! An instance: its defaults, and the session that it belongs to.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::options::{Options, SessionOptions};
use crate::pipeline;
use crate::policy::url;
use crate::session::{Member, SessionHandle};
use crate::web::call::{Call, origin_of, page_origin};

/// What `createApiFetch` makes; the shell puts a callable around it.
pub(crate) struct Instance {
    session: Option<Rc<Member>>,
    origins: Origins,
}

/// The only origins that ever get a token.
#[derive(Clone, Default)]
struct Origins {
    /// One a line.
    list: String,
    /// Whether the app named them: then base URLs add none.
    are_given: bool,
    /// Whether the page's own is among them, to which plain paths lead.
    has_page: bool,
}

impl Origins {
    fn new(given: Option<String>) -> Self {
        let page = page_origin();
        let are_given = given.is_some();
        let mut origins = Self { list: given.unwrap_or_else(|| page.clone()), are_given, has_page: false };
        origins.has_page = origins.has(&page);
        origins
    }

    fn add_base(&mut self, base_url: &str) {
        if !self.are_given {
            self.list = [&self.list, "\n", &origin_of(base_url)].concat();
        }
    }

    fn each(&self) -> impl Iterator<Item = &[u8]> {
        self.list.as_bytes().split(|byte| *byte == b'\n').filter(|origin| !origin.is_empty())
    }

    fn has(&self, origin: &str) -> bool {
        self.each().any(|listed| listed == origin.as_bytes())
    }

    /// Judged by the URL as asked. The platform's own reading decides; the two tests before it only save its cost.
    fn hold(&self, asked: &str, is_at_home: bool) -> bool {
        if is_at_home && url::is_plain_path(asked) {
            return self.has_page;
        }
        self.each().any(|origin| url::is_below(origin, asked.as_bytes())) || self.has(&origin_of(asked))
    }
}

impl Instance {
    /// An instance with these defaults; a child has its parent's session, or one of its own, and never a mixture.
    fn create(defaults: &Options, parent: Option<&Self>, bare_api: Function) -> Result<Rc<Self>, JsValue> {
        let base_url = defaults.base_url().unwrap_or_default();
        let own = defaults.session();
        let (session, mut origins) = if own.is_undefined() {
            parent
                .map(|parent| (parent.session().map(Member::child), parent.origins.clone()))
                .unwrap_or_default()
        } else if own.as_bool() == Some(false) {
            <_>::default()
        } else {
            let options = SessionOptions::read(&own, &base_url)?;
            let origins = Origins::new(options.origins.clone());
            (Some(Member::join(options, defaults.fetch(), bare_api)), origins)
        };
        origins.add_base(&base_url);
        Ok(Rc::new(Self { session, origins }))
    }

    pub(crate) fn session(&self) -> Option<&Member> {
        self.session.as_deref()
    }

    /// Whether a request to this URL may carry a token.
    pub(crate) fn may_send_tokens_to(&self, asked: &str, is_at_home: bool) -> bool {
        self.origins.hold(asked, is_at_home)
    }
}

/// An instance, as the shell holds it.
#[wasm_bindgen(js_name = Instance)]
pub struct InstanceHandle(Rc<Instance>);

#[wasm_bindgen(js_class = Instance)]
impl InstanceHandle {
    /// An instance with these defaults. `bare_api` makes the same instance without its session, for a refresh function.
    ///
    /// # Errors
    ///
    /// A `TypeError` that names the option that is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(defaults: &Options, bare_api: Function) -> Result<Self, JsValue> {
        Instance::create(defaults, None, bare_api).map(Self)
    }

    /// A child with these defaults, its parent's among them.
    ///
    /// # Errors
    ///
    /// A `TypeError` that names the option that is wrong.
    pub fn child(&self, defaults: &Options, bare_api: Function) -> Result<Self, JsValue> {
        Instance::create(defaults, Some(&self.0), bare_api).map(Self)
    }

    /// Answers a call.
    pub fn start(&self, call: Call) {
        // Asked now: the request itself may start only after the refresh function has gone on.
        let is_of_refresh = self.0.session().is_some_and(|member| member.host().is_in_refresh_function());
        pipeline::start(Rc::clone(&self.0), call, is_of_refresh);
    }

    /// The session, if there is one.
    pub fn session(&self) -> Option<SessionHandle> {
        self.0.session.clone().map(SessionHandle::new)
    }
}
