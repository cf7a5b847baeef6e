"""Drafts of all units at once: those without one are begun, those begun are filled anew when asked, finished ones stay."""

from pathlib import Path

import pytest

from tests.cli.conftest import Antq


def test_every_unit_without_an_assessment_gets_a_draft(antq: Antq, filled: Path) -> None:
    units = antq("board", "--json", "--data", filled).json
    one = antq("assess", "Bản Lác", "--json", "--data", filled).json["id"]
    begun = antq("assess", "--all", "--json", "--data", filled)
    assert begun.code == 0, begun.err
    assert one not in begun.json["begun"]
    assert len(begun.json["begun"]) == len(units) - 1 > 0
    again = antq("assess", "--all", "--refresh", "--json", "--data", filled)
    assert (again.json["begun"], again.json["failed"]) == ([], {})
    assert sorted(again.json["refreshed"]) == sorted([one, *begun.json["begun"]])


def test_only_one_kind(antq: Antq, filled: Path) -> None:
    said = antq("assess", "--all", "--kind", "commune", "--data", filled)
    assert (said.code, said.out.splitlines()[0]) == (0, "Đã lập 1 bản tự đánh giá.")


@pytest.mark.parametrize(
    "words", [("assess",), ("assess", "Bản Lác", "--all"), ("assess", "--all", "--finish-on", "05/11/2024")]
)
def test_one_unit_or_all(antq: Antq, filled: Path, words: tuple[str, ...]) -> None:
    refused = antq(*words, "--data", filled)
    assert refused.code == 2
    assert "--all" in refused.err
