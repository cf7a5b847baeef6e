"""The tree stays as the house was drawn: known rooms, modules that say why they exist, none that grew too long."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

TOP = {
    ".ci",
    ".editorconfig",
    ".gitignore",
    "CHANGELOG.md",
    "README.md",
    "antq_desktop",
    "benchmarks",
    "dev.py",
    "docs",
    "forms",
    "installer",
    "pyproject.toml",
    "resources",
    "tests",
    "tools",
}
LONGEST_MODULE = 400
#: A module of tests is a list of cases that grows line by line; a migration is written once and never read again.
LONGEST_TEST = 650
MIGRATIONS = "antq_desktop/storage/migrations/versions/"

#: The three borders where anything may be caught: there a bug becomes a report and not a lost window.
BORDERS = {"antq_desktop/ui/jobs.py", "antq_desktop/ui/crash.py", "antq_desktop/cli/main.py"}

#: Carries what stopped its thread to the thread that waits for it, which raises it again.
CARRIERS = {"antq_desktop/exchange/streams.py"}

#: Folders of one machine; a path relative to something, or part of an address, is none.
MACHINE = re.compile(r"(?<![\w.:/~\-])/(?:work|root|home|tmp|Users)/\w|\b[A-Z]:\\\\?Users\\")


@pytest.fixture(scope="module")
def tree(repository: Path) -> list[Path]:
    """Return every file that is kept, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := repository / name).is_file()]


def test_the_top_of_the_tree_holds_known_names(repository: Path, tree: list[Path]) -> None:
    assert {path.relative_to(repository).parts[0] for path in tree} <= TOP


def test_a_module_opens_with_why_it_exists(repository: Path, tree: list[Path]) -> None:
    silent = [
        name(path, repository)
        for path in tree
        if path.suffix == ".py"
        and (parsed := ast.parse(path.read_bytes())).body
        and not ast.get_docstring(parsed)
    ]
    assert silent == []


def test_no_module_grows_too_long(repository: Path, tree: list[Path]) -> None:
    long = {
        name(path, repository): lines
        for path in tree
        if path.suffix == ".py"
        and not name(path, repository).startswith(MIGRATIONS)
        and (lines := len(path.read_bytes().splitlines()))
        > (LONGEST_TEST if name(path, repository).startswith("tests/") else LONGEST_MODULE)
    }
    assert long == {}


def test_no_file_knows_a_machine(repository: Path, tree: list[Path]) -> None:
    found = []
    for path in tree:
        content = path.read_bytes()
        if b"\0" not in content:
            lines = enumerate(content.decode("utf-8", "replace").splitlines(), start=1)
            found += [
                f"{name(path, repository)}:{number}: {line}" for number, line in lines if MACHINE.search(line)
            ]
    assert found == []


def test_everything_is_caught_only_at_the_borders(repository: Path, tree: list[Path]) -> None:
    broad = [
        f"{name(path, repository)}:{line}"
        for path in tree
        if path.suffix == ".py" and name(path, repository).startswith("antq_desktop/")
        if name(path, repository) not in BORDERS | CARRIERS
        for line in catches_everything(ast.parse(path.read_bytes()))
    ]
    assert broad == []


def test_the_readme_opens_with_the_two_commands(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    first_block = re.findall(r"^```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)[0]
    commands = [line.split("#")[0].strip() for line in first_block.splitlines() if line.strip()]
    assert commands == ["python3 dev.py demo", "python3 dev.py test"]


def test_what_is_judged_runs_the_readmes_test_command(repository: Path) -> None:
    script = repository / ".ci" / "run"
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec python3 dev.py test"
    kept = subprocess.run(
        ["git", "ls-files", "--stage", ".ci/run"], cwd=repository, capture_output=True, text=True, check=True
    )
    assert kept.stdout.startswith("100755")


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("try:\n    f()\nexcept:\n    pass", True),
        ("try:\n    f()\nexcept Exception:\n    g()", True),
        ("try:\n    f()\nexcept (OSError, BaseException) as e:\n    g(e)", True),
        ("with suppress(Exception):\n    f()", True),
        ("try:\n    f()\nexcept BaseException:\n    g()\n    raise", False),
        ("try:\n    f()\nexcept OSError:\n    g()", False),
    ],
)
def test_the_check_for_broad_handlers_sees_them(code: str, caught: bool) -> None:
    assert bool(catches_everything(ast.parse(code))) is caught


@pytest.mark.parametrize(
    ("line", "is_machine"),
    [
        ("open('{}home/somebody/file')", True),
        ("see {}tmp/out.pdf", True),
        ("path = 'C:\\\\Users\\\\somebody'", True),
        ("../{}work/x", False),
        ("https://example.org{}work/page", False),
        ("{}usr/share/fonts", False),
    ],
)
def test_the_check_for_machine_paths_sees_them(line: str, is_machine: bool) -> None:
    assert bool(MACHINE.search(line.format("/"))) is is_machine


def catches_everything(tree: ast.AST) -> list[int]:
    """Return the lines that catch any exception and do not raise it again."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and names(node.type) & {"", "Exception", "BaseException"}:
            last = node.body[-1]
            if not (isinstance(last, ast.Raise) and last.exc is None):
                lines.append(node.lineno)
        elif isinstance(node, ast.Call) and "suppress" in names(node.func):
            lines += [
                node.lineno for argument in node.args if names(argument) & {"Exception", "BaseException"}
            ]
    return lines


def names(node: ast.expr | None) -> set[str]:
    """Return the last names of an expression such as ``OSError``, ``errors.Refused`` or a tuple of these."""
    match node:
        case None:
            return {""}
        case ast.Tuple(elts=parts):
            return set().union(*(names(part) for part in parts))
        case ast.Name(id=word) | ast.Attribute(attr=word):
            return {word}
    return set()


def name(path: Path, repository: Path) -> str:
    return path.relative_to(repository).as_posix()
