"""Works out what a report says as the workspace stands now; signing it off keeps exactly this."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from antq_desktop.domain.indicators import Indicator, IndicatorCatalogue, Share, counting, evaluate
from antq_desktop.domain.measures import Measures
from antq_desktop.domain.periodic_reports import PeriodicReport, newest, nothing_happened
from antq_desktop.domain.periods import ReportingPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import Amount, Compared, Figure, ReportContent, Section, Sender
from antq_desktop.domain.report_layout import LayoutSection
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.rating_cap import RATED, over_the_cap
from antq_desktop.services.papers.paper_heading import heading
from antq_desktop.services.reporting.figures import quantity_tallies, tally_names
from antq_desktop.services.reporting.report_annexes import area_lines, kind_lines, model_lines, unit_lines
from antq_desktop.services.reporting.report_writing import Beside, Sources, paragraph
from antq_desktop.services.reporting.reporting_periods import period_of
from antq_desktop.services.yearly.coverage import coverage
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.scope import Scope, report_scope
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class _Other:
    """Another period as it stands beside this one."""

    compared: Compared
    beside: Beside


def counted(work: Reading, period: ReportingPeriod, catalogues: Catalogues) -> Measures:
    """Return every measure over the whole commune in ``period``."""
    return measures(work, _scope(period, catalogues))


def content_of(
    work: Reading, report: PeriodicReport, catalogues: Catalogues, counts: Measures | None = None
) -> ReportContent:
    """Return what ``report`` says now; of one that is signed off, what it froze. ``counts`` is what ``counted`` gave of it."""
    if report.content is not None:
        return report.content
    period = _period(report)
    before = _other(work, period.code_before, catalogues)
    last_year = _other(work, period.code_last_year, catalogues)
    replaced = _newest(work, report.period)
    counts = counts or counted(work, period, catalogues)
    since = replaced.signed_on if replaced else None
    return _gather(work, report, catalogues, counts, (before, last_year), since)


def counted_again(
    work: Reading, report: PeriodicReport, frozen: ReportContent, catalogues: Catalogues
) -> ReportContent:
    """Return what a signed report would say of its days now, beside the other periods as they stood when it was signed."""
    before, last_year = (
        _Other(compared, Beside(compared.code, kept))
        for compared, kept in (
            (frozen.before, _known({key: figure.before for key, figure in frozen.figures.items()})),
            (frozen.last_year, _known({key: figure.last_year for key, figure in frozen.figures.items()})),
        )
    )
    counts = counted(work, _period(report), catalogues)
    return _gather(work, report, catalogues, counts, (before, last_year), frozen.replaces)


def _known(amounts: Mapping[str, Amount | None]) -> dict[str, Amount]:
    return {key: amount for key, amount in amounts.items() if amount is not None}


def _period(report: PeriodicReport) -> ReportingPeriod:
    return ReportingPeriod(report.period, report.year, report.days)


def _gather(  # noqa: PLR0917 - what a report is made of
    work: Reading,
    report: PeriodicReport,
    catalogues: Catalogues,
    counts: Measures,
    others: tuple[_Other, _Other],
    replaces: date | None,
) -> ReportContent:
    scope, (before, last_year) = _scope(_period(report), catalogues), others
    indicators, layout = catalogues.indicators, catalogues.report_layout
    figures = evaluate(indicators, counts)
    sources = Sources(
        figures,
        tally_names(catalogues),
        quantity_tallies(catalogues),
        catalogues.activities.units,
        before.beside,
        last_year.beside,
    )
    return ReportContent(
        sender=Sender(**asdict(heading(work))),
        catalogue_version=indicators.version,
        catalogue_sha256=indicators.sha256,
        layout_version=layout.version,
        before=before.compared,
        last_year=last_year.compared,
        replaces=replaces,
        sections=tuple(
            _section(section, report, sources, indicators, catalogues) for section in layout.sections.values()
        ),
        areas=area_lines(work, scope),
        models=model_lines(work, scope),
        kinds=kind_lines(figures, catalogues.activities),
        units=unit_lines(work, catalogues, scope),
    )


def _scope(period: ReportingPeriod, catalogues: Catalogues) -> Scope:
    return report_scope(coverage(catalogues, period.year), period.days)


def _section(
    section: LayoutSection,
    report: PeriodicReport,
    sources: Sources,
    indicators: IndicatorCatalogue,
    catalogues: Catalogues,
) -> Section:
    typed = report.texts.get(section.id)
    written = [paragraph(section, sources)]
    if any(RATED in sentence.figures for sentence in section.sentences):
        written.append(over_the_cap(sources.amounts, catalogues.team_ratings))
    return Section(
        id=section.id,
        title=section.title,
        generated=" ".join(filter(None, written)),
        typed=typed.text if typed else "",
        figures=tuple(
            _figure(indicators.indicators[name], sources, indicators) for name in section.indicators
        ),
    )


def _figure(indicator: Indicator, sources: Sources, catalogue: IndicatorCatalogue) -> Figure:
    now, formula = sources.amounts[indicator.id], indicator.formula
    if not isinstance(now, int | Ratio):
        raise TypeError(indicator.id)
    return Figure(
        indicator=indicator.id,
        name=indicator.name,
        unit=indicator.unit,
        now=now,
        before=sources.before.amounts.get(indicator.id),
        last_year=sources.last_year.amounts.get(indicator.id),
        part=counting(formula.part, catalogue) if isinstance(formula, Share) else "",
        whole=counting(formula.whole, catalogue) if isinstance(formula, Share) else "",
    )


def _newest(work: Reading, code: str) -> PeriodicReport | None:
    return newest(work.all(PeriodicReport, period=code), code)


def _other(work: Reading, code: str, catalogues: Catalogues) -> _Other:
    """Return another period: as its report was signed off, else counted anew, else nothing when nothing happened in it."""
    signed = _newest(work, code)
    if signed is not None and signed.content is not None:
        kept = {key: figure.now for key, figure in signed.content.figures.items()}
        return _Other(Compared(code, "signed"), Beside(code, kept))
    found = counted(work, period_of(work, code), catalogues) if code else None
    if found is None or nothing_happened(found):
        return _Other(Compared(code, "none"), Beside(code, {}))
    return _Other(Compared(code, "counted"), Beside(code, _plain(found, catalogues)))


def _plain(found: Measures, catalogues: Catalogues) -> Mapping[str, Amount]:
    every = ((key, one.formula.of(found)) for key, one in catalogues.indicators.indicators.items())
    return {key: amount for key, amount in every if isinstance(amount, int | Ratio)}
