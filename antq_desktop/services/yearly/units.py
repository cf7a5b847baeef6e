"""Keeps the list of agencies, enterprises and schools under the commune, and says which of them are not assessed and why."""

from dataclasses import dataclass, replace
from datetime import date

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.text import clean, sort_key
from antq_desktop.domain.unit_scope import Category, ScopeCatalogue, left_out
from antq_desktop.domain.units import ListedKind, Unit
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_checks import check_unit
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Written, accepted, reason_given, remark
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

#: The kinds that are listed, in the order in which lists show them.
LISTED_KINDS: tuple[ListedKind, ...] = ("agency", "enterprise", "school")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One listed unit. ``excluded_why`` is the sentence that says why it is not assessed here, None when it is."""

    kind: ListedKind
    id: str
    name: str
    category: str
    category_name: str
    address: str
    managed: bool
    has_party: bool
    valid_from: date
    valid_to: date | None
    excluded_why: str | None


class UnitInUse(BadInput):
    code = "unit-in-use"
    sentence = N_(
        "«{name}» has records of its own, such as a registration or an assessment. Close it instead; nothing was removed."
    )


class Units:
    """The listed units of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[UnitRow]:
        """Return the units that exist within the assessed year, by kind and name, those that are not assessed too."""
        scope = self._catalogues.scope
        with self._store.reading() as work:
            units = alive_within(work, scope, year or self._session.year)
        return [_row(scope, unit) for unit in units]

    def get(self, unit_id: str) -> Unit:
        with self._store.reading() as work:
            return work.get(Unit, unit_id)

    def categories(self, kind: ListedKind) -> list[Category]:
        """Return what a unit of this kind can be, with whether Điều 1 khoản 2 leaves it out."""
        return list(self._catalogues.scope.units[kind].categories.values())

    def add(
        self,
        kind: ListedKind,
        name: str,
        category: str,
        *,
        address: str = "",
        managed: bool = True,
        has_party: bool = False,
        valid_from: date | None = None,
    ) -> Written[Unit]:
        """List a unit; without a day it is there from the beginning of the assessed year. Raises Invalid.

        One that is not assessed is listed all the same; a warning says why.
        """
        scope = self._catalogues.scope
        begins = valid_from or scope.units[kind].period.of(self._session.year).first
        with self._store.writing(self._session.user) as work:
            unit = Unit(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                kind=kind,
                name=clean(name),
                category=category,
                address=clean(address),
                managed=managed,
                has_party=has_party,
                valid_from=begins,
            )
            return _kept(work, scope, unit, "saved")

    def change(self, unit_id: str, **fields: object) -> Written[Unit]:
        """Change what is said of a unit: name, category, address, managed, has_party, valid_from.

        Raises NotFound, Invalid.
        """
        texts = {name: clean(text) if isinstance(text, str) else text for name, text in fields.items()}
        scope = self._catalogues.scope
        with self._store.writing(self._session.user) as work:
            changed: Unit = replace(work.get(Unit, unit_id), **texts)  # type: ignore[arg-type] # named by the caller
            return _kept(work, scope, changed, "saved")

    def close(self, unit_id: str, on: date, reason: str) -> Written[Unit]:
        """Say that ``on`` is the last day of a unit; its records stay. Raises NotFound, ReasonMissing, Invalid."""
        why = reason_given(reason)
        scope = self._catalogues.scope
        with self._store.writing(self._session.user) as work:
            return _kept(work, scope, replace(work.get(Unit, unit_id), valid_to=on), "closed", why)

    def remove(self, unit_id: str, reason: str) -> Changes:
        """Take a unit off the list that was typed by mistake. Raises NotFound, ReasonMissing, UnitInUse."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            unit = work.get(Unit, unit_id)
            for record in (YearStep, Occurrence, SelfAssessment):
                if work.all(record, unit_kind=unit.kind, unit_id=unit.id):
                    raise UnitInUse(name=unit.name)
            work.delete(unit, why)
            return work.commit()


def alive_within(work: Reading, scope: ScopeCatalogue, year: int) -> list[Unit]:
    """Return the listed units that exist on any day of the assessed ``year``, by kind and name."""
    periods = {kind: scope.units[kind].period.of(year) for kind in LISTED_KINDS}
    units = [
        unit
        for unit in work.all(Unit)
        if unit.valid_from <= periods[unit.kind].last
        and (unit.valid_to is None or unit.valid_to >= periods[unit.kind].first)
    ]
    return sorted(units, key=lambda unit: (LISTED_KINDS.index(unit.kind), sort_key(unit.name), unit.id))


def excluded_why(scope: ScopeCatalogue, unit: Unit) -> str | None:
    """Return the sentence that says why the commune does not assess ``unit``, None when it does."""
    why = left_out(scope, unit)
    return remark(why) if why is not None else None


def _kept(work: Writing, scope: ScopeCatalogue, unit: Unit, action: str, note: str = "") -> Written[Unit]:
    remarks = accepted([*check_unit(unit, scope, work.all(Unit)), *_left_out(scope, unit)])
    saved = work.save(unit, action, note)
    return Written(saved, work.commit(), remarks)


def _left_out(scope: ScopeCatalogue, unit: Unit) -> list[Finding]:
    why = left_out(scope, unit)
    return [replace(why, severity="warning")] if why is not None else []


def _row(scope: ScopeCatalogue, unit: Unit) -> UnitRow:
    category = scope.units[unit.kind].categories.get(unit.category)
    return UnitRow(
        kind=unit.kind,
        id=unit.id,
        name=unit.name,
        category=unit.category,
        category_name=category.name if category is not None else unit.category,
        address=unit.address,
        managed=unit.managed,
        has_party=unit.has_party,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        excluded_why=excluded_why(scope, unit),
    )
