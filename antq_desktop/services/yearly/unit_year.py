"""Gathers what the workspace holds of one unit in one year, for the papers of its dossier."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from antq_desktop.domain.assessment import Outcome, SelfAssessment, evaluate
from antq_desktop.domain.criteria import Catalogue, UnitKind
from antq_desktop.domain.official_texts import OfficialWording
from antq_desktop.domain.periods import Period
from antq_desktop.domain.recognition import Recognition
from antq_desktop.domain.territory import AREA_KINDS, ResidentialArea
from antq_desktop.domain.text import clean, fold
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.papers.paper_records import Letterhead, head_of, letterhead
from antq_desktop.services.papers.signing import Body, body_of, signing_of
from antq_desktop.services.yearly.assessed_units import AssessedUnit, assessed_unit
from antq_desktop.storage.queries.journal import last_lines
from antq_desktop.storage.unit_of_work import Reading

#: What the journal says of an assessment that was finished.
FINISHED = "finished"
#: How the catalogues name a circular and its article.
_CIRCULAR = re.compile(r"Thông tư (?:số )?(\S+)(?: ngày \S+)?, (Điều \d+)")
_UNBROKEN = "\u00a0"


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit and its assessed year; ``occurrences`` are those within the period, oldest first.

    ``kind_name`` is what its kind is called; ``party_head`` and ``head`` are posts, the first empty where there is none.
    ``recorded_later`` are the ids of those that were recorded or changed after the assessment was finished.
    ``officials`` are the official wordings that were typed in, by item.
    """

    unit: AssessedUnit
    year: int
    period: Period
    kind_name: str
    address: str
    party_head: str
    head: str
    catalogue: Catalogue
    assessment: SelfAssessment | None
    outcome: Outcome | None
    steps: Mapping[str, YearStep]
    occurrences: tuple[Occurrence, ...]
    recorded_later: frozenset[str]
    officials: Mapping[str, OfficialWording]
    letterhead: Letterhead

    @property
    def full_name(self) -> str:
        """The unit inside a sentence: a residential area is named as one."""
        return with_kind(self.unit.key.kind, self.unit.name)

    @property
    def name_in_text(self) -> str:
        """The unit within a sentence: the commune too begins with a small letter, «xã Kim Bôi»."""
        if self.unit.key.kind == "commune":
            return self.unit.name[:1].lower() + self.unit.name[1:]
        return self.full_name

    @property
    def found_met(self) -> bool:
        """Whether the unit finished its assessment and found that it meets the criteria."""
        kept = self.assessment
        return kept is not None and (kept.state, kept.result) == ("final", "met")

    @property
    def place(self) -> str:
        """The address in a list of units of one commune, which need not say the province."""
        own = self.unit.listed.address if self.unit.listed else ""
        return own or self.address.split(",")[0]

    @property
    def article(self) -> str:
        """What is cited, unbroken: «Điều 6 Thông tư số 124/2021/TT-BCA»; other sources as they are written."""
        source = self.catalogue.source.split(";")[0]
        found = _CIRCULAR.fullmatch(source)
        return f"{found[2]} Thông tư số {found[1]}".replace(" ", _UNBROKEN) if found else source

    @property
    def article_alone(self) -> str:
        """The article, where the circular was cited before."""
        found = _CIRCULAR.fullmatch(self.catalogue.source.split(";")[0])
        return found[2] if found else self.article

    @property
    def heading(self) -> tuple[str, Body]:
        """Who stands at the head of the unit's own papers: the body above, and the unit."""
        kind, name = self.unit.key.kind, self.unit.name
        if kind == "residential_area":
            return self.letterhead.address.split(",")[0], Body(_("Residential area"), name)
        if kind == "commune":
            return "", body_of(_("People's Committee of {commune}", commune=name[:1].lower() + name[1:]))
        return "", Body("", name)

    @property
    def authority(self) -> str:
        """What stands above the post of who signs: a committee's chair signs for the committee."""
        _parent, body = self.heading
        return signing_of(f"{body.kind} {body.name}".strip(), self.head).authority


def unit_year(work: Reading, catalogues: Catalogues, key: UnitKey, year: int) -> UnitYear:
    """Return the unit ``key`` with its ``year``. Raises NotFound, CriteriaNotHere."""
    scope = catalogues.scope.units[key.kind]
    period = scope.period.of(year)
    unit = assessed_unit(work, key, period.last)
    kept = work.all(SelfAssessment, unit_kind=key.kind, unit_id=key.id, year=year)
    assessment = kept[0] if kept else None
    catalogue = (
        catalogues.of(assessment.catalogue_id, assessment.catalogue_version, assessment.catalogue_sha256)
        if assessment
        else catalogues.criteria_for(key.kind, year)
    )
    head = letterhead(work)
    occurrences = [
        seen for seen in work.all(Occurrence, unit_kind=key.kind, unit_id=key.id) if period.holds(seen.on)
    ]
    return UnitYear(
        unit=unit,
        year=year,
        period=period,
        # A commune is a xã, a phường or a đặc khu: its kind of unit has no one name.
        kind_name=head.kind.capitalize() if key.kind == "commune" else scope.name,
        address=unit.listed.address if unit.listed and unit.listed.address else head.address,
        party_head=_("Secretary of the party cell") if key.kind == "residential_area" else "",
        head=_post(work, key),
        catalogue=catalogue,
        assessment=assessment,
        outcome=evaluate(catalogue, assessment.answers, year) if assessment else None,
        steps={step.step: step for step in work.all(YearStep, unit_kind=key.kind, unit_id=key.id, year=year)},
        occurrences=tuple(sorted(occurrences, key=lambda seen: (seen.on, seen.id))),
        recorded_later=_later(work, assessment, occurrences),
        officials={wording.item: wording for wording in work.all(OfficialWording, catalogue_id=catalogue.id)},
        letterhead=head,
    )


def key_of(record: SelfAssessment | Recognition) -> UnitKey:
    """Return which unit an assessment or a decision is about."""
    return UnitKey(cast("UnitKind", record.unit_kind), record.unit_id)


def with_kind(kind: str, name: str) -> str:
    """Return the name of a unit inside a sentence: «Thôn Bản Lác» is the «Khu dân cư thôn Bản Lác», others stand as they are."""
    prefix = _("Residential area")
    if kind != "residential_area" or fold(name).startswith(fold(prefix)):
        return name
    begins_with_a_kind = any(clean(name).casefold().startswith(f"{word} ") for word in AREA_KINDS)
    return f"{prefix} {name[:1].lower() + name[1:] if begins_with_a_kind else name}"


def _later(
    work: Reading, assessment: SelfAssessment | None, occurrences: Sequence[Occurrence]
) -> frozenset[str]:
    """Return which of ``occurrences`` the journal has after the assessment was finished."""
    if assessment is None or assessment.state != "final":
        return frozenset()
    finished = last_lines(work, "self_assessments", [assessment.id], FINISHED).get(assessment.id)
    if finished is None:
        return frozenset()
    lines = last_lines(work, "occurrences", [seen.id for seen in occurrences])
    return frozenset(key for key, line in lines.items() if line > finished)


def _post(work: Reading, key: UnitKey) -> str:
    match key.kind:
        case "residential_area":
            return head_of(work.get(ResidentialArea, key.id).kind)
        case "commune":
            return _("Chairman")
        case "agency":
            return _("Head of the agency")
        case "enterprise":
            return _("Director")
        case _:
            return _("Headmaster")
