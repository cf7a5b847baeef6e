"""The yearly process: where each step stands on a day, what comes next, and a place for each slip."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.yearly_process import (
    Derived,
    StepState,
    WrongDeadline,
    check_deadlines,
    next_step,
    parse_process,
    standing,
)
from antq_desktop.domain.yearly_steps import YearStep


def step(step_id: str, **more: object) -> dict[str, Any]:
    return {
        "id": step_id,
        "unit_kinds": ["agency"],
        "name": step_id,
        "legal_basis": "b",
        "status": "seen",
        **more,
    }


def until(day: str, **more: object) -> dict[str, Any]:
    return {"day": day, "legal_basis": "Quý I", "status": "seen", **more}


PLAIN: dict[str, Any] = {
    "schema": 1,
    "kind": "process",
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 2, 10),
    "steps": [
        step("resolution", need="with_party", asks=["number"], deadline=until("03-31")),
        step("resolution", unit_kinds=["commune", "residential_area"], asks=["number"]),
        step("registration", deadline=until("03-31"), form="unit-registration"),
        step("staff_told", asks=["count"], deadline=until("02-29")),
        step("occurrences", evidence="occurrences", need="all_year", status="unknown"),
        step("self_assessment", evidence="self_assessment", part_of="dossier"),
        step("meeting", asks=["by", "outcome"], part_of="dossier", note="n"),
        step("dossier", evidence="dossier"),
        step("decision", evidence="decision", deadline=until("01-15", year=1, status="inferred")),
        step("grading", need="all_year", deadline=until("11-29")),
        step("withdrawn", evidence="withdrawn", need="if_happened"),
    ],
}
PROCESS = parse_process(PLAIN, "ab")
TODAY = date(2026, 3, 10)
EXPECTED = ["resolution", "registration", "staff_told", "occurrences", "self_assessment", "meeting", "dossier", "decision", "grading", "withdrawn"]  # fmt: skip


def taken(step_id: str, on: date = date(2026, 2, 1), **more: Any) -> YearStep:
    return YearStep(
        id=step_id,
        unit_code="04978",
        unit_kind="agency",
        unit_id="a",
        year=2026,
        step=step_id,
        on=on,
        **more,
    )


def board(
    *steps: YearStep, facts: dict[str, Derived] | None = None, today: date = TODAY, **more: Any
) -> dict[str, StepState]:
    states = standing(PROCESS, "agency", 2026, steps, facts or {}, today=today, **more)
    return {state.step.id: state for state in states}


def test_a_process_is_read_in_its_order_for_each_kind() -> None:
    assert [one.id for one in PROCESS.of("agency")] == EXPECTED
    assert [one.id for one in PROCESS.of("commune")] == ["resolution"]
    assert PROCESS.of("school") == ()
    registration = PROCESS.step("agency", "registration")
    assert registration is not None
    assert (registration.form, registration.evidence, registration.need) == (
        "unit-registration",
        "recorded",
        "always",
    )
    assert PROCESS.step("commune", "registration") is None
    assert PROCESS.grounds.count("inferred") == PROCESS.grounds.count("unknown") == 1


def test_nothing_done_yet() -> None:
    states = board(today=date(2025, 12, 1))
    assert {state.state for key, state in states.items() if key != "withdrawn"} == {"open"}
    assert states["withdrawn"].state == "not_needed"
    assert states["decision"].deadline == date(2027, 1, 15)
    following = next_step(states.values())
    assert following is states["resolution"]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 28), "open"),
        (date(2026, 3, 1), "due"),
        (date(2026, 3, 31), "due"),
        (date(2026, 4, 1), "overdue"),
    ],
)
def test_a_deadline_draws_near_and_passes(today: date, state: str) -> None:
    assert board(today=today)["registration"].state == state


def test_a_recorded_step_is_done_with_its_paper() -> None:
    states = board(taken("registration", number="12/ĐK", by="UBND"))
    done = states["registration"]
    assert (done.state, done.on, done.number, done.by, done.source, done.late) == (
        "done",
        date(2026, 2, 1),
        "12/ĐK",
        "UBND",
        "recorded",
        False,
    )
    late = board(taken("registration", date(2026, 4, 1)), today=date(2026, 5, 1))["registration"]
    assert (late.state, late.late) == ("done", True)


def test_a_step_that_counts_is_done_only_with_everybody() -> None:
    some = board(taken("staff_told", part=38, whole=40))["staff_told"]
    assert (some.state, some.detail, some.on) == ("overdue", "38/40", date(2026, 2, 1))
    assert board(taken("staff_told", part=40, whole=40))["staff_told"].state == "done"
    assert board(taken("staff_told"))["staff_told"].state == "overdue"
    assert board(taken("staff_told", part=0, whole=0))["staff_told"].state == "overdue"


def test_the_29th_of_february_is_the_last_day_of_february() -> None:
    assert board()["staff_told"].deadline == date(2026, 2, 28)
    leap = standing(PROCESS, "agency", 2028, (), {}, today=TODAY)
    assert leap[2].deadline == date(2028, 2, 29)


def test_no_resolution_is_asked_of_a_unit_without_a_party_organisation() -> None:
    states = board(has_party=False, today=date(2026, 6, 1))
    assert states["resolution"].state == "not_needed"
    following = next_step(states.values())
    assert following is states["registration"]
    assert board(taken("resolution"), has_party=False)["resolution"].state == "done"


def test_derived_steps_follow_from_what_is_known() -> None:
    facts = {
        "self_assessment": Derived(done=True, on=date(2026, 11, 20)),
        "decision": Derived(done=True, on=date(2026, 12, 5), number="77/QĐ", by="UBND xã"),
        "withdrawn": Derived(done=True, on=date(2026, 12, 20), detail="vi phạm"),
        "occurrences": Derived(done=False, detail="2"),
    }
    states = board(facts=facts, today=date(2026, 12, 21))
    assert [states[key].state for key in ("self_assessment", "decision", "withdrawn", "occurrences")] == [
        "done",
        "done",
        "done",
        "open",
    ]
    assert (states["decision"].number, states["decision"].source) == ("77/QĐ", "derived")
    assert (states["withdrawn"].detail, states["occurrences"].detail) == ("vi phạm", "2")


def test_the_dossier_is_whole_when_each_paper_is_there() -> None:
    facts = {"self_assessment": Derived(done=True, on=date(2026, 11, 20))}
    some = board(facts=facts)["dossier"]
    assert (some.state, some.detail, some.on) == ("open", "1/2", None)
    whole = board(taken("meeting", date(2026, 11, 18), outcome="agreed"), facts=facts)
    assert (whole["dossier"].state, whole["dossier"].detail, whole["dossier"].on) == (
        "done",
        "2/2",
        date(2026, 11, 20),
    )
    assert whole["meeting"].outcome == "agreed"


def test_the_dossier_is_never_taken_on_trust() -> None:
    assert board(facts={"dossier": Derived(done=True)})["dossier"].state == "open"


def test_what_runs_all_year_never_stands_in_the_way() -> None:
    facts = {"self_assessment": Derived(done=True), "decision": Derived(done=True)}
    steps = [taken(one) for one in ("resolution", "registration", "meeting")]
    steps.append(taken("staff_told", part=1, whole=1))
    states = board(*steps, facts=facts, today=date(2026, 12, 1))
    assert next_step(states.values()) is None
    assert states["grading"].state == "overdue"


def test_the_office_sets_deadlines_of_its_own() -> None:
    own = {"agency.registration": "02-15", "agency.meeting": "12-10", "agency.decision": "01-31"}
    check_deadlines(PROCESS, own)
    states = board(deadlines=own)
    assert states["registration"].state == "overdue"
    assert states["meeting"].deadline == date(2026, 12, 10)
    # Only the day is set: that the decision falls into the year after stays.
    assert states["decision"].deadline == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("agency.registration", "31-03"),
        ("agency.registration", "02-30"),
        ("agency.registration", ""),
        ("agency.registration", 331),
        ("agency.holiday", "03-31"),
        ("village.registration", "03-31"),
        ("commune.registration", "03-31"),
        ("registration", "03-31"),
    ],
)
def test_a_deadline_that_is_none_is_refused(name: str, text: object) -> None:
    with pytest.raises(WrongDeadline, match=name):
        check_deadlines(PROCESS, {name: text})


days = st.dates(date(2025, 11, 1), date(2027, 3, 31))


@given(days, st.sets(st.sampled_from(["resolution", "registration", "meeting"])), st.booleans())
def test_every_step_stands_somewhere_and_the_next_is_the_first_open_one(
    today: date, done: set[str], has_party: bool
) -> None:
    states = standing(
        PROCESS, "agency", 2026, [taken(one) for one in done], {}, today=today, has_party=has_party
    )
    assert [state.step.id for state in states] == EXPECTED
    for state in states:
        assert (state.state == "done") == (state.step.id in done)
        assert (state.state == "overdue") <= (state.deadline is not None and state.deadline < today)
    following = next_step(states)
    assert following is not None
    before = states[: states.index(following)]
    assert all(one.state in ("done", "not_needed") or one.step.need == "all_year" for one in before)


@given(days, st.integers(0, 400))
def test_time_only_makes_a_step_more_urgent(today: date, later: int) -> None:
    order = ["open", "due", "overdue"]
    for one, other in zip(
        standing(PROCESS, "agency", 2026, (), {}, today=today),
        standing(PROCESS, "agency", 2026, (), {}, today=today + timedelta(days=later)),
        strict=True,
    ):
        if one.state in order:
            assert order.index(one.state) <= order.index(other.state)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("steps", [], "steps"),
        ("steps.0.unit_kinds", ["village"], "steps[0].unit_kinds"),
        ("steps.0.unit_kinds", [], "steps[0].unit_kinds"),
        ("steps.1.unit_kinds", ["agency"], "steps[1].id"),
        ("steps.0.asks", ["mood"], "steps[0].asks"),
        ("steps.0.need", "sometimes", "steps[0].need"),
        ("steps.0.status", "sure", "steps[0].status"),
        ("steps.0.colour", "red", "steps[0].colour"),
        ("steps.0.deadline.day", "13-01", "steps[0].deadline.day"),
        ("steps.0.deadline.day", "3-31", "steps[0].deadline.day"),
        ("steps.0.deadline.year", 2, "steps[0].deadline.year"),
        ("steps.0.deadline.legal_basis", "", "steps[0].deadline.legal_basis"),
        ("steps.0.deadline.hour", 5, "steps[0].deadline.hour"),
        ("steps.4.evidence", "guess", "steps[4].evidence"),
        ("steps.4.asks", ["number"], "steps[4].asks"),
        ("steps.4.part_of", "book", "steps[4].part_of"),
        ("steps.7.part_of", "dossier", "steps[7].part_of"),
    ],
)
def test_each_slip_is_named_by_its_place(path: str, value: object, place: str) -> None:
    plain = deepcopy(PLAIN)
    *steps, last = path.split(".")
    inner: Any = plain
    for one in steps:
        inner = inner[int(one) if one.isdecimal() else one]
    inner[last] = value
    with pytest.raises(MalformedCatalogue) as caught:
        parse_process(plain, "ab")
    assert caught.value.facts["place"] == place


def test_a_record_of_an_unknown_step_is_not_shown() -> None:
    assert list(board(replace(taken("registration"), step="holiday"))) == EXPECTED
