"""A photograph of the printed sheet gives the number back; what is no sheet is said to be none."""

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
import segno

from antq_desktop.documents.qr_reading import NoCode
from antq_desktop.exchange.keys import WeakKey, from_text
from antq_desktop.services.commune_side.sending import Enrolment
from antq_desktop.services.papers import enrolment_sheet
from antq_desktop.services.papers.enrolment_sheet import NoEnrolmentSheet, SeveralSheets

if TYPE_CHECKING:
    from antq_desktop.services.application import Application

NUMBER = "01234-56789-01234-56789-01234-56789"


def printed(application: "Application", folder: Path) -> tuple[Enrolment, Path]:
    made = application.sending.enrolment_request(folder)
    application.printing.enrolment_sheet(made, folder / "phieu.pdf")
    return made, folder / "phieu.pdf"


def photographed(pdf: Path, target: Path) -> Path:
    """Picture the sheet as a hand-held camera does: askew, unevenly lit, noisy, as JPEG."""
    document = pdfium.PdfDocument(pdf)
    page = document[0].render(scale=2.2).to_numpy()
    document.close()
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    high, wide = grey.shape
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    seen = corners + np.array([[60, 40], [-30, 90], [-80, -50], [20, -70]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    askew = cv2.warpPerspective(grey, matrix, (wide, high), borderValue=120).astype(np.float64)
    light = np.linspace(0.65, 1.0, wide)[None, :]
    noise = np.random.default_rng(7).normal(0, 6, askew.shape)
    cv2.imwrite(str(target), np.clip(askew * light + noise, 0, 255).astype(np.uint8))
    return target


def test_the_number_comes_back_from_a_photograph_and_enrols(
    application: "Application", tmp_path: Path
) -> None:
    made, sheet = printed(application, tmp_path)
    for picture in (sheet, photographed(sheet, tmp_path / "anh.jpg")):
        read = enrolment_sheet.read(picture)
        assert (read.unit_code, read.device_id, read.check_number) == (
            made.unit_code,
            made.device_id,
            made.check_number,
        )


@pytest.mark.parametrize(
    "text",
    [
        "ANTQ1.ENROL.04978.abc",
        f"ANTQ1.ENROL.04978.abc.{NUMBER}0",
        f"antq1.enrol.04978.abc.{NUMBER}",
        f"ANTQ1.ENROL.04978.ab c.{NUMBER}",
        "ANTQ1:0123",
        "https://example.vn",
    ],
)
def test_other_codes_are_no_sheet(tmp_path: Path, text: str) -> None:
    picture = tmp_path / "ma.png"
    segno.make(text).save(str(picture), scale=8)
    with pytest.raises(NoEnrolmentSheet):
        enrolment_sheet.read(picture)


def test_two_sheets_on_one_picture_are_not_guessed_between(tmp_path: Path) -> None:
    codes = []
    for device in ("abc", "xyz"):
        picture = tmp_path / f"{device}.png"
        segno.make(enrolment_sheet.code_of("04978", device, NUMBER), micro=False, version=5).save(
            str(picture), scale=8
        )
        code = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
        assert code is not None
        codes.append(code)
    both = tmp_path / "hai.png"
    cv2.imwrite(str(both), np.hstack(codes))
    with pytest.raises(SeveralSheets):
        enrolment_sheet.read(both)


def test_a_picture_without_a_code_is_said_to_be_one(tmp_path: Path) -> None:
    blank = tmp_path / "trang.png"
    cv2.imwrite(str(blank), np.full((400, 400), 255, dtype=np.uint8))
    with pytest.raises(NoCode):
        enrolment_sheet.read(blank)


def test_the_sheet_is_no_key() -> None:
    with pytest.raises(WeakKey):
        from_text(NUMBER)
