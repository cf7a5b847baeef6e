"""The tables come up, go down, keep their rows, and a failing step leaves the file as it was."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.activity_files import ActivityFile
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.households import Household
from antq_desktop.domain.model_lifecycle import ModelStep
from antq_desktop.domain.model_means import ModelBudget, ModelEquipment, OwnModelKind
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.official_texts import IssuedCatalogue, OfficialWording, OwnForm
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.units import Unit
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.storage import migrate as migrations
from antq_desktop.storage import receiving
from antq_desktop.storage.engine import open_engine, quick_check
from antq_desktop.storage.failures import Clash, WorkspaceDamaged
from antq_desktop.storage.migrate import WorkspaceNewer, migrate, needs_migration, revision_of
from antq_desktop.storage.records import Record, kind_of, to_row
from antq_desktop.storage.table_parts import metadata
from antq_desktop.storage.unit_of_work import Store

KEY = bytes(range(32))
HEAD = "0016"
STEP = YearStep(
    id="s1",
    unit_code="04978",
    unit_kind="school",
    unit_id="u1",
    year=2026,
    step="staff_told",
    on=date(2026, 3, 2),
    part=38,
    whole=40,
)
YEARLY: tuple[Record, ...] = (
    Unit(
        id="u1",
        unit_code="04978",
        kind="school",
        name="THCS Kim Bôi",
        category="lower-secondary",
        valid_from=date(2020, 9, 1),
    ),
    STEP,
    Occurrence(
        id="o1",
        unit_code="04978",
        unit_kind="school",
        unit_id="u1",
        item="k3-1",
        on=date(2026, 5, 4),
        count=2,
        number="12/BB",
    ),
    OfficialWording(
        id="w1",
        unit_code="04978",
        catalogue_id="c",
        item="k4",
        text="…",
        source="Công báo",
        typed_by="An",
        typed_on=date(2026, 1, 5),
    ),
    IssuedCatalogue(
        id="0" * 64,
        unit_code="04978",
        catalogue_id="c",
        catalogue_version="3",
        kind="criteria",
        title="…",
        issued_by="Công an tỉnh",
        taken_on=date(2026, 1, 6),
    ),
    OwnForm(id="certificate", unit_code="04978", text="name = 'certificate'"),
)


LIVES: tuple[Record, ...] = (
    CommunityModel(id="m1", unit_code="04978", kind="k", name="Camera an ninh"),
    ModelStep(
        id="t1", unit_code="04978", model_id="m1", step="ra-mat", on=date(2026, 3, 1), place=1,
        state_before=ModelState.PROPOSED,
    ),
    ModelPart(
        id="p1", unit_code="04978", model_id="m1", kind="group", name="Tổ 1", members=9, valid_from=date(2026, 3, 1)
    ),
    ModelBudget(id="b1", unit_code="04978", model_id="m1", year=2026, source="Xã", amount_vnd=20_000_000),
    ModelEquipment(id="e1", unit_code="04978", model_id="m1", kind="camera", count=4),
    OwnModelKind(id="k1", unit_code="04978", name="Bếp lửa", field="tu-quan", block="khu-dan-cu"),
    ModelActivity(id="y1", unit_code="04978", model_id="m1", kind="hop", on=date(2026, 4, 1), quantities={"buoi": 1}),
    ActivityFile(id="f1", unit_code="04978", activity_id="y1", name="a.jpg", file_sha256="0" * 64),
)  # fmt: skip


def test_the_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        made = MigrationContext.configure(connection, opts={"include_name": _is_no_full_text_index})
        assert compare_metadata(made, metadata) == []


def test_up_down_and_up_again(store: Store) -> None:
    assert not needs_migration(store.engine)
    migrate(store.engine, "base")
    assert revision_of(store.engine) is None
    with store.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    migrate(store.engine)
    quick_check(store.engine)
    assert not needs_migration(store.engine)


def test_migrating_what_is_already_there_keeps_the_rows(
    store: Store, household: Callable[..., Household]
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    migrate(store.engine)
    with store.reading() as work:
        assert work.get(Household, "h1").head == "Nguyễn Văn Ánh"


def test_the_tables_of_the_yearly_process_come_and_go_and_leave_the_first_ones_alone(
    store: Store, household: Callable[..., Household]
) -> None:
    migrate(store.engine, "0001")
    keep_in_early_tables(store, household())
    migrate(store.engine)
    with store.writing("An") as work:
        kept: list[Record] = [work.save(record) for record in YEARLY]
        work.commit()
    with store.reading() as work:
        assert [work.get(type(record), record.id) for record in YEARLY] == kept
        assert work.get(Household, "h1").head == "Nguyễn Văn Ánh"
    migrate(store.engine, "0001")
    with store.engine.connect() as connection:
        heads = connection.exec_driver_sql("SELECT head FROM households").scalars()
        assert list(heads) == ["Nguyễn Văn Ánh"]
        assert not {"listed_units", "year_steps", "own_forms"} & set(sa.inspect(connection).get_table_names())
    migrate(store.engine)
    with store.reading() as work:
        assert work.all(Unit) == []


def test_decisions_keep_their_certificates_and_no_longer_exclude_a_second_one(store: Store) -> None:
    migrate(store.engine, "0001")
    assessment = SelfAssessment(
        id="a1", unit_code="04978", unit_kind="school", unit_id="u1", year=2026,
        catalogue_id="c", catalogue_version="1", catalogue_sha256="0",
    )  # fmt: skip
    decision = Recognition(
        id="r1", unit_code="04978", assessment_id="a1", unit_kind="school", unit_id="u1", unit_name="THCS Kim Bôi",
        year=2026, decision_number="412/QĐ-UBND", decision_date=date(2026, 11, 18), decided_by="UBND",
        signer="An", signer_post="CHỦ TỊCH",
    )  # fmt: skip
    paper = Certificate(
        id="c1", unit_code="04978", recognition_id="r1", year=2026, kind="recognition", number=1,
        issued_on=date(2026, 11, 18),
    )  # fmt: skip
    kept: tuple[Record, ...] = (assessment, decision, paper)
    keep_in_early_tables(store, *kept)
    migrate(store.engine)
    quick_check(store.engine)
    with store.reading() as work:
        assert tuple(work.get(type(record), record.id) for record in kept) == kept
    with store.writing("An") as work:
        work.save(replace(decision, id="r2"))
        work.commit()
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(replace(paper, id="c2", recognition_id="r2"))  # the number 1 of 2026 is taken
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(replace(paper, id="c3", recognition_id="r9", number=2))


def test_bundles_that_came_before_get_the_key_that_was_enrolled_last(store: Store) -> None:
    migrate(store.engine, "0015")
    keys = [("k1", "2026-01-01T00:00:00+00:00"), ("k2", "2026-03-01T00:00:00+00:00")]
    came = {"b0": "2025-12-31", "b1": "2026-02-01", "b2": "2026-03-02"}
    with store.engine.begin() as connection:
        for key, at in keys:
            connection.exec_driver_sql(
                "INSERT INTO devices VALUES ('04978', 'z', ?, 'Xã', 's', 'e', 'active', NULL, 1, ?, '{}')",
                (key, at),
            )
        for sha256, day in came.items():
            connection.exec_driver_sql(
                "INSERT INTO received_bundles VALUES (?, '', '04978', 'z', 1, 1, 2, 'taken', '', 2, '', ?)",
                (sha256, f"{day}T00:00:00+00:00"),
            )
    migrate(store.engine)
    with store.reading() as work:
        assert {row.sha256: row.key_id for row in receiving.bundles(work)} == {
            "b0": "",
            "b1": "k1",
            "b2": "k2",
        }


def test_the_lives_of_models_come_and_go_and_leave_the_models_alone(store: Store) -> None:
    with store.writing("An") as work:
        kept: list[Record] = [work.save(record) for record in LIVES]
        work.commit()
    with store.reading() as work:
        assert [work.get(type(record), record.id) for record in LIVES] == kept
    for twin in (replace(LIVES[3], id="b2"), replace(LIVES[4], id="e2"), replace(LIVES[7], id="f2")):  # type: ignore[type-var] # every record is a dataclass
        with pytest.raises(Clash), store.writing("An") as work:
            work.save(twin)
    migrate(store.engine, "0003")
    with store.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM community_models WHERE id = 'm1'").scalars()
        assert list(names) == ["Camera an ninh"]
    migrate(store.engine)
    quick_check(store.engine)
    with store.reading() as work:
        assert (work.all(ModelStep), work.all(ActivityFile), len(work.all(ModelActivity))) == ([], [], 1)


def test_one_step_of_one_unit_and_year_is_there_once(store: Store) -> None:
    with pytest.raises(Clash), store.writing("An") as work:
        work.save_all([STEP, replace(STEP, id="s2")])


def test_a_newer_file_is_refused_and_left_alone(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WorkspaceNewer, match="9999"):
        needs_migration(store.engine)
    assert revision_of(store.engine) == "9999"


def test_a_failing_step_leaves_the_file_as_it_was(
    store: Store, household: Callable[..., Household], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent / "migrations" / "versions", scripts / "versions")
    (scripts / "versions" / "9999_breaks.py").write_text(
        f"from alembic import op\nrevision = '9999'\ndown_revision = '{HEAD}'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n    op.execute('CREATE TABLE half_done (a TEXT)')\n"
        "    op.execute('DELETE FROM households')\n    op.execute('INSERT INTO nowhere VALUES (1)')\n"
    )
    monkeypatch.setattr(migrations, "_SCRIPTS", scripts)
    assert needs_migration(store.engine)
    with pytest.raises(sa.exc.OperationalError):
        migrate(store.engine)
    assert revision_of(store.engine) == HEAD
    with store.engine.connect() as connection:
        assert "half_done" not in sa.inspect(connection).get_table_names()
    with store.reading() as work:
        assert work.get(Household, "h1").head == "Nguyễn Văn Ánh"


def test_the_file_says_nothing_without_its_key(
    store: Store, database: Path, household: Callable[..., Household]
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    store.close()
    content = database.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "Nguyễn".encode() not in content
    for other in database.parent.iterdir():
        assert "Nguyễn".encode() not in other.read_bytes(), other.name
    plain = sqlite3.connect(database)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM households")
    plain.close()
    wrong = open_engine(database, bytes(32))
    with pytest.raises(WorkspaceDamaged):
        quick_check(wrong)
    wrong.dispose()


def test_the_promised_settings_hold_on_every_connection(store: Store) -> None:
    with store.engine.connect() as first, store.engine.connect() as second:
        for connection in (first, second):
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert found == ["wal", 2, 1]


def keep_in_early_tables(store: Store, *records: Record) -> None:
    """Write rows as an earlier program did: beside its tables there was no search to keep."""
    with store.engine.connect() as connection, connection.begin():
        for record in records:
            kind = kind_of(type(record))
            there = {column["name"] for column in sa.inspect(connection).get_columns(kind.table.name)}
            row = {name: value for name, value in to_row(kind, record).items() if name in there}
            connection.execute(sa.insert(kind.table), row)


def _is_no_full_text_index(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out what SQLAlchemy has no words for: the full-text index and the tables that SQLite keeps for it."""
    return kind != "table" or not str(name).startswith("search_words")
