"""Keeps catalogues that a receiving unit issued, at that unit and at each commune alike: the file and the record of it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from antq_desktop.domain import criteria
from antq_desktop.domain.catalogues import CatalogueHead, MalformedCatalogue
from antq_desktop.domain.grading import parse_grading
from antq_desktop.domain.indicators import IndicatorCatalogue, parse_indicators
from antq_desktop.domain.model_lifecycle import LifecycleCatalogue, parse_lifecycle
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.unit_scope import parse_scope
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import parse_process
from antq_desktop.runtime import catalogue_files
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.storage import attachments
from antq_desktop.storage.unit_of_work import Writing

_GONE = N_("an entry is missing that records, reports or targets name; it may be worded anew, not left out")


def _whole_indicators(plain: Mapping[str, Any], sha256: str) -> IndicatorCatalogue:
    """Return indicators among which every shipped one still is, of its kind: layouts, targets and reports name them."""
    made = parse_indicators(plain, sha256)
    for key, shipped in read_shipped("indicators", parse_indicators).indicators.items():
        if key not in made.indicators or made.indicators[key].kind != shipped.kind:
            raise MalformedCatalogue(place=key, why=_GONE)
    return made


def _whole_lifecycle(plain: Mapping[str, Any], sha256: str) -> LifecycleCatalogue:
    """Return a lifecycle in which every shipped step still is: records of models name them."""
    made = parse_lifecycle(plain, sha256)
    for key in read_shipped("model-lifecycle", parse_lifecycle).steps:
        if key not in made.steps:
            raise MalformedCatalogue(place=key, why=_GONE)
    return made


#: The kinds of catalogue that can be issued, and what reads each.
PARSERS: Mapping[str, Callable[[Mapping[str, Any], str], CatalogueHead]] = {
    "criteria": criteria.parse,
    "scope": parse_scope,
    "process": parse_process,
    "grading": parse_grading,
    "indicators": _whole_indicators,
    "model-lifecycle": _whole_lifecycle,
}
_MEDIA_TYPE = "application/toml"


def read(file_name: str, content: bytes) -> tuple[str, CatalogueHead]:
    """Return the kind of the catalogue in ``content`` and what it says. Raises FaultyCatalogueFile, NoTomlFile."""
    found: list[str] = []

    def parse(plain: Mapping[str, Any], sha256: str) -> CatalogueHead:
        kind = plain.get("kind")
        if not isinstance(kind, str) or kind not in PARSERS:
            raise MalformedCatalogue(place="kind", why=N_("a catalogue of this kind cannot be issued"))
        found.append(kind)
        return PARSERS[kind](plain, sha256)

    head = catalogue_files.from_bytes(file_name, content, parse)
    return found[0], head


def keep(
    work: Writing, content: bytes, kind: str, head: CatalogueHead, *, issued_by: str, today: date
) -> IssuedCatalogue:
    """Keep a catalogue that was read from ``content``; the same one again only comes back as it is kept."""
    known = work.find(IssuedCatalogue, head.sha256)
    attachments.keep_content(work, content, f"{head.id}-{head.version}.toml", _MEDIA_TYPE)
    return known or work.save(
        IssuedCatalogue(
            id=head.sha256,
            unit_code=work.unit_code,
            catalogue_id=head.id,
            catalogue_version=head.version,
            kind=kind,
            title=head.title,
            issued_by=issued_by,
            taken_on=today,
        )
    )
