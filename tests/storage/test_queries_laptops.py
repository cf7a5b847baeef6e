"""The table of communes stays one query and quick with as many communes as the country has."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from antq_desktop.storage.queries.laptops import LaptopRow, laptop_rows
from antq_desktop.storage.tables import chains, devices, received_bundles, set_aside
from antq_desktop.storage.unit_of_work import Store

COMMUNES = 3_321
BUNDLES = 12
START = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


def device(unit: str, name: str = "d1", key: str = "k1", status: str = "active") -> dict[str, object]:
    return {
        "unit_code": unit,
        "device_id": name,
        "key_id": key,
        "unit_name": f"Xã {unit}",
        "sign_key": "",
        "seal_key": "",
        "status": status,
        "revoked_from": None,
        "trust_version": 1,
        "enrolled_at": START.isoformat(),
        "request": {},
    }


def bundle(
    unit: str, number: int, verdict: str = "taken", code: str = "all-new", **more: object
) -> dict[str, object]:
    return {
        "sha256": f"{unit}-{number}-{verdict}",
        "bundle_id": f"00000000-0000-7000-8000-{number:012}",
        "unit_code": unit,
        "device_id": "d1",
        "epoch": 1,
        "seq_from": number * 10 + 1,
        "seq_to": number * 10 + 10,
        "verdict": verdict,
        "code": code,
        "new_events": 10,
        "file_name": f"goi-{number}.antq",
        "at": (START + timedelta(days=number)).isoformat(timespec="seconds"),
        **more,
    }


def end(unit: str, last: int, **more: object) -> dict[str, object]:
    return {
        "unit_code": unit,
        "device_id": "d1",
        "epoch": 1,
        "last_seq": last,
        "head_hash": b"h",
        "updated_at": START.isoformat(),
        **more,
    }


def aside(unit: str, seq: int, code: str, entity_id: str) -> dict[str, object]:
    return {
        "unit_code": unit,
        "device_id": "d1",
        "epoch": 1,
        "seq": seq,
        "entity": "households",
        "entity_id": entity_id,
        "code": code,
        "facts": {},
        "at": START.isoformat(),
    }


def put(store: Store, table: sa.Table, rows: list[dict[str, object]]) -> None:
    with store.writing("An") as work:
        work.connection.execute(sa.insert(table), rows)
        work.commit()


def rows_of(store: Store, unit_code: str | None = None) -> list[LaptopRow]:
    with store.reading() as work:
        return laptop_rows(work, unit_code)


def test_one_laptop_with_everything_on_record(store: Store) -> None:
    put(store, devices, [device("04978", key="old", status="revoked"), device("04978", key="new")])
    put(store, devices, [device("05014"), device("05089", status="revoked")])
    put(store, chains, [end("04978", 20)])
    put(
        store,
        received_bundles,
        [
            bundle("04978", 0),
            bundle("04978", 1),
            bundle("04978", 1, "known", "all-known"),
            bundle("04978", 4, "held", "gap"),
            bundle("04978", 3, "held", "gap"),
            bundle("04978", 9, "held", "schema-newer"),
            bundle("04978", 7, "refused", "fork"),
        ],
    )
    put(
        store,
        set_aside,
        [
            aside("04978", 3, "concurrent", "h1"),
            aside("04978", 4, "after-set-aside", "h1"),
            aside("04978", 5, "concurrent", "h1"),
            aside("04978", 6, "concurrent", "h2"),
            aside("04978", 7, "clash", "h3"),
        ],
    )
    full, never, withdrawn = rows_of(store)
    assert (full.unit_code, full.unit_name, full.active) == ("04978", "Xã 04978", True)
    assert (full.last_seq, full.range_from, full.range_to) == (20, 11, 20)
    assert full.bundle_id.endswith("1")
    assert full.taken_at == (START + timedelta(days=1)).isoformat(timespec="seconds")
    assert full.refused_at == (START + timedelta(days=7)).isoformat(timespec="seconds")
    assert (full.held, full.held_from) == (3, 31)
    assert (full.set_aside, full.conflicts) == (5, 2)
    assert (never.last_seq, never.taken_at, never.held, never.active) == (0, "", 0, True)
    assert not withdrawn.active
    assert rows_of(store, "05014") == [never]


@pytest.fixture
def country(store: Store) -> Store:
    codes = [f"{number:05}" for number in range(COMMUNES)]
    put(store, devices, [device(code) for code in codes])
    put(store, chains, [end(code, BUNDLES * 10) for code in codes])
    put(store, received_bundles, [bundle(code, number) for code in codes for number in range(BUNDLES)])
    put(store, received_bundles, [bundle(code, BUNDLES + 3, "held", "gap") for code in codes[::7]])
    put(store, set_aside, [aside(code, 3, "concurrent", "h1") for code in codes[::5]])
    return store


def test_every_commune_of_the_country_in_one_query_and_within_a_second(country: Store) -> None:
    asked: list[str] = []
    sa.event.listen(
        country.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_more: asked.append(statement),
    )
    started = time.perf_counter()
    rows = rows_of(country)
    took = time.perf_counter() - started
    assert len(rows) == COMMUNES
    assert len([statement for statement in asked if "SELECT" in statement]) == 1
    assert sum(row.held for row in rows) == len(range(0, COMMUNES, 7))
    assert sum(row.conflicts for row in rows) == len(range(0, COMMUNES, 5))
    assert {(row.range_from, row.range_to) for row in rows} == {(BUNDLES * 10 - 9, BUNDLES * 10)}
    assert took < 1.0, took
