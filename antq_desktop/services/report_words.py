"""How the figures of a report are written: one text for page, paper and sentence, so that they cannot differ."""

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
