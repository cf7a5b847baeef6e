"""A short list in memory that the filters of a page narrow."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from antq_desktop.ui.models.rows import Asked, ListRows


class NarrowedRows(ListRows):
    """``fits`` says for each filter of the page whether a row fits its value."""

    def __init__(
        self,
        rows: Iterable[Any] = (),
        sort_keys: Mapping[str, Callable[[Any], Any]] | None = None,
        search: Callable[[Any], str] | None = None,
        fits: Mapping[str, Callable[[Any, Any], bool]] | None = None,
    ) -> None:
        self.all = tuple(rows)
        self._fits = dict(fits or {})
        super().__init__(self.all, sort_keys, search)

    def _matching(self, asked: Asked) -> list[Any]:
        return [
            row
            for row in super()._matching(asked)
            if all(self._fits[name](row, value) for name, value in asked.filters.items())
        ]
