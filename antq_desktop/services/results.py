"""What a use case gives back: the record as it was kept, what changed, and what the officer may look at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.domain.findings import Finding, errors, warnings
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A record that was saved; ``warnings`` are remarks that did not keep it from being saved."""

    record: T
    changes: Changes
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RowResult(Generic[T]):
    """What became of one of several records done as one job: ``written`` when it went well, else the ``failure``.

    ``id`` is the one that was asked for; ``name`` is how people call it.
    """

    id: str
    name: str
    written: Written[T] | None = None
    failure: KnownFailure | None = None


class Invalid(BadInput):
    """A record has faults; ``findings`` says which field and why."""

    code = "invalid"
    sentence = N_("It was not saved: {why}")

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(why=remark(self.findings[0]))


class ReasonMissing(BadInput):
    """Something is taken back, which the journal does not keep without a reason."""

    code = "reason-missing"
    sentence = N_("Say why. Nothing was changed.")


def remark(finding: Finding) -> str:
    """Return the sentence of a finding as it is shown; facts that are words of the program are said in words too."""
    facts = {name: _(fact) if isinstance(fact, str) else fact for name, fact in finding.facts.items()}
    return _(finding.message, **facts)


def reason_given(reason: str) -> str:
    """Return the reason, cleaned. Raises ReasonMissing for an empty one."""
    why = clean(reason)
    if not why:
        raise ReasonMissing
    return why


def accepted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the warnings among ``findings``. Raises Invalid when there is an error among them."""
    found = tuple(findings)
    if errors(found):
        raise Invalid(errors(found))
    return warnings(found)


def each_row(
    names: Mapping[str, str], one: Callable[[str], Written[T]], progress: Progress | None
) -> list[RowResult[T]]:
    """Do ``one`` for every id of ``names`` (id to name), each an action of its own, and return what became of each.

    One that fails, or that a stop came before, undoes nothing of those that went well.
    """
    results: list[RowResult[T]] = []
    for place, (key, name) in enumerate(names.items()):
        try:
            if progress is not None:
                progress.report(place, len(names), name)
            results.append(RowResult(key, name, one(key)))
        except KnownFailure as failure:
            results.append(RowResult(key, name, failure=failure))
    return results
