use tera::{Kwargs, State, TeraResult, Value};

use crate::template::asked::Functions;
use crate::template::error::failure;

/// The functions about pictures in a tinso that was built without them.
pub(super) fn register(functions: &mut Functions<'_>) {
    for name in ["get_image_metadata", "resize_image"] {
        let missing = move |_: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            Err(failure("this tinso was built without pictures", "build it with `cargo build --features images`"))
        };
        functions.add(name, missing);
    }
}
