"""A laptop of two that was mended knows what it knew: what the other one told, and what it deleted itself."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.recovery.taking_back import replace_workspace
from antq_desktop.storage.tables import outbox
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
    # A deletion that knew nothing of the change waits for a person; it is no longer this laptop's own word.
    (found,) = two.first.conflicts.open()
    assert [(side.op, side.stands) for side in found.sides] == [("put", True), ("delete", False)]


def area_named(name: str) -> ResidentialArea:
    return ResidentialArea(id="xom", unit_code="04978", name=name, kind="xóm", valid_from=date(2020, 1, 1))


def versions_told(two: Laptops, key: str) -> list[str]:
    with two.parties.store(two.first).reading() as work:
        query = sa.select(outbox.c.version).where(outbox.c.entity_id == key)
        return list(work.connection.execute(query).scalars())


def rolled_forward(two: Laptops) -> Path:
    """Let the first laptop lose a household of the other one's area and take it from its own stick; return the other's."""
    parties = two.parties
    backup = two.first.backups.back_up()
    with parties.store(two.second).writing("An") as work:
        work.save(area_named("Xóm Bãi"))
        work.commit()
    theirs = two.seal(two.second)
    two.first.laptops.take([theirs])
    with parties.store(two.first).writing("An") as work:
        work.save(replace(home("xom"), id="ho", unit_code="04978"))
        work.commit()
    own = two.seal(two.first)
    two.first.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    two.first = parties.commune = open_workspace(parties.folder / "commune", PASSPHRASE, parties.clock)
    two.first.rebuilding.rebuild([own])
    return theirs


def test_a_version_is_never_used_twice_where_a_row_was_set_aside(two: Laptops) -> None:
    theirs = rolled_forward(two)
    with two.parties.store(two.first).writing("An") as work:
        assert work.find(Household, "ho") is None
        place = work.save(replace(area_named("Xóm Khác"), id="khac"))
        work.save(replace(home(place.id), id="ho", unit_code="04978", head="Nhập lại"))
        work.commit()
    assert len(set(versions_told(two, "ho"))) == 2
    two.first.laptops.take([theirs])
    with two.parties.store(two.first).reading() as work:
        assert work.get(Household, "ho").head == "Nhập lại"
    assert two.first.conflicts.count() == 0


def test_what_was_set_aside_is_found_again_where_the_own_log_is_told_anew(two: Laptops) -> None:
    theirs = rolled_forward(two)
    two.first.mending.mend("cloned", "bản sao")
    assert [each.entity_id for each in two.first.conflicts.open()] == ["ho"]
    two.first.laptops.take([theirs])
    assert two.first.conflicts.count() == 0
    with two.parties.store(two.first).reading() as work:
        assert work.get(Household, "ho").area_id == "xom"
