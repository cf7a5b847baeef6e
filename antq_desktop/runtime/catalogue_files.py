"""Reads a catalogue from its TOML file: the bytes decide its SHA-256, the domain's parser what it means.

A faulty file is one clear failure that names the file, the line and the place, since catalogues are written by hand.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from antq_desktop.domain.catalogues import CatalogueHead, MalformedCatalogue
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.resources import RESOURCES

C = TypeVar("C", bound=CatalogueHead)
_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]?\]\s*(?:#.*)?")
_AT_LINE = re.compile(r"at line (\d+)")
_STEP = re.compile(r"([\w-]+)(?:\[(\d+)\])?")
#: No catalogue comes near this size; a larger file is none.
_LARGEST = 4 * 1024 * 1024


class FaultyCatalogueFile(BadInput):
    code = "faulty-catalogue-file"
    sentence = N_(
        "The catalogue file {file} is faulty in line {line} ({place}): {why}. Ask whoever issued it for a correct one."
    )


class NoTomlFile(BadInput):
    code = "catalogue-file-unreadable"
    sentence = N_(
        "The catalogue file {file} cannot be read as text ({why}). Ask whoever issued it for a correct one."
    )


class NoCatalogueFile(NotFound):
    code = "no-catalogue-file"
    sentence = N_("There is no catalogue file {file}. Choose another file or install the program again.")


def read_shipped(name: str, parse: Callable[[Mapping[str, Any], str], C]) -> C:
    """Return the catalogue ``name`` that travels with the program, such as ``"tt124-2021-dieu4"``; fails as ``read``."""
    return read(RESOURCES / "catalogues" / f"{name}.toml", parse)


def read(path: Path, parse: Callable[[Mapping[str, Any], str], C]) -> C:
    """Return what ``parse`` makes of the TOML file and the SHA-256 (hex) of its bytes.

    Raises NoCatalogueFile, NoTomlFile, FaultyCatalogueFile, and OSError as the system gives it.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NoCatalogueFile(file=path.name, what=path.name) from error
    return from_bytes(path.name, content, parse)


def from_bytes(file_name: str, content: bytes, parse: Callable[[Mapping[str, Any], str], C]) -> C:
    """Return the catalogue that stands in ``content``; for one that came inside another file. Fails as ``read``."""
    if len(content) > _LARGEST:
        raise NoTomlFile(file=file_name, why=N_("it is far too large for a catalogue"))
    try:
        text = content.decode()
        plain = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise NoTomlFile(file=file_name, why=N_("it is not written in UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise FaultyCatalogueFile(
            file=file_name, line=line, place="—", why=N_("this cannot be read")
        ) from error
    except RecursionError as error:
        raise NoTomlFile(file=file_name, why=N_("it is nested too deeply")) from error
    try:
        return parse(plain, hashlib.sha256(content).hexdigest())
    except MalformedCatalogue as fault:
        place = str(fault.facts["place"])
        raise FaultyCatalogueFile(
            file=file_name, line=_line_of(text, place), place=place, why=fault.facts["why"]
        ) from fault


def _line_of(text: str, place: str) -> int:
    """Return the line (from 1) of a place like ``clauses[1].items[0].rule``: its key, else the head of its table."""
    wanted = [(match[1], int(match[2] or -1)) for match in _STEP.finditer(place)]
    counted: dict[str, int] = {}
    inside: list[tuple[str, int]] = []
    best, depth = 1, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            inside = _steps(header[1], counted, is_list=line.lstrip().startswith("[["))
            common = len(inside) if inside == wanted[: len(inside)] else 0
            if common > depth:
                best, depth = number, common
        elif inside == wanted[: len(inside)] and len(inside) < len(wanted):
            key = wanted[len(inside)][0]
            if re.match(rf"\s*{re.escape(key)}\s*=", line) and len(inside) + 1 > depth:
                best, depth = number, len(inside) + 1
    return best


def _steps(header: str, counted: dict[str, int], *, is_list: bool) -> list[tuple[str, int]]:
    """Return the header of a table as steps with the number each list of tables has reached."""
    if is_list:
        counted[header] = counted.get(header, -1) + 1
        for deeper in [name for name in counted if name.startswith(f"{header}.")]:
            del counted[deeper]
    names = header.split(".")
    return [(name, counted.get(".".join(names[: at + 1]), -1)) for at, name in enumerate(names)]
