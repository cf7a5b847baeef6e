"""50,000 households in the real table over a real encrypted database: every jump is measured and said."""

import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import name_key
from antq_desktop.services.application import Application
from antq_desktop.storage.records import kind_of, to_row
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.areas_households.page import AreasHouseholdsPage

COUNT = 50_000
#: Far above what any machine of this century needs; it only tells a hang from a slow day.
CAP = 20.0
FAMILIES = ("Bùi", "Quách", "Đinh", "Hà", "Nguyễn", "Trần", "Lê", "Phạm", "Xa", "Mùa")
MIDDLES = ("Văn", "Thị", "Công", "Bá", "Mỹ", "Thu", "Kim")
GIVEN = ("Ánh", "Ẩn", "Bé", "Cường", "Dũng", "Đức", "Giang", "Hoa", "Khánh", "Lương", "Minh", "Tám", "Vinh")
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def many(commune: Application) -> list[ResidentialArea]:
    """Lay the households into their table at once; what is looked at here is the list, not how they came."""
    areas = [commune.territory.add(f"Xóm {n}", "xóm", date(2020, 1, 1)).record for n in range(1, 31)]
    kind = kind_of(Household)
    rows = [
        to_row(
            kind,
            Household(
                id=f"{n:032x}",
                unit_code=commune.session.unit_code,
                area_id=areas[n % 30].id,
                head=f"{FAMILIES[n % 10]} {MIDDLES[n // 10 % 7]} {GIVEN[n // 70 % 13]}",
                birth=str(1930 + n % 70),
                citizen_id=f"0170{n % 70 + 30:02d}{n:06d}",
                members=n % 9 + 1,
                phone=f"09{n:08d}",
                version={"test": 1},
            ),
        )
        for n in range(COUNT)
    ]
    store: Any = commune.households._store
    with store.writing("Bùi Văn An") as work:
        work.connection.execute(sa.insert(kind.table), rows)
        work.commit()
    return areas


def test_jumps_sorting_and_filtering(
    show: Callable[[Any], Any],
    office: Desk,
    many: list[ResidentialArea],
    record_property: Callable[..., None],
) -> None:
    page: AreasHouseholdsPage = show(AreasHouseholdsPage)
    model, table = page._model, page._table

    def measured(what: str, do: Callable[[], object], row: int) -> Any:
        """Do it, and wait until ``row`` is really there and painted."""
        started = perf_counter()
        do()
        office.lane.wait_idle()
        while model.row_at(row) is None and perf_counter() - started < CAP:
            QTest.qWait(1)
            office.lane.wait_idle()
        table.viewport().repaint()
        seconds = perf_counter() - started
        record_property(what, f"{seconds * 1000:.0f} ms")
        sys.stdout.write(f"{what}: {seconds * 1000:.0f} ms\n")
        assert seconds < CAP, what
        return model.row_at(row)

    assert model.total == COUNT
    first = model.row_at(0)
    assert first is not None
    last = measured("to the end", table.scrollToBottom, COUNT - 1)
    assert last.head.endswith("Vinh")
    assert measured("back to the beginning", table.scrollToTop, 0) == first
    middle = measured(
        "into the middle",
        lambda: table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2),
        25_000,
    )
    assert name_key(first.head) < name_key(middle.head) < name_key(last.head)
    places = {column.key: place for place, column in enumerate(model.columns)}
    eldest = measured("by year of birth", lambda: table.sortByColumn(places["birth"], UP), 0)
    assert eldest.birth == "1930"
    biggest = measured("by persons, most first", lambda: table.sortByColumn(places["members"], DOWN), 0)
    assert biggest.members == 9
    measured("by area", lambda: table.sortByColumn(places["area_name"], UP), 0)
    measured("to the end by area", table.scrollToBottom, COUNT - 1)

    def typed() -> None:
        page._text.setFocus()
        QTest.keyClicks(page._text, "quach thi minh")
        page._text.entered.emit()

    found = measured("filter by three words", typed, 0)
    assert found.head == "Quách Thị Minh"
    assert model.total < COUNT
    heads = {row.head for place in range(model.total) if (row := model.row_at(place))}
    assert heads == {"Quách Thị Minh"}
