"""No record changes its shape in events unnoticed: shapes are pinned to the version of records that bundles name.

After a change that these tests allow, write the pinned shapes anew:
    .venv/bin/python -m tests.quality.test_record_shapes
"""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.exchange.manifest import SCHEMA_VERSION
from antq_desktop.runtime.atomic import write_whole
from antq_desktop.storage.codec import hints_of
from antq_desktop.storage.records import KINDS

PINNED = Path(__file__).with_name("record_shapes.json")
COMMAND = ".venv/bin/python -m tests.quality.test_record_shapes"
HOW = (
    "Either the field is new and its Kind in storage/records.py lists it in `added` (events of older programs do not "
    "hold it, and are then read all the same), or exchange.manifest.SCHEMA_VERSION goes up (receivers with an older "
    f"program then hold the bundle instead of setting its events aside). Then run `{COMMAND}`."
)
PLAIN = {types.NoneType: "null", str: "str", int: "int", bool: "bool", date: "date", object: "anything"}

#: Entity → field → what its value may be; and entity → the fields that older events may lack.
Fields = Mapping[str, Mapping[str, str]]
Added = Mapping[str, list[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Shapes:
    """The records as events carry them, at one version."""

    schema_version: int
    fields: Fields
    added: Added


def shape_of(hint: Any) -> str:  # noqa: PLR0911 - one line for each kind of value
    """Return what a field of the type ``hint`` may hold in JSON, down to the fields of records inside records."""
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(sorted(shape_of(each) for each in arguments))
    if origin is typing.Literal:
        return " | ".join(sorted(json.dumps(value, ensure_ascii=False) for value in arguments))
    if origin is not None and issubclass(origin, Mapping):
        return f"{{{shape_of(arguments[0])}: {shape_of(arguments[1])}}}"
    if origin in (tuple, list):
        return f"[{', '.join('…' if each is ... else shape_of(each) for each in arguments)}]"
    if dataclasses.is_dataclass(hint):
        inside = hints_of(typing.cast("Any", hint)).items()
        return f"{{{', '.join(f'{name}: {shape_of(inner)}' for name, inner in sorted(inside))}}}"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " | ".join(sorted(json.dumps(each.value, ensure_ascii=False) for each in hint))
    return PLAIN[hint]


def shapes_now() -> Shapes:
    """Return the shapes that this program writes; the version of a record stands in the event, not in its body."""
    return Shapes(
        SCHEMA_VERSION,
        {
            kind.entity: {
                name: shape_of(hint) for name, hint in hints_of(kind.record).items() if name != "version"
            }
            for kind in KINDS
        },
        {kind.entity: list(kind.added) for kind in KINDS if kind.added},
    )


def pinned() -> Shapes:
    return Shapes(**json.loads(PINNED.read_text("utf-8")))


def unannounced(before: Shapes, now: Shapes) -> list[str]:
    """Return the changes between two shapes that neither `added` nor a higher version announces."""
    if now.schema_version > before.schema_version:
        return []
    found = [f"{entity}: a new kind" for entity in now.fields.keys() - before.fields.keys()]
    found += [f"{entity}: a kind is gone" for entity in before.fields.keys() - now.fields.keys()]
    for entity in now.fields.keys() & before.fields.keys():
        old, new, added = before.fields[entity], now.fields[entity], now.added.get(entity, [])
        found += [f"{entity}.{name}: new" for name in new.keys() - old.keys() if name not in added]
        found += [f"{entity}.{name}: gone" for name in old.keys() - new.keys()]
        found += [
            f"{entity}.{name}: was {old[name]}, is {new[name]}"
            for name in new.keys() & old.keys()
            if new[name] != old[name]
        ]
        lost = set(before.added.get(entity, [])) & new.keys() - set(added)
        found += [f"{entity}.{name}: no longer in `added`" for name in lost]
    if now.schema_version < before.schema_version:
        found.append("SCHEMA_VERSION went down")
    return sorted(found)


def test_no_record_changed_its_shape_unannounced() -> None:
    assert unannounced(pinned(), shapes_now()) == [], HOW


def test_pinned_shapes_are_those_of_the_program() -> None:
    assert pinned() == shapes_now(), f"The pinned shapes are of another day. {HOW}"


BEFORE = Shapes(3, {"homes": {"id": "str", "head": "str", "phone": "null | str"}}, {"homes": ["phone"]})


@pytest.mark.parametrize(
    ("fields", "added", "found"),
    [
        ({"id": "str", "head": "str", "phone": "null | str", "room": "int"}, ["phone"], ["homes.room: new"]),
        ({"id": "str", "phone": "null | str"}, ["phone"], ["homes.head: gone"]),
        ({"id": "str", "head": "int", "phone": "null | str"}, ["phone"], ["homes.head: was str, is int"]),
        ({"id": "str", "head": "str", "phone": "null | str"}, [], ["homes.phone: no longer in `added`"]),
        ({"id": "str", "head": "str", "phone": "null | str", "room": "int"}, ["phone", "room"], []),
    ],
    ids=["new", "gone", "other kind", "no longer added", "added"],
)
def test_a_change_of_a_field_is_found(fields: dict[str, str], added: list[str], found: list[str]) -> None:
    assert unannounced(BEFORE, Shapes(3, {"homes": fields}, {"homes": added})) == found
    assert unannounced(BEFORE, Shapes(4, {"homes": fields}, {"homes": added})) == []


def test_a_kind_that_comes_or_goes_asks_for_a_higher_version() -> None:
    other = {"rooms": {"id": "str"}}
    assert unannounced(BEFORE, Shapes(3, {**BEFORE.fields, **other}, BEFORE.added)) == ["rooms: a new kind"]
    assert unannounced(BEFORE, Shapes(3, {}, {})) == ["homes: a kind is gone"]
    assert unannounced(BEFORE, Shapes(2, BEFORE.fields, BEFORE.added)) == ["SCHEMA_VERSION went down"]
    assert unannounced(BEFORE, Shapes(4, other, {})) == []


def test_shapes_go_down_to_records_inside_records() -> None:
    now = shapes_now().fields
    assert now["households"]["residence"] == '"living" | "moved_away"'
    assert now["households"]["moved_on"] == "date | null"
    assert now["self_assessments"]["answers"].startswith("{str: {")
    assert now["festival_days"]["area_ids"] == "[str, …]"


def renew() -> None:
    """Write the pinned shapes anew, unless a change is not announced."""
    now = shapes_now()
    found = unannounced(pinned(), now) if PINNED.exists() else []
    if found:
        raise SystemExit("\n".join((*found, HOW)))
    text = json.dumps(dataclasses.asdict(now), ensure_ascii=False, indent=2, sort_keys=True)
    write_whole(PINNED, f"{text}\n".encode())


if __name__ == "__main__":
    renew()
