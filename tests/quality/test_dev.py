"""``dev.py`` must start on a bare Python and must know a font that prints boxes from one that writes Vietnamese."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import reportlab

import dev


def test_it_needs_nothing_but_python(repository: Path) -> None:
    imports = [
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse((repository / "dev.py").read_bytes()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    assert {name.split(".")[0] for name in imports} <= sys.stdlib_module_names


def test_it_has_these_commands_and_says_what_each_does(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", repository / "dev.py", "--help"], capture_output=True, text=True, check=True
    )
    assert set(dev.COMMANDS) == {"demo", "test", "run", "check", "build", "shots"}
    assert all(command.sentence in done.stdout for command in dev.COMMANDS.values())


@pytest.mark.parametrize(
    ("proof", "there"),
    [
        ("libc.so.6", True),
        ("libno-such-thing.so.7", False),
        ("no-such-face.ttf", False),
        ("git", True),
        ("no-such-program", False),
        ("json", True),
        ("/usr/lib/*/libc.so.6", True),
        ("/usr/lib/no-such-thing/*/bin/initdb", False),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="only Debian's packages are looked for")
def test_it_sees_what_the_system_holds(proof: str, there: bool) -> None:
    assert dev.is_there(proof) is there


def test_a_font_without_vietnamese_is_known() -> None:
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    assert not dev.writes_vietnamese(font.read_bytes())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system brings its own faces")
@pytest.mark.parametrize("face", dev.FONTS.values())
def test_a_font_with_vietnamese_is_known(face: str) -> None:
    assert dev.is_there(face)
