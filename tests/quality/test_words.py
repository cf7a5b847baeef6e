"""Every sentence the program can say has its Vietnamese, whole and with the same facts, and nothing is left over."""

import ast
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import polib
import pytest
from babel.messages.extract import extract_from_file

MARKS = ("_", "N_")


@pytest.fixture(scope="module")
def sentences(repository: Path) -> dict[str, str]:
    """Return each message id of the code with the place where it stands."""
    places = {}
    for path in modules(repository):
        for line, message, _comments, _context in extract_from_file("python", path, dict.fromkeys(MARKS)):
            places[str(message)] = f"{path.relative_to(repository).as_posix()}:{line}"
    return places


@pytest.fixture(scope="module")
def translations(repository: Path) -> list[tuple[str, polib.POEntry]]:
    """Return each entry of the catalogues with the name of its file."""
    files = sorted((repository / "resources" / "i18n" / "vi").glob("*.po"))
    return [
        (path.name, entry) for path in files for entry in polib.pofile(str(path), check_for_duplicates=True)
    ]


def test_every_sentence_has_its_vietnamese(
    sentences: dict[str, str], translations: list[tuple[str, polib.POEntry]]
) -> None:
    spoken = {entry.msgid for _, entry in translations if entry.translated()}
    assert [f"{place}: {message}" for message, place in sentences.items() if message not in spoken] == []


def test_no_translation_is_left_over(
    sentences: dict[str, str], translations: list[tuple[str, polib.POEntry]]
) -> None:
    left_over = [f"{name}: {e.msgid}" for name, e in translations if e.obsolete or e.msgid not in sentences]
    assert left_over == []


def test_a_translation_names_the_same_facts(translations: list[tuple[str, polib.POEntry]]) -> None:
    wrong = [
        f"{name}: {e.msgid} → {e.msgstr}" for name, e in translations if facts(e.msgid) != facts(e.msgstr)
    ]
    assert wrong == []


def test_one_sentence_is_translated_one_way(translations: list[tuple[str, polib.POEntry]]) -> None:
    ways = defaultdict(set)
    for _, entry in translations:
        ways[entry.msgid].add(entry.msgstr)
    assert [sorted(texts) for texts in ways.values() if len(texts) > 1] == []


def test_vietnamese_is_composed_and_finished(translations: list[tuple[str, polib.POEntry]]) -> None:
    unfinished = [
        f"{name}: {entry.msgid}"
        for name, entry in translations
        if entry.fuzzy or not unicodedata.is_normalized("NFC", entry.msgstr)
    ]
    assert unfinished == []


def test_a_marked_sentence_is_written_out(repository: Path) -> None:
    """An f-string or a sum is translated by nobody: no tool can read it out of the code."""
    built = [
        f"{path.relative_to(repository).as_posix()}:{call.lineno}"
        for path in modules(repository)
        for call in marked(path)
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert built == []


def modules(repository: Path) -> list[Path]:
    return sorted((repository / "antq_desktop").rglob("*.py"))


def marked(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in MARKS
            and node.args
        ):
            yield node


def facts(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
