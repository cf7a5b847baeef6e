"""What a catalogue file says inside: every catalogue that the receiving unit has issued, as the very text of its file.

All of them each time: a stick that is lost costs nothing, and a laptop that comes late misses none.
"""

from dataclasses import dataclass

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import plain_fields
from antq_desktop.exchange.plain_fields import many, positive, record, token

_DEPTH = 4


class CatalogueFileRefused(Refused):
    code = "catalogue-file-refused"
    sentence = N_(
        "The file of catalogues breaks the rules of the format. Ask the receiving unit for a new one."
    )


@dataclass(frozen=True, slots=True)
class IssuedText:
    """One catalogue: what kind it is of, and its file, which is UTF-8; the hash of those bytes names it everywhere."""

    kind: str
    text: str

    @property
    def content(self) -> bytes:
        return self.text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class IssuedList:
    """State ``sequence`` of what was issued, in the order of issuing."""

    sequence: int
    catalogues: tuple[IssuedText, ...]


def encode(issued: IssuedList) -> bytes:
    """Return the content that is sealed to a commune."""
    return strict_json.dumps(plain_fields.write(issued))


def decode(content: bytes) -> IssuedList:
    """Return the list in ``content``. Raises CatalogueFileRefused."""
    try:
        made: IssuedList = _LIST(strict_json.loads(content, _DEPTH))
    except (strict_json.UnsafeJSON, plain_fields.WrongField) as error:
        raise CatalogueFileRefused from error
    if not made.catalogues or encode(made) != content:
        raise CatalogueFileRefused
    return made


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise plain_fields.WrongField("no text")
    return value


_LIST = record(
    IssuedList,
    {"sequence": positive, "catalogues": many(record(IssuedText, {"kind": token, "text": _text}))},
)
