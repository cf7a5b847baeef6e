"""Catalogues go down signed: checked where they are issued, proven where they are taken in, old work left as it is."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.exchange import issued, keys, names, opening, seal
from antq_desktop.exchange.envelope import WrongSignature
from antq_desktop.exchange.issued import CatalogueFileRefused, IssuedList, IssuedText
from antq_desktop.exchange.manifest import DocumentDraft, DocumentManifest, Recipient, Sender
from antq_desktop.exchange.opening import PayloadDamaged, WrongKind, WrongRecipient
from antq_desktop.exchange.sticks import StickMissing
from antq_desktop.exchange.trust import UnknownSender
from antq_desktop.runtime.catalogue_files import FaultyCatalogueFile
from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.commune_side.answers import NotAsked, Taken
from antq_desktop.services.commune_side.taking_catalogues import (
    CataloguesOlder,
    FaultyCatalogue,
    UnknownCatalogueKind,
)
from antq_desktop.services.receiving_side import issuing, receiving_keys
from antq_desktop.services.receiving_side.issuing import (
    AlreadyIssued,
    IssuedTooMuch,
    NobodyEnrolled,
    NothingIssued,
    VersionShipped,
    VersionTaken,
)
from antq_desktop.services.receiving_side.receiving import NothingReceived
from antq_desktop.services.receiving_side.receiving_keys import NotInitialised
from antq_desktop.storage import attachments, tables
from antq_desktop.storage.attachments import FileNotReadable

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")

SHIPPED = (RESOURCES / "catalogues" / "tt124-2021-dieu4.toml").read_text(encoding="utf-8")
PROVINCE = """
[[clauses]]
id = "t{n}"
legal_basis = "Điều 8 khoản 1"
title = "Tiêu chí bổ sung của tỉnh {n}"
origin = "province"

[[clauses.items]]
id = "t{n}-camera"
legal_basis = "Điều 8 khoản 1"
status = "seen"
wording = "Có hệ thống camera an ninh hoạt động"
answer = "yes_no"
rule = {{ expected = "yes" }}
evidence = "Hồ sơ mô hình"
"""


def text_of(version: str, clauses: int = 1, since: str = "2022-02-10") -> str:
    """Return the criteria of a residential area with ``clauses`` of the province added."""
    shipped = SHIPPED.replace('id = "tt124-2021-dieu4"', 'id = "phu-tho-dieu4"', 1)
    shipped = re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', shipped, count=1)
    shipped = shipped.replace("in_force_from = 2022-02-10", f"in_force_from = {since}", 1)
    return shipped + "".join(PROVINCE.format(n=n) for n in range(1, clauses + 1))


Write = Callable[..., Path]


@pytest.fixture
def catalogue(tmp_path: Path) -> Write:
    """Return what writes a catalogue file: ``catalogue("2026.1", clauses=1)``."""

    def written(version: str, clauses: int = 1, since: str = "2022-02-10") -> Path:
        path = tmp_path / f"tiêu chí {version}.toml"
        path.write_text(text_of(version, clauses, since), encoding="utf-8", newline="\n")
        return path

    return written


def send_down(parties: "Parties") -> Path:
    (path,) = parties.receiving.issuing.write_to(parties.stick)
    return path


def take(parties: "Parties", path: Path) -> Taken:
    return parties.commune.sending.take(path)


def titles(side: Application) -> set[tuple[str, str]]:
    with side.sending._store.reading() as work:
        return {(row.catalogue_id, row.catalogue_version) for row in work.all(IssuedCatalogue)}


def forged(
    parties: "Parties",
    content: bytes,
    *,
    kind: str = "catalogue",
    seed: bytes | None = None,
    sender: str | None = None,
    unit_code: str = "04978",
) -> Path:
    """Seal ``content`` to the commune with the receiving unit's key, or with what a test puts in its place."""
    with parties.store(parties.receiving).reading() as work:
        held = receiving_keys.kept(work)
        document = receiving_keys.trusted(work, parties.store(parties.receiving), "04978")
    own = seed or held.own.sign_seed
    recipients = document.seal_keys_of("04978")
    device = parties.store(parties.receiving).device_id
    draft = DocumentDraft(
        kind=kind,
        bundle_id=names.new_id(datetime(2026, 11, 20, tzinfo=UTC)),
        sender=Sender(
            sender or parties.store(parties.receiving).unit_code, device, keys.key_id(keys.public_of(own))
        ),
        recipient=Recipient(unit_code, tuple(keys.key_id(each) for each in recipients)),
        schema_version=1,
        catalogue_versions={},
        created_at=datetime(2026, 11, 20, tzinfo=UTC),
        trust_version=1,
    )
    target = parties.stick / f"{draft.bundle_id}.antq"
    return seal.seal_document(draft, content, seed=own, recipients=recipients, target=target).path


def content_of(*texts: str, sequence: int = 1, kind: str = "criteria") -> bytes:
    return issued.encode(IssuedList(sequence, tuple(IssuedText(kind, text) for text in texts)))


def test_an_offer_says_what_a_file_holds_and_keeps_nothing(parties: "Parties", catalogue: Write) -> None:
    offer = parties.receiving.issuing.offer(catalogue("2026.1", clauses=2))
    assert (offer.kind, offer.id, offer.version) == ("criteria", "phu-tho-dieu4", "2026.1")
    assert (offer.clauses, offer.province_clauses, offer.is_issued) == (7, 2, False)
    assert titles(parties.receiving) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "criteria"', 'kind = "song"'),
        ('answer = "date"', 'answer = "smell"'),
        ("schema = 1", "schema = 7"),
        ("[[clauses]]", "[[clauses"),
    ],
)
def test_a_faulty_file_is_told_with_its_line(parties: "Parties", tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "hỏng.toml"
    line = SHIPPED[: SHIPPED.index(old)].count("\n") + 1
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    for use in (parties.receiving.issuing.offer, parties.receiving.issuing.issue):
        with pytest.raises(FaultyCatalogueFile, match="hỏng") as failure:
            use(path)
        assert failure.value.facts["line"] == line
    assert titles(parties.receiving) == set()


def test_a_file_that_is_not_there(parties: "Parties", tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable):
        parties.receiving.issuing.offer(tmp_path / "không có.toml")


def test_issuing_is_for_a_receiving_unit(parties: "Parties", catalogue: Write) -> None:
    with pytest.raises(NotInitialised):
        parties.commune.issuing.issue(catalogue("1"))
    with pytest.raises(NotInitialised):
        parties.commune.issuing.write_to(parties.stick)


def test_what_was_issued_is_not_issued_again(parties: "Parties", catalogue: Write) -> None:
    issuing = parties.receiving.issuing
    record = issuing.issue(catalogue("2026.1")).record
    assert (record.issued_by, record.taken_on) == ("Phòng PV05", date(2026, 11, 20))
    with pytest.raises(AlreadyIssued):
        issuing.issue(catalogue("2026.1"))
    with pytest.raises(VersionTaken):
        issuing.issue(catalogue("2026.1", clauses=2))
    issuing.issue(catalogue("2026.2", clauses=2))
    assert [each.catalogue_version for each in issuing.issued()] == ["2026.1", "2026.2"]


def test_what_no_commune_would_take_for_its_size_is_not_issued(
    parties: "Parties", catalogue: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.receiving.issuing.issue(catalogue("2026.1"))
    monkeypatch.setattr(issuing, "_MOST", len(SHIPPED.encode()) * 2)
    with pytest.raises(IssuedTooMuch):
        parties.receiving.issuing.issue(catalogue("2026.2", clauses=2))
    assert [each.catalogue_version for each in parties.receiving.issuing.issued()] == ["2026.1"]
    assert take(parties, send_down(parties)).code == "catalogues-taken"


def test_the_version_of_a_shipped_catalogue_is_not_given_to_another(
    parties: "Parties", tmp_path: Path
) -> None:
    issuing = parties.receiving.issuing
    path = tmp_path / "tieu-chi.toml"
    other = SHIPPED + PROVINCE.format(n=1)
    path.write_text(other, encoding="utf-8", newline="\n")
    with pytest.raises(VersionShipped) as refused:
        issuing.issue(path)
    assert refused.value.facts["catalogue"] == "tt124-2021-dieu4"
    assert issuing.issued() == []

    path.write_text(re.sub(r'(?m)^version = ".*"$', 'version = "2026.1"', other, count=1), encoding="utf-8")
    assert issuing.issue(path).record.catalogue_version == "2026.1"
    path.write_bytes((RESOURCES / "catalogues" / "tt124-2021-dieu4.toml").read_bytes())
    assert issuing.issue(path).record.catalogue_id == "tt124-2021-dieu4"


def test_nothing_is_written_without_a_catalogue_a_commune_or_a_stick(
    bare: "Parties", catalogue: Write, tmp_path: Path
) -> None:
    issuing = bare.receiving.issuing
    with pytest.raises(NothingIssued):
        issuing.write_to(bare.stick)
    issuing.issue(catalogue("1"))
    with pytest.raises(NobodyEnrolled):
        issuing.write_to(bare.stick)
    with pytest.raises(NothingReceived):
        issuing.write_to(bare.stick, ["04981"])
    with pytest.raises(StickMissing):
        issuing.write_to(tmp_path / "không có")
    assert list(bare.stick.iterdir()) == []


def test_a_catalogue_goes_down_whole_and_comes_back_up_with_the_data(
    parties: "Parties", catalogue: Write
) -> None:
    path = catalogue("2026.1")
    record = parties.receiving.issuing.issue(path).record
    taken = take(parties, send_down(parties))
    assert (taken.kind, taken.code, taken.is_alarm) == ("catalogue", "catalogues-taken", False)
    assert taken.titles == ("Khu dân cư an toàn về an ninh, trật tự (Điều 4), phiên bản 2026.1",)
    assert "issued_catalogues" in taken.changes.tables
    with parties.store(parties.commune).reading() as work:
        kept = work.get(IssuedCatalogue, record.id)
        assert b"".join(attachments.content(work, record.id)) == path.read_bytes()
    assert (kept.issued_by, kept.kind) == ("Phòng PV05", "criteria")
    assert list((parties.folder / "commune" / "incoming").iterdir()) == []
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()


def test_the_same_file_again_changes_nothing(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("2026.1"))
    one, two = send_down(parties), send_down(parties)
    assert one == two
    assert len(list(parties.stick.iterdir())) == 1
    take(parties, one)
    before = parties.rows(parties.commune)
    again = take(parties, one)
    assert (again.code, again.titles) == ("catalogues-known", ())
    assert parties.rows(parties.commune) == before


def test_a_file_that_was_damaged_here_is_sealed_anew(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("2026.1"))
    first = send_down(parties)
    (kept,) = (parties.folder / "receiving" / "outgoing").glob("catalogues-*")
    content = bytearray(kept.read_bytes())
    content[-1] ^= 1
    kept.write_bytes(content)
    second = send_down(parties)
    assert second != first
    assert take(parties, second).code == "catalogues-taken"


def test_an_older_state_never_follows_a_newer(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("2026.1"))
    old = send_down(parties)
    parties.receiving.issuing.issue(catalogue("2026.2", clauses=2))
    new = send_down(parties)
    assert len(take(parties, new).titles) == 2, "the new file holds the old catalogue too"
    with pytest.raises(CataloguesOlder):
        take(parties, old)
    assert titles(parties.commune) == {("phu-tho-dieu4", "2026.1"), ("phu-tho-dieu4", "2026.2")}
    assert parties.journal(parties.commune)[0].startswith("file_refused catalogues-older")


def test_a_receiving_unit_that_was_restored_is_heard_again(
    parties: "Parties", catalogue: Write, tmp_path: Path
) -> None:
    parties.receiving.close()
    shutil.copytree(parties.folder / "receiving", tmp_path / "backup")
    parties.receiving = parties.open(parties.folder / "receiving")
    parties.receiving.issuing.issue(catalogue("2026.1"))
    take(parties, send_down(parties))
    parties.receiving.close()
    parties.receiving = parties.open(tmp_path / "backup")
    parties.clock.at += timedelta(days=1)
    parties.receiving.issuing.issue(catalogue("2026.3", clauses=3))
    assert take(parties, send_down(parties)).code == "catalogues-taken"
    assert ("phu-tho-dieu4", "2026.3") in titles(parties.commune)


def test_another_receiving_unit_begins_anew(parties: "Parties", catalogue: Write, tmp_path: Path) -> None:
    for version in ("1", "2"):
        parties.receiving.issuing.issue(catalogue(version))
    take(parties, send_down(parties))
    first, other = parties.receiving, parties.another_receiving_unit(tmp_path / "other")
    parties.receiving = other
    parties.enrol()
    other.issuing.issue(catalogue("3"))
    assert take(parties, send_down(parties)).code == "catalogues-taken"
    first.close()


def test_two_catalogues_of_the_province_reach_new_assessments_only(
    parties: "Parties", catalogue: Write
) -> None:
    commune = parties.commune
    areas = [
        commune.territory.add(name, "xóm", date(2020, 1, 1)).record
        for name in ("Xóm Một", "Xóm Hai", "Xóm Ba")
    ]
    drafts = [commune.assessments.start(areas[0].id).record]
    for version, clauses in (("2026.1", 1), ("2026.2", 2)):
        parties.receiving.issuing.issue(catalogue(version, clauses=clauses))
        assert len(take(parties, send_down(parties)).titles) == 1
        drafts.append(commune.assessments.start(areas[clauses].id).record)
    seen = [
        (
            draft.catalogue_id,
            draft.catalogue_version,
            [each.id for each in commune.assessments.catalogue(draft.id).clauses],
        )
        for draft in drafts
    ]
    base = [each.id for each in commune.assessments.catalogue(drafts[0].id).clauses]
    assert len(base) == 5
    assert seen == [
        ("tt124-2021-dieu4", drafts[0].catalogue_version, base),
        ("phu-tho-dieu4", "2026.1", [*base, "t1"]),
        ("phu-tho-dieu4", "2026.2", [*base, "t1", "t2"]),
    ]
    assert [commune.assessments.get(draft.id) for draft in drafts] == drafts
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()


def test_a_catalogue_for_later_years_leaves_this_one_alone(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("2028.1", since="2028-01-01"))
    take(parties, send_down(parties))
    commune = parties.commune.catalogues
    assert commune.criteria_for("residential_area", 2026).id == "tt124-2021-dieu4"
    assert commune.criteria_for("residential_area", 2028).id == "phu-tho-dieu4"


def test_a_laptop_that_is_not_enrolled_takes_none(
    parties: "Parties", catalogue: Write, bare_folder: Path
) -> None:
    parties.receiving.issuing.issue(catalogue("1"))
    path = send_down(parties)
    parties.commune.close()
    parties.commune = parties.open(bare_folder)
    with pytest.raises(NotAsked):
        take(parties, path)


@pytest.fixture
def bare_folder(made_parties: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_parties / "commune", tmp_path / "bare"))


@pytest.mark.parametrize(
    ("made", "failure"),
    [
        ({"seed": bytes(31) + b"\7"}, UnknownSender),
        ({"sender": "C-other"}, UnknownSender),
        ({"unit_code": "04981"}, WrongRecipient),
        ({"kind": "trust"}, NotAsked),
        ({"kind": "ack"}, Refused),
    ],
)
def test_a_file_of_somebody_else_is_refused(
    parties: "Parties", made: dict[str, str], failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        take(parties, forged(parties, content_of(SHIPPED), **made))  # type: ignore[arg-type]
    assert titles(parties.commune) == set()


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"{}", CatalogueFileRefused),
        (content_of(SHIPPED, kind="song"), UnknownCatalogueKind),
        (content_of(SHIPPED, kind="scope"), FaultyCatalogue),
        (content_of(SHIPPED, SHIPPED.replace("schema = 1", "schema = 2")), FaultyCatalogue),
        (content_of("kind = "), FaultyCatalogue),
        (content_of("x = [" * 100_000), FaultyCatalogue),
    ],
)
def test_all_of_a_file_is_taken_or_none(parties: "Parties", content: bytes, failure: type[Refused]) -> None:
    before = parties.rows(parties.commune)
    with pytest.raises(failure) as refused:
        take(parties, forged(parties, content))
    assert "{" not in str(refused.value)
    assert parties.rows(parties.commune) == before
    assert parties.journal(parties.commune)[0].startswith(f"file_refused {failure.code}")
    assert take(parties, forged(parties, content_of(SHIPPED))).code == "catalogues-taken"


def test_an_altered_file_is_refused_wherever_it_was_altered(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("1"))
    whole = send_down(parties).read_bytes()
    altered = parties.stick / "sửa.antq"
    for at in [*range(0, len(whole), 97), len(whole) - 1]:
        altered.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Refused):
            take(parties, altered)
        altered.write_bytes(whole[:at])
        with pytest.raises(Refused):
            take(parties, altered)
    assert titles(parties.commune) == set()


def test_a_payload_under_another_label_is_refused(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("1"))
    file = opening.look(send_down(parties))
    acknowledgement = forged(parties, b"{}", kind="ack")
    swapped = parties.stick / "tráo.antq"
    label = acknowledgement.read_bytes()[: opening.look(acknowledgement).payload_offset]
    swapped.write_bytes(label + file.path.read_bytes()[file.payload_offset :])
    with pytest.raises((PayloadDamaged, WrongSignature, Refused)):
        take(parties, swapped)


def test_a_catalogue_fed_to_the_receiving_unit_is_refused(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("1"))
    (verdict,) = parties.receive(send_down(parties))
    assert (verdict.verdict, verdict.code) == ("refused", WrongKind.code)


def test_only_the_laptops_of_the_commune_can_open_it(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("1"))
    label = opening.look(send_down(parties)).claims
    assert isinstance(label, DocumentManifest)
    with parties.store(parties.commune).reading() as work:
        own = device_keys.find(work)
    assert own is not None
    assert label.recipient == Recipient("04978", (keys.key_id(own.seal_public),))


def test_a_withdrawn_laptop_is_left_out(parties: "Parties", catalogue: Write) -> None:
    parties.receiving.issuing.issue(catalogue("1"))
    with parties.store(parties.receiving).writing("Bình") as work:
        work.connection.execute(sa.update(tables.devices).values(status="revoked"))
        work.commit()
    with pytest.raises(NobodyEnrolled):
        parties.receiving.issuing.write_to(parties.stick)


def test_a_catalogue_and_its_correction_on_one_stick_are_taken_in_order(
    parties: "Parties", catalogue: Write
) -> None:
    for version in ("9", "10"):
        parties.receiving.issuing.issue(catalogue(version, clauses=int(version) % 4))
    take(parties, send_down(parties))
    assert parties.commune.catalogues.criteria_for("residential_area", 2026).version == "10"
    assert replace(parties.receiving.issuing.issued()[0], version={}).catalogue_version == "9"
