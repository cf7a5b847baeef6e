"""What the receiving unit says back: how far each chain was taken in, what was set aside and why, and who to believe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import plain_fields
from antq_desktop.exchange.plain_fields import (
    count,
    digest,
    many,
    mapping,
    maybe,
    one_of,
    positive,
    record,
    text,
    token,
)

VERDICTS = ("taken", "known", "held", "refused")
#: More than these go by number only; the rest is seen at the receiving unit.
MAX_SET_ASIDE = 10_000
#: What events and their conflicts may take of the largest document that is read; the rest is for all else that it says.
_MOST_PARTS = strict_json.MAX_PARTS * 4 // 5
_MOST_BYTES = 12 * 1024 * 1024
_DEPTH = 6


class AcknowledgementRefused(Refused):
    code = "acknowledgement-refused"
    sentence = N_("The acknowledgement breaks the rules of the format. Ask the receiving unit for a new one.")


@dataclass(frozen=True, slots=True)
class ChainTaken:
    """The log of one laptop was taken in without a gap up to ``last_seq``, where its hash was ``head_hash``."""

    device_id: str
    epoch: int
    last_seq: int
    head_hash: bytes


@dataclass(frozen=True, slots=True)
class BundleSeen:
    bundle_id: str
    sha256: bytes
    verdict: str
    code: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that broke a rule. ``reason`` is a sentence to show, in the language of the receiving unit."""

    device_id: str
    epoch: int
    seq: int
    entity: str
    id: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that two laptops changed without knowing of each other; a person decides."""

    entity: str
    id: str
    versions: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Number ``sequence`` to the unit ``unit_code``; ``trust`` is the signed trust document when it has news.

    ``prev_sha256`` is the file hash of the acknowledgement before it, None in the first.
    """

    unit_code: str
    sequence: int
    prev_sha256: bytes | None
    chains: tuple[ChainTaken, ...]
    bundles: tuple[BundleSeen, ...]
    set_aside: tuple[SetAside, ...]
    set_aside_total: int
    conflicts: tuple[Conflict, ...]
    trust: str | None


def first_of(
    told: Iterable[tuple[SetAside, Conflict | None]],
) -> tuple[tuple[SetAside, ...], tuple[Conflict, ...]]:
    """Return the first of these events, each with its conflict, as many as every reader of the format takes in."""
    events: list[SetAside] = []
    conflicts: list[Conflict] = []
    parts = size = 0
    for event, conflict in told:
        for each in filter(None, (event, conflict)):
            line = strict_json.dumps(plain_fields.write(each)) + b","
            parts += strict_json.parts(line)
            size += len(line)
        if len(events) == MAX_SET_ASIDE or parts > _MOST_PARTS or size > _MOST_BYTES:
            break
        events.append(event)
        conflicts += [conflict] if conflict else []
    return tuple(events), tuple(conflicts)


def encode(acknowledgement: Acknowledgement) -> bytes:
    """Return the content that is sealed to the commune."""
    return strict_json.dumps(plain_fields.write(acknowledgement))


def decode(content: bytes) -> Acknowledgement:
    """Return the acknowledgement in ``content``. Raises AcknowledgementRefused."""
    try:
        made: Acknowledgement = _ACKNOWLEDGEMENT(strict_json.loads(content, _DEPTH))
    except (strict_json.UnsafeJSON, plain_fields.WrongField) as error:
        raise AcknowledgementRefused from error
    if encode(made) != content:
        raise AcknowledgementRefused
    return made


def _document(value: object) -> str:
    if not isinstance(value, str):
        raise plain_fields.WrongField("no document")
    return value


_ACKNOWLEDGEMENT = record(
    Acknowledgement,
    {
        "unit_code": token,
        "sequence": positive,
        "prev_sha256": maybe(digest),
        "chains": many(
            record(
                ChainTaken, {"device_id": token, "epoch": positive, "last_seq": count, "head_hash": digest}
            )
        ),
        "bundles": many(
            record(
                BundleSeen,
                {"bundle_id": token, "sha256": digest, "verdict": one_of(*VERDICTS), "code": token},
            )
        ),
        "set_aside": many(
            record(
                SetAside,
                {
                    "device_id": token,
                    "epoch": positive,
                    "seq": positive,
                    "entity": token,
                    "id": text,
                    "code": token,
                    "reason": text,
                },
            )
        ),
        "set_aside_total": count,
        "conflicts": many(
            record(Conflict, {"entity": token, "id": text, "versions": many(mapping(token, positive))})
        ),
        "trust": maybe(_document),
    },
)
