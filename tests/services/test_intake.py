"""Spreadsheets go into a real workspace as one action: every row has a result, and a second time changes nothing."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.errors import Cancelled, NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.intake import FileChanged, ImportResult
from antq_desktop.services.intake_plan import NEW, SKIP, ImportPlan
from antq_desktop.storage.attachments import FileNotReadable, content
from antq_desktop.storage.failures import ChangedElsewhere, Clash
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
HEADER = "STT,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Thôn/xóm,Số khẩu,Điện thoại,Ngày ký cam kết"
AN = "Bùi Văn An,12/03/1980,025080000001,Bản Lác,4,0912345678,05/02/2026"
BE = "Hà Thị Bé,01/07/1975,025175000002,Bản Lác,3,0912345679,"
CUC = "Lê Thị Cúc,1990,,Xóm Mường,2,,"
NAMELESS_BIRTH = "Bùi Văn An,,,Bản Lác,6,,07/02/2026"
WriteList = Callable[..., Path]
Import = Callable[..., ImportResult]
Kept = Callable[[], dict[str, Any]]


@pytest.fixture
def write(tmp_path: Path) -> WriteList:
    """Return what writes a list: ``write(AN, BE, name="…")``; the first household stands in line 2."""

    def written(*lines: str, name: str = "danh-sach.csv") -> Path:
        path = tmp_path / name
        numbered = [f"{number},{line}" for number, line in enumerate(lines, 1)]
        path.write_text("\n".join([HEADER, *numbered]) + "\n", encoding="utf-8")
        return path

    return written


@pytest.fixture
def take_in(application: Application) -> Import:
    """Return what reads, plans and imports a file in one go."""

    def taken(path: Path, decisions: dict[int, str] | None = None, **switches: bool) -> ImportResult:
        intake = application.intake
        return intake.run(intake.plan(intake.read(path), **switches), decisions)

    return taken


@pytest.fixture
def kept(application: Application) -> Kept:
    """Return what counts every table that an import may touch."""
    tables = ("residential_areas", "households", "commitments", "campaigns", "attachments", "import_runs")

    def counted() -> dict[str, Any]:
        with reading(application) as work:
            ask = work.connection.exec_driver_sql
            counts = {name: ask(f"SELECT count(*) FROM {name}").scalar_one() for name in (*tables, "outbox")}
            return counts | {"rows": ask("SELECT count(*) FROM import_rows").scalar_one()}

    return counted


def reading(application: Application) -> Any:
    return application.intake._store.reading()


def many(count: int) -> list[str]:
    """Return lines of ``count`` families in 40 areas, each with a number of its own and a signature."""
    families = ["Bùi", "Đinh", "Hà", "Lê", "Nguyễn", "Quách", "Xa", "Lường", "Phạm", "Trần"]
    given = ["An", "Bình", "Cường", "Dũng", "Hoà", "Khánh", "Lan", "Mai", "Ngọc", "Phượng"]
    return [
        f"{families[n % 10]} {given[n // 10 % 10]} {given[n // 100 % 10]},"
        f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1950 + n % 50},"
        f"0250{(50 + n % 50):02}{n:06},Xóm {n % 40 + 1},{n % 9 + 1},09{n:08},{n % 28 + 1:02}/03/2026"
        for n in range(count)
    ]


def homes(application: Application) -> list[Household]:
    with reading(application) as work:
        found: list[Household] = work.all(Household)
    return sorted(found, key=lambda home: (home.head, home.members or 0))


def plan_of(application: Application, path: Path) -> ImportPlan:
    return application.intake.plan(application.intake.read(path))


def results(done: ImportResult) -> dict[int, str]:
    return {row.line: row.result for row in done.rows}


def test_a_list_comes_in_with_its_areas_signatures_and_results(
    application: Application, write: WriteList, take_in: Import
) -> None:
    path = write(AN, BE, "Ma,31/02/1980,,Bản Lác,2,,", CUC)
    done = take_in(path)
    assert (done.run.added, done.run.changed, done.run.faults, done.run.doubtful) == (3, 0, 1, 0)
    assert results(done) == {2: "new", 3: "new", 4: "faulty", 5: "new"}
    assert done.changes.touches("households", "residential_areas", "commitments", "import_runs")

    assert [(row.name, row.kind, row.households) for row in application.territory.areas()] == [
        ("Bản Lác", "bản", 2),
        ("Xóm Mường", "xóm", 1),
    ]
    campaign = application.commitments.yearly()
    (lac,) = [row.id for row in application.territory.areas() if row.name == "Bản Lác"]
    papers = {row.head: row for row in application.commitments.entries(lac, campaign.id)}
    assert (papers["Bùi Văn An"].signed_on, papers["Bùi Văn An"].signed_by) == (
        date(2026, 2, 5),
        "Bùi Văn An",
    )
    assert papers["Hà Thị Bé"].state is CommitmentState.NOT_ISSUED

    assert application.intake.history() == [done.run]
    assert tuple(application.intake.results(done.run.id)) == done.rows
    faulty = done.rows[2]
    assert (faulty.household_id, faulty.why["facts"]) == (None, {"text": "31/02/1980"})
    an = done.rows[0]
    assert an.household_id == application.households.find("Bui Van An")[0].id
    assert (an.row["head"], an.row["line"], an.why) == ("Bùi Văn An", 2, {})


def test_the_file_is_kept_byte_for_byte(application: Application, write: WriteList, take_in: Import) -> None:
    path = write(*many(4000))
    assert path.stat().st_size > 256 * 1024
    done = take_in(path)
    assert done.run.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    with reading(application) as work:
        assert b"".join(content(work, done.run.file_sha256)) == path.read_bytes()


def test_the_same_file_again_changes_nothing_and_says_so(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    path = write(AN, BE, "Ma,31/02/1980,,Bản Lác,2,,", NAMELESS_BIRTH)
    take_in(path)
    before, were = kept(), homes(application)
    again = take_in(path)
    assert not again.changes
    assert results(again) == {2: "unchanged", 3: "unchanged", 4: "faulty", 5: "doubtful"}
    assert (kept(), homes(application)) == (before, were)
    note = application.journal.page(JournalFilter(action="imported_again"), Window())
    assert [line.note for line in note] == ["danh-sach.csv"]


def test_a_changed_copy_of_a_list_changes_only_what_it_changes(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    take_in(write(AN, BE, CUC))
    before = kept()
    done = take_in(write(AN, BE.replace(",3,", ",5,"), CUC, name="sua.csv"))
    assert results(done) == {2: "unchanged", 3: "changed", 4: "unchanged"}
    # The household, the file and the run: nothing else is told to the upper level.
    assert kept()["outbox"] == before["outbox"] + 3
    assert [home.members for home in homes(application)] == [4, 5, 2]
    assert [len(home.version) for home in homes(application)] == [1, 1, 1]
    assert [next(iter(home.version.values())) for home in homes(application)] == [1, 2, 1]


def test_a_copy_that_says_the_same_in_another_file_is_no_news(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    """A list made from what the program itself holds must not count as an import."""
    take_in(write(AN, BE))
    before = kept()
    again = take_in(write(BE, AN, name="xuat-ra.csv"))
    assert not again.changes
    assert (results(again), again.run.unchanged) == ({2: "unchanged", 3: "unchanged"}, 2)
    assert kept() == before


def test_a_file_of_faults_alone_is_kept_with_its_results(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    path = write("Ma,31/02/1980,12345,Bản Lác,-2,,")
    done = take_in(path)
    assert (results(done), done.run.faults) == ({2: "faulty"}, 1)
    assert application.intake.history() == [done.run]
    assert (kept()["households"], kept()["residential_areas"], kept()["attachments"]) == (0, 0, 1)
    assert not take_in(path).changes


def test_update_and_append_are_two_switches(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN))
    both = write(AN.replace(",4,", ",9,"), BE, name="moi.csv")
    assert results(take_in(both, update=False, append=False)) == {2: "left_out", 3: "left_out"}
    assert [home.members for home in homes(application)] == [4]
    assert results(take_in(both, update=True, append=False)) == {2: "changed", 3: "left_out"}
    assert [home.members for home in homes(application)] == [9]
    assert results(take_in(both, update=False, append=True)) == {2: "unchanged", 3: "new"}
    assert [home.head for home in homes(application)] == ["Bùi Văn An", "Hà Thị Bé"]


def test_doubtful_pairs_are_parked_and_block_nothing(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN))
    done = take_in(write(NAMELESS_BIRTH, BE, name="b.csv"))
    assert results(done) == {2: "doubtful", 3: "new"}
    assert (done.run.doubtful, done.rows[0].household_id) == (1, None)
    assert application.intake.results(done.run.id)[0].result == "doubtful"
    assert [(home.head, home.members) for home in homes(application)] == [("Bùi Văn An", 4), ("Hà Thị Bé", 3)]


def test_a_doubtful_pair_is_one_household(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN))
    (an,) = homes(application)
    done = take_in(write(NAMELESS_BIRTH, name="b.csv"), {2: an.id})
    assert (results(done), done.rows[0].household_id) == ({2: "changed"}, an.id)
    (now,) = homes(application)
    assert now == replace(an, members=6, version=now.version)
    row = application.commitments.entries(an.area_id, application.commitments.yearly().id)[0]
    assert row.signed_on == date(2026, 2, 7)


def test_a_doubtful_pair_is_two_households(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN))
    done = take_in(write(NAMELESS_BIRTH, name="b.csv"), {2: NEW})
    assert results(done) == {2: "new"}
    assert [(home.head, home.birth, home.members) for home in homes(application)] == [
        ("Bùi Văn An", "1980-03-12", 4),
        ("Bùi Văn An", None, 6),
    ]
    assert len({home.area_id for home in homes(application)}) == 1
    # Taken in once more, the file now names a household that is here.
    again = take_in(write(NAMELESS_BIRTH, name="b.csv"))
    assert not again.changes


def test_a_doubtful_row_can_be_left_out(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    take_in(write(AN))
    before = kept()
    done = take_in(write(NAMELESS_BIRTH, name="b.csv"), {2: SKIP})
    assert results(done) == {2: "left_out"}
    assert kept() == before


def test_a_decision_for_a_household_that_is_not_here_is_refused(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    take_in(write(AN))
    before = kept()
    with pytest.raises(NotFound):
        take_in(write(NAMELESS_BIRTH, BE, name="b.csv"), {2: "0" * 32})
    assert kept() == before


def test_what_was_parked_is_decided_when_the_file_comes_again(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN))
    path = write(NAMELESS_BIRTH, name="b.csv")
    parked = take_in(path)
    decided = take_in(path, {2: NEW})
    assert {run.id: (run.added, run.doubtful) for run in application.intake.history()}.items() >= {
        (parked.run.id, (0, 1)),
        (decided.run.id, (1, 0)),
    }


def test_a_doubtful_row_in_a_new_area_spelled_another_way_gets_that_area(
    application: Application, write: WriteList, take_in: Import
) -> None:
    first = "Bùi Văn Ba,1990,,Thôn Đồng Hoà,2,,"
    done = take_in(write(first, first.replace("Hoà,2", "Hòa,3")), {3: NEW})
    assert results(done) == {2: "new", 3: "new"}
    assert [(row.name, row.households) for row in application.territory.areas()] == [("Thôn Đồng Hoà", 2)]


def test_an_area_that_only_a_parked_row_names_is_not_made(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN))
    moved = "Nguyễn Thị Khác,1960,025080000001,Xóm Lạ,3,,"
    path = write(moved, name="b.csv")
    assert results(take_in(path)) == {2: "doubtful"}
    assert [row.name for row in application.territory.areas()] == ["Bản Lác"]
    assert results(take_in(path, {2: NEW})) == {2: "new"}
    assert [row.name for row in application.territory.areas()] == ["Bản Lác", "Xóm Lạ"]


def test_two_rows_decided_to_be_one_household_both_go_into_it(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    take_in(write(AN))
    before = kept()
    (an,) = homes(application)
    lines = [
        AN.replace("0912345678", "0987654321").replace("05/02/2026", ""),
        "Bùi Văn An,,,Bản Lác,6,,",
        "Bùi Văn An,,,Bản Lác,,,09/02/2026",
    ]
    done = take_in(write(*lines, name="b.csv"), {3: an.id, 4: an.id})
    assert results(done) == {2: "changed", 3: "changed", 4: "changed"}
    (now,) = homes(application)
    assert (now.phone, now.members, next(iter(now.version.values()))) == ("0987654321", 6, 2)
    # One event each for the household, its paper, the file and the run: nothing is saved twice.
    assert kept()["outbox"] == before["outbox"] + 4


def test_areas_that_exist_are_used_and_none_is_made_twice(
    application: Application, area: ResidentialArea, write: WriteList, take_in: Import
) -> None:
    hoa = application.territory.add("Thôn Đồng Hoà", "thôn", date(2020, 1, 1)).record
    lines = [
        AN.replace("Bản Lác", name)
        .replace("025080000001", f"02508000001{number}")
        .replace("Bùi Văn An", f"Bùi Văn {given}")
        for number, (name, given) in enumerate(
            [
                ("Thôn Đồng Hòa", "Ba"),
                ("THÔN ĐỒNG HOÀ", "Bốn"),
                ("thon dong hoa", "Năm"),
                ("xom bai chao", "Sáu"),
            ]
        )
    ]
    done = take_in(write(*lines))
    assert done.run.added == 4
    assert {row.id: row.households for row in application.territory.areas()} == {hoa.id: 3, area.id: 1}


def test_two_names_that_differ_by_a_tone_are_two_areas(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN, BE.replace("Bản Lác", "Bản Lạc")))
    assert [(row.name, row.households) for row in application.territory.areas()] == [
        ("Bản Lác", 1),
        ("Bản Lạc", 1),
    ]


def test_a_signature_replaces_absence_and_a_later_list_corrects_its_day(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(BE))
    (be,) = homes(application)
    campaign = application.commitments.yearly().id
    application.commitments.record(be.id, campaign, CommitmentState.ABSENT)

    def paper() -> tuple[CommitmentState, date | None]:
        (row,) = application.commitments.entries(be.area_id, campaign)
        return row.state, row.signed_on

    for day in (10, 11):
        done = take_in(write(f"{BE}{day}/02/2026", name=f"{day}.csv"))
        assert results(done) == {2: "changed"}
        assert paper() == (CommitmentState.SIGNED, date(2026, 2, day))
    assert homes(application) == [be]


def test_a_signature_dated_in_the_future_is_set_aside(
    application: Application, write: WriteList, take_in: Import
) -> None:
    done = take_in(write(AN.replace("05/02/2026", "21/11/2026"), BE))
    assert results(done) == {2: "faulty", 3: "new"}
    assert done.rows[0].why["facts"] == {"day": "21/11/2026"}
    assert [home.head for home in homes(application)] == ["Hà Thị Bé"]


def test_a_household_changed_elsewhere_meanwhile_stops_the_whole_import(
    application: Application, write: WriteList, take_in: Import, kept: Kept
) -> None:
    take_in(write(AN))
    plan = plan_of(application, write(AN.replace(",4,", ",8,"), BE, name="b.csv"))
    (an,) = homes(application)
    application.households.save(replace(an, phone="0900000000"))
    before = kept()
    with pytest.raises(ChangedElsewhere):
        application.intake.run(plan)
    assert kept() == before
    assert [home.phone for home in homes(application)] == ["0900000000"]


def test_one_plan_cannot_be_carried_out_twice(application: Application, write: WriteList, kept: Kept) -> None:
    plan = plan_of(application, write(AN, BE))
    application.intake.run(plan)
    before = kept()
    with pytest.raises(Clash):
        application.intake.run(plan)
    assert kept() == before


def test_two_files_of_one_village_clash_row_by_row(
    application: Application, write: WriteList, take_in: Import
) -> None:
    take_in(write(AN, BE, CUC, name="truong-thon.csv"))
    other = [
        AN.replace("Bùi Văn An", "Hoàng Thị Khác"),  # the number of another family
        BE.replace("025175000002", "025175000009"),  # the same name with another number
        CUC.replace(",2,", ",3,"),  # the same family, one more person
        "Đinh Công Mới,1970,025070000007,Xóm Mường,4,,",
    ]
    done = take_in(write(*other, name="cong-an.csv"))
    assert results(done) == {2: "doubtful", 3: "doubtful", 4: "changed", 5: "new"}
    assert [(row.why.get("facts"), row.why["message"]) for row in done.rows[:2]] == [
        ({"head": "Bùi Văn An"}, "The same citizen id, but another name: {head}."),
        ({}, "The same name in the same residential area, but another citizen id."),
    ]
    assert [(home.head, home.members) for home in homes(application)] == [
        ("Bùi Văn An", 4),
        ("Hà Thị Bé", 3),
        ("Lê Thị Cúc", 3),
        ("Đinh Công Mới", 4),
    ]


@pytest.mark.parametrize("stops_at", [1, 2, 3, 4])
def test_stopping_in_the_middle_leaves_nothing(
    application: Application, write: WriteList, kept: Kept, stops_at: int
) -> None:
    plan = plan_of(application, write(*many(1100)))
    before = kept()
    reported = []

    def watch(done: int, total: int, what: str) -> None:
        reported.append((done, total))
        if len(reported) == stops_at:
            progress.cancel()

    progress = Progress(watch)
    with pytest.raises(Cancelled):
        application.intake.run(plan, progress=progress)
    assert kept() == before
    assert len(reported) == stops_at


def test_a_file_changed_after_it_was_read_is_not_taken_in(
    application: Application, write: WriteList, kept: Kept
) -> None:
    path = write(AN)
    plan = plan_of(application, path)
    write(AN, BE)
    before = kept()
    with pytest.raises(FileChanged):
        application.intake.run(plan)
    assert kept() == before


def test_a_stick_that_is_gone_leaves_nothing(application: Application, write: WriteList, kept: Kept) -> None:
    path = write(AN)
    plan = plan_of(application, path)
    path.unlink()
    before = kept()
    with pytest.raises(FileNotReadable):
        application.intake.run(plan)
    assert kept() == before


@pytest.mark.parametrize(
    "name", ["thon-ban-lac.xls", "xom-muong-voi.csv", "dong-hoa-sim-trong.xlsx", "khu-nam-thuong.xls"]
)
def test_each_sample_comes_in_whole(application: Application, take_in: Import, kept: Kept, name: str) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))[name]
    check_against(application, take_in(SAMPLES / name), truth["rows"], truth["faults"])
    before = kept()
    assert not take_in(SAMPLES / name).changes
    assert kept() == before


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["ho-dan-unicode.xlsx", "ho-dan-tcvn3.xls", "ho-dan-vni.xls", "ho-dan-nfd.csv"]
)
def test_each_file_of_the_communes_comes_in_whole(
    application: Application, take_in: Import, kept: Kept, shared_folder: Path, name: str
) -> None:
    folder = shared_folder / "data" / "spreadsheets"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    check_against(application, take_in(folder / name), truth[name], truth.get(f"{name}:faults", []))
    before = kept()
    assert not take_in(folder / name).changes
    assert kept() == before


def check_against(
    application: Application, done: ImportResult, rows: list[dict[str, Any]], faults: list[dict[str, Any]]
) -> None:
    """See that the workspace holds exactly ``rows``, and that a result stands for each of ``faults``."""
    assert Counter(row.result for row in done.rows) == Counter(
        {"new": len(rows), "faulty": len(faults)} if faults else {"new": len(rows)}
    )
    areas = {row.id: row.name for row in application.territory.areas()}
    campaign = application.commitments.yearly().id
    signed = {
        entry.household_id: entry.signed_on
        for key in areas
        for entry in application.commitments.entries(key, campaign)
    }
    found = [
        (
            home.head,
            home.birth,
            home.citizen_id,
            areas[home.area_id],
            home.members,
            home.phone,
            signed[home.id],
        )
        for home in homes(application)
    ]
    wanted = [
        (
            row["head"],
            row["birth"],
            row["citizen_id"],
            row["hamlet"],
            row["members"],
            row["phone"],
            date.fromisoformat(row["signed"]) if row["signed"] else None,
        )
        for row in rows
    ]
    assert Counter(found) == Counter(wanted)
    assert sorted({row["hamlet"] for row in rows}) == sorted(areas.values())
    lines = [row.line for row in done.rows if row.result == "faulty"]
    assert lines == [fault["line"] for fault in faults]


def test_nine_thousand_rows_come_in_while_somebody_waits(
    application: Application, write: WriteList, take_in: Import
) -> None:
    path = write(*many(9000))
    steps = [time.process_time()]

    def lap() -> float:
        steps.append(time.process_time())
        return steps[-1] - steps[-2]

    sheet = application.intake.read(path)
    read = lap()
    plan = application.intake.plan(sheet)
    planned = lap()
    done = application.intake.run(plan)
    kept_in = lap()
    again = take_in(path)
    repeated = lap()
    figures = f"read {read:.1f} s, planned {planned:.1f} s, kept {kept_in:.1f} s, again {repeated:.1f} s"
    assert (done.run.added, again.run.unchanged, bool(again.changes)) == (9000, 9000, False)
    assert application.households.count(HouseholdFilter()) == 9000
    # Generous, and of the processor alone: only a step that grows with the square of the rows fails it.
    assert sum((read, planned, kept_in, repeated)) < 120, figures
