"""Writes who signs a paper the way Nghị định 30/2020/NĐ-CP, Phụ lục I, asks: TM. for a committee, KT. for a deputy."""

from dataclasses import dataclass

from antq_desktop.domain.text import clean, fold
from antq_desktop.runtime.language import _

#: How the names of bodies and posts begin, folded: they are data, typed in by the office.
_COMMITTEE, _CHAIR, _DEPUTY = "uy ban nhan dan", "chu tich", "pho "


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the head of a paper shows it: what it is on one line, whose on the next (``kind`` may be empty)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The lines above a signature; ``authority`` and ``deputy`` are empty where none is needed."""

    authority: str
    deputy: str
    post: str


def body_of(decided_by: str) -> Body:
    """Return the body behind who decides: a chair decides in the name of the office, whose paper it is."""
    words = clean(decided_by).split(" ")
    if fold(" ".join(words[:2])) == _CHAIR:
        words = words[2:]
    count = len(_COMMITTEE.split())
    if fold(" ".join(words[:count])) == _COMMITTEE and len(words) > count:
        return Body(" ".join(words[:count]), " ".join(words[count:]))
    return Body("", " ".join(words))


def signing_of(decided_by: str, post: str) -> Signing:
    """Return the lines above the signature of who holds ``post`` on a paper of ``decided_by``."""
    committee = fold(decided_by).startswith(_COMMITTEE)
    post = clean(post)
    deputy = fold(post).startswith(_DEPUTY)
    return Signing(
        authority=_("On behalf of the People's Committee") if committee else "",
        deputy=_("For the {post}", post=post.split(" ", 1)[1]) if deputy else "",
        post=post,
    )
