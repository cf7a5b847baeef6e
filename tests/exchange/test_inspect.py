"""Anybody can read a label; names and ids are plain."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from antq_desktop.exchange import check_number, enrolment, inspect, names
from antq_desktop.exchange.container import NotABundle

if TYPE_CHECKING:
    from tests.exchange.conftest import Bench


def test_label_is_readable_without_a_key(bench: "Bench") -> None:
    sealed = bench.bundle()
    said = json.loads(json.dumps(inspect.describe(sealed.path)))
    assert said["kind"] == "bundle"
    assert said["sender"]["unit_code"] == "04978"
    assert (said["seq_from"], said["seq_to"], said["count"]) == (1, 5, 5)
    assert said["sha256"] == sealed.sha256.hex()
    assert said["digits"] == check_number.spoken_digest(sealed.sha256)
    assert said["size"] == sealed.size


def test_request_is_described_and_anything_else_refused(bench: "Bench") -> None:
    made, content = enrolment.make_request(
        bench.commune,
        unit_code="04978",
        device_id="laptop-1",
        number=check_number.new_number(),
        now=bench.draft([]).created_at,
        schema_version=1,
    )
    path = bench.target()
    path.write_bytes(content)
    assert inspect.describe(path)["keys"]["seal"] == bench.commune.seal_public
    assert names.file_name(made).startswith("dang-ky-04978-")
    path.write_bytes(b"PK")
    with pytest.raises(NotABundle):
        inspect.describe(path)


def test_ids_are_of_version_7_and_sort_by_time() -> None:
    start = datetime(2026, 11, 21, tzinfo=UTC)
    made = [names.new_id(start + timedelta(milliseconds=n)) for n in range(50)]
    assert made == sorted(made)
    assert len(set(made)) == 50
    assert all(UUID(each).version == 7 and UUID(each).variant.startswith("specified in RFC") for each in made)


def test_file_name_is_plain(bench: "Bench") -> None:
    name = names.file_name(bench.bundle().manifest)
    assert name == "goi-04978-1-1-5-456789ab.antq"
    assert name.isascii()
