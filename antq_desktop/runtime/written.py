"""Writes numbers, days and times as a Vietnamese office does, the same on page and command line."""

from datetime import date, datetime


def number(value: int | None) -> str:
    """Return 1234 as ``1.234``; nothing for None."""
    return "" if value is None else f"{value:,}".replace(",", ".")


def day(value: date | None) -> str:
    """Return a day as dd/MM/yyyy; nothing for None."""
    return "" if value is None else f"{value.day:02}/{value.month:02}/{value.year:04}"


def moment(value: datetime | None) -> str:
    """Return an aware time in the laptop's own time as ``HH:mm dd/MM/yyyy``; nothing for None."""
    if value is None:
        return ""
    local = value.astimezone()
    return f"{local.hour:02}:{local.minute:02} {day(local.date())}"
