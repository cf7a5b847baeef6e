"""What an import would do with each row, worked out from plain data before anything is written."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from antq_desktop.domain.commitments import Commitment, CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.intake.household_sheet import HouseholdSheet, TableChoice, read_households
from antq_desktop.services.intake_plan import ImportPlan, Known, Outcome, Planner, papers_by_household

TODAY = date(2026, 11, 20)
HEADER = "STT,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Thôn/xóm,Số khẩu,Điện thoại,Ngày ký cam kết"
AN = "Bùi Văn An,12/03/1980,025080000001,Bản Lác,4,0912345678,05/02/2026"
BE = "Hà Thị Bé,01/07/1975,025175000002,Bản Lác,3,0912345679,"
Plan = Callable[..., ImportPlan]


def area(key: str, name: str, since: int = 2020, until: date | None = None) -> ResidentialArea:
    return ResidentialArea(
        id=key, unit_code="04978", name=name, kind="bản", valid_from=date(since, 1, 1), valid_to=until
    )


LAC = area("lac", "Bản Lác")
HOME = Household(
    id="an",
    unit_code="04978",
    area_id="lac",
    head="Bùi Văn An",
    birth="1980-03-12",
    citizen_id="025080000001",
    members=4,
    phone="0912345678",
    version={"d": 1},
)


def signed(day: date | None) -> Commitment:
    return Commitment(
        id="paper",
        unit_code="04978",
        household_id="an",
        campaign_id="yearly",
        year=2026,
        state=CommitmentState.SIGNED if day else CommitmentState.ABSENT,
        signed_on=day,
    )


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., HouseholdSheet]:
    """Return what reads lines of a list: ``sheet(AN, BE)``; the first household stands in line 2."""

    def read(*lines: str, choice: TableChoice | None = None) -> HouseholdSheet:
        path = tmp_path / "danh-sach.csv"
        numbered = [f"{number},{line}" for number, line in enumerate(lines, 1)]
        path.write_text("\n".join([HEADER, *numbered]), encoding="utf-8")
        return read_households(path, choice=choice)

    return read


@pytest.fixture
def plan(sheet: Callable[..., HouseholdSheet]) -> Plan:
    """Return what plans lines of a list against what is known already."""

    def planned(
        *lines: str,
        areas: Sequence[ResidentialArea] = (LAC,),
        households: Sequence[Household] = (),
        papers: Sequence[Commitment] = (),
        update: bool = True,
        append: bool = True,
    ) -> ImportPlan:
        ids = count(1)
        known = Known("04978", areas, households, papers_by_household(papers))
        planner = Planner(
            known, TODAY, lambda: f"id{next(ids)}", update=update, append=append, since=date(2025, 1, 1)
        )
        return planner.plan(sheet(*lines))

    return planned


def outcomes(plan: ImportPlan) -> list[tuple[int, Outcome]]:
    return [(row.line, row.outcome) for row in plan.rows]


def test_a_household_nobody_knows_is_new(plan: Plan) -> None:
    made = plan(AN)
    (row,) = made.rows
    assert (row.outcome, row.signed_on) == ("new", date(2026, 2, 5))
    assert row.household == Household(
        id=row.household.id if row.household else "",
        unit_code="04978",
        area_id="lac",
        head="Bùi Văn An",
        birth="1980-03-12",
        citizen_id="025080000001",
        members=4,
        phone="0912345678",
    )
    assert made.new_areas == ()


def test_a_row_that_says_what_is_kept_changes_nothing(plan: Plan) -> None:
    made = plan(AN, households=[HOME], papers=[signed(date(2026, 2, 5))])
    assert outcomes(made) == [(2, "unchanged")]


@pytest.mark.parametrize("paper", [[], [signed(None)], [signed(date(2026, 2, 6))]])
def test_a_signature_that_is_not_kept_so_is_a_change(plan: Plan, paper: list[Commitment]) -> None:
    (row,) = plan(AN, households=[HOME], papers=paper).rows
    assert (row.outcome, row.household, row.signed_on) == ("changed", HOME, date(2026, 2, 5))


def test_a_row_without_a_signature_leaves_the_kept_one(plan: Plan) -> None:
    line = AN.removesuffix("05/02/2026")
    assert outcomes(plan(line, households=[HOME], papers=[signed(date(2026, 2, 5))])) == [(2, "unchanged")]


def test_update_and_append_are_two_switches(plan: Plan) -> None:
    def run(*, update: bool, append: bool) -> list[tuple[int, Outcome]]:
        changed = AN.replace(",4,", ",5,")
        return outcomes(plan(changed, BE, households=[HOME], update=update, append=append))

    assert run(update=True, append=True) == [(2, "changed"), (3, "new")]
    assert run(update=True, append=False) == [(2, "changed"), (3, "left_out")]
    assert run(update=False, append=True) == [(2, "left_out"), (3, "new")]


def test_a_doubtful_row_names_its_candidates_and_could_stand_alone(plan: Plan) -> None:
    (row,) = plan("Bùi Văn An,,,Bản Lác,6,,", households=[HOME]).rows
    assert (row.outcome, row.candidates) == ("doubtful", (HOME,))
    assert row.message == (
        "The same name in the same residential area; without the birth it cannot be told apart."
    )
    assert row.household is not None
    assert (row.household.head, row.household.members, row.household.area_id) == ("Bùi Văn An", 6, "lac")


def test_areas_are_made_once_whatever_the_tone_stands_on(plan: Plan) -> None:
    made = plan(
        AN.replace("Bản Lác", "Thôn Đồng Hoà"),
        BE.replace("Bản Lác", "Thôn Đồng Hòa"),
        "Lê Thị Cúc,1990,,Tổ dân phố số 5,2,,",
    )
    assert [(made_.name, made_.kind, made_.valid_from) for made_ in made.new_areas] == [
        ("Thôn Đồng Hoà", "thôn", date(2025, 1, 1)),
        ("Tổ dân phố số 5", "tổ dân phố", date(2025, 1, 1)),
    ]
    areas = [row.household.area_id for row in made.rows if row.household]
    assert areas == [made.new_areas[0].id, made.new_areas[0].id, made.new_areas[1].id]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("BẢN LÁC", "lac"), ("Ban Lac", "lac"), ("bản lạc", "id1"), ("Bản Lạc", "id1")],
)
def test_an_area_is_known_by_its_name_not_by_what_it_folds_to(plan: Plan, typed: str, found: str) -> None:
    made = plan(AN.replace("Bản Lác", typed))
    assert [row.household.area_id for row in made.rows if row.household] == [found]


def test_a_name_without_tones_that_fits_two_areas_is_left_to_the_officer(plan: Plan) -> None:
    made = plan(AN.replace("Bản Lác", "Ban Lac"), areas=[LAC, area("lach", "Bản Lạc")])
    (row,) = made.rows
    assert (row.outcome, dict(row.facts)) == ("faulty", {"name": "Ban Lac"})
    assert row.message == "«{name}» may be one of several residential areas. Type it with its tone marks."
    assert made.new_areas == ()


@pytest.mark.parametrize(
    "gone", [area("lac", "Bản Lác", until=date(2026, 6, 30)), area("lac", "Bản Lác", since=2027)]
)
def test_an_area_that_is_not_there_today_blocks_its_rows_only(plan: Plan, gone: ResidentialArea) -> None:
    made = plan(AN, "Lê Thị Cúc,1990,,Xóm Mường,2,,", areas=[gone])
    assert outcomes(made) == [(2, "faulty"), (3, "new")]
    assert made.rows[0].message.startswith("The residential area «{name}» does not exist today.")
    assert [new.name for new in made.new_areas] == ["Xóm Mường"]


def test_an_area_that_ended_long_ago_gives_its_name_free(plan: Plan) -> None:
    made = plan(AN, areas=[area("lac", "Bản Lác", until=date(2024, 12, 31))])
    assert [(new.name, new.id) for new in made.new_areas] == [("Bản Lác", "id1")]


def test_only_areas_that_a_household_needs_are_made(plan: Plan) -> None:
    late = AN.replace("Bản Lác", "Xóm Mới").replace("05/02/2026", "05/02/2027")
    made = plan(late, BE)
    assert outcomes(made) == [(2, "faulty"), (3, "new")]
    assert made.new_areas == ()


def test_a_row_without_any_area_waits_until_somebody_names_one(
    tmp_path: Path, sheet: Callable[..., HouseholdSheet]
) -> None:
    path = tmp_path / "khong-thon.csv"
    path.write_text("STT,Họ tên,Ngày sinh,Số CCCD\n1,Bùi Văn An,12/03/1980,025080000001\n", encoding="utf-8")
    ids = count(1)

    def planned(choice: TableChoice | None) -> ImportPlan:
        planner = Planner(
            Known("04978", [LAC], [], {}),
            TODAY,
            lambda: f"id{next(ids)}",
            update=True,
            append=True,
            since=date(2025, 1, 1),
        )
        return planner.plan(read_households(path, choice=choice))

    (row,) = planned(None).rows
    assert (row.outcome, row.household) == ("faulty", None)
    assert row.message == "The row names no residential area. Say which one the list belongs to."
    (named,) = planned(TableChoice(hamlet="Bản Lác")).rows
    assert (named.outcome, named.household.area_id if named.household else "") == ("new", "lac")


def test_a_signature_dated_in_the_future_keeps_the_row_out(plan: Plan) -> None:
    (row,) = plan(AN.replace("05/02/2026", "21/11/2026")).rows
    assert (row.outcome, row.household, dict(row.facts)) == ("faulty", None, {"day": "21/11/2026"})
    assert outcomes(plan(AN.replace("05/02/2026", "20/11/2026"))) == [(2, "new")]


def test_what_no_household_may_be_is_faulty_even_where_it_is_doubtful(plan: Plan) -> None:
    future = "Bùi Văn An,24/12/2026,,Bản Lác,4,,"
    made = plan(future, future.replace("An", "Ất"), households=[HOME])
    assert made.sheet.faults == ()
    assert outcomes(made) == [(2, "faulty"), (3, "faulty")]
    assert [(row.household, row.candidates) for row in made.rows] == [(None, ())] * 2


def test_a_row_has_one_result_however_many_faults_it_has(plan: Plan) -> None:
    made = plan("Bùi Văn An,31/02/1980,12345,Bản Lác,-4,,", BE)
    assert outcomes(made) == [(2, "faulty"), (3, "new")]
    assert len(made.sheet.faults) == 3
    assert made.rows[0].message == made.sheet.faults[0].sentence
    assert [made.count(outcome) for outcome in ("faulty", "new", "changed")] == [1, 1, 0]


def test_two_rows_of_the_same_family_never_become_one(plan: Plan) -> None:
    made = plan("Bùi Văn Ba,1990,,Bản Lác,2,,", "Bùi Văn Ba,1990,,Bản Lác,3,,")
    assert outcomes(made) == [(2, "new"), (3, "doubtful")]
    assert (made.rows[1].candidates, dict(made.rows[1].facts)) == ((), {"line": 2})
