"""Takes households in from spreadsheets: read, planned, shown, and then kept as one action with a result per row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from mimetypes import guess_type
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState, with_state
from antq_desktop.domain.household_matching import merge_into
from antq_desktop.domain.households import Household
from antq_desktop.domain.import_runs import ImportRun
from antq_desktop.domain.territory import ResidentialArea, check_new
from antq_desktop.intake.household_sheet import HouseholdSheet, TableChoice, read_households
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commitments import new_commitment, yearly_campaign, yearly_id
from antq_desktop.services.intake_plan import NEW, ImportPlan, Known, PlannedRow, Planner, papers_by_household
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import intake as queries
from antq_desktop.storage.queries.intake import ImportRow
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

_STEP = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was done: the run with its counts, each row's result, and what changed (nothing, for a file taken in before)."""

    run: ImportRun
    rows: tuple[ImportRow, ...]
    changes: Changes


class Intake:
    """Spreadsheets into the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    @staticmethod
    def read(
        path: Path,
        choice: TableChoice | None = None,
        corrections: Mapping[tuple[int, str], str] | None = None,
        progress: Progress | None = None,
    ) -> HouseholdSheet:
        """Read a spreadsheet; raises as intake.household_sheet.read_households."""
        return read_households(path, choice=choice, corrections=corrections, progress=progress)

    def plan(self, sheet: HouseholdSheet, *, update: bool = True, append: bool = True) -> ImportPlan:
        """Work out what taking ``sheet`` in would do; nothing is written."""
        with self._store.reading() as work:
            return self._planner(self._known(work), update=update, append=append).plan(sheet)

    def run(
        self, plan: ImportPlan, decisions: Mapping[int, str] | None = None, progress: Progress | None = None
    ) -> ImportResult:
        """Do what ``plan`` says, all of it or nothing. ``decisions`` maps a doubtful line to a household id, NEW or SKIP.

        Doubtful rows without a decision are parked with their result. Raises ChangedElsewhere when somebody changed a
        household since the plan was made, Cancelled, FileNotReadable.
        """
        progress = progress or Progress()
        with self._store.writing(self._session.user) as work:
            known = self._known(work)
            rows = self._decided(plan, decisions or {}, known)
            saving = [row for row in rows if row.outcome in ("new", "changed") and row.household is not None]
            run = self._counted(plan, rows)
            results = tuple(_result(row) for row in rows)
            known_file = bool(work.all(ImportRun, file_sha256=run.file_sha256))
            if not saving and (known_file or not run.doubtful):
                work.note(Deed("imported_again", note=run.file_name))
                work.commit()
                return ImportResult(run, results, Changes())
            progress.report(0, len(saving), run.file_name)
            used = {row.household.area_id for row in saving if row.household}
            for area in plan.new_areas:
                if area.id in used:
                    check_new(area, work.all(ResidentialArea))
                    work.save(area, "imported", run.file_name)
            self._save(work, saving, known, run.file_name, progress)
            path = plan.sheet.path
            attachments.keep(work, path, guess_type(path.name)[0] or "application/octet-stream")
            queries.keep_rows(work, run.id, results)
            kept = work.save(run, "imported", run.file_name)
            progress.report(len(saving), len(saving), run.file_name)
            return ImportResult(kept, results, work.commit())

    def history(self) -> list[ImportRun]:
        """Return all imports, newest first."""
        with self._store.reading() as work:
            return queries.runs(work)

    def results(self, run_id: str) -> list[ImportRow]:
        """Return what became of each row of an import."""
        with self._store.reading() as work:
            return queries.rows_of(work, run_id)

    def _known(self, work: Reading) -> Known:
        campaign = yearly_id(work.unit_code, self._session.year)
        return Known(
            unit_code=work.unit_code,
            areas=work.all(ResidentialArea),
            households=work.all(Household),
            papers=papers_by_household(work.all(Commitment, campaign_id=campaign)),
        )

    def _planner(self, known: Known, *, update: bool = True, append: bool = True) -> Planner:
        since = date(self._session.year - 1, 1, 1)
        return Planner(
            known, self._session.today(), self._session.new_id, update=update, append=append, since=since
        )

    def _decided(self, plan: ImportPlan, decisions: Mapping[int, str], known: Known) -> list[PlannedRow]:
        planner = self._planner(known)
        by_id = {household.id: household for household in known.households}
        areas = {area.name: area.id for area in plan.new_areas}
        rows = []
        for row in plan.rows:
            chosen = decisions.get(row.line) if row.outcome == "doubtful" else None
            if row.row is None or chosen is None:
                rows.append(row)
            elif chosen == NEW:
                household = planner.as_new(row.row)
                # The plan may open the area already, under the id that its other rows carry.
                area_id = areas.get(row.row.hamlet or "", household.area_id)
                rows.append(replace(row, outcome="new", household=replace(household, area_id=area_id)))
            elif chosen in by_id:
                merged = merge_into(by_id[chosen], planner.as_new(row.row))
                rows.append(replace(row, outcome="changed", household=merged))
            else:
                rows.append(replace(row, outcome="left_out"))
        return rows

    def _save(
        self, work: Writing, saving: list[PlannedRow], known: Known, file_name: str, progress: Progress
    ) -> None:
        signing = [row for row in saving if row.signed_on is not None]
        campaign = yearly_campaign(work, self._session.year) if signing else None
        for start in range(0, len(saving), _STEP):
            progress.report(start, len(saving), file_name)
            part = saving[start : start + _STEP]
            work.save_all([row.household for row in part if row.household], "imported", file_name)
            if campaign is not None:
                papers = [self._signed(row, known, campaign) for row in part if row.signed_on is not None]
                work.save_all(papers, "imported", file_name)

    def _signed(self, row: PlannedRow, known: Known, campaign: Campaign) -> Commitment:
        assert row.household is not None  # noqa: S101 - only rows with a household are saved
        household = row.household
        paper = known.papers.get(household.id) or new_commitment(household.unit_code, household.id, campaign)
        return with_state(
            paper,
            CommitmentState.SIGNED,
            head=household.head,
            today=self._session.today(),
            signed_on=row.signed_on,
            signed_by=paper.signed_by or "",
        )

    def _counted(self, plan: ImportPlan, rows: list[PlannedRow]) -> ImportRun:
        count = {
            outcome: sum(row.outcome == outcome for row in rows)
            for outcome in ("new", "changed", "unchanged")
        }
        return ImportRun(
            id=self._session.new_id(),
            unit_code=self._session.unit_code,
            file_name=plan.sheet.path.name,
            file_sha256=plan.sheet.sha256,
            at=self._session.now().isoformat(timespec="seconds"),
            added=count["new"],
            changed=count["changed"],
            unchanged=count["unchanged"],
            faults=sum(row.outcome == "faulty" for row in rows),
            doubtful=sum(row.outcome == "doubtful" for row in rows),
        )


def _result(row: PlannedRow) -> ImportRow:
    return ImportRow(
        line=row.line,
        result=row.outcome,
        household_id=row.household.id if row.household else None,
        row=asdict(row.row) if row.row else {},
        why={"message": row.message, "facts": dict(row.facts)} if row.message else {},
    )
