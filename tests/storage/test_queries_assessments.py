"""The lines of the assessed year: one a unit of any kind, with the newest certificate of its decision."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from antq_desktop.domain.assessment import Answer, SelfAssessment
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import assessment_period
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.settings import Setting
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import ListedKind, Unit
from antq_desktop.storage.queries import assessments
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.scope import COMMUNE, RESIDENTIAL_AREA, Coverage, Scope
from antq_desktop.storage.unit_of_work import Store

KINDS: tuple[UnitKind, ...] = ("residential_area", "agency", "enterprise", "school", "commune")
SMALL = ("enterprise", "small")
UNIT = "04978"


def save(store: Store, *records: object) -> None:
    with store.writing("Bùi Văn An") as work:
        for record in records:
            work.save(record)  # type: ignore[type-var] # any record
        work.commit()


def covers(year: int = 2026) -> Coverage:
    return Coverage(year, {kind: assessment_period(kind, year) for kind in KINDS}, frozenset({SMALL}))


def every(store: Store, year: int = 2026) -> list[AssessmentRow]:
    with store.reading() as work:
        return assessments.rows(work, covers(year))


def rows(store: Store, year: int = 2026) -> list[AssessmentRow]:
    """Return the lines of the residential areas."""
    return [row for row in every(store, year) if row.unit_kind == RESIDENTIAL_AREA]


def unit(key: str, kind: ListedKind, name: str, **more: object) -> Unit:
    plain = Unit(id=key, unit_code=UNIT, kind=kind, name=name, category="office", valid_from=date(2020, 1, 1))
    return replace(plain, **more)  # type: ignore[arg-type]


def assessment(area: ResidentialArea, year: int = 2026) -> SelfAssessment:
    return SelfAssessment(
        id=f"s{year}",
        unit_code=UNIT,
        unit_kind="residential_area",
        unit_id=area.id,
        year=year,
        catalogue_id="tt124-2021-dieu4",
        catalogue_version="1",
        catalogue_sha256="0" * 64,
        answers={"k1-dang-ky": Answer(date(2026, 2, 10))},
        result="met",
        state="final",
        assessed_on=date(2026, 11, 5),
    )


def recognition(of: SelfAssessment) -> Recognition:
    return Recognition(
        id="r1",
        unit_code=UNIT,
        assessment_id=of.id,
        unit_kind=of.unit_kind,
        unit_id=of.unit_id,
        unit_name="Bản Lác",
        year=of.year,
        decision_number="412/QĐ-UBND",
        decision_date=date(2026, 11, 18),
        decided_by="UBND",
        signer="A",
        signer_post="B",
    )


def certificate(number: int, **more: object) -> Certificate:
    plain = Certificate(
        id=f"c{number}",
        unit_code=UNIT,
        recognition_id="r1",
        year=2026,
        kind="recognition",
        number=number,
        issued_on=date(2026, 11, 19),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_an_area_without_anything_has_its_line(store: Store, area: ResidentialArea) -> None:
    (row,) = rows(store)
    assert (row.unit_id, row.unit_name, row.year, row.id, row.recognised) == (
        area.id,
        "Bản Lác",
        2026,
        None,
        False,
    )


@pytest.mark.parametrize(
    ("first", "last", "there", "ended"),
    [
        (date(2020, 1, 1), date(2025, 10, 31), False, None),
        (date(2020, 1, 1), date(2025, 11, 1), True, date(2025, 11, 1)),
        (date(2020, 1, 1), date(2026, 10, 31), True, None),
        (date(2026, 10, 31), None, True, None),
        (date(2026, 11, 1), None, False, None),
    ],
)
def test_the_period_of_an_area_runs_from_november_to_october(
    store: Store, first: date, last: date | None, there: bool, ended: date | None
) -> None:
    save(
        store,
        ResidentialArea(id="a", unit_code=UNIT, name="A", kind="xóm", valid_from=first, valid_to=last),
    )
    assert [row.ended_on for row in rows(store)] == ([ended] if there else [])


def test_a_year_has_its_own_assessment(store: Store, area: ResidentialArea) -> None:
    save(store, assessment(area, 2025), assessment(area, 2026))
    assert [row.id for row in rows(store)] == ["s2026"]
    assert [row.id for row in rows(store, 2025)] == ["s2025"]
    assert [row.id for row in rows(store, 2024)] == [None]


def test_the_newest_certificate_is_shown_once(store: Store, area: ResidentialArea) -> None:
    kept = assessment(area)
    save(store, kept)
    save(store, recognition(kept))
    (row,) = rows(store)
    assert (row.recognised, row.decision_number, row.certificate_number) == (True, "412/QĐ-UBND", None)

    withdrawn = {"withdrawn_on": date(2026, 11, 20), "withdrawn_reason": "In sai tên"}
    save(store, certificate(1, **withdrawn), certificate(2))
    (row,) = rows(store)
    assert (row.certificate_id, row.certificate_number, row.recognised) == ("c2", 2, True)

    save(store, certificate(3, **withdrawn))
    (row,) = rows(store)
    assert (row.certificate_number, row.recognised, row.withdrawn_reason) == (3, False, "In sai tên")


def test_the_lines_and_the_figures_agree(store: Store, area: ResidentialArea) -> None:
    kept = assessment(area)
    other = ResidentialArea(id="a2", unit_code=UNIT, name="Bản Bướt", kind="bản", valid_from=date(2020, 1, 1))
    save(store, kept, other)
    save(store, replace(assessment(other), id="s2", state="draft", result=None, answers={}))
    save(store, recognition(kept), certificate(1))

    def agreed() -> tuple[int, ...]:
        with store.reading() as work:
            counts = SimpleNamespace(**measures(work, Scope(covers(), covers().periods[RESIDENTIAL_AREA])))
        shown = rows(store)
        assert counts.areas == len(shown)
        assert counts.areas_assessed == sum(row.state == "final" for row in shown)
        assert counts.areas_recognised == sum(row.recognised for row in shown)
        return counts.areas_registered, counts.areas_assessed, counts.areas_met, counts.areas_recognised

    assert agreed() == (1, 1, 1, 1)
    save(store, certificate(2, withdrawn_on=date(2026, 11, 20), withdrawn_reason="In sai tên"))
    assert agreed() == (1, 1, 1, 0)


def test_every_kind_has_its_lines_and_the_commune_comes_last(store: Store, area: ResidentialArea) -> None:
    save(
        store,
        unit("u3", "school", "THCS Kim Bôi"),
        unit("u1", "agency", "Ủy ban nhân dân xã"),
        unit("u2", "agency", "Đảng ủy xã"),
        unit("u4", "enterprise", "Công ty May"),
        Setting(id="commune", unit_code=UNIT, value={"code": UNIT, "name": "Xã Kim Bôi", "province": ""}),
    )
    assert [(row.unit_kind, row.unit_name) for row in every(store)] == [
        ("residential_area", area.name),
        ("agency", "Đảng ủy xã"),
        ("agency", "Ủy ban nhân dân xã"),
        ("enterprise", "Công ty May"),
        ("school", "THCS Kim Bôi"),
        ("commune", "Xã Kim Bôi"),
    ]


def test_a_commune_without_a_name_has_its_line(store: Store) -> None:
    (row,) = every(store)
    assert (row.unit_kind, row.unit_id, row.unit_name, row.ended_on) == (COMMUNE, UNIT, "", None)


def test_a_unit_left_out_by_its_category_or_not_managed_has_no_line(store: Store) -> None:
    save(
        store,
        unit("u1", "enterprise", "Nhỏ", category="small"),
        unit("u2", "school", "Do tỉnh quản lý", managed=False),
        unit("u3", "school", "Nhỏ mà là trường", category="small"),
    )
    assert [row.unit_id for row in every(store)] == ["u3", UNIT]


@pytest.mark.parametrize(
    ("first", "last", "there", "ended"),
    [
        (date(2020, 1, 1), date(2025, 11, 15), False, None),
        (date(2020, 1, 1), date(2025, 11, 16), True, date(2025, 11, 16)),
        (date(2020, 1, 1), date(2026, 11, 15), True, None),
        (date(2026, 11, 15), None, True, None),
        (date(2026, 11, 16), None, False, None),
    ],
)
def test_the_period_of_the_other_kinds_runs_from_november_to_november(
    store: Store, first: date, last: date | None, there: bool, ended: date | None
) -> None:
    save(store, unit("u", "school", "THCS", valid_from=first, valid_to=last))
    assert [row.ended_on for row in every(store) if row.unit_kind == "school"] == ([ended] if there else [])


def test_an_assessment_belongs_to_its_kind_and_its_unit(store: Store, area: ResidentialArea) -> None:
    """An id is no secret: a school that happens to bear the id of an area has its own line."""
    school = unit(area.id, "school", "THCS")
    save(store, school, assessment(area))
    save(store, replace(assessment(area), id="s-school", unit_kind="school", result="not_met"))
    found = {row.unit_kind: (row.id, row.result) for row in every(store)}
    assert found["residential_area"] == ("s2026", "met")
    assert found["school"] == ("s-school", "not_met")
    assert found["commune"] == (None, None)


def test_units_of_another_commune_are_never_listed(store: Store, area: ResidentialArea) -> None:
    save(store, unit("u1", "school", "THCS"))
    store.unit_code = "99999"
    assert [row.unit_id for row in every(store)] == ["99999"]
