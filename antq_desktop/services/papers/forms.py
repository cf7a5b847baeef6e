"""Lets an office word its papers itself: a changed form is kept in the workspace over the shipped one, which stays to go back to."""

import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomlkit
from tomlkit.items import AbstractTable

from antq_desktop.documents.form_files import Field, Form, FormBroken, form_names, form_of, load_form
from antq_desktop.documents.output import writing
from antq_desktop.documents.pdf import Rendered, render_form
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import MachineFailed, NotFound
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.official_texts import OwnForm
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.resources import FORMS
from antq_desktop.services.papers import form_texts, issued_forms
from antq_desktop.services.papers.form_checks import check_form
from antq_desktop.services.papers.form_texts import FormText
from antq_desktop.services.results import Invalid, Written, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Reading, Store

#: A form file is some thousand letters; a larger one is a file of another kind.
_LONGEST = 256 * 1024


class FormFileUnreadable(MachineFailed):
    """The stick or the folder does not give the file."""

    code = "form-file-unreadable"
    sentence = N_("«{file}» cannot be read. Check the stick or the folder, then choose the file again.")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form. ``status`` as in its file; ``fault`` is the failure that keeps an own form from being printed."""

    name: str
    title: str
    status: str
    legal_basis: tuple[str, ...]
    own: bool = False
    fault: FormBroken | None = None


def form_in_use(work: Reading, name: str) -> Form:
    """Return the form ``name`` as this office prints it: its own one, else the one of the upper level, else the shipped one.

    Raises FormMissing, FormBroken.
    """
    text = text_in_use(work, name)
    return _read(name, text) if text else load_form(name)


def checked(name: str, source: str) -> Rendered:
    """Print a sample with a form file and forget it; what is fit to be kept passes. Raises FormMissing, FormBroken, FieldMissing, FieldWrong."""
    with TemporaryDirectory() as folder:
        return _print(name, source, Path(folder) / "sample.pdf")


class Forms:
    """The forms of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def names(self) -> list[FormRow]:
        """Return every form by its title; an own one that a newer program cannot print any more says why."""
        with self._store.reading() as work:
            own = {kept.id for kept in work.all(OwnForm) if kept.text}
            return [_row(name, text_in_use(work, name), own=name in own) for name in form_names()]

    def texts(self, name: str) -> list[FormText]:
        """Return each wording and measure of the form in use with the shipped one beside it. Raises FormMissing, FormBroken."""
        source, shipped = self.source(name), shipped_source(name)
        return form_texts.texts(form_of(name, source), source, form_of(name, shipped), shipped)

    def change(self, name: str, texts: Mapping[str, str]) -> Written[OwnForm]:
        """Keep new ``texts`` by their paths; comments and layout of the file stay as they are.

        Raises FormMissing; Invalid for a measure that is no number (its field is the path); FormBroken and what the
        printing of a sample raises.
        """
        return self.put_source(name, self.changed_source(name, texts))

    def changed_source(self, name: str, texts: Mapping[str, str]) -> str:
        """Return the form file with new ``texts`` and keep nothing. Raises FormMissing, NotFound, FormBroken, Invalid."""
        source = self.source(name)
        known = {text.path: text.is_number for text in self.texts(name)}
        document = tomlkit.parse(source)
        for path, text in texts.items():
            if path not in known:
                raise NotFound(what=path)
            _put(document, path, _number(path, text) if known[path] else unicodedata.normalize("NFC", text))
        return tomlkit.dumps(document)

    def source(self, name: str) -> str:
        """Return the form file in use. Raises FormMissing."""
        with self._store.reading() as work:
            return text_in_use(work, name) or shipped_source(name)

    def own_source(self, name: str) -> str:
        """Return the form file that this office made, nothing where the shipped one is in use."""
        with self._store.reading() as work:
            return _own_text(work, name)

    def put_source(self, name: str, source: str) -> Written[OwnForm]:
        """Keep a whole form file as this office's own, once a sample was printed with it.

        Raises FormMissing, FormBroken, FieldMissing, FieldWrong. The warnings name letters that the face lacks.
        """
        text = _plain(source)
        printed = checked(name, text)
        lacking = [
            Finding("", "letter-lacking", _LACKING, {"letters": " ".join(printed.missing_glyphs)}, "warning")
        ]
        with self._store.writing(self._session.user) as work:
            old = work.find(OwnForm, name)
            record = work.save(
                OwnForm(id=name, unit_code=work.unit_code, text=text, version=old.version if old else {})
            )
            return Written(record, work.commit(), tuple(lacking) if printed.missing_glyphs else ())

    def put_file(self, name: str, path: Path) -> Written[OwnForm]:
        """Keep the form file ``path`` as ``put_source`` does. Raises FormFileUnreadable, and what that raises."""
        try:
            source = path.read_bytes()[: _LONGEST * 4].decode()
        except UnicodeDecodeError as error:
            raise FormBroken(form=name, line=1, key=path.name, why=_NO_TEXT) from error
        except OSError as error:
            raise FormFileUnreadable(file=str(path)) from error
        return self.put_source(name, source)

    def write_file(self, name: str, path: Path) -> Path:
        """Write the form file in use to ``path``, to be changed in an editor. Raises FormMissing, PaperNotWritten."""
        with writing(path) as stream:
            stream.write(self.source(name).encode())
        return path

    def back_to_shipped(self, name: str, reason: str) -> Changes:
        """Print the shipped form again; what this office had changed stays readable in the journal. Raises ReasonMissing.

        The record stays, emptied: one that is deleted and written anew would be an old version to who has seen it.
        """
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            own = work.find(OwnForm, name)
            if own is not None:
                work.save(replace(own, text=""), note=why)
            return work.commit()

    def form(self, work: Reading, name: str) -> Form:
        """Return the form in use inside an open view. Raises FormMissing, FormBroken."""
        return form_in_use(work, name)

    def sample(self, name: str, out: Path, texts: Mapping[str, str] | None = None) -> Rendered:
        """Print the shipped sample with the form in use into ``out`` (.pdf); ``texts`` are laid over it and not kept."""
        return _print(name, self.changed_source(name, texts) if texts else self.source(name), out)


_NO_TEXT = N_("the file is no text in UTF-8.")
_TOO_DEEP = N_("its lists lie too deep in one another.")
_LACKING = N_("The letters on this paper lack: {letters}. They are printed as an empty box.")


def shipped_source(name: str) -> str:
    """Return the shipped form file. Raises FormMissing."""
    load_form(name)
    return (FORMS / name / "form.toml").read_text(encoding="utf-8-sig")


def _row(name: str, text: str, *, own: bool) -> FormRow:
    shipped = load_form(name)
    if not text:
        return FormRow(name, shipped.title, shipped.status, shipped.legal_basis)
    try:
        made = _read(name, text)
    except FormBroken as fault:
        return FormRow(name, shipped.title, shipped.status, shipped.legal_basis, own=own, fault=fault)
    return FormRow(name, made.title, made.status, made.legal_basis, own=own)


def text_in_use(work: Reading, name: str) -> str:
    """Return the form file that stands before the shipped one: this office's own, else the one of the upper level, else nothing."""
    return _own_text(work, name) or issued_forms.text_of(work, name)


def _own_text(work: Reading, name: str) -> str:
    own = work.find(OwnForm, name)
    return own.text if own else ""


@lru_cache(maxsize=32)
def _read(name: str, source: str) -> Form:
    """Return an own form; fields that the program learnt since then are let in, so that new data never stops a print."""
    try:
        made = form_of(name, source)
    except RecursionError as error:
        raise FormBroken(form=name, line=1, key="form.toml", why=_TOO_DEEP) from error
    return replace(made, fields=_with_new_fields(made.fields, load_form(name).fields))


def _with_new_fields(own: Mapping[str, Field], shipped: Mapping[str, Field]) -> dict[str, Field]:
    joined = dict(own)
    for name, field in shipped.items():
        mine = own.get(name)
        if mine is None:
            joined[name] = replace(field, required=False)
        elif mine.fields and field.fields:
            joined[name] = replace(mine, fields=_with_new_fields(mine.fields, field.fields))
    return joined


def _plain(source: str) -> str:
    """Return a form file as it is kept: NFC, line ends as here, no mark at its head."""
    return unicodedata.normalize("NFC", source.removeprefix("\ufeff").replace("\r\n", "\n"))


def _print(name: str, source: str, out: Path) -> Rendered:
    """Print the shipped sample with a checked form file."""
    shipped = load_form(name)
    if len(source) > _LONGEST:
        raise FormBroken(form=name, line=1, key="form.toml", why=N_("the file is too large for a form."))
    made = _read(name, source)
    check_form(made, source, shipped)
    return render_form(made, _sample(name), out)


@lru_cache(maxsize=32)
def _sample(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((FORMS / name / "sample.json").read_text(encoding="utf-8"))
    return records


def _number(path: str, text: str) -> int | float:
    """Return 13,5 or 18 as a number. Raises Invalid."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Invalid([Finding(path, "no-number", _NO_NUMBER, {"text": text})])
    return int(value) if value.is_integer() else value


_NO_NUMBER = N_("«{text}» is no number. Type figures, such as 13,5.")


def _put(document: AbstractTable | tomlkit.TOMLDocument, path: str, value: object) -> None:
    """Set one value in a form file, making the tables on its way where the file leaves them to their defaults."""
    *way, last = path.split(".")
    part: Any = document
    for step in way:
        if isinstance(part, list):
            part = part[int(step)]
            continue
        if step not in part:
            part[step] = tomlkit.inline_table() if step == "margins" else tomlkit.table()
        part = part[step]
    part[int(last) if isinstance(part, list) else last] = value
