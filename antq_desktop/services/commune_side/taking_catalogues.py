"""Takes the catalogues of a receiving unit into a commune: all of a file or none, and never an older state for a newer."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from antq_desktop.documents.form_files import Form, form_names, form_of
from antq_desktop.domain.catalogues import CatalogueHead
from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import issued
from antq_desktop.exchange.issued import IssuedList, IssuedText
from antq_desktop.runtime.catalogue_files import FaultyCatalogueFile, NoTomlFile
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.papers import issued_forms
from antq_desktop.services.papers.forms import checked
from antq_desktop.services.receiving_side import issued_catalogues
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Writing

#: The hash of each list that was taken in, by its number, and of the one in use.
_TAKEN, _IN_USE = "issued_lists_taken", "issued_list_in_use"
#: When the file of the list in use was made, by the clock of who made it.
MADE_AT = "catalogues_made_at"
_NEVER = "1970-01-01T00:00:00+00:00"
SENTENCES = {
    "catalogues-taken": N_(
        "{count} catalogues of {name} were taken in: {titles}. New work goes by them; what was finished before stays as it is."
    ),
    "catalogues-known": N_("The catalogues in this file were taken in before. Nothing was changed."),
}


class CataloguesOlder(Refused):
    code = "catalogues-older"
    sentence = N_(
        "The catalogues in this file are older than those in use (number {theirs} of {theirs_at}, in use number {ours} of {ours_at}). "
        "Nothing was changed."
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


def take(work: Writing, content: bytes, name: str, today: date, made_at: datetime) -> CataloguesTaken:
    """Keep every catalogue of a proven file that the receiving unit ``name`` made at ``made_at``.

    Raises CatalogueFileRefused, CataloguesOlder, UnknownCatalogueKind, FaultyCatalogue.
    """
    said = issued.decode(content)
    if not _is_news(work, said, content, made_at):
        return _told(name, ())
    # What was issued again stands there again: its last place counts.
    last = {each: place for place, each in enumerate(said.catalogues, 1)}
    read = {each: _read(each) for each in last}
    forms = {issued_forms.name_of(each.kind): each for each in sorted(last, key=last.__getitem__)}
    changed = {each for form, each in forms.items() if form and issued_forms.text_of(work, form) != each.text}
    new: list[str] = []
    for each, found in read.items():
        sha256 = hashlib.sha256(each.content).hexdigest()
        if each in changed or work.find(IssuedCatalogue, sha256) is None:
            new.append(_title(found))
        if isinstance(found, Form):
            form = issued_forms.name_of(each.kind)
            issued_forms.keep(work, form, each.text, found.title, last[each], name, today)
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
    for name in (_IN_USE, MADE_AT):
        work.keep_local(name, "")


def _is_news(work: Writing, said: IssuedList, content: bytes, made_at: datetime) -> bool:
    """Whether the list is to be used from now on; remember it if so. Raises CataloguesOlder.

    Another list under a number that was used comes of a receiving unit that was restored and counts anew: of the two the one
    made later holds (at one second: the greater hash), whichever came first.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    taken: dict[str, str] = work.local(_TAKEN, {})
    newest = max(map(int, taken), default=0)
    in_use = work.local(_IN_USE, "") or taken.get(str(newest), "")
    in_use_at = datetime.fromisoformat(work.local(MADE_AT, "") or _NEVER)
    if taken.get(str(said.sequence)) == sha256:
        if sha256 == in_use:
            work.keep_local(MADE_AT, max(in_use_at, made_at).isoformat())
        return False
    is_used = str(said.sequence) in taken
    is_older = (made_at, sha256) < (in_use_at, in_use) if is_used else said.sequence < newest
    if is_older:
        ours = next((number for number, known in taken.items() if known == in_use), newest)
        raise CataloguesOlder(
            theirs=said.sequence, theirs_at=_day(made_at), ours=ours, ours_at=_day(in_use_at)
        )
    work.keep_local(_TAKEN, {**taken, str(said.sequence): sha256})
    work.keep_local(_IN_USE, sha256)
    work.keep_local(MADE_AT, made_at.isoformat())
    return True


def _day(at: datetime) -> str:
    return f"{at.astimezone():%H:%M %d/%m/%Y}"


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
