"""What a batch of certificates costs: our whole way from data to a finished PDF against six others, side by side in one run.

Ours: read the form, sign the summary, check the data, lay out, make the code, embed the fonts, write PDF/A with its
structure. The others: draw words at the places that ours has found, with the same code, and do nothing else.

Run: ``python -m benchmarks.certificates [rounds]``. Each figure comes from a process of its own; the makers take turns,
so that what else the machine does falls on all of them. The ratios count, not the milliseconds.
"""

import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from unittest.mock import patch

from antq_desktop.documents.pdf import render_form
from antq_desktop.documents.pdf_document import PdfDocument
from antq_desktop.documents.pen import BLACK, Pen
from antq_desktop.documents.qr import QrRuns, qr_runs
from antq_desktop.documents.text_layout import Line
from antq_desktop.exchange.summary import sign_summary
from antq_desktop.runtime.resources import FORMS
from benchmarks.certificate_rivals import RIVALS, PageWords, Words

OURS, BARE = "ours, the whole pipeline", "bare reportlab canvas"
BATCH, SLOW = 1_000, {"WeasyPrint": 60}
FEW, MANY, MANY_OF_SLOW = 100, 5_000, {"WeasyPrint": 400}
_SEED = bytes(range(32))
_PLACES = ("Bãi Chạo", "Mớ Đá", "Lục Đồi", "Sào Đông", "Khoang Bưởi", "Thượng Tiến", "Chiềng Ửng", "Ngọc Lẫm")


class Times(NamedTuple):
    """Milliseconds a page: by the clock, and of work that the processors did."""

    clock: float
    work: float


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        _one(*sys.argv[2:])
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        laid_out = Path(folder, "pages.pickle")
        _keep_pages(laid_out, MANY)
        makers = (OURS, *RIVALS)
        times: dict[str, list[Times]] = {maker: [] for maker in makers}
        for turn in range(1, rounds + 1):
            for maker in makers:
                count = SLOW.get(maker, BATCH)
                found = _measured(maker, count, laid_out)
                times[maker].append(Times(found["seconds"] / count * 1000, found["work"] / count * 1000))
            print(f"round {turn} is done", file=sys.stderr)
        memory = {
            maker: [_measured(maker, n, laid_out) for n in (FEW, MANY_OF_SLOW.get(maker, MANY))]
            for maker in makers
        }
    _print_table(times, memory, rounds)
    _print_codes(rounds)


def records(count: int) -> Iterator[dict[str, object]]:
    """Yield different certificates, each with a code of its own that is signed as it is asked for."""
    sample = json.loads((FORMS / "certificate" / "sample.json").read_text(encoding="utf-8"))[0]
    for n in range(1, count + 1):
        name = f"Xóm {_PLACES[n % len(_PLACES)]} {n}"
        facts: dict[str, str | int] = {"k": "residential_area", "n": n, "y": 2026, "a": f"Khu dân cư {name}"}
        facts |= {"u": "04978", "d": f"{n}/QĐ-UBND", "o": "2026-11-18", "i": "2026-11-20"}
        given = {"number": f"{n:02}/GCN", "recipient": name, "decision_number": f"{n}/QĐ-UBND"}
        yield {**sample, **given, "qr": sign_summary(_SEED, facts)}


def _keep_pages(path: Path, count: int) -> None:
    """Write what our layout puts on each page, for the others to draw."""
    words: list[Words] = []
    codes: list[tuple[float, float, float]] = []
    texts = (str(record["qr"]) for record in records(count))
    write, qr, end_page = Pen.write, Pen.qr, PdfDocument.end_page

    def note_words(pen: Pen, x: float, y: float, line: Line, size: float, **look: Any) -> None:  # noqa: ANN401
        words.append(Words(x, y, size, look.get("colour", BLACK), line.runs))
        write(pen, x, y, line, size, **look)

    def note_code(pen: Pen, x: float, top: float, size: float, code: QrRuns) -> None:
        codes.append((x, top, size))
        qr(pen, x, top, size, code)

    with path.open("wb") as out, tempfile.TemporaryDirectory() as folder:

        def keep(document: PdfDocument) -> None:
            pickle.dump(PageWords(tuple(words), (*codes.pop(), next(texts))), out)
            words.clear()
            end_page(document)

        with (
            patch.object(Pen, "write", note_words),
            patch.object(Pen, "qr", note_code),
            patch.object(PdfDocument, "end_page", keep),
        ):
            render_form("certificate", records(count), Path(folder, "out.pdf"))


def _kept_pages(path: Path, count: int) -> Iterator[PageWords]:
    with path.open("rb") as source:
        for _ in range(count):
            yield pickle.load(source)  # noqa: S301 - written by this very run


def _measured(maker: str, count: int, pages: Path) -> dict[str, float]:
    """Return what ``_one`` tells; a maker that crashes is told on the terminal and gets two more tries."""
    command = [sys.executable, "-m", "benchmarks.certificates", "--one", maker, str(count), str(pages)]
    for _ in range(3):
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
        if ran.returncode == 0:
            found: dict[str, float] = json.loads(ran.stdout)
            return found
        print(
            f"{maker} broke off at {count} pages with {ran.returncode}: {ran.stderr[-400:]}", file=sys.stderr
        )
    sys.exit(f"{maker} does not get through {count} pages")


def _one(maker: str, count: str, kept: str) -> None:
    """Make one batch in this process and print how long it took, the most memory it held, and the size of the file."""
    number = int(count)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "out.pdf")
        if maker == OURS:
            _warm_up(lambda: render_form("certificate", records(1), target))
            started, worked = time.perf_counter(), _work()
            render_form("certificate", records(number), target)
        else:
            pages: Iterable[PageWords] = _kept_pages(Path(kept), number)
            if number <= BATCH:
                # For the time, the pages lie ready; for the memory, they come one by one.
                pages = list(pages)
            _warm_up(lambda: RIVALS[maker](_kept_pages(Path(kept), 1), target))
            started, worked = time.perf_counter(), _work()
            RIVALS[maker](pages, target)
        seconds, work = time.perf_counter() - started, _work() - worked
        held = max(used.ru_maxrss for used in _used()) / 1024
        size = target.stat().st_size / number / 1024
        print(json.dumps({"seconds": seconds, "work": work, "peak": held, "size": size}))


def _used() -> list[resource.struct_rusage]:
    """Return what this process and those it has waited for have used of the machine."""
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def _work() -> float:
    """Return the seconds that processors have worked for them."""
    return sum(used.ru_utime + used.ru_stime for used in _used())


def _warm_up(make: Callable[[], object]) -> None:
    """Load programs and fonts, which a batch pays once, before the clock runs."""
    make()


def _print_table(
    times: dict[str, list[Times]], memory: dict[str, list[dict[str, float]]], rounds: int
) -> None:
    typical = {
        maker: Times(*(median(column) for column in zip(*found, strict=True)))
        for maker, found in times.items()
    }
    bare = typical[BARE]
    print(f"{BATCH:,} different certificates, medians of {rounds} rounds taken in turns\n")
    print("| made by | ms a page | times the bare canvas | work: ms | times | KB | MB at 100 | MB at 5,000 |")
    print("|---|---|---|---|---|---|---|---|")
    for maker, (clock, work) in typical.items():
        few, many = memory[maker]
        scaled = f" (at {MANY_OF_SLOW[maker]})" if maker in MANY_OF_SLOW else ""
        name = f"{maker} ({SLOW[maker]} pages a round)" if maker in SLOW else maker
        print(
            f"| {name} | {clock:.2f} | {clock / bare.clock:.2f} | {work:.2f} | {work / bare.work:.2f} "
            f"| {many['size']:.1f} | {few['peak']:.0f} | {many['peak']:.0f}{scaled} |"
        )
    pairs = zip(times[OURS], times[BARE], strict=True)
    ratios = [f"{ours.clock / bare.clock:.2f} ({ours.work / bare.work:.2f})" for ours, bare in pairs]
    print(f"\nours against the bare canvas, round by round, by the clock (by work): {', '.join(ratios)}\n")


def _print_codes(rounds: int) -> None:
    import segno

    texts = [str(record["qr"]) for record in records(60)]
    makers: dict[str, Callable[[str], object]] = {
        "segno, the mask weighed": lambda text: segno.make_qr(text, error="m", boost_error=False),
        "segno, mask 2": lambda text: segno.make_qr(text, error="m", boost_error=False, mask=2),
        "ours, to the runs that are drawn": qr_runs,
    }
    times: dict[str, list[float]] = {maker: [] for maker in makers}
    for _ in range(rounds):
        for maker, make in makers.items():
            started = time.perf_counter()
            for text in texts:
                make(text)
            times[maker].append((time.perf_counter() - started) / len(texts) * 1000)
    ours = median(times["ours, to the runs that are drawn"])
    print(f"a QR code of {len(texts[0])} signs, level M\n\n| made by | ms | times ours |\n|---|---|---|")
    for maker, found in times.items():
        print(f"| {maker} | {median(found):.2f} | {median(found) / ours:.1f} |")


if __name__ == "__main__":
    main()
