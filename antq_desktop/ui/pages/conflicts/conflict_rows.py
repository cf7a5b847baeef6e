"""The list of what is to be decided, and of what was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antq_desktop.domain.conflicts import ConflictDecision
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services import record_words as words
from antq_desktop.services.commune_side import version_words
from antq_desktop.services.commune_side.conflict_sides import Conflict
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One line; ``id`` is what the service finds it by."""

    id: str
    kind: str
    name: str
    text: str
    state: State


def open_rows(found: Sequence[Conflict]) -> list[ConflictRow]:
    return [
        ConflictRow(
            each.id,
            words.entity(each.entity),
            each.name or each.entity_id,
            _("{count} versions", count=len(each.sides)) if len(each.sides) > 1 else _("Does not fit"),
            State.LOOK,
        )
        for each in found
    ]


def decided_rows(
    found: Sequence[ConflictDecision], names: Mapping[tuple[str, str], str]
) -> list[ConflictRow]:
    return [
        ConflictRow(
            each.id,
            words.entity(each.entity),
            names.get((each.entity, each.entity_id), "") or each.entity_id,
            _("{user}, {at}: {reason}", user=each.user, at=version_words.moment(each.at), reason=each.reason),
            State.GOOD,
        )
        for each in found
    ]


def columns() -> list[Column]:
    return [
        Column("name", _("Record"), lambda row: row.name, width=130, wide=True),
        Column("kind", _("Kind"), lambda row: row.kind, width=104),
        Column("text", _("State"), lambda row: row.text, width=112, state=lambda row: row.state),
    ]


def source(rows: Sequence[ConflictRow]) -> ListRows:
    keys = {"name": lambda row: sort_key(row.name), "kind": lambda row: sort_key(row.kind)}
    return ListRows(rows, sort_keys=keys, search=lambda row: f"{row.name} {row.kind}")
