use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::template::error::failure;

/// The functions about pictures in a tinso that was built without them.
pub(super) fn register(tera: &mut Tera) {
    for name in ["get_image_metadata", "resize_image"] {
        let missing = move |_: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            Err(failure("this tinso was built without pictures", "build it with `cargo build --features images`"))
        };
        tera.register_function(name, missing);
    }
}
