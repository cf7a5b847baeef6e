"""Catalogue files: what ships is sound, and a faulty one names its file, line and place."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.activities import parse_activities
from antq_desktop.domain.assessment import Answer, evaluate, filled
from antq_desktop.domain.catalogues import CatalogueHead
from antq_desktop.domain.commitments import parse_campaigns
from antq_desktop.domain.community_models import parse_models, parse_ratings
from antq_desktop.domain.criteria import parse, statuses
from antq_desktop.domain.indicators import Figures
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import Expected, ShareAtLeast
from antq_desktop.runtime.catalogue_files import (
    FaultyCatalogueFile,
    NoCatalogueFile,
    NoTomlFile,
    read,
    read_shipped,
)
from antq_desktop.runtime.resources import RESOURCES

SHIPPED = RESOURCES / "catalogues"
PARSERS: dict[str, Callable[[Mapping[str, Any], str], CatalogueHead]] = {
    "tt124-2021-dieu4": parse,
    "model-kinds": parse_models,
    "activity-kinds": parse_activities,
    "commitment-campaigns": parse_campaigns,
    "rating-scales": parse_ratings,
}
SOUND = (SHIPPED / "tt124-2021-dieu4.toml").read_text(encoding="utf-8")


def test_every_shipped_file_is_read_here() -> None:
    assert {path.stem for path in SHIPPED.glob("*.toml")} == set(PARSERS)


@pytest.mark.parametrize("name", list(PARSERS))
def test_a_shipped_catalogue_is_sound_and_carries_the_hash_of_its_bytes(name: str) -> None:
    catalogue = read_shipped(name, PARSERS[name])
    assert catalogue.id == name
    assert catalogue.version
    assert catalogue.sha256 == hashlib.sha256((SHIPPED / f"{name}.toml").read_bytes()).hexdigest()


def test_article_4_says_what_is_known_of_it_and_no_more() -> None:
    catalogue = read_shipped("tt124-2021-dieu4", parse)
    assert catalogue.in_force_from == date(2022, 2, 10)
    assert catalogue.unit_kinds == ("residential_area",)
    assert [clause.legal_basis for clause in catalogue.clauses] == [f"Điều 4 khoản {n}" for n in range(1, 6)]
    assert [len(clause.items) for clause in catalogue.clauses] == [3, 1, 8, 1, 1]
    assert statuses(catalogue) == {"seen": 10, "press": 0, "inferred": 0, "unknown": 4}
    assert [item.id for item in catalogue.items if not item.compared] == [
        "k3-7",
        "k3-con-lai",
        "k4-van-ban-goc",
        "k5-van-ban-goc",
    ]
    assert all("văn bản gốc" in item.wording for item in catalogue.items if not item.compared)
    # The only threshold of Điều 4 that anybody has seen is the 100 % of clause 1.
    thresholds = [item for item in catalogue.items if isinstance(item.rule, ShareAtLeast)]
    assert [(item.id, item.rule) for item in thresholds] == [("k1-ho-dang-ky", ShareAtLeast(100))]
    assert {item.rule for item in catalogue.clauses[2].items[:6]} == {Expected(yes=False)}


def test_article_4_is_met_only_with_every_household() -> None:
    catalogue = read_shipped("tt124-2021-dieu4", parse)
    answers = {item.id: Answer(item.rule.yes) for item in catalogue.items if isinstance(item.rule, Expected)}
    days = {item_id: Answer(date(2026, 2, 10)) for item_id in ("k1-nghi-quyet", "k1-dang-ky")}
    for signed, result in ((120, "met"), (119, "not_met")):
        known = filled(catalogue, Figures(households_living=120, households_signed=signed))
        assert known == {"k1-ho-dang-ky": Answer(Ratio(signed, 120), "database", Ratio(signed, 120))}
        assert evaluate(catalogue, {**answers, **days, **known}, 2026).result == result
    assert evaluate(catalogue, {**answers, **days, **filled(catalogue, Figures())}, 2026).result == "not_met"


def test_about_forty_kinds_of_models_and_the_units_of_reports_are_there() -> None:
    models, activities = (
        read_shipped("model-kinds", parse_models),
        read_shipped("activity-kinds", parse_activities),
    )
    assert len(models.kinds) >= 40
    assert {"Tiếng kẻng an ninh", "Nhà trọ tự quản", "Câu lạc bộ 19/8"} <= {
        kind.name for kind in models.kinds.values()
    }
    named = {unit.name for unit in activities.units.values()}
    assert {"buổi", "ca", "lượt người", "tờ rơi", "vụ", "khẩu súng", "viên đạn", "kg pháo"} <= named
    used = {unit for kind in activities.kinds.values() for unit in kind.units}
    assert used == set(activities.units)


def test_the_yearly_pledge_stands_first() -> None:
    kinds = list(read_shipped("commitment-campaigns", parse_campaigns).kinds.values())
    assert [kind.yearly for kind in kinds] == [True, False, False, False, False, False]
    assert all(kind.pledges for kind in kinds)


def line_of(text: str, words: str, nth: int = 0) -> int:
    """Return the number of the nth line that begins with ``words``, found apart from the reader."""
    return [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(words)][nth]


@pytest.mark.parametrize(
    ("old", "new", "line", "place"),
    [
        ('answer = "share"', 'answer = "mood"', line_of(SOUND, 'answer = "share"'), "clauses[0].items[2].answer"),
        ("{ at_least_percent = 100 }", "{ at_least_percent = 101 }", line_of(SOUND, "rule = { at_least"), "clauses[0].items[2].rule.at_least_percent"),
        ('id = "k3-6"', 'id = "k3-5"', line_of(SOUND, 'id = "k3-6"'), "clauses[2].items[5].id"),
        ('id = "k4"\n', 'id = "k3"\n', line_of(SOUND, 'id = "k4"'), "clauses[3].id"),
        ('filled_by = "share_signed"', 'filled_by = "x"', line_of(SOUND, "filled_by"), "clauses[0].items[2].filled_by"),
        ("schema = 1", "schema = 9", line_of(SOUND, "schema"), "schema"),
        ('title = "Khoản 5 theo văn bản gốc"\n', "", line_of(SOUND, "[[clauses]]", 4), "clauses[4].title"),
        ('unit_kinds = ["residential_area"]', "", 1, "unit_kinds"),
        ('kind = "criteria"', 'kind = "criteria', line_of(SOUND, "kind = "), "—"),
        ("[[clauses.items]]", "[[clauses.items]", line_of(SOUND, "[[clauses.items]]"), "—"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_faulty_file_names_its_line_and_place(
    tmp_path: Path, old: str, new: str, *, line: int, place: str, line_end: str
) -> None:
    assert old in SOUND
    faulty = tmp_path / "tinh.toml"
    faulty.write_text(SOUND.replace(old, new, 1), encoding="utf-8", newline=line_end)
    with pytest.raises(FaultyCatalogueFile) as caught:
        read(faulty, parse)
    assert caught.value.facts["file"] == "tinh.toml"
    assert (caught.value.facts["line"], caught.value.facts["place"]) == (line, place)


@pytest.mark.parametrize(
    "content",
    [SOUND.encode("utf-16"), b"PK\x03\x04\xff\xfe", b"#" * (4 * 1024 * 1024 + 1), b"a = " + b"[" * 100_000],
    ids=["utf-16", "zip", "huge", "deep"],
)
def test_a_file_that_is_no_catalogue_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(content)
    with pytest.raises((NoTomlFile, FaultyCatalogueFile), match=r"other\.toml"):
        read(other, parse)


def test_a_catalogue_of_another_kind_is_refused() -> None:
    with pytest.raises(FaultyCatalogueFile) as caught:
        read_shipped("model-kinds", parse)
    assert caught.value.facts["place"] == "kind"


def test_a_missing_file_is_said_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(NoCatalogueFile, match=path.name):
            read(path, parse)
