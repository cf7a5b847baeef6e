"""The page of the format says what the code does: its limits, its fields and its codes."""

from dataclasses import fields
from pathlib import Path

import pytest

from antq_desktop.domain import events, strict_json
from antq_desktop.domain.events import OPERATIONS, Event
from antq_desktop.exchange import (
    acknowledgement,
    container,
    issued,
    judgement,
    manifest,
    manifest_rules,
    opening,
    plain_fields,
    plain_stream,
    trust,
)
from antq_desktop.services.papers.issued_forms import kind_of
from antq_desktop.services.receiving_side.issued_catalogues import PARSERS
from antq_desktop.services.receiving_side.set_aside_events import SET_ASIDE
from antq_desktop.services.recovery.trouble import Restored


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return " ".join((repository / "docs" / "bundle-format.md").read_text(encoding="utf-8").split())


def test_limits(page: str) -> None:
    for limit in (
        container.MAX_ENVELOPE,
        manifest.MAX_EVENTS,
        events.MAX_LINE,
        plain_stream.MAX_SEAL_HEADER,
        strict_json.MAX_PARTS,
        judgement.MAX_LEAP,
        plain_fields._MAX_ENTRIES,
        acknowledgement.MAX_SET_ASIDE,
    ):
        assert f"{limit:,}" in page
    assert container.MAX_FILE == 2**32 - 1
    assert "at most 2^32 − 1 bytes" in page
    assert manifest.MAX_PLAIN == 2**34
    assert "1 to 2^34 and at most 64 MiB + 256 × `size`" in page
    assert manifest.most_plain(3) == 64 * 2**20 + 256 * 3
    assert manifest.most_plain(2**32) == 2**34
    assert opening.MAX_DOCUMENT == 16 * 2**20
    assert "at most 16 MiB" in page
    assert plain_stream.MAX_WINDOW == 8 * 2**20
    assert "window at most 8 MiB" in page
    assert plain_fields.MAX_COUNT == 2**53 - 1
    assert "a whole number from 0 to 2^53 − 1" in page
    assert f"at most {strict_json._MAX_DIGITS} signs with their minus" in page
    assert f"brackets at most {strict_json.MAX_DEPTH} deep" in page
    assert f"at most {plain_fields._MAX_TEXT} code points" in page


def test_every_field_is_named(page: str) -> None:
    names = {name for _shape, readers in manifest_rules._SHAPES.values() for name in readers}
    for record in (
        *(manifest.Sender, manifest.Recipient, manifest.ChainPoint, manifest.Payload, manifest.AckSeen),
        *(manifest.PublicKeys, manifest.Answer, acknowledgement.Acknowledgement, acknowledgement.ChainTaken),
        *(
            acknowledgement.BundleSeen,
            acknowledgement.SetAside,
            acknowledgement.Conflict,
            trust.Trust,
            trust.Unit,
        ),
        *(trust.ReceivingUnit, trust.Device, trust.DeviceKey, issued.IssuedList, issued.IssuedText),
    ):
        names |= {field.name for field in fields(record)}
    missing = [name for name in names if f'"{name}"' not in page and f"`{name}`" not in page]
    assert missing == []
    assert ", ".join(field.name for field in fields(Event)) in page


def test_every_word_and_code_is_named(page: str) -> None:
    words = {*manifest_rules._SHAPES, *manifest.REASONS, *OPERATIONS, *judgement.SENTENCES, *SET_ASIDE}
    words |= {*PARSERS, kind_of(""), Restored.code}
    assert sorted(word for word in words if f"`{word}`" not in page) == []
