"""Keeps what each model lives on (money beside the yearly norm, equipment) and the kinds of models of the commune's own."""

from dataclasses import replace
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.model_means import (
    BudgetYear,
    ModelBudget,
    ModelEquipment,
    OwnModelKind,
    by_year,
    check_budget,
    check_equipment,
    check_own_kind,
)
from antq_desktop.domain.text import clean, fold, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.storage.unit_of_work import Store


class KindInUse(BadInput):
    code = "kind-in-use"
    sentence = N_(
        "«{name}» is the kind of {count} models. Give them another kind first; nothing was removed."
    )


class ModelMeans:
    """Money, equipment and own kinds of the models of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def budgets(self, model_id: str) -> list[BudgetYear]:
        """Return the money of a model year by year, the latest first, beside the norm that is set."""
        with self._store.reading() as work:
            norm = int(setting(work, "models.budget_norm_vnd"))
            return by_year(work.all(ModelBudget, model_id=model_id), norm)

    def set_budget(self, model_id: str, year: int, source: str, amount_vnd: int) -> Written[ModelBudget]:
        """Keep what a source gave in a year, in the place of what was kept for it; above the norm it warns.

        Raises Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            others = work.all(ModelBudget, model_id=work.get(CommunityModel, model_id).id)
            typed = clean(source)
            # Words that differ in tone marks or capitals alone name the same source.
            source_is = fold(typed)
            known = next((one for one in others if (one.year, fold(one.source)) == (year, source_is)), None)
            budget = known or ModelBudget(
                id=uuid5(NAMESPACE_OID, f"{model_id} {year} {source_is}").hex,
                unit_code=work.unit_code,
                model_id=model_id,
                year=year,
                source=typed,
                amount_vnd=amount_vnd,
            )
            changed = replace(budget, amount_vnd=amount_vnd)
            remarks = accepted(check_budget(changed, others, setting(work, "models.budget_norm_vnd")))
            return Written(work.save(changed), work.commit(), remarks)

    def remove_budget(self, budget_id: str, reason: str) -> Changes:
        """Remove an amount that was typed by mistake. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(ModelBudget, budget_id), why)
            return work.commit()

    def equipment(self, model_id: str) -> list[tuple[ModelEquipment, str]]:
        """Return what a model has, each line with what its kind is called, by that name; what it no longer has is left out."""
        names = self._catalogues.models.equipment
        with self._store.reading() as work:
            found = [line for line in work.all(ModelEquipment, model_id=model_id) if line.count]
        named = [(line, names[line.kind].name if line.kind in names else line.kind) for line in found]
        return sorted(named, key=lambda pair: (sort_key(pair[1]), pair[0].id))

    def set_equipment(self, model_id: str, kind: str, count: int) -> Written[ModelEquipment]:
        """Keep how many pieces of a kind (an id of the catalogue, or a word of one's own) a model has.

        Raises Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            kept = work.all(ModelEquipment, model_id=work.get(CommunityModel, model_id).id)
            word = self._equipment_id(kind)
            known = next((line for line in kept if fold(line.kind) == fold(word)), None)
            line = known or ModelEquipment(
                id=uuid5(NAMESPACE_OID, f"{model_id} {fold(word)}").hex,
                unit_code=work.unit_code,
                model_id=model_id,
                kind=word,
                count=count,
            )
            changed = replace(line, count=count)
            remarks = accepted(check_equipment(changed))
            return Written(work.save(changed), work.commit(), remarks)

    def own_kinds(self) -> list[OwnModelKind]:
        """Return the kinds of models that the commune added, by name."""
        with self._store.reading() as work:
            return sorted(work.all(OwnModelKind), key=lambda kind: (sort_key(kind.name), kind.id))

    def save_own_kind(self, kind: OwnModelKind) -> Written[OwnModelKind]:
        """Add a kind that the catalogue lacks, or rename it; an empty id makes a new one. Raises Invalid, NotFound."""
        catalogue = self._catalogues.models
        with self._store.writing(self._session.user) as work:
            cleaned = replace(
                kind,
                id=kind.id or self._session.new_id(),
                unit_code=work.unit_code,
                name=clean(kind.name),
            )
            remarks = accepted(check_own_kind(cleaned, catalogue))
            return Written(work.save(cleaned), work.commit(), remarks)

    def remove_own_kind(self, kind_id: str, reason: str) -> Changes:
        """Remove a kind that no model has. Raises ReasonMissing, NotFound, KindInUse."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            kind = work.get(OwnModelKind, kind_id)
            using = work.all(CommunityModel, kind=kind_id)
            if using:
                raise KindInUse(name=kind.name, count=len(using))
            work.delete(kind, why)
            return work.commit()

    def _equipment_id(self, typed: str) -> str:
        """Return the id of the kind that ``typed`` names, else the word itself."""
        word = clean(typed)
        known = self._catalogues.models.equipment
        if word in known:
            return word
        return next((entry.id for entry in known.values() if fold(entry.name) == fold(word)), word)
