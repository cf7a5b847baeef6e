"""The list of agencies, enterprises and schools: who is assessed, who is not and why, and when a unit is there."""

from datetime import date

import pytest

from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.yearly.units import UnitInUse, UnitRow

ON = date(2026, 6, 30)


def row(application: Application, name: str, year: int | None = None) -> UnitRow:
    return next(row for row in application.units.rows(year) if row.name == name)


def test_units_are_listed_by_kind_and_name(application: Application) -> None:
    for kind, name, category in (
        ("school", "THCS Đồng Tâm", "trung-hoc-co-so"),
        ("school", "THCS Dân Chủ", "trung-hoc-co-so"),
        ("agency", "Đảng ủy xã", "co-quan"),
        ("enterprise", "Công ty  may", "vua"),
    ):
        application.units.add(kind, name, category)  # type: ignore[arg-type] # one of the kinds
    assert [(unit.kind, unit.name, unit.category_name) for unit in application.units.rows()] == [
        ("agency", "Đảng ủy xã", "Cơ quan, tổ chức (không phải lực lượng vũ trang)"),
        ("enterprise", "Công ty may", "Doanh nghiệp vừa"),
        ("school", "THCS Dân Chủ", "Trường trung học cơ sở"),
        ("school", "THCS Đồng Tâm", "Trường trung học cơ sở"),
    ]
    assert all(unit.excluded_why is None for unit in application.units.rows())


@pytest.mark.parametrize(
    ("kind", "category", "basis"),
    [
        ("agency", "luc-luong-vu-trang", "Điều 1 khoản 2"),
        ("enterprise", "nho", "Điều 1 khoản 2"),
        ("enterprise", "sieu-nho", "Điều 1 khoản 2"),
        ("school", "tieu-hoc", "Điều 1 khoản 2"),
        ("school", "mau-giao", "Điều 1 khoản 2"),
        ("school", "nha-tre", "Điều 1 khoản 2"),
    ],
)
def test_a_unit_that_the_circular_leaves_out_is_listed_with_the_reason(
    application: Application, kind: str, category: str, basis: str
) -> None:
    written = application.units.add(kind, "Đơn vị", category)  # type: ignore[arg-type] # one of the kinds
    assert [warning.code for warning in written.warnings] == ["unit-excluded"]
    assert basis in (row(application, "Đơn vị").excluded_why or "")
    assert application.assessments.rows()[-1].unit_kind == "commune"
    assert [line.unit_id for line in application.assessments.rows()] == ["04978"]


def test_a_unit_that_others_manage_says_so(application: Application) -> None:
    application.units.add("school", "THPT Kim Bôi", "trung-hoc-pho-thong", managed=False)
    assert "Điều 10 khoản 1" in (row(application, "THPT Kim Bôi").excluded_why or "")
    unit = row(application, "THPT Kim Bôi")
    assert application.units.change(unit.id, managed=True).warnings == ()
    assert row(application, "THPT Kim Bôi").excluded_why is None


def test_what_is_wrong_about_a_unit_is_refused(application: Application) -> None:
    application.units.add("school", "THCS Kim Bôi", "trung-hoc-co-so")
    for name, category, code in (
        ("", "trung-hoc-co-so", "unit-name-missing"),
        ("thcs  kim BÔI", "trung-hoc-co-so", "unit-name-taken"),
        ("THCS khác", "dai-hoc-mat", "unit-category-unknown"),
    ):
        with pytest.raises(Invalid) as wrong:
            application.units.add("school", name, category)
        assert [finding.code for finding in wrong.value.findings] == [code]
    assert len(application.units.rows()) == 1


def test_a_unit_is_there_from_the_first_day_of_its_period_unless_said(application: Application) -> None:
    assert application.units.add("agency", "Đảng ủy", "co-quan").record.valid_from == date(2025, 11, 16)
    assert application.units.rows(2025) == []
    begun = application.units.add("agency", "Ủy ban", "co-quan", valid_from=date(2026, 11, 16)).record
    assert begun.id not in {unit.id for unit in application.units.rows(2026)}


def test_a_closed_unit_stays_in_the_years_it_was_there(application: Application) -> None:
    unit = application.units.add("agency", "Đảng ủy", "co-quan", valid_from=date(2020, 1, 1)).record
    with pytest.raises(ReasonMissing):
        application.units.close(unit.id, ON, " ")
    with pytest.raises(Invalid):
        application.units.close(unit.id, date(2019, 12, 31), "Giải thể")
    closed = application.units.close(unit.id, ON, "Giải thể").record
    assert closed.valid_to == application.units.get(unit.id).valid_to == ON
    assert [row.valid_to for row in application.units.rows(2026)] == [ON]
    assert application.units.rows(2027) == []
    assert [line.ended_on for line in application.assessments.rows() if line.unit_id == unit.id] == [ON]
    # Its name is free for one that comes after it.
    application.units.add("agency", "Đảng ủy", "co-quan", valid_from=date(2026, 7, 1))


def test_only_a_unit_without_records_can_be_taken_off_the_list(application: Application) -> None:
    unit = application.units.add("agency", "Đảng ủy", "co-quan").record
    key = UnitKey("agency", unit.id)
    application.year_board.record(key, 2026, "registration", date(2026, 2, 3))
    with pytest.raises(UnitInUse):
        application.units.remove(unit.id, "Gõ nhầm")
    application.year_board.take_back(key, 2026, "registration", "Gõ nhầm")
    application.units.remove(unit.id, "Gõ nhầm")
    assert application.units.rows() == []
    with pytest.raises(NotFound):
        application.units.get(unit.id)
