"""Sets the pages of a Word file: paper, margins, page numbers, footers, the frame and the mark of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from antq_desktop.documents.fonts import BOLD
from antq_desktop.documents.form_blocks import Frame
from antq_desktop.documents.form_files import Form
from antq_desktop.documents.letter_frames import border, ornate
from antq_desktop.documents.letter_text import paragraphs
from antq_desktop.documents.letter_xml import NOT_IN_XML, Shape, el, paragraph, spacer, twips
from antq_desktop.documents.pen import BLACK, MM
from antq_desktop.documents.records import Run
from antq_desktop.documents.strips import Look, Setting
from antq_desktop.documents.text_layout import balance

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.parts.document import DocumentPart

_SIZE_OF_FOOTER = 8.5
_SIZE_OF_PAGE_NUMBER = 13.0
_COLOUR_OF_FOOTER = "#606060"
#: A text along a line, as Word itself writes its watermarks: the older drawing language, which every reader knows.
_WATERMARK = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="{name}" o:spid="_x0000_s{number}" type="#_x0000_t136" fillcolor="#E4E4E4" stroked="f"'
    ' style="position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;'
    "rotation:{turn};z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:page;mso-position-vertical:center;"
    'mso-position-vertical-relative:page">'
    '<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold"/>'
    "</v:shape></w:pict></w:r>"
)


class Pages:
    """Makes the section of each record; heads are made once, footers again only where their text changes."""

    def __init__(self, form: Form, part: DocumentPart, *, draft: bool) -> None:
        self._form, self._part, self._draft = form, part, draft
        self._frames = [block for block in form.blocks if isinstance(block, Frame)]
        self._has_heads = False
        self._footer: list[Run] | None = None

    def section(self, setting: Setting) -> Element:
        """Return the section of one record: its pages are numbered from 1, the number shows from page 2 on."""
        page = self._form.page
        references = self._heads(setting)
        footer = self._footer_runs(setting)
        lines = balance(footer, setting.face, _SIZE_OF_FOOTER, setting.area.width)
        if footer != self._footer and (footer or self._footer):
            for where in self._kinds():
                relation = self._add_footer(paragraphs(setting, footer, _look_of_footer()) or [spacer(1.0)])
                references.append(_reference("w:footerReference", where, relation))
        self._footer = footer
        width, height = (twips(side * MM) for side in page.paper)
        margins = page.margins
        line = _SIZE_OF_FOOTER * page.leading
        edge = max(0.0, page.footer_at * MM - line * len(lines))
        above = max(0.0, (margins.top * MM - _SIZE_OF_PAGE_NUMBER * page.leading) / 2)
        section = el("w:sectPr", *references, el("w:type", val="nextPage"))
        section.append(el("w:pgSz", w=width, h=height, orient=page.orientation))
        section.append(
            el(
                "w:pgMar",
                top=twips(margins.top * MM),
                right=twips(margins.right * MM),
                bottom=twips(margins.bottom * MM),
                left=twips(margins.left * MM),
                header=twips(above),
                footer=twips(edge),
                gutter=0,
            )
        )
        section.extend(border(frame) for frame in self._frames if frame.style == "line")
        section.append(el("w:pgNumType", start=1))
        if page.numbered:
            section.append(el("w:titlePg"))
        return section

    def _kinds(self) -> tuple[Literal["first", "default"], ...]:
        return ("first", "default") if self._form.page.numbered else ("default",)

    def _heads(self, setting: Setting) -> list[Element]:
        if self._has_heads:
            return []
        self._has_heads = True
        references = []
        for number, where in enumerate(self._kinds()):
            part, relation = self._part.add_header_part()  # type: ignore[no-untyped-call] # the library leaves it untyped
            behind = [
                ornate(frame, self._form.page.paper, part, number)
                for frame in self._frames
                if frame.style == "ornate"
            ]
            if self._draft:
                behind.append(self._watermark(setting, number))
            shows_number = where == "default" and self._form.page.numbered
            count = _page_number(_SIZE_OF_PAGE_NUMBER) if shows_number else []
            head = paragraph(Shape(align="center"), (), _SIZE_OF_PAGE_NUMBER, BLACK, *count, *behind)
            part.element[:] = [head]
            references.append(_reference("w:headerReference", where, relation))
        return references

    def _add_footer(self, content: list[Element]) -> str:
        relation: str
        part, relation = self._part.add_footer_part()  # type: ignore[no-untyped-call] # as above
        part.element[:] = content
        return relation

    def _footer_runs(self, setting: Setting) -> list[Run]:
        page = self._form.page
        if page.footer is None or (page.footer_on_drafts_only and not self._draft):
            return []
        return setting.scope.fill(page.footer)

    def _watermark(self, setting: Setting, number: int) -> Element:
        from docx.oxml.parser import parse_xml

        width, height = (side * MM for side in self._form.page.paper)
        mark = self._form.draft_mark
        length = max(setting.face.width(BOLD, mark), 1.0)
        size = min(0.8 * (width**2 + height**2) ** 0.5 / length, 130.0)
        run: Element = parse_xml(
            _WATERMARK.format(
                name=f"draft{number}",
                number=2049 + number,
                width=length * size,
                height=size,
                turn=325 if width > height else 310,
            )
        )
        *_, path = run.iter("{urn:schemas-microsoft-com:vml}textpath")
        path.set("string", NOT_IN_XML.sub("", mark))
        run.insert(0, el("w:rPr", el("w:noProof")))
        return run


def _look_of_footer() -> Look:
    return Look(_SIZE_OF_FOOTER, "center", colour=_COLOUR_OF_FOOTER)


def _page_number(size: float) -> list[Element]:
    """Return the runs of a field that Word fills with the number of the page."""
    words = el("w:instrText")
    words.text = " PAGE "
    shown = el("w:t")
    shown.text = "2"
    inner = (
        el("w:fldChar", fldCharType="begin"),
        words,
        el("w:fldChar", fldCharType="separate"),
        shown,
        el("w:fldChar", fldCharType="end"),
    )
    letters = {"val": twips(size) // 10}
    return [
        el("w:r", el("w:rPr", el("w:sz", **letters), el("w:szCs", **letters)), element) for element in inner
    ]


def _reference(tag: str, where: str, relation: str) -> Element:
    from docx.oxml.ns import qn

    reference = el(tag, type=where)
    reference.set(qn("r:id"), relation)
    return reference
