//! Short ways into JavaScript.

use js_sys::{Function, Object, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue, wasm_bindgen};

/// An object literal.
macro_rules! js {
    ($($name:literal: $value:expr),* $(,)?) => {{
        let object = js_sys::Object::new();
        $($crate::support::js::put(&object, $name, &wasm_bindgen::JsValue::from($value));)*
        object
    }};
}
pub(crate) use js;

#[wasm_bindgen]
extern "C" {
    /// What a call or a wish for tokens rejects with.
    pub(crate) type Failure;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Failure) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn message(this: &Failure) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn code(this: &Failure) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn status(this: &Failure) -> Option<u16>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn cause(this: &Failure) -> JsValue;
}

impl Failure {
    pub(crate) fn of(error: JsValue) -> Self {
        error.unchecked_into()
    }

    /// The error behind this one.
    pub(crate) fn behind(&self) -> Self {
        assert!(self.cause().is_object(), "no error is behind this one: {}", self.message());
        Self::of(self.cause())
    }
}

pub(crate) fn put(object: &JsValue, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).unwrap();
}

pub(crate) fn get<T: JsCast>(object: &JsValue, name: &str) -> T {
    Reflect::get(object, &name.into()).unwrap().unchecked_into()
}

/// A getter: each look at `name` asks `value`.
pub(crate) fn put_getter(object: &Object, name: &str, value: impl Fn() -> JsValue + 'static) {
    let descriptor = js!("get": function(move |_| value()), "enumerable": true);
    Reflect::define_property(object, &name.into(), &descriptor).unwrap();
}

/// A function of one argument.
pub(crate) fn function(body: impl Fn(JsValue) -> JsValue + 'static) -> Function {
    Closure::<dyn Fn(JsValue) -> JsValue>::new(body).into_js_value().unchecked_into()
}

/// A function in JavaScript's own words.
pub(crate) fn script(parameters: &str, body: &str) -> Function {
    Function::new_with_args(parameters, body)
}

/// The value of an expression in JavaScript's own words.
pub(crate) fn value(expression: &str) -> JsValue {
    script("", &format!("return ({expression})")).call0(&JsValue::UNDEFINED).unwrap()
}

/// Reads a value of JavaScript into one of Rust.
pub(crate) fn read<T: DeserializeOwned>(value: JsValue) -> T {
    serde_wasm_bindgen::from_value(value).unwrap()
}

/// A promise, and what fulfils it.
pub(crate) fn deferred() -> (JsValue, impl Fn(Object)) {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let settle = settle.unwrap();
    (promise.into(), move |value: Object| {
        settle.call1(&JsValue::UNDEFINED, &value).unwrap();
    })
}
