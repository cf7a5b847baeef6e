"""Which paper belongs to a step, for one unit or for several at once, ready for the paper desk."""

import re
from collections.abc import Mapping, Sequence

from antq_desktop.domain.text import fold
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.yearly_process import StepState
from antq_desktop.services.papers.unit_papers import JOINT_FORMS, UNIT_FORMS
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui.paper import Make, OnPaper, Paper

SELF_ASSESSMENT, DECISION = "self-assessment", "recognition-decision"
#: What the papers of a unit are kept under in the journal.
_ENTITIES = {"residential_area": "residential_areas", "commune": "settings"}


def has_paper(state: StepState) -> bool:
    """Tell whether the board can make the paper of a step; the others are made on the page that the step leads to."""
    form = state.step.form
    if form == DECISION:
        return bool(state.number)
    return form in (*UNIT_FORMS, *JOINT_FORMS, SELF_ASSESSMENT)


def paper(
    state: StepState, rows: Sequence[BoardRow], year: int, assessments: Mapping[UnitKey, str]
) -> Paper | None:
    """Return the paper of a step for the units ``rows``; ``assessments`` are the ids of theirs, as far as there are any.

    None when nothing can be printed yet: no self-assessment was begun.
    """
    form = state.step.form or ""
    keys = [row.key for row in rows]
    ids = [assessments[key] for key in keys if key in assessments]
    if form == SELF_ASSESSMENT and not ids:
        return None
    on_paper = [OnPaper(_ENTITIES.get(key.kind, "listed_units"), key.id, form) for key in keys]
    if form == SELF_ASSESSMENT:
        on_paper = [OnPaper("self_assessments", each, form) for each in ids]
    title = f"{state.step.name}: {rows[0].name}" if len(rows) == 1 else state.step.name
    return Paper(
        name=_file_name(state.step.name, str(year), rows[0].name if len(rows) == 1 else ""),
        title=title,
        make=_make(form, keys, ids, year, state.number),
        records=on_paper,
    )


def _make(form: str, keys: Sequence[UnitKey], ids: Sequence[str], year: int, number: str) -> Make:
    if form == SELF_ASSESSMENT:
        return lambda papers, out, _reason, progress: papers.self_assessments(ids, out, progress)
    if form == DECISION:
        return lambda papers, out, _reason, progress: papers.decision(number, year, out, progress)
    return lambda papers, out, _reason, progress: papers.unit_papers(form, keys, year, out, progress)


def _file_name(*parts: str) -> str:
    """Return a name that every disk takes."""
    return "-".join(re.sub(r"[^0-9a-z]+", "-", fold(part)).strip("-") for part in parts if part)
