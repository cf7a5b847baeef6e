"""Makes the empty Word file that papers are written into: our face and language, and nothing of anybody else's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from antq_desktop.documents.form_files import Form
from antq_desktop.documents.letter_xml import FACE, el

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

#: Where ``letter_out`` puts the text between the parts that the library writes; no form and no record gets there.
TEXT_STANDS_HERE = b"@text@"
LANGUAGE = "vi-VN"
_MODE = {"uri": "http://schemas.microsoft.com/office/word", "val": "15"}
#: Parts of the library's own blank file that no paper needs: its picture, its hundred styles, its theme.
_NEEDED = ("/styles", "/settings", "/core-properties", "/officeDocument")


def plain_package(form: Form, created: datetime | None) -> Document:
    """Return a Word file without text for ``form``, titled after it and without the name of any author."""
    import docx

    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if not one.reltype.endswith(_NEEDED)]:
            relations.pop(key)
    document.styles.element[:] = _styles(form.page.size)
    document.settings.element[:] = _settings()
    document.element.body[:] = []
    document.element.body.text = TEXT_STANDS_HERE.decode()
    about = document.core_properties
    about._element[:] = []  # noqa: SLF001 - the library has no way to take a property out
    about.title, about.subject, about.language = form.title, form.subject, LANGUAGE
    if created is not None:
        about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)
    return document


def _styles(size: float) -> list[Element]:
    letters = el(
        "w:rPr",
        el("w:rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs=FACE),
        el("w:sz", val=round(size * 2)),
        el("w:szCs", val=round(size * 2)),
        el("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    lines = el("w:pPr", el("w:widowControl"), el("w:spacing", before=0, after=0, line=240, lineRule="auto"))
    return [
        el("w:docDefaults", el("w:rPrDefault", letters), el("w:pPrDefault", lines)),
        _style("paragraph", "Normal", "Normal"),
        _style("character", "DefaultParagraphFont", "Default Paragraph Font"),
        _style("table", "TableNormal", "Normal Table"),
    ]


def _style(kind: str, key: str, name: str) -> Element:
    return el("w:style", el("w:name", val=name), type=kind, default=1, styleId=key)


def _settings() -> list[Element]:
    return [
        el("w:defaultTabStop", val=720),
        el("w:characterSpacingControl", val="doNotCompress"),
        # A line that ends with a line break keeps its spaces as they are, as on our page.
        el(
            "w:compat",
            el("w:doNotExpandShiftReturn"),
            el("w:compatSetting", name="compatibilityMode", **_MODE),
        ),
        el("w:themeFontLang", val=LANGUAGE),
        el("w:decimalSymbol", val=","),
        el("w:listSeparator", val=";"),
    ]
