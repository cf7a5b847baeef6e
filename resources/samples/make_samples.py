"""Writes the sample spreadsheets beside it: invented households of Xã Kim Bôi (04978, Phú Thọ) in the ways communes write them.

Run it with a folder to write elsewhere. The same seed gives the same people; ``truth.json`` says what must come out.
"""

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import xlwt

from antq_desktop.intake.legacy_encodings import TCVN3, VNI

SEED = 20260104
YEAR = 2026
_FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Bùi Đinh Quách Hà Xa Lường Đặng Vũ Võ Phan Đỗ Ngô Lý Mùa Giàng".split()  # noqa: SIM905 - names read as text
)
_MIDDLE = {
    "male": ["Văn", "Công", "Đức", "Hữu", "Quốc", "Trọng", "Xuân", "Bá"],
    "female": ["Thị", "Thu", "Ngọc", "Mỹ", "Hồng", "Kim", "Bích", "Thúy"],
}
_GIVEN = {
    "male": "Ẩn Bình Cường Dũng Đạt Hoà Huỳnh Ích Kiên Quý Thắng Tuấn Ưng Vỹ Sơn Phúc".split(),  # noqa: SIM905 - as above
    "female": "Ánh Diễm Hường Huệ Loan Mỹ Ngân Nguyệt Phượng Quỳnh Thuỷ Tuyết Yến Ỷ Hương Lành".split(),  # noqa: SIM905 - as above
}
_EPOCH = date(1899, 12, 30)
_TITLE = "Danh sách hộ gia đình đăng ký xây dựng khu dân cư an toàn về an ninh, trật tự năm 2026"


@dataclass(frozen=True)
class Household:
    """One invented household, as it must come out. ``birth`` "YYYY-MM-DD" or "YYYY", ``signed`` "YYYY-MM-DD" or None."""

    head: str
    birth: str
    citizen_id: str
    hamlet: str
    members: int
    phone: str | None
    signed: str | None

    @property
    def born(self) -> date:
        return date.fromisoformat(self.birth)

    @property
    def signed_on(self) -> date | None:
        return date.fromisoformat(self.signed) if self.signed else None


Truth = dict[str, Any]
_TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_TO_VNI = {letter: code for code, letter in sorted(VNI.items(), key=lambda item: item[0].isupper())}


def to_tcvn3(text: str) -> str:
    """Return ``text`` as a .VnTime cell holds it: a capital with a tone mark becomes small."""
    signs = unicodedata.normalize("NFC", text)
    return "".join(_TO_TCVN3.get(sign) or _TO_TCVN3.get(sign.lower(), sign) for sign in signs)


def to_vni(text: str) -> str:
    """Return ``text`` as a VNI-Times cell holds it."""
    return "".join(_TO_VNI.get(sign, sign) for sign in unicodedata.normalize("NFC", text))


def make(folder: Path) -> None:
    """Write all samples and ``truth.json`` into ``folder``."""
    random = Random(SEED)
    people = _Village(random)
    truth = {
        "thon-ban-lac.xls": _tcvn3(folder / "thon-ban-lac.xls", people.households("Thôn Bản Lác", 120)),
        "xom-muong-voi.csv": _nfd(folder / "xom-muong-voi.csv", people.households("Xóm Mường Vôi", 100)),
        "dong-hoa-sim-trong.xlsx": _unicode(
            folder / "dong-hoa-sim-trong.xlsx",
            [*people.households("Thôn Đồng Hoà", 80), *people.households("Xóm Sim Trong", 70)],
        ),
        "khu-nam-thuong.xls": _vni(folder / "khu-nam-thuong.xls", people.households("Khu Nam Thượng", 60)),
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    (folder / "truth.json").write_bytes(text.encode())


class _Village:
    """Invents households; no citizen id comes twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._numbers: set[str] = set()

    def households(self, hamlet: str, count: int) -> list[Household]:
        return [self._one(hamlet) for _ in range(count)]

    def _one(self, hamlet: str) -> Household:
        pick = self._random
        sex = pick.choice(("male", "male", "female"))
        born = date(1945, 1, 1) + timedelta(pick.randrange(365 * 56))
        signed = date(YEAR, 1, 5) + timedelta(pick.randrange(75))
        return Household(
            head=f"{pick.choice(_FAMILIES)} {pick.choice(_MIDDLE[sex])} {pick.choice(_GIVEN[sex])}",
            birth=born.isoformat(),
            citizen_id=self._number(born, sex),
            hamlet=hamlet,
            members=pick.randint(1, 8),
            phone=f"0{pick.choice('35789')}{pick.randrange(10**8):08}",
            signed=signed.isoformat() if pick.random() < 0.9 else None,
        )

    def _number(self, born: date, sex: str) -> str:
        while True:
            century = 2 * (born.year // 100 - 19) + (sex == "female")
            number = f"{self._random.choice(('017', '025', '026', '001'))}{century}{born:%y}{self._random.randrange(10**6):06}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number


def _truth(
    encoding: str, rows: Sequence[tuple[int, Household]], faults: Sequence[tuple[int, str]] = ()
) -> Truth:
    return {
        "encoding": encoding,
        "rows": [{"line": line, **asdict(household)} for line, household in rows],
        "faults": [{"line": line, "field": field} for line, field in faults],
    }


def _tcvn3(path: Path, households: list[Household]) -> Truth:
    """Write a list in TCVN3: capitals by a second font, days as Excel numbers, totals and signatures below."""
    small, capitals = xlwt.easyxf("font: name .VnTime"), xlwt.easyxf("font: name .VnTimeH, bold on")
    days = xlwt.easyxf("font: name .VnTime", num_format_str="dd/mm/yyyy")
    book = xlwt.Workbook(encoding="latin-1")
    sheet = book.add_sheet("Sheet1")
    sheet.write_merge(0, 0, 0, 7, to_tcvn3(_TITLE), capitals)
    sheet.write_merge(1, 1, 0, 7, to_tcvn3("(Kèm theo Kế hoạch số 12/KH-UBND)"), small)
    headers = ("STT", "Họ và tên", "Ngày sinh", "CCCD", "Thôn, xóm", "Số khẩu", "Điện thoại", "Ngày ký")
    for column, header in enumerate(headers):
        sheet.write(3, column, to_tcvn3(header), capitals)
    for row, one in enumerate(households, start=4):
        sheet.write(row, 0, row - 3, small)
        sheet.write(row, 1, to_tcvn3(one.head), small)
        sheet.write(row, 2, (one.born - _EPOCH).days, days)
        sheet.write(row, 3, one.citizen_id, small)
        sheet.write(row, 4, to_tcvn3(one.hamlet), small)
        sheet.write(row, 5, one.members, small)
        sheet.write(row, 6, one.phone, small)
        if one.signed_on:
            sheet.write(row, 7, (one.signed_on - _EPOCH).days, days)
    end = 4 + len(households)
    sheet.write(end, 0, to_tcvn3(f"Tổng cộng: {len(households)} hộ"), capitals)
    sheet.write(end + 2, 1, to_tcvn3("Người lập biểu"), small)
    sheet.write(end + 2, 5, to_tcvn3("Trưởng thôn"), small)
    book.save(str(path))
    return _truth("tcvn3", list(enumerate(households, start=5)))


def _vni(path: Path, households: list[Household]) -> Truth:
    """Write a list in VNI with years of birth alone and no phones; the area stands in the title only."""
    font = xlwt.easyxf("font: name VNI-Times")
    book = xlwt.Workbook(encoding="latin-1")
    sheet = book.add_sheet("Danh sach")
    sheet.write_merge(0, 0, 0, 5, to_vni("DANH SÁCH HỘ GIA ĐÌNH KÝ CAM KẾT NĂM 2026"), font)
    sheet.write_merge(1, 1, 0, 5, to_vni(f"Địa bàn: {households[0].hamlet}"), font)
    for column, header in enumerate(
        ("Số TT", "Họ tên chủ hộ", "Năm sinh", "Số định danh", "Số nhân khẩu", "Ngày cam kết")
    ):
        sheet.write(3, column, to_vni(header), font)
    for row, one in enumerate(households, start=4):
        signed = f"{one.signed_on:%d-%m-%Y}" if one.signed_on else ""
        for column, value in enumerate(
            (row - 3, to_vni(one.head), one.born.year, one.citizen_id, one.members, signed)
        ):
            sheet.write(row, column, value, font)
    book.save(str(path))
    rows = [replace(one, birth=str(one.born.year), phone=None) for one in households]
    return _truth("vni", list(enumerate(rows, start=5)))


def _unicode(path: Path, households: list[Household]) -> Truth:
    """Write a list in Unicode: names in capitals and with stray spaces, days in four styles, numbers without their zeros."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime(YEAR, 1, 4)  # noqa: DTZ001 - a fixed mark of the sample
    sheet = book.worksheets[0]
    sheet.title = "DS hộ"
    sheet.append(["UBND XÃ KIM BÔI"])
    sheet.append([_TITLE.upper()])
    sheet.merge_cells("A2:H2")
    sheet.append([])
    sheet.append(
        [
            "STT",
            "Họ và tên chủ hộ",
            "Ngày, tháng, năm sinh",
            "Số CCCD",
            "Thôn",
            "Số nhân khẩu",
            "SĐT",
            "Ngày ký cam kết",
        ]
    )
    sheet.append([f"({column})" for column in range(1, 9)])
    styles = ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%y")
    for index, one in enumerate(households):
        odd, style = index % 3, index % 4
        born: object = one.born if index % 5 == 0 else one.born.strftime(styles[style])
        signed: object = one.signed_on.strftime("%d/%m/%y") if one.signed_on and odd else one.signed_on
        head = (one.head.upper(), f" {one.head.replace(' ', '  ')} ", one.head)[odd]
        number: object = int(one.citizen_id) if odd == 1 else one.citizen_id
        phone: object = int(one.phone or 0) if odd == 2 else one.phone
        sheet.append([index + 1, head, born, number, one.hamlet, one.members, phone, signed])
    sheet.append([f"Tổng cộng: {len(households)} hộ"])
    sheet.append([])
    sheet.append(["NGƯỜI LẬP BIỂU", None, None, None, "TM. BAN CÔNG TÁC MẶT TRẬN"])
    book.save(path)
    return _truth("unicode", list(enumerate(households, start=6)))


def _nfd(path: Path, households: list[Household]) -> Truth:
    """Write a csv in decomposed Unicode with five faults: a day, a number, a name, a count, a household that comes twice."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Họ và tên", "Ngày sinh", "CCCD", "Địa bàn", "Nhân khẩu", "Điện thoại", "Ngày ký"])
    faults = {
        10: (1, "31/02/1980", "birth"),
        20: (2, "12345", "citizen_id"),
        30: (0, "", "head"),
        40: (4, "-2", "members"),
    }
    rows: list[tuple[int, Household]] = []
    for line, one in enumerate(households, start=2):
        cells = [
            one.head,
            f"{one.born:%d/%m/%Y}",
            one.citizen_id,
            one.hamlet,
            str(one.members),
            one.phone,
            one.signed or "",
        ]
        if line in faults:
            column, text, _field = faults[line]
            cells[column] = text
        elif line == 50:
            cells[2] = households[3].citizen_id
        else:
            rows.append((line, one))
        writer.writerow(cells)
    path.write_bytes(unicodedata.normalize("NFD", out.getvalue()).encode("utf-8-sig"))
    found = [*((line, field) for line, (_column, _text, field) in faults.items()), (50, "row")]
    return _truth("unicode", rows, found)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
