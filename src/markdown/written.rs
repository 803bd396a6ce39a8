/// A link or an image of a page as its writer wrote it, for checks of where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenLink {
    /// The address, entities decoded.
    pub url: String,
    /// Whether it is an image.
    pub image: bool,
}
