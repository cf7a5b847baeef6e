"""Tells where a signed report and the records as they are now no longer agree; the report itself never changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periodic_reports import PeriodicReport
from antq_desktop.domain.report_content import ReportContent, Section
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.reporting.report_gathering import counted_again
from antq_desktop.services.reporting.report_words import amount_text, count_text
from antq_desktop.services.reporting.reporting_periods import period_name
from antq_desktop.services.session import Session
from antq_desktop.storage.queries.signed_periods import SignedPeriod
from antq_desktop.storage.unit_of_work import Reading, Store

_NAMED = 3
#: What the fields of the lines of the annexes are called.
_FIELDS = {
    "households": N_("Number of households"),
    "people": N_("Number of people"),
    "signed": N_("Households signed"),
    "absent": N_("Households absent"),
    "refused": N_("Households refusing"),
    "models": N_("Number of models"),
    "activities": N_("Number of activities"),
    "result": N_("Result of the self-assessment"),
    "decision": N_("Decision on recognition"),
    "sites": N_("Number of sites"),
    "groups": N_("Number of groups"),
    "members": N_("Number of members"),
}
#: One line of an annex without its name: the name of each field and its text.
_Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of a signed report of which the records say otherwise now, with both texts as printed."""

    name: str
    signed: str
    now: str

    @property
    def words(self) -> str:
        """The place with both values: ``Số hoạt động: 12 → 13``."""
        return f"{self.name}: {self.signed} → {self.now}"


class Agreements:
    """Compares each signed report once with the records, until something is written or another day begins.

    It is asked from the one thread that works on the database.
    """

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues
        self._as_of: tuple[int, date] | None = None
        self._known: dict[str, tuple[Difference, ...]] = {}

    def differences(self, work: Reading, report: PeriodicReport) -> tuple[Difference, ...]:
        """Return where a signed report comes out otherwise now, as ``differences`` does."""
        as_of = (self._store.commits, self._session.today())
        if self._as_of != as_of:
            self._as_of, self._known = as_of, {}
        if report.id not in self._known:
            self._known[report.id] = differences(work, report, self._catalogues)
        return self._known[report.id]


def differences(work: Reading, report: PeriodicReport, catalogues: Catalogues) -> tuple[Difference, ...]:
    """Return where a signed report comes out otherwise now: figures, lines of annexes, paragraphs; of a draft nothing.

    Figures that the catalogue no longer has are left out: nothing can be counted for them. Paragraphs are compared as far as
    the layout still writes the same sentences, and only where none of their figures is named already.
    """
    frozen = report.content
    if frozen is None:
        return ()
    now = counted_again(work, report, frozen, catalogues)
    return (*_figures(frozen, now), *_annexes(frozen, now), *_paragraphs(frozen, now))


def named(found: Sequence[Difference]) -> str:
    """Return the first differences in words, and dots for the rest."""
    more = "; …" if len(found) > _NAMED else ""
    return "; ".join(one.words for one in found[:_NAMED]) + more


def signed_day(on: date, signed: Sequence[SignedPeriod]) -> tuple[Finding, ...]:
    """Return that a day lies in a period whose report is signed: what is entered there changes only the records."""
    inside = next((one for one in signed if one.days.holds(on)), None)
    if inside is None:
        return ()
    message = N_(
        "The report of «{period}» is signed off and does not count this. Correct that report if it must stand there."
    )
    return (Finding("on", "day-signed-off", message, {"period": period_name(inside.code)}, "warning"),)


def _figures(frozen: ReportContent, now: ReportContent) -> Iterator[Difference]:
    counted = now.figures
    for key, figure in frozen.figures.items():
        if key in counted and amount_text(counted[key].now) != amount_text(figure.now):
            yield Difference(figure.name, amount_text(figure.now), amount_text(counted[key].now))


def _annexes(frozen: ReportContent, now: ReportContent) -> Iterator[Difference]:
    for before, after in (
        (frozen.areas, now.areas),
        (frozen.models, now.models),
        (frozen.kinds, now.kinds),
        (frozen.units, now.units),
    ):
        if before != after:
            yield from _lines(_by_name(before), _by_name(after))


def _lines(before: Mapping[str, _Line], after: Mapping[str, _Line]) -> Iterator[Difference]:
    """Yield where the lines of one annex differ; a line that has only got another name says the same."""
    gone = {name: line for name, line in before.items() if name not in after}
    new = {name: line for name, line in after.items() if name not in before}
    for name, line in list(gone.items()):
        renamed = next((other for other, told in new.items() if told == line), None)
        if renamed is not None:
            del gone[name], new[renamed]
    for name in (name for name in before if name in after):
        was, is_now = before[name], after[name]
        for field in dict.fromkeys((*was, *is_now)):
            texts = was.get(field, "0"), is_now.get(field, "0")
            if texts[0] != texts[1]:
                yield Difference(f"{name}, {field}", *(text or _("nothing") for text in texts))
    for name in gone:
        yield Difference(name, _("listed"), _("not listed"))
    for name in new:
        yield Difference(name, _("not listed"), _("listed"))


def _by_name(lines: Iterable[Any]) -> dict[str, _Line]:
    """Return the lines of an annex by their names; of those that share a name the later ones with a number behind it."""
    found: dict[str, _Line] = {}
    for line in lines:
        name, n = line.name, 1
        while name in found:
            n += 1
            name = f"{line.name} ({n})"
        found[name] = _fields(asdict(line))
    return found


def _fields(line: Mapping[str, Any]) -> _Line:
    told = {_(_FIELDS[field]): value for field, value in line.items() if field in _FIELDS}
    counts = {**told, **line.get("quantities", {})}
    return {
        field: count_text(value) if isinstance(value, int) else value or "" for field, value in counts.items()
    }


def _paragraphs(frozen: ReportContent, now: ReportContent) -> Iterator[Difference]:
    if frozen.layout_version != now.layout_version:
        return
    for before, after in zip(frozen.sections, now.sections, strict=False):
        if before.generated != after.generated and _same_figures(before, after):
            yield Difference(before.title, *_apart(before.generated, after.generated))


def _same_figures(before: Section, after: Section) -> bool:
    return [amount_text(figure.now) for figure in before.figures] == [
        amount_text(figure.now) for figure in after.figures
    ]


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return the words of two texts between those with which both begin and end; one word of either at least."""
    mine, theirs = before.split(), after.split()
    most = min(len(mine), len(theirs)) - 1
    begin = next((n for n in range(most) if mine[n] != theirs[n]), max(most, 0))
    most -= begin
    end = next((n for n in range(most) if mine[-1 - n] != theirs[-1 - n]), max(most, 0))
    return " ".join(mine[begin : len(mine) - end]), " ".join(theirs[begin : len(theirs) - end])
