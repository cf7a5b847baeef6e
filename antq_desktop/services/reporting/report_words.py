"""How the figures of a report are written: one text for page, paper and sentence, so that they cannot differ."""

from collections.abc import Mapping

from antq_desktop.domain.activities import ActivityUnit
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import Amount
from antq_desktop.runtime.language import _

#: What stands where nothing of nothing would be a share.
NO_SHARE = "—"


def count_text(count: int) -> str:
    """Return a whole number with dots at the thousands: ``1.234``."""
    return f"{count:,}".replace(",", ".")


def amount_text(amount: Amount | None) -> str:
    """Return a figure as it is printed, a share never rounded up: ``1.234``, ``97,52 %``; in words where there is none."""
    if amount is None:
        return _("no data")
    if isinstance(amount, Ratio):
        return f"{amount.percent_text} %" if amount.whole else NO_SHARE
    return count_text(amount)


def change_text(now: Amount, changed: int | None) -> str:
    """Return a change with its sign: ``+12``, ``-3``, ``0``; of shares in hundredths: ``+2,1``. Empty where there is none."""
    if changed is None:
        return ""
    sign = "+" if changed > 0 else "-" if changed < 0 else ""
    return sign + size_text(now, changed)


def size_text(now: Amount, changed: int) -> str:
    """Return by how much without its sign; of shares ``changed`` is hundredths of a per cent."""
    if not isinstance(now, Ratio):
        return count_text(abs(changed))
    whole, rest = divmod(abs(changed), 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)


def quantities_text(counts: Mapping[str, int], units: Mapping[str, ActivityUnit]) -> str:
    """Return counts by their units as they are spoken, in the catalogue's order: ``1 viên đạn, 4,002 kg pháo``.

    What is counted in thousandths of a unit stands with it. Units that the catalogue no longer has come last, as they are.
    """
    parts = {unit.thousandths for unit in units.values() if unit.thousandths}
    texts = []
    for key, unit in units.items():
        if unit.thousandths and counts.get(unit.thousandths):
            whole, rest = divmod(counts.get(key, 0) * 1000 + counts[unit.thousandths], 1000)
            number = f"{count_text(whole)},{rest:03d}".rstrip("0").rstrip(",")
            texts.append(f"{number} {unit.name}")
        elif key in counts and key not in parts:
            texts.append(f"{count_text(counts[key])} {unit.name}")
    return ", ".join((*texts, *(f"{count_text(counts[key])} {key}" for key in counts if key not in units)))
