"""Every row of the receiver's table, every code in it and every threat has a test, and the tests that are named exist."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

LISTS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "promised.toml").read_text("utf-8")
)
#: How many threats the design lists; one that is taken off the list must be missed here.
THREATS = 26


@cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.fixture(scope="module")
def table(repository: Path) -> list[tuple[str, str]]:
    """Return (what is seen, codes) of each row of the table in the page of the format."""
    page = (repository / "docs" / "bundle-format.md").read_text("utf-8")
    section = page.split("## 10.")[1].split("\nAnd a commune")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [(row[0], row[-1]) for row in rows[2:]]


@pytest.mark.parametrize(
    "named", sorted({test for part in LISTS.values() for tests in part.values() for test in tests})
)
def test_what_the_lists_name_is_a_test(repository: Path, named: str) -> None:
    file, test = named.split("::")
    assert test in _tests_in(repository / file)


def test_every_row_of_the_table_has_its_tests(table: list[tuple[str, str]]) -> None:
    assert sorted(LISTS["rows"]) == sorted(seen for seen, _ in table)
    assert all(LISTS["rows"].values())


def test_every_threat_has_its_tests() -> None:
    assert len(LISTS["threats"]) == THREATS
    assert all(LISTS["threats"].values())


def test_every_code_of_the_table_is_asked_for_by_a_test(
    repository: Path, table: list[tuple[str, str]]
) -> None:
    codes = {code for _, cell in table for code in re.findall(r"`([a-z-]+)`", cell)}
    assert len(codes) > 20
    asked = "".join(path.read_text("utf-8") for path in (repository / "tests").rglob("test_*.py"))
    assert sorted(code for code in codes if f'"{code}"' not in asked) == []
