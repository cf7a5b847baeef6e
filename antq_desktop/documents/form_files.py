"""Loads printed forms from ``forms/<form>/form.toml``, so that a wording changes without a programmer.

A form is refused as a whole, with the line and the key that is wrong, rather than printed wrong.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from antq_desktop.documents.form_blocks import KINDS, Block, Frame, PageBreak, Rulers, Space, Table
from antq_desktop.documents.tables_to_types import WrongShape, build
from antq_desktop.documents.templates import Template
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.resources import FORMS

#: A ``code`` is kept sign for sign: two spaces in a row belong to it.
Kind = Literal["text", "code", "number", "year", "date", "flag", "rows"]

#: The number of a row, from 1, that texts over rows may use beside the row's own fields.
ROW_NUMBER = "n"
_NO_TOML = N_("the file is no readable TOML from here on.")


class FormMissing(NotFound):
    """No form of that name is kept."""

    code = "form-missing"
    sentence = N_("There is no form «{form}». Choose one of: {forms}.")


class FormBroken(BadInput):
    """A form file cannot be used; nothing was printed with it."""

    code = "form-broken"
    sentence = N_(
        "The form «{form}» cannot be printed. Line {line}, «{key}»: {why} Correct the form or go back to the shipped one."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a record brings. ``blank`` is printed where it brings nothing; rows have fields of their own."""

    label: str
    kind: Kind = "text"
    required: bool = False
    blank: str = ""
    fields: Mapping[str, "Field"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Millimetres; the defaults lie within Nghị định 30/2020/NĐ-CP, Phụ lục I."""

    top: float = 20.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 17.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and text; ``footer_at`` is the height of the small footer above the lower edge of the paper.

    ``one_page`` makes letters and spaces smaller, to 80 % at most, to keep a record on one page.
    """

    orientation: Literal["portrait", "landscape"] = "portrait"
    margins: Margins = Margins()
    size: float = 13.0
    leading: float = 1.15
    one_page: bool = False
    numbered: bool = True
    footer: Template | None = None
    footer_at: float = 14.0
    footer_on_drafts_only: bool = False

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the paper (A4) in millimetres."""
        return (210.0, 297.0) if self.orientation == "portrait" else (297.0, 210.0)

    @property
    def text_width(self) -> float:
        return self.paper[0] - self.margins.left - self.margins.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One printed form. ``status`` says whether its layout is ours or was compared with the official paper."""

    name: str
    title: str
    subject: str
    legal_basis: tuple[str, ...]
    status: Literal["reference", "official"]
    in_force_from: date
    in_force_to: date | None = None
    draft_mark: str
    page: Page = Page()
    fields: Mapping[str, Field]
    blocks: tuple[Block, ...] = ()


def form_names(folder: Path = FORMS) -> tuple[str, ...]:
    """Return the names of the forms kept in ``folder``, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/form.toml")))


def load_form(name: str, folder: Path = FORMS) -> Form:
    """Return the form ``name``. Raises FormMissing, FormBroken; OSError when the file cannot be read."""
    names = form_names(folder)
    if name not in names:
        raise FormMissing(what=name, form=name, forms=", ".join(names))
    path = folder / name / "form.toml"
    return _read(name, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(name: str, path: Path, _changed: int) -> Form:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormBroken(form=name, line=1, key=path.name, why=_NO_TOML) from error
    return form_of(name, source)


def form_of(name: str, source: str) -> Form:
    """Return the form that the text of a form file describes. Raises FormBroken."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise FormBroken(form=name, line=line, key="form.toml", why=_NO_TOML) from error
    lines = source.splitlines()
    tables = table.pop("block", [])
    try:
        form = build(Form, {"name": name, **table}, "")
        for key, template in _templates(form.page, "page"):
            _check_names(template.fields, form.fields, key)
    except WrongShape as fault:
        raise FormBroken(form=name, line=_line_of(fault.key, lines), key=fault.key, why=fault.why) from fault
    starts = [number for number, text in enumerate(lines, 1) if re.match(r"\s*\[\[\s*block\s*\]\]", text)]
    if not starts or not isinstance(tables, list):
        raise FormBroken(
            form=name, line=len(lines), key="[[block]]", why=N_("a form needs at least one block.")
        )
    blocks = []
    for start, block in zip(starts, tables, strict=True):
        try:
            blocks.append(_block(form, block))
        except WrongShape as fault:
            raise FormBroken(form=name, line=start, key=fault.key, why=fault.why) from fault
    return replace(form, blocks=tuple(blocks))


def _line_of(key: str, lines: list[str]) -> int:
    """Return the line where ``key`` is most likely written: each part of its path at or below the one before."""
    line = 0
    for part in key.partition(" = ")[0].split("."):
        written = re.compile(rf"(^|[\[.{{,\s]){re.escape(part)}\s*[=.\]]")
        found = (number for number in range(line, len(lines)) if written.search(lines[number]))
        line = next(found, line)
    return line + 1


def _block(form: Form, table: Mapping[str, object]) -> Block:
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise WrongShape(f"kind = {kind}", N_("there is no such kind of block."))
    block = build(KINDS[kind], {key: value for key, value in table.items() if key != "kind"}, kind)
    _check_block(form, block)
    return block


def _check_block(form: Form, block: Block) -> None:
    """Refuse a block that names a field which the form does not declare, or that cannot fit the paper."""
    for key in ("when", "unless"):
        name = getattr(block, key)
        _check_names({name} if name else set(), form.fields, key)
    rows: Mapping[str, Field] = {}
    source = getattr(block, "each", "") or getattr(block, "rows", "")
    if source:
        _check_names({source}, form.fields, source)
        if form.fields[source].kind != "rows":
            raise WrongShape(source, N_("this field has no rows."))
        rows = {**(form.fields[source].fields or {}), ROW_NUMBER: Field(label="", kind="number")}
    for key, template in _templates(block, ""):
        _check_names(template.fields, form.fields if key.startswith("foot") else {**form.fields, **rows}, key)
    if isinstance(block, Table):
        if sum(column.width for column in block.columns) > form.page.text_width + 0.01:
            raise WrongShape("columns", N_("the columns are wider than the page between its margins."))
        if block.foot and len(block.foot) != len(block.columns):
            raise WrongShape("foot", N_("it needs one text for each column."))
        _check_names({block.bold_when} if block.bold_when else set(), rows, "bold_when")
    if isinstance(block, Space | Frame | PageBreak) and block.at is not None:
        raise WrongShape("at", N_("this kind of block has no fixed place."))
    if isinstance(block, Rulers) and block.at is None:
        raise WrongShape("at", N_("this kind of block needs a fixed place."))


def _check_names(names: frozenset[str] | set[str], known: Mapping[str, Field], key: str) -> None:
    for name in sorted(names):
        if name not in known:
            raise WrongShape(f"{key}: {name}", N_("this field is not declared under [fields]."))


def _templates(part: object, key: str) -> list[tuple[str, Template]]:
    """Return every text inside a block with the key that leads to it."""
    if isinstance(part, Template):
        return [(key, part)]
    if isinstance(part, tuple):
        return [found for number, item in enumerate(part, 1) for found in _templates(item, f"{key} {number}")]
    names = getattr(type(part), "__dataclass_fields__", ())
    return [
        found for name in names for found in _templates(getattr(part, name), f"{key}.{name}" if key else name)
    ]
