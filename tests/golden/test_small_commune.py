"""Every indicator against figures that were worked out by hand; the folder beside says how each was counted."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.indicators import Amount, evaluate, parse_indicators
from antq_desktop.domain.periods import reporting_period
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_scope import parse_scope
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.services.reporting.report_annexes import area_lines
from antq_desktop.storage.codec import record_from, to_plain
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.queries.behind import behind
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.scope import Coverage, Scope, report_scope
from antq_desktop.storage.records import BY_ENTITY
from antq_desktop.storage.unit_of_work import Store

FOLDER = Path(__file__).parent / "small_commune"
UNIT = "04978"
PERIODS = ("2026-Q1", "2026", "2025")
INDICATORS = read_shipped("indicators", parse_indicators)
SCOPE = read_shipped("tt124-2021-pham-vi", parse_scope)
AREA_COLUMNS = ("households", "people", "signed", "absent", "refused", "models", "activities")
#: Which indicators tell the first columns, asked of one area.
OF_ONE_AREA = (
    "households_living",
    "people_living",
    "households_signed",
    "households_absent",
    "households_refused",
)
#: What the file leaves out, by table.
LEFT_OUT: dict[str, dict[str, Any]] = {
    "residential_areas": {"kind": "xóm"},
    "households": {"head": "Bùi Văn An"},
    "campaigns": {"name": "Đợt ký"},
    "community_models": {"kind": "to-lien-gia-tu-quan", "name": "Tổ liên gia"},
    "model_parts": {"name": "Điểm"},
    "listed_units": {"name": "Đơn vị"},
    "year_steps": {"step": "registration"},
    "self_assessments": {"state": "final", "catalogue_id": "c", "catalogue_version": "1", "catalogue_sha256": "0"},
    "recognitions": {"unit_name": "Đơn vị", "decision_number": "1", "decided_by": "UBND", "signer": "A", "signer_post": "B"},
    "certificates": {"kind": "recognition"},
    "festival_days": {"place": "Nhà văn hóa"},
    "outreach_campaigns": {"title": "Tuyên truyền"},
    "security_teams": {"name": "Tổ bảo vệ"},
    "team_members": {"name": "Bùi Văn An", "birth": "1980"},
    "team_trainings": {"title": "Bồi dưỡng"},
    "steering_committees": {"name": "Ban Chỉ đạo"},
    "coordination_programmes": {"partner": "Đoàn Thanh niên", "subject": "Phối hợp"},
    "awards": {"authority": "chu-tich-xa", "recipient": "Bùi Văn An", "state": "decided"},
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    engine = open_engine(tmp_path_factory.mktemp("golden") / "antq.db", bytes(32))
    migrate(engine)
    store = Store(engine, lambda: datetime(2026, 12, 31, tzinfo=UTC))
    with store.writing("An") as work:
        work.keep_local("unit_code", UNIT)
        work.keep_local("device_id", "d1")
        work.commit()
    store.identify()
    tables = tomllib.loads((FOLDER / "commune.toml").read_text(encoding="utf-8"))
    years = {campaign["id"]: campaign["year"] for campaign in tables["campaigns"]}
    for paper in tables["commitments"]:
        paper |= {
            "id": f"{paper['household_id']}-{paper['campaign_id']}",
            "year": years[paper["campaign_id"]],
        }
    with store.writing("An") as work:
        for entity, rows in tables.items():
            work.save_all([record(entity, row) for row in rows])
        work.commit()
    yield store
    store.close()


def record(entity: str, row: dict[str, Any]) -> Any:
    kind = BY_ENTITY[entity]
    fields = LEFT_OUT.get(entity, {}) | row
    return record_from(kind.record, to_plain(kind.record(unit_code=UNIT, **fields)))


def scope(code: str) -> Scope:
    period = reporting_period(code)
    coverage = Coverage(
        period.year,
        {kind: unit.period.of(period.year) for kind, unit in SCOPE.units.items()},
        frozenset({("school", "tieu-hoc")}),
        frozenset({"tam-dung", "thanh-loai"}),
    )
    return report_scope(coverage, period.days)


def by_hand() -> dict[tuple[str, str], str]:
    """Return the figures of the file as they are written there."""
    with (FOLDER / "figures.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["period"], row["indicator"]): row["figure"] for row in csv.DictReader(lines)}


def areas_by_hand(period: str) -> dict[str, list[int | None]]:
    """Return what the file says of each area; the models of the whole commune stand under no id."""
    with (FOLDER / "areas.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["period"] == period]
    return {
        row["area"]: [int(row[column]) if row[column] else None for column in AREA_COLUMNS] for row in rows
    }


def written(amount: Amount) -> str:
    """Return a figure as the file writes it; kinds in any order."""
    match amount:
        case int():
            return str(amount)
        case Ratio(part, whole):
            return f"{part}/{whole}"
        case _:
            return ";".join(sorted(f"{kind}={count}" for kind, count in amount.items()))


@pytest.mark.parametrize("period", PERIODS)
def test_every_indicator_is_what_was_worked_out_by_hand(store: Store, period: str) -> None:
    with store.reading() as work:
        counted = evaluate(INDICATORS, measures(work, scope(period)))
    hand = {name: figure for (of, name), figure in by_hand().items() if of == period}
    assert {name: written(amount) for name, amount in counted.items()} == {
        name: ";".join(sorted(figure.split(";"))) for name, figure in hand.items()
    }


@pytest.mark.parametrize("period", PERIODS)
def test_the_rows_behind_every_indicator_add_up_to_it(store: Store, period: str) -> None:
    with store.reading() as work:
        counted = evaluate(INDICATORS, measures(work, scope(period)))
        for name, amount in counted.items():
            rows = behind(work, scope(period), INDICATORS, name)
            whole = sum(row.amount for row in rows if row.counted)
            figure = (
                amount
                if isinstance(amount, int)
                else amount.part
                if isinstance(amount, Ratio)
                else sum(amount.values())
            )
            assert whole == figure, name
            assert figure == 0 or all(row.id for row in rows), name


@pytest.mark.parametrize("period", PERIODS)
def test_every_area_of_the_annex_is_what_was_worked_out_by_hand(store: Store, period: str) -> None:
    with store.reading() as work:
        lines = area_lines(work, scope(period))
        ids = {area.name: area.id for area in work.all(ResidentialArea)}
    assert {
        ids.get(line.name, ""): [getattr(line, column) for column in AREA_COLUMNS] for line in lines
    } == areas_by_hand(period)


@pytest.mark.parametrize("period", PERIODS)
def test_the_figures_of_one_area_are_those_of_its_line(store: Store, period: str) -> None:
    hand = areas_by_hand(period)
    for area_id in "ABCDEF":
        of_area = replace(scope(period), unit=UnitKey("residential_area", area_id))
        with store.reading() as work:
            counted = evaluate(INDICATORS, measures(work, of_area))
        nothing = [0] * len(OF_ONE_AREA)
        assert [counted[name] for name in OF_ONE_AREA] == hand.get(area_id, nothing)[: len(OF_ONE_AREA)]


def test_the_rows_behind_a_share_show_who_is_missing(store: Store) -> None:
    with store.reading() as work:
        rows = behind(work, scope("2026"), INDICATORS, "share_signed")
    assert {row.id: row.state for row in rows if not row.counted} == {
        "a4": "absent",
        "b2": "refused",
        "c1": "issued",
    }


def test_the_file_names_every_indicator_in_every_period() -> None:
    assert by_hand().keys() == {(period, name) for period in PERIODS for name in INDICATORS.indicators}
