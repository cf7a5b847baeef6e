"""Data for papers: checked against the form, written as an office writes it, no letter dropped in silence."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from antq_desktop.documents.fonts import VIETNAMESE
from antq_desktop.documents.form_files import Form, load_form
from antq_desktop.documents.records import FieldMissing, FieldUnknown, FieldWrong, Scope, read_record
from antq_desktop.documents.templates import EMPTY_BOX, MISSING_GLYPH, TICKED_BOX, read_template

FIELDS = """
[fields]
name = { label = "Họ và tên", required = true }
day = { label = "Ngày", kind = "date", blank = "......" }
count = { label = "Số hộ", kind = "number" }
year = { label = "Năm", kind = "year" }
met = { label = "Đạt", kind = "flag" }
[fields.rows]
label = "Các dòng"
kind = "rows"
[fields.rows.fields]
wording = { label = "Nội dung", required = true }
[[block]]
kind = "paragraph"
text = "{name}"
"""


@pytest.fixture
def form(form_folder: Callable[[str], Path]) -> Form:
    return load_form("thu", form_folder(FIELDS))


def shown(form: Form, template: str, **record: object) -> str:
    scope = read_record(form, {"name": "An", **record}, VIETNAMESE)
    return "".join(text for _, text in scope.fill(read_template(template)))


@pytest.mark.parametrize(
    ("template", "record", "text"),
    [
        ("{day}", {"day": date(2026, 2, 5)}, "05/02/2026"),
        ("{day}", {"day": "2026-02-05"}, "05/02/2026"),
        (
            "ngày {day.day} tháng {day.month} năm {day.year}",
            {"day": date(2026, 2, 5)},
            "ngày 05 tháng 02 năm 2026",
        ),
        ("ngày {day.day} tháng {day.month}", {"day": date(2026, 3, 15)}, "ngày 15 tháng 3"),
        ("ngày {day.day} tháng {day.month}", {}, "ngày ...... tháng ......"),
        ("{count}", {"count": 1234567}, "1.234.567"),
        ("{count}", {"count": Decimal("1234.56")}, "1.234,56"),
        ("{count}", {"count": 0}, "0"),
        ("{year}", {"year": 2026}, "2026"),
        ("{name:caps}", {"name": "Nguyễn Thị Ước"}, "NGUYỄN THỊ ƯỚC"),
        ("{name}", {"name": "Nguye\u0302\u0303n  Thi\u0323 \u200bHoa "}, "Nguyễn Thị Hoa"),
        ("{met:box}{met:unbox}", {"met": True}, TICKED_BOX + EMPTY_BOX),
        ("{met:box}{met:unbox}", {"met": False}, EMPTY_BOX + TICKED_BOX),
        ("{met:box}{met:unbox}", {}, EMPTY_BOX + EMPTY_BOX),
    ],
)
def test_values_are_written_as_an_office_does(
    form: Form, template: str, record: dict[str, object], text: str
) -> None:
    assert shown(form, template, **record) == text


@pytest.mark.parametrize("letter", ["漢", "😀", "\ue000", "\ue001", "\x07", "ཀ"])
def test_a_letter_that_the_face_lacks_is_marked_and_noted(form: Form, letter: str) -> None:
    scope = read_record(form, {"name": f"Lò {letter}"}, VIETNAMESE)
    assert scope.fill(read_template("{name}")) == [(0, f"Lò {MISSING_GLYPH}")]
    assert len(scope.missing) == 1


def test_rows_see_the_record_and_their_number(form: Form) -> None:
    scope = read_record(form, {"name": "An", "rows": [{"wording": "một"}, {"wording": "hai"}]}, VIETNAMESE)
    template = read_template("{n}. {wording} ({name})")
    assert ["".join(t for _, t in row.fill(template)) for row in scope.rows("rows")] == [
        "1. một (An)",
        "2. hai (An)",
    ]


def test_what_holds_something(form: Form) -> None:
    scope: Scope = read_record(form, {"name": "An", "count": 0, "met": False, "rows": []}, VIETNAMESE)
    assert [name for name in form.fields if scope.has(name)] == ["name", "count"]


def test_an_unknown_field_is_named(form: Form) -> None:
    with pytest.raises(FieldUnknown, match=r"The form «thu» has no field «nane»"):
        read_record(form, {"name": "An", "nane": "An"}, VIETNAMESE)
    with pytest.raises(FieldUnknown, match=r"«word»"):
        read_record(form, {"name": "An", "rows": [{"word": "x"}]}, VIETNAMESE)


@pytest.mark.parametrize("record", [{}, {"name": None}, {"name": "  "}])
def test_a_missing_field_is_named_by_its_label(form: Form, record: dict[str, object]) -> None:
    with pytest.raises(FieldMissing, match=r"without «Họ và tên» \(name\)"):
        read_record(form, record, VIETNAMESE)


def test_a_missing_field_of_a_row_is_named(form: Form) -> None:
    with pytest.raises(FieldMissing, match=r"«Nội dung»"):
        read_record(form, {"name": "An", "rows": [{}]}, VIETNAMESE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "05/02/2026"),
        ("day", "2026-13-01"),
        ("day", "2026-02-30"),
        ("count", "12"),
        ("count", True),
        ("year", "2026"),
        ("met", "yes"),
        ("rows", "a"),
        ("rows", ["a"]),
        ("name", ["An"]),
    ],
)
def test_a_value_of_another_kind_is_refused(form: Form, name: str, value: object) -> None:
    with pytest.raises(FieldWrong) as failure:
        read_record(form, {"name": "An", name: value}, VIETNAMESE)
    assert failure.value.facts["field"] == name
