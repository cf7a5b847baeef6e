"""What is not right on the laptop is never sealed, and a seal leaves nothing behind."""

import errno
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.errors import Cancelled
from antq_desktop.exchange import container, keys, seal
from antq_desktop.exchange.keys import WeakKey
from antq_desktop.exchange.local_disk import SpoolFailed
from antq_desktop.exchange.manifest import FREE_PLAIN, MAX_RATIO, most_plain
from antq_desktop.exchange.seal import Attachment, AttachmentBroken, OutboxBroken
from antq_desktop.runtime.progress import Progress

if TYPE_CHECKING:
    from tests.exchange.conftest import Bench


def test_outbox_edited_by_hand_is_not_sealed(bench: "Bench") -> None:
    lines = bench.lines(6)
    draft = bench.draft(lines)
    edited = [*lines[:3], ("households", lines[3][1].replace("Bưởi".encode(), "Xoài".encode())), *lines[4:]]
    for wrong in (
        edited,
        lines[:5],
        lines + bench.lines(1, first=7),
        [*lines[:2], lines[3], lines[2], *lines[4:]],
        [],
    ):
        with pytest.raises(OutboxBroken):
            bench.seal(draft, wrong)
    assert list(bench.folder.iterdir()) == []


def test_broken_scan_is_not_sealed(bench: "Bench") -> None:
    lines = bench.lines(2)
    digest = hashlib.sha256(b"scan").digest()
    for broken in (Attachment(digest, 4, lambda: [b"scam"]), Attachment(digest, 4, lambda: [b"sca"])):
        with pytest.raises(AttachmentBroken):
            bench.seal(bench.draft(lines), lines, [broken])
    assert list(bench.folder.iterdir()) == []


def test_line_over_a_mebibyte_is_not_sealed(bench: "Bench") -> None:
    lines = bench.lines(1, body={"head": "a" * 1_100_000})
    with pytest.raises(container.FileTooLarge):
        bench.seal(bench.draft(lines), lines)


def test_papers_that_shrink_to_nothing_are_sealed_as_every_reader_takes_them(bench: "Bench") -> None:
    """Blank pages scanned without compression shrink a thousandfold: an honest sender is no bomb."""
    size, lines = FREE_PLAIN // 2, bench.lines(3)
    piece = bytes(2**20)
    digest = hashlib.sha256(piece * (size // len(piece))).digest()
    blank = Attachment(digest, size, lambda: (piece for _ in range(size // len(piece))))
    for papers in (1, 3):
        sealed = bench.seal(bench.draft(lines), lines, [blank] * papers)
        assert sealed.manifest.payload.plain_size <= most_plain(sealed.size)
        opened = [entry for entry in bench.open(sealed.path) if isinstance(entry, tuple)]
        assert [(name, len(content)) for name, content in opened] == [(digest, size)] * papers
    assert sealed.size < 2 * (3 * size - FREE_PLAIN) / MAX_RATIO, "filled up to what is asked for, no more"


def test_more_events_than_the_cap_are_not_begun(bench: "Bench") -> None:
    draft = replace(bench.draft(bench.lines(1)), seq_to=5_000_001)
    with pytest.raises(container.FileTooLarge):
        bench.seal(draft, [])


def test_plaintext_never_touches_the_disk(bench: "Bench") -> None:
    lines = bench.lines(2000, body={"head": "Đặng Công Kiên"})
    secret = os.urandom(64)

    def watched() -> Iterator[bytes]:
        yield secret
        for path in bench.folder.iterdir():
            assert secret not in path.read_bytes()
            assert "Kiên".encode() not in path.read_bytes()
        assert any(bench.folder.iterdir())

    paper = Attachment(hashlib.sha256(secret).digest(), len(secret), watched)
    sealed = bench.seal(bench.draft(lines), lines, [paper])
    assert secret not in sealed.path.read_bytes()


def test_cancel_leaves_nothing(bench: "Bench") -> None:
    lines = bench.lines(5000)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        seal.seal_bundle(
            bench.draft(lines),
            lines,
            [],
            seed=bench.commune.sign_seed,
            recipients=bench.recipients,
            target=bench.target(),
            progress=progress,
        )
    assert list(bench.folder.iterdir()) == []


def test_recipient_that_is_no_key_is_refused(bench: "Bench") -> None:
    lines = bench.lines(1)
    with pytest.raises(WeakKey):
        seal.seal_bundle(
            bench.draft(lines),
            lines,
            [],
            seed=bench.commune.sign_seed,
            recipients=["age1nobody"],
            target=bench.target(),
            progress=Progress(),
        )
    assert list(bench.folder.iterdir()) == []


def test_full_disk_of_the_laptop_is_said(bench: "Bench") -> None:
    lines = bench.lines(3)

    def no_space() -> Iterator[bytes]:
        yield b"x"
        raise OSError(errno.ENOSPC, "No space left on device")

    digest = hashlib.sha256(b"x").digest()
    with pytest.raises(SpoolFailed):
        bench.seal(bench.draft(lines), lines, [Attachment(digest, 1, no_space)])
    assert list(bench.folder.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_full_device_is_said(bench: "Bench") -> None:
    target = bench.folder / "a.antq"
    (bench.folder / ".a.antq.spool").symlink_to("/dev/full")
    lines = bench.lines(3)
    with pytest.raises(SpoolFailed):
        seal.seal_bundle(
            bench.draft(lines),
            lines,
            [Attachment(hashlib.sha256(bytes(2_000_000)).digest(), 2_000_000, lambda: [bytes(2_000_000)])],
            seed=bench.commune.sign_seed,
            recipients=bench.recipients,
            target=target,
            progress=Progress(),
        )
    assert list(bench.folder.iterdir()) == []


def test_same_lines_give_another_ciphertext_each_time(bench: "Bench") -> None:
    assert bench.bundle().sha256 != bench.bundle().sha256


def test_progress_ends_at_all(bench: "Bench") -> None:
    lines = bench.lines(4000)
    seen: list[tuple[int, int]] = []
    seal.seal_bundle(
        bench.draft(lines),
        lines,
        [],
        seed=bench.commune.sign_seed,
        recipients=[keys.recipient_of(bench.recovery)],
        target=bench.target(),
        progress=Progress(lambda done, total, _what: seen.append((done, total))),
    )
    assert seen[-1] == (4000, 4000)
    assert len(seen) > 2
