"""Every indicator once more, in another way: from the raw rows of a generated commune, in plain Python, without any query."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.periods import Period, reporting_period
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.coverage import coverage
from antq_desktop.storage.queries.counting import count, count_by_area, total_of
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.measures import FINDERS
from antq_desktop.storage.queries.scope import report_scope
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import KINDS, to_body

Row = dict[str, Any]
#: Residential areas are assessed to 31/10, other units to 15/11 (TT 124/2021/TT-BCA, Điều 8 khoản 2).
PERIOD_ENDS = {"residential_area": "10-31", "agency": "11-15", "enterprise": "11-15", "school": "11-15"}
NOT_ASSESSED = {"tieu-hoc", "mam-non", "mau-giao", "nha-tre", "nho", "sieu-nho", "luc-luong-vu-trang"}
#: Steps of a model's life that change its state; all others leave it as it is.
TURNING = {"ra-mat", "cung-co", "tam-dung", "thanh-loai"}
PERIODS = ("2025", "2026-Q1", "2026-H1", "2026-9M", "2026")


@pytest.fixture(scope="module")
def generated(made: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    folder = Path(shutil.copytree(made.folder, tmp_path_factory.mktemp("generated") / "commune"))
    opened = open_workspace(folder, "cây đa bến nước 04978", lambda: datetime(2026, 12, 31, 5, tzinfo=UTC))
    opened.generated_commune.make(households=1500, years=2, seed=3)
    change_areas(opened)
    yield opened
    opened.close()


def change_areas(application: Application) -> None:
    """Merge two areas that have a model and a team after the third quarter, and merge what came of it once more."""
    first, second, third, fourth = (row.id for row in application.territory.areas()[:4])
    merged = application.territory.merge([first, second], "Thôn gộp", "thôn", date(2026, 10, 1)).record
    application.territory.merge([merged.id, third], "Thôn gộp lại", "thôn", date(2026, 12, 1))
    homes = application.households.page(HouseholdFilter(area_id=fourth), Window())
    named = [home.id for home in homes[::2]]
    application.territory.split(fourth, [("Phần một", []), ("Phần hai", named)], date(2026, 12, 20))


@pytest.fixture(scope="module")
def rows(generated: Application) -> dict[str, list[Row]]:
    """Return every record as the JSON that a bundle would carry."""
    with generated.period_figures._store.reading() as work:
        return {
            kind.entity: json.loads(json.dumps([to_body(record) for record in work.all(kind.record)]))
            for kind in KINDS
        }


class Recount:
    """Counts the rows of one reporting period of the whole commune; days are ISO texts, which sort as days do."""

    def __init__(self, rows: dict[str, list[Row]], code: str) -> None:
        period = reporting_period(code)
        self.rows, self.year = rows, period.year
        self.first, self.last = period.days.first.isoformat(), period.days.last.isoformat()

    def within(self, day: str | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def there(self, begins: str | None, ends: str | None) -> bool:
        return begins is not None and begins <= self.last and (ends is None or ends >= self.last)

    def area_of(self, row: Row) -> str:
        """Return where the record was on the last day: the area that it left first after that, else today's."""
        began = {area["id"]: area["valid_from"] for area in self.rows["residential_areas"]}
        left = sorted((day, area) for area, day in (row["past_areas"] or {}).items() if day >= self.last)
        today = str(row["area_id"])
        return left[0][1] if left and began[today] > self.last else today

    # Households

    def papers(self) -> dict[str, Row]:
        yearly = {
            row["id"]
            for row in self.rows["campaigns"]
            if row["year"] == self.year and row["kind"] == "yearly"
        }
        return {row["household_id"]: row for row in self.rows["commitments"] if row["campaign_id"] in yearly}

    def living(self) -> list[Row]:
        papers = self.papers()
        return [
            row
            for row in self.rows["households"]
            if (row["residence"] == "living" or (row["moved_on"] or "") > self.last)
            and not self.gone(papers.get(row["id"], {}))
        ]

    def of_state(self, state: str) -> int:
        papers = self.papers()
        found = [papers[row["id"]] for row in self.living() if row["id"] in papers]
        if state == "signed":
            unknown = {"signed": "", "moved_away": "never"}
            return sum(
                (row["signed_on"] or unknown[row["state"]]) <= self.last
                for row in found
                if row["state"] in unknown
            )
        return sum(row["state"] == state and (row["state_on"] or "") <= self.last for row in found)

    def gone(self, paper: Row) -> bool:
        return paper.get("state") == "moved_away" and not (paper["state_on"] or "") > self.last

    def thematic(self) -> Counter[str]:
        kinds = {row["id"]: row["kind"] for row in self.rows["campaigns"] if row["year"] == self.year}
        return Counter(
            kinds[row["campaign_id"]]
            for row in self.rows["commitments"]
            if kinds.get(row["campaign_id"], "yearly") != "yearly"
            and row["state"] == "signed"
            and row["signed_on"] <= self.last
        )

    # Areas and units

    def areas(self) -> list[str]:
        return [
            row["id"]
            for row in self.rows["residential_areas"]
            if self.there(row["valid_from"], row["valid_to"])
        ]

    def units(self) -> list[tuple[str, str]]:
        listed = [
            *(("residential_area", row) for row in self.rows["residential_areas"]),
            *(
                (row["kind"], row)
                for row in self.rows["listed_units"]
                if row["managed"] and row["category"] not in NOT_ASSESSED
            ),
        ]
        return [
            (kind, row["id"])
            for kind, row in listed
            if row["valid_from"] <= self.ends(kind) <= (row["valid_to"] or "9")
        ]

    def ends(self, kind: str) -> str:
        return min(f"{self.year}-{PERIOD_ENDS[kind]}", self.last)

    def registered(self) -> set[tuple[str, str]]:
        days = {
            (row["unit_kind"], row["unit_id"]): row["answers"]["k1-dang-ky"]["value"]["date"]
            for row in self.rows["self_assessments"]
            if row["year"] == self.year
            and row["unit_kind"] == "residential_area"
            and "k1-dang-ky" in row["answers"]
        }
        days |= {
            (row["unit_kind"], row["unit_id"]): row["on"]
            for row in self.rows["year_steps"]
            if row["year"] == self.year and row["step"] == "registration"
        }
        return {key for key, day in days.items() if day <= self.last}

    def assessed(self, *results: str) -> set[tuple[str, str]]:
        return {
            (row["unit_kind"], row["unit_id"])
            for row in self.rows["self_assessments"]
            if row["year"] == self.year
            and row["state"] == "final"
            and row["assessed_on"] <= self.last
            and row["result"] in results
        }

    def recognised(self) -> set[tuple[str, str]]:
        withdrawn = {
            row["recognition_id"]
            for row in self.rows["certificates"]
            if row["withdrawn_on"] is not None and row["withdrawn_on"] <= self.last
        }
        return {
            (row["unit_kind"], row["unit_id"])
            for row in self.rows["recognitions"]
            if row["year"] == self.year and row["decision_date"] <= self.last and row["id"] not in withdrawn
        }

    def of_areas(self, units: set[tuple[str, str]]) -> int:
        return sum(("residential_area", area) in units for area in self.areas())

    # Models

    def working(self) -> list[Row]:
        later: dict[str, Row] = {}
        for step in sorted(self.rows["model_steps"], key=lambda step: (step["on"], step["place"])):
            if step["on"] > self.last and step["step"] in TURNING:
                later.setdefault(step["model_id"], step)
        found = []
        for row in self.rows["community_models"]:
            began = row["launched_on"] or row["decision_date"]
            if row["id"] in later:
                works = later[row["id"]]["state_before"] == "working"
            elif row["state"] == "working":
                works = began is None or began <= self.last
            else:
                works = (
                    row["state"] == "closed" and row["closed_on"] > self.last and (began or "9") <= self.last
                )
            if works:
                found.append(row)
        return found

    def parts_of(self, model: Row, kind: str) -> list[Row] | None:
        """Return the parts that go on; None where the model never had one of the kind."""
        all_ = [
            row for row in self.rows["model_parts"] if row["model_id"] == model["id"] and row["kind"] == kind
        ]
        begun = [row for row in all_ if row["valid_from"] <= self.last]
        going_on = [row for row in begun if row["valid_to"] is None or row["valid_to"] >= self.last]
        return going_on if begun else None

    def typed(self, model: Row, name: str) -> int:
        return int(model[name] if model[f"typed_{name}"] is None else model[f"typed_{name}"])

    def parts(self, kind: str) -> int:
        found = [(model, self.parts_of(model, kind)) for model in self.working()]
        return sum(self.typed(model, f"{kind}s") if parts is None else len(parts) for model, parts in found)

    def members(self) -> int:
        total = 0
        for model in self.working():
            sites, groups = self.parts_of(model, "site"), self.parts_of(model, "group")
            if sites is None and groups is None:
                total += self.typed(model, "members")
                continue
            counts = [part["members"] for part in groups or sites or []]
            total += self.typed(model, "members") if None in counts else sum(counts)
        return total

    def activities(self) -> list[Row]:
        return [row for row in self.rows["model_activities"] if self.within(row["on"])]

    # The rest

    def on(self, table: str, day: str = "on") -> list[Row]:
        return [row for row in self.rows[table] if self.within(row[day])]

    def teams(self) -> dict[str, Row]:
        return {
            row["id"]: row
            for row in self.rows["security_teams"]
            if self.there(row["valid_from"], row["valid_to"])
        }

    def awards(self, recipient: str = "") -> list[Row]:
        return [
            row
            for row in self.on("awards", "decision_date")
            if row["state"] == "decided" and row["recipient_kind"].startswith(recipient)
        ]

    def programmes(self) -> int:
        return sum(
            self.there(row["signed_on"], row["ends_on"]) for row in self.rows["coordination_programmes"]
        )

    def figures(self) -> dict[str, Amount]:
        living, areas, units = len(self.living()), len(self.areas()), self.units()
        signed = self.of_state("signed")
        recognised, registered = self.recognised(), self.registered()
        with_model = len({self.area_of(row) for row in self.working() if row["area_id"]} & set(self.areas()))
        festivals, outreach, trainings = (
            self.on("festival_days"),
            self.on("outreach_campaigns", "starts_on"),
            self.on("team_trainings"),
        )
        with_festival = len({area for row in festivals for area in row["area_ids"]} & set(self.areas()))
        with_team = len({self.area_of(row) for row in self.teams().values()} & set(self.areas()))
        done = self.activities()
        quantities = summed((unit, count) for row in done for unit, count in row["quantities"].items())
        by_kind = summed(
            (f"{row['kind']}/{unit}", count) for row in done for unit, count in row["quantities"].items()
        )
        areas_recognised = self.of_areas(recognised)
        units_registered, units_recognised = (
            sum(key in found for key in units) for found in (registered, recognised)
        )
        members = [
            row
            for row in self.rows["team_members"]
            if row["team_id"] in self.teams() and self.there(row["joined_on"], row["left_on"])
        ]
        return {
            "households_living": living,
            "people_living": sum(row["members"] or 0 for row in self.living()),
            "households_signed": signed,
            "share_signed": Ratio(signed, living),
            "households_absent": self.of_state("absent"),
            "households_refused": self.of_state("refused"),
            "thematic_signed": dict(self.thematic()),
            "thematic_count": self.thematic().total(),
            "areas": areas,
            "areas_registered": self.of_areas(registered),
            "areas_assessed": self.of_areas(self.assessed("met", "not_met")),
            "areas_met": self.of_areas(self.assessed("met")),
            "areas_recognised": areas_recognised,
            "share_recognised": Ratio(areas_recognised, areas),
            "areas_with_model": with_model,
            "share_with_model": Ratio(with_model, areas),
            "units": len(units),
            "units_by_kind": dict(Counter(kind for kind, _ in units)),
            "units_registered": units_registered,
            "units_recognised": units_recognised,
            "units_recognised_by_kind": dict(Counter(key[0] for key in units if key in recognised)),
            "share_units_registered": Ratio(units_registered, len(units)),
            "share_units_recognised": Ratio(units_recognised, len(units)),
            "models_working": len(self.working()),
            "models_begun": sum(
                row["state"] != "proposed" and self.within(row["launched_on"] or row["decision_date"])
                for row in self.rows["community_models"]
            ),
            "models_closed": sum(self.within(row["closed_on"]) for row in self.rows["community_models"]),
            "model_sites": self.parts("site"),
            "model_groups": self.parts("group"),
            "model_members": self.members(),
            "models_by_rating": self.ratings("model_ratings"),
            "activity_count": len(done),
            "activities": dict(Counter(row["kind"] for row in done)),
            "quantities": quantities,
            "quantities_by_kind": by_kind,
            "meetings": by_kind.get("sinh-hoat/buoi", 0),
            "patrols": by_kind.get("tuan-tra/ca", 0),
            "tips": quantities.get("tin", 0),
            "mediations": by_kind.get("hoa-giai/vu", 0),
            "mediations_settled": by_kind.get("hoa-giai/vu-thanh", 0),
            "festival_sites": len(festivals),
            "areas_with_festival": with_festival,
            "share_with_festival": Ratio(with_festival, areas),
            "festival_attendance": sum(row["attendance"] for row in festivals),
            "festival_gifts": sum(row["gifts"] for row in festivals),
            "festival_gift_value": sum(row["gift_value_vnd"] for row in festivals),
            "festival_awards": sum(row["awards"] for row in festivals),
            "festival_pledges": sum(row["pledges"] for row in festivals),
            "festival_handed_in": summed(pair for row in festivals for pair in row["handed_in"].items()),
            "outreach_campaigns": dict(Counter(row["kind"] for row in outreach)),
            "outreach_count": len(outreach),
            "outreach_sessions": sum(row["sessions"] for row in outreach),
            "outreach_attendance": sum(row["attendance"] for row in outreach),
            "outreach_leaflets": sum(row["leaflets"] for row in outreach),
            "outreach_articles": sum(row["articles"] for row in outreach),
            "security_teams": len(self.teams()),
            "areas_with_team": with_team,
            "share_with_team": Ratio(with_team, areas),
            "team_members": len(members),
            "team_trainings": len(trainings),
            "team_training_attendees": sum(row["attendees"] for row in trainings),
            "members_by_rating": self.ratings("member_ratings"),
            "steering_committees": sum(
                self.there(row["valid_from"], row["valid_to"]) for row in self.rows["steering_committees"]
            ),
            "programmes_in_force": self.programmes(),
            "programmes_signed": len(self.on("coordination_programmes", "signed_on")),
            "awards": dict(Counter(row["kind"] for row in self.awards())),
            "award_count": len(self.awards()),
            "awards_to_collectives": len(self.awards("collective")),
            "awards_to_persons": len(self.awards("person")),
        }

    def ratings(self, table: str) -> dict[str, int]:
        begun = {model["id"] for model in self.rows["community_models"] if self.has_begun(model)}
        return dict(
            Counter(
                row["rating"]
                for row in self.rows[table]
                if row["year"] == self.year
                and row["rated_on"] <= self.last
                and (table != "model_ratings" or row["model_id"] in begun)
            )
        )

    def has_begun(self, model: Row) -> bool:
        steps = [step for step in self.rows["model_steps"] if step["model_id"] == model["id"]]
        later = [step for step in steps if step["on"] > self.last and step["step"] in TURNING]
        if later:
            return bool(
                min(later, key=lambda step: (step["on"], step["place"]))["state_before"] != "proposed"
            )
        began = model["launched_on"] or model["decision_date"]
        if model["state"] == "working":
            return began is None or bool(began <= self.last)
        if model["state"] == "closed" and model["closed_on"] > self.last:
            return (began or "9") <= self.last
        return bool(model["state"] != "proposed")


def summed(pairs: Any) -> dict[str, int]:
    ordered = sorted(pairs)
    return {
        key: sum(count for _key, count in group) for key, group in groupby(ordered, key=lambda pair: pair[0])
    }


@pytest.mark.parametrize("code", PERIODS)
def test_every_indicator_is_the_same_counted_from_the_rows(
    generated: Application, rows: dict[str, list[Row]], code: str
) -> None:
    assert generated.period_figures.amounts(code) == Recount(rows, code).figures()


@pytest.mark.parametrize("code", ["2026-Q1", "2026"])
def test_the_rows_behind_a_figure_add_up_to_it(generated: Application, code: str) -> None:
    for name, amount in generated.period_figures.amounts(code).items():
        behind = generated.period_figures.behind(name, code)
        counted = sum(row.amount for row in behind if row.counted)
        assert counted == (
            amount
            if isinstance(amount, int)
            else amount.part
            if isinstance(amount, Ratio)
            else sum(amount.values())
        ), name


@pytest.mark.parametrize("last", [date(2026, 9, 14), date(2026, 10, 31), date(2026, 12, 31)])
def test_each_area_counts_by_itself_what_it_adds_to_the_whole(generated: Application, last: date) -> None:
    """One question for all areas and one for each area alone say the same, before, between and after they change."""
    whole = report_scope(coverage(generated.catalogues, 2026), Period(date(2025, 12, 15), last))
    with generated.period_figures._store.reading() as work:
        areas = work.all(ResidentialArea)
        asked = {name: rows for name, find in FINDERS.items() if (rows := find(work, whole)).area is not None}
        for name, rows in asked.items():
            assert rows.area is not None
            together = count_by_area(work, rows, rows.area)
            alone = {
                area.id: count(
                    work, FINDERS[name](work, replace(whole, unit=UnitKey("residential_area", area.id)))
                )
                for area in areas
            }
            found = {key: number for key, number in together.items() if key is not None}
            assert {key: number for key, number in alone.items() if number} == {
                key: number for key, number in found.items() if number
            }, name
            assert {area.id for area in areas if not area.alive_on(last)}.isdisjoint(found), name
    assert {"households_living", "quantities", "models_working", "team_members"} <= asked.keys()


def test_the_households_of_one_area_are_found_by_an_index(generated: Application) -> None:
    with generated.period_figures._store.reading() as work:
        area = work.all(ResidentialArea)[0]
        whole = report_scope(
            coverage(generated.catalogues, 2026), Period(date(2025, 12, 15), date(2026, 9, 14))
        )
        here = replace(whole, unit=UnitKey("residential_area", area.id))
        asked = total_of(FINDERS["households_living"](work, here)).compile(
            work.connection.engine, compile_kwargs={"literal_binds": True}
        )
        plan = [row[3] for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert any(line.startswith("SEARCH households") and "area_id=?" in line for line in plan), plan


def test_the_generated_year_moves_every_indicator(generated: Application) -> None:
    """A figure that is nothing in every period would prove nothing."""
    seen = [generated.period_figures.amounts(code) for code in PERIODS]
    still = {name for name in seen[0] if not any(_is_something(amounts[name]) for amounts in seen)}
    assert still == set()


def test_a_share_is_the_exact_part(generated: Application) -> None:
    share = generated.period_figures.amounts("2026")["share_signed"]
    assert isinstance(share, Ratio)
    assert Fraction(9, 10) < Fraction(share.part, share.whole) <= 1


def _is_something(amount: Amount) -> bool:
    return bool(amount.part if isinstance(amount, Ratio) else amount)


def test_the_months_of_a_year_add_up_to_what_its_report_says(
    generated: Application, rows: dict[str, list[Row]]
) -> None:
    months, whole = generated.period_figures.months(2026), generated.period_figures.amounts("2026")
    assert [month.month for month in months] == list(range(1, 13))
    assert sum(month.activities for month in months) == whole["activity_count"]
    assert (months[-1].signed, months[-1].recognised) == (
        whole["households_signed"],
        whole["units_recognised"],
    )
    assert all(earlier.days.last < later.days.first for earlier, later in pairwise(months))
    march = months[2]
    done = [row for row in rows["model_activities"] if "2026-02-15" <= row["on"] <= "2026-03-14"]
    assert (march.activities, march.activities > 0) == (len(done), True)


def test_the_models_behind_the_figure_by_rating_are_told_with_it(generated: Application) -> None:
    rated = generated.period_figures.rated_models(2026)
    assert dict(Counter(rated.values())) == generated.period_figures.amounts("2026")["models_by_rating"]
    assert rated
