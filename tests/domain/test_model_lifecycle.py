"""The life of a model: which step may follow, what it asks for, and how it is taken back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.model_lifecycle import (
    ModelStep,
    after,
    before,
    check_step,
    choices,
    parse_lifecycle,
    state_on,
)

TODAY = date(2026, 11, 20)
PLAIN: dict[str, Any] = {
    "schema": 1,
    "kind": "model-lifecycle",
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 1, 1),
    "steps": [
        {"id": "khao-sat", "name": "Khảo sát", "states": ["proposed"], "paper": "usual"},
        {"id": "quyet-dinh", "name": "Quyết định", "states": ["proposed", "working"], "paper": "needed", "fills": "decision"},
        {"id": "ra-mat", "name": "Ra mắt", "states": ["proposed"], "leads_to": "working", "fills": "launch"},
        {"id": "so-ket", "name": "Sơ kết", "states": ["working"]},
        {"id": "tam-dung", "name": "Tạm dừng", "states": ["working"], "leads_to": "paused", "needs_reason": True},
        {"id": "thanh-loai", "name": "Thanh loại", "states": ["working", "paused"], "leads_to": "closed", "needs_reason": True, "fills": "closing"},
    ],
}  # fmt: skip
LIFE = parse_lifecycle(PLAIN, "ab")
NEW = CommunityModel(id="m", unit_code="04978", kind="k", name="M")
WORKING = replace(NEW, state=ModelState.WORKING, launched_on=date(2024, 5, 1))


def step(name: str, on: date, place: int = 1, **more: Any) -> ModelStep:
    known: dict[str, Any] = {"number": "1/QĐ", "reason": "Vì", "state_before": ModelState.PROPOSED, **more}
    return ModelStep(id=f"s{place}", unit_code="04978", model_id="m", step=name, on=on, place=place, **known)


def test_a_life_from_survey_to_removal() -> None:
    model = NEW
    taken: list[ModelStep] = []
    for place, (name, on, state) in enumerate(
        [
            ("khao-sat", date(2025, 1, 5), ModelState.PROPOSED),
            ("quyet-dinh", date(2025, 2, 5), ModelState.PROPOSED),
            ("ra-mat", date(2025, 3, 1), ModelState.WORKING),
            ("so-ket", date(2025, 7, 1), ModelState.WORKING),
            ("tam-dung", date(2026, 1, 1), ModelState.PAUSED),
            ("thanh-loai", date(2026, 6, 1), ModelState.CLOSED),
        ],
        start=1,
    ):
        record = step(name, on, place, state_before=model.state)
        assert check_step(record, model, taken, LIFE, TODAY) == ()
        model = after(model, record, LIFE)
        taken.append(record)
        assert model.state is state
    assert (model.decision_number, model.decision_date, model.launched_on) == (
        "1/QĐ",
        date(2025, 2, 5),
        date(2025, 3, 1),
    )
    assert (model.closed_on, model.closed_reason) == (date(2026, 6, 1), "Vì")
    for day, state in (
        (date(2024, 1, 1), ModelState.PROPOSED),
        (date(2025, 2, 28), ModelState.PROPOSED),
        (date(2025, 3, 1), ModelState.WORKING),
        (date(2025, 12, 31), ModelState.WORKING),
        (date(2026, 1, 1), ModelState.PAUSED),
        (date(2026, 5, 31), ModelState.PAUSED),
        (date(2026, 6, 1), ModelState.CLOSED),
    ):
        assert state_on(model, reversed(taken), LIFE, day) is state, day
    while taken:
        record = taken.pop()
        model = before(model, record, LIFE)
        assert model.state is record.state_before
    assert model == NEW


@pytest.mark.parametrize(
    ("record", "model", "field", "code", "severity"),
    [
        (step("la", TODAY), NEW, "step", "life-step-unknown", "error"),
        (step("so-ket", TODAY), NEW, "step", "life-step-not-now", "error"),
        (step("ra-mat", TODAY), WORKING, "step", "life-step-not-now", "error"),
        (step("khao-sat", date(2026, 11, 21)), NEW, "on", "day-in-future", "error"),
        (step("tam-dung", TODAY, reason=" "), WORKING, "reason", "life-step-why", "error"),
        (step("quyet-dinh", TODAY, number=""), NEW, "number", "number-missing", "error"),
        (step("khao-sat", TODAY, number=""), NEW, "number", "number-missing", "warning"),
    ],
)
def test_each_fault_has_its_code(
    record: ModelStep, model: CommunityModel, field: str, code: str, severity: str
) -> None:
    (finding,) = check_step(record, model, [], LIFE, TODAY)
    assert (finding.field, finding.code, finding.severity) == (field, code, severity)
    assert finding.message.format(**finding.facts)


def test_what_is_known_already_can_be_recorded_late() -> None:
    for record in (step("khao-sat", date(2024, 1, 1)), step("ra-mat", date(2024, 5, 1))):
        assert check_step(record, WORKING, [], LIFE, TODAY) == ()
        assert after(WORKING, record, LIFE) == WORKING
    paused = step("tam-dung", date(2026, 1, 1), state_before=ModelState.WORKING)
    model = after(WORKING, paused, LIFE)
    assert check_step(step("so-ket", date(2025, 6, 1), 2), model, [paused], LIFE, TODAY) == ()
    (late,) = check_step(step("thanh-loai", date(2025, 6, 1), 2), model, [paused], LIFE, TODAY)
    assert (late.code, late.facts) == ("life-step-too-early", {"day": "01/01/2026"})


def test_a_later_decision_leaves_the_founding_one() -> None:
    founded = after(NEW, step("quyet-dinh", date(2025, 2, 5)), LIFE)
    renewed = step("quyet-dinh", date(2026, 2, 5), 2, number="9/QĐ")
    assert after(founded, renewed, LIFE) == founded
    assert before(founded, renewed, LIFE) == founded


def test_a_closed_model_had_a_life_before() -> None:
    closed = replace(WORKING, state=ModelState.CLOSED, closed_on=date(2025, 1, 1), closed_reason="x")
    assert state_on(closed, [], LIFE, date(2024, 12, 31)) is ModelState.WORKING
    assert state_on(closed, [], LIFE, date(2025, 1, 1)) is ModelState.CLOSED
    assert state_on(closed, [], LIFE, date(2024, 4, 30)) is ModelState.PROPOSED


def test_only_what_can_follow_is_offered_without_a_but() -> None:
    offered = {choice.step.id: choice.why_not for choice in choices(WORKING, LIFE)}
    assert {name for name, why in offered.items() if why is None} == {"quyet-dinh", "so-ket", "tam-dung", "thanh-loai"}  # fmt: skip
    assert offered["khao-sat"] is not None
    assert list(offered) == list(LIFE.steps)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"states": []}, "steps[0].states"),
        ({"states": ["la"]}, "steps[0].states"),
        ({"leads_to": "la"}, "steps[0].leads_to"),
        ({"paper": "la"}, "steps[0].paper"),
        ({"fills": "la"}, "steps[0].fills"),
        ({"needs_reason": "yes"}, "steps[0].needs_reason"),
        ({"la": 1}, "steps[0].la"),
    ],
)
def test_a_faulty_catalogue_is_named_by_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse_lifecycle({**PLAIN, "steps": [{**PLAIN["steps"][0], **change}]}, "ab")
    assert caught.value.facts["place"] == place


def test_founding_steps_out_of_their_usual_order_are_remarked_on() -> None:
    def codes(record: ModelStep, model: CommunityModel, *taken: ModelStep) -> list[str]:
        return [finding.code for finding in check_step(record, model, list(taken), LIFE, TODAY)]

    surveyed = step("khao-sat", date(2026, 1, 5))
    decided = step("quyet-dinh", date(2026, 1, 10))
    assert codes(step("ra-mat", date(2026, 2, 1)), NEW, surveyed) == ["launch-without-decision"]
    assert codes(step("ra-mat", date(2026, 2, 1)), NEW, surveyed, decided) == []
    assert codes(step("ra-mat", date(2026, 1, 1)), NEW, surveyed, decided) == ["unusual-order"]
    launched = replace(WORKING, launched_on=date(2026, 1, 1))
    assert codes(step("quyet-dinh", date(2026, 1, 10)), launched) == ["unusual-order"]
    founded = replace(launched, decision_date=date(2025, 12, 1), decision_number="1/QĐ")
    assert codes(step("quyet-dinh", date(2026, 1, 10)), founded) == [], "a later decision renews the board"
