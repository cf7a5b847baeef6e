"""An upper level checks a catalogue, issues it and writes it to a stick; the commune that takes it in works by it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments import opened
from antq_desktop.ui.pages.assessments.unit_rows import gather
from antq_desktop.ui.pages.criteria.page import CriteriaPage

PROVINCE = """
[[clauses]]
id = "t1"
legal_basis = "Điều 8 khoản 1"
title = "Tiêu chí bổ sung của tỉnh"
origin = "province"

[[clauses.items]]
id = "t1-camera"
legal_basis = "Điều 8 khoản 1"
status = "seen"
wording = "Có hệ thống camera an ninh hoạt động"
answer = "yes_no"
rule = { expected = "yes" }

[[groups]]"""


@pytest.fixture
def page(desk: Desk, upper: Application, in_sight: Callable[[QWidget], None], stick: Path) -> CriteriaPage:
    desk.services = upper
    made = CriteriaPage(desk)
    desk.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    made.wanted(view="sending")
    desk.lane.wait_idle()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the criteria of residential areas with one clause of the province."""
    shipped = (RESOURCES / "catalogues" / "tt124-2021-dieu4.toml").read_text(encoding="utf-8")
    text = shipped.replace('version = "2"', 'version = "2-PT"', 1).replace("\n[[groups]]", PROVINCE, 1)
    path = tmp_path / "dieu4-phu-tho.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def sure(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to what cannot be undone, and return what was asked."""
    asked: list[str] = []

    def confirm(_parent: QWidget, _title: str, text: str, *_verb: object, **_more: object) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(dialogs, "confirm", confirm)
    return asked


def look_at(page: CriteriaPage, path: Path) -> None:
    assert page.sending is not None
    page.sending.look_at(path)
    page.desk.lane.wait_idle()


def issue(page: CriteriaPage) -> None:
    assert page.sending is not None
    page.sending.issue_button.click()
    page.desk.lane.wait_idle()


def test_a_file_says_what_it_holds_before_it_is_issued(
    page: CriteriaPage, file: Path, upper: Application, sure: list[str]
) -> None:
    assert page.sending is not None
    look_at(page, file)
    said = [label.text() for label in page.sending._offered.findChildren(QLabel)]
    assert {"Khu dân cư an toàn về an ninh, trật tự (Điều 4)", "2-PT", "từ 10/02/2022", "6", "1"} <= set(said)
    assert upper.issuing.issued() == []
    issue(page)
    assert len(sure) == 1
    assert [record.catalogue_version for record in upper.issuing.issued()] == ["2-PT"]
    assert page.sending.table.model().index(0, 2).data() == "2-PT"
    look_at(page, file)
    assert "không ban hành lại" in page.sending.said.text()
    assert page.sending.issue_button.isHidden()


def test_a_faulty_file_is_refused_with_its_line(page: CriteriaPage, file: Path, upper: Application) -> None:
    assert page.sending is not None
    text = file.read_text(encoding="utf-8").replace('answer = "share"', 'answer = "phan-tram"', 1)
    file.write_text(text, encoding="utf-8")
    look_at(page, file)
    line = text[: text.index('answer = "phan-tram"')].count("\n") + 1
    assert f"dòng {line} " in page.sending.said.text()
    assert page.sending.issue_button.isHidden()
    issue(page)
    assert upper.issuing.issued() == []


def test_the_province_s_criterion_stands_in_the_list_once_it_is_issued(
    page: CriteriaPage, file: Path
) -> None:
    look_at(page, file)
    issue(page)
    page.wanted(standing="province")
    assert [page._model.row_at(place).item.id for place in range(page._model.total)] == ["t1-camera"]  # type: ignore[union-attr] # all are there


def test_without_a_stick_and_with_nothing_issued_it_says_what_to_do_first(
    page: CriteriaPage, stick: Path
) -> None:
    assert page.sending is not None
    page.sending.write()
    assert "Cắm USB" in page.sending.outcome.text()
    page.sending.stick.set_folder(stick)
    page.sending.write()
    page.desk.lane.wait_idle()
    assert "Chưa ban hành" in page.sending.outcome.text()


def test_a_commune_takes_in_what_was_written_for_it_and_works_by_it(
    page: CriteriaPage, file: Path, stick: Path, upper: Application, commune: Application
) -> None:
    assert page.sending is not None
    area = commune.territory.add("Xóm Bãi Chạo", "xóm", date(2020, 1, 1)).record
    old = commune.assessments.start(area.id).record
    number = commune.sending.enrolment_request(stick).check_number
    upper.receiving.enrol(next(stick.iterdir()), number, stick)
    before = set(stick.iterdir())
    look_at(page, file)
    issue(page)
    page.sending.stick.set_folder(stick)
    page.sending.write()
    page.desk.lane.wait_idle()
    (written,) = set(stick.iterdir()) - before
    assert written.name in page.sending.outcome.text()
    for answer in sorted(before, key=lambda path: path.stat().st_mtime_ns)[1:]:
        commune.sending.take(answer)
    commune.sending.take(written)
    assert commune.assessments.catalogue().version == "2-PT"
    line = next(line for line in gather(commune, 2026) if line.key.id == area.id)
    read = opened.read(commune, line, old.id, 2026)
    assert read.catalogue.version == "2"
    assert "nay đã dùng bản 2-PT" in read.made_with


def test_official_texts_are_only_read_at_the_upper_level(page: CriteriaPage) -> None:
    page.wanted(catalogue_id="tt124-2021-dieu4", item="k5-van-ban-goc")
    page.desk.lane.wait_idle()
    assert page.item.form.isHidden()
    assert page._save.isHidden()
    page.save()
    assert page.item.typed_by() == ""
