"""The codes checked since the page was opened, as a table shows them, and what each outcome is called."""

from collections.abc import Iterable
from dataclasses import dataclass

from antq_desktop.domain.text import sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.verifying import CertificateCheck
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.pages.verify.lookup import Found
from antq_desktop.ui.theme import State

#: By the state of a check: how it is drawn and what it is called.
STATES: dict[str, tuple[State, str]] = {
    "valid": (State.GOOD, N_("Valid")),
    "withdrawn": (State.BAD, N_("Withdrawn")),
    "superseded": (State.BAD, N_("Replaced by another")),
    "unknown": (State.LOOK, N_("Not in the register here")),
    "altered": (State.BAD, N_("The register says otherwise")),
    "refused": (State.BAD, N_("Not genuine or not known")),
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One code; ``id`` counts from 1 in the order of the checks."""

    id: int
    found: Found

    @property
    def check(self) -> CertificateCheck:
        return self.found.check


def state(check: CertificateCheck) -> State:
    return STATES[check.state][0]


def word(check: CertificateCheck) -> str:
    return _(STATES[check.state][1])


def columns() -> list[Column]:
    return [
        Column("name", _("Unit"), _name, width=150, wide=True),
        Column("state", _("State"), lambda row: word(row.check), 196, state=lambda row: state(row.check)),
        Column("number", _("Number"), _number, width=92, align="right"),
        Column("year", _("Year"), _year, width=64, align="right"),
        Column("unit", _("Issuing unit"), lambda row: row.check.signed_by, width=136),
        Column("at", _("Checked at"), lambda row: written.moment(row.found.at), width=148),
        Column("source", _("Read from"), lambda row: row.found.source, width=160, offered=True),
    ]


def source(rows: Iterable[CheckRow]) -> ListRows:
    order = list(STATES)
    return ListRows(
        tuple(rows),
        sort_keys={
            "at": lambda row: row.id,
            "number": lambda row: row.check.facts.number if row.check.facts else 0,
            "year": _year,
            "name": lambda row: sort_key(_name(row)),
            "unit": lambda row: sort_key(row.check.signed_by),
            "state": lambda row: order.index(row.check.state),
            "source": lambda row: row.found.source,
        },
        search=lambda row: f"{_name(row)} {_number(row)} {row.check.signed_by}",
    )


def _number(row: CheckRow) -> str:
    return row.check.facts.number_text if row.check.facts else ""


def _year(row: CheckRow) -> str:
    return str(row.check.facts.year) if row.check.facts else ""


def _name(row: CheckRow) -> str:
    return row.check.facts.unit_name if row.check.facts else ""
