use super::Reader;
use crate::data::{Data, Fields, Table};
use crate::diagnostic::Diagnostic;
use crate::indicator::note::Note;
use crate::indicator::{Basis, Kind, ObsStatus, Qualifier, ReportedChange, Revision, RevisionType, TimePeriod};
use crate::text::{Span, closest};

impl Reader<'_> {
    pub(super) fn period(&self, text: &str, span: Span) -> Option<TimePeriod> {
        let period = TimePeriod::parse(text);
        if period.is_none() {
            let diagnostic = Diagnostic::error("bad-period", format!("`{text}` is not a time period")).at(self.source, span);
            self.sink.push(diagnostic.help(
                "write one of: \"2016\", \"2016-H1\", \"2016-Q3\", \"2016-08\", \"2016-W31\", \"2016-08-31\", \"2016/2020\", or \"2010-01/2010-07\" for the year to date",
            ));
        }
        period
    }

    /// A metric with `low` and `high` is a range whether it says so or not.
    pub(super) fn qualifier(&self, fields: &mut Fields<'_>, table: &Table) -> Option<Qualifier> {
        let qualifier = fields.choice("qualifier", &Qualifier::WORDS);
        match (table.get("qualifier"), qualifier) {
            (None, _) if table.get("low").is_some() || table.get("high").is_some() => Some(Qualifier::Range),
            (None, _) => Some(Qualifier::Exact),
            (Some(_), qualifier) => qualifier,
        }
    }

    pub(super) fn status(&self, text: &str, span: Span) -> Option<ObsStatus> {
        let status = ObsStatus::from_letter(text);
        if status.is_none() {
            let diagnostic =
                Diagnostic::error("unknown-status", format!("`{text}` is not an observation status")).at(self.source, span);
            let meant = closest(text, ["estimated", "provisional", "forecast", "break"]).map(|word| match word {
                "estimated" => "did you mean \"E\"? ",
                "provisional" => "did you mean \"P\"? ",
                "forecast" => "did you mean \"F\"? ",
                _ => "did you mean \"B\"? ",
            });
            self.sink.push(diagnostic.help(format!(
                "{}use a letter of SDMX CL_OBS_STATUS: A normal, E estimated, P provisional, F forecast, B break in series ({})",
                meant.unwrap_or_default(),
                ObsStatus::LETTERS
            )));
        }
        status
    }

    pub(super) fn change(&self, table: &Table) -> Option<ReportedChange> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let value = fields.node("value").map(|node| self.decimal("value", node));
        let basis = fields.choice("basis", &Basis::WORDS);
        fields.deny_unknown("unknown-metric-key");
        if value.is_none() || table.get("basis").is_none() {
            self.report(
                "missing-metric-key",
                "a reported change says its `value` and its `basis`",
                self.span,
                "write `change = { value = 9.1, basis = \"same_period_last_year\" }`",
            );
        }
        Some(ReportedChange { value: value??, basis: basis? })
    }

    /// The power of ten that a metric's value is in, where it is not the indicator's.
    pub(super) fn mult(&self, fields: &mut Fields<'_>) -> Option<i8> {
        let node = fields.node("unit_mult")?;
        let mult = match &node.value {
            Data::Number(text) => text.parse().ok().filter(|mult: &i8| mult.abs() <= 24),
            _ => None,
        };
        if mult.is_none() {
            let help = "write `unit_mult = 6` for millions, `unit_mult = 9` for billions";
            self.report("wrong-type", "`unit_mult` should be a small whole number", node.span, help);
        }
        mult
    }

    /// The period that progress to a target is measured from; the outer `None` when it is wrong.
    #[expect(clippy::option_option, reason = "no base is right, a wrong one is not")]
    pub(super) fn base(
        &self,
        base: Option<TimePeriod>,
        period: TimePeriod,
        kind: Kind,
        table: &Table,
    ) -> Option<Option<TimePeriod>> {
        let Some(base) = base else { return Some(None) };
        let span = table.get("base").map_or(self.span, |node| node.span);
        if kind != Kind::Target {
            self.report("base-without-target", "only a target has a `base`", span, "remove it, or add `kind = \"target\"`");
            return None;
        }
        if base.end() >= period.end() {
            let message = format!("the target for {period} is not after its start, {base}");
            self.report(
                "target-before-start",
                &message,
                span,
                "`base` is the period that the way to the target begins at: give an earlier one, or a later `time_period`",
            );
            return None;
        }
        Some(Some(base))
    }

    pub(super) fn revision(&self, table: &Table) -> Option<Revision> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let kind = fields.choice("type", &RevisionType::WORDS);
        let note = Note::read(&mut fields, "note", &self.notes()).unwrap_or_default();
        fields.deny_unknown("unknown-metric-key");
        if table.get("type").is_none() {
            self.report(
                "missing-metric-key",
                "a revision says its `type`",
                self.span,
                "write `revision = { type = \"revision\", note = \"…\" }` for new data or a new method, `type = \"correction\"` for a mistake",
            );
        }
        Some(Revision { kind: kind?, note })
    }
}
