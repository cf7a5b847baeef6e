"""What the versions of a record say, in the words of the page: who, when, on which laptop, and each field."""

from datetime import datetime

from antq_desktop.domain.conflicts import Side
from antq_desktop.runtime.language import _
from antq_desktop.services.conflict_sides import Conflict
from antq_desktop.services.conflicts import value_at
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.journal import words


def called(entity: str, name: str) -> str:
    """Return the record in words: "Hộ dân: Bùi Văn Một"."""
    return _("{kind}: {name}", kind=words.entity(entity), name=name) if name else words.entity(entity)


def why(conflict: Conflict) -> str:
    """Return the sentence that says what is to be decided."""
    return {
        "concurrent": _(
            "Two laptops changed this record without knowing of each other. Nothing is lost: choose what is to stand."
        ),
        "clash": _(
            "This record of another laptop cannot stand: the same thing is here already, or what it belongs to is gone. "
            "Drop it, or settle the other record first."
        ),
        "decided": _("This was decided already. Choosing another version takes that decision back."),
    }[conflict.code]


def head(side: Side) -> str:
    """Return what a version is, in a few words."""
    if side.op == "delete":
        return _("Deleted, and so in use here") if side.stands else _("Deleted")
    return _("In use here") if side.stands else _("Not in use")


def who(side: Side, own_laptop: str) -> str:
    """Return who wrote a version, when by that laptop's own clock, and on which."""
    place = _("this laptop") if side.device_id == own_laptop else _("laptop {device}", device=side.device_id)
    return _("{user}, {at}, {place}", user=side.user, at=moment(side.at), place=place)


def moment(at: str) -> str:
    """Return a time for people; what another program wrote for one is shown as it is."""
    try:
        return written.moment(datetime.fromisoformat(at))
    except ValueError:
        return at


def field(name: str) -> str:
    """Return what a field is called, or a part of one."""
    outer, _slash, part = name.partition("/")
    return f"{words.field(outer)}: {words.field(part)}" if part else words.field(outer)


def value(conflict: Conflict, side: Side, name: str) -> str:
    """Return what a version says of a field."""
    if side.op == "delete":
        return "–"
    plain = value_at(side, name)
    if isinstance(plain, dict) and "value" in plain:  # an answer of a self-assessment
        plain = plain["value"]
    outer, _slash, part = name.partition("/")
    return words.value(conflict.entity, part or outer, plain, conflict.names) or "–"
