"""Households: saved with care, found without tone marks, told about on request."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.domain.awards import Award
from antq_desktop.domain.commitments import STATE_NAMES, CommitmentState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.language import _ as language
from antq_desktop.runtime.language import sentence
from antq_desktop.services.application import Application
from antq_desktop.services.households import HouseholdHasPaper, HouseholdHasScan
from antq_desktop.services.named_records import NamedRecords
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.storage.failures import ChangedElsewhere, Clash
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]


def test_a_new_household_is_cleaned_and_kept(application: Application, area: ResidentialArea) -> None:
    written = application.households.save(
        Household(
            id="",
            unit_code="",
            area_id=area.id,
            head=" Bùi  Thị Hoa ",
            birth="1961",
            phone="  ",
            note="a\u200bb",
        )
    )
    kept = written.record
    assert (kept.head, kept.phone, kept.note, kept.unit_code) == ("Bùi Thị Hoa", None, "ab", "04978")
    assert len(kept.id) == 32
    assert written.changes.touches("households")
    assert application.households.get(kept.id) == kept


def test_a_faulty_household_is_refused_in_vietnamese(application: Application, area: ResidentialArea) -> None:
    with pytest.raises(Invalid) as refused:
        application.households.save(
            Household(id="", unit_code="", area_id=area.id, head=" ", birth="2027-01-01", members=0)
        )
    assert [finding.field for finding in refused.value.findings] == ["head", "birth", "members"]
    assert str(refused.value.facts["why"]) == "Hộ chưa có tên chủ hộ. Nhập họ tên."
    assert application.households.count(HouseholdFilter()) == 0


def test_oddities_are_remarked_and_kept(application: Application, area: ResidentialArea) -> None:
    written = application.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Bùi Thị Hoa", members=31, phone="12")
    )
    assert [finding.code for finding in written.warnings] == ["members-many", "phone-odd"]
    assert application.households.get(written.record.id).members == 31


def test_a_household_needs_an_area_that_exists(application: Application) -> None:
    with pytest.raises(Clash):
        application.households.save(Household(id="", unit_code="", area_id="nowhere", head="Bùi Thị Hoa"))


def test_what_was_changed_elsewhere_is_not_overwritten(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    (seen,) = settle(area.id, "Bùi Văn Ánh")
    application.households.save(replace(seen, members=5))
    with pytest.raises(ChangedElsewhere):
        application.households.save(replace(seen, members=6))
    assert application.households.get(seen.id).members == 5


def test_saving_the_same_again_writes_nothing(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    before = application.journal.count(JournalFilter())
    assert not application.households.save(home).changes
    assert application.journal.count(JournalFilter()) == before


@pytest.mark.parametrize(
    "typed", ["do duy hoa", "Đỗ Duy Hoà", "HÒA do", "đỗ hoa", "0912", "079080", "so 5", "hoa 5"]
)
def test_a_household_is_found_by_words_without_tone_marks(
    application: Application, area: ResidentialArea, settle: Settle, typed: str
) -> None:
    settle(area.id, "Đỗ Duy Hải", "Hồng Văn Đô")
    application.households.save(
        Household(
            id="",
            unit_code="",
            area_id=area.id,
            head="Đỗ Duy Hòa",
            phone="0912345678",
            citizen_id="079080001234",
            address="Số 5",
        )
    )
    assert [row.head for row in application.households.find(typed)] == ["Đỗ Duy Hòa"]


def test_search_takes_signs_as_signs(application: Application, area: ResidentialArea, settle: Settle) -> None:
    settle(area.id, "Bùi Văn Ánh")
    assert application.households.find("%") == []
    assert application.households.find("b_i") == []
    assert application.households.find("'; --") == []


def test_lists_are_in_order_of_given_names_and_pages_never_overlap(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    settle(area.id, "Nguyễn Văn Đức", "Trần Ánh", "Lê Văn An", "Đỗ Thị An", "Bùi Duy", "Trần Ánh")
    which = HouseholdFilter(area_id=area.id)
    whole = application.households.page(which, Window())
    # By tên, then chữ lót (none before Văn), then họ.
    assert [row.head for row in whole] == [
        "Đỗ Thị An",
        "Lê Văn An",
        "Trần Ánh",
        "Trần Ánh",
        "Bùi Duy",
        "Nguyễn Văn Đức",
    ]
    paged = [
        row
        for start in range(0, 6, 2)
        for row in application.households.page(which, Window(offset=start, limit=2))
    ]
    assert paged == whole
    back = application.households.page(which, Window(sort="head", descending=True))
    assert [row.head for row in back] == [row.head for row in reversed(whole)]


def test_a_household_that_moved_away_is_listed_apart(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    stays, goes = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé")
    application.households.move_away_many([goes.id], date(2026, 5, 1))
    moved = application.households.get(goes.id)
    assert (moved.residence, moved.moved_on) == ("moved_away", date(2026, 5, 1))
    living = application.households.page(HouseholdFilter(residence="living"), Window())
    assert [row.id for row in living] == [stays.id]
    with pytest.raises(Invalid):
        application.households.move_away_many([stays.id], date(2027, 1, 1))
    with pytest.raises(NotFound):
        application.households.move_away_many(["nobody"], date(2026, 5, 1))


def test_many_households_move_away_together_or_none_does(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    homes = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò")
    application.households.move_away_many([homes[0].id], date(2026, 2, 1))
    ids = [home.id for home in homes]
    with pytest.raises(Invalid):
        application.households.move_away_many(ids, date(2027, 1, 1))
    assert application.households.count(HouseholdFilter(residence="living")) == 2
    assert application.households.move_away_many(ids, date(2026, 5, 1)).touches("households")
    days = [application.households.get(key).moved_on for key in ids]
    assert days == [date(2026, 2, 1), date(2026, 5, 1), date(2026, 5, 1)]


def test_a_row_shows_the_paper_of_the_working_year(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    thematic = application.commitments.add_campaign("phao", "Cam kết về pháo").record
    application.commitments.record(home.id, thematic.id, CommitmentState.REFUSED)
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    (row,) = application.households.find("anh")
    assert (row.commitment_state, row.signed_on) == ("signed", date(2026, 3, 1))
    application.settings.put("working_year", 2027)
    (row,) = application.households.find("anh")
    assert (row.commitment_state, row.signed_on) == (None, None)


def test_everything_held_on_a_person_is_told_and_the_asking_is_noted(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    (stranger,) = settle(area.id, "Quách Thị Bé")
    home = application.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Bùi Văn Ánh", citizen_id="017080001234")
    ).record
    campaign = application.commitments.yearly()
    paper = application.commitments.record(
        home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1)
    ).record

    report = application.households.person(" 017080001234 ")
    assert report.households == (home,)
    assert report.commitments == (paper,)
    assert {line.entity_id for line in report.journal} == {home.id, paper.id}
    asked = application.journal.page(JournalFilter(action="person_report"), Window())
    assert [line.entity_id for line in asked] == [home.id]
    assert stranger.id not in {line.entity_id for line in report.journal}
    # The next report also tells that somebody asked.
    assert "person_report" in {line.action for line in application.households.person("017080001234").journal}


def test_nothing_is_held_on_a_stranger(application: Application) -> None:
    report = application.households.person("017080009999")
    assert (report.households, report.commitments, report.imported, report.journal) == ((), (), (), ())
    # That somebody asked is noted all the same.
    assert application.journal.count(JournalFilter(action="person_report")) == 1


def test_a_row_that_never_became_a_household_is_held_on_the_person_too(
    application: Application, area: ResidentialArea, tmp_path: Path
) -> None:
    sheet = tmp_path / "Danh sách hộ.csv"
    sheet.write_text(
        "STT,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Thôn/xóm,Số khẩu\n"
        "1,Bùi Văn Ánh,1980,017080001234,Xóm Bãi Chạo,4\n"
        "2,Bùi Văn Ánh,1975,017075004321,Xóm Bãi Chạo,4\n"
        "3,Bùi Văn Ánh,1980,,Xóm Bãi Chạo,4\n",
        encoding="utf-8",
    )
    application.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Quách Thị Bé", citizen_id="017075004321")
    )
    application.intake.run(application.intake.plan(application.intake.read(sheet)))
    taken, parked = (application.households.person(f"01708000123{n}") for n in (4, 5))
    assert [(row.file_name, row.line, row.result) for row in taken.imported] == [(sheet.name, 2, "new")]
    assert parked.imported == ()
    doubtful = application.households.person("017075004321")
    assert [(row.line, row.result) for row in doubtful.imported] == [(3, "doubtful")]
    assert doubtful.imported[0].row["head"] == "Bùi Văn Ánh"


def test_a_member_of_a_team_and_an_award_are_found_by_name_and_birth(
    application: Application, area: ResidentialArea, tmp_path: Path
) -> None:
    application.households.save(
        Household(
            id="",
            unit_code="",
            area_id=area.id,
            head="Hà Thị Hoà",
            birth="1980-03-12",
            citizen_id="017180001234",
        )
    )
    team = application.security_teams.save(
        SecurityTeam(id="", unit_code="", area_id=area.id, name="Tổ xóm Bãi", valid_from=date(2024, 7, 1))
    ).record
    same, other, nobody = (
        application.security_teams.save_member(
            TeamMember(
                id="", unit_code="", team_id=team.id, name=name, birth=birth, joined_on=date(2024, 7, 1)
            )
        ).record
        for name, birth in (("Hà Thị Hòa", "1980"), ("Hà Thị Hoà", "1981"), ("Lê Văn Cò", "1975"))
    )
    rating = application.member_ratings.rate(same.id, 2026, "tot").record
    award = application.awards.save(
        Award(
            id="", unit_code="", year=2026, kind="giay-khen", authority="chu-tich-xa", recipient_kind="person",
            recipient="Hà Thị Hoà",
        )
    ).record  # fmt: skip
    report = application.households.person("017180001234")
    assert report.named == NamedRecords((same,), (rating,), (award,))
    assert {same.id, rating.id, award.id} <= {line.entity_id for line in report.journal}
    application.printing.person_report(report, tmp_path / "tra-loi.pdf")
    assert (tmp_path / "tra-loi.pdf").stat().st_size > 0
    assert application.households.person("000000000000").named == NamedRecords()
    assert application.households.person("000000000000", "Lê Văn Cò", "1975-06-01").named.members == (nobody,)
    assert application.households.person("000000000000", "Lê Văn Cò", "1976").named == NamedRecords()
    assert other not in report.named.members


def test_a_household_entered_twice_is_removed_with_its_papers_that_say_nothing(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    stays, twice = settle(area.id, "Bùi Văn Ánh", "Bùi Văn Ánh")
    yearly = application.commitments.yearly()
    thematic = application.commitments.add_campaign("phao", "Cam kết về pháo").record
    application.commitments.record(twice.id, yearly.id, CommitmentState.ISSUED)
    application.commitments.record(twice.id, thematic.id, CommitmentState.ABSENT)
    application.commitments.record(twice.id, thematic.id, CommitmentState.NOT_ISSUED)
    changes = application.households.remove(twice.id, " Nhập hai lần ")
    assert changes.touches("households")
    assert changes.touches("commitments")
    assert [row.id for row in application.households.find("bui van anh")] == [stays.id]
    assert [hit.id for hit in application.search.find("bui van anh")] == [stays.id]
    assert [status.not_issued for status in application.commitments.status(yearly.id)] == [1]
    (line,) = application.journal.page(JournalFilter(entity_id=twice.id, action="deleted"), Window())
    assert (line.entity, line.note, line.changes["head"]) == (
        "households",
        "Nhập hai lần",
        ["Bùi Văn Ánh", None],
    )
    papers = application.journal.page(JournalFilter(entity="commitments", action="deleted"), Window())
    assert [paper.note for paper in papers] == ["Nhập hai lần"] * 2
    assert application.journal.check().holds
    with pytest.raises(NotFound):
        application.households.remove(twice.id, "Nhập hai lần")


def test_what_the_journal_keeps_of_a_removed_household_is_held_on_the_person(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    stays, twice, other = settle(area.id, "Bùi Văn Ánh", "Bùi Văn Ánh", "Hà Thị Bé")
    for home in (stays, twice):
        application.households.save(replace(home, citizen_id="001203000001"))
    application.households.save(replace(other, citizen_id="001203000012"))
    yearly = application.commitments.yearly()
    application.commitments.record(twice.id, yearly.id, CommitmentState.ISSUED)
    application.households.remove(twice.id, "Nhập hai lần")
    report = application.households.person("001203000001")
    assert [home.id for home in report.households] == [stays.id]
    gone = {(line.entity, line.note) for line in report.journal if line.action == "deleted"}
    assert gone == {("households", "Nhập hai lần"), ("commitments", "Nhập hai lần")}
    assert other.id not in {line.entity_id for line in report.journal}
    assert len({line.id for line in report.journal}) == len(report.journal)


@pytest.mark.parametrize(
    "state", [CommitmentState.SIGNED, CommitmentState.ABSENT, CommitmentState.REFUSED, CommitmentState.MOVED_AWAY]
)  # fmt: skip
def test_a_household_whose_paper_tells_something_stays_whole(
    application: Application, area: ResidentialArea, settle: Settle, state: CommitmentState
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    silent = application.commitments.yearly(2026).id
    told = application.commitments.add_campaign("phao", "Không đốt pháo").record.id
    application.commitments.record(home.id, silent, CommitmentState.ISSUED)
    application.commitments.record(
        home.id, told, state, date(2026, 3, 1) if state is CommitmentState.SIGNED else None
    )
    before = application.journal.count(JournalFilter())
    with pytest.raises(HouseholdHasPaper) as refused:
        application.households.remove(home.id, "Nhập hai lần")
    said = sentence(refused.value)
    assert said.startswith("Chưa xóa hộ «Bùi Văn Ánh»: bản cam kết năm 2026, đợt «Không đốt pháo»")
    assert f"«{language(STATE_NAMES[state])}»" in said
    assert application.households.get(home.id).head == home.head
    assert application.journal.count(JournalFilter()) == before
    application.commitments.record(home.id, told, CommitmentState.NOT_ISSUED)
    assert application.households.remove(home.id, "Nhập hai lần").touches("households")


def test_a_household_with_a_scan_and_one_without_a_reason_stay(
    application: Application, area: ResidentialArea, settle: Settle, tmp_path: Path
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    campaign = application.commitments.yearly()
    scan = tmp_path / "ban-ky.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    application.commitments.attach_paper(home.id, campaign.id, scan)
    with pytest.raises(HouseholdHasScan) as refused:
        application.households.remove(home.id, "Nhập hai lần")
    assert f"năm 2026, đợt «{campaign.name}», có bản quét" in sentence(refused.value)
    application.commitments.detach_paper(home.id, campaign.id)
    with pytest.raises(ReasonMissing):
        application.households.remove(home.id, " ")
    assert application.households.get(home.id) == home


def test_a_signed_report_says_by_itself_that_it_counted_a_household_that_was_removed(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    stays, twice = settle(area.id, "Bùi Văn Ánh", "Bùi Văn Ánh")
    campaign = application.commitments.yearly()
    application.commitments.record(stays.id, campaign.id, CommitmentState.SIGNED, date(2026, 2, 1))
    reports = application.periodic_reports
    signed = reports.sign_off(reports.start("2026-Q1").record.id).record
    assert reports.disagreeing() == {}
    application.households.remove(twice.id, "Nhập hai lần")
    found = {(one.signed, one.now) for one in reports.disagreeing()["2026-Q1"]}
    assert ("2", "1") in found
    frozen = reports.view(signed.id).content.figures["households_living"]
    assert frozen.now == 2
