"""Takes the catalogues of a receiving unit into a commune: all of a file or none, and never an older state for a newer."""

import hashlib
from dataclasses import dataclass
from datetime import date

from antq_desktop.documents.form_files import Form, form_names, form_of
from antq_desktop.domain.catalogues import CatalogueHead
from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import issued
from antq_desktop.exchange.issued import IssuedList, IssuedText
from antq_desktop.runtime.catalogue_files import FaultyCatalogueFile, NoTomlFile
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services import issued_catalogues, issued_forms
from antq_desktop.services.forms import checked
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Writing

_TAKEN = "issued_lists_taken"
SENTENCES = {
    "catalogues-taken": N_(
        "{count} catalogues of {name} were taken in: {titles}. New work goes by them; what was finished before stays as it is."
    ),
    "catalogues-known": N_("The catalogues in this file were taken in before. Nothing was changed."),
}


class CataloguesOlder(Refused):
    code = "catalogues-older"
    sentence = N_(
        "The catalogues in this file are older than those in use (state {theirs}, in use {ours}). Nothing was changed."
    )


class UnknownCatalogueKind(Refused):
    code = "unknown-catalogue-kind"
    sentence = N_(
        "The file holds a catalogue of a kind that this program does not know («{kind}»). "
        "Update this program, then take the file again."
    )


class FaultyCatalogue(Refused):
    code = "faulty-catalogue"
    sentence = N_("Nothing of the file was taken in. {why}")


@dataclass(frozen=True, slots=True)
class CataloguesTaken:
    """What came of a file: ``code`` is catalogues-taken or catalogues-known; ``titles`` are those that are new."""

    code: str
    sentence: str
    titles: tuple[str, ...]


def take(work: Writing, content: bytes, name: str, today: date) -> CataloguesTaken:
    """Keep every catalogue of a proven file of the receiving unit ``name``.

    Raises CatalogueFileRefused, CataloguesOlder, UnknownCatalogueKind, FaultyCatalogue.
    """
    said = issued.decode(content)
    if not _is_news(work, said, content):
        return _told(name, ())
    read = [_read(each) for each in said.catalogues]
    new: list[str] = []
    for place, (each, found) in enumerate(zip(said.catalogues, read, strict=True), 1):
        sha256 = hashlib.sha256(each.content).hexdigest()
        if work.find(IssuedCatalogue, sha256) is None:
            new.append(_title(found))
        if isinstance(found, Form):
            form = issued_forms.name_of(each.kind)
            issued_forms.keep(work, form, each.text, found.title, place, name, today)
        else:
            issued_catalogues.keep(work, each.content, each.kind, found, issued_by=name, today=today)
    work.note(Deed("catalogues_taken", "issued_catalogues", str(said.sequence), note=name))
    return _told(name, tuple(new))


def _told(name: str, new: tuple[str, ...]) -> CataloguesTaken:
    code = "catalogues-taken" if new else "catalogues-known"
    return CataloguesTaken(code, _(SENTENCES[code], count=len(new), name=name, titles="; ".join(new)), new)


def forget_order(work: Writing) -> None:
    """Begin anew with the numbers of another receiving unit; what was taken in stays."""
    work.keep_local(_TAKEN, {})


def _is_news(work: Writing, said: IssuedList, content: bytes) -> bool:
    """Whether the list is not the one that was taken in under its number; remember it if so. Raises CataloguesOlder.

    Another list under a number that was used is news too: the receiving unit was restored and counts anew from there.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    taken: dict[str, str] = work.local(_TAKEN, {})
    newest = max(map(int, taken), default=0)
    before = taken.get(str(said.sequence))
    if before == sha256:
        return False
    if before is None and said.sequence < newest:
        raise CataloguesOlder(theirs=said.sequence, ours=newest)
    earlier = {number: known for number, known in taken.items() if int(number) < said.sequence}
    work.keep_local(_TAKEN, {**earlier, str(said.sequence): sha256})
    return True


def _title(found: CatalogueHead | Form) -> str:
    if isinstance(found, Form):
        return _("form «{title}»", title=found.title)
    return _("{title}, version {version}", title=found.title, version=found.version)


def _read(each: IssuedText) -> CatalogueHead | Form:
    form = issued_forms.name_of(each.kind)
    if form:
        return _read_form(each, form)
    if each.kind not in issued_catalogues.PARSERS:
        raise UnknownCatalogueKind(kind=each.kind)
    try:
        kind, head = issued_catalogues.read(f"{each.kind}.toml", each.content)
    except (FaultyCatalogueFile, NoTomlFile) as fault:
        raise FaultyCatalogue(why=sentence(fault)) from fault
    if kind != each.kind:
        raise FaultyCatalogue(why=_("The label names another kind than the catalogue does."))
    return head


def _read_form(each: IssuedText, form: str) -> Form:
    """Return an issued form once a sample was printed with it, so that no paper fails later."""
    if form not in form_names():
        raise UnknownCatalogueKind(kind=each.kind)
    try:
        checked(form, each.text)
        return form_of(form, each.text)
    except KnownFailure as fault:
        raise FaultyCatalogue(why=sentence(fault)) from fault
