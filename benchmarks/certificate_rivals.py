"""Other ways to the same pages: each draws the words and the codes that our program has put on a certificate.

A rival gets the pages ready laid out (each text with its place) and makes the picture of the code itself.
"""

import base64
import io
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from antq_desktop.documents.fonts import BOLD, ITALIC, serif
from antq_desktop.documents.qr import QUIET_ZONE, QrRuns, qr_runs

WIDTH, HEIGHT = 297 * 72 / 25.4, 210 * 72 / 25.4


@dataclass(frozen=True)
class Words:
    """A line of text: where its base line begins, in points from the lower left corner, its size and styled runs."""

    x: float
    y: float
    size: float
    colour: str
    runs: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class PageWords:
    """All that stands on a page. ``code``: left and upper edge, side in points, text of the QR code."""

    words: tuple[Words, ...]
    code: tuple[float, float, float, str]


Pages = Iterable[PageWords]


def bare_canvas(pages: Pages, target: Path) -> None:
    """reportlab's canvas, nothing else; the code is one path, as its own rectangles would take 8 ms a page."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

    rl_config.useA85 = 0
    names = serif().names
    canvas = Canvas(str(target), pagesize=(WIDTH, HEIGHT), pageCompression=1)
    for page in pages:
        for line in page.words:
            text = canvas.beginText(line.x, line.y)
            text.setFillColor(line.colour)
            for style, letters in line.runs:
                text.setFont(names[style], line.size)
                text.textOut(letters)
            canvas.drawText(text)
        left, top, side, content = page.code
        code = qr_runs(content)
        module = side / (code.modules + 2 * QUIET_ZONE)
        canvas.saveState()
        canvas.translate(left + QUIET_ZONE * module, top - QUIET_ZONE * module)
        canvas.scale(module, -module)
        runs = [f"{column} {row} {length} 1 re" for column, row, length in code.runs]
        canvas.drawPath(PDFPathObject(code=["n", *runs]), stroke=0, fill=1)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()


def fpdf2(pages: Pages, target: Path) -> None:
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    for style, path in enumerate(serif().files):
        pdf.add_font(f"serif{style}", fname=path)
    for page in pages:
        pdf.add_page()
        for line in page.words:
            x = line.x
            pdf.set_text_color(*_rgb(line.colour))
            for style, letters in line.runs:
                pdf.set_font(f"serif{style}", size=line.size)
                pdf.text(x, HEIGHT - line.y, letters)
                x += pdf.get_string_width(letters)
        left, top, side, content = page.code
        code = qr_runs(content)
        module = side / (code.modules + 2 * QUIET_ZONE)
        pdf.set_fill_color(0)
        for column, row, length in code.runs:
            x, y = left + (column + QUIET_ZONE) * module, HEIGHT - top + (row + QUIET_ZONE) * module
            pdf.rect(x, y, length * module, module, style="F")
    pdf.output(str(target))


def typst(pages: Pages, target: Path) -> None:
    """One document; the codes are pictures of one dot a module."""
    import typst as program

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.typ")
        with source.open("w", encoding="utf-8") as out:
            out.write(f'#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n#set text(lang: "vi", ')
            out.write(f'font: "{serif().family}", top-edge: "baseline", bottom-edge: "baseline")\n')
            for number, page in enumerate(pages):
                out.write("#pagebreak(weak: true)\n")
                for line in page.words:
                    at = f"dx: {line.x}pt, dy: {HEIGHT - line.y}pt"
                    look = f'size: {line.size}pt, fill: rgb("{line.colour}")'
                    out.write(f"#place({at}, box(text({look})[{''.join(map(_in_typst, line.runs))}]))\n")
                left, top, side, content = page.code
                Path(folder, f"{number}.png").write_bytes(_png(qr_runs(content)))
                out.write(
                    f'#place(dx: {left}pt, dy: {HEIGHT - top}pt, image("{number}.png", width: {side}pt))\n'
                )
        program.compile(
            source,
            output=target,
            root=Path(folder),
            font_paths=[serif().files[0].parent],
            ignore_system_fonts=True,
        )


def _in_typst(run: tuple[int, str]) -> str:
    style, text = run
    weight = ', weight: "bold"' if style & BOLD else ""
    slant = ', style: "italic"' if style & ITALIC else ""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#text("{quoted}"{weight}{slant})'


def weasyprint(pages: Pages, target: Path) -> None:
    from weasyprint import HTML

    style = f"@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }} p {{ position: absolute; margin: 0; "
    style += "line-height: 1; white-space: pre } div { position: relative; break-after: page; "
    style += f"height: {HEIGHT}pt; font-family: '{serif().family}' }}"
    body = "".join(_in_html(page) for page in pages)
    HTML(string=f'<html lang="vi"><style>{style}</style><body style="margin:0">{body}').write_pdf(target)


def _in_html(page: PageWords) -> str:
    lines = []
    for line in page.words:
        # Times and its kin: the base line lies 0.891 of the size below the upper edge of a line as high as the letters.
        place = f"left:{line.x}pt;top:{HEIGHT - line.y - 0.84 * line.size}pt;font-size:{line.size}pt"
        runs = "".join(_html_run(*run) for run in line.runs)
        lines.append(f'<p style="{place};color:{line.colour}">{runs}</p>')
    left, top, side, content = page.code
    data = base64.b64encode(_png(qr_runs(content))).decode("ascii")
    place = f"position:absolute;left:{left}pt;top:{HEIGHT - top}pt;width:{side}pt;image-rendering:pixelated"
    return f'<div>{"".join(lines)}<img style="{place}" src="data:image/png;base64,{data}"></div>'


def _html_run(style: int, text: str) -> str:
    text = escape(text)
    text = f"<b>{text}</b>" if style & BOLD else text
    return f"<i>{text}</i>" if style & ITALIC else text


def libreoffice(pages: Pages, target: Path) -> None:
    """One flat text document with a paragraph a line, converted without a window.

    No mail merge: its data sources need LibreOffice Base and a driver in Python or Java, which this does not drive.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{target.stem}.fodt")
        with source.open("w", encoding="utf-8") as out:
            out.writelines(_in_fodt(pages))
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(target.parent),
                str(source),
            ],
            check=True,
            capture_output=True,
        )


def _in_fodt(pages: Pages) -> Iterator[str]:
    family = serif().family
    yield (
        '<?xml version="1.0" encoding="UTF-8"?><office:document '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="297mm" '
        'fo:page-height="210mm" fo:margin="12mm" style:print-orientation="landscape"/></style:page-layout>'
        '<style:style style:name="N" style:family="paragraph"><style:paragraph-properties '
        'fo:break-before="page"/><style:text-properties fo:font-size="2pt"/></style:style>'
    )
    for size in range(8, 41):
        for style in range(4):
            weight = ' fo:font-weight="bold"' if style & BOLD else ""
            slant = ' fo:font-style="italic"' if style & ITALIC else ""
            yield (
                f'<style:style style:name="S{size}-{style}" style:family="text"><style:text-properties '
                f'fo:font-family="\'{family}\'" fo:font-size="{size}pt"{weight}{slant}/></style:style>'
            )
    yield (
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="L"/></office:master-styles><office:body><office:text>'
    )
    for page in pages:
        yield '<text:p text:style-name="N"/>'
        for line in page.words:
            spans = (
                f'<text:span text:style-name="S{int(line.size)}-{style}">{escape(text)}</text:span>'
                for style, text in line.runs
            )
            yield f"<text:p>{''.join(spans)}</text:p>"
        _left, _top, side, content = page.code
        data = base64.b64encode(_png(qr_runs(content))).decode("ascii")
        yield (
            f'<text:p><draw:frame text:anchor-type="as-char" svg:width="{side}pt" svg:height="{side}pt">'
            f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image></draw:frame></text:p>"
        )
    yield "</office:text></office:body></office:document>"


RIVALS: dict[str, Callable[[Pages, Path], None]] = {
    "bare reportlab canvas": bare_canvas,
    "Typst": typst,
    "LibreOffice (one text document, converted)": libreoffice,
    "fpdf2": fpdf2,
    "WeasyPrint": weasyprint,
}


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(code: QrRuns) -> bytes:
    """Return ``code`` with its quiet zone as a picture of one dot a module."""
    side = code.modules + 2 * QUIET_ZONE
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    for column, row, length in code.runs:
        rows[row + QUIET_ZONE][column + QUIET_ZONE : column + QUIET_ZONE + length] = bytes(length)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    out = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    out.seek(0, io.SEEK_END)
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    for name, content in ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")):
        out.write(struct.pack(">I", len(content)) + name + content)
        out.write(struct.pack(">I", zlib.crc32(name + content)))
    return out.getvalue()
