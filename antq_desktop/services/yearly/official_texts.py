"""Keeps the official wording of criteria as it was typed in from the paper: beside the shipped wording, never in its place."""

from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.assessment import UnknownItem
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.criteria import Catalogue, Status
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.official_texts import OfficialWording
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One criterion as it is shipped or issued (``wording``), and the official text that was typed in for it, if any.

    ``origin`` is "circular" or "province"; ``status`` says how sure the wording is.
    """

    catalogue_id: str
    catalogue_title: str
    version: str
    origin: str
    clause: str
    item: str
    legal_basis: str
    status: Status
    wording: str
    note: str
    official: OfficialWording | None

    @property
    def open(self) -> bool:
        """Whether nobody has compared the wording with the official text yet."""
        return self.status != "seen" and self.official is None

    @property
    def standing(self) -> str:
        """Say in one line how the wording stands to the official text, and who compared it when."""
        if self.official is not None:
            return _(
                "Compared by {who} on {day}, from {source}",
                who=self.official.typed_by,
                day=f"{self.official.typed_on:%d/%m/%Y}",
                source=self.official.source,
            )
        return _("Not compared with the official text") if self.open else _("Seen in the official text")


class OfficialTexts:
    """The official wording kept in the open workspace; it travels upward like every record."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def rows(self) -> list[WordingRow]:
        """Return every criterion of the catalogues in use now, in their order."""
        book = self._catalogues.book()
        with self._store.reading() as work:
            typed = {(kept.catalogue_id, kept.item): kept for kept in work.all(OfficialWording)}
        return [
            WordingRow(
                catalogue_id=catalogue.id,
                catalogue_title=catalogue.title,
                version=catalogue.version,
                origin=clause.origin,
                clause=clause.id,
                item=item.id,
                legal_basis=item.legal_basis,
                status=item.status,
                wording=item.wording,
                note=item.note,
                official=typed.get((catalogue.id, item.id)),
            )
            for catalogue in book
            for clause in catalogue.clauses
            for item in clause.items
        ]

    def put(self, catalogue_id: str, item: str, text: str, source: str) -> Written[OfficialWording]:
        """Keep the official text of a criterion, read from the paper ``source``; again to correct it.

        Lines stay lines. Raises NotFound for an unknown catalogue, UnknownItem, Invalid.
        """
        catalogue = self._known(catalogue_id, item)
        with self._store.writing(self._session.user) as work:
            key = _key(work.unit_code, catalogue.id, item)
            known = work.find(OfficialWording, key)
            wording = OfficialWording(
                id=key,
                unit_code=work.unit_code,
                catalogue_id=catalogue.id,
                item=item,
                text=_cleaned_lines(text),
                source=clean(source),
                typed_by=self._session.user,
                typed_on=self._session.today(),
                version=known.version if known is not None else {},
            )
            if known is not None and (known.text, known.source) == (wording.text, wording.source):
                return Written(known, work.commit())  # who typed it first stays
            remarks = accepted(_check(wording))
            saved = work.save(wording, "official_text_typed")
            return Written(saved, work.commit(), remarks)

    def take_back(self, catalogue_id: str, item: str, reason: str) -> Changes:
        """Remove what was typed in; the text and the reason stay in the journal. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(OfficialWording, _key(work.unit_code, catalogue_id, item)), why)
            return work.commit()

    def _known(self, catalogue_id: str, item: str) -> Catalogue:
        found = next((each for each in self._catalogues.book() if each.id == catalogue_id), None)
        if found is None:
            raise NotFound(what=catalogue_id)
        if found.item(item) is None:
            raise UnknownItem(catalogue=catalogue_id, item=item)
        return found


def _key(unit_code: str, catalogue_id: str, item: str) -> str:
    """Return the id: it follows from catalogue and item, so that two laptops of one office agree."""
    return uuid5(NAMESPACE_OID, f"{unit_code} {catalogue_id} {item} official").hex


def _cleaned_lines(text: str) -> str:
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _check(wording: OfficialWording) -> list[Finding]:
    return [
        Finding(name, "missing", N_("This must be filled in."))
        for name, text in (("text", wording.text), ("source", wording.source))
        if not text
    ]
