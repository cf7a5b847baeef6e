"""The strict reader of catalogue tables: every slip has a place."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from antq_desktop.domain.catalogues import CatalogueHead, MalformedCatalogue, Table, read_head

HEAD: dict[str, Any] = {
    "schema": 1,
    "kind": "criteria",
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 2, 10),
}


def head(**changes: object) -> CatalogueHead:
    return CatalogueHead(**read_head(Table({**HEAD, **changes}), "criteria", "ab"))


def test_a_head_carries_who_it_is_and_when_it_holds() -> None:
    whole = head(in_force_to=date(2026, 12, 31), note="n")
    assert (whole.id, whole.version, whole.sha256, whole.note) == ("x", "1", "ab", "n")
    days = [date(2022, 2, 9), date(2022, 2, 10), date(2026, 12, 31), date(2027, 1, 1)]
    assert [whole.in_force(day) for day in days] == [False, True, True, False]
    assert head().in_force(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"schema": 2}, "schema"),
        ({"schema": "1"}, "schema"),
        ({"schema": True}, "schema"),
        ({"kind": "model-kinds"}, "kind"),
        ({"id": ""}, "id"),
        ({"version": 1}, "version"),
        ({"title": "  "}, "title"),
        ({"in_force_from": "2022-02-10"}, "in_force_from"),
        ({"in_force_from": datetime(2022, 2, 10)}, "in_force_from"),  # noqa: DTZ001 - TOML has such times too
        ({"in_force_from": ""}, "in_force_from"),
        ({"in_force_to": date(2022, 2, 9)}, "in_force_to"),
        ({"note": 5}, "note"),
    ],
)
def test_a_faulty_head_is_named_by_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        head(**changes)
    assert caught.value.facts["place"] == place


@pytest.mark.parametrize(
    ("plain", "read"),
    [
        ({}, lambda table: table.text("a")),
        ({"a": ""}, lambda table: table.text("a")),
        ({"a": "c"}, lambda table: table.choice("a", ("b",))),
        ({"a": -1}, lambda table: table.count("a")),
        ({"a": 101}, lambda table: table.count("a", highest=100)),
        ({"a": 1.0}, lambda table: table.count("a")),
        ({"a": "2022"}, lambda table: table.day("a")),
        ({"a": "b"}, lambda table: table.texts("a")),
        ({"a": ["b", ""]}, lambda table: table.texts("a")),
        ({"a": ["b", "b"]}, lambda table: table.texts("a")),
        ({"a": 1}, lambda table: table.table("a")),
        ({"a": []}, lambda table: table.tables("a")),
        ({"a": {}}, lambda table: table.tables("a")),
        ({"a": 1}, lambda table: table.finish()),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(
    plain: dict[str, Any], read: Callable[[Table], object]
) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        read(Table(plain, "rows[3]"))
    assert caught.value.facts["place"] == "rows[3].a"


@pytest.mark.parametrize("plain", [None, [], "text", 3])
def test_what_is_no_table_is_refused(plain: object) -> None:
    with pytest.raises(MalformedCatalogue):
        Table(plain, "rule")


def test_a_table_inside_a_list_that_is_none_is_named() -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        Table({"a": [{}, 3]}).tables("a")
    assert caught.value.facts["place"] == "a[1]"


def test_what_fits_is_read_composed() -> None:
    table = Table({"a": " Hoà\u0300 ".replace("Hoà\u0300", "Hoa\u0300"), "n": 0, "l": ["x", "y"]})
    assert table.text("a") == "Hoà"
    assert table.text("missing", "") == ""
    assert table.count("n") == 0
    assert table.texts("l") == ("x", "y")
    assert table.texts("missing") == ()
    assert table.day("missing") is None
    table.finish()
