"""A laptop of two that was mended knows what it knew: what the other one told, and what it deleted itself."""

from dataclasses import replace
from datetime import date

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.services.taking_back import replace_workspace
from tests.services.exchange.conftest import PASSPHRASE, Laptops


def home(area_id: str) -> Household:
    return Household(id="", unit_code="", area_id=area_id, head="Bùi Văn Một", birth="1980", members=4)


def test_what_hangs_on_the_other_laptops_record_comes_back_from_the_own_sticks(two: Laptops) -> None:
    parties = two.parties
    backup = two.first.backups.back_up()
    area = two.second.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    theirs = two.seal(two.second)
    two.first.laptops.take([theirs])
    kept = two.first.households.save(home(area.id)).record
    own = two.seal(two.first)
    two.first.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    two.first = parties.commune = open_workspace(parties.folder / "commune", PASSPHRASE, parties.clock)
    two.first.rebuilding.rebuild([own])
    with parties.store(two.first).reading() as work:
        assert work.find(Household, kept.id) is None
    two.first.laptops.take([theirs])
    with parties.store(two.first).reading() as work:
        assert work.get(Household, kept.id) == kept


def test_a_laptop_mended_as_copied_still_knows_what_it_deleted(two: Laptops) -> None:
    parties = two.parties
    area = two.first.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    kept = two.first.households.save(home(area.id)).record
    two.settle()
    with parties.store(two.first).writing("An") as work:
        work.delete(work.get(Household, kept.id), "nhập nhầm")
        work.commit()
    with parties.store(two.second).writing("An") as work:
        work.save(replace(work.get(Household, kept.id), note="sửa"))
        work.commit()
    own, theirs = two.seal(two.first), two.seal(two.second)
    two.upper.receiving.receive([own])
    two.first.sending.take(parties.acknowledge())
    two.first.mending.mend("cloned", "bản sao")
    (taken,) = two.first.laptops.take([theirs])
    assert [each.code for each in taken.set_aside] == ["concurrent"]
    with parties.store(two.first).reading() as work:
        assert work.find(Household, kept.id) is None
