use super::Dataset;
use crate::content::Page;
use crate::indicator::{Amount, Frequency, Metric, Observation, Point, TimePeriod};
use crate::locale::Decimal;

/// One statement of a number, with what every format says of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The code of the area.
    pub area: &'a str,
    /// The area's name.
    pub area_name: &'a str,
    /// What is stated.
    pub metric: &'a Metric,
    /// Whether a newer article states another value.
    pub superseded: bool,
    /// Whether it is the one of its point that is shown and drawn.
    pub holds: bool,
    /// The article that states it, in the dataset's language if it has a version in it.
    pub article: Option<&'a Page>,
    /// Who published the number.
    pub source: Option<&'a str>,
}

impl<'a> Row<'a> {
    pub(super) fn new(dataset: &Dataset<'a>, area: &'a str, point: &'a Point, observation: &'a Observation) -> Self {
        let (library, lang) = (dataset.portal.library, &dataset.language.code);
        let metric = &*observation.metric;
        let of_article = || library.publisher(observation.origin.page, lang, dataset.portal.config);
        Self {
            area,
            area_name: dataset.portal.config.area_name(area, lang),
            metric,
            superseded: point.is_superseded(observation),
            holds: std::ptr::eq(point.latest(), observation),
            article: library.page_in(observation.origin.page, lang),
            source: metric.source.as_deref().or_else(of_article),
        }
    }

    /// The number, where the source gives one.
    pub fn value(&self) -> Option<Decimal> {
        self.metric.amount.value()
    }

    /// The limits of a range.
    pub fn limits(&self) -> Option<(Decimal, Decimal)> {
        match self.metric.amount {
            Amount::Range { low, high } => Some((low, high)),
            Amount::Value(_) | Amount::Missing => None,
        }
    }

    /// What the article says about stating another value than older ones, in the dataset's language if it has it in it.
    pub fn revision_note(&self, dataset: &Dataset<'_>) -> Option<&'a str> {
        let (text, _) = self.metric.revision.as_ref()?.note.text(&dataset.language.code)?;
        Some(text)
    }

    /// The writer's remark, in the dataset's language if it has it in it.
    pub fn comment(&self, dataset: &Dataset<'_>) -> Option<&'a str> {
        let (text, _) = self.metric.comment.as_ref()?.text(&dataset.language.code)?;
        Some(text)
    }

    /// The period as SDMX writes it: `2016-S1` for a half-year, start and length for a range.
    pub fn sdmx_period(&self) -> String {
        sdmx_period(self.metric.period)
    }
}

fn sdmx_period(period: TimePeriod) -> String {
    if !period.is_range() && !period.is_fiscal_year() {
        return period.to_string().replace("-H", "-S");
    }
    let (start, end) = (period.start(), period.end());
    let years = i32::from(end.year()) - i32::from(start.year());
    let length = match period.frequency() {
        Frequency::Annual if period.is_fiscal_year() => "P1Y".to_owned(),
        Frequency::Annual => format!("P{}Y", years + 1),
        Frequency::Weekly | Frequency::Daily => format!("P{}D", start.until(end).map_or(0, |span| span.get_days()) + 1),
        _ => format!("P{}M", years * 12 + i32::from(end.month()) - i32::from(start.month()) + 1),
    };
    format!("{start}/{length}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_sdmx_writes_them() {
        let sdmx = |text: &str| sdmx_period(TimePeriod::parse(text).unwrap());
        assert_eq!(sdmx("2016"), "2016");
        assert_eq!(sdmx("2016-H1"), "2016-S1");
        assert_eq!(sdmx("2016-Q3"), "2016-Q3");
        assert_eq!(sdmx("2016-W05"), "2016-W05");
        assert_eq!(sdmx("2016-W05/2016-W06"), "2016-02-01/P14D");
        assert_eq!(sdmx_period(TimePeriod::parse("2016/2017").unwrap().in_fiscal_years(Some(7))), "2016-07-01/P1Y");
        assert_eq!(sdmx("2010-01/2010-07"), "2010-01-01/P7M");
        assert_eq!(sdmx("2016/2020"), "2016-01-01/P5Y");
        assert_eq!(sdmx("2016-Q2/2017-Q1"), "2016-04-01/P12M");
    }
}
