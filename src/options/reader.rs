//! Reads an object of options and names what is wrong with it.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};

use crate::engine::Millis;
use crate::error::type_error;

/// A function, if the value is one.
pub(crate) fn as_function(value: &JsValue) -> Option<Function> {
    value.dyn_ref::<Function>().cloned()
}

/// An object of options, and where it stands: the name that errors give.
pub(crate) struct Reader<'a> {
    object: &'a JsValue,
    place: &'a str,
}

impl<'a> Reader<'a> {
    /// A reader of `object`, which errors call `place`; a `TypeError` when it is no object.
    pub(crate) fn new(object: &'a JsValue, place: &'a str) -> Result<Self, JsValue> {
        if object.is_object() && !object.is_function() {
            Ok(Self { object, place })
        } else {
            Err(type_error(&[place, " must be an object"].concat()))
        }
    }

    /// The option's value; `undefined` and `null` count as not given.
    pub(crate) fn get(&self, name: &str) -> Result<Option<JsValue>, JsValue> {
        let value = Reflect::get(self.object, &JsValue::from_str(name))?;
        Ok((!value.is_undefined() && !value.is_null()).then_some(value))
    }

    /// A `TypeError` about one option.
    pub(crate) fn fault(&self, name: &str, what: &str) -> JsValue {
        type_error(&[self.place, ".", name, " ", what].concat())
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, JsValue> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        match value.as_string() {
            Some(text) if !text.is_empty() => Ok(Some(text)),
            _ => Err(self.fault(name, "must be a string that is not empty")),
        }
    }

    /// A number of at least 0, whole after scaling by `scale` (1000 for seconds that become milliseconds).
    pub(crate) fn number(&self, name: &str, scale: f64) -> Result<Option<Millis>, JsValue> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        match value.as_f64() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked, and saturates"
            )]
            Some(number) if number >= 0.0 => Ok(Some((number * scale) as Millis)),
            _ => Err(self.fault(name, "must be a number, not negative")),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, JsValue> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| self.fault(name, "must be true or false"))
    }

    /// A function.
    pub(crate) fn function(&self, name: &str) -> Result<Option<Function>, JsValue> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        as_function(&value).map(Some).ok_or_else(|| self.fault(name, "must be a function"))
    }

    /// Every option has to be one of `known`; one of `later` is known and does not work yet.
    pub(crate) fn only(&self, known: &[&str], later: &[&str]) -> Result<(), JsValue> {
        for name in
            Object::keys(self.object.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string())
        {
            if later.contains(&name.as_str()) {
                return Err(self.fault(&name, "is not available in this version"));
            }
            if !known.contains(&name.as_str()) {
                return Err(self.fault(&name, "is not an option"));
            }
        }
        Ok(())
    }
}
