"""The criteria as a list: what each asks, on what ground, and how sure its text is."""

from collections.abc import Iterable
from typing import Any

from antq_desktop.domain.criteria import Status
from antq_desktop.runtime.language import _
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.pages.criteria.reading import ItemLine
from antq_desktop.ui.pages.criteria.rule_words import STATUS_NAMES, rule_words, status_state, status_word
from antq_desktop.ui.theme import State

OPEN, TYPED, PROVINCE = "open", "typed", "province"
_STATUSES: tuple[Status, ...] = tuple(STATUS_NAMES)


def standings() -> list[tuple[str, str]]:
    """Return what the list can be narrowed to, with what it is called."""
    return [
        (OPEN, _("Not compared yet")),
        (TYPED, _("Official text typed in")),
        *((status, status_word(status)) for status in _STATUSES),
        (PROVINCE, _("Set by the province")),
    ]


def word(line: ItemLine) -> str:
    """Return how sure the text of a criterion is."""
    return _("Official text typed in") if line.row.official is not None else status_word(line.row.status)


def state(line: ItemLine) -> State:
    return State.GOOD if line.row.official is not None else status_state(line.row.status)


def is_one_of(line: ItemLine, standing: str) -> bool:
    """Whether a criterion is among those that ``standing`` narrows the list to."""
    match standing:
        case "open":
            return line.row.open
        case "typed":
            return line.row.official is not None
        case "province":
            return line.row.origin == PROVINCE
    return line.row.status == standing


def columns() -> list[Column]:
    return [
        Column("place", _("Legal basis"), lambda line: line.row.legal_basis, width=186),
        Column("wording", _("Criterion"), lambda line: line.row.wording, width=166, wide=True),
        Column("status", _("How sure"), word, width=205, state=state),
        Column("rule", _("Holds when"), lambda line: rule_words(line.item.rule), width=240, offered=True),
        Column(
            "catalogue",
            _("Catalogue of criteria"),
            lambda line: line.row.catalogue_title,
            width=260,
            offered=True,
        ),
    ]


class ItemRows(ListRows):
    """The criteria in memory, narrowed by text, by ``catalogue`` and by ``standing``; unsorted they stand as in the law."""

    def __init__(self, lines: Iterable[ItemLine] = ()) -> None:
        self.all = tuple(lines)
        places = {line.id: place for place, line in enumerate(self.all)}
        super().__init__(
            self.all,
            sort_keys={
                "place": lambda line: places[line.id],
                "wording": lambda line: line.row.wording,
                "status": lambda line: (not line.row.open, _STATUSES.index(line.row.status), places[line.id]),
                "rule": lambda line: rule_words(line.item.rule),
                "catalogue": lambda line: places[line.id],
            },
            search=lambda line: f"{line.row.wording} {line.row.legal_basis} {line.row.note}",
        )

    def _matching(self, asked: Asked) -> list[Any]:
        catalogue, wanted = asked.filters.get("catalogue"), asked.filters.get("standing")
        return [
            line
            for line in super()._matching(asked)
            if catalogue in (None, line.row.catalogue_id) and (wanted is None or is_one_of(line, wanted))
        ]
