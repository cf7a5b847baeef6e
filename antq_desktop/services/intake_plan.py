"""Works out what an import would do, row by row, before anything is written: pure, so that a preview cannot lie."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from antq_desktop.domain.commitments import Commitment, CommitmentState
from antq_desktop.domain.findings import errors
from antq_desktop.domain.household_matching import Doubtful, Incoming, Match, New, Same, match
from antq_desktop.domain.households import Household, check_household
from antq_desktop.domain.territory import AREA_KINDS, ResidentialArea
from antq_desktop.domain.text import fold, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.intake.household_rows import SheetRow
from antq_desktop.intake.household_sheet import HouseholdSheet

Outcome = Literal["new", "changed", "unchanged", "doubtful", "faulty", "left_out"]
NEW, SKIP = "new", "skip"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What would become of one row. ``household`` is the one to save; ``why`` a message id with ``facts``."""

    line: int
    outcome: Outcome
    row: SheetRow | None = None
    household: Household | None = None
    signed_on: date | None = None
    candidates: tuple[Household, ...] = ()
    message: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All rows of a sheet, and the residential areas that it names and the commune does not have yet."""

    sheet: HouseholdSheet
    rows: tuple[PlannedRow, ...]
    new_areas: tuple[ResidentialArea, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)


@dataclass(frozen=True, slots=True)
class Known:
    """What the workspace holds already; ``papers`` are those of the yearly campaign, by household."""

    unit_code: str
    areas: Sequence[ResidentialArea]
    households: Sequence[Household]
    papers: Mapping[str, Commitment]


class Planner:
    """Makes one plan. ``update`` and ``append`` say whether known households may change and new ones may come."""

    def __init__(
        self, known: Known, today: date, new_id: Callable[[], str], *, update: bool, append: bool, since: date
    ) -> None:
        self._known = known
        self._today = today
        self._new_id = new_id
        self._update = update
        self._append = append
        self._since = since
        self._new_areas: dict[str, ResidentialArea] = {}

    def plan(self, sheet: HouseholdSheet) -> ImportPlan:
        """Return what taking ``sheet`` in would do."""
        placed = [(row, self._area_of(row.hamlet)) for row in sheet.rows]
        incoming = [_incoming(row, area_id) for row, area_id in placed if area_id]
        matches = dict(
            zip((row.line for row in incoming), match(incoming, self._known.households), strict=True)
        )
        rows = [
            PlannedRow(finding.line, "faulty", message=finding.sentence, facts=finding.facts)
            for finding in sheet.faults
        ]
        for row, area_id in placed:
            if area_id is None:
                why = N_("The row names no residential area. Say which one the list belongs to.")
                rows.append(PlannedRow(row.line, "faulty", row, message=why))
            else:
                rows.append(self._planned(row, matches[row.line]))
        used = {row.household.area_id for row in rows if row.household}
        areas = tuple(area for area in self._new_areas.values() if area.id in used)
        return ImportPlan(sheet, tuple(sorted(rows, key=lambda row: row.line)), areas)

    def as_new(self, row: SheetRow) -> Household:
        """Return ``row`` as a household of its own, for an officer who decided so."""
        area_id = self._area_of(row.hamlet)
        return Household(
            id=self._new_id(),
            unit_code=self._known.unit_code,
            area_id=area_id or "",
            head=row.head,
            birth=row.birth,
            citizen_id=row.citizen_id,
            members=row.members,
            phone=row.phone,
            address=row.address,
        )

    def _planned(self, row: SheetRow, found: Match) -> PlannedRow:
        signed_on = date.fromisoformat(row.signed) if row.signed else None
        if signed_on is not None and signed_on > self._today:
            why = N_("The signature is dated {day}, which lies in the future.")
            return PlannedRow(row.line, "faulty", row, message=why, facts={"day": f"{signed_on:%d/%m/%Y}"})
        match found:
            case Doubtful():
                return PlannedRow(
                    row.line, "doubtful", row, None, signed_on, found.candidates, found.why, found.facts
                )
            case New():
                return self._checked(PlannedRow(row.line, "new", row, self.as_new(row), signed_on))
            case Same():
                household = replace(found.household, **found.changes)  # type: ignore[arg-type] # fields of the row
                same = household == found.household and not self._signs(household, signed_on)
                return self._checked(
                    PlannedRow(row.line, "unchanged" if same else "changed", row, household, signed_on)
                )

    def _checked(self, planned: PlannedRow) -> PlannedRow:
        household = planned.household
        if household is None:
            return planned
        faults = errors(check_household(household, self._today))
        if faults:
            return replace(
                planned, outcome="faulty", household=None, message=faults[0].message, facts=faults[0].facts
            )
        wanted = {"new": self._append, "changed": self._update}.get(planned.outcome, True)
        return planned if wanted else replace(planned, outcome="left_out")

    def _signs(self, household: Household, signed_on: date | None) -> bool:
        paper = self._known.papers.get(household.id)
        return signed_on is not None and (
            paper is None or paper.state is not CommitmentState.SIGNED or paper.signed_on != signed_on
        )

    def _area_of(self, hamlet: str | None) -> str | None:
        if not hamlet:
            return None
        alive = [area for area in self._known.areas if area.alive_on(self._today)]
        key = sort_key(hamlet)
        same = [area.id for area in alive if sort_key(area.name) == key]
        if not same and fold(hamlet) == hamlet.casefold():
            # Typed without any tone mark: it may be the one area that reads so.
            same = [area.id for area in alive if fold(area.name) == fold(hamlet)]
        if len(same) == 1:
            return same[0]
        if key not in self._new_areas:
            self._new_areas[key] = ResidentialArea(
                id=self._new_id(),
                unit_code=self._known.unit_code,
                name=hamlet,
                kind=_kind_of(hamlet),
                valid_from=self._since,
            )
        return self._new_areas[key].id


def papers_by_household(papers: Iterable[Commitment]) -> dict[str, Commitment]:
    return {paper.household_id: paper for paper in papers}


def _incoming(row: SheetRow, area_id: str) -> Incoming:
    return Incoming(
        line=row.line,
        area_id=area_id,
        head=row.head,
        birth=row.birth,
        citizen_id=row.citizen_id,
        members=row.members,
        phone=row.phone,
        address=row.address,
    )


def _kind_of(name: str) -> str:
    words = fold(name)
    fitting = [kind for kind in AREA_KINDS if words.startswith(fold(kind) + " ")]
    return max(fitting, key=len, default="")
