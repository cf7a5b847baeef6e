"""The reports of the year's periods: written as drafts, signed off, corrected by new editions with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.member_ratings import check_top
from antq_desktop.domain.periodic_reports import (
    AlreadySignedOff,
    CorrectionBegun,
    NothingInPeriod,
    NotSignedOff,
    PeriodicReport,
    PeriodNotBegun,
    ReportState,
    TypedText,
    UnknownSection,
    also_covered,
    demand_possible_day,
    newest,
    nothing_happened,
)
from antq_desktop.domain.periods import ReportingPeriod, codes_of
from antq_desktop.domain.record_checks import future_days, written
from antq_desktop.domain.report_content import ReportContent
from antq_desktop.domain.text import clean
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.rating_cap import share_at_top
from antq_desktop.services.reporting.report_agreement import Agreements, Difference
from antq_desktop.services.reporting.report_gathering import content_of, counted
from antq_desktop.services.reporting.report_remarks import (
    days_in_no_report,
    demand_free,
    left_behind,
    period_in,
    remarks_on,
)
from antq_desktop.services.reporting.report_rows import ReportRow, row_of
from antq_desktop.services.reporting.reporting_periods import period_name, period_of
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Reading, Store, Writing


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with what it says, what is odd about it, and the name of its period.

    ``differences``: where the records no longer agree with the edition that holds; of a draft or a replaced edition nothing.
    ``beside`` names the periods whose signed reports are still to be compared with the records: its own, of a draft those
    that share days with it; ``warnings`` and ``differences`` lack them until then.
    """

    report: PeriodicReport
    name: str
    content: ReportContent
    warnings: tuple[Finding, ...]
    differences: tuple[Difference, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def draft(self) -> bool:
        return self.report.state is ReportState.DRAFT


class PeriodicReports:
    """The periodic reports of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues
        self._agreements = Agreements(store, session, catalogues)

    def rows(self, year: int | None = None) -> list[ReportRow]:
        """Return the periods of a year (default: the working year) that have begun, in the order in which they end."""
        wanted, today = year or self._session.year, self._session.today()
        with self._store.reading() as work:
            kept = work.all(PeriodicReport, year=wanted)
            periods = [period_of(work, code) for code in codes_of(wanted)]
        return [
            row
            for row in (row_of(period, kept, today) for period in periods)
            if row.first <= today or row.report_id
        ]

    def disagreeing(self, year: int | None = None) -> dict[str, tuple[Difference, ...]]:
        """Return by their periods the signed reports of a year (default: the working year) that the records left behind.

        It counts each of those periods anew, which ``differences`` does for one; nothing stands for a report that still agrees.
        """
        with self._store.reading() as work:
            kept = work.all(PeriodicReport, year=year or self._session.year)
            holding = (newest(kept, code) for code in sorted({report.period for report in kept}))
            found = {one.period: self._agreements.differences(work, one) for one in holding if one}
        return {period: differing for period, differing in found.items() if differing}

    def differences(self, period: str) -> tuple[Difference, ...]:
        """Return where the records no longer agree with the signed report of ``period``; nothing where none is signed."""
        with self._store.reading() as work:
            return self._differences(work, period)

    def get(self, report_id: str) -> PeriodicReport:
        """Return one edition. Raises NotFound."""
        with self._store.reading() as work:
            return work.get(PeriodicReport, report_id)

    def editions(self, period: str) -> list[PeriodicReport]:
        """Return every edition of the report of ``period``, the oldest first. Raises UnknownPeriod."""
        with self._store.reading() as work:
            return _editions(work, period_of(work, period).code)

    def view(self, report_id: str, *, compared: bool = True) -> ReportView:
        """Return an edition with what it says: now for a draft, as signed off for another. Raises NotFound.

        Not ``compared`` it is there sooner; ``compare`` then adds what each signed report ``beside`` it says.
        """
        with self._store.reading() as work:
            view = self._view(work, self._current(work, work.get(PeriodicReport, report_id)))
            return self._compared(work, view) if compared else view

    def view_of(self, period: str, *, compared: bool = True) -> ReportView:
        """Return what there is for ``period``: what holds, else the draft, else what a draft would say; nothing is kept.

        ``compared`` as in ``view``. Raises UnknownPeriod, PeriodNotBegun.
        """
        with self._store.reading() as work:
            wanted = period_of(work, period)
            editions = _editions(work, wanted.code)
            found = newest(editions, wanted.code) or next(iter(editions), None)
            view = self._view(work, self._current(work, found) if found else self._new(wanted))
            return self._compared(work, view) if compared else view

    def compare(self, view: ReportView) -> ReportView:
        """Compare the first of the signed reports ``beside`` a view with the records, and return the view with what it says."""
        with self._store.reading() as work:
            return self._with_first(work, view)

    def start(self, period: str) -> Written[PeriodicReport]:
        """Begin the report of ``period`` as a draft; one that was begun is given back.

        Raises UnknownPeriod, PeriodNotBegun, AlreadySignedOff, DaysSignedOff.
        """
        with self._store.writing(self._session.user) as work:
            wanted = period_of(work, period)
            editions = _editions(work, wanted.code)
            draft = next((one for one in editions if one.state is ReportState.DRAFT), None)
            holding = newest(editions, wanted.code)
            if draft is None and holding is not None:
                raise _signed_already(holding)
            begun = self._current(work, draft or replace(self._new(wanted), id=self._session.new_id()))
            reports = work.all(PeriodicReport)
            demand_free(period_in(begun), reports)
            remarks = tuple(days_in_no_report(period_in(begun), reports))
            return Written(work.save(begun, "started"), work.commit(), remarks)

    def put_text(self, report_id: str, section: str, text: str) -> Written[PeriodicReport]:
        """Keep a paragraph that was typed in place of the one written from figures; an empty text brings that back.

        Raises NotFound, AlreadySignedOff, UnknownSection.
        """
        with self._store.writing(self._session.user) as work:
            draft = self._draft(work, report_id)
            content = content_of(work, draft, self._catalogues)
            generated = {one.id: one.generated for one in content.sections}
            if section not in generated:
                raise UnknownSection(section=section, known=", ".join(generated))
            texts = {key: typed for key, typed in draft.texts.items() if key != section}
            typed = clean(text)
            if typed and typed != generated[section]:
                texts[section] = TypedText(typed, generated[section])
            return Written(work.save(replace(draft, texts=texts)), work.commit())

    def put_closing(
        self, report_id: str, *, number: str, remarks: Sequence[str], tasks: Sequence[str]
    ) -> Written[PeriodicReport]:
        """Keep the number of the paper, the remarks and the tasks ahead, one paragraph each. Raises NotFound, AlreadySignedOff."""
        with self._store.writing(self._session.user) as work:
            changed = replace(
                self._draft(work, report_id),
                number=clean(number),
                remarks=_paragraphs(remarks),
                tasks=_paragraphs(tasks),
            )
            return Written(work.save(changed), work.commit())

    def put_number(self, report_id: str, number: str) -> Written[PeriodicReport]:
        """Keep the number that the office gave the paper, also after it was signed: what was frozen stays untouched.

        The journal keeps the number that stood there before. Raises NotFound.
        """
        with self._store.writing(self._session.user) as work:
            report = work.get(PeriodicReport, report_id)
            return Written(work.save(replace(report, number=clean(number)), "numbered"), work.commit())

    def sign_off(self, report_id: str, on: date | None = None) -> Written[PeriodicReport]:
        """Freeze a draft as it stands: figures, sentences, catalogue versions, who and when (default: today).

        Raises NotFound, AlreadySignedOff, DaysSignedOff, NothingInPeriod, SignedTooEarly, Invalid for a day in the future.
        """
        day = on or self._session.today()
        with self._store.writing(self._session.user) as work:
            draft = self._draft(work, report_id)
            period = period_in(draft)
            accepted(future_days(self._session.today(), signed_on=day))
            demand_possible_day(day, self._session.today(), draft, _editions(work, draft.period))
            demand_free(period, work.all(PeriodicReport))
            if nothing_happened(counted(work, period, self._catalogues)):
                raise NothingInPeriod(first=written(draft.first), last=written(draft.last))
            view = self._compared(work, self._view(work, draft))
            signed = replace(
                draft,
                state=ReportState.SIGNED,
                content=view.content,
                signed_by=self._session.user,
                signed_on=day,
            )
            return Written(work.save(signed, "signed_off"), work.commit(), view.warnings)

    def correct(self, report_id: str, reason: str) -> Written[PeriodicReport]:
        """Begin a new edition of a signed report; it takes its place when it is signed off, the old one is kept.

        Raises ReasonMissing, NotFound, NotSignedOff, CorrectionBegun.
        """
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            old = work.get(PeriodicReport, report_id)
            if old.state is ReportState.DRAFT:
                raise NotSignedOff(period=period_name(old.period))
            editions = _editions(work, old.period)
            if any(edition.state is ReportState.DRAFT for edition in editions):
                raise CorrectionBegun(period=period_name(old.period))
            fresh = replace(
                editions[-1],
                id=self._session.new_id(),
                edition=editions[-1].edition + 1,
                state=ReportState.DRAFT,
                reason=why,
                number="",
                content=None,
                signed_by="",
                signed_on=None,
                version={},
            )
            return Written(work.save(fresh, "corrected", why), work.commit())

    def discard(self, report_id: str, reason: str) -> Changes:
        """Remove a draft; the journal keeps what it said. Raises ReasonMissing, NotFound, AlreadySignedOff."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(self._draft(work, report_id), why)
            return work.commit()

    def _new(self, period: ReportingPeriod) -> PeriodicReport:
        if period.days.first > self._session.today():
            raise PeriodNotBegun(period=period_name(period.code), first=written(period.days.first))
        return PeriodicReport(
            id="",
            unit_code=self._session.unit_code,
            period=period.code,
            year=period.year,
            first=period.days.first,
            last=period.days.last,
        )

    def _draft(self, work: Writing, report_id: str) -> PeriodicReport:
        report = self._current(work, work.get(PeriodicReport, report_id))
        if report.state is ReportState.SIGNED:
            raise _signed_already(report)
        return report

    @staticmethod
    def _current(work: Reading, report: PeriodicReport) -> PeriodicReport:
        """Return a first draft with the days by the cut-offs that are set now; a correction keeps those of what it corrects."""
        if report.state is ReportState.SIGNED or report.edition > 1:
            return report
        days = period_of(work, report.period).days
        return replace(report, first=days.first, last=days.last)

    def _view(self, work: Reading, report: PeriodicReport) -> ReportView:
        name = period_name(report.period)
        if report.content is not None:
            holds = newest(_editions(work, report.period), report.period) == report
            return ReportView(report, name, report.content, (), beside=(report.period,) if holds else ())
        period, reports = period_in(report), work.all(PeriodicReport)
        measures = counted(work, period, self._catalogues)
        content = content_of(work, report, self._catalogues, measures)
        empty = nothing_happened(measures)
        remarks = remarks_on(report, content, reports, self._session.today(), empty=empty)
        capped = check_top(share_at_top(measures, self._catalogues.team_ratings))
        beside = tuple(also_covered(period, reports))
        return ReportView(report, name, content, (*remarks, *capped), beside=beside)

    def _compared(self, work: Reading, view: ReportView) -> ReportView:
        while view.beside:
            view = self._with_first(work, view)
        return view

    def _with_first(self, work: Reading, view: ReportView) -> ReportView:
        period, *others = view.beside
        found = self._differences(work, period)
        if not view.draft:
            return replace(view, differences=found, beside=tuple(others))
        return replace(view, warnings=(*view.warnings, *left_behind(period, found)), beside=tuple(others))

    def _differences(self, work: Reading, period: str) -> tuple[Difference, ...]:
        signed = newest(_editions(work, period), period)
        return self._agreements.differences(work, signed) if signed else ()


def _editions(work: Reading, period: str) -> list[PeriodicReport]:
    return sorted(work.all(PeriodicReport, period=period), key=lambda report: report.edition)


def _signed_already(report: PeriodicReport) -> AlreadySignedOff:
    day = written(report.signed_on) if report.signed_on else ""
    return AlreadySignedOff(period=period_name(report.period), day=day)


def _paragraphs(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(clean, texts) if text)
