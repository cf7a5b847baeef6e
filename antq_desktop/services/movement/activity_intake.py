"""Takes activities in from spreadsheets: read, planned, shown, then kept as one action; what came before is not counted twice."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Literal
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.activities import (
    ActivityCatalogue,
    ModelActivity,
    check_activity,
    recorded_twice,
    same_deed,
)
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.findings import Finding, errors, warnings
from antq_desktop.domain.import_runs import ImportRun
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import clean, fold
from antq_desktop.domain.wording import N_
from antq_desktop.intake.activity_sheet import ActivitySheet, SheetActivity, read_activities
from antq_desktop.intake.household_rows import Finding as SheetFinding
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.intake import FileChanged
from antq_desktop.services.reporting.report_agreement import signed_day
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import intake as runs
from antq_desktop.storage.queries import model_lives as queries
from antq_desktop.storage.queries.intake import ImportRow
from antq_desktop.storage.queries.signed_periods import SignedPeriod, signed_periods
from antq_desktop.storage.unit_of_work import Reading, Store

#: What becomes of a line. ``unchanged``: the same activity is kept here already; ``left_out``: it was deleted here before.
Outcome = Literal["new", "unchanged", "left_out", "faulty"]
#: What needs nobody's look again: a file with such lines only brings nothing.
_SETTLED = frozenset({"unchanged", "left_out"})
_DELETED = N_("This activity was deleted here before; it is not taken in again.")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of the file: what becomes of it, the activity that it is, and why it is faulty or worth a look."""

    line: int
    outcome: Outcome
    activity: ModelActivity | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """What taking the sheet in would do; ``model_id`` is the model of lines that name none."""

    sheet: ActivitySheet
    model_id: str
    lines: tuple[PlannedLine, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome == outcome for line in self.lines)


@dataclass(frozen=True, slots=True)
class ActivityImport:
    """What was done: the run with its counts, each line's result, and what changed (nothing, for a file taken in before)."""

    run: ImportRun
    lines: tuple[PlannedLine, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Known:
    """The models by id, the ids that a folded name means (by itself or with the name of the area), and what is signed off."""

    models: dict[str, CommunityModel]
    names: dict[str, list[str]]
    signed: list[SignedPeriod]


class ActivityIntake:
    """Spreadsheets of activities into the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def read(
        self,
        path: Path,
        progress: Progress | None = None,
        corrections: Mapping[tuple[int, str], str] | None = None,
    ) -> ActivitySheet:
        """Read a spreadsheet with ``corrections``; shapes and failures as intake.activity_sheet.read_activities."""
        return read_activities(path, self._catalogues.activities, progress, corrections)

    def plan(self, sheet: ActivitySheet, model_id: str = "") -> ActivityPlan:
        """Work out what taking ``sheet`` in would do; nothing is written. Raises NotFound for the model."""
        with self._store.reading() as work:
            return self._plan(work, sheet, model_id)

    def run(self, plan: ActivityPlan, progress: Progress | None = None) -> ActivityImport:
        """Take in what ``plan`` says as it holds now, all of it or nothing; faulty lines are kept with their reasons.

        A file that brings nothing new leaves a line in the journal and no more. Raises NotFound, FileChanged,
        FileNotReadable, Cancelled.
        """
        progress = progress or Progress()
        sheet = plan.sheet
        with self._store.writing(self._session.user) as work:
            plan = self._plan(work, sheet, plan.model_id)
            run = self._counted(plan)
            new = [line.activity for line in plan.lines if line.outcome == "new" and line.activity]
            file_known = bool(work.all(ImportRun, file_sha256=run.file_sha256))
            if not new and (file_known or all(line.outcome in _SETTLED for line in plan.lines)):
                work.note(Deed("imported_again", note=run.file_name))
                work.commit()
                return ActivityImport(run, plan.lines, Changes())
            progress.report(0, len(new), run.file_name)
            work.save_all(new, "imported", run.file_name)
            kept = attachments.keep(
                work, sheet.path, guess_type(sheet.path.name)[0] or "application/octet-stream"
            )
            if kept.id != run.file_sha256:
                raise FileChanged(file=sheet.path.name)
            runs.keep_rows(work, run.id, [_result(line) for line in plan.lines])
            run = work.save(run, "imported", run.file_name)
            progress.report(len(new), len(new), run.file_name)
            return ActivityImport(run, plan.lines, work.commit())

    def _plan(self, work: Reading, sheet: ActivitySheet, model_id: str) -> ActivityPlan:
        known, kinds = _known(work), self._catalogues.activities
        default = work.get(CommunityModel, model_id) if model_id else None
        made = [self._made(work, row, known, kinds, default) for row in sheet.rows]
        lines = _settled(work, made, sheet)
        faulty: dict[int, list[Finding]] = {}
        for fault in sheet.faults:
            faulty.setdefault(fault.line, []).append(_finding(fault))
        lines += [PlannedLine(line, "faulty", None, tuple(why)) for line, why in faulty.items()]
        return ActivityPlan(sheet, model_id, tuple(sorted(lines, key=lambda line: line.line)))

    def _made(
        self,
        work: Reading,
        row: SheetActivity,
        known: _Known,
        kinds: ActivityCatalogue,
        default: CommunityModel | None,
    ) -> PlannedLine:
        model = default if not row.model else None
        why = None
        if model is None:
            model, why = _model_of(row, known)
        if model is None:
            return PlannedLine(row.line, "faulty", None, (why,) if why else ())
        activity = ModelActivity(
            id="",
            unit_code=work.unit_code,
            model_id=model.id,
            kind=row.kind,
            on=row.on,
            title=clean(row.title),
            place=clean(row.place),
            quantities=row.quantities,
            note=clean(row.note),
        )
        findings = (
            *check_activity(activity, model, kinds, self._session.today()),
            *signed_day(activity.on, known.signed),
        )
        if errors(findings):
            return PlannedLine(row.line, "faulty", None, errors(findings))
        return PlannedLine(row.line, "new", activity, warnings(findings))

    def _counted(self, plan: ActivityPlan) -> ImportRun:
        count = Counter(line.outcome for line in plan.lines)
        return ImportRun(
            id=self._session.new_id(),
            unit_code=self._session.unit_code,
            file_name=clean(plan.sheet.path.name),
            file_sha256=plan.sheet.sha256,
            at=self._session.now().isoformat(timespec="seconds"),
            added=count["new"],
            changed=0,
            unchanged=count["unchanged"] + count["left_out"],
            faults=count["faulty"],
            doubtful=0,
        )


def _known(work: Reading) -> _Known:
    areas = {area.id: area.name for area in work.all(ResidentialArea)}
    models = {model.id: model for model in work.all(CommunityModel)}
    names: dict[str, list[str]] = {}
    for model in models.values():
        area = areas.get(model.area_id or "", "")
        for name in {_key(model.name), _key(model.name, area)}:
            names.setdefault(name, []).append(model.id)
    return _Known(models, names, signed_periods(work))


def _key(*words: str) -> str:
    """Return words for comparing names: folded, with letters and digits alone."""
    return clean("".join(sign if sign.isalnum() else " " for sign in fold(" ".join(words))))


def _model_of(row: SheetActivity, known: _Known) -> tuple[CommunityModel | None, Finding | None]:
    """Return the model that a line names, by itself or with its area, else why it is none."""
    if not row.model:
        return None, Finding("model", "model-missing", N_("The line names no model."))
    found = known.names.get(_key(row.model), [])
    if len(found) != 1 and row.area:
        found = known.names.get(_key(row.model, row.area), [])
    if len(found) == 1:
        return known.models[found[0]], None
    if found and len({known.models[key].area_id for key in found}) == 1:
        message = N_(
            "{count} models of one area are called «{text}». Give one of them another name, then read the file again."
        )
        return None, Finding("model", "models-alike", message, {"count": len(found), "text": row.model})
    if found:
        message = N_("{count} models are called «{text}». Write the residential area beside it.")
        return None, Finding("model", "model-doubtful", message, {"count": len(found), "text": row.model})
    message = N_("No model is called «{text}». Register it first, or correct the name.")
    return None, Finding("model", "model-unknown", message, {"text": row.model})


def _content(activity: ModelActivity) -> str:
    """Return what makes two activities the same one: all that a list says of it but its note."""
    return json.dumps(
        [
            activity.model_id,
            activity.kind,
            activity.on.isoformat(),
            fold(activity.title),
            fold(activity.place),
            sorted((unit, count) for unit, count in activity.quantities.items() if count),
        ]
    )


def _settled(work: Reading, lines: Sequence[PlannedLine], sheet: ActivitySheet) -> list[PlannedLine]:
    """Give each new line its id, and say which of them are kept here already or were deleted before, or count twice.

    The id of an activity from a list follows from what the list says, and from how often it says so: the same line is the
    same record, whoever takes it in and whatever was mended in it since. One that was typed by hand counts as the line too.
    """
    said: Counter[str] = Counter()
    named: list[tuple[PlannedLine, ModelActivity, str]] = []
    for line in lines:
        if line.activity is not None:
            content = _content(line.activity)
            said[content] += 1
            key = uuid5(NAMESPACE_OID, f"{work.unit_code} {content} {said[content]}").hex
            named.append((line, replace(line.activity, id=key), content))
    if not named:
        return list(lines)
    keys = [activity.id for _line, activity, _content_ in named]
    kept = queries.kept_of(work, keys)
    deleted = queries.deleted_activities(work, keys)
    days = [activity.on for _line, activity, _content_ in named]
    standing = queries.between(work, min(days), max(days))
    typed = Counter(_content(one) for one in standing if one.id not in kept)
    there = _by_day(standing)
    above: dict[date, list[tuple[int, ModelActivity]]] = {}
    settled = [line for line in lines if line.activity is None]
    for line, activity, content in named:
        if activity.id in kept:
            settled.append(replace(line, outcome="unchanged", activity=activity))
        elif typed[content]:
            typed[content] -= 1
            settled.append(replace(line, outcome="unchanged", activity=None))
        elif activity.id in deleted:
            why = Finding("row", "deleted-before", _DELETED, {}, "warning")
            settled.append(replace(line, outcome="left_out", activity=None, findings=(why,)))
        else:
            doubts = _twice(activity, there.get(activity.on, ()), above.get(activity.on, ()), sheet)
            settled.append(replace(line, activity=activity, findings=(*doubts, *line.findings)))
            above.setdefault(activity.on, []).append((line.line, activity))
    return settled


def _by_day(activities: Iterable[ModelActivity]) -> dict[date, list[ModelActivity]]:
    found: dict[date, list[ModelActivity]] = {}
    for activity in activities:
        found.setdefault(activity.on, []).append(activity)
    return found


def _twice(
    activity: ModelActivity,
    there: Sequence[ModelActivity],
    above: Sequence[tuple[int, ModelActivity]],
    sheet: ActivitySheet,
) -> Iterator[Finding]:
    """Yield a warning for what would count twice: it is kept here on its day, or stands further up in the list."""
    yield from recorded_twice(activity, there)
    line = next((line for line, other in above if same_deed(activity, other)), None)
    if line is not None:
        message = N_("Line {line} of «{sheet}» says the same: it would count twice.")
        name, row = sheet.place(line)
        yield Finding("row", "line-twice", message, {"line": row, "sheet": name}, "warning")


def _finding(fault: SheetFinding) -> Finding:
    return Finding(fault.field, fault.code, fault.sentence, fault.facts)


def _result(line: PlannedLine) -> ImportRow:
    first = line.findings[0] if line.findings else None
    row: dict[str, Any] = {}
    if line.activity is not None:
        row = {**asdict(line.activity), "on": line.activity.on.isoformat(), "activity_id": line.activity.id}
    why = {"message": first.message, "facts": dict(first.facts)} if first else {}
    return ImportRow(line=line.line, result=line.outcome, household_id=None, row=row, why=why)
