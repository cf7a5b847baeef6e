"""Awards are put forward one after the other, decided together, listed with their certificates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from antq_desktop.domain.awards import Award, AwardState
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.awards.page import AwardsPage

Propose = Callable[[str], Award]


@pytest.fixture
def propose(commune: Application) -> Propose:
    def proposed(name: str) -> Award:
        new = Award(
            id="",
            unit_code="",
            year=2026,
            kind="giay-khen",
            authority="chu-tich-xa",
            recipient_kind="person",
            recipient=name,
            proposed_on=date(2026, 8, 1),
        )
        return commune.awards.save(new).record

    return proposed


@pytest.fixture
def page(opened: Any) -> AwardsPage:
    made: AwardsPage = opened(AwardsPage)
    return made


def idle(page: AwardsPage) -> None:
    page.desk.lane.wait_idle()


def reread(page: AwardsPage) -> None:
    page.make_stale()
    idle(page)


def decision(page: AwardsPage, **texts: str) -> None:
    assert page.decision.form is not None
    for name, text in texts.items():
        page.decision.form.boxes[name].set_typed(text)
        page.decision.form.boxes[name].edited.emit()


def test_awards_are_put_forward_one_after_the_other(page: AwardsPage, commune: Application, put: Any) -> None:
    assert page.table._note.isVisible()
    page.obey(Command.NEW)
    put(page.side, kind="bang-khen")
    assert page.side.form.boxes["authority"].value() == "chu-tich-tinh", "who awards it follows the kind"
    put(page.side, recipient_kind="person", recipient="Bùi Văn An", proposal_number="12/TTr", merit="Giỏi")
    page.obey(Command.SAVE_AND_NEW)
    idle(page)
    boxes = page.side.form.boxes
    assert [boxes[name].typed() for name in ("kind", "proposal_number", "recipient", "merit")] == [
        "bang-khen",
        "12/TTr",
        "",
        "",
    ]
    assert not boxes["decision_number"].isVisible()
    put(page.side, recipient="Hà Thị Bé")
    page.obey(Command.SAVE)
    idle(page)
    assert [row.recipient for row in commune.awards.rows(2026)] == ["Bùi Văn An", "Hà Thị Bé"]
    assert page.chips.word("proposed") == "2 đang đề nghị"


def test_one_decision_is_kept_for_several(page: AwardsPage, propose: Propose, commune: Application) -> None:
    an, be = propose("Bùi Văn An"), propose("Hà Thị Bé")
    reread(page)
    page.table.selectAll()
    idle(page)
    assert page.decision.isVisible()
    assert not page.side.isVisible()
    page.obey(Command.SAVE)
    assert page.decision.form is not None
    assert page.decision.form.boxes["decision_number"].said()
    decision(page, decision_number="77/QĐ-UBND", decision_date="12/8/2026")
    decision(page, **{f"certificate.{an.id}": "15", f"certificate.{be.id}": "16"})
    page.obey(Command.SAVE)
    idle(page)
    rows = commune.awards.rows(2026)
    assert [(row.state, row.decision_number, row.certificate_number) for row in rows] == [
        (AwardState.DECIDED, "77/QĐ-UBND", "15"),
        (AwardState.DECIDED, "77/QĐ-UBND", "16"),
    ]
    assert "2" in page.banner.text()
    assert page.chips.word("decided") == "2 đã khen thưởng"


def test_what_is_typed_of_a_decision_comes_back(page: AwardsPage, propose: Propose) -> None:
    propose("Bùi Văn An")
    propose("Hà Thị Bé")
    reread(page)
    page.table.selectAll()
    idle(page)
    decision(page, decision_number="77/QĐ-UBND")
    page.table.selectRow(0)
    idle(page)
    assert page.decision.form is not None
    assert page.decision.form.boxes["decision_number"].typed() == ""
    page.table.selectAll()
    idle(page)
    assert page.decision.form.boxes["decision_number"].typed() == "77/QĐ-UBND"


def test_a_refused_decision_says_why_under_its_field(
    page: AwardsPage, propose: Propose, commune: Application
) -> None:
    propose("Bùi Văn An")
    reread(page)
    page.table.selectRow(0)
    idle(page)
    decision(page, decision_number="77", decision_date="12/8/2027")
    page.decision.keep()
    idle(page)
    assert page.decision.form is not None
    assert page.decision.form.boxes["decision_date"].said()
    assert commune.awards.rows(2026)[0].state is AwardState.PROPOSED


def test_a_proposal_is_turned_down_with_a_reason(
    page: AwardsPage, propose: Propose, commune: Application
) -> None:
    propose("Bùi Văn An")
    reread(page)
    page.table.selectRow(0)
    idle(page)
    page.decision.reason.give()
    assert commune.awards.rows(2026)[0].state is AwardState.PROPOSED
    page.decision.reason.box.set_value("Chưa đủ thành tích")
    page.decision.reason.give()
    idle(page)
    assert commune.awards.rows(2026)[0].state is AwardState.DECLINED
    page.see("declined")
    assert page.table.model().rowCount() == 1
    page.see("decided")
    assert page.table.model().rowCount() == 0


def test_a_decided_award_is_corrected_in_its_own_fields(
    page: AwardsPage, propose: Propose, commune: Application, put: Any
) -> None:
    an = propose("Bùi Văn An")
    commune.awards.decide([an.id], "77/QĐ-UBND", date(2026, 8, 12))
    reread(page)
    page.table.selectRow(0)
    idle(page)
    assert page.side.form.boxes["certificate_number"].isVisible()
    assert not page.decision.isVisible()
    put(page.side, certificate_number="21")
    page.obey(Command.SAVE)
    idle(page)
    assert commune.awards.rows(2026)[0].certificate_number == "21"


def test_the_certificate_list_is_saved(
    page: AwardsPage,
    propose: Propose,
    commune: Application,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "ds.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_: out)
    an = propose("Bùi Văn An")
    page.export_certificates()
    idle(page)
    assert "2026" in page.banner.text()
    assert not out.exists()
    commune.awards.decide([an.id], "77/QĐ-UBND", date(2026, 8, 12), {an.id: "15"})
    page.export_certificates()
    idle(page)
    cells = [cell.value for row in load_workbook(out).worksheets[0].iter_rows() for cell in row]
    assert "Bùi Văn An" in cells
    assert "Số bằng, giấy" in cells


def test_several_stay_chosen_when_the_list_is_read_anew(page: AwardsPage, propose: Propose) -> None:
    propose("Bùi Văn An")
    propose("Hà Thị Bé")
    reread(page)
    page.table.selectAll()
    idle(page)
    decision(page, decision_number="77/QĐ-UBND")
    propose("Lê Văn Cò")
    reread(page)
    assert [row.recipient for row in page.chosen] == ["Bùi Văn An", "Hà Thị Bé"]
    assert not page.side.isVisible()
    assert page.decision.form is not None
    assert page.decision.form.boxes["decision_number"].typed() == "77/QĐ-UBND"
    page.table.clearSelection()
    assert not page.decision.isVisible()
