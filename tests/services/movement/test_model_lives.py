"""Models through their lives in a real workspace: steps, parts, closing, money, equipment, own kinds, standing."""

from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.model_means import OwnModelKind
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.movement.model_lives import NotTheLastStep, PartEnded
from antq_desktop.services.movement.model_means import KindInUse
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.settings import SettingDoesNotFit
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window


def codes(refused: "pytest.ExceptionInfo[Invalid]") -> list[str]:
    return [finding.code for finding in refused.value.findings]


@pytest.fixture
def proposed(application: Application, area: ResidentialArea) -> CommunityModel:
    return application.community_models.save(
        CommunityModel(id="", unit_code="", kind="to-lien-gia-tu-quan", name="Tổ liên gia", area_id=area.id)
    ).record


@pytest.fixture
def working(application: Application, proposed: CommunityModel) -> CommunityModel:
    lives = application.model_lives
    lives.take_step(proposed.id, "quyet-dinh", date(2025, 2, 1), number="15/QĐ-UBND")
    return lives.take_step(proposed.id, "ra-mat", date(2025, 3, 1)).record.model


def group(model: CommunityModel, name: str = "Tổ 1", **more: object) -> ModelPart:
    plain = ModelPart(
        id="",
        unit_code="",
        model_id=model.id,
        kind="group",
        name=name,
        members=10,
        valid_from=date(2025, 4, 1),
    )
    return replace(plain, **more)  # type: ignore[arg-type] # by name


def test_steps_carry_the_model_and_are_taken_back_one_by_one(
    application: Application, working: CommunityModel
) -> None:
    lives = application.model_lives
    assert (working.state, working.decision_number, working.launched_on) == (
        ModelState.WORKING,
        "15/QĐ-UBND",
        date(2025, 3, 1),
    )
    paused = lives.take_step(working.id, "tam-dung", date(2026, 1, 5), reason=" Thiếu  người ").record
    assert (paused.step.reason, paused.model.state) == ("Thiếu người", ModelState.PAUSED)
    first, second, third = lives.steps(working.id)
    assert [step.step for step in (first, second, third)] == ["quyet-dinh", "ra-mat", "tam-dung"]
    with pytest.raises(NotTheLastStep):
        lives.take_back(second.id, "Nhầm")
    with pytest.raises(ReasonMissing):
        lives.take_back(third.id, " ")
    lives.take_back(third.id, "Nhầm")
    assert application.community_models.get(working.id).state is ModelState.WORKING
    lives.take_back(second.id, "Nhầm")
    model = application.community_models.get(working.id)
    assert (model.state, model.launched_on) == (ModelState.PROPOSED, None)


def test_a_step_that_cannot_follow_says_so_and_changes_nothing(
    application: Application, proposed: CommunityModel
) -> None:
    lives = application.model_lives
    offered = {choice.step.id for choice in lives.choices(proposed.id) if choice.why_not is None}
    assert offered == {"khao-sat", "ke-hoach", "quyet-dinh", "quy-che", "ra-mat", "thanh-loai"}
    with pytest.raises(Invalid) as refused:
        lives.take_step(proposed.id, "tam-dung", date(2026, 1, 1))
    assert codes(refused) == ["life-step-not-now", "life-step-why"]
    with pytest.raises(Invalid) as refused:
        lives.take_step(proposed.id, "quyet-dinh", date(2026, 1, 1))
    assert codes(refused) == ["number-missing"]
    assert (lives.steps(proposed.id), application.community_models.get(proposed.id)) == ([], proposed)
    with pytest.raises(NotFound):
        lives.take_step("no model", "khao-sat", date(2026, 1, 1))


def test_the_state_follows_from_recorded_steps_alone(
    application: Application, working: CommunityModel
) -> None:
    with pytest.raises(Invalid) as refused:
        application.community_models.save(replace(working, state=ModelState.PAUSED))
    assert codes(refused) == ["state-by-step"]
    assert application.community_models.save(replace(working, leader="Bùi Văn Ánh")).record.leader


def test_counts_follow_from_parts_and_a_typed_number_gives_way(
    application: Application, working: CommunityModel
) -> None:
    lives, models = application.model_lives, application.community_models
    models.save(replace(working, sites=3, groups=7, members=70))
    lives.save_part(group(working))
    second = lives.save_part(group(working, " Tổ  2 ", members=15)).record
    assert second.name == "Tổ 2"
    model = models.get(working.id)
    assert (model.sites, model.groups, model.members) == (3, 2, 25)
    counts = lives.counts(working.id)
    assert (counts.groups, set(counts.from_parts)) == (2, {"groups", "members"})
    written = models.save(replace(model, groups=9, sites=4))
    assert (written.record.sites, written.record.groups) == (4, 2)
    assert [(w.field, w.code) for w in written.warnings] == [("groups", "counted-from-parts")]
    ended = lives.end_part(second.id, date(2026, 5, 1), "Sáp nhập").record
    assert ended.valid_to == date(2026, 5, 1)
    assert models.get(working.id).members == 10
    with pytest.raises(PartEnded):
        lives.end_part(second.id, date(2026, 6, 1), "Sáp nhập")
    lives.remove_part(second.id, "Ghi nhầm")
    assert [part.name for part in lives.parts(working.id)] == ["Tổ 1"]


def test_what_was_typed_before_the_first_part_holds_for_the_time_before(
    application: Application, working: CommunityModel
) -> None:
    application.community_models.save(replace(working, sites=5, groups=4, members=60))
    part = replace(group(working), members=9, valid_from=date(2026, 8, 1))
    (told,) = application.model_lives.save_part(part).warnings
    assert (told.code, told.facts["old_members"], told.facts["members"]) == ("typed-counts-replaced", 60, 9)
    again = replace(part, name="Tổ khác", members=11)
    assert application.model_lives.save_part(again).warnings == (), "said once"
    names = ("model_sites", "model_groups", "model_members")
    june, december = (application.period_figures.amounts(code) for code in ("2026-Q2", "2026"))
    assert [june[name] for name in names] == [5, 4, 60]
    assert [december[name] for name in names] == [5, 2, 20]


def test_the_first_part_of_either_kind_warns_of_the_typed_count_it_replaces(
    application: Application, working: CommunityModel
) -> None:
    application.community_models.save(replace(working, sites=3, groups=1, members=10))
    assert application.model_lives.save_part(group(working)).warnings == ()
    (told,) = application.model_lives.save_part(replace(group(working), kind="site", name="Điểm 1")).warnings
    assert (told.code, told.facts["old_sites"], told.facts["sites"]) == ("typed-counts-replaced", 3, 1)


def test_a_part_counts_on_its_last_day_too(application: Application, working: CommunityModel) -> None:
    part = application.model_lives.save_part(group(working)).record

    def groups() -> object:
        return application.period_figures.amounts("2026-Q2")["model_groups"]

    application.model_lives.end_part(part.id, date(2026, 6, 14), "Sáp nhập")
    assert groups() == 1, "the period ends on this day"
    application.model_lives.save_part(
        replace(application.model_lives.parts(working.id)[0], valid_to=date(2026, 6, 13))
    )
    assert groups() == 0


def test_a_step_that_leaves_the_state_does_not_hide_that_the_model_was_closed_before(
    application: Application, working: CommunityModel
) -> None:
    lives = application.model_lives
    lives.take_step(working.id, "tong-ket", date(2026, 6, 20), number="2/BC")
    lives.take_step(working.id, "thanh-loai", date(2026, 6, 10), number="3/QĐ", reason="Không hoạt động")
    june = application.period_figures.amounts("2026-Q2")
    assert (june["models_working"], june["models_closed"]) == (0, 1)


def test_a_rating_of_a_model_that_is_only_proposed_is_told_and_not_counted(
    application: Application, working: CommunityModel
) -> None:
    models = application.community_models
    proposed = models.save(
        replace(working, id="", name="Dự kiến", state=ModelState.PROPOSED, launched_on=None, version={})
    ).record
    (told,) = models.rate(proposed.id, 2026, "tot", date(2026, 11, 1)).warnings
    assert told.code == "rated-before-it-began"
    models.rate(working.id, 2026, "yeu", date(2026, 11, 1))
    assert application.period_figures.amounts("2026")["models_by_rating"] == {"yeu": 1}


def test_a_part_is_refused_with_its_faults(application: Application, working: CommunityModel) -> None:
    lives = application.model_lives
    lives.save_part(group(working))
    with pytest.raises(Invalid) as refused:
        lives.save_part(group(working, "tổ 1", members=-2))
    assert codes(refused) == ["part-name-taken", "negative-count"]
    with pytest.raises(NotFound):
        lives.save_part(group(replace(working, id="no model")))
    assert application.community_models.get(working.id).groups == 1


def test_a_model_is_not_closed_while_groups_are_active(
    application: Application, working: CommunityModel
) -> None:
    lives = application.model_lives
    part = lives.save_part(group(working)).record
    with pytest.raises(Invalid) as refused:
        lives.take_step(working.id, "thanh-loai", date(2026, 6, 1), number="9/QĐ", reason="Hết nhu cầu")
    assert codes(refused) == ["closed-with-groups"]
    assert refused.value.findings[0].facts["names"] == "Tổ 1"
    assert application.community_models.get(working.id).state is ModelState.WORKING
    assert lives.steps(working.id)[-1].step == "ra-mat"
    closed = lives.take_step(
        working.id, "thanh-loai", date(2026, 6, 1), number="9/QĐ", reason="Hết nhu cầu", end_parts=True
    ).record.model
    assert (closed.state, closed.closed_on, closed.groups) == (ModelState.CLOSED, date(2026, 6, 1), 0)
    assert lives.parts(working.id)[0].valid_to == date(2026, 6, 1)
    (line,) = application.journal.page(JournalFilter(entity_id=part.id, action="closed"), Window())
    assert line.note == "Hết nhu cầu"
    with pytest.raises(Invalid) as refused:
        application.community_models.save_activity(activity(closed, date(2026, 6, 2)))
    assert codes(refused) == ["after-closing"]


def test_a_model_typed_as_closed_is_held_to_the_same_rule(
    application: Application, proposed: CommunityModel
) -> None:
    typed = replace(
        proposed, state=ModelState.CLOSED, closed_on=date(2026, 6, 1), closed_reason="Sáp nhập", groups=2
    )
    assert [w.code for w in application.community_models.save(typed).warnings] == ["closed-with-count"]
    other = application.community_models.save(replace(proposed, id="", version={}, name="Khác")).record
    application.model_lives.save_part(group(other))
    with pytest.raises(Invalid) as refused:
        application.community_models.save(
            replace(application.community_models.get(other.id), **{name: getattr(typed, name) for name in ("state", "closed_on", "closed_reason")})
        )  # fmt: skip
    assert codes(refused) == ["closed-with-groups"]


def test_an_origin_is_here_and_never_in_a_circle(application: Application, proposed: CommunityModel) -> None:
    models = application.community_models
    second = models.save(replace(proposed, id="", version={}, name="Hai", origin_id=proposed.id)).record
    third = models.save(replace(proposed, id="", version={}, name="Ba", origin_id=second.id)).record
    for origin, code in (
        (proposed.id, "origin-in-circle"),
        (third.id, "origin-in-circle"),
        ("x", "origin-unknown"),
    ):
        with pytest.raises(Invalid) as refused:
            models.save(replace(proposed, origin_id=origin))
        assert codes(refused) == [code]
    copies = {row.model.name: row.copies for row in application.model_lives.standing()}
    assert copies == {"Tổ liên gia": 1, "Hai": 1, "Ba": 0}


def test_the_money_of_a_year_is_kept_by_source_beside_the_norm(
    application: Application, working: CommunityModel
) -> None:
    means = application.model_means
    first = means.set_budget(working.id, 2026, " Ngân sách  xã ", 15_000_000)
    assert (first.record.source, first.warnings) == ("Ngân sách xã", ())
    again = means.set_budget(working.id, 2026, "NGÂN SÁCH XÃ", 20_000_000)
    assert (again.record.id, again.record.source, again.warnings) == (first.record.id, "Ngân sách xã", ())
    above = means.set_budget(working.id, 2026, "Xã hội hóa", 1)
    assert [warning.code for warning in above.warnings] == ["above-norm"]
    (year,) = means.budgets(working.id)
    assert (year.total_vnd, year.norm_vnd, year.over) == (20_000_001, 20_000_000, True)
    application.settings.put("models.budget_norm_vnd", 30_000_000)
    assert not means.budgets(working.id)[0].over
    with pytest.raises(Invalid):
        means.set_budget(working.id, 2026, "Ngân sách xã", -1)
    means.remove_budget(above.record.id, "Nhầm")
    assert means.budgets(working.id)[0].total_vnd == 20_000_000
    with pytest.raises(NotFound):
        means.set_budget("no model", 2026, "x", 1)


def test_equipment_is_counted_by_kind(application: Application, working: CommunityModel) -> None:
    means = application.model_means
    means.set_equipment(working.id, "camera", 4)
    means.set_equipment(working.id, "BINH CHUA CHAY", 12)
    own = means.set_equipment(working.id, "Bộ đàm", 2).record
    assert means.set_equipment(working.id, "bộ đàm", 3).record.id == own.id
    assert [(name, line.count) for line, name in means.equipment(working.id)] == [
        ("Bình chữa cháy", 12),
        ("Bộ đàm", 3),
        ("Camera", 4),
    ]
    means.set_equipment(working.id, "camera", 0)
    assert len(means.equipment(working.id)) == 2
    with pytest.raises(Invalid):
        means.set_equipment(working.id, " ", 1)


def test_an_own_kind_serves_like_a_shipped_one(application: Application, proposed: CommunityModel) -> None:
    means = application.model_means
    plain = OwnModelKind(id="", unit_code="", name=" Bếp lửa an ninh ", field="tu-quan", block="khu-dan-cu")
    kind = means.save_own_kind(plain).record
    assert kind.name == "Bếp lửa an ninh"
    assert application.catalogues.models.kinds[kind.id].name == "Bếp lửa an ninh"
    for name in ("bep lua an ninh", "Tiếng kẻng an ninh"):
        with pytest.raises(Invalid) as refused:
            means.save_own_kind(replace(plain, name=name))
        assert codes(refused) == ["kind-name-taken"]
    model = application.community_models.save(replace(proposed, kind=kind.id)).record
    with pytest.raises(KindInUse):
        means.remove_own_kind(kind.id, "Nhầm")
    application.community_models.save(replace(model, kind="tieng-keng-an-ninh"))
    means.remove_own_kind(kind.id, "Nhầm")
    assert (means.own_kinds(), kind.id in application.catalogues.models.kinds) == ([], False)


def activity(model: CommunityModel, on: date) -> ModelActivity:
    return ModelActivity(
        id="", unit_code="", model_id=model.id, kind="sinh-hoat", on=on, quantities={"buoi": 1}
    )


def test_the_standing_answers_for_any_day(application: Application, working: CommunityModel) -> None:
    models, lives = application.community_models, application.model_lives
    models.save_activity(activity(working, date(2026, 1, 10)))
    models.save_activity(activity(working, date(2026, 11, 1)))
    models.rate(working.id, 2026, "tot")

    def verdicts(day: date | None = None) -> set[str]:
        (row,) = lives.standing(day)
        return set(row.verdicts)

    assert verdicts() == {"works", "replicate"}
    assert verdicts(date(2026, 7, 10)) == {"works", "replicate"}
    assert verdicts(date(2026, 7, 11)) == {"on_paper"}
    assert verdicts(date(2025, 2, 28)) == set(), "not launched yet"
    application.settings.put("models.idle_months", 12)
    assert verdicts(date(2026, 7, 11)) == {"works", "replicate"}
    (row,) = lives.standing(date(2026, 7, 11))
    assert (row.activities, row.last_activity_on, row.rating) == (1, date(2026, 1, 10), "tot")
    lives.take_step(working.id, "thanh-loai", date(2026, 11, 10), number="1", reason="x")
    assert verdicts() == set()
    assert verdicts(date(2026, 11, 9)) == {"works", "replicate"}, "it was still at work that day"


def test_two_ratings_of_one_year_and_another_scale_are_said(
    application: Application, working: CommunityModel
) -> None:
    models = application.community_models
    assert models.rate(working.id, 2026, "tot").warnings == ()
    (replaced,) = models.rate(working.id, 2026, "yeu").warnings
    assert (replaced.code, replaced.facts) == ("rating-replaced", {"year": 2026, "rating": "Tốt"})
    assert models.rate(working.id, 2026, "yeu").warnings == ()
    application.settings.put("models.rating_scale", "hieu-qua")
    assert [w.code for w in models.rate(working.id, 2025, "tot").warnings] == ["other-scale"]
    assert models.rate(working.id, 2026, "hieu-qua").warnings[0].code == "rating-replaced"
    assert [w.code for w in models.rate(working.id, 2024, "hieu-qua").warnings] == ["rated-before-it-began"]
    with pytest.raises(Invalid):
        models.rate(working.id, 2026, "la")
    with pytest.raises(SettingDoesNotFit):
        application.settings.put("models.rating_scale", "la")


def test_parts_move_with_their_area(
    application: Application, working: CommunityModel, area: ResidentialArea
) -> None:
    lives = application.model_lives
    part = lives.save_part(group(working, area_id=area.id)).record
    ended = lives.save_part(group(working, "Cũ", area_id=area.id, valid_to=date(2025, 5, 1))).record
    other = application.territory.add("Xóm Sáng", "xóm", date(2020, 1, 1)).record
    merged = application.territory.merge([area.id, other.id], "Xóm Bãi Sáng", "xóm", date(2026, 7, 1)).record
    areas = {kept.id: kept.area_id for kept in lives.parts(working.id)}
    assert areas == {part.id: merged.id, ended.id: area.id}
