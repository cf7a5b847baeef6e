"""How sizes, ranges and tables of a bundle are written for people."""

from collections import Counter
from collections.abc import Mapping

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.papers.paper_records import TABLE_NAMES
from antq_desktop.ui import format as written

_KILOBYTE = 1024


def size(count: int) -> str:
    """Return 1536 bytes as ``1,5 KB``."""
    amount, unit = count / _KILOBYTE, "KB"
    if amount >= _KILOBYTE:
        amount, unit = amount / _KILOBYTE, "MB"
    return f"{amount:.1f}".replace(".", ",") + f" {unit}"


def span(first: int, last: int) -> str:
    """Return a range of change numbers."""
    return f"{written.number(first)} – {written.number(last)}"


def counts(tables: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return what the tables are called with their counts, the largest first."""
    ordered = sorted(tables.items(), key=lambda pair: -pair[1])
    return [(table(name), written.number(count)) for name, count in ordered]


def table(name: str) -> str:
    """Return what a table is called; one that this version does not know by its own name."""
    return _(TABLE_NAMES[name]) if name in TABLE_NAMES else name


def of_bundle(sent: Sent) -> list[tuple[str, str]]:
    """Return what is known of a sending that lies on the stick: each of its files, then what they hold together."""
    together: Counter[str] = Counter()
    for part in sent.parts:
        together.update(part.counts)
    return [
        *(fact for part in sent.parts for fact in _of_file(part)),
        (_("Changes"), span(sent.parts[0].seq_from, sent.seq_to)),
        (_("Count"), written.number(sum(part.count for part in sent.parts))),
        *counts(together),
        (_("Size"), size(sum(part.size for part in sent.parts))),
        (_("Sealed at"), written.moment(sent.at)),
    ]


def _of_file(part: Sent) -> list[tuple[str, str]]:
    return [
        (_("File"), part.path.name),
        (_("Number of the file"), part.digits.replace("-", " ")),
        ("SHA-256", " ".join(part.sha256[at : at + 8] for at in range(0, 64, 8))),
    ]
