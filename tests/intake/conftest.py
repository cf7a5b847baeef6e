"""What the tests of intake share: the samples' generator with its old encodings, and writers of workbooks."""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.styles import Font

Rows = Sequence[Sequence[object]]
WriteXlsx = Callable[..., Path]
_GENERATOR = Path(__file__).parents[2] / "resources" / "samples" / "make_samples.py"


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """The generator of the samples, which also writes the old encodings (to_tcvn3, to_vni)."""
    spec = importlib.util.spec_from_file_location("make_samples", _GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def xlsx(tmp_path: Path) -> WriteXlsx:
    """Give a writer of .xlsx: rows, or {sheet: rows}; merged areas ("A1:C1"), hidden sheets, one font for all cells."""

    def write(
        content: Rows | Mapping[str, Rows],
        *,
        merges: Sequence[str] = (),
        hidden: Sequence[str] = (),
        font: str | None = None,
        name: str = "danh-sach.xlsx",
    ) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in (content if isinstance(content, Mapping) else {"Sheet1": content}).items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for area in merges:
                sheet.merge_cells(area)
            if font is not None:
                for cells in sheet.iter_rows():
                    for cell in cells:
                        cell.font = Font(name=font)
            if title in hidden:
                sheet.sheet_state = "hidden"
        path = tmp_path / name
        book.save(path)
        return path

    return write
