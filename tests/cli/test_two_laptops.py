"""Two laptops of a commune by the command line: bundles between them, and what both changed decided with a reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.services.first_start import new_commune
from tests.cli.conftest import CHEAP, PASSPHRASE

Antq = Callable[..., Any]


@pytest.fixture
def laptops(antq: Antq, filled: Path, upper: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return the folders of two laptops that know each other and the same, and the stick."""
    stick, second = tmp_path / "usb", tmp_path / "second"
    stick.mkdir()
    new = new_commune(
        "04978", receiving_unit="", officer="Bùi Văn An", rank="Đại úy", year=2024, passphrase=PASSPHRASE
    )
    create_workspace(second, new, cost=CHEAP).application.close()
    for data in (filled, second):
        request = antq("enrol", "request", "--out", stick / "enrol.antq", "--json", "--data", data).json
        trust = antq(
            "receiving", "enrol", request["file"], "--check-number", request["check_number"], "--to", stick,
            "--json", "--data", upper,
        )  # fmt: skip
        assert antq("ack", trust.json["trust"], "--data", data).code == 0
    answer = antq("receiving", "ack", "--unit", "04978", "--to", stick, "--json", "--data", upper).json
    for data in (filled, second):
        assert antq("ack", answer["file"], "--data", data).code == 0
    assert _bring(antq, filled, second, stick).code == 0
    return filled, second, stick


def _bring(antq: Antq, sender: Path, other: Path, stick: Path) -> Any:
    sent = antq("send", "--to", stick, "--json", "--data", sender)
    assert sent.code == 0, sent.err
    return antq("bundle", "take", sent.json["path"], "--json", "--data", other)


def _change(data: Path, value: str) -> None:
    application = open_workspace(data, PASSPHRASE)
    application.settings.put("signer", value)
    application.close()


def test_a_conflict_is_listed_shown_decided_and_gone_on_the_other_laptop(
    antq: Antq, laptops: tuple[Path, Path, Path]
) -> None:
    first, second, stick = laptops
    assert antq("conflicts", "list", "--json", "--data", first).json == {
        "open": [],
        "more": 0,
        "decided": [],
    }
    _change(first, "Hà Quang Vinh")
    _change(second, "Lò Văn Inh")
    taken = _bring(antq, second, first, stick)
    assert (taken.code, taken.json["conflicts"]) == (1, 1)
    assert [each["code"] for each in taken.json["bundles"][0]["set_aside"]] == ["concurrent"]

    listed = antq("conflicts", "list", "--json", "--data", first)
    (found,) = listed.json["open"]
    assert (listed.code, found["id"], found["fields"]) == (1, "settings/signer", ["value"])
    assert "settings/signer" in antq("conflicts", "list", "--data", first).out
    shown = antq("conflicts", "show", found["id"], "--data", first)
    assert shown.code == 0
    assert "Cài đặt: " in shown.out
    assert "\n1. Đang dùng ở đây: Bùi Văn An, " in shown.out
    assert ", máy này\n   Giá trị [value]: Hà Quang Vinh\n" in shown.out
    assert ", máy khác (mã tận cùng " in shown.out
    assert "   Giá trị [value]: Lò Văn Inh\n" in shown.out
    assert "+00:00" not in shown.out

    decide = ("conflicts", "decide", found["id"], "--data", first)
    assert antq(*decide, "--reason", "Theo quyết định").code == 2  # no version named
    assert antq(*decide, "--take", "3", "--reason", "Theo quyết định").code == 2
    assert antq(*decide, "--take", "2", "--reason", " ").code == 2
    done = antq(*decide, "--take", "2", "--reason", "Theo quyết định", "--json")
    assert (done.code, done.json) == (0, {"conflict": "settings/signer", "open": 0})

    assert _bring(antq, first, second, stick).json["conflicts"] == 0
    there = antq("conflicts", "list", "--json", "--data", second)
    assert (there.code, there.json["open"]) == (0, [])
    assert [each["reason"] for each in there.json["decided"]] == ["Theo quyết định"]
    (decision,) = there.json["decided"]
    line = antq("conflicts", "list", "--data", second).out
    assert f"{decision['id']}: Cài đặt: " in line
    assert "đã quyết định: Bùi Văn An, " in line
    assert ": Theo quyết định" in line
    for name in (decision["id"], found["id"]):
        again = antq("conflicts", "show", name, "--data", second)
        assert again.code == 0, again.err
        assert ": Theo quyết định\n" in again.out
        assert "Hà Quang Vinh" in again.out
    for data in (first, second):
        application = open_workspace(data, PASSPHRASE)
        assert application.settings.get("signer") == "Lò Văn Inh"
        application.close()


def test_a_bundle_that_is_not_taken_says_why(antq: Antq, laptops: tuple[Path, Path, Path]) -> None:
    first, _second, stick = laptops
    _change(first, "Hà Quang Vinh")
    sent = antq("send", "--to", stick, "--json", "--data", first).json["path"]
    own = antq("bundle", "take", sent, "--data", first)
    assert own.code == 3
    assert "do chính máy này lập" in own.out


def test_the_register_of_certificates_is_kept_on_one_laptop(
    antq: Antq, laptops: tuple[Path, Path, Path]
) -> None:
    first, _second, _stick = laptops
    kept = antq("certificate", "keep-register", "--json", "--data", first)
    assert (kept.code, len(kept.json["device"])) == (0, 16)
