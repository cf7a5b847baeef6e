"""Every paper is PDF/A-2b: a checker that approves only what it knows approves it, and refuses it once it is spoilt."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest
from PIL import Image, ImageCms

from antq_desktop.documents.form_files import form_names
from antq_desktop.documents.pdf import Overprint, render_form
from antq_desktop.documents.pdf_archive import srgb_profile
from antq_desktop.runtime.resources import FORMS
from tests.documents.conftest import HEAD, Paper, sample

Print = Callable[..., Paper]
AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def findings(path: Path) -> list[str]:
    report = pikepdf.pdfa.validate_written(path, "2b")
    return [f"{found.rule} {found.where}: {found.message}" for found in report.findings]


@pytest.mark.parametrize("name", form_names())
def test_each_form_gives_an_archive_file(printed: Print, name: str) -> None:
    records = json.loads((FORMS / name / "sample.json").read_text(encoding="utf-8"))
    assert findings(printed(name, *records, created=AT).path) == []


def test_drafts_overprints_and_strange_letters_are_archive_files_too(printed: Print) -> None:
    strange = sample("certificate", recipient="Lò 漢 😀 ﾃ \\(bản) \u00a0 Pản")
    assert findings(printed("certificate", strange, draft=True).path) == []
    assert findings(printed("certificate", overprint=Overprint(1.5, -2)).path) == []


def without_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def without_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


def with_a_transition(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/Trans"] = pikepdf.Dictionary(S=pikepdf.Name("/Wipe"))


def without_a_font(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Resources.Font["/F0"].FontDescriptor["/FontFile2"]


def with_wrong_widths(pdf: pikepdf.Pdf) -> None:
    widths = pdf.pages[0].obj.Resources.Font["/F0"].Widths
    for place in range(len(widths)):
        widths[place] = int(widths[place]) + 100


@pytest.mark.parametrize(
    "spoil", [without_colours, without_metadata, with_a_transition, without_a_font, with_wrong_widths]
)
def test_the_checker_refuses_a_spoilt_file(
    printed: Print, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None]
) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(printed("certificate").path) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    assert findings(spoilt)


@pytest.mark.parametrize("created", [AT, AT.astimezone(timezone(timedelta(hours=7))), None])
def test_the_metadata_says_what_the_information_says(printed: Print, created: datetime | None) -> None:
    with pikepdf.open(printed("certificate", created=created).path) as pdf:
        about = pdf.docinfo
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(about["/Title"])
            assert metadata["dc:description"] == str(about["/Subject"])
            assert metadata["pdf:Producer"] == str(about["/Producer"])
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
            day = metadata.get("xmp:CreateDate")
        if created is None:
            assert day is None
            assert "/CreationDate" not in about
        else:
            assert datetime.fromisoformat(str(day)) == created
            written = str(about["/CreationDate"]).replace("'", "")
            assert datetime.strptime(written, "D:%Y%m%d%H%M%S%z") == created


def test_the_window_of_a_reader_shows_the_title_and_the_language_is_vietnamese(printed: Print) -> None:
    with pikepdf.open(printed("certificate").path) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712 - an object of the file
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        first, second = pdf.trailer.ID
        assert bytes(first) == bytes(second)
        assert len(bytes(first)) == 16


def test_a_title_with_signs_that_xml_has_not_is_still_an_archive_file(
    form_folder: Callable[..., Path], tmp_path: Path
) -> None:
    head = HEAD.replace('title = "Thử"', 'title = "Giấy\\n <b> & \\u0001\\uFFFE“thử”"')
    folder = form_folder('[fields]\nx = { label = "x" }\n[[block]]\nkind = "title"\ntext = "{x}"\n', head)
    target = tmp_path / "out.pdf"
    render_form("thu", [{"x": "Một"}], target, folder=folder)
    assert findings(target) == []
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Giấy <b> & “thử”"


def test_the_profile_is_srgb() -> None:
    """Colours through our profile come out as through the one of a well known library."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    shades = [(r, g, b) for r in range(0, 256, 51) for g in range(0, 256, 51) for b in range(0, 256, 51)]
    picture = Image.new("RGB", (len(shades), 1))
    picture.putdata(shades)
    same = ImageCms.profileToProfile(picture, ours, theirs)
    assert same is not None
    seen = same.tobytes()
    wanted = bytes(part for shade in shades for part in shade)
    assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) <= 1
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB"
