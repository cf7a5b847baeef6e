"""Three communes and their receiving unit: what each counts for itself adds up, to the digit, to what is counted above."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.households import Household
from antq_desktop.domain.indicators import tally_of
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.exchange.summary import sign_summary
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.first_start import new_commune, new_receiving_unit
from antq_desktop.services.reporting.consolidating import Consolidated, NoCommunes
from antq_desktop.services.yearly.certificate_facts import facts_of, to_summary

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


#: Where a test takes a receiving unit of its own, it keeps its tables in its file, then on a server.
DATABASES = ("file", "server")
CODES = ("04978", "05014", "05089")
PERIODS = ("2026-Q1", "2026-H1", "2026")
PASSPHRASE = "cây đa bến nước 04978"


@dataclass
class _Clock:
    at: datetime = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Above:
    """The receiving unit with its communes, and every bundle that was sent."""

    clock: _Clock
    folder: Path
    communes: dict[str, Application]
    upper: Application
    bundles: list[Path]

    def send(self, code: str) -> None:
        sent = self.communes[code].sending.send(self.folder)
        self.bundles.append(sent.path)
        (verdict,) = self.upper.receiving.receive([sent.path])
        assert verdict.verdict == "taken", verdict.sentence
        self.communes[code].sending.take(self.upper.receiving.acknowledge(code, self.folder))

    def report(self, period: str) -> Consolidated:
        return self.upper.consolidating.report(period)


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Above]:
    from tests.services.exchange.conftest import CHEAP

    folder = tmp_path_factory.mktemp("above")
    clock = _Clock()
    new = new_receiving_unit("Phòng PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    upper = create_workspace(folder / "upper", new, clock, CHEAP).application
    upper.receiving.initialise("Phòng PV05")
    made = Above(clock, folder, {}, upper, [])
    for seed, code in enumerate(CODES, 1):
        commune = new_commune(
            code, receiving_unit="", officer="Bùi Văn An", rank="", year=2026, passphrase=PASSPHRASE
        )
        application = create_workspace(folder / code, commune, clock, CHEAP).application
        application.generated_commune.make(40 * seed, 1, seed)
        request = application.sending.enrolment_request(folder)
        enrolled = upper.receiving.enrol(request.path, request.check_number)
        application.sending.take(enrolled.path)
        made.communes[code] = application
    for code in CODES:
        made.send(code)
    yield made
    for application in (*made.communes.values(), upper):
        application.close()


def _added(parts: list[Any]) -> Any:
    """Add figures up in the plainest way there is, apart from the program's own."""
    if isinstance(parts[0], int):
        return sum(parts)
    if isinstance(parts[0], Ratio):
        return Ratio(sum(part.part for part in parts), sum(part.whole for part in parts))
    keys = {key for part in parts for key in part}
    return {key: sum(part.get(key, 0) for part in parts) for key in keys}


@pytest.mark.parametrize("period", PERIODS)
def test_the_communes_own_figures_added_up_are_those_of_the_upper_level(above: Above, period: str) -> None:
    own = {code: application.period_figures.amounts(period) for code, application in above.communes.items()}
    report = above.report(period)
    assert {one.unit_code: dict(one.amounts) for one in report.communes} == own
    added = {name: _added([own[code][name] for code in CODES]) for name in own[CODES[0]]}
    assert dict(report.total) == added
    assert any(added[name] for name in ("households_signed", "activity_count", "models_working"))


def test_a_share_of_the_whole_is_worked_out_from_sums_and_no_average(above: Above) -> None:
    # One of three communes did not sign whole; the largest, so that it weighs more than a third.
    area = above.communes["05089"].territory.areas()[0]
    above.communes["05089"].households.save(
        Household(id="", unit_code="", area_id=area.id, head="Hà Văn Chưa Ký", birth="1980", members=4)
    )
    above.send("05089")
    report = above.report("2026")
    shares = [one.amounts["share_signed"] for one in report.communes]
    total = report.total["share_signed"]
    assert isinstance(total, Ratio)
    assert total.whole == sum(share.whole for share in shares if isinstance(share, Ratio))
    average = sum(share.part / share.whole for share in shares if isinstance(share, Ratio)) / len(shares)
    assert total.part / total.whole != pytest.approx(average, abs=1e-9)


def test_every_report_is_the_same_after_everything_was_taken_in_again(above: Above) -> None:
    before = {period: above.report(period) for period in PERIODS}
    verdicts = above.upper.receiving.receive([*reversed(above.bundles), *above.bundles])
    assert {verdict.verdict for verdict in verdicts} == {"known"}
    assert {period: above.report(period) for period in PERIODS} == before


def test_who_has_not_sent_until_the_end_of_the_period_is_named(above: Above) -> None:
    report = above.report("2026-H1")
    assert report.behind == ()
    running = above.report("2026")
    assert (running.is_running, running.behind, running.sent_until) == (True, (), date(2026, 11, 20))
    above.clock.at = above.clock.at.replace(month=12, day=20)
    over = above.report("2026")
    assert not over.is_running
    assert [one.unit_name for one in over.behind] == [one.unit_name for one in report.communes]
    assert {one.as_of and one.as_of.date() for one in report.communes} == {date(2026, 11, 20)}


def test_the_whole_is_counted_with_the_same_catalogue_that_names_its_lines(above: Above) -> None:
    report = above.report("2026")
    known = above.upper.catalogues.indicators.indicators
    assert {line.indicator for line in report.lines} >= {
        name for name in known if not isinstance(report.total[name], dict)
    }
    line = next(line for line in report.lines if line.indicator == "activities")
    assert ": " in line.name
    parts = [tally_of(one.amounts, "activities").get(line.key, 0) for one in report.communes]
    assert line.of(report.total) == sum(parts)


def test_a_signed_report_is_set_beside_the_recount(above: Above) -> None:
    commune = above.communes["04978"]
    draft = commune.periodic_reports.start("2026-Q1").record
    commune.periodic_reports.sign_off(draft.id)
    above.send("04978")
    kim_boi = next(one for one in above.report("2026-Q1").communes if one.unit_code == "04978")
    assert kim_boi.report is not None
    assert (kim_boi.report.edition, kim_boi.report.differences) == (1, ())
    assert not kim_boi.report.other_days
    area = commune.territory.areas()[0]
    commune.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Bùi Văn Mới", birth="1980", members=4)
    )
    above.send("04978")
    kim_boi = next(one for one in above.report("2026-Q1").communes if one.unit_code == "04978")
    assert kim_boi.report is not None
    found = {each.name: (each.signed, each.counted) for each in kim_boi.report.differences}
    now = kim_boi.amounts["households_living"]
    assert isinstance(now, int)
    assert found["Số hộ đang cư trú"] == (str(now - 1), str(now))
    assert "Số hộ đã ký cam kết" not in found


def test_the_workbook_has_formulas_for_totals_and_shares(above: Above, tmp_path: Path) -> None:
    report = above.report("2026")
    path = tmp_path / "tong-hop.xlsx"
    above.upper.printing.consolidated_report(report, path)
    book = openpyxl.load_workbook(path)
    figures, communes, sent = book.worksheets
    rows = {row[1].value: row for row in figures.iter_rows() if row[1].value}
    signed = rows["Số hộ đã ký cam kết"]
    assert re.fullmatch(r"=SUM\(E\d+:G\d+\)", str(signed[3].value))
    assert [cell.value for cell in signed[4:7]] == [
        one.amounts["households_signed"] for one in report.communes
    ]
    share, living = rows["Tỷ lệ hộ đã ký cam kết"], rows["Số hộ đang cư trú"]
    for letter, cell in zip("DEFG", share[3:7], strict=True):
        part, whole = f"{letter}{signed[0].row}", f"{letter}{living[0].row}"
        assert cell.value == f'=IF({whole}=0,"",ROUNDDOWN({part}/{whole},4))'
    total = next(row for row in communes.iter_rows() if row[1].value == "Cộng")
    assert sum(str(cell.value).startswith("=SUM(") for cell in total) > 40
    assert any(str(cell.value).startswith("=IF(") for cell in total)
    assert any(row[1].value == report.communes[0].unit_name for row in sent.iter_rows())


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_the_report_is_written_as_paper(above: Above, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"tong-hop{suffix}"
    done = above.upper.printing.consolidated_report(above.report("2026"), path)
    assert (done.records, done.missing_glyphs) == (1, ())
    assert path.stat().st_size > 5_000


def test_it_can_be_stopped_between_two_communes(above: Above) -> None:
    from antq_desktop.domain.errors import Cancelled

    told: list[str] = []

    def watch(_done: int, _total: int, what: str) -> None:
        told.append(what)
        progress.cancel()

    progress = Progress(watch)
    with pytest.raises(Cancelled):
        above.upper.consolidating.report("2026", progress)
    assert len(told) == 1


@pytest.mark.parametrize("code", CODES)
def test_certificates_of_every_commune_are_verified_above(above: Above, code: str) -> None:
    store = above.communes[code].sending._store
    with store.writing("An") as work:
        seed = device_keys.ensure(work).sign_seed
        paper = work.all(Certificate)[0]
        text = sign_summary(seed, to_summary(facts_of(paper, work.get(Recognition, paper.recognition_id))))
    other = next(each for each in CODES if each != code)
    with above.communes[other].sending._store.writing("An") as work:
        stranger = device_keys.ensure(work).sign_seed
    with store.reading() as read:
        facts = facts_of(paper, read.get(Recognition, paper.recognition_id))
    names = {one.unit_code: one.unit_name for one in above.report("2026").communes}
    good, forged = above.upper.verifying.check_all([text, sign_summary(stranger, to_summary(facts))])
    assert (good.state, good.signed_by) == ("valid", names[code])
    assert good.facts is not None
    assert good.facts.unit_code == code
    assert forged.state == "refused"


def test_a_commune_that_never_sent_is_in_the_report_and_named(parties: "Parties") -> None:
    report = parties.receiving.consolidating.report("2026-H1")
    (kim_boi,) = report.communes
    assert (kim_boi.as_of, kim_boi.complete) == (None, False)
    assert report.behind == (kim_boi,)
    assert report.total["households_living"] == 0


def test_a_clock_that_runs_ahead_makes_no_data_newer_than_the_day_it_came(parties: "Parties") -> None:
    parties.work(1)
    here = parties.clock.at
    parties.clock.at = here + timedelta(days=3650)
    sent = parties.send()
    parties.clock.at = here
    parties.receive(sent.path)
    (kim_boi,) = parties.receiving.consolidating.report("2026").communes
    assert kim_boi.as_of == here
    assert not kim_boi.complete


def test_without_any_commune_it_says_so(bare: "Parties") -> None:
    with pytest.raises(NoCommunes):
        bare.receiving.consolidating.report("2026")


def test_a_merged_commune_counts_under_its_new_code_with_what_it_sent_before(
    parties: "Parties", tmp_path: Path
) -> None:
    from tests.services.exchange.conftest import CHEAP

    parties.work(2)
    parties.receive(parties.send().path)
    new = new_commune(
        "05014", receiving_unit="", officer="Hà Thị Bé", rank="", year=2026, passphrase=PASSPHRASE
    )
    old = create_workspace(tmp_path / "old", new, parties.clock, CHEAP).application
    request = old.sending.enrolment_request(parties.stick)
    old.sending.take(parties.receiving.receiving.enrol(request.path, request.check_number).path)
    area = old.territory.add("Xóm Một", "xóm", date(2020, 1, 1)).record
    old.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Hà Văn Cũ", birth="1980", members=4)
    )
    parties.receive(old.sending.send(parties.stick).path)
    old.close()
    apart = parties.receiving.consolidating.report("2026")
    assert sorted(one.unit_code for one in apart.communes) == ["04978", "05014"]
    parties.receiving.machines.merge("05014", "04978", "sáp nhập")
    (together,) = parties.receiving.consolidating.report("2026").communes
    assert (together.unit_code, together.unit_name) == ("04978", "Xã Kim Bôi")
    assert together.amounts["households_living"] == 3
    assert parties.receiving.consolidating.report("2026").total == apart.total
