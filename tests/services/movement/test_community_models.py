"""Models and what they did: registered, listed, rated, mended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime import language
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.storage.failures import ChangedElsewhere
from antq_desktop.storage.queries.community_models import ActivityFilter, ModelFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window


@pytest.fixture
def plain(application: Application, area: ResidentialArea) -> CommunityModel:
    kind = next(iter(application.catalogues.models.kinds))
    return CommunityModel(
        id="",
        unit_code="",
        kind=kind,
        name="Tổ liên gia tự quản",
        area_id=area.id,
        state=ModelState.WORKING,
        decision_number="15/QĐ-UBND",
        decision_date=date(2024, 4, 1),
        launched_on=date(2024, 5, 1),
        leader="Bùi Văn Ánh",
    )


@pytest.fixture
def model(application: Application, plain: CommunityModel) -> CommunityModel:
    return application.community_models.save(plain).record


@pytest.fixture
def meeting(application: Application, model: CommunityModel) -> ModelActivity:
    kind = next(iter(application.catalogues.activities.kinds.values()))
    return ModelActivity(
        id="",
        unit_code="",
        model_id=model.id,
        kind=kind.id,
        on=date(2026, 4, 1),
        title="Họp tổ",
        quantities={kind.units[0]: 1},
    )


def test_a_model_is_cleaned_kept_and_listed(application: Application, plain: CommunityModel) -> None:
    written = application.community_models.save(replace(plain, name="  Tổ liên gia  tự quản ", sites=2))
    assert (written.record.name, written.warnings) == ("Tổ liên gia tự quản", ())
    assert application.community_models.get(written.record.id) == written.record
    (row,) = application.community_models.page(ModelFilter(), Window())
    assert (row.name, row.area_name, row.sites, row.activities, row.last_activity_on) == (
        "Tổ liên gia tự quản",
        "Xóm Bãi Chạo",
        2,
        0,
        None,
    )


def test_a_model_needs_a_kind_of_the_catalogue_and_whole_counts(
    application: Application, plain: CommunityModel
) -> None:
    with pytest.raises(Invalid) as refused:
        application.community_models.save(replace(plain, kind="khong-co", members=-1))
    assert [finding.field for finding in refused.value.findings] == ["kind", "members"]
    assert application.community_models.count(ModelFilter()) == 0


def test_models_are_found_by_words_area_and_state(
    application: Application, plain: CommunityModel, area: ResidentialArea
) -> None:
    for name, place, state in (
        ("Camera an ninh", None, ModelState.WORKING),
        ("Tiếng kẻng an ninh", area.id, ModelState.PAUSED),
    ):
        application.community_models.save(replace(plain, name=name, area_id=place, state=state, leader=""))
    application.community_models.save(plain)
    names = [row.name for row in application.community_models.page(ModelFilter(text="an ninh"), Window())]
    assert names == ["Camera an ninh", "Tiếng kẻng an ninh"]
    assert [row.name for row in application.community_models.page(ModelFilter(text="KENG"), Window())] == [
        "Tiếng kẻng an ninh"
    ]
    which = ModelFilter(area_id=area.id, state="working")
    assert application.community_models.count(which) == 1
    assert application.community_models.page(which, Window())[0].name == "Tổ liên gia tự quản"
    assert application.community_models.count(ModelFilter(text="anh")) == 1, "by the leader's name"


def test_a_model_that_was_changed_elsewhere_is_not_overwritten(
    application: Application, model: CommunityModel
) -> None:
    application.community_models.save(replace(model, members=12))
    with pytest.raises(ChangedElsewhere):
        application.community_models.save(replace(model, members=13))


def test_a_rating_of_a_year_is_one_and_the_journal_keeps_what_it_was(
    application: Application, model: CommunityModel
) -> None:
    first = application.community_models.rate(model.id, 2025, "tot").record
    second = application.community_models.rate(model.id, 2025, "trung-binh").record
    assert (second.id, second.rating) == (first.id, "trung-binh")
    assert application.community_models.rate(model.id, 2026, "tot").record.id != first.id
    lines = application.journal.page(JournalFilter(entity_id=first.id), Window())
    assert lines[0].changes["rating"] == ["tot", "trung-binh"]
    with pytest.raises(NotFound):
        application.community_models.rate("no model", 2026, "tot")


def test_activities_are_kept_listed_and_counted_at_their_model(
    application: Application, model: CommunityModel, meeting: ModelActivity
) -> None:
    models = application.community_models
    first = models.save_activity(meeting).record
    models.save_activity(replace(meeting, on=date(2026, 5, 1), title=" Họp  lần hai "))
    (row,) = models.page(ModelFilter(), Window())
    assert (row.activities, row.last_activity_on) == (2, date(2026, 5, 1))
    which = ActivityFilter(model_id=model.id, first=date(2026, 4, 1), last=date(2026, 4, 30))
    assert models.count_activities(which) == 1
    (found,) = models.page_activities(which, Window())
    assert (found.id, found.model_name, found.quantities) == (first.id, model.name, meeting.quantities)
    newest = models.page_activities(ActivityFilter(), Window(sort="on", descending=True))[0]
    assert newest.title == "Họp lần hai"


def test_an_activity_is_counted_in_units_of_its_kind_on_a_day_that_has_come(
    application: Application, meeting: ModelActivity
) -> None:
    with pytest.raises(Invalid) as refused:
        application.community_models.save_activity(
            replace(meeting, on=date(2026, 11, 21), quantities={"con": 3})
        )
    assert [finding.field for finding in refused.value.findings] == ["on", "quantities.con"]
    with pytest.raises(NotFound):
        application.community_models.save_activity(replace(meeting, model_id="no model"))


def test_an_activity_of_before_the_launch_is_remarked(
    application: Application, meeting: ModelActivity
) -> None:
    written = application.community_models.save_activity(replace(meeting, on=date(2024, 1, 1)))
    assert [finding.code for finding in written.warnings] == ["before-launch"]


def test_a_deleted_activity_leaves_its_words_and_the_reason_in_the_journal(
    application: Application, meeting: ModelActivity
) -> None:
    kept = application.community_models.save_activity(meeting).record
    assert application.community_models.activity(kept.id) == kept
    application.community_models.delete_activity(kept.id, " Ghi trùng ")
    with pytest.raises(NotFound):
        application.community_models.activity(kept.id)
    (line,) = application.journal.page(JournalFilter(entity_id=kept.id, action="deleted"), Window())
    assert (line.note, line.changes["title"]) == ("Ghi trùng", ["Họp tổ", None])
    with pytest.raises(NotFound):
        application.community_models.delete_activity(kept.id, "Ghi trùng")


def test_an_activity_is_not_deleted_without_a_reason(
    application: Application, meeting: ModelActivity
) -> None:
    kept = application.community_models.save_activity(meeting).record
    with pytest.raises(ReasonMissing):
        application.community_models.delete_activity(kept.id, "  ")
    assert application.community_models.activity(kept.id) == kept


def test_a_rating_bears_its_day_and_counts_from_that_day_on(
    application: Application, model: CommunityModel
) -> None:
    models, count = application.community_models, application.period_figures.amounts
    assert models.rate(model.id, 2025, "tot", date(2025, 3, 15)).record.rated_on == date(2025, 3, 15)
    assert [count(code)["models_by_rating"] for code in ("2025-Q1", "2025-H1", "2025")] == [
        {},
        {"tot": 1},
        {"tot": 1},
    ]
    assert models.rate(model.id, 2025, "tot").record.rated_on is None
    assert [count(code)["models_by_rating"] for code in ("2025-Q4", "2025")] == [{}, {"tot": 1}]


def test_a_rating_in_the_future_is_refused_and_one_before_its_year_is_remarked_on(
    application: Application, model: CommunityModel
) -> None:
    rate = application.community_models.rate
    with pytest.raises(Invalid) as refused:
        rate(model.id, 2026, "tot", application.session.today() + timedelta(days=1))
    assert [found.field for found in refused.value.findings] == ["rated_on"]
    assert application.community_models.ratings(model.id) == []
    (doubt,) = rate(model.id, 2026, "tot", date(2025, 12, 31)).warnings
    assert doubt.code == "rated-before-the-year"


def test_a_year_to_come_is_not_rated(application: Application, model: CommunityModel) -> None:
    year = application.session.today().year
    with pytest.raises(Invalid) as refused:
        application.community_models.rate(model.id, year + 1, "tot")
    assert str(year + 1) in language.sentence(refused.value)
    assert application.community_models.ratings(model.id) == []
    assert application.community_models.rate(model.id, year, "tot").warnings == ()


def test_a_day_of_long_ago_is_remarked_on(application: Application, plain: CommunityModel) -> None:
    typed = replace(plain, decision_date=date(1800, 1, 1), launched_on=date(1800, 1, 1))
    found = application.community_models.save(typed).warnings
    assert [(w.field, w.code) for w in found] == [
        ("decision_date", "day-long-ago"),
        ("launched_on", "day-long-ago"),
    ]
    old = replace(plain, name="Mô hình khác", decision_date=date(1945, 9, 2), launched_on=date(1945, 9, 2))
    assert application.community_models.save(old).warnings == ()


def test_a_change_is_remarked_on_only_for_what_it_concerns(
    application: Application, plain: CommunityModel
) -> None:
    save = application.community_models.save
    save(plain)
    second = save(replace(plain, decision_number=""))
    assert [w.code for w in second.warnings] == ["model-without-decision", "same-name"]
    kept = save(replace(second.record, leader="Hà Văn Ba"))
    assert kept.warnings == ()
    dated = save(replace(kept.record, decision_date=date(2024, 4, 2)))
    assert [w.code for w in dated.warnings] == ["model-without-decision"]
    named = save(replace(dated.record, name=plain.name.upper()))
    assert [w.code for w in named.warnings] == ["same-name"]
    with pytest.raises(Invalid):
        save(replace(named.record, name=""))
