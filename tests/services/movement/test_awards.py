"""Awards in a real workspace: put forward, decided together or not at all, listed as a workbook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from antq_desktop.domain.awards import Award, AwardState
from antq_desktop.domain.errors import NotFound
from antq_desktop.services.application import Application
from antq_desktop.services.movement.awards import AlreadyDecided, NoAwardYet
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Propose = Callable[..., Award]
ON = date(2026, 8, 12)


@pytest.fixture
def propose(application: Application) -> Propose:
    def proposed(recipient: str, **fields: Any) -> Award:
        new = Award(
            id="",
            unit_code="",
            year=2026,
            kind="giay-khen",
            authority="chu-tich-xa",
            recipient_kind="person",
            recipient=recipient,
            recipient_place="Xóm Bãi",
            merit="Thành tích năm 2026",
            proposed_on=date(2026, 8, 1),
        )
        return application.awards.save(replace(new, **fields)).record

    return proposed


def test_awards_come_by_kind_then_collectives_then_by_given_name(
    application: Application, propose: Propose
) -> None:
    propose("Bùi Văn Yên")
    propose("Đinh Thị An")
    propose("Xóm Bãi", recipient_kind="collective")
    propose("Hà Văn Ba", kind="bang-khen", authority="chu-tich-tinh")
    propose("Lê  Văn Cò", authority="giam-doc-cong-an-tinh")
    rows = application.awards.rows()
    assert [(row.kind_name, row.recipient_kind_name, row.recipient) for row in rows] == [
        ("Giấy khen", "tập thể", "Xóm Bãi"),
        ("Giấy khen", "cá nhân", "Đinh Thị An"),
        ("Giấy khen", "cá nhân", "Bùi Văn Yên"),
        ("Giấy khen", "cá nhân", "Lê Văn Cò"),
        ("Bằng khen", "cá nhân", "Hà Văn Ba"),
    ]
    assert rows[3].authority_name == "Giám đốc Công an tỉnh"
    assert application.awards.rows(2025) == []


def test_one_decision_covers_several_awards(application: Application, propose: Propose) -> None:
    an, be = propose("Bùi Văn An"), propose("Hà Thị Bé")
    written = application.awards.decide([an.id, be.id], " 77/QĐ-UBND ", ON, {an.id: "15"})
    assert [(a.state, a.decision_number, a.certificate_number) for a in written.record] == [
        (AwardState.DECIDED, "77/QĐ-UBND", "15"),
        (AwardState.DECIDED, "77/QĐ-UBND", ""),
    ]
    assert [row.state_name for row in application.awards.rows()] == ["đã khen thưởng"] * 2
    with pytest.raises(AlreadyDecided, match="Bùi Văn An"):
        application.awards.decline(an.id, "Trùng")


def test_a_decision_is_kept_for_all_or_none(application: Application, propose: Propose) -> None:
    an, be = propose("Bùi Văn An"), propose("Hà Thị Bé", proposed_on=date(2026, 9, 1))
    with pytest.raises(Invalid):
        application.awards.decide([an.id, be.id], "77", ON)
    with pytest.raises(NotFound):
        application.awards.decide([an.id, "nobody"], "77", ON)
    with pytest.raises(Invalid):
        application.awards.decide([an.id], " ", ON)
    assert {row.state for row in application.awards.rows()} == {AwardState.PROPOSED}


def test_two_certificates_of_one_number_are_a_warning(application: Application, propose: Propose) -> None:
    an, be = propose("Bùi Văn An"), propose("Hà Thị Bé")
    written = application.awards.decide([an.id, be.id], "77", ON, {an.id: "15", be.id: "15"})
    assert [warning.code for warning in written.warnings] == ["certificate-number-twice"]


def test_a_proposal_is_turned_down_with_a_reason(application: Application, propose: Propose) -> None:
    an = propose("Bùi Văn An")
    with pytest.raises(ReasonMissing):
        application.awards.decline(an.id, "")
    assert application.awards.decline(an.id, "Chưa đủ thời gian").record.state is AwardState.DECLINED
    (line, *_) = application.journal.page(JournalFilter(entity_id=an.id), Window(limit=5))
    assert line.note == "Chưa đủ thời gian"
    with pytest.raises(AlreadyDecided):
        application.awards.decide([an.id], "77", ON)


def test_the_list_holds_who_was_awarded_and_nobody_else(
    application: Application, propose: Propose, tmp_path: Path
) -> None:
    out = tmp_path / "khen thưởng.xlsx"
    propose("Lê Văn Cò")
    with pytest.raises(NoAwardYet):
        application.awards.export(out)
    assert not out.exists()
    an, be = propose("Bùi Văn An"), propose("=Hà Thị Bé")
    application.awards.decide([be.id, an.id], "77/QĐ-UBND", ON, {an.id: "15", be.id: "16"})
    assert application.awards.export(out) == out
    (sheet,) = load_workbook(out).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG NĂM 2026" in row for row in rows)
    listed = [row for row in rows if row[0] in (1, 2)]
    assert [(row[1], row[5], row[7]) for row in listed] == [
        ("Bùi Văn An", "77/QĐ-UBND", "15"),
        ("=Hà Thị Bé", "77/QĐ-UBND", "16"),
    ]
    assert listed[0][6] == datetime(2026, 8, 12)  # noqa: DTZ001 - a cell knows no zone
    told = application.journal.page(JournalFilter(action="printed"), Window(limit=5))
    assert {line.entity_id for line in told} == {an.id, be.id}


def test_an_award_typed_by_mistake_is_removed(application: Application, propose: Propose) -> None:
    an = propose("Bùi Văn An")
    application.awards.delete(an.id, "Gõ nhầm")
    assert application.awards.rows() == []
