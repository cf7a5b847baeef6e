"""What a receiving unit has on record of one commune: its laptops, its bundles, and what of them a person must look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import judgement
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side.conflict_sides import Conflict, conflicts_of
from antq_desktop.services.receiving_side import held_bundles
from antq_desktop.services.receiving_side import open_matters as matters
from antq_desktop.services.receiving_side.commune_rows import CommuneRow, commune_rows
from antq_desktop.services.receiving_side.machines import MachineRow, machine_rows
from antq_desktop.services.receiving_side.open_matters import OpenMatter
from antq_desktop.services.session import Session
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.queries.conflicts import open_count
from antq_desktop.storage.queries.laptops import laptop_rows
from antq_desktop.storage.receiving import BundleRow
from antq_desktop.storage.unit_of_work import Store

_REFUSED = N_("The file was refused.")
_CONCURRENT = frozenset({"concurrent"})
#: So many changes that were set aside are told of one commune, and so many conflicts.
MOST = 50


@dataclass(frozen=True, slots=True)
class BundleSeen:
    """One bundle with what became of it; ``sentence`` is for people. ``needs_person``: nothing that may come settles it."""

    sha256: str
    bundle_id: str
    file_name: str
    device_id: str
    epoch: int
    seq_from: int
    seq_to: int
    verdict: str
    code: str
    sentence: str
    new_events: int
    needs_person: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class CommuneDetails:
    """One commune; bundles the newest first, ``keys`` by laptop in the order of their enrolment.

    Of ``set_aside`` only the first MOST are told, of the ``aside_count`` that there are; the same of ``conflicts``. ``told`` are
    changes that were undone or came under a key that was withdrawn since, the newest of each laptop, of ``told_count``.
    """

    unit_code: str
    unit_name: str
    laptops: tuple[CommuneRow, ...]
    bundles: tuple[BundleSeen, ...]
    keys: tuple[MachineRow, ...]
    set_aside: tuple[OpenMatter, ...]
    aside_count: int
    told: tuple[OpenMatter, ...]
    told_count: int
    conflicts: tuple[Conflict, ...]
    conflict_count: int


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """The ``first`` changes that a person must look at, of each laptop, and how many ``more`` there are."""

    first: tuple[OpenMatter, ...]
    more: int


class Communes:
    """Reads what is on record of one commune."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def open_matters(self, unit_code: str | None = None) -> OpenMatters:
        """Return the changes that a person must look at, of one unit or of all."""
        with self._store.reading() as work:
            laptops = laptop_rows(work, unit_code)
            return OpenMatters(tuple(matters.open_matters(work, laptops)), matters.more(work, laptops))

    def details(self, unit_code: str, references: Mapping[str, str] | None = None) -> CommuneDetails:
        """Return what is on record of a unit; nothing at all for one that is not enrolled.

        ``references`` says which entity a field of a record names, so that conflicts can name those records.
        """
        with self._store.reading() as work:
            laptops = commune_rows(work, self._session.now(), unit_code)
            rows = laptop_rows(work, unit_code)
            name = laptops[0].unit_name if laptops else unit_code
            ends = {(row.device_id, row.epoch): row.last_seq for row in laptops}
            seen = [_bundle(row, ends) for row in kept.bundles(work, unit_code)]
            return CommuneDetails(
                unit_code=unit_code,
                unit_name=name,
                laptops=tuple(laptops),
                bundles=tuple(sorted(seen, key=lambda one: one.at, reverse=True)),
                keys=tuple(machine_rows(work, unit_code)),
                set_aside=tuple(
                    islice(chain.from_iterable(matters.set_aside(work, row, MOST) for row in rows), MOST)
                ),
                aside_count=kept.count_aside(work, unit_code),
                told=tuple(chain.from_iterable(matters.told(work, row) for row in rows)),
                told_count=sum(sum(matters.told_counts(work, row)) for row in rows),
                conflicts=tuple(conflicts_of(work, unit_code, references or {}, MOST, _CONCURRENT)),
                conflict_count=open_count(work, unit_code, _CONCURRENT),
            )


def _bundle(row: BundleRow, ends: Mapping[tuple[str, int], int]) -> BundleSeen:
    facts = {
        "seq_from": row.seq_from,
        "seq_to": row.seq_to,
        "missing_from": ends.get((row.device_id, row.epoch), 0) + 1,
        "missing_to": row.seq_from - 1,
    }
    text = judgement.SENTENCES.get(row.code) or _refusal(row.code)
    return BundleSeen(
        sha256=row.sha256,
        bundle_id=row.bundle_id,
        file_name=row.file_name,
        device_id=row.device_id,
        epoch=row.epoch,
        seq_from=row.seq_from,
        seq_to=row.seq_to,
        verdict=row.verdict,
        code=row.code,
        sentence=_(text, **facts),
        new_events=row.new_events,
        needs_person=held_bundles.needs_person(row),
        at=datetime.fromisoformat(row.at),
    )


def _refusal(code: str) -> str:
    """Return the sentence of a refusal by its code; a plain one where that needs facts that were not kept."""
    known = {kind.code: kind.sentence for kind in _kinds(Refused)}
    text = known.get(code, _REFUSED)
    return text if "{" not in text else _REFUSED


def _kinds(root: type[Refused]) -> Iterator[type[Refused]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)
