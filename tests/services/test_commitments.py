"""Where the households' papers stand, and that a scan is kept once."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.bootstrap import create_workspace
from antq_desktop.documents.preview import PageImage
from antq_desktop.domain.commitments import CommitmentState, PaperAttached, SignedInFuture, SignedWhen
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.commitments import Entry, PaperPage, YearlyOpensItself
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.services.results import Invalid
from antq_desktop.services.scans import NoScan, NotAScan
from antq_desktop.storage.attachments import FileNotReadable
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
SIGNED, ISSUED = CommitmentState.SIGNED, CommitmentState.ISSUED
MARCH = date(2026, 3, 1)


@pytest.fixture
def homes(area: ResidentialArea, settle: Settle) -> list[Household]:
    return settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò", "Hà Văn Dũng", "Lê Thị Em", "Lý Ê")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Return a file that is more than one piece long."""
    path = tmp_path / "Bản ký.PDF"
    path.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 2048)
    return path


def test_the_yearly_campaign_opens_once_and_comes_first(application: Application) -> None:
    thematic = application.commitments.add_campaign("phao", "Cam kết về pháo", date(2026, 1, 1)).record
    yearly = application.commitments.yearly()
    assert application.commitments.yearly() == yearly
    assert application.commitments.campaigns() == [yearly, thematic]
    assert yearly.name == "Cam kết xây dựng khu dân cư an toàn về an ninh, trật tự năm 2026"
    assert application.commitments.campaigns(2025) == []
    assert application.commitments.yearly(2025).id != yearly.id


def test_the_yearly_campaign_is_the_same_on_two_laptops(application: Application, tmp_path: Path) -> None:
    new = NewWorkspace("commune", "04978", "Quách Văn Lượng", "mật khẩu khác", {"working_year": 2026})
    other = create_workspace(tmp_path / "other", new, cost=Cost(1, 8 * 1024 * 1024)).application
    try:
        assert other.commitments.yearly().id == application.commitments.yearly().id
    finally:
        other.close()


def test_a_campaign_is_refused_without_a_name_of_no_kind_or_as_a_second_yearly_one(
    application: Application,
) -> None:
    with pytest.raises(Invalid):
        application.commitments.add_campaign("phao", "  ", date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(Invalid, match="danh mục các đợt cam kết"):
        application.commitments.add_campaign("bay", "Cam kết")
    with pytest.raises(YearlyOpensItself):
        application.commitments.add_campaign("yearly", "Cam kết")
    assert application.commitments.campaigns() == []


def test_every_state_is_counted_apart_and_those_who_moved_not_at_all(
    application: Application, area: ResidentialArea, homes: list[Household]
) -> None:
    campaign = application.commitments.yearly().id
    states = (SIGNED, ISSUED, CommitmentState.ABSENT, CommitmentState.REFUSED, CommitmentState.MOVED_AWAY)
    for home, state in zip(homes, states, strict=False):
        application.commitments.record(home.id, campaign, state, MARCH if state is SIGNED else None)

    (status,) = application.commitments.status(campaign)
    assert (status.area_id, status.living, status.people) == (area.id, 5, 20)
    assert (status.signed, status.issued, status.absent, status.refused, status.not_issued) == (1, 1, 1, 1, 1)
    assert status.share.ratio == Ratio(1, 5)
    rows = application.commitments.entries(area.id, campaign)
    assert [(row.head, row.state) for row in rows][-1] == ("Lý Ê", CommitmentState.NOT_ISSUED)
    assert CommitmentState.MOVED_AWAY in {row.state for row in rows}, "a slip of the key must be in reach"


def test_who_signs_is_the_head_unless_somebody_else_is_named(
    application: Application, homes: list[Household]
) -> None:
    campaign = application.commitments.yearly().id
    mine = application.commitments.record(homes[0].id, campaign, SIGNED, MARCH).record
    other = application.commitments.record(homes[1].id, campaign, SIGNED, MARCH, " Bùi  Thị Con ").record
    assert (mine.signed_by, other.signed_by) == ("Bùi Văn Ánh", "Bùi Thị Con")
    back = application.commitments.record(homes[0].id, campaign, ISSUED).record
    assert (back.id, back.signed_on, back.signed_by) == (mine.id, None, None)


def test_a_signature_has_a_day_that_has_come(application: Application, homes: list[Household]) -> None:
    campaign = application.commitments.yearly().id
    with pytest.raises(SignedWhen):
        application.commitments.record(homes[0].id, campaign, SIGNED)
    with pytest.raises(SignedInFuture):
        application.commitments.record(homes[0].id, campaign, SIGNED, date(2026, 11, 21))
    with pytest.raises(NotFound):
        application.commitments.record("nobody", campaign, ISSUED)
    with pytest.raises(NotFound):
        application.commitments.record(homes[0].id, "no campaign", ISSUED)


def test_a_day_outside_the_campaign_is_remarked(application: Application, homes: list[Household]) -> None:
    campaign = application.commitments.add_campaign(
        "phao", "Cam kết về pháo", date(2026, 1, 1), date(2026, 2, 28)
    ).record
    written = application.commitments.record(homes[0].id, campaign.id, SIGNED, MARCH)
    assert [finding.code for finding in written.warnings] == ["outside-campaign"]


def test_many_lines_are_kept_together_or_not_at_all(
    application: Application, area: ResidentialArea, homes: list[Household]
) -> None:
    campaign = application.commitments.yearly().id
    lines = [Entry(home.id, SIGNED, MARCH) for home in homes]
    with pytest.raises(SignedWhen):
        application.commitments.record_many(campaign, [*lines[:-1], Entry(homes[-1].id, SIGNED)])
    assert application.commitments.status(campaign)[0].signed == 0
    assert application.commitments.record_many(campaign, lines).touches("commitments")
    assert application.commitments.status(campaign)[0].share.ratio == Ratio(6, 6)
    assert not application.commitments.record_many(campaign, lines)


def test_a_scan_is_kept_once_by_its_bytes(
    application: Application, homes: list[Household], scan: Path, tmp_path: Path
) -> None:
    campaign = application.commitments.yearly().id
    content = scan.read_bytes()
    application.commitments.record(homes[0].id, campaign, SIGNED, MARCH)
    kept = application.commitments.attach_paper(homes[0].id, campaign, scan).record
    copy = scan.rename(tmp_path / "copy.pdf")
    again = application.commitments.attach_paper(homes[1].id, campaign, copy)

    assert kept.paper_sha256 == again.record.paper_sha256 == hashlib.sha256(content).hexdigest()
    assert not again.changes.touches("attachments")
    assert application.journal.count(JournalFilter(entity="attachments")) == 1
    copy.unlink()
    assert application.commitments.paper(kept.paper_sha256 or "") == content
    (line,) = application.journal.page(JournalFilter(entity_id=kept.id, action="attached"), Window())
    assert line.note == "Bản ký.PDF"


def test_a_signature_whose_scan_is_attached_stays(
    application: Application, homes: list[Household], scan: Path
) -> None:
    campaign = application.commitments.yearly().id
    application.commitments.record(homes[0].id, campaign, SIGNED, MARCH)
    application.commitments.attach_paper(homes[0].id, campaign, scan)
    with pytest.raises(PaperAttached):
        application.commitments.record(homes[0].id, campaign, ISSUED)


def test_a_scan_is_taken_off_and_its_bytes_go_once_no_paper_names_them(
    application: Application, homes: list[Household], scan: Path
) -> None:
    campaign = application.commitments.yearly().id
    for home in homes[:2]:
        application.commitments.record(home.id, campaign, SIGNED, MARCH)
    sha256 = application.commitments.attach_paper(homes[0].id, campaign, scan).record.paper_sha256 or ""
    application.commitments.attach_paper(homes[1].id, campaign, scan)

    bare = application.commitments.detach_paper(homes[0].id, campaign).record
    assert (bare.state, bare.signed_on, bare.paper_sha256) == (SIGNED, MARCH, None)
    assert application.commitments.paper(sha256) == scan.read_bytes()
    assert application.commitments.record(homes[0].id, campaign, ISSUED).record.state is ISSUED
    (line,) = application.journal.page(JournalFilter(entity_id=bare.id, action="detached"), Window())
    assert (line.note, line.changes["paper_sha256"]) == ("Bản ký.PDF", [sha256, None])

    application.commitments.detach_paper(homes[1].id, campaign)
    with pytest.raises(NotFound):
        application.commitments.paper(sha256)
    with pytest.raises(NoScan):
        application.commitments.detach_paper(homes[1].id, campaign)


def test_a_scan_can_be_attached_again_after_it_was_taken_off(
    application: Application, homes: list[Household], scan: Path
) -> None:
    campaign = application.commitments.yearly().id
    application.commitments.attach_paper(homes[0].id, campaign, scan)
    application.commitments.detach_paper(homes[0].id, campaign)
    kept = application.commitments.attach_paper(homes[0].id, campaign, scan).record
    assert application.commitments.paper(kept.paper_sha256 or "") == scan.read_bytes()


def test_another_scan_takes_the_place_of_the_one_before(
    application: Application, homes: list[Household], scan: Path, tmp_path: Path
) -> None:
    campaign = application.commitments.yearly().id
    wrong = tmp_path / "nhầm.png"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n wrong")
    before = application.commitments.attach_paper(homes[0].id, campaign, wrong).record.paper_sha256 or ""
    application.commitments.attach_paper(homes[0].id, campaign, scan)
    with pytest.raises(NotFound):
        application.commitments.paper(before)


def test_a_scan_is_shown_page_by_page_from_memory(
    application: Application, homes: list[Household], tmp_path: Path
) -> None:
    campaign = application.commitments.yearly().id
    printed = tmp_path / "cam-ket.pdf"
    application.printing.commitments(printed, campaign, household_ids=[home.id for home in homes[:2]])
    pdf = application.commitments.attach_paper(homes[0].id, campaign, printed).record.paper_sha256 or ""
    before = set(tmp_path.rglob("*"))
    shown = application.commitments.paper_page(pdf, 1, 72)
    assert isinstance(shown.image, PageImage)
    assert (shown.pages, shown.image.width) == (2, 596)
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    jpeg = application.commitments.attach_paper(homes[1].id, campaign, photo).record.paper_sha256 or ""
    assert application.commitments.paper_page(jpeg, 0, 72) == PaperPage(photo.read_bytes(), 1)
    assert set(tmp_path.rglob("*")) == before | {photo}


def test_what_is_no_scan_is_not_attached(
    application: Application, homes: list[Household], tmp_path: Path
) -> None:
    campaign = application.commitments.yearly().id
    note = tmp_path / "ghi chú.docx"
    note.write_text("x", encoding="utf-8")
    with pytest.raises(NotAScan):
        application.commitments.attach_paper(homes[0].id, campaign, note)
    with pytest.raises(FileNotReadable):
        application.commitments.attach_paper(homes[0].id, campaign, tmp_path / "gone.pdf")
    disguised = tmp_path / "danh sách.pdf"
    disguised.write_bytes(b"PK\x03\x04 no pdf at all")
    with pytest.raises(NotAScan):
        application.commitments.attach_paper(homes[0].id, campaign, disguised)
    assert application.journal.count(JournalFilter(entity="attachments")) == 0
    with pytest.raises(NotFound):
        application.commitments.paper("0" * 64)


def test_a_paper_that_says_moved_away_moves_the_household_and_back(
    application: Application, homes: list[Household]
) -> None:
    campaign = application.commitments.yearly().id
    application.commitments.record(homes[0].id, campaign, CommitmentState.MOVED_AWAY)
    kept = application.households.get(homes[0].id)
    assert (kept.residence, kept.moved_on) == ("moved_away", application.session.today())
    (status,) = application.commitments.status(campaign)
    (area,) = application.territory.areas()
    assert status.living == area.households == len(homes) - 1
    application.commitments.record(homes[0].id, campaign, CommitmentState.ABSENT)
    kept = application.households.get(homes[0].id)
    assert (kept.residence, kept.moved_on) == ("living", None)


def test_the_day_of_moving_away_is_put_right_on_the_paper_or_on_the_household(
    application: Application, homes: list[Household]
) -> None:
    campaign, home = application.commitments.yearly().id, homes[0].id

    def living() -> object:
        return application.periodic_reports.view_of("2026-Q2").content.figures["households_living"].now

    application.commitments.record(home, campaign, CommitmentState.MOVED_AWAY, state_on=date(2026, 5, 1))
    assert living() == len(homes) - 1
    application.commitments.record(home, campaign, CommitmentState.MOVED_AWAY, state_on=date(2026, 7, 1))
    assert living() == len(homes)
    application.households.save(replace(application.households.get(home), moved_on=date(2026, 6, 1)))
    assert living() == len(homes) - 1
    # Entered once more without a day, the day that is known stays.
    application.commitments.record(home, campaign, CommitmentState.MOVED_AWAY)
    assert application.households.get(home).moved_on == date(2026, 6, 1)


def test_a_signature_behind_the_day_of_moving_away_is_remarked_on(
    application: Application, homes: list[Household]
) -> None:
    campaign, home = application.commitments.yearly().id, homes[0].id
    application.commitments.record(home, campaign, CommitmentState.MOVED_AWAY, state_on=date(2026, 5, 1))
    (remark,) = application.commitments.record(home, campaign, SIGNED, date(2026, 5, 20)).warnings
    assert (remark.code, remark.facts) == (
        "signed-after-moving",
        {"left": "01/05/2026", "signed": "20/05/2026"},
    )
    assert not application.commitments.record(home, campaign, SIGNED, date(2026, 4, 20)).warnings


def test_a_household_that_left_by_itself_stays_away_when_its_paper_is_entered(
    application: Application, homes: list[Household]
) -> None:
    campaign = application.commitments.yearly().id
    application.households.move_away_many([homes[0].id], MARCH)
    application.commitments.record(homes[0].id, campaign, ISSUED)
    assert application.households.get(homes[0].id).residence == "moved_away"
