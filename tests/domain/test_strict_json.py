"""JSON that two readers could understand differently is refused."""

import time

import pytest

from antq_desktop.domain import strict_json
from antq_desktop.domain.strict_json import UnsafeJSON


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'[{"b":{"a":1,"a":1}}]',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"[1e999]",
        b"[1234567890123456789]",
        b"1" * 5000,
        b'"\\ud800"',
        b'{"\\udfff":1}',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"a":1}x',
        b'{"a":1}{"a":1}',
        b' {"a":1,"a":2} ',
        b"",
        '{"a":1}'.encode("utf-16"),
        b"[" * 33 + b"]" * 33,
        b"[" * 1_000_000,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b"-123456789012345678",
        b"[" + b"{}," * 200_000 + b"{}]",
        b"[" + b"1," * 250_000 + b"1]",
    ],
)
def test_refused(data: bytes) -> None:
    with pytest.raises(UnsafeJSON):
        strict_json.loads(data)


@pytest.mark.parametrize("data", [b' {"a": [1, "b"]}', b'{"a":[1,"b"]}\t', b'\r{"a":\n[1 ,"b"] } '])
def test_white_space_between_the_signs_is_nothing(data: bytes) -> None:
    assert strict_json.loads(data) == {"a": [1, "b"]}


def test_brackets_inside_strings_are_no_depth() -> None:
    assert strict_json.loads(b'["' + b"[{" * 100 + b'\\"[[[["]') == ["[{" * 100 + '"[[[[']


def test_depth_at_the_cap_and_many_shallow_brackets() -> None:
    assert strict_json.loads(b"[" * 32 + b"]" * 32)
    assert len(strict_json.loads(b"[" + b",".join([b"[]"] * 500) + b"]")) == 500


def test_canonical_text_reads_back() -> None:
    value = {"đ": ["Ước", 1, 0.5, None, True], "a": {"\U0001f600": "\u0001"}}
    assert strict_json.loads(strict_json.dumps(value)) == value
    assert strict_json.dumps({"b": 1, "a": 2}) == b'{"a":2,"b":1}'


def test_commas_inside_a_string_are_no_parts() -> None:
    assert len(strict_json.loads(b'["' + b"," * 300_000 + b'"]')[0]) == 300_000
    assert len(strict_json.loads(b"[" + b"1," * 249_000 + b"1]")) == 249_001


def test_string_without_an_end_costs_no_more_than_its_length() -> None:
    # Each escaped quote once began another search to the end: 40 KB took a minute, and an envelope has 256.
    began = time.process_time()
    with pytest.raises(UnsafeJSON):
        strict_json.loads(b"{" * 33 + b'"' + b'\\"' * 500_000)
    assert time.process_time() - began < 2
