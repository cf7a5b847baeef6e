"""Which catalogue is in use: the one that the upper level issued before the shipped one, and for an old record its own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.criteria import Catalogue
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.application import Application
from antq_desktop.services.catalogues import CriteriaNotHere
from antq_desktop.services.receiving_side import issued_catalogues
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.storage import attachments

Issue = Callable[..., IssuedCatalogue]
Answers = Callable[..., dict[str, Given]]
AREAS = "tt124-2021-dieu4"
VERSION_1 = Path(__file__).parent / "catalogues" / "tt124-2021-dieu4-version-1.toml"
PROVINCE = """
[[clauses]]
id = "tinh"
legal_basis = "Điều 8 khoản 1; Quyết định của UBND tỉnh"
title = "Tiêu chí của tỉnh"
origin = "province"

[[clauses.items]]
id = "tinh-camera"
legal_basis = "Quyết định của UBND tỉnh"
status = "seen"
wording = "Số điểm camera an ninh"
answer = "count"
rule = { at_least = 1 }
evidence = "Danh sách điểm"
"""


def shipped(name: str) -> str:
    return (RESOURCES / "catalogues" / f"{name}.toml").read_text(encoding="utf-8")


def renewed(name: str, version: str, in_force_from: str) -> str:
    """Return a shipped catalogue under another version, in force from another day."""
    text = shipped(name)
    head, rest = text.split("\nversion = ", 1)
    rest = rest.split("\n", 1)[1]
    before, after = rest.split("\nin_force_from = ", 1)
    after = after.split("\n", 1)[1]
    return f'{head}\nversion = "{version}"\n{before}\nin_force_from = {in_force_from}\n{after}'


@pytest.fixture
def issue(application: Application) -> Issue:
    """Return what takes a catalogue in as one from above: ``issue(text)``."""

    def issued(text: str, on: date = date(2026, 1, 5)) -> IssuedCatalogue:
        content = text.encode()
        kind, head = issued_catalogues.read("ban-hanh.toml", content)
        with application.assessments._store.writing("An") as work:
            record = issued_catalogues.keep(
                work, content, kind, head, issued_by="Công an tỉnh Phú Thọ", today=on
            )
            work.commit()
        return record

    return issued


def test_each_kind_of_unit_has_its_criteria(application: Application) -> None:
    scope = application.catalogues.scope
    found = {kind: application.catalogues.criteria_for(kind, 2026).id for kind in scope.units}
    assert found == {
        "residential_area": AREAS,
        "commune": "tt124-2021-dieu5",
        "agency": "tt124-2021-dieu6",
        "enterprise": "tt124-2021-dieu6",
        "school": "tt124-2021-dieu7",
    }
    assert [each.id for each in application.catalogues.book()] == [
        "tt124-2021-dieu4",
        "tt124-2021-dieu5",
        "tt124-2021-dieu6",
        "tt124-2021-dieu7",
    ]


def test_issued_criteria_are_used_from_the_day_they_are_in_force(
    application: Application, issue: Issue
) -> None:
    # The period of 2026 ends on 31/10/2026: what is in force only from November is for 2027.
    issue(renewed(AREAS, "3", "2026-11-01") + PROVINCE)
    catalogues = application.catalogues
    assert catalogues.criteria_for("residential_area", 2026).version == "2"
    new = catalogues.criteria_for("residential_area", 2027)
    assert (new.version, new.clauses[-1].id, new.clauses[-1].origin) == ("3", "tinh", "province")
    assert catalogues.criteria_for("agency", 2027).id == "tt124-2021-dieu6"


def test_the_newest_version_issued_is_the_one_in_use(application: Application, issue: Issue) -> None:
    for version in ("10", "9"):
        issue(renewed(AREAS, version, "2026-01-01"))
    assert application.catalogues.criteria_for("residential_area", 2026).version == "10"
    assert [each.version for each in application.catalogues.book() if each.id == AREAS] == ["10"]


def test_criteria_issued_for_one_kind_leave_the_others_alone(application: Application, issue: Issue) -> None:
    text = renewed("tt124-2021-dieu6", "2", "2026-01-01").replace(
        'unit_kinds = ["agency", "enterprise"]', 'unit_kinds = ["enterprise"]'
    )
    issue(text)
    assert application.catalogues.criteria_for("enterprise", 2026).version == "2"
    assert application.catalogues.criteria_for("agency", 2026).version == "1"
    assert len(application.catalogues.book()) == 5


def test_the_other_kinds_of_catalogue_can_be_issued_too(application: Application, issue: Issue) -> None:
    assert application.catalogues.grading.version == "1"
    assert not application.catalogues.grading.complete
    issue(renewed("qd510-2022", "2", "2026-01-01"))
    issue(renewed("tt124-quy-trinh", "2", "2026-12-01"))
    issue(renewed("tt124-2021-pham-vi", "2", "2026-01-01").replace('last = "10-31"', 'last = "10-30"'))
    assert application.catalogues.grading.version == "2"
    assert application.catalogues.process.version == "1"  # not in force today, 20/11/2026
    period = application.catalogues.scope.units["residential_area"].period
    assert period.of(2026).last == date(2026, 10, 30)


def test_how_sure_each_catalogue_is(application: Application, issue: Issue) -> None:
    before = application.catalogues.statuses()
    assert set(before) == {
        "tt124-2021-dieu4",
        "tt124-2021-dieu5",
        "tt124-2021-dieu6",
        "tt124-2021-dieu7",
        "tt124-2021-pham-vi",
        "tt124-quy-trinh",
        "qd510-2022",
    }
    assert before["tt124-2021-dieu7"] == {"seen": 0, "press": 5, "inferred": 0, "unknown": 1}
    issue(renewed(AREAS, "3", "2026-01-01") + PROVINCE)
    assert application.catalogues.statuses()[AREAS]["seen"] == before[AREAS]["seen"] + 1


@pytest.fixture
def finished(
    application: Application, good_answers: Answers, area: ResidentialArea
) -> Callable[..., SelfAssessment]:
    """Return what finishes an assessment with every answer good: ``finished(draft)``."""

    def done(draft: SelfAssessment) -> SelfAssessment:
        given = good_answers(application.assessments.catalogue(draft.id))
        application.assessments.answer_all(draft.id, given)
        return application.assessments.finalise(draft.id, date(2026, 11, 17)).record

    return done


def test_a_newer_catalogue_changes_no_older_result(
    application: Application, issue: Issue, area: ResidentialArea, finished: Callable[..., SelfAssessment]
) -> None:
    assessments = application.assessments
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    kept = finished(assessments.start(area.id).record)
    draft = assessments.start(other.id).record
    outcome, catalogue = assessments.outcome(kept.id), assessments.catalogue(kept.id)

    issue(renewed(AREAS, "3", "2026-01-01") + PROVINCE)

    assert assessments.get(kept.id) == kept
    assert (assessments.outcome(kept.id), assessments.catalogue(kept.id)) == (outcome, catalogue)
    assert finished(draft).catalogue_version == "2"  # a draft goes on with the criteria it began with
    third = application.territory.add("Khu Bo", "khu", date(2020, 1, 1)).record
    new = finished(assessments.start(third.id).record)
    assert (new.catalogue_version, new.result) == ("3", "met")
    assert "tinh-camera" in new.answers


@pytest.fixture
def old(application: Application, area: ResidentialArea) -> SelfAssessment:
    """Return a finished assessment that a program made whose criteria were version 1 of Điều 4."""
    kind, head = issued_catalogues.read(VERSION_1.name, VERSION_1.read_bytes())
    assert (kind, isinstance(head, Catalogue)) == ("criteria", True)
    with application.assessments._store.writing("An") as work:
        attachments.keep(work, VERSION_1, "application/toml")
        draft = work.save(
            SelfAssessment(
                id="old",
                unit_code=work.unit_code,
                unit_kind="residential_area",
                unit_id=area.id,
                year=2026,
                catalogue_id=head.id,
                catalogue_version=head.version,
                catalogue_sha256=head.sha256,
            )
        )
        work.commit()
    return draft


def test_an_assessment_of_an_older_program_stays_readable_and_is_judged_by_its_own_criteria(
    application: Application, old: SelfAssessment, finished: Callable[..., SelfAssessment]
) -> None:
    assert application.assessments.catalogue("old").version == "1"
    application.assessments.refresh("old")
    # Version 1 asked whether something happened, version 2 asks how often.
    final = finished(application.assessments.answer(old.id, "k3-1", value=False).record)
    assert (final.result, final.catalogue_version, final.answers["k3-1"].value) == ("met", "1", False)
    assert application.assessments.outcome("old").result == "met"
    assert application.assessments.catalogue().version == "2"


def test_criteria_that_are_nowhere_are_named(application: Application, old: SelfAssessment) -> None:
    with application.assessments._store.writing("An") as work:
        work.connection.exec_driver_sql("DELETE FROM attachment_chunks")
        work.commit()
    with pytest.raises(CriteriaNotHere) as missing:
        application.assessments.outcome(old.id)
    assert (missing.value.facts["catalogue"], missing.value.facts["version"]) == (AREAS, "1")
    with pytest.raises(CriteriaNotHere):
        application.catalogues.of("../../secrets", "1", "0" * 64)
