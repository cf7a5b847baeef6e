"""Ngày hội and outreach in a real workspace: rows with names, areas that are missing, scans kept and taken off."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.movement.festival import PaperThere
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.scans import NoScan, NotAScan
from antq_desktop.storage.failures import ChangedElsewhere
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

HELD = FestivalDay(
    id="",
    unit_code="",
    year=2026,
    place="Nhà  văn hóa",
    on=date(2026, 8, 16),
    attendance=220,
    handed_in={"khau": 2},
)
ROUND = OutreachCampaign(
    id="", unit_code="", title="Tháng  cao điểm", kind="pccc", starts_on=date(2026, 4, 1), sessions=2
)


def lines(application: Application, key: str) -> list[str]:
    found = application.journal.page(JournalFilter(entity_id=key), Window(limit=50))
    return [f"{line.action} {line.note}".strip() for line in found]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "ngày hội.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(4_000))
    return path


def test_a_site_is_kept_with_its_areas_and_what_was_handed_in(
    application: Application, area: ResidentialArea
) -> None:
    second = application.territory.add("Xóm Ao", "xóm", date(2020, 1, 1)).record
    application.territory.add("Xóm mới", "xóm", date(2026, 9, 1))
    assert [missing.name for missing in application.festival.areas_without()] == ["Xóm Ao", "Xóm Bãi Chạo"]
    written = application.festival.save(replace(HELD, area_ids=(area.id, second.id)))
    assert (written.record.place, written.warnings) == ("Nhà văn hóa", ())
    (row,) = application.festival.rows()
    assert (row.areas, row.handed_in) == (("Xóm Ao", "Xóm Bãi Chạo"), (("khẩu súng", 2),))
    assert application.festival.rows(2025) == []
    assert application.festival.areas_without() == []
    assert len(application.festival.areas_without(2025)) == 2


def test_a_day_in_june_is_kept_with_a_warning_and_a_faulty_site_is_not_kept(application: Application) -> None:
    (warning,) = application.festival.save(replace(HELD, on=date(2026, 6, 30))).warnings
    assert warning.code == "outside-festival"
    with pytest.raises(Invalid):
        application.festival.save(replace(HELD, area_ids=("nowhere",)))
    assert len(application.festival.rows()) == 1


def test_sites_come_by_day_and_place(application: Application) -> None:
    for place, on in (("Đình", date(2026, 8, 16)), ("Chợ", date(2026, 8, 16)), ("Sân", date(2026, 8, 1))):
        application.festival.save(replace(HELD, place=place, on=on))
    assert [row.place for row in application.festival.rows()] == ["Sân", "Chợ", "Đình"]


def test_a_record_read_before_another_saved_it_is_refused(application: Application) -> None:
    kept = application.festival.save(HELD).record
    application.festival.save(replace(kept, gifts=3))
    with pytest.raises(ChangedElsewhere):
        application.festival.save(replace(kept, gifts=4))
    assert application.festival.get(kept.id).gifts == 3


def test_a_photograph_is_kept_replaced_and_really_gone(
    application: Application, picture: Path, tmp_path: Path
) -> None:
    key = application.festival.save(HELD).record.id
    with pytest.raises(NoScan):
        application.festival.detach_paper(key)
    first = application.festival.attach_paper(key, picture).record.paper_sha256
    assert first is not None
    assert application.commitments.paper(first) == picture.read_bytes()
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(5_000))
    second = application.festival.attach_paper(key, picture).record.paper_sha256
    assert second not in (None, first)
    with pytest.raises(NotFound):
        application.commitments.paper(first)
    assert application.festival.rows()[0].papers == 1
    assert second is not None
    assert application.festival.detach_paper(key).record.paper_sha256 is None
    with pytest.raises(NotFound):
        application.commitments.paper(second)
    assert lines(application, key)[:3] == [
        "detached ngày hội.jpg",
        "attached ngày hội.jpg",
        "attached ngày hội.jpg",
    ]
    with pytest.raises(NotAScan):
        application.festival.attach_paper(key, Path(__file__))
    with pytest.raises(NotFound):
        application.festival.attach_paper("nobody", picture)


def test_bytes_stay_while_another_record_names_them(application: Application, picture: Path) -> None:
    first, second = (application.festival.save(HELD).record.id for _ in range(2))
    campaign = application.outreach.save(ROUND).record.id
    key = application.festival.attach_paper(first, picture).record.paper_sha256
    assert key is not None
    application.festival.attach_paper(second, picture)
    application.outreach.attach_paper(campaign, picture)
    application.festival.detach_paper(first)
    application.festival.delete(second, "Gõ nhầm")
    assert application.commitments.paper(key) == picture.read_bytes()
    application.outreach.delete(campaign, "Gõ nhầm")
    with pytest.raises(NotFound):
        application.commitments.paper(key)


def test_a_site_keeps_plan_minutes_and_photographs(
    application: Application, picture: Path, tmp_path: Path
) -> None:
    festival = application.festival
    key = festival.save(HELD).record.id
    plan, minutes = tmp_path / "ke-hoach.pdf", tmp_path / "bien-ban.pdf"
    plan.write_bytes(b"%PDF-1.7 plan")
    minutes.write_bytes(b"%PDF-1.7 minutes")
    festival.attach_paper(key, picture)
    for path in (plan, minutes):
        kept = festival.add_paper(key, path).record
    assert [paper.name for paper in festival.papers(key)] == [picture.name, plan.name, minutes.name]
    assert festival.rows()[0].papers == 3
    for path in (picture, plan):
        with pytest.raises(PaperThere):
            festival.add_paper(key, path)
    with pytest.raises(NotAScan):
        festival.add_paper(key, Path(__file__))
    with pytest.raises(NoScan):
        festival.remove_paper(key, "0" * 64)
    first, second, third = kept.papers
    festival.remove_paper(key, second)
    festival.remove_paper(key, first)
    assert [paper.sha256 for paper in festival.papers(key)] == [third]
    for gone in (first, second):
        with pytest.raises(NotFound):
            application.commitments.paper(gone)
    assert lines(application, key)[:2] == ["detached ngày hội.jpg", "detached ke-hoach.pdf"]
    other = festival.save(HELD).record.id
    festival.add_paper(other, minutes)
    festival.delete(other, "Gõ nhầm")
    assert application.commitments.paper(third) == minutes.read_bytes(), "another site names it still"
    festival.delete(key, "Gõ nhầm")
    with pytest.raises(NotFound):
        application.commitments.paper(third)


def test_removing_needs_a_reason_and_the_journal_keeps_it(application: Application) -> None:
    key = application.festival.save(HELD).record.id
    with pytest.raises(ReasonMissing):
        application.festival.delete(key, " ")
    changes = application.festival.delete(key, "Gõ nhầm")
    assert "festival_days" in changes.tables
    assert lines(application, key)[0] == "deleted Gõ nhầm"
    with pytest.raises(NotFound):
        application.festival.get(key)


def test_outreach_is_listed_by_day_with_the_name_of_its_kind(application: Application) -> None:
    spring = application.outreach.save(ROUND).record
    winter = replace(
        ROUND, title="Tết", kind="vu-khi-phao", starts_on=date(2025, 12, 15), ends_on=date(2026, 2, 20)
    )
    application.outreach.save(winter)
    assert [(row.title, row.kind_name) for row in application.outreach.rows()] == [
        ("Tết", "Quản lý vũ khí, vật liệu nổ, công cụ hỗ trợ, pháo"),
        ("Tháng cao điểm", "Phòng cháy, chữa cháy và cứu nạn, cứu hộ"),
    ]
    assert [row.title for row in application.outreach.rows(2025)] == ["Tết"]
    application.outreach.save(replace(spring, ends_on=date(2026, 4, 30)))
    assert application.outreach.rows(2027) == []
    with pytest.raises(Invalid):
        application.outreach.save(replace(ROUND, kind="bay"))
