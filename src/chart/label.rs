use super::layout::{Layout, Length, UNIT, ascent, line_height};
use super::look::Look;
use super::svg::{Anchor, Drawing};
use super::text_width::text_width;

/// A place on the drawing.
pub(super) type Spot = (Length, Length);

/// A box with its sides along the axes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Box2 {
    /// Left.
    pub left: Length,
    /// Top.
    pub top: Length,
    /// Right.
    pub right: Length,
    /// Bottom.
    pub bottom: Length,
}

impl Box2 {
    /// A square around a spot.
    pub fn around((x, y): Spot, reach: Length) -> Self {
        Self { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_inside(&self, frame: &Self) -> bool {
        self.left >= frame.left && self.top >= frame.top && self.right <= frame.right && self.bottom <= frame.bottom
    }

    /// Whether a line passes through it.
    fn is_crossed(&self, ((ax, ay), (bx, by)): (Spot, Spot)) -> bool {
        let apart = ax.max(bx) < self.left || ax.min(bx) > self.right || ay.max(by) < self.top || ay.min(by) > self.bottom;
        if apart {
            return false;
        }
        let side = |x: Length, y: Length| {
            let (dx, dy) = (i128::from(bx - ax), i128::from(by - ay));
            (dx * i128::from(y - ay) - dy * i128::from(x - ax)).signum()
        };
        let corners =
            [side(self.left, self.top), side(self.right, self.top), side(self.left, self.bottom), side(self.right, self.bottom)];
        corners.contains(&0) || (corners.contains(&1) && corners.contains(&-1))
    }
}

/// One or two lines of text that stand together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    lines: Vec<String>,
    size: Length,
    bold: bool,
    look: Look,
}

impl Block {
    /// The words at a value.
    pub fn value(lines: Vec<String>, layout: Layout, bold: bool) -> Self {
        Self { lines, size: layout.font, bold, look: Look::LABEL }
    }

    /// The words at an axis.
    pub fn axis(text: String, layout: Layout) -> Self {
        Self { lines: vec![text], size: layout.font, bold: false, look: Look::AXIS }
    }

    /// The words at an axis, on lines.
    pub fn axis_lines(lines: Vec<String>, layout: Layout) -> Self {
        Self { lines, size: layout.font, bold: false, look: Look::AXIS }
    }

    /// Its first line.
    pub fn text(&self) -> &str {
        self.lines.first().map_or("", String::as_str)
    }

    /// The room across.
    pub fn width(&self) -> Length {
        self.lines.iter().map(|line| text_width(line, self.size, self.bold)).max().unwrap_or(0)
    }

    /// The room down.
    pub fn height(&self) -> Length {
        line_height(self.size) * Length::try_from(self.lines.len()).unwrap_or(1)
    }

    /// Writes it with its first line under `top`.
    pub fn write(&self, drawing: &mut Drawing, anchor: Anchor, x: Length, top: Length) {
        let mut baseline = top + ascent(self.size);
        for line in &self.lines {
            drawing.text(self.look, anchor, self.bold, self.size, (x, baseline), line);
            baseline += line_height(self.size);
        }
    }
}

/// Finds room for labels, so that none covers another one or leaves the frame.
#[derive(Debug)]
pub(super) struct Placer {
    frame: Box2,
    taken: Vec<Box2>,
    lines: Vec<(Spot, Spot)>,
}

impl Placer {
    /// For a frame in which nothing stands yet.
    pub fn new(frame: Box2) -> Self {
        Self { frame, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off a mark or another text.
    pub fn take(&mut self, place: Box2) {
        self.taken.push(place);
    }

    /// Keeps labels off a line, where there is another place for them.
    pub fn take_line(&mut self, from: Spot, to: Spot) {
        self.lines.push((from, to));
    }

    /// Takes the first of the places that is free; `tops` are pairs of a middle and a top.
    pub fn find(&mut self, block: &Block, places: &[Spot]) -> Option<Box2> {
        let (width, height) = (block.width() + 4 * UNIT, block.height());
        let boxes = places.iter().map(|(middle, top)| {
            let left = (middle - width / 2).min(self.frame.right - width).max(self.frame.left);
            Box2 { left, top: *top, right: left + width, bottom: top + height }
        });
        let free = |place: &Box2| place.is_inside(&self.frame) && !self.taken.iter().any(|taken| taken.overlaps(place));
        let free: Vec<Box2> = boxes.filter(free).collect();
        let clear = free.iter().find(|place| !self.lines.iter().any(|line| place.is_crossed(*line)));
        let place = clear.or(free.first()).copied()?;
        self.taken.push(place);
        Some(place)
    }

    /// Finds a place and writes the block there, in the middle of it.
    pub fn place(&mut self, drawing: &mut Drawing, block: &Block, places: &[Spot]) -> Option<Box2> {
        let found = self.find(block, places)?;
        block.write(drawing, Anchor::Middle, i64::midpoint(found.left, found.right), found.top);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_goes_to_the_next_free_place_or_nowhere() {
        let frame = Box2 { left: 0, top: 0, right: 10_000, bottom: 10_000 };
        let mut placer = Placer::new(frame);
        let block = Block::axis("2016".to_owned(), Layout::NARROW);
        let first = placer.find(&block, &[(0, 0)]).unwrap();
        assert_eq!((first.left, first.top), (0, 0));
        assert_eq!(placer.find(&block, &[(0, 0)]), None);
        assert!(placer.find(&block, &[(0, 0), (0, 5000)]).is_some());
        assert_eq!(placer.find(&block, &[(0, 9999)]), None);
    }

    #[test]
    fn a_line_crosses_a_box_or_passes_it() {
        let place = Box2 { left: 0, top: 0, right: 10, bottom: 10 };
        assert!(place.is_crossed(((-5, -5), (15, 15))));
        assert!(!place.is_crossed(((-5, 8), (8, 30))));
        assert!(!place.is_crossed(((11, 0), (20, 10))));
    }
}
