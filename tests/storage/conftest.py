"""A real, encrypted, migrated database for the tests of storage."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.unit_of_work import Store

KEY = bytes(range(32))
NOW = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "antq.db"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the closed workspace of commune 04978 on the device "d1"; tests work on copies."""
    path = tmp_path_factory.mktemp("migrated") / "antq.db"
    engine = open_engine(path, KEY)
    migrate(engine)
    store = Store(engine, lambda: NOW)
    with store.writing("Bùi Văn An") as work:
        work.keep_local("unit_code", "04978")
        work.keep_local("device_id", "d1")
        work.commit()
    store.close()
    return path


@pytest.fixture
def store(migrated: Path, database: Path) -> Iterator[Store]:
    """Return an open copy of that workspace."""
    shutil.copy(migrated, database)
    store = Store(open_engine(database, KEY), lambda: NOW)
    yield store
    store.close()


@pytest.fixture
def area(store: Store) -> ResidentialArea:
    with store.writing("Bùi Văn An") as work:
        kept = work.save(
            ResidentialArea(
                id="a1", unit_code="04978", name="Bản Lác", kind="bản", valid_from=date(2020, 1, 1)
            )
        )
        work.commit()
    return kept


@pytest.fixture
def household(area: ResidentialArea) -> Callable[..., Household]:
    """Make a household of the area, not saved yet."""

    def make(key: str = "h1", head: str = "Nguyễn Văn Ánh", **more: object) -> Household:
        return Household(id=key, unit_code="04978", area_id=area.id, head=head, **more)  # type: ignore[arg-type]

    return make
