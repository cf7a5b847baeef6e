"""Turns a text into the dark runs of a QR code, to be drawn as sharp lines and not as a picture."""

from collections.abc import Iterator
from dataclasses import dataclass

#: Free modules round the code, without which readers do not find it (ISO/IEC 18004).
QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class QrRuns:
    """``modules``: width of the code without its quiet zone. ``runs``: (column, row from the top, length)."""

    modules: int
    runs: tuple[tuple[int, int, int], ...]


def qr_runs(content: str) -> QrRuns:
    """Return the QR code of ``content`` at error level M (15 % may be lost). Raises ValueError when it is too long.

    Every mask may be read back, as its number stands in the code. Weighing all eight costs five times
    the rest of the work, so mask 2 is taken; a test reads the codes with another library. Keep the text ASCII where
    that can be: some readers do not know the sign for UTF-8.
    """
    import segno

    # The bytes of some short Vietnamese texts look like Japanese, to segno and to readers: the mode is given
    # and the code says that its text is UTF-8.
    if content.isascii():
        code = segno.make_qr(content, error="m", mask=2, boost_error=False)
    else:
        code = segno.make_qr(
            content, error="m", mask=2, boost_error=False, mode="byte", encoding="utf-8", eci=True
        )
    matrix = code.matrix
    return QrRuns(len(matrix), tuple(run for row, line in enumerate(matrix) for run in _dark_runs(row, line)))


def _dark_runs(row: int, line: bytearray) -> Iterator[tuple[int, int, int]]:
    start = -1
    for column, module in enumerate((*line, 0)):
        if module and start < 0:
            start = column
        elif not module and start >= 0:
            yield start, row, column - start
            start = -1
