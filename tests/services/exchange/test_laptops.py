"""Two laptops of one commune tell each other what they tell the receiving unit; nothing else gets in that way."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.domain.recognition import Certificate
from antq_desktop.exchange.opening import WrongKind
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.conflicts import Choice
from antq_desktop.services.commune_side.laptops import way_on
from antq_desktop.services.commune_side.sending import NotEnrolled, NothingToSend
from antq_desktop.services.first_start import new_commune
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.services.yearly.number_register import NumberTwice, RegisterElsewhere, RegisterOpen
from tests.services.exchange.conftest import PASSPHRASE

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Laptops, Parties

TODAY = date(2026, 11, 20)


def _household(area_id: str, head: str) -> Household:
    return Household(id="", unit_code="", area_id=area_id, head=head, birth="1980", members=4)


def test_what_each_laptop_entered_is_on_all_three_sides(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    two.exchange()
    two.first.households.save(_household(area.id, "Bùi Văn Một"))
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    two.settle()
    two.assert_equal()
    (other,) = two.first.laptops.others()
    assert other.device_id == two.parties.store(two.second).device_id
    assert other.last_seq > 0
    assert other.taken_at is not None


def test_each_laptop_sends_its_own_changes_and_never_those_of_the_other(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    two.exchange()
    assert two.second.sending.waiting().count == 0
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    assert two.second.sending.waiting().count == 1


def test_one_acknowledgement_confirms_both_logs(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    sent = [two.seal(two.first)]
    two.second.laptops.take(sent)
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    sent.append(two.seal(two.second))
    two.upper.receiving.receive(sent)
    answer = two.parties.acknowledge()
    for laptop in (two.first, two.second):
        taken = laptop.sending.take(answer)
        assert (taken.code, taken.waiting) == ("ack-forward", 0)


def test_a_stick_may_reach_the_receiving_unit_in_any_order(two: "Laptops") -> None:
    """A record of the second laptop that hangs on one of the first waits until the first one's bundle comes."""
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    sent = [two.seal(two.first)]
    two.second.laptops.take(sent)
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    sent.append(two.seal(two.second))
    for order in permutations(sent):
        two.upper.receiving.receive(order)
    two.upper.receiving.receive([sent[1]])
    two.first.laptops.take([sent[1]])
    two.tell_all()
    two.assert_equal()
    assert two.upper.receiving.set_aside() == []


def test_an_acknowledgement_says_which_laptops_are_known_from_now_on(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    second = open_workspace(parties.folder / "second", PASSPHRASE, parties.clock)
    request = second.sending.enrolment_request(parties.stick)
    enrolled = parties.receiving.receiving.enrol(request.path, request.check_number)
    second.sending.take(enrolled.path)
    mark = parties.store(second).device_id[-4:]
    answer = parties.acknowledge()
    taken = parties.commune.sending.take(answer)
    assert taken.sentence == f"Từ nay máy này đã biết thêm máy khác của xã: {mark}."
    assert parties.commune.sending.take(answer).sentence.startswith("Phiếu xác nhận không có gì mới.")
    parties.receiving.machines.revoke("04978", parties.store(second).device_id, None, "mất máy")
    taken = parties.commune.sending.take(parties.acknowledge())
    assert taken.sentence == f"Đơn vị nhận đã thu hồi máy của xã: {mark}."
    second.close()


def test_a_receiving_unit_that_knows_one_laptop_only_is_not_told_of_tables_of_two(
    two: "Laptops", tmp_path: Path
) -> None:
    """The upper level was made anew, and the second laptop has not come to it yet: no data differs without a cause."""
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    two.exchange()
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    two.settle()
    new = two.parties.another_receiving_unit(tmp_path / "new")
    request = two.first.sending.enrolment_request(two.parties.stick)
    two.first.sending.take(new.receiving.enrol(request.path, request.check_number).path)
    (verdict,) = new.receiving.receive([two.seal(two.first)])
    assert (verdict.verdict, verdict.code) == ("taken", "all-new")
    new.close()


def test_what_one_file_sets_aside_and_the_next_settles_is_not_told(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    sent = [two.seal(two.first)]
    two.second.laptops.take(sent)
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    sent.append(two.seal(two.second))
    verdicts = two.upper.receiving.receive([sent[1], sent[0]])
    assert [(each.verdict, each.set_aside, each.exit_code) for each in verdicts] == [("taken", (), 0)] * 2


def test_a_bundle_behind_a_gap_waits_on_a_laptop_too(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    early = two.seal(two.first)
    two.upper.receiving.receive([early])
    two.tell_all()
    two.first.households.save(_household(area.id, "Bùi Văn Một"))
    late = two.seal(two.first)
    (held,) = two.second.laptops.take([late])
    assert (held.verdict, held.code) == ("held", "gap")
    # An answer that is refused meanwhile does not make the bundle go away.
    with pytest.raises(WrongKind):
        two.second.sending.take(late)
    assert [each.verdict for each in two.second.laptops.take([early])] == ["taken", "taken"]
    two.upper.receiving.receive([late])
    two.assert_equal()


def test_what_is_no_bundle_of_another_laptop_is_refused_with_its_own_sentence(two: "Laptops") -> None:
    two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1))
    own = two.seal(two.first)
    answer = two.parties.acknowledge()
    before = two.parties.rows(two.first)
    verdicts = two.first.laptops.take([own, answer])
    assert [each.code for each in verdicts] == ["own-bundle", "not-a-bundle"]
    assert len({each.sentence for each in verdicts}) == 2
    assert two.parties.rows(two.first) == before
    assert two.second.laptops.take([own])[0].verdict == "taken"
    assert two.second.laptops.take([own])[0].code == "all-known"


def test_a_bundle_of_another_commune_is_refused(two: "Laptops") -> None:
    new = new_commune(
        "05014",
        receiving_unit="",
        officer="Lò Thị Xa",
        rank="",
        year=2026,
        passphrase="cây đa bến nước 05014",
    )
    from tests.services.exchange.conftest import CHEAP

    other = create_workspace(two.parties.folder / "05014", new, two.parties.clock, CHEAP).application
    two.enrol(other)
    (verdict,) = two.first.laptops.take([two.seal(other)])
    other.close()
    assert (verdict.verdict, verdict.code) == ("refused", "not-our-bundle")


def test_laptops_that_do_not_know_each_other_yet_say_which_step_is_missing(parties: "Parties") -> None:
    from tests.services.exchange.conftest import PASSPHRASE, Laptops

    second = open_workspace(parties.folder / "second", PASSPHRASE, parties.clock)
    two = Laptops(parties, parties.commune, second)
    early = two.seal(two.first)
    with pytest.raises(NotEnrolled):
        second.laptops.take([early])
    two.enrol(second)
    assert second.laptops.take([early])[0].code == "not-sealed-to-us"
    assert two.first.laptops.take([two.seal(second)])[0].code == "laptop-unknown"
    two.tell_all()
    # What was sealed for fewer laptops is sealed again, for all of them.
    assert second.laptops.take([two.seal(two.first)])[0].verdict == "taken"
    assert two.first.laptops.take([two.seal(second)])[0].verdict == "taken"
    second.close()


def test_a_changed_household_goes_on_from_what_the_other_laptop_wrote(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    home = two.first.households.save(_household(area.id, "Bùi Văn Một")).record
    two.exchange()
    there = two.second.households.get(home.id)
    two.second.households.save(replace(there, members=5))
    two.settle()
    assert two.first.households.get(home.id).members == 5
    assert two.first.conflicts.count() == 0
    two.assert_equal()


def _decision(laptop: Application, name: str, good_answers: Callable[..., dict[str, Given]]) -> str:
    area = laptop.territory.add(name, "xóm", date(2020, 1, 1)).record
    draft = laptop.assessments.start(area.id).record
    laptop.assessments.answer_all(draft.id, good_answers(laptop.assessments.catalogue(draft.id)))
    laptop.assessments.finalise(draft.id, date(2026, 11, 17))
    decided = laptop.recognitions.recognise(
        draft.id, f"{name}/QĐ-UBND", date(2026, 11, 18), signer="Đinh Công Thắng"
    )
    return decided.record.id


def test_only_the_laptop_that_keeps_the_register_issues_certificates(
    two: "Laptops", good_answers: Callable[..., dict[str, Given]]
) -> None:
    one, other = (
        _decision(two.first, "Xóm 1", good_answers),
        _decision(two.second, "Xóm 2", good_answers),
    )
    two.settle()
    with pytest.raises(RegisterOpen):
        two.first.recognitions.issue(one, TODAY)
    two.first.laptops.keep_register()
    assert two.first.recognitions.issue(one, TODAY).record.number == 1
    two.settle()
    with pytest.raises(RegisterElsewhere):
        two.second.recognitions.issue(other, TODAY)
    two.second.laptops.keep_register()
    # Numbers go on behind those of the laptop that kept the register before.
    assert two.second.recognitions.issue(other, TODAY).record.number == 2
    two.settle()
    assert two.first.laptops.register().device_id == two.parties.store(two.second).device_id
    two.assert_equal()


def test_two_that_took_over_the_register_at_once_must_decide_first(
    two: "Laptops", good_answers: Callable[..., dict[str, Given]]
) -> None:
    decision = _decision(two.first, "Xóm 1", good_answers)
    for laptop in (two.first, two.second):
        laptop.laptops.keep_register()
    two.exchange()
    with pytest.raises(RegisterOpen):
        two.first.recognitions.issue(decision, TODAY)
    (found,) = two.first.conflicts.open()
    two.first.conflicts.decide(found, Choice(0, {}), "Máy này giữ sổ")
    assert two.first.recognitions.issue(decision, TODAY).record.number == 1
    two.settle()
    two.assert_equal()


def test_a_number_that_two_laptops_gave_out_is_not_printed_until_one_is_dropped(
    two: "Laptops", good_answers: Callable[..., dict[str, Given]], tmp_path: Path
) -> None:
    """Only possible where each issued before it knew of the other."""
    issued = []
    for place, laptop in enumerate((two.first, two.second)):
        decision = _decision(laptop, f"Xóm {place}", good_answers)
        with two.parties.store(laptop).writing("Bùi Văn An") as work:
            saved = work.save(
                Certificate(
                    id=f"giay-{place}",
                    unit_code="04978",
                    recognition_id=decision,
                    year=2026,
                    kind="recognition",
                    number=1,
                    issued_on=TODAY,
                )
            )
            work.commit()
        issued.append(saved.id)
    two.exchange()
    for laptop in (two.first, two.second):
        (found,) = laptop.conflicts.open()
        # The same one waits on both, also on the laptop that issued it.
        assert (found.id, found.code, found.rival) == (
            "certificates/giay-1",
            "clash",
            ("certificates", "giay-0"),
        )
        with pytest.raises(NumberTwice):
            laptop.printing.certificates([issued[0]], tmp_path / "giay.pdf")
    two.second.laptops.keep_register()
    with pytest.raises(NumberTwice):
        two.second.recognitions.issue(_decision(two.second, "Xóm 9", good_answers), TODAY)
    (found,) = two.second.conflicts.open()
    assert [side.stands for side in found.sides] == [True, False]
    two.second.conflicts.decide(found, Choice(1, {}), "Xóm 0 cấp lại số khác")
    two.settle()
    two.assert_equal()
    assert two.second.printing.certificates([issued[1]], tmp_path / "giay.pdf").records == 1
    assert [laptop.conflicts.count() for laptop in (two.first, two.second)] == [0, 0]


def test_each_laptop_keeps_its_own_officer_and_working_year(two: "Laptops") -> None:
    two.second.settings.put_all({"officer": {"name": "Quách Thị Lan", "rank": ""}, "working_year": 2025})
    two.first.settings.put("working_year", 2027)
    two.settle()
    assert (two.first.settings.get("officer")["name"], two.first.session.year) == ("Bùi Văn An", 2027)
    assert (two.second.settings.get("officer")["name"], two.second.session.year) == ("Quách Thị Lan", 2025)
    assert two.second.settings.all()["working_year"] == 2025
    two.assert_equal()
    assert [laptop.conflicts.count() for laptop in (two.first, two.second)] == [0, 0]


def test_a_copy_of_the_other_laptop_is_an_alarm_for_this_one(two: "Laptops") -> None:
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    two.exchange()
    two.parties.store(two.second).close()
    shutil.copytree(
        two.parties.folder / "second", two.parties.folder / "copy", ignore=shutil.ignore_patterns("*.lock")
    )
    two.second.households.save(_household(area.id, "Đinh Văn Hai"))
    two.first.laptops.take([two.seal(two.second)])
    copy = two.parties.open(two.parties.folder / "copy")
    copy.households.save(_household(area.id, "Hà Văn Khác"))
    before = two.parties.rows(two.first)
    (verdict,) = two.first.laptops.take([two.seal(copy)])
    copy.close()
    assert (verdict.verdict, verdict.code) == ("refused", "fork")
    assert verdict.sentence.endswith("gọi đơn vị nhận.")
    assert two.parties.rows(two.first) == before


def test_a_laptop_that_came_later_gets_all_that_was_delivered_before_in_a_whole_bundle(
    parties: "Parties",
) -> None:
    from tests.services.exchange.conftest import PASSPHRASE, Laptops

    second = open_workspace(parties.folder / "second", PASSPHRASE, parties.clock)
    two = Laptops(parties, parties.commune, second)
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    parties.enrol()
    two.upper.receiving.receive([early := two.seal(two.first)])
    two.enrol(second)
    two.tell_all()
    with pytest.raises(NothingToSend):
        two.seal(two.first)
    (refused,) = second.laptops.take([early])
    assert "Lập gói đầy đủ cho máy khác của xã" in refused.sentence
    two.first.households.save(_household(area.id, "Bùi Văn Một"))
    held = second.laptops.take([two.seal(two.first)])
    assert [each.code for each in held] == ["gap"]
    assert "Lập gói đầy đủ cho máy khác của xã" in way_on(held)[0]
    waiting = two.first.sending.waiting().count
    whole = two.first.sending.send(parties.stick, whole=True)
    assert (whole.seq_from, two.first.sending.waiting().count) == (1, waiting)
    assert second.laptops.take([whole.path])[0].verdict == "taken"
    assert [each.name for each in second.territory.areas()] == ["Xóm Bãi"]
    assert two.upper.receiving.receive([whole.path])[0].code == "tail-new"
    second.close()
