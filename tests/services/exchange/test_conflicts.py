"""Two laptops changed one record at once: both versions stay, a person decides with a reason, and all sides come to the same."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.commitments import Commitment, CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.conflicts import (
    Choice,
    ConflictMoved,
    NoConflict,
    NoSuchSide,
    SideInTheWay,
    SidesDoNotMix,
    differing_fields,
    may_mix,
)
from antq_desktop.services.first_start import new_commune
from antq_desktop.services.results import ReasonMissing
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

if TYPE_CHECKING:
    from antq_desktop.services.commune_side.conflict_sides import Conflict
    from tests.services.exchange.conftest import Laptops

TODAY = date(2026, 11, 20)
WHY = "Theo sổ hộ khẩu của xóm"


@pytest.fixture
def home(two: "Laptops") -> Household:
    """Return a household that both laptops and the receiving unit know."""
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    made = two.first.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Bùi Văn Một", birth="1980", members=4)
    ).record
    two.exchange()
    return made


def _edit(laptop: Application, home: Household, **changes: object) -> None:
    kept = laptop.households.get(home.id)
    laptop.households.save(replace(kept, **changes))  # type: ignore[arg-type] # fields of a household


def _delete(two: "Laptops", laptop: Application, home: Household) -> None:
    with two.parties.store(laptop).writing("Bùi Văn An") as work:
        work.delete(work.get(Household, home.id), "Nhập nhầm")
        work.commit()


def _only(laptop: Application) -> "Conflict":
    (found,) = laptop.conflicts.open()
    return found


def _take(laptop: Application, side: int | None, fields: dict[str, int] | None = None) -> None:
    laptop.conflicts.decide(_only(laptop), Choice(side, fields or {}), WHY)


def _assert_all_settled(two: "Laptops") -> None:
    two.settle()
    assert [laptop.conflicts.count() for laptop in (two.first, two.second)] == [0, 0]
    assert two.upper.receiving.set_aside() == []
    two.assert_equal()


def test_both_versions_stand_beside_each_other_with_who_when_and_where(
    two: "Laptops", home: Household
) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6, phone="0912345678")
    two.exchange()
    for laptop, members in ((two.first, [5, 6]), (two.second, [6, 5])):
        found = _only(laptop)
        assert (found.entity, found.name, found.code) == ("households", "Bùi Văn Một", "concurrent")
        assert [side.body["members"] for side in found.sides] == members
        assert [side.stands for side in found.sides] == [True, False]
        assert differing_fields(found) == ["members", "phone"]
        assert {side.device_id for side in found.sides} == {
            two.parties.store(each).device_id for each in (two.first, two.second)
        }
        assert all(side.user == "Bùi Văn An" and side.at.startswith("2026-11-20") for side in found.sides)
    # Nothing was changed on either side before somebody decided.
    assert two.first.households.get(home.id).members == 5
    assert two.second.households.get(home.id).members == 6


@pytest.mark.parametrize("side", [0, 1])
def test_a_decision_travels_and_settles_the_other_sides(two: "Laptops", home: Household, side: int) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    two.exchange()
    _take(two.first, side)
    assert two.first.conflicts.count() == 0
    _assert_all_settled(two)
    assert two.second.households.get(home.id).members == (5, 6)[side]
    (decided,) = two.second.conflicts.decided()
    assert (decided.user, decided.reason, decided.device_id) == (
        "Bùi Văn An",
        WHY,
        two.parties.store(two.first).device_id,
    )
    assert [each.body["members"] for each in decided.not_taken] == [(6, 5)[side]]


def test_fields_of_both_versions_make_one(two: "Laptops", home: Household) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, phone="0912345678")
    two.exchange()
    _take(two.second, 0, {"members": 1})
    _assert_all_settled(two)
    kept = two.first.households.get(home.id)
    assert (kept.members, kept.phone) == (5, "0912345678")
    # What stood before is in the journal, with the reason.
    lines = two.second.journal.page(JournalFilter(entity_id=home.id, action="decided"), Window(limit=9))
    assert {line.note for line in lines} == {WHY}
    assert {str(value) for line in lines for value in line.changes.get("members", [])} == {"4", "5"}


def test_a_decision_needs_a_reason_a_version_that_is_there_and_what_was_shown(
    two: "Laptops", home: Household
) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    two.exchange()
    shown = _only(two.first)
    with pytest.raises(ReasonMissing):
        two.first.conflicts.decide(shown, Choice(0, {}), "  ")
    with pytest.raises(NoSuchSide):
        two.first.conflicts.decide(shown, Choice(2, {}), WHY)
    with pytest.raises(SidesDoNotMix):
        two.first.conflicts.decide(shown, Choice(0, {"id": 1}), WHY)
    _edit(two.first, home, members=7)
    with pytest.raises(ConflictMoved):
        two.first.conflicts.decide(shown, Choice(0, {}), WHY)
    with pytest.raises(NoConflict):
        two.first.conflicts.find("households/nothing")
    assert two.first.conflicts.count() == 1


def test_a_commitment_that_both_took_down_differently(two: "Laptops", home: Household) -> None:
    for laptop, state in ((two.first, CommitmentState.SIGNED), (two.second, CommitmentState.REFUSED)):
        campaign = laptop.commitments.yearly()
        signed = TODAY if state is CommitmentState.SIGNED else None
        laptop.commitments.record(home.id, campaign.id, state, signed, "Bùi Văn Một" if signed else None)
    two.exchange()
    found = _only(two.second)
    assert (found.entity, found.name) == ("commitments", "Bùi Văn Một")
    assert {side.body["state"] for side in found.sides} == {"signed", "refused"}
    _take(two.second, 1)
    _assert_all_settled(two)
    assert two.upper.consolidating.report("2026").total["households_signed"] == 1


def test_answers_of_an_assessment_and_a_withdrawal(
    two: "Laptops", home: Household, good_answers: Callable[..., dict[str, Given]]
) -> None:
    draft = two.first.assessments.start(home.area_id).record
    good = good_answers(two.first.assessments.catalogue(draft.id))
    two.exchange()
    two.first.assessments.answer_all(draft.id, good)
    item = next(iter(good))
    two.second.assessments.answer(draft.id, item, good[item].value, good[item].reason, good[item].evidence)
    two.exchange()
    found = _only(two.second)
    assert any(name.startswith("answers/") for name in differing_fields(found))
    with pytest.raises(SidesDoNotMix):  # its result follows from its answers
        two.second.conflicts.decide(found, Choice(0, {"result": 1}), WHY)
    _take(two.second, 1)
    two.settle()
    two.first.assessments.finalise(draft.id, date(2026, 11, 17))
    decision = two.first.recognitions.recognise(
        draft.id, "412/QĐ-UBND", date(2026, 11, 18), signer="Đinh Công Thắng"
    ).record
    two.first.laptops.keep_register()
    issued = two.first.recognitions.issue(decision.id, TODAY).record
    two.settle()
    two.first.recognitions.withdraw(issued.id, TODAY, "Sai tên")
    two.second.recognitions.withdraw(issued.id, TODAY, "Sai ngày")
    two.exchange()
    assert _only(two.first).entity == "certificates"
    _take(two.first, 1)
    _assert_all_settled(two)
    assert two.first.recognitions.certificate(issued.id).withdrawn_reason == "Sai ngày"


@pytest.mark.parametrize("stays", [False, True])
def test_one_deleted_what_the_other_changed(two: "Laptops", home: Household, *, stays: bool) -> None:
    _delete(two, two.first, home)
    _edit(two.second, home, members=6)
    two.exchange()
    found = _only(two.first)
    assert (found.name, [side.op for side in found.sides]) == ("Bùi Văn Một", ["delete", "put"])
    assert [side.op for side in _only(two.second).sides] == ["put", "delete"]
    assert two.second.households.get(home.id).members == 6
    _take(two.first, 1 if stays else 0)
    _assert_all_settled(two)
    count = two.upper.consolidating.report("2026").total["households_living"]
    assert count == int(stays)


def test_the_same_change_on_both_is_no_conflict(two: "Laptops", home: Household) -> None:
    for laptop in (two.first, two.second):
        _edit(laptop, home, members=5)
    two.exchange()
    _assert_all_settled(two)


def test_what_was_entered_behind_a_conflict_is_part_of_its_version(two: "Laptops", home: Household) -> None:
    _edit(two.first, home, members=5)
    for members in (6, 7, 8):
        _edit(two.second, home, members=members)
    two.exchange()
    assert [side.body["members"] for side in _only(two.first).sides] == [5, 8]
    _edit(two.first, home, phone="0912345678")
    two.exchange()
    assert [side.body["members"] for side in _only(two.second).sides] == [8, 5]
    _take(two.first, 1, {"phone": 0})
    _assert_all_settled(two)
    kept = two.second.households.get(home.id)
    assert (kept.members, kept.phone) == (8, "0912345678")


def test_both_laptops_decide_the_same_at_once(two: "Laptops", home: Household) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    two.exchange()
    _take(two.first, 0)
    _take(two.second, 1)
    _assert_all_settled(two)
    assert two.first.households.get(home.id).members == 5
    assert len(two.first.conflicts.decided()) == 2


def test_both_laptops_decide_differently_at_once(two: "Laptops", home: Household) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    two.exchange()
    _take(two.first, 0)
    _take(two.second, 0)
    two.exchange()
    assert [side.body["members"] for side in _only(two.first).sides] == [5, 6]
    _take(two.second, 0)
    _assert_all_settled(two)
    assert two.first.households.get(home.id).members == 6


def test_a_decision_is_taken_back_by_deciding_again(two: "Laptops", home: Household) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    two.exchange()
    _take(two.first, 0)
    two.settle()
    (decided,) = two.second.conflicts.decided()
    again = two.second.conflicts.find(decided.id)
    assert (again.code, [side.body["members"] for side in again.sides]) == ("decided", [5, 6])
    two.second.conflicts.decide(again, Choice(1, {}), "Đọc lại sổ")
    _assert_all_settled(two)
    assert two.first.households.get(home.id).members == 6
    assert [each.reason for each in two.first.conflicts.decided()].count("Đọc lại sổ") == 1


@pytest.mark.parametrize("years", [-10, 10])
def test_no_clock_decides(two: "Laptops", home: Household, years: int) -> None:
    here = two.parties.clock.at
    _edit(two.first, home, members=5)
    two.parties.clock.at = here + timedelta(days=years * 365)
    _edit(two.second, home, members=6)
    two.parties.clock.at = here
    two.exchange()
    found = _only(two.first)
    assert {side.at[:4] for side in found.sides} == {"2026", str(2026 + years)}
    assert two.first.households.get(home.id).members == 5
    two.parties.clock.at = here + timedelta(days=-years * 365)
    _take(two.second, 0)
    two.parties.clock.at = here
    _assert_all_settled(two)
    assert two.first.households.get(home.id).members == 6


def test_three_laptops_at_once(two: "Laptops", home: Household) -> None:
    from tests.services.exchange.conftest import CHEAP, PASSPHRASE

    new = new_commune(
        "04978", receiving_unit="", officer="Bùi Văn An", rank="", year=2026, passphrase=PASSPHRASE
    )
    third = create_workspace(two.parties.folder / "third", new, two.parties.clock, CHEAP).application
    two.enrol(third)
    two.tell_all()
    for laptop in (two.first, two.second):
        laptop.sending_again.everything()
        third.laptops.take([two.seal(laptop)])
    for laptop, members in ((two.first, 5), (two.second, 6), (third, 7)):
        _edit(laptop, home, members=members)
    sent = [two.seal(laptop) for laptop in (two.first, two.second, third)]
    for laptop in (two.first, two.second, third):
        laptop.laptops.take(sent)
    two.upper.receiving.receive(sent)
    found = next(each for each in third.conflicts.open() if each.entity == "households")
    assert found.sides[0].body["members"] == 7
    assert {side.body["members"] for side in found.sides} == {5, 6, 7}
    for each in third.conflicts.open():
        third.conflicts.decide(each, Choice(0, {}), WHY)
    sent = [two.seal(third)]
    for receiver in (two.first.laptops.take, two.second.laptops.take, two.upper.receiving.receive):
        receiver(sent)
    assert [laptop.conflicts.count() for laptop in (two.first, two.second, third)] == [0, 0, 0]
    assert two.upper.receiving.set_aside() == []
    two.assert_equal()
    assert two.parties.rows(third) == two.parties.rows(two.upper)
    third.close()


def test_bundles_come_to_the_receiving_unit_in_any_order(two: "Laptops", home: Household) -> None:
    """Edits, further edits and the decision: whichever stick is first, the end is the same."""
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    one, other = two.seal(two.first), two.seal(two.second)
    two.second.laptops.take([one])
    two.first.laptops.take([other])
    _take(two.second, 1)
    decided = two.seal(two.second)
    two.first.laptops.take([decided])
    ends: list[object] = []
    for order in permutations((one, other, decided)):
        two.parties.store(two.upper).close()
        folder = two.parties.folder / f"upper-{len(ends)}"
        shutil.copytree(two.parties.folder / "receiving", folder, ignore=shutil.ignore_patterns("*.lock"))
        upper = two.parties.open(folder)
        upper.receiving.receive(order)
        ends.append(two.parties.rows(upper))
        assert upper.receiving.set_aside() == []
        upper.close()
    assert all(end == two.parties.rows(two.first) for end in ends)


def test_the_answer_of_the_receiving_unit_tells_of_what_is_open(two: "Laptops", home: Household) -> None:
    _edit(two.first, home, members=5)
    _edit(two.second, home, members=6)
    sent = [two.seal(two.first), two.seal(two.second)]
    two.upper.receiving.receive(sent)
    answer = two.parties.acknowledge()
    for laptop in (two.first, two.second):
        taken = laptop.sending.take(answer)
        assert [(each.entity, each.id) for each in taken.conflicts] == [("households", home.id)]
        assert taken.waiting == 0


def _sign(laptop: Application, home: Household) -> None:
    laptop.commitments.record(
        home.id, laptop.commitments.yearly().id, CommitmentState.SIGNED, TODAY, "Bùi Văn Một"
    )


@pytest.mark.parametrize("deleter_first", [True, False])
def test_a_household_that_one_deleted_and_the_other_signed_for_stays_everywhere(
    two: "Laptops", home: Household, *, deleter_first: bool
) -> None:
    _delete(two, two.first, home)
    _sign(two.second, home)
    sent = [two.seal(two.first), two.seal(two.second)]
    two.upper.receiving.receive(sent if deleter_first else sent[::-1])
    two.first.laptops.take(sent[1:])
    two.second.laptops.take(sent[:1])
    two.tell_all()
    for side in (two.first, two.second, two.upper):
        rows = two.parties.rows(side)
        assert (len(rows["households"]), len(rows["commitments"])) == (1, 1)
    (above,) = two.upper.receiving.set_aside()
    assert (above.entity, above.code) == ("households", "clash")
    assert above.reason.startswith("Đã bị xoá ở máy kia, nhưng còn hồ sơ khác thuộc về nó (Bản đăng ký")
    for laptop in (two.first, two.second):
        found = _only(laptop)
        assert (found.entity, found.child and found.child[0]) == ("households", "commitments")
        assert [(side.op, side.stands) for side in found.sides] == [("put", True), ("delete", False)]
    with pytest.raises(SideInTheWay):
        _take(two.second, 1)
    _take(two.first, 0)
    _assert_all_settled(two)
    assert two.first.households.get(home.id).head == "Bùi Văn Một"


def test_a_deletion_stands_when_nothing_belongs_to_the_record_any_more(
    two: "Laptops", home: Household
) -> None:
    _delete(two, two.first, home)
    _sign(two.second, home)
    two.exchange()
    with two.parties.store(two.first).writing("An") as work:
        (paper,) = work.all(Commitment)
        work.delete(paper, "Ký nhầm hộ")
        touched = work.commit()
    # At once, and the pages hear of it; not only with the next bundle or decision.
    assert two.first.conflicts.count() == 0
    assert touched.touches("households")
    assert touched.touches("set_aside")
    assert not two.parties.rows(two.first)["households"]
    _assert_all_settled(two)
    assert all(not two.parties.rows(side)["households"] for side in (two.first, two.second, two.upper))


@pytest.mark.parametrize("chosen", [0, 1])
def test_of_two_papers_in_one_place_a_person_chooses_one(
    two: "Laptops", home: Household, chosen: int
) -> None:
    """The one that waits may be the own one; choosing it drops the other, on all sides."""
    campaign = two.first.commitments.yearly()
    two.settle()
    for laptop, key in ((two.first, "giay-b"), (two.second, "giay-a")):
        with two.parties.store(laptop).writing("An") as work:
            work.save(
                Commitment(
                    id=key,
                    unit_code="04978",
                    household_id=home.id,
                    campaign_id=campaign.id,
                    year=2026,
                    note=key,
                )
            )
            work.commit()
    two.exchange()
    for laptop in (two.first, two.second):
        found = _only(laptop)
        assert (found.entity_id, found.rival) == ("giay-b", ("commitments", "giay-a"))
        assert [(side.body["id"], side.stands) for side in found.sides] == [
            ("giay-a", True),
            ("giay-b", False),
        ]
        assert not may_mix(found)
    _take(two.first, chosen)
    _assert_all_settled(two)
    (kept,) = two.parties.rows(two.upper)["commitments"]
    assert ("giay-a", "giay-b")[chosen] in str(kept)
    decided = two.second.conflicts.decided()
    assert {each.entity_id for each in decided if each.not_taken} == {("giay-b", "giay-a")[chosen]}
