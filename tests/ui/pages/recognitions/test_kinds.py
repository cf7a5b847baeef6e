"""Units of every kind stand on one page; the commune itself gets a decision recorded and no certificate of ours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from antq_desktop.cli import demo_year
from antq_desktop.domain.criteria import Item
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, ShareAtLeast
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.recognitions.page import RecognitionsPage
from antq_desktop.ui.paper_desk import PaperDesk

InSight = Callable[[QWidget], None]


@pytest.fixture
def page(
    office: Desk, commune: Application, areas: list[ResidentialArea], in_sight: InSight
) -> RecognitionsPage:
    """Return the page after a year in which all units met the criteria: 3 areas, an agency, a school, the commune."""
    demo_year.register(commune, 2026)
    listed = [UnitKey(row.kind, row.id) for row in commune.units.rows() if row.excluded_why is None]
    below = [*(UnitKey("residential_area", area.id) for area in areas), *listed]
    ids = [assess(commune, key) for key in [*below, UnitKey("commune", commune.session.unit_code)]]
    demo_year.recognise(commune, 2026, ids[:1])
    made = RecognitionsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


def assess(commune: Application, key: UnitKey) -> str:
    """Finish the assessment of a unit as met, all typed from paper; gives its id back."""
    assessments = commune.assessments
    draft = assessments.start(key.id, unit_kind=key.kind).record
    items = assessments.catalogue(draft.id).items
    assessments.answer_all(draft.id, {item.id: Given(met(item), "Theo sổ giấy") for item in items})
    finished = assessments.finalise(draft.id, date(2026, 11, 17)).record
    assert finished.result == "met"
    return finished.id


def met(item: Item) -> object:
    """Return an answer that meets ``item``."""
    match item.rule:
        case Expected(yes):
            return yes
        case AtLeast(count) | AtMost(count):
            return count
        case ShareAtLeast():
            return "9/9"
        case Present():
            return "02/2026"
    return date(2026, 2, 10)


def idle(page: RecognitionsPage) -> None:
    page.desk.lane.wait_idle()


def kinds(page: RecognitionsPage) -> list[str]:
    model = page.lists.units.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_the_kinds_stand_in_their_order_and_narrow_both_lists(page: RecognitionsPage) -> None:
    assert kinds(page) == [
        *["Khu dân cư"] * 3,
        "Xã, phường, đặc khu",
        "Cơ quan",
        "Cơ sở giáo dục",
    ]
    page.wanted(unit_kind="school")
    idle(page)
    assert kinds(page) == ["Cơ sở giáo dục"]
    assert page.lists.register.model().rowCount() == 0
    page.wanted()
    idle(page)
    assert page.lists.register.model().rowCount() == 1


def test_the_commune_is_left_out_of_a_decision_for_all_and_that_is_said(
    page: RecognitionsPage, commune: Application
) -> None:
    page.lists.units.selectAll()
    idle(page)
    assert "Xã do cấp trên công nhận" in page.side.note.text()
    assert page.side.heading.text() == "Quyết định cho 4/6 đơn vị"
    page.side.form.boxes["decision_number"].set_typed("413/QĐ-UBND")
    page.side.form.boxes["decision_date"].set_typed("19/11/2026")
    page._save()
    idle(page)
    decided = {row.unit_kind: row.decision_number for row in commune.recognitions.rows()}
    assert decided == {
        "residential_area": "413/QĐ-UBND",
        "agency": "413/QĐ-UBND",
        "school": "413/QĐ-UBND",
        "commune": None,
    }


def test_the_decision_on_the_commune_is_recorded_and_gives_no_number(
    page: RecognitionsPage, commune: Application
) -> None:
    page.wanted(unit_id=commune.session.unit_code)
    idle(page)
    boxes = page.side.form.boxes
    assert boxes["decided_by"].typed() == "Ủy ban nhân dân tỉnh Phú Thọ"
    assert boxes["signer"].isHidden()
    boxes["decision_number"].set_typed("99/QĐ-UBND")
    boxes["decision_date"].set_typed("20/11/2026")
    page._save()
    idle(page)
    assert page.banner.text() == "Đã lưu quyết định."
    row = next(row for row in commune.recognitions.rows() if row.unit_kind == "commune")
    assert (row.decision_number, row.decision_date) == ("99/QĐ-UBND", date(2026, 11, 20))
    assert not page.action.isEnabled()
    assert not page.side.box.isVisible()
    assert [made.text() for made in page.side.papers._buttons] == ["Tờ trình", "Danh sách đề nghị"]  # type: ignore[attr-defined]


def test_units_of_several_kinds_share_one_series_and_one_file(
    page: RecognitionsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    page.lists.units.selectAll()
    idle(page)
    page.side.form.boxes["decision_number"].set_typed("413/QĐ-UBND")
    page.side.form.boxes["decision_date"].set_typed("19/11/2026")
    page._save()
    idle(page)
    page.certifying.go_on()
    idle(page)
    (shown,) = page.findChildren(PaperDesk)
    assert shown.view.pages == 4
    assert [(row.number, row.unit_kind) for row in commune.recognitions.register()] == [
        (1, "residential_area"),
        (2, "residential_area"),
        (3, "residential_area"),
        (4, "agency"),
        (5, "school"),
    ]


def test_a_kind_that_is_asked_for_before_anything_was_read_is_shown(
    page: RecognitionsPage, in_sight: InSight
) -> None:
    other = RecognitionsPage(page.desk)
    in_sight(other)
    other.wanted(unit_kind="agency")
    other.freshen()
    idle(other)
    assert kinds(other) == ["Cơ quan"]
    assert other._kind.value() == "agency"


def test_hundreds_of_units_stay_chosen_when_the_list_is_read_anew(
    page: RecognitionsPage, commune: Application
) -> None:
    row = commune.recognitions.rows()[1]
    many = [replace(row, unit_id=f"u{place}", unit_name=f"Xóm {place}") for place in range(300)]
    kinds: dict[str, str] = {kind: unit.name for kind, unit in commune.catalogues.scope.units.items()}
    page.lists.show_rows(many, [], kinds)
    page.lists.units.selectAll()
    told: list[int] = []
    page.lists.units.selectionModel().selectionChanged.connect(lambda *_: told.append(len(page.chosen)))
    page.lists.show_rows([*many], [], kinds)
    assert len(page.chosen) == 300
    assert len(told) <= 2
    idle(page)
