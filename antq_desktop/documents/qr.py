"""Turns a text into the dark runs of a QR code, to be drawn as sharp lines and not as a picture."""

import re
from dataclasses import dataclass
from math import isqrt
from typing import Any

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_

#: Free modules round the code, without which readers do not find it (ISO/IEC 18004).
QUIET_ZONE = 4
_DARK = re.compile(rb"\x00+")


class QrTooLong(BadInput):
    """The text needs more room than the largest code has."""

    code = "qr-too-long"
    sentence = N_("«{start}…» is too long for a QR code: {length} signs. Shorten it, then print again.")


@dataclass(frozen=True, slots=True)
class QrRuns:
    """``modules``: width of the code without its quiet zone. ``runs``: (column, row from the top, length)."""

    modules: int
    runs: tuple[tuple[int, int, int], ...]


def qr_runs(content: str) -> QrRuns:
    """Return the QR code of ``content`` at error level M (15 % may be lost). Raises QrTooLong.

    Digits take 3⅓ bits each, stretches of capitals, digits and ``$%*+-./: `` 5½, all else 8. Keep the text ASCII where
    that can be: some readers do not know the sign for UTF-8, and without it short Vietnamese texts look like Japanese.
    Any of the eight masks may be read back, as its number stands in the code. Weighing all of them takes four times the
    rest of the work, and blurred, skewed and noisy pictures were read no better for it, so mask 2 is taken.
    """
    from zxingcpp import BarcodeFormat, create_barcode

    named = {} if content.isascii() else {"eci": "UTF-8"}
    try:
        code = create_barcode(content, BarcodeFormat.QRCode, ec_level="M", dataMask=2, **named)
    except ValueError as error:
        raise QrTooLong(start=content[:40], length=len(content)) from error
    # One byte a module, black is 0; the quiet zone keeps the runs of neighbouring rows apart.
    picture: Any = code.to_image(scale=1, add_quiet_zones=True)
    dark = bytes(picture)
    width = isqrt(len(dark))
    return QrRuns(
        width - 2 * QUIET_ZONE,
        tuple(
            [
                (start % width - QUIET_ZONE, start // width - QUIET_ZONE, end - start)
                for start, end in map(re.Match.span, _DARK.finditer(dark))
            ]
        ),
    )
