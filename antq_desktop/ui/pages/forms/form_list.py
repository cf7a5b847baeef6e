"""The list of forms: what each is called, whether this office changed it, and how sure its layout is."""

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.papers.forms import FormRow
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State


def columns() -> tuple[Column, ...]:
    return (
        Column("title", _("Form"), lambda row: row.title, width=340, wide=True),
        Column("own", _("In use"), in_use, width=210, state=standing),
        Column("status", _("Compared with the law"), compared, width=260),
        Column("basis", _("Legal basis"), lambda row: "; ".join(row.legal_basis), width=300, offered=True),
    )


def source(rows: list[FormRow]) -> ListRows:
    return ListRows(
        rows,
        sort_keys={
            "title": lambda row: sort_key(row.title),
            "own": lambda row: (not row.fault, not row.own, sort_key(row.title)),
            "status": lambda row: (row.status, sort_key(row.title)),
            "basis": lambda row: row.legal_basis,
        },
        search=lambda row: row.title,
    )


def in_use(row: FormRow) -> str:
    if row.fault is not None:
        return _("Own form, cannot be printed")
    return _("Own form of this office") if row.own else _("Shipped form")


def standing(row: FormRow) -> State:
    if row.fault is not None:
        return State.BAD
    return State.GOOD if row.own else State.NONE


def compared(row: FormRow) -> str:
    return _("Official form") if row.status == "official" else _("Reference form, not compared yet")
