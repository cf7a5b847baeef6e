"""Leads each model through its life: its steps, its sites and groups, and where it stands; nothing is closed over a group."""

from dataclasses import dataclass, replace
from datetime import date

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel, ModelRating
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.model_lifecycle import (
    ModelStep,
    StepChoice,
    after,
    before,
    check_step,
    choices,
    in_order,
    state_on,
)
from antq_desktop.domain.model_parts import (
    Counts,
    ModelPart,
    check_closing,
    check_part,
    counted,
    counts,
    replaced,
)
from antq_desktop.domain.model_standing import LifeFacts, StandingRules, Verdict, verdicts
from antq_desktop.domain.text import clean, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries import model_lives as queries
from antq_desktop.storage.unit_of_work import Store, Writing


class NotTheLastStep(BadInput):
    code = "not-the-last-step"
    sentence = N_(
        "Later steps of this model are recorded. Take the last one back first; nothing was changed."
    )


class PartEnded(BadInput):
    code = "part-ended"
    sentence = N_("«{name}» ended on {day} already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step as it was recorded, and the model as it left it."""

    step: ModelStep
    model: CommunityModel


@dataclass(frozen=True, slots=True)
class ModelStanding:
    """One model on the day asked about: each verdict that holds with its reason. ``copies`` counts what grew out of it."""

    model: CommunityModel
    activities: int
    last_activity_on: date | None
    rating: str
    copies: int
    verdicts: dict[Verdict, Finding]


class ModelLives:
    """The lives of the models of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def steps(self, model_id: str) -> list[ModelStep]:
        """Return the steps of a model as they happened."""
        with self._store.reading() as work:
            return in_order(work.all(ModelStep, model_id=model_id))

    def choices(self, model_id: str) -> tuple[StepChoice, ...]:
        """Return every step, and why one cannot be taken as the model stands now. Raises NotFound."""
        with self._store.reading() as work:
            return choices(work.get(CommunityModel, model_id), self._catalogues.lifecycle)

    def take_step(
        self,
        model_id: str,
        step: str,
        on: date,
        *,
        number: str = "",
        by: str = "",
        reason: str = "",
        end_parts: bool = False,
    ) -> Written[TakenStep]:
        """Record a step; the model's state, decision, launch or closing follow from it.

        ``end_parts`` ends all sites and groups on the same day, which closing a model needs. Raises Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            model = work.get(CommunityModel, model_id)
            taken = work.all(ModelStep, model_id=model_id)
            lifecycle = self._catalogues.lifecycle
            record = ModelStep(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                model_id=model_id,
                step=step,
                on=on,
                number=clean(number),
                by=clean(by),
                reason=clean(reason),
                place=max((earlier.place for earlier in taken), default=0) + 1,
                state_before=state_on(model, taken, lifecycle, on),
            )
            remarks = accepted(check_step(record, model, taken, lifecycle, self._session.today()))
            changed = after(model, record, lifecycle)
            parts = work.all(ModelPart, model_id=model_id)
            if end_parts:
                ended = [
                    replace(part, valid_to=max(on, part.valid_from))
                    for part in parts
                    if part.valid_to is None
                ]
                work.save_all(ended, "closed", record.reason)
                parts = work.all(ModelPart, model_id=model_id)
                changed = counted(changed, parts)
            remarks += accepted(check_closing(changed, parts))
            saved = TakenStep(work.save(record), work.save(changed, "saved", record.reason))
            return Written(saved, work.commit(), remarks)

    def take_back(self, step_id: str, reason: str) -> Changes:
        """Take back the last step of a model, which then stands as before it. Raises ReasonMissing, NotFound, NotTheLastStep."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            record = work.get(ModelStep, step_id)
            if in_order(work.all(ModelStep, model_id=record.model_id))[-1] != record:
                raise NotTheLastStep
            model = work.get(CommunityModel, record.model_id)
            work.delete(record, why)
            work.save(before(model, record, self._catalogues.lifecycle), "saved", why)
            return work.commit()

    def parts(self, model_id: str) -> list[ModelPart]:
        """Return the sites and groups of a model: sites first, by name, those that ended too."""
        with self._store.reading() as work:
            found = work.all(ModelPart, model_id=model_id)
        return sorted(found, key=lambda part: (part.kind != "site", sort_key(part.name), part.id))

    def counts(self, model_id: str) -> Counts:
        """Return sites, groups and members of a model, and which of these follow from its parts. Raises NotFound."""
        with self._store.reading() as work:
            return counts(work.get(CommunityModel, model_id), work.all(ModelPart, model_id=model_id))

    def save_part(self, part: ModelPart) -> Written[ModelPart]:
        """Keep a site or group, the counts of its model with it; an empty id makes a new one. Raises Invalid, NotFound."""
        with self._store.writing(self._session.user) as work:
            cleaned = replace(
                part,
                id=part.id or self._session.new_id(),
                unit_code=work.unit_code,
                name=clean(part.name),
                leader=clean(part.leader),
                leader_post=clean(part.leader_post),
            )
            return self._keep_part(work, cleaned)

    def end_part(self, part_id: str, on: date, reason: str) -> Written[ModelPart]:
        """Say that ``on`` was the last day of a site or group. Raises ReasonMissing, NotFound, Invalid, PartEnded."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            part = work.get(ModelPart, part_id)
            if part.valid_to is not None:
                raise PartEnded(name=part.name, day=f"{part.valid_to:%d/%m/%Y}")
            return self._keep_part(work, replace(part, valid_to=on), "closed", why)

    def remove_part(self, part_id: str, reason: str) -> Changes:
        """Remove a site or group that was typed by mistake. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            part = work.get(ModelPart, part_id)
            work.delete(part, why)
            _count_anew(work, part.model_id)
            return work.commit()

    def standing(self, as_of: date | None = None) -> list[ModelStanding]:
        """Return which models work, are only on paper, are to replicate or to remove on a day (default: today), by name.

        Models that had ended by then, or are only proposed, are there too, without a verdict.
        """
        day = as_of or self._session.today()
        with self._store.reading() as work:
            rules = StandingRules(
                idle_months=setting(work, "models.idle_months"),
                idle_years=setting(work, "models.remove_years"),
                scales=self._catalogues.ratings.scales,
            )
            models = work.all(CommunityModel)
            deeds, copies = queries.deeds(work, day), queries.copies(work)
            ratings: dict[str, dict[int, str]] = {}
            for rating in work.all(ModelRating):
                ratings.setdefault(rating.model_id, {})[rating.year] = rating.rating
            steps: dict[str, list[ModelStep]] = {}
            for step in work.all(ModelStep):
                steps.setdefault(step.model_id, []).append(step)
        rows, lifecycle = [], self._catalogues.lifecycle
        for model in sorted(models, key=lambda model: (sort_key(model.name), model.id)):
            done, rated = deeds.get(model.id), ratings.get(model.id, {})
            facts = LifeFacts(
                state=state_on(model, steps.get(model.id, ()), lifecycle, day),
                began_on=model.launched_on or model.decision_date,
                last_activity_on=done.last_on if done else None,
                ratings=rated,
            )
            newest = max((year for year in rated if year <= day.year), default=None)
            rows.append(
                ModelStanding(
                    model=model,
                    activities=done.activities if done else 0,
                    last_activity_on=facts.last_activity_on,
                    rating=rated[newest] if newest is not None else "",
                    copies=copies.get(model.id, 0),
                    verdicts=verdicts(facts, rules, day),
                )
            )
        return rows

    def _keep_part(
        self, work: Writing, part: ModelPart, action: str = "saved", note: str = ""
    ) -> Written[ModelPart]:
        model = work.get(CommunityModel, part.model_id)
        others = work.all(ModelPart, model_id=part.model_id)
        remarks = accepted(check_part(part, model, others, self._session.today()))
        saved = work.save(part, action, note)
        counted_anew = _count_anew(work, part.model_id)
        if not any(other.kind == part.kind for other in others):
            remarks += replaced(model, counted_anew)
        return Written(saved, work.commit(), remarks)


def _count_anew(work: Writing, model_id: str) -> CommunityModel:
    """Let the counts of a model follow from its parts, so that lists, reports and bundles all say the same; return it."""
    model = work.get(CommunityModel, model_id)
    return work.save(counted(model, work.all(ModelPart, model_id=model_id)))
