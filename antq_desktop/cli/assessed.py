"""Finds the unit of any kind that somebody names on the command line for the yearly round."""

from dataclasses import dataclass
from typing import cast

from antq_desktop.cli.arguments import Parser
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.text import clean
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.area_names import fitting

#: How the kinds are typed.
KINDS: tuple[UnitKind, ...] = ("residential_area", "commune", "agency", "enterprise", "school")


@dataclass(frozen=True, slots=True)
class _Named:
    kind: UnitKind
    id: str
    name: str


def takes_kind(parser: Parser) -> None:
    """Add the option that keeps to one kind of unit."""
    parser.takes("--kind", choices=KINDS, default=None, help=_("only units of this kind"))


def unit_key(application: Application, named: str, year: int, kind: UnitKind | None = None) -> UnitKey:
    """Return the unit with this id or name (without tone marks too). Raises NotFound when none or several fit.

    Units that the circular leaves out are found too, so that the reason can be said.
    """
    rows = [
        _Named(cast("UnitKind", row.unit_kind), row.unit_id, row.unit_name)
        for row in application.assessments.rows(year)
    ]
    known = {row.id for row in rows}
    rows += [
        _Named(row.kind, row.id, row.name) for row in application.units.rows(year) if row.id not in known
    ]
    among = [row for row in rows if kind in (None, row.kind)]
    found = [row.id for row in among if row.id == named] or fitting(clean(named), among)
    if len(found) != 1:
        raise NotFound(what=named)
    return next(UnitKey(row.kind, row.id) for row in among if row.id == found[0])
