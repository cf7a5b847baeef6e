"""Ngày hội site by site: typed, ticked, corrected, removed; the areas without one are known by name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.festival.page import FestivalPage

Site = Callable[..., FestivalDay]


@pytest.fixture
def site(commune: Application) -> Site:
    def kept(place: str, **fields: Any) -> FestivalDay:
        given = {"on": date(2026, 8, 12), "attendance": 200, **fields}
        return commune.festival.save(FestivalDay(id="", unit_code="", year=2026, place=place, **given)).record

    return kept


@pytest.fixture
def page(areas: list[ResidentialArea], opened: Any) -> FestivalPage:
    made: FestivalPage = opened(FestivalPage)
    return made


@pytest.fixture
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a photograph, and say yes to whatever is asked."""
    path = tmp_path / "anh.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 anh")
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)
    return path


def idle(page: FestivalPage) -> None:
    page.desk.lane.wait_idle()


def test_an_empty_year_says_what_to_do_first(page: FestivalPage) -> None:
    assert page.table._note.isVisible()
    assert page.chips.word("missing") == "3 khu chưa tổ chức"


def test_a_site_is_recorded_with_its_areas(
    page: FestivalPage, areas: list[ResidentialArea], commune: Application, put: Any, names: Any
) -> None:
    page.obey(Command.NEW)
    put(page.side, on="12/8", place="Nhà văn hóa xóm Bãi Chạo", attendance="1.230", gifts="12")
    put(page.side, **{f"area.{areas[0].id}": "1", f"area.{areas[1].id}": "1", "with_festivities": "1"})
    page.obey(Command.SAVE)
    idle(page)
    (kept,) = commune.festival.rows(2026)
    assert (kept.on, kept.attendance, kept.gifts) == (date(2026, 8, 12), 1230, 12)
    assert kept.areas == ("Xóm Bãi Chạo", "Xóm Mớ Đá")
    assert (kept.with_ceremony, kept.with_festivities) == (True, True)
    assert "1.230 lượt người dự" in page._totals.text()
    assert page.chips.word("missing") == "1 khu chưa tổ chức"
    page.see("missing")
    assert names(page.missing) == ["Xóm Vó Khang"]


def test_an_area_without_one_begins_its_site(
    page: FestivalPage, areas: list[ResidentialArea], commune: Application, put: Any
) -> None:
    page.see("missing")
    page.missing.opened.emit(areas[2])
    assert page.side.form.boxes["place"].typed() == "Xóm Vó Khang"
    put(page.side, on="13/8", attendance="80")
    page.obey(Command.SAVE)
    idle(page)
    assert commune.festival.rows(2026)[0].areas == ("Xóm Vó Khang",)


def test_a_day_outside_is_remarked_on_and_one_of_another_year_refused(
    page: FestivalPage, commune: Application, put: Any
) -> None:
    page.obey(Command.NEW)
    put(page.side, on="1/10/2026", place="Sân xã", attendance="50")
    page.obey(Command.SAVE)
    idle(page)
    assert len(commune.festival.rows(2026)) == 1
    assert "19/08/2026" in page.side.form.boxes["on"].said()
    put(page.side, on="12/8/2025")
    page.obey(Command.SAVE)
    idle(page)
    assert "2026" in page.side.form.boxes["on"].said()
    assert commune.festival.rows(2026)[0].on == date(2026, 10, 1)


def test_an_area_that_is_no_longer_offered_stays(
    site: Site, page: FestivalPage, areas: list[ResidentialArea], commune: Application, put: Any
) -> None:
    commune.territory.merge([areas[0].id, areas[1].id], "Xóm Mới", "xóm", date(2025, 6, 1))
    kept = site("Sân xã", area_ids=(areas[0].id,), handed_in={"khau": 2})
    page.make_stale()
    page.wanted(site_id=kept.id)
    idle(page)
    assert f"area.{areas[0].id}" not in page.side.form.boxes
    put(page.side, attendance="300")
    page.obey(Command.SAVE)
    idle(page)
    again = commune.festival.get(kept.id)
    assert (again.attendance, again.area_ids, again.handed_in) == (300, (areas[0].id,), {"khau": 2})


def test_what_was_typed_survives_a_new_list_of_areas(
    page: FestivalPage, commune: Application, put: Any
) -> None:
    page.obey(Command.NEW)
    put(page.side, place="Nhà văn hóa", attendance="90")
    commune.territory.add("Xóm Mới", "xóm", date(2020, 1, 1))
    page.make_stale()
    idle(page)
    assert page.side.form.boxes["place"].typed() == "Nhà văn hóa"
    assert page.side.form.boxes["attendance"].typed() == "90"
    assert sum(name.startswith("area.") for name in page.side.form.boxes) == 4


def test_a_site_typed_by_mistake_is_removed_with_a_reason(
    site: Site, page: FestivalPage, commune: Application
) -> None:
    kept = site("Sân xã")
    page.wanted(site_id=kept.id)
    idle(page)
    assert page.side.record == kept
    page.side.reason.ask()
    page.side.reason.give()
    assert len(commune.festival.rows(2026)) == 1, "without a reason nothing happens"
    page.side.reason.box.set_value("Ghi hai lần")
    page.side.reason.give()
    idle(page)
    assert commune.festival.rows(2026) == []
    assert page.side.record is None


def test_photographs_are_attached_and_taken_off(  # noqa: PLR0917 - pytest hands them over by name
    site: Site,
    page: FestivalPage,
    commune: Application,
    put: Any,
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong, plan = photo.with_name("sai.txt"), photo.with_name("ke-hoach.pdf")
    wrong.write_bytes(b"no picture")
    plan.write_bytes(b"%PDF-1.7 plan")
    monkeypatch.setattr(dialogs, "choose_files", lambda *_asked: [photo, wrong, plan])
    kept = site("Sân xã")
    page.wanted(site_id=kept.id)
    idle(page)
    put(page.side, attendance="333")
    box = page.side.papers
    assert box is not None
    box.attach()
    idle(page)
    assert "sai.txt" in page.banner.text()
    assert [paper.name for paper in commune.festival.papers(kept.id)] == [photo.name, plan.name]
    assert [line.accessibleName() for line in box.lines.values()] == [f"{photo.name}. ", f"{plan.name}. "]
    assert page.side.form.boxes["attendance"].typed() == "333", "what is typed stays"
    page.obey(Command.SAVE)
    idle(page)
    assert commune.festival.get(kept.id).attendance == 333
    next(iter(box.lines.values())).ways["Gỡ…"].click()
    idle(page)
    assert [paper.name for paper in commune.festival.papers(kept.id)] == [plan.name]
    assert len(box.lines) == 1


def test_another_year_shows_its_own(site: Site, page: FestivalPage, names: Any) -> None:
    site("Sân xã")
    page.make_stale()
    idle(page)
    assert names(page.table) == ["12/08/2026"]
    page.desk.set_year(2025)
    page.year_changed(2025)
    idle(page)
    assert names(page.table) == []
