"""Shows one of the pages of the rest of the year on a real workspace, and types as a person does."""

from collections.abc import Callable

import pytest

from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.kept_side import KeptSide
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

Open = Callable[[type[Page]], Page]
Put = Callable[..., None]
Names = Callable[[Table], list[str]]


@pytest.fixture
def opened(office: Desk, in_sight: Callable[..., None]) -> Open:
    """Return what opens a page and waits until it has read."""

    def open_page(kind: type[Page]) -> Page:
        page = kind(office)  # type: ignore[call-arg] # every page is made of a desk alone
        office.announced.connect(page.changed)
        in_sight(page)
        page.freshen()
        office.lane.wait_idle()
        return page

    return open_page


@pytest.fixture
def put() -> Put:
    """Return what types into fields of the details."""

    def typed(side: KeptSide, **texts: str) -> None:
        for name, text in texts.items():
            box = side.form.boxes[name]
            box.set_typed(text)
            box.edited.emit()

    return typed


@pytest.fixture
def names() -> Names:
    """Return what stands in the first shown column of a table."""

    def read(table: Table) -> list[str]:
        model = table.model()
        place = next(p for p in range(model.columnCount()) if not table.isColumnHidden(p))
        return [str(model.index(row, place).data()) for row in range(model.rowCount())]

    return read
