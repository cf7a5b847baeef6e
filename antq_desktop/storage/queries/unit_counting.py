"""Counts every measure for one unit after the other; the questions are made once, for making them costs more than asking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from antq_desktop.domain.measures import Measures
from antq_desktop.storage.queries.counting import Rows, total_of, totals_by
from antq_desktop.storage.queries.measures import FINDERS
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.unit_of_work import Reading

#: Stands for the code of the unit in the questions; no unit has such a code.
_ANY = "\x00unit\x00"
_PLACE = "counted_unit"


@dataclass(frozen=True, slots=True)
class _Question:
    """One measure as the database is asked for it, with a free place for the unit."""

    query: sa.Select[Any]
    by_kind: bool


class UnitCounting:
    """The measures of the units that are kept here, over one scope of whole units."""

    def __init__(self, work: Reading, scope: Scope) -> None:
        self._connection = work.connection
        anybody = Reading(work.connection, _ANY)
        self._questions = {measure: _question(find(anybody, scope)) for measure, find in FINDERS.items()}

    def of(self, unit_code: str) -> Measures:
        """Return every measure of ``unit_code``, as ``measures`` gives it for the unit of a workspace."""
        return {measure: self._asked(question, unit_code) for measure, question in self._questions.items()}

    def _asked(self, question: _Question, unit_code: str) -> int | Mapping[str, int]:
        found = self._connection.execute(question.query, {_PLACE: unit_code})
        if question.by_kind:
            return dict(sorted((key, int(count)) for key, count in found))
        return int(found.scalar_one())


def _question(rows: Rows) -> _Question:
    query = total_of(rows) if rows.kind is None else totals_by(rows, rows.kind)
    freed: sa.Select[Any] = visitors.replacement_traverse(query, {}, _freed)  # type: ignore[call-overload] # a query is one
    return _Question(freed, rows.kind is not None)


def _freed(part: visitors.ExternallyTraversible, **_more: Any) -> sa.BindParameter[str] | None:  # noqa: ANN401 - SQLAlchemy's own shape
    """Return the free place for a value that stands for the unit; None leaves a part as it is."""
    is_unit = isinstance(part, sa.BindParameter) and part.value == _ANY
    return sa.bindparam(_PLACE, type_=sa.Text()) if is_unit else None
