"""The journal tells who did what, and shows when somebody changed it by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.application import Application
from antq_desktop.services.journal import _BELONGS_TO, _NAMED_BY, _OF_UNITS
from antq_desktop.storage.codec import hints_of
from antq_desktop.storage.key_file import KeyFile
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import KINDS

PASSPHRASE = "cây đa bến nước 04978"
Settle = Callable[..., list[Household]]


def by_hand(folder: Path, clock: Callable[[], object], *statements: str) -> None:
    """Change the closed workspace as somebody would who has the passphrase and other tools."""
    paths = WorkspacePaths(folder)
    key = KeyFile(paths.key_file, clock).unlock(PASSPHRASE)  # type: ignore[arg-type]
    connection = sqlcipher.connect(str(paths.database), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


@pytest.fixture
def busy(application: Application, area: ResidentialArea, settle: Settle) -> Household:
    """Return a household that was saved twice, in a workspace that is now closed."""
    (home,) = settle(area.id, "Bùi Văn Ánh")
    saved = application.households.save(replace(home, members=5)).record
    application.close()
    return saved


def test_every_change_has_its_line(application: Application, area: ResidentialArea, settle: Settle) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    application.households.save(replace(home, members=5))
    newest, first = application.journal.page(JournalFilter(entity_id=home.id), Window())
    assert (newest.user, newest.action, newest.entity) == ("Bùi Văn An", "saved", "households")
    assert newest.changes == {"members": [4, 5]}
    assert first.changes["head"] == [None, "Bùi Văn Ánh"]
    assert newest.at == "2026-11-20T05:00:00+00:00"
    oldest = application.journal.page(JournalFilter(entity_id=home.id), Window(sort="at"))
    assert [line.id for line in oldest] == [first.id, newest.id]
    assert application.journal.count(JournalFilter(entity="households")) == 2
    assert application.journal.count(JournalFilter(text="văn an")) > 2
    assert application.journal.check().holds


@pytest.mark.parametrize("table", ["journal", "outbox"])
def test_lines_can_neither_be_changed_nor_removed(
    busy: Household, folder: Path, clock: Callable[[], object], table: str
) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET user = 'ai đó'"):
        with pytest.raises(sqlcipher.Error, match="append-only"):
            by_hand(folder, clock, statement)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE journal SET user = 'ai đó' WHERE id = {line}",
        "UPDATE journal SET changes = '{{}}' WHERE id = {line}",
        "UPDATE journal SET at = '2026-01-01T00:00:00+00:00' WHERE id = {line}",
        "DELETE FROM journal WHERE id = {line} - 1",
    ],
)
def test_a_line_that_was_changed_by_hand_is_found(
    busy: Household, folder: Path, clock: Callable[[], object], edit: str
) -> None:
    opened = open_workspace(folder, PASSPHRASE)
    line = opened.journal.page(JournalFilter(entity_id=busy.id), Window())[0].id
    assert opened.journal.check().holds
    opened.close()
    by_hand(
        folder,
        clock,
        "DROP TRIGGER journal_no_update",
        "DROP TRIGGER journal_no_delete",
        edit.format(line=line),
    )
    opened = open_workspace(folder, PASSPHRASE)
    check = opened.journal.check()
    opened.close()
    assert not check.holds
    assert (check.journal, check.outbox) == (line, None)


def test_an_event_that_was_changed_by_hand_is_found(
    busy: Household, folder: Path, clock: Callable[[], object]
) -> None:
    by_hand(
        folder,
        clock,
        "DROP TRIGGER outbox_no_update",
        "UPDATE outbox SET line = CAST(replace(CAST(line AS TEXT), 'Ánh', 'Anh') AS BLOB) WHERE seq = "
        "(SELECT max(seq) FROM outbox)",
    )
    opened = open_workspace(folder, PASSPHRASE)
    check = opened.journal.check()
    opened.close()
    assert check.journal is None
    assert check.outbox is not None
    assert check.outbox[0] == 1


def test_what_belongs_to_a_unit_is_called_by_its_name(
    application: Application, area: ResidentialArea
) -> None:
    school = application.units.add("school", "THCS Kim Bôi", "trung-hoc-co-so").record
    keys = [
        UnitKey("school", school.id),
        UnitKey("residential_area", area.id),
        UnitKey("commune", "04978"),
    ]
    day = date(2026, 2, 3)
    steps = [application.year_board.record(key, 2026, "registration", day).record for key in keys]
    happened = application.year_board.record_occurrence(keys[1], "k3-1", date(2026, 5, 4), 1, "1/BB").record
    wanted = [
        *(("year_steps", step.id) for step in steps),
        ("occurrences", happened.id),
        ("listed_units", school.id),
        ("units", school.id),
        ("units", "04978"),
    ]
    assert list(application.journal.names(wanted).values()) == [
        "THCS Kim Bôi",
        "Xóm Bãi Chạo",
        "Xã Kim Bôi",
        "Xóm Bãi Chạo",
        "THCS Kim Bôi",
        "THCS Kim Bôi",
        "Xã Kim Bôi",
    ]


def test_every_record_can_be_named() -> None:
    """A kind of record without a name would stop the page of the journal."""
    fields = {kind.entity: set(hints_of(kind.record)) for kind in KINDS}
    named = {**_NAMED_BY, **{entity: field for entity, (field, _) in _BELONGS_TO.items()}}
    assert {entity for entity, names in fields.items() if named.get(entity) in names} | _OF_UNITS | {
        "settings"
    } == set(fields)
