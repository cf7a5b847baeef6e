"""The list of files taken in since the page was opened: what needs a look stands on top, then the newest."""

from collections.abc import Sequence

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.pages.receiving.deeds import FileRow
from antq_desktop.ui.theme import State

_ORDER = (State.BAD, State.LOOK, State.GOOD)


def word(row: FileRow) -> str:
    return {
        "taken": _("Taken in"),
        "known": _("Known already"),
        "held": _("Waits"),
        "refused": _("Refused"),
    }[row.verdict]


def columns() -> list[Column]:
    return [
        Column("state", _("Verdict"), word, width=132, state=lambda row: row.state),
        Column("unit", _("Commune"), lambda row: row.unit_name or _("unknown"), width=150, spare=True),
        Column("file", _("File"), lambda row: row.file, width=190),
        Column("sentence", _("What it says"), lambda row: row.sentence, width=220, wide=True),
        Column("answer", _("Acknowledgement"), answer_word, width=150, state=_answer_state, spare=True),
        Column("new", _("New changes"), lambda row: str(row.new_events or ""), 104, "right", offered=True),
        Column("folder", _("Folder"), lambda row: str(row.folder), width=180, offered=True),
    ]


def source(rows: Sequence[FileRow], *, to_do: bool) -> ListRows:
    """Return the rows, or with ``to_do`` only those that need a look."""
    return ListRows(
        [row for row in rows if row.state is not State.GOOD] if to_do else rows,
        sort_keys={
            "state": lambda row: (_ORDER.index(row.state), -row.id),
            "unit": lambda row: sort_key(row.unit_name),
            "sentence": lambda row: sort_key(row.sentence),
            "answer": lambda row: (not row.answer_fault, bool(row.answer)),
            "file": lambda row: row.file,
            "new": lambda row: row.new_events,
            "folder": lambda row: str(row.folder),
        },
        search=lambda row: f"{row.unit_name} {row.unit_code} {row.file} {row.sentence}",
    )


def answer_word(row: FileRow) -> str:
    """Return whether the acknowledgement lies beside the file."""
    if row.answer_fault:
        return _("not written")
    if row.answer:
        return _("on the stick")
    return _("not asked for") if row.unit_code else ""


def _answer_state(row: FileRow) -> State:
    if row.answer_fault:
        return State.BAD
    return State.GOOD if row.answer else State.NONE
