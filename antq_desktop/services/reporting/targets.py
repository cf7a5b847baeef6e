"""The targets of a year: set, changed, removed, and listed with how far each is reached."""

from dataclasses import dataclass, replace

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.targets import LEVEL_NAMES, Target, aim_text, check_target
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.kept_records import tidied
from antq_desktop.services.reporting.report_words import amount_text, count_text
from antq_desktop.services.reporting.reporting_periods import period_name, period_of
from antq_desktop.services.reporting.target_progress import Asked, Missing, Standing, standing
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.services.yearly.coverage import coverage
from antq_desktop.storage.unit_of_work import Reading, Store, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One target as its list shows it; texts are as they are printed.

    ``part`` of ``whole`` is how far it is, for a bar: of a share its two numbers, else the number and the aim.
    """

    id: str
    period: str
    period_name: str
    level: str
    level_name: str
    indicator: str
    name: str
    aim: str
    amount: str
    part: int
    whole: int
    reached: bool
    missing: tuple[Missing, ...]
    forecast: str
    set_by: str


class Targets:
    """The targets of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[TargetRow]:
        """Return the targets of a year (default: the working year) with their progress, by the end of their periods."""
        with self._store.reading() as work:
            kept = [
                (period_of(work, target.period), target)
                for target in work.all(Target, year=year or self._session.year)
            ]
            kept.sort(key=lambda pair: (pair[0].days.last, pair[0].days.first, sort_key(pair[1].indicator)))
            return [self._row(work, target) for _period, target in kept]

    def get(self, target_id: str) -> Target:
        """Return one target. Raises NotFound."""
        with self._store.reading() as work:
            return work.get(Target, target_id)

    def save(self, target: Target) -> Written[Target]:
        """Keep a target; an empty id makes a new one. Raises Invalid, UnknownPeriod, ChangedElsewhere."""
        with self._store.writing(self._session.user) as work:
            saved = self._saved(work, target)
            return Written(saved, work.commit())

    def add_usual(self, year: int | None = None) -> Written[tuple[Target, ...]]:
        """Keep the targets that plans usually name, but those whose figure has a target in that period already."""
        wanted = year or self._session.year
        with self._store.writing(self._session.user) as work:
            known = {
                (target.period, target.level, target.indicator) for target in work.all(Target, year=wanted)
            }
            usual = (
                Target(
                    id="",
                    unit_code="",
                    year=wanted,
                    period=f"{wanted}-{each.part}" if each.part else str(wanted),
                    level=each.level,
                    indicator=each.indicator,
                    measured=each.measured,
                    at_least=each.at_least,
                    set_by=each.name,
                )
                for each in self._catalogues.usual_targets.targets.values()
            )
            added = tuple(
                self._saved(work, target)
                for target in usual
                if (target.period, target.level, target.indicator) not in known
            )
            return Written(added, work.commit())

    def delete(self, target_id: str, reason: str) -> Changes:
        """Remove a target; the journal keeps it and the reason. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(Target, target_id), why)
            return work.commit()

    def _saved(self, work: Writing, target: Target) -> Target:
        period = period_of(work, target.period)
        kept = replace(tidied(target, self._session), period=period.code, year=period.year)
        accepted(check_target(kept, self._catalogues.indicators, work.all(Target, year=kept.year)))
        return work.save(kept)

    def _row(self, work: Reading, target: Target) -> TargetRow:
        indicators = self._catalogues.indicators
        indicator = indicators.indicators.get(target.indicator)
        if indicator is None:  # set with a catalogue that another laptop has and this one has not
            found = Standing(
                Ratio(0, 0), reached=False, missing=(), forecast=_("This figure is not counted here.")
            )
        else:
            period = period_of(work, target.period)
            covered = coverage(self._catalogues, period.year)
            asked = Asked(target, indicator, indicators, covered, period)
            found = standing(work, asked, self._session.today())
        amount = found.amount
        return TargetRow(
            id=target.id,
            period=target.period,
            period_name=period_name(target.period),
            level=target.level,
            level_name=_(LEVEL_NAMES[target.level]),
            indicator=target.indicator,
            name=indicator.name if indicator else target.indicator,
            aim=aim_text(target),
            amount=_reached_areas(amount) if target.level == "area" else amount_text(amount),
            part=amount.part if isinstance(amount, Ratio) else amount,
            whole=amount.whole if isinstance(amount, Ratio) else target.at_least,
            reached=found.reached,
            missing=found.missing,
            forecast=found.forecast,
            set_by=target.set_by,
        )


def _reached_areas(amount: int | Ratio) -> str:
    """Return how many of the areas reach a target that each of them has to reach by itself."""
    if not isinstance(amount, Ratio) or not amount.whole:
        return amount_text(amount)
    return _("{reached}/{all} areas reach it", reached=count_text(amount.part), all=count_text(amount.whole))
