use std::sync::Arc;

use tera::{Kwargs, State, TeraResult, Value};

use super::files::{find_file, no_file};
use crate::asset::image::{Encoding, Fit, ImageInfo, Plan};
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::values::{object, text};
use crate::template::{SharedSite, Site, scope};
use crate::text::SitePath;

/// The most pixels of a picture that is to be made.
const MOST_PIXELS: u64 = 100_000_000;

/// `get_image_metadata(path, allow_missing=false)`: what a picture is.
/// `resize_image(path, width, height, op="fill", format="auto", quality, speed)`: another picture made of it.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let shared = site.clone();
    functions.add("get_image_metadata", move |kwargs: Kwargs, _: &State<'_>| metadata(&shared, &kwargs));
    let shared = site.clone();
    functions.add("resize_image", move |kwargs: Kwargs, _: &State<'_>| resize(&shared, &kwargs));
}

fn metadata(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    let Some((found, bytes)) = find_file(site, &path)? else {
        let may_miss = kwargs.get::<bool>("allow_missing")?.unwrap_or(false);
        return if may_miss { Ok(Value::none()) } else { Err(no_file(site, &path)) };
    };
    let info = info(site, &found, &bytes)?;
    Ok(object([
        ("width", Value::from(info.width)),
        ("height", Value::from(info.height)),
        ("format", text(info.format)),
        ("mime", text(info.mime)),
    ]))
}

fn info(site: &Site, found: &SitePath, bytes: &[u8]) -> TeraResult<ImageInfo> {
    site.files.images.info(found, bytes).map_err(|error| {
        failure(format!("the picture {found} cannot be read: {error}"), "open it in an image editor and save it again")
    })
}

fn resize(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    let fit = fit(kwargs)?;
    let (found, bytes): (SitePath, Arc<[u8]>) = find_file(site, &path)?.ok_or_else(|| no_file(site, &path))?;
    let info = info(site, &found, &bytes)?;
    if !info.resizable {
        let message = format!("the picture {found} is {}, which cannot be resized", info.format.to_uppercase());
        return Err(failure(message, "use it as it is, with get_url, or give a PNG, JPEG or WebP"));
    }
    let encoding = encoding(kwargs, &info)?;
    let plan = Plan::new(info.width, info.height, fit);
    if u64::from(plan.width) * u64::from(plan.height) > MOST_PIXELS {
        let message = format!("a picture of {} by {} pixels is too large to make", plan.width, plan.height);
        return Err(failure(message, "give a smaller `width` or `height`"));
    }
    let made = site.files.images.order(&found, &bytes, &info, plan, encoding);
    scope::order(&made);
    Ok(object([
        ("url", Value::from(site.config.permalink(&format!("/{made}")))),
        ("static_path", Value::from(format!("static/{made}"))),
        ("width", Value::from(plan.width)),
        ("height", Value::from(plan.height)),
        ("orig_width", Value::from(info.width)),
        ("orig_height", Value::from(info.height)),
    ]))
}

/// How the arguments `op`, `width` and `height` fit the picture.
fn fit(kwargs: &Kwargs) -> TeraResult<Fit> {
    let op = kwargs.get::<String>("op")?.unwrap_or_else(|| "fill".to_owned());
    let side = |name: &'static str| -> TeraResult<u32> {
        match kwargs.get::<u32>(name)? {
            Some(pixels) if pixels > 0 => Ok(pixels),
            Some(_) => Err(failure(format!("a picture cannot have a `{name}` of 0"), "give a number of pixels")),
            None => Err(failure(format!("`op=\"{op}\"` needs `{name}`"), format!("give `{name}` in pixels"))),
        }
    };
    Ok(match op.as_str() {
        "fill" => Fit::Fill(side("width")?, side("height")?),
        "fit" => Fit::Within(side("width")?, side("height")?),
        "scale" => Fit::Scale(side("width")?, side("height")?),
        "fit_width" => Fit::Width(side("width")?),
        "fit_height" => Fit::Height(side("height")?),
        _ => {
            let help = "give `op` as fill, fit, fit_width, fit_height or scale";
            return Err(failure(format!("`{op}` is not a way of resizing"), help));
        }
    })
}

/// How the arguments `format`, `quality` and `speed` write the picture.
fn encoding(kwargs: &Kwargs, info: &ImageInfo) -> TeraResult<Encoding> {
    let within = |name: &'static str, most: u8| -> TeraResult<Option<u8>> {
        match kwargs.get::<u8>(name)? {
            Some(value) if !(1..=most).contains(&value) => {
                Err(failure(format!("a {name} of {value} does not exist"), format!("give `{name}` from 1 to {most}")))
            }
            value => Ok(value),
        }
    };
    let quality = within("quality", 100)?;
    let speed = within("speed", 10)?.unwrap_or(5);
    let jpeg = Encoding::Jpeg { quality: quality.unwrap_or(75) };
    Ok(match kwargs.get::<String>("format")?.as_deref().unwrap_or("auto") {
        "auto" if info.lossy => jpeg,
        "auto" | "png" => Encoding::Png,
        "jpg" | "jpeg" => jpeg,
        "webp" => Encoding::WebP { quality },
        "avif" if cfg!(feature = "avif") => Encoding::Avif { quality: quality.unwrap_or(80), speed },
        "avif" => {
            let help = "build it with `cargo build --features avif`, or give `format=\"webp\"`";
            return Err(failure("this tinso was built without AVIF", help));
        }
        other => {
            let help = "give `format` as auto, jpg, png, webp or avif";
            return Err(failure(format!("`{other}` is not a format of pictures that can be made"), help));
        }
    })
}
