"""On a server the tables are the same, rows of units are kept apart by the server itself, and secrets stay sealed."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.households import Household
from antq_desktop.domain.periods import Period, assessment_period
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage import attachments, outbox
from antq_desktop.storage.applying import keep_file
from antq_desktop.storage.backup import BackedUpByServer, back_up
from antq_desktop.storage.failures import Clash, ServerAway
from antq_desktop.storage.key_file import OtherKeyFile, Vault
from antq_desktop.storage.migrate import migrate, needs_migration, revision_of
from antq_desktop.storage.postgres import (
    POLICY,
    DatabaseUnfit,
    NoDatabaseAddress,
    check,
    open_engine,
    tables_of_units,
)
from antq_desktop.storage.queries import search
from antq_desktop.storage.queries.commitments import status
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.model_measures import by_area
from antq_desktop.storage.queries.scope import Coverage, report_scope
from antq_desktop.storage.records import kind_of, to_row
from antq_desktop.storage.register_tables import residential_areas
from antq_desktop.storage.table_parts import metadata
from antq_desktop.storage.tables import journal, local_state
from antq_desktop.storage.unit_of_work import Store

if TYPE_CHECKING:
    from tests.postgres_server import Server

KEY = bytes(range(32))
NOW = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)
AREA = ResidentialArea(id="a1", unit_code="04978", name="Bản Lác", kind="bản", valid_from=date(2020, 1, 1))
THEIRS = replace(AREA, unit_code="05014", version={"d": 1})


@pytest.fixture
def address(postgres: "Server") -> str:
    return postgres.make_database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    engine = open_engine(address)
    migrate(engine)
    store = Store(engine, lambda: NOW, Vault(KEY))
    with store.writing("An") as work:
        work.keep_local("unit_code", "04978")
        work.keep_local("device_id", "d1")
        work.commit()
    store.identify()
    yield store
    store.close()


def _differs(
    _context: object, _there: object, _declared: object, there: object, declared: object
) -> bool | None:
    """Leave whole numbers out: every one of them has 64 bits on the server."""
    return False if isinstance(there, sa.BigInteger) and isinstance(declared, sa.Integer) else None


def put_theirs(store: Store) -> None:
    with store.writing("An") as work:
        work.connection.execute(sa.insert(residential_areas), to_row(kind_of(ResidentialArea), THEIRS))
        work.commit()


def test_the_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        made = MigrationContext.configure(connection, opts={"compare_type": _differs})
        assert compare_metadata(made, metadata) == []


def test_up_down_and_up_again(store: Store) -> None:
    migrate(store.engine, "base")
    assert revision_of(store.engine) is None
    migrate(store.engine)
    assert not needs_migration(store.engine)


def test_records_are_saved_found_and_told_as_in_the_file(store: Store) -> None:
    with store.writing("An") as work:
        area = work.save(AREA)
        home = work.save(
            Household(id="h1", unit_code="04978", area_id="a1", head="Nguyễn Văn Ánh", members=4)
        )
        work.commit()
    with store.writing("An") as work:
        work.save(replace(home, members=5))
        work.delete(work.save(replace(area, id="a2", version={})), "trùng")
        work.commit()
    with store.reading() as work:
        assert work.get(Household, "h1").members == 5
        assert [row.id for row in work.all(ResidentialArea)] == ["a1"]
        assert outbox.first_broken(work.connection) is None
        assert outbox.head(work.connection, 1).seq == 5
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(replace(home, id="h2", area_id="nowhere", version={}))


@pytest.mark.parametrize(("day", "found"), [(date(2026, 9, 30), "a1"), (date(2026, 10, 1), "a2")])
def test_a_household_is_counted_where_it_was_on_the_day(store: Store, day: date, found: str) -> None:
    with store.writing("An") as work:
        work.save_all([AREA, replace(AREA, id="a2", valid_from=date(2026, 10, 1))])
        past = {"a1": date(2026, 9, 30)}
        home = Household(id="h1", unit_code="04978", area_id="a2", past_areas=past, head="Nguyễn Văn Ánh")
        work.save(home)
        work.save(CommunityModel(
            id="m1", unit_code="04978", area_id="a2", past_areas=past, kind="k", name="M", state=ModelState.WORKING
        ))  # fmt: skip
        work.commit()
    kinds: tuple[UnitKind, ...] = ("residential_area", "agency", "enterprise", "school", "commune")
    covered = Coverage(2026, {kind: assessment_period(kind, 2026) for kind in kinds})
    scope = report_scope(covered, Period(date(2025, 12, 15), day))
    with store.reading() as work:
        assert work.get(Household, "h1").past_areas == past
        assert [line.area_id for line in status(work, "", day)] == [found]
        assert by_area(work, scope, "models_working") == {found: 1}
        for area in ("a1", "a2"):
            here = replace(scope, unit=UnitKey("residential_area", area))
            living = measures(work, here, {"households_living", "areas_with_model", "units"})
            assert living["households_living"] == living["areas_with_model"] == (area == found), area


def test_whole_numbers_have_room_for_a_budget_in_dong(store: Store) -> None:
    model = CommunityModel(
        id="m1", unit_code="04978", kind="k", name="Camera an ninh", budget_vnd=12_000_000_000
    )
    with store.writing("An") as work:
        work.save(model)
        work.commit()
    with store.reading() as work:
        assert [each.id for each in work.all(CommunityModel, budget_vnd=12_000_000_000)] == ["m1"]


def test_a_writer_of_one_unit_neither_sees_nor_changes_rows_of_another(store: Store) -> None:
    put_theirs(store)
    with store.writing("An", "04978") as work:
        connection = work.connection
        assert connection.execute(sa.select(residential_areas.c.id)).all() == []
        changed = connection.execute(sa.update(residential_areas).values(name="x"))
        gone = connection.execute(sa.delete(residential_areas))
        assert (changed.rowcount, gone.rowcount) == (0, 0)
        work.commit()
    with store.reading() as work:
        assert work.get(ResidentialArea, "a1", "05014") == THEIRS


def test_a_writer_of_one_unit_cannot_write_under_the_code_of_another(store: Store) -> None:
    row = to_row(kind_of(ResidentialArea), THEIRS)
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), store.engine.connect() as plain:
        connection = plain.execution_options(writes=True, unit_code="04978")
        connection.execute(sa.insert(residential_areas), row)
    with store.reading() as work:
        assert work.find(ResidentialArea, "a1", "05014") is None


def test_every_table_with_rows_of_units_carries_the_check(store: Store) -> None:
    with store.engine.connect() as connection:
        guarded = connection.exec_driver_sql(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
            f"WHERE polname = '{POLICY}' AND relrowsecurity AND relforcerowsecurity ORDER BY relname"
        ).scalars()
        assert list(guarded) == tables_of_units(connection)
    assert {table.name for table in metadata.sorted_tables if "unit_code" in table.c} == set(
        tables_of_units_of(store)
    )


def tables_of_units_of(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return tables_of_units(connection)


def test_lines_of_the_chains_cannot_be_changed_by_hand(store: Store) -> None:
    with store.writing("An") as work:
        work.save(AREA)
        work.commit()
    for table in ("outbox", "journal", "received_events"):
        for deed in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.engine.connect() as plain:
                plain.execution_options(writes=True).exec_driver_sql(deed)


def test_what_the_laptop_keeps_for_itself_is_sealed_on_the_server(store: Store) -> None:
    with store.writing("An") as work:
        work.keep_local("device_keys", {"seal": "AGE-SECRET-KEY-1"})
        work.commit()
    with store.engine.connect() as connection:
        values = list(connection.execute(sa.select(local_state.c.value)).scalars())
    assert len(values) == 3
    assert not any("AGE-SECRET" in str(value) or "04978" in str(value) for value in values)
    with store.reading() as work:
        assert work.local("device_keys", {}) == {"seal": "AGE-SECRET-KEY-1"}


def test_values_open_with_their_key_and_under_their_name_only(store: Store) -> None:
    with pytest.raises(OtherKeyFile):
        Store(store.engine, lambda: NOW, Vault(bytes(32)))
    with store.engine.connect().execution_options(writes=True) as connection:
        sealed = connection.execute(
            sa.select(local_state.c.value).where(local_state.c.name == "device_id")
        ).scalar_one()
        connection.execute(
            sa.update(local_state).where(local_state.c.name == "unit_code").values(value=sealed)
        )
        connection.commit()
    with pytest.raises(OtherKeyFile):
        store.identify()


@pytest.mark.parametrize("address", ["", "nonsense", "sqlite:///antq.db", "postgresql://antq@/antq"])
def test_other_addresses_are_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(NoDatabaseAddress) as refused:
        open_engine(address)
    assert not address or address not in str(refused.value)


def test_an_administrator_is_refused_since_no_row_is_kept_from_him(postgres: "Server", address: str) -> None:
    engine = open_engine(address.replace("antq@", "admin@"))
    with pytest.raises(DatabaseUnfit, match="administrator"):
        check(engine)
    engine.dispose()


def test_another_encoding_is_refused(postgres: "Server") -> None:
    fit, unfit = (
        open_engine(postgres.make_database("C.UTF-8")),
        open_engine(postgres.make_database(encoding="LATIN1")),
    )
    check(fit)
    with pytest.raises(DatabaseUnfit, match="UTF8"):
        check(unfit)
    for engine in (fit, unfit):
        engine.dispose()


def test_a_server_that_is_not_there_is_a_known_failure(tmp_path: object) -> None:
    engine = open_engine(f"postgresql+psycopg://antq@/antq?host={tmp_path}")
    with pytest.raises(ServerAway):
        check(engine)


def test_a_database_that_is_not_there_is_a_known_failure(postgres: "Server") -> None:
    engine = open_engine(postgres.address("no_such_database"))
    with pytest.raises(ServerAway, match="no_such_database"):
        check(engine)


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="read-only"), store.engine.connect() as connection:
        connection.execute(sa.delete(journal))


def test_search_and_backup_say_that_they_are_not_offered(store: Store, tmp_path: object) -> None:
    with store.writing("An") as work:
        work.save(AREA)
        work.commit()
    with pytest.raises(search.SearchNotOffered), store.reading() as work:
        search.find(work, "lac", 20)
    with pytest.raises(BackedUpByServer):
        back_up(store.engine, None, tmp_path, NOW)  # type: ignore[arg-type] # refused before it is looked at


@pytest.mark.parametrize("is_kept", [True, False])
def test_one_file_from_two_communes_at_once_is_kept_once(store: Store, is_kept: bool) -> None:
    content = [b"scan" * 100_000]

    def keep_of_the_second() -> bool:
        with store.writing("Bình", "05014") as work:
            new = keep_file(work, "f" * 64, content)
            work.commit()
        return new

    with ThreadPoolExecutor(1) as second:
        with store.writing("An", "04978") as work:
            assert keep_file(work, "f" * 64, content)
            later = second.submit(keep_of_the_second)
            while not _waiting(store) and not later.done():
                time.sleep(0.01)
            if is_kept:
                work.commit()
        assert later.result(timeout=60) is not is_kept
    with store.reading() as reading:
        assert b"".join(attachments.content(reading, "f" * 64)) == content[0]


def test_two_that_keep_one_thing_of_this_laptop_at_once_follow_each_other(store: Store) -> None:
    def keep_of_the_second() -> None:
        with store.writing("Bình", "05014") as work:
            work.keep_local("halted", {"code": "second"})
            work.commit()

    with ThreadPoolExecutor(1) as second:
        with store.writing("An", "04978") as work:
            work.keep_local("halted", {"code": "first"})
            later = second.submit(keep_of_the_second)
            while not _waiting(store) and not later.done():
                time.sleep(0.01)
            work.commit()
        later.result(timeout=60)
    with store.reading() as reading:
        assert reading.local("halted", {}) == {"code": "second"}


def _waiting(store: Store) -> bool:
    """Whether a transaction of this database waits for another."""
    question = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with store.engine.connect() as connection:
        return bool(connection.exec_driver_sql(question).scalar_one())
