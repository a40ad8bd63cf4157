//! An instance: its defaults, and the session that it belongs to.

use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::error::type_error;
use crate::options::{Defaults, SessionOptions, as_function};
use crate::pipeline::{self, Call, Shape};
use crate::policy::url;
use crate::session::{Member, SessionHandle};
use crate::web::platform::{self, Caller};

/// What `createApiFetch` makes; the shell puts a callable around it.
pub(crate) struct Instance {
    /// The defaults as given, for children to build on.
    raw: JsValue,
    defaults: Defaults,
    fetch: Option<Function>,
    session: Option<Rc<Member>>,
    origins: Origins,
    /// Makes the callable of an instance.
    wrap: Function,
}

/// The only origins that ever get a token.
#[derive(Clone, Default)]
struct Origins {
    list: Vec<String>,
    /// Whether the app named them: then base URLs add none.
    are_given: bool,
    /// Whether the page's own is among them, to which plain paths lead.
    has_page: bool,
}

impl Origins {
    fn new(given: Option<Vec<String>>) -> Self {
        let page = platform::page_origin();
        let are_given = given.is_some();
        let list = given.unwrap_or_else(|| page.clone().into_iter().collect());
        let has_page = page.is_some_and(|page| list.contains(&page));
        Self { list, are_given, has_page }
    }

    fn add_base(&mut self, base_url: Option<&str>) {
        let origin = base_url.and_then(|base| platform::origin_of(&JsValue::from_str(base)));
        if let Some(origin) = origin.filter(|origin| !self.are_given && !self.list.contains(origin)) {
            self.list.push(origin);
        }
    }

    /// Judged by the URL as asked. The platform's own reading decides; the two tests before it only save its cost.
    fn hold(&self, asked: &str) -> bool {
        if url::is_plain_path(asked) {
            return self.has_page;
        }
        self.list.iter().any(|origin| url::is_below(origin, asked))
            || platform::origin_of(&JsValue::from_str(asked))
                .is_some_and(|origin| self.list.contains(&origin))
    }
}

impl Instance {
    fn create(
        raw: JsValue,
        parent: Option<&Self>,
        custom_fetch: Option<Function>,
        wrap: &Function,
    ) -> Result<Rc<Self>, JsValue> {
        let raw = match parent {
            Some(parent) => {
                platform::assemble(&[parent.raw.clone(), raw].into_iter().collect(), &Array::new())
            }
            None => raw,
        };
        let options = platform::take_options(&raw)?;
        let defaults = Defaults::read(&options)?;
        let fetch = custom_fetch.or(as_function(&options.fetch()));
        if fetch.is_none() && !options.fetch().is_undefined() {
            return Err(type_error("fetch must be a function"));
        }
        let given = options.session();
        let mut instance = Self {
            // A child has its parent's session, or one of its own, and never a mixture of both.
            raw: platform::assemble(
                &[raw].into_iter().collect(),
                &[JsValue::from_str("session")].into_iter().collect(),
            ),
            defaults,
            fetch,
            session: parent.and_then(|parent| parent.session.clone()).filter(|_| given.is_undefined()),
            origins: parent.map(|parent| parent.origins.clone()).unwrap_or_default(),
            wrap: wrap.clone(),
        };
        if !given.is_undefined() && given.as_bool() != Some(false) {
            let base_url = instance.defaults.base_url.as_deref().unwrap_or_default();
            let session = SessionOptions::read(&given, base_url)?;
            instance.origins = Origins::new(session.origins.clone());
            instance.session = Some(Member::join(session, instance.fetch.clone(), instance.bare_api()));
        }
        let base_url = instance.defaults.base_url.clone();
        instance.origins.add_base(base_url.as_deref());
        Ok(Rc::new(instance))
    }

    /// Makes, on demand, the same instance without the session.
    fn bare_api(&self) -> Box<dyn Fn() -> JsValue> {
        let (raw, fetch, wrap) = (self.raw.clone(), self.fetch.clone(), self.wrap.clone());
        Box::new(move || {
            // What has been read once without fault is read again without fault.
            let bare = Self::create(raw.clone(), None, fetch.clone(), &wrap);
            let api = bare.map(InstanceHandle).and_then(|bare| wrap.call1(&JsValue::UNDEFINED, &bare.into()));
            api.unwrap_or_default()
        })
    }

    pub(crate) fn defaults(&self) -> &Defaults {
        &self.defaults
    }

    pub(crate) fn fetch(&self) -> Option<&Function> {
        self.fetch.as_ref()
    }

    pub(crate) fn session(&self) -> Option<&Rc<Member>> {
        self.session.as_ref()
    }

    /// Whether a request to this URL may carry a token.
    pub(crate) fn may_send_tokens_to(&self, asked: &str) -> bool {
        self.origins.hold(asked)
    }

    /// Whether the app's refresh function is just being called: what it asks for at once belongs to the refresh.
    pub(crate) fn is_in_refresh_function(&self) -> bool {
        self.session.as_ref().is_some_and(|member| member.host().is_in_refresh_function())
    }
}

/// An instance, as the shell holds it.
#[wasm_bindgen(js_name = Instance)]
pub struct InstanceHandle(Rc<Instance>);

#[wasm_bindgen(js_class = Instance)]
impl InstanceHandle {
    /// An instance with these defaults. `wrap` makes a callable of an instance.
    ///
    /// # Errors
    ///
    /// A `TypeError` that names the option that is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(defaults: JsValue, wrap: &Function) -> Result<Self, JsValue> {
        Instance::create(defaults, None, None, wrap).map(Self)
    }

    /// A child: these defaults over its parent's, and its parent's session.
    ///
    /// # Errors
    ///
    /// A `TypeError` that names the option that is wrong.
    pub fn create(&self, defaults: JsValue, custom_fetch: &JsValue) -> Result<Self, JsValue> {
        let fetch = as_function(custom_fetch).or_else(|| self.0.fetch.clone());
        Instance::create(defaults, Some(&self.0), fetch, &self.0.wrap).map(Self)
    }

    /// `api(…)`: settles the caller's promise with the parsed body.
    pub fn request(&self, input: JsValue, options: JsValue, caller: Caller) {
        self.start(Shape::Data, input, options, caller);
    }

    /// `api.raw(…)`: settles the caller's promise with the `Response`, its body parsed.
    pub fn raw(&self, input: JsValue, options: JsValue, caller: Caller) {
        self.start(Shape::Raw, input, options, caller);
    }

    /// `api.fetch(…)`: settles the caller's promise as `fetch` would.
    pub fn fetch(&self, input: JsValue, init: JsValue, caller: Caller) {
        self.start(Shape::Fetch, input, init, caller);
    }

    /// The session, if there is one.
    #[wasm_bindgen(getter)]
    pub fn session(&self) -> Option<SessionHandle> {
        self.0.session.clone().map(SessionHandle::new)
    }

    fn start(&self, shape: Shape, input: JsValue, options: JsValue, caller: Caller) {
        pipeline::start(Call { instance: Rc::clone(&self.0), shape, input, options }, caller);
    }
}
