"""Anything is found by the command line, as sentences and as one document, and the index can be gathered anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Antq = Callable[..., Any]


def test_finds_without_tone_marks_and_says_where(antq: Antq, filled: Path) -> None:
    answer = antq("find", "be ha", "--data", filled)
    assert answer.code == 0
    assert answer.out.splitlines()[0].startswith("Hộ gia đình · Hà Thị Bé · ")
    (home, *_) = antq("find", "ha thi be", "--json", "--data", filled).json
    assert (home["entity"], home["title"], home["page"]) == ("households", "Hà Thị Bé", "households")
    assert home["what"] == {"household_id": home["id"]}
    assert len(antq("find", "ban", "--limit", "1", "--json", "--data", filled).json) == 1


def test_what_is_not_there_is_said(antq: Antq, filled: Path) -> None:
    answer = antq("find", "khongcoai", "--data", filled)
    assert (answer.code, answer.out) == (0, "Không tìm thấy gì với «khongcoai».\n")
    assert antq("find", "khongcoai", "--json", "--data", filled).json == []


def test_the_index_is_gathered_anew_on_demand(antq: Antq, filled: Path) -> None:
    assert antq("check", "--rebuild-search", "--data", filled).code == 0
    assert antq("find", "ha thi be", "--json", "--data", filled).json[0]["title"] == "Hà Thị Bé"
