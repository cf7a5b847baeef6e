"""Registers the self-managed models and what they did."""

from dataclasses import replace

from antq_desktop.domain.activities import ModelActivity, check_activity
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel, ModelRating, check_model
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Invalid, Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.queries import community_models as queries
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow, ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.unit_of_work import Store


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
        """Keep a model; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
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
        remarks = accepted(check_model(cleaned, self._catalogues.models, self._session.today()))
        with self._store.writing(self._session.user) as work:
            saved = work.save(cleaned)
            return Written(saved, work.commit(), remarks)

    def rate(self, model_id: str, year: int, rating: str) -> Written[ModelRating]:
        """Keep the rating of a model for a year; a later one takes its place, the journal keeps both.

        ``rating`` is an id of any of the scales. Raises Invalid, NotFound.
        """
        if not any(rating in scale.ratings for scale in self._catalogues.ratings.scales.values()):
            message = N_("«{word}» does not stand in any scale of ratings.")
            raise Invalid([Finding("rating", "rating-unknown", message, {"word": rating})])
        with self._store.writing(self._session.user) as work:
            model = work.get(CommunityModel, model_id)
            known = next(iter(work.all(ModelRating, model_id=model.id, year=year)), None)
            kept = known or ModelRating(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                model_id=model.id,
                year=year,
                rating=rating,
            )
            saved = work.save(replace(kept, rating=rating))
            return Written(saved, work.commit())

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
            cleaned = replace(
                activity,
                id=activity.id or self._session.new_id(),
                unit_code=work.unit_code,
                title=clean(activity.title),
                place=clean(activity.place),
                note=clean(activity.note),
            )
            remarks = accepted(
                check_activity(cleaned, model, self._catalogues.activities, self._session.today())
            )
            saved = work.save(cleaned)
            return Written(saved, work.commit(), remarks)

    def delete_activity(self, activity_id: str, reason: str) -> Changes:
        """Remove an activity; the journal keeps what it said and the reason. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(ModelActivity, activity_id), why)
            return work.commit()
