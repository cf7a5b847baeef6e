"""Outreach campaigns, committees and programmes: three lists on one page, each recorded and found again."""

from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.steering import CoordinationProgramme
from antq_desktop.services.application import Application
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.outreach.page import OutreachPage


@pytest.fixture
def page(opened: Any) -> OutreachPage:
    made: OutreachPage = opened(OutreachPage)
    return made


def idle(page: OutreachPage) -> None:
    page.desk.lane.wait_idle()


def test_a_campaign_is_recorded_and_summed_up(page: OutreachPage, commune: Application, put: Any) -> None:
    assert page.tables_of["campaigns"]._note.isVisible()
    page.obey(Command.NEW)
    put(page.side, title="Phòng, chống ma túy", kind="ma-tuy", starts_on="5/1/2026", ends_on="20/1/2026")
    put(page.side, sessions="12", attendance="1.450", leaflets="2000")
    page.obey(Command.SAVE)
    idle(page)
    (row,) = commune.outreach.rows(2026)
    assert (row.title, row.kind, row.sessions, row.attendance, row.leaflets, row.articles) == (
        "Phòng, chống ma túy",
        "ma-tuy",
        12,
        1450,
        2000,
        0,
    )
    assert page.chips.word("campaigns") == "1 đợt tuyên truyền"
    assert "1.450 lượt người dự" in page._totals.text()


def test_an_end_before_the_beginning_is_refused_under_its_field(
    page: OutreachPage, commune: Application, put: Any
) -> None:
    page.obey(Command.NEW)
    put(page.side, title="Đợt 1", starts_on="5/3/2026", ends_on="1/3/2026")
    page.obey(Command.SAVE)
    idle(page)
    assert page.side.form.boxes["ends_on"].said()
    assert commune.outreach.rows(2026) == []


def test_each_list_has_its_own_button_fields_and_drafts(
    page: OutreachPage, commune: Application, put: Any
) -> None:
    page.obey(Command.NEW)
    put(page.side, title="Còn gõ dở")
    page.see("committees")
    assert page.action.text() == "Ghi ban chỉ đạo"
    page.obey(Command.NEW)
    put(page.side, name="Ban chỉ đạo xã", valid_from="5/1/2026", members="21")
    put(page.side, decision_number="31/QĐ-UBND", decision_date="5/1/2026")
    page.obey(Command.SAVE)
    idle(page)
    (committee,) = commune.committees.rows(2026)
    assert (committee.name, committee.members, committee.working) == ("Ban chỉ đạo xã", 21, True)
    page.see("campaigns")
    page.obey(Command.NEW)
    assert page.side.form.boxes["title"].typed() == "Còn gõ dở"


def test_a_programme_is_opened_by_the_search_and_corrected(
    page: OutreachPage, commune: Application, put: Any, names: Any
) -> None:
    kept = commune.programmes.save(
        CoordinationProgramme(
            id="",
            unit_code="",
            partner="Hội Phụ nữ xã",
            number="03/CTPH",
            signed_on=date(2025, 3, 1),
            subject="Phòng, chống bạo lực gia đình",
        )
    ).record
    page.make_stale()
    page.wanted(programme_id=kept.id)
    idle(page)
    assert page.view == "programmes"
    assert names(page.tables_of["programmes"]) == ["Hội Phụ nữ xã"]
    put(page.side, ends_on="31/12/2027")
    page.obey(Command.SAVE)
    idle(page)
    assert commune.programmes.get(kept.id).ends_on == date(2027, 12, 31)
    page.side.reason.box.set_value("Ghi nhầm")
    page.side.reason.give()
    idle(page)
    assert commune.programmes.rows(2026) == []


def test_the_text_narrows_every_list(page: OutreachPage, commune: Application, names: Any) -> None:
    for partner in ("Hội Phụ nữ xã", "Đoàn Thanh niên xã"):
        commune.programmes.save(
            CoordinationProgramme(
                id="", unit_code="", partner=partner, signed_on=date(2026, 3, 1), subject="Phối hợp"
            )
        )
    page.make_stale()
    idle(page)
    page.see("programmes")
    page._search("doan thanh")
    assert names(page.tables_of["programmes"]) == ["Đoàn Thanh niên xã"]


def test_a_change_elsewhere_leaves_the_list_in_sight(
    page: OutreachPage, commune: Application, put: Any
) -> None:
    page.obey(Command.NEW)
    put(page.side, title="Đợt 1", starts_on="5/1/2026", sessions="3")
    page.obey(Command.SAVE)
    idle(page)
    page.see("committees")
    page.obey(Command.NEW)
    put(page.side, name="Ban chỉ đạo xã", valid_from="5/1/2026")
    page.obey(Command.SAVE)
    idle(page)
    page.make_stale()
    idle(page)
    assert page._panels.current is page.sides["committees"]
    assert page.side.called() == "Ban chỉ đạo xã"
