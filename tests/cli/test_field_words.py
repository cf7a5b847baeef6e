"""A command names the field at fault in Vietnamese, whatever rule found it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_desktop.cli.field_words import named
from antq_desktop.domain import record_checks
from antq_desktop.domain.findings import Finding

#: Rules that several records share take the names of fields as arguments.
SHARED = {"negative_counts", "future_days"}


def fields_of(path: Path) -> Iterator[str]:
    """Yield the fields that the rules of a module name as they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        first = node.args[0] if node.args else None
        if node.func.id in {"Finding", "wrong_order"} and isinstance(first, ast.Constant) and first.value:
            yield str(first.value)
        if node.func.id in SHARED:
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def test_every_field_that_a_rule_names_has_a_word() -> None:
    package = Path(record_checks.__file__).parents[1]
    modules = [*(package / "domain").glob("*.py"), *(package / "services").rglob("*.py")]
    fields = {field for module in modules for field in fields_of(module)}
    assert len(fields) > 50
    bare = [field for field in sorted(fields) if named(Finding(field, "x", "."), ".") == f"{field}: ."]
    assert bare == []


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("joined_on", "Ngày tham gia"),
        ("quantities.buoi", "buổi"),
        ("handed_in.khau", "khẩu súng"),
        ("count", "Số lượng"),
        ("dieu4-1-a", "dieu4-1-a"),
    ],
)
def test_fields_are_said_as_on_the_page(field: str, word: str) -> None:
    assert named(Finding(field, "x", "."), "Xem lại.") == f"{word}: Xem lại."
