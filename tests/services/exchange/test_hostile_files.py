"""A file that is too large, not ours or full of unasked bytes costs this machine little; what a kill left goes."""

import hashlib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.errors import NotFound
from antq_desktop.exchange import container, leftovers, seal, sticks
from antq_desktop.exchange.opening import WrongKind
from antq_desktop.exchange.seal import Attachment as Blob
from antq_desktop.services.commune_side.answers import NotAsked
from antq_desktop.services.recovery.taking_back import replace_workspace
from antq_desktop.storage.attachments import content, keep_content
from antq_desktop.storage.sending import keep_acknowledged

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")


def incoming(parties: "Parties", side: str) -> list[str]:
    folder = parties.folder / side / "incoming"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def sparse(path: Path, size: int, head: bytes = b"") -> Path:
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)
    return path


def test_a_film_on_the_stick_is_not_copied(parties: "Parties") -> None:
    film = sparse(parties.stick / "phim.antq", sticks.LOOK_FIRST + 1)
    (verdict,) = parties.receive(film)
    assert (verdict.verdict, verdict.code) == ("refused", "not-a-bundle")
    with pytest.raises(container.NotABundle):
        parties.commune.sending.take(film)
    assert (incoming(parties, "receiving"), incoming(parties, "commune")) == ([], [])
    for side in (parties.receiving, parties.commune):
        assert parties.journal(side)[0] == "file_refused not-a-bundle phim.antq"


def test_a_large_bundle_of_a_stranger_is_not_copied(
    parties: "Parties", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "LOOK_FIRST", 100)
    parties.work()
    sent = parties.send().path
    other = parties.another_receiving_unit(tmp_path / "other")
    (verdict,) = other.receiving.receive([sent])
    assert verdict.code == "unknown-sender"
    assert list((tmp_path / "other").glob("incoming/*")) == []
    other.close()
    with pytest.raises(WrongKind):
        parties.commune.sending.take(sent)
    assert incoming(parties, "commune") == []
    (verdict,) = parties.receive(sent)
    assert verdict.verdict == "taken"


def test_one_file_that_is_too_large_keeps_no_other_waiting(parties: "Parties") -> None:
    parties.work()
    sent = parties.send().path
    large = sparse(parties.stick / "to.antq", container.MAX_FILE + 1, container.MAGIC)
    verdicts = parties.receive(large, sent)
    assert [(each.verdict, each.code) for each in verdicts] == [
        ("refused", "file-too-large"),
        ("taken", "all-new"),
    ]


def test_a_request_is_never_large(parties: "Parties") -> None:
    large = sparse(parties.stick / "dang-ky.antq", 1024 * 1024, container.MAGIC)
    with pytest.raises(container.FileTooLarge):
        parties.receiving.receiving.enrol(large, "00000-00000-00000-00000-00000-00000")
    assert incoming(parties, "receiving") == []


def test_refused_files_are_kept_up_to_a_cap_and_waiting_bundles_always(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "_MOST_FILES", 3)
    parties.work(1)
    first = parties.send()
    parties.work(1)
    with parties.store(parties.commune).writing("An") as work:
        keep_acknowledged(work, first.epoch, first.seq_to)
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert verdict.verdict == "held"
    for n in range(6):
        junk = parties.stick / f"rác {n}.antq"
        junk.write_bytes(container.MAGIC + bytes([n]) * 50)
        assert parties.receive(junk)[0].verdict == "refused"
    assert len(incoming(parties, "receiving")) == 1 + 3
    assert [each.verdict for each in parties.receive(first.path)] == ["taken", "taken"]


def test_what_a_laptop_that_never_asked_gets_is_not_kept(bare: "Parties") -> None:
    bare.work()
    stray = bare.stick / "la.antq"
    request = bare.receiving.sending.enrolment_request(bare.stick)
    stray.write_bytes(request.path.read_bytes())
    with pytest.raises(NotAsked):
        bare.commune.sending.take(stray)
    assert incoming(bare, "commune") == []


def test_half_written_files_go_at_the_next_start(parties: "Parties") -> None:
    left = []
    for name in ("incoming/.a1b2.part", "outgoing/.x.antq.spool", "outgoing/.x.antq.12ab.part"):
        path = parties.folder / "commune" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
        left.append(path)
    parties.reopen_commune_as(parties.folder / "commune")
    assert [path for path in left if path.exists()] == []


def test_bytes_that_no_record_asks_for_are_passed_over(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    with parties.store(parties.commune).writing("An") as work:
        asked = keep_content(work, b"giay da ky" * 1000, "giấy.pdf", "application/pdf")
        lying = keep_content(work, b"khac co", "khác.pdf", "application/pdf")
        work.commit()
    unasked = b"day o dia" * 100_000
    sha256 = hashlib.sha256(unasked).digest()
    shipped = seal.seal_bundle

    def with_more(draft: Any, lines: Any, blobs: Any, **more: Any) -> Any:
        extra = Blob(sha256, len(unasked), lambda: (unasked,))
        return shipped(draft, lines, chain([extra], blobs), **more)

    monkeypatch.setattr(seal, "seal_bundle", with_more)
    with parties.store(parties.commune).writing("An") as work:
        other = Attachment(
            id=lying.id, unit_code="04978", name="khác.pdf", media_type="application/pdf", size=8,
            added_at=lying.added_at, version=lying.version,
        )  # fmt: skip
        work.save(other)
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    with parties.store(parties.receiving).reading() as view:
        assert b"".join(content(view, asked.id)) == b"giay da ky" * 1000
        for key in (sha256.hex(), lying.id):
            with pytest.raises(NotFound, match=key):
                list(content(view, key))


def test_bytes_of_a_scan_are_there_when_a_restore_undoes_its_deletion(parties: "Parties") -> None:
    with parties.store(parties.commune).writing("An") as work:
        scan = keep_content(work, b"giay da ky" * 1000, "giấy.pdf", "application/pdf")
        work.commit()
    backup = parties.commune.backups.back_up()
    with parties.store(parties.commune).writing("An") as work:
        work.delete(work.get(Attachment, scan.id), "nhầm")
        work.commit()
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    parties.commune.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    parties.commune = parties.open(parties.folder / "commune")
    parties.commune.mending.mend("restored", "ổ cứng hỏng")
    sent = parties.send()
    parties.receive(*(each.path for each in (*sent.earlier, sent)))
    parties.assert_equal()
    with parties.store(parties.receiving).reading() as view:
        assert b"".join(content(view, scan.id)) == b"giay da ky" * 1000


def test_a_small_file_does_not_fill_the_disk(parties: "Parties", monkeypatch: pytest.MonkeyPatch) -> None:
    size, zeros = 80 * 2**20, bytes(2**20)
    sha256 = hashlib.sha256(zeros * 80)
    with parties.store(parties.commune).writing("An") as work:
        work.save(
            Attachment(
                id=sha256.hexdigest(), unit_code="04978", name="x", media_type="application/pdf", size=size,
                added_at=work.at_text,
            )
        )  # fmt: skip
        work.commit()
    shipped = seal.seal_bundle

    def with_zeros(draft: Any, lines: Any, _blobs: Any, **more: Any) -> Any:
        blob = Blob(sha256.digest(), size, lambda: (zeros for _ in range(80)))
        return shipped(draft, lines, [blob], **more)

    monkeypatch.setattr(seal, "seal_bundle", with_zeros)
    # A program that does not fill it up is refused by the label, before anything is unpacked.
    with monkeypatch.context() as patched:
        patched.setattr(seal, "FREE_PLAIN", 2**34)
        sent = parties.send()
    assert sent.size < 2**20
    assert [each.code for each in parties.receive(sent.path)] == ["manifest-refused"]


def test_a_label_may_not_promise_more_than_a_file_can_hold(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.work()
    monkeypatch.setattr(seal, "MAX_PLAIN", 100)
    with pytest.raises(container.FileTooLarge):
        parties.send()
    assert list((parties.folder / "commune" / "outgoing").iterdir()) == []
