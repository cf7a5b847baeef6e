"""The frozen program stands alone: away from the checkout, with an empty environment, without a screen."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.frozen

MEGABYTE = 1_000_000
ENDING = ".exe" if os.name == "nt" else ""


@pytest.fixture(scope="module")
def program(
    request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the folder of the program that was just built, carried to another place."""
    if request.config.option.markexpr != "frozen":
        pytest.skip("only `dev.py build` knows that the program in dist is a fresh one")
    folder = tmp_path_factory.mktemp("another place") / "antq-desktop"
    shutil.copytree(repository / "dist" / "antq-desktop", folder, symlinks=True)
    return folder


def start(program: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    needed = {"QT_QPA_PLATFORM": "offscreen"}
    if os.name == "nt":
        needed["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    elsewhere = program.parent / "empty"
    elsewhere.mkdir(exist_ok=True)
    done = subprocess.run(
        [program / f"{name}{ENDING}", *arguments],
        cwd=elsewhere,
        env=needed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert list(elsewhere.iterdir()) == []
    return done


def test_it_opens_a_workspace_and_prints_a_certificate(program: Path) -> None:
    done = start(program, "antq", "smoke", "--json")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)


def test_the_window_does_the_same(program: Path) -> None:
    done = start(program, "antq-desktop", "--smoke")
    assert done.returncode == 0, done.stderr


def test_a_slip_of_the_hand_is_told_apart_from_a_bug(program: Path) -> None:
    done = start(program, "antq", "no-such-command")
    assert done.returncode == 2, done.stderr


def test_it_carries_its_faces_with_their_licences(program: Path) -> None:
    faces = next(program.rglob("_data/resources")) / "fonts"
    if os.name != "nt":
        assert {path.name for path in faces.glob("*.ttf")} >= {
            "LiberationSerif-Regular.ttf",
            "NotoSans-Regular.ttf",
        }
        assert all(
            (faces / package / "copyright").is_file() for package in ("fonts-liberation2", "fonts-noto-core")
        )


@pytest.mark.skipif(os.name == "nt", reason="ldd is not there")
def test_no_part_of_qt_was_trimmed_that_another_part_needs(program: Path) -> None:
    lacking = []
    for library in program.rglob("PySide6/**/*.so*"):
        needs = subprocess.run(["ldd", library], capture_output=True, text=True, check=False).stdout
        lacking += [f"{library.name}: {line.strip()}" for line in needs.splitlines() if "not found" in line]
    assert [line for line in lacking if "libQt6" in line] == []


def test_it_fits_a_small_laptop(program: Path) -> None:
    size = sum(path.stat().st_size for path in program.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < 300 * MEGABYTE
