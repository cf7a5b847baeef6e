"""What a model lives on (money by source and year, equipment), and the kinds of models that a commune adds itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default

from antq_desktop.domain.community_models import ModelCatalogue, ModelKind
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelBudget:
    """What one source gave one model in one year, in đồng. One record a model, year and source: its id follows from them."""

    id: str
    unit_code: str
    model_id: str
    year: int
    source: str
    amount_vnd: int
    version: dict[str, int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEquipment:
    """How many pieces of one kind a model has; ``kind`` is an id of the catalogue of model kinds, or a word of one's own."""

    id: str
    unit_code: str
    model_id: str
    kind: str
    count: int
    version: dict[str, int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnModelKind:
    """A kind of model that the shipped catalogue lacks; ``field`` and ``block`` are ids of that catalogue."""

    id: str
    unit_code: str
    name: str
    field: str
    block: str
    version: dict[str, int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """The money of one model in one year beside the norm, in đồng."""

    year: int
    total_vnd: int
    norm_vnd: int
    sources: tuple[ModelBudget, ...]

    @property
    def over(self) -> bool:
        return self.total_vnd > self.norm_vnd


def by_year(budgets: Iterable[ModelBudget], norm_vnd: int) -> list[BudgetYear]:
    """Return the years with money, the latest first, the largest source first."""
    years: dict[int, list[ModelBudget]] = {}
    for budget in budgets:
        years.setdefault(budget.year, []).append(budget)
    return [
        BudgetYear(
            year,
            sum(one.amount_vnd for one in years[year]),
            norm_vnd,
            tuple(sorted(years[year], key=lambda one: (-one.amount_vnd, one.source))),
        )
        for year in sorted(years, reverse=True)
    ]


def check_budget(budget: ModelBudget, others: Iterable[ModelBudget], norm_vnd: int) -> tuple[Finding, ...]:
    """Return what is wrong or odd about an amount beside the ``others`` of the model (norm: TT 40/2023/TT-BTC, in đồng)."""
    findings = []
    if not _FIRST_YEAR <= budget.year <= _LAST_YEAR:
        message = N_("The year {year} does not fit. Type a year like 2026.")
        findings.append(Finding("year", "year-does-not-fit", message, {"year": budget.year}))
    if not budget.source:
        findings.append(Finding("source", "source-missing", N_("It is not said where the money comes from.")))
    if budget.amount_vnd < 0:
        findings.append(_below_zero("amount_vnd", budget.amount_vnd))
    total = budget.amount_vnd + sum(
        other.amount_vnd for other in others if other.year == budget.year and other.id != budget.id
    )
    if not findings and total > norm_vnd:
        message = N_("The money of {year} comes to {total} đồng, above the norm of {norm} đồng: look again.")
        facts = {"year": budget.year, "total": dotted(total), "norm": dotted(norm_vnd)}
        findings.append(Finding("amount_vnd", "above-norm", message, facts, "warning"))
    return tuple(findings)


def check_equipment(equipment: ModelEquipment) -> tuple[Finding, ...]:
    """Return what is wrong about a line of equipment."""
    findings = []
    if not equipment.kind:
        findings.append(
            Finding("kind", "equipment-kind-missing", N_("It is not said what equipment this is."))
        )
    if equipment.count < 0:
        findings.append(_below_zero("count", equipment.count))
    return tuple(findings)


def check_own_kind(kind: OwnModelKind, catalogue: ModelCatalogue) -> tuple[Finding, ...]:
    """Return what is wrong about a kind of one's own beside all kinds of ``catalogue``."""
    findings = []
    if not kind.name:
        findings.append(Finding("name", "kind-name-missing", N_("The kind of model has no name.")))
    elif any(
        fold(known.name) == fold(kind.name) and known.id != kind.id for known in catalogue.kinds.values()
    ):
        message = N_("The catalogue has the kind «{name}» already. Choose that one.")
        findings.append(Finding("name", "kind-name-taken", message, {"name": kind.name}))
    words: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("field", kind.field, catalogue.fields),
        ("block", kind.block, catalogue.blocks),
    )
    for name, word, known_words in words:
        if word not in known_words:
            message = N_("«{word}» is none of these: {known}.")
            facts = {"word": word, "known": ", ".join(known_words)}
            findings.append(Finding(name, "model-word-unknown", message, facts))
    return tuple(findings)


def extended(catalogue: ModelCatalogue, own: Iterable[OwnModelKind]) -> ModelCatalogue:
    """Return the catalogue with the commune's own kinds behind the shipped ones, which they never replace."""
    added = {kind.id: ModelKind(kind.id, kind.name, kind.field, kind.block) for kind in own}
    new = {key: kind for key, kind in added.items() if key not in catalogue.kinds}
    return replace(catalogue, kinds={**catalogue.kinds, **new})


def dotted(amount: int) -> str:
    """Return an amount for people: ``20.000.000``."""
    return f"{amount:,}".replace(",", ".")


def _below_zero(name: str, count: int) -> Finding:
    message = N_("A count cannot be below 0, but here it is {count}.")
    return Finding(name, "negative-count", message, {"count": count})
