/// How a picture is fitted to a width and a height.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Exactly that size, whatever becomes of the proportions.
    Scale(u32, u32),
    /// That wide, in its proportions.
    Width(u32),
    /// That high, in its proportions.
    Height(u32),
    /// Within that size, in its proportions; a smaller picture stays as it is.
    Within(u32, u32),
    /// Exactly that size: what is too much is cut off evenly at two sides.
    Fill(u32, u32),
}

/// What is cut out of a picture, and the size that it gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Left, top, width and height of the part that stays.
    pub(super) crop: (u32, u32, u32, u32),
    /// The width of the new picture.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl Plan {
    /// What becomes of a picture of a size.
    pub fn new(width: u32, height: u32, fit: Fit) -> Self {
        let whole = |to: (u32, u32)| Self { crop: (0, 0, width, height), width: to.0.max(1), height: to.1.max(1) };
        match fit {
            Fit::Scale(to_width, to_height) => whole((to_width, to_height)),
            Fit::Width(to) => whole((to, share(height, to, width))),
            Fit::Height(to) => whole((share(width, to, height), to)),
            Fit::Within(to_width, to_height) if width <= to_width && height <= to_height => whole((width, height)),
            Fit::Within(to_width, to_height) if is_wider((width, height), (to_width, to_height)) => {
                whole((to_width, share(height, to_width, width)))
            }
            Fit::Within(_, to_height) => whole((share(width, to_height, height), to_height)),
            Fit::Fill(to_width, to_height) => {
                let crop = if is_wider((width, height), (to_width, to_height)) {
                    let kept = share(height, to_width, to_height).clamp(1, width);
                    ((width - kept) / 2, 0, kept, height)
                } else {
                    let kept = share(width, to_height, to_width).clamp(1, height);
                    (0, (height - kept) / 2, width, kept)
                };
                Self { crop, ..whole((to_width, to_height)) }
            }
        }
    }
}

fn is_wider((width, height): (u32, u32), (than_width, than_height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(than_height) > u64::from(height) * u64::from(than_width)
}

/// `value * times / by`, rounded.
fn share(value: u32, times: u32, by: u32) -> u32 {
    let by = u64::from(by.max(1));
    u32::try_from((u64::from(value) * u64::from(times) + by / 2) / by).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32, fit: Fit) -> (u32, u32) {
        let plan = Plan::new(width, height, fit);
        (plan.width, plan.height)
    }

    #[test]
    fn each_way_of_fitting_keeps_what_it_promises() {
        assert_eq!(size(300, 380, Fit::Scale(150, 150)), (150, 150));
        assert_eq!(size(300, 380, Fit::Width(100)), (100, 127));
        assert_eq!(size(300, 380, Fit::Height(150)), (118, 150));
        assert_eq!(size(300, 380, Fit::Within(150, 150)), (118, 150));
        assert_eq!(size(380, 300, Fit::Within(150, 150)), (150, 118));
        assert_eq!(size(300, 380, Fit::Within(500, 500)), (300, 380));
        assert_eq!(size(300, 380, Fit::Fill(150, 150)), (150, 150));
    }

    #[test]
    fn filling_cuts_the_same_from_both_sides() {
        assert_eq!(Plan::new(300, 380, Fit::Fill(150, 150)).crop, (0, 40, 300, 300));
        assert_eq!(Plan::new(380, 300, Fit::Fill(150, 150)).crop, (40, 0, 300, 300));
        assert_eq!(Plan::new(10, 10, Fit::Fill(1, 4_000_000_000)).crop, (4, 0, 1, 10));
    }
}
