"""The floors of the house hold, and each contract that guards them goes red when it is broken."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

FLOORS = {
    "__main__",
    "ui",
    "cli",
    "bootstrap",
    "services",
    "storage",
    "documents",
    "intake",
    "exchange",
    "runtime",
    "domain",
}

#: Contract → (module to break it in, the import that must not be there). One line a way to break it.
SLIPS = {
    "Floors: knowledge runs downwards only": [
        ("domain", "import antq_desktop.runtime"),
        ("runtime", "import antq_desktop.storage"),
        ("storage", "import antq_desktop.exchange"),
        ("documents", "import antq_desktop.intake"),
        ("intake", "import antq_desktop.services"),
        ("services", "import antq_desktop.bootstrap"),
        ("bootstrap", "import antq_desktop.cli"),
        ("ui", "import antq_desktop.cli"),
        ("cli", "import antq_desktop.ui"),
    ],
    "Qt only in ui": [("services", "from PySide6 import QtCore"), ("runtime", "import PySide6.QtWidgets")],
    "The database only in storage": [
        ("services", "import sqlalchemy"),
        ("ui", "from sqlalchemy.exc import OperationalError"),
        ("cli", "import alembic.command"),
        ("documents", "import sqlite3"),
    ],
    "Page drawing only in documents": [
        ("services", "from reportlab.pdfgen import canvas"),
        ("ui", "import zxingcpp"),
    ],
    "Cryptography only in exchange and the key file": [
        ("services", "import nacl.signing"),
        ("storage", "import pyrage"),
    ],
    "The rules of the work stand on the standard library alone": [
        ("domain", "import polib"),
        ("domain", "from openpyxl import Workbook"),
        ("domain", "import sqlite3"),
    ],
}

#: Contract → the floors that may do what it forbids to all the others.
ALLOWED = {
    "Qt only in ui": {"ui", "__main__"},  # __main__ reaches Qt through the window, which is what it is for
    "The database only in storage": {"storage"},
    "Page drawing only in documents": {"documents"},
    "Cryptography only in exchange and the key file": {"exchange"},
}


@pytest.fixture
def house(repository: Path, tmp_path: Path) -> Path:
    """Return a copy of the package that may be broken, with its contracts."""
    shutil.copytree(
        repository / "antq_desktop", tmp_path / "antq_desktop", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(repository / "pyproject.toml", tmp_path)
    return tmp_path


def contracts(repository: Path) -> dict[str, dict[str, Any]]:
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def broken(house: Path) -> set[str]:
    """Return the names of the contracts that the package in ``house`` breaks."""
    # Started with -c, Python looks for the package in the working folder first: there lies the copy.
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache", "--no-logo"],
        cwd=house,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert verdicts.keys() == contracts(house).keys(), done.stdout + done.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


def test_the_house_keeps_every_contract(house: Path) -> None:
    assert broken(house) == set()


def test_every_contract_has_a_slip_that_proves_it(repository: Path) -> None:
    assert SLIPS.keys() == contracts(repository).keys()


@pytest.mark.parametrize(
    ("contract", "floor", "slip"),
    [(contract, *slip) for contract, slips in SLIPS.items() for slip in slips],
)
def test_a_slip_breaks_its_contract(house: Path, contract: str, floor: str, slip: str) -> None:
    room = house / "antq_desktop" / floor
    module = room / "__init__.py" if room.is_dir() else room.with_suffix(".py")
    with module.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{slip}\n")
    assert contract in broken(house)


def test_a_new_floor_must_be_put_in_its_place(house: Path) -> None:
    cellar = house / "antq_desktop" / "cellar"
    cellar.mkdir()
    (cellar / "__init__.py").touch()
    assert "Floors: knowledge runs downwards only" in broken(house)


@pytest.mark.parametrize("contract", ALLOWED)
def test_a_contract_covers_every_other_floor(repository: Path, contract: str) -> None:
    covered = {
        module.removeprefix("antq_desktop.") for module in contracts(repository)[contract]["source_modules"]
    }
    assert covered == FLOORS - ALLOWED[contract]


def test_the_floors_are_the_packages_there_are(repository: Path) -> None:
    package = repository / "antq_desktop"
    there = {path.parent.name for path in package.glob("*/__init__.py")}
    there |= {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert there == FLOORS
