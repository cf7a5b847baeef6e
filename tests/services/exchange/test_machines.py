"""Keys change, are withdrawn and recovered, communes are merged, and everybody goes on believing the right ones."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.errors import NotFound
from antq_desktop.exchange import keys, opening
from antq_desktop.exchange.enrolment import AnswersAnother
from antq_desktop.exchange.manifest import BundleManifest
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import believed
from antq_desktop.services.commune_side.answers import LaptopWithdrawn, OtherLaptopsFile
from antq_desktop.services.commune_side.sending import NotEnrolled
from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
from antq_desktop.services.receiving_side.machines import CannotMerge, NoSuchLaptop, NumberNotPositive
from antq_desktop.services.receiving_side.receiving import NothingReceived
from antq_desktop.services.receiving_side.receiving_keys import NoLaptopLeft
from antq_desktop.services.receiving_side.recovering import WrongRecoveryIdentity
from antq_desktop.services.recovery.mending import ReasonMissing
from antq_desktop.services.recovery.taking_back import replace_workspace
from antq_desktop.services.recovery.trouble import Restored, Trouble, keep
from antq_desktop.storage.records import KINDS
from tests.services.exchange.conftest import CHEAP, rows_of

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

WHY = "thay máy theo quyết định của đơn vị"
PASSPHRASE = "cây đa bến nước 04978"


def deliver(parties: "Parties") -> str:
    """Send, take in, acknowledge, take that in; return the code of the verdict."""
    (verdict,) = parties.receive(parties.send().path)
    answer = parties.acknowledge()
    parties.commune.sending.take(answer)
    answer.unlink(missing_ok=True)
    return verdict.code


def signed_by(parties: "Parties") -> str:
    """Return the key that signs what the commune sends."""
    return opening.look(parties.send().path).claims.sender.key_id


def test_keys_change_with_overlap(parties: "Parties") -> None:
    parties.work(1)
    deliver(parties)
    parties.work(1)
    old = parties.send()
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    # Asked, not yet known: the laptop goes on with the keys it has, and reads what is sealed to them.
    assert parties.receive(old.path)[0].verdict == "taken"
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-forward"
    parties.work(1)
    before = signed_by(parties)
    under_old = parties.send()
    enrolled = parties.receiving.receiving.enrol(request.path, request.check_number)
    assert parties.commune.sending.take(enrolled.path).code == "trust-taken"
    after = signed_by(parties)
    assert after != before
    assert [row.status for row in parties.receiving.machines.rows()] == ["active", "active"]
    # Both are believed until one is withdrawn: the bundle of before, the same range under the new key.
    assert parties.receive(under_old.path)[0].verdict == "taken"
    assert parties.receive(parties.send().path)[0].code == "all-known"
    parties.commune.sending.take(parties.acknowledge())
    parties.assert_equal()
    head = parties.receiving.machines.rows()[0].last_seq
    done = parties.receiving.machines.revoke("04978", under_old_device(parties), head + 1, WHY, before)
    assert (done.keys, done.taken_since) == (1, 0)
    parties.work(1)
    assert deliver(parties) == "all-new"
    parties.assert_equal()


def under_old_device(parties: "Parties") -> str:
    return parties.store(parties.commune).device_id


def test_an_answer_sealed_to_the_keys_of_before_still_opens(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    answer = parties.acknowledge()
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    enrolled = parties.receiving.receiving.enrol(request.path, request.check_number)
    parties.commune.sending.take(enrolled.path)
    assert parties.commune.sending.take(answer).code == "ack-forward"


@pytest.mark.parametrize(("since", "verdict"), [(None, "refused"), (2, "refused"), (10_000, "taken")])
def test_a_withdrawn_key_vouches_only_for_what_lies_before(
    parties: "Parties", since: int | None, verdict: str
) -> None:
    parties.work(2)
    sent = parties.send()
    device = parties.store(parties.commune).device_id
    done = parties.receiving.machines.revoke("04978", device, since, f"  {WHY}\n")
    assert done.taken_since == 0
    assert parties.receive(sent.path)[0].verdict == verdict
    (row,) = parties.receiving.machines.rows()
    assert (row.status, row.revoked_from, row.why, row.withdrawn_by) == ("revoked", since, WHY, "Lê Thị Bình")


def test_a_file_of_a_withdrawn_key_is_refused_with_day_and_reason_of_that_very_key(
    parties: "Parties",
) -> None:
    parties.work(1)
    sent = parties.send()
    assert parties.receive(sent.path)[0].verdict == "taken"
    parties.clock.at = datetime(2026, 11, 30, 5, tzinfo=UTC)
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    parties.commune.sending.take(parties.receiving.receiving.enrol(request.path, request.check_number).path)
    older, newer = parties.receiving.machines.rows()
    assert older.is_replaced
    machines = parties.receiving.machines
    parties.clock.at = datetime(2026, 12, 1, 5, tzinfo=UTC)
    machines.revoke("04978", older.device_id, None, "Đổi khóa định kỳ.", older.key_id)
    parties.clock.at = datetime(2026, 12, 24, 5, tzinfo=UTC)
    machines.revoke("04978", newer.device_id, None, "Mất máy ở chợ", newer.key_id)
    (verdict,) = parties.receive(sent.path)  # known here, and yet its key is believed no more
    assert (verdict.verdict, verdict.code) == ("refused", "key-revoked")
    assert "ngày 01/12/2026, lý do: Đổi khóa định kỳ. Lần này" in verdict.sentence
    assert "Lê Thị Bình" in verdict.sentence
    assert [row.why for row in machines.rows()] == ["Đổi khóa định kỳ.", "Mất máy ở chợ"]


def test_what_came_under_a_replaced_key_is_a_matter_once_that_key_is_withdrawn(parties: "Parties") -> None:
    communes, machines = parties.receiving.communes, parties.receiving.machines
    parties.work(2)
    deliver(parties)
    (row,) = machines.rows()
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    parties.commune.sending.take(parties.receiving.receiving.enrol(request.path, request.check_number).path)
    late = parties.work(1)  # under the new key
    deliver(parties)
    assert communes.open_matters("04978").first == ()
    done = machines.revoke("04978", row.device_id, row.last_seq, WHY, row.key_id)
    (matter,) = communes.open_matters("04978").first
    assert (matter.seq, matter.code, done.taken_since) == (row.last_seq, "doubted", 1)
    assert "trước khi thu hồi" in matter.reason
    details = communes.details("04978")
    assert (details.told, [each.state for each in details.laptops]) == ((matter,), ["fresh"])
    # From further back: all of the old key, and still nothing of what the new one signed.
    machines.revoke("04978", row.device_id, None, WHY, row.key_id)
    doubted = communes.open_matters("04978").first
    assert [each.seq for each in doubted] == list(range(1, row.last_seq + 1))
    assert late[0].id not in {each.entity_id for each in doubted}
    # The laptop that is believed sends all of it once more: its new key vouches for that.
    (verdict,) = parties.receive(parties.commune.sending.send(parties.stick, whole=True).path)
    assert verdict.verdict == "known"
    assert communes.open_matters("04978").first == ()


def test_a_withdrawn_key_undoes_nothing_by_a_restore(parties: "Parties") -> None:
    parties.work(2)
    backup = parties.commune.backups.back_up()
    parties.work(4)
    deliver(parties)
    before = rows(parties.receiving, "04978")
    (row,) = parties.receiving.machines.rows()
    parties.receiving.machines.revoke("04978", row.device_id, row.last_seq + 1, WHY)
    # Whoever has the laptop goes back behind what it has told, in a new epoch whose numbers begin lower.
    parties.commune.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    parties.commune = parties.open(parties.folder / "commune")
    parties.commune.mending.mend("restored", WHY)
    sent = parties.send()
    assert sent.seq_to < row.last_seq
    assert {each.code for each in parties.receive(sent.path)} == {"key-revoked"}
    assert rows(parties.receiving, "04978") == before
    # Once the laptop is enrolled again under new keys, its restore counts.
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    parties.commune.sending.take(parties.receiving.receiving.enrol(request.path, request.check_number).path)
    assert deliver(parties) == "restore"
    parties.assert_equal()


def test_a_withdrawal_is_made_earlier_but_never_later(parties: "Parties") -> None:
    device = parties.store(parties.commune).device_id
    machines = parties.receiving.machines
    for since in (9, 5, None):
        assert machines.revoke("04978", device, since, WHY).keys == 1
        assert [row.revoked_from for row in machines.rows()] == [since]
        for later in (5, 7, 9):
            if since is None or later >= since:
                with pytest.raises(NoSuchLaptop):
                    machines.revoke("04978", device, later, WHY)
    with pytest.raises(NoSuchLaptop):
        machines.revoke("04978", device, None, WHY)


def test_a_laptop_of_a_merged_commune_writes_nothing_under_the_other_code(parties: "Parties") -> None:
    parties.work(1)
    deliver(parties)
    other = commune(parties, "05014", "xa-khac")
    enrol(parties, other)
    parties.receiving.machines.merge("05014", "04978", WHY)
    other.sending.take(parties.receiving.receiving.acknowledge("05014", parties.stick))
    store = parties.store(other)
    store.unit_code = "04978"  # another program on the same laptop, with its true keys
    sent = other.sending.send(parties.stick)
    store.unit_code = "05014"
    assert [each.code for each in parties.receive(sent.path)] == ["unknown-sender"]
    parties.assert_equal()
    # Nor do the two take in each other's bundles, though they are one unit by now.
    parties.work(1)
    assert [each.code for each in other.laptops.take([parties.send().path])] == ["not-our-bundle"]
    other.close()


def test_what_a_stolen_laptop_had_sent_is_named_for_a_person(parties: "Parties") -> None:
    parties.work(3)
    deliver(parties)
    (row,) = parties.receiving.machines.rows()
    done = parties.receiving.machines.revoke("04978", row.device_id, row.last_seq - 1, WHY)
    assert done.taken_since == 2
    # Nothing can be sealed to a unit without a key, and it is said so.
    with pytest.raises(NoLaptopLeft):
        parties.acknowledge()
    # New keys under a new number bring the laptop back, on the same log.
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    enrolled = parties.receiving.receiving.enrol(request.path, request.check_number)
    parties.commune.sending.take(enrolled.path)
    parties.work(1)
    assert deliver(parties) == "all-new"
    parties.assert_equal()


def test_a_laptop_whose_keys_were_withdrawn_learns_it_from_another_one_of_its_unit(
    parties: "Parties",
) -> None:
    parties.work(1)
    deliver(parties)
    device = parties.store(parties.commune).device_id
    second = commune(parties, "04978", "thay-the")
    enrol(parties, second)
    parties.receiving.machines.revoke("04978", device, None, WHY)
    second.sending.take(parties.acknowledge())
    assert second.sending.waiting().is_enrolled
    # The acknowledgement is sealed to the second laptop alone; that it was left out on purpose is said, and kept.
    parties.work(1)
    assert parties.send().count > 0
    answer = parties.acknowledge()
    with pytest.raises(LaptopWithdrawn):
        parties.commune.sending.take(answer)
    with pytest.raises(LaptopWithdrawn):
        parties.send()
    request = parties.commune.sending.enrolment_request(parties.stick, new_keys=True)
    parties.commune.sending.take(parties.receiving.receiving.enrol(request.path, request.check_number).path)
    assert parties.send().count > 0
    second.close()


def test_a_file_for_the_other_laptop_of_the_commune_says_so(parties: "Parties") -> None:
    second = commune(parties, "04978", "thay-the")
    first = parties.store(parties.commune).device_id
    early = parties.acknowledge()
    request = second.sending.enrolment_request(parties.stick)
    trust = parties.receiving.receiving.enrol(request.path, request.check_number).path
    mark = parties.store(second).device_id[-4:]
    assert request.path.name.startswith(f"dang-ky-04978-{mark}-")
    assert trust.name.startswith(f"tin-cay-04978-{mark}-")
    with pytest.raises(OtherLaptopsFile) as refused:
        parties.commune.sending.take(trust)
    assert refused.value.facts["mark"] == first[-4:]
    second.sending.take(trust)
    # What was made before this laptop was known proves no withdrawal.
    with pytest.raises(OtherLaptopsFile):
        second.sending.take(early)
    second.close()


def test_a_laptop_that_asked_itself_is_told_that_the_answer_is_not_its_own(bare: "Parties") -> None:
    parties = bare
    second = commune(parties, "04978", "thay-the")
    parties.commune.sending.enrolment_request(parties.stick)
    request = second.sending.enrolment_request(parties.stick)
    trust = parties.receiving.receiving.enrol(request.path, request.check_number).path
    with pytest.raises(AnswersAnother):
        parties.commune.sending.take(trust)
    second.close()


@pytest.mark.parametrize("since", [0, -1])
def test_what_cannot_be_withdrawn_is_said(parties: "Parties", since: int) -> None:
    machines = parties.receiving.machines
    device = parties.store(parties.commune).device_id
    with pytest.raises(NumberNotPositive):
        machines.revoke("04978", device, since, WHY)
    with pytest.raises(ReasonMissing):
        machines.revoke("04978", device, None, " ")
    with pytest.raises(NoSuchLaptop):
        machines.revoke("04978", "unknown", None, WHY)
    with pytest.raises(NoSuchLaptop):
        machines.revoke("04979", device, None, WHY)
    assert [row.status for row in machines.rows()] == ["active"]


def commune(parties: "Parties", code: str, folder: str) -> Application:
    settings: dict[str, object] = {
        "commune": {"code": code, "name": f"Xã {code}", "province": "Phú Thọ"},
        "officer": {"name": "Hà Văn Tư", "rank": ""},
        "working_year": 2026,
    }
    new = NewWorkspace("commune", code, "Hà Văn Tư", PASSPHRASE, settings)
    return create_workspace(parties.folder / folder, new, parties.clock, CHEAP).application


def enrol(parties: "Parties", laptop: Application) -> None:
    request = laptop.sending.enrolment_request(parties.stick)
    enrolled = parties.receiving.receiving.enrol(request.path, request.check_number)
    laptop.sending.take(enrolled.path)


def rows(side: Application, code: str) -> dict[str, list[tuple[object, ...]]]:
    return rows_of(side, code)


def test_a_merged_commune_keeps_its_chain_under_its_own_code(parties: "Parties") -> None:
    parties.work(2)
    deliver(parties)
    other = commune(parties, "05014", "xa-khac")
    enrol(parties, other)
    parties.receiving.machines.merge("04978", "05014", "sắp xếp đơn vị hành chính")
    assert {row.current_code for row in parties.receiving.machines.rows()} == {"05014"}
    # The laptop of the old unit goes on: its own log, its own acknowledgements.
    parties.work(1)
    assert deliver(parties) == "all-new"
    assert parties.commune.sending.waiting().count == 0
    parties.assert_equal()
    # Each seals to the laptops of the whole unit from now on.
    (sent,) = parties.receiving.receiving.receive([other.sending.send(parties.stick).path])
    assert sent.verdict == "taken"
    other.sending.take(parties.receiving.receiving.acknowledge("05014", parties.stick))
    # What comes back bears the code that the bundle bore: whoever holds both sees that they belong together.
    answers = {
        parties.receiving.receiving.acknowledge(code, parties.stick).name for code in ("04978", "05014")
    }
    assert {name[: len("xac-nhan-00000-")] for name in answers} == {"xac-nhan-04978-", "xac-nhan-05014-"}
    parties.work(1)
    bundle = parties.send().path
    assert bundle.name.startswith("goi-04978-")
    one = opening.look(bundle).claims
    other.territory.add("Xóm Mới", "xóm", parties.clock().date())
    two = opening.look(other.sending.send(parties.stick).path).claims
    assert isinstance(one, BundleManifest)
    assert isinstance(two, BundleManifest)
    assert set(one.recipient.key_ids) == set(two.recipient.key_ids)
    assert rows(other, "05014").keys() == {kind.entity for kind in KINDS}
    assert parties.receive(*parties.stick.glob("goi-05014-*"))[-1].verdict in {"taken", "known"}
    assert rows(parties.receiving, "05014") == rows(other, "05014")
    other.close()


def test_what_cannot_be_merged_is_said(parties: "Parties") -> None:
    machines = parties.receiving.machines
    with pytest.raises(NothingReceived):
        machines.merge("05014", "04978", WHY)
    with pytest.raises(NotFound):
        machines.merge("04978", "99999", WHY)
    with pytest.raises(CannotMerge):
        machines.merge("04978", "04978", WHY)
    machines.merge("04978", "05014", WHY)
    with pytest.raises(CannotMerge):
        machines.merge("04978", "05068", WHY)
    other = commune(parties, "05014", "xa-khac")
    enrol(parties, other)
    with pytest.raises(CannotMerge):
        machines.merge("05014", "04978", WHY)
    other.close()


def test_the_recovery_key_is_made_anew_and_opens_what_is_sealed_from_then_on(
    parties: "Parties", tmp_path: Path
) -> None:
    parties.work(2)
    before = parties.send()
    identity = parties.receiving.machines.renew_recovery("mất tờ in")
    parties.receive(before.path)
    parties.commune.sending.take(parties.acknowledge())
    parties.work(1)
    after = parties.send()
    # The receiving unit is lost with its keys; a new one is set up and the laptop enrols there.
    parties.receiving.close()
    new = new_receiving_unit("Phòng PV05 mới", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    parties.receiving = create_workspace(tmp_path / "upper", new, parties.clock, CHEAP).application
    parties.receiving.receiving.initialise("Phòng PV05 mới")
    request = parties.commune.sending.enrolment_request(parties.stick)
    enrolled = parties.receiving.receiving.enrol(request.path, request.check_number)
    assert parties.receive(after.path)[0].code == "wrong-recipient"
    early, late = parties.receiving.recovering.recover(
        f"# khóa khôi phục\n{identity}\n", [before.path, after.path]
    )
    assert (early.verdict, early.code) == ("refused", "wrong-recipient")
    assert (late.verdict, late.code) == ("held", "gap")
    for wrong in ("", "age1xyz", "AGE-SECRET-KEY-1ABC"):
        with pytest.raises(WrongRecoveryIdentity):
            parties.receiving.recovering.recover(wrong, [after.path])
    assert parties.receiving.mending.state() is None
    # Where the laptop lives it sends everything to the new unit anyway.
    parties.commune.sending.take(enrolled.path)
    assert parties.commune.sending.waiting().count == after.seq_to
    parties.receive(parties.send().path)
    assert parties.commune.sending.take(parties.acknowledge()).waiting == 0
    parties.assert_equal()


def test_a_dead_communes_sticks_open_with_the_recovery_key(parties: "Parties", tmp_path: Path) -> None:
    identity = parties.receiving.machines.renew_recovery("in lại")
    parties.receive()
    parties.work(1)
    deliver(parties)
    sent = []
    for _time in range(2):
        parties.work(2)
        sent.append(parties.send())
    parties.receiving.close()
    new = new_receiving_unit("Phòng PV05 mới", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    parties.receiving = create_workspace(tmp_path / "upper", new, parties.clock, CHEAP).application
    parties.receiving.receiving.initialise("Phòng PV05 mới")
    request = parties.commune.sending.enrolment_request(parties.stick)
    parties.receiving.receiving.enrol(request.path, request.check_number)
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 0, "seq": 0})
        work.commit()
    whole = parties.send()
    verdicts = parties.receiving.recovering.recover(identity, [whole.path, sent[-1].path])
    assert [verdict.code for verdict in verdicts] == ["all-new", "all-known"]
    parties.assert_equal()


def test_the_root_changes_and_who_believed_the_old_one_believes_the_new_one(parties: "Parties") -> None:
    parties.work(1)
    name = parties.receiving.machines.change_root("theo kế hoạch")
    assert deliver(parties) == "all-new"
    current = parties.commune.sending.take(parties.acknowledge())
    assert current.code == "ack-equal"
    with parties.store(parties.commune).reading() as work:
        document = believed.current(work)
    assert document is not None
    assert [keys.key_id(keys.from_text(root)) for root in document.receiving.roots] == [name]
    # A second change reaches who has taken the first one in.
    parties.receiving.machines.change_root("lộ khóa")
    parties.work(1)
    assert deliver(parties) == "all-new"
    assert parties.commune.sending.take(parties.acknowledge()).trust_version == 3


def test_a_root_that_only_itself_vouches_for_is_not_believed(parties: "Parties") -> None:
    parties.work(1)
    # Two changes while this laptop sees none of them: nobody it knows vouches for the new root.
    parties.receiving.machines.change_root("một")
    parties.receiving.machines.change_root("hai")
    parties.receive(parties.send().path)
    with pytest.raises(Exception, match="not made by your receiving unit") as refused:
        parties.commune.sending.take(parties.acknowledge())
    assert getattr(refused.value, "code", "") == "trust-refused"
    parties.enrol()
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-forward"


def test_no_trust_leaves_a_restored_receiving_unit(parties: "Parties") -> None:
    with parties.store(parties.receiving).writing("Bình") as work:
        keep(work, Trouble(code="restored", found_by="backup"))
        work.commit()
    device = parties.store(parties.commune).device_id
    for deed in (
        lambda: parties.receiving.machines.revoke("04978", device, None, WHY),
        lambda: parties.receiving.machines.merge("04978", "05014", WHY),
        lambda: parties.receiving.machines.renew_recovery(WHY),
        lambda: parties.receiving.machines.change_root(WHY),
        lambda: parties.receiving.handing_back.hand_back("04978", parties.stick),
    ):
        with pytest.raises(Restored):
            deed()


def test_a_laptop_with_new_keys_of_its_own_sends_nothing_before_it_is_known(parties: "Parties") -> None:
    parties.work(1)
    parties.commune.mending.mend("cloned", WHY)
    with pytest.raises(NotEnrolled):
        parties.send()
