"""Registers the self-managed models and what they did."""

from dataclasses import replace
from datetime import date

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.activity_files import ActivityFile
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import (
    CommunityModel,
    ModelRating,
    ModelState,
    check_model,
    check_rated_year,
    same_life,
    same_name,
)
from antq_desktop.domain.findings import Finding, errors
from antq_desktop.domain.model_lifecycle import ModelStep
from antq_desktop.domain.model_parts import ModelPart, check_closing, counted, overruled
from antq_desktop.domain.record_checks import rating_day
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement import activity_files
from antq_desktop.services.movement.activity_checks import remarks_on
from antq_desktop.services.results import Invalid, Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries import community_models as queries
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow, ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.unit_of_work import Reading, Store


class CommunityModels:
    """The models of the open workspace and their activities."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._catalogues = catalogues
        self._session = session

    def count(self, which: ModelFilter) -> int:
        with self._store.reading() as work:
            return queries.count_models(work, which)

    def page(self, which: ModelFilter, window: Window) -> list[ModelRow]:
        with self._store.reading() as work:
            return queries.page_models(work, which, window)

    def get(self, model_id: str) -> CommunityModel:
        with self._store.reading() as work:
            return work.get(CommunityModel, model_id)

    def save(self, model: CommunityModel) -> Written[CommunityModel]:
        """Keep a model; an empty id makes a new one. Of a model that was kept before only what the change concerns is remarked on.

        Raises Invalid, ChangedElsewhere.
        """
        cleaned = replace(
            model,
            id=model.id or self._session.new_id(),
            unit_code=self._session.unit_code,
            name=clean(model.name),
            decision_number=clean(model.decision_number),
            lead_unit=clean(model.lead_unit),
            partner_units=clean(model.partner_units),
            leader=clean(model.leader),
            leader_post=clean(model.leader_post),
            budget_source=clean(model.budget_source),
            equipment=clean(model.equipment),
            closed_reason=clean(model.closed_reason),
        )
        findings = [*check_model(cleaned, self._catalogues.models, self._session.today())]
        with self._store.writing(self._session.user) as work:
            before = work.find(CommunityModel, cleaned.id)
            parts = work.all(ModelPart, model_id=cleaned.id)
            kept = counted(cleaned, parts)
            findings += [*_origin_remarks(work, kept), *_state_remarks(work, before, kept)]
            if before is not None and same_life(before, kept):
                findings = [*errors(findings)]
            if before is None or _name_of(before) != _name_of(kept):
                findings += same_name(kept, work.all(CommunityModel))
            findings += [
                *check_closing(kept, parts),
                *(overruled(cleaned, kept) if _typed(before, cleaned) else ()),
            ]
            remarks = accepted(findings)
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)

    def rate(
        self, model_id: str, year: int, rating: str, rated_on: date | None = None
    ) -> Written[ModelRating]:
        """Keep the rating of a model for a year; a later one takes its place, the journal keeps both.

        ``rated_on`` None: nobody wrote the day, and only figures of the whole year count the rating. ``rating`` is an id of any of the scales; one outside the scale that is set, or in the place of another, leaves a
        warning. Raises Invalid, NotFound.
        """
        scales = self._catalogues.ratings.scales
        word = next((scale.ratings[rating] for scale in scales.values() if rating in scale.ratings), None)
        if word is None:
            message = N_("«{word}» does not stand in any scale of ratings.")
            raise Invalid([Finding("rating", "rating-unknown", message, {"word": rating})])
        remarks = [*accepted([*rating_day(year, rated_on, self._session.today())])]
        facts: dict[str, object]
        with self._store.writing(self._session.user) as work:
            model = work.get(CommunityModel, model_id)
            remarks += accepted(check_rated_year(model, year, self._session.today()))
            scale = scales.get(setting(work, "models.rating_scale"))
            if scale is not None and rating not in scale.ratings:
                message = N_("«{rating}» is not of the scale that is set («{scale}»): look again.")
                facts = {"rating": word.name, "scale": scale.name}
                remarks.append(Finding("rating", "other-scale", message, facts, "warning"))
            known = next(iter(work.all(ModelRating, model_id=model.id, year=year)), None)
            if known is not None and known.rating != rating:
                message = N_(
                    "For {year} it was rated «{rating}» before. The new rating counts; the journal keeps both."
                )
                facts = {"year": year, "rating": self._rating_name(known.rating)}
                remarks.append(Finding("rating", "rating-replaced", message, facts, "warning"))
            kept = known or ModelRating(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                model_id=model.id,
                year=year,
                rating=rating,
            )
            saved = work.save(replace(kept, rating=rating, rated_on=rated_on))
            return Written(saved, work.commit(), tuple(remarks))

    def ratings(self, model_id: str) -> list[ModelRating]:
        """Return how a model was rated, the latest year first."""
        with self._store.reading() as work:
            return sorted(work.all(ModelRating, model_id=model_id), key=lambda kept: -kept.year)

    def count_activities(self, which: ActivityFilter) -> int:
        with self._store.reading() as work:
            return queries.count_activities(work, which)

    def page_activities(self, which: ActivityFilter, window: Window) -> list[ActivityRow]:
        with self._store.reading() as work:
            return queries.page_activities(work, which, window)

    def activity(self, activity_id: str) -> ModelActivity:
        with self._store.reading() as work:
            return work.get(ModelActivity, activity_id)

    def save_activity(self, activity: ModelActivity) -> Written[ModelActivity]:
        """Keep an activity; an empty id makes a new one. Raises Invalid, NotFound, ChangedElsewhere."""
        with self._store.writing(self._session.user) as work:
            model = work.get(CommunityModel, activity.model_id)
            cleaned = cleaned_activity(activity, self._session)
            remarks = accepted(
                remarks_on(work, cleaned, model, self._catalogues.activities, self._session.today())
            )
            saved = work.save(cleaned)
            return Written(saved, work.commit(), remarks)

    def delete_activity(self, activity_id: str, reason: str) -> Changes:
        """Remove an activity; the journal keeps what it said and the reason. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            activity = work.get(ModelActivity, activity_id)
            for kept in work.all(ActivityFile, activity_id=activity_id):
                activity_files.take_off(work, kept, why)
            work.delete(activity, why)
            return work.commit()

    def _rating_name(self, rating: str) -> str:
        """Return what a rating is called; one of a scale that is gone by its id."""
        scales = self._catalogues.ratings.scales.values()
        return next((scale.ratings[rating].name for scale in scales if rating in scale.ratings), rating)


def cleaned_activity(activity: ModelActivity, session: Session) -> ModelActivity:
    """Return an activity as it is kept, with an id of its own."""
    return replace(
        activity,
        id=activity.id or session.new_id(),
        unit_code=session.unit_code,
        title=clean(activity.title),
        place=clean(activity.place),
        note=clean(activity.note),
    )


def _typed(before: CommunityModel | None, typed: CommunityModel) -> bool:
    """Whether somebody typed other counts than those that were kept."""
    return before is None or (before.sites, before.groups, before.members) != (
        typed.sites,
        typed.groups,
        typed.members,
    )


def _name_of(model: CommunityModel) -> tuple[str, str | None, ModelState]:
    """Return what tells a model from others in lists."""
    return model.name, model.area_id, model.state


def _origin_remarks(work: Reading, model: CommunityModel) -> list[Finding]:
    """Return what is wrong with the model that this one grew out of: not here, or grown out of this one."""
    seen = {model.id}
    origin_id = model.origin_id
    while origin_id is not None:
        if origin_id in seen:
            message = N_("A model cannot have grown out of itself. Choose another one.")
            return [Finding("origin_id", "origin-in-circle", message)]
        origin = work.find(CommunityModel, origin_id)
        if origin is None:
            message = N_("The model that it grew out of is not in this workspace.")
            return [Finding("origin_id", "origin-unknown", message)]
        seen.add(origin_id)
        origin_id = origin.origin_id
    return []


def _state_remarks(work: Reading, before: CommunityModel | None, after: CommunityModel) -> list[Finding]:
    """Return that the state of a model with recorded steps follows from these alone."""
    if before is None or before.state is after.state or not work.all(ModelStep, model_id=after.id):
        return []
    message = N_(
        "The steps of this model are recorded, and its state follows from them. Record the next step instead."
    )
    return [Finding("state", "state-by-step", message)]
