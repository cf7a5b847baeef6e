"""How sizes, ranges and tables of a bundle are written for people."""

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
    """Return what is known of a bundle that lies on the stick."""
    return [
        *((_("File"), each.path.name) for each in (*sent.earlier, sent)),
        (_("Number of the file"), sent.digits.replace("-", " ")),
        (_("Changes"), span(sent.seq_from, sent.seq_to)),
        (_("Count"), written.number(sent.count)),
        *counts(sent.counts),
        (_("Size"), size(sent.size)),
        (_("Sealed at"), written.moment(sent.at)),
        ("SHA-256", " ".join(sent.sha256[at : at + 8] for at in range(0, 64, 8))),
    ]
