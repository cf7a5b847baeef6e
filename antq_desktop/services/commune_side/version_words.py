"""What the versions of a record say, in the words of the page: who, when, on which laptop, and each field."""

from datetime import datetime

from antq_desktop.domain.conflicts import ConflictDecision, Side
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.names import laptop_mark
from antq_desktop.runtime import written
from antq_desktop.runtime.language import _
from antq_desktop.services import record_words as words
from antq_desktop.services.commune_side.conflict_sides import Conflict
from antq_desktop.services.commune_side.conflicts import value_at

#: Why a record cannot stand beside another: it has a rival (True), or something still belongs to it.
_CLASHES = {
    True: N_(
        "Two records have the same number or the same place ({what}), each from another laptop, and only one can stand. "
        "Choose it; the other one is deleted on all laptops, with your reason."
    ),
    False: N_(
        "One laptop deleted this record, but on another one something still belongs to it ({what}), so it stays for now. "
        "Keep it; or delete first what belongs to it, then choose the deletion."
    ),
}


def called(entity: str, name: str) -> str:
    """Return the record in words: "Hộ dân: Bùi Văn Một"."""
    return _("{kind}: {name}", kind=words.entity(entity), name=name) if name else words.entity(entity)


def why(conflict: Conflict) -> str:
    """Return the sentence that says what is to be decided."""
    other = conflict.rival or conflict.child
    if other and conflict.code == "clash":
        return _(_CLASHES[conflict.rival is not None], what=words.entity(other[0]))
    return {
        "concurrent": _(
            "Two laptops changed this record without knowing of each other. Nothing is lost: choose what is to stand."
        ),
        "clash": _(
            "This record cannot stand as it was last written: the same thing is here already, or what it belongs to is gone. "
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
    parts = side.user, moment(side.at), laptop(side.device_id, own_laptop)
    return ", ".join(part for part in parts if part)


def laptop(device_id: str, own_laptop: str) -> str:
    """Return which laptop it is: this one, or another one by the last signs of its number, as on its enrolment sheet."""
    if device_id == own_laptop:
        return _("this laptop")
    return _("another laptop ({mark})", mark=laptop_mark(device_id))


def decided(decision: ConflictDecision, own_laptop: str) -> str:
    """Return who decided, when, where and why."""
    return _(
        "{user}, {at}, {place}: {reason}",
        user=decision.user,
        at=moment(decision.at),
        place=laptop(decision.device_id, own_laptop),
        reason=decision.reason,
    )


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
