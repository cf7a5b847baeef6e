"""What is installed is what was chosen: pinned, hashed, and each with its reason on paper."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RUNTIME, DEV = "installer/requirements.lock", "installer/requirements-dev.lock"
BENCH = "installer/requirements-bench.lock"


@pytest.fixture(scope="module")
def pyproject(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def chosen(pyproject: dict[str, Any]) -> dict[str, list[Requirement]]:
    """Return, for each lock file, what the project itself asks for."""
    project = pyproject["project"]
    runtime = [Requirement(line) for line in project["dependencies"]]
    dev = [Requirement(line) for line in project["optional-dependencies"]["dev"]]
    bench = [Requirement(line) for line in project["optional-dependencies"]["bench"]]
    return {RUNTIME: runtime, DEV: runtime + dev, BENCH: runtime + bench}


def locked(repository: Path, lock: str) -> dict[str, tuple[str, int]]:
    """Return name → (version, number of hashes) of a lock file."""
    entries = re.split(r"^(?=[a-z0-9])", (repository / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    pins: dict[str, tuple[str, int]] = {}
    for entry in filter(None, entries):
        pinned = re.match(r"([\w.\-]+)==([\w.]+)", entry)
        assert pinned, entry
        pins[canonicalize_name(pinned[1])] = (
            pinned[2],
            len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry)),
        )
    return pins


@pytest.mark.parametrize("lock", [RUNTIME, DEV, BENCH])
def test_everything_chosen_is_pinned_within_its_bounds(
    repository: Path, chosen: dict[str, list[Requirement]], lock: str
) -> None:
    pins = locked(repository, lock)
    for requirement in chosen[lock]:
        version, _ = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement.name


@pytest.mark.parametrize("lock", [RUNTIME, DEV, BENCH])
def test_everything_pinned_carries_hashes(repository: Path, lock: str) -> None:
    assert [name for name, (_, hashes) in locked(repository, lock).items() if not hashes] == []


def test_the_shipped_versions_are_the_tested_ones(repository: Path) -> None:
    assert locked(repository, RUNTIME).items() <= locked(repository, DEV).items()


def test_the_project_is_built_with_a_pinned_tool(repository: Path, pyproject: dict[str, Any]) -> None:
    pins = locked(repository, DEV)
    for requirement in map(Requirement, pyproject["build-system"]["requires"]):
        assert requirement.specifier.contains(pins[requirement.name][0])


def test_every_dependency_has_its_reason(repository: Path, chosen: dict[str, list[Requirement]]) -> None:
    page = (repository / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    reasons = dict(re.findall(r"^\| `([\w.\-]+)` \| ([^|]{20,}) \|", page, re.MULTILINE))
    assert {canonicalize_name(name) for name in reasons} == {
        canonicalize_name(requirement.name) for lock in (DEV, BENCH) for requirement in chosen[lock]
    }
