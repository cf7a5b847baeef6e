"""Catalogue files: a faulty one names its file, line and place."""

from pathlib import Path

import pytest

from antq_desktop.domain.criteria import parse
from antq_desktop.runtime.catalogue_files import (
    FaultyCatalogueFile,
    NoCatalogueFile,
    NoTomlFile,
    read,
    read_shipped,
)
from antq_desktop.runtime.resources import RESOURCES

SHIPPED = RESOURCES / "catalogues"
SOUND = (SHIPPED / "tt124-2021-dieu4.toml").read_text(encoding="utf-8")


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
        ('filled_by = "share_signed"', 'filled_by = "x"', line_of(SOUND, "filled_by", 2), "clauses[0].items[2].filled_by"),
        ("{ at_least_percent = 100 }", "{ at_least_part = 2, of_whole = 0 }", line_of(SOUND, "rule = { at_least"), "clauses[0].items[2].rule.of_whole"),
        ('all_of = ["k3-khong-xay-ra"', 'all_of = ["k3"', line_of(SOUND, "holds"), "clauses[2].holds"),
        ('all_of = ["k3-khong-xay-ra"', 'all_of = ["k3-8"', line_of(SOUND, "holds"), "clauses[2].holds"),
        ('none_of = ["k3-1"', 'none_of = ["k3-7"', line_of(SOUND, "holds", 1), "groups[0].holds"),
        ('none_of = ["k3-1", ', "none_of = [", line_of(SOUND, 'id = "k3-1"'), "clauses[2].items[0].id"),
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
