"""A file is kept byte for byte as its SHA-256 says, or not at all."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.attachments import Attachment
from antq_desktop.storage import attachments
from antq_desktop.storage.attachments import AttachmentTooLarge, FileNotReadable, content, keep, whole
from antq_desktop.storage.unit_of_work import Store, Writing


def test_a_file_is_kept_once_however_often_it_comes(store: Store, tmp_path: Path) -> None:
    scan = tmp_path / "ky\u0301.pdf"
    scan.write_bytes(bytes(range(256)) * 3000)
    with store.writing("An") as work:
        first, again = keep(work, scan, "application/pdf"), keep(work, scan, "application/pdf")
        work.commit()
    assert first == again
    assert (first.id, first.name) == (hashlib.sha256(scan.read_bytes()).hexdigest(), "ký.pdf")
    with store.reading() as work:
        assert b"".join(content(work, first.id)) == scan.read_bytes()


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF- first")

    find = Writing.find

    def found_while_somebody_writes(*which: Any) -> Any:
        scan.write_bytes(b"%PDF- second")
        return find(*which)

    monkeypatch.setattr(Writing, "find", found_while_somebody_writes)
    with pytest.raises(FileNotReadable), store.writing("An") as work:
        keep(work, scan, "application/pdf")
    with store.reading() as kept:
        assert kept.all(Attachment) == []


def test_a_file_over_the_limit_is_refused_where_it_is_attached(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 100)
    fits, over = tmp_path / "vua.pdf", tmp_path / "to.pdf"
    fits.write_bytes(bytes(100))
    over.write_bytes(bytes(101))
    with store.writing("An") as work:
        assert (keep(work, fits, "application/pdf").size, len(whole(fits))) == (100, 100)
        for refused in (lambda: keep(work, over, "application/pdf"), lambda: whole(over)):
            with pytest.raises(AttachmentTooLarge, match=r"to\.pdf"):
                refused()
        assert [each.name for each in work.all(Attachment)] == ["vua.pdf"]
