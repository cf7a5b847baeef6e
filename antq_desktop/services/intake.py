"""Takes households in from spreadsheets: read, planned, shown, and then kept as one action with a result per row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from mimetypes import guess_type
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState, with_state
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.household_matching import merge_into
from antq_desktop.domain.households import Household
from antq_desktop.domain.import_runs import ImportRun
from antq_desktop.domain.territory import ResidentialArea, check_new
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.intake.household_sheet import HouseholdSheet, TableChoice, read_households
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commitments import new_commitment, yearly_campaign, yearly_id
from antq_desktop.services.intake_plan import (
    NEW,
    SKIP,
    ImportPlan,
    Known,
    PlannedRow,
    Planner,
    papers_by_household,
)
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import intake as queries
from antq_desktop.storage.queries.intake import ImportRow
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

_STEP = 500
#: What needs nobody's look again: a file with such rows only brings nothing.
_SETTLED = ("unchanged", "left_out")


class FileChanged(BadInput):
    code = "file-changed"
    sentence = N_("The file «{file}» was changed since it was read. Choose it again; nothing was taken in.")


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
            known = self._known(work)
        since = date(self._session.year - 1, 1, 1)
        planner = Planner(
            known, self._session.today(), self._session.new_id, update=update, append=append, since=since
        )
        return planner.plan(sheet)

    def run(
        self, plan: ImportPlan, decisions: Mapping[int, str] | None = None, progress: Progress | None = None
    ) -> ImportResult:
        """Do what ``plan`` says, all of it or nothing. ``decisions`` maps a doubtful line to a household id, NEW or SKIP.

        Doubtful rows without a decision are parked with their result. A file that brings nothing new leaves a line in the
        journal and no more. Raises ChangedElsewhere when somebody changed a household since the plan was made, NotFound
        for a household decided on that is not here, FileChanged, FileNotReadable, Cancelled.
        """
        progress = progress or Progress()
        with self._store.writing(self._session.user) as work:
            known = self._known(work)
            rows, homes = _decided(plan, decisions or {}, known)
            run = self._counted(plan, rows)
            results = tuple(_result(row) for row in rows)
            file_known = bool(work.all(ImportRun, file_sha256=run.file_sha256))
            if not homes and (file_known or all(row.outcome in _SETTLED for row in rows)):
                work.note(Deed("imported_again", note=run.file_name))
                work.commit()
                return ImportResult(run, results, Changes())
            progress.report(0, len(homes), run.file_name)
            used = {household.area_id for household in homes.values()}
            for area in plan.new_areas:
                if area.id in used:
                    check_new(area, work.all(ResidentialArea))
                    work.save(area, "imported", run.file_name)
            self._save(work, homes, _signed_days(rows), known, file_name=run.file_name, progress=progress)
            path = plan.sheet.path
            kept = attachments.keep(work, path, guess_type(path.name)[0] or "application/octet-stream")
            if kept.id != run.file_sha256:
                raise FileChanged(file=path.name)
            queries.keep_rows(work, run.id, results)
            run = work.save(run, "imported", run.file_name)
            progress.report(len(homes), len(homes), run.file_name)
            return ImportResult(run, results, work.commit())

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

    def _save(
        self,
        work: Writing,
        homes: Mapping[str, Household],
        signed: Mapping[str, date],
        known: Known,
        *,
        file_name: str,
        progress: Progress,
    ) -> None:
        campaign = yearly_campaign(work, self._session.year) if signed else None
        households = list(homes.values())
        for start in range(0, len(households), _STEP):
            progress.report(start, len(households), file_name)
            part = work.save_all(households[start : start + _STEP], "imported", file_name)
            if campaign is not None:
                papers = [
                    self._signed(household, day, known, campaign)
                    for household in part
                    if (day := signed.get(household.id))
                ]
                work.save_all(papers, "imported", file_name)

    def _signed(self, household: Household, day: date, known: Known, campaign: Campaign) -> Commitment:
        paper = known.papers.get(household.id) or new_commitment(household.unit_code, household.id, campaign)
        return with_state(
            paper,
            CommitmentState.SIGNED,
            head=household.head,
            today=self._session.today(),
            signed_on=day,
            signed_by=paper.signed_by or "",
        )

    def _counted(self, plan: ImportPlan, rows: list[PlannedRow]) -> ImportRun:
        count = Counter(row.outcome for row in rows)
        return ImportRun(
            id=self._session.new_id(),
            unit_code=self._session.unit_code,
            file_name=clean(plan.sheet.path.name),
            file_sha256=plan.sheet.sha256,
            at=self._session.now().isoformat(timespec="seconds"),
            added=count["new"],
            changed=count["changed"],
            unchanged=count["unchanged"],
            faults=count["faulty"],
            doubtful=count["doubtful"],
        )


def _decided(
    plan: ImportPlan, decisions: Mapping[int, str], known: Known
) -> tuple[list[PlannedRow], dict[str, Household]]:
    """Return the rows with what was decided on the doubtful ones, and the households to save, each once."""
    homes = {row.household.id: row.household for row in plan.rows if _saves(row) and row.household}
    here = {household.id: household for household in known.households}
    rows = []
    for row in plan.rows:
        chosen = decisions.get(row.line) if row.outcome == "doubtful" else None
        decided = row
        if chosen == SKIP:
            decided = replace(row, outcome="left_out")
        elif chosen == NEW:
            decided = replace(row, outcome="new")
        elif chosen is not None and row.household is not None:
            if chosen not in here:
                raise NotFound(what=chosen)
            # Another row of the file may change this household too; both belong into it.
            merged = merge_into(homes.get(chosen, here[chosen]), row.household)
            same = merged == here[chosen] and row.signed_on is None
            decided = replace(row, outcome="unchanged" if same else "changed", household=merged)
        if decided is not row and _saves(decided) and decided.household is not None:
            homes[decided.household.id] = decided.household
        rows.append(decided)
    return rows, homes


def _signed_days(rows: Iterable[PlannedRow]) -> dict[str, date]:
    return {
        row.household.id: row.signed_on for row in rows if _saves(row) and row.household and row.signed_on
    }


def _saves(row: PlannedRow) -> bool:
    return row.outcome in ("new", "changed")


def _result(row: PlannedRow) -> ImportRow:
    settled = row.household is not None and row.outcome in ("new", "changed", "unchanged")
    return ImportRow(
        line=row.line,
        result=row.outcome,
        household_id=row.household.id if row.household and settled else None,
        row=asdict(row.row) if row.row else {},
        why={"message": row.message, "facts": dict(row.facts)} if row.message else {},
    )
