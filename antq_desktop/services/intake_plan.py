"""Works out what an import would do, row by row, before anything is written: pure, so that a preview cannot lie."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from antq_desktop.domain.commitments import Commitment, CommitmentState
from antq_desktop.domain.findings import errors
from antq_desktop.domain.household_matching import Doubtful, Incoming, Match, New, Same, match
from antq_desktop.domain.households import Household, check_household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.wording import N_
from antq_desktop.intake.household_rows import SheetRow
from antq_desktop.intake.household_sheet import HouseholdSheet
from antq_desktop.services.intake_areas import AreaFinder, Unplaced

Outcome = Literal["new", "changed", "unchanged", "doubtful", "faulty", "left_out"]
NEW, SKIP = "new", "skip"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What would become of one row; ``message`` says why, a message id with ``facts``.

    ``household`` is the one to save; of a doubtful row it is the row as a household of its own, should it become one.
    """

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
    """Makes one plan. ``update`` and ``append`` say whether known households may change and new ones may come.

    Areas that the commune does not have yet begin on ``since``.
    """

    def __init__(
        self, known: Known, today: date, new_id: Callable[[], str], *, update: bool, append: bool, since: date
    ) -> None:
        self._known = known
        self._today = today
        self._new_id = new_id
        self._update = update
        self._append = append
        self._areas = AreaFinder(known.areas, known.unit_code, today=today, since=since, new_id=new_id)

    def plan(self, sheet: HouseholdSheet) -> ImportPlan:
        """Return what taking ``sheet`` in would do."""
        placed = [(row, self._areas.find(row.hamlet)) for row in sheet.rows]
        incoming = [_incoming(row, area_id) for row, area_id in placed if isinstance(area_id, str)]
        found = match(incoming, self._known.households)
        matches = {row.line: match_ for row, match_ in zip(incoming, found, strict=True)}
        rows = {
            fault.line: PlannedRow(fault.line, "faulty", message=fault.sentence, facts=fault.facts)
            # A row has one result: of several faults the first, which comes last here and stays.
            for fault in reversed(sheet.faults)
        }
        for row, area in placed:
            if isinstance(area, Unplaced):
                rows[row.line] = PlannedRow(row.line, "faulty", row, message=area.message, facts=area.facts)
            else:
                rows[row.line] = self._planned(row, area, matches[row.line])
        used = {row.household.area_id for row in rows.values() if row.household}
        new_areas = tuple(area for area in self._areas.opened if area.id in used)
        return ImportPlan(sheet, tuple(rows[line] for line in sorted(rows)), new_areas)

    def _as_new(self, row: SheetRow, area_id: str) -> Household:
        return Household(
            id=self._new_id(),
            unit_code=self._known.unit_code,
            area_id=area_id,
            head=row.head,
            birth=row.birth,
            citizen_id=row.citizen_id,
            members=row.members,
            phone=row.phone,
            address=row.address,
        )

    def _planned(self, row: SheetRow, area_id: str, found: Match) -> PlannedRow:
        signed_on = date.fromisoformat(row.signed) if row.signed else None
        if signed_on is not None and signed_on > self._today:
            why = N_("The signature is dated {day}, which lies in the future.")
            return PlannedRow(row.line, "faulty", row, message=why, facts={"day": f"{signed_on:%d/%m/%Y}"})
        match found:
            case Doubtful():
                own = self._as_new(row, area_id)
                return self._checked(
                    PlannedRow(
                        row.line, "doubtful", row, own, signed_on, found.candidates, found.why, found.facts
                    )
                )
            case New():
                return self._checked(PlannedRow(row.line, "new", row, self._as_new(row, area_id), signed_on))
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
                planned,
                outcome="faulty",
                household=None,
                candidates=(),
                message=faults[0].message,
                facts=faults[0].facts,
            )
        wanted = {"new": self._append, "changed": self._update}.get(planned.outcome, True)
        return planned if wanted else replace(planned, outcome="left_out")

    def _signs(self, household: Household, signed_on: date | None) -> bool:
        paper = self._known.papers.get(household.id)
        return signed_on is not None and (
            paper is None or paper.state is not CommitmentState.SIGNED or paper.signed_on != signed_on
        )


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
