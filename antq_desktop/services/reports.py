"""Gives the figures of a period and the yearly report, with the words in which paper and workbook show them."""

from antq_desktop.domain.community_models import STATE_NAMES, ModelState
from antq_desktop.domain.indicators import Amount, IndicatorCatalogue, lines_of
from antq_desktop.domain.ratios import Ratio
from antq_desktop.runtime.language import _
from antq_desktop.services.assessments import RESULT_NAMES
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.coverage import coverage
from antq_desktop.services.figures import amounts, tally_names
from antq_desktop.services.reporting_periods import period_of
from antq_desktop.services.session import Session
from antq_desktop.services.yearly_report import AreaLine, ModelLine, UnitLine, YearlyReport, gather
from antq_desktop.storage.queries.behind import behind
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.storage.queries.scope import Scope, report_scope
from antq_desktop.storage.unit_of_work import Reading, Store

#: What stands where nothing of nothing would be a share, and for what has not happened.
NONE = "—"


class Reports:
    """The figures and reports of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def amounts(self, period: str | None = None) -> dict[str, Amount]:
        """Return the indicators of a reporting period of the whole commune (default: the working year), by id.

        The catalogue of indicators names and explains each. Raises UnknownPeriod.
        """
        with self._store.reading() as work:
            return amounts(work, self._scope(work, period), self._catalogues)

    def behind(self, indicator_id: str, period: str | None = None) -> list[BehindRow]:
        """Return the rows behind one figure of ``amounts``; those that do not count say so. Raises UnknownPeriod."""
        with self._store.reading() as work:
            return behind(work, self._scope(work, period), self._catalogues.indicators, indicator_id)

    def key_names(self) -> dict[str, dict[str, str]]:
        """Return what the keys of each tally are called, Vietnamese, by the id of the indicator."""
        return tally_names(self._catalogues)

    def yearly(self, year: int | None = None) -> YearlyReport:
        """Return what the report of a year says (default: the working year). Raises UnknownPeriod."""
        with self._store.reading() as work:
            period = period_of(work, str(year or self._session.year))
            return gather(work, period, self._session.today(), self._catalogues)

    def _scope(self, work: Reading, code: str | None) -> Scope:
        wanted = period_of(work, code or str(self._session.year))
        return report_scope(coverage(self._catalogues, wanted.year), wanted.days)


def form_record(report: YearlyReport, indicators: IndicatorCatalogue) -> dict[str, object]:
    """Return the report as the form ``yearly-report`` takes it; which figure stands in which field, the catalogue says."""
    heading = report.heading
    return {
        "parent": heading.parent,
        "agency": heading.agency,
        "agency_in_text": heading.agency_in_text,
        "place": heading.place,
        "date": report.made_on,
        "year": report.period.year,
        "period_from": report.period.days.first,
        "period_to": report.period.days.last,
        "addressee": heading.addressee,
        **{
            field: _printed(report.amounts[indicator])
            for field, indicator in lines_of(indicators, "yearly-report").items()
        },
        "signer_role": heading.signer_post,
        "signer_name": heading.signer,
        "areas": [_area_record(line) for line in report.areas],
        "models": [_model_record(line) for line in report.models],
        "units": [
            {"name": line.name, "result": result_text(line), "decision": decision_text(line)}
            for line in report.units
        ],
    }


def share_text(share: Ratio) -> str:
    """Return a share as it is printed, never rounded up: ``97,52 %``."""
    return f"{share.percent_text} %" if share.whole else NONE


def result_text(line: AreaLine | UnitLine) -> str:
    """Return the result of the self-assessment in words."""
    return _(RESULT_NAMES[line.result]) if line.result else _("Not assessed yet")


def decision_text(line: AreaLine | UnitLine) -> str:
    """Return number and day of the decision that recognises the unit."""
    if line.decision_number is None or line.decision_date is None:
        return NONE
    return _("{number} of {day}", number=line.decision_number, day=f"{line.decision_date:%d/%m/%Y}")


def model_name(line: ModelLine) -> str:
    """Return the name of a model, with its state when it is not at work."""
    if line.state is ModelState.WORKING:
        return line.name
    return f"{line.name} ({_(STATE_NAMES[line.state])})"


def _printed(amount: Amount) -> object:
    return share_text(amount) if isinstance(amount, Ratio) else amount


def _area_record(line: AreaLine) -> dict[str, object]:
    return {
        "name": line.name,
        "households": line.households,
        "signed": line.signed,
        "absent": line.absent,
        "refused": line.refused,
        "share": share_text(line.share),
    }


def _model_record(line: ModelLine) -> dict[str, object]:
    return {
        "name": model_name(line),
        "sites": line.sites,
        "groups": line.groups,
        "members": line.members,
        "activities": line.activities,
    }
