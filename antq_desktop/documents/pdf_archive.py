"""Writes what makes a PDF fit for an archive (PDF/A-2b, ISO 19005-2): what it is, and what its colours mean.

The profile is sRGB (IEC 61966-2-1) worked out from its published numbers: no file of anybody's is needed.
"""

import struct
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from antq_desktop.documents.pdf_file import PdfFile, text

_PROGRAM = "antq_desktop"
#: Light source, and where red, green and blue stand, all seen under D50 as ICC.1:2010 demands.
_WHITE = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
#: From D65, the light of sRGB, to D50 (Bradford).
_ADAPTATION = (
    1.0478112,
    0.0228866,
    -0.0501270,
    0.0295424,
    0.9904844,
    -0.0170491,
    -0.0092345,
    0.0150436,
    0.7521316,
)
#: The curve of sRGB as ICC function 3: ((x + 0.055) / 1.055) ** 2.4 above 0.04045, x / 12.92 below.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{program}</pdf:Producer>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
{dates}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself. ``created`` is an aware time; without it the document bears no date.

    Signs that XML cannot hold are left out of ``title`` and ``subject``.
    """

    title: str
    subject: str
    created: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("title", "subject"):
            spaced = " ".join(getattr(self, name).split())
            object.__setattr__(self, name, "".join(sign for sign in spaced if sign.isprintable()))


def put_information(file: PdfFile, about: About) -> int:
    """Write the information dictionary; return its number."""
    entries = b"/Title %b/Subject %b/Creator %b/Producer %b" % tuple(
        text(part) for part in (about.title, about.subject, _PROGRAM, _PROGRAM)
    )
    if about.created is not None:
        zone = f"{about.created:%z}"
        day = text(f"D:{about.created:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'")
        entries += b"/CreationDate %b/ModDate %b" % (day, day)
    return file.put(b"<<%b>>" % entries)


def put_metadata(file: PdfFile, about: About) -> int:
    """Write the same facts as XMP, with the claim to be PDF/A-2b; return the number of the object."""
    dates = ""
    if about.created is not None:
        day = about.created.isoformat(timespec="seconds")
        dates = f"<xmp:CreateDate>{day}</xmp:CreateDate>\n<xmp:ModifyDate>{day}</xmp:ModifyDate>\n"
    packet = _XMP.format(
        title=escape(about.title), subject=escape(about.subject), program=_PROGRAM, dates=dates
    )
    # An archive reads it without knowing how to unpack: ISO 19005-2, 6.6.2.1.
    return file.put_stream(packet.encode(), b"/Type/Metadata/Subtype/XML", compressed=False)


def put_colours(file: PdfFile) -> int:
    """Write that all colours are sRGB; return the number of the output intent."""
    profile = file.put_stream(srgb_profile(), b"/N 3")
    name = text("sRGB IEC61966-2.1")
    return file.put(
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier %b/Info %b/DestOutputProfile %d 0 R>>"
        % (name, name, profile)
    )


def srgb_profile() -> bytes:
    """Return sRGB as an ICC profile, version 4.3, for displays."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _words("sRGB"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": b"XYZ " + bytes(4) + _fixed(*_WHITE),
        b"chad": b"sf32" + bytes(4) + _fixed(*_ADAPTATION),
        **{tag: b"XYZ " + bytes(4) + _fixed(*place) for tag, place in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I4x4s4s4s4s", start + len(body), b"\x04\x30\0\0", b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _fixed(*_WHITE)
    return header.ljust(128, b"\0") + table + body


def _fixed(*numbers: float) -> bytes:
    """Return numbers as signed 16.16."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _words(content: str) -> bytes:
    coded = content.encode("utf-16-be")
    return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(coded), 28) + coded
