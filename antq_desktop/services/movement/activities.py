"""Records a week's activities at once: many lines, the last one again, one for several models; and shows a month of them."""

from calendar import MONDAY, Calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.findings import Finding, errors, warnings
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.activity_checks import remarks_on
from antq_desktop.services.movement.community_models import cleaned_activity
from antq_desktop.services.results import Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.storage.queries import community_models as lists
from antq_desktop.storage.queries import model_lives as queries
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.unit_of_work import Reading, Store

_MONTHS = 12
_MOST_IN_A_MONTH = 100_000


class NothingToRepeat(BadInput):
    code = "nothing-to-repeat"
    sentence = N_("No activity was recorded yet, so there is none to repeat. Type the first one.")


class NoSuchMonth(BadInput):
    code = "no-such-month"
    sentence = N_("There is no month {month} of the year {year}. Choose a month from 1 to 12.")


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one typed line (from 1): the activity as it was kept, or None and the ``faults`` that kept it out."""

    line: int
    record: ModelActivity | None
    faults: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedLines:
    """The lines in the order in which they were typed, and what changed."""

    lines: tuple[LineResult, ...]
    changes: Changes

    @property
    def saved(self) -> int:
        return sum(line.record is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of a month's sheet; ``inside`` is False for the days of the months beside it."""

    on: date
    inside: bool
    activities: tuple[ActivityRow, ...]


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month in weeks from Monday to Sunday; ``totals`` counts by kind what lies inside the month."""

    year: int
    month: int
    weeks: tuple[tuple[CalendarDay, ...], ...]
    totals: dict[str, int]


class Activities:
    """Entry of activities in the open workspace, beside what CommunityModels does for one at a time."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def save_lines(self, lines: Sequence[ModelActivity]) -> SavedLines:
        """Keep all lines that are right, as one action; those with faults stay out and say why. An empty id makes a new one.

        A line that was changed elsewhere since it was read is a fault of that line too.
        """
        with self._store.writing(self._session.user) as work:
            results = [self._checked(work, number, line) for number, line in enumerate(lines, start=1)]
            saved = work.save_all([result.record for result in results if result.record is not None])
            kept = {record.id: record for record in saved}
            told = tuple(
                replace(result, record=kept[result.record.id]) if result.record is not None else result
                for result in results
            )
            return SavedLines(told, work.commit())

    def last(self, model_id: str = "") -> ModelActivity | None:
        """Return the activity that was recorded last (of one model, where it is given), whatever its day."""
        with self._store.reading() as work:
            return queries.last_typed(work, model_id)

    def repeat_last(self, on: date | None = None, model_id: str = "") -> Written[ModelActivity]:
        """Record the last activity once more, on another day (default: today). Raises NothingToRepeat, Invalid."""
        with self._store.writing(self._session.user) as work:
            last = queries.last_typed(work, model_id)
            if last is None:
                raise NothingToRepeat
            again = _anew(last, last.model_id, on or self._session.today())
            cleaned = cleaned_activity(again, self._session)
            remarks = accepted(self._remarks(work, cleaned))
            return Written(work.save(cleaned), work.commit(), remarks)

    def copy(self, activity_id: str, model_ids: Sequence[str], on: date | None = None) -> SavedLines:
        """Record an activity for other models too, on its own day unless another is given; a line for each model.

        Raises NotFound for the activity.
        """
        with self._store.reading() as work:
            source = work.get(ModelActivity, activity_id)
        return self.save_lines([_anew(source, key, on or source.on) for key in dict.fromkeys(model_ids)])

    def month(self, year: int, month: int, model_id: str | None = None) -> MonthSheet:
        """Return the activities of a month (of one model, where it is given) day by day in whole weeks. Raises NoSuchMonth."""
        if not (1 <= month <= _MONTHS and date.min.year < year < date.max.year):
            raise NoSuchMonth(month=month, year=year)
        weeks = Calendar(MONDAY).monthdatescalendar(year, month)
        which = ActivityFilter(model_id, weeks[0][0], weeks[-1][-1])
        with self._store.reading() as work:
            rows = lists.page_activities(work, which, Window(limit=_MOST_IN_A_MONTH))
        by_day: dict[date, list[ActivityRow]] = {}
        totals: dict[str, int] = {}
        for row in rows:
            by_day.setdefault(row.on, []).append(row)
            if row.on.month == month:
                totals[row.kind] = totals.get(row.kind, 0) + 1
        day = _day_of(month, by_day)
        return MonthSheet(year, month, tuple(tuple(day(on) for on in week) for week in weeks), totals)

    def _checked(self, work: Reading, number: int, line: ModelActivity) -> LineResult:
        cleaned = cleaned_activity(line, self._session)
        known = work.find(ModelActivity, line.id) if line.id else None
        if line.version and (known is None or known.version != line.version):
            message = N_(
                "This line was changed elsewhere meanwhile. Read it again, then type the change again."
            )
            return LineResult(number, None, (Finding("id", "changed-elsewhere", message),))
        try:
            findings = self._remarks(work, cleaned)
        except NotFound:
            message = N_("No such model is kept here. Choose one of the list.")
            return LineResult(number, None, (Finding("model_id", "model-unknown", message),))
        if errors(findings):
            return LineResult(number, None, errors(findings), warnings(findings))
        return LineResult(number, cleaned, (), warnings(findings))

    def _remarks(self, work: Reading, activity: ModelActivity) -> tuple[Finding, ...]:
        model = work.get(CommunityModel, activity.model_id)
        return remarks_on(work, activity, model, self._catalogues.activities, self._session.today())


def _anew(activity: ModelActivity, model_id: str, on: date) -> ModelActivity:
    return replace(activity, id="", version={}, model_id=model_id, on=on)


def _day_of(month: int, by_day: dict[date, list[ActivityRow]]) -> Callable[[date], CalendarDay]:
    return lambda on: CalendarDay(on, on.month == month, tuple(by_day.get(on, ())))
