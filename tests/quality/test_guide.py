"""The guide for officers names buttons and pages as the program does."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "huong-dan.md"
#: Said with weight, not read on the screen.
SAID = {"không ai mở được dữ liệu", "số lượng", "đậm"}


@pytest.fixture(scope="module")
def shown() -> set[str]:
    """Return everything that the program says in Vietnamese."""
    return {
        entry.msgstr
        for file in (ROOT / "resources" / "i18n" / "vi").glob("*.po")
        for entry in polib.pofile(str(file))
    }


def test_every_word_of_the_screen_is_written_as_on_the_screen(shown: set[str]) -> None:
    named = set(re.findall(r"\*\*(.+?)\*\*", " ".join(GUIDE.read_text(encoding="utf-8").split())))
    assert len(named) > 80
    assert sorted(named - shown - SAID) == []


def test_every_command_is_one() -> None:
    commands = re.findall(r"`antq ([a-z]+)(?: ([a-z]+))?", GUIDE.read_text(encoding="utf-8"))
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "antq_desktop" / "cli").glob("*.py")
    )
    assert commands
    assert [
        word for words in commands for word in words if word and f'add_parser("{word}"' not in source
    ] == []
